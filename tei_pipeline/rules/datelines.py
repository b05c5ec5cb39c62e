"""Datelines: a date alone, at the head or the end of a piece, or over an entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.addressed import begins_with_rank, titles_letter
from tei_pipeline.rules.closings import after_closing
from tei_pipeline.rules.dated import DIGIT, LETTERS, MARKS, PLACE_YEAR, YEAR_LAST, is_dateline, is_day, is_feast_or_hour, is_place_and_year
from tei_pipeline.rules.head_labels import bare_label, head_label
from tei_pipeline.rules.shape import chunk_end, is_capitals, is_centred, is_title_case, word_count
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

_YEAR = re.compile(r"^[_(\[]*1[4-9]\d\d(?:[-–—]\d\d(?:\d\d)?)?[.)\]_]+$")
_ONLY_YEAR = re.compile(r"^_?1[4-9]\d\d_?\.?(?:\[\w{1,3}\])?$")
_SUPPLIED = re.compile(r"^[\[(][^\])]+[\])]\.?$")  # [No date. ? Summer, 1821.]
MOST_SUPPLIED = 8  # words
FEW_SUPPLIED = 3  # without a figure: [No date.]
_INITIALS = re.compile(r"^(?:[A-Z]\.\s?){1,4}$")


def dateline(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A short line apart that holds a date and hardly anything else is a dateline."""
    row = rows[at]
    if not row.gap and at:
        stop = chunk_end(rows, at)
        far = row.indent > layout.margin + FAR_RIGHT * layout.measure and len(row.text) < 0.6 * layout.measure
        if rows[at - 1].indent > layout.margin + FAR_RIGHT * layout.measure > 2 * row.indent and 1 < stop - at <= 2:
            if is_dateline(" ".join(r.text for r in rows[at:stop]), layout):
                return Match("dateline", stop, "a place and a date at the margin below a name far to the right", 0.85)
        if (
            is_dateline(row.text, layout)
            and (row.width < 0.6 * layout.measure or (far and rows[at - 1].indent > layout.margin + FAR_RIGHT * layout.measure))
            and (
                rows[at - 1].width < 0.75 * layout.measure
                or len(rows[at - 1].text) < 30
                or "    " in row.text
                or (not rows[at - 1].ends_sentence and is_title_case(rows[at - 1].text, layout.language.lowercase_in_titles))
            )
        ):
            return Match("dateline", at + 1, "a date alone below a short line", 0.85)
        if year_of_letter(rows, at, layout):
            return Match("dateline", at + 1, "a year, or a place and a year, right below the title of a letter", 0.85)
        if at and is_capitals(rows[at - 1].text) and (at + 1 >= len(rows) or rows[at + 1].gap) and is_day(row.text, layout):
            return Match("dateline", at + 1, "a day or month alone below a title in capitals", 0.8)
        return None
    end = chunk_end(rows, at)
    if at and _YEAR.match(row.text) and end == at + 1 < len(rows) and rows[end].gap >= 2 > row.gap and layout.in_verse(rows[at - 1].line):
        return Match("dateline", end, "the year of a poem, below it", 0.8)
    if row.text.isupper() and row.gap >= ABOVE_POEM and end == at + 1 < len(rows) and rows[end].gap:
        if layout.in_verse(rows[end].line) or (rows[end].gap >= ABOVE_POEM and is_capitals(rows[end].text)):
            return None  # the title of a poem, and the day that it tells of; POEMS OF MAY, 1816, over the first of them
    if end == at + 1 and PLACE_YEAR.match(row.text.strip(MARKS)) and at and (end >= len(rows) or rows[end].gap >= 2):
        return Match("dateline", end, "a place and a year after the text", 0.8)
    if year_closes(rows, at):
        return Match("dateline", end, "a year below the name that signs, far from what follows", 0.8)
    if end == at + 1 and _closes_with_year(rows, at, layout):
        return Match("dateline", end, "set in after the text, far from what follows, and ends with a year", 0.8)
    if (
        end == at + 1 < len(rows)
        and rows[at - 1].text[-1] == "]"
        and row.gap == rows[end].gap == 1
        and PLACE_YEAR.match(row.text.strip(MARKS))
    ):
        return Match("dateline", end, "a place and a year below the remark of an editor", 0.8)
    closes = end - at > 1 and words(layout.language).closing.match(row.text) is not None  # Yours, / MATTHEW LANE / LEEDS, April 2.
    closes = closes or (end - at > 1 and row.indent > layout.margin + FAR_RIGHT * layout.measure > 2 * rows[at + 1].indent)
    if end - at <= 3 and not closes and not _named_and_dated(rows, at, end, layout):
        line = " ".join(r.text for r in rows[at:end])
        if is_dateline(line, layout) and not _dates_chapter(line, layout):
            return Match("dateline", end, "a date and few other words", 0.88)
        placed = at > 0 and rows[at - 1].text[-1] == "," and leads_to_date(rows, at - 1, layout)
        one = end == at + 1 or (end == at + 2 and row.text[-1] == ",")  # the place, and the year below it
        day = one and (is_day(line, layout) or _ONLY_YEAR.match(line) or is_place_and_year(line))
        if day and (placed or _over_letter(rows, at, end, layout)):
            return Match("dateline", end, "a day of the week, a month or a year over a letter", 0.8)
        if (
            end == at + 1
            and at
            and (at == 1 or row.gap <= rows[at - 1].gap)
            and titles_letter(rows[at - 1].text, layout)
            and is_feast_or_hour(line, layout)
        ):
            return Match("dateline", end, "a feast or an hour below the title of a letter", 0.8)
        if end == at + 1 and row.gap and not layout.in_verse(row.line) and _in_capitals_and_day(line, layout):
            return Match("dateline", end, "a place in capitals and a day of the week or a month", 0.8)
        if end == at + 1 and _is_day_amid(rows, at, layout):
            return Match("dateline", end, "a day of the week or a month alone between paragraphs, as far apart as these", 0.75)
        if end == at + 1 and supplies_date(rows, at, layout):
            return Match("dateline", end, "what an editor says of the date, in brackets below the title of a letter", 0.8)
    if end - at <= 2 and row.text and _set_right(rows, at, end, layout):
        return Match("dateline", end, "place or day set to the right at the head of a letter, and what an editor adds", 0.85)
    if end == at + 1 and _office_over_date(rows, at, layout):
        return Match("dateline", end, "an office in capitals over the place and date of a letter and its salute", 0.85)
    if end == at + 1 and place_over_date(rows, at, layout):
        return Match("dateline", end, "a place over the date and the salute of a letter", 0.8)
    if end == at + 1 and leads_to_date(rows, at, layout) and words(layout.language).salute.match(row.text) is None:
        return Match("dateline", end, "a place, ended with a comma, over the date", 0.85)
    if end == at + 1 and not layout.in_verse(row.line) and _place_below_receiver(rows, at, layout):
        return Match("dateline", end, "a place below the names of writer and receiver", 0.75)
    if end - at == 2 and _name_below(rows, at, layout):
        return Match("dateline", at + 1, "a date over the name that signs", 0.8)
    if end - at > 1 and is_dateline(row.text, layout):
        narrow = row.width < 0.6 * layout.measure and (end - at > 2 or rows[at + 1].width < 0.6 * layout.measure)
        if narrow and layout.spacing == 2:
            return Match("dateline", at + 1, "a date alone above the text", 0.7)
        if _right_over_text(rows, at, layout):
            return Match("dateline", at + 1, "a date at the right, and the text begins on the next line", 0.85)
    return None


