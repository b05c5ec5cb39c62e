"""Lineation: what a line tells of itself: ended on purpose, turned over, counted in the margin, begun with a capital."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice, pairwise

from tei_pipeline.rows import LINE_END_HYPHENS, Row

SLACK = 4  # characters: a line that would still hold the next word and this much more was ended on purpose
NARROWEST = 32  # characters: no prose is set so narrow, wherever the sense pauses
FEWEST = 4  # verses together that can tell of themselves what they are: two or three are a short paragraph as well
SPOKEN = 8  # lines of speeches that follow another, at least, before they tell how wide a play is set
MOST_LOOSE = 0.1  # of the lines of a play in prose end where the next word had room
SMALL = 0.4  # of the lines of a play in prose, at least, go on small
LOWER_WORDS = 0.4  # of the words, at least: lists of names and addresses have fewer
STOPPED = 0.8  # of the lines, at most, end as a sentence does: more are sayings, entries or a list
ROOMY = 0.65  # of the measure: a verse that ends before had room enough for its own end
ENDS = 0.5  # of the lines set in by a step, at least, begin small where none but the ends of verses are
FEW_WORDS = 0.5  # of the verse, at most, is an end that was turned over where lines were narrower in print
HANGING = 3  # columns, at least, by which a turned-over end is set in
_WORD = re.compile(r"[^\W\d_]+")
_STOPS = tuple(point + mark for point in ".!?" for mark in ("", '"', "”", "“", "»", "«", "'", "’"))

Region = tuple[int, int]


COUNTED_IN_BRACKETS = r"(?<=\s{3})\[\d{0,3}[05]\]$"  # far behind its verse, where references stand near
LINE_NUMBER = re.compile(
    rf"(?<!\s)\s{{2,}}([°*_]?\d{{1,4}}$|{COUNTED_IN_BRACKETS})"
)  # a sign before it: that verse has a note, or transcribers told it from other figures
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


_CAESURA = re.compile(r"(?<=\S)\s{3,}(?=\S)")


def has_caesurae(texts: Sequence[str]) -> bool:
    """Whether one gap of always the same width halves nearly every line, wherever it falls, as in alliterative verse: columns stand under
    each other.
    """
    found = (list(_CAESURA.finditer(LEFT_NUMBER.sub("", text))) for text in texts)
    halved = [gaps[0] for gaps in found if len(gaps) == 1]
    if len(halved) < max(FEWEST, HALVED * len(texts)):
        return False
    times = max(Counter(len(gap.group()) for gap in halved).values())
    places = Counter(gap.end() for gap in halved)
    return times >= HALVED * len(halved) and max(places.values()) <= ALIGNED * len(halved)


HALVED = 0.75  # of the lines; some are too long, and turned over
ALIGNED = 0.5  # of the second halves, at most, begin in one column


def could_hold(row: Row, after: Row, measure: int) -> bool:
    """Whether a line had room for the first word of the next: then it was ended on purpose."""
    return row.width + 1 + len(after.text.split(" ", 1)[0]) + SLACK <= measure


def turn_over(rows: Sequence[Row], margin: int, measure: int) -> int:
    """By how many columns a book sets in the ends of verses that were too long for its measure; 0 when it turns none over, and less than 0
    where most lines set in so far begin large: these are verses.

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
    if times < 3:
        return 0
    set_in = [b.starts_lower for a, b in pairwise(rows) if not b.gap and b.indent - margin == step and a.indent - margin < HANGING]
    return step if sum(set_in) >= ENDS * len(set_in) else -step


def is_turned_over(last: Row, row: Row, least: int, step: int, measure: int) -> bool:
    """Whether a line is the turned-over end of the verse before it.

    ``least`` is the indent of the stanza, ``step`` what :func:`turn_over` found in the book.
    """
    if row.indent >= least + 4 and row.starts_lower and not last.ends_sentence:
        if last.width > ROOMY * measure or len(row.text) <= FEW_WORDS * len(last.text):
            return True
    if 0 < least == last.indent < row.indent < least + 4 and row.starts_lower and last.text[-1].isalpha():
        if last.width > max(ROOMY * measure, row.width):
            return True  # a little further in, where no verse ends: in the middle of a phrase
    if not step or row.indent - least != abs(step) or last.indent >= row.indent or could_hold(last, row, measure):
        return False
    goes_on = last.text[-1].isalpha() and len(row.text) <= FEW_WORDS * len(last.text)  # with a name
    return step > 0 or row.starts_lower or goes_on


def begin_small(rows: Iterable[Row], least: int) -> bool:
    """Whether verses farthest left, ``least`` columns in, begin small: then those set in that do are no ends of the verses above them."""
    farthest = [row.starts_lower for row in islice(rows, 1, None) if row.indent == least]
    return sum(farthest) > ODDLY * len(farthest)


ODDLY = 0.2  # of the verses: so few begin small by damage, where a turned-over end has lost its indent


def measure_of_speeches(rows: Sequence[Row], first: int, measure: int) -> int:
    """The measure of a play from the line of its first speech on, where its prose is set narrower than the preface; else ``measure``.

    Lines of prose go on small and fill the measure; those of verse do neither.
    """
    pairs = [(a, b) for a, b in zip(rows, rows[1:], strict=False) if not b.gap and a.line >= first]
    if len(pairs) < SPOKEN or sum(b.starts_lower for _, b in pairs) < SMALL * len(pairs):
        return measure
    widths = sorted(a.width for a, _ in pairs)
    narrow = widths[int(0.97 * (len(widths) - 1))]
    loose = sum(could_hold(a, b, narrow) for a, b in pairs)
    return narrow if narrow < measure and loose <= MOST_LOOSE * len(pairs) else measure


def breaks_word(row: Row, after: Row) -> bool:
    """Whether a line ends within a word, as lines of prose do."""
    return row.text[-1] in LINE_END_HYPHENS and after.starts_lower and not row.text.endswith("--")


def reads_as_verse(texts: Sequence[str], least: int = 3) -> bool:
    """Whether lines, of ``least`` words on an average, run on as sentences do: no list of names, sayings, entries with page numbers."""
    words = [word for text in texts for word in _WORD.findall(text)]
    lower = sum(word[0].islower() for word in words)
    stopped = sum(text.endswith(_STOPS) for text in texts)
    paged = all(text[-1].isdigit() and "  " in text for text in texts)
    return lower >= LOWER_WORDS * len(words) and len(words) >= least * len(texts) and stopped <= STOPPED * len(texts) and not paged


def begins_large(text: str) -> bool:
    """Whether the first letter is a capital, with nothing but opening marks or the number of the verse before it."""
    if text[0].isalpha():
        return text[0].isupper()
    bare = text.lstrip("\"'“‘„‚«‹([_*—–-… .0123456789" if LEFT_NUMBER.match(text) else "\"'“‘„‚«‹([_*—–-… .")
    return bool(bare) and bare[0].isupper()
