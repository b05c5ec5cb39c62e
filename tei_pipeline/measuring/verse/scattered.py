"""Verses that a scanner parted at random: an empty line stands below some of them, though no stanza ends there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tei_pipeline.measuring.verse.lineation import Region, begins_large, reads_as_verse
from tei_pipeline.rows import Row

NARROW = 0.85  # of the measure, at most, is a verse wide
FEWEST = 16  # lines: fewer may be a title, a motto and a stanza
FEWEST_WORDS = 3  # of each
REST = 2  # words, at most, of a verse that was turned over
MOST_RESTS = 0.1  # of the lines are such rests
PARTED = 0.3  # of the lines, at least, have an empty line above
TOGETHER = 0.1  # of them, at least, have none: where all have, that is how the text is set
GOING_ON = 0.4  # of them, at least, end amid a sentence: paragraphs of a line, and what is said in turn, do not
MOST_COUNTED = 0.1  # of them end in a figure, as entries of contents do
ALONE = 0.3  # of what stands together, at least, is one line
KINDS = 3  # numbers of lines, at least, stand together: stanzas have one or two


def closed_up(rows: list[Row], measure: int) -> list[Row]:
    """The rows, without the empty lines between verses that a scanner parted. All lines of such a passage are short and begin with a
    capital, many end amid a sentence, and neither do all have an empty line below nor do as many stand together each time.
    """
    result = list(rows)
    for first, end in _passages(rows, NARROW * measure):
        if _are_scattered(rows[first:end]):
            result[first + 1 : end] = [row._replace(gap=0) if row.gap == 1 else row for row in rows[first + 1 : end]]
    return result


def _passages(rows: Sequence[Row], widest: float) -> Iterator[Region]:
    """Runs of lines each of which may be a verse, or the rest of one; from a row to past another."""
    first = 0
    for i in range(len(rows) + 1):
        if i < len(rows) and rows[i].width <= widest and rows[i].gap <= 1 and _may_be_verse(rows, i, first):
            continue
        if i - first >= FEWEST:
            yield first, i
        first = i + 1


def _may_be_verse(rows: Sequence[Row], i: int, first: int) -> bool:
    """Whether a line begins with a capital and has some words, or is the short rest of the one above it, in a run from ``first`` on."""
    words = rows[i].text.count(" ") + 1
    if not begins_large(rows[i].text):
        return i > first and words <= REST and not rows[i - 1].ends_sentence
    return words >= FEWEST_WORDS and not rows[i].text.isupper()


def _are_scattered(rows: Sequence[Row]) -> bool:
    """Whether a run of lines is verse, with empty lines that follow no rule; scanners that leave such lose what is set in."""
    if len({row.indent for row in rows}) > 1:
        return False
    parted = [i for i, row in enumerate(rows) if i and row.gap]
    if not PARTED * len(rows) <= len(parted) <= (1 - TOGETHER) * len(rows):
        return False
    lengths = [b - a for a, b in zip([0, *parted], [*parted, len(rows)], strict=True)]
    if len(set(lengths)) < KINDS or lengths.count(1) < ALONE * len(lengths):
        return False
    verses = [row for row in rows if begins_large(row.text)]
    if len(rows) - len(verses) > MOST_RESTS * len(rows) or sum(row.text[-1].isdigit() for row in rows) > MOST_COUNTED * len(rows):
        return False
    return sum(not row.ends_sentence for row in rows) >= GOING_ON * len(rows) and reads_as_verse([row.text for row in verses])
