"""Marks of proofreaders that stayed in a text: lines that say how what stands between them was to be set."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tei_pipeline.rows import Row

FEWEST = 2  # pairs: one may be a line of the book
_MAY_OPEN = ("/*", "/#", "/$")
_OPENS = re.compile(r"^/([*#$A-Z])(?:\[[\d.,]+\])?$")


def without_proof_marks(rows: list[Row], text: str) -> tuple[list[Row], list[Row]]:
    """The rows without pairs of lines such as ``/*`` and ``*/``, and these: they are left over from the making of the text, and white
    space goes on over them.
    """
    if not any(mark in text for mark in _MAY_OPEN):
        return rows, []
    marks = _pairs(rows)
    if len(marks) < 2 * FEWEST:
        return rows, []
    kept: list[Row] = []
    gap, page = 0, False
    for i, row in enumerate(rows):
        gap, page = max(gap, row.gap), page or row.page
        if i in marks:
            continue
        kept.append(row if (gap, page) == (row.gap, row.page) else row._replace(gap=gap, page=page))
        gap, page = 0, False
    return kept, [rows[i] for i in sorted(marks)]


def _pairs(rows: Sequence[Row]) -> frozenset[int]:
    """The places of the lines that open and close such a passage, one not inside another."""
    found: list[int] = []
    opened, closing = 0, ""
    for i, row in enumerate(rows):
        if closing and row.text == closing:
            found += [opened, i]
            closing = ""
        elif row.text[0] == "/" and (m := _OPENS.match(row.text)) is not None:
            opened, closing = i, f"{m[1]}/"
    return frozenset(found)
