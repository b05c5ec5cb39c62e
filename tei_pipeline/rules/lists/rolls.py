"""Rolls: names or titles one to a line, in the order of the alphabet, or of numbers of which some are missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.shape import chunk_end

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

FEWEST = 8  # lines: fewer stand in the order of the alphabet by chance
FEWEST_LIKE_VERSE = 24  # where the book may be set in verse
FEWEST_STRICT = 12  # there, when each follows on the one above: no verses stand so by chance
NEARLY = 0.9  # of the lines follow on the one above: printers misplace a name here and there
ALIKE = 0.25  # of the words begin like the one above: in rhymes on the alphabet each has a letter of its own
ANOTHER = 0.7  # of the words are not the one above: verses, too, begin one like the other
SURNAMES = 0.6  # of the lines have the surname first
TOLD = 60  # lines tell how all stand
GAPPED = 3  # lines to a gap, at least: what more gaps part is running text
LONGEST = 40  # characters in which the first word is found
_WORD = re.compile(r"[^\W\d_]{2,}")
_SURNAME = re.compile(r"[^\W\d_][^\s,]*,\s")
_NUMBER = re.compile(r"(\d{1,4})\.\s+[^\W_]")


def roll(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Eight or more lines in the order of the alphabet, or each with a higher number than the one above, are a roll of names or titles: who
    subscribed, who was lost, what the publisher has.
    """
    verse = layout.in_verse(rows[at].line)
    fewest = FEWEST_STRICT if verse else FEWEST
    if layout.drama or layout.style != "blank" or at + fewest > len(rows):
        return None
    if _letter(rows, at):
        return _under_letters(rows, at, layout)
    starts: list[int] = []
    keys: list[str] = []
    end = at
    while end < len(rows) and (end == at or rows[end].gap <= 1):
        stop = chunk_end(rows, end)
        found = _entries(rows, end, stop, rows[at].indent)
        words = [_key(rows[i].text, rows[at].text[0].isdigit()) for i in found]
        alone = len(found) == 1 and starts and rows[stop - 1].ends_sentence != rows[end - 1].ends_sentence  # a paragraph below the roll
        if not found or alone or not all(words) or (keys and words[0] < keys[-1]):
            break
        starts += found
        keys += words
        end = stop
        told = len(starts) >= TOLD > len(starts) - len(found)
        if told and not (_nearly(keys) and (_stands_together(rows, starts) or _by_letters(rows, starts, keys))):
            return None
    if len(starts) < fewest or not (_stands_together(rows, starts) or _by_letters(rows, starts, keys)):
        return None
    enough = not verse or len(starts) >= FEWEST_LIKE_VERSE
    if not _strictly(rows, starts) and not (enough and _in_order(rows, starts, keys)):
        return None
    if keys[0].isdigit() and [int(key) for key in keys] == list(range(1, len(keys) + 1)):
        return None  # none is missing: they count the items of a list
    order = "numbers" if keys[0].isdigit() else "the alphabet"
    return _listed(rows, starts, end, f"{len(starts)} lines in the order of {order}")


def _listed(rows: Rows, starts: Sequence[int], end: int, why: str) -> Match:
    parts = tuple((first, stop, Container("item", rows[first].line)) for first, stop in zip(starts, [*starts[1:], end], strict=True))
    return Match("list", end, why, 0.85, container=Container("list", rows[starts[0]].line), parts=parts)


def _letter(rows: Rows, at: int) -> str:
    """The letter of the alphabet that stands alone on a line apart, over the names that begin with it."""
    bare = rows[at].text.strip(" .")
    return bare if len(bare) == 1 and bare.isupper() and chunk_end(rows, at) == at + 1 else ""


def _under_letters(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Short lines under the letters of the alphabet, here more and there fewer: under those of a rhyme stand as many each."""
    starts: list[int] = []
    sizes: list[int] = []
    last, end = "", at
    while end + 1 < len(rows) and last < (letter := _letter(rows, end)) and rows[end + 1].gap:
        stop = chunk_end(rows, end + 1)
        found = _entries(rows, end + 1, stop, rows[end + 1].indent)
        if not found or any(rows[i].width > SHORT * layout.measure or rows[i].text[-1] in ",;:!?" for i in found):
            break
        starts += (end, *found)
        sizes.append(len(found))
        last, end = letter, stop
    if len(starts) < FEWEST or len(sizes) < FEWEST_LETTERS or len(set(sizes)) == 1:
        return None
    return _listed(rows, starts, end, f"short lines under {len(sizes)} letters of the alphabet")


SHORT = 0.8  # of the measure
FEWEST_LETTERS = 3


def _stands_together(rows: Rows, starts: Sequence[int]) -> bool:
    """Whether few gaps part the lines."""
    return GAPPED * sum(rows[i].gap > 0 for i in starts) <= len(starts)


def _by_letters(rows: Rows, starts: Sequence[int], keys: Sequence[str]) -> bool:
    """Whether a gap stands wherever the first letter changes, and nowhere else."""
    below = zip(starts[1:], pairwise(keys), strict=True)
    return len({key[0] for key in keys}) < len(keys) and all((rows[i].gap > 0) == (a[0] != b[0]) for i, (a, b) in below)


def _entries(rows: Rows, at: int, end: int, indent: int) -> list[int]:
    """The lines of a chunk that begin an entry: those farther in are turned over; none, when one begins small or stands farther out."""
    starts = [i for i in range(at, end) if rows[i].indent <= indent or i == at]
    return [] if any(rows[i].starts_lower or rows[i].indent != indent for i in starts) else starts


def _key(text: str, numbered: bool) -> str:
    """The first word of a line, by which it stands in the alphabet, or its number, as wide as the widest; "" if it has none."""
    found = _NUMBER.match(text) if numbered else _WORD.search(fold(text[:LONGEST]))
    return "" if found is None else found[1].zfill(4) if numbered else found[0]


def _strictly(rows: Rows, starts: Sequence[int]) -> bool:
    """Whether each of many lines follows on the one above, and letters are left out: a rhyme on the alphabet has them all."""
    lines = [fold(rows[i].text).strip(_MARKS) for i in starts]
    pairs = list(pairwise(lines))
    if len(lines) < FEWEST_STRICT or any(a >= b for a, b in pairs):
        return False
    again = sum(a.split(" ", 1)[0] == b.split(" ", 1)[0] for a, b in pairs)
    return sum(ord(b[0]) - ord(a[0]) == 1 for a, b in pairs) < ANOTHER * len(pairs) and again <= (1 - ANOTHER) * len(pairs)


_MARKS = "_\"“„«'‘("


def _in_order(rows: Rows, starts: Sequence[int], keys: Sequence[str]) -> bool:
    """Whether nearly all lines follow on the one above, and by their words are no verses."""
    if not _nearly(keys):
        return False
    if sum(_SURNAME.match(rows[i].text) is not None for i in starts) >= SURNAMES * len(starts):
        return True
    pairs = list(pairwise(keys))
    alike = sum(a[0] == b[0] for a, b in pairs) >= ALIKE * len(pairs)
    return alike and sum(a != b for a, b in pairs) >= ANOTHER * len(pairs)


def _nearly(keys: Sequence[str]) -> bool:
    """Whether nearly all first words follow on the one above."""
    pairs = list(pairwise(keys))
    return sum(a <= b for a, b in pairs) >= NEARLY * len(pairs)
