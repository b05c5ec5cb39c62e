"""Entries of a list that white space parts, each ending with its page."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.language import Language
from tei_pipeline.rules.lists.entry_labels import only_label
from tei_pipeline.rules.lists.entry_pages import COLUMN, MOSTLY, YEAR, entry_page, heads_columns, is_frontispiece
from tei_pipeline.rules.shape import chunk_end

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


def chunks_with_pages(rows: Rows, at: int, end: int, layout: Layout) -> list[int]:
    """Where the entries begin if white space parts them, each ending with its page: their lines need not be set in; else only the first."""
    starts = [i for i in range(at, end) if i == at or rows[i].gap]
    paged = [
        entry_page(layout.language).search(row.text) is not None or row.text.isdigit() or is_frontispiece(row.text) for row in rows[at:end]
    ]
    chunks = [paged[first - at : stop - at] for first, stop in pairwise([*starts, end])]
    hanging = {first for first, stop in pairwise([*starts, end]) if _page_on_first(rows, first, stop, paged[first - at : stop - at])}
    plates = any(is_frontispiece(rows[i].text) for i in starts)  # below the title of each, who drew it
    hanging |= {
        first
        for first, stop in pairwise([*starts, end])
        if plates and paged[first - at] and _tells_of_plate(rows[first + 1 : stop], layout.language)
    }
    within = any(paged[i - at] and not rows[i + 1].gap and i not in hanging and not YEAR.search(rows[i].text) for i in range(at, end - 1))
    told = [chunk[-1] or first in hanging for first, chunk in zip(starts, chunks, strict=True) if not _only_names(rows, first, layout)]
    alone = not within and sum(told) >= MOSTLY * len(told)
    if len(starts) >= FEWEST_PARTED and not any(paged) and all(_is_filled(rows[a:b]) for a, b in pairwise([*starts, end])):
        return starts  # turned over where no room was left, however far in
    if len(starts) < 3 or not alone:
        return starts[:1]
    widest = max(row.width for row in rows[at:end])
    bare = [
        first for first, chunk in zip(starts, chunks, strict=True) if not (chunk[-1] or (plates and first in hanging))
    ]  # names of parts, topics below a chapter
    below = [first + 1 for first in bare if heads_columns(rows[first].text, layout) and chunk_end(rows, first) > first + 1]
    return sorted({*starts, *below, *(i for first in bare for i in _short_lines(rows, first, widest))})


def _tells_of_plate(below: Rows, language: Language) -> bool:
    """Whether lines below the title of a plate and its page are words on it: none has a page, though a year may end it."""
    return bool(below) and all(entry_page(language).search(row.text) is None or YEAR.search(row.text) for row in below)


def _only_names(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether lines apart are the number of a chapter or part, over the entry that has its page, or the head of the column of pages."""
    end = chunk_end(rows, at)
    heads = end <= at + 2 and all(row.indent >= PAGES_FROM for row in rows[at:end]) and heads_columns(rows[end - 1].text, layout)
    return heads or (end == at + 1 and only_label(rows[at].text, layout))


PAGES_FROM = 40  # columns: so far to the right stand the pages
FEWEST_PARTED = 4  # entries that white space parts, none of them with its page


def _is_filled(chunk: Rows) -> bool:
    """Whether a chunk is one entry: the lines below its first are set in alike, or as far in as it, and no line but the last is short."""
    below = {row.indent - chunk[0].indent for row in chunk[1:]}
    if len(below) > 1 or min(below, default=0) < 0:
        return False
    return all(row.width >= NO_ROOM * max(len(r.text) + r.indent for r in chunk) and row.width >= LONG for row in chunk[:-1])


NO_ROOM = 0.85  # of the widest line of an entry
LONG = 50  # columns


def _page_on_first(rows: Rows, first: int, stop: int, paged: list[bool]) -> bool:
    """Whether an entry has its page on its first line, and goes on below, further in."""
    if not paged[0] or stop - first < 2 or any(paged[1:]):
        return False
    return COLUMN.search(rows[first].text) is not None and all(row.indent > rows[first].indent for row in rows[first + 1 : stop])


def _short_lines(rows: Rows, first: int, widest: int) -> list[int]:
    """The lines of a chunk that begin entries of their own: as far in as its first, below a line with much room left."""
    end = chunk_end(rows, first)
    return [
        i
        for i in range(first + 1, end)
        if rows[i].indent == rows[first].indent and rows[i - 1].width < ROOM * widest and not rows[i].starts_lower
    ]


ROOM = 0.75  # of the widest line
