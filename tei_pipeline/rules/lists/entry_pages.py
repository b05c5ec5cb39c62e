"""What the page of an entry looks like in a contents page or list, and the words over the column of pages."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from tei_pipeline.language import UNDETERMINED, Language, alternation, fold, load
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


_SMALL_ROMAN = r"(?=[ivxlc])c{0,3}(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})"  # a number, and no article: "il"
IN_COLUMN = seldom(r"(?:(?<!\s)\s{3,}|(?<![.·…_ ])[.·…_ ]{4,})(?:--|—)?_?[^\W\d_]{4,14}\.?_?$")
YEAR = re.compile(r"\S 1[4-9]\d{2}\.?$")  # of an edition, or in a title: no page


@lru_cache(maxsize=16)
def entry_page(language: Language) -> re.Pattern[str]:
    """The page at the end of an entry: behind white space, leaders, a comma or a dash, with the word for pages or without, also in italics;
    "ib." stands for the page of the entry above.
    """
    shared = load(UNDETERMINED)
    units = language.citation_units | shared.citation_units
    word = alternation(form for form, unit in units.items() if unit == "page")
    again = alternation(form for form in language.citation_repeats | shared.citation_repeats if form[-1] == "." and " " not in form)
    named = rf"(?P<it>_)?(?:(?<![^\W_])(?i:{word}))?\s?\d{{1,4}}(?(it)\.?_)"
    return re.compile(
        r"(?:(?<!\s)\s{2,}|(?<![.·…_ ])[.·…_ ]{3,}|[,—]\s?|(?<!\d)--|\s)"
        rf"(?:_?(?i:{again})_?|{named}|{_SMALL_ROMAN}|(?<=[\s,;]\s)\d{{1,3}}[-–]\d{{1,3}})\.?$"
        r"|^\d{1,3}[-–]\d{1,3}\.?$"  # on a line of their own
    )


def is_frontispiece(text: str) -> bool:
    """Whether an entry ends with a word in the column of the pages: the plate before the title page has no number."""
    return IN_COLUMN.search(text) is not None


def without_column(text: str, layout: Layout) -> str:
    """A line without the word over the column of pages, which stands far behind its own."""
    head, _, word = text.rpartition("   ")
    return head.rstrip() if head and heads_pages(word, layout) else text


def heads_pages(text: str, layout: Layout) -> bool:
    """Whether a line is the word over the column of pages alone, right below the title of the first chapter."""
    return fold(text).strip(" .:_") in layout.language.page_words


def heads_columns(text: str, layout: Layout) -> bool:
    """Whether a line ends with the word for pages: it is the head of the columns."""
    return fold(text.split()[-1]).strip(".:_") in layout.language.page_words


COLUMN = seldom(r"(?:(?<!\s)\s{2,}|(?<![.·…_ ])[.·…_ ]{3,})\S+$")


MOSTLY = 0.7  # of the entries have a page: then all should, but for the names of parts over some
