"""What stands over notes: a heading that names them, the chapter or work that they belong to, paragraphs that introduce them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.headings.head_labels import head_label, named_division
from tei_pipeline.rules.notes.labels import siglum, worded
from tei_pipeline.rules.notes.referred import stands_anywhere_before, stands_before
from tei_pipeline.rules.notes.runs import beside
from tei_pipeline.rules.shape import chunk_end, is_capitals

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

MORE_OF_A_NOTE = 4  # paragraphs of one note after its first, where nothing but gaps of one line parts them
LONGEST_NAME = 72  # characters of a line that names notes, or the chapter or work they belong to
FEWEST_REFERRED = 3  # notes: two numbered paragraphs may be points of an argument
LONGEST_INTRODUCTION = 600  # rows
LONGEST_TEXT = 3000  # rows of a chapter that notes close


def label_of(text: str, layout: Layout) -> tuple[str, str, int] | None:
    """Style, number and length of the label of a note, a siglum or words."""
    return siglum(text) or worded(text, layout.language)


def begins_group(rows: Rows, at: int, last: str, layout: Layout) -> bool:
    """Whether a line names the notes of another chapter, and notes follow."""
    if at + 1 >= len(rows) or len(rows[at].text) >= LONGEST_NAME:
        return False
    below = label_of(rows[at + 1].text, layout)
    if below is None:
        return False
    return names_notes(rows[at].text, layout) or (below[1] in ("1", beside(last, 1)) and names_group(rows, at, layout))


def names_group(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line may say of which chapter or work the notes below are: a label, or a title in capitals."""
    label = head_label(rows[at].text, layout.language)
    return (label is not None and bool(label.type)) or (rows[at].gap > 0 and is_capitals(rows[at].text))


def among_notes(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether the line above says of which chapter the notes below are, since nothing but notes stands between it and their heading. Where
    notes stand at page feet nothing may be left below that heading: then the chapter is one that the text has.
    """
    if not names_group(rows, at - 1, layout) or (layout.feet and not _is_named_above(rows, at - 1)):
        return False
    style = (label_of(rows[at].text, layout) or ("",))[0]
    apart = 0
    for i in range(at - 2, -1, -1):
        text = rows[i].text
        if len(text) < LONGEST_NAME and names_notes(text, layout):
            return rows[i].gap > 0 or rows[i].page or not i  # else the last entry of a contents page
        if not rows[i].gap:
            continue
        if (found := label_of(text, layout)) is not None and found[0] != style:
            return False
        if found or (label_of(rows[i + 1].text, layout) and names_group(rows, i, layout)):
            apart = 0
            continue
        apart += 1
        if rows[i].gap >= 2 or apart > MORE_OF_A_NOTE:
            return False
    return False


def _is_named_above(rows: Rows, at: int) -> bool:
    """Whether a line stands in the text above in the same words."""
    printed = fold(rows[at].text.rstrip(". "))
    return any(len(row.text) < LONGEST_NAME and fold(row.text.rstrip(". ")) == printed for row in rows[:at])


def below_introduction(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether paragraphs that introduce the notes stand between their heading and the first, and the text above has the references of
    as many as follow: "[1]", "[2]", "[3]".
    """
    if not rows[at].gap or not all(stands_before(rows, at, f"[{n}]") for n in range(1, FEWEST_REFERRED + 1)):
        return False
    heading = next((i for i in range(at - 1, max(0, at - LONGEST_INTRODUCTION), -1) if rows[i].gap > 2), 0)
    if not heading or chunk_end(rows, heading) > heading + 1 or not names_notes(rows[heading].text, layout):
        return False
    wanted = 2
    for i in range(at + 1, len(rows)):
        if rows[i].gap > 2 or wanted > FEWEST_REFERRED:
            break
        found = siglum(rows[i].text) if rows[i].gap else None
        wanted += found is not None and found[:2] == ("point", str(wanted))
    return wanted > FEWEST_REFERRED


def lists_references(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether numbered entries under a heading of literature are the notes of the text above, since that refers to them, the first and
    those after it, by their numbers in brackets: References, over "1. See p. 26.".
    """
    heading = rows[at - 1]
    named = named_division(heading.text, layout.language) if heading.gap > 1 and len(heading.text) < LONGEST_NAME else None
    if named is None or named.type != "bibliography":
        return False
    count = 1
    for i in range(at + 1, min(len(rows), at + LONGEST_INTRODUCTION)):
        found = siglum(rows[i].text) if rows[i].gap else None
        count += found is not None and found[:2] == ("point", str(count + 1))
    most = max(FEWEST_REFERRED, int(REFERRED * count))
    return count >= FEWEST_REFERRED and sum(stands_anywhere_before(rows, at, f"[{n}]") for n in range(1, count + 1)) >= most


REFERRED = 0.8  # of the entries, at least: no reader of a list of books is referred to most of them by number


def heads_run(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line that white space sets apart heads notes in words that the language has not, since notes in brackets run on below it
    from the first, each a paragraph, and the text above has the references of all of them.
    """
    above = at - 1
    if above < 1 or rows[above].gap < 2 or not rows[at].gap:
        return False
    labels = []
    for i in range(at, min(len(rows), at + LONGEST_INTRODUCTION)):
        if rows[i].gap and (found := label_of(rows[i].text, layout)) is not None:
            labels.append(rows[i].text[: found[2]].rstrip(".: "))
            if found[1] != str(len(labels)) or not stands_anywhere_before(rows, above, labels[-1]):
                return False
            if len(labels) == FEWEST_REFERRED:
                return True
    return False


def closes_text(rows: Rows, at: int) -> bool:
    """Whether numbers with points begin the notes of the text above, since more white space parts them from it than stands between them,
    and since that text, up to its own title, refers to each of them and to none beyond: "[1]", "[2]".
    """
    apart = rows[at].gap
    if apart < 2:
        return False
    count = 1
    for i in range(at + 1, min(len(rows), at + LONGEST_INTRODUCTION)):
        if rows[i].gap >= apart:
            break
        found = siglum(rows[i].text) if rows[i].gap else None
        count += found is not None and found[:2] == ("point", str(count + 1))
    referred: set[str] = set()
    for i in range(at - 1, max(-1, at - LONGEST_TEXT), -1):
        if "[" in rows[i].text:
            referred.update(_REFERENCE.findall(rows[i].text, 1 if rows[i].gap else 0))
        if rows[i].gap > apart:
            break
    return referred == {str(n) for n in range(1, count + 1)}


_REFERENCE = re.compile(r"\[([0-9]{1,3})\]")


def names_notes(text: str, layout: Layout) -> bool:
    """Whether a line is the heading of notes."""
    if len(text) >= LONGEST_NAME:
        return False
    if fold(text.strip("[]_*=.:; ")) in layout.language.note_sections:
        return True
    word = named_division(text, layout.language)
    return word is not None and word.type == "notes"
