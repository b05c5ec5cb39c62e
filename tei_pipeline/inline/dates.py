"""Dates in English, French and German: what the words fix, in ISO 8601 as TEI's ``teidata.temporal.w3c`` takes it."""

from __future__ import annotations

import calendar
import re
from functools import lru_cache
from typing import NamedTuple

from tei_pipeline import model
from tei_pipeline.folding import alternation
from tei_pipeline.inline.flow import Make, Mark
from tei_pipeline.language import Language, fold
from tei_pipeline.model import Content, Spans

_YEAR = r"(?P<year>(?:1\d|20)\d\d)(?!\d|[.,]\d\d)"
_DASH = r"\s?(?:-|–|—|to|until|till|au|bis)\s?"
_ORDINAL = r"(?:st|nd|rd|th|d|er|re|e|º|°|\.)?"
_OLD = r"(?P<old>\s?\(\d{1,2}(?:st|nd|rd|th)?\)|\s?/\s?\d{1,2})?"  # the day of the other calendar: which is meant cannot be told
_LAST_YEAR = 2099


class Found(NamedTuple):
    """A date: its range in the text, and ``when``, or ``start`` and ``end``; all None when the words do not fix it."""

    at: int
    to: int
    when: str | None = None
    start: str | None = None
    end: str | None = None
    cert: str | None = None


class _Patterns:
    """The patterns of a language: a month, and what may stand before and after it."""

    def __init__(self, language: Language) -> None:
        months = alternation(form for form in language.months if len(form) > 2)
        day_first = r"(?:(?:the|le|den|du|vom|am|of)\s)?"
        month = rf"(?:{months})"
        self.months = language.months
        forms = {form[:3] for form in language.months if len(form) > 2 and form[0].isalpha()}
        stems = {form.capitalize() for form in forms} | {form.upper() for form in forms} | (forms if language.code == "fr" else set())
        self.stem = re.compile("|".join(sorted(map(re.escape, stems))))
        self.month = re.compile(rf"{month}(?!\w)", re.I)
        self.in_words = re.compile(r"(?P<day>\w+(?:[\s-]\w+)?)\s(?:day\s)?of\s$", re.I)
        self.before = re.compile(
            rf"(?:(?P<first>\d{{1,2}}){_ORDINAL}(?:\s(?P<month>{month}))?(?:\s(?:1\d|20)\d\d)?{_DASH}{day_first})?(?<![\d.,])(?P<day>\d{{1,2}}){_ORDINAL}{_OLD}(?:\sday)?\s(?:of\s)?$",
            re.I,
        )
        self.after_day = re.compile(
            rf"\s(?P<day>\d{{1,2}})(?:st|nd|rd|th|d)?{_OLD}(?![\w%°]|[.,:]\d)"
            rf"(?:{_DASH}(?:(?P<other>{month})\s)?(?P<last>\d{{1,2}})(?:st|nd|rd|th|d)?(?![\w%°]|[.,:]\d))?(?:,?\s{_YEAR})?",
            re.I,
        )
        self.after = re.compile(rf"(?:,?\s(?:de\sl['’]an\s|of\s(?:the\syear\s)?|im\sJahre?\s)?{_YEAR})", re.I)
        self.second = re.compile(rf"{_DASH}(?P<other>{month}),?\s{_YEAR}", re.I)
        self.years = re.compile(r"(?<=[(\[])(?P<first>1\d\d\d)\s?[-–—]\s?(?P<last>\d{2}|\d{4})(?=[)\]])")

    def number(self, form: str) -> int:
        """The number of a month, 1 to 12."""
        return self.months.get(fold(form)) or self.months.get(form.lower()) or 0


@lru_cache(maxsize=8)
def _patterns(language: Language) -> _Patterns:
    return _Patterns(language)


def dates(text: str, language: Language, year: int | None = None) -> list[Found]:
    """The dates in a text. ``year`` is that of the heading, for days without one of their own."""
    if not language.months:
        return []
    words = _patterns(language)
    found: list[Found] = []
    end = 0
    for stem in words.stem.finditer(text):
        at = stem.start()
        match = words.month.match(text, at)
        if at < end or match is None or (at and (text[at - 1].isalnum() or text[at - 1] == "-")):
            continue
        one = _around(text, match, words, language, end, year)
        if one is not None:
            found.append(one)
            end = one.to
    if "(1" in text or "[1" in text:
        for years in words.years.finditer(text):
            last = years["last"] if len(years["last"]) == 4 else years["first"][:2] + years["last"]
            if int(last) > int(years["first"]):
                found.append(Found(years.start(), years.end(), start=years["first"], end=last))
    return found


