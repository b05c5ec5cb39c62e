"""Paragraphs that something cut in two: a page, a note, an illustration between the halves of a sentence."""

from __future__ import annotations

from msgspec.structs import replace

from tei_pipeline.blocks import Block
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout


def joins(blocks: list[Block], layout: Layout) -> list[Block]:
    """A paragraph that begins small after one without an end, past furniture, notes or illustrations, is its second half."""
    result = list(blocks)
    last: Block | None = None
    between = False
    for i, block in enumerate(blocks):
        if block.kind == "furniture" or block.kind == "illustration" or (block.within and block.within[0].kind == "note"):
            between = True
            continue
        if (
            between
            and last is not None
            and block.kind == last.kind == "paragraph"
            and block.within == last.within
            and not block.joins
            and not last.rows[-1].ends_sentence
            and block.rows[0].starts_lower
        ):
            result[i] = replace(block, joins=True, decisions=(*block.decisions, Decision("join", "the sentence goes on", 0.9)))
        last = block
        between = False
    return result
