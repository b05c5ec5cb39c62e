"""A sidecar, from bytes to values: parsed, checked against its schema and against itself, or refused with keys and lines."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from tei_pipeline.corrections.entry import ANYWHERE, BLOCKS, INLINES, NEEDS, TAKES, EditorCorrection
from tei_pipeline.encodings import known_encoding
from tei_pipeline.sidecar import Seam, Settings, Sidecar, SourcePart
from tei_pipeline.sidecar.check import Fault, faults, key_name, nearest, shown
from tei_pipeline.sidecar.lines import Path as KeyPath
from tei_pipeline.sidecar.lines import key_lines
from tei_pipeline.sidecar.metadata import impossible, metadata
from tei_pipeline.sidecar.toml import BadSidecar, parse, text_of

SOUGHT = 100  # faults after which a file is not looked at any further; each may cost a search for the word that was meant


def read(data: bytes, label: str, *, folder: bool = False) -> Sidecar:
    """The sidecar in ``data``; see :func:`tei_pipeline.sidecar.read_sidecar`."""
    text = text_of(data, label)
    values = parse(text, label)
    wrong = [*islice(faults(values), SOUGHT)] or [*islice(_contradictions(values, folder=folder), SOUGHT)]
    if wrong:
        raise BadSidecar(label, _located(wrong, key_lines(text)))
    lines = key_lines(text) if values.keys() & {"parts", "correct"} or "works" in values.get("metadata", {}) else {}
    return Sidecar(
        label,
        metadata(values.get("metadata", {}), lines),
        _settings(values.get("settings", {})),
        _parts(values, lines),
        _corrections(values, lines),
        values.get("seam", "division"),
        hashlib.sha256(data).hexdigest(),
    )


def _contradictions(values: Mapping[str, Any], *, folder: bool) -> Iterator[Fault]:
    """What each key alone may say, and all together cannot mean."""
    settings, parts = values.get("settings", {}), values.get("parts", [])
    if "seam" in values and len(parts) < 2 and (parts or not folder):
        yield Fault(("seam",), "there is no seam without a second part; take it out, or name the files in parts")
    if parts and isinstance(parts[0], dict) and "begins" in parts[0]:
        yield Fault(("parts", 0, "begins"), "nothing stands before the first part; take it out")
    seen: dict[str, int] = {}
    for number, part in enumerate(parts):
        file = part["file"] if isinstance(part, dict) else part
        first = seen.setdefault(file, number)
        if first != number:
            yield Fault(("parts", number), f"{shown(file)} is {key_name(('parts', first))} already; name each file once")
    yield from impossible(values.get("metadata", {}))
    yield from _incomplete(values.get("correct", []))
    if settings.get("paragraphs") == "unwrapped" and settings.get("spacing") == 2:
        yield Fault(("settings", "spacing"), 'paragraphs = "unwrapped" leaves no printed lines to space; take one of the two out')
    if "encoding" in settings and known_encoding(settings["encoding"]) is None:
        yield Fault(
            ("settings", "encoding"),
            f"{shown(settings['encoding'])} is no text encoding known here; name one such as utf-8, cp1252 or mac-roman",
        )


def _located(wrong: Iterable[Fault], lines: Mapping[KeyPath, int]) -> list[tuple[str, int | None, str]]:
    """Key, line and words of each fault, in the order of the file; a key that is missing has the line of its table."""
    found = []
    for path, what in wrong:
        known = next((path[:length] for length in range(len(path), 0, -1) if path[:length] in lines), ())
        found.append((key_name(path), lines.get(known), what))
    return sorted(found, key=lambda fault: fault[1] or 0)


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
    return tuple(EditorCorrection.of_table(entry, lines.get(("correct", number))) for number, entry in enumerate(values.get("correct", [])))


def _incomplete(entries: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    """Keys that a kind of correction needs and lacks, or has and cannot use."""
    for number, entry in enumerate(entries):
        kind = entry["kind"]
        for key in NEEDS[kind]:
            if key not in entry:
                yield Fault(("correct", number), f'kind = "{kind}" needs "{key}"')
        known = (*ANYWHERE, *NEEDS[kind], *TAKES.get(kind, ()))
        for key in entry:
            if key not in known:
                yield Fault(("correct", number, key), f'kind = "{kind}" does not take this key; it takes {", ".join(known[1:])}')
        known_as = BLOCKS if kind == "block" else tuple(INLINES) if kind == "remove" else ()
        if known_as and entry.get("as", known_as[0]) not in known_as:
            close = nearest(entry["as"], known_as)
            meant = f'; did you mean "{close}"?' if close else ""
            yield Fault(("correct", number, "as"), f"must be one of {', '.join(known_as)}, not {shown(entry['as'])}{meant}")
        if "level" in entry and kind == "block" and entry.get("as") != "heading":
            yield Fault(("correct", number, "level"), "only a heading has a level; take it out")
        if "of" in entry and entry.get("occurrence", 1) > entry["of"]:
            yield Fault(("correct", number, "occurrence"), f"there is no occurrence {entry['occurrence']} of {entry['of']}")
