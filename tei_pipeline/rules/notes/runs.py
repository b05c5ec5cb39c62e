"""Notes that stand together below their text without a heading: the marks and references of a whole book tell where each of them ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from msgspec import Struct

from tei_pipeline.blocks import Rows
from tei_pipeline.numerals import parse_roman
from tei_pipeline.remembered import Same, remembered
from tei_pipeline.rules.notes.labels import BEGINS, PARAGRAPH, as_referred, siglum, worded
from tei_pipeline.rules.notes.referred import NEAR, stands_before
from tei_pipeline.rules.shape import is_capitals, median
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.language import Language
    from tei_pipeline.layout import Layout

FARTHEST = 120  # rows of one note, with the verses and lists in it
APART = 1500  # characters between the reference of a note and the note, where a transcriber has put it below its paragraph or its page
PAGE = 4500  # the same, where a book keeps its pages: as much as a large one holds
FEWEST = 2  # groups of notes that tell of a book where its notes stand
_SIGNS = "*+†‡§|¶"  # in the order of printers


class _Note(Struct, frozen=True):
    """Where a note begins, how it is marked, and the forms in which the text may refer to it."""

    at: int
    style: str
    n: str
    printed: tuple[str, ...]


class Runs(Struct, frozen=True):
    """The row of the next note of the same group, by that of each note, and the rows of all that follow another; whether the groups stand
    at the ends of chapters.
    """

    following: dict[int, int]
    later: frozenset[int]
    at_ends: bool


def beside(n: str, step: int) -> str | None:
    """The number or letter before (-1) or after (1) one."""
    if n.isdigit():
        return str(int(n) + step)
    other = chr(ord(n) + step) if len(n) == 1 else ""
    return other if other.isascii() and other.isalpha() else None


def rises(last: str, n: str) -> bool:
    """Whether sigla made of the numbers of pages rise: [4], [37a], [37b]; {16:A}, {19:A}, {19:B}."""
    a, b = _PAGE.match(last), _PAGE.match(n)
    return a is not None and b is not None and (int(a[1]), a[2].zfill(3)) < (int(b[1]), b[2].zfill(3))


_PAGE = seldom(r"([0-9]+)[:.]?([A-Za-z]?|[0-9A-Za-z]{1,3})$")


def runs_on(last: str, n: str) -> bool:
    """Whether a siglum may be that of the next note: a number a little higher, or the first again; a sign or letter that is another."""
    if last[:1] == n[:1] == "M" and last[1:].isdigit():
        last, n = last[1:], n[1:]
    if last.isdigit() and n.isdigit():
        return 0 < int(n) - int(last) <= NEXT or int(n) == 1
    return n != last or not n.isalnum()


def counts_paragraphs(rows: Rows, at: int, n: str) -> bool:
    """Whether the paragraph before the heading has the number before, and nothing refers to a note ``n``: it counts its paragraphs."""
    before = beside(n, -1)
    for i in range(at - 2, max(-1, at - NEAR), -1):
        if rows[i].gap and (above := siglum(rows[i].text)) is not None and above[0] == "point":
            forms = (*as_referred(n), f"{n})")
            return above[1] == before and not any(stands_before(rows, at, form) for form in forms)
    return False


def counts_lines(rows: Rows, at: int) -> bool:
    """Whether the numbers of paragraphs leap from one to the next, as those of the lines do that a school edition explains."""
    last, steps, leaps = 0, 0, 0
    for i in range(at, min(len(rows), at + NEAR)):
        m = _LINES.match(rows[i].text) if rows[i].gap else None
        if m is None:
            continue
        n = int(m[1])
        if n < last or steps == FEW_STEPS:
            break
        steps += 1
        leaps += n - last > NEXT
        last = n
    return leaps > 1 and 2 * leaps >= steps


_LINES = re.compile(r"([1-9][0-9]{0,3})(?:[-–—][0-9]+)?(?:, [0-9]+)*[.)] ")
FEW_STEPS = 12  # notes that tell
NEXT = 3  # more than may be lost between two notes


def note_runs(rows: Rows, layout: Layout) -> Runs:
    """The groups of notes in these rows: below one another, each with its reference above the first."""
    return _runs(Same(rows), layout.language, bool(layout.furniture))


@remembered(2)
def _runs(same: Same[Rows], language: Language, paged: bool) -> Runs:
    rows = same.value
    notes = [note for i in range(1, len(rows)) if (note := _note(rows, i, language)) is not None]
    following: dict[int, int] = {}
    firsts: list[_Note] = []
    last: _Note | None = None
    for note in notes:
        if last is not None and _goes_on(rows, last, note):
            following[last.at] = note.at
        else:
            firsts.append(note)
        last = note
    return Runs(following, frozenset(following.values()), _close_chapters(rows, firsts, paged))


def _note(rows: Rows, at: int, language: Language) -> _Note | None:
    """The note that begins here, if the text above has its reference."""
    row = rows[at]
    if not row.gap and not rows[at - 1].ends_sentence:
        return None
    found = siglum(row.text) if row.text[0] in BEGINS else worded(row.text, language)
    if found is None or PARAGRAPH.match(row.text):
        return None
    style, n, length = found
    printed = as_referred(n, row.text) if style == "worded" else (n,) if style == "star" else (row.text[:length].rstrip(".:"),)
    return _Note(at, style, n, printed) if any(stands_before(rows, at, form) for form in printed) else None


def _goes_on(rows: Rows, note: _Note, other: _Note) -> bool:
    """Whether another note is the next of the same group: its mark follows, and its reference stands above both, not between them."""
    if note.style != other.style or other.at - note.at > FARTHEST:
        return False
    follows = (
        beside(note.n, 1) == other.n
        or _rank(note.n) < _rank(other.n)
        or _is_next_roman(note.n, other.n)
        or (":" in note.n and rises(note.n, other.n))
    )
    if not follows or any(form in row.text for row in rows[note.at : other.at] for form in other.printed):
        return False
    if any(row.gap > 1 and is_capitals(row.text) for row in rows[note.at + 1 : other.at]):
        return False  # the title of the chapter that the other belongs to
    return any(stands_before(rows, note.at, form) for form in other.printed)


def _is_next_roman(n: str, other: str) -> bool:
    """Whether two sigla count in small Roman figures: i, ii, iii."""
    value, following = parse_roman(n) if n.islower() else None, parse_roman(other) if other.islower() else None
    return value is not None and following == value + 1


def _rank(sign: str) -> tuple[int, int]:
    """The place of a sign among those of one page; 0 for a number or letter."""
    return (len(sign), _SIGNS.index(sign[0])) if sign[0] in _SIGNS else (0, 0)


def _close_chapters(rows: Rows, firsts: Sequence[_Note], paged: bool) -> bool:
    """Whether the notes of a book stand at the ends of its chapters: most groups far below the reference of their first. Signs, which begin
    again on each page, do not.
    """
    counted = [note for note in firsts if note.n[0] not in _SIGNS]
    if len(counted) < FEWEST:
        return False
    reached = list(accumulate((len(row.text) for row in rows), initial=0))
    return median(reached[note.at] - reached[_referred(rows, note)] for note in counted) > (PAGE if paged else APART)


def _referred(rows: Rows, note: _Note) -> int:
    """The nearest row above a note that has its reference."""
    for i in range(note.at - 1, max(-1, note.at - NEAR), -1):
        if any(form in rows[i].text for form in note.printed):
            return i
    return max(0, note.at - NEAR)
