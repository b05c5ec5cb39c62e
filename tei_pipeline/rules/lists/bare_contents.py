"""Contents without a heading: of the book, right below the title page, and of a chapter, below its label."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.headings.head_labels import head_label
from tei_pipeline.rules.headings.titles import MARKS
from tei_pipeline.rules.headings.titles_below import FEWEST_TOLD, told_with_pages
from tei_pipeline.rules.lists.list_entries import list_entries
from tei_pipeline.rules.paragraphs import names_contents
from tei_pipeline.rules.shape import chunk_end

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
    """Three or more paragraphs below the label of a chapter, each with the page where it is told, which rise, are its contents; so are
    lines together there, of which three or more begin with numbers that run on from the first, or say again what the contents page says.
    """
    if not at or rows[at].gap != 1 or layout.drama or len(rows[at - 1].text) > LONGEST_LABEL:
        return None
    label = head_label(rows[at - 1].text.strip(MARKS), layout.language)
    if label is None or not label.type or label.length < len(rows[at - 1].text.strip(MARKS).rstrip(" .:")):
        return None
    starts = told_with_pages(rows, at)
    said = "paragraphs below a label, with pages that rise"
    if len(starts) <= FEWEST_TOLD:
        starts, said = _counted(rows, at, layout), "lines set in below a label, whose numbers run on"
    if len(starts) <= FEWEST_TOLD:
        starts, said = _said_again(rows, at), "lines below a label, as on the contents page"
    if len(starts) <= FEWEST_TOLD:
        return None
    parts = tuple((first, stop, Container("item", rows[first].line)) for first, stop in pairwise(starts))
    evidence = f"{len(parts)} {said}"
    return Match("list", starts[-1], evidence, 0.85, container=Container("list", rows[at].line), parts=parts)


def _counted(rows: Rows, at: int, layout: Layout) -> list[int]:
    """Where the entries of lines that stand together begin, each with its number, perhaps below what they are, and where the last ends."""
    end = chunk_end(rows, at)
    if any(row.indent <= layout.margin + 1 for row in rows[at:end]) or end >= len(rows) or rows[end].gap < OVER_DIVISION:
        return []
    starts: list[int] = []
    for i in range(at, end):
        text = rows[i].text
        label = head_label(text, layout.language)
        if label is not None and not label.type and text[label.length - 1] == "." and label.length < len(text):
            if label.number != len(starts) + 1:
                return []
            starts.append(i)
    if not starts or starts[0] > at + 1:
        return []
    return [*([at] if starts[0] > at else []), *starts, end]


def _said_again(rows: Rows, at: int) -> list[int]:
    """Where the entries of lines without a point begin that all stand together before, below the same label, and where the last ends."""
    end = chunk_end(rows, at)
    if end - at < FEWEST_TOLD:
        return []
    label = fold(rows[at - 1].text)
    if any(not (row.text[-1].isalnum() or row.text[-1] in "_)") for row in rows[at : end - 1]):
        return []
    above = (i for i in range(min(at - 1 - (end - at), IN_FRONT)) if len(rows[i].text) < LONGEST_LABEL and fold(rows[i].text) == label)
    lines = [row.text for row in rows[at:end]]
    if not any([row.text for row in rows[i + 1 : i + 1 + end - at]] == lines for i in above):
        return []
    return [*(i for i in range(at, end) if i == at or not rows[i].starts_lower), end]


IN_FRONT = 2000  # rows: contents pages of long books, with what each chapter tells
OVER_DIVISION = 2  # empty lines
LONGEST_LABEL = 30  # characters
