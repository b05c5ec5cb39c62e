"""Page marks that transcribers keep inside lines: ``{23}``, ``[Pg 23]``, ``[S. 23]``."""

from __future__ import annotations

from bisect import insort
from typing import TYPE_CHECKING

from tei_pipeline import model
from tei_pipeline.inline.flow import Flow, Mark
from tei_pipeline.measuring.pages.marks import page_marks

if TYPE_CHECKING:
    from collections.abc import Collection

    from tei_pipeline.language import Language
    from tei_pipeline.model import Content
    from tei_pipeline.source import Span


def mark_pages(flow: Flow, language: Language, taken: Collection[int] = ()) -> list[Mark]:
    """Page marks as furniture, but for those at the places ``taken`` by sigla of notes; the page break stands before each."""
    found: list[Mark] = []
    for m in page_marks(language).inside.finditer(flow.text):
        if m.start() in taken:
            continue
        if not any(place == m.start() and isinstance(node, model.PageBreak) for place, node in flow.inserts):
            insort(flow.inserts, (m.start(), model.PageBreak(m[1] or m[2])), key=lambda insert: insert[0])
        found.append(Mark(m.start(), m.end(), _furniture, 0))
    return found


def _furniture(content: Content, spans: tuple[Span, ...]) -> model.Furniture:
    return model.Furniture("pageNum", content, spans)
