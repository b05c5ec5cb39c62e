"""Titles in italics between the pieces and scenes of plays, which look like directions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.rules.drama.speakers import is_speaker_line
from tei_pipeline.rules.headings.head_labels import head_label, named_division
from tei_pipeline.rules.shape import is_capitals
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


def is_piece_title(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether a line in italics with wide gaps is the title of another piece, since a word of it, or all, is in capitals; or is counted; or
    stands as far below the text as the titles of scenes do where none has a number.
    """
    text = rows[at].text
    if end == at + 1 and rows[at].gap >= OVER_TITLE and len(text) <= LONGEST_TITLE and _is_over_names_in_italics(rows, end, layout):
        return True
    if end > at + 1 or end >= len(rows) or text[1:2].isdecimal():
        return end == at + 1 and _COUNTED.match(text) is not None
    if (
        at
        and not layout.first_scene
        and rows[at].gap >= FAR_OVER_SCENE
        and 0 < rows[end].gap < rows[at].gap
        and text.count(" ") < LONGEST_SCENE
    ):
        above = rows[at - 1].text
        return not is_capitals(above) and ((label := head_label(above.strip("_"), layout.language)) is None or not label.type)
    over = rows[end].gap >= 2 or named_division(rows[end].text, layout.language) is not None  # THE ARGUMENT
    return rows[at].gap >= OVER_TITLE and over and (text.isupper() or IN_CAPITALS.search(text) is not None)


def _is_over_names_in_italics(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether the names over the next speeches stand in italics, so that these mark no directions."""
    if layout.speaker_style != "own-line":
        return False
    names = [row.text for row in rows[at : at + BELOW_TITLE] if row.gap and row.text[0] == "_" and is_speaker_line(row.text, layout)]
    return len(names) > 1


LONGEST_TITLE = 40  # characters
BELOW_TITLE = 40  # lines
FAR_OVER_SCENE = 4  # empty lines
LONGEST_SCENE = 6  # words: A street.

_COUNTED = seldom(r"_\d{1,3}\.\s[^\W\d_]")  # _3. Of the weir._
OVER_TITLE = 4  # empty lines above capitals in italics: they are no direction but a title
IN_CAPITALS = seldom(r"(?<![^\W_])[A-ZÀ-ÖØ-Þ]{4,}(?:['’][A-ZÀ-ÖØ-Þ])?(?![^\W_])")
