"""Where a title ends that stands on several lines with white space between them: the next lines apart are held against a table of what
else they may be, and the first reason that applies ends it above them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from tei_pipeline.blocks import Rows
from tei_pipeline.language import fold
from tei_pipeline.remembered import Same, remembered
from tei_pipeline.rows import Row
from tei_pipeline.rules.drama.persons import are_persons, names_group, tells_setting
from tei_pipeline.rules.drama.present import names_persons
from tei_pipeline.rules.drama.speaker_names import counts_acts
from tei_pipeline.rules.headings.counted_titles import counts_title
from tei_pipeline.rules.headings.head_labels import HeadLabel, head_label, named_division
from tei_pipeline.rules.headings.titles import FULLEST, LONGEST, MARKS, dangles, names_author
from tei_pipeline.rules.headings.titles_below import CHAPTER, begins_matter, dates_letter, speaks
from tei_pipeline.rules.letters.addressed import titles_letter
from tei_pipeline.rules.letters.dated import is_dateline, is_day, is_place_and_year
from tei_pipeline.rules.letters.near_dates import leads_to_date, year_of_letter
from tei_pipeline.rules.letters.salutes import ADDRESSES, is_salute, says_to_whom, titles_chapter
from tei_pipeline.rules.lists.line_lists import lists_titles
from tei_pipeline.rules.paragraphs import names_contents
from tei_pipeline.rules.shape import chunk_end, is_capitals, sums_up, word_count
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

_FIRST_OF_ITS_KIND = seldom(r"[\W_]*(?P<kind>[^\W\d_]{2,})(?P<short>\.)?_?\s+(?:I|1)(?=[\W_]|$)")
_YEAR = re.compile(r"^\W*1\d{3}\W*$")
_IN_COLUMN = re.compile(r"\S\s{4,}\d{1,4}$")
_SURNAME_FIRST = seldom(r"[^\W\d_]{2}[^\W\d_'’ -]*, [^\W\d_]\.")  # HOLM, A. B.
_WRITER = re.compile(r"[^\W\d_a-z]{2,}\.?(?: [^\W\d_a-z]+\.?)+, [^\W\d_a-z]+ [^\W\d_a-z]")  # MISS ANNA HOLM, TO HER BROTHER MAY 4.
_PERIOD = re.compile(r"^\W*1\d{3}\s?[-–—]+\s?\d{2,4}\W*$")


class Below(NamedTuple):
    """The next lines apart below those of a heading, ``end`` to ``stop``; the heading begins at ``at``. ``capitals``: they may be small
    between lines in capitals. ``dangling``: the line above them cannot be the last of a title.
    """

    rows: Rows
    layout: Layout
    at: int
    end: int
    stop: int
    capitals: bool
    dangling: bool

    @property
    def row(self) -> Row:
        """Their first line."""
        return self.rows[self.end]

    @property
    def line(self) -> str:
        """All of them as one line."""
        return " ".join(row.text for row in self.rows[self.end : self.stop])

    @property
    def above(self) -> str:
        """The line above them."""
        return self.rows[self.end - 1].text

    @property
    def title(self) -> str:
        """The first line of the heading."""
        return self.rows[self.at].text

    @property
    def label(self) -> HeadLabel | None:
        """The number or name of a division with which they begin, unless they only speak of one."""
        label = head_label(self.row.text.strip(MARKS), self.layout.language)
        if _counts_others(label, self.row.text, self.above, self.layout) or _tells_of_more(label, self.row.text, self.title, self.layout):
            return None
        return label


class Reason(NamedTuple):
    """What is the case when the title has ended above the lines."""

    says: str
    when: Callable[[Below], bool]


def title_end(rows: Rows, at: int, end: int, layout: Layout, capitals: bool) -> int:
    """Past the next lines apart that still belong to the heading."""
    while end < len(rows) and end - at < 2 * LONGEST:
        below = Below(rows, layout, at, end, chunk_end(rows, end), capitals, dangles(rows[end - 1].text, layout))
        if why(below) is not None:
            break
        end = below.stop
    return end


def why(below: Below) -> Reason | None:
    """The reason why the title has ended, none if the lines are of it."""
    return next((reason for reason in REASONS if reason.when(below)), None)


def _both_listed(b: Below) -> bool:
    lines = {b.rows[b.at].line, b.row.line}
    return lines <= b.layout.listing.titles and head_label(b.title.strip(MARKS), b.layout.language) is None


def _dates_issue(b: Below) -> bool:
    """A date on a line of its own ends the masthead of a periodical, below the bare number of the volume."""
    dated = b.rows[b.end - 1]
    if b.end <= b.at + 1 or not dated.gap or not is_dateline(dated.text, b.layout):
        return False
    label = head_label(b.title.strip(MARKS), b.layout.language)
    return label is not None and label.type == "volume" and label.length >= len(b.title.strip(MARKS).rstrip(". "))


def _is_small(b: Below) -> bool:
    """Lines that are not in capitals, and no filler between such lines."""
    text = b.row.text
    if is_capitals(text) and any(c.isalpha() for c in text):
        return False
    near = b.row.gap == 1 or _YEAR.match(text) is not None or _above_title(b.rows, b.end)
    return not (b.capitals and _is_filler(b.rows, b.end, b.layout) and near)


def _is_text(b: Below) -> bool:
    """More lines than a title has, sentences, or lines that only begin in capitals."""
    chunk = b.rows[b.end : b.stop]
    return len(chunk) > LONGEST or sums_up(chunk) or not (all(is_capitals(r.text) for r in chunk) or _is_filler(b.rows, b.end, b.layout))


def _is_staged(b: Below) -> bool:
    """What a play has below its title: acts, the setting, or the persons over it, the name of a group, how a song goes."""
    if not b.layout.drama:
        return False
    text, language = b.row.text, b.layout.language
    if are_persons(b.rows[b.end : b.stop]) and b.stop < len(b.rows) and tells_setting(b.rows[b.stop].text, language):
        return True
    if not b.dangling and (counts_acts(text, language) or tells_setting(text, language)):
        return True
    return names_group(text, language) or words(b.layout.language).move.match(text) is not None


def _titles_book(b: Below) -> bool:
    """A line over a paragraph, below those that tell who printed the book, is one of the title page come again."""
    if b.at > TITLE_PAGE or b.stop > b.end + 1 or b.stop >= len(b.rows) or not _runs_below(b):
        return False
    printed = any(words(b.layout.language).imprint.search(row.text) for row in b.rows[b.at : b.end])
    return printed and any(row.text == b.row.text for row in b.rows[: b.at])


TITLE_PAGE = 80  # lines at the beginning of a text


def _addresses(b: Below) -> bool:
    """It addresses the reader, or says who the letter is to, over a paragraph."""
    if ADDRESSES.search(b.rows[b.stop - 1].text) is None or b.stop >= len(b.rows) or is_capitals(b.rows[b.stop].text):
        return False
    return _runs_below(b)


def _runs_below(b: Below) -> bool:
    """Whether a paragraph of several full lines begins below the lines."""
    return len(b.rows[b.stop].text) > FULLEST * b.layout.measure and chunk_end(b.rows, b.stop) > b.stop + 1


def _is_by(b: Below) -> bool:
    """The word over the name of the author, or a line that begins small over no capitals."""
    by = fold(b.row.text) in b.layout.language.bylines
    return b.row.starts_lower and not b.dangling and (by or not (b.stop < len(b.rows) and is_capitals(b.rows[b.stop].text)))


def _opens_letter(b: Below) -> bool:
    greets = not b.dangling and is_salute(b.row.text, b.layout) and not titles_chapter(b.rows, b.end, b.stop, b.layout)
    return greets or (b.row.text[-1] == "," and leads_to_date(b.rows, b.stop - 1, b.layout))


def _is_dated(b: Below) -> bool:
    if b.dangling or not (is_dateline(b.line, b.layout) or is_day(b.line, b.layout)) or not _dates_piece(b.rows, b.end, b.stop, b.layout):
        return False
    return not (_WRITER.match(b.line) and titles_letter(b.line, b.layout))


def _dates_letter(b: Below) -> bool:
    """A year, or place and year, below the title of a letter, or a place over the line with the day."""
    if year_of_letter(b.rows, b.end, b.layout):
        return True
    word = b.layout.language.divisions.get(fold(b.above.strip(MARKS)).split(" ")[0])
    if not (titles_letter(b.above, b.layout) or (word is not None and word.type == "letter")):
        return False
    return is_place_and_year(b.line) or (b.line[-1] == "," and leads_to_date(b.rows, b.stop - 1, b.layout))


def _begins_scene(b: Below) -> bool:
    """The word for a scene alone, below the number of an act."""
    if b.dangling or not b.layout.drama:
        return False
    word = b.layout.language.divisions.get(fold(b.row.text).strip(" .:_*"))
    return word is not None and word.type == "scene"


def _begins_kind(b: Below) -> bool:
    """The first of its kind under the name of the kind: DEFIN. I., or AMENDMENT I under AMENDMENTS."""
    first = _FIRST_OF_ITS_KIND.match(b.row.text)
    if first is None or b.dangling:
        return False
    return bool(first["short"]) or fold(b.above).strip(" .:_*[]").startswith(fold(first["kind"]))


def _is_labelled(b: Below) -> bool:
    label = None if b.dangling else b.label
    if label is None or _is_lone_first(b, label):
        return False
    return bool(label.type) or _counts(label, b.row.text.strip(MARKS)) or counts_title(label, b.row.text, b.layout)


def _is_lone_first(b: Below, label: HeadLabel) -> bool:
    """Whether a line below the label of a chapter counts something of which no other is counted in the book: THE FIRST EVENING."""
    text = b.row.text.strip(MARKS)
    if b.layout.drama or label.number != 1 or not label.type or label.length < len(text.rstrip(".")) or not _is_bare(b.title, b.layout):
        return False
    above, word = head_label(b.title.strip(MARKS), b.layout.language), fold(text).rstrip(".").rpartition(" ")[2]
    if above is None or not above.type or above.type == label.type or fold(label.n) in (word, "") or " " not in text:
        return False
    return _counts_once(Same(b.layout), text, word)


@remembered()
def _counts_once(same: Same[Layout], text: str, word: str) -> bool:
    """Whether no other line of the book that begins a paragraph, and is not much longer, has the word that the text ends with."""
    others = (fold(row.text) for row in same.value.rows if row.gap and row.text.strip(MARKS) != text and len(row.text) < 2 * len(text))
    return not any(word in other.split() for other in others)


def _is_far(b: Below) -> bool:
    """Farther than the lines of a title, below one that a point ends, or the author right under a title, and no year or date."""
    dated = words(b.layout.language).date.search(b.row.text) or _YEAR.match(b.row.text)
    if b.row.gap != 2 or dated:
        return False
    if b.end == b.at + 1 and b.rows[b.at].gap == 1 and names_author(b.above, b.layout):
        return True
    if not b.above.endswith("."):
        return False
    return not (b.end == b.at + 1 and _is_bare(b.title, b.layout))


def _heads_columns(b: Below) -> bool:
    """White space parts the last of the lines as it parts those below: YEAR, PLACE, and what stands under them."""
    last = b.rows[b.stop - 1].text
    below = b.rows[b.stop].text if b.stop < len(b.rows) else ""
    return "   " in last and "  " in below and _COLUMNS.search(last) is not None and _PARTED.search(below) is not None


_COLUMNS, _PARTED = re.compile(r"\S\s{3,}\S"), re.compile(r"\S\s{2,}\S")


def _is_list(b: Below) -> bool:
    """A list of titles, set in below that of the list."""
    return b.end == b.at + 1 and lists_titles(b.rows, b.end, b.layout)


def _lists_literature(b: Below) -> bool:
    """A surname in capitals and initials, alone below the heading of a bibliography."""
    named = named_division(b.title.strip(MARKS), b.layout.language)
    first = b.end == b.at + 1 and named is not None and named.type == "bibliography"
    return first and _SURNAME_FIRST.match(b.row.text) is not None


def _opens_quotation(b: Below) -> bool:
    """Whether a mark opens that nothing closes on the line, which is set in from the title: the headlines of a newspaper."""
    text = b.row.text
    return text[0] in '"“' and not any(c in '"”' for c in text[1:]) and b.row.indent >= b.rows[b.at].indent + QUOTED_IN


QUOTED_IN = 3  # columns


REASONS = (
    Reason("the contents page has both", _both_listed),
    Reason("it is the first piece of a number of a periodical", _dates_issue),
    Reason("it stands far from the title", lambda b: b.row.gap > 2),
    Reason("a bracket opens it", lambda b: b.row.text[0] in "[{"),
    Reason("a quotation opens with it, set in, that goes on below", _opens_quotation),
    Reason("it says who is on the stage", lambda b: b.layout.drama and names_persons(b.rows, b.end, b.layout)),
    Reason("somebody speaks", lambda b: not b.dangling and speaks(b.row.text, b.layout)),
    Reason("it names the author", lambda b: not b.dangling and names_author(b.row.text.rstrip(","), b.layout)),
    Reason("it is not in capitals", _is_small),
    Reason("the numbers of pages stand in a column", lambda b: not b.dangling and _IN_COLUMN.search(b.row.text) is not None),
    Reason("it is text", _is_text),
    Reason("it is a list", _is_list),
    Reason("it is the author of the first work in a list of literature", _lists_literature),
    Reason("a play begins with it", _is_staged),
    Reason("it is the title of the book again", _titles_book),
    Reason("it addresses the reader, or who the letter is to", _addresses),
    Reason("it stands over the name of the author", _is_by),
    Reason("it opens a letter", _opens_letter),
    Reason("it is the date of a piece", _is_dated),
    Reason("it is the year of a letter, or its place and year", _dates_letter),
    Reason("it names the contents, over the column of pages", lambda b: "    " in b.row.text and names_contents(b.row.text, b.layout)),
    Reason("it heads the columns of a table", _heads_columns),
    Reason("it is the word for a scene", _begins_scene),
    Reason("it is the first of its kind", _begins_kind),
    Reason("it counts or names a division", _is_labelled),
    Reason("it names a preface or its like", lambda b: not b.dangling and begins_matter(b.rows, b.end, b.layout)),
    Reason("it names a kind of pieces", lambda b: not b.dangling and _names_pieces(b.rows, b.at, b.end, b.layout)),
    Reason("a point or the author ends the title, and more white space parts it from the next", _is_far),
)


def _dates_piece(rows: Rows, at: int, stop: int, layout: Layout) -> bool:
    """Whether a date in capitals, on lines of its own, is that of a message, of a letter, or of the first entry of a diary."""
    if stop <= at + 2 and stop < len(rows) and is_dateline(" ".join(row.text for row in rows[at:stop]), layout):
        below = rows[stop].text
        if is_salute(below, layout) or says_to_whom(below, layout) or (stop == at + 1 and _dates_follow(rows, stop, layout)):
            return True
    return dates_letter(rows, at, layout)


NEXT_ENTRY = 150  # rows in which the next entry of a diary is looked for


def _dates_follow(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether the text below a date in capitals is followed by another such date: it begins an entry as that one does."""
    for i in range(at + 1, min(at + NEXT_ENTRY, len(rows) - 1)):
        row = rows[i]
        if row.gap and rows[i + 1].gap and row.text.isupper():
            return rows[i - 1].ends_sentence and not is_capitals(rows[i - 1].text) and is_dateline(row.text, layout)
    return False


