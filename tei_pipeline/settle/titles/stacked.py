"""Titles under titles: below the date of a piece, and the lines that say what kind of piece it is."""

from __future__ import annotations

from msgspec.structs import replace

from tei_pipeline.blocks import Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.letters.addressed import titles_letter
from tei_pipeline.rules.letters.salutes import RECEIVER
from tei_pipeline.rules.shape import is_capitals, is_title_case, word_count
from tei_pipeline.rules.words import words


def stacked(blocks: list[Block], layout: Layout) -> list[Block]:
    """Titles under titles: below a dateline under a heading a title begins a division of its own; a line that says what kind of
    piece it is, is a subtitle.
    """
    result: list[Block] = []
    opened = dated = letter = False
    numbered = _titles_below_dates(blocks)
    for i, block in enumerate(blocks):
        if block.kind in ("furniture", "ornament"):
            result.append(block)
            continue
        if i in numbered:
            decision = Decision("stacked-title", f"one of {len(numbered)} titles, each below the date under a bare number", 0.85)
            result.append(replace(block, kind="subtitle", facts=Facts(), decisions=(*block.decisions, decision)))
            opened = dated = False
            continue
        if block.kind == "dateline" and opened and not block.within:
            dated = True
            result.append(block)
            continue
        if block.kind == "paragraph" and dated and not block.within and _is_title(block, layout) and i + 1 < len(blocks):
            if not letter:
                decision = Decision("stacked-title", "a title below the date of another", 0.75)
                block = replace(block, kind="heading", facts=Facts(type="title"), decisions=(*block.decisions, decision))
            elif len(block.rows) == 1 and blocks[i + 1].kind == "paragraph":
                decision = Decision("stacked-title", "whom a letter is to, below its date", 0.75)
                block = replace(block, kind="salute", facts=RECEIVER, decisions=(*block.decisions, decision))
        opened = block.kind == "heading"
        # the name below the date of a letter is that of its receiver
        letter = opened and (block.facts.division == "letter" or titles_letter(block.text, layout))
        dated = False
        result.extend(_subtitled(block, layout) if opened and block.facts.type == "title" else [block])
    return result


def _titles_below_dates(blocks: list[Block]) -> set[int]:
    """Titles that stand below the dates under bare numbers, where most numbers have both: sermons, and the days on which they were held."""
    bare = [i for i in range(len(blocks) - 2) if _is_bare_number(blocks[i])]
    found = {
        i + 2
        for i in bare
        if blocks[i + 1].kind == "dateline"
        and not blocks[i + 1].within
        and blocks[i + 2].kind == "heading"
        and not blocks[i + 2].facts.number
        and blocks[i + 2].facts.type in ("capitals", "title")
    }
    return found if len(found) > 1 and len(found) >= 0.6 * len(bare) else set()


def _is_bare_number(block: Block) -> bool:
    return (
        block.kind == "heading"
        and block.facts.type in ("roman", "arabic", "labelled")
        and block.facts.division != "letter"
        and len(block.rows) == 1
        and block.facts.label >= len(block.rows[0].text.rstrip(" .:_*"))
    )


def _is_title(block: Block, layout: Layout) -> bool:
    text = block.text.strip("_* ")
    return (
        len(block.rows) <= 3
        and word_count(text) <= 24
        and is_title_case(text, layout.language.lowercase_in_titles)
        and text[-1] not in ",;:"
    )


def _subtitled(block: Block, layout: Layout) -> list[Block]:
    """A heading of several lines, cut where one says what kind of piece it is (Speech, Report, Reply, Excerpt), or on what occasion."""
    if is_capitals(block.text):
        return [block]
    for k in range(1, len(block.rows)):
        if why := _says_what(block.rows[k].text, layout):
            decision = Decision("subtitle", why, 0.85)
            below = replace(block, kind="subtitle", first=block.rows[k].line, rows=block.rows[k:], facts=Facts(), decisions=(decision,))
            return [replace(block, end=below.first, rows=block.rows[:k]), below]
    return [block]


def _says_what(text: str, layout: Layout) -> str:
    """What a line of a title begins with that says what the piece is, or why it was written, in words; else nothing."""
    tokens = text.strip("_* (").split()
    if len(tokens) <= MOST_OF_A_NAME:
        return ""
    if fold(tokens[0].strip(",.:")) in layout.language.genres or fold(tokens[0]) in layout.language.title_parts:
        return f"says what kind of piece it is: {tokens[0]}"
    if tokens[0][0].isupper() and words(layout.language).occasion.match(" ".join(tokens)):
        return "says on what occasion the piece was written"
    return ""


MOST_OF_A_NAME = 2  # words: "The Speech" may be no more than the name of a piece
