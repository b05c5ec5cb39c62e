"""Directions in brackets: where one ends that opens lines of a play."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.rules.drama.directed_lines import is_said_in_brackets
from tei_pipeline.rules.drama.moves import FULL
from tei_pipeline.rules.drama.speakers import speaker_label
from tei_pipeline.rules.shape import chunk_end

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

FURTHEST = 60  # lines: the longest direction of a realist's play is a page
SHORT = 4  # lines of a direction whose bracket is never closed


def past_bracket(rows: Rows, at: int, layout: Layout) -> tuple[int, str]:
    """Past the direction that a bracket opens, and how this ends: ``closed``, ``opened twice`` and closed once, or left ``open`` as some
    printers do who set directions to the right; or ``said``, when it belongs to what somebody says.
    """
    text = rows[at].text
    opening = "(" if "(" in text[:2] else "["
    closing = ")" if opening == "(" else "]"
    if opening not in text[:2] or is_said_in_brackets(text, layout):
        return at, "said"
    depth = 0
    for i in range(at, min(len(rows), at + FURTHEST)):
        depth += rows[i].text.count(opening) - rows[i].text.count(closing)
        if depth <= 0:
            goes_on = not rows[i].text.rstrip("_.: ").endswith(closing) or _goes_on(rows, i, layout)
            return (at, "said") if goes_on else (i + 1, "closed")
        if depth == 1 and rows[i].text[-1] == closing and i + 1 == chunk_end(rows, at):
            return i + 1, "opened twice"  # [Exeunt [all but the boy.]
        if (depth > 1 and i > at) or (i + 1 < len(rows) and rows[i + 1].gap and _ends_unclosed(rows, at, i, layout)):
            break
    return _past_open(rows, at, opening, closing)


def _goes_on(rows: Rows, last: int, layout: Layout) -> bool:
    """Whether a full line that ends with the closing bracket runs on below, where names of speakers stand on no lines of their own."""
    if last + 1 >= len(rows) or rows[last + 1].gap or layout.speaker_style == "own-line":
        return False
    return rows[last].width > FULL * layout.measure and speaker_label(rows[last + 1].text, layout) is None


def _past_open(rows: Rows, at: int, opening: str, closing: str) -> tuple[int, str]:
    """Past a direction whose bracket is left open: a few lines, up to those that are set in less, or all in italics."""
    text, stop = rows[at].text, chunk_end(rows, at)
    end = next((i for i in range(at + 1, stop) if rows[i].indent < rows[at].indent), stop)
    while end < stop and sum(row.text.count("_") for row in rows[at:end]) % 2:
        end += 1  # the italics go on at the margin
    whole = " ".join(row.text for row in rows[at:end])
    closes = whole.rstrip(". ").endswith("_")
    aside = text.startswith("(_") and closes  # (_Aside._
    ended = end - at <= SHORT or (text[1:2] == "_" and whole.count("_") == 2 and closes)
    return (end, "open") if (opening == "[" or aside) and ended and closing not in whole else (at, "said")


def _ends_unclosed(rows: Rows, at: int, last: int, layout: Layout) -> bool:
    """Whether white space ends a direction whose bracket is open: wide space, space below one short line, or somebody speaks next."""
    if rows[last + 1].gap > 2 or (last == at and rows[at].width < FULL * layout.measure):
        return True
    return speaker_label(rows[last + 1].text, layout) is not None
