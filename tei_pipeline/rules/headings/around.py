"""What stands around a line that may be a title, or how it is set: rows of ornaments, running text, verses, emphasis."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.language import fold
from tei_pipeline.remembered import LAYOUTS, Same, remembered
from tei_pipeline.rules.headings.titles import LONGEST, MARKS, NUMBER_ALONE, TERMINAL
from tei_pipeline.rules.shape import announces, chunk_end, is_capitals, is_title_case, starts_upper, word_count
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

FEW = 12  # words of a title that only its place shows
FEWEST_CASED = 3  # words that all begin with a capital: two may be a name


def written_as_title(line: str, layout: Layout) -> bool:
    """Whether words enough begin with capitals, as in titles, that a stop at their end says nothing."""
    return word_count(line) >= FEWEST_CASED and is_title_case(line, layout.language.lowercase_in_titles)


def is_ruled_off(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether a title of a few words stands between a row of ornaments and the next title, which is in capitals: MARKETS under News; or
    between such a row and verses set in below it; or one whose words all begin with capitals, between such a row and running text.
    """
    row = rows[at]
    if not at or end != at + 1 or layout.drama or any(c.isalnum() for c in rows[at - 1].text) or word_count(row.text) > FEW:
        return False
    below = rows[end] if end < len(rows) else row
    if below.gap != 1 or is_capitals(row.text) or layout.in_verse(row.line):
        return False
    stop = chunk_end(rows, end)
    verses = stop > end + 1 and all(line.indent >= row.indent + SET_IN and line.width <= VERSE * layout.measure for line in rows[end:stop])
    if not verses and (not is_capitals(below.text) or stop - end > LONGEST):
        leads = begins_running(rows, end, layout) or announces(below.text)  # to what a newspaper had
        return written_as_title(row.text.strip(MARKS), layout) and leads
    return word_count(row.text) <= FEW_WORDS and is_title_case(
        row.text.strip(MARKS).rstrip("." * verses), layout.language.lowercase_in_titles
    )


