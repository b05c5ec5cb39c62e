"""Texts set solid, without an empty line: where a reader sees a gap all the same, at what stands in the middle or is set in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tei_pipeline.rows import Row
from tei_pipeline.rules.shape import NOTE_IN_BRACKETS

MOST_BLANKS = 0.002  # of the lines may still have an empty one before them, at a title page or where files meet
FEWEST_LINES = 40  # a leaflet may have no empty line either, and no two paragraphs
DEEP = 8  # columns: what is centred begins so far in
SET_IN = 3  # columns: quotations and verse begin so far in, past the first lines of paragraphs
OFF_CENTRE = 0.12  # of the measure: printers centre by eye, and converters round
NARROW = 0.85  # of the measure: what is centred is no wider
QUOTED = '"“„«»‘'
_NUMBER = re.compile(r"[\[(]?(?:[0-9]{1,3}|[IVXLC]{1,8})[.)\]]{0,2}$")


def is_solid(rows: Sequence[Row], spacing: int) -> bool:
    """Whether hardly a line has an empty one before it, but those of a text that has one after each line, and those of a new page."""
    return len(rows) >= FEWEST_LINES and sum(row.gap >= spacing and not row.page for row in rows[1:]) <= MOST_BLANKS * len(rows)


def part(rows: list[Row], margin: int, indent: int, measure: int) -> list[Row]:
    """The rows with the gaps that the layout means: around what stands in the middle of the line, where what is set in begins and ends, and
    before notes that transcribers collected.
    """
    inside = margin + max(SET_IN, indent + 1)
    parted = [row._replace(gap=min(row.gap, 2)) for row in rows[:1]]  # empty lines before a text say nothing
    above = bool(rows) and _is_centred(rows[0], margin, measure)
    for a, b in pairwise(rows):
        middle = _is_centred(b, margin, measure)
        if middle and not above:
            gap = 2
        elif middle and b.text[0] in QUOTED and a.text[0] not in QUOTED:
            gap = 1  # a motto below a title
        elif middle != above or (a.indent >= inside) != (b.indent >= inside):
            gap = 1
        else:
            stanza = any(row.indent >= inside and _NUMBER.match(row.text) for row in (a, b))
            gap = int(stanza or (NOTE_IN_BRACKETS.match(b.text) is not None and a.ends_sentence))
        parted.append(b if gap <= b.gap else b._replace(gap=gap))
        above = middle
    return parted


def _is_centred(row: Row, margin: int, measure: int) -> bool:
    """Whether a line stands in the middle between margin and measure."""
    left, right = row.indent - margin, measure - row.width
    return left >= DEEP and abs(left - right) <= OFF_CENTRE * (measure - margin) and len(row.text) <= NARROW * (measure - margin)
