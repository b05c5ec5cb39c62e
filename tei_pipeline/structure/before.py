"""Before the body: which divisions stand in front of the text, and what lies between the title page and the first of them."""

from __future__ import annotations

from collections.abc import Sequence

from tei_pipeline import model
from tei_pipeline.blocks import BETWEEN, Block
from tei_pipeline.nodes import Weaver
from tei_pipeline.settle.front.half_titles import BOOK_AGAIN
from tei_pipeline.structure.ends import leaf
from tei_pipeline.structure.tree import BACK, FRONT, Opened, is_work, matter

FEW = 0.1  # of the lines of a book, at most, stand before its contents page
LISTS = frozenset(("contents", "index"))  # of first lines


def front_divisions(root: Opened, titled: bool) -> int:
    """How many divisions stand in front: those whose names say so, and all before a list of contents, or before the title of the book over
    its first division, that few lines of the book precede. Lines below a title page (``titled``), or above such a list, that stand before
    the first of them are a leaf of the front as well.
    """
    children = root.children
    few = FEW * lines_of(root)
    lead = all(block.kind in BETWEEN and not block.within for block in root.blocks)
    first = _named(children, 0) if lead or (titled and _rows(root.blocks) <= few) else 0
    before = _rows(root.blocks)
    for k, child in enumerate(children[:-1]):
        if k >= first and matter(child) in LISTS and before <= few and (k == first or not _each_lists(children[k + 1 :])):
            first = _named(children, k + 1)
        if k > first and titled and title_again(child) is not None and before <= few and all(map(lines_of, children[first:k])):
            first = k
        before += lines_of(child) if matter(child) not in LISTS | FRONT else 0
    return first if any(matter(c) not in FRONT | BACK or is_work(c) for c in children[first:]) else 0


def title_again(opened: Opened) -> Block | None:
    """The heading of what is only the title of the book, said again: it heads the body, and is no division of it."""
    head = opened.head
    alone = head is not None and not opened.blocks and not opened.children and head.decisions[-1].evidence == BOOK_AGAIN
    return head if alone else None


def _each_lists(children: Sequence[Opened]) -> bool:
    """Whether a division among them has contents of its own: each work of a volume has, behind its half title."""
    return any(matter(part) == "contents" for child in children for part in child.children)


def _named(children: Sequence[Opened], at: int) -> int:
    """Past the divisions from there on whose names say that they stand in front; the last of a book never does."""
    while at < len(children) - 1 and matter(children[at]) in FRONT and not is_work(children[at]):
        at += 1
    return at


def lines_of(opened: Opened) -> int:
    """The lines of a division and of all in it."""
    return _rows(opened.blocks) + sum(lines_of(child) for child in opened.children)


def _rows(blocks: Sequence[Block]) -> int:
    return sum(len(block.rows) for block in blocks)


def between(blocks: Sequence[Block], weaver: Weaver) -> list[model.Global]:
    """What pages, printers and artists put between the title page and the first division in front."""
    found: list[model.Global] = []
    at = 0
    while at < len(blocks):
        end = next((k for k in range(at, len(blocks)) if blocks[k].kind == "ornament"), len(blocks))
        found.extend(weaver.nodes(blocks[at:end]))  # type: ignore[arg-type]
        found.extend(leaf(blocks[end : end + 1], weaver))  # type: ignore[arg-type]
        at = end + 1
    return found
