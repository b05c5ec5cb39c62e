"""Paragraphs that something cut in two: a page, a note, an illustration between the halves of a sentence."""

from __future__ import annotations

from msgspec.structs import replace

from tei_pipeline.blocks import Block
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.measuring.bridging import FULL
from tei_pipeline.rows import Row


def _breaks_off(row: Row, layout: Layout) -> bool:
    """Whether a full line of running text ends with a word that no sentence ends with, so that what follows goes on, a name perhaps."""
    return row.text.rsplit(" ", 1)[-1] in layout.language.connectives and row.width > FULL * layout.measure


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
            and (block.rows[0].starts_lower or _breaks_off(last.rows[-1], layout))
        ):
            result[i] = replace(block, joins=True, decisions=(*block.decisions, Decision("join", "the sentence goes on", 0.9)))
        last = block
        between = False
    return result