def _counts(label: HeadLabel, text: str) -> bool:
    """Whether a bare number counts a heading of its own: the first, one that stands alone, or one with a point before its title."""
    if label.number == 1 or label.length >= len(text.rstrip(" .")):
        return True
    return text[label.length - 1] == "." and label.number < FEW and (len(label.n) > 1 or label.n in "VX" or label.n.isdigit())


FEW = 100  # chapters: single letters that count more are initials


def _is_bare(text: str, layout: Layout) -> bool:
    """Whether a line is the label of a chapter or part alone: its point ends no title."""
    label = head_label(text.strip(MARKS), layout.language)
    return label is not None and bool(label.type) and label.rank <= CHAPTER and label.length >= len(text.strip(MARKS).rstrip(". "))


def _tells_of_more(label: HeadLabel | None, text: str, above: str, layout: Layout) -> bool:
    """Whether a title in words begins with what would be a larger division than the bare label over it: CHAPTER I / FIRST PERIOD, FROM …"""
    own = head_label(above.strip(MARKS), layout.language)
    if label is None or own is None or not (label.type and own.type) or own.length < len(above.rstrip(" .:_*")):
        return False
    return label.rank < own.rank and text[label.length :].lstrip(" ,:;.—–-") != "" and not label.n.isdigit()


