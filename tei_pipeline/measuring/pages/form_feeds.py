"""The numbers of pages that form feeds part: each on the first or the last line of its page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from tei_pipeline.measuring.pages.printed_numbers import Number, value_of
from tei_pipeline.rows import Row
from tei_pipeline.seldom import seldom

_HEAD_WITH_NUMBER = seldom(r"^(?:([0-9]{1,4}|[ivxlc]{1,7})\s{3,}\S.*|\S.*?[^\s.·_]\s{3,}([0-9]{1,4}|[ivxlc]{1,7}))$")


def beside_form_feeds(rows: Sequence[Row], known: Mapping[int, tuple[str, str]], number: re.Pattern[str]) -> dict[int, tuple[str, str]]:
    """Numbers on the last or first line of a page where form feeds say where pages end, alone or in a running head: those that count the
    pages as the form feeds do, or else, when they stand alone, those that rise from page to page.
    """
    found: list[Number] = []
    offsets: list[int] = []  # the numbers less the form feeds before them
    page = 0
    for i, row in enumerate(rows):
        page += row.page
        beside = row.page or (i + 1 < len(rows) and rows[i + 1].page) or i + 1 == len(rows)
        if not beside:
            continue
        bare = number.match(row.text) if len(row.text) <= 14 else None
        m = bare or (_HEAD_WITH_NUMBER.match(row.text) if row.page else None)
        n = m and m[m.lastindex or 1]
        if n and (value := value_of(n)) is not None:
            found.append(Number(i, value, "pageNum" if bare else "header", n))
            offsets.append(value - page)
    if not page or len(found) < 2:
        return {}
    offset, count = Counter(offsets).most_common(1)[0]
    if count >= max(2, len(found) / 2):
        chosen = [c for c, other in zip(found, offsets, strict=True) if other == offset]
    elif any(c.row in known for c in found):
        chosen = _between_known(found, known)
    else:
        rising = all(c.kind == "pageNum" for c in found) and all(a.value < b.value for a, b in pairwise(found))
        chosen = found if rising else []
    return {c.row: (c.kind, c.n) for c in chosen}


def _between_known(found: Sequence[Number], known: Mapping[int, tuple[str, str]]) -> list[Number]:
    """Of the numbers beside form feeds, those that stand alone and fit between the numbers of pages before and after them."""
    fitting: list[Number] = []
    low = 0
    high = [0] * len(found)
    following = 0
    for k in range(len(found) - 1, -1, -1):
        high[k] = following
        following = found[k].value if found[k].row in known else following
    for c, limit in zip(found, high, strict=True):
        if c.row in known:
            low = c.value
        elif c.kind == "pageNum" and low < c.value < limit:
            fitting.append(c)
            low = c.value
    return fitting
