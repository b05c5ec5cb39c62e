"""Where a list ends: each chunk of lines below its first entry is held against a table of reasons, and the first that applies ends it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tei_pipeline.blocks import Rows
from tei_pipeline.language import Language, fold
from tei_pipeline.rows import Row
from tei_pipeline.rules.headings.head_labels import named_division
from tei_pipeline.rules.lists.below_lists import (
    FAR,
    above_text,
    counts_on,
    goes_on_in_columns,
    goes_on_with_pages,
    heads_group_again,
    heads_labels,
    is_followed_by_text,
    is_label,
    is_motto,
    is_next_part,
    is_parted,
    lists_titles_again,
    names_persons,
    opens_text,
    over_summaries,
    remarks,
    repeats_title,
    runs_as_text,
    second_column,
    shows_plates,
    typed,
)
from tei_pipeline.rules.lists.entry_pages import MOSTLY, YEAR, entry_page
from tei_pipeline.rules.lists.figure_lists import LONGEST_NAME, heads_part, names_list
from tei_pipeline.rules.lists.pages_below import ends_pages_below
from tei_pipeline.rules.shape import chunk_end, is_summary

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

MOST = 2000  # rows of a contents page or index


class Place(NamedTuple):
    """A chunk of lines, ``at`` to ``stop``, and the list above it. ``opening``: its first entry, with the words that it may have over the
    text in ``firsts``; ``usual``: the white space between entries; of the ``chunks`` above, ``paged`` have a page, on ``entries`` lines.
    """

    rows: Rows
    layout: Layout
    figures: bool
    first: int
    opening: int
    firsts: tuple[str, ...]
    at: int
    stop: int
    usual: int
    paged: int
    entries: int
    chunks: int

    @property
    def row(self) -> Row:
        """The first line of the chunk."""
        return self.rows[self.at]

    @property
    def last(self) -> Row:
        """Its last line."""
        return self.rows[self.stop - 1]

    @property
    def chunk(self) -> Rows:
        """Its lines."""
        return self.rows[self.at : self.stop]

    @property
    def pages(self) -> int:
        """How many of its lines have a page."""
        return _pages(self.chunk, self.layout.language)

    @property
    def far(self) -> bool:
        """Whether it stands apart from the list, and no page of its own tells that it is an entry."""
        if self.row.gap < max(APART, self.usual + 2):
            return False
        text = self.last.text
        return (
            not (self.row.gap <= APART + 1 and self.paged and entry_page(self.layout.language).search(text))
            or YEAR.search(text) is not None
        )

    @property
    def heads_pictures(self) -> bool:
        """Whether it is the title of some of the pictures, over their names."""
        return (
            self.figures and self.stop < len(self.rows) and heads_part(self.chunk, self.rows[self.stop : chunk_end(self.rows, self.stop)])
        )

    @property
    def next_part(self) -> bool:
        """Whether it is the name of the next part of the list, whose pages stand below."""
        return is_next_part(self.rows, self.first, self.at, self.layout) and goes_on_with_pages(self.rows, self.stop, self.layout.language)


def _here(place: Place) -> int:
    return place.at


class Reason(NamedTuple):
    """What is the case when a list has ended above a chunk, and ``where`` that is."""

    says: str
    when: Callable[[Place], bool]
    where: Callable[[Place], int] = _here


def why(place: Place) -> Reason | None:
    """The reason why the list has ended, none if the chunk is of it."""
    if place.chunks and (_heads_next_page(place) or _sums_up_entry(place)):
        return None
    return next((reason for reason in (BELOW_ENTRIES if place.chunks else ANYWHERE) if reason.when(place)), None)


def list_end(rows: Rows, at: int, layout: Layout, *, figures: bool) -> int:
    """Past the last entry of a list whose first stands at a row."""
    opening = next((i for i in range(at, min(at + 3, len(rows))) if not heads_columns(rows[i].text, layout)), at)
    firsts = _first_words(rows, opening, layout)
    gaps: list[int] = []
    end = at
    paged = entries = chunks = 0
    while end < len(rows) and end - at < MOST:
        place = Place(rows, layout, figures, at, opening, firsts, end, _chunk_of_page(rows, end), _usual(gaps), paged, entries, chunks)
        if (reason := why(place)) is not None:
            return reason.where(place)
        if chunks:
            between = not (place.far or place.heads_pictures)  # above the next part white space tells nothing of that between entries
            gaps.append(place.row.gap if between else place.usual)
        paged += place.pages > 0
        entries += place.pages
        chunks += 1
        end = place.stop
    return end


def _chunk_of_page(rows: Rows, at: int) -> int:
    """Past the lines that no white space parts, nor the end of a page."""
    end = chunk_end(rows, at)
    return next((i for i in range(at + 1, end) if rows[i].page), end)


def _first_words(rows: Rows, opening: int, layout: Layout) -> tuple[str, ...]:
    """What the first entry of a list may be over the text: its words, those without the page, and what stands below the name of a part."""
    first = fold(rows[opening].text).strip(" .:_")
    firsts = (first, re.sub(entry_page(layout.language), "", first).rstrip(" ."))
    if opening + 1 < len(rows) and is_label(rows[opening].text, layout) and not is_label(rows[opening + 1].text, layout):
        second = " ".join(fold(rows[opening + 1].text).strip(" .:_").split())
        return (*firsts, second, _words(f"{first} {second}")) if len(second) > SHORTEST else firsts
    return firsts


def _words(text: str) -> str:
    """The words alone: PART IV.  THE FERRY as two entries have it."""
    return " ".join(_WORD.findall(text))


_WORD = re.compile(r"[^\W_]+")


def heads_columns(text: str, layout: Layout) -> bool:
    """Whether a line is the head of the columns: PAGE, CHAPTER PAGE, FACING entry_page(layout.language)."""
    tokens = fold(text).strip(" .:_").split()
    return 0 < len(tokens) <= MOST_HEADS and tokens[-1].strip(".:_") in layout.language.page_words


SHORTEST = 6  # characters of an entry that is not a number alone: numbers come up again under each part
MOST_HEADS = 4  # words over the columns: "Chap.  To face page"
APART = 3  # lines above what stands on a leaf of its own, or nearly so


def _pages(rows: Rows, language: Language) -> int:
    """How many lines have a page."""
    return sum(entry_page(language).search(row.text) is not None for row in rows)


def _usual(gaps: Sequence[int]) -> int:
    """The white space between entries: the widest near their beginning, without that below a line under the heading, the volume."""
    near = gaps[1:6] if len(gaps) > FEW_GAPS and gaps[0] > max(gaps[1:6]) else gaps[:6]
    return max(near, default=1)


FEW_GAPS = 3


def _first_again(p: Place) -> bool:
    paged = (
        p.paged > 1
        and entry_page(p.layout.language).search(p.last.text)
        and not YEAR.search(p.last.text)
        and not is_label(p.last.text, p.layout)
    )
    if (p.row.gap < p.usual and not p.row.page) or p.at - p.opening < 2 or paged:  # a picture may have two pages
        return False
    return fold(p.row.text).strip(" .:_()[]") in p.firsts or _words(fold(p.row.text)) == p.firsts[-1] or is_parted(p.rows, p.at, p.firsts)


def _is_ruled(p: Place) -> bool:
    if p.row.text.strip("*-_=— ") or not (p.row.gap if p.paged else p.at - p.first >= 2 and len(p.row.text) >= LONG_RULE):
        return False
    below = p.rows[p.at + 1 : p.at + NEAR]
    return not _pages(below, p.layout.language) or bool(names_list(below[0].text, p.layout))


def _is_one_line(p: Place) -> bool:
    text = p.row.text
    return p.stop == p.at + 1 and len(text) > LONGEST_ENTRY and p.row.ends_sentence and not p.pages and not is_summary(text)


def _stands_over(p: Place) -> bool:
    """Whether a line in capitals is nearer to the entry above it than to what is below."""
    return p.row.text.isupper() and p.stop < len(p.rows) and 0 < p.row.gap < p.rows[p.stop].gap


def _full_lines(p: Place) -> int:
    return sum(row.width > WIDTH_OF_TEXT * p.layout.measure and not entry_page(p.layout.language).search(row.text) for row in p.chunk)


def _without_pages(p: Place) -> bool:
    """Enough entries above had their pages, and the chunk has none."""
    return p.entries >= FEWEST_ENTRIES and not p.pages


def _over_summary(p: Place) -> bool:
    """Whether it is the name of the next part, or of its first chapter, over that chapter's summary, which ends with its page."""
    at = p.stop
    for _ in range(MOST_OVER_SUMMARY):
        end = chunk_end(p.rows, at) if at < len(p.rows) else at
        if end > at + 1 and entry_page(p.layout.language).search(p.rows[end - 1].text):
            return is_summary(" ".join(row.text for row in p.rows[at:end]))
        at = end
    return False


