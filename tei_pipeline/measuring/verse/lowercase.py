"""Books of verse whose lines begin small, as in Danish, Italian or modern poems: what no wrapped paragraph does tells them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tei_pipeline.measuring.verse.lineation import begins_large, breaks_word, could_hold, reads_as_verse
from tei_pipeline.rows import Row

NARROW = 60  # columns: wider lines are prose, or verse that shows itself otherwise
FEWEST = 3  # lines of a stanza; two are a short paragraph as well
STANZAS = 12  # of them: so many paragraphs never all end in a line that is half as long as their widest
FILLED = 0.5  # of the widest line is the last of a stanza, or of its other lines had room for the next word
NEARLY_ALL = 0.9  # of all that stands together in narrow lines is built so; of wrapped paragraphs about half
SMALL = 0.3  # of the lines, at least, begin so: each sentence in verse begins with a capital too
PROSE = 0.5  # of the lines of a book of verse, at most, are running text: a preface, a life of the poet, notes

Piece = Sequence[Row]


def begins_small(pieces: Sequence[tuple[Piece, str]]) -> list[int]:
    """Which pieces that look like prose by their small letters are verse: all narrow ones of a book where nearly every stanza is filled to
    its end, or ends its lines where the next word had room.
    """
    narrow = [i for i, (piece, kind) in enumerate(pieces) if kind != "verse" and _is_narrow(piece)]
    long = [pieces[i][0] for i in narrow if len(pieces[i][0]) >= FEWEST]
    if len(long) < STANZAS:
        return []
    widest = max(row.width for piece in long for row in piece)
    if sum(_is_built(piece, widest) for piece in long) < max(STANZAS, NEARLY_ALL * len(long)):
        return []
    others = set(narrow)
    prose = sum(len(piece) for i, (piece, kind) in enumerate(pieces) if kind == "prose" and i not in others)
    return narrow if prose <= PROSE * sum(len(piece) for piece, _ in pieces) else []


def _is_narrow(piece: Piece) -> bool:
    """Whether several lines are narrower than running text, few begin with a capital, none breaks a word, and they read on."""
    if len(piece) == 1 or any(row.width > NARROW for row in piece) or any(breaks_word(a, b) for a, b in pairwise(piece)):
        return False
    if sum(not begins_large(row.text) for row in piece) <= SMALL * len(piece):
        return False
    return reads_as_verse([row.text for row in piece])


def _is_built(piece: Piece, widest: int) -> bool:
    """Whether the last line is about as long as the others, or these were ended on purpose."""
    if len(piece[-1].text) >= FILLED * max(len(row.text) for row in piece):
        return True
    return sum(could_hold(a, b, widest) for a, b in pairwise(piece)) >= FILLED * (len(piece) - 1)
