"""Lists without markers: lines of quantities, and what a colon announces, one to a line or hung out to the margin."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Match, Rows
from tei_pipeline.rules.headings.head_labels import head_label
from tei_pipeline.rules.headings.titles import MARKS, dangles
from tei_pipeline.rules.shape import announces, chunk_end, is_capitals
from tei_pipeline.rules.verse.beside_verse import is_list_of_names

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


_QUANTITY = re.compile(
    r"^(?:(?:\d{1,4}(?:[ -]?\d/\d{1,2})?|\d/\d{1,2})[½¼¾⅓⅔]?|[½¼¾⅓⅔]|(?P<word>[^\W\d_]+))\s+(?:[^\W\d_A-Z]|[A-Z][a-z]?\.\s)"  # 2 Tb. salt
)
MOSTLY = 0.5  # of the lines at the margin begin with a quantity; set in from it one tells enough
NEARLY = 0.7  # of lines that a comma or point closes, as some of verses do


LONGEST_LIST = 60  # lines


def quantities(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Short lines together that are no sentence and of which some begin with a quantity, or at the margin most, are a list."""
    row = rows[at]
    if layout.style != "blank" or (not row.gap and at) or layout.in_verse(row.line):
        return None
    end = chunk_end(rows, at)
    chunk = rows[at:end]
    if not 2 <= len(chunk) <= LONGEST_LIST:
        return None
    if (label := head_label(row.text.strip(MARKS), layout.language)) is not None and label.length >= len(row.text.strip(MARKS + ".")):
        return None  # the number of a chapter over its title: "Two Soldiers"
    counted = sum(_is_quantity(r.text, layout) for r in chunk)
    if counted < len(chunk) and max(r.width for r in chunk) > 0.75 * layout.measure:
        return None
    set_in = all(r.indent > layout.margin + 1 for r in chunk)
    closed = _closed_alike(_ends_of_items(chunk, layout))
    figures = sum(r.text[0].isnumeric() and _is_quantity(r.text, layout) for r in chunk)
    if set_in and closed == "full" and figures >= max(2, MOSTLY * len(chunk)):
        needed = 2.0  # no verses count in figures, line by line
    else:
        needed = 1.0 if set_in and closed == "open" else MOSTLY * len(chunk) if closed == "open" else max(2.5, NEARLY * len(chunk))
    if not closed or counted < needed:
        return None
    parts = tuple((i, i + 1, Container("item", rows[i].line)) for i in range(at, end))
    where = "set in" if set_in else "at the margin"
    evidence = f"{len(chunk)} short lines {where}, {counted} of them quantities"
    return Match("list", end, evidence, 0.85, container=Container("list", row.line), parts=parts)


def _ends_of_items(chunk: Rows, layout: Layout) -> Rows:
    """The lines that say all of an item, or the last of it: not those that a small word ends, "2 eels, or" over "1 tin of eels"."""
    return [*(r for r in chunk[:-1] if not dangles(r.text, layout) or r.text.endswith(",")), chunk[-1]]


def _closed_alike(chunk: Rows) -> str:
    """How lines close that are items each: ``open`` without a point, ``parted`` by commas or semicolons, ``full`` with a point; "" if they
    do not close alike.
    """
    ends = [r.text[-1] if r.text[-1] in ".,;:!?" else "" for r in chunk]
    if not any(ends):
        return "open"
    if ends[-1] in ("", ".", ends[0]) and ends[0] in (",", ";") and ends[:-1] == [ends[0]] * (len(ends) - 1):
        return "parted"
    return "full" if ends == ["."] * len(ends) else ""


FEWEST_LINES = 3


