"""``validate``: what is wrong with a file."""

from __future__ import annotations

from pathlib import Path

import click

from tei_pipeline.cli.common import FILE, messages_of, verbosity
from tei_pipeline.errors import printable
from tei_pipeline.messages import Messages, sentence


@click.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
@verbosity
@messages_of
@click.pass_context
def validate(context: click.Context, messages: Messages, files: tuple[Path, ...]) -> None:
    """Check TEI files, ours or not: the schema, and that every pointer points at something. A line for each finding, or "valid"."""
    from tei_pipeline.validate import validate_file

    for file in files:
        problems = validate_file(file)
        for problem in problems:
            messages.count(problem)
            click.echo(sentence(problem, printable(str(file))))
        if not any(problem.level == "error" for problem in problems):
            click.echo(f"{printable(str(file))}: valid")
    context.exit(messages.exit_code)
