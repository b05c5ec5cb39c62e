"""What stands right above the first division and is no title page: the title of the first group; title and author of the first piece."""

from __future__ import annotations

from itertools import pairwise

from tei_pipeline.blocks import Block
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.titles import names_author
from tei_pipeline.settle.gaps import BETWEEN, look
from tei_pipeline.settle.half_titles import says_again
from tei_pipeline.settle.styles import FRONT

_BETWEEN = BETWEEN | {"boilerplate", "editorial"}  # what may stand between the title of a work and its first division


def group_above(blocks: list[Block], start: int, end: int, layout: Layout) -> int:
    """Where the first division begins: at the title right above it when that heads a group, as another one does later; else ``end``."""
    above = next((i for i in range(end - 1, start - 1, -1) if blocks[i].kind not in _BETWEEN), -1)
    if above < 0 or blocks[end].kind != "heading" or blocks[above].kind != "heading":
        return end
    order = [b for b in blocks[end + 1 :] if b.kind not in _BETWEEN]
    first, title = blocks[end], look(blocks[above], layout)
    if blocks[above].facts.type == "labelled" and blocks[above].facts.division in ("book", "part"):
        if blocks[above].rows[0].gap > first.rows[0].gap and first.facts.type == "labelled":
            return above  # nearer to the chapter below it than to the title page
    titled = any(b.kind not in _BETWEEN for b in blocks[start:above])  # the title of the book, or who wrote it, stands above
    for a, b in zip(order, order[1:], strict=False):
        if a.kind == b.kind == "heading" and look(a, layout) == title and b.facts.type == first.facts.type:
            if b.facts.division == first.facts.division and (b.facts.type == "labelled" or fold(b.text) == fold(first.text)):
                return above
            if titled and says_again(a, b, layout.language) and says_again(blocks[above], first, layout.language):
                return above  # both have a leaf for their title
            if titled and a.rows[0].gap == blocks[above].rows[0].gap and b.facts.number == first.facts.number == 1:
                return above
    return end


def piece_above(blocks: list[Block], start: int, end: int, layout: Layout) -> int:
    """Where the first division begins: at the title over the author's name right above it, when other pieces have such names; else
    ``end``.
    """
    order = [i for i, b in enumerate(blocks) if i >= start and b.kind not in _BETWEEN]
    at = order.index(end) if end in order else 0
    if (
        blocks[end].facts.division in FRONT
        or at < 2
        or blocks[order[at - 2]].kind != "heading"
        or not names_author(blocks[order[at - 1]].text, layout)
    ):
        return end
    title = look(blocks[order[at - 2]], layout)
    others = sum(
        blocks[a].kind == "heading" and look(blocks[a], layout) == title and names_author(blocks[b].text, layout)
        for a, b in pairwise(order[at:])
    )
    return order[at - 2] if others >= OTHERS else end


OTHERS = 2  # pieces with the names of their authors, besides the first
