"""Text as converters take it out of PDF files: no empty lines between paragraphs, nothing set in, notes right below the text of a page."""

from __future__ import annotations

import re
import textwrap
from itertools import cycle

from tei_pipeline.measuring.edges import edges
from tei_pipeline.measuring.joined_lines import last_width, single_width
from tei_pipeline.outline import outline
from tei_pipeline.recognise import recognise
from tei_pipeline.rows import Row, raw_rows
from tei_pipeline.source import read_source

MEASURE = 62
_SAID = (
    "The ferryman kept his accounts in a drawer that would not shut, and the board of the river asked to see them each spring",
    "Nobody at the lower landing had a boat of his own, since the toll on one was higher than the fare of a year",
    "The rope was paid for by the parish until a bailiff found that it had been bought with the money of two others",
    "In the dry summers a child could wade across, and the ferryman then sold cherries on the bank to those who waded",
    "The bell was cast in a town that has since lost its foundry, and its note is still the one that clocks are set by",
    "When the bridge was opened the ferry ran for nine more years, empty, as the lease had that long to go",
)


def _paragraph(n: int, mark: str = "") -> str:
    """A paragraph of three sentences that ends well before the measure, with the mark of a note behind its first."""
    said = [_SAID[(n + k) % len(_SAID)] for k in range(3)]
    text = f"{said[0]}.{mark} {said[1]}. {said[2]}."
    while len(textwrap.wrap(text, MEASURE)[-1]) > MEASURE // 2:
        text += " So it was."
    return text


def _page(n: int, mark: str, note: str) -> str:
    """Two paragraphs with nothing between them, the note right below them, and the number of the page."""
    text = "\n".join("\n".join(textwrap.wrap(_paragraph(2 * n + k, mark if k else ""), MEASURE)) for k in range(2))
    return f"{text}\n{note}\n\n{n + 1}\n\n\f" if note else f"{text}\n\n{n + 1}\n\n\f"


def _outline(text: str) -> str:
    return outline(recognise(read_source(text.encode(), "case")).document, 400)


def test_notes_right_below_the_text_of_their_pages_are_notes() -> None:
    pages = [_page(n, str(n + 1), f"{n + 1}. The drawer of the year {1840 + n} is lost.") for n in range(8)]
    printed = _outline("".join(pages))
    assert printed.count("note bottom") == printed.count("refs=1") == 8
    assert len(re.findall(r"^ *p ", printed, re.M)) == 16 + 8  # two on each page, and one in each note


def test_a_number_that_no_word_has_begins_no_note() -> None:
    pages = [_page(n, "", f"{n + 1}. The drawer of the year {1840 + n} is lost.") for n in range(8)]
    assert "note bottom" not in _outline("".join(pages))


def test_a_note_for_which_its_page_had_no_room_stands_below_the_next() -> None:
    notes = {n: f"{n + 1}. The drawer of the year {1840 + n} is lost." for n in range(8)}
    below = {**notes, 4: "", 5: f"{notes[4]}\n{notes[5]}"}
    printed = _outline("".join(_page(n, str(n + 1), below[n]) for n in range(8)))
    assert printed.count("refs=1") == 8


def test_a_reference_behind_the_comma_of_a_year_is_one() -> None:
    pages = [_page(n, str(n + 11), f"{n + 11}. The drawer of that year is lost.") for n in range(6)]
    pages[3] = pages[3].replace(".14 ", ". On the third of May, 1756,14 the board sat. ", 1)
    assert _outline("".join(pages)).count("refs=1") == 6


def _joined(paragraphs: int) -> list[str]:
    """Wrapped lines of which each third goes on with the whole next one, as where a hyphen was taken out between them."""
    lines: list[str] = []
    for n in range(paragraphs):
        wrapped = textwrap.wrap(_paragraph(n), MEASURE)
        at = 0
        while at < len(wrapped):
            joins = at % 3 == 1 and at + 1 < len(wrapped)
            lines.append(" ".join(wrapped[at : at + 2]) if joins else wrapped[at])
            at += 1 + joins
    return lines


def test_joined_lines_do_not_widen_the_measure() -> None:
    rows = raw_rows(read_source("\n".join(_joined(30)).encode(), "case").lines)
    assert max(row.width for row in rows) > 1.5 * MEASURE
    assert MEASURE - 6 <= single_width(rows) <= MEASURE
    assert edges(rows).measure <= MEASURE


def test_lines_of_two_widths_that_stand_in_paragraphs_are_not_joined() -> None:
    wide = [line for n in range(12) for line in textwrap.wrap(_paragraph(n), 2 * MEASURE if n % 3 == 0 else MEASURE)]
    assert single_width(raw_rows(read_source("\n".join(wide).encode(), "case").lines)) == 0


def test_the_last_line_of_a_joined_row_is_what_goes_past_its_full_lines() -> None:
    assert last_width(Row(0, "x" * 40, 0, 0), 60) == 40
    assert last_width(Row(0, "x" * 100, 0, 0), 60) == 40
    assert last_width(Row(0, "x" * 122, 0, 0), 60) == 62  # two lines that are fuller than most, and not a third of two characters
    assert last_width(Row(0, "x" * 122, 0, 0), 0) == 122


def test_paragraphs_of_joined_lines_end_where_they_did() -> None:
    printed = _outline("\n".join(["THE FERRY", "", *_joined(30)]))
    assert len(re.findall(r"^ *p ", printed, re.M)) == 30


_PLAY = (
    ("ANNA", "Is the boat on this side, or must we call for it as we did last winter, when the keeper lay ill and heard nobody?"),
    ("THE SMITH", "It was here at noon."),
    ("ANNA", "You saw it?"),
    ("THE SMITH", "Yes!"),
    ("ANNA", "And the chain?"),
    ("LUND", "[from the shed]\nThat was the chain of the mill, and you both know it, and might be quiet and look at the water."),
    ("THE SMITH", "I have looked at it for forty years."),
    ("ANNA", "Then row."),
)


def _acted(speeches: int, on_page: int = 1000) -> str:
    """Speeches, each below a name on a line of its own, with nothing between them; a page ends after so many lines, also below a name."""
    parts = [part for (name, said), _ in zip(cycle(_PLAY), range(speeches), strict=False) for part in (name, *said.split("\n"))]
    lines = [line for part in parts for line in textwrap.wrap(part, MEASURE)]
    pages = [lines[at : at + on_page] for at in range(0, len(lines), on_page)]
    shown = "\n\n".join("\n".join(page) + (f"\n\n– {n} –" if len(pages) > 1 else "") for n, page in enumerate(pages, start=1))
    return f"THE LOWER LANDING\n\nPERSONS\n\nANNA\nTHE SMITH\nLUND\n\nACT I\n[The bank of a river.]\n{shown}\n"


def test_names_in_capitals_right_above_what_is_said_begin_speeches() -> None:
    assert len(re.findall(r"^ *sp ", _outline(_acted(40)), re.M)) == 40


def test_names_that_end_up_at_the_tops_of_pages_are_no_running_heads() -> None:
    printed = _outline(_acted(60, on_page=13))
    assert len(re.findall(r"^ *sp ", printed, re.M)) == 60
    assert "header" not in printed
