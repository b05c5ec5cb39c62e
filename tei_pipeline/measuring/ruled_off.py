"""Rules between pieces: rows of hyphens or the like right below the date of one poem and right above the title of the next stand apart; so
do those of one length right below the last lines of several sections.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from tei_pipeline.rows import Row
from tei_pipeline.rules.shape import is_capitals

_RULE = re.compile(r"[-=_~–—]{3,}")
FAR = 12  # columns: a date or name at the right, which no rule at the margin underlines
FEWEST = 2  # such rules in a book
FEWEST_SECTIONS = 3  # that end with a rule of one length


def apart_from_rules(rows: list[Row]) -> list[Row]:
    """The rows with a gap above and below each rule that has none above it, and no title: what underlines one is as far from the margin,
    and hardly stands right above another line in capitals.
    """
    ruled = [i for i in range(1, len(rows)) if rows[i].text[0] in "-=_~–—" and _is_right_below(rows, i)]
    found = [i for i in ruled if _parts_pieces(rows, i)]
    found = [*(found if len(found) >= FEWEST else []), *_below_sections(rows, ruled)]
    if not found:
        return rows
    parted = list(rows)
    for i in found:
        for k in range(i, min(i + 2, len(rows))):
            parted[k] = parted[k]._replace(gap=max(1, parted[k].gap))
    return parted


def _below_sections(rows: Sequence[Row], ruled: Sequence[int]) -> list[int]:
    """The rules over white space that stand below several sections, right below the end of a sentence: such a rule, of the same length,
    underlines no title either, unless that is as long.
    """
    apart = [i for i in ruled if i + 1 == len(rows) or rows[i + 1].gap]
    ends = Counter(rows[i].text for i in apart if rows[i - 1].ends_sentence and not rows[i - 1].gap)
    return [
        i for i in apart if ends[rows[i].text] >= FEWEST_SECTIONS and not (rows[i - 1].gap and len(rows[i - 1].text) == len(rows[i].text))
    ]


def _is_right_below(rows: Sequence[Row], at: int) -> bool:
    """Whether a row is a rule right below words, and none of a table."""
    row, above = rows[at], rows[at - 1]
    below = rows[at + 1] if at + 1 < len(rows) else None
    if row.gap or _RULE.fullmatch(row.text) is None or not any(c.isalnum() for c in above.text):
        return False
    return "   " not in above.text and (below is None or "   " not in below.text)


def _parts_pieces(rows: Sequence[Row], at: int) -> bool:
    """Whether a rule stands right below a line far to the right, or the last of several lines, and right above a title."""
    row, above = rows[at], rows[at - 1]
    below = rows[at + 1] if at + 1 < len(rows) else None
    if above.indent >= row.indent + FAR:
        return True
    titled = below is not None and not below.gap and is_capitals(below.text)
    return titled and not above.gap and not is_capitals(above.text)
