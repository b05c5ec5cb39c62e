"""After the end: what publishers and printers set below the words that end a book belongs to none of its chapters."""

from __future__ import annotations

from msgspec.structs import replace

from tei_pipeline.blocks import Block
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.rules.words import words

MOST = 0.35  # of the lines of a book stand below its end
SOLD = 0.3  # of what stands under an advertisement names a firm or a price


def after_end(blocks: list[Block], layout: Layout) -> list[Block]:
    """Headings without numbers below the last words that end the book stand beside its outermost divisions; one over what names firms
    and prices heads an advertisement.
    """
    end = max((i for i, b in enumerate(blocks) if b.kind == "trailer" and not b.within), default=len(blocks))
    places = [i for i, b in enumerate(blocks) if i > end and b.kind == "heading" and not b.within]
    own = [i for i, b in enumerate(blocks) if b.kind != "boilerplate"]
    if not places or any(blocks[i].facts.number or blocks[i].facts.division for i in places):
        return blocks
    if sum(len(blocks[i].rows) for i in own if i > end) > MOST * sum(len(blocks[i].rows) for i in own):
        return blocks
    raised = blocks[places[0]].facts.level - 1
    imprint = words(layout.language).imprint
    result = list(blocks)
    for k, i in enumerate(places):
        below = blocks[i : places[k + 1] if k + 1 < len(places) else len(blocks)]
        told = [imprint.search(b.text) is not None for b in below if b.kind not in ("boilerplate", "furniture", "ornament")]
        sold = told[0] or sum(told) >= SOLD * len(told)
        level = max(1, blocks[i].facts.level - raised)
        if not sold and level == blocks[i].facts.level:
            continue
        decision = Decision("after-end", "below the words that end the book" + (", over firms and prices" if sold else ""), 0.8)
        division = "advertisement" if sold else ""
        facts = replace(blocks[i].facts, level=level, division=division, type="named" if sold else blocks[i].facts.type)
        result[i] = replace(blocks[i], facts=facts, decisions=(*blocks[i].decisions, decision))
    return result
