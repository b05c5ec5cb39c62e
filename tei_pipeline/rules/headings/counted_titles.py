"""Bare Roman numbers before titles in capitals, which run on through a book: I THE HOUSE, II THE ROAD."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tei_pipeline.remembered import LAYOUTS, Same, remembered
from tei_pipeline.rules.headings.head_labels import HeadLabel, head_label
from tei_pipeline.rules.headings.titles import MARKS
from tei_pipeline.rules.shape import is_capitals

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


def counts_title(label: HeadLabel, text: str, layout: Layout) -> bool:
    """Whether the number before a title is one of several: the title before or after it is counted too. "I" alone may be a word."""
    return _is_counted(label, text) and bool({label.number - 1, label.number + 1} & _counted(Same(layout)))


def _is_counted(label: HeadLabel, text: str) -> bool:
    bare = text.strip(MARKS)
    return not label.type and not label.n[0].isdigit() and label.length < len(bare.rstrip(". ")) and is_capitals(bare)


@remembered(LAYOUTS)
def _counted(same: Same[Layout]) -> frozenset[int]:
    """The numbers that stand so before titles, on lines with white space above them."""
    found = set()
    for row in same.value.rows:
        if row.gap and row.text.isupper():
            label = head_label(row.text.strip(MARKS), same.value.language)
            if label is not None and _is_counted(label, row.text):
                found.add(label.number)
    return frozenset(found)
