"""Tables of dates: under a heading that names a chronicle, a list of dates and of what happened then; and dates alone above entries."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tei_pipeline.blocks import Container, Facts, Match, Rows
from tei_pipeline.language import Language
from tei_pipeline.remembered import remembered
from tei_pipeline.rules.headings.head_labels import named_division
from tei_pipeline.rules.letters.addressed import titles_letter
from tei_pipeline.rules.letters.near_dates import leads_to_date
from tei_pipeline.rules.shape import chunk_end
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

FEWEST = 3  # dates
MOST = 2000  # rows
_YEAR_AFTER = re.compile(r",?\s[1-9]\d{3}(?!\d)")
_DAY = re.compile(r"[\s\d,–—-]*")
_MARK = seldom(r"(?P<point>_?[.:,;]?_?)(?:\s?(?:--|[—–])|\s-\s|(?<=[.:,;_])\s|\s{2,}|\t|\s(?=[\"“'‘(\[]?[^\W\d_a-z]))\s*(?=\S)")


class _Date(NamedTuple):
    """The date at the front of an entry: its length with its point, its year (0: it has none)."""

    length: int
    year: int


def chronology(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Under a heading that names a chronicle, lines or paragraphs that begin with dates, which rise, are its entries; so are many lines in
    a row that begin with years, under whatever title, below a few words that lead to them.
    """
    if not at or (word := named_division(rows[at - 1].text, layout.language)) is None or word.type != "chronicle":
        return _years(rows, at, layout)
    first = _date(rows[at].text, layout.language)
    if first is None:
        return None
    base, dates, starts = rows[at].indent, [first], [at]
    wide = max(1, rows[at].gap - 1)  # white space that ends the list: it has no more between its entries
    end = at + 1
    while end < len(rows) and end - at < MOST:
        row = rows[end]
        if row.gap > max(1, min(wide, 2)):
            break
        found = _date(row.text, layout.language) if row.gap or row.indent <= base else None
        if found is not None and found.year and found.year < max(date.year for date in dates):
            found = None
        if found is None and row.gap:
            break
        if found is not None:
            dates.append(found)
            starts.append(end)
        end += 1
    if len(starts) < FEWEST:
        return None
    parts = tuple(
        (i, stop, Container("item", rows[i].line, rows[i].text[: date.length].strip("_.,:; "), date.length))
        for i, stop, date in zip(starts, [*starts[1:], end], dates, strict=True)
    )
    return Match("list", end, f"{len(starts)} dates that rise", 0.9, container=Container("chronicle", rows[at].line), parts=parts)


