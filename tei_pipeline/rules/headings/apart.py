"""Headings that a rule below them, the capitals of their words, or a line ended before the measure shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Facts, Match, Rows
from tei_pipeline.rules.headings.titles import (
    LONGEST_TITLE,
    NOT_TITLE,
    TERMINAL,
    before_date,
    dangles,
    is_cased_title,
    is_title_line,
    over_date,
    over_speech,
    set_together,
    title_lines,
)
from tei_pipeline.rules.letters.dated import is_dateline
from tei_pipeline.rules.shape import (
    chunk_end,
    is_capitals,
    is_centred,
    is_summary,
    is_title_case,
    starts_upper,
    sums_up,
    without_reference,
    word_count,
)

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

RULE = re.compile(r"^[-=_~]{3,}$")
BOXED = 2  # times as long as the line above: a rule right over text goes over the page
MOST_CASED = 3  # lines, of a title that only its capitals show
_SENTENCE_WITHIN = re.compile(r"[^\W\d_]{4}[.!?]\s+[^\W\d_]")


def underlined(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A title above a line of hyphens, equals signs or underscores at least half as long."""
    end = chunk_end(rows, at)
    for i in range(at + 1, min(end, at + 4)):
        if RULE.match(rows[i].text):
            if rows[i - 1].ends_sentence and not is_title_case(rows[i - 1].text, layout.language.lowercase_in_titles):
                return None  # the rule below a section
            if rows[i - 1].ends_sentence and any(row.gap and row.text == rows[i].text for row in rows):
                return None  # so is it elsewhere, apart from the text
            if i + 1 < end and len(rows[i].text) > BOXED * len(rows[i - 1].text):
                return None  # it opens a box
            if all(is_title_line(row, layout) for row in rows[at:i]) and len(rows[i].text) >= 0.5 * len(rows[i - 1].text):
                return Match("heading", i + 1, "underlined", 0.92, Facts(type="underlined"))
            return None
    return None


def cased(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Two or three lines apart, every word with a capital but the small ones: a title that white space does not show, or a long one."""
    end = set_together(rows, at, layout, MOST_CASED)
    if not 2 <= end - at <= MOST_CASED or end >= len(rows) or not rows[end].gap or not all(is_cased_title(r, layout) for r in rows[at:end]):
        return None
    if sums_up(rows[at:end]):
        return None
    return Match("heading", end, f"{end - at} lines that write their words as titles do", 0.75, Facts(type="title"))


def glued(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A title whose text begins on the next line: it was ended before the measure, without a point, and a sentence begins below."""
    row = rows[at]
    end = chunk_end(rows, at)
    if over_date(rows, at, layout):
        return Match("heading", at + 1, "a title over the date of its piece and the text", 0.85, Facts(type="title"))
    if over_speech(rows, at, layout):
        return Match("heading", at + 1, "a title right over the words of a speaker", 0.85, Facts(type="title"))
    if end - at < 2 or (row.gap < layout.section_gap and at) or (layout.spacing == 1 and row.gap < 3 and at):
        return None
    stop = title_lines(rows, at, layout, 4)
    if row.indent > layout.margin and rows[end - 1].indent > layout.margin and layout.spacing == 1 and not is_centred(row, layout):
        return None
    if stop == at or stop >= end or (not at and stop + 1 == len(rows)):
        last = without_reference(rows[end - 1].text)
        above_date = before_date(rows, at, end, layout)
        apart = row.gap >= 4 or (not at and above_date < end)  # nothing stands over the first lines of a text
        if stop >= end and apart and end - at <= 4 and not TERMINAL.search(last) and not NOT_TITLE.search(row.text):
            return Match("heading", above_date, f"short lines after a gap of {row.gap}", 0.8, Facts(type="title"))
        return None
    line = " ".join(r.text for r in rows[at:stop])
    if is_summary(line):
        return None
    titled = is_title_case(line, layout.language.lowercase_in_titles) or is_dateline(rows[stop].text, layout)
    longest = LONGEST_TITLE * (2 if row.gap >= 4 else 1)
    if TERMINAL.search(line) or NOT_TITLE.search(line) or not starts_upper(rows[stop].text) or (word_count(line) > longest and not titled):
        return None
    if layout.in_verse(rows[stop].line) and not is_capitals(line) and (not titled or _write_titles(rows[stop:end], layout)):
        return None  # verses of a stanza without a title
    if is_dateline(line, layout) or (not is_capitals(line) and (_SENTENCE_WITHIN.search(line) or dangles(line, layout))):
        return None
    return Match("heading", stop, f"a title ended before the measure, text begins below, gap {row.gap}", 0.75, Facts(type="title"))


def _write_titles(verses: Rows, layout: Layout) -> bool:
    """Whether the verses too write their words as titles do: short ones, in a language whose nouns have capitals."""
    small = layout.language.lowercase_in_titles
    return sum(is_title_case(row.text, small) for row in verses[:FIRST_VERSES]) > 1


FIRST_VERSES = 6
