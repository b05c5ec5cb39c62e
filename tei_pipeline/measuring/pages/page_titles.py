"""Titles that open a page right over the text: converters leave out the white space above and below them, and keep where they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tei_pipeline.language import Language
from tei_pipeline.measuring.pages.titles import SOON, bare_words
from tei_pipeline.rows import Row
from tei_pipeline.rules.shape import is_capitals
from tei_pipeline.rules.words import words

MOST_LINES = 6
SET_IN = 4  # columns
LONGEST_PAGES = 150  # lines: a title stands no farther above the first head that has its words
SENTENCE = 30  # characters
OFF_MIDDLE = 2  # columns: converters round
ABOVE_TITLE = 2  # empty lines: more than a paragraph has
FEWEST = 3  # titles amid the pages


def apart_at_tops(rows: list[Row], language: Language) -> list[Row]:
    """The rows, with white space above the lines in capitals that open a page in the middle, or set in, over the text, where that of the
    page before is at an end: as much as most such titles have amid the pages.
    """
    tops = [
        at
        for at, row in enumerate(rows)
        if at and row.page and row.gap < ABOVE_TITLE and is_capitals(row.text) and rows[at - 1].ends_sentence
        if words(language).byline.match(row.text) is None and _is_title(rows, at) and not _heads_page(rows, at)
    ]
    if not tops:
        return rows
    amid = Counter(row.gap for at, row in enumerate(rows) if row.gap and not row.page and is_capitals(row.text) and _is_title(rows, at))
    usual = amid.most_common(1)[0][0] if amid.total() >= FEWEST else ABOVE_TITLE
    result = list(rows)
    for at in tops:
        result[at] = rows[at]._replace(gap=max(usual, rows[at].gap))
    return result


def _heads_page(rows: Sequence[Row], at: int) -> bool:
    """Whether the words are those of a line shortly before that stands over sentences: the piece goes on, and they head its next page."""
    title = bare_words(rows[at].text)
    before = (i for i in range(max(0, at - LONGEST_PAGES), at) if is_capitals(rows[i].text) and bare_words(rows[i].text) == title)
    return any(row.ends_sentence and len(row.text) > SENTENCE for i in before for row in rows[i + 1 : i + SOON])


def _is_title(rows: Sequence[Row], at: int) -> bool:
    """Whether lines in capitals stand around one middle, or a single one farther in than the text below it, which begins."""
    end = at + 1
    while end < min(len(rows), at + MOST_LINES) and not rows[end].gap and is_capitals(rows[end].text):
        end += 1
    if end == len(rows) or end == at + MOST_LINES or rows[end].starts_lower or rows[end - 1].text[-1] == ",":
        return False
    if end == at + 1:
        return rows[at].indent >= rows[end].indent + SET_IN
    middles = [row.indent + row.width for row in rows[at:end]]
    return max(middles) - min(middles) <= 2 * OFF_MIDDLE and len({row.indent for row in rows[at:end]}) > 1
