"""Contents pages that were taken from their columns: the page of each entry stands on a line of its own below the title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tei_pipeline.blocks import Rows

FEWEST_BELOW = 4  # entries
MOSTLY = 0.4  # of the lines that begin entries are pages: of two lines one is
_PAGE_ALONE = re.compile(r"[0-9]{1,4}|[ivxlc]{1,7}")


def with_pages_below(rows: Rows, starts: Sequence[int]) -> list[int]:
    """The lines at which entries begin, without those that are the page of the title above; two titles may have one page."""
    pages = [i for i in starts if _PAGE_ALONE.fullmatch(rows[i].text)]
    if len(pages) < max(FEWEST_BELOW, MOSTLY * len(starts)) or pages[0] == starts[0]:
        return list(starts)
    alone = frozenset(pages)
    return [i for i in starts if i not in alone or i - 1 in alone]


def ends_pages_below(rows: Rows, first: int, at: int, stop: int) -> bool:
    """Whether lines apart, below a list from ``first`` on whose pages stand on lines of their own, are no entry: they have no page, and no
    line below them is one.
    """
    if not rows[at].gap or not _PAGE_ALONE.fullmatch(rows[at - 1].text) or _PAGE_ALONE.fullmatch(rows[at].text):
        return False
    pages = sum(_PAGE_ALONE.fullmatch(row.text) is not None for row in rows[first:at])
    last, below = rows[stop - 1].text, rows[stop : stop + MOST_TURNED]
    return pages >= max(FEWEST_BELOW, MOSTLY * (at - first)) and not (
        last[-1].isdigit() or any(_PAGE_ALONE.fullmatch(row.text) for row in below)
    )


MOST_TURNED = 2  # lines between those of an entry and its page
