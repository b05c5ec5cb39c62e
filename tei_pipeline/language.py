"""The closed classes of a language: what rules may know of the words of a printed book, read from ``languages/CODE.toml``.

All forms are lower case. Forms with accents stand beside the same forms without (capitals are often printed bare), so
``fold(word) in language.months`` finds a word however it is printed, and :func:`alternation` makes a regular expression
of any of these classes, to be compiled with ``re.IGNORECASE``. Abbreviations have their full stop.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

from tei_pipeline.numerals import ROMAN, parse_roman

__all__ = ["DivisionWord", "Language", "ReactionWord", "alternation", "available", "fold", "guess", "load", "parse_roman"]

Matter = Literal["body", "front", "back", "either"]
ReactionKind = Literal["vocal", "kinesic", "incident"]

FOLDER = Path(__file__).with_name("languages")
UNDETERMINED = "und"
"""ISO 639-2 code of a language that is not known; its file holds what printers of every country share."""

RANKS = {
    "volume": 1, "part": 2, "book": 3, "act": 3, "section": 5, "article": 6, "subsection": 6,
}  # fmt: skip
DEFAULT_RANK = 4  # the rank of a chapter, and of whatever a book is numbered by: letters, cantos, scenes, sermons
SAMPLE = 20_000  # characters taken from the beginning, the middle and the end to guess the language


class DivisionWord(NamedTuple):
    """What a word that heads a division says: the division's type, where it usually stands, and its usual height.

    ``rank`` is 1 for the highest (volume) to 6 (article); 0: no height of its own, as a preface.
    """

    type: str
    matter: Matter
    rank: int


class ReactionWord(NamedTuple):
    """Kind and type of a reaction in the words of ParlaMint's schema (``kinesicType.val``, ``incidentType.val``, ``vocalType.val``)."""

    kind: ReactionKind
    type: str


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """The closed classes of one language. Two are equal only when they are the same object, so they can be keys of caches."""

    code: str
    name: str
    function_words: frozenset[str]

    cardinals: dict[str, int]
    ordinals: dict[str, int]
    multipliers: dict[str, int]
    ordinal_multipliers: dict[str, int]
    number_links: tuple[str, ...]
    number_articles: frozenset[str]
    number_respellings: tuple[tuple[str, str], ...]
    ordinal_suffixes: tuple[str, ...]
    last: frozenset[str]
    only: frozenset[str]

    months: dict[str, int]
    republican_months: frozenset[str]
    weekdays: dict[str, int]
    seasons: frozenset[str]

    divisions: dict[str, DivisionWord]
    genres: dict[str, str]

    note_sections: frozenset[str]
    note_prefixes: frozenset[str]
    contents: frozenset[str]
    page_words: frozenset[str]
    cast: frozenset[str]
    stage: frozenset[str]
    speakers: dict[str, Literal["role", "group"]]

    reactions: dict[str, ReactionWord]
    reaction_qualifiers: frozenset[str]
    reaction_places: frozenset[str]

    salutations: frozenset[str]
    closings: frozenset[str]
    postscripts: frozenset[str]

    citation_see: frozenset[str]
    citation_repeats: frozenset[str]
    citation_units: dict[str, str]
    citation_roles: dict[str, str]

    titles: frozenset[str]
    abbreviations: frozenset[str]
    enumeration: dict[str, int]
    lowercase_in_titles: frozenset[str]
    connectives: frozenset[str]

    trailers: frozenset[str]
    trailer_openers: frozenset[str]
    bylines: dict[str, str]
    imprint: frozenset[str]
    quotes: tuple[tuple[str, str], ...]

    def __reduce__(self) -> tuple[Callable[[str], Language], tuple[str]]:
        """Pickled by its code: a worker process loads its own."""
        return load, (self.code,)

    def parse_cardinal(self, words: str) -> int | None:
        """The value of a cardinal number in words, 1 to 999,999: "twenty-one", "vingt et un", "einundzwanzig"."""
        return _spelled(self, words, self._cardinal)

    def parse_ordinal(self, words: str) -> int | None:
        """The value of an ordinal number in words or of figures with an ordinal ending: "twenty-first", "the second", "21st", "XIXe"."""
        text = _plain(words)
        for suffix in self.ordinal_suffixes:
            figures = text.removesuffix(suffix)
            if figures != text and (value := _figures(figures)) is not None:
                return value
        return _spelled(self, words, self._ordinal)

    def parse_number(self, token: str) -> int | None:
        """The value of one number however it is printed: figures, ordinal, cardinal, Roman; stops and brackets around it do not count."""
        text = token.strip(" \t\r\n.,:;()[]")
        if text.isdecimal() and text.isascii():
            return _figures(text)
        for parse in (self.parse_cardinal, self.parse_ordinal, parse_roman):
            if (value := parse(text)) is not None:
                return value
        return None

    def _cardinal(self, text: str) -> int | None:
        if (value := self.cardinals.get(text)) is not None:
            return value
        for link in self.number_links:
            left, found, right = text.partition(f" {link} ")
            if found:
                pair = self.cardinals.get(left), self.cardinals.get(right)
                if (value := _unit_and_ten(*pair)) is not None:
                    return value
        return self._compound(text, self._cardinal)

    def _ordinal(self, text: str) -> int | None:
        if (value := self.ordinals.get(text)) is not None:
            return value
        for link in self.number_links:
            left, found, right = text.partition(f" {link} ")
            if found and (value := _unit_and_ten(self.cardinals.get(left), self.ordinals.get(right))) is not None:
                return value
        for word, factor in self.ordinal_multipliers.items():
            if text.endswith(word):
                count = self._cardinal(text.removesuffix(word).strip())
                if count is not None and count < 1000:
                    return count * factor
        return self._compound(text, self._ordinal)

    def _compound(self, text: str, rest: Callable[[str], int | None]) -> int | None:
        """Numbers over a hundred: what stands before "hundred" or "thousand" counts them, what stands behind is added."""
        for word, factor in self.multipliers.items():
            left, found, right = text.partition(word)
            if not found:
                continue
            count = self._cardinal(left.strip()) if left.strip() else 1
            right = right.strip()
            for link in self.number_links:
                right = right.removeprefix(f"{link} ")
            added = (0 if rest == self._cardinal else None) if not right else rest(right)
            if count is not None and added is not None and count < 1000 and added < factor:
                return count * factor + added
        return None


