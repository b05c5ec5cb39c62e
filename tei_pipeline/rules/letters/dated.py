"""The words of a date line: a date alone, with a place at most."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.language import Language, fold
from tei_pipeline.measuring.pages.marks import page_marks
from tei_pipeline.remembered import remembered
from tei_pipeline.rules.headings.head_labels import HeadLabel, head_label
from tei_pipeline.rules.shape import announces, is_capitals, word_count
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

MARKS = "_*=/\"“”„«»' "
_SENTENCE = re.compile(r"[.!?]\s+[A-Z\"“].*\s\w+\s\w+\s\w+")
_MONTH_RANGE = re.compile(r"^[A-Z][a-zé]{2,9}\.?\s*[-–—]\s*[A-Z][a-zé]{2,9}\.?,?\s+1\d{3}\.?$")
_HOUSE = re.compile(r"^\d{1,4}[A-Za-z]?,? (?=[A-Z])")  # its number in a street
ONLY_YEAR = re.compile(r"^_?1[4-9]\d\d_?\.?(?:\[\w{1,3}\])?$")
YEAR_LAST = re.compile(r",\s1[4-9]\d\d\.?$")
PLACE_YEAR = re.compile(r"^[^\W\d_][\w'’-]+(?:[ .-][^\W\d_]?[\w'’]+){0,3},\s(?:[^\W\d_]{1,3} )?(?:[^\W\d_]+ )?(?:1[5-9]|20)\d\d\.?$")
_BEFORE_BRACKET = 4  # words: a place, a province and a country
_YEAR_SUPPLIED = re.compile(r"\d\w{0,2} \[1\d{3}\??\][.)_]*$")  # by an editor, behind a day: Nov. 12th [1877].
LETTERS = re.compile(r"[^\W\d_]+")
_COMPOUNDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")  # Au quartier-général
DIGIT = re.compile(r"\d")
_COUNTS = re.compile(r"(?<!\w)1[.)] .+[,;] 2[.)] ")  # the parts of a command: 1. Forward, 2. MARCH
RUN_IN = re.compile(  # a diary's date in italics, and the entry in its line, which is no remark in brackets
    r"^_([^_]+)_(?:[.,:—–-]*\s+|[.,:]?(?:--|[—–]))((?!\([^()]*\)\.?$)\S.*[.!?])$"
)


def is_dateline(text: str, layout: Layout) -> bool:
    """Whether words are a date with at most a place: no sentence, no name of a kind of text, no more than a few other words."""
    return DIGIT.search(text) is not None and _is_dateline(_before_page(text, layout), layout.language)


def _before_page(text: str, layout: Layout) -> str:
    """Words without the mark of a page at their end: "June 7th, 1818 {p.001}"."""
    if not layout.page_marks or text[-1:] not in "]}":
        return text
    *_, last = (None, *page_marks(layout.language).inside.finditer(text))
    return text[: last.start()].rstrip() if last is not None and last.end() == len(text) else text


@remembered()
def _is_dateline(text: str, language: Language) -> bool:
    run_in = RUN_IN.match(text)
    if run_in is not None and DIGIT.search(run_in[1]) and not DIGIT.search(run_in[2]):
        return False
    line = _bare(text)
    if text[:1] in "[(" and PLACE_YEAR.match(line):
        return True  # an editor supplies it
    if len(line) > 110 or line.endswith((";", "?", "!")) or announces(line) or not DIGIT.search(line) or _COUNTS.search(line):
        return False
    patterns = words(language)
    dated = patterns.may_hold_date(line) and patterns.date.search(line)
    if not dated and not _MONTH_RANGE.match(line):
        return _is_hour(line, language) or _is_day_in_year(line, language)
    line = _ADDED.sub("", line)
    rest = _COMPOUNDS.findall(patterns.date.sub(" ", line))
    calendar = language.lowercase_in_titles | language.months.keys() | language.weekdays.keys() | language.day_parts
    small = [w for w in rest if w.islower() and len(w) > 2 and w not in calendar]
    if dated and _is_place(line[: dated.start()], dated[0], patterns.clock.sub("", line[dated.end() :])):
        return not any(fold(w) in language.genres for w in rest) and named_by(line, language) is None
    if len(rest) > 9 or len(small) > 1 or _SENTENCE.search(line):
        return False
    if any(cited.search(line) for cited in (patterns.issue, patterns.volume, patterns.pages)) or patterns.published.match(line):
        return False
    if "[" in line[1:] and not _YEAR_SUPPLIED.search(line) and len(rest) > _BEFORE_BRACKET:
        return False  # a title with its date in brackets
    if any(fold(w) in language.genres for w in rest) or (is_capitals(line) and len(rest) > 6):
        return False
    return "," in line or (len(rest) <= 4 and not (small and fold(rest[0]) in language.function_words - calendar))


def _bare(text: str) -> str:
    """A line without marks of emphasis, and without the brackets in which an editor supplies a whole dateline."""
    line = text.replace("_", "").strip(MARKS)
    if line[:1] in "[(" and line[-2:].rstrip(".")[-1:] in ("]", ")") and line[1:].count(line[0]) == 0:
        line = line[1:].rstrip(".").rstrip("])").strip(MARKS)
    return line


def _is_place(place: str, date: str, tail: str) -> bool:
    """Whether a place in capitals, however many lines it takes, stands before a date that is not in capitals: "HEADQUARTERS OF THE
    NORTHERN ARMY, CAMP AT FALLS RIVER, May 4th, 1863."
    """
    if not place.isupper() or date.isupper() or place.count(" ") > LONGEST_OFFICE or "," not in place:
        return False
    return not any(c.isalpha() for c in tail)


LONGEST_OFFICE = 14  # words of the office and place from which a letter comes


def _is_hour(line: str, language: Language) -> bool:
    """Whether an hour stands alone or with a place: "Deal, 8 P.M."."""
    patterns = words(language)
    if len(line) > LONGEST_HOUR or not language.clock or (found := patterns.clock.search(line)) is None or not found[0][0].isdigit():
        return False
    if any(c.isalpha() for c in line[found.end() :]):
        return False  # the programme of a day
    rest = LETTERS.findall(patterns.clock.sub(" ", line))
    return len(rest) <= _BEFORE_BRACKET and all(word[0].isupper() or word in language.day_parts for word in rest)


LONGEST_HOUR = 40  # characters


def _is_day_in_year(line: str, language: Language) -> bool:
    """Whether a place, ended with a comma, stands before a day of the week and a year, parts of which an editor may have supplied:
    "MILL HOUSE, MARL, Monday evening [1862].".
    """
    before, years = _LAST_YEAR.subn("", line)
    place, _, day = before.rpartition(", ")
    days = [word.strip(".,[]()").lower() for word in day.split()]
    known = language.weekdays.keys() | language.months.keys() | language.day_parts
    return years > 0 and is_capitals(place) and 0 < len(days) <= MOST_OF_A_DAY and all(word in known for word in days)


MOST_OF_A_DAY = 3  # words: Monday evening, August
_LAST_YEAR = re.compile(r",?\s\[?1[4-9]\d\d\]?\.?$")


_ADDED = re.compile(
    r"(?<=\d)\W{0,2} \((?=.{4,40}$)[^()]*(?:\([^()]*\)[^()]*)*\)\.?$"
)  # behind the date: WINDSOR, 19th September 1837. (Half-past nine o'clock.)


def is_day(text: str, layout: Layout) -> bool:
    """Whether a line names a day of the week or a month, and little else: "Lorch, Sunday evening.", "4, Mill Street, Monday, 1835."."""
    line = _HOUSE.sub("", YEAR_LAST.sub("", _before_page(text, layout).replace("_", "").strip(MARKS)))
    if len(line) > 60 or line.endswith((":", ";", "?", "!", ",")) or not 0 < word_count(line) <= 6 or not line[:1].isupper():
        return False
    known = layout.language.weekdays.keys() | layout.language.months.keys()
    tokens = [word.strip(".,[]()").lower() for word in line.split()]
    return any(len(word) > 3 and word in known for word in tokens) and named_by(line, layout.language) is None


def is_feast_or_hour(text: str, layout: Layout) -> bool:
    """Whether a line names a feast or an hour, and little else: "Ashby, Christmas Eve [1895].", "[Lorch, 1793] Two o'Clock."."""
    line, patterns = text.replace("_", "").strip(MARKS), words(layout.language)
    if not 0 < word_count(line) <= MOST_AROUND_HOUR or line[-1] in ",:;?!":
        return False
    found = patterns.feast.search(line) or patterns.clock.search(line)
    if found is None:
        return False
    around = LETTERS.findall(line[: found.start()] + " " + line[found.end() :])
    return all(word[0].isupper() or word in layout.language.day_parts or word in layout.language.lowercase_in_titles for word in around)


MOST_AROUND_HOUR = 8  # words


def is_place_and_year(text: str) -> bool:
    """Whether words are a place and a year: "NEW HARBOUR, 1880.", "[Lorch], 1880."."""
    return PLACE_YEAR.match(text.strip(MARKS).replace("[", "").replace("]", "")) is not None


def named_by(line: str, language: Language) -> HeadLabel | None:
    """The word and number of a division with which a line begins: it is a heading, whatever date it names."""
    label = head_label(line, language)
    return label if label is not None and label.type else None
