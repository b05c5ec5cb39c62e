"""Where an element is: a path that an editor can follow, in a tree from a file as well as in one built in memory."""

from __future__ import annotations

from typing import cast

from lxml import etree

from tei_pipeline.errors import printable

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_BEFORE = etree.XPath("count(preceding-sibling::*[local-name() = $name])")  # in C: a container may have 100,000 children
MOST_STEPS = 6  # the outer ones are left out: an identifier among the inner ones says enough


def where(element: etree._Element) -> str:
    """The path to an element, outermost first, as in ``body > div#w03 > p#w03-p014 > hi[2]``.

    A step is the element's name with its ``xml:id``, else with its number among the siblings of its name when it has some.
    """
    steps: list[str] = []
    at: etree._Element | None = element
    while at is not None and len(steps) < MOST_STEPS:
        steps.append(_step(at))
        at = at.getparent()
    return " > ".join([*(["…"] if at is not None else []), *reversed(steps)])


def line_of(element: etree._Element) -> int | None:
    """The 1-based line of the file where the element's start tag ends; None in a tree built in memory.

    Right also after line 65,535, where the line numbers in libxml2's own messages stop.
    """
    return cast("int | None", element.sourceline)


def _step(element: etree._Element) -> str:
    name = printable(etree.QName(element).localname)
    identifier = element.get(XML_ID)
    if identifier is not None:
        return f"{name}#{printable(identifier)}"
    before = cast("float", _BEFORE(element, name=name))
    alone = before == 0 and next(element.itersiblings(element.tag), None) is None
    return name if alone else f"{name}[{before + 1:.0f}]"
