"""Dialogue set with dashes, as French, Spanish and Italian print has it: a paragraph that begins with a dash is what somebody says.

What the author puts between (``dit-il``, ``—dijo él—``, ``said the miller``) stands outside; the words after it belong to the speech
when a comma or semicolon leads on to them, or when they say *I* or *you*. Otherwise, after a full stop, it cannot be told whether the
speaker or the author goes on: then the speech ends before it. Where a typist had hyphens for dashes, each one beside a space ends or begins
what is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from tei_pipeline.folding import alternation
from tei_pipeline.inline.runs import Run
from tei_pipeline.inline.words import FOLDER, words
from tei_pipeline.seldom import seldom

HABIT = 3  # paragraphs: one dash at the beginning may be anything, three are the way in which the book sets dialogue

_DASH = re.compile(r"(?:[—–]|--)[\s\u00a0\u202f]*(?=[^\W_]|[«“¿¡…'’])")
_HYPHEN = re.compile(r"-(?=[^\W_]|[«“¿¡…'’])")
_PARTING = seldom(r"(?<=[^\s-])-(?=[\s.,;:])(?=(?P<points>[.,;:]*\s*))|(?<=\s)-(?=[^\s-])")
_ENDS = seldom(r"[.!?…](?:\s|$)")
_PARAGRAPHS = frozenset({"paragraph"})
_SET_APART = frozenset({"list", "item", "note", "contents", "figures", "index", "chronicle", "speech", "epigraph"})


def speeches(runs: Sequence[Run]) -> Iterator[list[tuple[int, int]]]:
    """What is said after dashes: source ranges, several for a speech that the author interrupts."""
    opened = [run for run in runs if _opens(run, _DASH)]
    hyphened = len(opened) < HABIT
    if hyphened:
        opened = [run for run in runs if _opens(run, _HYPHEN)]
        if sum(_breaks_off(run) for run in opened) < HABIT:
            return  # items of a list
    joined = [_joined(run) for run in opened]
    patterns = _patterns(_languages([text for text, _ in joined]))
    for run, (text, places) in zip(opened, joined, strict=True):
        parts = _between_hyphens(text, run.label, places) if hyphened else _said(text, run.label, patterns)
        yield [(_offset(places, start), _offset(places, end - 1) + 1) for start, end in parts if end > start]


def _languages(texts: Sequence[str]) -> tuple[str, ...]:
    """The languages whose verbs say who speaks most often behind a comma or dash, all of them when none does: what one has for "said" is
    "knows" in another.
    """
    known = _known()
    found = Counter(code for text in texts for verb in _VERB.findall(text) for code in known.get(verb, ()))
    most = max(found.values(), default=0)
    return tuple(sorted(code for code, count in found.items() if count == most))


_VERB = seldom(r"(?:[,!?…]\s|[—–]\s?|--)([^\W\d_]+)")


@lru_cache(maxsize=1)
def _known() -> dict[str, list[str]]:
    """The languages that have a verb of saying."""
    known: dict[str, list[str]] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        for verb in words(path.stem).says:
            known.setdefault(verb, []).append(path.stem)
    return known


def _said(text: str, lead: int, patterns: _Patterns) -> Iterator[tuple[int, int]]:
    """The parts of a paragraph that are said, from the place of its dash on."""
    at = lead
    while (between := patterns.between(text, at)) is not None:
        yield at, between.stop
        at = between.end
        if not between.leads_on and not patterns.persons.search(text, at, _sentence(text, at)):
            return
    if at < len(text):
        yield at, len(text)


def _between_hyphens(text: str, lead: int, places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The parts of a paragraph that are said: each hyphen with a space on one side, but that of a word cut by the end of a line, ends what
    one of the two says and lets the other begin.
    """
    ends = {start - 2 for start, _ in places}
    at, speaks = lead, True
    for hyphen in _PARTING.finditer(text, lead + 1):
        if hyphen.start() in ends:
            continue
        closes = text[hyphen.start() - 1] != " "
        if speaks:
            yield at, hyphen.end() if closes else hyphen.start() - 1
        at, speaks = hyphen.end("points") if closes else hyphen.start(), not speaks
    if speaks:
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
    """Who says it, in the languages that a book has for that."""

    def __init__(self, languages: Sequence[str]) -> None:
        known = [words(code) for code in languages]
        verbs = alternation(verb for own in known for verb in own.says)
        who = rf"(?:-{alternation(form for own in known for form in own.inverted)}\b[^,.;:!?—–]{{0,50}}|\s[^,.;:!?—–]{{1,50}})"
        pronouns = "|".join(
            f"[{form[0].upper()}{form[0]}]{form[1:]}" if form[1:] else form.upper() for own in known for form in own.subjects
        )
        named = rf"(?:(?:{pronouns}|[^\W\d_a-zà-ÿ][^\W\d_]+)(?:\s[^\W\d_a-zà-ÿ][^\W\d_]+){{0,2}})"
        self._plain = re.compile(
            rf"[,!?…]\s(?:(?:{verbs})(?!\w){who}|(?:{verbs})(?=[,.;:])|{named}\s(?:{verbs})(?!\w)[^,.;:!?—–]{{0,50}})(?P<end>[.,;:!?])\s?"
        )
        self._dashed = re.compile(
            rf"\s?(?:[—–]|--)\s?(?:{verbs})(?!\w)[^—–]{{0,80}}?(?P<close>\s?(?:[—–]|--)[.,;:]?|[.!?](?=\s|$)|;(?!\s?[—–-])|$)\s?"
        )
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


@lru_cache(maxsize=8)
def _patterns(languages: tuple[str, ...]) -> _Patterns:
    return _Patterns(languages or tuple(path.stem for path in sorted(FOLDER.glob("*.toml"))))


def _opens(run: Run, mark: re.Pattern[str]) -> bool:
    """Whether the words of a paragraph begin with such a dash."""
    if run.kind not in _PARAGRAPHS or any(container.kind in _SET_APART for container in run.block.within):
        return False
    return mark.match(run.rows[0][0].text, run.label) is not None


def _breaks_off(run: Run) -> bool:
    """Whether a paragraph asks or cries out, or a hyphen beside a space parts what is said from what the author says."""
    texts = [row.text for row, _ in run.rows]
    return texts[-1].endswith(("?", "!")) or any(_PARTING.search(text, 2) is not None for text in texts)


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
