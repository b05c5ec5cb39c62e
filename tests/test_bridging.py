"""Gaps between titles and text stay open, however narrow the lines are that a transcriber broke off before a note or a gloss."""

from __future__ import annotations

import textwrap

from tei_pipeline.language import load
from tei_pipeline.measuring.bridging import bridge
from tei_pipeline.measuring.edges import Edges
from tei_pipeline.rows import Row

_SENTENCE = "The ferryman went down to the river before anybody else was awake, and counted the piles that stood out of the water"
_BROKEN = ("He asked the clerk[1]", "who counted the piles that stood out of the water before anybody was awake.")
_MEASURE = 60


def _rows(*chunks: tuple[int, list[str]]) -> list[Row]:
    rows: list[Row] = []
    line = 0
    for gap, lines in chunks:
        for text in lines:
            above = gap if text is lines[0] else 0
            line += above + 1
            rows.append(Row(line, text, 0, above, False))
    return rows


def test_a_title_is_not_the_first_line_of_the_text_below_it() -> None:
    paragraph = textwrap.wrap(f"{_SENTENCE}, {_SENTENCE.lower()}. {_SENTENCE}.", _MEASURE)
    title, torn = "How the lantern was found in the reeds", "The ferryman took the lantern that hung at the door of the"
    text = [(1, [*_BROKEN]), *[(1, paragraph)] * 6]
    rows = bridge(
        _rows(*text * 8, (2, [title]), (1, paragraph), (1, [torn]), (1, paragraph)), Edges(0, 0, _MEASURE, "blank"), (), load("en")
    )
    below = {rows[i - 1].text: row.gap for i, row in enumerate(rows) if i}
    assert below[title] == 1
    assert below[torn] == 0


def test_a_title_alone_at_the_end_of_a_page_is_not_the_first_line_of_the_next() -> None:
    paragraph = textwrap.wrap(f"{_SENTENCE}, {_SENTENCE.lower()}. {_SENTENCE}.", _MEASURE)
    leaf, letter = "The Lantern in the Reeds", "Letter I."
    for title, gap in ((leaf, 1), ("The ferryman went down to the river before anybody else was", 0)):
        rows = _rows(*[(1, paragraph)] * 6, (4, [title]), (1, [letter]), (1, paragraph))
        at = next(i for i, row in enumerate(rows) if row.text == letter)
        rows[at] = rows[at]._replace(page=True)
        assert bridge(rows, Edges(0, 0, _MEASURE, "blank"), (), load("en"))[at].gap == gap
