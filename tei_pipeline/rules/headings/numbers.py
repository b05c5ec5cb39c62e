"""Headings that only a number opens, with a title behind it, below it, or without one."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Facts, Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.headings.counted_titles import counts_title
from tei_pipeline.rules.headings.head_labels import HeadLabel, bare_label, head_label
from tei_pipeline.rules.headings.labels import SEPARATOR
from tei_pipeline.rules.headings.title_end import title_end
from tei_pipeline.rules.headings.titles import LONGEST_TITLE, MARKS, TERMINAL, title_lines
from tei_pipeline.rules.headings.titles_below import title_below
from tei_pipeline.rules.letters.dated import is_dateline
from tei_pipeline.rules.shape import (
    chunk_end,
    goes_on_next_page,
    is_capitals,
    is_title_case,
    starts_upper,
    without_reference,
    word_count,
)
from tei_pipeline.rules.verse.counted_stanzas import stanza_label

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


def numbered(rows: Rows, at: int, layout: Layout, label: HeadLabel) -> Match | None:
    """A number alone, or with a title behind it."""
    text = rows[at].text.strip(MARKS)
    rest = text[label.length :]
    if (noted := _NOTED.match(rest)) is not None:
        rest = rest[noted.end() :]
    title = SEPARATOR.sub("", rest)
    roman = not label.n[0].isdigit()
    single = len(label.n) == 1 and label.n.isalpha()
    if (
        (title and not (_is_closed(rows, at, text, rest, label) or counts_title(label, text, layout)))
        or (single and label.n.islower())
        or ")" in text[: label.length]
    ):
        return None
    facts = Facts(n=label.n, number=label.number, label=label.length, type="roman" if roman else "arabic", level=label.rank)
    return _titled(rows, at, layout, title, facts) if title else _alone(rows, at, layout, facts)


def _is_closed(rows: Rows, at: int, text: str, rest: str, label: HeadLabel) -> bool:
    """Whether a point, a bracket, a dash or the sign of a section parts a number from the title behind it; a roman one also its number in
    other editions, or the hyphen that parts the numbers beside it.
    """
    if text[label.length - 1 : label.length] in ".)]" or text[:1] == "§" or rest[:1] in "—–" or rest.startswith(("--", " --")):
        return True
    return not label.n[0].isdigit() and (_ELSEWHERE.match(rest) is not None or _counted_by_hyphens(rows, at, label))


def _alone(rows: Rows, at: int, layout: Layout, facts: Facts) -> Match | None:
    """A number on a line of its own, and the title that may stand below it."""
    if facts.type == "roman" and fold(facts.n) in layout.language.bylines:
        return None  # Italian DI over the name of the author
    if _counts_paragraphs(rows, at, layout, facts):
        return Match("heading", at + 1, f"the number {facts.n} right over text, as the next one", 0.85, facts)
    if at + 2 < len(rows) and _stanza_below(rows, at + 1, layout):
        return None
    stop, end = at + 1, chunk_end(rows, at)
    if end == at + 1:
        stop = title_end(rows, at, stop, layout, False)
        if stop == at + 1:
            stop = title_below(rows, stop, layout)
    elif _in_italics(rows, at, end):
        stop = end
    elif not any(c.isalpha() for c in rows[at + 1].text) or (
        layout.in_verse(rows[at + 1].line) and not is_capitals(rows[at + 1].text) and not _titled_below(rows, at, end, layout)
    ):  # points: verses are lost
        return Match("heading", stop, f"the number {facts.n} over verse", 0.85, facts)
    else:
        stop += title_lines(rows, at + 1, layout, 4) - (at + 1)
    return Match("heading", stop, f"the number {facts.n} on a line of its own", 0.85, facts)


def _counts_paragraphs(rows: Rows, at: int, layout: Layout, facts: Facts) -> bool:
    """Whether one of the numbers before or after this one, the next or the second, stands right over a paragraph, as those do that an
    edition prints in the margin: what stands right below this one is text too, be it a line or two over verses, or the verses.
    """
    if facts.type != "arabic" or chunk_end(rows, at) == at + 1 or is_capitals(rows[at + 1].text):
        return False
    back = range(at - 1, max(at - FARTHEST, -1), -1)
    on = range(at + 1, min(at + FARTHEST, len(rows)))
    near = ((back, facts.number - 1), (on, facts.number + 1), (back, facts.number - 2), (on, facts.number + 2))
    for lines, wanted in near:
        other = next(
            (i for i in lines if rows[i].gap and len(rows[i].text) < SHORT and rows[i].text.strip(MARKS).rstrip(".") == str(wanted)), None
        )
        if other is not None and chunk_end(rows, other) - other > FEWEST_LINES and rows[other + 1].width > FULL * layout.measure:
            if title_lines(rows, other + 1, layout, 4) == other + 1 and not layout.in_verse(rows[other + 1].line):
                return True
    return False


FARTHEST = 120  # printed lines between two numbers of paragraphs
SHORT = 9  # characters of a number with marks around it
FEWEST_LINES = 3  # of a paragraph
FULL = 0.85  # of the measure


def _titled(rows: Rows, at: int, layout: Layout, title: str, facts: Facts) -> Match | None:
    """A number with a title behind it, in capitals or without a point."""
    end = chunk_end(rows, at)
    if (_COUNTS_ON.match(title) and not is_capitals(title)) or title[0].islower() or len(title) < 2:
        return None  # "II. 1. Who lives here?": the first of the questions
    if stanza_label(rows, at, layout) is not None or _runs_on_below(rows, at, end, facts):
        return None
    if end - at >= FEWEST_VERSES and layout.in_verse(rows[at + 1].line) and not is_capitals(title):
        if abs(rows[at + 1].indent - rows[at].indent) <= STEP:
            return None  # the number of a stanza before its first verse
    stop = title_lines(rows, at, layout, 4)
    if stop == at and end == at + 1 and _APART.match(rows[at].text):
        stop = end
    if stop > at + 1 and is_capitals(title) and layout.in_verse(rows[at + 1].line) and not is_capitals(rows[at + 1].text):
        stop = at + 1  # and the first verses right below it
    if stop == at:
        return None
    first, _, receiver = title.partition(" ")
    if is_capitals(title) or (fold(first) in layout.language.addressing and is_capitals(receiver)):  # II.--To ANNA LUND.
        stop = title_end(rows, at, stop, layout, True)
        return Match("heading", stop, f"number {facts.n} and a title in capitals", 0.9, facts)
    if (rows[at].gap < 1 and at) or _is_sentence(rows, at, stop, title, layout) or _is_begun(rows, at, stop, end, title, layout):
        return None
    return Match("heading", stop, f"number {facts.n} and a title without a point", 0.8, facts)


def _is_sentence(rows: Rows, at: int, stop: int, title: str, layout: Layout) -> bool:
    """Whether the words behind a number end with the point of a sentence, lead on to what stands below, or are more than a title has."""
    line = without_reference(" ".join(r.text for r in rows[at:stop]))
    if line.endswith((",--", ",—")) or word_count(line) > LONGEST_TITLE + 6:
        return True
    if line.endswith(("--", "—")) and not is_title_case(title.rstrip("-—"), layout.language.lowercase_in_titles):
        return True  # 1. To the same class belong--
    pointed = TERMINAL.search(line) and not line.endswith("?") and not _stands_far(rows, at, stop, title, layout)
    return bool(pointed) and not _WHOLLY_ITALIC.search(line)


def _is_begun(rows: Rows, at: int, stop: int, end: int, title: str, layout: Layout) -> bool:
    """Whether the words behind a number are the first of what goes on below them: a full line, another number, a line that begins small."""
    if rows[stop - 1].width > 0.9 * layout.measure and stop - at == 1 and stop == end and not _APART.match(rows[at].text):
        return True
    if stop < end:
        if fold(rows[stop - 1].text.rsplit(" ", 1)[-1]) in layout.language.lowercase_in_titles and not is_capitals(title):
            return True  # 1. In most words the end is lost in the / Nominative
        return (rows[stop].starts_lower and rows[stop].text[:2].isalpha()) or _fills_line(rows, stop, end, layout)
    below = head_label(rows[stop].text, layout.language) if stop < len(rows) and stop == end else None
    if below is None or (below.number == 1 and below.length >= len(rows[stop].text.rstrip(". "))):
        return False  # 1.: the first section under a title
    return not is_title_case(title, layout.language.lowercase_in_titles)


def _counted_by_hyphens(rows: Rows, at: int, label: HeadLabel) -> bool:
    """Whether a hyphen parts a number from its title, and the number beside it from another: "I-The Weir", "II-The Ferry"."""
    if not _HYPHENED.match(rows[at].text, label.length):
        return False
    others = (bare_label(row.text) for row in rows if row.gap and row.text[0] in "IVXLC" and _HYPHENATED.match(row.text))
    return any(other is not None and abs(other.number - label.number) == 1 for other in others)


_HYPHENED = re.compile(r"-[^\W\d_a-z]")
_HYPHENATED = re.compile(r"[IVXLC]+-[^\W\d_a-z]")


def _runs_on_below(rows: Rows, at: int, end: int, facts: Facts) -> bool:
    """Whether the line right below has the next number: the first items of a list stand so, and no titles."""
    below = bare_label(rows[at + 1].text.strip(MARKS)) if at + 1 < end else None
    return below is not None and below.number == facts.number + 1 and below.length < len(rows[at + 1].text)


def _in_italics(rows: Rows, at: int, end: int) -> bool:
    """Whether the mark of italics before a number is closed behind the last of the few lines below it: _4 / THE WRECK / OF THE GULL_."""
    text = " ".join(row.text for row in rows[at:end])
    return text[0] == text[-1] == "_" and text.count("_") == 2 and end - at <= MOST_LINES


MOST_LINES = 4  # of a title, with its number


def _titled_below(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether right below a number stands one line, apart from the verses and written as a title or all in italics."""
    text = rows[at + 1].text
    if end != at + 2 or end >= len(rows) or is_dateline(text, layout):
        return False
    return text[0] == text[-1] == "_" or (not TERMINAL.search(text) and is_title_case(text, layout.language.lowercase_in_titles))


