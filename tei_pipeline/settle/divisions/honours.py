"""Titles of honour: the lines between the heading of a dedication or letter and its salute, which go on with whom it is to."""

from __future__ import annotations

from collections.abc import Sequence

from tei_pipeline.blocks import Block
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout


def kind_over_salute(blocks: Sequence[Block], at: int, layout: Layout) -> str:
    """What lines are right under a heading, over words of address: the first of these, where the heading only says that it is a dedication
    and they say whom it is to, or more titles of honour; ``""`` for others.
    """
    if is_over_salute(blocks, at):
        return "subtitle"
    if not at or blocks[at - 1].facts.division != "dedication" or not is_over_salute(blocks, at, ends=True):
        return ""
    return "salute" if fold(blocks[at].text.partition(" ")[0]) in layout.language.receivers else ""


def is_over_salute(blocks: Sequence[Block], at: int, ends: bool = False) -> bool:
    """Whether lines right under a heading, over the salute of what it gives to somebody, go on with offices and titles of honour; or
    say all of it, in a sentence that ``ends``.
    """
    if not 0 < at < len(blocks) - 1 or not blocks[at].rows:
        return False
    lines, below = blocks[at].rows, blocks[at + 1]
    short = len(lines) <= MOST_OF_HONOURS and lines[-1].ends_sentence == ends and not lines[0].starts_lower
    return blocks[at - 1].kind == "heading" and below.kind == "salute" and not below.within and short


MOST_OF_HONOURS = 8  # lines
