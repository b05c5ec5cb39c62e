"""Blocks in pieces: what stands on a page between the lines of one block cuts it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import Block


def cut(block: Block, breaks: Sequence[int], feet: Sequence[int], pages: Sequence[int]) -> Iterator[Block]:
    """The block in pieces where furniture or page-foot notes stand between its rows, or a page begins."""
    rows = block.rows
    first, last = rows[0].line, rows[-1].line
    if all(bisect_left(places, last + 1) == bisect_left(places, first) for places in (breaks, feet, pages) if places):
        yield block
        return
    at_foot = bool(block.within) and block.within[0].place == "bottom"
    start = 0
    for i in range(1, len(rows)):
        low, high = rows[i - 1].line, rows[i].line
        turned = pages and block.kind != "heading" and bisect_right(pages, high) > bisect_right(pages, low)
        if turned or (high - low > 1 and (_between(breaks, low, high) or (not at_foot and _between(feet, low, high)))):
            yield _piece(block, start, i)
            start = i
    yield _piece(block, start, len(rows)) if start else block


def _piece(block: Block, start: int, end: int) -> Block:
    """Some rows of a block; those behind its first go on with it, and have no label."""
    facts = replace(block.facts, label=0) if start and block.kind == "heading" else block.facts
    return replace(block, first=block.rows[start].line, rows=block.rows[start:end], facts=facts, joins=block.joins or start > 0)


def _between(places: Sequence[int], low: int, high: int) -> bool:
    """Whether one of the lines stands between two others."""
    return bisect_left(places, high) > bisect_left(places, low)


def ended(b: Block, end: int) -> Block:
    """The block with its last line, built at once: replace takes several times as long, for every block of a book."""
    return Block(b.kind, b.first, end, b.rows, b.decisions, b.facts, b.within, b.joins, b.alternatives)
