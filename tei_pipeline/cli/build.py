"""``build``: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tei_pipeline.cli.common import FILE, encoding_option, force_option, messages_of, verbosity
from tei_pipeline.messages import Messages

NOTHING_TO_DO = 3  # exit code
DEFAULT_RAW, DEFAULT_OUTPUT = Path("raw"), Path("output")


@click.command()
@click.argument("paths", nargs=-1, type=FILE)
@click.option("-o", "--output", "output", type=FILE, default=DEFAULT_OUTPUT, show_default=True, help="The folder for the editions.")
@click.option(
    "--list", "list_file", type=click.File("rb"), metavar="FILE", help="Also the paths in FILE, one a line; - reads standard input."
)
@click.option("--name", metavar="NAME", help="The name of the edition; needed for - (standard input).")
@encoding_option
@click.option("--format", "formats", multiple=True, metavar="FORMAT", help="Only these exports beside the TEI; may be repeated.")
@force_option
@click.option("--check-json", is_flag=True, help="Check the JSON files by their schemas too, before anything is written.")
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@verbosity
@messages_of
@click.pass_context
def build(
    context: click.Context,
    messages: Messages,
    paths: tuple[Path, ...],
    output: Path,
    list_file: Any,
    name: str | None,
    encoding: str | None,
    formats: tuple[str, ...],
    force: bool,
    check_json: bool,
    strict: bool,
) -> None:
    """Convert, check, validate and export plain texts: files, folders of *.txt, or - for standard input.

    Without PATHS: the texts in raw/. The edition of NAME.txt is written to output/NAME/, and the path of its TEI to standard output.
    A text of several files is named by its sidecar, or by its folder when source.toml stands in it.
    """
    from tei_pipeline.inputs import STDIN, BadName, NoTexts, SameName, check_name, find_inputs, read_list

    messages.strict = strict
    listed = read_list(list_file.read()) if list_file else []
    given = [*paths, *listed]
    if not given and not list_file and DEFAULT_RAW.is_dir():
        given = [DEFAULT_RAW]
    try:
        if name is not None or Path(STDIN) in given:
            check_name(name or "", "--name")
        inputs, errors = find_inputs(given, name=name)
    except (BadName, SameName) as refused:
        raise click.UsageError(str(refused)) from None
    for error in errors:
        messages.error(str(error))
    if not inputs:
        if not errors:
            messages.error(f"nothing to do: no text was named, and there is no folder {DEFAULT_RAW}; name files or folders")
        context.exit(NOTHING_TO_DO if all(isinstance(error, NoTexts) for error in errors) else 1)

    from tei_pipeline.batch import Options, build_all
    from tei_pipeline.exporters import EXPORTERS

    for wanted in formats:
        if wanted not in EXPORTERS:
            raise click.BadParameter(f"{wanted!r} is none of {', '.join(EXPORTERS)}", param_hint="--format")
    build_all(inputs, Options(output, encoding, formats or None, force, check_json), messages)
    context.exit(messages.exit_code)
