"""The index: words with the pages where they occur, under its heading."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.headings.head_labels import named_division
from tei_pipeline.rules.shape import chunk_end, is_capitals, word_count
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

_FIGURE = re.compile(r"\d|(?<!\s)\s{2,}(?:[ivxlcdm]+|[IVXLCDM]+)\.?$")  # a page, or the Roman number of a poem


def _goes_on_with_entries(rows: Rows, at: int) -> bool:
    """Whether entries stand below a wide gap: at once, or below a letter of the alphabet."""
    at += len(rows[at].text.strip(" .-—")) == 1
    end = chunk_end(rows, at) if at < len(rows) else at
    figures = sum(_FIGURE.search(row.text) is not None for row in rows[at:end])
    return 2 * figures >= end - at > 0


_ONLY_PAGES = re.compile(r"[\d\W_]+")  # the rest of the pages of an entry


def _says_what_numbers_are(rows: Rows, at: int) -> bool:
    """Whether a line apart, in capitals, italics or brackets, may go with the heading above it: THE NUMBERS REFER TO PAGES."""
    row = rows[at]
    alone = at > 0 and bool(row.gap) and at + 1 < len(rows) and bool(rows[at + 1].gap)
    set_off = is_capitals(row.text) or _REMARK.fullmatch(row.text) is not None
    return alone and set_off and word_count(row.text) > 2 and not _FIGURE.search(row.text)


_REMARK = re.compile(r"_[A-Z][^_]+_\.?|[(\[][A-Z][^()\[\]]+[)\]]\.?")


def _heads_another(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line of capitals, apart and without a page, is the heading of the next index."""
    row = rows[at]
    apart = row.gap >= 2 or (row.page and at + 1 < len(rows) and rows[at + 1].gap)  # a page's top has no other space than below its title
    if not apart or not is_capitals(row.text) or _FIGURE.search(row.text):
        return False
    word = named_division(row.text, layout.language)
    return word is not None and word.type == "index"


LONGEST_CLOSING = 40  # characters of a line that closes a book


def _in_alphabet(rows: Rows, at: int, end: int) -> bool:
    """Whether lines stand in the order of their first letters, below what an editor says of them in brackets."""
    first = chunk_end(rows, at) if rows[at].text[0] == "[" else at
    base = min((row.indent for row in rows[first:end]), default=0)
    lines = [fold(row.text).lstrip(_BEFORE_WORD) for row in rows[first:end] if row.indent == base and not row.starts_lower]
    letters = [line[0] for line in lines if line]
    in_order = sum(a <= b for a, b in pairwise(letters))
    return len(letters) >= FEWEST_IN_ALPHABET and len(set(letters)) >= FEWEST_LETTERS and in_order >= NEARLY * (len(letters) - 1)


def _in_lines(rows: Rows, at: int, end: int) -> bool:
    """Whether hardly a line has white space above it but those of the alphabet's letters, and those below these."""
    letters = [len(row.text.strip(" .-—")) == 1 for row in rows[at:end]]
    apart = sum(row.gap > 0 and not letters[i] and not (i and letters[i - 1]) for i, row in enumerate(rows[at:end]))
    return apart <= SPARSE * (end - at)


_BEFORE_WORD = "_[(\"'“”‘’„«* "
FEWEST_IN_ALPHABET = 8  # lines
FEWEST_LETTERS = 4
NEARLY = 0.9


SPARSE = 0.2  # of the lines of a list: above its first, or where a remark stands
WIDE_BELOW = 3  # empty lines: a heading has no more below it than above


_IN_COLUMN = re.compile(r"\S\s{3,}\d{1,4}$")


def index(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Under a heading that names an index stand words with the pages where they occur, or first lines and titles in the alphabet."""
    if not at:
        return None
    heading = at - 1 - (at > 1 and not any(c.isalnum() for c in rows[at - 1].text))  # a row of stars below the heading
    word = named_division(rows[heading].text, layout.language)
    if word is None and heading and fold(rows[heading].text).strip(" .") in layout.language.page_words:
        heading -= 1  # the head of the column
        word = named_division(rows[heading].text, layout.language)
    if word is None and _says_what_numbers_are(rows, heading):
        heading -= 1
        word = named_division(rows[heading].text, layout.language)
    if (
        word is None
        or word.type not in ("index", "glossary")
        or (heading == at - 1 and _REMARK.fullmatch(rows[at].text) and _says_what_numbers_are(rows, at))
    ):
        return None
    if (notes := named_division(rows[at].text, layout.language)) is not None and notes.type == "notes":
        return None  # the index was left out
    above, below = rows[heading].gap, rows[at].gap
    if heading and not rows[heading].page and (not above or above < WIDE_BELOW <= below):
        return None  # the last entry of a contents page
    name = rows[heading].text.strip(" .").casefold()
    end = at
    hits = 0
    while end < len(rows) and rows[end].gap < 5 and (rows[end].gap < 3 or end == at or _goes_on_with_entries(rows, end)):
        if rows[end].gap and end > at and len(rows[end].text) < LONGEST_CLOSING and words(layout.language).closes(rows[end].text):
            break
        if rows[end].gap and len(rows[end].text) <= len(name) + 1 and rows[end].text.strip(" .").casefold() == name:
            return None  # the index stands there: this was an entry of the contents page
        if end > at and (not any(c.isalnum() for c in rows[end].text) or _heads_another(rows, end, layout)):
            break  # a row of ornaments below it, or the next index
        hits += bool(_FIGURE.search(rows[end].text))
        end += 1
    paged = hits >= 0.4 * (end - at)
    if end - at < 3 or not (paged or _in_alphabet(rows, at, end)):
        return None
    if word.type == "glossary" and not (_in_lines(rows, at, end) and _in_alphabet(rows, at, end)):
        return None  # its entries are paragraphs
    starts = [at]
    base = min(row.indent for row in rows[at:end] if not paged or _FIGURE.search(row.text))  # of the entries: a remark may stand above them
    for i in range(at + 1, end):
        inside = rows[i].indent > base and rows[i - 1].text[-1] in ";:,"  # a sub-entry that is set in by one column
        ended = _IN_COLUMN.search(rows[i - 1].text) is not None and not rows[i].starts_lower  # the line above has its page, in the column
        begun = not rows[i].starts_lower or rows[i].text.startswith(("--", "——", "— "))  # the word above again, in its column
        begun = begun and not (rows[i - 1].text[-1] == "," and _ONLY_PAGES.fullmatch(rows[i].text))
        if (rows[i].indent <= base + 1 and begun and not inside) or rows[i].gap or ended:
            starts.append(i)
    parts = tuple((first, stop, Container("item", rows[first].line)) for first, stop in zip(starts, [*starts[1:], end], strict=True))
    said = "with pages" if paged else "in the order of the alphabet"
    return Match("index", end, f"{len(parts)} entries {said}", 0.9, container=Container("index", rows[at].line), parts=parts)