def _around(text: str, match: re.Match[str], words: _Patterns, language: Language, after: int, carried: int | None) -> Found | None:
    """The date that a month's name belongs to; None when it stands alone."""
    month = words.number(match[0])
    if not month:
        return None
    at, to = match.span()
    low = max(after, at - 60)
    before = words.before.search(text[low:at])
    day = words.after_day.match(text, to)
    if before is not None and day is not None and before["day"] + " " == text[at - len(before["day"]) - 1 : at]:
        before = None  # "the Guild 3 October 23, 1891": a figure without an ending belongs to what is before
    following = words.after.match(text, to)
    if before is not None and 1 <= int(before["day"]) <= 31:
        year, end = (int(following["year"]), following.end()) if following is not None else (None, to)
        first = before["first"]
        start = low + (before.start("day") if first is None else before.start())
        other = words.number(before["month"]) if before["month"] else month
        return _made(start, end, year, carried, (other, first), (month, before["day"]), before["old"])
    if day is not None and 1 <= int(day["day"]) <= 31:
        year = int(day["year"]) if day["year"] else None
        if day["last"] is None:
            return _made(at, day.end(), year, carried, (month, None), (month, day["day"]), day["old"])
        other = words.number(day["other"]) if day["other"] else month
        return _made(at, day.end(), year, carried, (month, day["day"]), (other, day["last"]), day["old"])
    spelled = words.in_words.search(text[low:at])
    ordinal = language.parse_ordinal(spelled["day"].split()[-1]) or language.parse_ordinal(spelled["day"]) if spelled is not None else None
    if spelled is not None and ordinal is not None and ordinal <= 31:
        year, end = (int(following["year"]), following.end()) if following is not None else (None, to)
        last = spelled["day"] if language.parse_ordinal(spelled["day"]) else spelled["day"].split()[-1]
        return _made(low + spelled.end("day") - len(last), end, year, carried, (month, None), (month, str(ordinal)), None)
    second = words.second.match(text, to)
    if second is not None:
        other, year = words.number(second["other"]), int(second["year"])
        first_year = year if other >= month else year - 1
        return Found(at, second.end(), start=f"{first_year:04}-{month:02}", end=f"{year:04}-{other:02}") if other else None
    if following is not None:
        return Found(at, following.end(), when=f"{int(following['year']):04}-{month:02}")
    return None


def _made(
    at: int, to: int, year: int | None, carried: int | None, first: tuple[int, str | None], last: tuple[int, str], old: str | None
) -> Found | None:
    """A day, or a range of days; without @when where two calendars are printed side by side."""
    if old:
        return Found(at, to)
    cert = "medium" if year is None and carried is not None else None
    year = year if year is not None else carried
    end = _day(year, last[0], int(last[1]))
    if end is None:
        return None
    if first[1] is None:
        return Found(at, to, when=end, cert=cert)
    first_year = year - 1 if year is not None and first[0] > last[0] else year
    start = _day(first_year, first[0], int(first[1]))
    if start is None or (first[0] == last[0] and int(first[1]) >= int(last[1])):
        return None
    return Found(at, to, start=start, end=end, cert=cert)


def _day(year: int | None, month: int, day: int) -> str | None:
    longest = calendar.monthrange(year if year is not None else 2000, month)[1]
    if not 1 <= day <= longest:
        return None
    return f"{year:04}-{month:02}-{day:02}" if year is not None else f"--{month:02}-{day:02}"


def marks(text: str, language: Language, year: int | None = None) -> list[Mark]:
    """The dates of a flow as marks."""
    return [Mark(found.at, found.to, _maker(found), 5) for found in dates(text, language, year)]


def _maker(found: Found) -> Make:
    def make(content: Content, spans: Spans) -> model.Date:
        return model.Date(content, found.when, found.start, found.end, found.cert, spans)

    return make
