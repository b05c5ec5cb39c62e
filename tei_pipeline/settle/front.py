"""The title page: the short lines before the first division."""

from __future__ import annotations

import re
from dataclasses import replace

from tei_pipeline.blocks import Block
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.rules.shape import word_count
from tei_pipeline.rules.words import words

MOST_LINES = 60
_YEAR = re.compile(r"^\W*(?:1[4-9]\d\d|20\d\d|M[DCLXVI. ]{3,})\W*$")
_EDITION = re.compile(r"\b(?:edition|[eé]dition|auflage|ausgabe|impression|uitgave|edizione|edici[oó]n)\b", re.I)
_VOLUME = re.compile(r"^\W*(?:vol(?:ume)?\.?|tome|band|bd\.|teil)\s", re.I)
SHORT = 30  # words: a chunk of a title page has hardly more, titles of old books aside
_SKIP = frozenset(("furniture", "ornament", "illustration", "boilerplate"))


def title_page(blocks: list[Block], layout: Layout) -> list[Block]:
    """Blocks before the first division that has text of its own become the title page, if one of them looks like one."""
    start = next((i for i, b in enumerate(blocks) if b.kind != "boilerplate"), len(blocks))
    end = start
    while end < len(blocks) and end - start < MOST_LINES:
        block = blocks[end]
        if block.kind in _SKIP or block.kind in ("heading", "dateline", "imprint", "signed", "paragraph", "trailer", "verse", "table", "salute"):
            if block.within and block.within[0].kind in ("contents", "cast", "index", "note"):
                break
            if block.kind == "heading" and _opens_text(blocks, end, layout):
                break
            if block.kind in ("paragraph", "verse", "table") and (len(block.rows) > 5 or word_count(block.text) > SHORT):
                break
            end += 1
        else:
            break
    chosen = [b for b in blocks[start:end] if b.kind not in _SKIP]
    if not chosen or end >= len(blocks):
        return blocks
    chunks = sum(1 + sum(1 for row in b.rows[1:] if row.gap) for b in chosen)
    imprint = any(words(layout.language).imprint.search(b.text) or any(_YEAR.match(r.text) for r in b.rows) for b in chosen)
    by = any(words(layout.language).byline.match(r.text.strip("_ ")) for b in chosen for r in b.rows)
    if not (chunks >= 3 or imprint or by or (chunks >= 2 and not layout.front_matter[0] and _divided(blocks[end:]))) or len(chosen[0].rows) > 10:
        if not (layout.front_matter[0] and _divided(blocks[end:])):
            return blocks
    result = list(blocks)
    for i in range(start, end):
        block = result[i]
        if block.kind not in _SKIP:
            decision = Decision("title-page", f"{chunks} short lines before the first division", 0.85)
            result[i] = replace(block, kind="titlepage", decisions=(*block.decisions, decision))
    return result


def _divided(blocks: list[Block]) -> bool:
    return bool(blocks) and blocks[0].kind == "heading"


def _opens_text(blocks: list[Block], at: int, layout: Layout) -> bool:
    """Whether a heading is followed by its text, a list or a label of the body, and not by more lines of the title."""
    block = blocks[at]
    if block.facts.type == "named" and block.facts.division not in ("speech", "letter", "poem", "story", "essay", "interview", "sermon", "entry", "volume", "document", "chronicle"):
        return True
    if block.facts.type == "labelled" and block.facts.division not in ("volume", "book", "part"):
        return True
    following = [b for b in blocks[at + 1 : at + 8] if b.kind not in _SKIP]
    if not following:
        return True
    if block.facts.type in ("roman", "arabic"):
        return True
    for nxt in following[:3]:
        if nxt.kind in ("dateline", "salute", "subtitle"):
            continue
        if nxt.kind == "heading":
            return False
        if nxt.within:
            return True
        long = len(nxt.rows) > 3 or word_count(nxt.text) > SHORT or nxt.kind == "verse" and len(nxt.rows) >= 4
        if long:
            return True
        if words(layout.language).byline.match(nxt.text.strip("_ ")):
            return False
        return nxt.kind == "paragraph" and nxt.rows[-1].ends_sentence and word_count(nxt.text) > 12
    return True


def part_type(text: str, first: bool, layout: Layout) -> str:
    """What a line of the title page is: the title, or byline, edition, imprint, volume, description."""
    bare = text.strip("_* ")
    patterns = words(layout.language)
    if patterns.byline.match(bare):
        return "byline"
    if _EDITION.search(bare) and not first:
        return "docEdition"
    if _VOLUME.match(bare) and not first:
        return "volume"
    if _YEAR.match(bare) or patterns.imprint.search(bare):
        return "docImprint"
    return "main" if first else "desc"
