"""The rows of the book itself: what its pages have of their own is taken out, and gaps are counted in paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from tei_pipeline.measuring.line_spacing import single_spaced
from tei_pipeline.measuring.pages.feet import Foot, lift_feet
from tei_pipeline.rows import Row

SET_IN = 8  # columns: farther from where most lines begin stand titles
SEAM = 5  # paragraph gaps: in double-spaced text a line right under another, a blank before it, is where two converted files meet


def without_pages(
    rows: Sequence[Row], kinds: Mapping[int, tuple[str, str]], spacing: int, siglum: re.Pattern[str] | None, solid: bool = False
) -> tuple[list[Row], list[Foot], int]:
    """The rows of the book itself, the notes at the feet of its pages, and how many page breaks it has.

    ``kinds`` are the rows that are furniture, which are left out; ``siglum`` shows notes at page feet, without it they stay; ``solid``: no
    empty lines part them from the text. Gaps are in units of a paragraph gap, and where a page broke, what its furniture and margins do
    not account for.
    """
    body: list[Row] = []
    ends: list[int] = []  # of the pages, in the rows of the body
    pages = 0
    past_furniture = False
    page_tops = _page_tops(rows, kinds)
    amid_text = (i for i, (kind, _) in kinds.items() if kind == "mark" and i + 1 < len(rows) and rows[i + 1].starts_lower)
    above_marks = _usual(rows[i].gap // spacing for i in amid_text)
    above = 0  # more white space above a mark than where the text goes on below
    apart = single_spaced(rows) if spacing == 2 else frozenset()

    for i, row in enumerate(rows):
        if i in kinds:
            ends.append(len(body))
            pages += 1
            past_furniture = True
            if kinds[i][0] == "mark":
                above = max(above, row.gap // spacing - above_marks)
            continue
        gap = row.gap // spacing
        if spacing == 2 and row.gap == 0 and i and 0 < row.indent <= 2 and rows[i - 1].indent == 0:
            gap = SEAM
        if i in apart:
            gap = max(gap, 1)
        if past_furniture or row.page:
            if not past_furniture:
                ends.append(len(body))
                pages += 1
            over = max(above, gap - (page_tops if past_furniture else 1))
            body.append(Row(row.line, row.text, row.indent, min(1, gap) if over < 2 else 1 + over, True))
        else:
            body.append(row if row.gap == gap else tuple.__new__(Row, (row.line, row.text, row.indent, gap, row.page)))
        past_furniture = False
        above = 0
    if not pages or siglum is None:
        return body, [], pages
    marked = sum(kind == "mark" for kind, _ in kinds.values()) > 0.5 * len(kinds)
    body, feet = lift_feet(body, [*ends, len(body)], siglum, solid, marked)
    return body, feet, pages


def _page_tops(rows: Sequence[Row], kinds: Mapping[int, tuple[str, str]]) -> int:
    """The usual gap between furniture and the first line of a page; the white space above a title in the middle of the line is its own."""
    tops = [rows[i + 1] for i in kinds if i + 1 < len(rows) and i + 1 not in kinds]
    if not tops:
        return 0
    usual = sorted(row.indent for row in rows)[len(rows) // 2]
    return _usual(row.gap for row in tops if row.indent < usual + SET_IN)


def _usual(gaps: Iterable[int]) -> int:
    """The most common gap; 1 if there is none."""
    common = Counter(gaps).most_common(1)
    return common[0][0] if common else 1
