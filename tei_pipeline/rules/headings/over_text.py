"""Headings that stand in the very middle of a printed page, over text that begins at the margin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Facts, Match, Rows
from tei_pipeline.rules.headings.head_labels import bare_label, head_label
from tei_pipeline.rules.headings.titles import MARKS
from tei_pipeline.rules.letters.dated import is_dateline
from tei_pipeline.rules.letters.salutes import is_salute
from tei_pipeline.rules.shape import OFF_MIDDLE, announces, chunk_end, is_capitals, starts_upper

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout
    from tei_pipeline.rows import Row

MOST_LINES = 5
FAR_IN = 6  # columns: set in farther than quotations are
LONG = 0.7  # of the measure: a line so long begins a paragraph


def over_flush_text(rows: Rows, at: int, layout: Layout) -> int:
    """Where lines in the middle of a page end, with white space above and below, over text that begins at the margin or over the date or
    greeting of a letter; 0 where none do.

    Where paragraphs are set in, the first one below a heading is not, as printers do; else only the rest of a paragraph begins so, which
    a verse or an inscription interrupts in the middle of a sentence.
    """
    if not tells_titles(layout) or not at or not rows[at].gap:
        return 0
    end = chunk_end(rows, at)
    if end - at > MOST_LINES or end >= len(rows) or not in_middle(rows[at:end], layout):
        return 0
    above, below = rows[at - 1], rows[end]
    if not below.gap or not (begins_text(below, layout) or is_dateline(below.text, layout) or is_salute(below.text, layout)):
        return 0
    if not above.ends_sentence and len(above.text) >= LONG * layout.measure:
        return 0
    return 0 if announces(above.text) or not starts_upper(rows[at].text.strip(MARKS)) or rows[at].text[0] in "([" else end


def tells_titles(layout: Layout) -> bool:
    """Whether the middle of the pages is known, in a book that sets its paragraphs in."""
    return layout.middle is not None and layout.style == "indent" and layout.indent > 0 and not layout.drama


def in_middle(rows: Sequence[Row], layout: Layout) -> bool:
    """Whether all lines stand in the very middle of the pages."""
    twice = 2 * (layout.middle or 0)
    return all(row.indent >= layout.margin + FAR_IN and abs(row.indent + row.width - twice) <= OFF_MIDDLE for row in rows)


def begins_text(row: Row, layout: Layout) -> bool:
    """Whether a line is the first of a paragraph that is not set in."""
    return row.indent <= layout.margin and not row.starts_lower and len(row.text) >= LONG * layout.measure


def over_text(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Lines in the very middle of the page over text that begins at the margin, where paragraphs are set in."""
    end = over_flush_text(rows, at, layout)
    line = " ".join(row.text for row in rows[at:end])
    if not end or is_dateline(line, layout):
        return None
    label = head_label(line, layout.language) or bare_label(line)
    if label is None or not label.number:
        facts = Facts(type="capitals" if is_capitals(line) else "title")
    else:
        kind = "labelled" if label.type else "arabic" if label.n[0].isdigit() else "roman"
        facts = Facts(label.rank, label.type, label.n, label.number, label.length, kind)
    return Match("heading", end, "in the middle of the page, over text that begins at the margin", 0.8, facts)
