"""A text as part of a corpus file: its identifiers get the name of the text before them, since in one file each may stand only once."""

from __future__ import annotations

import re

from lxml import etree

from tei_pipeline.exporters.exported import XML_ID

_NOT_IN_NAMES = re.compile(r"[^\w.-]+", re.ASCII)


def prefix_of(key: str, taken: set[str]) -> str:
    """An NCName made of the name of a text, unlike those that are taken; it is taken then."""
    name = _NOT_IN_NAMES.sub("_", key)
    name = name if name[:1].isalpha() or name.startswith("_") else f"_{name}"
    free = name
    number = 1
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    taken.add(free)
    return free


def inlined(root: etree._Element, prefix: str) -> bytes:
    """The bytes of the ``TEI`` element, with every identifier and every pointer to one of them changed; nothing else is."""
    known = {identifier for element in root.iter(etree.Element) if (identifier := element.get(XML_ID)) is not None}
    for element in root.iter(etree.Element):
        for name, value in [(str(name), str(value)) for name, value in element.items()]:
            if name == XML_ID:
                element.set(XML_ID, f"{prefix}.{value}")
            elif "#" in value:
                element.set(name, " ".join(_pointer(token, known, prefix) for token in value.split(" ")))
    return etree.tostring(root, encoding="utf-8", with_tail=False)


def _pointer(token: str, known: set[str], prefix: str) -> str:
    return f"#{prefix}.{token[1:]}" if token.startswith("#") and token[1:] in known else token
