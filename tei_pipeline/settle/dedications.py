"""Dedications: a page before the first numbered division that is addressed to somebody."""

from __future__ import annotations

from msgspec.structs import replace

from tei_pipeline.blocks import Block
from tei_pipeline.decisions import Decision
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout

LONGEST = 40  # printed lines from the dedication to the first numbered division
LINES = 3  # of its heading
FEWEST = 2  # numbered divisions of a book that has front matter


def dedications(blocks: list[Block], layout: Layout) -> list[Block]:
    """What heads a page before the first numbered division and names a receiver (To my Mother) dedicates the book: it holds no chapters."""
    labelled = [i for i, b in enumerate(blocks) if b.kind == "heading" and b.facts.type == "labelled" and not b.within]
    if len(labelled) < FEWEST or layout.drama:
        return blocks
    rows, result = 0, blocks
    for i in range(labelled[0] - 1, -1, -1):
        block = blocks[i]
        rows += len(block.rows)
        if rows > LONGEST:
            break
        if block.kind != "heading" or block.within or block.facts.division or len(block.rows) > LINES:
            continue
        first = block.rows[0].text.strip("_*= ").split(" ")[0]
        if fold(first) not in layout.language.receivers:
            continue
        result = list(result)
        decision = Decision("dedications", f"begins with {first!r}, before the first numbered division", 0.8)
        result[i] = replace(block, facts=replace(block.facts, division="dedication", type="named"), decisions=(*block.decisions, decision))
        below = result[i + 1]
        if below.kind == "heading" and not below.facts.division and i + 1 < labelled[0]:
            decision = Decision("dedications", "who the receiver is", 0.7)
            result[i + 1] = replace(below, kind="paragraph", facts=replace(below.facts, level=0), decisions=(*below.decisions, decision))
    return result
