"""What opens and closes a division: subtitles, datelines, bylines and epigraphs under its heading; imprints and signatures at its end."""

from __future__ import annotations

from dataclasses import replace

from tei_pipeline.blocks import Block
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.rules.shape import is_title_case, word_count
from tei_pipeline.rules.words import words

_OVER = frozenset(("furniture", "ornament", "illustration"))
_TOP = frozenset(("heading", "subtitle", "byline", "dateline", "salute", "imprint", "epigraph"))


def openings(blocks: list[Block], layout: Layout) -> list[Block]:
    """Short lines right under a heading are its subtitle or byline, not a paragraph."""
    result = list(blocks)
    opened = False
    for i, block in enumerate(blocks):
        if block.kind in _OVER:
            continue
        if opened and block.kind == "paragraph" and not block.within and (kind := _under_heading(block, i, blocks, layout)):
            result[i] = replace(block, kind=kind, decisions=(*block.decisions, Decision("opening", f"a short line under a heading: {kind}", 0.75)))
            continue
        if block.kind == "signed" and opened:
            result[i] = replace(block, kind="byline", decisions=(*block.decisions, Decision("opening", "a name under a heading", 0.7)))
            continue
        opened = block.kind in _TOP and (block.kind == "heading" or opened)
    return result


def _under_heading(block: Block, at: int, blocks: list[Block], layout: Layout) -> str:
    text = block.text.strip("_* ")
    if not text or len(block.rows) > 3 or word_count(text) > 16 or not any(c.isalpha() for c in text):
        return ""
    if words(layout.language).byline.match(text) and not block.rows[-1].text.endswith((":", ";")):
        return "byline"
    if block.rows[-1].ends_sentence or text.endswith((",", ";", ":", "—")) or text[0].islower() and text[0] not in "[(":
        return ""
    if block.rows[-1].width > 0.9 * layout.measure:
        return ""
    return "subtitle" if is_title_case(text, layout.language.lowercase_in_titles) or layout.style != "unwrapped" and word_count(text) <= 12 else ""
