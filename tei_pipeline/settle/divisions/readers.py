"""Letters of readers, which periodicals set between rows of stars: the place first, then the text, and the name last."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from tei_pipeline.blocks import Block, Container, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.rules.letters.salutes import RECEIVER
from tei_pipeline.rules.shape import is_capitals, word_count

FEWEST = 3  # letters
LONGEST = 6  # words of a place or a name
_EDGES = frozenset(("ornament", "illustration"))
_LINES = frozenset(("heading", "paragraph", "verse", "signed"))


def readers_letters(blocks: list[Block], layout: Layout) -> list[Block]:
    """The blocks with the places and names of letters between rows of stars, set in alike, and less than the text between them."""
    edges = [i for i, b in enumerate(blocks) if b.kind in _EDGES]
    if len(edges) < FEWEST:
        return blocks
    letters = [
        (above + 1, below - 1)
        for above, below in pairwise(edges)
        if blocks[below].kind == "ornament" and _is_letter(blocks[above + 1 : below], layout)
    ]
    if len(letters) < FEWEST:
        return blocks
    result = list(blocks)
    decision = Decision("signatories", f"one of {len(letters)} letters between rows of stars", 0.85)
    for place, name in letters:
        text = (Container("quotation", blocks[place + 1].first),)
        for i in range(place, name + 2):
            line = blocks[i].kind == "verse" and len(blocks[i].rows) == 1  # a short paragraph, set in as verses are
            kind = {place: "dateline", name: "signed"}.get(i, "paragraph" if line else blocks[i].kind)
            facts = blocks[i].facts if kind == blocks[i].kind else Facts()
            within = text if place < i < name else ()
            result[i] = replace(blocks[i], kind=kind, facts=facts, within=within, decisions=(*blocks[i].decisions, decision))
    return result


def first_receiver(blocks: list[Block]) -> list[Block]:
    """The blocks, whom the first letter is to no heading, where no heading names whom the others are to, but a line over their dates."""
    others = sum(b.kind == "salute" and b.facts == RECEIVER for b in blocks)
    heads = [i for i, b in enumerate(blocks) if b.kind == "heading" and b.facts.division == "letter" and b.facts.type == "title"]
    if others < FEWEST or len(heads) != 1 or not heads[0] or blocks[heads[0] - 1].kind != "heading":
        return blocks
    result, first = list(blocks), blocks[heads[0]]
    decision = Decision("signatories", f"whom the first of {others} letters is to, right over its date", 0.85)
    result[heads[0]] = replace(first, kind="salute", facts=RECEIVER, decisions=(*first.decisions, decision))
    return result


def _is_letter(blocks: Sequence[Block], layout: Layout) -> bool:
    """Whether a line in capitals, text set further in and a name stand in this order, and nothing else."""
    if len(blocks) < 3:
        return False
    place, *text, name = blocks
    if not (_is_line(place, layout) and _is_line(name, layout) and is_capitals(place.text)):
        return False
    indent = name.rows[0].indent
    if place.rows[0].indent != indent or name.rows[0].gap != 1 or name.text[-1] in ",;:?!":
        return False
    return all(b.rows and b.kind in ("paragraph", "verse") and min(row.indent for row in b.rows) > indent for b in text)


def _is_line(block: Block, layout: Layout) -> bool:
    """Whether a block is one short line set in from the margin."""
    return block.kind in _LINES and len(block.rows) == 1 and block.rows[0].indent > layout.margin and word_count(block.text) <= LONGEST
