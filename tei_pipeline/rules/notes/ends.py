"""Where a note ends that no heading stands over: with its paragraph, with what it quotes, before the next of its group."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.rules.headings.head_labels import head_label
from tei_pipeline.rules.notes.headings import LONGEST_NAME, label_of
from tei_pipeline.rules.notes.labels import BEGINS, siglum, worded
from tei_pipeline.rules.notes.runs import beside, note_runs
from tei_pipeline.rules.shape import announces, chunk_end, is_capitals, is_title_case

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

RULE = re.compile(r"[-_=~—–]{5,}$")


def loose_end(rows: Rows, at: int, layout: Layout) -> int:
    """A loose note ends where the next of its group begins, or with its paragraph; when it is set in from the margin, all that is set in
    with it belongs to it; when the notes of the book close its chapters, all up to the next heading.
    """
    runs = note_runs(rows, layout)
    if (following := runs.following.get(at)) is not None:
        return following
    end = chunk_end(rows, at)
    if below_rule(rows, at):
        if stop := _ruled_off(rows, at):
            return stop
        end = next((i for i in range(at + 1, end) if RULE.match(rows[i].text)), end)
    for i in range(at + 1, end):
        if rows[i - 1].ends_sentence and _begins_note(rows[i].text, layout):
            return i
    if runs.at_ends:
        return _chapter_end(rows, at, end, layout)
    inside = _inside(rows, at, end, layout)
    if inside > layout.margin + 2:
        while (
            end < len(rows)
            and rows[end].gap == 1
            and rows[end].indent >= inside
            and not _another(rows[at].text, rows[end].text, layout)
            and rows[end - 1].indent > layout.margin + 2
            and not _refers_on(rows, at, end)
            and not _parts_text(rows, at, end)
            and not (is_capitals(rows[end].text) and chunk_end(rows, end) == end + 1)
        ):
            end = chunk_end(rows, end)
    elif inside == layout.margin + 2 and layout.style == "blank":
        while _level_below(rows, at, end, layout):
            end = chunk_end(rows, end)
    return _quoted_on(rows, at, end, layout)


def _level_below(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether a paragraph below a note that is hardly set in, in a text that is not set in at all, has all its lines as the note has."""
    if end >= len(rows) or rows[end].gap != 1:
        return False
    ours = rows[at : chunk_end(rows, end)]
    return (
        len({row.indent for row in ours}) == 1
        and not _another(rows[at].text, rows[end].text, layout)
        and not is_capitals(rows[end].text)
        and not _refers_on(rows, at, end)
        and any(map(str.isalnum, rows[end].text))
    )


def _inside(rows: Rows, at: int, end: int, layout: Layout) -> int:
    """How far in a note stands: as its lines below the first do where only its label is nearer to the margin, and no text announces what
    follows.
    """
    hangs = at + 1 < end and rows[at].indent > layout.margin and all(row.indent > rows[at].indent for row in rows[at + 1 : end])
    if not hangs or announces(rows[at - 1].text):
        return rows[at].indent
    return min(row.indent for row in rows[at + 1 : end])


def _parts_text(rows: Rows, at: int, row: int) -> bool:
    """Whether a row of signs below a note parts the text around it, since what follows is not set in as the note is."""
    return not any(map(str.isalnum, rows[row].text)) and row + 1 < len(rows) and rows[row + 1].indent < rows[at].indent


def below_rule(rows: Rows, at: int) -> bool:
    """Whether a row of dashes that stands apart, or that ends the note above, is right above a line: it parts the note from the text."""
    if not at or rows[at].gap or RULE.match(rows[at - 1].text) is None:
        return False
    return bool(rows[at - 1].gap) or (at > 1 and rows[at - 2].ends_sentence)


def _ruled_off(rows: Rows, at: int) -> int:
    """The row of dashes below a note of one or more paragraphs, where another parts it from the next note; 0 if there is none."""
    for i in range(at + 1, min(len(rows), at + LONGEST_RULED)):
        if rows[i].gap > MOST_GAP:
            break
        if RULE.match(rows[i].text):
            after = beside(found[1], 1) if (found := siglum(rows[at].text)) is not None else None
            below = siglum(rows[i + 1].text) if i + 1 < len(rows) and not rows[i + 1].gap else None
            last = not rows[i].gap and (i + 1 >= len(rows) or rows[i + 1].gap > MOST_GAP)
            return i if last or (below is not None and below[1] == after) else 0
    return 0


