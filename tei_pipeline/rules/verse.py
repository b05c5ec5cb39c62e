"""Verse: lines ended on purpose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Facts, Match, Rows
from tei_pipeline.lineation import FEWEST, is_turned_over, reads_as_verse
from tei_pipeline.rows import Row
from tei_pipeline.rules.shape import SLACK, announces, chunk_end, is_title_case, loose_lines, starts_upper, word_count

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

LINE_NUMBER = re.compile(r"\s{2,}(\d{1,4})$")
_NUMERAL = re.compile(r"^\W{0,2}(?:[0-9]{1,3}|[IVXLC]{1,8}|[ivxlc]{2,8})\W{0,2}$")
_MARKED = re.compile(r"^(?:\[|\(?[0-9ivx]{1,4}[.)\]] |[-–•*] )", re.I)


def verse(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Lines that could have held the next word, most of them beginning with a capital, are verses."""
    if not layout.settings.verse:
        return None
    if _NUMERAL.match(rows[at].text) and at + 1 < len(rows) and rows[at + 1].gap <= 1 and not _NUMERAL.match(rows[at + 1].text):
        below = verse(rows, at + 1, layout)
        if below is not None and below.kind == "verse" and rows[at].indent > layout.margin:
            return Match("stanza-number", at + 1, "a number over verse", 0.98)
    if layout.in_verse(rows[at].line):
        return None if _is_remark(rows, at) or _is_beside_verse(rows, at) else _among_verse(rows, at, layout)
    end = _stanza_end(rows, at, layout)
    stanza = rows[at:end]
    if not stanza[0].text or end - at > LONGEST:
        return None
    stanza = stanza[: max(2, len(stanza) - source_lines(stanza, layout))]
    if layout.style == "unwrapped":
        return _unwrapped(stanza, end, layout)
    number = _FIRST_NUMBER.match(stanza[0].text) if len(stanza) >= 3 else None
    if number is not None and not _runs_on(rows, at, int(number[1])):
        number = None
    if number is None and _MARKED.match(stanza[0].text):
        return None
    texts = [LINE_NUMBER.sub("", row.text) for row in stanza]
    if number is not None:
        texts[0] = texts[0][number.end() :]
    widest = max(row.indent + len(text) for row, text in zip(stanza, texts, strict=True))
    if widest > max(layout.measure, 60):
        if layout.drama and len(stanza) >= 3 and min(row.indent for row in stanza) > layout.margin + SET_IN and _begin_alike(texts):
            return Match("verse", end, f"{len(stanza)} long lines set in, each begun with a capital", 0.8)
        return None
    lines = [row._replace(text=text) for row, text in zip(stanza, texts, strict=True)]
    if len(lines) == 1:
        return _single(rows, at, lines[0], layout)
    if layout.style == "indent" and lines[0].indent <= layout.margin + layout.indent:
        sentences = sum(row.ends_sentence for row in lines)
        if len(lines) < 3 or sentences > 0.6 * len(lines) or any(row.indent <= layout.margin for row in lines[1:]):
            return None
    least = min(row.indent for row in lines)
    starts = [] if lines[0].indent >= least + 4 and lines[0].starts_lower else [lines[0]]  # a verse quoted from its middle
    starts += [b for a, b in zip(lines, lines[1:], strict=False) if not is_turned_over(a, b, least, layout.turn_over, layout.measure)]
    upper = sum(1 for row in starts if starts_upper(row.text)) / len(starts)
    indented = least > layout.margin + 1
    ends = [len(text) for text in texts]
    loose = loose_lines(lines, layout.measure if not indented else max(layout.measure - 6, widest + 2))
    own = loose_lines(lines, widest)
    own_loose = loose_lines(lines, widest + SLACK)
    share = loose / (len(lines) - 1)
    needed = 0 if len(lines) >= 5 and upper == 1 and lines[0].indent > layout.margin + layout.indent + 1 else 0.3 * (len(lines) - 1)
    if layout.drama and len(lines) >= 3 and share >= 0.9 and rows[at].line >= layout.first_speech:
        certainty = min(0.95, 0.55 + 0.04 * len(lines))
        return Match("verse", end, f"{loose} of {len(lines)} lines of a speech ended before the measure", certainty, Facts())
    if _is_list_of_names(texts):
        return None
    if (
        upper < 0.7
        and share >= 0.9
        and not layout.drama
        and end == chunk_end(rows, at)
        and len(lines) >= (3 if least > layout.margin + 1 else FEWEST)
        and (least > layout.margin + 1 or texts[0][0] not in '"“„«‘')  # what is said stands in short paragraphs
        and _is_small_verse(texts, max(own, own_loose))
        and widest <= SHORTER * layout.measure
    ):
        return Match("verse", end, f"{loose} of {len(lines)} lines ended before the measure, {upper:.0%} begin with a capital", 0.8)
    set_in = indented and len(lines) >= 3 and upper >= 0.85 and own_loose >= needed
    if (upper < 0.7 or (share < 0.6 and number is None)) and not set_in:
        if not (indented and share >= 0.9 and own >= 0.6 * (len(lines) - 1) and upper >= 0.5 and len(lines) >= 4):
            return None
    if not indented:
        if len(lines) < 4 and not _beside_verse(rows, at, end, layout):
            return None
        lined = upper >= 0.95 and len(lines) >= 4 and (share >= 0.6 or number is not None) and layout.measure < NARROW
        if not lined and (share < 0.8 or max(ends) > 0.9 * (layout.measure - layout.margin)):
            return None
    elif len(lines) == 2 and own == 0 and ends[0] > 0.8 * (layout.measure - lines[0].indent):
        return None
    certainty = min(0.99, 0.55 + 0.25 * share + 0.1 * upper + (0.1 if indented else 0))
    facts = Facts(n=number[1], label=len(number[1])) if number is not None else Facts()
    return Match("verse", end, f"{len(lines)} lines, {loose} ended before the measure, {upper:.0%} begin with a capital", certainty, facts)


