"""Where an element is: a path that an editor can follow, in a tree from a file as well as in one built in memory."""

from __future__ import annotations

from typing import cast

from lxml import etree

from tei_pipeline.errors import printable

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_BEFORE = etree.XPath("count(preceding-sibling::*[local-name() = $name])")  # in C: a container may have 100,000 children
_WORDS = etree.XPath("string()")
MOST_CHARACTERS = 40  # of a heading
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


def breadcrumb(element: etree._Element) -> str:
    """The way to an element as people say it, from ``text`` or the header on: ``text > body > div "The Crossing" > p 12``.

    A division is named by its heading, any other element by its number among the siblings of its name when it has some.
    """
    steps: list[str] = []
    at: etree._Element | None = element
    while at is not None and (at.getparent() is not None or not steps):
        steps.append(_said(at))
        at = at.getparent()
    if len(steps) > MOST_STEPS + 2:  # text and body say where the rest is
        steps[MOST_STEPS:-2] = ["…"]
    return " > ".join(reversed(steps))


def nearest_id(element: etree._Element) -> str:
    """The ``xml:id`` of an element, else the one nearest above it; empty when there is none."""
    at: etree._Element | None = element
    while at is not None:
        identifier = at.get(XML_ID)
        if identifier is not None:
            return printable(identifier)
        at = at.getparent()
    return ""


def _said(element: etree._Element) -> str:
    name = printable(etree.QName(element).localname)
    if name == "div":
        heading = next(element.iterchildren("{*}head"), None)
        if heading is not None and (words := " ".join(str(_WORDS(heading)).split())):
            return f'div "{printable(words if len(words) <= MOST_CHARACTERS else words[:MOST_CHARACTERS] + "…")}"'
    number = _number(element, name)
    return f"{name} {number}" if number else name


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
    number = _number(element, name)
    return f"{name}[{number}]" if number else name


def _number(element: etree._Element, name: str) -> int:
    """Its number among the siblings of that name, from 1; 0 when it is the only one."""
    before = cast("float", _BEFORE(element, name=name))
    alone = before == 0 and next(element.itersiblings(element.tag), None) is None
    return 0 if alone else int(before) + 1
