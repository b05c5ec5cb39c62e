"""What the commands share: their options, reading what a path names, writing a result.

Everything heavy is imported in the function that needs it, so that ``--version`` and ``--help`` answer at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tei_pipeline.errors import NotTei, PipelineError, printable
from tei_pipeline.messages import Messages

if TYPE_CHECKING:
    from lxml import etree

    from tei_pipeline.decisions import Problem
    from tei_pipeline.inputs import Input
    from tei_pipeline.provenance import Provenance
    from tei_pipeline.recognise import Recognised
    from tei_pipeline.source import Source

NOTHING_TO_DO = 3  # exit code
ANY_NAME = "text"  # of a text that is only looked at
Command = TypeVar("Command", bound=Callable[..., Any])


class NotReadable(PipelineError):
    """A file that should be XML is not, or is not safe to read."""

    def __init__(self, file: Path, problems: Sequence[Problem]) -> None:
        self.file, self.problems = file, tuple(problems)
        super().__init__("; ".join(f"{printable(str(file))}{_line(problem)}: {problem.message}" for problem in problems))


class NotExported(PipelineError):
    """A file that cannot be exported, or a JSON file that is no export."""

    def __init__(self, file: Path, error: PipelineError) -> None:
        self.file, self.error = file, error
        super().__init__(f"{printable(str(file))}: {error}")


def _line(problem: Problem) -> str:
    return "" if problem.line is None else f":{problem.line}"


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


def one_input(path: Path, *, any_name: bool = False) -> Input:
    """The one source that a path names: a text, the sidecar or the folder of a source of several files.

    ``any_name``: also of a file that no edition could be named after. Raises :class:`~tei_pipeline.inputs.NoSource`,
    :class:`~tei_pipeline.inputs.BadName`, a usage error.
    """
    from tei_pipeline.inputs import STDIN, BadName, NoTexts, find_inputs

    if str(path) == STDIN:
        raise click.UsageError("this command reads no standard input; name a file")
    inputs, errors = find_inputs([path])
    if any_name and any(isinstance(error, BadName) for error in errors):
        inputs, errors = find_inputs([path], name=ANY_NAME)
    if errors and isinstance(errors[0], NoTexts):
        raise NoTexts(errors[0].where, "no texts (*.txt) in this folder; name a text")
    if errors:
        raise errors[0]
    if len(inputs) != 1:
        raise click.UsageError(f"{path} holds {len(inputs)} texts; name one of them")
    return inputs[0]


def recognise_file(file: Path, encoding: str | None, *, any_name: bool = False) -> tuple[Source, Recognised]:
    """Read and recognise one text with its sidecar, for the commands that look at it and build nothing."""
    from tei_pipeline.inputs import load_input
    from tei_pipeline.recognise import recognise

    source, sidecar = load_input(one_input(file, any_name=any_name), encoding)
    return source, recognise(source, sidecar)


def read_edition(file: Path) -> etree._Element:
    """The root of a TEI file, or of the TEI that a JSON export holds, read safely.

    Raises :class:`NotReadable`, :class:`NotExported`, and :class:`~tei_pipeline.errors.NotTei`.
    """
    if file.suffix.lower() == ".json":
        from tei_pipeline.exporters import ExportError, tei_from_json
        from tei_pipeline.inputs import Input, read_input

        try:
            return tei_from_json(read_input(Input(file.stem, file))).getroot()
        except ExportError as error:
            raise NotExported(file, error) from error
    from tei_pipeline.exporters.exported import TEI_NAMESPACE
    from tei_pipeline.validate.parse import parse

    tree, problems = parse(file)
    if tree is None:
        raise NotReadable(file, problems)
    root = tree.getroot()
    if next(root.iter(f"{{{TEI_NAMESPACE}}}*"), None) is None:
        raise NotTei(str(file), root.tag)
    return root


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