SHORTER = 0.8  # of the measure, at most, are verses that begin small
NARROW_LINES = 44  # characters: nothing else than verse is set so narrow in a book of wide lines
FEW_LOWER = 0.35  # of the words: names, addresses, tablets in capitals
_INNER_STOP = re.compile(r"[,;:.!?—–-][\"”“’'»«)\]_]*$")
_COUNTED = re.compile(r"^\W*[0-9½¼¾⅓⅔⅛]")


def _is_small_verse(texts: list[str], loose: int) -> bool:
    """Whether lines that begin small run on as sentences do and end where the sense pauses, or at very different lengths."""
    if not reads_as_verse(texts) or any(_COUNTED.match(text) for text in texts):
        return False
    inner = texts[:-1]
    pauses = sum(_INNER_STOP.search(text) is not None for text in inner)
    if pauses >= 0.5 * len(inner):
        return pauses > 1 or loose > 0
    return len(texts) >= FEWEST and pauses > 0 and loose >= 0.3 * len(inner) and max(map(len, texts)) <= NARROW_LINES


def _is_list_of_names(texts: list[str]) -> bool:
    """Whether hardly a word is written small: an address, names, a tablet in capitals."""
    found = [word for text in texts for word in _LETTERS.findall(text)]
    return sum(1 for word in found if word[0].islower()) < FEW_LOWER * len(found)


_LETTERS = re.compile(r"[^\W\d_]+")
FAR = 12  # columns from the verses to the line that says whose they are
MOST_OF_SOURCE = 8  # words: author, work, act and scene
_SOURCE = re.compile(
    r"^_?(?:--|—|–)\s?[_\w\"“(\[]|^_?[\[(].*[\])]_?\.?$|\b1[4-9]\d\d\W*$"  # --OLD PLAY. (P. 42) S. M. 1708.
    r"|^_?(?:[A-Z]\.\s?){0,3}[A-Z][A-Z'’-]{2,}(?:\s[A-Z][A-Z'’.-]+)*(?:[.,]_?(?:\s|$)|$)"  # COWPER. or LYLE, _Maxims_.
)


def source_lines(stanza: Rows, layout: Layout, far: int = FAR) -> int:
    """How many lines at the end of verses, far to the right, name the author, source or date of those above; all but one at most."""
    end = len(stanza)
    while end > 1 and len(stanza) - end < 3:
        last = stanza[end - 1]
        text = last.text.strip("_ ")
        if last.gap or last.indent < min(row.indent for row in stanza[: end - 1]) + far or word_count(text) > MOST_OF_SOURCE:
            break
        named = word_count(text) > 1 and text[-1] not in ",;:!?" and is_title_case(text, layout.language.lowercase_in_titles)
        if not named and not _SOURCE.search(last.text):
            break
        end -= 1
    return len(stanza) - end if stanza[end - 1].text[-1] not in ",;" else 0


def _begin_alike(texts: list[str]) -> bool:
    """Whether all lines begin with a capital and end with a word: the long lines of songs."""
    return all(starts_upper(text) and text[0] not in "[(" and text[-1] != "-" for text in texts)


def _is_remark(rows: Rows, at: int) -> bool:
    """Whether a line in italics or quotation marks stands alone farther left than the stanzas below it and above: it is none of them."""
    row = rows[at]
    end = at + 1
    if row.text[0] not in '_("“' or not at or not row.gap or not rows[at - 1].gap or end >= len(rows) or not rows[end].gap:
        return False
    if row.indent + SET_IN > rows[end].indent and chunk_end(rows, end) == end + 1:
        end += 1
    below = rows[end : chunk_end(rows, end)] if end < len(rows) else ()
    return bool(below) and min(line.indent for line in below) >= row.indent + SET_IN


