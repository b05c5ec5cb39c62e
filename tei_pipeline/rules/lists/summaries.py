"""Entries of a contents page that are paragraphs: what a chapter holds, in phrases."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.rows import Row
from tei_pipeline.rules.lists.entry_labels import is_labelled, only_label
from tei_pipeline.rules.lists.entry_pages import entry_page, is_frontispiece
from tei_pipeline.rules.lists.turned_over import (
    FULL,
    SPARE,
    has_no_room,
)
from tei_pipeline.rules.shape import is_capitals, is_summary

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


def is_under_label(label: Row, chunk: Rows, layout: Layout) -> bool:
    """Whether lines are the summary right below the number of a chapter with its page: none of them but the last has room left."""
    page = entry_page(layout.language)
    paged = page.search(label.text)
    if paged is None or not only_label(label.text[: paged.start()].rstrip(" -—"), layout):
        return False
    widest = max(row.width for row in chunk)
    full = all(has_no_room(last, row, widest - SPARE) for last, row in pairwise(chunk))
    return len(chunk) > 1 and full and not any(page.search(row.text) for row in chunk[:-1])


def is_summed_up(chunk: Rows, layout: Layout) -> bool:
    """Whether lines are a paragraph that tells what a chapter holds: all full but the last, and few of them end with a figure; or phrases
    parted by semicolons or points, each with its pages.
    """
    page = entry_page(layout.language)
    if len(chunk) > 1 and 2 * sum(len(_PAGED_PHRASE.findall(row.text)) for row in chunk) >= len(chunk):
        return True
    if len(chunk) > 1 and is_capitals(chunk[0].text) and not is_capitals(chunk[1].text) and not _goes_into_summary(chunk):
        return False  # the title of the chapter stands right above
    if len(chunk) < SUMMARY and not (len(chunk) > 1 and is_summary(" ".join(page.sub("", row.text) for row in chunk))):
        return False
    if any(not row.starts_lower and is_labelled(row.text, layout) for row in chunk[1:]):
        return False  # SECT. II, right below SECT. I
    over = chunk[:-1] if len(chunk) > 1 and page.search(chunk[-1].text) else chunk  # its page may stand farther to the right
    widest = max(row.width for row in over)
    paged = sum(page.search(row.text) is not None or is_frontispiece(row.text) for row in chunk[:-1])
    full = all(last.width > FULL * widest or has_no_room(last, row, widest) for last, row in pairwise(chunk))
    return widest > WIDEST * layout.measure and full and paged <= 0.3 * len(chunk)


def _goes_into_summary(chunk: Rows) -> bool:
    """Whether the title in capitals over a summary ends within its lines: it runs on to the second, or its page has more behind it."""
    first = chunk[1].text.split(" ", 1)[0].strip(",:;.-—")
    return (len(first) > 1 and first.isupper()) or _PAGE_WITHIN.search(chunk[0].text) is not None


_PAGE_WITHIN = re.compile(r"(?:--|—)\d{1,3}(?:[-–]\d{1,3})? \S")  # THE BELL--59-110 A first
_PAGED_PHRASE = re.compile(r"\d; \S|, \d{1,3}\. +[^\W\d_]")  # the ringing of bells, 22, 23; what is heard; Of ropes, 22. Of bells
SUMMARY = 3  # lines
WIDEST = 0.6  # of the measure: the widest of a paragraph that is set in is no shorter
