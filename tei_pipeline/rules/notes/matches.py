"""Notes as matches: those that stand together, one alone, those at the foot of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Match, Rows
from tei_pipeline.rules.notes.labels import siglum, worded_label
from tei_pipeline.rules.notes.runs import runs_on

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


def several(rows: Rows, starts: list[tuple[int, str, int]], end: int, place: str, why: str) -> Match:
    """Notes that stand together, each from its start to that of the next."""
    parts = tuple(
        (first, stop, Container("note", rows[first].line, n, label, place))
        for (first, n, label), stop in zip(starts, [s[0] for s in starts[1:]] + [end], strict=True)
    )
    return Match("notes", end, f"{len(parts)} notes {why}", 0.97 if len(parts) > 1 else 0.85, parts=parts)


def single(rows: Rows, at: int, end: int, n: str, label: int, place: str, why: str) -> Match:
    """A note that is all there is between two rows."""
    container = Container("note", rows[at].line, n, label, place)
    return Match("notes", end, f"a note {n} {why}", 0.97, parts=((at, end, container),))


def foot_notes(rows: Rows, at: int, layout: Layout) -> Match:
    """At the foot of a page each siglum begins a note; what stands before the first goes on with the last page's note."""
    starts: list[tuple[int, str, int]] = []
    style = ""
    for i in range(at, len(rows)):
        found = siglum(rows[i].text) or _worded(rows[i].text, layout)
        if found is None:
            continue
        if not style or (
            found[0] == style
            and runs_on(starts[-1][1], found[1])
            and (rows[i].gap or rows[i].indent > layout.margin or rows[i - 1].ends_sentence)
        ):
            style = style or found[0]
            starts.append((i, found[1], found[2]))
    if not starts or starts[0][0] > at:
        starts.insert(0, (at, "", 0))
    return several(rows, starts, len(rows), "bottom", "at the foot of a page")


def _worded(text: str, layout: Layout) -> tuple[str, str, int] | None:
    """Style, siglum and length of a label that begins with the word for a note: "[Footnote 3: It was sold.]"."""
    label = worded_label(text, layout.language)
    return label and ("worded", *label)
