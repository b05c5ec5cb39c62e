"""Directions in brackets that have lines of their own amid what is said: where they end."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, repeat
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.measuring.verse.lineation import could_hold
from tei_pipeline.rows import Row
from tei_pipeline.rules.drama.speakers import is_speaker_line
from tei_pipeline.rules.shape import ended_early, word_count
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

LONGEST_MOVE = 70  # characters: entrances and exits of one line
LONGEST_LEADING = 100  # characters of one that a colon ends, and that fills its line
LONGEST_DIRECTION = 6  # lines
SET_IN = 2  # columns farther in than what is said


def direction_end(rows: Sequence[Row], at: int, layout: Layout) -> int:
    """Past a direction of several lines that a bracket below the end of a sentence opens, and that closes with the speech, or is left open;
    where no white space stands below, the name of who speaks next does.
    """
    if rows[at].text[0] not in "([":
        return at
    if (end := _amid_verses_end(rows, at, layout)) > at:
        return end
    if rows[at].text[0] != "[" or not rows[at - 1].ends_sentence or "]" in rows[at].text[:-1]:
        return at
    if _is_alone(rows, at):
        return at
    end = at + 1
    while end < len(rows) and not rows[end].gap and end - at < LONGEST_DIRECTION and not is_speaker_line(rows[end].text, layout):
        end += 1
    if end == at + 1 or (end < len(rows) and not rows[end].gap and not is_speaker_line(rows[end].text, layout)):
        return at
    closed = next((i for i in range(at, end) if "]" in rows[i].text), end - 1)
    return end if closed == end - 1 and rows[closed].text[-1] in "]_." else at


def _amid_verses_end(rows: Sequence[Row], at: int, layout: Layout) -> int:
    """Past a direction of several lines that fills whole lines, bracket and all, where verses go on below it: set in farther than these, or
    wrapped as prose is between lines that were ended on purpose.
    """
    opening = rows[at].text[0]
    closing = "]" if opening == "[" else ")"
    last = next((i for i in range(at, min(len(rows), at + LONGEST_DIRECTION)) if closing in rows[i].text), at)
    lines = rows[at : last + 1]
    if last == at or last + 1 == len(rows) or any(row.gap for row in lines[1:]) or not lines[-1].text.rstrip("._:").endswith(closing):
        return at
    if sum(row.text.count(opening) for row in lines) > 1 or is_said_in_brackets(rows[at].text, layout):
        return at
    above, below = rows[at - 1], rows[last + 1]
    if opening == "[" and min(row.indent for row in lines) >= max(above.indent, below.indent) + SET_IN:
        return last + 1
    wrapped = all(row.starts_lower for row in lines[1:]) and not any(map(could_hold, lines, lines[1:], repeat(layout.measure)))
    return last + 1 if wrapped and ended_early(above, rows[at], layout) and _goes_on_anew(rows, last, layout) else at


def _goes_on_anew(rows: Sequence[Row], last: int, layout: Layout) -> bool:
    """Whether what is said goes on below a direction with a line of its own: behind the colon that leads to it, or with a capital where the
    line above had room for it.
    """
    if rows[last].text[-1] == ":" or rows[last + 1].gap:
        return True
    return not rows[last + 1].starts_lower and ended_early(rows[last], rows[last + 1], layout)


def _is_alone(rows: Sequence[Row], at: int) -> bool:
    """Whether a direction that is left open ends with its line and point, and what is said goes on below it, as far in and with a capital:
    [They fight.
    """
    row = rows[at]
    if at + 1 >= len(rows) or row.text[-1] != "." or row.text.count("_") % 2 or rows[at + 1].gap:
        return False
    below = rows[at + 1]
    return below.indent == row.indent == rows[at - 1].indent and not below.starts_lower and below.width > row.width


def is_bracketed(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line is nothing but a direction in brackets, between lines that were ended on purpose; a colon behind it leads on."""
    text = rows[at].text.strip("_")
    leads_on = text.endswith(":")
    if text[:1] not in ("[", "(") or len(text) > (LONGEST_LEADING if leads_on else LONGEST_MOVE):
        return False
    closing = "]" if text[0] == "[" else ")"
    whole = text.rstrip("._:").endswith(closing) and text.count(text[0]) == text.count(closing) == 1
    if not whole and not (text[0] == "[" and closing not in text and text.endswith(".")):
        return False
    if text[0] == "[" and _is_farther_in(rows, at):
        return True
    if layout.speaker_style == "run-in" and rows[at].indent == rows[at - 1].indent and _is_last_of_paragraph(rows, at, layout):
        return False
    if is_said_in_brackets(text, layout) or (text.endswith((",)", ";)")) and not rows[at - 1].ends_sentence):
        return False  # what a verse says beside the matter
    if text[0] == "(" and "." not in text and text.rstrip("_) ")[-1:].isalpha():
        above = rows[at - 1].text[-1]
        if above.isalpha() or (
            above == "," and word_count(text) >= FEWEST_OF_VERSE and words(layout.language).stage.match(text[1:]) is None
        ):
            return False  # a verse in brackets, in the middle of a sentence
    ended = rows[at - 1].ends_sentence or ended_early(rows[at - 1], rows[at], layout)
    return ended and (leads_on or at + 1 == len(rows) or (not rows[at + 1].starts_lower and ended_early(rows[at], rows[at + 1], layout)))


def _is_last_of_paragraph(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line is the last before white space and none above it in its paragraph had room for the next word: the end of a speech in
    prose, which a line end brought to the front.
    """
    if at + 1 < len(rows) and not rows[at + 1].gap:
        return False
    start = at
    while start > 0 and not rows[start].gap:
        start -= 1
    return not any(ended_early(a, b, layout) for a, b in pairwise(rows[start : at + 1]))


def _is_farther_in(rows: Rows, at: int) -> bool:
    """Whether a line that begins with a capital stands farther in than those above and below it, as a direction does amid verses that go
    on: no verse is in brackets as a whole.
    """
    if at + 1 >= len(rows) or rows[at + 1].gap or not rows[at].text.lstrip("[_")[:1].isupper():
        return False
    return rows[at].indent >= max(rows[at - 1].indent, rows[at + 1].indent) + SET_IN


FEWEST_OF_VERSE = 5  # words in brackets below a comma that are a verse; directions there are shorter, or begin with a word of the stage


def is_said_in_brackets(text: str, layout: Layout) -> bool:
    """Whether words in round brackets are what somebody says beside the matter: prints of Shakespeare's age, which set speeches in from
    the margin and have no marks for directions, have them for this.
    """
    if not (layout.speakers_indented and layout.plain_directions and text[0] == "("):
        return False
    return words(layout.language).stage.match(text[1:]) is None
