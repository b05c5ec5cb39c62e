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