def _counts_others(label: HeadLabel | None, text: str, above: str, layout: Layout) -> bool:
    """Whether a title below the label of a division speaks of another one in words: CHAPTER IV / THE FIRST CHAPTER OF HIS LIFE."""
    if label is None or not label.type or text[: label.length].endswith(label.n):
        return False
    last = head_label(above.strip(MARKS), layout.language)
    return last is not None and last.type == label.type and last.number != label.number and label.length < len(text.rstrip(". "))


def _is_filler(rows: Rows, at: int, layout: Layout) -> bool:
    """A short line between two of capitals: "on", "(in 1780)", a year."""
    text = rows[at].text
    if len(text) > 40 or chunk_end(rows, at) != at + 1:
        return False
    if text[0] == "(":
        refers = text.endswith(".)") and at + 1 < len(rows) and rows[at + 1].gap > rows[at].gap  # all that stands under its title
        return not layout.drama and not refers
    if _YEAR.match(text):
        return True
    if _PERIOD.match(text):  # between the number of a chapter and its title
        return at + 1 < len(rows) and rows[at + 1].gap == 1 and is_capitals(rows[at + 1].text)
    if fold(text) in layout.language.addressing:
        return True  # To
    return word_count(text) <= 2 and (text[0].islower() or text[0] == "&")  # &c.


def _above_title(rows: Rows, at: int) -> bool:
    """Whether a remark in brackets below the number of a letter stands over the names of writer and receiver: "(Fragment)"."""
    return rows[at].text[0] == "(" and at + 1 < len(rows) and 1 <= rows[at + 1].gap <= 2 and is_capitals(rows[at + 1].text)


def _names_pieces(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether a line below a title that is no label is the bare name of a kind of piece: LETTERS, SPEECH."""
    word = layout.language.divisions.get(fold(rows[end].text).strip(" ._*"))
    if word is None or word.matter != "body" or word.rank < CHAPTER:
        return False
    bare = rows[at].text.strip(MARKS)
    above = head_label(bare, layout.language)
    if above is not None and rows[end].gap == 1 and above.length >= len(bare.rstrip(". ")):
        return False  # the title of what a number alone counts
    return above is None or not above.type
