"""Emphasis whose signs stand in different verses or paragraphs: TEI takes it in parts, joined by ``@next`` and ``@prev``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tei_pipeline.inline.emphasis import UNDERSCORE
from tei_pipeline.inline.runs import Run, verse_lines
from tei_pipeline.measuring.verse.lineation import LINE_NUMBER
from tei_pipeline.rows import Row
from tei_pipeline.source import Source

FARTHEST = 40  # verses or paragraphs: a sign that is not closed within so many has lost its partner

_SIGN = re.compile(r"(?<!\w)_(?=[^\s_])|(?<=[^\s_])_(?!\w)")
_OPENS = re.compile(r"(?<!\w)_(?=[^\s_])")
_BREAKS = frozenset({"heading", "subtitle", "titlepage", "trailer", "byline", "boilerplate"})


class Part(NamedTuple):
    """A part of emphasised words in the source, signs included; ``key``, ``next`` and ``prev`` join the parts of one."""

    start: int
    end: int
    key: str
    next: str | None
    prev: str | None


class _Unit(NamedTuple):
    """A verse or paragraph: its source range, the offsets of its signs that have no partner in it, and which of them may open."""

    start: int
    end: int
    lone: tuple[tuple[int, bool], ...]


def emphasis_over(source: Source, runs: Sequence[Run]) -> list[Part]:
    """The parts of all words that underscores emphasise over the end of a verse or paragraph, in order."""
    found: list[Part] = []
    if "_" not in source.text:
        return found
    streams: dict[int | None, list[Run]] = {}
    for run in runs:
        streams.setdefault(run.inside("note"), []).append(run)
    for stream in streams.values():
        opened: list[tuple[int, int]] = []
        for run in stream:
            if run.kind in _BREAKS:
                opened = []
                continue
            for unit in _units(run):
                opened = _went_on(opened, unit, found)
    return sorted(found)


def _went_on(opened: list[tuple[int, int]], unit: _Unit, found: list[Part]) -> list[tuple[int, int]]:
    """What is open after a unit: it closes what was open, or lies in it whole, and may open anew."""
    lone = list(unit.lone)
    if opened:
        if not lone:
            return [*opened, (unit.start, unit.end)] if len(opened) < FARTHEST else []
        place, opens = lone[0]
        if not opens or place > unit.start + 1:
            found.extend(_joined([*opened, (unit.start, place + 1)]))
            lone.pop(0)
    if lone and lone[-1][1]:
        return [(lone[-1][0], unit.end)]
    return []


def _joined(ranges: Sequence[tuple[int, int]]) -> Iterator[Part]:
    keys = [f"hi{ranges[0][0]}-{start}" for start, _ in ranges]
    for at, (start, end) in enumerate(ranges):
        yield Part(start, end, keys[at], keys[at + 1] if at + 1 < len(keys) else None, keys[at - 1] if at else None)


def _units(run: Run) -> Iterator[_Unit]:
    """The verses of a stanza, or the paragraph as a whole."""
    rows = list(verse_lines(run)) if run.kind == "verse" else [run.rows]
    ends = run.verses() if run.kind == "verse" else []
    for at, lines in enumerate(rows):
        text = " ".join(row.text for row, _ in lines)
        start = lines[0][1]
        end = ends[at][1] if ends else lines[-1][1] + len(lines[-1][0].text)
        yield _Unit(start + (run.label if at == 0 else 0), end, tuple(_lone(text, lines)) if "_" in text else ())


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _lone(text: str, lines: Sequence[tuple[Row, int]]) -> Iterator[tuple[int, bool]]:
    """The source offsets of the signs of a unit that pair with none in it, and whether each may open."""
    bare = LINE_NUMBER.sub(_blank, UNDERSCORE.sub(_blank, text))
    places: list[tuple[int, int]] = []
    length = 0
    for row, offset in lines:
        places.append((length, offset))
        length += len(row.text) + 1
    for sign in _SIGN.finditer(bare):
        first, offset = next((first, offset) for first, offset in reversed(places) if first <= sign.start())
        yield offset + sign.start() - first, _OPENS.match(bare, sign.start()) is not None
