"""The contents page: entries, with page numbers or without, under its heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.lists.entry_pages import entry_page
from tei_pipeline.rules.lists.figure_lists import LONGEST_NAME, PAGED, gives_pages, lists_things, names_list
from tei_pipeline.rules.lists.list_end import heads_columns, list_end
from tei_pipeline.rules.lists.list_entries import list_entries
from tei_pipeline.rules.shape import chunk_end, is_capitals, is_summary
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


def contents(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Under a heading that names the contents, or lists illustrations, maps or tables, stand its entries, as long as they look alike."""
    if not at:
        return None
    heading = _lettered(rows[at - 1].text, layout)
    kind = names_list(heading, layout)
    glued = bool(kind) and at > 1 and not rows[at - 1].gap
    if not kind:
        ruled = at > 1 and not any(c.isalnum() for c in heading)  # a row of stars below the heading
        heading = _heading_before(rows, at - ruled, layout)
        kind = names_list(heading, layout)
    if not kind and len(heading) <= LONGEST_NAME and _lists_titles(rows, at, heading, layout):
        kind = "contents"
    if not kind or (layout.drama and glued) or heads_argument(rows, at - 1, layout):
        return None
    end = list_end(rows, at, layout, figures=kind in ("figures", PAGED))
    while end > at and not any(c.isalnum() for c in rows[end - 1].text):
        end -= 1  # a row of ornaments below the list
    if end - at < 2 or (kind == PAGED and not gives_pages(rows, at, end, layout.language)):
        return None
    if kind == "figures" and not lists_things(rows, at, end, layout):
        return None
    kind = "figures" if kind == PAGED else kind
    return Match(
        kind,
        end,
        f"{end - at} lines under {heading!r}",
        0.95,
        container=Container(kind, rows[at].line),
        parts=list_entries(rows, at, end, layout),
    )


def _lists_titles(rows: Rows, at: int, heading: str, layout: Layout) -> bool:
    """Whether a name that is also that of other lists stands over lines that are titles of the book again: TABLE."""
    named = layout.language.divisions.get(fold(heading).strip(_POINTS))
    if named is None or named.type != "contents":
        return False
    said = {fold(row.text).strip(_POINTS) for row in rows[at : list_end(rows, at, layout, figures=False)]}
    below = (fold(row.text).strip(_POINTS) for row in rows[at + len(said) :] if row.gap)
    return len(said.intersection(below)) >= FEWEST_TITLES


FEWEST_TITLES = 3
_POINTS = " .:_*"


def _lettered(text: str, layout: Layout) -> str:
    """The words of a line, those of a heading that is drawn if it marks a picture alone: [Illustration: CONTENTS]."""
    if text[0] != "[" or text[-1] != "]" or words(layout.language).figure.match(text) is None:
        return text
    return text[1:-1].partition(":")[2].strip(" .:_*")


def heads_argument(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether phrases parted by dashes stand below a name of the contents that comes again over other chapters: it sums up each."""
    chunk = rows[at + 1 : chunk_end(rows, at + 1)]
    if any(entry_page(layout.language).search(row.text) for row in chunk) or not is_summary(" ".join(row.text for row in chunk)):
        return False
    return sum(row.text == rows[at].text for row in layout.rows) > 1


def lists_figures(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether a heading begins with the name of a list of illustrations, and such a list with its pages stands below it."""
    if names_list(" ".join(row.text for row in rows[at:end]), layout) != PAGED:
        return False
    found = contents(rows, end, layout)
    return found is not None and found.kind == "figures"


def _heading_before(rows: Rows, at: int, layout: Layout) -> str:
    """The words of the one or two short chunks just before."""
    if not at:
        return ""
    text = rows[at - 1].text
    if at > 1 and heads_columns(text, layout):
        text = _lettered(_set_together(rows, at - 2), layout)
    elif not rows[at - 1].gap and is_capitals(text):
        text = _set_together(rows, at - 1)
    elif at > 1 and rows[at - 1].gap <= 2 and len(text) < 60 and is_capitals(text):
        above = rows[at - 2].text
        return f"{above} {text}" if is_capitals(above) and len(above) <= 40 and fold(above).strip(" .:_*[]") else text
    return text


def _set_together(rows: Rows, at: int) -> str:
    """The words of a row and of those in capitals that stand right above it: INDICE over DEI CAPITOLI."""
    first = at
    while first and at - first < MOST_LINES_OF_NAME - 1 and not rows[first].gap and is_capitals(rows[first - 1].text):
        first -= 1
    return " ".join(row.text for row in rows[first : at + 1])


MOST_LINES_OF_NAME = 3