_NOTED = re.compile(r" ?\[\d{1,4}\](?= *(?:--|[—–]|$))")  # I [1] -- TO THE EMPEROR: its note
_ELSEWHERE = re.compile(r" \([^()]*[\dIVXL]\)\.?$")  # XI (A I, 2): its number in other editions
_COUNTS_ON = re.compile(r"1[.)]\s")
FEWEST_VERSES = 3  # of a stanza with its number
STEP = 4  # columns by which verses of a stanza may be set in
_APART = re.compile(r"^\S+\s{6,}\S")  # a number at the left, and what belongs to it at the right
_WHOLLY_ITALIC = re.compile(r"^\S+ _[^_]+_\.$")  # II. _Of the ferry_.
FAR = 3  # paragraph gaps: more than parts the items of a list
MOST_OF_A_NAME = 6  # words


def _stands_far(rows: Rows, at: int, stop: int, title: str, layout: Layout) -> bool:
    """Whether a number and a short title that a point ends have a line and much white space to themselves: 3. Third Day.; so has the
    metre of a hymn far to the right of its number, and any title as far from the text as that with the next number.
    """
    if rows[at].gap < FAR or stop != at + 1 or stop >= len(rows) or not 0 < rows[stop].gap < rows[at].gap or title[-1] != ".":
        return False
    if word_count(title) <= MOST_OF_A_NAME and (
        is_title_case(title, layout.language.lowercase_in_titles) or _APART.match(rows[at].text) is not None  # its metre: 8s. & 7s.
    ):
        return True
    return rows[stop].gap > 1 and _counted_as_far(rows, at)


