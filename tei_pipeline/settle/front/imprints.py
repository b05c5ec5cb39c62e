"""Which of the blocks above the first division tell who printed the book, and where, and when."""

from __future__ import annotations

import re

from tei_pipeline.blocks import Block
from tei_pipeline.language import fold, load
from tei_pipeline.layout import Layout
from tei_pipeline.rules.letters.dated import is_place_and_year
from tei_pipeline.rules.shape import word_count
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom
from tei_pipeline.settle.front.title_blocks import (
    AMONG,
    MOST_OF_A_KIND,
    MOST_OF_ADDRESS,
    MOST_OF_IMPRINT,
    SHORT,
    YEAR_LAST,
    is_sentence,
    names_quoted,
)
from tei_pipeline.settle.front.title_headings import tells_years
from tei_pipeline.settle.front.title_parts import YEAR
from tei_pipeline.settle.nesting.gaps import APART


def is_imprint(blocks: list[Block], at: int, layout: Layout) -> bool:
    """Whether what looks like a heading names place and publisher over the year, or tells the edition."""
    block = blocks[at]
    volume = block.facts.division == "volume" and len(block.rows) > 1  # its number, over the place
    if block.kind != "heading" or not (volume or block.facts.type in ("title", "capitals")) or len(block.rows) > MOST_OF_IMPRINT:
        return False
    patterns = words(layout.language)
    if patterns.edition.search(block.text) and word_count(block.text) <= MOST_OF_A_KIND:
        return True
    if len(block.rows) >= _PLACE_FIRM_YEAR and YEAR.match(block.rows[-1].text) and not any(row.gap for row in block.rows[1:]):
        return True
    if _PLACE_AND_FIRM.match(block.rows[0].text):
        dated = len(block.rows) == 2 and not block.rows[1].gap and YEAR.match(block.rows[1].text) is not None
        if dated or (len(block.rows) == 1 and _is_dated_firm(blocks, at + 1)):
            return True
    below = blocks[at + 1] if at + 1 < len(blocks) else None
    if below is not None and len(block.rows) == 1 and is_place_and_year(block.text) and is_address(below):
        return patterns.imprint.search(below.text) is not None
    if not patterns.imprint.search(block.text) and not _ADDRESS.search(block.text):
        return False
    street = [b.rows for b in blocks[at + 1 : at + 3] if len(b.rows) <= MOST_OF_ADDRESS]
    near = (*block.rows, *(row for rows in street for row in rows))
    return any(YEAR_LAST.search(row.text) for row in near)


def _is_dated_firm(blocks: list[Block], at: int) -> bool:
    """Whether another place and publisher stand right below, with the year."""
    row = blocks[at].rows[0] if at < len(blocks) and blocks[at].rows else None
    return row is not None and not row.gap and _PLACE_AND_FIRM.match(row.text) is not None and YEAR_LAST.search(row.text) is not None


_PLACE_AND_FIRM = re.compile(r"[^\W\d_][^:.]{2,30}: [^\W\d_]")  # London: J. Holm, over the year
_ADDRESS = re.compile(r"^\d{1,3}, [^\W\d]|[^\W\d], \d{1,3}$", re.M)  # 7, RUE PERRONET, 7
_PLACE_FIRM_YEAR = 3  # lines close together, the last of them a year alone


def reserves_rights(block: Block, last: Block | None, layout: Layout) -> bool:
    """Whether a few lines below an imprint have its words too: "All rights reserved. No part of this book …"."""
    imprint = words(layout.language).imprint
    if last is None or block.kind not in ("paragraph", "imprint") or block.within or len(block.rows) > MOST_OF_IMPRINT:
        return False
    return bool(imprint.search(last.text)) and bool(imprint.search(block.text))


def is_address(block: Block) -> bool:
    """Whether short lines set in may go on with an imprint: the street and the year below it, or words on the rights."""
    return 0 < len(block.rows) <= MOST_OF_ADDRESS and all(len(row.text) < LONGEST_OF_RIGHTS for row in block.rows)


def names_above_imprint(blocks: list[Block], at: int, layout: Layout) -> bool:
    """Whether short lines are set in, one below the other, right above the imprint at the margin: whose works the book has."""
    for i in range(at, min(len(blocks), at + MOST_NAMES)):
        block = blocks[i]
        if not block.within:
            return i > at and is_imprint(blocks, i, layout)
        if block.kind == "verse" or not is_address(block) or is_sentence(block):
            return False
    return False


def names_again(blocks: list[Block], at: int) -> bool:
    """Whether a line far from what stands above, over another title as far from it, is a name that stands set in on the title page."""
    block, below = blocks[at], next((b for b in blocks[at + 1 :] if b.kind not in AMONG), None)
    if below is None or below.kind != "heading" or min(block.rows[0].gap, below.rows[0].gap) < FAR_APART:
        return False
    lines = (row.text for b in blocks[:at] if b.within and b.kind != "boilerplate" for row in b.rows)
    return any(block.text in _COLUMNS.split(line) for line in lines)


