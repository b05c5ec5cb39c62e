"""Sentences one to a line: the examples and exercises of schoolbooks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.shape import chunk_end, starts_upper

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

FEWEST = 4  # sentences
MOST = 60
ROOM = 0.9  # of the measure, at most: each line was ended on purpose
UNEVEN = 1.7  # times as long as the shortest is the longest: verses of one stanza are more alike
_SENTENCE = re.compile(r"[\"'“‘]?\w[^.?!;:\s]*\s[^.?!;:]*(?<=[\w'’)])[.?!]['\"”’]*$")  # of two words or more, with no stop within
_LAST_WORD = re.compile(r"([^\W\d_]+)\W*$")


def sentence_list(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Four or more lines set in below prose, each of them a whole sentence, are examples, one to a line: verses run on, rhyme, or are
    about as long.
    """
    row = rows[at]
    if not at or not row.gap or layout.style != "blank" or layout.drama or row.indent <= layout.margin:
        return None
    if not _SENTENCE.match(row.text):
        return None
    end = chunk_end(rows, at)
    chunk = rows[at:end]
    if not FEWEST <= len(chunk) <= MOST or max(r.width for r in chunk) > ROOM * layout.measure:
        return None
    if not all(r.indent > layout.margin and starts_upper(r.text) and _SENTENCE.match(r.text) for r in chunk):
        return None
    lengths = [len(r.text) for r in chunk]
    if max(lengths) < UNEVEN * min(lengths):
        return None
    if _is_amid_stanzas(rows, at, end) or 2 * _rhymed([r.text for r in chunk]) >= len(chunk):
        return None
    parts = tuple((i, i + 1, Container("item", rows[i].line)) for i in range(at, end))
    return Match("list", end, f"{len(chunk)} lines, each a sentence", 0.8, container=Container("list", row.line), parts=parts)


def _is_amid_stanzas(rows: Rows, at: int, end: int) -> bool:
    """Whether lines as far in stand together above or below: stanzas of one poem."""
    above = rows[at - 1]
    if above.indent >= rows[at].indent and at > 1 and not above.gap:
        return True
    below = rows[end : end + 2]
    return len(below) == 2 and not below[1].gap and min(row.indent for row in below) >= rows[at].indent


def _rhymed(texts: list[str]) -> int:
    """How many lines end as one of the next two above or below does, with another word."""
    words = [fold(found[1]) if (found := _LAST_WORD.search(text)) is not None else "" for text in texts]
    near = ((word, words[max(0, i - 2) : i] + words[i + 1 : i + 3]) for i, word in enumerate(words))
    return sum(any(word != other and word[-2:] == other[-2:] for other in others) for word, others in near)