def _years(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A chunk of lines most of which begin with a year, ever later ones and of several centuries; the others are set in below them."""
    first = at if rows[at].text[0].isdigit() else at + 1
    if not rows[at].gap or first + FEWEST_YEARS > len(rows) or not _YEAR_ALONE.match(rows[first].text) or rows[first].gap > first - at:
        return None
    if len(rows[at].text) > LONGEST or rows[first].indent != rows[at].indent:
        return None
    end = chunk_end(rows, first)
    starts = [i for i in range(first, end) if rows[i].indent <= rows[first].indent]
    dates = [_date(rows[i].text, layout.language) if _YEAR_ALONE.match(rows[i].text) else None for i in starts]
    years = [date.year if date is not None else 0 for date in dates]
    later = [b - a for a, b in pairwise(years)]
    if len(starts) < FEWEST_YEARS or years[-1] - years[0] < 100 or min(later) < 1 or 2 * later.count(1) > len(later):
        return None
    items = [
        (i, stop, Container("item", rows[i].line, rows[i].text[: date.length].strip("_.,:; "), date.length))
        for i, stop, date in zip(starts, [*starts[1:], end], dates, strict=True)
        if date is not None
    ]
    lead = [(at, first, Container("item", rows[at].line))] if first > at else []
    evidence = f"{len(items)} years that rise, each on a line of its own"
    return Match("list", end, evidence, 0.85, container=Container("chronicle", rows[at].line), parts=(*lead, *items))


_YEAR_ALONE = re.compile(r"[1-9]\d{2,3}[.,:]\s")
FEWEST_YEARS = 8


def _date(text: str, language: Language) -> _Date | None:
    """The date with which a line begins, set off from the words behind it: "1801. ", "1801, May 3.--", "May 9, 1804. "."""
    patterns = words(language)
    year = words(language).year_first.match(text)
    if year is not None:
        end = year.end()
        if text[end : end + 1] in (",", " ") and (month := patterns.month.match(text, end + 1 + (text[end : end + 2] == ", "))) is not None:
            end = _DAY.match(text, month.end()).end() if text[month.end() :][:1] == " " else month.end()  # type: ignore[union-attr]
            end = len(text[:end].rstrip(" ,–—-"))
    elif patterns.may_hold_date(text[:LONGEST]) and (found := patterns.date.match(text.lstrip("_"))) is not None:
        end = found.end() + text.startswith("_")
        end = after.end() if (after := _YEAR_AFTER.match(text, end)) is not None else end
    else:
        return None
    mark = _MARK.match(text, end)
    if mark is None:
        return None
    figures = re.search(r"\d{3,4}", text[:end])
    return _Date(mark.end("point"), int(figures[0]) if figures else 0)


LONGEST = 40  # characters of a date


def chronicle(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Three or more dates in a row, each alone on its line above its entry, are a chronicle."""
    if (not rows[at].gap and at) or not _dated(rows, at, layout):
        return None
    first = at
    for i in range(at - 1, max(-1, at - 3 * LONGEST_ENTRY), -1):
        if rows[i].gap and _dated(rows, i, layout):
            first = i
        elif first - i > LONGEST_ENTRY or rows[i + 1].gap > 3:
            break
    starts = [first]
    end = first + 1
    while end < len(rows) and rows[end].gap <= 3 and len(starts) < ENOUGH:
        if rows[end].gap and _dated(rows, end, layout):
            starts.append(end)
        elif rows[end].gap and end - starts[-1] > LONGEST_ENTRY:
            break
        end += 1
    if len(starts) < 3 or sum(any(c.isdigit() for c in rows[i].text) for i in starts) < 0.5 * len(starts):
        return None
    return Match(
        "dateline",
        at + 1,
        f"one of {len(starts)} dates{' or more' * (len(starts) == ENOUGH)}, each above its entry",
        0.92,
        Facts(type="entry"),
    )


LONGEST_ENTRY = 60  # lines of one entry of a chronicle
ENOUGH = 24  # dates tell that it is one, however many follow


def _dated(rows: Rows, at: int, layout: Layout) -> bool:
    text = rows[at].text
    if len(text) > 40 or at + 1 >= len(rows) or rows[at + 1].gap > 1 or (rows[at].ends_sentence and not text.endswith(".")):
        return False
    if at and rows[at - 1].gap > rows[at].gap and titles_letter(rows[at - 1].text, layout):
        return False
    if at and rows[at - 1].text[-1] == "," and leads_to_date(rows, at - 1, layout):
        return False  # its place stands above it: that of a letter
    return _is_date_alone(text, layout.language)


@remembered()
def _is_date_alone(text: str, language: Language) -> bool:
    patterns = words(language)
    if not patterns.may_hold_date(text):
        return False
    rest = patterns.date.sub(" ", text)
    if rest == text and not (
        patterns.month.fullmatch(text.strip(" .,")) or (_DAYS.match(patterns.month.sub("", text).strip()) and patterns.month.search(text))
    ):
        return False
    return not patterns.beside_date.sub("", patterns.month.sub("", rest))


_DAYS = re.compile(r"^\d{1,2}(?:\s?[-–—]\s?\d{1,2})?(?:,?\s*\d{4})?$")
