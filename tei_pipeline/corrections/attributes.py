"""Corrections of attributes: values that the editor gives to elements of the written edition, as far as its schema takes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from lxml import etree

from tei_pipeline.corrections.anchor import Located
from tei_pipeline.corrections.corrected import Refuse
from tei_pipeline.tei.writer import TEI

XML = "{http://www.w3.org/XML/1998/namespace}"
_OURS = frozenset({"xml:id", "target", "next", "prev", "corresp", "source"})  # made from structure: the program alone keeps them true

IsValid = Callable[[etree._Element], bool]
Origins = Sequence[tuple[etree._Element, Any]]


def set_attributes(root: etree._Element, origins: Origins, corrections: Sequence[Located], is_valid: IsValid, refuse: Refuse) -> None:
    """Give the elements of ``root`` their attributes; ``origins`` joins elements to the source, ``is_valid`` asks the schema.

    An attribute of an element that is not there, or that the schema does not take, is told to ``refuse``.
    """
    found: list[tuple[Located, etree._Element]] = []
    for one in corrections:
        if one.entry.kind != "attribute":
            continue
        if one.entry.name in _OURS:
            refuse(one, f"@{one.entry.name} is made from the structure of the edition; correct that")
        elif (element := _element(root, origins, one)) is None:
            refuse(one, f"the words stand in no element {one.entry.on} of the edition")
        else:
            found.append((one, element))
    before = [dict(element.attrib) for _, element in found]
    for one, element in found:
        _set(one, element)
    if not found or is_valid(root):
        return
    for (_, element), old in zip(reversed(found), reversed(before), strict=True):
        element.attrib.clear()
        element.attrib.update(old)
    for one, element in found:
        old = dict(element.attrib)
        _set(one, element)
        if not is_valid(root):
            element.attrib.clear()
            element.attrib.update(old)
            refuse(one, f"the schema of the edition does not take {one.entry.what}")


def _set(one: Located, element: etree._Element) -> None:
    name = one.entry.name
    element.set(XML + name[4:] if name.startswith("xml:") else name, one.entry.value)


def _element(root: etree._Element, origins: Origins, one: Located) -> etree._Element | None:
    """The innermost element of that name that holds the words."""
    name = TEI + one.entry.on
    holding = [
        (span.end - span.start, number, element)
        for number, (element, node) in enumerate(origins)
        for span in node.spans
        if span.start <= one.start and one.end <= span.end
    ]
    for _, _, element in sorted(holding, key=lambda each: (each[0], -each[1])):
        for above in (element, *element.iterancestors()):
            if above.tag == name:
                return above
    return None
