"""``validate``: what is wrong with a file."""

from __future__ import annotations

from pathlib import Path

import click

from tei_pipeline.cli.common import FILE, messages_of, verbosity
from tei_pipeline.errors import printable
from tei_pipeline.messages import Messages, sentence


@click.command()
@click.argument("paths", nargs=-1, required=True, type=FILE)
@verbosity
@messages_of
@click.pass_context
def validate(context: click.Context, messages: Messages, paths: tuple[Path, ...]) -> None:
    """Check TEI (ours or not), its JSON and provenance, sidecars: files, or folders of them. A line for each finding, or "valid"."""
    from tei_pipeline.validate.kinds import find_files, validate_path

    for path in (found for given in paths for found in find_files(given)):
        problems = validate_path(path)
        for problem in problems:
            messages.count(problem)
            click.echo(sentence(problem, printable(str(path))))
        if not any(problem.level == "error" for problem in problems):
            click.echo(f"{printable(str(path))}: valid")
    context.exit(messages.exit_code)
