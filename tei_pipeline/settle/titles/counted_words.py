"""Counted words: titles of a numbered series that are the name of a kind of division ("9. ADDRESS."), and are none of that kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from tei_pipeline.blocks import Block
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout

_NUMBER_FIRST = re.compile(r"^[_=\[(]{0,2}(?:(?P<arabic>\d{1,3})|(?P<roman>[IVXLC]{1,7}))(?=\.\s?[^\W\d_])")


def counted_words(blocks: list[Block], layout: Layout) -> list[Block]:
    """A number before the name of a kind of division counts the title of a series where the one before or after it counts other words,
    and neither another of the kind.
    """
    order = [i for i, block in enumerate(blocks) if block.kind == "heading" and not block.within and block.facts.number]
    found = {i for i in order if blocks[i].facts.type == "labelled" and _NUMBER_FIRST.match(blocks[i].text)}
    if not found:
        return blocks
    kinds = {(blocks[i].facts.division, blocks[i].facts.number) for i in order}
    found = {i for i in found if all((blocks[i].facts.division, blocks[i].facts.number + step) not in kinds for step in (-1, 1))}
    result = list(blocks)
    for before, after in pairwise(order):
        for i, other in ((before, after), (after, before)):
            if i in found and _goes_on(blocks, i, other):
                result[i] = _counted(blocks[i], blocks[other])
    return result


def _goes_on(blocks: Sequence[Block], at: int, other: int) -> bool:
    """Whether a title that a number alone counts is the next to one that a word follows, as far from what stands above."""
    facts, beside = blocks[at].facts, blocks[other].facts
    step = 1 if other > at else -1
    m = _NUMBER_FIRST.match(blocks[at].text)
    alike = m is not None and m.lastgroup == beside.type and beside.number == facts.number + step and not beside.division
    return alike and blocks[at].rows[0].gap == blocks[other].rows[0].gap


def _counted(block: Block, other: Block) -> Block:
    m = _NUMBER_FIRST.match(block.text)
    assert m is not None
    facts = replace(block.facts, level=other.facts.level, division="", n=m[m.lastgroup or 0], label=m.end(), type=other.facts.type)
    decision = Decision("counted-words", f"one of a series that {other.text[: other.facts.label]} goes on", 0.85)
    return replace(block, facts=facts, decisions=(*block.decisions, decision))
