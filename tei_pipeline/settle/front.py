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
    """The short lines before the first division become the title page, if they look like one."""
    start = next((i for i, b in enumerate(blocks) if b.kind != "boilerplate"), len(blocks))
    end = _first_division(blocks, start, layout)
    chosen = [b for b in blocks[start:end] if b.kind not in _SKIP]
    if not chosen or end >= len(blocks):
        return blocks
    chunks = sum(1 + sum(1 for row in b.rows[1:] if row.gap) for b in chosen)
    patterns = words(layout.language)
    imprint = any(patterns.imprint.search(b.text) or any(_YEAR.match(r.text) for r in b.rows) for b in chosen)
    by = any(patterns.byline.match(r.text.strip("_ ")) for b in chosen for r in b.rows)
    divided = (
        blocks[end].kind == "heading"
        and blocks[end].facts.type in ("named", "labelled", "headword")
        and all(b.kind == "heading" for b in chosen)
    )
    if not (chunks >= 3 or imprint or by or divided or layout.front_matter[0]) or (divided and not by and _heads_group(blocks, start, end)):
        return blocks
    result = list(blocks)
    for i in range(start, end):
        block = result[i]
        if block.kind not in _SKIP:
            decision = Decision("title-page", f"{chunks} short lines before the first division", 0.85)
            result[i] = replace(block, kind="titlepage", decisions=(*block.decisions, decision))
    return result


def _heads_group(blocks: list[Block], start: int, end: int) -> bool:
    """Whether the only title above the first numbered division heads a group of them: another one stands above a later one."""
    if blocks[end].facts.type != "labelled" or sum(b.kind == "heading" for b in blocks[start:end]) != 1:
        return False
    order = [b for b in blocks[end + 1 :] if b.kind not in _SKIP]
    return any(
        a.kind == b.kind == "heading"
        and a.facts.type != "labelled"
        and b.facts.type == "labelled"
        and b.facts.division == blocks[end].facts.division
        for a, b in zip(order, order[1:], strict=False)
    )


def _first_division(blocks: list[Block], start: int, layout: Layout) -> int:
    """Where the book itself begins: at its first named or numbered division, or at the last heading before its first text."""
    heading = start
    by = by_line = False
    for i in range(start, min(len(blocks), start + MOST_LINES)):
        block = blocks[i]
        if block.kind in _SKIP:
            continue
        if block.within:
            return heading if heading > start else i
        if block.kind == "paragraph" and word_count(block.text) <= 3 and words(layout.language).byline.match(block.text.strip("_ ")):
            by = by_line = True
            continue
        if block.kind == "heading":
            facts = block.facts
            if (facts.type == "named" and facts.division not in _OF_TITLES) or (
                facts.type == "labelled" and facts.division not in ("volume", "book", "part")
            ):
                return i
            if facts.type == "labelled" and _recurs(blocks, i):
                return i
            if facts.type == "headword":
                return i
            if facts.type in ("roman", "arabic"):
                return heading if heading > start else i
            heading = heading if by else i
            by = False
        elif (
            block.kind in ("paragraph", "verse", "table", "list")
            and (len(block.rows) > 4 or word_count(block.text) > SHORT or _is_sentence(block))
        ) or block.kind not in ("paragraph", "verse", "table", "dateline", "imprint", "signed", "trailer", "salute", "residue", "stage"):
            return i if by_line and heading == start else heading
    return start


def _is_sentence(block: Block) -> bool:
    """Running text: ends as a sentence, most of its words small."""
    words = [w for w in block.text.split() if w[:1].isalpha()]
    return len(words) > 8 and block.text.rstrip('"”’')[-1:] == "." and sum(w[0].islower() for w in words) > 0.6 * len(words)


def _recurs(blocks: list[Block], at: int) -> bool:
    """Whether a numbered division of the same name comes again: then the first one begins the book, and is no line of its title."""
    facts = blocks[at].facts
    return any(b.kind == "heading" and b.facts.division == facts.division and b.facts.number == facts.number + 1 for b in blocks[at + 1 :])


_OF_TITLES = frozenset(("speech", "letter", "poem", "story", "essay", "interview", "sermon", "entry", "volume", "document", "chronicle"))


def part_type(text: str, first: bool, layout: Layout, lines: list[str]) -> str:
    """What a line of the title page is: the title, or byline, edition, imprint, volume, description."""
    bare = text.strip("_* ")
    patterns = words(layout.language)
    if patterns.byline.match(bare):
        return "byline"
    if _EDITION.search(bare) and not first:
        return "docEdition"
    if _VOLUME.match(bare) and not first:
        return "volume"
    if _YEAR.match(bare) or patterns.imprint.search(bare) or (len(lines) > 1 and _YEAR.match(lines[-1]) and not first):
        return "docImprint"
    return "main" if first else "desc"
