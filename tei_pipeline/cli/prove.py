"""``verify`` and ``restore``: an edition held against its source, and the source back from it."""

from __future__ import annotations

from pathlib import Path

import click

from tei_pipeline.cli.common import (
    encoding_option,
    force_option,
    messages_of,
    one_input,
    provenance_beside,
    put,
    read_edition,
    read_provenance,
    verbosity,
)
from tei_pipeline.cli.parameters import FILE
from tei_pipeline.errors import printable
from tei_pipeline.messages import Messages


@click.command()
@click.argument("file", type=FILE)
@click.argument("source", type=FILE)
@encoding_option
@verbosity
@messages_of
@click.pass_context
def verify(context: click.Context, messages: Messages, file: Path, source: Path, encoding: str | None) -> None:
    """Prove that the TEI in FILE prints what SOURCE prints: every character, in order, nothing more.

    Of a source of several files, SOURCE is its sidecar, or its folder.
    """
    from tei_pipeline import fidelity
    from tei_pipeline.inputs import Input, load_input
    from tei_pipeline.parts import located

    root = read_edition(file)
    fidelity.text_of(root, str(file))  # said with the name of the file that lacks it
    beside = provenance_beside(file)
    provenance = read_provenance(beside) if beside.exists() else None
    entry = Input(source.stem, source)
    if source.is_dir() or source.suffix.lower() == ".toml":
        entry = one_input(source)
    known = {part.file: part.encoding for part in provenance.parts} if provenance else {}
    if provenance and not provenance.parts:
        encoding = encoding or provenance.encoding
    text, _ = load_input(entry, encoding, known)
    problems = located(fidelity.verify(text, root, provenance), text, entry.folder)
    messages.problems(problems, printable(str(file)))
    if not problems:
        click.echo(f"{printable(str(file))}: identical, {len(fidelity.printed_source(text))} printed characters")
    context.exit(messages.exit_code)


@click.command()
@click.argument("file", type=FILE)
@click.option(
    "-o", "--output", type=FILE, required=True, help="Where to write the source (a folder for several files); - is standard output."
)
@click.option("--provenance", type=FILE, help="The provenance file, when it does not stand beside FILE.")
@force_option
@verbosity
def restore(file: Path, output: Path, provenance: Path | None, force: bool) -> None:
    """Write the source of the edition in FILE back, byte for byte, also after its tags were changed.

    A source of several files is written to the folder OUTPUT, each under its own name.
    """
    from tei_pipeline import fidelity

    root = read_edition(file)
    record = read_provenance(provenance or provenance_beside(file))
    files = fidelity.restore_files(root, record, label=printable(str(file)))
    if not record.parts:
        put(files[""], output, force=force)
        return
    if str(output) == "-":
        raise click.UsageError(f"the source of {file} is {len(files)} files; name a folder with -o")
    from tei_pipeline.output import write_files

    write_files(output, files, force=force)
