"""Tables of dates: under a heading that names a chronicle, a list of dates and of what happened then."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tei_pipeline.blocks import Container, Match, Rows
from tei_pipeline.language import Language
from tei_pipeline.rules.head_labels import named_division
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

FEWEST = 3  # dates
MOST = 2000  # rows
_YEAR = re.compile(r"_?(?:[AaCc]\.\s?(?:[Dd]\.\s?)?)?(?P<year>[1-9]\d{2,3})(?:\s?[-–—/]\s?\d{1,4}(?!\d))?(?!\d)")
_YEAR_AFTER = re.compile(r",?\s[1-9]\d{3}(?!\d)")
_DAY = re.compile(r"[\s\d,–—-]*")
_MARK = re.compile(r"(?P<point>_?[.:,;]?_?)(?:\s?(?:--|[—–])|\s-\s|(?<=[.:,;_])\s|\s{2,}|\t|\s(?=[\"“'‘(\[]?[^\W\d_a-z]))\s*(?=\S)")


class _Date(NamedTuple):
    """The date at the front of an entry: its length with its point, its year (0: it has none)."""

    length: int
    year: int


def chronology(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Under a heading that names a chronicle, lines or paragraphs that begin with dates, which rise, are its entries."""
    if not at or (word := named_division(rows[at - 1].text, layout.language)) is None or word.type != "chronicle":
        return None
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


def _date(text: str, language: Language) -> _Date | None:
    """The date with which a line begins, set off from the words behind it: "1801. ", "1801, May 3.--", "May 9, 1804. "."""
    patterns = words(language)
    year = _YEAR.match(text)
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
