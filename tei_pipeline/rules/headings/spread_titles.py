"""Titles that take a leaf: each of their lines stands apart, the small words alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tei_pipeline.blocks import Facts, Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.shape import chunk_end, is_capitals, is_title_case

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

APART = 4  # empty lines above a leaf
BELOW = 3  # below it
MOST_LINES = 12
LONGEST_LINE = 50  # characters
FEWEST = 3  # lines


def spread(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Short lines, each apart, far from what is above and below, are one title if a small word of it stands alone: LETTERS, FROM, ANNA."""
    if rows[at].gap < APART or layout.drama or len(rows[at].text) > LONGEST_LINE:
        return None
    end = at + 1
    while end < len(rows) and end - at < MOST_LINES and rows[end].gap == 1:
        end += 1
    if not FEWEST <= end - at < MOST_LINES or end >= len(rows) or rows[end].gap < BELOW:
        return None
    small = layout.language.lowercase_in_titles | layout.language.receivers | layout.language.addressing
    by = layout.language.bylines.keys() - layout.language.addressing
    alone = 0
    for row in rows[at:end]:
        text = row.text.strip("_*=")
        if chunk_end(rows, at) > at + 1 or len(text) > LONGEST_LINE or text[-1:] in ":;!?" or fold(text) in by:
            return None  # the author stands below the title
        bare = fold(text) in small
        alone += bare
        if not (bare or is_capitals(text) or is_title_case(text, small)):
            return None
    if not alone or fold(rows[end - 1].text.strip("_*=")) in small or not any(c.isalpha() for c in rows[at].text):
        return None
    return Match("heading", end, f"{end - at} lines apart, small words alone among them", 0.85, Facts(type="title"))
