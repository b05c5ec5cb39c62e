"""Titles that answer each other: LETTERS OF THE PARISH TO THE CLERK, and LETTERS OF THE CLERK TO THE PARISH."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import BY_SETTING, Block
from tei_pipeline.decisions import Decision
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.headings.titles import MARKS, dangles
from tei_pipeline.rules.shape import is_title_case
from tei_pipeline.rules.words import words
from tei_pipeline.settle.front.half_titles import title_words
from tei_pipeline.settle.titles.together import cut_at

FEWEST = 3  # words that both have, the small ones aside
MOST_ALIKE = 0.75  # of the words of the shorter one


def answering_titles(blocks: list[Block], layout: Layout) -> list[Block]:
    """When the next title as high says the words of the last line of a title in another order, that line is no part of the title above it:
    both are titles of parts of what that stands over.
    """
    result = list(blocks)
    places = [i for i, block in enumerate(blocks) if block.kind == "heading" and not block.within]
    cuts: list[int] = []
    for k, i in enumerate(places):
        level = blocks[i].facts.level
        below = next((n for n in range(k + 1, len(places)) if blocks[places[n]].facts.level <= level), len(places))
        if below == len(places) or not _answers(blocks[places[below]], blocks[i], layout):
            continue
        cuts.append(i)
        end = next((n for n in range(below + 1, len(places)) if blocks[places[n]].facts.level <= level), len(places))
        for inner in places[k + 1 : end]:
            facts = replace(result[inner].facts, level=result[inner].facts.level + 1)
            decision = Decision("answering-title", "in a part of the piece above", 0.8)
            result[inner] = replace(result[inner], facts=facts, decisions=(*result[inner].decisions, decision))
    for i in reversed(cuts):
        title, part = cut_at(result[i], (len(result[i].rows) - 1,), "the next title as high answers its last line")
        result[i : i + 1] = [title, replace(part, facts=replace(part.facts, level=title.facts.level + 1))]
    return result


def _answers(answer: Block, block: Block, layout: Layout) -> bool:
    """Whether a title of one line says the words of the last line of another, which is a title by itself, and not those of the lines
    above it.
    """
    if len(block.rows) < 2 or len(answer.rows) > 1 or answer.facts.level != block.facts.level:
        return False
    if any(b.facts.type not in BY_SETTING or b.facts.number or b.facts.division for b in (answer, block)):
        return False
    above, last = block.rows[-2], block.rows[-1]
    small = layout.language.lowercase_in_titles
    if dangles(above.text, layout) or not is_title_case(last.text, small):
        return False
    said, again = _said([last.text], layout), _said([answer.text], layout)
    over = _said([row.text for row in block.rows[:-1]], layout)
    common = len(said & again)
    alike = title_words(last.text) == title_words(answer.text)  # the same words in the same order recur, and answer nothing
    return not alike and common >= FEWEST and common >= MOST_ALIKE * min(len(said), len(again)) and len(over & again) < common


def _said(lines: Sequence[str], layout: Layout) -> frozenset[str]:
    """The words of a title, without the small ones, and without their possessive endings."""
    whose = words(layout.language).possessive
    said = (fold(word.strip(MARKS + '.,:;!?"“”()')) for line in lines for word in line.replace("’", "'").split())
    return frozenset(whose.sub("", word).removesuffix("'") for word in said) - layout.language.lowercase_in_titles
