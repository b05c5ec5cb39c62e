"""Verse: lines ended on purpose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Facts, Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.measuring.verse.lineation import FEWEST, LINE_NUMBER, NARROWEST, is_turned_over, reads_as_verse
from tei_pipeline.rows import Row
from tei_pipeline.rules.headings.head_labels import bare_label
from tei_pipeline.rules.letters.near_dates import year_ends_poem
from tei_pipeline.rules.shape import SLACK, announces, chunk_end, is_capitals, loose_lines, starts_upper, word_count
from tei_pipeline.rules.verse.beside_verse import (
    LONGEST,
    SET_IN,
    is_beside_verse,
    is_list_of_names,
    is_remark,
    names_poet,
    names_source,
    sign_beside,
    source_lines,
    tells_rights,
    without_direction,
)
from tei_pipeline.rules.verse.counted_stanzas import FIRST_NUMBER, NEAR, runs_on, stanza_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tei_pipeline.layout import Layout

_NUMERAL = re.compile(r"^\W{0,2}(?:[0-9]{1,3}|[IVXLC]{1,8}|[ivxlc]{2,8}|[IVX]{1,4}\. ?[1-9])\W{0,2}$")  # II. 3: of an ode in triads
_MARKED = re.compile(r"^(?:\[|\(?[0-9ivx]{1,4}[.)\]] |[-–•*] (?!\*))", re.I)


def verse(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Lines that could have held the next word, most of them beginning with a capital, are verses."""
    if not layout.settings.verse:
        return None
    if _NUMERAL.match(rows[at].text) and at + 1 < len(rows) and rows[at + 1].gap <= 1 and not _NUMERAL.match(rows[at + 1].text):
        below = verse(rows, at + 1, layout)
        if below is not None and below.kind == "verse" and (rows[at].indent > layout.margin or _counts_stanza(rows, at, layout)):
            return Match("stanza-number", at + 1, "a number over verse", 0.98)
    if layout.in_verse(rows[at].line):
        return None if is_remark(rows, at) or is_beside_verse(rows, at, layout) else _among_verse(rows, at, layout)
    end = _stanza_end(rows, at, layout)
    stanza = rows[at:end]
    if not stanza[0].text or end - at > LONGEST or tells_rights(rows, at, layout):
        return None
    if layout.drama and len(said := without_direction(stanza)) < len(stanza):
        if len(said) == 1:
            return None
        stanza, end = said, at + len(said)
    stanza = stanza[: max(2, len(stanza) - source_lines(stanza, layout))]
    if layout.style == "unwrapped":
        return _unwrapped(stanza, end, layout)
    number = FIRST_NUMBER.match(stanza[0].text) if len(stanza) >= 3 else None
    if number is not None and not runs_on(rows, at, int(number[2])):
        number = None
    sign = number or sign_beside(stanza)
    if sign is None and _MARKED.match(stanza[0].text):
        return None
    texts = [LINE_NUMBER.sub("", row.text) if row.text[-1].isdigit() else row.text for row in stanza]
    if sign is not None:
        texts[0] = texts[0][sign.end() :]
    widest = max(row.indent + len(text) for row, text in zip(stanza, texts, strict=True))
    if widest > max(layout.measure, 60):
        if layout.drama and len(stanza) >= 3 and min(row.indent for row in stanza) > layout.margin + SET_IN and _begin_alike(texts):
            return Match("verse", end, f"{len(stanza)} long lines set in, each begun with a capital", 0.8)
        return None
    lines = [row if row.text == text else row._replace(text=text) for row, text in zip(stanza, texts, strict=True)]
    if len(lines) == 1:
        return _single(rows, at, lines[0], layout)
    if layout.style == "indent" and lines[0].indent <= layout.margin + layout.indent:
        sentences = sum(row.ends_sentence for row in lines)
        alike = len(lines) >= FEWEST + 2 and all(map(starts_upper, texts))
        left = min(layout.margin, rows[at - 1].indent if at else 0)  # of prose that stands farther left than the verses of the book
        if len(lines) < 3 or sentences > 0.6 * len(lines) or (any(row.indent <= left for row in lines[1:]) and not alike):
            return None
    least = min(row.indent for row in lines)
    amid = lines[0].indent >= least + 4 or (texts[0][0] in '"“„«‘' and least > layout.margin + 1 and len(lines) > 2)
    broken = (amid and lines[0].starts_lower) or (least > layout.margin + 1 and _FROM_MIDDLE.match(texts[0]))
    starts = [] if broken else [lines[0]]  # a verse quoted from its middle
    starts += [b for a, b in zip(lines, lines[1:], strict=False) if not is_turned_over(a, b, least, layout.turn_over, layout.measure)]
    if starts == lines[:1] and lines[1].indent < least + 4:
        return None  # an entry whose end is set in
    upper = sum(1 for row in starts if starts_upper(row.text)) / len(starts)
    indented = least > layout.margin + 1 or (at > 0 and rows[at - 1].indent < min(layout.margin, least - 1))  # of prose farther left
    ends = [len(text) for text in texts]
    loose = loose_lines(lines, layout.measure if not indented else max(layout.measure - 6, widest + 2))
    own = loose_lines(lines, widest)
    own_loose = loose_lines(lines, widest + SLACK)
    share = loose / (len(lines) - 1)
    needed = 0 if len(lines) >= 5 and upper == 1 and lines[0].indent > layout.margin + layout.indent + 1 else 0.3 * (len(lines) - 1)
    if layout.drama and len(lines) >= 3 and share >= 0.9 and rows[at].line >= layout.first_speech:
        certainty = min(0.95, 0.55 + 0.04 * len(lines))
        return Match("verse", end, f"{loose} of {len(lines)} lines of a speech ended before the measure", certainty, Facts())
    if is_list_of_names(texts):
        return None
    if (
        upper < 0.7
        and share >= 0.9
        and not layout.drama
        and end == chunk_end(rows, at)
        and len(lines) >= (3 if least > layout.margin + 1 else FEWEST)
        and (least > layout.margin + 1 or texts[0][0] not in '"“„«»‘')  # what is said stands in short paragraphs
        and _is_small_verse(texts, max(own, own_loose))
        and widest <= SHORTER * layout.measure
    ):
        return Match("verse", end, f"{loose} of {len(lines)} lines ended before the measure, {upper:.0%} begin with a capital", 0.8)
    if upper == 1 and len(starts) >= MANY and own_loose and reads_as_verse(texts):
        return Match("verse", end, f"{len(lines)} lines, each of which begins with a capital", 0.85)
    set_in = indented and len(lines) >= 3 and upper >= 0.85 and own_loose >= needed
    if len(lines) == 2 and indented and upper == 1 and _begins_small_word(lines, layout):
        return Match("verse", end, "two lines set in, the second with a capital in the middle of a sentence", 0.8)
    if (upper < 0.7 or (share < 0.6 and number is None)) and not set_in:
        if not (indented and share >= 0.9 and own >= 0.6 * (len(lines) - 1) and upper >= 0.5 and len(lines) >= 4):
            return None
    if not indented:
        if not own_loose and widest > WRAPPED:
            return None
        if len(lines) < 4 and not _beside_verse(rows, at, end, layout) and not _is_announced(rows, at, end, texts):
            return None
        lined = upper >= 0.95 and len(lines) >= 4 and (share >= 0.6 or number is not None) and layout.measure < NARROW
        if not lined and (share < 0.8 or max(ends) > 0.9 * (layout.measure - layout.margin)):
            return None
    elif len(lines) == 2 and own == 0 and ends[0] > 0.8 * (layout.measure - lines[0].indent):
        return None
    certainty = min(0.99, 0.55 + 0.25 * share + 0.1 * upper + (0.1 if indented else 0))
    facts = Facts(n=number[2], label=len(number["label"])) if number is not None else Facts()
    return Match("verse", end, f"{len(lines)} lines, {loose} ended before the measure, {upper:.0%} begin with a capital", certainty, facts)


