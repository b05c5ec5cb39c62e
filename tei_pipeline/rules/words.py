"""Words that rules look for, compiled once per language from its closed classes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tei_pipeline.language import DivisionWord, Language, alternation, fold, parse_roman

_DASH = r"[\s.,:;—–\-_=]*"
_ROMAN = r"[IVXLCDM]{1,9}|[ivxlcdm]{1,9}"
_TOKEN = r"[^\W_]+(?:[-'’][^\W_]+)*"


@dataclass(frozen=True, slots=True)
class HeadLabel:
    """The label at the front of a heading: its length, the number as printed and as a figure, the division type and rank (0: a bare number)."""

    length: int
    n: str
    number: int
    type: str
    rank: int
    matter: str = "body"


@dataclass(frozen=True, slots=True)
class Words:
    """Compiled patterns of one language."""

    language: Language
    division_first: re.Pattern[str]
    number_first: re.Pattern[str]
    month: re.Pattern[str]
    date: re.Pattern[str]
    salute: re.Pattern[str]
    closing: re.Pattern[str]
    postscript: re.Pattern[str]
    byline: re.Pattern[str]
    imprint: re.Pattern[str]
    trailer: re.Pattern[str]
    role: re.Pattern[str]
    stage: re.Pattern[str]


@lru_cache(maxsize=16)
def words(language: Language) -> Words:
    """The patterns of a language."""
    numbered = [form for form, word in language.divisions.items() if word.rank]
    divisions = alternation(numbered)
    months = alternation([m for m in language.months if len(m) > 2])
    day = r"(?:\d{1,2}(?:st|nd|rd|th|d|er|re|\.)?)"
    year = r"(?:1\d{3}|20\d{2}|17—|18—|17--|18--|'\d\d)"
    weekdays = alternation(language.weekdays)
    flags = re.IGNORECASE
    return Words(
        language,
        re.compile(rf"(?:the\s+)?({divisions})(?![^\W_])[\s.]*(?:the\s+|the\s*)?({_TOKEN}(?:[\s-]+{_TOKEN}){{0,3}})?", flags),
        re.compile(
            rf"(?:{alternation(language.number_articles)}\s+)?({_TOKEN}\.?(?:[\s-]+{_TOKEN}){{0,2}}?)\s+({divisions})(?![^\W_])", flags
        ),
        re.compile(rf"(?<![^\W_]){months}(?![^\W_])", flags),
        re.compile(
            rf"(?:(?<![^\W_]){day}\s*(?:of\s+|de\s+)?{months}|(?<![^\W_]){months}\s*,?\s*{day}|(?<![^\W_]){months},?\s+{year}|{weekdays}[ ,.]+(?:{day}|{months})|\b\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b)",
            flags,
        ),
        re.compile(rf"[\"“„«'‘]?(?:{alternation(language.salutations)})(?![^\W_])", flags),
        re.compile(rf"[\"“„«'‘]?(?:{alternation(language.closings)})(?![^\W_])", flags),
        re.compile(rf"[\"“„«'‘(]?(?:{alternation(language.postscripts)})(?![^\W_])", flags),
        re.compile(rf"(?:{alternation(form for form in language.bylines if len(form) > 2 or form == 'by')})(?![^\W_])", flags),
        re.compile(rf"(?<![^\W_])(?:{alternation(language.imprint)})(?![^\W_])", flags),
        re.compile(rf"\W*(?:(?:{alternation(language.trailers)})\W*$|(?:{alternation(language.trailer_openers)})(?![^\W_]))", flags),
        re.compile(rf"(?:{alternation(language.speakers)})(?![^\W_])", flags),
        re.compile(rf"\W*(?:{alternation(language.stage)})(?![^\W_])", flags),
    )


def head_label(text: str, language: Language) -> HeadLabel | None:
    """The label that a heading begins with: a division word with its number, in either order, or a bare number."""
    patterns = words(language)
    if (m := patterns.division_first.match(text)) is not None:
        word = _word(language, m[1])
        if m[2] and word:
            found = _number(m[2], language)
            if found:
                length, number = found
                return HeadLabel(m.start(2) + length, m[2][:length], number, word.type, word.rank, word.matter)
    first = text[0]
    if (
        first.isalpha()
        and (m := patterns.number_first.match(text)) is not None
        or first.isdigit()
        and (m := patterns.number_first.match(text))
    ):
        assert m is not None
        word = _word(language, m[2])
        if word:
            value = language.parse_ordinal(m[1].rstrip(".")) or (
                int(m[1].rstrip(".")) if m[1].rstrip(".").isdigit() and "." in m[1] else None
            )
            if value:
                return HeadLabel(m.end(2), m[1], value, word.type, word.rank, word.matter)
    return bare_label(text)


def _word(language: Language, form: str) -> DivisionWord | None:
    return language.divisions.get(form.lower()) or language.divisions.get(fold(form)) or language.divisions.get(fold(form).rstrip("."))


_BARE = re.compile(rf"[\[(]?(?:§+\s*)?(?:([0-9]{{1,3}}(?:\.[0-9]{{1,3}})*)|({_ROMAN}))(?:[.):\]]|(?=\s|$|[—–-]))", re.ASCII)


def bare_label(text: str) -> HeadLabel | None:
    """A number alone, or before a title: ``IV``, ``12.``, ``§ 3``, ``2.1``."""
    m = _BARE.match(text)
    if not m:
        return None
    if m[1]:
        return HeadLabel(m.end(), m[1], int(m[1].split(".")[-1]), "", 5 + m[1].count(".") + 1)
    value = parse_roman(m[2])
    if not value or (len(m[2]) == 1 and m[2] in "cdmCDMlL" and len(text) > m.end()):
        return None
    return HeadLabel(m.end(), m[2], value, "", 5)


def _number(rest: str, language: Language) -> tuple[int, int] | None:
    """The number that words begin with: the longest run of them that is one, and its value."""
    tokens = list(re.finditer(_TOKEN, rest))
    first = tokens[0].group()
    if first.isdigit() and len(first) <= 4:
        return tokens[0].end(), int(first)
    if not first.isdigit() and (first.isupper() or first.islower()):
        value = parse_roman(first)
        if value:
            return tokens[0].end(), value
    for count in range(len(tokens), 0, -1):
        piece = rest[: tokens[count - 1].end()]
        if len(piece) > 40:
            continue
        value = language.parse_ordinal(piece) or language.parse_cardinal(piece)
        if value:
            return tokens[count - 1].end(), value
        if fold(piece) in language.last:
            return tokens[count - 1].end(), 0
    if len(first) == 1 and first.isupper():
        return tokens[0].end(), ord(first) - 64
    return None


_TRIM = re.compile(r"^[\W_]+|[\W_]+$")


def named_division(text: str, language: Language) -> DivisionWord | None:
    """What a heading like PREFACE, NOTES or INDEX names, alone or with words after it (``NOTES ON ...``, ``PREFACE TO THE ...``)."""
    bare = fold(_TRIM.sub("", text))
    if not bare or len(bare) > 90:
        return None
    word = language.divisions.get(bare)
    if word is not None:
        return word
    tokens = bare.split()
    if len(tokens) > 1:
        for count in (3, 2, 1):
            lead = " ".join(tokens[:count]).rstrip(".,:;")
            word = language.divisions.get(lead)
            if word is not None and word.matter != "body" and count < len(tokens) and tokens[count] in _LINKS:
                return word
        last = language.divisions.get(tokens[-1].rstrip("."))
        if (
            last is not None
            and last.matter in ("front", "back")
            and len(tokens) <= 4
            and ("'" in bare or tokens[0] in _LINKS or last.type in ("notes", "preface"))
        ):
            return last
    return None


_LINKS = frozenset(
    "to on of by for the a an and in from zu zur zum des der den die das aus über ueber du de des au aux à a sur par et pour d'un di del della dei al alla".split()
)
