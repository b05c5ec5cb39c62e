"""Dialogue set with dashes, as French print has it: a paragraph that begins with a dash is what somebody says.

What the author puts between (``dit-il``, ``said the miller``) stands outside; the words after it belong to the speech when a comma
leads on to them. After a full stop it cannot be told whether he or the speaker goes on: then the speech ends before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from tei_pipeline.inline.runs import Run
from tei_pipeline.inline.words import words

HABIT = 3  # paragraphs: one dash at the beginning may be anything, three are the way in which the book sets dialogue

_DASH = re.compile(r"(?:[—–]|--)[\s\u00a0\u202f]*(?=[^\W_]|[«“¿¡…])")
_PARAGRAPHS = frozenset({"paragraph"})
_SET_APART = frozenset({"list", "item", "note", "contents", "index", "chronicle", "speech", "epigraph"})


def speeches(runs: Sequence[Run]) -> Iterator[list[tuple[int, int]]]:
    """What is said after dashes: source ranges, several for a speech that the author interrupts."""
    opened = [(run, dash) for run in runs if (dash := _opens(run)) is not None]
    if len(opened) < HABIT:
        return
    between_parts = _between()
    for run, lead in opened:
        text, places = _joined(run)
        found: list[tuple[int, int]] = []
        at = lead
        for between in between_parts.finditer(text, lead):
            found.append((at, between.end("first")))
            at = between.end() if between["end"] == "," else len(text)
            if between["end"] != ",":
                break
        if at < len(text):
            found.append((at, len(text)))
        yield [(_offset(places, start), _offset(places, end - 1) + 1) for start, end in found if end > start]


@lru_cache(maxsize=1)
def _between() -> re.Pattern[str]:
    """Who says it, in any language: a book that quotes a foreigner quotes him in his own."""
    verbs = "|".join(re.escape(verb).replace("'", "['’]") for code in ("fr", "en", "de") for verb in words(code).says)
    who = r"(?:(?:-t)?-(?:ils?|elles?|on|je|nous|vous|tu)\b[^,.;:!?—–]{0,50}|\s[^,.;:!?—–]{1,50})"
    return re.compile(rf"(?P<first>[,!?…])\s(?:{verbs}){who}(?P<end>[.,;:!?])\s?")


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
