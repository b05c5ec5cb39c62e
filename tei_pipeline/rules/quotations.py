"""Block quotations: set apart by indent, or by the colon before and the marks that open each paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Match, Rows
from tei_pipeline.rules.paragraphs import paragraph_end
from tei_pipeline.rules.shape import loose_lines

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

OPENING = "\"“„«»‟'‘‚‹›"
_PAIRS = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", "'": "'", "‚": "‘’", "‹": "›", "›": "‹"}
_CLOSE_THEN_REFERENCE = re.compile(r"[\"”“»«'’‘][\s.,;:]*(?:[\[(][^\[\]()]*(?:[\[(][^\[\]()]*[\])][^\[\]()]*)*[\])])?[\s.,;:*†]*(?:[0-9]{1,3})?[\s.]*$")
_LABEL = re.compile(r"^\w+ (?:\w+)?: ?[\"“„«]")
_ELLIPSIS = re.compile(r"^[.…\s]*")
_ENDS_WITH_REFERENCE = re.compile(r"[.!?…\"”»]\s*[\[(](?:[^\[\]()]|[\[(][^\[\]()]*[\])]){4,160}[\])][.\s]*$")


def _paragraph(rows: Rows, at: int, layout: Layout) -> tuple[int, str]:
    end = paragraph_end(rows, at, layout)
    return end, " ".join(row.text for row in rows[at:end])


def _opens(text: str) -> str:
    """The quotation mark that begins a paragraph (after points of omission), or nothing."""
    mark = text[0]
    if mark in OPENING:
        return mark
    bare = _ELLIPSIS.sub("", text[:12])
    return bare[0] if bare and bare[0] in "\"“„«" else ""


def _introduced(rows: Rows, at: int) -> bool:
    """Whether the line before announces something: it ends with a colon (dash after it, note reference, residue aside)."""
    if not at:
        return False
    return announces(rows[at - 1].text)


def announces(text: str) -> bool:
    """Whether words end by announcing what follows: with a colon, whatever the printer or converter set after it."""
    return bool(re.search(r":\s?(?:[—–-]{1,2}|[*†]|\[?\d{1,3}\]?|</?p>)*$|\d{1,3} ?:$", text[-12:]))


def marked_quotation(rows: Rows, at: int, layout: Layout) -> Match | None:
    """After a colon, a paragraph that opens with a quotation mark, and those after it that open again, are quoted."""
    mark = _opens(rows[at].text)
    labelled = not mark and bool(_LABEL.match(rows[at].text))
    if not (mark or labelled) or not rows[at].gap and at or not _introduced(rows, at):
        return None
    end, text = _paragraph(rows, at, layout)
    if not labelled and not _whole(text, mark):
        return None
    paragraphs = 1
    while end < len(rows) and rows[end].gap == 1:
        stop, words = _paragraph(rows, end, layout)
        again = _opens(words)
        if not (again or (labelled and _LABEL.match(words))):
            break
        if again and not _whole(words, again):
            break
        end = stop
        paragraphs += 1
    key = rows[at].line
    return Match("quotation", end, f"{paragraphs} paragraphs in quotation marks after a colon", 0.93, container=Container("quotation", key))


def _whole(text: str, mark: str) -> bool:
    """Whether quoted words fill the paragraph: the mark is not closed, or closed only at the end or before the reference."""
    closing = _PAIRS.get(mark, mark)
    if _CLOSE_THEN_REFERENCE.search(text):
        return True
    body = text[text.find(mark) + 1 :] if mark in text[:14] else text
    if mark in "'‘":
        body = re.sub(r"\w['’]\w", "", body)
    return not any(c in body for c in closing)


def bare_quotation(rows: Rows, at: int, layout: Layout) -> Match | None:
    """After a colon, a paragraph without marks that ends with a reference to literature in brackets is quoted."""
    if not rows[at].gap or rows[at].text[0] in "([*" or not _introduced(rows, at):
        return None
    end, text = _paragraph(rows, at, layout)
    if end - at < 2 or not re.search(r"\d", text[-60:]) or not _ENDS_WITH_REFERENCE.search(text) or re.match(r"^\(?\w{1,3}[.)]\s", text):
        return None
    return Match("quotation", end, "after a colon, closed by its reference", 0.75, container=Container("quotation", rows[at].line))


def indented_quotation(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Running text set in from the margin, all its lines, is a quotation or document."""
    if layout.style == "unwrapped":
        return None
    least = layout.margin + max(3, layout.indent + 1)
    if rows[at].indent < least:
        return None
    end = at + 1
    count = len(rows)
    # the block goes on as long as no line comes back to the margin
    while end < count and rows[end].gap <= 1 and rows[end].indent >= least - 1:
        end += 1
    block = rows[at:end]
    inner = [row for row in block if row.gap == 0]
    if len(block) < 2 or not inner and len(block) < 4:
        return None
    widest = max(row.width for row in block)
    loose = loose_lines(block, widest)
    if layout.style == "indent" and end < count and rows[end].gap == 0 and end - at == 1:
        return None
    if loose > 0.5 * len(block) + 1:
        return None
    return Match(
        "quotation", end, f"{len(block)} lines set in from the margin", 0.85, container=Container("quotation", rows[at].line)
    )
