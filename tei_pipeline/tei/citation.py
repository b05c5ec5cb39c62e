"""How places of the edition are cited: ``refsDecl`` with a ``citeStructure`` for each type of division and depth that was found.

TEI Guidelines 17.2.4 (canonical references, ``citeStructure``); what a server of the Distributed Text Services reads. ``3.2:p14`` is
paragraph 14 of section 2 of work 3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree
from msgspec import Struct, field

from tei_pipeline.model import Division, Paragraph, Speech, Stanza
from tei_pipeline.tei import values
from tei_pipeline.tei.places import DEEPEST
from tei_pipeline.tei.writer import TEI

if TYPE_CHECKING:
    from tei_pipeline.model import Document

_TITLE = "http://purl.org/dc/terms/title"
# Class of block → unit, match and delimiter of the leaf.
_LEAVES: dict[type, tuple[str, str, str]] = {
    Paragraph: ("paragraph", "p", ":p"),
    Stanza: ("line", "lg/l", ":l"),
    Speech: ("speaker", "sp", ":sp"),
}


class _Level(Struct):
    """What was found below the divisions of one type at one depth."""

    below: dict[str, _Level] = field(default_factory=dict)
    leaves: set[type] = field(default_factory=set)

    def take(self, division: Division, depth: int = 0) -> None:
        if depth > DEEPEST:
            return
        self.leaves.update(map(type, division.blocks))
        for part in division.divisions:
            if isinstance(part, Division) and (kind := values.word(part.type)):
                self.below.setdefault(kind, _Level()).take(part, depth + 1)


def refs_decl(document: Document) -> etree._Element | None:
    """``refsDecl`` for the divisions and leaves of the document; None when it has nothing to cite."""
    made = etree.Element(TEI + "refsDecl")
    body = _Level()
    body.take(document.body)
    _write(made, body, "/TEI/text/body/")
    for name, nodes in (("front", document.front), ("back", document.back)):
        matter = _Level()
        matter.take(Division(name, "", divisions=tuple(node for node in nodes if isinstance(node, Division))))
        _write(made, matter, f"/TEI/text/{name}/")
    return made if len(made) else None


def _write(parent: etree._Element, level: _Level, start: str = "") -> None:
    for kind, below in level.below.items():
        attributes = {"unit": kind, "match": f"{start}div[@type='{kind}']", "use": "@n"}
        if not start:
            attributes["delim"] = "."
        made = etree.SubElement(parent, TEI + "citeStructure", attributes)
        etree.SubElement(made, TEI + "citeData", {"property": _TITLE, "use": "head"})
        _write(made, below)
    for leaf, (unit, match, delimiter) in _LEAVES.items():
        if leaf in level.leaves:
            attributes = {"unit": unit, "match": start + match, "use": "position()", "delim": delimiter}
            etree.SubElement(parent, TEI + "citeStructure", attributes)
