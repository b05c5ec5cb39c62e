"""The sidecar: what an editor knows of a text and its file cannot say, in ``NAME.toml`` beside ``NAME.txt``.

Three parts: ``[metadata]`` for the header, ``[settings]`` that replace detection, ``[[correct]]`` with the editor's decisions. A
source of several files is listed in ``parts``. The keys are those of ``schemas/sidecar.schema.json``.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from tei_pipeline.decisions import Problem
from tei_pipeline.model import Metadata
from tei_pipeline.sidecar_check import Fault, faults, key_name, shown
from tei_pipeline.sidecar_toml import BadSidecar, parse, text_of
from tei_pipeline.toml_lines import key_lines

if TYPE_CHECKING:
    from tei_pipeline.toml_lines import Path as KeyPath

SOUGHT = 100  # faults after which a file is not looked at any further; each may cost a search for the word that was meant
Seam = Literal["page", "division", "nothing"]

_IMPRINT = {
    "title": "imprint_title",
    "publisher": "imprint_publisher",
    "place": "imprint_place",
    "date": "imprint_date",
    "note": "source_note",
}
TOGETHER = (  # fields that describe one thing: the sidecar's and the text's own are never mixed in one of them
    ("title", "subtitle"),
    ("licence", "licence_url"),
    ("language", "language_certainty"),
    ("imprint_title", "imprint_author", "imprint_publisher", "imprint_place", "imprint_date"),
)


@dataclass(frozen=True, slots=True)
class SourcePart:
    """One file of a source of several: its path from the sidecar's folder, and what begins with it (for the first: nothing)."""

    file: str
    begins: Seam = "division"
    line: int | None = None


