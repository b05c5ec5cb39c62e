"""Notes amid text: under a heading of their own, in the middle of a chapter or between articles that have no headings."""

from __future__ import annotations

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout

APART = 3  # empty lines between notes and the text that goes on below them
FEWEST_ROWS = 2  # of a paragraph of that text


def notes_amid_text(blocks: list[Block], layout: Layout) -> list[Block]:
    """A word for notes over some of them opens no division when the text goes on below them, and no heading stands between."""
    result = blocks
    for i, block in enumerate(blocks):
        if block.kind == "heading" and block.facts.division == "notes" and not block.within and _text_goes_on(blocks, i):
            if result is blocks:
                result = list(blocks)
            decision = Decision("notes-amid-text", "text goes on below these notes, and no heading ends them", 0.85)
            result[i] = replace(block, kind="paragraph", facts=Facts(), decisions=(*block.decisions, decision))
    return result


def _text_goes_on(blocks: list[Block], at: int) -> bool:
    """Whether nothing but notes stands below a heading, and then, far below them, a paragraph of text."""
    noted = False
    for block in blocks[at + 1 :]:
        if block.kind in BETWEEN:
            continue
        if any(container.kind == "note" for container in block.within):
            noted = True
            continue
        text = block.kind == "paragraph" and not block.within and len(block.rows) >= FEWEST_ROWS and block.rows[0].gap >= APART
        return noted and text
    return False
