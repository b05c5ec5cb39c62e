"""Words in a text, found however its lines break: white space never counts, and hyphens only where that is needed to tell words apart."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from difflib import SequenceMatcher
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from tei_pipeline.source import Source

_TOKEN = re.compile(r"\S+")
_WORD = re.compile(r"\w+")
_HYPHENS = re.compile(r"[-­¬‐‑]")
FEWEST = 3  # words of an anchor, where its line has so many: fewer would soon stand elsewhere too
LONGEST = 24  # words of an anchor: what is not unique by then is a refrain, and is counted
_PROBED = 6  # the rarest words of an anchor that was lost, by which the nearest match is looked for
_OFTEN = 400  # places of a word that is not rare
NEAR = 0.5  # likeness (difflib) from which words are worth showing as the nearest match


class Place(NamedTuple):
    """Where words stand: the range of the source from their first character to past their last."""

    start: int
    end: int


class Near(NamedTuple):
    """The nearest match of words that were not found: its place, and how like it is (0 to 1)."""

    place: Place
    likeness: float


class _Squeezed:
    """The characters of some lines without white space (and hyphens), with the way back."""

    def __init__(self, source: Source, hidden: Container[int], hyphens: bool) -> None:
        self.places = array("L")
        parts: list[str] = []
        self.hyphens = hyphens
        for number, line in enumerate(source.lines):
            if number in hidden:
                continue
            for token in _TOKEN.finditer(line.text):
                start = line.start + token.start()
                if hyphens or not _HYPHENS.search(token[0]):
                    parts.append(token[0])
                    self.places.extend(range(start, start + len(token[0])))
                    continue
                for piece in re.finditer(r"[^-­¬‐‑]+", token[0]):
                    parts.append(piece[0])
                    self.places.extend(range(start + piece.start(), start + piece.end()))
        self.text = "".join(parts)

    def find(self, words: str) -> Iterator[Place]:
        sought = "".join(words.split())
        if not self.hyphens:
            sought = _HYPHENS.sub("", sought)
        at = self.text.find(sought) if sought else -1
        while at >= 0:
            yield Place(self.places[at], self.places[at + len(sought) - 1] + 1)
            at = self.text.find(sought, at + 1)


class Words:
    """The words of a source; ``hidden`` lines (page furniture) are passed over as long as the words are found without them."""

    def __init__(self, source: Source, hidden: Container[int] = ()) -> None:
        self.source = source
        self.hidden = hidden

    def _ways(self) -> Iterator[_Squeezed]:
        """The text as it is searched, each way only when those before have found nothing."""
        yield self._running
        if self.hidden:
            yield self._every
        yield self._unhyphened

    @cached_property
    def _running(self) -> _Squeezed:
        return _Squeezed(self.source, self.hidden, True)

    @cached_property
    def _every(self) -> _Squeezed:
        return _Squeezed(self.source, (), True)

    @cached_property
    def _unhyphened(self) -> _Squeezed:
        return _Squeezed(self.source, self.hidden, False)

    @cached_property
    def tokens(self) -> list[Place]:
        """The printed words of the lines that are not hidden."""
        lines = self.source.lines
        return [
            Place(line.start + token.start(), line.start + token.end())
            for number, line in enumerate(lines)
            if number not in self.hidden
            for token in _TOKEN.finditer(line.text)
        ]

    def find(self, words: str, within: Place | None = None) -> list[Place]:
        """Every place of the words, as whole words, in the order of the text; ``within``: only those inside that range."""
        return next((found for found in (list(self._whole(way.find(words), within)) for way in self._ways()) if found), [])

    def is_unique(self, words: str) -> bool:
        """Whether the words stand in one place; what stands in thousands is not looked for to the end."""
        found = next((found for found in (list(islice(self._whole(way.find(words), None), 2)) for way in self._ways()) if found), [])
        return len(found) == 1

    def _whole(self, found: Iterable[Place], within: Place | None) -> Iterator[Place]:
        text = self.source.text
        for place in found:
            if within is not None and not (within.start <= place.start and place.end <= within.end):
                continue
            if text[place.start].isalnum() and place.start and text[place.start - 1].isalnum():
                continue
            if not (text[place.end - 1].isalnum() and text[place.end : place.end + 1].isalnum()):
                yield place

    def near(self, words: str) -> Near | None:
        """The nearest match of words that do not stand in the text, or None when nothing is like them."""
        sought = [word.casefold() for word in _WORD.findall(words)]
        tokens = [(m.start(), m.end()) for m in _WORD.finditer(self.source.text)]
        where: dict[str, list[int]] = {word: [] for word in sought}
        for number, (start, end) in enumerate(tokens):
            if (word := self.source.text[start:end].casefold()) in where:
                where[word].append(number)
        known = sorted((word for word in where if 0 < len(where[word]) <= _OFTEN), key=lambda word: len(where[word]))[:_PROBED]
        votes = Counter(max(0, place - sought.index(word)) for word in known for place in where[word])
        best: Near | None = None
        wanted = " ".join(sought)
        for first, _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))[:8]:
            span = tokens[first : first + len(sought)]
            here = " ".join(self.source.text[start:end].casefold() for start, end in span)
            likeness = SequenceMatcher(None, wanted, here, autojunk=False).ratio()
            if likeness >= NEAR and (best is None or likeness > best.likeness):
                best = Near(Place(span[0][0], span[-1][1]), likeness)
        return best

    def shown(self, place: Place) -> str:
        """The words of a place, as they are printed, white space folded, hidden lines left out."""
        first = bisect_right(self.tokens, place.start, key=lambda token: token.end)
        last = bisect_left(self.tokens, place.end, key=lambda token: token.start)
        text = self.source.text
        return " ".join(text[max(start, place.start) : min(end, place.end)] for start, end in self.tokens[first:last])

    def anchor(self, place: Place) -> tuple[str, int | None, int | None]:
        """Words for the place that no other place begins with, if there are any: (words, occurrence, of how many).

        They begin with those of the place, and go on as far as is needed.
        """
        last = bisect_left(self.tokens, place.end, key=lambda token: token.start)
        first = bisect_right(self.tokens, place.start, key=lambda token: token.end)
        end = place.end
        line = self.source.lines[self.line(place.start) - 1]
        while last - first < FEWEST and last < len(self.tokens) and self.tokens[last].end <= line.end:
            end = self.tokens[last].end
            last += 1
        for more in range(last, min(len(self.tokens), max(last, first + LONGEST)) + 1):
            words = self.shown(Place(place.start, end))
            if self.is_unique(words):
                return words, None, None
            if more == len(self.tokens):
                break
            end = self.tokens[more].end
        words = self.shown(place)
        found = [found.start for found in self.find(words)]
        if place.start not in found:
            return words, None, None
        return words, found.index(place.start) + 1, len(found)

    def line(self, offset: int) -> int:
        """The number (from 1) of the line with the character at that offset."""
        lines = self.source.lines
        return lines[max(0, bisect_right(lines, offset, key=lambda line: line.start) - 1)].number
