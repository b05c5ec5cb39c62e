"""Notes of a book by the stretch of text in which their references stand: a page, a work or chapter, all the text before."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence, Set
from typing import NamedTuple

from msgspec import Struct

from tei_pipeline.blocks import Block, Container
from tei_pipeline.rules.notes.labels import RAISED
from tei_pipeline.seldom import seldom
from tei_pipeline.source import Source

_SQUARE_LABEL = seldom(r"\[\W?(?:[A-Za-z]{1,2}[.# ]{1,3})?[\w:.-]{1,8}\W?\]")

_WORD_IN_BRACKET = re.compile(r"[({<](?![ivx]{3,5}\))\W?[^\W\d_]{3}")

SIGNS = "*†‡§¶+"  # each counts no further than the note that it stands for, in brackets or not


class Noted(Struct, frozen=True):
    """A note: container, its block's index, the style of its siglum."""

    container: Container
    block: int
    style: str
    closed: bool = False


class Group(NamedTuple):
    """Notes that share one stretch of text where their references stand, in places of that text; ``home``: where their own division
    begins.
    """

    notes: list[Noted]
    low: int
    high: int
    home: int = 0


class RunningText:
    """The lines outside notes as one string, with the way back to the source."""

    def __init__(self, source: Source, blocks: Sequence[Block]) -> None:
        parts: list[str] = []
        self.places: list[int] = []
        self.offsets: list[int] = []
        opens: set[int] = set()
        length = 0
        for block in blocks:
            if block.kind in ("furniture", "boilerplate", "ornament") or (
                block.within and block.within[0].kind in ("note", "contents", "figures", "index")
            ):
                continue
            if not block.joins:
                opens.add(length)
            labels = {held.key: held.label for held in block.within if held.kind in ("item", "note")}
            for row in block.rows:
                line, text = source.lines[row.line], row.text
                label = labels.get(row.line, 0)
                raw = line.text
                lead = 0 if raw[:1] == text[:1] else len(raw) - len(raw.lstrip())
                self.places.append(length)
                self.offsets.append(line.start + lead)
                parts.append(" " * label + text[label:])  # what counts an item or a note within a speech refers to nothing
                length += len(text) + 1
        self.text = "\n".join(parts)
        self.opens = frozenset(opens)  # where blocks begin: a number there counts the block, and refers to nothing

    def source(self, place: int) -> int:
        """The source offset of a place."""
        k = bisect_right(self.places, place) - 1
        return self.offsets[k] + place - self.places[k]

    def place(self, offset: int) -> int:
        """The place of the first character at or after a source offset."""
        k = bisect_left(self.offsets, offset)
        return self.places[k] if k < len(self.places) else len(self.text)


def collect(blocks: Sequence[Block]) -> list[Noted]:
    """The notes of a book that have a siglum, in order."""
    found: list[Noted] = []
    seen: set[Container] = set()
    for i, block in enumerate(blocks):
        for container in block.within:
            if container.kind == "note" and container not in seen:
                seen.add(container)
                if container.n:
                    printed = block.rows[0].text[: container.label]
                    closed = printed.endswith(")") and not printed.startswith("(")
                    style = _style(block.rows[0].text, container)
                    found.append(Noted(container, i, "closed" if closed and style == "plain" else style, closed))
    return found


def _style(text: str, container: Container) -> str:
    if container.n[0] in SIGNS and not container.n[-1].isdigit():
        return "star" if text[0] not in "([" else "round" if text[0] == "(" else "square"
    if text[0] == "[":
        return "square" if _SQUARE_LABEL.match(text) else "worded"
    if (text.lstrip("_")[:1].isalpha() and text[: container.label] != container.n) or _WORD_IN_BRACKET.match(text):
        return "worded"
    return {"(": "round", "{": "brace", "^": "caret", "<": "angle", "/": "slash", "*": "starred"}.get(
        text[0], "raised" if ord(text[0]) in RAISED else "plain"
    )


