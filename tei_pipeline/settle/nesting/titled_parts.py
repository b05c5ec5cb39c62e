"""Parts whose title stands on the next leaf, over their chapters: alone below PART I., or again below PART I. THE ROPE."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.settle.front.half_titles import title_words
from tei_pipeline.settle.nesting.styles import has_title, textless


def titled_parts(blocks: list[Block], layout: Layout) -> list[Block]:
    """A title without text between the number of a part and that of its first chapter is the title of the part, when the part has none or
    the same, and holds nothing but what stands below it: its chapters stand right in the part.
    """
    result = list(blocks)
    joined: set[int] = set()
    places = [i for i, block in enumerate(blocks) if block.kind == "heading" and not block.within]
    for k, (part, title) in enumerate(pairwise(places)):
        if not _may_have(blocks[part], blocks[title]):
            continue
        level = blocks[part].facts.level
        stop = next((n for n in range(k + 1, len(places)) if blocks[places[n]].facts.level <= level), len(places))
        inside = places[k + 1 : stop]
        if not _is_title(blocks, part, inside):
            continue
        decision = Decision("titled-part", "the title of the part, over its first chapter", 0.85)
        above, below = blocks[part], blocks[title]
        if title == part + 1 and not has_title(above):
            rows = (*above.rows, *below.rows)
            result[part] = replace(above, rows=rows, end=below.end, decisions=(*above.decisions, decision))
            joined.add(title)
        else:
            result[title] = replace(below, kind="subtitle", facts=Facts(), decisions=(*below.decisions, decision))
        for i in inside[1:] if blocks[inside[1]].facts.level > below.facts.level else ():
            facts = replace(blocks[i].facts, level=blocks[i].facts.level - 1)
            result[i] = replace(blocks[i], facts=facts, decisions=(*blocks[i].decisions, decision))
    return [block for i, block in enumerate(result) if i not in joined]


def _may_have(part: Block, title: Block) -> bool:
    """Whether a heading is the number of a part, without a title or with that of the next heading, which nothing numbers or names."""
    if not part.facts.number or part.facts.type != "labelled" or title.facts.number or title.facts.division:
        return False
    return not has_title(part) or _says_again(part, title)


def _is_title(blocks: Sequence[Block], at: int, inside: Sequence[int]) -> bool:
    """Whether the first of the headings in a part is without text, over one with a number or the name of a division, and holds all others
    or none.
    """
    if len(inside) < FEWEST:
        return False
    title, first = inside[0], inside[1]
    level, below = blocks[title].facts.level, blocks[first].facts
    if not (below.number or below.division) or any(blocks[i].facts.level < below.level for i in inside[1:]) or below.level < level:
        return False
    if any(not (blocks[i].facts.number or blocks[i].facts.division) and textless(blocks, i) for i in inside[1:]):
        return False  # one of several groups
    return all(b.kind in BETWEEN for b in (*blocks[at + 1 : title], *blocks[title + 1 : first]))


FEWEST = 3  # the title, and two chapters below it


def _says_again(part: Block, title: Block) -> bool:
    """Whether a title is that of the part, which may go on with another (; OR, …) or have it on a line of its own."""
    rows = (part.rows[0].text.lstrip("_*= ")[part.facts.label :], *(row.text for row in part.rows[1:]))
    again = title_words(title.text)
    return len(again) > 1 and any(again == title_words(" ".join(rows[:end])) for end in range(1, len(rows) + 1))
