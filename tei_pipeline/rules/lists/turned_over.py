"""Which lines of a list go on with the entry above them: set in below it, or because the line above had no room."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.language import Language
from tei_pipeline.rows import Row
from tei_pipeline.rules.headings.head_labels import named_division
from tei_pipeline.rules.lists.entry_labels import is_labelled, is_numbered, runs_on
from tei_pipeline.rules.lists.entry_pages import COLUMN, IN_COLUMN, entry_page
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


def is_rest_of_counted(rows: Rows, first: int, end: int, language: Language) -> bool:
    """Whether the lines set in right below a numbered one without a page are the rest of its entry: none but the last has a page."""
    page = entry_page(language)
    if _COUNTED.match(rows[first].text) is None or page.search(rows[first].text):
        return False
    stop = first + 1
    while (
        stop < min(end, first + MOST_OF_ENTRY)
        and not rows[stop].gap
        and rows[stop].indent > rows[first].indent
        and not _COUNTED.match(rows[stop].text)
    ):
        stop += 1
    below = [page.search(row.text) is not None for row in rows[first + 1 : stop]]
    return len(below) > 0 and below[-1] and sum(below) == 1


MOST_OF_ENTRY = 60  # lines
_COUNTED = seldom(r"(?:\d{1,3}|[IVXLC]+)\. ")


def leaves_open(text: str) -> bool:
    """Whether a bracket, or a quotation mark inside the line, opens and closes in the next."""
    return (
        text.rfind("[") > text.rfind("]")
        or text.rfind("(") > text.rfind(")")
        or (sum(map(text.count, _QUOTES)) == 1 and _OPENS.search(text) is not None)
    )


_QUOTES = '"“”„«»'
_OPENS = re.compile(r"\s[\"“„«»][^\W\d_]")  # OF A »MILLER


def is_rest_of_title(last: Row, row: Row, widest: int, layout: Layout) -> bool:
    """Whether a line below the label of a division goes on with its title: its first word did not fit the line above."""
    if is_labelled(row.text, layout) or not is_labelled(last.text, layout) or entry_page(layout.language).search(last.text):
        return False
    if widest < FULL * layout.measure or named_division(row.text, layout.language) is not None:
        return False
    return has_no_room(last, row, widest)


def has_no_room(last: Row, row: Row, widest: int) -> bool:
    """Whether the first word of a line did not fit the one above."""
    return last.width + 1 + len(row.text.split(" ", 1)[0]) > widest


SPARE = 4  # columns that a converter leaves


def is_turned_over(last: Row, row: Row, layout: Layout) -> bool:
    """Whether a line goes on with the title above, in a list without pages: that fills the measure, and both stand as far in."""
    return row.indent == last.indent and has_no_room(last, row, max(layout.measure, NARROWEST))


NARROWEST = 60  # columns of a measure: a shorter line of a list has been ended on purpose


def hanging_lines(rows: Rows, at: int, end: int, layout: Layout) -> frozenset[int]:
    """The lines of chunks that are one entry each: all but the first are set in alike, none but the last is short, and only that has
    a page, in the column; or the first is numbered, and they stand right below it. So are the lines set in below each of the lines of
    a chunk whose pages stand in no column.
    """
    page = entry_page(layout.language)
    found: list[int] = []
    widest = max(row.width for row in rows[at:end])
    if not any(page.search(row.text) and COLUMN.search(row.text) for row in rows[at:end]):
        found += _turned_to_pages(rows[at:end], at, widest, layout.language)
    starts = [i for i in range(at, end) if i == at or rows[i].gap]
    for first, stop in pairwise([*starts, end]):
        below = rows[first + 1 : stop]
        if below and {row.indent for row in below} == {below[0].indent} and below[0].indent > rows[first].indent:
            full = all(row.width >= LEAST * widest and not page.search(row.text) for row in rows[first : stop - 1])
            last = rows[stop - 1].text
            found += range(first + 1, stop) if full and page.search(last) and COLUMN.search(last) else ()
        elif below and is_numbered(rows[first].text, layout) and _is_turned_to_page(rows[first:stop], widest, layout):
            found += range(first + 1, stop)
    return frozenset(found)


def _turned_to_pages(rows: Rows, offset: int, widest: int, language: Language) -> list[int]:
    """The lines, counted from ``offset``, set in alike below one farther out with no room and no page: the last alone has one."""
    found: list[int] = []
    first = 0
    for i in range(1, len(rows) + 1):
        if i < len(rows) and not rows[i].gap and rows[i].indent > rows[first].indent:
            continue
        entry = rows[first:i]
        alike = len({row.indent for row in entry[1:]}) == 1
        paged = [entry_page(language).search(row.text) is not None for row in entry]
        if alike and paged[-1] and sum(paged) == 1 and all(row.width >= LEAST * widest for row in entry[:-1]):
            found += range(offset + first + 1, offset + i)
        first = i
    return found


def _is_turned_to_page(chunk: Rows, widest: int, layout: Layout) -> bool:
    """Whether lines that stand as far in as a number are the rest of its entry: only the last has a page, and those above it no room."""
    page = entry_page(layout.language)
    if any(row.indent != chunk[0].indent or is_numbered(row.text, layout) for row in chunk[1:]) or not page.search(chunk[-1].text):
        return False
    return all(has_no_room(last, row, widest - SPARE) and not page.search(last.text) for last, row in pairwise(chunk))


LEAST = 0.6  # of the widest line: one that a long word ended early


def set_in_steps(rows: Rows, at: int, end: int, layout: Layout) -> frozenset[int]:
    """The indents at which entries stand that belong to the one above: several lines above them would have held their first word."""
    page = entry_page(layout.language)
    widths = [row.indent + len(IN_COLUMN.sub("", page.sub("", row.text)).rstrip(" .")) for row in rows[at:end]]
    widest = max(widths)
    fits: dict[int, list[bool]] = {}
    for i in range(at + 1, end):
        row, last = rows[i], rows[i - 1]
        if row.gap or row.indent <= last.indent or row.starts_lower or runs_on(last.text, layout) or page.search(last.text):
            continue
        fits.setdefault(row.indent, []).append(widths[i - 1 - at] + 1 + len(row.text.split(" ", 1)[0]) < widest)
    return frozenset(indent for indent, found in fits.items() if 3 * sum(found) >= len(found) > 0)


FULL = 0.8  # of the widest