def _is_beside_verse(rows: Rows, at: int) -> bool:
    """Whether a line alone among verses is none: a year, the tune or author right under a title, words that announce a stanza set in."""
    row, end = rows[at], at + 1
    if not at or not row.gap or end >= len(rows) or not rows[end].gap:
        return False
    if not any(c.isalpha() for c in row.text):
        return any(c.isdigit() for c in row.text)
    if row.gap < rows[end].gap and rows[end].gap >= 2:
        above = at - 1
        while above and rows[above].gap == row.gap and at - above < MOST_UNDER_TITLE:
            above -= 1
        if rows[above].gap > row.gap:
            return True
    below = rows[end : chunk_end(rows, end)]
    if len(below) < 2 or min(line.indent for line in below) < row.indent + SET_IN:
        return False
    return announces(row.text) or _farther_in(rows, at)


def _farther_in(rows: Rows, at: int) -> bool:
    """Whether the lines that end just above a row stand farther in."""
    start = at - 1
    while start and not rows[start].gap and at - start < LONGEST:
        start -= 1
    return at - start > 1 and min(line.indent for line in rows[start:at]) >= rows[at].indent + SET_IN


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
        if paragraphs and rows[end].indent > layout.margin and rows[end - 1].indent <= layout.margin and rows[end - 1].ends_sentence:
            break
        end += 1
    number = _FIRST_NUMBER.match(rows[at].text)
    facts = Facts(n=number[1], label=len(number[1])) if number and _runs_on(rows, at, int(number[1])) else Facts()
    return Match("verse", end, f"{end - at} lines where the book is set in verse", 0.98 if end - at > 1 else 0.85, facts)


def _verse_paragraphs(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether set-in lines begin paragraphs of verse here: few, each below the end of a sentence, where a song sets in every other."""
    near = rows[at : chunk_end(rows, at)][:LONGEST]
    begun = sum(row.indent > layout.margin and last.indent <= layout.margin for last, row in zip(near, near[1:], strict=False))
    return len(near) > 8 and 0 < begun <= 0.2 * len(near)


MOST_UNDER_TITLE = 4  # lines apart between a title and the poem: author, tune, motto
CENTRED = 3  # columns: a title over a song stands farther in
SET_IN = 2  # columns: stanzas stand so much farther in than the lines of prose over them
LONGEST = 400  # verses without a gap: blank verse prints whole speeches and more so
NARROW = 56  # columns: below the measure of prose; a book so narrow is set in verse
_FIRST_NUMBER = re.compile(r"^(\d{1,2})\.?\s+(?=[A-Z\"“„«'‘])")


def _runs_on(rows: Rows, at: int, number: int) -> bool:
    """Whether a stanza's number begins a count or goes on with the one of a stanza before it."""
    if number == 1:
        return any((m := _FIRST_NUMBER.match(row.text)) and m[1] == "2" and row.gap for row in rows[at + 1 : at + 60])
    return any((m := _FIRST_NUMBER.match(row.text)) and int(m[1]) == number - 1 for row in rows[max(0, at - 60) : at])


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
    """Whether the lines that stand together just before or after are verses: four or more, ended on purpose."""
    start = at - 1
    while start > 0 and rows[start].gap == 0 and at - start < 40:
        start -= 1
    stop = chunk_end(rows, end) if end < len(rows) else end
    for near in (rows[max(0, start) : at], rows[end:stop]):
        if (
            len(near) >= 4
            and loose_lines(near, layout.measure) >= 0.8 * (len(near) - 1)
            and all(starts_upper(row.text) for row in near[:4])
        ):
            return True
    return False


def _is_amid_sentence(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a short line of ordinary words is set in where running text breaks off above it and goes on below: part of a verse."""
    if not 0 < at < len(rows) - 1 or not rows[at].gap or not rows[at + 1].gap:
        return False
    text, above, below = rows[at].text, rows[at - 1], rows[at + 1]
    if above.indent > layout.margin or above.ends_sentence or below.indent > layout.margin or not below.starts_lower:
        return False
    return not any(c.isdigit() for c in text) and word_count(text) > 2 and not _is_list_of_names([text])


def _single(rows: Rows, at: int, row: Row, layout: Layout) -> Match | None:
    """A verse alone: indented like a stanza beside it, or quoted between paragraphs; in the middle over a song stands its title."""
    if 0 < at < len(rows) - 1 and rows[at - 1].indent <= layout.margin < row.indent - CENTRED and rows[at + 1].gap:
        song = rows[at + 1 : chunk_end(rows, at + 1)]
        if len(song) > 1 and layout.margin < min(line.indent for line in song) <= row.indent - 2:
            return None
    if row.indent <= layout.margin + max(1, layout.indent) or len(row.text) > 0.9 * (layout.measure - layout.margin):
        return None
    if _is_amid_sentence(rows, at, layout):
        return Match("verse", at + 1, "a line set in, in the middle of a sentence", 0.65)
    for other in (at - 1, at + 1):
        if 0 <= other < len(rows) and abs(rows[other].indent - row.indent) <= 12 and rows[other].indent > layout.margin + 1:
            chunk = rows[other]
            if chunk.width < 0.9 * layout.measure and starts_upper(row.text) and starts_upper(chunk.text):
                return Match("verse", at + 1, "one short indented line beside others", 0.6)
    return None
