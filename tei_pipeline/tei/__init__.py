"""The document as TEI P5: :func:`write` makes the tree, :func:`serialize` its bytes.

What becomes what is one writer function per class of node (``inlines``, ``blocks``, ``body``), found in one table by the class.
A node that TEI does not take where it stands gets the nearest thing that it does take (``places``); no printed character is
dropped or moved.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree
from msgspec import Struct

from tei_pipeline.decisions import Problem
from tei_pipeline.model import Document
from tei_pipeline.tei import cross_references, values
from tei_pipeline.tei.body import TABLE, write_text
from tei_pipeline.tei.file_description import stem
from tei_pipeline.tei.header import register_people, write_header
from tei_pipeline.tei.identity import XML_ID
from tei_pipeline.tei.text import indent
from tei_pipeline.tei.writer import TEI, Writer

__all__ = ["Written", "serialize", "write"]

# The form of identifiers that are made from structure.
_GENERATED = re.compile(r"((front|back)-)?[a-z]+[0-9]+(-[a-z]+[0-9]+)*|software")
# XML Model (https://www.w3.org/TR/xml-model/): what an editor or validator opens beside the file.
_MODELS = (
    'href="edition.rng" type="application/xml" schematypens="http://relaxng.org/ns/structure/1.0"',
    'href="edition.sch" type="application/xml" schematypens="http://purl.oclc.org/dsdl/schematron"',
)


class Written(Struct, frozen=True):
    """A document as a tree, with ``xml-model`` instructions for the schemas before its root.

    ``origins``: each element that stands for a node of the model, with that node, in the order of writing; a node that is given in
    parts has several elements. ``problems``: keys that point nowhere, values that TEI does not take.
    """

    tree: etree._Element
    origins: list[tuple[etree._Element, Any]]
    problems: tuple[Problem, ...]


def write(document: Document, *, version: str) -> Written:
    """The whole document as a ``TEI`` element; ``version`` is that of the program, as the header states it.

    Every document that the types of the model allow gives a tree that is valid TEI. Characters that XML 1.0 cannot hold are left out.
    """
    root = etree.Element(TEI + "TEI", nsmap={None: TEI[1:-1]})  # type: ignore[dict-item]  # the stubs forbid a default namespace
    w = Writer(TABLE, document.source, document.metadata)
    people = register_people(w, document)
    text = write_text(w, root, document)
    w.identity.resolve()
    cross_references.link(text, w.crossings)
    write_header(w, root, document, text, people, version)
    _name(root, document)
    indent(root, 0)
    for model in _MODELS:
        root.addprevious(etree.ProcessingInstruction("xml-model", model))
    return Written(root, w.origins, tuple(w.problems))


def _name(root: etree._Element, document: Document) -> None:
    """``TEI/@xml:id``: made from the identifier or the file's name, unless an element of the text has it already."""
    made = values.name(document.metadata.identifier) or values.name(stem(document.source.name)) or "tei"
    taken = _GENERATED.fullmatch(made) and root.xpath("boolean(//*[@xml:id = $name])", name=made)
    root.set(XML_ID, f"tei-{made}" if taken else made)


def serialize(root: etree._Element) -> bytes:
    """The file: UTF-8 with XML declaration, the instructions before the root on lines of their own; the same tree gives the same bytes."""
    nodes = [*reversed([*root.itersiblings(preceding=True)]), root]
    lines = [etree.tostring(node, encoding="UTF-8", xml_declaration=False, with_tail=False) for node in nodes]
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + b"\n".join(lines) + b"\n"