def begins_running(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether running text begins at a row: a line as wide as those of paragraphs, in no capitals and no brackets."""
    return at < len(rows) and len(rows[at].text) > TEXT * layout.measure and rows[at].text[0] not in "[(" and not is_capitals(rows[at].text)


SET_IN = 2  # columns
VERSE = 0.85  # of the measure, at most, are verses
FEW_WORDS = 4


def is_emphasised(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether a line, or the few of one title among others set so, is emphasised as a whole, with no less white space above than below,
    and text runs on below: _Of the Hands._
    """
    text = _emphasised(rows[at:end])
    if not text or layout.drama or (end > at + 1 and not rows[at - 1].ends_sentence):
        return False
    if rows[at].gap < layout.section_gap or rows[end].gap > rows[at].gap or layout.in_verse(rows[at].line):
        return False
    return begins_running(rows, end, layout)


def _emphasised(lines: Rows) -> str:
    """The words of lines between marks of emphasis that open in the first and close in the last, a word set upright between; or, as old
    books set titles, all but the names: _Of the Mills of_ Lorch _and_ Marl.
    """
    text = " ".join(row.text for row in lines).rstrip(".")
    sign = text[:1]
    if sign not in ("_", "=") or text[1:2] in ("[", "("):
        return ""
    if text[-1] != sign:
        parts = text.split(sign)
        slanted, upright = " ".join(parts[1::2]).split(), " ".join(parts[2::2]).split()
        goes_on = len(parts) > 3 or slanted[-1:] == [slanted[-1].lower()]  # _Mills and Weirs,_ Holm is a book with its author
        named = goes_on and len(parts) % 2 == 1 and all(word[0].isupper() for word in upright)
        return " ".join(text.replace(sign, "").split()) if named and len(slanted) > len(upright) else ""
    inner = text[1:-1]
    upright = _UPRIGHT.findall(inner) if sign in inner else []
    return inner if len(upright) * 2 == inner.count(sign) else ""


_UPRIGHT = re.compile(r"(?:^|(?<=[ -]))[_=][^_=]+[_=](?=\W|$)")  # in a title in italics: A Mill in the _French_ Fashion
TEXT = 0.7  # of the measure: a line so wide begins a paragraph


def over_verse(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether a stanza begins below, nearer than what stands above, where the book is set in verse: then a line between is a title. The
    number of the first stanza may stand as far from the year below the title as the title from what is above it.
    """
    if end >= len(rows) or not 0 < rows[end].gap < rows[at].gap or rows[at].gap < layout.section_gap or end - at > LONGEST_OVER_VERSE:
        return False
    below = end
    for _ in range(MOST_BETWEEN):
        if below >= len(rows) or rows[below].gap > rows[at].gap:
            return False
        if rows[below].gap == rows[at].gap and not NUMBER_ALONE.match(rows[below].text):
            return False
        stop = chunk_end(rows, below)
        if rows[below].text[0] == "[" and words(layout.language).figure.match(rows[below].text):
            below = stop
        elif stop == below + 1:
            below += 1
        else:
            return layout.in_verse(rows[below].line)
    return False


def is_couplet(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether two lines are verses: the first ends with a stop, or two more follow that stand apart as they do; or a sentence ends with
    them below a title in capitals, and the second begins small.
    """
    if end - at == LONGEST_OVER_VERSE and at and layout.in_verse(rows[at].line) and rows[end - 1].starts_lower:
        above = rows[at - 1]
        return is_capitals(above.text) and above.gap > rows[at].gap and rows[end - 1].ends_sentence
    if end - at != LONGEST_OVER_VERSE or not all(starts_upper(row.text) and layout.in_verse(row.line) for row in rows[at:end]):
        return False
    alike = rows[end].gap == 1 and chunk_end(rows, end) == end + LONGEST_OVER_VERSE and layout.in_verse(rows[end].line)
    return alike or TERMINAL.search(rows[at].text) is not None or rows[at].text[-1] in ",;:"


LONGEST_OVER_VERSE = 2  # lines: a stanza may have more
MOST_BETWEEN = 5  # lines apart between a title and the poem: author, tune, motto, picture


_ENTRY = re.compile(r"(?![IVXLC]+\b)(?:[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’ .-]+)(?:,| \([^()]+\),?) [a-zà-öø-þ][^.]*\.(?:\[\d{1,3}\]|$)")


def is_entry(rows: Rows, at: int, end: int) -> bool:
    """Whether a sentence begins with its word in capitals, as that below or the one above does: an entry of a dictionary."""
    if not _ENTRY.match(" ".join(row.text for row in rows[at:end])):
        return False
    return end < len(rows) and (rows[end].gap == 1 or _HEADWORD.match(rows[end].text) is not None)


def is_set_in_with(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether lines stand as far in as the running text right below them, and text goes on at the margin below that: they are the title of
    what is quoted there.
    """
    far = rows[at].indent
    if layout.style == "unwrapped" or far < layout.margin + max(QUOTED, layout.indent + 1) or rows[end].indent != far:
        return False
    stop = end
    while stop < len(rows) and rows[stop].indent >= far and rows[stop].gap <= rows[at].gap:
        stop += 1
    if stop == len(rows) or rows[stop].gap > 2 or rows[stop].indent > layout.margin:
        return False
    said = rows[stop].gap == 1 and rows[stop].ends_sentence and not is_capitals(rows[stop].text)
    return (said or begins_running(rows, stop, layout)) and _runs(rows, end, stop, layout)


def _runs(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether rows are running text: the first as wide as lines of it are, and some begin in the middle of a sentence."""
    return begins_running(rows, at, layout) and any(not row.gap and row.starts_lower for row in rows[at + 1 : end])


QUOTED = 3  # columns that quotations are set in, at least


_HEADWORD = seldom(r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’ .-]+(?:,| \()")


def is_small_title(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a few words with a point, far below what stands above, stand right over a paragraph: so periodicals in languages that
    write titles like sentences set them.
    """
    row = rows[at]
    if row.gap != layout.section_gap + 1 or rows[at + 1].gap != 1 or row.text[-1] != "." or row.text[-2:] == ".." or at + 2 >= len(rows):
        return False
    tokens = fold(row.text.rstrip(".")).split()
    if not row.text[0].isupper() or len(tokens) > FEW_WORDS or not layout.language.finite.isdisjoint(tokens):
        return False
    return len(rows[at + 1].text) > TEXT * layout.measure and not rows[at + 2].gap and not layout.drama and not layout.in_verse(row.line)


FEWEST_SMALL = 2  # such lines in a text: one may be a paragraph


def has_small_titles(layout: Layout) -> bool:
    """Whether a text has more than one such title."""
    return _has_small_titles(Same(layout))


@remembered(LAYOUTS)
def _has_small_titles(same: Same[Layout]) -> bool:
    rows = same.value.rows
    alike = (i for i in range(len(rows) - 1) if rows[i].gap and is_small_title(rows, i, same.value))
    return sum(1 for _ in islice(alike, FEWEST_SMALL)) == FEWEST_SMALL


def _is_pointed(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line written as titles are, with its point, stands right over a paragraph, farther from what is above than those do."""
    row = rows[at]
    if row.gap != layout.section_gap or row.gap < 2 or row.text[-1] != "." or at + 2 >= len(rows) or rows[at + 1].gap != 1:
        return False
    if row.text[-2:] == ".." or word_count(row.text) > FEW or not row.text[0].isupper() or is_capitals(row.text):
        return False
    if (
        rows[at + 2].gap
        or len(rows[at + 1].text) <= TEXT * layout.measure
        or not is_title_case(row.text, layout.language.lowercase_in_titles)
    ):
        return False
    return layout.language.finite.isdisjoint(fold(row.text.rstrip(".")).split()) and not layout.in_verse(row.line)


def is_one_of_pointed(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line is one of several titles with their points, whose words all have capitals, right over paragraphs: History."""
    return not layout.drama and _is_pointed(rows, at, layout) and _has_pointed(Same(layout))


@remembered(LAYOUTS)
def _has_pointed(same: Same[Layout]) -> bool:
    rows = same.value.rows
    alike = (i for i in range(len(rows) - 2) if rows[i].gap and _is_pointed(rows, i, same.value))
    return sum(1 for _ in islice(alike, FEWEST_POINTED)) == FEWEST_POINTED


FEWEST_POINTED = 4  # such lines in a text: fewer may be short paragraphs


def is_one_of_questions(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether around a line stand questions as far from what is above, each over its answer, most of them written as sentences: so books
    for schools ask what calico is.
    """
    near = range(max(1, at - QUESTIONS_AROUND), min(len(rows) - 1, at + QUESTIONS_AROUND))
    asked = [i for i in near if rows[i].text[-1] == "?" and rows[i].gap == rows[at].gap > rows[i + 1].gap > 0]
    sentences = sum(not is_title_case(rows[i].text, layout.language.lowercase_in_titles) for i in asked)
    return sentences >= max(FEWEST_ASKED, len(asked) / 2)


QUESTIONS_AROUND = 120  # lines
FEWEST_ASKED = 4
