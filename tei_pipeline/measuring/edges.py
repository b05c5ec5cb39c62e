"""The edges of a text: its margin, its measure, and how its paragraphs begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tei_pipeline.measuring.joined_lines import LONGER as JOINED
from tei_pipeline.measuring.joined_lines import single_width
from tei_pipeline.rows import Row

DEEPEST_INDENT = 8  # columns of the first line of a paragraph: deeper, a text is set in
DEEPEST_STEP = 10  # columns from the margin that may still be a paragraph's indent or a hanging line
FAR_IN = 4  # columns: nearer to the margin, whole letters may stand between the notes of their editor
UNWRAPPED = 160  # columns: wider than any printed page or typewriter line; longer lines hold whole paragraphs
USUAL = 72  # columns: the measure of plain text, where there is nothing to measure, and for which names and titles were placed


class Edges(NamedTuple):
    """Where lines begin and end, in columns, and the style of paragraphs: ``blank``, ``indent`` or ``unwrapped``."""

    margin: int
    indent: int
    measure: int
    style: str


def edges(rows: Sequence[Row], style: str = "") -> Edges:
    """The edges of some rows; ``style`` when it is known already. Lines that were never wrapped have no measure of their own: what stands
    in the middle or at the right was placed for a page.
    """
    if not rows:
        return Edges(0, 0, USUAL, style or "blank")
    widths = sorted(row.width for row in rows)
    if not style and _is_unwrapped(rows, widths):
        return Edges(0, 0, min(widths[-1], USUAL), "unwrapped")
    full = sorted(a.width for a, b in pairwise(rows) if b.gap == 0 and not a.ends_sentence)
    if full and full[int(len(full) * 0.97)] > JOINED * full[len(full) // 2] and (single := single_width(rows)):
        full = [width for width in full if width <= JOINED * single]
    measure = _measure(full) if full else widths[int(len(widths) * 0.9)]
    margin = _margin(rows)
    starts = _set_in_starts(rows, margin)
    blanks = starts_after_blanks(rows, margin, 0.6 * measure)
    hanging = sum(
        a.gap and a.indent == margin and not b.gap and 1 <= b.indent - margin <= DEEPEST_STEP and (c.gap or c.indent > margin)
        for a, b, c in zip(rows, rows[1:], [*rows[2:], rows[-1]], strict=False)  # else a paragraph set in, below words of address
    )
    if len(starts) > max(3 if blanks > 1 else 2, 0.6 * blanks, 1.5 * hanging, 0.02 * len(rows)):
        return Edges(margin, Counter(starts).most_common(1)[0][0], measure, "indent")
    return Edges(margin, _indent_after_blanks(rows, margin), measure, "blank")


def begins_prose(rows: Sequence[Row], verses: Sequence[tuple[int, int]], indent: int) -> tuple[int, str]:
    """The indent and the style of paragraphs where a text whose paragraphs seemed set in is mostly verse: that of its prose, which may be
    parted by gaps while verses are set in.
    """
    lined = {line for first, end in verses for line in range(first, end)}
    prose = [row for row in rows if row.line not in lined]
    long = 0.6 * USUAL
    if sum(row.width > long for row in prose) < FEWEST_OF_PROSE:
        return indent, "indent"
    told = edges(prose)
    return (told.indent, told.style) if told.style == "blank" else (indent, "indent")


FEWEST_OF_PROSE = 12  # long lines that tell how paragraphs begin


def _measure(full: Sequence[int]) -> int:
    """The width that hardly any of the lines exceeds which the sentence goes on from, from the narrowest on; lines that no page has room
    for hold a note or a remark that was put among wrapped ones.
    """
    measure, usual = full[int(len(full) * 0.97)], full[int(len(full) * 0.75)]
    if measure <= WIDEST or measure <= LONGER * usual:
        return measure
    return max(width for width in full if width <= WRAPPED * usual)


WIDEST = 110  # columns of a page or a typewriter line
WRAPPED = 1.05  # times as long as three of four full lines: the longest of those that were wrapped
LONGER = 1.2  # times as long as three of four full lines: not wrapped as they are


def usual_width(rows: Sequence[Row]) -> int:
    """The width that one line of ten exceeds; where most lines were wrapped, of these: others hold a note that was put among them."""
    widths = sorted(row.width for row in rows)
    wrapped = [width for width in widths if width <= WIDEST]
    among = wrapped if 2 * len(wrapped) > len(widths) else widths
    return among[int(0.9 * len(among))] if among else 0


def edges_as(style: str, rows: Sequence[Row]) -> Edges:
    """The edges where the editor knows how paragraphs are told apart."""
    if style == "unwrapped":
        return Edges(0, 0, min(max((row.width for row in rows), default=0), USUAL), style)
    found = edges(rows, style)._replace(style=style)
    if style == "indent" and not found.indent:
        steps = Counter(row.indent - found.margin for row in rows if row.indent > found.margin)
        return found._replace(indent=steps.most_common(1)[0][0] if steps else 0)
    return found


def _is_unwrapped(rows: Sequence[Row], widths: Sequence[int]) -> bool:
    """Whether lines hold whole paragraphs: most of the text stands in such, or two do and hardly a line follows another at once."""
    long = [width for width in widths if width > UNWRAPPED]
    return sum(long) > 0.5 * sum(widths) or (len(long) >= 2 and sum(not row.gap for row in rows) <= 0.15 * len(rows))


def _margin(rows: Sequence[Row]) -> int:
    """The usual left edge of lines that follow another; one further out, when a fifth as many begin there."""
    indents = Counter(row.indent for row in rows if row.gap == 0) or Counter(row.indent for row in rows)
    usual = indents.most_common(1)[0][0]
    outmost = min(indents)
    return outmost if indents[outmost] >= 0.2 * indents[usual] else usual


def _set_in_starts(rows: Sequence[Row], margin: int) -> list[int]:
    """The indents of the lines that begin a paragraph without a gap, as their capital and the end of the sentence before show."""
    return [
        b.indent - margin
        for a, b, c in zip(rows, rows[1:], [*rows[2:], rows[-1]], strict=False)
        if b.gap == 0
        and not b.page
        and 1 <= b.indent - margin <= DEEPEST_STEP
        and (a.indent == margin or (a.indent == b.indent and c.indent == margin and not c.gap))
        and a.ends_sentence
        and not (b.starts_lower or b.text[0] in "([")  # a direction
    ]


def starts_after_blanks(rows: Sequence[Row], margin: int, long: float) -> int:
    """How many paragraphs of prose begin after a gap, other than right below a title in the middle of the line, where one always stands;
    what is set in alike over two lines is no title.
    """
    return sum(
        bool(b.gap)
        and not b.page
        and b.indent - margin <= DEEPEST_INDENT
        and len(b.text) > long
        and (len(a.text) > long or (a.ends_sentence and (a.indent - margin <= DEEPEST_STEP or (not a.gap and a.indent == over.indent))))
        for over, a, b in zip([*rows[:1], *rows], rows, rows[1:], strict=False)
    )


def _indent_after_blanks(rows: Sequence[Row], margin: int) -> int:
    """The indent that most paragraphs have though gaps part them; 0 when they have none."""
    after = [row.indent - margin for row in rows if row.gap == 1]
    set_in = Counter(step for step in after if 1 <= step <= DEEPEST_INDENT)
    if not set_in:
        return 0
    step, times = set_in.most_common(1)[0]
    return step if times > 0.5 * len(after) and (step < FAR_IN or _begin_so(rows, margin + step)) else 0


def _begin_so(rows: Sequence[Row], indent: int) -> bool:
    """Whether most paragraphs of more than a line begin further in than they go on, or are verses, each as long as it will: prose that
    stands so far in with all its lines is quoted.
    """
    long = [(row, below) for row, below in pairwise(rows) if row.gap == 1 and not below.gap]
    if 2 * sum(row.indent == indent > below.indent for row, below in long) > len(long):
        return True
    inside = [len(row.text) for row, below in long if row.indent == below.indent == indent]
    return 2 * sum(length < RAGGED * max(inside) for length in inside) > len(inside)


RAGGED = 0.85  # of the longest line: shorter ones, other than the last of a paragraph, are no prose


def sets_in(rows: Sequence[Row], margin: int, indent: int, measure: int) -> bool:
    """Whether a book sets its quotations in from the margin: five or more runs of full set-in lines."""
    found = run = 0
    for row in rows:
        inside = row.indent >= margin + max(3, indent + 1) and row.width > 0.75 * measure
        run = run + 1 if inside and not row.gap else int(inside)
        found += run == 3
    return found >= 5