def fold(text: str) -> str:
    """The text in lower case, without accents, with straight apostrophes, ligatures and long s resolved, white space as single spaces."""
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS).casefold())
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).split())


def alternation(forms: Iterable[str]) -> str:
    """A regular expression that matches any of the forms, longest first; white space and hyphens match each other, and both apostrophes.

    Of no forms, one that never matches. Compile with ``re.IGNORECASE``.
    """
    ordered = sorted(set(forms), key=lambda form: (-len(form), form))
    if not ordered:
        return "(?!)"
    escaped = (re.escape(form).replace(r"\ ", _GAP).replace(r"\-", _GAP).replace("'", "['’]") for form in ordered)
    return f"(?:{'|'.join(escaped)})"


@lru_cache(maxsize=1)
def available() -> tuple[str, ...]:
    """The codes of the languages that have a data file, in alphabetical order, without ``und``."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml") if path.stem != UNDETERMINED))


@lru_cache(maxsize=64)
def load(code: str) -> Language:
    """The language of a BCP 47 tag (``en``, ``de-AT``). One without a data file gives ``und``: see ``code`` of what comes back."""
    primary = code.replace("_", "-").partition("-")[0].lower()
    if primary != code:
        return load(primary)
    if code not in available() and code != UNDETERMINED:
        return load(UNDETERMINED)
    return _build(tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8")))


def guess(text: str) -> tuple[str, float]:
    """The language that most words of a sample belong to, by its function words, and how sure that is, 0 to 1; ``("und", 0.0)`` if none."""
    middle = len(text) // 2
    if len(text) > 3 * SAMPLE:
        text = f"{text[:SAMPLE]} {text[middle - SAMPLE // 2 : middle + SAMPLE // 2]} {text[-SAMPLE:]}"
    words = _WORD.findall(text.replace("ſ", "s").lower())
    if len(words) < FEWEST_WORDS:
        return UNDETERMINED, 0.0
    shares = sorted(((sum(map(known.__contains__, words)) / len(words), code) for code, known in _function_words()), reverse=True)
    (best, code), (second, _) = (*shares, (0.0, ""))[:2]
    if best < LEAST_SHARE:
        return UNDETERMINED, 0.0
    return code, round(min(1.0, 2 * (1 - second / best)) * min(1.0, best / USUAL_SHARE), 2)


FEWEST_WORDS = 20  # fewer words say too little of a language
LEAST_SHARE = 0.15  # a text of another language shares up to about a tenth of its words by chance ("in", "a", "me")
USUAL_SHARE = 0.35  # function words are four to five in ten words of running text, fewer in lists and tables

_WORD = re.compile(r"[^\W\d_]+")
_GAP = r"[\s\-‐‑]+"
_LETTERS = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ſ": "s", "‐": "-", "‑": "-"})


@lru_cache(maxsize=1)
def _function_words() -> tuple[tuple[str, frozenset[str]], ...]:
    """The function words of every language; only the head of each file is read as TOML, for speed."""
    heads = ((code, (FOLDER / f"{code}.toml").read_text(encoding="utf-8").partition("\n[")[0]) for code in available())
    return tuple((code, frozenset(tomllib.loads(head)["function_words"].split())) for code, head in heads)


def _plain(words: str) -> str:
    return fold(words).replace("-", " ").strip(" .,:;()[]")


def _spelled(language: Language, words: str, parse: Callable[[str], int | None]) -> int | None:
    """Tries the words as printed, without an article, in modern spelling, and written together."""
    if len(words) > 80:  # characters; the longest number below a million in words is shorter in every language here
        return None
    text = _plain(words)
    first, _, rest = text.partition(" ")
    bare = rest if rest and first in language.number_articles and parse(text) is None else text
    modern = bare
    for old, new in language.number_respellings:
        modern = modern.replace(old, new)
    for form in (bare, modern, modern.replace(" ", "")):
        if form and (value := parse(form)) is not None:
            return value
    return None


def _figures(text: str) -> int | None:
    if ROMAN.fullmatch(text):
        return parse_roman(text)
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 9 else None


def _unit_and_ten(unit: int | None, ten: int | None) -> int | None:
    """One and twenty, or twenty and one."""
    if unit is None or ten is None:
        return None
    low, high = sorted((unit, ten))
    return low + high if low < 10 and 20 <= high < 100 and high % 10 == 0 else None


def _forms(value: str) -> tuple[str, ...]:
    """The forms of one entry, divided by bars or new lines, each also without accents."""
    forms = [form.strip() for form in value.replace("\n", "|").split("|")]
    if value.isascii():
        return tuple(filter(None, forms))
    return tuple(dict.fromkeys(form for printed in forms if printed for form in (printed, fold(printed))))


def _names(table: dict[str, Any], key: str) -> frozenset[str]:
    return frozenset(_forms(table.get(key, "")))


def _words(table: dict[str, Any], key: str) -> frozenset[str]:
    words = table.get(key, "").split()
    return frozenset(words) if table.get(key, "").isascii() else frozenset((*words, *map(fold, words)))


def _keyed(table: dict[str, Any]) -> dict[str, str]:
    """From form to key; the first key that lists a form keeps it."""
    found: dict[str, str] = {}
    for key, value in table.items():
        for form in _forms(value):
            found.setdefault(form, key)
    return found


def _counted(table: dict[str, Any], names: dict[str, int] | None = None) -> dict[str, int]:
    return {form: (names or {}).get(key) or int(key) for key, value in table.items() for form in _forms(value)}


def _numbers(numerals: dict[str, Any], kind: str, endings: tuple[str, ...]) -> dict[str, int]:
    """Number words by value; hyphens as spaces, since print and line ends have either."""
    found: dict[str, int] = {}
    listed = [entry for entry in numerals.get(kind, "").replace("\n", "|").split("|") if entry.strip()]
    for value, entry in enumerate(listed, start=1):
        for form in entry.split("/"):
            found.setdefault(fold(form).replace("-", " "), value)
    for key, entry in numerals.get(f"also_{kind}", {}).items():
        for form in _forms(entry):
            found.setdefault(fold(form).replace("-", " "), int(key))
    return {form + ending: value for form, value in found.items() for ending in endings} if endings else found


def _divisions(data: dict[str, Any]) -> dict[str, DivisionWord]:
    found: dict[str, DivisionWord] = {}
    for matter, types in data.get("divisions", {}).items():
        for type_, forms in types.items():
            word = DivisionWord(type_, cast(Matter, matter), RANKS.get(type_, DEFAULT_RANK) if matter == "body" else 0)
            for form in _forms(forms):
                found.setdefault(form, word)
    return found


def _reactions(data: dict[str, Any]) -> dict[str, ReactionWord]:
    found: dict[str, ReactionWord] = {}
    for kind, types in data.get("reactions", {}).items():
        for type_, forms in types.items():
            word = ReactionWord(cast(ReactionKind, kind), type_)
            for form in _forms(forms):
                found.setdefault(form, word)
    return found


def _build(data: dict[str, Any]) -> Language:
    def table(name: str) -> dict[str, Any]:
        return cast(dict[str, Any], data.get(name, {}))

    numerals, calendar, letters, citation = table("numerals"), table("calendar"), table("letters"), table("citation")
    weekdays = [line for line in calendar.get("weekdays", "").split("\n") if line.strip()]
    return Language(
        code=data["code"],
        name=data["name"],
        function_words=frozenset(data["function_words"].split()),
        cardinals=_numbers(numerals, "cardinals", ()),
        ordinals=_numbers(numerals, "ordinals", _forms(numerals.get("endings", ""))),
        multipliers=dict(sorted(_counted(numerals.get("multipliers", {})).items(), key=lambda item: (-item[1], -len(item[0])))),
        ordinal_multipliers=dict(
            sorted(_counted(numerals.get("ordinal_multipliers", {})).items(), key=lambda item: (-item[1], -len(item[0])))
        ),
        number_links=_forms(numerals.get("links", "")),
        number_articles=_names(numerals, "articles"),
        number_respellings=tuple((old, new) for old, _, new in (pair.partition("=") for pair in _forms(numerals.get("respellings", "")))),
        ordinal_suffixes=tuple(sorted(_forms(numerals.get("suffixes", "")), key=len, reverse=True)),
        last=_names(numerals, "last"),
        only=_names(numerals, "only"),
        months=_counted(table("months")),
        republican_months=_names(calendar, "republican_months"),
        weekdays={form: day for line in weekdays for day, name in enumerate(line.split("|"), start=1) for form in _forms(name)},
        seasons=_names(calendar, "seasons"),
        divisions=_divisions(data),
        genres=_keyed(table("genres")),
        note_sections=_names(table("notes"), "sections"),
        note_prefixes=_names(table("notes"), "prefixes"),
        contents=_names(table("contents"), "names"),
        page_words=_names(table("contents"), "page_words"),
        cast=_names(table("cast"), "names"),
        stage=_names(table("stage"), "openers"),
        speakers=cast("dict[str, Literal['role', 'group']]", _keyed(table("speakers"))),
        reactions=_reactions(data),
        reaction_qualifiers=_words(table("reaction_words"), "qualifiers"),
        reaction_places=_words(table("reaction_words"), "places"),
        salutations=_names(letters, "salutations"),
        closings=_names(letters, "closings"),
        postscripts=_names(letters, "postscripts"),
        citation_see=_names(citation, "see"),
        citation_repeats=_names(citation, "repeats"),
        citation_units=_keyed(citation.get("units", {})),
        citation_roles=_keyed(citation.get("roles", {})),
        titles=_names(table("titles"), "address"),
        abbreviations=_names(table("titles"), "abbreviations"),
        enumeration=_counted(table("enumeration"), {"last": -1}),
        lowercase_in_titles=_words(table("titling"), "lowercase"),
        connectives=_words(table("sentences"), "connectives"),
        trailers=_names(table("trailers"), "whole"),
        trailer_openers=_names(table("trailers"), "openers"),
        bylines=_keyed(table("bylines")),
        imprint=_names(table("imprint"), "words"),
        quotes=tuple(
            (left, right) for left, _, right in (pair.partition(" ") for pair in table("quotes").get("pairs", "").split(" | ")) if right
        ),
    )
