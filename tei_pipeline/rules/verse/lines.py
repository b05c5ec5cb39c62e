"""Verse: lines ended on purpose, as all are where the book is set in verse, and as stanzas between prose show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tei_pipeline.blocks import Facts, Match, Rows
from tei_pipeline.rules.headings.head_labels import bare_label
from tei_pipeline.rules.letters.near_dates import year_ends_poem
from tei_pipeline.rules.reasons import NOT
from tei_pipeline.rules.shape import chunk_end
from tei_pipeline.rules.verse.beside_verse import (
    LONGEST,
    is_beside_verse,
    is_remark,
)
from tei_pipeline.rules.verse.counted_stanzas import NEAR, NUMERAL, stanza_label
from tei_pipeline.rules.verse.stanzas import COUNTED, Stanza, why

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


def verse(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Lines that could have held the next word, most of them beginning with a capital, are verses."""
    if not layout.settings.verse:
        return None
    if NUMERAL.match(rows[at].text) and at + 1 < len(rows) and rows[at + 1].gap <= 1 and not NUMERAL.match(rows[at + 1].text):
        below = verse(rows, at + 1, layout)
        if below is not None and below.kind == "verse" and (rows[at].indent > layout.margin or _counts_stanza(rows, at, layout)):
            return Match("stanza-number", at + 1, "a number over verse", 0.98)
    if layout.in_verse(rows[at].line):
        return None if is_remark(rows, at) or is_beside_verse(rows, at, layout) else _among_verse(rows, at, layout)
    lines = Stanza(rows, at, layout)
    if not rows[at].text or len(lines.whole) > LONGEST:
        return None
    reason = why(lines)
    if reason.sure == NOT:
        return None
    return Match("verse", lines.end, reason.says.format(lines), lines.certainty if reason.sure == COUNTED else reason.sure, lines.facts)


def _counts_stanza(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a number right over a stanza begins a count or goes on with the one over a stanza before it."""
    label = bare_label(rows[at].text)
    if label is None or rows[at + 1].gap or not layout.in_verse(rows[at + 1].line):
        return False
    near = rows[at + 1 : at + NEAR] if label.number == 1 else rows[max(0, at - NEAR) : at]
    other = label.number + (1 if label.number == 1 else -1)
    found = (bare_label(row.text) for row in near if row.gap and NUMERAL.match(row.text))
    return any(number is not None and number.number == other for number in found)


def _among_verse(rows: Rows, at: int, layout: Layout) -> Match:
    """A stanza, or a paragraph of verse, where the book is set in verse: however long, to the next gap or set-in beginning."""
    end = at + 1
    paragraphs = _verse_paragraphs(rows, at, layout)
    while end < len(rows) and not rows[end].gap and not NUMERAL.match(rows[end].text) and layout.in_verse(rows[end].line):
        begins = paragraphs and _begins_set_in(rows, end, layout) and rows[end - 1].ends_sentence
        if begins and end > at + 1:  # a stanza may set in all lines between its first and its last
            break
        end += 1
    if end > at + 1 and year_ends_poem(rows, end - 1):
        end -= 1
    number = stanza_label(rows, at, layout)
    facts = Facts(n=number[2], label=len(number["label"])) if number is not None else Facts()
    return Match("verse", end, f"{end - at} lines where the book is set in verse", 0.98 if end - at > 1 else 0.85, facts)


def _verse_paragraphs(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether set-in lines begin paragraphs of verse here: few, each below the end of a sentence, where a song sets in every other."""
    near = rows[at : chunk_end(rows, at)][:LONGEST]
    begun = sum(_begins_set_in(near, i, layout) for i in range(1, len(near)))
    return len(near) > 8 and 0 < begun <= 0.2 * len(near)


def _begins_set_in(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether one line alone is set in between others at the margin, two of them below: the verses of a burden stand together as far in."""
    if at + 2 >= len(rows) or rows[at + 1].gap or rows[at + 2].gap:
        return False
    return rows[at].indent > layout.margin >= max(rows[at - 1].indent, rows[at + 1].indent)
