"""Letters and documents set into a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.headings.head_labels import bare_label, head_label
from tei_pipeline.rules.letters.addressed import titles_letter
from tei_pipeline.rules.letters.closings import is_closing
from tei_pipeline.rules.letters.dated import MARKS, is_dateline, is_day
from tei_pipeline.rules.letters.near_dates import leads_to_date, place_over_letter
from tei_pipeline.rules.letters.salutes import is_salute
from tei_pipeline.rules.shape import begins_note, chunk_end, is_capitals
from tei_pipeline.rules.verse.lines import verse
from tei_pipeline.rules.walked import walked_once

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

SET_IN = 2  # columns, at least
MOST_PLACES = 4  # lines of a place over several lines, with its date
FEWEST = 3  # lines: an address alone, set to the right over a text, is none
MOST_SINGLE = 12  # lines, each apart, of a note that somebody reads; more are verses or a list
BY_SALUTE = "opened by a salute"
BY_FORMULA = "closed by a formula"
CENTRED = 12  # columns
LONGEST = 2000  # lines: beyond, the book itself is set in


def set_in_letter(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Lines set in from the margin, opened by a date or salute or closed by a formula and name, are a letter within the text."""
    inside = _inside(layout)
    row = rows[at]
    if row.indent < inside or not at or not row.gap or layout.style == "unwrapped" or layout.drama:
        return None
    end = min(_letter_end(rows, at, layout), at + LONGEST)
    while end > at and end < len(rows) and not rows[end].gap and rows[end].indent < inside:
        end -= 1  # the last line is the first one of a paragraph that goes on at the margin
    while end > at and not any(map(str.isalnum, rows[end - 1].text)):
        end -= 1  # a row of signs parts the letter from what follows
    if end - at < FEWEST:
        return None
    opened = _opened(rows, at, end, layout)
    if opened is not None and not any(rows[i].gap == 0 for i in range(at + 1, end)):
        opened = opened if "salute" in opened and end - at <= MOST_SINGLE else None
    if opened is None or not _has_text(rows, at, end, inside):
        return None
    if opened == BY_FORMULA and (is_closing(row.text, layout) or verse(rows, at, layout) is not None):
        return None  # the closing of the letter that stands above, and verses that it quotes at its end
    if opened == BY_SALUTE and chunk_end(rows, at) >= end and (found := verse(rows, at, layout)) is not None and found.end >= end:
        return None  # a stanza that begins like a salute: "My dear old ferry on the winding stream,"
    return Match("quotation", end, f"{end - at} lines set in, {opened}", 0.9, container=Container("quotation", row.line))


def _inside(layout: Layout) -> int:
    """The column in which the lines of a letter within the text begin, at least."""
    return layout.margin + max(SET_IN, layout.indent + (layout.style != "indent"))


@walked_once
def _letter_end(rows: Rows, at: int, layout: Layout) -> int:
    """Where set-in lines end, or the next letter or chapter begins among them."""
    inside = _inside(layout)
    end = at + 1
    while end < len(rows) and rows[end].gap <= 2 and rows[end].indent >= inside:
        if begins_note(rows[end]) or (rows[end].gap == 2 and rows[end].indent > inside + CENTRED and _is_number(rows[end].text)):
            break
        if rows[end].gap == 2 and (label := head_label(rows[end].text, layout.language)) is not None and label.type:
            if label.length >= len(rows[end].text.rstrip(".")) or is_capitals(rows[end].text):
                break  # the next chapter, set in as far
        if rows[end].gap == 2 and _names_receiver(rows, end, layout):
            break  # the next letter
        if not any(map(str.isalnum, rows[end].text)) and end + 1 < len(rows) and _begins(rows, end + 1, layout):
            break  # so a row of signs parts it from this one
        end += 1
    return end


def _begins(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a date, or a place over words that address somebody, is the first line of a letter."""
    return is_dateline(rows[at].text, layout) or place_over_letter(rows, at, layout)


def _is_number(text: str) -> bool:
    """Whether a line is a number or a letter and nothing else: that of the next chapter, or under which the next entries stand."""
    label = bare_label(text)
    return (label is not None and label.length == len(text)) or (len(text.rstrip(".")) == 1 and text[0].isupper())


def _names_receiver(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line alone says whom a letter is to: "_To Anna Holm_"."""
    first = fold(rows[at].text.strip(MARKS).partition(" ")[0])
    return first in layout.language.receivers and chunk_end(rows, at) == at + 1 and titles_letter(rows[at].text, layout)


def _opened(rows: Rows, at: int, end: int, layout: Layout) -> str | None:
    """What shows that set-in lines are a letter: a salute in the first few lines, or a formula of closing in the last."""
    whole = not any(row.page for row in rows[at : end + 1])  # the pages of a book may stand further in, one and all
    start = at + (whole and _names_receiver(rows, at, layout))
    start += start < end and leads_to_date(rows, start, layout)
    dated = place_over_letter(rows, start, layout)
    start += dated
    while start < end and start - at < 4 and is_dateline(rows[start].text, layout):
        dated = True
        start += 1
    stop = min(end, chunk_end(rows, at))
    if not dated and 1 < stop - at <= MOST_PLACES and is_dateline(" ".join(row.text for row in rows[at:stop]), layout):
        dated, start = True, stop
    if start < end and is_salute(rows[start].text.strip('"“”'), layout):
        return BY_SALUTE
    last = end - 1
    while last > start and end - last < 6:
        if (rows[last].gap or rows[last].indent > rows[last - 1].indent + 4) and is_closing(
            " ".join(row.text for row in rows[last : min(end, chunk_end(rows, last))]), layout
        ):
            return "opened by a date, closed by a formula" if dated else BY_FORMULA
        last -= 1
    if start == at and chunk_end(rows, at) == at + 1 and is_day(rows[at].text, layout):
        dated, start = True, at + 1
    if dated and start + 1 < end and rows[start].gap == rows[start + 1].gap == 1 and is_capitals(rows[start].text):
        start += 1  # the title of an order or notice
    if dated and start < end and rows[start].gap and _runs(rows, start, end):
        return "opened by a date over running text"
    return None


def _runs(rows: Rows, at: int, end: int) -> bool:
    """Whether lines go on in small letters in the paragraph here, or, where this is short, in the next."""
    stop = chunk_end(rows, at)
    if stop - at > 1 and stop < end and rows[stop].gap == 1:
        stop = chunk_end(rows, stop)
    return any(row.starts_lower and not row.gap for row in rows[at + 1 : min(end, stop)])


def _has_text(rows: Rows, at: int, end: int, inside: int) -> bool:
    """Whether some of the lines are running text: not all far to the right."""
    return sum(row.indent < inside + 12 for row in rows[at:end]) >= 2
