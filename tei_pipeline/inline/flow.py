"""The flow: the lines of one block as running text, with the way back to every character of the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from tei_pipeline import model
from tei_pipeline.model import Content, Inline
from tei_pipeline.source import Span

_INSIDE_WORDS = (model.PageBreak, model.Furniture, model.Note, model.Milestone)
_RUN = re.compile(r"[ \t\f\v]{2,}|[\t\f\v]")

Make = Callable[[Content, "tuple[Span, ...]"], Inline]


class Mark(Struct, frozen=True):
    """A stretch of the flow, in its characters, that becomes a node: ``make`` gets the content inside and the source spans.

    ``rank`` decides between marks that cross: the lower wins, then the one that begins first. Of two that cover the same characters
    one goes, unless both may nest (``nests``). ``key`` is that of the node to come.
    """

    start: int
    end: int
    make: Make
    rank: int = 5
    key: str | None = None
    nests: bool = False


class Flow(Struct):
    """Running text; ``places`` and ``offsets`` tell which source offset each piece begins at; ``inserts`` stand between characters.

    ``doubts`` are the source offsets of hyphens at line ends of which it could not be told whether they belong to the word.
    """

    text: str = ""
    places: list[int] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    inserts: list[tuple[int, Inline]] = field(default_factory=list)
    doubts: list[int] = field(default_factory=list)

    def source(self, place: int) -> int:
        """The source offset of the flow's character at ``place``."""
        k = bisect_right(self.places, place) - 1
        return self.offsets[k] + place - self.places[k] if k >= 0 else 0

    def reach(self) -> tuple[int, int]:
        """The source range from its first character to past its last; what interrupts it lies inside."""
        return (self.offsets[0], self.source(len(self.text) - 1) + 1) if self.offsets and self.text else (0, 0)

    def place(self, offset: int) -> int | None:
        """The place in the flow of the source's character at ``offset``; None when it stands elsewhere."""
        k = bisect_right(self.offsets, offset) - 1
        if k < 0:
            return None
        place = self.places[k] + offset - self.offsets[k]
        return place if place < (self.places[k + 1] if k + 1 < len(self.places) else len(self.text)) else None

    def span(self, start: int, end: int) -> tuple[Span, ...]:
        """The source range from the character at ``start`` to before the one at ``end``."""
        return (Span(self.source(start), self.source(end - 1) + 1),) if end > start else ()


class Piece(NamedTuple):
    """A stretch of one source line: its text and the source offset of its first character."""

    text: str
    offset: int


class Joint(Struct, frozen=True):
    """How two lines of a flow meet: ``glue`` is what stands between them; a soft hyphen is taken off the first and kept as a node.

    ``doubt``: whether the hyphen belongs to the word could not be told.
    """

    glue: str = " "
    soft: bool = False
    doubt: bool = False


SPACE = Joint()


Join = Callable[[str, str], Joint]


def flow_of(pieces: Iterable[Piece | Inline], join: Join | None = None, line_breaks: bool = False) -> Flow:
    """Lines and what interrupts them (page breaks, furniture, notes), joined; ``line_breaks`` keeps each line end as a node."""
    flow = Flow()
    parts: list[str] = []
    places, offsets, inserts = flow.places, flow.offsets, flow.inserts
    length = 0
    pending: list[Inline] = []
    last = ""
    end = 0
    for piece in pieces:
        if not isinstance(piece, Piece):
            pending.append(piece)
            continue
        text, offset = piece
        if parts:
            joint = SPACE if join is None else join(last, text)
            if joint.soft and all(isinstance(node, _INSIDE_WORDS) for node in pending):
                parts[-1] = parts[-1][:-1]
                length -= 1
                inserts.append((length, _soft_hyphen(last[-1], pending, end - 1)))
                pending = []
            else:
                if joint.glue:
                    places.append(length)
                    offsets.append(end)
                    parts.append(joint.glue)
                    length += len(joint.glue)
                if joint.doubt:
                    flow.doubts.append(end - 1)
                if line_breaks and joint.glue:
                    pending.append(model.LineBreak())
        if pending:
            inserts.extend([(length, node) for node in pending])
            pending = []
        start = 0
        for run in _RUN.finditer(text) if "  " in text or "\t" in text or "\f" in text else ():
            places.append(length)
            offsets.append(offset + start)
            parts.append(text[start : run.start()] + " ")
            length += len(parts[-1])
            start = run.end()
        places.append(length)
        offsets.append(offset + start)
        parts.append(text[start:] if start else text)
        length += len(text) - start
        end = offset + len(text)
        last = text
    inserts.extend([(length, node) for node in pending])
    flow.text = "".join(parts)
    return flow


