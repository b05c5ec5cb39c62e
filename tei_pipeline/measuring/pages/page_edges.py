"""The edges of pages: those that a converter printed further from the left than their neighbours are brought under each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from tei_pipeline.rows import Row

FEWEST_PAGES = 4  # that tell where their edge is
FEWEST_LINES = 8  # on such a page
SHARE = 0.15  # of a page's lines begin at its edge, or further out only by accident
CHANGES = 0.4  # of the pages have another edge than the page before: those of prose and of verse come in runs


def level_pages(rows: list[Row], kinds: Mapping[int, tuple[str, str]]) -> list[Row]:
    """The rows, each page's set out by where its lines begin, if left and right pages (or the pages of a scan) begin them elsewhere.

    ``kinds`` are the rows that are furniture; they stay as they are, and where the running heads or numbers of left and right pages stand
    under each other, so do the pages: pages of verse are set in.
    """
    if _stand_in_line(rows, kinds):
        return rows
    starts = [i for i, row in enumerate(rows) if i not in kinds and (row.page or i - 1 in kinds)]
    if len(starts) < FEWEST_PAGES - 1:
        return rows
    if not starts or starts[0] > 0:
        starts.insert(0, 0)
    pages = [[i for i in range(a, b) if i not in kinds] for a, b in zip(starts, [*starts[1:], len(rows)], strict=True)]
    pages = [page for page in pages if page]
    edges = [_edge([rows[i].indent for i in page]) for page in pages]
    known = [edge for edge in edges if edge is not None]
    changes = sum(a != b for a, b in pairwise(known))
    if len(known) < FEWEST_PAGES or changes < CHANGES * (len(known) - 1):
        return rows
    level = list(rows)
    for k, page in enumerate(pages):
        edge = _edge_at(edges, k)
        for i in page:
            level[i] = rows[i]._replace(indent=max(0, rows[i].indent - edge))
    return level


def _stand_in_line(rows: Sequence[Row], kinds: Mapping[int, tuple[str, str]]) -> bool:
    """Whether the words of running heads, without their numbers, and the numbers at the feet have their middles in one column on even pages
    and on odd ones.
    """
    sides: tuple[list[float], list[float]] = ([], [])
    for i, (kind, n) in kinds.items():
        row = rows[i]
        if not n.isdecimal():
            continue
        if kind == "pageNum":
            middle = row.indent + len(row.text) / 2
        elif kind == "header" and row.text.startswith(n):
            middle = row.width - len(row.text[len(n) :].lstrip()) / 2
        elif kind == "header" and row.text.endswith(n):
            middle = row.indent + len(row.text[: -len(n)].rstrip()) / 2
        else:
            continue
        sides[int(n) % 2].append(middle)
    if min(map(len, sides)) < FEWEST_HEADS:
        return False
    usual = sorted(sides[0])[len(sides[0]) // 2]
    near = sum(abs(one - usual) <= OFF for side in sides for one in side)
    return near >= IN_LINE * sum(map(len, sides)) and abs(sorted(sides[1])[len(sides[1]) // 2] - usual) <= OFF


FEWEST_HEADS = 2  # pages on each side
OFF = 1.5  # columns: a line with an odd number of characters has no middle
IN_LINE = 0.9  # of them; a head may have been too long


def _edge(indents: Sequence[int]) -> int | None:
    """Where the lines of a page begin: the outmost column at which more than a few do; None on a page that is too short to tell."""
    if len(indents) < FEWEST_LINES:
        return None
    counts = Counter(indents)
    return min((indent for indent, count in counts.items() if count >= max(2, SHARE * len(indents))), default=None)


def _edge_at(edges: Sequence[int | None], at: int) -> int:
    """The edge of a page, or that of the next one on the same side."""
    for step in range(len(edges)):
        for k in (at - 2 * step, at + 2 * step):
            if 0 <= k < len(edges) and (edge := edges[k]) is not None:
                return edge
    return next((edge for edge in edges if edge is not None), 0)
