"""Contents without a heading: of the book, right below the title page, and of a chapter, below its label."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Match, Rows
from tei_pipeline.rules.headings.head_labels import head_label
from tei_pipeline.rules.headings.titles import MARKS
from tei_pipeline.rules.headings.titles_below import FEWEST_TOLD, told_with_pages
from tei_pipeline.rules.lists.list_entries import list_entries
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


def chapter_contents(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Three or more paragraphs below the label of a chapter, each with the page where it is told, which rise, are its contents."""
    if not at or rows[at].gap != 1 or layout.drama or len(rows[at - 1].text) > LONGEST_LABEL:
        return None
    label = head_label(rows[at - 1].text.strip(MARKS), layout.language)
    if label is None or not label.type or label.length < len(rows[at - 1].text.strip(MARKS).rstrip(" .:")):
        return None
    starts = told_with_pages(rows, at)
    if len(starts) <= FEWEST_TOLD:
        return None
    parts = tuple((first, stop, Container("item", rows[first].line)) for first, stop in pairwise(starts))
    evidence = f"{len(parts)} paragraphs below a label, with pages that rise"
    return Match("list", starts[-1], evidence, 0.85, container=Container("list", rows[at].line), parts=parts)


LONGEST_LABEL = 30  # characters
