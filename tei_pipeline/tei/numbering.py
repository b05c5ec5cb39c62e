"""Where the numbers of the book do not run on: a missing chapter, a printer's slip, or a heading that was not found. The header says it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from tei_pipeline.tei.identity import XML_ID
from tei_pipeline.tei.writer import TEI


class Break(NamedTuple):
    """The element of that identifier has the number ``after``, and the one before it ``before``."""

    identifier: str
    before: int
    after: int


def breaks(text: etree._Element) -> list[Break]:
    """Divisions of one type and notes with a place, side by side, whose numbers do not follow on each other; in document order.

    The rules ``div-runs-on`` and ``note-runs-on`` of ``edition.sch`` find the same ones.
    """
    return list(_breaks(text))


def _breaks(text: etree._Element) -> Iterator[Break]:
    last: dict[tuple[etree._Element | None, str], int | None] = {}
    for element in text.iter(f"{TEI}div", f"{TEI}note"):
        number = _number(element.get("n"))
        is_note = element.tag == f"{TEI}note"
        if is_note and element.get("place") is None:
            continue
        series = element.getparent(), "" if is_note else str(element.get("type"))
        before = last.get(series)
        if number is not None or is_note:
            last[series] = number
        if number is None or before is None or number == before + 1 or (is_note and number == 1):
            continue
        yield Break(str(element.get(XML_ID)), before, number)


def _number(value: str | None) -> int | None:
    return int(value) if value is not None and value.isascii() and value.isdigit() else None