MOST_OVER_SUMMARY = 3  # chunks: the title of the part, the number and title of the chapter, the summary


def _names_last(p: Place) -> bool:
    """Whether it is the name of what closes the volume, whose heading stands far below, in the same words."""
    word = named_division(p.row.text, p.layout.language) if p.stop == p.at + 1 and p.row.indent >= p.rows[p.opening].indent > 0 else None
    return word is not None and word.matter == "back" and any(row.text == p.row.text and row.gap for row in p.rows[p.stop + FAR :])


def _heads_next_page(p: Place) -> bool:
    """Whether it stands at the head of a page, and it and the line below it are titles far below: the list has more than one page."""
    if not p.row.page or p.stop + FAR >= len(p.rows):
        return False
    titles = {row.text for row in p.rows[p.stop + FAR :] if row.gap or row.page}
    return {p.row.text, p.rows[p.at + 1].text} <= titles


def _sums_up_entry(p: Place) -> bool:
    """Whether sentences, without a page, stand below a label and its title that both stand far below again, one right after the other: they
    say what the chapter treats of.
    """
    above = p.at - 2
    if p.paged or p.pages or above < p.first or len(p.chunk) < 2 or not p.last.ends_sentence or not is_label(p.rows[above].text, p.layout):
        return False
    label, title = p.rows[above].text, p.rows[above + 1].text
    return any(row.gap and row.text == label and below.text == title for row, below in pairwise(p.rows[p.stop + FAR :]))


