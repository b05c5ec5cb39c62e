"""Rules between pieces: rows of hyphens or the like right below the date of one poem and right above the title of the next stand apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tei_pipeline.rows import Row
from tei_pipeline.rules.shape import is_capitals

_RULE = re.compile(r"[-=_~–—]{3,}")
FAR = 12  # columns: a date or name at the right, which no rule at the margin underlines
FEWEST = 2  # such rules in a book


def apart_from_rules(rows: list[Row]) -> list[Row]:
    """The rows with a gap above and below each rule that has none above it, and no title: what underlines one is as far from the margin,
    and hardly stands right above another line in capitals.
    """
    found = [i for i in range(1, len(rows)) if rows[i].text[0] in "-=_~–—" and _parts_pieces(rows, i)]
    if len(found) < FEWEST:
        return rows
    parted = list(rows)
    for i in found:
        for k in range(i, min(i + 2, len(rows))):
            parted[k] = parted[k]._replace(gap=max(1, parted[k].gap))
    return parted


def _parts_pieces(rows: Sequence[Row], at: int) -> bool:
    """Whether a rule stands right below a line far to the right, or the last of several lines, and right above a title."""
    row, above = rows[at], rows[at - 1]
    below = rows[at + 1] if at + 1 < len(rows) else None
    if row.gap or _RULE.fullmatch(row.text) is None or not any(c.isalnum() for c in above.text):
        return False
    if "   " in above.text or (below is not None and "   " in below.text):
        return False  # the rule of a table
    if above.indent >= row.indent + FAR:
        return True
    titled = below is not None and not below.gap and is_capitals(below.text)
    return titled and not above.gap and not is_capitals(above.text)