def _counted_as_far(rows: Rows, at: int) -> bool:
    """Whether the number before or after that of a line stands as far from what is above it, and over as much white space."""
    number = bare_label(rows[at].text)
    if number is None:
        return False
    below = rows[at + 1].gap
    others = (bare_label(row.text) for row, after in pairwise(rows) if row.gap == rows[at].gap and after.gap == below)
    return any(other is not None and abs(other.number - number.number) == 1 for other in others)


def _fills_line(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether the line before row ``at`` is full by the lines that go on below it: some texts have passages of another width. One line
    alone goes on if the first all but reaches the measure.
    """
    if end - at == 1:
        return rows[at].ends_sentence and rows[at - 1].width > 0.9 * layout.measure
    widest = max(row.width for row in rows[at:end])
    return rows[at - 1].width + 1 + len(rows[at].text.split(" ", 1)[0]) > widest


def _stanza_below(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether verse, set in from the margin, stands right below; or such as the end of a page parts, where the book is set in verse."""
    end = chunk_end(rows, at)
    parted = goes_on_next_page(rows, at, end, layout)
    if parted:
        end = chunk_end(rows, end)
    lines = rows[at : min(end, at + 6)]
    if len(lines) < 3 or rows[at].gap > 1 or (not parted and any(row.indent <= layout.margin for row in lines)):
        return False
    verses = [row for row in lines if any(c.isalnum() for c in row.text)]  # points or asterisks stand for verses that are lost
    return len(verses) > 1 and all(starts_upper(row.text) for row in verses) and not lines[0].text.isupper()
