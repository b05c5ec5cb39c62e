"""Headings by their levels: a tree of divisions that are still blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from tei_pipeline.blocks import BETWEEN, Block
from tei_pipeline.settle.front.half_titles import HALF_TITLE, on_leaf
from tei_pipeline.settle.titles.lost import Lost

FRONT = frozenset(
    ("preface", "foreword", "introduction", "dedication", "advertisement", "contents", "prologue", "cast", "argument", "errata")
)
BACK = frozenset(("appendix", "notes", "bibliography", "index", "glossary", "colophon", "errata", "epilogue", "contents", "advertisement"))
APART = 3  # gaps between the list of persons and the play
CLOSES = frozenset(("signed", "postscript", "trailer"))
_NONE: Mapping[int, Lost] = {}


class Opened(Struct):
    """A division while it is being filled; ``type`` and ``n`` of one that begins with the heading of the first division in it.

    ``supplied``: the text lacks its ``head``, which the contents page names. ``leaf``: its half title, or the first lines of a heading that
    goes on over the end of a page, with what stands there.
    """

    level: int
    head: Block | None = None
    blocks: list[Block] = field(default_factory=list)
    children: list[Opened] = field(default_factory=list)
    type: str = ""
    n: int = 0
    supplied: bool = False
    leaf: list[Block] = field(default_factory=list)


def tree(blocks: Sequence[Block], divided: frozenset[int] = frozenset(), lost: Mapping[int, Lost] = _NONE) -> Opened:
    """Headings open divisions; so do lines at which the sidecar lets one begin (``divided``), and then the text before the first, and
    lines above which a heading was ``lost``.
    """
    root = Opened(0)
    stack = [root]
    undivided = _undivided(blocks)
    for at, block in enumerate(blocks):
        heads = block.kind == "heading" and not block.within
        if block.first in divided and block.rows:
            if not root.children and root.blocks:
                root.children.append(Opened(1, None, root.blocks))
                root.blocks = []
            if not heads:
                stack = [root]
                _open(stack, Opened(1))
        if lost and block.rows and (found := lost.get(block.first)):
            _open(stack, Opened(found.head.facts.level, found.head, supplied=True))
        if block.kind in ("stage", "paragraph") and block.facts.division and not block.within:  # a scene described, a dedication
            _open(stack, Opened(block.facts.level, None, [block], type=block.facts.division, n=block.facts.number))
        elif block.within and block.within[0].kind == "contents" and (stack == [root] or _is_given(stack[-1])):  # no heading names the list
            del stack[1:]
            _open(stack, Opened(1, None, [block], type="contents"))
        elif (at > undivided and _begins_below_list(block, stack[-1])) or _begins_below_gift(block, stack[-1]):
            _open(stack, Opened(stack[-1].level, None, [block], type=UNDIVIDED))
        elif heads:
            level = max(1, block.facts.level)
            leaf = _torn(stack) if block.joins else _leaf(stack)
            while stack[-1].level >= level:
                stack.pop()
            if block.facts.over and level > 1 and not _goes_on(stack[-1], block, level - 1):
                _open(stack, Opened(level - 1, type=block.facts.over, n=block.facts.over_number))
            _open(stack, Opened(level, block, leaf=leaf))
        else:
            stack[-1].blocks.append(block)
    _play_below_persons(root, "play")
    return root


def _is_given(opened: Opened) -> bool:
    """Whether a division says to whom the book is given."""
    return opened.level == 1 and matter(opened) == "dedication"


UNDIVIDED = "text"  # of a book without a heading below its contents


def _undivided(blocks: Sequence[Block]) -> int:
    """The last heading that names no matter of the back: below it a book is divided no more."""
    heads = (i for i, b in enumerate(blocks) if b.kind == "heading" and not b.within and b.facts.division not in BACK - {"contents"})
    return max(heads, default=len(blocks))


def _begins_below_list(block: Block, opened: Opened) -> bool:
    """Whether a paragraph stands apart below the list of contents: the text of the book."""
    if matter(opened) != "contents" or block.kind != "paragraph" or block.within or len(block.rows) < 2 or not _apart(block):
        return False
    return any(b.within and b.within[0].kind == "contents" for b in opened.blocks)


def _begins_below_gift(block: Block, opened: Opened) -> bool:
    """Whether running text at the margin stands far below the few words under the heading of a dedication: the first of the book."""
    if (
        opened.head is None
        or not _is_given(opened)
        or block.kind != "paragraph"
        or block.within
        or len(block.rows) < 2
        or not _apart(block)
    ):
        return False
    words = [row for b in opened.blocks for row in b.rows]
    return 0 < len(words) <= MOST_OF_GIFT and all(row.gap < APART for row in words) and block.rows[0].indent <= min(r.indent for r in words)


MOST_OF_GIFT = 12  # lines: more are a letter, which may have parts


def _open(stack: list[Opened], opened: Opened) -> None:
    """A division more, below the last that is open and higher."""
    while stack[-1].level >= opened.level:
        stack.pop()
    stack[-1].children.append(opened)
    stack.append(opened)


def _leaf(stack: list[Opened]) -> list[Block]:
    """The half titles opened last, with what stands on their leaves, taken out of the tree: the next heading is the division's."""
    last = stack[-1]
    if last.head is None or last.head.facts.type != HALF_TITLE or not all(map(on_leaf, last.blocks)):
        return []
    stack.pop()
    stack[-1].children.pop()
    return [*last.leaf, last.head, *last.blocks]


