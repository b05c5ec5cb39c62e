"""Elements of the header."""

from __future__ import annotations

from lxml import etree

from tei_pipeline.tei import text
from tei_pipeline.tei.writer import TEI


def add(parent: etree._Element, name: str, content: str = "", /, **attributes: str) -> etree._Element:
    """A new element at the end of ``parent``, with characters and attributes; attributes without a value are left out."""
    made = etree.SubElement(parent, TEI + name, {key: text.encodable(value) for key, value in attributes.items() if value})
    if content:
        text.append(made, content)
    return made
