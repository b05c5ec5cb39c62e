"""Quotations that only their indent shows: running text set in from the margin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Match, Rows
from tei_pipeline.rules.headings.head_labels import bare_label, head_label
from tei_pipeline.rules.headings.over_text import over_flush_text
from tei_pipeline.rules.lists.markers import are_items
from tei_pipeline.rules.shape import announces, begins_note, chunk_end, is_centred, is_title_case, loose_lines
from tei_pipeline.rules.verse.lines import verse
from tei_pipeline.rules.walked import walked_once
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout
    from tei_pipeline.rows import Row

TOLD = 200  # lines tell whether they were wrapped or each ended on purpose
LOOSE = 0.5  # of the lines, at most, may have been ended on purpose
SHORT = 4  # lines below the first one of a paragraph
_MARKED = seldom(r"\(?_?(?:[0-9]{1,3}|[a-zA-Z]|[ivxIVX]{2,5})_?[.)]")
SET_IN = 2  # columns: so little may be uneven typing, unless full lines stand in alike
WHOLE = 0.8  # of the measure: a line so wide was not ended on purpose


def _slightly_set_in(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Full lines set in by as little as transcribers do, all alike, between text at the margin; the mark that opens them may hang before
    them, who signs a letter stand below them at the margin, and more paragraphs go on below them, as far in. A title may stand above them.
    """
    if rows[at].text[0] in "[*+|" or _MARKED.match(rows[at].text) or not at or rows[at - 1].indent > layout.margin:
        return None
    first, at = at, _below_titles(rows, at, layout)
    end = chunk_end(rows, at)
    hung = rows[at].indent < layout.margin + SET_IN
    signed = hung and end > at + 2 and rows[end - 1].indent <= layout.margin and rows[end - 1].text[0] == rows[at].text[0]
    lines = rows[at + hung : end - signed]
    if (
        len(lines) < 2
        or any(row.indent != layout.margin + SET_IN for row in lines)
        or any(row.width < WHOLE * layout.measure for row in lines[:-1])
    ):
        return None
    while hung and not signed and end < len(rows) and _hangs_as(rows, end, rows[at], layout):
        end = chunk_end(rows, end)
    while not hung and end < len(rows) and _goes_on_below(rows, end, layout):
        end = chunk_end(rows, end)
    end = _before_pictures(rows, at, end, layout)
    return Match("quotation", end, f"{len(lines)} full lines set in a little", 0.85, container=Container("quotation", rows[first].line))


def _below_titles(rows: Rows, at: int, layout: Layout) -> int:
    """The first lines below the titles of what is announced, each of them alone and set in as far."""
    below = at
    while announces(rows[at - 1].text) and below < len(rows) and chunk_end(rows, below) == below + 1:
        if rows[below].indent != layout.margin + SET_IN or rows[below].gap > layout.spacing + (below == at):
            return at
        below += 1
    return below if below < len(rows) else at


