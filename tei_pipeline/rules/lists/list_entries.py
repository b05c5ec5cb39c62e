"""The entries of a contents page or list: where each begins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Rows
from tei_pipeline.language import Language
from tei_pipeline.rules.headings.head_labels import named_division
from tei_pipeline.rules.lists.entry_labels import is_labelled, is_numbered, names_matter, only_label, runs_on
from tei_pipeline.rules.lists.entry_pages import COLUMN, MOSTLY, entry_page, heads_columns, heads_pages, is_frontispiece, without_column
from tei_pipeline.rules.lists.pages_below import with_pages_below
from tei_pipeline.rules.lists.parted_entries import LONG, chunks_with_pages
from tei_pipeline.rules.lists.summaries import is_summed_up, is_under_label
from tei_pipeline.rules.lists.turned_over import (
    hanging_lines,
    has_no_room,
    is_rest_of_counted,
    is_rest_of_title,
    is_turned_over,
    leaves_open,
    set_in_steps,
)
from tei_pipeline.rules.shape import chunk_end, is_summary
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


def list_entries(rows: Rows, at: int, end: int, layout: Layout) -> tuple[tuple[int, int, Container], ...]:
    """One item per entry: a new one where a line is not set in as a turned-over line, where the one before ended with its page, and where
    a line stands over the text again.
    """
    page = entry_page(layout.language)
    starts = chunks_with_pages(rows, at, end, layout)
    base = min(row.indent for row in rows[at:end])
    steps = set_in_steps(rows, at, end, layout)
    centred = _is_centred_list(rows, at, end)
    labelled = sum(is_labelled(row.text, layout) for row in rows[at:end]) >= FEWEST_LABELLED * (end - at)
    widest = max(row.width for row in rows[at:end])
    paragraph = 0  # past the chunk that is the paragraph of one entry
    hanging = hanging_lines(rows, at, end, layout)
    marked = sum(_MARKED.match(row.text) is not None for row in rows[at:end]) >= FEWEST_LABELLED * (end - at)
    paged = any(page.search(row.text) for row in rows[at:end])
    for i in range(at + 1, end if len(starts) == 1 else at):
        row, last = rows[i], rows[i - 1]
        if not centred and (row.gap or i == at + 1) and is_summed_up(rows[i - 1 + bool(row.gap) : chunk_end(rows, i)], layout):
            paragraph = chunk_end(rows, i)
        elif not centred and last.gap and row.gap < 2 and is_under_label(last, rows[i : chunk_end(rows, i)], layout):
            paragraph = chunk_end(rows, i)
            starts += [] if row.gap else [i]
        if (i < paragraph or i in hanging) and not row.gap:
            continue
        if marked and not row.gap and row.indent > rows[starts[-1]].indent and not _MARKED.match(row.text):
            continue
        columns = heads_columns(last.text, layout)
        turned = row.indent > rows[starts[-1]].indent and not page.search(last.text) and not columns
        stepped = row.indent in steps and not (row.starts_lower or runs_on(last.text, layout) or page.search(last.text))
        stepped = stepped and not is_rest_of_counted(rows, starts[-1], end, layout.language)
        stepped = (
            stepped
            or _is_grouped(rows, i, starts[-1], end, layout.language)
            or (widest < LONG and last.text[-1] == "." and not row.starts_lower)
        )
        turned = turned and not stepped and not (centred and not (row.starts_lower or runs_on(last.text, layout)))
        if not row.gap and last.text[-1] == "," and _PAGES.match(row.text):
            continue
        if not row.gap and ((labelled and is_rest_of_title(last, row, widest, layout)) or leaves_open(last.text)):
            continue
        columned = page.search(row.text) and COLUMN.search(row.text)
        if not row.gap and last.text[-1] == "," and (columned or has_no_room(last, row, widest)) and not is_numbered(row.text, layout):
            continue
        ended = page.search(last.text) or is_frontispiece(last.text) or is_numbered(row.text, layout)
        if not (row.gap or ended) and is_turned_over(last, row, layout):
            continue
        numbered = row.indent > base and (is_numbered(row.text, layout) or names_matter(row.text, last.text, layout))
        numbered = numbered or (only_label(row.text, layout) and not runs_on(last.text, layout))
        alike = row.indent == rows[starts[-1]].indent and (widest < LONG or not (paged or runs_on(last.text, layout)))
        room = widest < LONG or last.width + 1 + len(row.text.split(" ", 1)[0]) < widest
        beside = row.indent <= base or stepped or centred or (alike and room)
        if row.gap or numbered or (not turned and (columns or page.search(last.text) or (beside and not row.starts_lower))):
            starts.append(i)
    columns_below = [i for i in range(at + 1, end - 1) if not (rows[i].gap or rows[i + 1].gap) and heads_pages(rows[i].text, layout)]
    again = (i for i in range(at, end) if rows[i].line in layout.listing.entries and not (i > at and _is_author_below(rows, i, layout)))
    starts = sorted({*starts, *again, *columns_below, *(i + 1 for i in columns_below)})
    starts = _with_titles_below(rows, with_pages_below(rows, starts), end, layout)
    return tuple((first, stop, Container("item", rows[first].line)) for first, stop in zip(starts, [*starts[1:], end], strict=True))


def _with_titles_below(rows: Rows, starts: list[int], end: int, layout: Layout) -> list[int]:
    """The same where each label alone stands over one title with its page, apart, or apart with it from the others: the title belongs to
    the entry of its label.
    """
    page = entry_page(layout.language)
    stops = [*starts[1:], end]
    labels = [only_label(without_column(rows[i].text, layout), layout) and stop == i + 1 for i, stop in zip(starts, stops, strict=True)]
    over = [k for k in range(len(starts) - 1) if labels[k] and not labels[k + 1]]
    apart = [k for k in over if rows[starts[k + 1]].gap or rows[starts[k]].gap or not k]
    within = {k + 1 for k in apart if page.search(rows[stops[k + 1] - 1].text)}
    if len(within) < FEWEST_OVER or len(within) < len(over):
        return starts
    after = [k + 2 for k in over if k + 2 < len(starts) and not labels[k + 2]]
    if any(named_division(entry_page(layout.language).sub("", rows[starts[k]].text), layout.language) is None for k in after):
        return starts  # the name of a part, over several
    if any(is_summary(" ".join(entry_page(layout.language).sub("", row.text) for row in rows[starts[k] : stops[k]])) for k in within):
        return starts  # what the chapters treat of
    return [first for k, first in enumerate(starts) if k not in within]


FEWEST_OVER = 3


def _is_author_below(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line right below a title with its page, and further in, says by whom the piece is."""
    below = not rows[at].gap and rows[at].indent > rows[at - 1].indent and entry_page(layout.language).search(rows[at - 1].text) is not None
    return below and words(layout.language).byline.match(rows[at].text) is not None


