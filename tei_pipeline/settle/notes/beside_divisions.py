"""Notes that several divisions share: they belong to none of them, and stand beside them. It is the only level that references tell, so
that it is settled when these are linked, after the passes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block
from tei_pipeline.decisions import Decision
from tei_pipeline.settle.nesting.styles import FRONT
from tei_pipeline.settle.notes.links import Links
from tei_pipeline.source import Source

FEWEST = 2  # references in an earlier division: one may be a number that looked like it
_BEFORE = FRONT | {"introduction"}
_OPENS = BETWEEN | frozenset(("dateline", "subtitle", "byline"))
BY_HAND = "editor"


def beside_divisions(blocks: Sequence[Block], links: Links, source: Source) -> list[Block]:
    """The blocks, where the heading of notes to which several divisions refer is as high as these are, if nothing is printed below the
    notes that belongs to the last of them. Where the first is the title over a group of pieces, the others are pieces of it too.
    """
    result = list(blocks)
    starts = {anchor.key: anchor.start for anchor in links.anchors}
    heads = [i for i, block in enumerate(blocks) if block.kind == "heading" and not block.within]
    begins = [source.lines[blocks[i].first].start for i in heads]
    for place, i in enumerate(heads):
        facts = blocks[i].facts
        if facts.division != "notes" or facts.level < 2 or blocks[i].why.rule == BY_HAND:
            continue
        end = heads[place + 1] if place + 1 < len(heads) else len(blocks)
        noted = {c.key for block in blocks[i:end] for c in block.within if c.kind == "note"}
        asked = [bisect_right(begins, starts[key]) - 1 for note in noted for key in links.notes.get(note, ())]
        lowest = max(1, blocks[end].facts.level) if end < len(blocks) else 1
        level = facts.level
        while level > lowest and (sharing := _sharing([_above(heads, blocks, k, level - 1) for k in asked], heads, blocks)):
            level -= 1
            if _is_group(blocks, heads[sharing[0]], level):
                for k in heads[_next(heads, blocks, sharing[0], level) : place]:
                    result[k] = _at_level(blocks[k], blocks[k].facts.level + 1, "its notes are those of the group above")
                level += 1
                break
        if level < facts.level:
            result[i] = _at_level(blocks[i], level, "notes of several divisions, and beside them")
    return result


def _next(heads: Sequence[int], blocks: Sequence[Block], at: int, level: int) -> int:
    """The first division of this level, or a higher one, after that at a place."""
    return next((k for k in range(at + 1, len(heads)) if 0 < blocks[heads[k]].facts.level <= level), len(heads))


def _at_level(block: Block, level: int, why: str) -> Block:
    decisions = (*block.decisions, Decision("level", why, 0.85))
    return replace(block, facts=replace(block.facts, level=level), decisions=decisions)


def _above(heads: Sequence[int], blocks: Sequence[Block], at: int, level: int) -> int:
    """The division of this level, or a higher one, in which the one at a place stands."""
    return next((k for k in range(at, -1, -1) if 0 < blocks[heads[k]].facts.level <= level), -1)


def _sharing(divisions: Sequence[int], heads: Sequence[int], blocks: Sequence[Block]) -> list[int]:
    """The divisions that have references enough, the last of all among them, but for what stands in front of a book; none if it is one."""
    times = Counter(divisions)
    last = max(times, default=-1)
    shared = sorted(k for k, count in times.items() if k == last or (count >= FEWEST and k >= 0))
    shared = [k for k in shared if k == last or blocks[heads[k]].facts.division not in _BEFORE]
    return shared if len(shared) > 1 else []


def _is_group(blocks: Sequence[Block], at: int, level: int) -> bool:
    """Whether a heading stands over that of a piece, which nothing counts, and over no text of its own."""
    below = next((block for block in blocks[at + 1 :] if block.kind not in _OPENS), None)
    if below is None or below.kind != "heading" or below.within:
        return False
    return below.facts.level == level + 1 and not (below.facts.number or below.facts.division in _BEFORE)