_COLUMNS = re.compile(r"\s{3,}")
FAR_APART = 3  # empty lines
MOST_NAMES = 12  # blocks of names above an imprint


def prints(block: Block, layout: Layout) -> bool:
    """Whether lines set in are a whole imprint: place, publisher, year, and the words on the rights."""
    whole = 0 < len(block.rows) <= MOST_OF_IMPRINT and all(len(row.text) < LONGEST_OF_RIGHTS for row in block.rows)
    dated = any(YEAR_LAST.search(row.text) for row in block.rows)
    return whole and dated and block.rows[0].text.isupper() and bool(words(layout.language).imprint.search(block.text))


def is_whole_leaf(block: Block, layout: Layout) -> bool:
    """Whether a paragraph is all of a title page, line below line, down to its imprint with the year alone."""
    if block.kind != "paragraph" or len(block.rows) < FEWEST_OF_LEAF or any(row.gap for row in block.rows[1:]):
        return False
    return YEAR.match(block.rows[-1].text) is not None and words(layout.language).imprint.search(block.text) is not None


FEWEST_OF_LEAF = 5  # lines


def last_imprint(blocks: list[Block], start: int, layout: Layout) -> int:
    """The last of the lines above the first text that tell who printed the book and when, ``start`` if there are none: what stands above it
    are titles of the title page, and more leaves with a part of them.
    """
    above = found = last = start
    for i in range(start, min(len(blocks), start + MOST_ABOVE_TEXT)):
        block = blocks[i]
        if block.kind in AMONG:
            continue
        long = block.kind != "heading" and word_count(block.text) > SHORT
        if i > start and i + 1 < len(blocks) and names_quoted(blocks, i + 1):
            continue
        printed = is_address(block) or (len(block.rows) <= MOST_OF_ADDRESS and _tells_printer(block, layout, dated=False))
        set_in = any(c.kind != "quotation" for c in block.within) or (bool(block.within) and not printed)
        if set_in or block.kind not in _PRINTED or is_sentence(block) or long:
            near = not blocks[last].rows or blocks[last].kind == "heading" or YEAR.match(blocks[last].rows[-1].text) is None
            return above if found == last and near else found  # the title right over the text is none, nor are rights in it
        facts = block.facts
        if block.kind == "heading" and facts.division not in ("", "volume", "book", "part") and not tells_years(blocks, i):
            return found
        told = len(block.rows) <= MOST_OF_IMPRINT and not facts.division and _tells_printer(block, layout, dated=found == start)
        if told or (i > start and _is_only_year(blocks, i)):
            above, found = found, i
        last = i
    return start


def _is_only_year(blocks: list[Block], at: int) -> bool:
    """Whether a year stands alone, far above what comes next and near below a place and firm that no word tells, and no other does: it
    heads none of a book's years.
    """
    if len(blocks[at].rows) > 1 or _YEAR_ALONE.fullmatch(blocks[at].text) is None or len(blocks[at - 1].rows) > MOST_OF_IMPRINT:
        return False
    below = next((b for b in blocks[at + 1 :] if b.kind not in AMONG), None)
    if below is None or below.rows[0].gap <= APART or blocks[at].rows[0].gap > APART:
        return False
    return sum(b.kind == "heading" and _YEAR_ALONE.fullmatch(b.text) is not None for b in blocks) <= 1


_YEAR_ALONE = seldom(r"_?(?:1[5-9]\d\d|20\d\d|M[DCLXVIM]{2,})[._]*")


_PRINTED = frozenset(("heading", "paragraph", "subtitle", "verse", "imprint", "dateline", "table", "editorial", "signed", "trailer"))


def _tells_printer(block: Block, layout: Layout, *, dated: bool) -> bool:
    """Whether words of imprints stand over a year, or below such lines without one, Germanic ones also at the end of a longer word; books
    for students of a language have English ones.
    """
    if not any(len(row.text) < LONGEST_OF_RIGHTS for row in block.rows):
        return False
    if any(words(language).imprint.search(block.text) is not None for language in (layout.language, load("en"))):
        return not dated or _YEAR_OF_PRINT.search(block.text) is not None
    ends = tuple(form for form in layout.language.imprint if len(form) >= SHORTEST_END)
    tokens = [token.strip(",.;:_()") for token in fold(block.text).split()]
    return not dated and any(token.endswith(ends) or token[:-2].endswith(ends) for token in tokens)


LONGEST_OF_RIGHTS = 60  # characters of a line
MOST_ABOVE_TEXT = 24  # blocks
_YEAR_OF_PRINT = seldom(r"(?<!\w)(?:1[4-9]\d\d|20\d\d|M[DCLXVI.]{3,})(?!\w)")
SHORTEST_END = 6  # letters of a word that others are made of: Hofbuchdruckerei, Forlagstrykkeriet
