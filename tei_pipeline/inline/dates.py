"""Dates in running text: what their words fix, in ISO 8601 as TEI's ``teidata.temporal.w3c`` takes it.

Old and new style stand as printed: where two calendars or two years are printed, or the old style is named, nothing is fixed.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tei_pipeline import model
from tei_pipeline.folding import alternation
from tei_pipeline.inline.flow import Make, Mark
from tei_pipeline.inline.words import words as closed
from tei_pipeline.language import Language, fold, parse_roman
from tei_pipeline.model import Content, Spans
from tei_pipeline.seldom import seldom

_YEAR = r"(?P<year>(?:1\d|20)\d\d)(?!\d|[.,]\d\d)(?P<dual>/\d{1,4}(?!\d))?"
_UNTOLD = r"1\d(?:--|—|–|\*\*|\.\.)"  # "17—": the year that an author keeps to himself
_DASHES = "-|–|—"
_ROMAN = r"(?<![\w.])(?P<day>\d{1,2})[./]\s?(?P<month>X(?:I{1,2})?|IX|VI{0,3}|IV|I{1,3})[./]\s?(?P<year>(?:1\d|20)\d\d)(?!\w)"
_ISO = r"(?<![\w-])(?P<year>(?:1\d|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-2]\d|3[01])(?![\w-])"
_DOTTED = r"(?<![\w.])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>(?:1\d|20)\d\d)(?!\w)"
_FIGURES = re.compile(r"\d\d{0,3}[./-]\s?(?:\d{1,2}|[IVX]{1,4})[./-]\s?\d")
_NEAR = 24  # characters before a month in which the figures of a day are printed
_DIGIT = re.compile(r"\d")
_REACH = 60  # characters before a month in which what belongs to its date is printed


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
        own = closed(language.code).dates
        ending = rf"(?:{alternation(language.ordinal_suffixes)})"
        ordinal = rf"(?:{ending}|[º°.])?"
        old = rf"(?P<old>\s?\(\d{{1,2}}{ending}?\)|\s?/\s?\d{{1,2}})?"  # the day of the other calendar: which is meant cannot be told
        months = alternation(form for form in language.months if len(form) > 2)
        dash = rf"\s?(?:{_DASHES}|(?:{own.range}))\s?"
        day_first = rf"(?:(?:{own.before_day})\s)?"
        month = rf"(?:{months})"
        of = rf"\s(?:(?:{own.day})\s)?(?:(?:{own.of})\s)?"
        self.months = language.months
        forms = {form[:3] for form in language.months if len(form) > 2 and form[0].isalpha()}
        stems = {form.capitalize() for form in forms} | {form.upper() for form in forms} | (forms if own.small else set())
        self.stem = re.compile("|".join(sorted(map(re.escape, stems))))
        self.month = re.compile(rf"{month}(?!\w)", re.I)
        self.of = own.of_words
        self.in_words = re.compile(rf"(?P<day>\w+(?:[\s-]\w+)?)\s(?:(?:{own.day})\s)?(?:{own.of})\s$", re.I)
        self.in_bare_words = re.compile(rf"(?<!\w)(?P<day>{own.ordinals})\s$", re.I) if own.ordinals else None
        self.before = re.compile(
            rf"(?:(?P<first>\d{{1,2}}){ordinal}(?:\s(?:(?:{own.of})\s)?(?P<month>{month}))?(?:\s(?:1\d|20)\d\d)?{dash}{day_first})?"
            rf"(?<![\d.,])(?P<day>\d{{1,2}}){ordinal}{old}{of}$",
            re.I,
        )
        self.after_day = re.compile(
            rf"\s(?P<day>\d{{1,2}}){ending}?{old}(?![\w%°]|[.,:]\d)"
            rf"(?:{dash}(?:(?P<other>{month})\s)?(?P<last>\d{{1,2}}){ending}?(?![\w%°]|[.,:]\d))?(?:,?\s{_YEAR})?",
            re.I,
        )
        link = rf"(?:(?:{own.year}){_SPACE_OR_APOSTROPHE})?"
        self.after = re.compile(rf"(?:,?\s{link}{_YEAR})", re.I)
        self.second = re.compile(rf"{dash}(?P<other>{month}),?\s{link}{_YEAR}", re.I)
        self.years = re.compile(r"(?<=[(\[])(?P<first>1\d\d\d)\s?[-–—]\s?(?P<last>\d{2}|\d{4})(?=[)\]])")
        self.within = re.compile(rf"(?<!\w)(?:{own.within})\s$", re.I)
        self.style = re.compile(rf",?\s\(?(?:(?P<julian>{own.old})|(?:{own.new}))(?!\w)\)?", re.I)
        self.untold = re.compile(rf",?\s(?:{own.year}\s)?{_UNTOLD}")
        joined = rf"(?:,?\s(?P<both>{own.both})|,)\s"
        self.joined = re.compile(rf"{joined}{day_first}", re.I)
        self.joined_before = re.compile(rf"{joined}{day_first}$", re.I)
        self.parted = re.compile(rf"{dash}{day_first}", re.I)
        self.more_before = re.compile(
            rf"(?:^|[\s(—–-])(?P<lead>(?:{own.before_day}|{own.within})\s)?(?P<day>\d{{1,2}})(?P<end>{ordinal})$", re.I
        )
        self.more_after = re.compile(rf"{joined}(?P<day>\d{{1,2}})(?P<end>{ending})?(?![\w%°]|[.,:]\d)(?:,?\s{_YEAR})?", re.I)
        figures = [_ROMAN, _ISO, *([_DOTTED] if own.dotted else [])]
        self.figures = tuple(map(re.compile, figures))

    def number(self, form: str) -> int:
        """The number of a month, 1 to 12."""
        return self.months.get(fold(form)) or self.months.get(form.lower()) or 0


_SPACE_OR_APOSTROPHE = r"(?:\s|(?<=['’]))"


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
        if at < end or match is None or (at and _is_joined(text, at)):
            continue
        one = _around(text, match, words, language, end, year)
        if one is not None:
            one = _styled(text, one, words)
            found.extend(_listed(text, one, words, end))
            end = found[-1].to
    found = [*_ranges(text, _years_shared(text, found, words), words), *_in_figures(text, words)]
    if "(1" in text or "[1" in text:
        for years in words.years.finditer(text):
            last = years["last"] if len(years["last"]) == 4 else years["first"][:2] + years["last"]
            if int(last) > int(years["first"]):
                found.append(Found(years.start(), years.end(), start=years["first"], end=last))
    return sorted(found, key=lambda one: one.at)


def _is_joined(text: str, at: int) -> bool:
    """Whether what begins here goes on from a word or a hyphen: a dash of two hyphens parts."""
    return text[at - 1].isalnum() or (text[at - 1] == "-" and text[at - 2 : at] != "--")


def _around(text: str, match: re.Match[str], words: _Patterns, language: Language, after: int, carried: int | None) -> Found | None:
    """The date that a month's name belongs to; None when it stands alone."""
    month = words.number(match[0])
    if not month:
        return None
    at, to = match.span()
    low = max(after, at - _REACH)
    near = text[max(low, at - _NEAR) : at]
    before = words.before.search(text[low:at]) if _DIGIT.search(near) else None
    day = words.after_day.match(text, to)
    if before is not None and day is not None and words.untold.match(text, to):
        day = None  # "3 August 17**"
    if before is not None and day is not None and before["day"] + " " == text[at - len(before["day"]) - 1 : at]:
        before = None  # "the Guild 3 October 23, 1891": a figure without an ending belongs to what is before
    if day is not None and day["year"] is None and day[0].strip().isdigit() and words.within.search(text[low:at]):
        day = None  # "in May 20 men came"
    following = words.after.match(text, to)
    if before is not None and 1 <= int(before["day"]) <= 31:
        year, end, dual = _year(following, to)
        first = before["first"]
        start = low + (before.start("day") if first is None else before.start())
        other = words.number(before["month"]) if before["month"] else month
        return _made(start, end, year, carried, (other, first), (month, before["day"]), before["old"] or dual)
    if day is not None and 1 <= int(day["day"]) <= 31:
        year = int(day["year"]) if day["year"] else None
        old = day["old"] or day["dual"]
        if day["last"] is None:
            return _made(at, day.end(), year, carried, (month, None), (month, day["day"]), old)
        other = words.number(day["other"]) if day["other"] else month
        return _made(at, day.end(), year, carried, (month, day["day"]), (other, day["last"]), old)
    last = near.rstrip().rpartition(" ")[2].lower()
    spelled = words.in_words.search(text[low:at]) if last in words.of else None
    spelled = spelled or (words.in_bare_words.search(text[low:at]) if words.in_bare_words is not None else None)
    last = spelled["day"].split()[-1] if spelled else ""
    ordinal = _in_words(last, language) if last else None
    if spelled and (whole := _in_words(spelled["day"], language)) is not None and whole != ordinal:
        last, ordinal = spelled["day"], whole  # "twenty first"
    if spelled and ordinal is not None and ordinal <= 31:
        year, end, dual = _year(following, to)
        return _made(low + spelled.end("day") - len(last), end, year, carried, (month, None), (month, str(ordinal)), dual)
    second = words.second.match(text, to)
    if second is not None:
        other, year = words.number(second["other"]), int(second["year"])
        first_year = year if other >= month else year - 1
        return Found(at, second.end(), start=f"{first_year:04}-{month:02}", end=f"{year:04}-{other:02}") if other else None
    if following is not None:
        year, end, dual = _year(following, to)
        return Found(at, end, when=None if dual else f"{year:04}-{month:02}")
    return None


