"""The blocks of a book while corrections are applied to them: found by their lines, cut, and followed over page ends."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import Block, is_note
from tei_pipeline.corrections.anchor import Located
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.source import Source

BETWEEN = frozenset({"furniture", "illustration"})
INNER = frozenset({"paragraph", "verse", "table", "preformatted", "stage", "ornament", "residue", "illustration"})
LIBRARY = "these are words of the library that made the file, not of the book; they stay in a division of their own"
Refuse = Callable[[Located, str], None]


class Corrected:
    """The blocks of a book while corrections are applied to them; ``settled``: the passes have been, levels and joins are final."""

    def __init__(self, source: Source, layout: Layout, blocks: Sequence[Block], settled: bool, refuse: Refuse) -> None:
        self.source = source
        self.layout = layout
        self.blocks = list(blocks)
        self.settled = settled
        self.refuse = refuse
        self.starts = [line.start for line in source.lines]

    def line(self, offset: int) -> int:
        """The index of the source line with that character."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def at(self, line: int) -> int:
        """The index of the block with that line."""
        at = bisect_right(self.blocks, line, key=lambda block: block.first) - 1
        while at > 0 and not self.blocks[at].rows:
            at -= 1
        return max(0, at)

    def cut(self, line: int) -> int:
        """Let a block begin with that line; its index."""
        at = self.at(line)
        block = self.blocks[at]
        k = next((k for k, row in enumerate(block.rows) if row.line >= line), 0)
        if not k:
            return at
        first = block.rows[k].line
        rest = replace(block, first=first, rows=block.rows[k:], joins=False)
        self.blocks[at : at + 1] = [replace(block, end=first, rows=block.rows[:k]), rest]
        return at + 1

    def whole(self, at: int) -> tuple[int, int]:
        """The range of indices of a block with what goes on with it past furniture and notes."""
        first = at
        while self.blocks[first].joins and first:
            first -= 1
            while first and not self._same(first, at):
                first -= 1
        end = at + 1
        while (k := self._continuation(end, self.blocks[first])) is not None:
            end = k + 1
        return first, end

    def _same(self, one: int, other: int) -> bool:
        return self.blocks[one].kind == self.blocks[other].kind and self.blocks[one].within == self.blocks[other].within

    def _continuation(self, at: int, of: Block) -> int | None:
        while at < len(self.blocks):
            block = self.blocks[at]
            if block.joins and block.kind == of.kind and block.within == of.within:
                return at
            if block.kind not in BETWEEN and not is_note(block):
                return None
            at += 1
        return None

    def extent(self, one: Located) -> tuple[int, int]:
        """The blocks that a correction is about: those of its lines when it says where it ends, else the whole block."""
        line = self.line(one.start)
        if not one.entry.to:
            return self.whole(self.at(line))
        last = self.line(one.range.end - 1)
        first = self.cut(line)
        if last + 1 < len(self.source.lines):
            after = self.cut(last + 1)
            end = after if self.blocks[after].first > last else after + 1
        else:
            end = len(self.blocks)
        return first, max(end, first + 1)


def decided(block: Block, one: Located) -> tuple[Decision, ...]:
    """The decisions of a block, the editor's last, once, however often it is applied."""
    return (*(decision for decision in block.decisions if decision != one.decision), one.decision)