LONGEST_RULED = 60  # rows of such a note


def _chapter_end(rows: Rows, at: int, end: int, layout: Layout) -> int:
    """Past all paragraphs below the last note of a chapter: up to a wider gap, a title, a row of signs or another note."""
    while (
        end < len(rows)
        and rows[end].gap <= MOST_GAP
        and any(map(str.isalnum, rows[end].text))
        and not _another(rows[at].text, rows[end].text, layout)
        and not is_capitals(rows[end].text)
        and not begins_division(rows, end, MOST_GAP, layout)
    ):
        end = chunk_end(rows, end)
    return end


def begins_division(rows: Rows, at: int, between: int, layout: Layout) -> bool:
    """Whether the notes end at the label of a division that stands alone or with its title, or at a title with more white space above
    than the notes have ``between`` them.
    """
    text = rows[at].text.strip("_*= ")
    if not text or len(text) >= LONGEST_NAME:
        return False
    small = layout.language.lowercase_in_titles
    label = head_label(text, layout.language)
    if label is not None and label.type:
        title = text[label.length :].lstrip(".:—–- ")
        return not title or is_capitals(title) or is_title_case(title, small)
    if at + 1 < len(rows) and rows[at].gap > 1 and rows[at + 1].gap and len(text.rstrip(".")) == 1 and text[0].isupper():
        return True  # the next letter of a dictionary
    if rows[at].gap <= max(1, between) or at + 1 >= len(rows):
        return False
    if label is not None and label.length >= len(text.rstrip(".")):  # a number alone, or right over its title
        return chunk_end(rows, at) <= at + 2 and (rows[at + 1].gap > 0 or is_title_case(rows[at + 1].text, small))
    return rows[at + 1].gap > 0 and text[-1].isalnum() and is_title_case(text, small)


def _another(note: str, text: str, layout: Layout) -> bool:
    """Whether a paragraph below a note begins another: an item of a list in it has a bare number or one with a point."""
    found = label_of(text, layout)
    return found is not None and (found[0] not in ("point", "bare") or found[0] == (siglum(note) or ("",))[0])


def _begins_note(text: str, layout: Layout) -> bool:
    return (text[0] in BEGINS and siglum(text) is not None) or worded(text, layout.language) is not None


def _refers_on(rows: Rows, at: int, start: int) -> bool:
    """Whether the lines from ``start`` refer to the note after this one: then they are of the text, a quotation, and not of the note."""
    label = siglum(rows[at].text)
    after = beside(label[1], 1) if label is not None else None
    if label is None or after is None:
        return False
    printed = rows[at].text[: label[2]].replace(label[1], after)
    return any(printed in row.text for row in rows[start : chunk_end(rows, start)])


def _quoted_on(rows: Rows, at: int, end: int, layout: Layout) -> int:
    """A loose note at the margin goes on with what it announces, set in from the margin or in quotation marks, and with a quotation that it
    opens and that its next paragraph opens again.
    """
    if end >= len(rows) or rows[end].gap > MOST_GAP:
        return end
    if announces(rows[end - 1].text):
        if rows[end].gap and rows[end].text[0] == '"' and not layout.dialogue:
            end = chunk_end(rows, end)
        while end < len(rows) and 1 <= rows[end].gap <= MOST_GAP and rows[end].indent >= layout.margin + 2 and not siglum(rows[end].text):
            end = chunk_end(rows, end)
    elif layout.dialogue or not any('"' in row.text for row in rows[at:end]):
        return end
    words = " ".join(row.text for row in rows[at:end])
    while end < len(rows) and 1 <= rows[end].gap <= MOST_GAP and rows[end].text[0] == '"' and words.count('"') % 2:
        stop = chunk_end(rows, end)
        words = " ".join(row.text for row in rows[end:stop])
        end = stop
    return end


MOST_GAP = 1  # empty lines between the paragraphs of one note