def _goes_on(p: Place) -> bool:
    if counts_on(p.rows, p.first, p.at) or _names_last(p) or heads_group_again(p.rows, p.at, p.stop):
        return True
    if lists_titles_again(p.rows, p.at, p.stop, p.usual, p.layout):
        return True
    if over_summaries(p.rows, p.at, p.layout):
        return True
    return goes_on_in_columns(p.rows, p.first, p.at) or heads_labels(p.rows, p.at, p.stop, p.layout)


NEAR = 8  # lines
LONG_RULE = 20  # characters
SOLID = 4  # lines of a list above a wider gap
LONGEST_ENTRY = 200  # characters of a line
FEWEST_ENTRIES = 3
WIDTH_OF_TEXT = 0.93  # of the measure

ANYWHERE = (
    Reason("a paragraph of one long line", _is_one_line),
    Reason(
        "a paragraph of full lines, below entries with pages",
        lambda p: (
            p.paged + p.pages > 0
            and 0.5 * len(p.chunk) < (full := _full_lines(p))
            and full >= 3
            and not entry_page(p.layout.language).search(p.last.text)
            and p.last.ends_sentence
        ),
    ),
    Reason(
        "a paragraph of many full lines, and no pages",
        lambda p: (
            p.paged + p.pages == 0
            and _full_lines(p) >= max(4, 0.6 * len(p.chunk))
            and "--" not in " ".join(r.text for r in p.chunk)
            and not second_column(p.chunk)
        ),
    ),
)

BELOW_ENTRIES = (
    Reason(
        "pictures, or an editor's remark, stand below it",
        lambda p: p.row.text[0] == "[" and (shows_plates(p.rows, p.at, p.layout) or remarks(p.rows, p.at, p.layout.language)),
    ),
    Reason(
        "the lines of the title page come again",
        lambda p: p.row.gap > 0 and repeats_title(p.rows, p.first, p.at) and not goes_on_in_columns(p.rows, p.first, p.at),
    ),
    Reason("its first entry stands over the text", _first_again),
    Reason(
        "the next list has its heading",
        lambda p: (p.row.gap >= 2 or _stands_over(p)) and len(p.row.text) <= LONGEST_NAME and bool(names_list(p.row.text, p.layout)),
    ),
    Reason(
        "the first chapter begins below the pictures",
        lambda p: p.figures and not p.paged and p.row.gap >= 2 > p.usual and opens_text(p.rows, p.at, p.layout),
    ),
    Reason(
        "the persons of the play stand below it",
        lambda p: not p.paged and p.row.gap >= 2 and p.row.gap > p.usual and names_persons(p.rows, p.at, p.layout),
    ),
    Reason(
        "a division without a page, below entries that have theirs",
        lambda p: p.row.gap >= APART and p.paged > 0 and is_label(p.row.text, p.layout) and not p.next_part,
    ),
    Reason("no page below it, as the others have on lines of their own", lambda p: ends_pages_below(p.rows, p.first, p.at, p.stop)),
    Reason("a row of stars or a long rule, and no pages below it, or the next list", _is_ruled),
    Reason(
        "a few short lines lead to a paragraph, or to its first entry",
        lambda p: (
            p.row.gap > p.usual
            and not p.paged
            and p.at - p.first >= SOLID
            and is_followed_by_text(p.rows, p.first, p.at, p.firsts, p.layout)
        ),
    ),
    Reason("a wide gap", lambda p: p.far and not (p.next_part or _goes_on(p))),
    Reason(
        "a new page of the book, and no pages on it",
        lambda p: (
            bool(p.row.page)
            and p.paged > 0
            and not _pages(p.chunk[:3], p.layout.language)
            and not (typed(p.row.text, p.layout) and goes_on_with_pages(p.rows, p.stop, p.layout.language))
        ),
    ),
    Reason(
        "all entries had their pages, and none follows",
        lambda p: _without_pages(p) and p.paged >= MOSTLY * p.chunks and not goes_on_with_pages(p.rows, p.stop, p.layout.language),
    ),
    Reason(
        "lines apart, without pages as those below them",
        lambda p: (
            _without_pages(p)
            and p.row.gap >= 2
            and p.stop < len(p.rows)
            and p.rows[p.stop].gap >= 1
            and not _pages(p.rows[p.stop : max(p.stop + 4, chunk_end(p.rows, p.stop))], p.layout.language)
            and not (p.next_part or _over_summary(p))
        ),
    ),
    Reason("a motto, farther off than its entries", lambda p: p.row.gap > p.usual and not p.pages and is_motto(p.chunk, p.layout)),
    Reason(
        "a paragraph of whole sentences, with what stands over it",
        lambda p: runs_as_text(p.chunk, p.layout),
        lambda p: above_text(p.rows, p.first, p.at),
    ),
    *ANYWHERE,
)
