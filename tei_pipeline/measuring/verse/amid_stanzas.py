"""Notes printed between the lines of a stanza: the verses above and below them are one stanza, and they stand apart from it."""

from __future__ import annotations

from collections.abc import Sequence

from tei_pipeline.language import Language
from tei_pipeline.measuring.verse.lineation import Region, begins_large
from tei_pipeline.rows import Row
from tei_pipeline.rules.notes.labels import worded_label

LONGEST = 12  # printed lines of such a note


def amid_stanzas(rows: Sequence[Row], language: Language) -> list[Region]:
    """The brackets that say that they are notes, right between lines that all begin with a capital: in running text lines go on small."""
    found = []
    for start, row in enumerate(rows):
        if row.gap or not start or row.text[0] != "[" or worded_label(row.text, language) is None:
            continue
        end = _end(rows, start)
        if end and all(begins_large(verse.text) for verse in (*rows[max(0, start - 2) : start], *rows[end : end + 2])):
            found.append((start, end))
    return found


def without(rows: Sequence[Row], notes: Sequence[Region]) -> Sequence[Row]:
    """The rows without those of the notes, so that the lines of a stanza stand together."""
    if not notes:
        return rows
    lost = {i for start, end in notes for i in range(start, end)}
    return [row for i, row in enumerate(rows) if i not in lost]


def around_notes(rows: list[Row], notes: Sequence[Region]) -> list[Row]:
    """The rows, with a gap above and below each of the notes."""
    for i in {i for note in notes for i in note if i < len(rows) and not rows[i].gap}:
        rows[i] = rows[i]._replace(gap=1)
    return rows


def _end(rows: Sequence[Row], start: int) -> int:
    """Past the line that closes the bracket, if it does before the next gap; else 0."""
    depth = 0
    for i in range(start, min(start + LONGEST, len(rows))):
        if i > start and rows[i].gap:
            return 0
        depth += rows[i].text.count("[") - rows[i].text.count("]")
        if depth <= 0:
            return i + 1 if rows[i].text[-1] == "]" else 0
    return 0
