"""``correct``: a correction put into the sidecar of a text, once it is seen to hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from tei_pipeline.cli.common import Command, encoding_option, messages_of, one_input, put, verbosity
from tei_pipeline.cli.parameters import FILE
from tei_pipeline.corrections.entry import NEEDS, EditorCorrection
from tei_pipeline.errors import PipelineError, printable
from tei_pipeline.messages import Messages

if TYPE_CHECKING:
    from tei_pipeline.source import Source


class NotCorrected(PipelineError):
    """A correction that would not hold; nothing was written."""

    def __init__(self, sidecar: str, reasons: list[str]) -> None:
        self.sidecar, self.reasons = sidecar, tuple(reasons)
        super().__init__(f"{printable(sidecar)}: nothing was written: " + "; ".join(reasons))


def _option(name: str, what: str, **more: Any) -> Callable[[Command], Command]:
    return click.option(f"--{name}", metavar=more.pop("metavar", "TEXT"), help=what, **more)


@click.command()
@click.argument("file", type=FILE)
@click.argument("kind", type=click.Choice(tuple(NEEDS)))
@click.argument("words", required=False)
@_option("line", "Instead of WORDS, or to say which of several places: line N of FILE.", type=click.IntRange(min=1), metavar="N")
@_option("to", "The last words, where it runs over several lines; of a link the siglum or first words of the note.")
@_option("as", "What it is: a kind of block, a speaker's name, what to take away.")
@_option("level", "The level of a heading, 1 the outermost.", type=click.IntRange(1, 9), metavar="N")
@_option("type", "What kind of division the heading begins.")
@_option("siglum", "The siglum of a note or reference, where the words do not tell it.")
@_option("read", "The words as meant.")
@_option("on", "The TEI element that gets the attribute.", metavar="ELEMENT")
@_option("name", "The attribute.")
@_option("value", "Its value.")
@_option("in", "Longer words around WORDS.")
@_option("under", "Words of the nearest heading before.")
@_option("occurrence", "Which of several places, from 1.", type=click.IntRange(min=1), metavar="N")
@_option("who", "The editor who decides.")
@_option("when", "The day, as in 2026-05-31.")
@_option("why", "Why.")
@click.option("--dry-run", is_flag=True, help="Show the entry, write nothing.")
@encoding_option
@verbosity
@messages_of
def correct(
    messages: Messages, /, file: Path, kind: str, words: str | None, line: int | None, dry_run: bool, encoding: str | None, **given: Any
) -> None:
    """Put a correction into the sidecar of FILE: what is decided (KIND), and the WORDS that it is about, as they are printed.

    It is tried first; one that does not hold is not written. The entry goes to standard output.
    """
    from tei_pipeline.corrections.write import append, as_toml
    from tei_pipeline.inputs import Input, load_input, read_input
    from tei_pipeline.pipeline import convert
    from tei_pipeline.sidecar import read_sidecar
    from tei_pipeline.sidecar.toml import text_of

    if (words is None) == (line is None) and words is None:
        raise click.UsageError("name the words, or a line with --line N")
    entry = one_input(file)
    source, _ = load_input(entry, encoding)
    path = entry.sidecar or file.with_name(f"{source.name}.toml")
    label = printable(str(path))
    table = {key: value for key, value in given.items() if value}
    correction = EditorCorrection.of_table({"kind": kind, "words": words or "", **table}, None)
    if line is not None:
        correction = _in_line(correction, source, line, label)
    old = text_of(read_input(Input(path.stem, path)), label) if path.exists() else ""
    new = append(old, [correction])
    sidecar = read_sidecar(new.encode(), label, folder=path.name == "source.toml")
    number = max(one.line or 0 for one in sidecar.corrections)
    result = convert(source, sidecar, formats=())
    wrong = [p.message for p in result.problems if p.level == "error" and p.file == label and p.line == number]
    if wrong or not result.proved:
        raise NotCorrected(label, wrong or ["the edition would not be valid"])
    click.echo(as_toml(correction), nl=False)
    if not dry_run:
        put(new.encode(), path, force=True)
        messages.note(f"{label}: the correction was added; build {printable(str(file))} to apply it")


def _in_line(correction: EditorCorrection, source: Source, line: int, label: str) -> EditorCorrection:
    """The correction anchored to its words in a line, or to the beginning of the line."""
    from tei_pipeline.corrections.anchor import anchored
    from tei_pipeline.corrections.text import Place, Words

    if line > len(source.lines):
        raise NotCorrected(label, [f"there is no line {line}; the text has {len(source.lines)} lines"])
    here = source.lines[line - 1]
    known = Words(source)
    places = [place for place in known.find(correction.words) if here.start <= place.start < here.end] if correction.words else []
    if correction.words and not places:
        raise NotCorrected(label, [f"the words do not begin in line {line}"])
    if not places:
        start = here.start + len(here.text) - len(here.text.lstrip())
        places = [Place(start, min(here.end, start + len(here.text.strip().split(" ")[0])))]
    exact = correction.kind in ("reading", "quotation", "remove", "link", "unlink", "attribute")
    anchor = dict(anchored(known, places[0], exact))
    inside = str(anchor.get("in", ""))
    occurrence, of = anchor.get("occurrence"), anchor.get("of")
    return replace(
        correction,
        words=str(anchor["words"]),
        inside=inside,
        occurrence=int(occurrence) if occurrence else None,
        of=int(of) if of else None,
    )
