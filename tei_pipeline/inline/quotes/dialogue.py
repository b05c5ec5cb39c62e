"""Dialogue set with dashes, as French, Spanish and Italian print has it: a paragraph that begins with a dash is what somebody says.

What the author puts between (``dit-il``, ``—dijo él—``, ``said the miller``) stands outside; the words after it belong to the speech
when a comma or semicolon leads on to them, or when they say *I* or *you*. Otherwise, after a full stop, it cannot be told whether the
speaker or the author goes on: then the speech ends before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from tei_pipeline.folding import alternation
from tei_pipeline.inline.runs import Run
from tei_pipeline.inline.words import FOLDER, words

HABIT = 3  # paragraphs: one dash at the beginning may be anything, three are the way in which the book sets dialogue

_DASH = re.compile(r"(?:[—–]|--)[\s\u00a0\u202f]*(?=[^\W_]|[«“¿¡…'’])")
_ENDS = re.compile(r"[.!?…](?:\s|$)")
_PARAGRAPHS = frozenset({"paragraph"})
_SET_APART = frozenset({"list", "item", "note", "contents", "figures", "index", "chronicle", "speech", "epigraph"})


def speeches(runs: Sequence[Run]) -> Iterator[list[tuple[int, int]]]:
    """What is said after dashes: source ranges, several for a speech that the author interrupts."""
    opened = [(run, dash) for run in runs if (dash := _opens(run)) is not None]
    if len(opened) < HABIT:
        return
    for run, lead in opened:
        text, places = _joined(run)
        yield [(_offset(places, start), _offset(places, end - 1) + 1) for start, end in _said(text, lead) if end > start]


def _said(text: str, lead: int) -> Iterator[tuple[int, int]]:
    """The parts of a paragraph that are said, from the place of its dash on."""
    patterns = _patterns()
    at = lead
    while (between := patterns.between(text, at)) is not None:
        yield at, between.stop
        at = between.end
        if not between.leads_on and not patterns.persons.search(text, at, _sentence(text, at)):
            return
    if at < len(text):
        yield at, len(text)


class _Between(NamedTuple):
    """What the author says between: where the words before it stop, where it ends itself, and whether they go on after it."""

    stop: int
    end: int
    leads_on: bool


def _sentence(text: str, at: int) -> int:
    """Where the sentence that begins here ends."""
    end = _ENDS.search(text, at)
    return end.end() if end is not None else len(text)


class _Patterns:
    """Who says it, in any language: a book that quotes a foreigner quotes him in his own."""

    def __init__(self) -> None:
        known = [words(path.stem) for path in sorted(FOLDER.glob("*.toml"))]
        verbs = alternation(verb for own in known for verb in own.says)
        who = rf"(?:-{alternation(form for own in known for form in own.inverted)}\b[^,.;:!?—–]{{0,50}}|\s[^,.;:!?—–]{{1,50}})"
        pronouns = "|".join(
            f"[{form[0].upper()}{form[0]}]{form[1:]}" if form[1:] else form.upper() for own in known for form in own.subjects
        )
        named = rf"(?:(?:{pronouns}|[^\W\d_a-zà-ÿ][^\W\d_]+)(?:\s[^\W\d_a-zà-ÿ][^\W\d_]+){{0,2}})"
        self._plain = re.compile(
            rf"[,!?…]\s(?:(?:{verbs})(?!\w){who}|(?:{verbs})(?=[,.;:])|{named}\s(?:{verbs})(?!\w)[^,.;:!?—–]{{0,50}})(?P<end>[.,;:!?])\s?"
        )
        self._dashed = re.compile(rf"\s?(?:[—–]|--)\s?(?:{verbs})(?!\w)[^—–]{{0,80}}?(?P<close>\s?(?:[—–]|--)[.,;:]?|[.!?](?=\s|$)|$)\s?")
        self.more = re.compile(
            rf"(?:{alternation(form for own in known for form in own.adds)})(?!\w)[^,.;:!?]{{0,80}}(?P<end>[,.;:!?])\s?", re.I
        )
        self.persons = re.compile(rf"(?<!\w)(?:{alternation(form for own in known for form in own.persons)})(?![^\W_])|\?", re.I)

    def between(self, text: str, at: int) -> _Between | None:
        """The next words of the author in what somebody says."""
        plain, dashed = self._plain.search(text, at), self._dashed.search(text, at + 1)
        if dashed is not None and (plain is None or dashed.start() <= plain.start()):
            return _Between(dashed.start(), dashed.end(), dashed["close"].strip()[:1] in ("—", "–", "-"))
        if plain is None:
            return None
        end, last = plain.end(), plain["end"]
        while last == "," and (more := self.more.match(text, end)) is not None and more["end"] != "?":
            end, last = more.end(), more["end"]
        return _Between(plain.start() + 1, end, last in (",", ";", ":"))


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    return _Patterns()


def _opens(run: Run) -> int | None:
    """The place of the dash with which the words of a paragraph begin."""
    if run.kind not in _PARAGRAPHS or any(container.kind in _SET_APART for container in run.block.within):
        return None
    text = run.rows[0][0].text
    dash = _DASH.match(text, run.label)
    return run.label if dash is not None else None


def _joined(run: Run) -> tuple[str, list[tuple[int, int]]]:
    """The lines of a run with a space between, and where each begins in the text and in the source."""
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    length = 0
    for row, offset in run.rows:
        places.append((length, offset))
        parts.append(row.text)
        length += len(row.text) + 1
    return " ".join(parts), places


def _offset(places: Sequence[tuple[int, int]], place: int) -> int:
    start, offset = next((start, offset) for start, offset in reversed(places) if start <= place)
    return offset + place - start
