"""Where the files of a source of several meet: what begins with each, a page, a division, or nothing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from operator import itemgetter

from tei_pipeline.rows import Row
from tei_pipeline.source import Source

DIVISION_GAP = 9  # paragraph gaps: no printer leaves more before a chapter


def begin_pages(rows: list[Row], source: Source) -> list[Row]:
    """The rows, each file of a source of several beginning a page, unless its sidecar says that nothing begins."""
    for at in _first_rows(rows, source, ("page", "division")):
        rows[at] = rows[at]._replace(page=True)
    return rows


def begin_divisions(rows: list[Row], source: Source) -> tuple[list[Row], tuple[int, ...]]:
    """The rows, with the widest gap before each file that begins a division, and the lines of these."""
    found = dict.fromkeys(_first_rows(rows, source, ("division",)))
    for at in found:
        rows[at] = rows[at]._replace(gap=DIVISION_GAP, page=False)
    return rows, tuple(rows[at].line for at in found)


def _first_rows(rows: Sequence[Row], source: Source, begins: Container[str]) -> Iterator[int]:
    """For each part but the first that begins one of these, the index of its first row, or of the next when nothing is printed in it."""
    for part in source.parts[1:]:
        if part.begins in begins:
            at = bisect_left(rows, part.line - 1, key=itemgetter(0))
            if 0 < at < len(rows):
                yield at


def page_breaks(rows: Sequence[Row], source: Source) -> tuple[tuple[int, str], ...]:
    """The lines at which a page begins for certain, a page on which nothing is printed at that of the next."""
    files = [(rows[at].line, "a file of the source begins") for at in _first_rows(rows, source, ("page",))]
    known = {line for line, _ in files}.union(rows[at].line for at in _first_rows(rows, source, ("division",)))
    return (*files, *((row.line, "a form feed") for row in rows[1:] if row.page and row.line not in known))
