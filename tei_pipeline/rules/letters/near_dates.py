"""What belongs to the date of a letter or piece and stands near it: the place it comes from, a year alone, what an editor supplies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Facts, Rows
from tei_pipeline.language import Language, fold
from tei_pipeline.remembered import Same, remembered
from tei_pipeline.rules.letters.addressed import titles_letter
from tei_pipeline.rules.letters.dated import DIGIT, LETTERS, MARKS, ONLY_YEAR, YEAR_LAST, is_dateline, is_day, is_place_and_year
from tei_pipeline.rules.shape import chunk_end, is_capitals, is_summary, is_title_case, word_count
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

SET_IN = 2  # columns
OVER_TITLE = 3  # empty lines
ABOVE_POEM = 3  # empty lines
LONGEST_NAME = 40  # characters
LONGEST_ADDRESS = 60  # columns of one line of it, where lines are not wrapped
MOST_PLACES = 4  # lines of an address over a date: house, street, town, county
_MOSTLY = 0.6  # of the characters of a place in capitals: RE DI COFANO, vulg. RADICOFANI
_SUPPLIED = re.compile(r"^[\[(][^\])]+[\])]\.?$")  # [No date. ? Summer, 1821.]
_QUOTES = seldom(r"[\"“„«]")  # the title of a book
_MOST_SUPPLIED = 8  # words
_FEW_SUPPLIED = 3  # without a figure: [No date.]


YEAR_OF_POEM = re.compile(r"^[_(\[]*(?:\? ?)?1[4-9]\d\d(?:[-–—]\d{1,2}(?:\d\d)?)?\??[.)\]_]+\*?$")  # an editor doubts it: ? 1790.


def year_ends_poem(rows: Rows, at: int) -> bool:
    """Whether a year with a full stop stands right below a line of more words that a point or comma ends, apart from what follows."""
    if not at or rows[at].gap or YEAR_OF_POEM.match(rows[at].text) is None or (at + 1 < len(rows) and rows[at + 1].gap < OVER_POEM):
        return False
    above = rows[at - 1].text
    return not above[-1].isalnum() and word_count(above) > 1


OVER_POEM = 2  # empty lines


def year_closes(rows: Rows, at: int) -> bool:
    """Whether a year, alone or with its place, stands below a short line that stands alone below the text, and far from what follows: that
    of a preface.
    """
    if (
        at < 2
        or not (ONLY_YEAR.match(rows[at].text) or is_place_and_year(rows[at].text.strip(MARKS)))
        or rows[at].gap != 1
        or (at + 1 < len(rows) and rows[at + 1].gap < OVER_TITLE)
    ):
        return False
    name = rows[at - 1]
    return name.gap == 1 and len(name.text) < LONGEST_NAME and rows[at - 2].ends_sentence


def year_of_letter(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether the last line of a title that says whom a letter is to is a year, or a place and a year: TO ANNA HOLM / Paris, 1866."""
    line = rows[at].text.strip(MARKS)
    dates = line[-1:].isdigit() and not rows[at].gap and (is_place_and_year(line) or ONLY_YEAR.match(line) is not None)
    return dates and (at + 1 >= len(rows) or bool(rows[at + 1].gap)) and titles_letter(rows[at - 1].text, layout)


