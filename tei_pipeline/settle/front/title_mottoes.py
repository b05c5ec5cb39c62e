"""Mottoes on the leaf of a title: verses between the title of a piece and the same title with its number, over the text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block, Container
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.settle.front.half_titles import says_again
from tei_pipeline.settle.front.mottoes import are_verses


def title_mottoes(blocks: list[Block], layout: Layout) -> list[Block]:
    """Nothing but verses between a title and the same one with a number, over prose, in two or more pieces: their mottoes, and no poems."""
    if layout.drama:
        return blocks
    places = [i for i, block in enumerate(blocks) if block.kind == "heading" and not block.within]
    found = [(i, below) for i, below in pairwise(places) if _stands_over(blocks, i, below, layout)]
    if len(found) < FEWEST:
        return blocks
    result = list(blocks)
    for i, below in found:
        verses = [k for k in range(i + 1, below) if blocks[k].kind not in BETWEEN]
        container = Container("epigraph", blocks[verses[0]].first)
        for k in range(verses[0], verses[-1] + 1):
            decision = Decision("title-motto", "verses between a title and the same title with its number", 0.85)
            kind = "verse" if blocks[k].kind == "paragraph" and are_verses(blocks[k].rows, layout) else blocks[k].kind
            kind = "paragraph" if k > verses[0] and _is_source(blocks[k - 1], blocks[k]) else kind
            result[k] = replace(blocks[k], kind=kind, within=(container,), decisions=(*blocks[k].decisions, decision))
    return result


FEWEST = 2  # pieces with such a motto: one may be a poem, and an essay on it


def _is_source(quoted: Block, block: Block) -> bool:
    """Whether a line alone below verses in quotation marks, without any itself, says what they are from."""
    return len(block.rows) == 1 and quoted.text[-1] in CLOSING and block.text[-1] == "." and not any(m in block.text for m in CLOSING)


CLOSING = '"”»'


def _stands_over(blocks: Sequence[Block], at: int, below: int, layout: Layout) -> bool:
    """Whether verses alone stand between two headings of the same words, the second one with a number, over a paragraph."""
    title, again = blocks[at].facts, blocks[below].facts
    if title.number or title.division or not again.number or again.division or not says_again(blocks[at], blocks[below], layout.language):
        return False
    between = [block for block in blocks[at + 1 : below] if block.kind not in BETWEEN]
    text = next((block for block in blocks[below + 1 :] if block.kind not in BETWEEN), None)
    if text is None or text.kind != "paragraph" or not any(block.kind == "verse" for block in between):
        return False
    quoted = [block.text[-1] in CLOSING for block in between]
    sources = [first and _is_source(a, b) for first, (a, b) in zip(quoted, pairwise(between), strict=False)]
    return all(
        not block.within and (block.kind == "verse" or (block.kind == "paragraph" and (said or source)))
        for block, said, source in zip(between, quoted, [False, *sources], strict=True)
    )
