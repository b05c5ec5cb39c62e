"""A verse alone in a book of prose: quoted in the middle of a sentence, or set in beside others."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.language import fold
from tei_pipeline.measuring.verse.lineation import FEWEST
from tei_pipeline.rules.shape import chunk_end, is_capitals, loose_lines, starts_upper, word_count
from tei_pipeline.rules.verse.beside_verse import is_list_of_names
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout
    from tei_pipeline.rows import Row

CENTRED = 3  # columns: a title over a song stands farther in
NEAR = 12  # columns that verses beside each other may be set in more or less
LEFT_OUT = re.compile(r"_?(?:-{3,}|—{2,}|\.{3,}|…)\s?[^\W\d_A-Z]")  # "----nec herba"
_QUOTED = seldom(r"[\"“„][^\"“”„]*[a-zß-öø-ÿ][^\"“”„]*[\"”“][,.;:]?")


def titles_song(rows: Rows, at: int, row: Row, layout: Layout) -> bool:
    """Whether a line in the middle stands over a song that is set in less: its title."""
    if not 0 < at < len(rows) - 1 or not rows[at + 1].gap or not rows[at - 1].indent <= layout.margin < row.indent - CENTRED:
        return False
    song = rows[at + 1 : chunk_end(rows, at + 1)]
    return len(song) > 1 and layout.margin < min(line.indent for line in song) <= row.indent - 2


def is_at_margin(row: Row, layout: Layout) -> bool:
    """Whether a line is set in no more than paragraphs are, or as long as their lines."""
    return row.indent <= layout.margin + max(1, layout.indent) or len(row.text) > 0.9 * (layout.measure - layout.margin)


def is_amid_sentence(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a short line of ordinary words is set in where running text breaks off above it and goes on below: part of a verse."""
    if not 0 < at < len(rows) - 1 or not rows[at].gap or not rows[at + 1].gap:
        return False
    text, above, below = rows[at].text, rows[at - 1], rows[at + 1]
    if at > 1 and above.gap and fold(above.text.rstrip(",")) in layout.language.connectives and above.indent <= layout.margin:
        return rows[at - 2].indent == rows[at].indent and not any(c.isdigit() for c in text)  # another verse: "and"
    if above.indent > layout.margin or above.ends_sentence or below.indent > layout.margin or not below.starts_lower:
        return False
    return not any(c.isdigit() for c in text) and word_count(text) > 2 and not is_list_of_names([text])


def is_led_to(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line of ordinary words is set in, apart, below running text that breaks off with a dash, and more of it stands below: the
    verse that the dash leads to.
    """
    if not 1 < at < len(rows) - 1 or not rows[at].gap or not rows[at + 1].gap:
        return False
    text, above = rows[at].text, rows[at - 1]
    if above.gap or not above.text.endswith(("--", "—")) or max(above.indent, rows[at + 1].indent) > layout.margin:
        return False
    ordinary = word_count(text) >= FEWEST and starts_upper(text) and not is_capitals(text) and not any(c.isdigit() for c in text)
    return ordinary and text[-1] not in ",:" and not is_list_of_names([text])


def is_over_source(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line all in italics is set in below running text, over its source alone in brackets, farther to the right."""
    if not 0 < at < len(rows) - 1 or rows[at - 1].indent > layout.margin or rows[at].text[0] != "_" or not rows[at].gap:
        return False
    text, source = rows[at].text, rows[at + 1]
    if text[-1] != "_" or word_count(text) < FEWEST or source.text[0] not in "([" or source.text.rstrip(".")[-1] not in ")]":
        return False
    return source.indent >= rows[at].indent + NEAR and chunk_end(rows, at + 1) == at + 2


def is_quoted_like_others(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line all in quotation marks, to which an unfinished sentence at the margin leads, is set in as far as verses are that open
    such a mark elsewhere.
    """
    row = rows[at]
    if not 0 < at < len(rows) - 1 or layout.dialogue or not _QUOTED.fullmatch(row.text) or word_count(row.text) < FEWEST:
        return False
    if rows[at - 1].ends_sentence or rows[at - 1].indent > layout.margin or rows[at + 1].indent > layout.margin or not rows[at + 1].gap:
        return False
    alike = (i for i in range(len(layout.rows) - 1) if layout.rows[i].gap and layout.rows[i].text[0] == row.text[0])
    return any(_is_couplet(layout.rows, i, row.indent, layout) for i in alike)


def _is_couplet(rows: Rows, at: int, indent: int, layout: Layout) -> bool:
    """Whether two or more verses begin at a row, the left of them as far in."""
    lines = rows[at : chunk_end(rows, at)]
    return min(line.indent for line in lines) == indent and are_verses(lines, layout)


def are_verses(chunk: Rows, layout: Layout) -> bool:
    """Whether two or more lines each begin with a capital and were mostly ended on purpose."""
    loose = loose_lines(chunk, layout.measure)
    return len(chunk) > 1 and loose >= 0.8 * (len(chunk) - 1) and all(starts_upper(row.text) for row in chunk[:FEWEST])


def is_beside_others(rows: Rows, at: int, row: Row, layout: Layout) -> bool:
    """Whether a line stands above or below another that is set in about as far, both begun with a capital."""
    return any(_is_beside(rows, at, other, row, layout) for other in (at - 1, at + 1) if 0 <= other < len(rows))


def _is_beside(rows: Rows, at: int, other: int, row: Row, layout: Layout) -> bool:
    near = rows[other]
    if abs(near.indent - row.indent) > NEAR or near.indent <= layout.margin + 1:
        return False
    alone = near.gap and (other + 1 >= len(rows) or rows[other + 1].gap)
    if alone and at and rows[at - 1].text[-1] in ",:" and rows[at - 1].indent <= layout.margin:
        return False  # examples that a grammar or letter-writer displays, each apart
    if row.ends_sentence and _is_among_prose(rows, at, layout):
        return False  # a short paragraph of a document that is set in
    heads = row.text[-1] == ":" or row.text[0] == "_" == row.text[-1] or is_capitals(row.text)
    if other > at and heads and _is_in_prose(rows, other):
        return False  # whom a letter that is set in is to, or the title of what is quoted, over its text
    return near.width < 0.9 * layout.measure and starts_upper(row.text) and starts_upper(near.text)


def _is_in_prose(rows: Rows, at: int) -> bool:
    """Whether a line belongs to a paragraph of running text: most of its lines begin small."""
    start = at
    while start > 0 and not rows[start].gap:
        start -= 1
    lines = rows[start + 1 : chunk_end(rows, at)]
    return sum(row.starts_lower for row in lines) > 0.5 * len(lines)


def _is_among_prose(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether the chunks that are set in as far as a line, above and below it to the text at the margin, have running text among them."""
    start, end = at, at + 1
    while start and rows[start - 1].indent > layout.margin + 1 and at - start < FAR:
        start -= 1
    while end < len(rows) and rows[end].indent > layout.margin + 1 and end - at < FAR:
        end += 1
    near = rows[start:end]
    goes_on = [b for a, b in pairwise(near) if not b.gap and b.indent == a.indent == rows[at].indent and not a.ends_sentence]
    return len(goes_on) > 1 and sum(row.starts_lower for row in goes_on) > 0.5 * len(goes_on)


FAR = 24  # rows above and below a line that are looked at
