"""Errata: below the heading of a list of slips the names of chapters say only where each of them is."""

from __future__ import annotations

from msgspec.structs import replace

from tei_pipeline.blocks import Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout

APART = 3  # empty lines above a heading: what follows the list
_DECISION = Decision("errata", "says in which chapter a slip is, below the heading of the list", 0.85)


def errata(blocks: list[Block], layout: Layout) -> list[Block]:
    """What looks like a heading below ERRATA, near to what is above it, begins an entry of the list: CHAPTER III."""
    result = blocks
    listed = False
    for i, block in enumerate(blocks):
        if block.kind != "heading" or block.within:
            continue
        if not listed or block.rows[0].gap >= APART:
            listed = block.facts.division == "errata"
            continue
        if result is blocks:
            result = list(blocks)
        result[i] = replace(block, kind="paragraph", facts=Facts(), decisions=(*block.decisions, _DECISION))
    return result
