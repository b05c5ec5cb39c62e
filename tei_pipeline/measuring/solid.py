"""Texts set solid, without an empty line: where a reader sees a gap all the same, at what stands in the middle or is set in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from tei_pipeline.language import Language
from tei_pipeline.rows import Row
from tei_pipeline.rules.drama.speaker_names import is_name
from tei_pipeline.rules.headings.head_labels import head_label
from tei_pipeline.rules.shape import NOTE_IN_BRACKETS, is_capitals
from tei_pipeline.rules.words import words

MOST_BLANKS = 0.002  # of the lines may still have an empty one before them, at a title page or where files meet
FEWEST_LINES = 40  # a leaflet may have no empty line either, and no two paragraphs
DEEP = 8  # columns: what is centred begins so far in
SET_IN = 3  # columns: quotations and verse begin so far in, past the first lines of paragraphs
OFF_CENTRE = 0.12  # of the measure: printers centre by eye, and converters round
NARROW = 0.85  # of the measure: what is centred is no wider
QUOTED = '"“„«»‘'
_NUMBER = re.compile(r"[\[(]?(?:[0-9]{1,3}|[IVXLC]{1,8})[.)\]]{0,2}$")


def is_solid(rows: Sequence[Row], spacing: int) -> bool:
    """Whether hardly a line has an empty one before it, but those of a text that has one after each line, and those of a new page."""
    return len(rows) >= FEWEST_LINES and sum(row.gap >= spacing and not row.page for row in rows[1:]) <= MOST_BLANKS * len(rows)


def part(rows: list[Row], margin: int, indent: int, measure: int, language: Language) -> list[Row]:
    """The rows with the gaps that the layout means: around what stands in the middle of the line, where what is set in begins and ends, and
    before notes that transcribers collected.
    """
    inside = margin + max(SET_IN, indent + 1)
    centred = [_is_centred(row, margin, measure) for row in rows]
    begun = _begun(rows, centred, language)
    parted = [row._replace(gap=min(row.gap, 2)) for row in rows[:1]]  # empty lines before a text say nothing
    for i, (a, b) in enumerate(pairwise(rows), start=1):
        if centred[i] and (not centred[i - 1] or i in begun):
            gap = 2
        elif centred[i] and b.text[0] in QUOTED and a.text[0] not in QUOTED:
            gap = 1  # a motto below a title
        elif centred[i] != centred[i - 1] or (a.indent >= inside) != (b.indent >= inside):
            gap = 1
        else:
            stanza = any(row.indent >= inside and _NUMBER.match(row.text) for row in (a, b))
            gap = int(stanza or (NOTE_IN_BRACKETS.match(b.text) is not None and a.ends_sentence))
        parted.append(b if gap <= b.gap else b._replace(gap=gap))
    return parted


def part_play(rows: list[Row], language: Language) -> list[Row]:
    """The rows of a play with a gap above each line that is nothing but the name of who speaks, since it comes again and again, and around
    directions, and a wider one above the number of an act or scene; nothing where no play is.
    """
    lines = Counter(row.text for row in rows if len(row.text) <= LONGEST_NAME and row.text[-1].isalpha() and row.text[0].isupper())
    moves = words(language).move
    names = {text for text, times in lines.items() if times >= FEWEST_SPEECHES and not moves.match(text) and is_name(text, language)}
    often = sum(lines[name] for name in names)
    if sum(name.isupper() for name in names) < FEWEST_NAMES or often < LEAST_SPOKEN * len(rows):
        return []
    names |= {text for text in lines if text.isupper() and is_name(text, language)}
    gaps: dict[int, int] = {}
    for i, row in enumerate(rows):
        if _rank(row.text, language):
            gaps[i] = 1 if gaps.get(i - 1) == 2 else 2
            gaps[i + 1] = 1
        elif moves.match(row.text) is not None and row.text[-1] not in ",;:!?":
            gaps[i] = gaps[i + 1] = 1
        elif row.text in names:
            gaps[i] = 1
    return [row._replace(gap=gaps.get(i, row.gap)) if i else row for i, row in enumerate(rows)]


LONGEST_NAME = 30  # characters
FEWEST_SPEECHES = 3  # of somebody
FEWEST_NAMES = 3  # in capitals
LEAST_SPOKEN = 0.08  # of the lines name who speaks


def _begun(rows: Sequence[Row], centred: Sequence[bool], language: Language) -> set[int]:
    """The lines in the middle that begin a heading right below another: the label of a division within that above, a title in capitals
    below one that is not. In a list of contents labels of one rank follow each other.
    """
    found = set[int]()
    at = 0
    while at < len(rows):
        end = at + 1
        while end < len(rows) and centred[at] and centred[end]:
            end += 1
        ranks = {i: rank for i in range(at, end) if (rank := _rank(rows[i].text, language))} if end > at + 1 else {}
        if ranks and all(a < b for a, b in pairwise(ranks.values())):
            found.update(i for i in ranks if i > at)
            first = next(iter(ranks))
            titles = [i for i in range(first + 1, end) if i not in ranks and i - 1 not in ranks]
            found.update(i for i in titles if is_capitals(rows[i].text) and not is_capitals(rows[i - 1].text))
        at = end
    return found


def _rank(text: str, language: Language) -> int:
    """The rank of the division that a line names by its number, 0 of other lines."""
    label = head_label(text, language)
    return label.rank if label is not None and (label.type or label.length >= len(text.rstrip(" ."))) else 0


def _is_centred(row: Row, margin: int, measure: int) -> bool:
    """Whether a line stands in the middle between margin and measure."""
    left, right = row.indent - margin, measure - row.width
    return left >= DEEP and abs(left - right) <= OFF_CENTRE * (measure - margin) and len(row.text) <= NARROW * (measure - margin)
