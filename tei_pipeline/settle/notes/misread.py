"""References that a scanner misread: small raised figures come out as other signs, "word!", "word,®", "word:!’" for 1, 8 and 17."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from tei_pipeline.blocks import Block
from tei_pipeline.seldom import seldom
from tei_pipeline.settle.notes.candidates import Candidate
from tei_pipeline.settle.notes.groups import Noted, RunningText
from tei_pipeline.source import Source

FEWEST = 2  # references that are found so in a book; fewer may be chance
SCANNED = 0.2  # of the notes at the feet of pages, at least, have no reference that can be read: the text is a scan
LIKE = 3  # how well a sign must look like the number of its note, 0 to 4
LONGEST_PAGE = 20_000  # characters
WEIGHT = 0.0  # of such a reference: it is guessed

_LOOKS: Mapping[str, str] = {
    "0": "°oO®©",
    "1": "!'’‘|lIit[]{}",
    "2": '?*z”"°:',
    "3": '°®*?8”"',
    "4": "*#+{}‘^",
    "5": "°®S*§",
    "6": "°®§©b*f",
    "7": "?”’'\":",
    "8": "®*#&°§",
    "9": "°®©”*g",
}
"""What recognition of characters takes a small raised figure for."""

_SIGNS = r"[^\w\s—–\[\](<>-]{0,4}"
_RUN = seldom(rf"(?:(?<=[^\W\d_])|(?<=\d)(?=[.,;:]\D))(?:[.,;:] )?{_SIGNS}\d{{0,2}}{_SIGNS}(?=[\s—]|$)")
_POINTED = seldom(r"(?:[.,;:!?…]?[»”\"'’)]?|[.,;:] )$")  # what may stand behind a word, and a reference behind that
_STRANGE = seldom(r"[\d°®©™*^#§{}|\\~&+]")  # no sign of running text
_OPENING = {"'": re.compile(r"(?<![^\s—(])['‘]"), "’": re.compile("‘"), '"': re.compile(r"[\"“„]"), "”": re.compile(r"[\"“„]")}


class _Sign(NamedTuple):
    """What stands right behind a word, where, in which paragraph, and whether the sentence goes on there with a small letter."""

    start: int
    printed: str
    paragraph: str
    goes_on: bool

    def mark_of(self, n: str) -> tuple[int, int]:
        """The part of it that is most like the misread number ``n``: how many characters stand before it, and how like it is, 0 to 4."""
        splits = (k for k in range(len(self.printed)) if _POINTED.match(self.printed[:k]))
        return max(((k, self._likeness(k, n)) for k in splits), key=itemgetter(1), default=(0, 0))

    def _likeness(self, k: int, n: str) -> int:
        mark = self.printed[k:]
        read = 0
        for figure in n:
            read += read < len(mark) and mark[read] in figure + _LOOKS.get(figure, "")
        apart = self.printed[k - 1 : k] == " " and (read < len(n) or mark.isdigit())  # a quantity
        if read < len(mark) or apart:
            return 0
        return self._strangeness(self.printed[:k], mark) + (read == len(n)) if mark != n else 4

    def _strangeness(self, point: str, mark: str) -> int:
        """How little a sentence accounts for a mark, 0 to 3."""
        if _STRANGE.search(mark) or (point and mark[0] in "!?"):
            return 3
        if mark[0] in "!?":
            return 2 * self.goes_on
        opening = _OPENING.get(mark)
        plural = not point and self.paragraph.endswith("s")
        return 0 if opening is None or plural or opening.search(self.paragraph) else 2


def misread(
    noted: Sequence[Noted], placed: Mapping[int, int], blocks: Sequence[Block], source: Source, text: RunningText, pages: Sequence[int]
) -> list[tuple[Candidate, Noted]]:
    """The references of numbered foot-notes to which nothing refers that can be read: in a scan, what stands behind a word of their page
    that is no sign of its sentence, and looks like the number, in the order of the notes. ``placed``: the place of the last reference of a
    note, by its key; ``pages``: the source lines of what stands where pages meet.
    """
    feet = [note for note in noted if note.container.place == "bottom" and note.container.n.isdigit() and note.style == "plain"]
    unread = [note for note in feet if note.container.key not in placed]
    if len(unread) < max(FEWEST, SCANNED * len(feet)):
        return []
    ends = sorted({text.place(source.lines[line].start) for line in pages})
    opens = sorted(text.opens)
    found: list[tuple[Candidate, Noted]] = []

    def page_of(note: Noted) -> int:
        return bisect_left(ends, text.place(source.lines[blocks[note.block].rows[0].line].start))

    for page, notes in groupby(feet, page_of):
        low = ends[page - 1] if page else 0
        high = ends[page] if page < len(ends) else len(text.text)
        stretch: list[Noted] = []
        for note in notes:
            if note.container.key not in placed:
                stretch.append(note)
            else:
                found += _best(stretch, text, opens, low, placed[note.container.key])
                low, stretch = placed[note.container.key] + 1, []
        found += _best(stretch, text, opens, low, high)
    return found if len(found) >= FEWEST else []


def _best(notes: Sequence[Noted], text: RunningText, opens: Sequence[int], low: int, high: int) -> list[tuple[Candidate, Noted]]:
    """The signs between two places that look most like the numbers of notes, in their order; none of what is longer than pages are."""
    if not notes or high - low > LONGEST_PAGE:
        return []
    signs = list(_signs(text, opens, low, high))
    best: list[tuple[int, tuple[tuple[Candidate, Noted], ...]]] = [(0, ())] * (len(signs) + 1)
    for note in notes:
        row = best[:1]
        for k, sign in enumerate(signs):
            at, likeness = sign.mark_of(note.container.n)
            way = max(row[-1], best[k + 1], key=itemgetter(0))
            if likeness >= LIKE and best[k][0] + likeness > way[0]:
                mark = Candidate(sign.start + at, sign.start + len(sign.printed), note.container.n, WEIGHT)
                way = best[k][0] + likeness, (*best[k][1], (mark, note))
            row.append(way)
        best = row
    return list(best[-1][1])


def _signs(text: RunningText, opens: Sequence[int], low: int, high: int) -> Iterator[_Sign]:
    """What stands right behind words between two places; ``opens`` are those where paragraphs begin."""
    for m in _RUN.finditer(text.text, low, high):
        if m[0]:
            begins = max(opens[bisect_right(opens, m.start()) - 1], m.start() - LONGEST_PAGE)
            yield _Sign(m.start(), m[0], text.text[begins : m.start()], text.text[m.end() + 1 : m.end() + 2].islower())
