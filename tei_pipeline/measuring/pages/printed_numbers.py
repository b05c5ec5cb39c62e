"""The numbers on lines of their own or at a side of a few words: those of pages, or of chapters, notes, verses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from tei_pipeline.language import parse_roman
from tei_pipeline.measuring.pages.running_heads import FEWEST, LONGEST_HEAD, SIDE
from tei_pipeline.measuring.pages.titles import bare_words
from tei_pipeline.rows import Row
from tei_pipeline.rules.shape import is_capitals

WIDE = re.compile(r"^\d+\s{3,}|\s{3,}\d+$")

LEAST_OF_TEXT = 0.7  # of the usual width: running heads are shorter than the lines that they stand over


class Number(NamedTuple):
    """A printed number: the row where it stands, its value, what it would be if it were a page's, and how it is printed."""

    row: int
    value: int
    kind: str
    n: str


def value_of(token: str) -> int | None:
    """The value of a printed number, Arabic or Roman."""
    return int(token) if token.isdigit() else parse_roman(token)


def numbers_of_lines(
    rows: Sequence[Row], spacing: int, known: Mapping[int, tuple[str, str]], bare: re.Pattern[str], full: int
) -> tuple[list[Number], list[Number]]:
    """The numbers that stand alone or at a side of a short line, and those at a side of lines that may be text too."""
    alone_or_wide: list[Number] = []
    among_text: list[Number] = []
    cut: list[Number] = []
    count = len(rows)
    for i, row in enumerate(rows):
        text = row.text
        if len(text) > LONGEST_HEAD or i in known:
            continue
        if len(text) <= 14 and (m := bare.match(text)):
            if (value := value_of(m[1])) is not None:
                alone_or_wide.append(Number(i, value, "pageNum", m[1]))
            continue
        apart = row.gap >= spacing or (i + 1 < count and rows[i + 1].gap >= spacing) or row.page
        if apart and (text[0].isdigit() or text[-1].isdigit() or text[-1] in "ivxlc]" or text[0] in "[ivxlc") and (m := SIDE.match(text)):
            words, n = m[2] or m[3], m[1] or m[4]
            value = value_of(n)
            if value is None or not any(c.isalpha() for c in words):
                continue
            if words.rstrip()[-1] in ",;":
                cut.append(Number(i, value, "header", n))
                continue
            between = (text[m.end(1) : m.start(2)] if m[1] else text[m.end(3) : m.start(4)]).strip("[]")  # a note's bracket is no space
            short = len(between) > 2 or ((is_capitals(words) or len(between) > 1) and row.width <= 0.8 * full)
            (alone_or_wide if short else among_text).append(Number(i, value, "header", n))
    return sorted(alone_or_wide + _of_one_title(rows, cut)) if cut else alone_or_wide, among_text


def _of_one_title(rows: Sequence[Row], numbers: Sequence[Number]) -> list[Number]:
    """The numbers beside the same words again and again: the first line of a long title heads the pages, and a comma may end it. Entries
    of an index that a comma parts from their number differ.
    """
    said = Counter(bare_words(rows[number.row].text) for number in numbers)
    return [number for number in numbers if said[bare_words(rows[number.row].text)] >= FEWEST]


def without_margins(rows: Sequence[Row], candidates: Sequence[Number], full: int) -> list[Number]:
    """The candidates without the lines of text that have a number in the margin: long ones, no two alike, each with its sentence going on
    right below. Such numbers count chapters or verses.
    """
    said = Counter(bare_words(rows[i].text) for i, _, kind, _ in candidates if kind == "header")
    return [c for c in candidates if c.kind != "header" or said[bare_words(rows[c.row].text)] > 1 or not _is_text(rows, c.row, full)]


def _is_text(rows: Sequence[Row], i: int, full: int) -> bool:
    """Whether the words of a line with a number at its right side are those of running text, which goes on in the next line."""
    wide = WIDE.search(rows[i].text)
    if wide is None or i + 1 >= len(rows) or rows[i + 1].gap or not rows[i + 1].starts_lower or rows[i].page:
        return False
    words = rows[i].text[: wide.start()]
    return len(words) > LEAST_OF_TEXT * full and not is_capitals(words)


def without_contents(numbers: Sequence[Number]) -> list[Number]:
    """The numbers without those of a contents page that stand on lines of their own, each below its title or above the next: nearer to
    each other than any pages are, they rise, seldom by one; behind the Roman ones of the front they are counted anew.
    """
    listed = set[int]()
    run: list[Number] = []
    for number in [*(c for c in numbers if c.kind == "pageNum"), None]:
        if number and run and number.row - run[-1].row <= FARTHEST_ENTRY and (run[-1].n.isalpha() or number.value >= run[-1].value):
            run.append(number)
            continue
        steps = [b.value - a.value for a, b in pairwise(run)]
        if len(run) >= FEWEST_ENTRIES and 2 * steps.count(1) <= len(steps):
            listed.update(c.row for c in run)
        run = [number] if number else []
    return [c for c in numbers if c.row not in listed]


FEWEST_ENTRIES = 4
FARTHEST_ENTRY = 3  # rows below the number before


def on_one_side(rows: Sequence[Row], numbers: Sequence[Number]) -> list[Number]:
    """The numbers, without the second of two where one ends a page and the same opens the next: a chapter may have the number of the page
    before. Which is which, the side tells on which the numbers of pages stand.
    """
    at = {i: value for i, value, kind, _ in numbers if kind == "pageNum"}
    feet = sum(i + 1 < len(rows) and rows[i + 1].page for i in at)
    tops = sum(rows[i].page for i in at)
    twice = {i for i, value in at.items() if at.get(i + 1) == value and rows[i + 1].page}
    other = twice if tops > feet else {i + 1 for i in twice}
    return [c for c in numbers if c.row not in other]