def _soft_hyphen(sign: str, pending: Iterable[Inline], offset: int) -> model.SoftHyphen:
    """The hyphen at this source offset, with what stands between the halves of the word."""
    between = tuple(
        model.PageBreak(node.n, True, node.spans) if isinstance(node, model.PageBreak) else node
        for node in pending
        if isinstance(node, _INSIDE_WORDS)
    )
    return model.SoftHyphen(sign, between, (Span(offset, offset + 1),))


def content(flow: Flow, marks: Sequence[Mark] = ()) -> Content:
    """The flow as nodes: marks nest, of two that cross the weaker goes, inserts stand where they were."""
    kept = _nested(marks)
    result, _, _ = _build(flow, 0, len(flow.text), kept, 0, 0, True)
    return tuple(result)


def part(flow: Flow, marks: Sequence[Mark], start: int, end: int) -> Content:
    """The nodes of a stretch of the flow; marks that reach beyond it are left out."""
    kept = [mark for mark in _nested(marks) if start <= mark.start and mark.end <= end]
    first = 0
    while first < len(flow.inserts) and flow.inserts[first][0] < start:
        first += 1
    if start and start == len(flow.text):
        while first < len(flow.inserts) and flow.inserts[first][0] <= start:
            first += 1
    result, _, _ = _build(flow, start, end, kept, 0, first, end == len(flow.text))
    return tuple(result)


def _nested(marks: Sequence[Mark]) -> list[Mark]:
    """The marks in order, those inside after those around; of two that cross or cover the same the one of higher rank goes."""
    if len(marks) < 2:
        return [mark for mark in marks if mark.end > mark.start]
    gone: set[int] = set()
    around: list[Mark] = []
    ordered = sorted([mark for mark in marks if mark.end > mark.start], key=lambda mark: (mark.start, -mark.end, mark.rank))
    for mark in ordered:
        while around and around[-1].end <= mark.start:
            around.pop()
        at = len(around)
        while at and (around[at - 1].end < mark.end or _same(around[at - 1], mark)):
            at -= 1
        crossed = around[at:]
        if any(other.rank <= mark.rank for other in crossed):
            gone.add(id(mark))
            continue
        gone.update(id(other) for other in crossed)
        del around[at:]
        around.append(mark)
    return [mark for mark in ordered if id(mark) not in gone] if gone else ordered


def _same(one: Mark, other: Mark) -> bool:
    return one.start == other.start and one.end == other.end and not (one.nests and other.nests)


def _build(
    flow: Flow, start: int, end: int, marks: list[Mark], next_mark: int, next_insert: int, last: bool
) -> tuple[list[Inline], int, int]:
    """Nodes for the characters from ``start`` to ``end``; returns also the next mark and insert that were not used."""
    out: list[Inline] = []
    place = start
    inserts = flow.inserts
    while True:
        stop = end
        mark_at = marks[next_mark].start if next_mark < len(marks) and marks[next_mark].start < end else None
        insert_at = None
        if next_insert < len(inserts) and (inserts[next_insert][0] < end or (last and inserts[next_insert][0] <= end)):
            insert_at = inserts[next_insert][0]
        if mark_at is not None:
            stop = mark_at
        if insert_at is not None and insert_at <= stop:
            stop = insert_at
        if stop > place:
            out.append(model.Text(flow.text[place:stop], flow.span(place, stop)))
            place = stop
        if insert_at is not None and insert_at == stop:
            out.append(inserts[next_insert][1])
            next_insert += 1
        elif mark_at is not None and mark_at == stop:
            mark = marks[next_mark]
            inner, next_mark, next_insert = _build(flow, mark.start, mark.end, marks, next_mark + 1, next_insert, False)
            out.append(mark.make(tuple(inner), flow.span(mark.start, mark.end)))
            place = mark.end
        else:
            return out, next_mark, next_insert