def _in_words(day: str, language: Language) -> int | None:
    """The number of a day in words; some languages count days by cardinals (``el dos de mayo``)."""
    ordinal = language.parse_ordinal(day)
    return language.parse_cardinal(day) if ordinal is None and closed(language.code).dates.cardinals else ordinal


def _year(following: re.Match[str] | None, to: int) -> tuple[int | None, int, str | None]:
    """The year printed after a month, where it ends, and the second one of ``1648/9``."""
    return (int(following["year"]), following.end(), following["dual"]) if following is not None else (None, to, None)


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
    if not 1 <= month <= 12:
        return None
    longest = calendar.monthrange(year if year is not None else 2000, month)[1]
    if not 1 <= day <= longest:
        return None
    return f"{year:04}-{month:02}-{day:02}" if year is not None else f"--{month:02}-{day:02}"


def _styled(text: str, one: Found, words: _Patterns) -> Found:
    """The date with the style printed after it (``O.S.``), or with the year that is left untold (``17—``)."""
    untold = words.untold.match(text, one.to) if one.when is not None and one.when.startswith("--") else None
    if untold is not None:
        one = one._replace(to=untold.end(), cert=None)
    style = words.style.match(text, one.to)
    if style is None:
        return one
    one = one._replace(to=style.end() - (style[0].endswith(")") and "(" not in style[0]))
    return one._replace(when=None, start=None, end=None, cert=None) if style["julian"] else one


