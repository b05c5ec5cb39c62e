"""The first part of a book whose heading the text lacks: the contents page has it, over what stands before the second part."""

from __future__ import annotations

from msgspec.structs import replace

from tei_pipeline.blocks import Block
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.settle.titles.listing import first_part_lost, listed_in


def first_part(blocks: list[Block], layout: Layout) -> list[Block]:
    """The headings that the contents page lists under the first part stand one level below it, though no heading of it stands in the text,
    when the second part has one: it was lost with the leaf on which it stood.
    """
    found = first_part_lost(blocks, listed_in(blocks, layout.language), layout)
    if found is None:
        return blocks
    entry, first, stop = found
    level = blocks[stop].facts.level
    inside = [i for i in range(first, stop) if blocks[i].kind == "heading" and not blocks[i].within]
    if blocks[first].facts.level != level or any(blocks[i].facts.level < level for i in inside):
        return blocks
    decision = Decision("first-part", f"the contents page has it under “{blocks[entry].text[:40]}”, of which no heading stands here", 0.85)
    result = list(blocks)
    for i in inside:
        facts = replace(blocks[i].facts, level=blocks[i].facts.level + 1)
        result[i] = replace(blocks[i], facts=facts, decisions=(*blocks[i].decisions, decision))
    return result
