"""Markers: what is printed before the items of a list, and numbers that look like it and count the paragraphs of a treatise."""

from __future__ import annotations

import re

from tei_pipeline.blocks import Rows
from tei_pipeline.language import parse_roman

MARKER = re.compile(r"^(\(?([0-9]{1,3}|[a-zA-Z]|[ivxlIVXL]{1,6})[.)]|[•●▪◦·‣]|[-–—*](?=\s))\s+(?=\S)")


_FIGURES, _SMALL, _CAPITALS = re.compile(r"[0-9]+"), re.compile(r"[a-z]+"), re.compile(r"[A-Z]+")


def kind_of(marker: str) -> str:
    """How a marker looks: its sign, with a figure, a small letter or a capital for its number."""
    return _FIGURES.sub("1", _SMALL.sub("a", _CAPITALS.sub("A", marker)))


def values_of(token: str) -> set[int]:
    """The places a marker may stand for: a figure, a letter's place in the alphabet, a roman number."""
    if token.isdigit():
        return {int(token)}
    values = set()
    if len(token) == 1:
        values.add(ord(token.lower()) - 96)
    roman = parse_roman(token)
    if roman:
        values.add(roman)
    return values


def counts_on(rows: Rows, end: int, kind: str, value: int) -> bool:
    """Whether the count goes on past a paragraph that has no number, a remark on the one above: what is counted so are the paragraphs
    of a treatise, and no items.
    """
    for i in range(end, min(len(rows), end + REMARK)):
        found = MARKER.match(rows[i].text) if rows[i].gap else None
        if rows[i].gap > 1 or (found and kind_of(found[1]) == kind):
            return i > end and rows[i].gap == 1 and found is not None and value + 1 in values_of(found[2] or "")
    return False


REMARK = 20  # rows of a remark between numbered paragraphs


def are_items(rows: Rows) -> bool:
    """Whether of several paragraphs nearly all begin with the mark of an item: what is set in is an outline, steps within steps."""
    starts = [row.text for row in rows if row.gap]
    return len(starts) >= FEWEST_OUTLINED and sum(_OUTLINED.match(text) is not None for text in starts) >= MOST_OUTLINED * len(starts)


_OUTLINED = re.compile(r"[\W_]{0,3}(?:[0-9]{1,2}|[a-zA-Z]|[ivxlIVXL]{1,6})[.)_+*]{1,3}\s")  # (iv.), _b._
FEWEST_OUTLINED = 3
MOST_OUTLINED = 0.8


def counts_paragraphs(rows: Rows, at: int, marker: re.Match[str]) -> bool:
    """Whether the numbers that a marker goes on with, above the heading, are those of paragraphs as long as those of a treatise."""
    kind, wanted = kind_of(marker[1]), min(values_of(marker[2]), default=0) - 1
    last, count = at, 0
    for i in range(at - 1, -1, -1):
        if count == ENOUGH or not wanted:
            break
        found = MARKER.match(rows[i].text) if rows[i].gap else None
        if found and kind_of(found[1]) == kind and wanted in values_of(found[2] or ""):
            last, count, wanted = i, count + 1, wanted - 1
    return count >= FEWEST_UNANNOUNCED and at - last > 3 * count


FEWEST_UNANNOUNCED = 3  # items that nothing announces: two numbers may be those of paragraphs far apart
ENOUGH = 12  # paragraphs that tell how long those are that a book counts