def _torn(stack: list[Opened]) -> list[Block]:
    """The first lines of a heading that goes on over the end of a page, with what stands between, taken out of the tree."""
    last = stack[-1]
    if last.head is None or any(b.kind not in BETWEEN for b in last.blocks):
        return []
    stack.pop()
    stack[-1].children.pop()
    return [*last.leaf, last.head, *last.blocks]


def _play_below_persons(opened: Opened, kind: str) -> None:
    """Part lists of persons from the plays below them: a volume of short plays has a list in each."""
    for child in opened.children:
        _play_below_persons(child, "continuation")
    opened.children = [part for child in opened.children for part in _played(child, kind)]


def _goes_on(opened: Opened, block: Block, level: int) -> bool:
    """Whether the outer division that a heading names first ("ACT II. SCENE 3.") is the one that is open already."""
    number = opened.head.facts.number if opened.head is not None else opened.n
    return opened.level == level and matter(opened) == block.facts.over and bool(number) and number == block.facts.over_number


def _played(opened: Opened, kind: str) -> list[Opened]:
    """The list of persons, and the play that begins below it without a heading of its own, with the directions over its first speech."""
    spoken = next((i for i, b in enumerate(opened.blocks) if b.within and b.within[0].kind == "speech"), None)
    if matter(opened) != "cast" or spoken is None:
        return [opened]
    begins = next((i for i in range(spoken, 0, -1) if opened.blocks[i - 1].within or _apart(opened.blocks[i])), spoken)
    while begins > 1 and opened.blocks[begins - 1].kind == "stage" and opened.blocks[begins - 1].text[0] in "([":
        begins -= 1
    play = Opened(opened.level, None, opened.blocks[begins:], opened.children, kind)
    return [Opened(opened.level, opened.head, opened.blocks[:begins]), play]


def _apart(block: Block) -> bool:
    """Whether more white space stands above it than between paragraphs; a page's end has no lines above which any could stand."""
    return bool(block.rows) and block.rows[0].gap >= APART


def matter(opened: Opened) -> str:
    """The kind of division that its heading names: preface, index, chapter; nothing when it names none."""
    return opened.head.facts.division if opened.head is not None else opened.type


def is_work(opened: Opened) -> bool:
    """Whether it holds more than front and back matter of its own."""
    return bool(opened.children) and any(matter(c) not in FRONT | BACK for c in opened.children)
