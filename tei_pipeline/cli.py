"""The command line: reads, calls, prints. Results go to standard output, messages and progress to standard error.

Everything heavy is imported in the command that needs it, so that ``--version`` and ``--help`` answer at once.
"""

from __future__ import annotations

import io
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from tei_pipeline import __version__
from tei_pipeline.errors import PipelineError, printable
from tei_pipeline.messages import Messages, sentence

if TYPE_CHECKING:
    from lxml import etree

    from tei_pipeline.decisions import Problem
    from tei_pipeline.inputs import Input
    from tei_pipeline.provenance import Provenance
    from tei_pipeline.recognise import Recognised
    from tei_pipeline.source import Source

NOTHING_TO_DO, INTERRUPTED, TERMINATED = 3, 128 + signal.SIGINT, 128 + signal.SIGTERM
DEFAULT_RAW, DEFAULT_OUTPUT = Path("raw"), Path("output")
FILE = click.Path(path_type=Path)
Command = TypeVar("Command", bound=Callable[..., Any])


class NotReadable(PipelineError):
    """A file that should be XML is not, or is not safe to read."""

    def __init__(self, file: Path, problems: Sequence[Problem]) -> None:
        self.file, self.problems = file, tuple(problems)
        super().__init__("; ".join(sentence(problem, printable(str(file))) for problem in problems))


class NotExported(PipelineError):
    """A file that cannot be exported, or a JSON file that is no export."""

    def __init__(self, file: Path, error: PipelineError) -> None:
        self.file, self.error = file, error
        super().__init__(f"{printable(str(file))}: {error}")


class Commands(click.Group):
    """The commands; an expected failure of one becomes its sentence and exit code 1."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command; raises ``click.exceptions.Exit`` with 1 when it could not go on."""
        try:
            return super().invoke(context)
        except PipelineError as error:
            context.ensure_object(Messages).error(str(error))
            context.exit(1)


def verbosity(command: Command) -> Command:
    """Let a command (or the group) take ``-v`` and ``-q``."""

    def more(context: click.Context, _: click.Parameter, given: bool) -> None:
        if given:
            context.ensure_object(Messages).verbosity = 1

    def less(context: click.Context, _: click.Parameter, given: bool) -> None:
        if given:
            context.ensure_object(Messages).verbosity = -1

    quiet = click.option("-q", "--quiet", is_flag=True, expose_value=False, callback=less, help="Say errors only.")
    return click.option("-v", "--verbose", is_flag=True, expose_value=False, callback=more, help="Say everything.")(quiet(command))


encoding_option = click.option("--encoding", metavar="NAME", help="The encoding of the sources; else it is found out.")
force_option = click.option("--force", is_flag=True, help="Overwrite also what somebody else wrote or changed.")
messages_of = click.make_pass_decorator(Messages, ensure=True)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="tei-pipeline", message="%(prog)s %(version)s")
@verbosity
def cli() -> None:
    """Plain text of printed works in, TEI P5 digital editions out: structured, proved complete, validated."""


@cli.command()
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


@cli.command()
@click.argument("file", type=FILE)
@encoding_option
@verbosity
def inspect(file: Path, encoding: str | None) -> None:
    """Show the layout that was measured, the outline that was found, and the problems; write nothing."""
    from tei_pipeline.facts import layout_facts, quotation_facts, source_facts, table
    from tei_pipeline.outline import outline
    from tei_pipeline.parts import located

    source, recognised = recognise_file(file, encoding)
    folder = "" if file.is_file() and not source.parts else f"{file if file.is_dir() else file.parent}/"
    problems = [sentence(problem, printable(str(file))) for problem in located(recognised.problems, source, printable(folder))]
    parts = (
        table(source_facts(source) | layout_facts(recognised.layout) | quotation_facts(source.text)),
        outline(recognised.document),
        "\n".join(problems),
    )
    click.echo("\n\n".join(filter(None, parts)))


@cli.command()
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
    source, recognised = recognise_file(file, encoding)
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


@cli.command()
@click.argument("file", type=FILE)
@click.option("-o", "--output", type=FILE, help="Where to write the sidecar, if not beside FILE; - is standard output.")
@encoding_option
@force_option
@verbosity
def init(file: Path, output: Path | None, encoding: str | None, force: bool) -> None:
    """Write a sidecar for FILE (NAME.toml beside NAME.txt) with what was found out, all of it switched off, ready to edit."""
    from tei_pipeline.facts import layout_facts, quotation_facts
    from tei_pipeline.sidecar_template import init_sidecar

    source, recognised = recognise_file(file, encoding)
    if source.parts:
        raise click.UsageError(f"{file} has a sidecar, which names its parts; edit that")
    text = init_sidecar(source, recognised.document.metadata, layout_facts(recognised.layout) | quotation_facts(source.text))
    put(text.encode(), output or file.with_name(f"{source.name}.toml"), force=force)