def groups_of(
    noted: list[Noted], blocks: Sequence[Block], source: Source, text: RunningText, pages: list[int], feet: Set[int]
) -> list[Group]:
    """The notes by the text where their references may stand: a page, a work or chapter, all the text before. ``pages`` are the source
    lines where pages meet, ``feet`` those of the notes at their feet.
    """
    groups: list[Group] = []
    foot: dict[int, list[Noted]] = defaultdict(list)
    sections: list[list[Noted]] = []
    loose: list[Noted] = []
    stars: dict[str, list[Noted]] = defaultdict(list)
    for note in noted:
        line = blocks[note.block].rows[0].line
        page = bisect_left(pages, line)
        if note.container.place == "bottom" and pages and (note.style != "star" or (page and line in feet)):
            foot[page].append(note)
            if note.style == "star":
                stars[note.container.n].append(note)
        elif note.style == "star" or (note.container.n[0] in SIGNS and not note.container.n[-1].isdigit()):
            stars[note.container.n].append(note)
        elif note.container.place == "end" and note.style in _AT_THE_END:
            if (
                sections
                and sections[-1][-1].style == note.style
                and note.block - sections[-1][-1].block < 200
                and _adjacent(sections[-1][-1], note, blocks)
            ):
                sections[-1].append(note)
            else:
                sections.append([note])
        else:
            loose.append(note)
    for page, notes in foot.items():
        low = text.place(source.lines[pages[page - 1]].end) if page else 0
        high = text.place(source.lines[pages[page]].start) if page < len(pages) else len(text.text)
        groups.append(Group(notes, low, high))
    reached: dict[bool, int] = {}  # by notes with numbers, and by those with letters
    for notes in sections:
        start = text.place(source.lines[blocks[notes[-1].block].rows[0].line].start)  # past headings between the notes
        counted = notes[0].container.n[0].isdigit()
        groups.append(Group(notes, reached.get(counted, 0), start, _home(blocks, notes[0].block, source, text)))
        reached[counted] = start
    if loose:
        last = text.place(source.lines[blocks[loose[-1].block].rows[0].line].start)
        groups.append(Group(loose, 0, last))
    for notes in stars.values():
        low = 0
        above: Noted | None = None
        for note in notes:
            line = blocks[note.block].rows[0].line
            if above is not None and _adjacent(above, note, blocks):  # the signs came to an end, and the first of them comes again
                groups[-1].notes.append(note)
                above = note
                continue
            above = None
            start = text.place(source.lines[line].start)
            if line in feet and bisect_left(pages, line):
                low = start
                continue
            groups.append(Group([note], max(low, _work_start(blocks, note.block, source, text)), start))
            low, above = start, note
    return groups


_AT_THE_END = frozenset(("plain", "closed", "square", "round", "brace", "caret", "angle", "slash", "raised", "starred"))


def _adjacent(a: Noted, b: Noted, blocks: Sequence[Block]) -> bool:
    """Whether nothing but notes stands between two notes (a heading inside the notes aside)."""
    return all(
        (blocks[i].within and blocks[i].within[0].kind == "note") or blocks[i].kind in ("furniture", "heading", "ornament")
        for i in range(a.block, b.block)
    )


def _work_start(blocks: Sequence[Block], at: int, source: Source, text: RunningText) -> int:
    for i in range(at, -1, -1):
        if blocks[i].kind == "heading" and blocks[i].facts.level == 1:
            return text.place(source.lines[blocks[i].first].start)
    return 0


def _home(blocks: Sequence[Block], at: int, source: Source, text: RunningText) -> int:
    """Where the division begins at whose end notes stand under a heading of their own; 0 if the headings do not tell."""
    level = 0
    for i in range(at, -1, -1):
        if blocks[i].kind != "heading":
            continue
        if level and blocks[i].facts.level < level:
            return text.place(source.lines[blocks[i].first].start)
        level = level or blocks[i].facts.level
    return 0