@dataclass(frozen=True, slots=True)
class EditorCorrection:
    """A decision of the editor, anchored to the words it is about. ``values`` are the other keys of its table."""

    kind: str
    words: str
    occurrence: int | None = None
    under: str = ""
    values: tuple[tuple[str, str | int], ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What replaces detection, and what is written. None (or no encoding): as detected, as usual.

    ``spacing``: source lines to one printed line. ``paragraphs``: ``blank``, ``indent`` or ``unwrapped``. ``quotation``: pairs of
    marks, outermost first; none at all leaves quoted words unmarked. ``exports``: formats beside the TEI.
    """

    encoding: str = ""
    spacing: int | None = None
    paragraphs: str | None = None
    drama: bool | None = None
    verse: bool = True
    quotation: tuple[str, ...] | None = None
    hyphens: Literal["decide", "keep"] = "decide"
    notes: Literal["in-place", "inline"] = "in-place"
    exports: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Sidecar:
    """A sidecar that was read and found right; ``Sidecar()`` is what a text without one has."""

    label: str = ""
    metadata: Metadata = field(default_factory=Metadata)
    settings: Settings = field(default_factory=Settings)
    parts: tuple[SourcePart, ...] = ()
    corrections: tuple[EditorCorrection, ...] = ()


def read_sidecar(data: bytes, label: str) -> Sidecar:
    """The sidecar in ``data``; ``label`` is how messages call its file. Raises :class:`BadSidecar`, which names keys and lines."""
    text = text_of(data, label)
    values = parse(text, label)
    wrong = [*islice(faults(values), SOUGHT)] or [*islice(_contradictions(values), SOUGHT)]
    if wrong:
        raise BadSidecar(label, _located(wrong, key_lines(text)))
    lines = key_lines(text) if values.keys() & {"parts", "correct"} else {}
    return Sidecar(
        label,
        _metadata(values.get("metadata", {})),
        _settings(values.get("settings", {})),
        _parts(values, lines),
        _corrections(values, lines),
    )


def to_metadata(sidecar: Sidecar | None, found: Metadata | None = None) -> Metadata:
    """What the header says: the sidecar's words, and beside them what was ``found`` in the text itself (and stays in ``guessed``).

    What describes one thing is not mixed: a subtitle that was found does not go with the sidecar's title (:data:`TOGETHER`).
    """
    found = found or Metadata()
    if sidecar is None:
        return found
    given = {each.name for each in fields(Metadata) if getattr(sidecar.metadata, each.name)}
    settled = given.union(*(group for group in TOGETHER if given & set(group)))
    values = {name: getattr(sidecar.metadata, name) for name in settled}
    return replace(found, **{**values, "guessed": found.guessed - settled})


def unsupported(sidecar: Sidecar) -> tuple[Problem, ...]:
    """What the sidecar asks for and this version cannot do yet; said aloud, since the edition will not be as the editor decided."""
    return tuple(
        Problem(
            "error",
            "correction-unsupported",
            f"this version cannot apply corrections yet: {entry.kind} {shown(entry.words)}; take it out",
            entry.line,
            sidecar.label,
        )
        for entry in sidecar.corrections
    )


def part_paths(sidecar: Sidecar, folder: Path) -> tuple[Path, ...]:
    """The files of the source in order. Raises :class:`BadSidecar` for one that is missing, is no file, or stands outside ``folder``."""
    paths = [folder / part.file for part in sidecar.parts]
    wrong = [
        (key_name(("parts", number)), part.line, why)
        for number, (part, path) in enumerate(zip(sidecar.parts, paths, strict=True))
        if (why := _why_not(path, folder))
    ]
    if wrong:
        raise BadSidecar(sidecar.label, wrong)
    return tuple(paths)


def _contradictions(values: Mapping[str, Any]) -> Iterator[Fault]:
    """What each key alone may say, and all together cannot mean."""
    metadata, settings, parts = values.get("metadata", {}), values.get("settings", {}), values.get("parts", [])
    if "seam" in values and len(parts) < 2:
        yield Fault(("seam",), "there is no seam without a second part; take it out, or name the files in parts")
    if parts and isinstance(parts[0], dict) and "begins" in parts[0]:
        yield Fault(("parts", 0, "begins"), "nothing stands before the first part; take it out")
    seen: dict[str, int] = {}
    for number, part in enumerate(parts):
        file = part["file"] if isinstance(part, dict) else part
        first = seen.setdefault(file, number)
        if first != number:
            yield Fault(("parts", number), f"{shown(file)} is {key_name(('parts', first))} already; name each file once")
    if "subtitle" in metadata and "title" not in metadata:
        yield Fault(("metadata", "subtitle"), "a subtitle needs a title; give metadata.title too")
    for number, revision in enumerate(metadata.get("revisions", [])):
        if not _is_date(revision["date"]):
            yield Fault(("metadata", "revisions", number, "date"), f"there is no day {shown(revision['date'])}")
    if settings.get("paragraphs") == "unwrapped" and settings.get("spacing") == 2:
        yield Fault(("settings", "spacing"), 'paragraphs = "unwrapped" leaves no printed lines to space; take one of the two out')
    if "encoding" in settings and not _is_encoding(settings["encoding"]):
        yield Fault(
            ("settings", "encoding"),
            f"{shown(settings['encoding'])} is no text encoding known here; name one such as utf-8, cp1252 or mac-roman",
        )


def _is_encoding(name: str) -> bool:
    from tei_pipeline.encodings import known_encoding

    return known_encoding(name) is not None


def _is_date(date: str) -> bool:
    if len(date) < 10:  # a year, or a month, which the pattern has checked
        return True
    try:
        datetime.date.fromisoformat(date)
    except ValueError:
        return False
    return True


def _located(wrong: Iterable[Fault], lines: Mapping[KeyPath, int]) -> list[tuple[str, int | None, str]]:
    """Key, line and words of each fault, in the order of the file; a key that is missing has the line of its table."""
    found = []
    for path, what in wrong:
        known = next((path[:length] for length in range(len(path), 0, -1) if path[:length] in lines), ())
        found.append((key_name(path), lines.get(known), what))
    return sorted(found, key=lambda fault: fault[1] or 0)


def _metadata(values: Mapping[str, Any]) -> Metadata:
    source = values.get("source", {})
    plain: dict[str, Any] = {key: _words(value) for key, value in values.items() if key not in ("source", "revisions", "author", "editor")}
    imprint: dict[str, Any] = {_IMPRINT[key]: _words(value) for key, value in source.items() if key in _IMPRINT}
    return Metadata(
        **plain,
        **imprint,
        author=_names(values.get("author", [])),
        editor=_names(values.get("editor", [])),
        imprint_author=_names(source.get("author", [])),
        revisions=tuple((entry["date"], _words(entry.get("who", "")), _words(entry["what"])) for entry in values.get("revisions", [])),
    )


def _settings(values: Mapping[str, Any]) -> Settings:
    plain: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    return Settings(**plain)


def _parts(values: Mapping[str, Any], lines: Mapping[KeyPath, int]) -> tuple[SourcePart, ...]:
    parts = []
    for number, given in enumerate(values.get("parts", [])):
        table = given if isinstance(given, dict) else {"file": given}
        begins: Seam = table.get("begins", values.get("seam", "division")) if number else "nothing"
        parts.append(SourcePart(table["file"], begins, lines.get(("parts", number))))
    return tuple(parts)


def _corrections(values: Mapping[str, Any], lines: Mapping[KeyPath, int]) -> tuple[EditorCorrection, ...]:
    own = {"kind", "words", "occurrence", "under"}
    return tuple(
        EditorCorrection(
            **{key: entry[key] for key in own & entry.keys()},
            values=tuple(sorted((key, value) for key, value in entry.items() if key not in own)),
            line=lines.get(("correct", number)),
        )
        for number, entry in enumerate(values.get("correct", []))
    )


def _words(value: str | int) -> str:
    return " ".join(str(value).split())


def _names(value: str | list[str]) -> tuple[str, ...]:
    return tuple(_words(name) for name in ([value] if isinstance(value, str) else value))


def _why_not(path: Path, folder: Path) -> str:
    """Why the file cannot be a part, or nothing. Links are followed: one that leads out of the folder leaves it."""
    try:
        real = path.resolve()
        if not real.is_relative_to(folder.resolve()):
            return f"{shown(path.name)} is a link out of the folder; put the file itself there"
        if not real.exists():
            return f"{shown(path.name)} is not there; check the name"
        if not real.is_file():
            return f"{shown(path.name)} is no file"
    except (OSError, RuntimeError):  # RuntimeError: a loop of links, before Python 3.13
        return f"{shown(path.name)} cannot be reached"
    return ""
