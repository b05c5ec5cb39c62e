"""Lines of letters in books that set their paragraphs in and leave no gap between them: these stand apart all the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tei_pipeline.language import Language
from tei_pipeline.measuring.edges import Edges
from tei_pipeline.measuring.short_lines import is_at_right
from tei_pipeline.rows import Row
from tei_pipeline.rules.letters.closings import ends_in_formula
from tei_pipeline.rules.letters.signers import INITIALS
from tei_pipeline.rules.shape import is_capitals, word_count
from tei_pipeline.rules.words import words

MOST_FORMULAS = 4  # lines of a compliment, one below the other: I am, Sir, / with great respect, / your obedient servant,
LONGEST_SALUTE = 50  # characters
NARROW = 0.9  # of the measure: a line as wide may go on in the next
_ADDRESSES = re.compile(r"(?:[,:!]|[,:.!]?(?:--|—))$")  # how a line ends that speaks to somebody


def letter_lines(rows: list[Row], edges: Edges, language: Language) -> list[Row]:
    """The rows with a gap above the compliment that stands over a name at the right edge, and around a salute.

    Each is a paragraph of one line that ends as none does; no line is looked at that does not end with a comma, a colon or a dash.
    """
    parted = list(rows)
    for i in range(1, len(rows)):
        text = rows[i].text
        if text[-1] not in ",:!-—" or not _is_one_line(rows, i, edges):
            continue
        below = rows[i + 1] if i + 1 < len(rows) else None
        at_right = text[-1] == "," and below is not None and below.gap == 1 and is_at_right(below, edges.margin, edges.measure)
        stacked = 0 if at_right or text[-1] != "," else _past_name(rows, i + 1, edges, language)
        if at_right or stacked:
            first = i
            while first > 0 and i - first < MOST_FORMULAS and rows[first - 1].text[-1] == "," and _is_one_line(rows, first - 1, edges):
                first -= 1
            for k in (first, *range(i + 2, min(stacked + 1, len(rows)))):
                parted[k] = _apart(parted[k])
        elif below is not None and _salutes(rows, i, language):
            parted[i], parted[i + 1] = _apart(parted[i]), _apart(parted[i + 1])
    return parted


def _apart(row: Row) -> Row:
    return row if row.gap else row._replace(gap=1)


def _is_one_line(rows: Sequence[Row], at: int, edges: Edges) -> bool:
    """Whether a line is a paragraph by itself, set in as the first lines of paragraphs are."""
    below = rows[at + 1] if at + 1 < len(rows) else None
    ends = below is None or bool(below.gap) or below.indent > edges.margin
    first = rows[at].indent == edges.margin + edges.indent and not rows[at].starts_lower
    return first and ends and rows[at].width <= NARROW * edges.measure


def _past_name(rows: Sequence[Row], at: int, edges: Edges, language: Language) -> int:
    """Past a name in capitals that is set as a paragraph below a compliment, and past the place and date below it, set alike; else 0."""
    if at >= len(rows) or rows[at].gap or not _is_one_line(rows, at, edges):
        return 0
    name = rows[at].text
    if not (INITIALS.match(name) or (is_capitals(name) and 1 < word_count(name) <= MOST_OF_A_NAME and name[-1] == ".")):
        return 0
    if not ends_in_formula(rows[at - 1].text, language):
        return 0
    below = rows[at + 1] if at + 1 < len(rows) else None
    dated = below is not None and not below.gap and below.width <= NARROW * edges.measure and _DATED.search(below.text) is not None
    return at + 1 + dated


MOST_OF_A_NAME = 5  # words
_DATED = re.compile(r"\D1[5-9]\d\d\.?$")


def _salutes(rows: Sequence[Row], at: int, language: Language) -> bool:
    """Whether a line addresses somebody, below the end of a sentence, of what announces a letter, or of its date at the right."""
    row, above = rows[at], rows[at - 1]
    ended = above.ends_sentence or above.text[-1] == ":" or bool(row.gap)
    return (
        ended
        and len(row.text) <= LONGEST_SALUTE
        and _ADDRESSES.search(row.text) is not None
        and words(language).salute.match(row.text.lstrip("\"“„«»‘' ")) is not None
    )
