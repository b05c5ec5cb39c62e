"""Where paragraphs are set in, a line that stands so may be something else."""

from __future__ import annotations

from tei_pipeline.measuring.short_lines import apart_from_paragraphs
from tei_pipeline.rows import Row

MEASURE = 72


def _gaps(second: str) -> list[int]:
    rows = [Row(0, "IV", 0, 2, False), Row(2, "The miller never asked the way,", 0, 1, False), Row(3, second, 2, 0, False)]
    rows.append(Row(4, "The heron never asked the bell,", 0, 0, False))
    return [row.gap for row in apart_from_paragraphs(rows, 0, 2, MEASURE)]


def test_a_full_line_set_in_below_a_short_one_begins_a_paragraph() -> None:
    assert _gaps("The sexton had it from the carter, who had it from the ferry, and") == [2, 1, 1, 0]


def test_a_verse_set_in_with_its_number_at_the_edge_begins_none() -> None:
    assert _gaps("The carter never asked the lock the way,".ljust(68) + "50") == [2, 1, 0, 0]
