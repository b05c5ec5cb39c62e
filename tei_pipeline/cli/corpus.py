"""``corpus``: one file, a catalogue and the passages of many editions."""

from __future__ import annotations

import os
from pathlib import Path

import click

from tei_pipeline.cli.build import DEFAULT_OUTPUT
from tei_pipeline.cli.common import force_option, messages_of, verbosity
from tei_pipeline.cli.parameters import FILE
from tei_pipeline.messages import Messages

CATALOGUES = ("csv", "jsonl", "parquet")
PASSAGES = ("paragraphs", "notes", "quotations")


@click.command()
@click.argument("folder", type=FILE, default=DEFAULT_OUTPUT)
@click.option("-o", "--output", type=FILE, help="Where to write; else FOLDER itself.")
@click.option("--title", help="The title of the corpus; else the name of FOLDER.")
@click.option("--inline", is_flag=True, help="Put the texts into corpus.xml; else it includes their files (XInclude).")
@click.option("--catalogue", "catalogues", type=click.Choice(CATALOGUES), multiple=True, help="Only these; without it csv and jsonl.")
@click.option("--passages", type=click.Choice((*PASSAGES, "none")), multiple=True, help="Only these; without it all.")
@force_option
@verbosity
@messages_of
@click.pass_context
def corpus(
    context: click.Context,
    messages: Messages,
    folder: Path,
    output: Path | None,
    title: str | None,
    inline: bool,
    catalogues: tuple[str, ...],
    passages: tuple[str, ...],
    force: bool,
) -> None:
    """Make a corpus of all TEI files in FOLDER: corpus.xml (teiCorpus), a catalogue, and their passages as JSON Lines.

    The texts may also be corrected by hand or made elsewhere. The paths of what was written go to standard output.
    """
    from tei_pipeline.corpus.making import Options, make_corpus

    kinds = tuple(kind for kind in PASSAGES if not passages or kind in passages)
    name = title or Path(os.path.realpath(folder)).name
    options = Options(name, inline, catalogues or CATALOGUES[:2], kinds, force)
    for path in make_corpus(folder, output or folder, options, messages):
        messages.result(str(path))
    context.exit(messages.exit_code)
