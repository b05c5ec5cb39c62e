"""The middle of the page, as titles show it: a book of short verses has hardly a line that shows how wide it is set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from tei_pipeline.rows import Row

FEWEST = 4  # lines in the middle
VARIED = 8  # characters between the shortest and the longest of them: names flush with the right edge are as long as each other
FAR_IN = 6  # columns from the margin: titles set in by a step stand less far
SHORTEST = 6  # characters: the numbers of stanzas stand in the middle of these
WIDER = 8  # columns: less is told better by the lines themselves
WIDEST = 80  # columns of plain text whose lines were set by hand


def measure_by_middle(rows: Sequence[Row], margin: int, measure: int) -> int:
    """The measure by the lines apart whose middles stand in one column, when it is much more than what full lines show."""
    lengths: dict[int, list[int]] = defaultdict(list)
    total = 0
    for row, below in pairwise(rows):
        if (row.gap or row is rows[0]) and below.gap and row.indent >= margin + FAR_IN and len(row.text) >= SHORTEST:
            total += 1
            for middle in (-1, 0, 1):
                lengths[row.indent + len(row.text) // 2 + middle].append(len(row.text))
    if not lengths:
        return measure
    middle, found = max(lengths.items(), key=lambda item: (len(item[1]), item[0]))
    wide = 2 * middle - margin
    if len(found) < FEWEST or 2 * len(found) <= total or max(found) - min(found) < VARIED or not measure + WIDER <= wide <= WIDEST:
        return measure
    return wide
