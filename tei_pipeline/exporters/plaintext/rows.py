"""The table of elements: what each does at its beginning and at its end, filled by the modules that know the elements.

An element without a row is transparent: its characters belong to the words around it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree

from tei_pipeline.exporters.plaintext.flow import Enter, Flow, Leave, Style
from tei_pipeline.exporters.reading import DIVISIONS, tei

ENTER: dict[Any, Enter] = {}
LEAVE: dict[Any, Leave] = {}

CONTAINER = Style()
BLOCK = Style(is_open=True)
LINES = Style(is_open=True, keeps_lines=True)
TIGHT = Style(before=0, after=0, is_open=True)
TIGHT_LINES = Style(before=0, after=0, is_open=True, keeps_lines=True)
VERBATIM = Style(is_open=True, keeps_lines=True, is_verbatim=True)
_BLOCKS = tei("ab castList eg figure floatingText l lg list listBibl p quote sp stage table") | DIVISIONS


def on(names: str) -> Callable[[Enter], Enter]:
    """The function is what the elements of these names do at their beginning; they answer whether their inside is read."""

    def register(function: Enter) -> Enter:
        ENTER.update(dict.fromkeys(tei(names), function))
        return function

    return register


def after(names: str) -> Callable[[Leave], Leave]:
    """The function is what the elements of these names do at their end."""

    def register(function: Leave) -> Leave:
        LEAVE.update(dict.fromkeys(tei(names), function))
        return function

    return register


def end(flow: Flow, node: etree._Element) -> None:
    """The end of a block or container."""
    flow.end()


def blocks(names: str, style: Style, *, indent: int = 0, gap: int = 0) -> None:
    """These elements are blocks, or containers of blocks, of that style."""

    def enter(flow: Flow, node: etree._Element) -> bool:
        flow.begin(style, indent)
        flow.space(gap)
        return True

    on(names)(enter)
    after(names)(end)


def either(names: str, style: Style, *, indent: int = 0, lines: bool = False) -> None:
    """These elements are words within a block, blocks of their own between blocks, and containers when they hold blocks.

    With ``lines`` each begins a new line within a block.
    """

    def enter(flow: Flow, node: etree._Element) -> bool:
        begin_either(flow, node, style, indent)
        if lines and flow.is_within:
            flow.new_line()
        return True

    on(names)(enter)
    after(names)(end)


def begin_either(flow: Flow, node: etree._Element, style: Style, indent: int = 0) -> None:
    """Begin words, a block or a container, whichever the place and the content of the element ask for."""
    if flow.is_within:
        flow.begin_within(indent)
    elif any(child.tag in _BLOCKS for child in node):
        flow.begin(CONTAINER, indent)
    else:
        flow.begin(style, indent)
