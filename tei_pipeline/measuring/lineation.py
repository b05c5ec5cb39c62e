"""Lineation: where a book is set in verse, and which lines are the turned-over ends of longer verses.

A stanza alone may be a list or a short paragraph; a region of many lines that all begin with a capital and end before
the measure is verse, however few of its lines stand together (TEI Guidelines, chapter 6: the line is the unit).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tei_pipeline.rows import Row

SLACK = 4  # characters: a line that would still hold the next word and this much more was ended on purpose
FEWEST = 4  # verses together that can tell of themselves what they are: two or three are a short paragraph as well
ALIKE = 12  # verses that all begin with a capital need not be shorter than the measure: strict metre makes them alike
REGION = 8  # verses, at least, before a region stands on its own evidence
BESIDE = 2  # short stanzas before the first and after the last that show themselves
PIECE = 24  # lines of a chunk looked at together: an epic without a gap may turn to prose in the middle
CAPITALS = 0.9  # of verses; German prose, with its nouns, reaches 0.4 and English 0.15
FEW_CAPITALS = 0.35  # of all lines: fewer cannot be verse even if every other line were the end of one turned over
LOOSE = 0.25  # of the verses, at least, end where the next word had room; lines of wrapped prose never do
FEW_LOOSE = 0.1  # the same where stanzas all over a book are built alike, and strict metre makes their lines as long as each other
MOSTLY = 0.4  # of the lines of stanzas show that they are verse, and hardly any prose stands beside them: so are the others
RARELY = 0.1  # prose beside the verse of a book of poems: a preface, an argument
LOWER_WORDS = 0.4  # of the words, at least: lists of names and addresses have fewer
STANZAS = 4  # stanzas on end that are built alike tell of verse even where its lines begin small, as in Italian and Spanish
COUPLETS = 5  # stanzas of two lines on end: fewer may be short paragraphs
FILLED = 0.5  # of the widest line, at least, is every last line of a stanza; some paragraph always ends in a shorter one
STOPPED = 0.8  # of the lines, at most, end as a sentence does: more are sayings, entries or a list
ROOMY = 0.65  # of the measure: a verse that ends before had room enough for its own end
FEW_WORDS = 0.5  # of the verse, at most, is an end that was turned over where lines were narrower in print
HANGING = 3  # columns, at least, by which a turned-over end is set in
_WORD = re.compile(r"[^\W\d_]+")
_STOPS = tuple(point + mark for point in ".!?" for mark in ("", '"', "”", "“", "»", "«", "'", "’"))

Region = tuple[int, int]


LINE_NUMBER = re.compile(r"\s{2,}([°*]?\d{1,4})$")  # a sign before it: that verse has a note
LEFT_NUMBER = re.compile(r"^(\d{1,4})\s{2,}(?=\S)")
FEWEST_NUMBERS = 4  # that rise by one step: fewer may be the items of a list
STEPS = range(2, 21)  # verses from one number in the margin to the next; every one is numbered in lists, not in poems


def beside_numbers(rows: list[Row]) -> list[Row]:
    """The rows, those with the number of a verse in the left margin as far in as their words: the numbers rise as the verses do."""
    found = [(i, m) for i, row in enumerate(rows) if row.text[0].isdigit() and (m := LEFT_NUMBER.match(row.text)) is not None]
    if len(found) < FEWEST_NUMBERS:
        return rows
    steps = Counter(int(b[1]) - int(a[1]) for (_, a), (_, b) in pairwise(found))
    step, times = steps.most_common(1)[0]
    even = sum(abs(j - i - step) <= 2 for (i, _), (j, _) in pairwise(found))  # a heading may stand between
    if step not in STEPS or times < 0.7 * (len(found) - 1) or even < 0.5 * (len(found) - 1):
        return rows
    result = list(rows)
    for i, m in found:
        result[i] = rows[i]._replace(indent=rows[i].indent + len(m[0]))
    return result


def could_hold(row: Row, after: Row, measure: int) -> bool:
    """Whether a line had room for the first word of the next: then it was ended on purpose."""
    return row.width + 1 + len(after.text.split(" ", 1)[0]) + SLACK <= measure


def turn_over(rows: Sequence[Row], margin: int, measure: int) -> int:
    """By how many columns a book sets in the ends of verses that were too long for its measure; 0 when it turns none over.

    Shown by lines that begin small, below a line that had no room for their first word.
    """
    steps = Counter(
        row.indent - margin
        for last, row in zip(rows, rows[1:], strict=False)
        if row.gap == 0
        and row.indent - margin >= HANGING
        and last.indent - margin < HANGING
        and row.starts_lower
        and not could_hold(last, row, measure)
    )
    step, times = max(steps.items(), key=lambda item: item[1], default=(0, 0))
    return step if times >= 3 else 0


def is_turned_over(last: Row, row: Row, least: int, step: int, measure: int) -> bool:
    """Whether a line is the turned-over end of the verse before it.

    ``least`` is the indent of the stanza, ``step`` what :func:`turn_over` found in the book.
    """
    if row.indent >= least + 4 and row.starts_lower and not last.ends_sentence:
        if last.width > ROOMY * measure or len(row.text) <= FEW_WORDS * len(last.text):
            return True
    return bool(step) and row.indent - least == step and last.indent < row.indent and not could_hold(last, row, measure)


def measure_of_speeches(rows: Sequence[Row], first: int, measure: int) -> int:
    """The measure of a play from the line of its first speech on, where its prose is set narrower than the preface; else ``measure``.

    Lines of prose go on small and fill the measure; those of verse do neither.
    """
    pairs = [(a, b) for a, b in zip(rows, rows[1:], strict=False) if not b.gap and a.line >= first]
    if len(pairs) < REGION or sum(b.starts_lower for _, b in pairs) < MOSTLY * len(pairs):
        return measure
    widths = sorted(a.width for a, _ in pairs)
    narrow = widths[int(0.97 * (len(widths) - 1))]
    loose = sum(could_hold(a, b, narrow) for a, b in pairs)
    return narrow if narrow < measure and loose <= FEW_LOOSE * len(pairs) else measure


def verse_regions(rows: Sequence[Row], measure: int, step: int) -> tuple[Region, ...]:
    """The regions of a book that are set in verse, each from its first line to past its last, as indices into ``Source.lines``."""
    found: list[Region] = []
    pieces = [(piece, _kind(piece, measure, step)) for piece in _pieces(rows)]
    for first, last in _alike(pieces, measure):
        pieces[first:last] = [(piece, "verse") for piece, _ in pieces[first:last]]
    if _nothing_but_verse(pieces):
        pieces = [(piece, "verse" if kind == "open" and _may_be_stanza(piece) else kind) for piece, kind in pieces]
    start = 0
    while start < len(pieces):
        if pieces[start][1] == "prose":
            start += 1
            continue
        end = start
        while end < len(pieces) and pieces[end][1] != "prose":
            end += 1
        strong = [i for i in range(start, end) if pieces[i][1] == "verse"]
        if sum(len(pieces[i][0]) for i in strong) >= REGION:
            first, last = strong[0], strong[-1]
            widest = max(row.width for i in strong for row in pieces[i][0])
            least = min(row.indent for i in strong for row in pieces[i][0])
            while first > start and strong[0] - first < BESIDE and len(pieces[first - 1][0]) > 1:
                first -= 1
            while last + 1 < end and last - strong[-1] < BESIDE and _is_short(pieces[last + 1][0], widest, least):
                last += 1
            found.append((pieces[first][0][0].line, pieces[last][0][-1].line + 1))
        start = end
    return tuple(found)


def _nothing_but_verse(pieces: Sequence[tuple[Sequence[Row], str]]) -> bool:
    """Whether nearly all lines that stand together are verse: a book of poems."""
    prose = sum(len(piece) for piece, kind in pieces if kind == "prose" and len(piece) > 1)
    verse = sum(len(piece) for piece, kind in pieces if kind == "verse")
    other = sum(len(piece) for piece, kind in pieces if kind == "open" and _may_be_stanza(piece)) if prose <= RARELY * verse else 0
    return bool(other) and verse >= MOSTLY * (verse + other)


def _may_be_stanza(piece: Sequence[Row]) -> bool:
    return len(piece) >= FEWEST and all(_begins_large(row.text) for row in piece) and reads_as_verse([row.text for row in piece])


def _alike(pieces: Sequence[tuple[Sequence[Row], str]], measure: int) -> list[Region]:
    """Runs of stanzas of three lines or more, as many in each and set in alike, that wrapped paragraphs never make; shorter runs,
    like those of a canto of two tercets, where all of one shape together do. Without a gap between, pieces are those of a long paragraph.
    """
    shapes = [tuple(row.indent for row in piece) for piece, _ in pieces]
    runs = []
    short: dict[tuple[int, ...], list[Region]] = {}
    start = 0
    for i in range(1, len(shapes) + 1):
        if i == len(shapes) or shapes[i] != shapes[start] or pieces[i][0][0].gap != 1:
            stanzas = [piece for piece, _ in pieces[start:i]]
            lines = len(shapes[start])
            alike = _are_couplets(stanzas, measure) if lines == 2 else lines > 2 and len(stanzas) >= STANZAS and _ended(stanzas, measure)
            if alike:
                runs.append((start, i))
            elif lines > 2 and len(stanzas) > 1:
                short.setdefault(shapes[start], []).append((start, i))
            start = i
    for beside in short.values():
        stanzas = [piece for first, last in beside for piece, _ in pieces[first:last]]
        if len(beside) > 1 and len(stanzas) > STANZAS and _ended(stanzas, measure, FEW_LOOSE):
            runs += beside
    return runs


def _are_couplets(stanzas: Sequence[Sequence[Row]], measure: int) -> bool:
    """Whether there are several stanzas of two lines, each begun with a capital, whose first lines mostly had room for the next word."""
    if len(stanzas) < COUPLETS or not all(_begins_large(row.text) for stanza in stanzas for row in stanza):
        return False
    bare = [(row, LINE_NUMBER.search(row.text)) for stanza in stanzas for row in stanza]
    lines = [row._replace(text=row.text[: m.start()]) if m is not None else row for row, m in bare]
    return _ended(list(zip(lines[::2], lines[1::2], strict=True)), measure, MOSTLY)


def _ended(stanzas: Sequence[Sequence[Row]], measure: int, least: float = LOOSE) -> bool:
    """Whether lines of stanzas were ended on purpose: some had room for the next word, and every last one is as long as others."""
    widest = max(row.width - row.indent for stanza in stanzas for row in stanza)
    pairs = [(a, b) for stanza in stanzas for a, b in zip(stanza, stanza[1:], strict=False)]
    loose = sum(could_hold(a, b, measure) for a, b in pairs)
    if loose < least * len(pairs) or any(breaks_word(a, b) for a, b in pairs):
        return False
    if len(stanzas[0]) > 2 and loose == len(stanzas) and all(could_hold(stanza[0], stanza[1], measure) for stanza in stanzas):
        return False  # every first line had room, and no other: dates or names over entries
    filled = all(stanza[-1].width - stanza[-1].indent >= FILLED * widest for stanza in stanzas)
    return filled and reads_as_verse([row.text for stanza in stanzas for row in stanza])


def _is_short(piece: Sequence[Row], widest: int, least: int) -> bool:
    """Whether a piece may be a short stanza beside others: several lines, or one that is as far in as verses are there, and no longer."""
    return len(piece) > 1 or (piece[0].width <= widest and piece[0].indent >= least)


def _pieces(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The lines that stand together, long runs in pieces."""
    start = 0
    for i in range(1, len(rows) + 1):
        if i == len(rows) or rows[i].gap or i - start >= PIECE:
            if i > start:
                yield rows[start:i]
            start = i


