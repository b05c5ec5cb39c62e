"""Lists: items with printed markers that run on, or counted with words after a colon."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Match, Rows
from tei_pipeline.language import parse_roman
from tei_pipeline.rules.paragraphs import paragraph_end
from tei_pipeline.rules.quotations import announces

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

MARKER = re.compile(r"^(\(?([0-9]{1,3}|[a-zA-Z]|[ivxlIVXL]{1,6})[.)]|[•●▪◦·‣]|[-–—*](?=\s))\s+(?=\S)")


def _kind(marker: str) -> str:
    return re.sub(r"[0-9]+", "1", re.sub(r"[a-z]+", "a", re.sub(r"[A-Z]+", "A", marker)))


def _values(token: str) -> set[int]:
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


def marked_list(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Two or more paragraphs after a colon whose markers run on from the first are a list."""
    match = MARKER.match(rows[at].text)
    if match is None or not at:
        return None
    token = match[2] or ""
    if token and 1 not in _values(token):
        return None
    if not announces(rows[at - 1].text):
        return None
    kind, wanted = _kind(match[1]), 1
    starts = [at]
    end = paragraph_end(rows, at, layout)
    end = _split_glued(rows, at, end, kind)
    while end < len(rows) and rows[end].gap <= 1:
        found = MARKER.match(rows[end].text)
        if not found or _kind(found[1]) != kind or (token and wanted + 1 not in _values(found[2] or "")):
            break
        wanted += 1
        starts.append(end)
        end = _split_glued(rows, end, paragraph_end(rows, end, layout), kind)
    if len(starts) < 2:
        return None
    parts = []
    for first, stop in zip(starts, [*starts[1:], end], strict=True):
        marker = MARKER.match(rows[first].text)
        assert marker is not None
        parts.append((first, stop, Container("item", rows[first].line, marker[2] or "", len(marker[1]))))
    return Match("list", end, f"{len(starts)} markers run on from {match[1]!r} after a colon", 0.92, container=Container("list", rows[at].line), parts=tuple(parts))


def _split_glued(rows: Rows, at: int, end: int, kind: str) -> int:
    """Where the next marker stands inside the same run of lines, there the item ends."""
    for i in range(at + 1, end):
        found = MARKER.match(rows[i].text)
        if found and _kind(found[1]) == kind and rows[i - 1].ends_sentence:
            return i
    return end


def counted_list(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Two or more paragraphs after a colon that count with words (firstly, secondly) are a list."""
    words = layout.language.enumeration
    first = _count_word(rows[at].text, words)
    if first != 1 or not at or not announces(rows[at - 1].text):
        return None
    starts = [at]
    end = paragraph_end(rows, at, layout)
    while end < len(rows) and rows[end].gap <= 1 and _count_word(rows[end].text, words) == len(starts) + 1:
        starts.append(end)
        end = paragraph_end(rows, end, layout)
    if len(starts) < 2:
        return None
    parts = tuple(
        (first, stop, Container("item", rows[first].line, str(n))) for n, (first, stop) in enumerate(zip(starts, [*starts[1:], end], strict=True), 1)
    )
    evidence = f"{len(starts)} paragraphs counted in words after a colon"
    return Match("list", end, evidence, 0.88, container=Container("list", rows[at].line), parts=parts)


def _count_word(text: str, words: dict[str, int]) -> int:
    lead = text.split(",", 1)[0].lower().strip(" :—-")
    return words.get(lead, 0) if len(lead) < 30 else 0