def _right_over_text(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line stands far to the right, and the next, which is full, at the margin: no gap parts them, as in printed diaries."""
    right, below = layout.margin + FAR_RIGHT * layout.measure, rows[at + 1]
    return rows[at].indent > right and below.indent <= layout.margin + SET_IN and below.width > 0.8 * layout.measure


def year_closes(rows: Rows, at: int) -> bool:
    """Whether a year alone stands below a short line that stands alone below the text, and far from what follows: that of a preface."""
    if at < 2 or not _ONLY_YEAR.match(rows[at].text) or rows[at].gap != 1 or (at + 1 < len(rows) and rows[at + 1].gap < OVER_TITLE):
        return False
    name = rows[at - 1]
    return name.gap == 1 and len(name.text) < LONGEST_NAME and rows[at - 2].ends_sentence


OVER_TITLE = 3  # empty lines
LONGEST_NAME = 40  # characters


def _closes_with_year(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line set in after a sentence ends with a year, whatever calendar its day is of, and has white space below it."""
    row = rows[at]
    if not at or row.gap != 1 or row.indent <= layout.margin + SET_IN or not rows[at - 1].ends_sentence or layout.in_verse(row.line):
        return False
    if at + 1 < len(rows) and rows[at + 1].gap < 2:
        return False
    return row.text[0].isupper() and len(row.text) <= LONGEST_ADDRESS and YEAR_LAST.search(row.text) is not None


SET_IN = 2  # columns


STEP = 8  # columns: so much farther to the right than a heading in the middle
PRINTED = 75  # columns: what is set to the right stands in so wide a measure, also where paragraphs are not wrapped


def _set_right(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether two lines set to the right below a heading are a place or a day, and a remark in brackets: "Marl, Surrey. /
    [Post-mark, May 4, 1845.]"; or one line alone, a day.
    """
    far = layout.margin + 0.3 * (min(layout.measure, PRINTED) - layout.margin)
    if (
        end >= len(rows)
        or rows[end].indent > layout.margin + 3
        or any(row.indent < far or len(row.text) > LONGEST_ADDRESS for row in rows[at:end])
    ):
        return False
    if (
        not at
        or rows[at].gap > 2
        or len(rows[at - 1].text) > LONGEST_ADDRESS
        or rows[at - 1].indent > max(layout.margin + 3, rows[at].indent - STEP)
    ):
        return False
    first, last = rows[at].text, rows[end - 1].text
    if not rows[at - 1].gap or rows[end].text[0] in '"“' or layout.in_verse(rows[end].line):
        return False
    if end == at + 1:
        return is_day(first, layout)
    return (
        last[0] == "["
        and last.rstrip(".")[-1] == "]"
        and (is_dateline(last, layout) or is_day(last.strip("[]. "), layout) or is_day(first, layout) or is_dateline(first, layout))
    )


def _dates_chapter(line: str, layout: Layout) -> bool:
    """Whether a line is the number of a chapter or part, and the time that it treats of is its title."""
    label = head_label(line.strip(MARKS), layout.language)
    return label is not None and label.type in CHAPTERS and line.strip(MARKS)[label.length :].lstrip()[:1] in (":", ".", "—", "-", "–")


CHAPTERS = frozenset(("chapter", "part", "book", "volume"))


FAR_RIGHT = 0.4  # of the measure: a name so far to the right, and place and date at the margin below it
LONGEST_ADDRESS = 60  # columns of one line of it, where lines are not wrapped
MOST_PLACES = 4  # lines of an address over a date: house, street, town, county


ABOVE_POEM = 3  # empty lines


def leads_to_date(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether short lines that each end with a comma lead to a date: the place from which a letter comes, set over several lines."""
    for i in range(at, min(at + MOST_PLACES, len(rows) - 1)):
        row, below = rows[i], rows[i + 1]
        text = row.text.strip(MARKS)
        right = row.indent > layout.margin + 0.3 * layout.measure
        width = len(row.text) if right else row.width
        if text[-1:] != "," or width > min(LONGEST_ADDRESS, 0.6 * layout.measure) or below.gap != 1:
            return False
        if not text[0].isupper() and not (right and text[0].isdigit()):
            return False
        dates = is_dateline(below.text, layout) or is_day(below.text, layout) or _ONLY_YEAR.match(below.text.strip(MARKS)) is not None
        if below.text[-1] != "," and dates:
            alone = i + 2 >= len(rows) or bool(rows[i + 2].gap)
            if row.text.isupper() and rows[at].gap >= ABOVE_POEM and i + 2 < len(rows) and layout.in_verse(rows[i + 2].line):
                return False  # the title of a poem, and the day that it tells of
            place = text.lstrip("0123456789, ")
            return alone and (
                is_title_case(place, layout.language.lowercase_in_titles)
                or _MOSTLY * len(place) < sum(map(str.isupper, place))
                or all(part.split()[-1][0].isupper() for part in place.split(",") if part.split())  # Elm Lodge, near Ashby,
            )
    return False


def _office_over_date(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line in capitals stands as near to the text above as to the date of a letter, which is over its salute: HEAD-QUARTERS OF
    THE ARMY.
    """
    if not at or rows[at].gap != 1 or not is_capitals(rows[at].text) or at + 1 >= len(rows) or rows[at + 1].gap != 1:
        return False
    end = chunk_end(rows, at + 1)
    if end > at + 1 + MOST_PLACES or end >= len(rows) or not words(layout.language).salute.match(rows[end].text):
        return False
    if bare_label(rows[at].text) is not None:
        return False  # the number of the letter
    if after_closing(rows, at, layout):
        return False  # who wrote the letter above
    return is_dateline(" ".join(row.text for row in rows[at + 1 : end]), layout) and not titles_letter(rows[at].text, layout)


def place_over_date(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a place stands between the title of a letter, or a remark on it, and its date and salute, each apart: "Elm House, Lorne."."""
    if not at or not 1 <= rows[at].gap <= 2 or at + 2 >= len(rows) or any(row.gap != 1 for row in rows[at + 1 : at + 3]):
        return False
    text, above = rows[at].text, rows[at - 1]
    titled = titles_letter(above.text, layout)
    if not (titled or ("," in text and above.indent > layout.margin + SET_IN)) or not is_dateline(rows[at + 1].text, layout):
        return False
    if len(text) > LONGEST_ADDRESS or not is_title_case(text, layout.language.lowercase_in_titles) or titles_letter(text, layout):
        return False
    return chunk_end(rows, at + 1) == at + 2 and words(layout.language).salute.match(rows[at + 2].text) is not None


_MOSTLY = 0.6  # of the characters of a place in capitals: RE DI COFANO, vulg. RADICOFANI


def _place_below_receiver(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a place stands alone between the title of a letter, which names whom it is to, and its text."""
    text = rows[at].text.strip(MARKS)
    if not at or len(text) > LONGEST_PLACE or rows[at].gap > 2 or at + 1 >= len(rows) or not rows[at + 1].gap or text[-1:] in ",:;!?-—":
        return False
    above = rows[at - 1].text
    if (
        words(layout.language).byline.match(text) is not None
        or not is_capitals(above)
        or not any(c.islower() for c in text)
        or not any(fold(word) in layout.language.addressing for word in above.split())
    ):
        return False
    return is_title_case(text, layout.language.lowercase_in_titles) and len(rows[at + 1].text) > 0.7 * layout.measure


LONGEST_PLACE = 40  # characters


def _over_letter(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether a line stands to the right of the page, right over words that address somebody, or right below the title of a letter."""
    row = rows[at]
    if row.indent > layout.margin + 0.3 * layout.measure:
        return row.gap < 3 or not row.text[-1].isalnum() or not is_centred(row, layout)  # a title: June Evening
    below = rows[end] if end < len(rows) and rows[end].gap <= 2 else None
    if below is not None and len(below.text) < 60 and words(layout.language).salute.match(below.text) is not None:
        return True
    if below is not None and is_place_and_year(row.text) and _names_somebody(rows, end, layout):
        return True
    return at > 0 and (at == 1 or row.gap <= rows[at - 1].gap) and titles_letter(rows[at - 1].text, layout)


def _names_somebody(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a few words in capitals, with a colon or comma behind them, stand over a paragraph: DARLING ANNA:."""
    row = rows[at]
    over_text = at + 1 < len(rows) and rows[at + 1].gap == 1 == row.gap and rows[at + 1].width > 0.6 * layout.measure
    return over_text and row.text[-1] in ":," and word_count(row.text) <= MOST_IN_ADDRESS and is_capitals(row.text)


MOST_IN_ADDRESS = 6  # words


def _is_day_amid(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line between two paragraphs is made of nothing but days, months and parts of the day: a letter or diary is resumed."""
    row = rows[at]
    if not at or at + 1 >= len(rows) or row.gap != 1 or rows[at + 1].gap != 1 or layout.in_verse(row.line) or layout.drama:
        return False
    if not rows[at - 1].ends_sentence or rows[at + 1].width < 0.7 * layout.measure or not is_day(row.text, layout):
        return False
    calendar = layout.language.weekdays.keys() | layout.language.months.keys() | layout.language.day_parts
    return not row.text.strip(MARKS).isupper() and all(word.lower() in calendar for word in LETTERS.findall(row.text))


def _in_capitals_and_day(line: str, layout: Layout) -> bool:
    """Whether a place in capitals stands before a day or month that is not: "DEER VALLEY, November.", "LEEDS, _Monday night_."."""
    place, _, day = line.replace("_", "").strip(MARKS).rpartition(", ")
    return is_capitals(place) and not day.isupper() and is_day(day, layout)


def supplies_date(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line right below the title of a letter is what its editor says of the date: "[No date. Summer, 1821?]"."""
    most = MOST_SUPPLIED if DIGIT.search(rows[at].text) else FEW_SUPPLIED
    if not at or not _SUPPLIED.match(rows[at].text) or word_count(rows[at].text) > most:
        return False
    below = at + 1 < len(rows) and rows[at + 1].gap
    return bool(below) and rows[at].gap <= max(1, rows[at - 1].gap) and titles_letter(rows[at - 1].text, layout)


def year_of_letter(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether the last line of a title that says whom a letter is to is a year, or a place and a year: TO ANNA HOLM / Paris, 1866."""
    line = rows[at].text.strip(MARKS)
    dates = line[-1:].isdigit() and not rows[at].gap and (is_place_and_year(line) or _ONLY_YEAR.match(line) is not None)
    return dates and (at + 1 >= len(rows) or bool(rows[at + 1].gap)) and titles_letter(rows[at - 1].text, layout)


def _named_and_dated(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether one line of these is the date, and one at the margin a name or title: not the place, which a comma or its setting shows."""
    if end - at == 2 and at and is_dateline(rows[at + 1].text, layout):
        if _INITIALS.match(rows[at].text) or (rows[at - 1].text[-1] == "," and DIGIT.search(rows[at].text) is None):
            return True
    if end - at < 2 or rows[at].indent > layout.margin + 3:
        return False
    if _name_below(rows, at, layout):
        return True
    above = rows[at : end - 1]
    placed = any(DIGIT.search(row.text[:-2]) or row.text.endswith((",", ".")) or is_day(row.text, layout) for row in above)
    bare = not placed and len(above[0].text.split()) > 1
    if not bare or not is_dateline(rows[end - 1].text, layout) or begins_with_rank(rows, end, layout):
        return False
    return not at or rows[at].gap >= 4 or rows[at - 1].ends_sentence


def _name_below(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether the date that ends a piece stands over the name of who wrote it."""
    if at + 1 >= len(rows) or rows[at + 1].gap or not at or not rows[at - 1].ends_sentence or not is_dateline(rows[at].text, layout):
        return False
    name = rows[at + 1].text.split(" /", 1)[0].rstrip(".")
    return not DIGIT.search(name) and len(name.split()) <= 5 and is_title_case(name, layout.language.lowercase_in_titles)
