"""How many lines of the file stand for one printed line, and what a gap means then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from tei_pipeline.measuring.edges import UNWRAPPED
from tei_pipeline.rows import Row

SET_IN = 4  # columns: typists set quotations in by five or ten


def line_spacing(rows: Sequence[Row]) -> int:
    """1 when printed lines follow each other, 2 when an empty line stands after each (as PDF converters leave them)."""
    gaps = Counter(row.gap for row in rows[1:])
    if gaps[0] <= 0.15 * len(rows) and gaps[1] >= 0.3 * len(rows):
        run_on = sum(1 for a, b in pairwise(rows) if b.gap == 1 and not a.ends_sentence and b.starts_lower)
        if run_on > 0.25 * gaps[1]:
            return 2
    # verse and speeches begin their lines with capitals: but no line follows another at once, the gaps are odd, and sentences go on
    wide = sum(times for gap, times in gaps.items() if gap > 2)
    even = sum(times for gap, times in gaps.items() if gap and not gap % 2)
    if gaps[0] > 0.01 * len(rows) or even > 0.05 * wide or wide <= max(5, 0.05 * len(rows)) or any(row.width > UNWRAPPED for row in rows):
        return 1
    open_ends = sum(1 for a, b in pairwise(rows) if b.gap == 1 and not a.ends_sentence)
    return 2 if open_ends > 0.25 * gaps[1] else 1


def single_spaced(rows: Sequence[Row]) -> frozenset[int]:
    """In double-spaced typescript, the first rows of what is single-spaced and set in, and the rows after it: no other gap parts
    them.
    """
    found: set[int] = set()
    at = 0
    while at + 1 < len(rows):
        end = at + 1
        while end < len(rows) and rows[end].gap == 0 and rows[end].indent >= SET_IN and rows[at].indent >= SET_IN:
            end += 1
        if end > at + 1:
            found.update((at, end))
        at = end
    return frozenset(found)
