"""The book's own vocabulary: how often it writes each word inside its lines, where no line end has broken it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct, field

from tei_pipeline.rows import HYPHENS, LINE_END_HYPHENS

WORD = re.compile(rf"[^\W\d_]+(?:[{HYPHENS}'’][^\W\d_]+)*")
_LETTERS = re.compile(r"[^\W\d_]+")
_BROKEN = r"[ \t]*(?:\r\n?|\n)\s*"
_PLAIN = {sign: "-" for sign in HYPHENS if sign != "-"} | {"’": "'"}
_ENDING = 3  # letters: the inflections of English, French and German are seldom longer
_POINTS = ".,;:!?()[]\"“”„‚‘'«»‹›_*—–…"


class Vocabulary(Struct):
    """Words in lower case, with hyphens and apostrophes inside them made plain, and how often each stands inside a line.

    A word with an apostrophe counts also as its longest part, without the article or ending. ``text`` is the plain text that was
    counted, as long as the source's (empty if lower case made it longer), ``tokens`` what stands between white space in it, points
    included, ``types`` how often.
    """

    words: Counter[str] = field(default_factory=Counter)
    text: str = ""
    tokens: list[str] = field(default_factory=list)
    types: Counter[str] = field(default_factory=Counter)
    _forward: list[str] = field(default_factory=list)
    _backward: list[str] = field(default_factory=list)
    _hyphened: list[str] = field(default_factory=list)
    _firsts: Counter[str] = field(default_factory=Counter)
    _lasts: Counter[str] = field(default_factory=Counter)

    def count(self, word: str) -> int:
        """How often the book writes this word, in its plain form, inside a line."""
        return self.words.get(word, 0)

    def compounds(self, first: str = "", last: str = "") -> int:
        """How many different hyphenated words have this first, or this last, member."""
        if not self._firsts:
            members = [word.split("-") for word in self._joined()]
            self._firsts = Counter([parts[0] for parts in members])
            self._lasts = Counter([parts[-1] for parts in members])
        return self._firsts[first] if first else self._lasts[last]

    def starting(self, stem: str) -> Iterator[str]:
        """The words of the book, without hyphen, that begin so."""
        return _starting(self._in_order(), stem)

    def hyphened(self, stem: str) -> list[str]:
        """The words of the book that begin so, hyphen included."""
        return [word for word in self._joined() if word.startswith(stem)]

    def related(self, stem: str) -> bool:
        """Whether the book writes a word, without hyphen, that begins so."""
        return any(True for _ in _starting(self._in_order(), stem))

    def is_word(self, word: str) -> bool:
        """Whether the book writes this word or one with another ending of at most three letters."""
        if word in self.words or len(word) <= _ENDING:
            return word in self.words
        stem = word[: max(_ENDING + 1, len(word) - _ENDING)]
        return any(len(other) <= len(word) + _ENDING for other in _starting(self._in_order(), stem))

    def grown(self, first: str = "", last: str = "") -> int:
        """How many different words are written in one of this and another word of the book: a prefix, a suffix has many."""
        if first:
            return sum(1 for word in self.starting(first) if len(word) > len(first) + 2 and word[len(first) :] in self.words)
        if not self._backward:
            self._backward = sorted([word[::-1] for word in self.words if word.isalpha()])
        backward = self._backward
        return sum(1 for word in _starting(backward, last[::-1]) if len(word) > len(last) + 1 and word[: len(last) - 1 : -1] in self.words)

    def _joined(self) -> list[str]:
        if not self._hyphened:
            self._hyphened.extend([word for word in self.words if "-" in word])
        return self._hyphened

    def fragments(self) -> frozenset[str]:
        """Every run of letters in the text, in lower case: parts of words before and after hyphens, apostrophes and points too."""
        return frozenset(_LETTERS.findall(" ".join(self.types)))

    def forget(self) -> None:
        """Count anew what was derived from ``words``, after they have been changed."""
        for derived in (self._forward, self._backward, self._hyphened, self._firsts, self._lasts):
            derived.clear()

    def _in_order(self) -> list[str]:
        if not self._forward:
            self._forward = sorted([word for word in self.words if word.isalpha()])
        return self._forward


def _starting(ordered: list[str], stem: str) -> Iterator[str]:
    at = bisect_left(ordered, stem)
    while at < len(ordered) and ordered[at].startswith(stem):
        yield ordered[at]
        at += 1


def plain(word: str) -> str:
    """The form of a word that a :class:`Vocabulary` counts: lower case, plain hyphens and apostrophes."""
    low = word.lower()
    if not low.isascii():
        for sign, usual in _PLAIN.items():
            if sign in low:
                low = low.replace(sign, usual)
    return low


def vocabulary(text: str) -> Vocabulary:
    """The vocabulary of a whole text. The halves of words at its line ends do not count."""
    low = plain(text)
    tokens = low.split()
    types = Counter(tokens)
    words: dict[str, int] = {}
    get = words.get
    for token, times in types.items():
        bare = token if token.isalpha() else token.strip(_POINTS)
        if bare.isalpha():
            words[bare] = get(bare, 0) + times
            continue
        found = WORD.findall(bare)
        if found and bare[-1] in LINE_END_HYPHENS and not bare.endswith("--"):
            found.pop()
        for word in found:
            words[word] = get(word, 0) + times
            if "'" in word:
                part = max(word.split("'"), key=len)
                if len(part) >= _ENDING:
                    words[part] = get(part, 0) + times
    for sign in LINE_END_HYPHENS:
        for end in re.finditer(re.escape(sign) + _BROKEN, text) if sign in text else ():
            second = WORD.match(text, end.end())
            if second and text[end.start() - 1 : end.start()].isalpha():
                half = plain(second[0])
                words[half] = get(half, 0) - 1
    counted = Counter({word: times for word, times in words.items() if times > 0})
    return Vocabulary(counted, low if len(low) == len(text) else "", tokens, types)
