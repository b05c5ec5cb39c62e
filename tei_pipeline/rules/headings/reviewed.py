"""Titles of reviews: the book that a piece is about, with its place, year and pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Facts, Match, Rows
from tei_pipeline.folding import alternation
from tei_pipeline.rules.shape import chunk_end

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

MOST_LINES = 6
FEWEST_BELOW = 2  # lines of the text
_TITLE = re.compile(r"^_[^_]{3,}_\W")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_FIGURES = r"\s*(?:\d|[ivxlc]+\b)"


def reviewed(rows: Rows, at: int, layout: Layout) -> Match | None:
    """The title of a book in italics, its year and its pages, farther from the text above than the text below is from it, head a review."""
    row, end = rows[at], chunk_end(rows, at)
    if not at or row.gap < 2 or layout.drama or end - at > MOST_LINES or end >= len(rows) or rows[end].gap >= row.gap:
        return None
    if chunk_end(rows, end) - end < FEWEST_BELOW or rows[end].text[0] == "_":
        return None
    line = " ".join(row.text for row in rows[at:end])
    title, year = _TITLE.match(line), _YEAR.search(line)
    if title is None or year is None:
        return None
    forms = [form for form, unit in layout.language.citation_units.items() if unit == "page" and form[-1] in ".°º"]
    if not forms or re.search(rf"(?<![^\W_]){alternation(forms)}{_FIGURES}", line[year.end() :], re.I) is None:
        return None
    return Match("heading", end, "the title of a book, its year and pages, over what is said of it", 0.8, Facts(type="title"))
