"""``review``: a page on which an editor sees every decision, and copies the corrections that choose otherwise."""

from __future__ import annotations

from pathlib import Path

import click

from tei_pipeline.cli.common import encoding_option, force_option, messages_of, put, recognise_file, verbosity
from tei_pipeline.cli.parameters import FILE
from tei_pipeline.errors import printable
from tei_pipeline.messages import Messages


@click.command()
@click.argument("file", type=FILE)
@click.option("-o", "--output", type=FILE, help="Where to write the page, else NAME.review.html here; - is standard output.")
@encoding_option
@force_option
@verbosity
@messages_of
def review(messages: Messages, file: Path, output: Path | None, encoding: str | None, force: bool) -> None:
    """Write a page for the browser: the lines of FILE beside what was made of them, what is doubtful first, corrections to copy.

    The page is one file that needs no network. A page of an earlier run is written over.
    """
    from tei_pipeline.review import review as page_of

    source, recognised = recognise_file(file, encoding)
    target = output or Path(f"{source.name}.review.html")
    page = page_of(source, recognised, file.name)
    ours = b'<meta name="generator" content="tei-pipeline '
    mine = str(target) != "-" and target.is_file() and ours in target.read_bytes()[:2000]
    put(page.encode("utf-8", "backslashreplace"), target, force=force or mine)
    if str(target) != "-":
        click.echo(printable(str(target)))
        messages.note(f"{printable(str(file))}: open {printable(str(target))} in a browser", least=1)
