"""``inspect`` and ``explain``: what was found in a text, and why; they write nothing."""

from __future__ import annotations

from pathlib import Path

import click

from tei_pipeline.cli.common import encoding_option, messages_of, recognise_file, verbosity
from tei_pipeline.cli.parameters import FILE
from tei_pipeline.errors import printable
from tei_pipeline.messages import Messages, sentence


@click.command()
@click.argument("file", type=FILE)
@click.option("--all", "whole", is_flag=True, help="Also the outline block by block, and every problem.")
@encoding_option
@verbosity
def inspect(file: Path, whole: bool, encoding: str | None) -> None:
    """Show a text at a glance: layout as measured, divisions, notes, what to look at; write nothing."""
    from tei_pipeline.inspection import everything, summary
    from tei_pipeline.parts import located

    source, recognised = recognise_file(file, encoding, any_name=True)
    folder = "" if file.is_file() and not source.parts else f"{file if file.is_dir() else file.parent}/"
    click.echo(summary(source, recognised, recognised.problems))
    if whole:
        found = located(recognised.problems, source, printable(folder))
        click.echo("\n" + everything(recognised, [sentence(problem, printable(str(file))) for problem in found]))
    elif recognised.problems:
        click.echo("\n--all shows the outline block by block, and every problem with its line")


@click.command()
@click.argument("file", type=FILE)
@click.option("--line", type=click.IntRange(min=1), metavar="N", help="The line N of FILE, counted from 1.")
@click.option("--id", "identifier", metavar="XMLID", help="Where the element of this xml:id begins in the edition of FILE.")
@click.option("--text", "words", metavar="WORDS", help="Where these words stand first, however the lines break.")
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="For readers or for programs."
)
@encoding_option
@verbosity
@messages_of
def explain(
    messages: Messages, file: Path, line: int | None, identifier: str | None, words: str | None, form: str, encoding: str | None
) -> None:
    """Say why a line of FILE became what it is: the rule that took it, what the others answered, what was settled later."""
    from tei_pipeline.explain import explain, find_id, find_words
    from tei_pipeline.explain.show import as_json, as_text

    if sum(given is not None for given in (line, identifier, words)) != 1:
        raise click.UsageError("name one place: --line N, --id XMLID or --text WORDS")
    source, recognised = recognise_file(file, encoding, any_name=True)
    label = printable(str(file))
    if words is not None:
        line, *more = find_words(source, words, label)
        if more:
            messages.note(f"{label}: the words stand in {len(more) + 1} places; this is the first, the next is --line {more[0]}")
    elif identifier is not None:
        line = find_id(source, identifier, recognised, label)
    explanation = explain(source, line or 1, recognised, label)
    if form == "json":
        import json

        click.echo(json.dumps(as_json(explanation, label), ensure_ascii=False, indent=1))
    else:
        click.echo(as_text(explanation, label))
