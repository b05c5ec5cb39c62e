"""Parts of a document as the writer writes them, for tests that compare XML with XML written by hand."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from tei_pipeline import model as m
from tei_pipeline import tei
from tests.documents import make_source

TEI = "{http://www.tei-c.org/ns/1.0}"
_NAMESPACE = ' xmlns="http://www.tei-c.org/ns/1.0"'
_IDENTIFIER = re.compile(r' xml:id="[^"]*"')


def text(*values: str) -> tuple[m.Text, ...]:
    """Mixed content that is nothing but characters."""
    return tuple(map(m.Text, values))


def paragraph(value: str) -> m.Paragraph:
    """A paragraph of those characters."""
    return m.Paragraph(text(value))


def document(*blocks: Any, **parts: Any) -> m.Document:
    """A document whose body holds these blocks; ``parts`` are other fields of the Document."""
    return m.Document(
        parts.pop("source", None) or make_source(),
        parts.pop("metadata", None) or m.Metadata(),
        body=parts.pop("body", None) or m.Division("body", "", blocks=blocks),
        **parts,
    )


def xml(element: etree._Element, *, identifiers: bool = False) -> str:
    """An element as a string without the namespace, and without identifiers unless they are asked for."""
    written = etree.tostring(element, encoding="unicode", with_tail=False).replace(_NAMESPACE, "")
    return written if identifiers else _IDENTIFIER.sub("", written)


def written(whole: m.Document) -> tei.Written:
    """What the writer makes of a document."""
    return tei.write(whole, version="1.0")


def inside(whole: m.Document, name: str = "body", *, identifiers: bool = False) -> str:
    """The first element of that name in the text, as the writer writes it."""
    return _first(whole, "text", name, identifiers)


def in_header(whole: m.Document, name: str) -> str:
    """The first element of that name in the header, its identifiers included."""
    return _first(whole, "teiHeader", name, identifiers=True)


def _first(whole: m.Document, part: str, name: str, identifiers: bool) -> str:
    held = written(whole).tree.find(TEI + part)
    assert held is not None
    return xml(next(held.iter(TEI + name)), identifiers=identifiers)


def mixed(*content: Any) -> str:
    """What stands in a paragraph of that content."""
    return inside(document(m.Paragraph(content)), "p").removeprefix("<p>").removesuffix("</p>")
