"""Whom a letter is to: titles that say so, and the line with his name and office over its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.headings.head_labels import bare_label, head_label
from tei_pipeline.rules.letters.dated import MARKS, is_dateline
from tei_pipeline.rules.shape import chunk_end, is_capitals, is_title_case, word_count
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

_FIRST_WORD = re.compile(r"[^\W\d_]+")


def titles_letter(text: str, layout: Layout) -> bool:
    """Whether a line is the number of a letter, or says whom it is to: LETTER IV., ANNA HOLM TO HER BROTHER, _To the same_."""
    line = text.strip(MARKS)
    label = head_label(line, layout.language)
    if label is not None and label.type == "letter":
        return True
    if (number := bare_label(line)) is not None:
        line = line[number.length :].lstrip(" .-—–")
    said = [fold(word) for word in line.split()]
    if not said or not is_title_case(line.rstrip("."), layout.language.lowercase_in_titles):
        return False
    to = layout.language.receivers
    if said[0] in to or not line.isupper():
        return said[0] in to
    return names_both(said[:-1], to, layout) and layout.language.lowercase_in_titles.isdisjoint(word for word in said if word not in to)


def names_both(said: list[str], to: frozenset[str], layout: Layout) -> bool:
    """Whether one of the words before a receiver stands first or behind a name: not that of "HOW TO", which says what is told."""
    return any(word in to and (not at or said[at - 1] not in layout.language.function_words) for at, word in enumerate(said))


def tells_both(text: str, layout: Layout) -> bool:
    """Whether a line says who writes to whom, in capitals or in italics: "_Anna Holm to Mrs. Lind._", "_From the same to the same._"."""
    words_of_line, language = text.strip(MARKS).split(), layout.language
    said = [fold(word) for word in words_of_line]
    if not said or not is_capitals(text):
        names = " ".join(without_kin(words_of_line, layout))
        if text[0] != "_" or text[-1] != "_" or not names:
            return False
        if said[0] not in language.addressing and not is_title_case(names, language.lowercase_in_titles | language.articles):
            return False
    return names_both(said[:-1], language.addressing, layout)


def without_kin(names: list[str], layout: Layout) -> list[str]:
    """The words of a title without the small ones behind an article or "his", that say who somebody is: "to his brother Peter"."""
    small = layout.language.articles
    return [word for before, word in zip(["", *names], names, strict=False) if word[0].isupper() or fold(before) not in small]


def begins_with_rank(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line apart begins with the rank or title of somebody, or says whom it is to: "Major-General H. LIND, commanding"."""
    if at >= len(rows) or rows[at].gap != 1:
        return False
    word = _FIRST_WORD.match(rows[at].text.lstrip(MARKS))
    return word is not None and word[0][0].isupper() and fold(word[0]) in layout.language.titles | layout.language.receivers


def ranks_below_date(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether a line or two between the date of a letter and its text begin with the rank or title of somebody, or say whom it is to, and
    are no sentence: "Captain A. HOLM, commanding Battalion.", "To Commanders of Boats".
    """
    if not at or end >= len(rows) or not rows[at].gap == 1 == rows[end].gap or layout.drama or not begins_with_rank(rows, at, layout):
        return False
    line = " ".join(row.text for row in rows[at:end])
    if end == at + 1 and "," not in line and fold(line.split()[0]) not in layout.language.receivers:
        return False  # a name alone, which others know
    if word_count(line) > MOST_OF_RANKS or SENTENCE_WITHIN.search(line) or is_dateline(line, layout):
        return False
    if not layout.language.finite.isdisjoint(map(fold, _FIRST_WORD.findall(line))):
        return False
    start = at - 1
    while start and not rows[start].gap:
        start -= 1
    return at - start <= MOST_OF_A_DATE and is_dateline(" ".join(row.text for row in rows[start:at]), layout)


MOST_OF_RANKS = 18  # words
MOST_OF_A_DATE = 3  # lines: the house, the place, and the day
SENTENCE_WITHIN = re.compile(r"[^\W\d_]{4}[.?!]\s+\S+\s\S+\s\S")


def names_hearers(rows: Rows, at: int, line: str, layout: Layout) -> bool:
    """Whether a lecture addresses its hearers, or a line over the text of an open letter says to whom it is: "To the People of Lorn:"."""
    if _names_assembly(line, layout):
        return True
    first, _, rest = rows[at].text.partition(" ")
    if rest[-1:] != ":" or fold(first) not in layout.language.receivers or fold(rest.split(" ", 1)[0]) not in layout.language.articles:
        return False
    if at + 1 >= len(rows) or not rows[at].gap == rows[at + 1].gap == 1:
        return False
    over = chunk_end(rows, at + 1) > at + 2 or (rows[at + 1].ends_sentence and len(rows[at + 1].text) > LINE)
    return over and is_title_case(rows[at].text[:-1], layout.language.lowercase_in_titles)


LINE = 60  # characters: a shorter paragraph may be the first of a list


def _names_assembly(line: str, layout: Layout) -> bool:
    """Whether a lecture addresses its hearers, of whom an office is named first: "MR VICE-CHANCELLOR, AND GENTLEMEN OF THE UNIVERSITY,"."""
    if line[-1:] not in ",:-—" or layout.drama or "," not in line[:-1] or word_count(line) > 9 or not line[:1].isupper():
        return False
    pattern = words(layout.language).salute
    for said in line.split(", ")[1:]:
        first, _, rest = said.partition(" ")
        if pattern.match(said) or (fold(first) in layout.language.connectives and pattern.match(rest)):
            return is_title_case(line, layout.language.lowercase_in_titles)
    return False