def _goes_on_below(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a paragraph below what is set in a little stands as far in, or far to the right of it, as who signs."""
    chunk = rows[at : chunk_end(rows, at)]
    if rows[at].gap != 1 or begins_note(rows[at]) or rows[at].text[0] in "*+|":
        return False
    left = layout.margin + SET_IN
    return all(row.indent == left for row in chunk) or (len(chunk) == 1 and chunk[0].indent > left + FAR_RIGHT)


FAR_RIGHT = 16  # columns


def _before_pictures(rows: Rows, at: int, end: int, layout: Layout) -> int:
    """Where set-in lines end above the pictures that stand last, as far in: these are of the text that goes on."""
    while end > at + 1 and rows[end - 1].text[-1] in "]}":
        first = next(i for i in range(end - 1, at - 1, -1) if rows[i].gap or i == at)
        if first == at or words(layout.language).figure.match(rows[first].text) is None:
            break
        end = first
    return end


def _hangs_as(rows: Rows, at: int, first: Row, layout: Layout) -> bool:
    """Whether the next paragraph of what is quoted stands so: the mark that opens it hangs before its lines too."""
    alike = rows[at].gap == 1 and (rows[at].indent, rows[at].text[0]) == (first.indent, first.text[0]) and not first.text[0].isalnum()
    return alike and all(row.indent == layout.margin + SET_IN for row in rows[at + 1 : chunk_end(rows, at)])


def _counts_below(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a number stands over text at the margin, alone or with a title: it counts that, and not what is set in above it."""
    text = rows[at].text.rstrip(".")
    if len(text) > LONGEST_TITLE or at + 1 >= len(rows) or not rows[at + 1].gap:
        return False
    below = rows[at + 1 : min(at + 3, chunk_end(rows, at + 1))]  # the first line may be set in
    if min(row.indent for row in below) > layout.margin + layout.indent:
        return False
    label = head_label(text, layout.language)
    if label is None:
        return False
    title = text[label.length :].lstrip(" .:—–-")
    return not title or (bool(label.type or text[0] == "§") and is_title_case(title, layout.language.lowercase_in_titles))


LONGEST_TITLE = 60  # characters


def _whole_paragraphs(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Where each paragraph is one line: long ones set in, between others at the margin, so that no first lines are set in there."""
    if not at or not rows[at].gap or not _is_long_inset(rows, at, layout) or not _at_margin(rows, at, -1, layout):
        return None
    end = at + 1
    while end < len(rows) and rows[end].gap <= layout.spacing and _is_long_inset(rows, end, layout):
        end += 1
    if not _at_margin(rows, end - 1, 1, layout):
        return None
    evidence = f"{end - at} paragraphs set in from the margin"
    return Match("quotation", end, evidence, 0.88, container=Container("quotation", rows[at].line))


def _is_long_inset(rows: Rows, at: int, layout: Layout) -> bool:
    row = rows[at]
    return row.indent >= layout.margin + 3 and len(row.text) > LONGEST_LINE and not _is_marked(row)


def _at_margin(rows: Rows, at: int, step: int, layout: Layout) -> bool:
    """Whether the nearest long line above or below, if there is one near, stands at the margin."""
    near = rows[max(0, at - FAR) : at][::-1] if step < 0 else rows[at + 1 : at + 1 + FAR]
    text = (row for row in near if len(row.text) > LONGEST_LINE and not (row.indent > layout.margin and _is_marked(row)))
    return next((row.indent <= layout.margin + 1 for row in text), step > 0)


def _is_marked(row: Row) -> bool:
    """Whether a line begins an item of a list or a note, which may be set in."""
    return row.text[0] in "[*+|(" or _MARKED.match(row.text) is not None


_DITTO = re.compile(r"[\"”„] ")
LONGEST_LINE = 80  # characters: more is a paragraph whose lines are not cut
FAR = 12  # rows


def _goes_on_with_entry(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether lines stand as far in as those below the first of the paragraph above, which hangs out to the margin: an entry of a list of
    persons may have more paragraphs than one.
    """
    far, first = rows[at].indent, at - 1
    if far <= layout.margin or rows[first].indent != far:
        return False
    while first > 0 and rows[first].indent == far and rows[first].gap <= 1:
        first -= 1
    return rows[first].indent == layout.margin and not rows[first + 1].gap and (not first or rows[first].gap > 0)


def _is_number_at_top(row: Row, layout: Layout) -> bool:
    """Whether a number stands alone in the middle of the first line of a page, whose top leaves no other white space above it."""
    label = bare_label(row.text) if row.page and is_centred(row, layout) else None
    return label is not None and label.length >= len(row.text.rstrip("."))


def indented_quotation(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Running text set in from the margin, all its lines, is a quotation or document."""
    if layout.style == "unwrapped":
        return _whole_paragraphs(rows, at, layout)
    if _DITTO.match(rows[at].text):
        return None  # a remark on a verse, below the word "Line" of the one above
    least = _least(layout)
    if rows[at].gap == 1 and _goes_on_with_entry(rows, at, layout):
        return None
    little = SET_IN - (rows[at].text[0] in '"“„«' and at + 1 < len(rows) and rows[at + 1].indent > rows[at].indent)
    if rows[at].indent == layout.margin + little and layout.indent < SET_IN and layout.style == "blank" and rows[at].gap:
        return _slightly_set_in(rows, at, layout)
    chunk = rows[at + 1 : chunk_end(rows, at)]
    if rows[at].indent < least or (0 < len(chunk) < SHORT and all(row.indent < least for row in chunk)):
        return None  # nor is a paragraph whose first line alone stands so far in
    end = _set_in_end(rows, at, layout)
    while end > at + 1 and not any(map(str.isalnum, rows[end - 1].text)) and rows[end - 1].gap:
        end -= 1  # the stars below it
    end = _before_pictures(rows, at, end, layout)
    block = rows[at : min(end, at + TOLD)]
    if len(block) > 1 and block[1].gap and block[1].indent < rows[at].indent and verse(rows, at + 1, layout) is not None:
        return None  # the title over a song
    inner = [row for row in block if row.gap == 0]
    if len(block) < 2 or (not inner and len(block) < 4):
        return None
    widest = max(row.width for row in block)
    loose = loose_lines(block, widest)
    if layout.style == "indent" and end < len(rows) and rows[end].gap == 0 and end - at == 1:
        return None
    if loose > LOOSE * len(block) + 1 or are_items(block):
        return None
    return Match("quotation", end, f"{end - at} lines set in from the margin", 0.93, container=Container("quotation", rows[at].line))


def _least(layout: Layout) -> int:
    """The column in which the first line of what is set in begins, at least."""
    return layout.margin + max(3, layout.indent + 1)


@walked_once
def _set_in_end(rows: Rows, at: int, layout: Layout) -> int:
    """Where a line comes back to the margin, or what is set in ends in some other way."""
    least = _least(layout)
    strict = layout.style == "indent" or layout.indent >= 2  # paragraphs have their first line set in nearly as far
    end = at + 1
    while (
        end < len(rows)
        and rows[end].gap <= 1
        and rows[end].indent >= (least if strict and (rows[end].gap or layout.style == "indent") else least - 1)
        and not begins_note(rows[end])
    ):
        if rows[end].gap and (rows[end - 1].text.startswith(("--", "—")) or _counts_below(rows, end, layout)):
            break  # the source ends it
        if (rows[end].gap and over_flush_text(rows, end, layout)) or _is_number_at_top(rows[end], layout):
            break  # the title of the next piece
        end += 1
    return end
