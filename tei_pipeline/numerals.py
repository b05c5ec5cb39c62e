"""Numbers as books print them: Roman and Greek numerals, figures with ordinal endings, and number words of a language."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from msgspec import Struct

from tei_pipeline.folding import fold

LONGEST = 80  # characters; a longer text is no number below a million in words
MOST_FIGURES = 9  # more figures together count nothing in a book

_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}

ROMAN = re.compile(r"(?=[ivxlcdmj])m{0,3}(?:cm|cd|d?c{0,4})(?:xc|xl|l?x{0,4})(?:ix|iv|v?(?:i{0,4}|i{0,3}j))", re.IGNORECASE | re.ASCII)
"""A whole Roman numeral, 1 to 3999; also additive (IIII, VIIII, XXXX, LXXXX, CCCC) and with a final j (viij), as older books print them."""


def parse_roman(text: str) -> int | None:
    """The value of a Roman numeral in capitals or in small letters (not mixed), 1 to 3999, or None.

    Strict, but for the old additive forms and the final j. Says nothing of whether "I", "mix" or "di" is meant as a word.
    """
    if len(text) > 19 or not (text.islower() or text.isupper()) or not ROMAN.fullmatch(text):
        return None
    values = [_VALUES[char] for char in text.lower().replace("j", "i")]
    return sum(-value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True))


_STROKES = "\u0384\u0374\u02b9\u00b4'\u2019"  # as typed: tonos, keraia, prime, accent, apostrophes
GREEK = re.compile(
    rf"(?=[^{_STROKES}])(?P<hundreds>[ρ-ω](?<![ςσ](?=τ)))?(?P<tens>[ι-πϙϟ])?(?P<units>στ|[α-θϛ])?[{_STROKES}]", re.IGNORECASE
)
"""A whole number in Greek letters, 1 to 999, which the stroke tells from a word."""

_GREEK_DIGITS = {"hundreds": "ρστυφχψω", "tens": "ικλμνξοπϟ", "units": "αβγδεϛζηθ"}


def parse_greek(text: str) -> int | None:
    """The value of a number in Greek letters with its stroke (α΄, ΙΒ΄), or None; six is also written as two letters (ΣΤ΄)."""
    found = GREEK.fullmatch(text) if len(text) <= MOST_FIGURES else None
    if found is None:
        return None
    figures = (digits.find(_letter(found[place])) + 1 if found[place] else 0 for place, digits in _GREEK_DIGITS.items())
    return int("".join(map(str, figures)))


def _letter(printed: str) -> str:
    """The letter that counts, as its number is listed."""
    return {"στ": "ϛ", "ϙ": "ϟ", "ς": "σ"}.get(printed.lower(), printed.lower())


class NumberWords(Struct, frozen=True, eq=False):
    """The number words of one language, all folded, hyphens as spaces, and how they join."""

    cardinals: dict[str, int]
    ordinals: dict[str, int]
    multipliers: tuple[tuple[str, int], ...]
    """Hundred, thousand, and their plurals: the highest and longest first."""
    ordinal_multipliers: tuple[tuple[str, int], ...]
    links: tuple[str, ...]
    """Words inside a number: "and", "et", "und"."""
    articles: frozenset[str]
    respellings: tuple[tuple[str, str], ...]
    """Old spellings and their modern ones, part of a word each."""
    suffixes: tuple[str, ...]
    """What makes arabic figures ordinal: "th", "er", "."."""
    roman_suffixes: tuple[str, ...]
    """The same of Roman numerals in capitals; fewer, since "Id." and "Ist" may be words."""
    chained: bool
    """Both ten and unit are ordinals: "vicesimus primus"."""

    def cardinal(self, words: str) -> int | None:
        """The value of a cardinal number in words, 1 to 999,999, or None."""
        return self._spelled(words, self._cardinal)

    def ordinal(self, words: str) -> int | None:
        """The value of an ordinal number in words, or of figures or Roman capitals with an ordinal ending, or None."""
        if found := _suffixed(self.suffixes, self.roman_suffixes).fullmatch(words.strip()):
            figures = found["arabic"] or found["roman"]
            return _whole(figures) if figures.isdecimal() else parse_roman(figures)
        return self._spelled(words, self._ordinal)

    def number(self, token: str) -> int | None:
        """The value of one number however it is printed: figures, words, ordinal or Roman; stops and brackets around it do not count."""
        if len(token) > LONGEST:
            return None
        text = token.strip(" \t\r\n.,:;()[]")
        if text.isdecimal():
            return _whole(text)
        for parse in (self.cardinal, self.ordinal, parse_roman, parse_greek):
            if (value := parse(text)) is not None:
                return value
        return None

    def _spelled(self, words: str, parse: Callable[[str], int | None]) -> int | None:
        """Tries the words as printed, without an article, in modern spelling, and written together."""
        if not words or len(words) > LONGEST:
            return None
        text = " ".join(fold(words).replace("-", " ").strip(" .,:;()[]").split())
        first, _, rest = text.partition(" ")
        bare = rest if rest and first in self.articles and parse(text) is None else text
        modern = bare
        for old, new in self.respellings:
            modern = modern.replace(old, new)
        for form in (bare, modern, modern.replace(" ", "")):
            if form and (value := parse(form)) is not None:
                return value
        return None

    def _cardinal(self, text: str) -> int | None:
        if (value := self.cardinals.get(text)) is not None:
            return value
        if (value := self._pair(text, self.cardinals)) is not None:
            return value
        return self._compound(text, self._cardinal, ends=True)

    def _ordinal(self, text: str) -> int | None:
        if (value := self.ordinals.get(text)) is not None:
            return value
        if (value := self._pair(text, self.ordinals)) is not None:
            return value
        for word, factor in self.ordinal_multipliers:
            count = self._cardinal(text.removesuffix(word).strip()) if text.endswith(word) else None
            if count is not None and count < 1000:
                return count * factor
        return self._compound(text, self._ordinal, ends=False)

    def _pair(self, text: str, last: dict[str, int]) -> int | None:
        """Twenty one, twenty and one, one and twenty: a ten and a unit, the last of them in the given class."""
        for gap in (*(f" {link} " for link in self.links), " "):
            left, found, right = text.partition(gap)
            if not found:
                continue
            one, other = self.cardinals.get(left), last.get(right)
            if one is None and self.chained:
                one = self.ordinals.get(left)
            if one is None or other is None:
                continue
            low, high = sorted((one, other))
            if 0 < low < 10 and high < 100 and high % 10 == 0 and (high >= 20 or self.chained) and (one > other or gap != " "):
                return low + high
        return None

    def _compound(self, text: str, rest: Callable[[str], int | None], *, ends: bool) -> int | None:
        """Over a hundred: what stands before "hundred" counts it, what stands behind is added; nothing need, if it ``ends``."""
        for word, factor in self.multipliers:
            left, found, right = text.partition(word)
            if not found:
                continue
            count = self._cardinal(left.strip()) if left.strip() else 1
            for link in self.links:
                right = right.strip().removeprefix(link)
            added = rest(right.strip()) if right.strip() else 0 if ends else None
            if count is not None and added is not None and 0 < count < 1000 and added < factor:
                return count * factor + added
        left, found, right = text.partition(" ")
        hundreds = self.cardinals.get(left) or (self.ordinals.get(left) if self.chained else None)
        if found and hundreds and hundreds >= 100 and hundreds % 100 == 0:
            for link in self.links:
                right = right.removeprefix(f"{link} ")
            added = rest(right)
            if added is not None and added < 100:
                return hundreds + added
        return None


@lru_cache(maxsize=16)
def _suffixed(suffixes: tuple[str, ...], roman_suffixes: tuple[str, ...]) -> re.Pattern[str]:
    """Figures with an ending, also raised as in volunteers' transcriptions (1^{er}); that of a Roman numeral small, unless a mark
    parts it (II:NEN).
    """
    parted = [ending for ending in roman_suffixes if ending[0] == ":"]
    arabic, roman, apart = ("|".join(map(re.escape, endings)) or "(?!)" for endings in (suffixes, roman_suffixes, parted))
    raised = rf"\^\{{?(?i:{roman})\}}?|\.?[°ºª]|(?:{roman})|(?i:{apart})"
    return re.compile(rf"(?:(?P<arabic>[0-9]{{1,9}})\.?\^?\{{?(?i:{arabic})\}}?|(?P<roman>[IVX]|[IVXLCDM]{{2,}})(?:{raised}))\.?")


def _whole(figures: str) -> int | None:
    return int(figures) if figures.isascii() and len(figures) <= MOST_FIGURES else None
