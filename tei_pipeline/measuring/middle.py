"""The middle of the page, as titles show it: a book of short verses has hardly a line that shows how wide it is set."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from tei_pipeline.rows import Row
from tei_pipeline.rules.shape import SLACK

FEWEST = 4  # lines in the middle
VARIED = 8  # characters between the shortest and the longest of them: names flush with the right edge are as long as each other
FAR_IN = 6  # columns from the margin: titles set in by a step stand less far
SHORTEST = 6  # characters: the numbers of stanzas stand in the middle of these
WIDER = 8  # columns: less is told better by the lines themselves
WIDEST = 80  # columns of plain text whose lines were set by hand


def measure_by_middle(rows: Sequence[Row], margin: int, measure: int) -> int:
    """The measure by the lines apart whose middles stand in one column, when it is much more than what full lines show."""
    lengths: dict[int, list[int]] = defaultdict(list)
    total = 0
    for row, below in pairwise(rows):
        if (row.gap or row is rows[0]) and below.gap and row.indent >= margin + FAR_IN and len(row.text) >= SHORTEST:
            total += 1
            for middle in (-1, 0, 1):
                lengths[row.indent + len(row.text) // 2 + middle].append(len(row.text))
    if not lengths:
        return measure
    middle, found = max(lengths.items(), key=lambda item: (len(item[1]), item[0]))
    wide = 2 * middle - margin
    if len(found) < FEWEST or 2 * len(found) <= total or max(found) - min(found) < VARIED or not measure + WIDER <= wide <= WIDEST:
        return measure
    return wide


_FOOT = re.compile(r"[\W_]*(?:[0-9]{1,4}|[ivxlc]{1,7})[\W_]*$")
FEWEST_PAGES = 3  # with their numbers in the same column
HALF = 0.5  # of the numbers on that side


def middle_of_pages(rows: Sequence[Row], furniture: Mapping[int, tuple[str, str]]) -> int | None:
    """The column in the middle of the pages, as their numbers tell: those on the outer sides of running heads, or alone on the outer sides
    of pages, stand at both ends of the line, those at the feet of pages in its middle.
    """
    left: Counter[int] = Counter()
    right: Counter[int] = Counter()
    middle: Counter[int] = Counter()
    outer: tuple[Counter[int], Counter[int]] = (Counter(), Counter())  # odd numbers at the right, even ones at the left
    for i, (kind, n) in furniture.items():
        row = rows[i]
        if kind == "pageNum" and _FOOT.match(row.text):
            if row.indent > FAR_IN:
                middle[row.indent + len(row.text) // 2] += 1
            if n.isdecimal() and (int(n) % 2 == 0) is (row.indent <= FAR_IN):
                outer[row.indent <= FAR_IN][row.indent if row.indent <= FAR_IN else row.width] += 1
        elif kind == "header" and n and row.text.startswith(n):
            left[row.indent] += 1
        elif kind == "header" and n and row.text.endswith(n):
            right[row.width] += 1
    if not left and _usual(outer[True], outer[True].total()) is not None and 2 * outer[False].total() >= outer[True].total():
        left, right = outer[True], outer[False]
    facing = (left.total() + right.total() + 1) // 2  # as many as one side has in a longer book
    first, last = _usual(left, facing), _usual(right, facing)
    return _usual(middle, middle.total()) if first is None or last is None else (first + last) // 2


def measure_by_pages(rows: Sequence[Row], middle: int | None, margin: int, measure: int) -> int:
    """The measure by the middle of the pages, when it is much more than what full lines show, and these are few: prose fills its own."""
    wide = 0 if middle is None else 2 * middle - margin
    if not measure + WIDER <= wide <= WIDEST:
        return measure
    full = sum(measure - 2 * SLACK <= row.width <= measure for row in rows)
    return measure if measure >= NARROWEST and full >= FILLED * len(rows) else wide


NARROWEST = 50  # columns of a page of prose: short verses come near their own measure too
FILLED = 0.4  # of the lines, in a book of prose


def _usual(columns: Counter[int], pages: int) -> int | None:
    """The column in which most of some numbers stand, if there are pages enough."""
    if not columns or pages < FEWEST_PAGES:
        return None
    column, times = columns.most_common(1)[0]
    return column if times >= HALF * columns.total() else None
