"""Stanzas counted before their first verse, as hymns and ballads are: "1. O for a thousand", with a verse right below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.rules.shape import chunk_end, is_title_case

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

FIRST_NUMBER = re.compile(r"^(?P<label>(\d{1,3})\.?)\s+(?=[^\W\d_a-z]|[\"'“„«»‘_])")
NUMERAL = re.compile(r"^\W{0,2}(?:[0-9]{1,3}|[IVXLC]{1,8}|[ivxlc]{2,8}|[IVX]{1,4}\. ?[1-9])\W{0,2}$")  # II. 3: of an ode in triads
NEAR = 60  # rows from one stanza's number to the next: no stanza is longer


def stanza_label(rows: Rows, at: int, layout: Layout) -> re.Match[str] | None:
    """The number before the first verse of a stanza where the book is set in verse: those of its neighbours run on with it."""
    text = rows[at].text
    if not text[0].isdigit() or not layout.in_verse(rows[at].line) or at + 1 >= len(rows) or rows[at + 1].gap:
        return None
    number = FIRST_NUMBER.match(text)
    if number is None or is_title_case(text[number.end() :], layout.language.lowercase_in_titles) or _is_said_again(rows, at, number.end()):
        return None
    return number if runs_on(rows, at, int(number[2])) else None


def _is_said_again(rows: Rows, at: int, label: int) -> bool:
    """Whether the verse below the next gap has the words behind a number again: the first verse of a poem is its title."""
    below = chunk_end(rows, at)
    return below < len(rows) and rows[below].text.casefold().startswith(rows[at].text[label:].casefold().rstrip(".,;:!?"))


def runs_on(rows: Rows, at: int, number: int) -> bool:
    """Whether a stanza's number begins a count or goes on with the one of a stanza before it."""
    if number == 1:
        near, other = rows[at + 1 : at + NEAR], 2
    else:
        near, other = rows[max(0, at - NEAR) : at], number - 1
    return any((m := FIRST_NUMBER.match(row.text)) and int(m[2]) == other and row.gap for row in near if row.text[0].isdigit())
