"""Readings: how other copies have the words of a line, below the text or at its end."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Match, Rows
from tei_pipeline.rules.shape import chunk_end

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

FEWEST = 4  # entries that stand together
MOSTLY = 0.6  # of them begin with the number of a line
WORDS = 0.4  # of them set the words of the text off with a bracket
_NUMBER = re.compile(r"(\d{1,4})(?:[-–](\d{1,4}))?[:.] ")
LEMMA = re.compile(r"[^\[\]]*[^\s\[\].!?]\] (?=\w)")  # a direction ends with a stop


def readings(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Entries that stand together, with the numbers of lines, which rise, and the words of the text up to a bracket that none opened, are
    the readings of other copies: a list. Notes are counted one by one.
    """
    if not rows[at].gap or at + 1 >= len(rows) or (_NUMBER.match(rows[at].text) is None and LEMMA.match(rows[at].text) is None):
        return None
    end = chunk_end(rows, at)
    chunk = rows[at:end]
    left = min(row.indent for row in chunk)
    starts = [at + i for i, row in enumerate(chunk) if row.indent == left]
    numbers = [m for i in starts if (m := _NUMBER.match(rows[i].text)) is not None]
    worded = sum(LEMMA.match(rows[i].text) is not None for i in starts)
    if starts[0] != at or len(starts) < FEWEST or len(numbers) < MOSTLY * len(starts) or worded < WORDS * len(starts):
        return None
    if any(int(below[1]) < int(above[1]) for above, below in pairwise(numbers)):
        return None
    if [int(m[1]) for m in numbers] == list(range(1, len(numbers) + 1)):
        return None
    parts = []
    for first, stop in pairwise([*starts, end]):
        number = _NUMBER.match(rows[first].text)
        n, label = (number[1], number.end() - 1) if number is not None else ("", 0)
        parts.append((first, stop, Container("item", rows[first].line, n, label)))
    evidence = f"{len(numbers)} of {len(starts)} entries begin with the number of a line, {worded} with words up to a bracket"
    return Match("list", end, evidence, 0.88, container=Container("list", rows[at].line), parts=tuple(parts))
