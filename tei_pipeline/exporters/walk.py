"""One way through a tree, in the order of its characters, for trees of any depth: no recursion."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree


def walk(
    root: etree._Element,
    enter: Callable[[etree._Element], bool],
    text: Callable[[str], object],
    leave: Callable[[etree._Element], object],
) -> None:
    """Call ``enter`` for each node, ``text`` for the characters in it, ``leave`` at its end.

    When ``enter`` answers False, the inside of the node is passed over and ``leave`` is not called; what follows the node is not.
    Comments, processing instructions and entity references are nodes too; ``enter`` must answer False for them.
    """
    siblings: Iterator[etree._Element] = iter((root,))
    stack: list[tuple[Iterator[etree._Element], etree._Element]] = []
    while True:
        for node in siblings:
            if enter(node):
                if characters := node.text:
                    text(characters)
                if len(node):
                    stack.append((siblings, node))
                    siblings = iter(node)
                    break
                leave(node)
            if node is not root and (characters := node.tail):
                text(characters)
        else:
            if not stack:
                return
            siblings, node = stack.pop()
            leave(node)
            if node is not root and (characters := node.tail):
                text(characters)
