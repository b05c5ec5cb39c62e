"""Page marks that transcribers keep inside lines: ``{23}``, ``[Pg 23]``, ``[S. 23]``."""

from __future__ import annotations

import re
from bisect import insort
from typing import TYPE_CHECKING

from tei_pipeline import model
from tei_pipeline.inline.flow import Flow, Mark

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tei_pipeline.model import Content
    from tei_pipeline.source import Span

PAGE_MARK = re.compile(
    r"\{\s*(?:p\.\s?)?(\d{1,4}|[ivxlc]{1,7})\s*\}|\[\s*(?:Pg|P|p|Page|page|Seite|S|pag)\.?\s*(\d{1,4}|[ivxlc]{1,7})\s*\]"
)
FEWEST = 3  # marks: fewer do not run on


def has_page_marks(lines: Iterable[str]) -> bool:
    """Whether a text has page marks: three or more whose numbers rise."""
    last = count = 0
    for line in lines:
        if "{" not in line and "[" not in line:
            continue
        for m in PAGE_MARK.finditer(line):
            number = m[1] or m[2]
            if number.isdigit():
                count += int(number) > last
                last = int(number)
    return count >= FEWEST


def mark_pages(flow: Flow, taken: Collection[int] = ()) -> list[Mark]:
    """Page marks as furniture, but for those at the places ``taken`` by sigla of notes; the page break stands before each."""
    found: list[Mark] = []
    for m in PAGE_MARK.finditer(flow.text):
        if m.start() in taken:
            continue
        if not any(place == m.start() and isinstance(node, model.PageBreak) for place, node in flow.inserts):
            insort(flow.inserts, (m.start(), model.PageBreak(m[1] or m[2])), key=lambda insert: insert[0])
        found.append(Mark(m.start(), m.end(), _furniture, 0))
    return found


def _furniture(content: Content, spans: tuple[Span, ...]) -> model.Furniture:
    return model.Furniture("pageNum", content, spans)