def _listed(text: str, one: Found, words: _Patterns, after: int) -> Iterator[Found]:
    """The date with the other days of its month that are printed beside it: ``the 16th and 19th May``, ``April 26th and 30th``."""
    if one.when is None or len(one.when) < len("--01-01"):
        yield one
        return
    earlier: list[Found] = []
    first, day = one, int(one.when[-2:])
    while (gap := _joint_before(text, first.at, after, words)) is not None:
        more = words.more_before.search(text[max(after, gap - 12) : gap])
        if more is None or not int(more["day"]) < day or not (more["end"] or more["lead"] or (earlier and "," in text[gap : first.at])):
            break
        day = int(more["day"])
        start = max(after, gap - 12) + more.start("day")
        if (when := _of_day(one.when, day)) is None:
            break
        first = Found(start, gap, when=when, cert=one.cert)
        earlier.append(first)
    yield from reversed(earlier)
    yield one
    day = int(one.when[-2:])
    while one.when.startswith("--") and text[one.at : one.at + 1].isalpha():
        later = words.more_after.match(text, one.to)
        if later is None or not (later["end"] or later["year"]) or int(later["day"]) <= day:
            return
        when = _of_day(f"{int(later['year']):04}{one.when[1:]}" if later["year"] else one.when, int(later["day"]))
        if when is None:
            return
        day = int(later["day"])
        one = Found(later.start("day"), later.end(), when=None if later["dual"] else when, cert=one.cert)
        yield one
        if one.when is None:
            return


