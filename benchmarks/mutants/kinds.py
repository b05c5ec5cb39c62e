"""Damage to valid editions, kind by kind: what an editor's slip, a broken script or a bad merge leaves behind.

Each kind is a function from the root of a tree (changed in place) and a source of chance to the elements that an editor would have to look
at, or None when the edition has nothing that it could happen to.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from typing import TypeAlias

from lxml import etree

T = "{http://www.tei-c.org/ns/1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
Element: TypeAlias = etree._Element
Damage: TypeAlias = "list[Element] | None"
Kind: TypeAlias = "Callable[[Element, random.Random], Damage]"
KINDS: dict[str, Kind] = {}
ON_BYTES: dict[str, Callable[[str, random.Random], str | None]] = {}


def kind(function: Kind) -> Kind:
    """Enter a kind under the name of its function."""
    KINDS[function.__name__.replace("_", " ")] = function
    return function


def text_of(root: Element) -> Element:
    found = root.find(f"{T}text")
    assert found is not None
    return found


def pick(root: Element, chance: random.Random, *names: str, having: str = "", words: bool = False) -> Element | None:
    """An element of the text with one of these names, with an attribute or with words of its own if that is asked."""
    found = [
        each
        for each in text_of(root).iter(*(f"{T}{name}" for name in names))
        if (not having or each.get(having) is not None) and (not words or len((each.text or "").strip()) > 3)
    ]
    return chance.choice(found) if found else None


def remove(element: Element) -> Element:
    """Take an element out with its words, and give its parent; what follows it stays."""
    parent = element.getparent()
    assert parent is not None
    before, tail = element.getprevious(), element.tail or ""
    parent.remove(element)
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    return parent


def unwrap(element: Element) -> Element:
    """Take the tags of an element away, and leave what is in it."""
    parent = element.getparent()
    assert parent is not None
    at = parent.index(element)
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.text or "")
    else:
        parent.text = (parent.text or "") + (element.text or "")
    children, tail = list(element), element.tail or ""
    parent.remove(element)
    for number, child in enumerate(children):
        parent.insert(at + number, child)
    if children:
        children[-1].tail = (children[-1].tail or "") + tail
    elif before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    return parent


def put(element: Element | None, name: str, value: str) -> Damage:
    if element is None or element.get(name) == value:
        return None
    element.set(name, value)
    return [element]


def drop(element: Element | None, name: str) -> Damage:
    if element is None or element.get(name) is None:
        return None
    del element.attrib[name]
    return [element]


def around(element: Element) -> list[Element]:
    """An element, its parent and its neighbours: where something is missing, any of them may be named."""
    return [each for each in (element, element.getparent(), element.getnext(), element.getprevious()) if each is not None]


def header(root: Element, *names: str) -> Iterable[Element]:
    """The elements of these names in the header."""
    found = root.find(f"{T}teiHeader")
    assert found is not None
    return found.iter(*(f"{T}{name}" for name in names))


def one(root: Element, chance: random.Random, *names: str) -> Element | None:
    """An element of the header with one of these names."""
    found = list(header(root, *names))
    return chance.choice(found) if found else None


def partners(root: Element, element: Element) -> list[Element]:
    """The elements that an element points at, and those that point at it."""
    name = f"#{element.get(XML_ID)}"
    wanted = {pointer[1:] for key in ("target", "next", "prev", "who") for pointer in element.get(key, "").split()}
    return [
        other
        for other in root.iter("*")
        if other.get(XML_ID) in wanted or any(name in str(value).split() for value in other.attrib.values())
    ]


def on_bytes(function: Callable[[str, random.Random], str | None]) -> Callable[[str, random.Random], str | None]:
    """Enter a kind that works on the file as it is written."""
    ON_BYTES[function.__name__.replace("_", " ")] = function
    return function
