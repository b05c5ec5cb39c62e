"""Where the references of a book stand: a note between paragraphs is told by its siglum in the text above it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from tei_pipeline.blocks import Rows
from tei_pipeline.remembered import Same, remembered
from tei_pipeline.seldom import seldom

FARTHEST = 4000  # printed lines between a reference and its note at the end of a work: the longest speech has about that
NEAR = 400  # printed lines: most references stand so near, and looking there is quicker than going through the book
_BRACKETED = re.compile(r"\[(?:[A-Z][a-z]{3,8} )?[^\[\]\s]{1,9}\]|\([^()\s]{1,3}\)")


def stands_before(rows: Rows, at: int, printed: str) -> bool:
    """Whether one of the rows above that are not too far has this reference, or that one row alone of the book: notes at its end."""
    near = [i for i in range(at - 1, max(-1, at - NEAR), -1) if printed in rows[i].text]
    if printed[0] in "[(":
        if not all(only_begins(rows, i, printed) for i in near):
            return True
    elif near and any(map(_star(printed).search, (rows[i].text for i in near))):
        return True
    if at < NEAR:
        return False
    places = _references(Same(rows)).places(printed)
    below = bisect_left(places, at)
    return below > 0 and (places[below - 1] > at - FARTHEST or (len(places) == 1 and printed[0] == "["))


def stands_anywhere_before(rows: Rows, at: int, printed: str) -> bool:
    """Whether one of the rows above has this reference, however far: the notes of a whole book stand at its end."""
    return bisect_left(_references(Same(rows)).places(printed), at) > 0


def stand_ahead(rows: Rows) -> bool:
    """Whether a book sets the references of its notes before the words that they are for: "... to the West. [5]After he became ..."."""
    return _references(Same(rows)).ahead


def stands_against(rows: Rows, at: int, printed: str, between: str = "") -> bool:
    """Whether one of the rows that are near above has it right against a word or its point: so references stand, and no items of lists;
    ``between``: what may part them, a pattern, or the end of a line.
    """
    mark = re.compile(rf"[^\s\d(\[:,;]{between}{re.escape(printed)}(?!\w)" if between else rf"[^\s\d(\[]{re.escape(printed)}(?!\w)")
    near = (rows[i] for i in range(at - 1, max(-1, at - NEAR), -1))
    return any(printed in r.text and (mark.search(r.text) or (between and not r.gap and r.text.startswith(printed))) for r in near)


def only_begins(rows: Rows, at: int, printed: str) -> bool:
    """Whether a siglum only begins a paragraph, as that of a note or the number of a section does: below white space, set in, or below
    another that is set in alike.
    """
    row, above = rows[at], rows[at - 1]
    first = bool(row.gap) or (at > 0 and (row.indent > above.indent or (row.indent == above.indent and above.text[0] == printed[0])))
    return first and row.text.startswith(printed) and printed not in row.text[len(printed) :]


@lru_cache(maxsize=64)
def _star(sign: str) -> re.Pattern[str]:
    return re.compile(rf"[^\s*†‡§]\s?{re.escape(sign)}(?![*†‡§\d⁰¹²³⁴-⁹])")


class _References:
    """Where the references of a book stand, each looked for when it is first asked for."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._starred: dict[str, list[int]] = {}
        self._bracketed: dict[str, list[int]] | None = None
        self._numbered: dict[str, list[int]] | None = None
        self._ahead: bool | None = None

    @property
    def ahead(self) -> bool:
        """Whether references amid lines stand right before the next word, and more of them so than behind one."""
        if self._ahead is None:
            lines = [row.text for row in self._rows if "]" in row.text]
            before, behind = (sum(len(mark.findall(line)) for line in lines) for mark in (_AHEAD, _BEHIND))
            self._ahead = before > 0 and before * MOST_BEHIND >= behind
        return self._ahead

    def places(self, printed: str) -> list[int]:
        """The rows that have a reference printed so."""
        if printed[0] not in "[(":
            if printed not in self._starred:
                near = [i for i in self._with_number(printed) if printed in self._rows[i].text]
                mark = _star(printed) if near else None
                self._starred[printed] = [i for i in near if mark is not None and mark.search(self._rows[i].text)]
            return self._starred[printed]
        if self._bracketed is None:
            self._bracketed = {}
            for i, row in enumerate(self._rows):
                for found in _BRACKETED.findall(row.text) if "[" in row.text or "(" in row.text else ():
                    if not only_begins(self._rows, i, found):
                        self._bracketed.setdefault(found, []).append(i)
        return self._bracketed.get(printed, [])

    def _with_number(self, printed: str) -> Sequence[int]:
        """The rows that have the number of a reference, of those without one all."""
        number = _NUMBER.search(printed)
        if number is None:
            return range(len(self._rows))
        if self._numbered is None:
            self._numbered = {}
            for i, row in enumerate(self._rows):
                for found in set(_NUMBER.findall(row.text)):
                    self._numbered.setdefault(found, []).append(i)
        return self._numbered.get(number[0], [])


_NUMBER = seldom(r"[0-9]+|[⁰¹²³⁴-⁹]+")


_AHEAD = re.compile(r"\s\[\d{1,3}\](?=[^\W\d_])")
_BEHIND = re.compile(r"[^\s\[]\[\d{1,3}\](?![^\W_])")
MOST_BEHIND = 20  # times as many references may stand behind the words: of one book's parts each may have its own way


@remembered(1)
def _references(same: Same[Rows]) -> _References:
    return _References(same.value)
