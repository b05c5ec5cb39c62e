"""Paragraphs without a gap between them: the last line of the one is short, though the first word of the next would have had room."""

from __future__ import annotations

from itertools import pairwise

from tei_pipeline.rows import Row

ENOUGH = 6  # lines whose sentence goes on in the next tell whether the text is running prose
SAMPLE = 2000  # lines of a book are enough to see it by
FULL = 0.75  # of the measure: lines within a sentence are as wide …
PROSE = 0.9  # … and nearly all are
ROOM = 0.6  # of the measure: with the next word a line would still be short
LOOSEST = 0.01  # of the lines within sentences are set with as much room at their end, for reasons of their own


def ended_short(rows: list[Row], measure: int, solid: bool) -> list[Row]:
    """The rows with a gap after each short line that ends a sentence, where the text is running prose, each line as full as it can be.

    ``solid``: paragraphs are told by nothing else.
    """
    inner = [(a, b) for a, b in pairwise(rows[:SAMPLE]) if not b.gap and b.starts_lower and not a.ends_sentence]
    if len(inner) < ENOUGH or sum(a.width > FULL * measure for a, _ in inner) < PROSE * len(inner):
        return rows
    short = sorted(_with_next_word(a, b) for a, b in inner)[int(LOOSEST * len(inner))] if solid else ROOM * measure
    parted = rows[:1]
    before = 0  # width of the line above the last one, in the same paragraph
    for a, b in pairwise(rows):
        ends = False
        if not b.gap and a.width < short and a.ends_sentence and not b.starts_lower and _with_next_word(a, b) < short:
            ends = max(before, b.width if solid else 0) > FULL * measure or _alike(a, b)
        parted.append(b._replace(gap=1) if ends else b)
        before = 0 if b.gap else a.width
    return parted


def _alike(last: Row, row: Row) -> bool:
    """Whether two short lines are a sentence each, and begin with the same words: the entries of a chronicle or a list do."""
    return row.ends_sentence and last.text.split(None, 2)[:2] == row.text.split(None, 2)[:2]


def _with_next_word(last: Row, row: Row) -> int:
    return last.width + 1 + len(row.text.split(None, 1)[0])