def _kind(piece: Sequence[Row], measure: int, step: int) -> str:
    """``verse`` or ``prose`` when some lines show it, else ``open``."""
    if len(piece) == 1:
        return "prose" if piece[0].width > measure else "open"
    if sum(_begins_large(row.text) for row in piece) < FEW_CAPITALS * len(piece):
        return "prose"
    least = min(row.indent for row in piece)
    pairs = [(a, b) for a, b in zip(piece, piece[1:], strict=False) if not is_turned_over(a, b, least, step, measure)]
    verses = [piece[0], *(b for _, b in pairs)]
    inner, turned = len(pairs), len(piece) - len(verses)
    if not inner:
        return "open" if len(piece) <= 3 else "prose"
    upper = sum(_begins_large(b.text) for _, b in pairs)
    if upper < 0.7 * inner or any(breaks_word(a, b) for a, b in pairs):
        return "prose"
    if upper < CAPITALS * inner or len(verses) < FEWEST:
        return "open"
    loose = sum(could_hold(a, b, measure) for a, b in pairs)
    alike = upper == inner and len(verses) >= ALIKE
    if (loose < LOOSE * inner and not alike) or turned > len(verses):
        return "open" if loose or inner < REGION else "prose"
    return "verse" if reads_as_verse([row.text for row in verses]) else "open"


def breaks_word(row: Row, after: Row) -> bool:
    """Whether a line ends within a word, as lines of prose do."""
    return row.text.endswith("-") and after.starts_lower and not row.text.endswith("--")


def reads_as_verse(texts: Sequence[str]) -> bool:
    """Whether lines run on as sentences do: no list of names, sayings, entries with page numbers."""
    words = [word for text in texts for word in _WORD.findall(text)]
    lower = sum(word[0].islower() for word in words)
    stopped = sum(text.endswith(_STOPS) for text in texts)
    paged = all(text[-1].isdigit() and "  " in text for text in texts)
    return lower >= LOWER_WORDS * len(words) and len(words) >= 3 * len(texts) and stopped <= STOPPED * len(texts) and not paged


def _begins_large(text: str) -> bool:
    if text[0].isalpha():
        return text[0].isupper()
    bare = text.lstrip("\"'“‘„‚«‹([_*—–-… .0123456789" if LEFT_NUMBER.match(text) else "\"'“‘„‚«‹([_*—–-… .")
    return bool(bare) and bare[0].isupper()
