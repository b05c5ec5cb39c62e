"""Regions: where a book is set in verse, from the first line that shows it to the last, however few of the lines between do.

A stanza alone may be a list or a short paragraph; a region of many lines that all begin with a capital and end before
the measure is verse, however few of its lines stand together (TEI Guidelines, chapter 6: the line is the unit).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tei_pipeline.measuring.edges import UNWRAPPED
from tei_pipeline.measuring.verse.lineation import (
    FEWEST,
    NARROWEST,
    ROOMY,
    Region,
    begins_large,
    breaks_word,
    could_hold,
    is_turned_over,
    reads_as_verse,
)
from tei_pipeline.measuring.verse.lowercase import begins_small
from tei_pipeline.measuring.verse.stanzas import LOOSE, alike, without_numbers
from tei_pipeline.rows import Row

ALIKE = 12  # verses that all begin with a capital need not be shorter than the measure: strict metre makes them alike
REGION = 8  # verses, at least, before a region stands on its own evidence
BESIDE = 2  # short stanzas before the first and after the last that show themselves
PIECE = 24  # lines of a chunk looked at together: an epic without a gap may turn to prose in the middle
CAPITALS = 0.9  # of verses; German prose, with its nouns, reaches 0.4 and English 0.15
FEW_CAPITALS = 0.35  # of all lines: fewer cannot be verse even if every other line were the end of one turned over
MOSTLY = 0.4  # of the lines of stanzas show that they are verse, and hardly any prose stands beside them: so are the others
SET_IN = 2  # columns: verses stand so much farther in than the prose between them
RARELY = 0.1  # prose beside the verse of a book of poems: a preface, an argument


def verse_regions(rows: Sequence[Row], measure: int, step: int) -> tuple[Region, ...]:
    """The regions of a book that are set in verse, each from its first line to past its last, as indices into ``Source.lines``."""
    found: list[Region] = []
    pieces = [(piece, _kind(piece, measure, step)) for piece in _pieces(without_numbers(rows))]
    sure: set[int] = set()  # stanzas that the others of a book of verse tell of
    for first, last in alike([piece for piece, _ in pieces], measure):
        pieces[first:last] = [(piece, "verse") for piece, _ in pieces[first:last]]
        sure.update(range(first, last))
    if sum(len(piece) for piece, kind in pieces if kind == "prose") > sum(len(piece) for piece, kind in pieces if kind == "verse"):
        sure.clear()  # mottoes and quotations
    for i in begins_small(pieces):
        pieces[i] = (pieces[i][0], "verse" if len(pieces[i][0]) >= FEWEST else "open")
    if _nothing_but_verse(pieces):
        pieces = [(piece, "verse" if _is_stanza(piece, kind, measure) else kind) for piece, kind in pieces]
    start, margin = 0, _margin(pieces)
    while start < len(pieces):
        if pieces[start][1] == "prose":
            start += 1
            continue
        end = start
        while end < len(pieces) and pieces[end][1] != "prose":
            end += 1
        strong = [i for i in range(start, end) if pieces[i][1] == "verse"]
        if sum(len(pieces[i][0]) for i in strong) < REGION:
            found += [(pieces[i][0][0].line, pieces[i][0][-1].line + 1) for i in strong if i in sure]
        else:
            first, last = strong[0], strong[-1]
            widest = max(row.width for i in strong for row in pieces[i][0])
            least = min(row.indent for i in strong for row in pieces[i][0])
            while first > start and strong[0] - first < BESIDE and len(pieces[first - 1][0]) > 1:
                first -= 1
            while last + 1 < end and last - strong[-1] < BESIDE and _is_short(pieces[last + 1][0], widest, least):
                last += 1
            found += _without_prose(pieces[first : last + 1], least, margin)
        start = end
    return tuple(found)


def _margin(pieces: Sequence[tuple[Sequence[Row], str]]) -> int:
    """How far in most lines of prose stand; less than nothing where there are none."""
    indents = Counter(row.indent for piece, kind in pieces if kind == "prose" for row in piece)
    return max(indents, key=lambda indent: indents[indent], default=-SET_IN)


def _without_prose(pieces: Sequence[tuple[Sequence[Row], str]], least: int, margin: int) -> Iterator[Region]:
    """The region of the pieces, parted at those that show nothing and stand at the margin of the prose, where all verses are set in."""
    start = 0
    for i, (piece, kind) in enumerate(pieces):
        if kind == "open" and all(row.indent <= margin for row in piece) and margin + SET_IN <= least:
            if start < i:
                yield pieces[start][0][0].line, pieces[i - 1][0][-1].line + 1
            start = i + 1
    if start < len(pieces):
        yield pieces[start][0][0].line, pieces[-1][0][-1].line + 1


def _nothing_but_verse(pieces: Sequence[tuple[Sequence[Row], str]]) -> bool:
    """Whether nearly all lines that stand together are verse, as many of them show, or are narrow and begin small: a book of poems."""
    prose = sum(len(piece) for piece, kind in pieces if kind == "prose" and len(piece) > 1)
    verse = sum(len(piece) for piece, kind in pieces if kind == "verse")
    others = [piece for piece, kind in pieces if kind == "open" and _may_be_stanza(piece)]
    small = sum(len(piece) for piece in others if _begins_small(piece))
    lines = verse + sum(map(len, others))
    return prose <= RARELY * lines and max(verse, small) >= MOSTLY * lines


def _is_stanza(piece: Sequence[Row], kind: str, measure: int) -> bool:
    """Whether lines between the verses of a book of poems are a stanza too, though some begin small and one is wide: most ended early."""
    if kind != "prose" or len(piece) < FEWEST:
        return kind == "open" and _may_be_stanza(piece)
    loose = sum(could_hold(a, b, measure) for a, b in pairwise(piece))
    return loose >= LOOSE * (len(piece) - 1) and not _begins_small(piece) and reads_as_verse([row.text for row in piece])


def _may_be_stanza(piece: Sequence[Row]) -> bool:
    """Whether a piece may be verse where nothing else stands: all its lines begin with a capital, or few do and all are short."""
    texts = [row.text for row in piece]
    if len(piece) >= FEWEST and all(begins_large(text) for text in texts):
        return reads_as_verse(texts)
    return _begins_small(piece) and max(map(len, texts)) <= NARROW and reads_as_verse(texts, FEWEST_WORDS)


def _begins_small(piece: Sequence[Row]) -> bool:
    return sum(not begins_large(row.text) for row in piece) > 0.5 * len(piece)


def _is_short(piece: Sequence[Row], widest: int, least: int) -> bool:
    """Whether a piece may be a short stanza beside others: several lines, or one that is as far in as verses are there, and no longer."""
    return len(piece) > 1 or (piece[0].width <= widest and piece[0].indent >= least)


def _is_narrow(piece: Sequence[Row]) -> bool:
    """Whether many lines that begin small are narrower than any prose, and read on: Finnish runes, Spanish ballads."""
    if len(piece) < NARROW_PIECE or any(len(row.text) > NARROWEST for row in piece) or any(breaks_word(a, b) for a, b in pairwise(piece)):
        return False
    return reads_as_verse([row.text for row in piece], FEWEST_WORDS)


NARROW = 40  # characters: free verse that begins small is hardly wider
NARROW_PIECE = 6  # lines, at least: a list of things has as short ones
FEWEST_WORDS = 2  # of a verse on an average, where words are long


def _kind_of_small(piece: Sequence[Row], measure: int) -> str:
    """The kind of lines that begin small: open where none reaches as far as the lines of prose do, all but the last of a paragraph."""
    if _is_narrow(piece):
        return "verse"
    return "open" if len(piece) > 1 and all(row.width <= ROOMY * measure for row in piece) else "prose"


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
        return "prose" if len(piece[0].text) > measure else "open"
    if any(row.width > UNWRAPPED for row in piece):
        return "prose"
    if 2 * sum(row.text[0].isdigit() for row in piece) > len(piece):
        return "open"  # quantities, or the numbers of a list
    if sum(begins_large(row.text) for row in piece) < FEW_CAPITALS * len(piece):
        return _kind_of_small(piece, measure)
    least = min(row.indent for row in piece)
    pairs = [(a, b) for a, b in zip(piece, piece[1:], strict=False) if not is_turned_over(a, b, least, step, measure)]
    verses = [piece[0], *(b for _, b in pairs)]
    inner, turned = len(pairs), len(piece) - len(verses)
    if not inner:
        return "open" if len(piece) <= 3 else "prose"
    upper = sum(begins_large(b.text) for _, b in pairs)
    if upper < 0.7 * inner or any(breaks_word(a, b) for a, b in pairs):
        return _kind_of_small(piece, measure)
    if upper < CAPITALS * inner or len(verses) < FEWEST:
        return "open"
    loose = sum(could_hold(a, b, measure) for a, b in pairs)
    alike = upper == inner and len(verses) >= ALIKE
    if (loose < LOOSE * inner and not alike) or turned > len(verses):
        return "open" if loose or inner < REGION else "prose"
    return "verse" if reads_as_verse([row.text for row in verses]) else "open"
