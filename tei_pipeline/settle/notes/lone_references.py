"""References whose note is not there: encoded without a target, and reported."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from tei_pipeline.decisions import Decision, Problem
from tei_pipeline.inline.context import Anchor
from tei_pipeline.settle.notes.groups import RunningText
from tei_pipeline.source import Source

_NUMBER = re.compile(r"\[([0-9]{1,3})\]")
_LAST = re.compile(r"[0-9]{1,2}$", re.M)  # figures, the last thing in a line
_AMID = re.compile(r"(?<=[.!?][\"”’)] )[0-9]{1,2}(?= [\"“(]?[^\W\d_a-z])")  # between sentences
_ENDING = re.compile(r"(?:[^\W\d_]{3}|[.!?][\"”’)]) ?$")  # and before them a word, or the end of a sentence
MOST_SKIPPED = 2  # a reference may have lost its note, and one before it its sign
FEWEST = 3  # references that run on: fewer may be dates, quantities, an editor's additions


def lone_references(text: RunningText, linked: Sequence[Anchor], source: Source) -> tuple[list[Anchor], list[Problem]]:
    """Numbers, most in brackets, that run on between the references that have a note, or all in a book that kept none of its notes.

    ``linked``: the settled references in the order of the text.
    """
    bracketed = [(start, start + len(m[0]), m[1]) for start, m in _bracketed(text, linked, source)] if "[" in text.text else []
    return _told([*bracketed, *_raised(text, linked, source)], source)


def _bracketed(text: RunningText, linked: Sequence[Anchor], source: Source) -> list[_Placed]:
    known = {anchor.start for anchor in linked}
    places = [(text.source(m.start()), m) for m in _NUMBER.finditer(text.text)]
    if all(start in known for start, _ in places):
        return []
    settled = [anchor for anchor in linked if anchor.n.isdigit() and source.text[anchor.start] == "["]
    if settled:
        return _between(places, settled, text.text)
    return [] if linked else _running(places, text.text)


def _told(found: Sequence[tuple[int, int, str]], source: Source) -> tuple[list[Anchor], list[Problem]]:
    """The references that begin and end there, with their numbers, and what is reported of them."""
    anchors, problems = [], []
    for start, end, n in found:
        why = Decision("lone-reference", f"{n} runs on, and no note has it", 0.8)
        anchors.append(Anchor(start, end, n, f"r{start}", (), why))
        line = bisect_right(source.lines, start, key=lambda line: line.start)
        problems.append(Problem("warning", "reference-without-note", f"reference {n} has no note", line))
    return anchors, problems


def _raised(text: RunningText, linked: Sequence[Anchor], source: Source) -> list[tuple[int, int, str]]:
    """Numbers without brackets at line ends that no note has, in a book whose references are printed so: the one after the last of a work,
    and those after that, also between sentences; and the first of a work that kept none of its notes, printed against the word.
    """
    settled = [anchor for anchor in linked if source.text[anchor.start].isdigit() and anchor.n.isdigit()]
    if len(settled) < FEWEST:
        return []
    starts = [anchor.start for anchor in settled]
    found: list[tuple[int, int, str]] = []
    for m in sorted([*_LAST.finditer(text.text), *_AMID.finditer(text.text)], key=lambda m: m.start()):
        before = _ENDING.search(text.text[max(0, m.start() - LONGEST_ENDING) : m.start()])
        if before is None:
            continue
        start = text.source(m.start())
        k = bisect_left(starts, start)
        if k < len(starts) and starts[k] == start:
            continue
        goes_on = bool(found) and found[-1][0] > (starts[k - 1] if k else 0)  # with those that have no notes either
        last = int(found[-1][2]) if goes_on else int(settled[k - 1].n) if k else 0
        following = int(settled[k].n) if k < len(starts) else 1
        glued = before[0][-1].isalpha()
        sentence = not before[0][0].isalnum()
        after_last = int(m[0]) == last + 1 and FEWEST <= last >= following
        if m.re is _AMID and not goes_on:
            continue
        if (after_last and (glued or sentence)) or (m[0] == "1" == str(following) and glued):
            found.append((start, start + len(m[0]), m[0]))
    return found


LONGEST_ENDING = 5  # characters before the figures


_Placed = tuple[int, re.Match[str]]


def _between(places: Sequence[_Placed], settled: Sequence[Anchor], text: str) -> list[_Placed]:
    """Those whose number follows that of the reference before, or precedes that of the next, or lies between both: where they are printed
    against the word, also beside few others.
    """
    found: list[_Placed] = []
    starts = [anchor.start for anchor in settled]
    for start, m in places:
        k = bisect_left(starts, start)
        if (k < len(starts) and starts[k] == start) or not _follows_words(m, text):
            continue
        n = int(m[1])
        before = int(settled[k - 1].n) if k else 0
        if found and (not k or found[-1][0] > starts[k - 1]):
            before = int(found[-1][1][1])
        after = int(settled[k].n) if k < len(settled) else 0
        raised = not text[m.start() - 1].isspace() and before < n <= before + MOST_SKIPPED
        if raised or (len(settled) >= FEWEST and (n == before + 1 or n == after - 1 or before < n < after)):
            found.append((start, m))
    return found


def _running(places: Sequence[_Placed], text: str) -> list[_Placed]:
    """All, if they are 1, 2, 3 … to the end (begun anew at will), and each stands behind words."""
    last = highest = 0
    for _, m in places:
        n = int(m[1])
        if not (n == last + 1 or n == 1) or not _follows_words(m, text):
            return []
        last, highest = n, max(n, highest)
    return list(places) if highest >= FEWEST else []


def _follows_words(m: re.Match[str], text: str) -> bool:
    """Whether it stands at the end of words, as a reference does, and not before them, as a siglum."""
    before = text[max(0, m.start() - 2) : m.start()]
    return before.strip() != "" and (before[-1] != "\n" or text[m.end() : m.end() + 1] in ("\n", "") or before[0] not in '.!?:]"”)')
