"""Notes under a heading of their own, or below the white space that ends their text: each siglum that runs on begins one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tei_pipeline.blocks import Match, Rows
from tei_pipeline.rules.drama.speakers import is_speaker_line
from tei_pipeline.rules.headings.head_labels import head_label
from tei_pipeline.rules.headings.labels import lettered_note
from tei_pipeline.rules.notes.ends import begins_division
from tei_pipeline.rules.notes.headings import (
    LONGEST_NAME,
    among_notes,
    begins_group,
    below_introduction,
    closes_text,
    heads_run,
    label_of,
    lists_references,
    names_group,
    names_notes,
)
from tei_pipeline.rules.notes.labels import BOLD, PARAGRAPH, siglum, worded
from tei_pipeline.rules.notes.matches import several
from tei_pipeline.rules.notes.runs import counts_lines, counts_paragraphs, rises, runs_on
from tei_pipeline.rules.shape import chunk_end, is_capitals
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

_YEARS = seldom(r"_?1[4-9]\d\d(?:\s?[-–—]\s?(?:1[4-9])?\d\d)?[._]{0,2}$")  # 1868-1871: those of the next letters


def note_section(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Under a heading that names notes, each siglum that runs on begins a note, and what follows belongs to it."""
    if not at:
        return None
    heading = at - 2 if at > 1 and not any(map(str.isalnum, rows[at - 1].text)) else at - 1  # a rule may stand between
    above = rows[heading].text
    named = len(above) < LONGEST_NAME or "(return)" in rows[at].text or rows[at].text[:2] == "1."
    first = label_of(rows[at].text, layout) if named else None
    if first is None or (first[0] == "worded" and lettered_note(rows, at, layout)) or PARAGRAPH.match(rows[at].text):
        return None
    if first[0] == "star" and BOLD.match(rows[at].text):
        return None
    counted = (first[1] in ("1", "M1") or names_group(rows, at - 1, layout)) and not _is_title(rows, at, first[2])
    ends_paragraph = heading > 0 and rows[heading].ends_sentence and not rows[heading].gap
    under_name = names_notes(above, layout) and not ends_paragraph
    headed = first[0] == "returned" or under_name or (counted and among_notes(rows, at, layout))
    run = first[:2] == ("point", "1") and (
        below_introduction(rows, at, layout) or closes_text(rows, at) or lists_references(rows, at, layout)
    )
    if not headed and not run and not (first[0] in _BRACKETS and first[1] == "1" and heads_run(rows, at, layout)):
        return None
    if first[0] == "point" and (counts_paragraphs(rows, at, first[1]) or counts_lines(rows, at)):
        return None
    style = first[0]
    starts = [(at, first[1], first[2])]
    end = at + 1
    count = len(rows)
    while end < count:
        row = rows[end]
        found = worded(row.text, layout.language) if style == "worded" else siglum(row.text)
        if (
            found
            and found[0] == style
            and _ends_alike(rows[at].text, first, row.text, found)
            and (runs_on(_before(starts, found[1]), found[1]) or (style in _BRACKETS and rises(starts[-1][1], found[1])))
            and (row.gap or rows[end - 1].ends_sentence or rows[end - 1].width < 0.8 * layout.measure)
            and not (row.gap and _is_label(row.text, layout))
        ):
            starts.append((end, found[1], found[2]))
        elif (
            row.gap >= 3
            or (row.gap and begins_group(rows, end, starts[-1][1], layout))
            or _parts_chapters(rows, end, layout)
            or (
                row.gap
                and (
                    not found or found[0] != style or not _ends_alike(rows[at].text, first, row.text, found) or _is_label(row.text, layout)
                )
                and begins_division(rows, end, max((rows[i].gap for i, _, _ in starts[1:]), default=1), layout)
            )
            or (row.gap == 2 and not found and (is_capitals(row.text) or style == "point" or _YEARS.match(row.text)))
            or (row.page and row.gap and not found and _opens_page(rows, end, rows[at].indent))
            or (row.gap and row.indent >= rows[at].indent + FAR_IN and is_capitals(row.text) and words(layout.language).closes(row.text))
            or (row.gap and is_speaker_line(row.text, layout))
            or (row.gap and layout.even and not found and is_capitals(row.text) and not rows[end - 1].text.endswith((",", ":")))
        ):
            break
        end += 1
    return several(rows, starts, end, "end", f"under {above!r}")


def _before(starts: list[tuple[int, str, int]], n: str) -> str:
    """The note that is counted before another: where the notes of the margin stand among those of the text, each are counted apart."""
    return next((last for _, last, _ in reversed(starts) if (last[0] == "M") == (n[0] == "M")), starts[-1][1])


def _is_title(rows: Rows, at: int, label: int) -> bool:
    """Whether capitals alone on a line, with white space below, stand behind a number: the title of a piece."""
    return is_capitals(rows[at].text[label:]) and at + 1 < len(rows) and rows[at + 1].gap > 0


def _parts_chapters(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a row of signs ends the notes, since a chapter, a title in capitals, or a box of the transcriber begins below it."""
    if not rows[at].gap or at + 1 >= len(rows) or any(map(str.isalnum, rows[at].text)):
        return False
    below = rows[at + 1]
    if "+--" in (rows[at].text[:3], below.text[:3]):
        return True
    return head_label(below.text, layout.language) is not None or (
        below.gap > 0 and is_capitals(below.text) and chunk_end(rows, at + 1) == at + 2
    )


def _opens_page(rows: Rows, at: int, indent: int) -> bool:
    """Whether a title in capitals stands alone at the head of a page, far to the right of where the notes begin."""
    row = rows[at]
    alone = at + 1 < len(rows) and rows[at + 1].gap > 0
    return alone and is_capitals(row.text) and row.indent >= indent + FAR_IN


FAR_IN = 8  # columns


def _ends_alike(one: str, first: tuple[str, str, int], other: str, found: tuple[str, str, int]) -> bool:
    """Whether two sigla close with the same sign: where notes are numbered "1.", a "1)" begins an item of a list in one."""
    return first[0] != "point" or one[: first[2]].rstrip("↑^ ")[-1] == other[: found[2]].rstrip("↑^ ")[-1]


def _is_label(text: str, layout: Layout) -> bool:
    """Whether a line is the number and name of a division, and nothing else: "3. KAPITEL."."""
    label = head_label(text.strip("_*= "), layout.language)
    return label is not None and bool(label.type) and label.length >= len(text.strip("_*= ").rstrip("."))


_BRACKETS = frozenset(("square", "brace"))
