"""Lines that a converter joined: it took the hyphen out where a word was parted, and let the line go on with the next, whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tei_pipeline.rows import HYPHENS, Row

LONGER = 1.2  # times as wide as half of the lines: no printer set them so
FEWEST = 20  # of the lines that go on in the next
RUNNING = 0.5  # of the lines that another follows at once go on small in it: prose
MOST = 0.5  # of these are joined, where each second line ended in a hyphen
ALONE = 0.3  # of the joined lines stand between two that are not, as no paragraph of another measure does
SHORTEST = 0.1  # of a line: what goes less far into it belongs to the line before, which is fuller than most
WHOLE = 0.02  # of the lines may still end in a hyphen: that of a compound word


def single_width(rows: Sequence[Row]) -> int:
    """How wide full lines are, in the middle, in columns, where others were joined, which are wider than ``LONGER`` times that; else 0."""
    follow = [(a, b) for a, b in pairwise(rows) if not b.gap]
    inner = [a for a, b in follow if b.starts_lower and not a.ends_sentence]
    if len(inner) < max(FEWEST, RUNNING * len(follow)):
        return 0
    widths = sorted(row.width for row in inner)
    usual = widths[len(widths) // 2]
    beyond = int(LONGER * usual)
    wide = sum(width > beyond for width in widths)
    if not wide or wide > MOST * len(inner) or sum(row.text[-1] in HYPHENS for row in inner) > WHOLE * len(inner):
        return 0
    alone = sum(
        b.width > beyond >= max(a.width, c.width) and not (b.gap or c.gap) for a, b, c in zip(rows, rows[1:], rows[2:], strict=False)
    )
    return usual if alone >= ALONE * sum(row.width > beyond for row in rows) else 0


def last_width(row: Row, usual: int) -> float:
    """The right edge of the last printed line of a row, in columns, as near as can be told: that of a row of one line is its own, and so
    are all where none were joined (``usual`` is 0).
    """
    if not usual or row.width <= LONGER * usual:
        return row.width
    least = SHORTEST * usual
    return (row.width - least) % usual + least
