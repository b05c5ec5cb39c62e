"""Head-pieces: the white space above a plate that stands over a title is the title's own."""

from __future__ import annotations

from collections.abc import Sequence

from tei_pipeline.language import Language
from tei_pipeline.rows import Row
from tei_pipeline.rules.words import words

OVER = 3  # empty lines above a plate: with fewer it stands among paragraphs
LONGEST_PLATE = 12  # lines of its marker and caption
LONGEST_TITLE = 3  # lines
SHORT = 0.8  # of the measure: no line of a title is as long


def below_plates(rows: list[Row], measure: int, language: Language) -> list[Row]:
    """The rows, each title right below a head-piece with the gap that stands above the head-piece."""
    figure = words(language).figure
    for at, row in enumerate(rows):
        if row.gap < OVER or row.text[0] not in "[{(" or not figure.match(row.text):
            continue
        below = _past(rows, at)
        if below and 0 < rows[below].gap < row.gap and _is_short(rows, below, measure):
            rows[below] = rows[below]._replace(gap=row.gap)
    return rows


def _past(rows: Sequence[Row], at: int) -> int:
    """The row below a plate whose marker begins at a row, when its bracket closes at the end of a line; else 0."""
    depth = 0
    for i in range(at, min(len(rows) - 1, at + LONGEST_PLATE)):
        depth += sum(rows[i].text.count(sign) for sign in "[{(") - sum(rows[i].text.count(sign) for sign in "]})")
        if depth <= 0:
            return i + 1 if rows[i].text[-1] in "]})" else 0
    return 0


def _is_short(rows: Sequence[Row], at: int, measure: int) -> bool:
    """Whether the lines that stand together at a row may be a title: few, short, and the first begins with a capital."""
    end = at + 1
    while end < len(rows) and not rows[end].gap:
        end += 1
    lines = rows[at:end]
    return (
        len(lines) <= LONGEST_TITLE
        and not lines[0].starts_lower
        and lines[0].text[0] not in "[{("
        and all(r.width < SHORT * measure for r in lines)
    )