def _joint_before(text: str, at: int, after: int, words: _Patterns) -> int | None:
    """Where a list of days goes on before this place: the end of the item before."""
    low = max(after, at - 12)
    joint = words.joined_before.search(text[low:at])
    return low + joint.start() if joint is not None else None


def _of_day(when: str, day: int) -> str | None:
    """The day of the same month and year."""
    year = None if when.startswith("--") else int(when[:4])
    return _day(year, int(when[-5:-3]), day)


def _years_shared(text: str, found: list[Found], words: _Patterns) -> list[Found]:
    """Days of one list share the year printed at its end (``April 23 and May 2, 1778``); a mere comma does not make a list."""
    shared = list(found)
    listed = False
    for at in range(len(shared) - 2, -1, -1):
        one, other = shared[at], shared[at + 1]
        joint = words.joined.fullmatch(text, one.to, other.at)
        listed = joint is not None and (listed or joint["both"] is not None)
        if not listed or one.when is None or other.when is None or other.cert or not (one.when.startswith("--") or one.cert):
            continue
        if other.when.startswith("--") or len(other.when) != len("1801-01-01") or one.when[-5:] > other.when[-5:]:
            continue
        if (when := _day(int(other.when[:4]), int(one.when[-5:-3]), int(one.when[-2:]))) is not None:
            shared[at] = one._replace(when=when, cert=None)
    return shared


def _ranges(text: str, found: list[Found], words: _Patterns) -> list[Found]:
    """Two days with a dash between are one range; with a word between (``du 3 mai au 5 juin 1790``) if they share the year."""
    ranges: list[Found] = []
    for one in found:
        last = ranges[-1] if ranges else None
        if last is not None and last.when is not None and one.when is not None and len(one.when) >= len("--01-01") <= len(last.when):
            parted = words.parted.fullmatch(text, last.to, one.at)
            shared = last.when.startswith("--") and not one.when.startswith("--")
            start = f"{one.when[:4]}{last.when[1:]}" if shared else last.when
            alike = start.startswith("--") == one.when.startswith("--")
            if parted is not None and alike and start < one.when and (shared or not text[last.to : one.at].strip("-–— ")):
                ranges[-1] = Found(last.at, one.to, start=start, end=one.when, cert=one.cert)
                continue
        ranges.append(one)
    return ranges


def _in_figures(text: str, words: _Patterns) -> Iterator[Found]:
    """``1897-10-03``, ``3/X/1897``, and in languages that print them so ``3.10.1897``."""
    if _FIGURES.search(text) is None:
        return
    for pattern in words.figures:
        for match in pattern.finditer(text):
            month = int(match["month"]) if match["month"].isdigit() else parse_roman(match["month"]) or 0
            if (when := _day(int(match["year"]), month, int(match["day"]))) is not None:
                yield Found(match.start(), match.end(), when=when)


def marks(text: str, language: Language, year: int | None = None) -> list[Mark]:
    """The dates of a flow as marks."""
    return [Mark(found.at, found.to, _maker(found), 5) for found in dates(text, language, year)]


_ENTRY = seldom(r"_?(?P<first>[1-9]\d{2,3})(?:\s?[-–—]\s?(?P<last>\d{2}|\d{4}))?(?=[_.,:; ]*$)")


def year_marks(label: str) -> list[Mark]:
    """The year, or the first and the last, that the label of an entry in a chronicle is."""
    m = _ENTRY.match(label)
    if m is None:
        return []
    first, last = m["first"].zfill(4), m["last"]
    if last is None:
        found = Found(m.start("first"), m.end(), when=first)
    else:
        found = Found(m.start("first"), m.end(), start=first, end=last if len(last) == 4 else first[:2] + last)
    return [Mark(found.at, found.to, _maker(found), 5)]


def _maker(found: Found) -> Make:
    def make(content: Content, spans: Spans) -> model.Date:
        return model.Date(content, found.when, found.start, found.end, found.cert, spans)

    return make
