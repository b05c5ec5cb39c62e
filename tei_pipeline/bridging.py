"""Bridging: gaps that pages tore into running text are closed before any rule sees them."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from tei_pipeline.lineation import Region
from tei_pipeline.rows import Row

NARROWEST = 30  # columns: a measure below says that hardly any line is full
_BRACKETED_ITEM = re.compile(r"^\([0-9a-z]{1,4}\)\s")
_ANNOUNCING = (":", ";", "--", "—", "–")  # after these, and after the "and" of an enumeration, a bracketed letter begins an item


def bridge(rows: list[Row], margin: int, indent: int, measure: int, style: str, verses: Sequence[Region]) -> list[Row]:
    """Close the gaps that pages tore into running text: the sentence goes on, the line before is full, no indent marks a beginning.

    In verse the gap parts stanzas, and a line that is full is one like the others.
    """
    bridged = list(rows)
    lined = {line for first, end in verses for line in range(first, end)}
    stichic = _stichic(rows, lined)
    for i in range(1, len(rows)):
        row, last = rows[i], rows[i - 1]
        if (row.gap != 1 and not row.page) or row.gap > 1 or row.line in lined:
            if stichic and row.page and row.gap == 1 and {row.line, last.line} <= lined and not row.text.isupper():
                bridged[i] = row._replace(gap=0)
            continue
        if style == "unwrapped" or measure < NARROWEST:
            continue
        if _continues(last, row, margin, indent, measure, style):
            bridged[i] = row._replace(gap=0)
        elif row.page and row.gap == 0 and style == "blank":
            bridged[i] = row._replace(gap=1)
    return bridged


def _stichic(rows: Sequence[Row], lined: Set[int]) -> bool:
    """Whether verse runs on without stanzas, its gaps fewer than the pages: then a page's end is none of them."""
    pages = sum(row.page and row.line in lined for row in rows)
    return pages > sum(row.gap == 1 and not row.page and row.line in lined for row in rows)


def _continues(last: Row, row: Row, margin: int, indent: int, measure: int, style: str) -> bool:
    """Whether a line goes on with the sentence of the line before, over a gap that may be a page's."""
    if abs(row.indent - last.indent) > max(3, indent):
        return False
    if style == "indent" and row.page:
        first = row.indent > margin and row.indent - margin == indent
        return (not first and row.gap == 0) or (not first and (not last.ends_sentence or row.starts_lower))
    if _BRACKETED_ITEM.match(row.text) and (last.text.endswith(_ANNOUNCING) or last.ends_sentence):
        return False
    if row.starts_lower and not last.ends_sentence and last.text[-1] not in "*":
        return last.width > 0.75 * measure or last.text[-1] in ",;-—"
    if row.page:
        return not last.ends_sentence and last.width > 0.85 * measure
    if style == "indent" and indent and row.indent == margin + indent:
        return False  # set in as a paragraph's first line is
    return not last.ends_sentence and last.width > 0.85 * measure and not row.text[0].isdigit() and _plain(row, measure) and _plain(last, 0)


def _plain(row: Row, measure: int) -> bool:
    """Whether a line looks like running text: it fills the measure and is no title in capitals."""
    return row.width > 0.8 * measure and not row.text.isupper()
