"""The parts of a reference to literature: author, title, edition, place, date, volume, pages, as printed."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from tei_pipeline import model
from tei_pipeline.inline.dates import dates
from tei_pipeline.inline.flow import Make, Mark
from tei_pipeline.inline.literature.references import CAPITAL, QUOTED_TITLE, Cues
from tei_pipeline.language import Language
from tei_pipeline.model import Content, Spans

Name = Literal["title", "author", "date", "edition", "pubPlace", "biblScope"]
Unit = Literal["volume", "page", "issue", "part", "chapter"]
UNITS: tuple[Unit, ...] = ("page", "volume", "issue", "chapter", "part")

RANK = 2
"""A reference to literature and its parts, among marks that cross: after references to notes and mends, before emphasised words."""

_SURNAME = re.compile(r"\s*([^\W\d_a-zà-ÿ][^\W\d_]+(?:[-'’][^\W\d_]+)*),\s")
_EDGE = " ,;:"
_YEAR = re.compile(r"[\s,(]((?:1[4-9]|20)\d\d(?:[-–/]\d{2,4})?)(?=[\s,.;:)\]_]|$)")
_PLACE = re.compile(r"[,.:(]\s([^\W\d_a-zà-ÿ][^\W\d_]+(?:[-–\s][^\W\d_a-zà-ÿ][^\W\d_]+){0,2}),?\s?$")
_NOTED = re.compile(r",\s?\d{1,3}")
_WORD = re.compile(r"[^\W\d_]{3,}")
_INITIALS = re.compile(r"(?:[^\W\d_a-zà-ÿ]\.\s?){2,}")


class Part(NamedTuple):
    """A part of a reference: its range in the flow, the element that it becomes, and its unit."""

    start: int
    end: int
    name: Name
    unit: Unit | None = None


def parts(text: str, start: int, end: int, words: Cues) -> list[Part]:
    """The parts of the reference between these places of a flow, in order."""
    found: list[Part] = []
    at = start
    while at < end:
        stop, beyond = _next_author(text, at, end, words)
        scopes = _scopes(text, at, stop, words)
        if scopes or stop == end:
            found.extend(_one(text, at, stop, scopes, words))
        at = beyond
    return found


def _next_author(text: str, start: int, end: int, words: Cues) -> tuple[int, int]:
    """Where a second reference begins (``…, p. 7, and L. Brandt, …``): the end of the first, the beginning of the second."""
    again = words.again.search(text, start + 1, end)
    while again is not None:
        if words.author.match(text, again.end(), end):
            return again.start(), again.end()
        again = words.again.search(text, again.end(), end)
    return end, end


def _one(text: str, start: int, end: int, scopes: list[Part], words: Cues) -> list[Part]:
    limit = scopes[0].start if scopes else end
    inside = words.see_inside.search(text, start, limit)
    at = inside.end() if inside is not None else start
    see = words.see.match(text, at, end)
    at = _past(text, see.end() if see is not None else at, end)
    if words.repeats.match(text, at, end) is not None:
        return scopes
    repeated = words.repeats.search(text, at, limit)
    found: list[Part] = []
    edition = words.edition.search(text, at, limit)
    author = words.author.match(text, at, limit) or _surname(text, at, limit, edition.start() if edition is not None else end, words)
    if author is not None:
        found.append(Part(at, author.end(1) if author.lastindex else author.end(), "author"))
        at = found[0].end
        if text[at : at + 2] in ("'s", "’s"):
            return [*found, *scopes]
    stop = limit
    for part in (
        *_dated(text, at, end, limit, scopes, words),
        *([Part(edition.start(), edition.end(), "edition")] if edition is not None else []),
    ):
        if part.start > at:
            found.append(part)
            stop = min(stop, part.start)
    title = _title(text, at, stop, words) if repeated is None else None
    if title is None and scopes and (marked := QUOTED_TITLE.search(text, scopes[-1].end, end)):
        title = Part(marked.start(), marked.end(), "title")
    if title is not None:
        found.append(title)
    return sorted([*found, *scopes])


def _surname(text: str, at: int, limit: int, edition: int, words: Cues) -> re.Match[str] | None:
    """``Brandt, Two Harbours``; before a mere volume only a name that the book also prints with initials."""
    surname = _SURNAME.match(text, at, limit)
    if surname is None:
        return None
    after = surname.end()
    if after >= limit:
        return surname if surname[1] in words.names else None
    return surname if after != edition and (CAPITAL.match(text, after, limit) or text[after] in '"“«_') else None


def _dated(text: str, at: int, end: int, limit: int, scopes: list[Part], words: Cues) -> list[Part]:
    """The date of the work, and the place printed before it."""
    year = next(
        (
            year
            for year in _YEAR.finditer(text, at + 1, end)
            if not any(scope.start <= year.start(1) < scope.end for scope in scopes)
            and not (year.start() < limit and words.before_year.search(text, at, year.start(1)))
        ),
        None,
    )
    if year is None:
        return []
    before = words.day_before.search(text, at, year.start(1))
    dated = Part(before.start() if before is not None else year.start(1), year.end(1), "date")
    place = _PLACE.search(text, at, dated.start)
    if place is None or place.start() <= at + 2 or any(scope.start < place.end(1) and place.start(1) < scope.end for scope in scopes):
        return [dated]
    return [Part(place.start(1), place.end(1), "pubPlace"), dated]


def _scopes(text: str, start: int, end: int, words: Cues) -> list[Part]:
    found: list[Part] = []
    for at, to, kind in words.scopes(text, start, end):
        initials = _INITIALS.match(text, at)
        if kind in UNITS and (initials is None or initials.end() < to):
            found.append(Part(at, to, "biblScope", kind))
    return found


def _title(text: str, start: int, end: int, words: Cues) -> Part | None:
    """The title between: what is quoted or emphasised, else the words with a capital; points at its edges stay outside."""
    marked = QUOTED_TITLE.search(text, start, end)
    if marked is not None:
        return Part(marked.start(), marked.end(), "title")
    start = _past(text, start, end)
    while end > start and text[end - 1] in " ,;:_*(":
        end -= 1
    if end - start > 1 and text[end - 1] == "." and not text[end - 2].isupper():
        end -= 1
    noted = _NOTED.search(text, start, end)
    if noted is not None and noted.end() == end:
        end = noted.start()
    title = text[start:end]
    article, _, rest = title.partition(" ")
    if not CAPITAL.match(rest if article in words.articles else title) or _WORD.search(title) is None:
        return None
    last = title.rsplit(" ", 1)
    if len(last) > 1 and last[1].islower() and last[1] in words.function_words:
        return None  # "Loi du / 20 février 1786": what is named ends in its date
    return Part(start, end, "title")


def _past(text: str, at: int, end: int) -> int:
    while at < end and text[at] in _EDGE:
        at += 1
    return at


def marks(found: list[Part], text: str, language: Language) -> list[Mark]:
    """The parts as marks, to stand inside the mark of their reference; dates with what their words fix."""
    return [
        Mark(part.start, part.end, _date(text[part.start : part.end], language) if part.name == "date" else _field(part), RANK, None, True)
        for part in found
    ]


def _date(words: str, language: Language) -> Make:
    day = next((day for day in dates(words, language) if day.to - day.at == len(words)), None)
    year = words[:4] if words[:4].isdigit() else None
    when, start, end = (day.when, day.start, day.end) if day is not None else (year if len(words) == 4 else None, None, None)

    def make(content: Content, spans: Spans) -> model.Date:
        return model.Date(content, when, start, end, None, spans)

    return make


def _field(part: Part) -> Make:
    def make(content: Content, spans: Spans) -> model.Inline:
        return model.Field(part.name, content, part.unit, spans)  # type: ignore[return-value]

    return make
