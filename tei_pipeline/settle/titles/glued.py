"""Titles glued to the text: the line under a number that stands alone, no white space between it and the paragraph that it heads."""

from __future__ import annotations

from itertools import pairwise

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.rules.headings.titles import MARKS
from tei_pipeline.rules.shape import is_capitals, is_title_case

FEWEST = 3  # numbers with such a line; one or two may be short first lines of paragraphs
MOST = 2 / 3  # of the numbers of a kind
SHORT = 0.6  # of the measure: nobody breaks a line of running text so early
FULL = 0.7  # of the measure: the line below it is running text, and no verse


def glued_titles(blocks: list[Block], layout: Layout) -> list[Block]:
    """A short line like a title right over full lines, under number after number, is the title that the number lacks."""
    order = [i for i, b in enumerate(blocks) if b.kind not in BETWEEN]
    bare = {i: below for i, below in pairwise(order) if _is_bare(blocks[i])}
    result = list(blocks)
    for kind in dict.fromkeys((blocks[i].facts.type, blocks[i].facts.division) for i in bare):
        heads = [i for i in bare if (blocks[i].facts.type, blocks[i].facts.division) == kind]
        glued = [i for i in heads if bare[i] == i + 1 and _begins_with_title(blocks[i + 1], layout)]
        if len(glued) < FEWEST or len(glued) < MOST * len(heads):
            continue
        decision = Decision("glued-title", f"{len(glued)} of {len(heads)} numbers stand over a short line right above their text", 0.85)
        for i in glued:
            title, rest = blocks[i + 1].rows[0], blocks[i + 1].rows[1:]
            result[i] = replace(blocks[i], end=rest[0].line, rows=(*blocks[i].rows, title), decisions=(*blocks[i].decisions, decision))
            result[i + 1] = replace(blocks[i + 1], first=rest[0].line, rows=(rest[0]._replace(gap=1), *rest[1:]))
    return result


def _is_bare(block: Block) -> bool:
    """Whether a heading is a number or label and no more."""
    text = block.text.strip(MARKS)
    return block.kind == "heading" and not block.within and len(block.rows) == 1 and block.facts.label >= len(text.rstrip(".")) > 0


def _begins_with_title(block: Block, layout: Layout) -> bool:
    if block.kind != "paragraph" or block.within or block.joins or len(block.rows) < 2:
        return False
    first, second = block.rows[:2]
    if first.width > SHORT * layout.measure or second.width < FULL * layout.measure or second.starts_lower or first.text[-1] in ",;:-—":
        return False
    text = first.text.strip(MARKS)
    return is_capitals(text) or is_title_case(text, layout.language.lowercase_in_titles)