def one_input(path: Path) -> Input:
    """The one source that a path names: a text, the sidecar or the folder of a source of several files."""
    from tei_pipeline.inputs import find_inputs

    inputs, errors = find_inputs([path])
    if errors:
        raise errors[0]
    if len(inputs) != 1:
        raise click.UsageError(f"{path} holds {len(inputs)} texts; name one of them")
    return inputs[0]


def recognise_file(file: Path, encoding: str | None) -> tuple[Source, Recognised]:
    """Read and recognise one text with its sidecar, for the commands that look at it and build nothing."""
    from tei_pipeline.inputs import load_input
    from tei_pipeline.recognise import recognise
    from tei_pipeline.sidecar import to_metadata

    source, sidecar = load_input(one_input(file), encoding)
    return source, recognise(source, to_metadata(sidecar), sidecar.settings if sidecar else None)


@cli.command()
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


@cli.command()
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


@cli.command()
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


@cli.command()
@click.argument("file", type=FILE)
@click.option("--to", "chosen", required=True, metavar="FORMAT", help="xml, json, or another that build writes.")
@click.option("-o", "--output", type=FILE, default=Path("-"), help="Where to write; else standard output.")
@click.option("--notes", metavar="PLACE", help="Where the notes go, as the format can.")
@click.option("--set", "choices", multiple=True, metavar="OPTION=VALUE", help="Another option of the format; may be repeated.")
@force_option
@verbosity
@messages_of
@click.pass_context
def export(
    context: click.Context,
    messages: Messages,
    file: Path,
    chosen: str,
    output: Path,
    notes: str | None,
    choices: tuple[str, ...],
    force: bool,
) -> None:
    """Export the TEI in FILE: ours, corrected by hand, or made elsewhere; or its JSON export. What a format cannot express is named."""
    from tei_pipeline.exporters import EXPORTERS, ExportError

    if chosen not in EXPORTERS:
        raise click.BadParameter(f"{chosen!r} is none of {', '.join(EXPORTERS)}", param_hint="--to")
    options = dict(map(choice, choices)) | ({"notes": notes} if notes else {})
    root = read_edition(file)
    try:
        exported = EXPORTERS[chosen](root, **options)
    except ExportError as error:
        raise NotExported(file, error) from error
    messages.problems(exported.problems, printable(str(file)))
    put(exported.data, output, force=force)
    context.exit(messages.exit_code)


def choice(text: str) -> tuple[str, str | int | bool]:
    """``OPTION=VALUE`` as a name and a value: yes and no, a number, or words."""
    name, equals, value = text.partition("=")
    if not equals:
        raise click.BadParameter(f"{text!r} is not OPTION=VALUE", param_hint="--set")
    plain = {"yes": True, "true": True, "no": False, "false": False}
    return name.replace("-", "_"), plain.get(value.lower(), int(value) if value.isdecimal() else value)


def read_edition(file: Path) -> etree._Element:
    """The root of a TEI file, or of the TEI that a JSON export holds, read safely. Raises :class:`NotReadable`, :class:`NotExported`."""
    if file.suffix.lower() == ".json":
        from tei_pipeline.exporters import ExportError, tei_from_json
        from tei_pipeline.inputs import Input, read_input

        try:
            return tei_from_json(read_input(Input(file.stem, file))).getroot()
        except ExportError as error:
            raise NotExported(file, error) from error
    from tei_pipeline.validate.parse import parse

    tree, problems = parse(file)
    if tree is None:
        raise NotReadable(file, problems)
    return tree.getroot()


def provenance_beside(file: Path) -> Path:
    """Where ``build`` puts the provenance file of an edition."""
    return file.with_name(f"{file.stem}.provenance.json")


def read_provenance(path: Path) -> Provenance:
    """The provenance file. Raises :class:`~tei_pipeline.inputs.NoSource` and :class:`~tei_pipeline.errors.ProvenanceUnreadable`."""
    from tei_pipeline.inputs import Input, read_input
    from tei_pipeline.provenance import load

    return load(read_input(Input(path.stem, path)), printable(str(path)))


def put(data: bytes, output: Path, *, force: bool) -> None:
    """Write a result to a file, not over somebody's work, or to standard output."""
    if str(output) == "-":
        sys.stdout.buffer.write(data)
        return
    from tei_pipeline.output import write_file

    write_file(output, data, force=force)


def main() -> NoReturn:
    """The program ``tei-pipeline``. Exit codes: 0, 1, 2, 3 as the README says; 130 and 143 as shells count an interrupt."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a name or a heading that the terminal's encoding lacks is no reason to fail
    code: Any
    try:
        code = cli.main(standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    except SystemExit as ended:  # SIGTERM; or nobody reads standard output any more
        code = ended.code
    if code in (INTERRUPTED, TERMINATED):
        print("interrupted; every file that was written is whole, and the next run goes on from there", file=sys.stderr)
    sys.exit(code)
