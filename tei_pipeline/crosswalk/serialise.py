"""How descriptions become XML files."""

from __future__ import annotations

from lxml import etree


def serialised(root: etree._Element) -> bytes:
    """A description as an XML file: UTF-8, each element on a line of its own."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
