"""Stanzas: what stands together in the same few lines all over a book, set in alike, is built on purpose."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tei_pipeline.measuring.verse.lineation import LINE_NUMBER, Region, begins_large, breaks_word, could_hold, reads_as_verse
from tei_pipeline.rows import Row

ON_END = 4  # stanzas that are built alike tell of verse even where its lines begin small, as in Italian and Spanish
SURE = 24  # of these: so many paragraphs never have as many lines each and a last one that is filled, however alike the lines are
FEW = 5  # lines that follow another in stanzas where all begin with a capital: fewer may be short paragraphs
MOSTLY = 0.4  # of the lines of couplets had room for the next word
LOOSE = 0.25  # of the verses, at least, end where the next word had room; lines of wrapped prose never do
FEW_LOOSE = 0.1  # the same where stanzas all over a book are built alike, and strict metre makes their lines as long as each other
FILLED = 0.5  # of the widest line, at least, is every last line of a stanza; some paragraph always ends in a shorter one
MANY = 8  # of these: so many lines of prose never do, however short they are
NEARLY_ALL = 0.9  # of what stands together in so many lines, set in alike, begins each line with a capital
DEEPER = 4  # columns: so far in, at least, printers set the rest of a verse
FEWEST_WORDS = 3  # of a verse, mostly: a name over what somebody says has fewer, and so has a label over its title
_NUMBER = re.compile(r"^(\d{1,3})\.?\s+(?=[^\W\d_a-z]|[\"'“„«»‘_])")
_WORDS = re.compile(r"[^\W\d_]+")

Piece = Sequence[Row]


def without_numbers(rows: Sequence[Row]) -> list[Row]:
    """The rows as they are judged: without the numbers that stand before the first verse of stanzas, and count them."""
    result = list(rows)
    for chain in _counted(rows):
        for i, length in chain:
            result[i] = rows[i]._replace(text=rows[i].text[length:])
    return result


def _counted(rows: Sequence[Row]) -> Iterator[list[tuple[int, int]]]:
    """Stanzas in a row that are counted from 1 on in their first verse: the place of each, and how long its number is."""
    chain: list[tuple[int, int]] = []
    for i, row in enumerate(rows):
        if not row.text[0].isdigit() or (i and not row.gap) or i + 1 >= len(rows) or rows[i + 1].gap:
            continue
        number = _NUMBER.match(row.text)
        if number is None:
            continue
        if int(number[1]) != len(chain) + 1:
            if len(chain) > 1:
                yield chain
            chain = []
        if int(number[1]) == len(chain) + 1:
            chain.append((i, number.end()))
    if len(chain) > 1:
        yield chain


def alike(pieces: Sequence[Piece], measure: int) -> list[Region]:
    """Runs of stanzas, as many lines in each and set in alike, that wrapped paragraphs never make; shorter runs, like those of a canto of
    two tercets, where all of one shape together do. Without a gap between, pieces are those of a long paragraph.
    """
    shapes = [tuple(row.indent for row in piece) for piece in pieces]
    runs = []
    of_shape: dict[tuple[int, ...], list[int]] = defaultdict(list)
    short: dict[tuple[int, ...], list[Region]] = defaultdict(list)
    start = 0
    for i, shape in enumerate(shapes):
        if len(shape) > 1 and (not i or pieces[i][0].gap):
            of_shape[shape].append(i)
    for i in range(1, len(shapes) + 1):
        if i == len(shapes) or shapes[i] != shapes[start] or pieces[i][0].gap != 1:
            stanzas, lines = pieces[start:i], len(shapes[start])
            if (lines == 2 and _begin_large(stanzas, measure)) or (lines > 2 and len(stanzas) >= ON_END and _ended(stanzas, measure)):
                runs.append((start, i))
            elif lines > 2 and len(stanzas) > 1:
                short[shapes[start]].append((start, i))
            start = i
    for beside in short.values():
        stanzas = [piece for first, last in beside for piece in pieces[first:last]]
        if len(beside) > 1 and len(stanzas) > ON_END and _ended(stanzas, measure, FEW_LOOSE):
            runs += beside
    for found in of_shape.values():
        large = [i for i in found if all(begins_large(row.text) for row in pieces[i])]
        if len(large) >= NEARLY_ALL * len(found) and _begin_large([pieces[i] for i in large], measure):
            runs += [(i, i + 1) for i in large]
    return runs


def _begin_large(stanzas: Sequence[Piece], measure: int) -> bool:
    """Whether all lines of several stanzas begin with a capital, and most had room for the next word, or there are many; no names."""
    pairs = [(_bare(a), _bare(b)) for stanza in stanzas for a, b in pairwise(stanza)]
    if len(stanzas) == 1 or len(pairs) < FEW or not all(begins_large(row.text) for stanza in stanzas for row in stanza):
        return False
    loose = sum(could_hold(a, b, measure) for a, b in pairs)
    if (loose < MOSTLY * len(pairs) and len(pairs) < MANY) or any(breaks_word(a, b) for a, b in pairs):
        return False
    few = sum(len(_WORDS.findall(a.text)) < FEWEST_WORDS for a, _ in pairs)
    return few <= (1 - NEARLY_ALL) * len(pairs) and reads_as_verse([row.text for stanza in stanzas for row in stanza])


def _bare(row: Row) -> Row:
    """A verse without its number in the margin."""
    number = LINE_NUMBER.search(row.text)
    return row if number is None else row._replace(text=row.text[: number.start()])


def _turned(stanza: Piece) -> int:
    """How many lines are the rest of a verse too long for the page, set in deeper; none where the last line is none of them."""
    rest = [b.text[0].islower() and b.indent >= a.indent + DEEPER for a, b in pairwise(stanza)]
    return sum(rest) if rest[-1] else 0


def _ended(stanzas: Sequence[Piece], measure: int, least: float = LOOSE) -> bool:
    """Whether lines of stanzas were ended on purpose: some had room for the next word, and every last one is as long as others."""
    widest = max(row.width - row.indent for stanza in stanzas for row in stanza)
    pairs = [(a, b) for stanza in stanzas for a, b in zip(stanza, stanza[1:], strict=False)]
    loose = sum(could_hold(a, b, measure) for a, b in pairs)
    if (loose < least * len(pairs) and len(stanzas) < SURE) or any(breaks_word(a, b) for a, b in pairs):
        return False
    if len(stanzas[0]) > 2 and loose == len(stanzas) and all(could_hold(stanza[0], stanza[1], measure) for stanza in stanzas):
        return False  # every first line had room, and no other: dates or names over entries
    filled = all(stanza[-1].width - stanza[-1].indent >= FILLED * widest or _turned(stanza) > 1 for stanza in stanzas)
    return filled and reads_as_verse([row.text for stanza in stanzas for row in stanza])