def _counts_stanza(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a number right over a stanza begins a count or goes on with the one over a stanza before it."""
    label = bare_label(rows[at].text)
    if label is None or rows[at + 1].gap or not layout.in_verse(rows[at + 1].line):
        return False
    near = rows[at + 1 : at + NEAR] if label.number == 1 else rows[max(0, at - NEAR) : at]
    other = label.number + (1 if label.number == 1 else -1)
    found = (bare_label(row.text) for row in near if row.gap and _NUMERAL.match(row.text))
    return any(number is not None and number.number == other for number in found)


def _begins_small_word(lines: Sequence[Row], layout: Layout) -> bool:
    """Whether a line goes on with the sentence of the one above, and has a capital though its first word is no name: Till, And, Of."""
    above, below = lines
    word = fold(below.text.split(" ", 1)[0]).strip(_MARKS)
    if above.ends_sentence or above.text[-1] in "-—–:" or abs(len(above.text) - len(below.text)) > UNLIKE:
        return False
    return word in layout.language.connectives and word.isalpha()


UNLIKE = 24  # characters: the lines of a couplet are about as long
_MARKS = "_*\"“„«»'‘"
WRAPPED = 60  # characters: longer lines at the margin, each filled as far as the widest, are prose of a narrower measure
MANY = 12  # lines that all begin with a capital: no paragraph is broken so by chance
SHORTER = 0.8  # of the measure, at most, are verses that begin small
NARROW_LINES = 44  # characters: nothing else than verse is set so narrow in a book of wide lines
_INNER_STOP = re.compile(r"[,;:.!?—–-][\"”“’'»«)\]_]*$")
_COUNTED = re.compile(r"^\W*[0-9½¼¾⅓⅔⅛]")


def _is_small_verse(texts: list[str], loose: int) -> bool:
    """Whether lines that begin small run on as sentences do and end where the sense pauses, or at very different lengths, or are short."""
    if not reads_as_verse(texts) or any(_COUNTED.match(text) for text in texts):
        return False
    inner = texts[:-1]
    pauses = sum(_INNER_STOP.search(text) is not None for text in inner)
    if pauses >= 0.5 * len(inner):
        return pauses > 1 or loose > 0
    if len(texts) >= FEWEST and max(map(len, texts)) <= NARROWEST:
        return True
    return len(texts) >= FEWEST and pauses > 0 and loose >= 0.3 * len(inner) and max(map(len, texts)) <= NARROW_LINES


def _begin_alike(texts: list[str]) -> bool:
    """Whether all lines begin with a capital and end with a word: the long lines of songs."""
    return all(starts_upper(text) and text[0] not in "[(" and text[-1] != "-" for text in texts)


def _unwrapped(stanza: Rows, end: int, layout: Layout) -> Match | None:
    """Short lines that stand together where each paragraph is one line: they were ended on purpose."""
    if len(stanza) < (2 if all(row.indent > layout.margin + 1 for row in stanza) else 3) or _MARKED.match(stanza[0].text):
        return None
    texts = [row.text for row in stanza]
    if max(map(len, texts)) > WIDEST or sum(map(starts_upper, texts)) < 0.7 * len(texts) or not reads_as_verse(texts):
        return None
    return Match("verse", end, f"{len(texts)} lines kept apart where paragraphs are single lines", 0.8, Facts())


WIDEST = 80  # characters of a verse that is no line of prose; free verse and hexameters come near


def _among_verse(rows: Rows, at: int, layout: Layout) -> Match:
    """A stanza, or a paragraph of verse, where the book is set in verse: however long, to the next gap or set-in beginning."""
    end = at + 1
    paragraphs = _verse_paragraphs(rows, at, layout)
    while end < len(rows) and not rows[end].gap and not _NUMERAL.match(rows[end].text) and layout.in_verse(rows[end].line):
        begins = rows[end].indent > layout.margin and rows[end - 1].indent <= layout.margin and rows[end - 1].ends_sentence
        if paragraphs and begins and end > at + 1:  # a stanza may set in all lines between its first and its last
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
    begun = sum(row.indent > layout.margin and last.indent <= layout.margin for last, row in zip(near, near[1:], strict=False))
    return len(near) > 8 and 0 < begun <= 0.2 * len(near)


CENTRED = 3  # columns: a title over a song stands farther in
NARROW = 56  # columns: below the measure of prose; a book so narrow is set in verse


def _stanza_end(rows: Rows, at: int, layout: Layout) -> int:
    """To the next gap, or to where running text at the margin begins again below an indented stanza."""
    end = min(chunk_end(rows, at), at + LONGEST + 1)
    for i in range(at + 1, end):
        if _NUMERAL.match(rows[i].text):
            end = i
            break
    if rows[at].indent > layout.margin + 1:
        for i in range(at + 1, end):
            if rows[i].indent <= layout.margin and rows[i].width > 0.8 * layout.measure:
                return i
    return end


def _beside_verse(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether lines that stand together before or after, short stanzas between aside, are verses: four or more, ended on purpose, none
    set in from these, as verses are below the prose that quotes them.
    """
    left = min(row.indent for row in rows[at:end]) + SET_IN
    start = at
    for _ in range(SHORT_STANZAS):
        stop = start
        start -= 1
        while start > 0 and rows[start].gap == 0 and stop - start < 40:
            start -= 1
        if start < 0 or not _are_verses(rows[start:stop], layout) or min(row.indent for row in rows[start:stop]) > left:
            break
        if stop - start >= FEWEST:
            return True
    start = end
    for _ in range(SHORT_STANZAS):
        stop = chunk_end(rows, start) if start < len(rows) else start
        if stop == start or not _are_verses(rows[start:stop], layout) or min(row.indent for row in rows[start:stop]) > left:
            break
        if stop - start >= FEWEST:
            return True
        start = stop
    return False


def _is_announced(rows: Rows, at: int, end: int, texts: list[str]) -> bool:
    """Whether two or three lines of one sentence, about as long, each with a capital, stand apart below words that announce them."""
    if not at or not rows[at].gap or end >= len(rows) or not rows[end].gap or not announces(rows[at - 1].text):
        return False
    alike = max(map(len, texts)) - min(map(len, texts)) <= UNLIKE and all(map(starts_upper, texts))
    sentence = texts[0][-1] not in ".!?:" and not texts[-1][-1].isalnum()
    return alike and sentence and reads_as_verse(texts, FEWEST) and not any(c.isdigit() for text in texts for c in text)


SHORT_STANZAS = 3  # tercets and couplets on end, between which and the quatrains of a sonnet no line of prose stands


def _are_verses(chunk: Rows, layout: Layout) -> bool:
    """Whether two or more lines each begin with a capital and were mostly ended on purpose."""
    loose = loose_lines(chunk, layout.measure)
    return len(chunk) > 1 and loose >= 0.8 * (len(chunk) - 1) and all(starts_upper(row.text) for row in chunk[:FEWEST])


def _is_amid_sentence(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a short line of ordinary words is set in where running text breaks off above it and goes on below: part of a verse."""
    if not 0 < at < len(rows) - 1 or not rows[at].gap or not rows[at + 1].gap:
        return False
    text, above, below = rows[at].text, rows[at - 1], rows[at + 1]
    if at > 1 and above.gap and fold(above.text.rstrip(",")) in layout.language.connectives and above.indent <= layout.margin:
        return rows[at - 2].indent == rows[at].indent and not any(c.isdigit() for c in text)  # another verse: "and"
    if above.indent > layout.margin or above.ends_sentence or below.indent > layout.margin or not below.starts_lower:
        return False
    return not any(c.isdigit() for c in text) and word_count(text) > 2 and not is_list_of_names([text])


def _is_in_prose(rows: Rows, at: int) -> bool:
    """Whether a line belongs to a paragraph of running text: most of its lines begin small."""
    start = at
    while start > 0 and not rows[start].gap:
        start -= 1
    lines = rows[start + 1 : chunk_end(rows, at)]
    return sum(row.starts_lower for row in lines) > 0.5 * len(lines)


_FROM_MIDDLE = re.compile(r"(?:-{3,}|—{2,}|\.{3,}|…)\s?[^\W\d_A-Z]")  # "----nec herba"


def _single(rows: Rows, at: int, row: Row, layout: Layout) -> Match | None:
    """A verse alone: indented like a stanza beside it, or quoted between paragraphs; in the middle over a song stands its title."""
    if 0 < at < len(rows) - 1 and rows[at - 1].indent <= layout.margin < row.indent - CENTRED and rows[at + 1].gap:
        song = rows[at + 1 : chunk_end(rows, at + 1)]
        if len(song) > 1 and layout.margin < min(line.indent for line in song) <= row.indent - 2:
            return None
    if row.indent <= layout.margin + max(1, layout.indent) or len(row.text) > 0.9 * (layout.measure - layout.margin):
        return None
    if at and (names_poet(rows, at, layout) or names_source(row.text, layout)):
        return None
    if _is_amid_sentence(rows, at, layout):
        return Match("verse", at + 1, "a line set in, in the middle of a sentence", 0.65)
    for other in (at - 1, at + 1):
        if 0 <= other < len(rows) and abs(rows[other].indent - row.indent) <= 12 and rows[other].indent > layout.margin + 1:
            chunk = rows[other]
            alone = rows[other].gap and (other + 1 >= len(rows) or rows[other + 1].gap)
            if alone and at and rows[at - 1].text[-1] in ",:" and rows[at - 1].indent <= layout.margin:
                continue  # examples that a grammar or letter-writer displays, each apart
            heads = row.text[-1] == ":" or row.text[0] == "_" == row.text[-1] or is_capitals(row.text)
            if other > at and heads and _is_in_prose(rows, other):
                continue  # whom a letter that is set in is to, or the title of what is quoted, over its text
            if chunk.width < 0.9 * layout.measure and starts_upper(row.text) and starts_upper(chunk.text):
                return Match("verse", at + 1, "one short indented line beside others", 0.6)
    return None
