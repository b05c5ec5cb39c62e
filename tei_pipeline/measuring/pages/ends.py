"""Signatures and catchwords: what printers set at the foot of a page for the binder, below its last line."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from itertools import pairwise

from tei_pipeline.rows import LINE_END_HYPHENS, Row
from tei_pipeline.seldom import seldom

FEWEST = 3  # pages: fewer may be chance
LONGEST_CATCHWORD = 20  # characters
RIGHT = 0.5  # of the usual width: catchwords stand beyond
RISING = 0.8  # of the sheets come in the order of the alphabet; a volume may begin anew
_SIGNATURE = seldom(r"\*?([A-Z]{1,2}|[A-Z][a-z])\s?(?:[0-9]{0,2}|[ivx]{0,4})\*?$")


def page_ends(rows: Sequence[Row], known: Mapping[int, tuple[str, str]], full: int) -> dict[int, tuple[str, str]]:
    """The last rows of pages that are signatures of sheets, in the order of the alphabet, or the first word of the next page set right:
    ``{row: (kind, "")}``. ``known`` is the furniture found so far, ``full`` the usual width.
    """
    signed: list[tuple[int, str]] = []
    caught: list[int] = []
    for i in range(1, len(rows)):
        if i - 1 in known or not (i in known or rows[i].page):
            continue
        last = i - 1
        top = _next_text(rows, i, known)
        m = _SIGNATURE.match(rows[last].text)
        if m is not None and (top is None or not _is_caught(rows[last], top, full)):  # "It", "I" may be the next page's first word
            signed.append((last, m[1]))
            last -= 1
        if top is not None and _is_caught(rows[last], top, full):
            caught.append(last)
    found: dict[int, tuple[str, str]] = {}
    if len(caught) >= FEWEST:
        found.update(dict.fromkeys(caught, ("catch", "")))
    rising = sum((len(a), a.upper()) <= (len(b), b.upper()) for (_, a), (_, b) in pairwise(signed))
    if len(signed) >= FEWEST and rising >= RISING * (len(signed) - 1) and len({letters for _, letters in signed}) > 1:
        found.update(dict.fromkeys((i for i, _ in signed), ("sig", "")))
    return found


def _next_text(rows: Sequence[Row], i: int, known: Container[int]) -> Row | None:
    """The first row from a place on that is no furniture."""
    return next((rows[k] for k in range(i, len(rows)) if k not in known), None)


def _is_caught(last: Row, top: Row, full: int) -> bool:
    """Whether the last row of a page, far at the right, is the first word of the next one, or a part of it."""
    word = last.text.rstrip(LINE_END_HYPHENS).lower()
    return len(word) <= LONGEST_CATCHWORD and last.indent > RIGHT * full and bool(word) and top.text.lower().startswith(word)
