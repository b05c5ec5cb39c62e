"""Runs: the rows of one block with its continuations, as they will flow, before they are made into nodes."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

from msgspec import Struct, field

from tei_pipeline.blocks import Block
from tei_pipeline.measuring.verse.lineation import LINE_NUMBER, begin_small, is_turned_over
from tei_pipeline.rows import Row
from tei_pipeline.source import Source

MEASURE = 72  # columns: the usual measure, where none was given
_UNREAD = frozenset({"furniture", "ornament", "residue", "table", "preformatted", "illustration", "speaker", "stanza-number"})


class Run(Struct):
    """A paragraph, verse or heading in the order of the source, and what encloses it.

    ``rows`` with the source offset of the first character of each; ``label`` the length of the printed label (siglum, marker, speaker)
    at the front of the first row. ``opens``: the sidecar lets a division begin with it. ``turn_over`` and ``measure`` are the layout's.
    """

    block: Block
    rows: list[tuple[Row, int]] = field(default_factory=list)
    label: int = 0
    opens: bool = False
    turn_over: int = 0
    measure: int = MEASURE
    _verses: list[tuple[int, int]] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The kind of the block."""
        return self.block.kind

    def verses(self) -> list[tuple[int, int]]:
        """The source range of each verse, without the number printed after it."""
        if not self._verses:
            for rows in verse_lines(self):
                first, last = offsets(rows)
                number = LINE_NUMBER.search(rows[-1][0].text)
                self._verses.append((first, last - (len(number[0]) if number is not None else 0)))
        return self._verses

    def inside(self, kind: str) -> int | None:
        """The key of the innermost container of this kind that holds it; None when none does."""
        return next((container.key for container in reversed(self.block.within) if container.kind == kind), None)


def runs(source: Source, blocks: Sequence[Block], divided: Container[int] = (), turn_over: int = 0, measure: int = MEASURE) -> list[Run]:
    """The runs of a book's blocks, in order; what carries no words of its own is left out.

    ``divided``: the lines at which the sidecar lets a division begin; ``turn_over`` and ``measure``: those of the layout.
    """
    opens = False
    found: list[Run] = []
    last: dict[tuple[str, object], Run] = {}
    lines = source.lines
    for block in blocks:
        if block.first in divided and block.rows:
            opens = True
            last.clear()
        if block.kind in _UNREAD:
            continue
        key = (block.kind, block.within)
        run = last.get(key) if block.joins else None
        if run is None:
            run = last[key] = Run(block, label=_label(block), opens=opens, turn_over=turn_over, measure=measure)
            found.append(run)
        opens = False
        for row in block.rows:
            line = lines[row.line]
            lead = 0 if line.text[:1] == row.text[:1] else len(line.text) - len(line.text.lstrip())
            run.rows.append((row, line.start + lead))
    return found


def verse_lines(run: Run) -> Iterator[list[tuple[Row, int]]]:
    """The verses of a stanza, each with the turned-over end that the printer set on a line of its own."""
    least = min(row.indent for row, _ in run.rows)
    small = begin_small((row for row, _ in run.rows), least)
    verse: list[tuple[Row, int]] = []
    for row, offset in run.rows:
        if verse and (small or not is_turned_over(verse[-1][0], row, least, run.turn_over, run.measure)):
            yield verse
            verse = []
        verse.append((row, offset))
    if verse:
        yield verse


def _label(block: Block) -> int:
    """The length of what is printed before the first word: the labels of containers that begin with this block."""
    return max((container.label for container in block.within if container.key == block.rows[0].line), default=0)


def offsets(rows: Iterable[tuple[Row, int]]) -> tuple[int, int]:
    """The source range of some rows."""
    listed = list(rows)
    last, start = listed[-1]
    return listed[0][1], start + len(last.text)
