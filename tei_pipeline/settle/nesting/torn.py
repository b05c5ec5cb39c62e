"""Headings torn by the end of a page: they are looked at as one, and have one level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block, Facts
from tei_pipeline.decisions import Decision


def torn_headings(blocks: Sequence[Block]) -> dict[int, int]:
    """The later pieces of headings that go on over the end of a page, each with the first piece."""
    found: dict[int, int] = {}
    first = -1
    for i, block in enumerate(blocks):
        if block.kind == "heading" and not block.within:
            if block.joins and first >= 0:
                found[i] = first
            else:
                first = i
        elif block.kind not in BETWEEN:
            first = -1
    return found


def whole(blocks: Sequence[Block], torn: Mapping[int, int]) -> list[Block]:
    """The blocks with the lines of such headings together in the first piece; nothing stands in place of the others."""
    result = list(blocks)
    for i, first in torn.items():
        result[first] = replace(result[first], rows=(*result[first].rows, *blocks[i].rows))
        result[i] = replace(blocks[i], kind="furniture", rows=(), facts=Facts(type="break"))
    return result


def torn_again(levelled: Sequence[Block], blocks: Sequence[Block], torn: Mapping[int, int]) -> list[Block]:
    """The blocks with their levels, and the lines of such headings where they stand."""
    result = list(levelled)
    for i, first in torn.items():
        level = result[first].facts.level
        result[first] = replace(result[first], rows=blocks[first].rows)
        decision = Decision("level", f"goes on with the heading before the end of the page: level {level}", 0.9)
        result[i] = replace(blocks[i], facts=replace(blocks[i].facts, level=level), decisions=(*blocks[i].decisions, decision))
    return result