def title_list(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Three or more lines in capitals, set in alike below a title at the margin, are titles of their own: those of a series of books; so
    are four or more lines apart, as the dishes of a dinner, over a row of ornaments.
    """
    if not lists_titles(rows, at, layout):
        return None
    end = _list_end(rows, at)
    parts = tuple((i, i + 1, Container("item", rows[i].line)) for i in range(at, end))
    return Match("list", end, f"{end - at} titles set in below one", 0.8, container=Container("list", rows[at].line), parts=parts)


def lists_titles(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether the lines from there on are titles set in below the one above, none of which reads on, and that counts no division."""
    above = rows[at - 1] if at else None
    if above is None or layout.style != "blank" or layout.drama or rows[at].gap != 1 or (at > 1 and above.gap <= rows[at].gap):
        return False
    chunk = rows[at : _list_end(rows, at)]
    apart = len(chunk) > 1 and chunk[1].gap == 1
    if len(chunk) < FEWEST_LINES + apart or any(row.indent != chunk[0].indent or not is_capitals(row.text) for row in chunk):
        return False
    below = rows[at + len(chunk)].text if at + len(chunk) < len(rows) else "end"
    if apart and (any(c.isalnum() for c in below) or above.gap <= LIST_GAP or not above.text[-1].isalnum()):
        return False
    if (
        chunk[0].indent <= above.indent
        or not (apart or is_capitals(above.text))
        or any(dangles(row.text, layout) for row in (above, *chunk))
    ):
        return False
    label = head_label(above.text.strip(MARKS), layout.language)
    return (label is None or not label.type) and not layout.in_verse(rows[at].line)


LIST_GAP = 2  # empty lines, more than which stand above the title of a list whose lines stand apart


def _list_end(rows: Rows, at: int) -> int:
    """Past the lines together, or, from one that stands apart, past all such lines set in as it is."""
    end = chunk_end(rows, at)
    alone = end == at + 1
    while alone and end < len(rows) and rows[end].gap == 1 and rows[end].indent == rows[at].indent and chunk_end(rows, end) == end + 1:
        end += 1
    return end


_QUOTES = "\"'“”„«»‘’"


def line_list(rows: Rows, at: int, layout: Layout) -> Match | None:
    """After a colon, three or more lines set in, each closed by a point or all but the last by a semicolon, are items, one to a line; so
    are three or more groups of short lines, parted by commas and closed by a point, whose first line alone stands at the margin.
    """
    row = rows[at]
    if not at or not row.gap or layout.style == "unwrapped" or layout.drama:
        return None
    if not announces(rows[at - 1].text) or layout.in_verse(row.line):
        return None
    if row.indent <= layout.margin + 1:
        return _hung_out(rows, at, layout)
    end = chunk_end(rows, at)
    base = min(r.indent for r in rows[at:end])
    starts = [i for i in range(at, end) if rows[i].indent == base]
    if starts[0] != at or len(starts) < FEWEST_LINES or any(rows[i].indent < base + 2 for i in range(at, end) if i not in starts):
        return None
    lasts = [rows[stop - 1] for stop in [*starts[1:], end]]
    closed = _closed_alike(lasts)
    if row.text[0] in _QUOTES and rows[end - 1].text[-1] in _QUOTES and row.text[-1] not in _QUOTES:
        return None  # one quotation
    parted = closed == "parted" and (lasts[0].text[-1] == ";" or _are_things(rows[at:end]))
    if closed == "full" or parted or (len(starts) == end - at and _are_unmarked(rows[at:end])):
        parts = tuple((i, stop, Container("item", rows[i].line)) for i, stop in zip(starts, [*starts[1:], end], strict=True))
        return Match("list", end, f"{len(starts)} lines set in after a colon", 0.82, container=Container("list", row.line), parts=parts)
    return None


def _hung_out(rows: Rows, at: int, layout: Layout) -> Match | None:
    starts = [at]
    hanging = 0
    while starts[-1] < len(rows) and (len(starts) == 1 or rows[starts[-1]].gap == 1):
        chunk = rows[starts[-1] : chunk_end(rows, starts[-1])]
        below = {row.indent for row in chunk[1:] if row.indent > chunk[0].indent}
        ends = [row.text.rstrip(_QUOTES)[-1:] for row in chunk]
        hangs = len(below) == 1 and len(chunk) > 1 and chunk[0].width < FULL * layout.measure
        if ends[-1] != "." or not (all(end in ",;." for end in ends) if hangs else set(ends) == {"."} and not _tells(chunk, layout)):
            break
        hanging += hangs
        starts.append(starts[-1] + len(chunk))
    while starts[1:] and "," not in " ".join(row.text for row in rows[starts[-2] : starts[-1]]):
        starts.pop()  # a sentence below the list
    if len(starts) <= FEWEST_LINES or hanging < FEWEST_HANGING:
        return None
    parts = tuple((first, stop, Container("item", rows[first].line)) for first, stop in pairwise(starts))
    return Match(
        "list",
        starts[-1],
        f"{len(parts)} entries at the margin after a colon",
        0.82,
        container=Container("list", rows[at].line),
        parts=parts,
    )


def _tells(chunk: Rows, layout: Layout) -> bool:
    """Whether lines have a verb of their own, as sentences do, and no entry."""
    return any(word in layout.language.finite for row in chunk for word in row.text.split())


FULL = 0.95  # of the measure: the first line of an entry has room left
FEWEST_HANGING = 2  # entries with lines set in below their first
MOST_OF_A_THING = 4  # words: the whisk, a rolling-pin


def _are_things(chunk: Rows) -> bool:
    """Whether lines that begin small are a few words each."""
    return all(r.starts_lower and len(r.text.split()) <= MOST_OF_A_THING for r in chunk)


def _are_unmarked(chunk: Rows) -> bool:
    """Whether lines, in enough of which nothing closes but perhaps the last, are names or things of a few words each."""
    texts = [row.text for row in chunk]
    if len(texts) < FEWEST_UNMARKED or not all(text[-1].isalnum() or text[-1] == ")" for text in [*texts[:-1], texts[-1].rstrip(".")]):
        return False
    longest = max(len(text.split()) for text in texts)
    if longest > MOST_OF_A_THING or any(text.isupper() for text in texts):
        return False
    if sum(row.starts_lower for row in chunk) >= len(chunk) / 2:
        return True
    return longest <= MOST_OF_A_NAME and len(texts) > FEWEST_UNMARKED and is_list_of_names(texts)  # an address has longer lines


FEWEST_UNMARKED = 4  # lines: an inscription may have three
MOST_OF_A_NAME = 2  # words


def _is_quantity(text: str, layout: Layout) -> bool:
    m = _QUANTITY.match(text)
    return m is not None and (m["word"] is None or m["word"].lower() in layout.language.cardinals)