def supplies_date(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line right below the title of a letter is what its editor says of the date: "[No date. Summer, 1821?]"."""
    most = _MOST_SUPPLIED if DIGIT.search(rows[at].text) else _FEW_SUPPLIED
    if not at or not _SUPPLIED.match(rows[at].text) or word_count(rows[at].text) > most or _QUOTES.search(rows[at].text):
        return False
    below = at + 1 < len(rows) and rows[at + 1].gap
    return bool(below) and rows[at].gap <= max(1, rows[at - 1].gap) and titles_letter(rows[at - 1].text, layout)


OFFICE = 0.9  # of the measure


def leads_to_date(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether short lines that each end with a comma lead to a date: the place from which a letter comes, set over several lines."""
    for i in range(at, min(at + MOST_PLACES, len(rows) - 1)):
        row, below = rows[i], rows[i + 1]
        text = row.text.strip(MARKS)
        right = row.indent > layout.margin + 0.3 * layout.measure
        width = len(row.text) if right else row.width
        office = text.isupper() and text.count(",") > 1  # HEADQUARTERS, ARMY OF THE WEIR, LORCH,
        if (
            not (text[-1:] == "," or (_closes_with(rows, i) and fold(text.rstrip(":")) not in layout.language.divisions))
            or width > min(LONGEST_ADDRESS, (OFFICE if office else 0.6) * layout.measure)
            or below.gap != 1
        ):
            return False
        if not text[0].isupper() and not (right and text[0].isdigit()):
            return False
        dates = is_dateline(below.text, layout) or is_day(below.text, layout) or ONLY_YEAR.match(below.text.strip(MARKS)) is not None
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


def _closes_with(rows: Rows, at: int) -> bool:
    """Whether a place in capitals, with a colon, and the line below are the last of a piece: "LARNE:", over "_May 4, 1863._"."""
    row = rows[at]
    last = at + 2 >= len(rows) or rows[at + 2].gap > rows[at + 1].gap
    placed = row.text[-1] == ":" and row.text.isupper() and word_count(row.text) <= MOST_OF_A_PLACE
    return placed and at > 0 and rows[at - 1].ends_sentence and row.gap == 1 and last


MOST_OF_A_PLACE = 3  # words


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


def place_over_letter(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a place alone stands over the paragraph that begins a letter, both set in alike: "Marl, Kent." over "DEAR SIR: I am"."""
    text, below = rows[at].text, rows[at + 1] if at + 1 < len(rows) else rows[at]
    if (at and not rows[at].gap) or below.gap != 1 or (at and rows[at].indent <= layout.margin + 1) or below.indent != rows[at].indent:
        return False  # in what is set in, the first line
    if text[-1] != "." or is_capitals(text) or word_count(text) > MOST_OF_PLACES or not all(w[0].isupper() for w in text.split()):
        return False
    lead = below.text[:LONGEST_ADDRESS].partition(":")
    return bool(lead[1]) and not titles_letter(text, layout) and words(layout.language).salute.match(lead[0] + ":") is not None


MOST_OF_PLACES = 7  # words: Black Oak Ridge, Marl County, N.J.


def says_given(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether a sentence without a verb says where and when a document was given, last of it or over names: "Given in Rome, the …"."""
    row, below = rows[at], rows[end] if end < len(rows) else None
    if not at or not rows[at - 1].ends_sentence or row.gap != 1 or end - at > MOST_GIVEN or layout.in_verse(row.line):
        return False
    line = " ".join(row.text for row in rows[at:end]).strip(MARKS)
    tokens = LETTERS.findall(line)
    if words(layout.language).given.match(line) is None or line[-1] not in ".,]" or not layout.language.finite.isdisjoint(tokens):
        return False
    if below is not None and below.gap < 2 and below.width > HALF * layout.measure:
        return False
    return any(fold(word) in layout.language.months for word in tokens) and _NEXT_SENTENCE.search(line) is None


GIVEN = Facts(type="given")  # closes a document: no letter begins with it
MOST_GIVEN = 6  # lines
HALF = 0.5  # of the measure: names and offices are shorter
_NEXT_SENTENCE = re.compile(r"[^\W\d_]{3}[.!?]\s+[^\W\d_a-z]")


def is_span(text: str, language: Language) -> bool:
    """Whether words are two years, with the era that counts them or without: 1270-1328 A.D."""
    return len(text) < LONGEST_NAME and text[-1:] in _ENDS_SPAN and words(language).two_years.match(text) is not None


_ENDS_SPAN = frozenset("0123456789.)")


def tells_years(rows: Rows, at: int, language: Language) -> bool:
    """Whether two years stand alone below what a chapter tells, and not nearer to the text: the years that it tells of."""
    if not at or not rows[at].gap or not is_span(rows[at].text, language) or at + 1 >= len(rows) or rows[at + 1].gap < rows[at].gap:
        return False
    start = at - 1
    while start and not rows[start].gap:
        start -= 1
    return is_summary(" ".join(row.text for row in rows[start:at]))


def dates_entry(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a date in brackets, perhaps with who wrote it, is the first line of an entry, as of others: "[Holm, May 14, 1804]"."""
    return (
        _is_bracketed(rows, at) and bool(rows[at].gap) and _dates(rows[at].text, layout) and len(_bracketed(Same(rows))) >= FEWEST_BRACKETED
    )


def _dates(text: str, layout: Layout) -> bool:
    inner = text[1:-1]
    return words(layout.language).date.search(inner) is not None and YEAR_LAST.search(inner) is not None


def _is_bracketed(rows: Rows, at: int) -> bool:
    text = rows[at].text
    return text[0] == "[" and text[-1] == "]" and text.count("[") == 1 and len(text) < LONGEST_NAME and chunk_end(rows, at) > at + 1


@remembered(1)
def _bracketed(same: Same[Rows]) -> tuple[int, ...]:
    """The rows that begin paragraphs so, each with a year last."""
    return tuple(
        at
        for at, row in enumerate(same.value)
        if row.gap and row.text[0] == "[" and _is_bracketed(same.value, at) and YEAR_LAST.search(row.text[1:-1])
    )


FEWEST_BRACKETED = 3
