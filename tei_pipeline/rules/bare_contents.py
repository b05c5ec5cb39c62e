"""The contents page without a heading, right below the title page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Match, Rows
from tei_pipeline.rules.list_entries import list_entries
from tei_pipeline.rules.paragraphs import names_contents

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

ABOVE = 150  # rows: among them, or in the list, a contents page has its heading, above its second part too


def bare_contents(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Lines that stand over the text again, in their order, are the contents of the book, though no heading says so."""
    entries, _, past = layout.listing
    if not entries or rows[at].line != entries[0] or (layout.drama and entries[0] >= layout.play_opening):
        return None
    end = next((i for i in range(at, len(rows)) if rows[i].line >= past), len(rows))
    if any(names_contents(row.text, layout) for row in rows[max(0, at - ABOVE) : end]):
        return None
    return Match(
        "contents",
        end,
        f"{end - at} lines that stand over the text again, in their order",
        0.85,
        container=Container("contents", entries[0]),
        parts=list_entries(rows, at, end, layout),
    )
