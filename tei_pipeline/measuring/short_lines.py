"""Paragraphs without a gap between them: the last line of the one is short, though the first word of the next would have had room."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tei_pipeline.measuring.edges import starts_after_blanks
from tei_pipeline.measuring.joined_lines import LONGER, last_width, single_width
from tei_pipeline.measuring.verse.lineation import Region
from tei_pipeline.rows import Row
from tei_pipeline.seldom import seldom

ENOUGH = 6  # lines whose sentence goes on in the next tell whether the text is running prose
SAMPLE = 2000  # lines of a book are enough to see it by
FULL = 0.75  # of the measure: lines within a sentence are as wide …
PROSE = 0.9  # … and nearly all are
ROOM = 0.6  # of the measure: with the next word a line would still be short
LONG = 0.6  # of the measure: a line of prose
FAR_RIGHT = 0.35  # of the measure
NEAR_EDGE = 0.85  # of the measure
MORE = 2  # times as many paragraphs as gaps part from the one before
FEW_JOINED = 0.01  # of the lines may be wider than the measure for reasons of their own
LOOSEST = 0.01  # of the lines within sentences are set with as much room at their end, for reasons of their own


def parted_by_short_lines(rows: list[Row], margin: int, measure: int, spacing: int, verses: Sequence[Region]) -> list[Row]:
    """The rows with a gap after each short line that ends a paragraph, if hardly any paragraph has a gap above it: then none begins at the
    top of a page either, when the line before is full.
    """
    room = _least_room(rows, measure)
    if not room:
        return rows
    single = single_width(rows) if sum(row.width > LONGER * measure for row in rows) > FEW_JOINED * len(rows) else 0
    parted = _but_verses(rows, _parted(rows, measure, room, solid=True, single=single), verses, measure)
    lined = _lines_of(verses)
    shown = sum(a.gap != b.gap and a.line not in lined for a, b in zip(rows, parted, strict=True))
    if shown <= MORE * starts_after_blanks(rows, margin, LONG * measure):
        return _parted(rows, measure, ROOM * measure) if spacing == 2 else rows
    for i in range(1, len(parted)):
        row, last = parted[i], parted[i - 1]
        if (
            row.page
            and row.gap == 1
            and row.width > FULL * measure
            and _with_next_word(last, row, single) >= room
            and row.line not in lined
        ):
            parted[i] = row._replace(gap=0)
    return parted


def ended_short(rows: list[Row], measure: int, verses: Sequence[Region], solid: bool) -> list[Row]:
    """The rows with a gap after each short line that ends a sentence, where the text is running prose, each line as full as it can be;
    none between verses.

    ``solid``: paragraphs are told by nothing else.
    """
    room = _least_room(rows, measure)
    if not room:
        return rows
    return _but_verses(rows, _parted(rows, measure, room if solid else ROOM * measure, solid), verses, measure)


def _but_verses(rows: Sequence[Row], parted: Sequence[Row], verses: Sequence[Region], measure: int) -> list[Row]:
    """The rows as they were parted, but within verse as they were, since short lines end no paragraphs there, unless one is as long as
    those of prose; a number on a line of its own has a gap above it.
    """
    lined = _lines_of(verses)
    found = [*parted[:1]]
    for (a, b), after in zip(pairwise(rows), parted[1:], strict=True):
        within = a.line in lined and b.line in lined and max(a.width, b.width) <= NEAR_EDGE * measure
        found.append(b._replace(gap=max(1, b.gap)) if within and _OF_STANZA.match(b.text) else b if within else after)
    return found


_OF_STANZA = seldom(r"(?:[IVXLC]{1,8}\.?|[0-9]{1,3}\.)$")  # a number alone counts verses


def _lines_of(verses: Sequence[Region]) -> set[int]:
    return {line for first, end in verses for line in range(first, end)}


def apart_from_paragraphs(rows: list[Row], margin: int, indent: int, measure: int) -> list[Row]:
    """The rows with a gap around lines that end at the right edge, as dates and signatures of letters do, and before each paragraph that
    its indent shows right below short lines which begin elsewhere, after a gap: they stand apart though no empty line is between.
    """
    parted = list(rows)
    right = [is_at_right(row, margin, measure) for row in rows]
    short = True  # all rows since the last gap are
    for i in range(1, len(rows)):
        a, b = parted[i - 1], rows[i]
        short = a.width <= FULL * measure and a.indent != margin + indent and (short or bool(a.gap))
        begins = b.indent == margin + indent and b.width > FULL * measure and not b.starts_lower and "   " not in b.text
        under = short and begins and i + 1 < len(rows) and rows[i + 1].indent == margin and not rows[i + 1].gap
        ended = a.indent <= margin + indent and (a.ends_sentence or a.text[-1] in ",-—" or a.width <= FULL * measure)
        if not b.gap and (under or (right[i] != right[i - 1] and (ended if right[i] else b.indent <= margin + indent))):
            parted[i] = b._replace(gap=1)
    return parted


def is_at_right(row: Row, margin: int, measure: int) -> bool:
    """Whether a line begins far from the margin, and ends near the right edge, as nothing in the middle does."""
    return row.indent - margin > FAR_RIGHT * (measure - margin) and row.width > NEAR_EDGE * measure and "   " not in row.text


def _least_room(rows: Sequence[Row], measure: int) -> float:
    """How wide lines within sentences are at least, with the next word; 0 when the text is no running prose."""
    inner = [(a, b) for a, b in pairwise(rows[:SAMPLE]) if not b.gap and b.starts_lower and not a.ends_sentence]
    if len(inner) < ENOUGH or sum(a.width > FULL * measure for a, _ in inner) < PROSE * len(inner):
        return 0
    return sorted(_with_next_word(a, b) for a, b in inner)[int(LOOSEST * len(inner))]


def _parted(rows: list[Row], measure: int, short: float, solid: bool = False, single: int = 0) -> list[Row]:
    """The rows with a gap after each line that ends a sentence and would be narrower than ``short`` with the next word; ``single`` is the
    width of full lines where others were joined.
    """
    parted = rows[:1]
    before = 0  # width of the line above the last one, in the same paragraph
    for a, b in pairwise(rows):
        ends = False
        if not b.gap and a.ends_sentence and not b.starts_lower and _with_next_word(a, b, single) < short:
            ends = max(before, a.width, b.width if solid else 0) > FULL * measure or _alike(a, b)
        parted.append(b._replace(gap=1) if ends else b)
        before = 0 if b.gap else a.width
    return parted


def _alike(last: Row, row: Row) -> bool:
    """Whether two short lines are a sentence each, and begin with the same words: the entries of a chronicle or a list do."""
    return row.ends_sentence and last.text.split(None, 2)[:2] == row.text.split(None, 2)[:2]


def _with_next_word(last: Row, row: Row, single: int = 0) -> float:
    return last_width(last, single) + 1 + len(row.text.split(None, 1)[0])