_MARKED = seldom(r"[-–—•]\s+\S")  # an entry, where most have such a sign
_PAGES = re.compile(r"\d{1,3}(?:[-–]\d{1,3})?[,;.](?:\s|$)")  # behind a phrase that fills the line above


def _is_grouped(rows: Rows, at: int, first: int, end: int, language: Language) -> bool:
    """Whether a line and the one below it are entries with their pages, set in alike under a line that ends with a colon: POEMS:."""
    if at != first + 1 or at + 1 >= end or not rows[first].text.endswith(":") or rows[at].gap or rows[at + 1].gap:
        return False
    return rows[first].indent < rows[at].indent == rows[at + 1].indent and all(
        entry_page(language).search(row.text) for row in rows[at : at + 2]
    )


FEWEST_LABELLED = 0.5  # of the lines of a list


def _is_centred_list(rows: Rows, at: int, end: int) -> bool:
    """Whether the lines of a list are set in the middle of the page, each with its own indent; a few below may be at the margin."""
    lines = [row for row in rows[at:end] if row.indent > 1]
    if len(lines) < max(FEWEST_CENTRED, MOSTLY * (end - at)):
        return False
    centres = sorted(row.indent + len(row.text) / 2 for row in lines)
    middle = centres[len(centres) // 2]
    alike = sum(abs(centre - middle) <= 1 for centre in centres)
    return alike >= 0.9 * len(lines) and len({row.indent for row in lines}) >= FEWEST_CENTRED


FEWEST_CENTRED = 3  # lines: fewer are centred by chance
