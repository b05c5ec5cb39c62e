"""Headings that are the name of a division and need no number: PREFACE, INDEX."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Facts, Match, Rows
from tei_pipeline.language import DivisionWord, fold
from tei_pipeline.rules.headings.head_labels import head_label, named_division
from tei_pipeline.rules.headings.title_end import title_end
from tei_pipeline.rules.headings.titles import LONGEST_TITLE, MARKS, is_set_in_capitals, title_lines
from tei_pipeline.rules.headings.titles_below import title_below
from tei_pipeline.rules.shape import chunk_end, ended_early, is_capitals, is_title_case, word_count
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


def named_heading(rows: Rows, at: int, layout: Layout, named: DivisionWord) -> Match | None:
    """The name of a division that needs no number: "Preface", "INDEX"."""
    text = rows[at].text.strip(MARKS)
    if word_count(text) > LONGEST_TITLE:
        return None
    capitals = is_capitals(text)
    single = chunk_end(rows, at) == at + 1
    if not single and named.type == "contents" and words(layout.language).byline.match(rows[at + 1].text.strip(MARKS)):
        return None  # "Illustrations / by / Jane Ross": a line of the title page
    far = single and _stands_far(rows, at)
    if not capitals and (
        text.endswith((",", ";")) or (rows[at].ends_sentence and word_count(text) > 4 and not far and (named.type != "cast" or ":" in text))
    ):
        return None
    if not capitals and not single and not (at + 1 < len(rows) and ended_early(rows[at], rows[at + 1], layout)):
        return None
    apart = rows[at].gap >= 2 and single and not rows[at].ends_sentence and at + 1 < len(rows) and rows[at + 1].gap > 0
    apart = apart or far or (single and fold(text).strip(" .:") in layout.language.contents)  # words enough to know it by
    if not capitals and word_count(text) > 1 and not apart and not is_title_case(text, layout.language.lowercase_in_titles):
        return None
    below = (named.type == "notes" or (named.type == "contents" and capitals)) or (
        named.type == "cast" and layout.drama and at + 1 < len(rows) and rows[at + 1].indent > rows[at].indent
    )
    if (not single and text.endswith(":") and not below) or (not capitals and text.endswith((":--", ":—"))):
        return None
    end = at + 1
    if capitals:
        if named.type != "cast" and all(is_set_in_capitals(r.text) for r in rows[at : chunk_end(rows, at)]):
            end = max(end, title_lines(rows, at, layout))
        if named.type == "contents":
            end += _says_whose(rows, end, layout)
        elif named.type not in ("notes", "cast") and not (named.type == "dedication" and chunk_end(rows, end) > end + 1):
            end = title_end(rows, at, end, layout, True)
            if named.type == "appendix" and end == at + 1:
                end = title_below(rows, end, layout)
        if end > at + 1 and rows[end - 1].indent > rows[at].width and fold(rows[end - 1].text).strip(" .") in layout.language.page_words:
            end -= 1  # PAGE, over the column of numbers
    return Match("heading", end, f"names a division: {text[:40]}", 0.93, Facts(division=named.type, type="named"))


def _stands_far(rows: Rows, at: int) -> bool:
    """Whether a few words that a point ends stand far below what is above them, and near to the text: Preface to the third edition."""
    near = at + 1 < len(rows) and 0 < rows[at + 1].gap < FAR <= rows[at].gap
    return near and word_count(rows[at].text) <= MOST_WORDS and rows[at].text[-1] == "." and ":" not in rows[at].text


FAR = 3  # paragraph gaps
MOST_WORDS = 7
_IN_COLUMN = re.compile(r"(?<!\s)\s{4,}[\divxlc]+\.?$")  # its page


def _says_whose(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line in capitals below the heading of the contents says what they are of ("OF THE FIRST VOLUME.") and is no entry: it
    names no division, does not stand over the text again, and the line below is not like it.
    """
    alike = [row.gap == 1 and is_capitals(row.text) and row.text.endswith(".") for row in rows[at : at + 2]]
    if not alike or not alike[0] or alike[1:] == [True] or chunk_end(rows, at) > at + 1 or _IN_COLUMN.search(rows[at].text):
        return False
    label = head_label(rows[at].text, layout.language)
    said = rows[at].text.rstrip(". ")
    if any(row.gap and row.text.startswith(said) and row.text.rstrip(". ") == said for row in rows[at + 2 :]):
        return False
    return (label is None or not label.type) and named_division(rows[at].text, layout.language) is None
