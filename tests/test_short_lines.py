"""Where paragraphs are set in, a line that stands so may be something else."""

from __future__ import annotations

from tei_pipeline.measuring.short_lines import apart_from_paragraphs, parted_by_short_lines
from tei_pipeline.rows import Row

MEASURE = 72


def _gaps(second: str) -> list[int]:
    rows = [Row(0, "IV", 0, 2, False), Row(2, "The miller never asked the way,", 0, 1, False), Row(3, second, 2, 0, False)]
    rows.append(Row(4, "The heron never asked the bell,", 0, 0, False))
    return [row.gap for row in apart_from_paragraphs(rows, 0, 2, MEASURE)]


def test_a_full_line_set_in_below_a_short_one_begins_a_paragraph() -> None:
    assert _gaps("The sexton had it from the carter, who had it from the ferry, and") == [2, 1, 1, 0]


def test_a_verse_set_in_with_its_number_at_the_edge_begins_none() -> None:
    assert _gaps("The carter never asked the lock the way,".ljust(68) + "50") == [2, 1, 0, 0]


PROSE = [
    "The miller had kept the weir for thirty years and had never asked the",
    "bailiff for the key, which hung upon a nail behind the door of the inn",
    "where everybody saw it but the bailiff.",
    "He asked the carter for it, since the carter had a horse, and a horse",
    "goes where it likes and is never asked what it has in the cart, though",
    "it may be a key.",
]
STANZA = ["The heron stood upon the stone", "And asked the weir the way.", "I go.", "The weir went on alone,", "And had no more to say."]


def _lines_of_a_book() -> list[Row]:
    lines = [*(4 * PROSE), *(line for n in ("I.", "II.", "III.") for line in (n, *STANZA)), *PROSE]
    return [Row(i, line, 0, 0, False) for i, line in enumerate(lines)]


def test_short_lines_end_paragraphs_and_no_stanzas() -> None:
    rows = _lines_of_a_book()
    first, end = 24, 42  # the verses
    parted = parted_by_short_lines(rows, 0, 70, 1, ((first, end),))
    assert [row.text for row in parted[:first] if row.gap] == [
        "He asked the carter for it, since the carter had a horse, and a horse",
        PROSE[0],
    ] * 3 + ["He asked the carter for it, since the carter had a horse, and a horse"]
    assert [row.text for row in parted[first:end] if row.gap] == ["I.", "II.", "III."]
