"""Diaries: the dates that begin entries, those right under a heading too."""

from __future__ import annotations

from msgspec.structs import replace

from tei_pipeline.blocks import Block
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.rules.words import words

_OVER = frozenset(("furniture", "ornament", "illustration"))
FEWEST = 2  # dates over text in the middle of divisions: one alone may be where the author resumes a letter


def entries(blocks: list[Block], layout: Layout) -> list[Block]:
    """Where dates of one form stand over text in the middle of divisions, and nothing is signed, each of them begins an entry."""
    order = [i for i, b in enumerate(blocks) if b.kind not in _OVER]
    if any(blocks[i].kind == "signed" and not blocks[i].within for i in order):
        return blocks
    dated = [
        (k, i) for k, i in enumerate(order) if blocks[i].kind == "dateline" and not blocks[i].within and blocks[i].facts.type != "entry"
    ]
    middle: dict[tuple[bool, bool], int] = {}
    for k, i in dated:
        if k and _is_text(blocks[order[k - 1]]) and k + 1 < len(order) and _is_text(blocks[order[k + 1]]):
            form = _form(blocks[i], layout)
            middle[form] = middle.get(form, 0) + 1
    if not any(times >= FEWEST for times in middle.values()):
        return blocks
    result = list(blocks)
    for k, i in dated:
        if middle.get(_form(blocks[i], layout), 0) >= FEWEST and k + 1 < len(order) and _is_text(blocks[order[k + 1]]):
            decision = Decision("entry", "a date of the form that begins entries", 0.85)
            result[i] = replace(blocks[i], facts=replace(blocks[i].facts, type="entry"), decisions=(*blocks[i].decisions, decision))
    return result


def _is_text(block: Block) -> bool:
    return block.kind == "paragraph" or bool(block.within)


def _form(block: Block, layout: Layout) -> tuple[bool, bool]:
    """Whether a date names the day of the week, and whether it is in figures only."""
    text = block.text
    named = any(word.strip(".,").lower() in layout.language.weekdays for word in text.replace("_", " ").split())
    return named, words(layout.language).month.search(text) is not None
