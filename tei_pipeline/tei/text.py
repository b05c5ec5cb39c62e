"""Characters and white space in an lxml tree: the only module that touches ``.tail``.

White space is of two kinds. In mixed content (a paragraph, a heading) it is the author's and comes with the characters; between
structural elements it is layout, and :func:`indent` alone writes it. ``pretty_print`` cannot tell the two apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from tei_pipeline.source import UNENCODABLE

_BLANKS = " \t\r\n"
_INDENTS = ["\n" + "  " * depth for depth in range(400)]


def encodable(value: str) -> str:
    """``value`` without the characters that XML 1.0 cannot hold (control characters, lone surrogates, U+FFFE, U+FFFF)."""
    return UNENCODABLE.sub("", value)


def append(parent: etree._Element, value: str) -> None:
    """Characters after all that ``parent`` holds already; those that XML cannot hold are left out."""
    last = next(parent.iterchildren(reversed=True), None)  # three times as fast as parent[-1] of an empty element
    if last is None:
        joined = (parent.text or "") + value
        try:
            parent.text = joined
        except ValueError:
            parent.text = encodable(joined)
    else:
        joined = (last.tail or "") + value
        try:
            last.tail = joined
        except ValueError:
            last.tail = encodable(joined)


def ends_open(parent: etree._Element) -> bool:
    """Whether ``parent`` holds something and does not end in white space: what comes next would touch it."""
    last = next(parent.iterchildren(reversed=True), None)
    before = parent.text if last is None else last.tail
    return not before[-1].isspace() if before else last is not None


def separate(parent: etree._Element, space: str = " ") -> None:
    """White space at the end of ``parent``, unless it is empty or ends in white space already."""
    if ends_open(parent):
        append(parent, space)


def trim(element: etree._Element) -> None:
    """No white space at the beginning and end of ``element``, which stands on lines of its own."""
    first = element.text
    if first and first[0] in _BLANKS:
        element.text = first.lstrip(_BLANKS) or None
    try:
        last = element[-1]
    except IndexError:
        first = element.text
        if first and first[-1] in _BLANKS:
            element.text = first.rstrip(_BLANKS)
    else:
        after = last.tail
        if after and after[-1] in _BLANKS:
            last.tail = after.rstrip(_BLANKS) or None


def indent(element: etree._Element, depth: int | None) -> None:
    """Each child of ``element``, which holds no characters of its own, on a line; one space between them when ``depth`` is None.

    ``depth`` is that of ``element`` in the tree, the root's being 0.
    """
    if depth is None:
        for child in element:
            child.tail = " "
        if len(element):
            element[-1].tail = None
        return
    inner = _INDENTS[min(depth + 1, len(_INDENTS) - 1)]
    for child in element:
        child.tail = inner
    if len(element):
        element.text = inner
        element[-1].tail = _INDENTS[min(depth, len(_INDENTS) - 1)]


def glue(element: etree._Element) -> None:
    """No white space between ``element`` and what stands before it, within a parent that :func:`indent` has laid out."""
    before = element.getprevious()
    if before is not None:
        before.tail = None


def indent_all(element: etree._Element, depth: int) -> None:
    """:func:`indent` for ``element`` and all below it, but for elements that hold characters: for the header."""
    if len(element) == 0 or element.text or any(child.tail for child in element):
        return
    for child in element:
        indent_all(child, depth + 1)
    indent(element, depth)


def reading(element: etree._Element, is_left_out: Callable[[etree._Element], bool]) -> str:
    """The characters that ``element`` holds but for the elements that are left out, each run of white space as one space."""

    def pieces(holder: etree._Element) -> Iterator[str]:
        yield holder.text or ""
        for child in holder:
            if not is_left_out(child):
                yield from pieces(child)
            yield child.tail or ""

    return " ".join("".join(pieces(element)).split())
