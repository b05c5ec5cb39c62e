"""Rows: the printed lines of a text, without the empty ones, each with its place on the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tei_pipeline.remembered import remembered
from tei_pipeline.source import Line

TAB = 8  # columns: what typewriters, terminals and the converters that imitate them take a tab for

HYPHENS = "-‐\u2011⸗"
"""Hyphen-minus, hyphen, non-breaking hyphen, and the double oblique hyphen of old print (U+2E17)."""

LINE_END_HYPHENS = f"{HYPHENS}\u00ad¬="
"""What stands for a hyphen at a line end: also the soft hyphen, and the signs by which transcriptions show a broken word."""

_CLOSERS = "\"'”’»›)]}*†‡§_/+=“‘«"
_TERMINAL = ".!?:;…—"
_NOTE_ENDS = frozenset("])}>/*†‡0123456789⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOTE_AT_END = re.compile(
    r"(?:\[[0-9a-zA-Z*†‡]{1,4}\]|\([0-9a-z*†‡+]{1,3}\)|\^?\{[0-9]{1,4}[a-z]?\}|<[0-9]{1,4}>|/[0-9]{1,3}/|\^[0-9]{1,3}|[⁰¹²³⁴-⁹]{1,3}"
    r"|(?<=[.!?:;,)”\"'’»])\s?[0-9]{1,3}|(?<![*†‡])[*†‡]+)$"
)


class Row(NamedTuple):
    """One printed line: ``line`` its index in ``Source.lines``, ``text`` stripped, ``indent`` in columns.

    ``gap`` counts what the layout calls paragraph gaps before it: 0 the line follows, 1 a new paragraph, 2 and more a
    wider space. ``page``: a page begins with it.
    """

    line: int
    text: str
    indent: int
    gap: int
    page: bool = False

    @property
    def width(self) -> int:
        """The right edge, in columns."""
        return self.indent + len(self.text)

    @property
    def ends_sentence(self) -> bool:
        """Whether the line ends as a sentence may end: a point, then closing marks or a note reference."""
        return ends_sentence(self.text)

    @property
    def starts_lower(self) -> bool:
        """Whether its first letter is a lower-case one, with nothing but opening marks before it."""
        return starts_lower(self.text)


@remembered(1 << 15)
def ends_sentence(text: str) -> bool:
    """Whether words end as a sentence may end: terminal punctuation, then closing marks or a note reference."""
    bare = text.rstrip(_CLOSERS + " ")
    if bare and bare[-1] in _TERMINAL:
        return True
    text = text.rstrip()
    if text[-1:] not in _NOTE_ENDS:
        return False
    bare = _NOTE_AT_END.sub("", text).rstrip(_CLOSERS + " ")
    return bool(bare) and bare[-1] in _TERMINAL


@remembered(1 << 15)
def starts_lower(text: str) -> bool:
    """Whether the first letter, after opening marks only, is lower case."""
    bare = text.lstrip("\"'“‘„‚«‹»›([_*—–-… .")
    return bool(bare) and bare[0].islower()


def raw_rows(lines: Sequence[Line], first: int = 0, end: int | None = None) -> list[Row]:
    """The printed lines of a range; ``gap`` counts the empty lines before each; a form feed begins a page."""
    found: list[Row] = []
    gap = 0
    page = False
    for index in range(first, len(lines) if end is None else end):
        raw = lines[index].text
        text = raw.strip()
        if "\f" in raw:
            page = True
        if not text:
            gap += 1
            continue
        if raw[0] == text[0]:
            indent = 0
        else:
            head = raw[: len(raw) - len(raw.lstrip())].replace("\f", "")
            indent = len(head.expandtabs(TAB)) if "\t" in head else len(head)
        found.append(tuple.__new__(Row, (index, text, indent, gap, page)))  # twice as fast as Row(...)
        gap = 0
        page = False
    return found
