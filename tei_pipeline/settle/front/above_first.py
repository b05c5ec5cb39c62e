"""What stands right above the first division and is no title page: the title of the first group or play; title and author of a piece."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tei_pipeline.blocks import BETWEEN, Block
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.headings.titles import names_author
from tei_pipeline.rules.shape import is_capitals
from tei_pipeline.settle.front.half_titles import says_again
from tei_pipeline.settle.nesting.gaps import look
from tei_pipeline.settle.nesting.styles import FRONT

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
            apart = a.rows[0].gap == blocks[above].rows[0].gap
            if titled and apart and (b.facts.number == first.facts.number == 1 or a.rows[0].gap > b.rows[0].gap == first.rows[0].gap):
                return above
    return above if titled and _heads_several(blocks, above, end, layout) else end


def _heads_several(blocks: Sequence[Block], above: int, end: int, layout: Layout) -> bool:
    """Whether a title that stands apart is followed by several of another look, each nearer to what is above it, down to the next title of
    its own look, which stands as far apart.
    """
    gap, title, look_below = blocks[above].rows[0].gap, look(blocks[above], layout), look(blocks[end], layout)
    if gap < FAR_APART or gap <= blocks[end].rows[0].gap or title == look_below or blocks[end].facts.type != "title":
        return False
    alike = 0
    for block in blocks[end + 1 :]:
        if block.kind == "heading" and not block.within:
            if block.rows[0].gap >= gap or look(block, layout) != look_below:
                return alike >= OTHERS and look(block, layout) == title and block.rows[0].gap == gap
            alike += 1
    return False


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


def dated_above(blocks: Sequence[Block], start: int, end: int, layout: Layout) -> int:
    """Where the first division begins, above the date at ``end``: at the title right above that stands apart, when the titles of other
    pieces stand as far apart over their dates; else ``end``.
    """
    if blocks[end].kind != "dateline":
        return end
    above = next((i for i in range(end - 1, start, -1) if blocks[i].kind == "heading" or blocks[i].within), start)
    if above == start or blocks[above].kind != "heading" or blocks[above].rows[0].gap < FAR_APART:
        return end
    kind = look(blocks[above], layout), blocks[above].rows[0].gap
    others = sum(
        b.kind == "heading" and (look(b, layout), b.rows[0].gap) == kind and any(c.kind == "dateline" for c in blocks[i + 1 : i + 3])
        for i, b in enumerate(blocks[end:], end)
    )
    return above if others >= OTHERS else end


def first_play(blocks: Sequence[Block], start: int, end: int) -> int:
    """Where the first play of a volume begins, above its persons or first part at ``end``: at a title that stands as far apart as those
    over the persons or first parts of the other plays do; else ``end``.
    """
    part = next((i for i in range(end, min(len(blocks), end + MOST_OF_TITLE)) if blocks[i].facts.division), end)
    opening = blocks[part].facts
    if blocks[part].kind != "heading" or opening.division not in ("cast", "prologue", "act", "scene"):
        return end
    others = [
        _highest(blocks, i)
        for i in range(part + 1, len(blocks))
        if blocks[i].kind == "heading" and (blocks[i].facts.division, blocks[i].facts.number) == (opening.division, opening.number)
    ]
    titles = [blocks[i] for i in others if i >= 0 and blocks[i].kind == "heading" and not blocks[i].facts.division]
    if not titles or len(titles) < len(others):
        return end
    own = _highest(blocks, part, start)
    if own < 0 or blocks[own].kind not in ("heading", "paragraph") or is_capitals(blocks[own].text) != is_capitals(titles[0].text):
        return end
    return own if blocks[own].rows[0].gap >= min(title.rows[0].gap for title in titles) else end


MOST_OF_TITLE = 4  # blocks: the title of a play, what kind it is, and by whom


def _highest(blocks: Sequence[Block], at: int, start: int = 0) -> int:
    """The line above a place that stands farthest below what is above it, with nothing but short lines between; -1 where there is none."""
    found = -1
    for i in range(at - 1, max(start, at - MOST_OF_TITLE) - 1, -1):
        if not blocks[i].rows or blocks[i].within or len(blocks[i].rows) > MOST_OF_TITLE:
            break
        if found < 0 or blocks[i].rows[0].gap > blocks[found].rows[0].gap:
            found = i
        if blocks[i].rows[0].gap >= FAR_APART:
            break
    return found


FAR_APART = 3  # empty lines above a title
