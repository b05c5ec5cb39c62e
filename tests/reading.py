"""What a Document prints, and what a TEI file prints: two readings that know nothing of the writer between them."""

from __future__ import annotations

from typing import Any

from lxml import etree

from tei_pipeline import model as m

NS = "{http://www.tei-c.org/ns/1.0}"


def of_document(document: m.Document) -> str:
    """The characters of the model in the order of its fields, without white space and without what XML cannot hold."""
    read = "".join(_of(node) for node in (*document.front, document.body, *document.back))
    return "".join(character for character in read if _encodable(ord(character)) and not character.isspace())


def _encodable(code: int) -> bool:
    return code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def _of(node: Any) -> str:
    match node:
        case None | m.LineBreak() | m.PageBreak() | m.Milestone() | m.Supplied():
            return ""
        case tuple():
            return "".join(map(_of, node))
        case m.Text() | m.Metamark() | m.Points():
            return node.value
        case m.SoftHyphen():
            return node.value + _of(node.between)
        case m.Correction():
            return _of(node.sic)
        case m.Division():
            return _of(node.top) + _of(node.blocks) + _of(node.divisions) + _of(node.bottom)
        case m.FloatingText():
            return _of(node.top) + _of(node.blocks) + _of(node.bottom)
        case m.Note() | m.Postscript():
            return _of(node.label) + _of(node.blocks)
        case m.Item():
            return _of(node.label) + _of(node.content) + _of(node.blocks)
        case m.Speech():
            return _of(node.speaker) + _of(node.directions) + _of(node.blocks)
        case m.Stanza():
            return _of(node.head) + _of(node.label) + _of(node.lines)
        case m.ItemList() | m.CastList() | m.CastGroup():
            return _of(node.head) + _of(node.items)
        case m.Bibliography():
            return _of(node.head) + _of(node.entries)
        case m.Table():
            return _of(node.head) + _of(node.rows)
        case m.Figure():
            return _of(node.head) + _of(node.description)
        case m.CastItem():
            return _of(node.role) + _of(node.content)
        case m.Argument():
            return _of(node.head) + _of(node.blocks)
        case m.Quotation() | m.Epigraph():
            return _of(node.blocks)
        case m.Opener() | m.Closer() | m.TitlePage():
            return _of(node.parts)
        case _:
            return _of(node.content)


def of_edition(root: etree._Element) -> str:
    """The characters of ``text`` in their order, without white space, ``supplied``, and the ``corr`` of a ``choice``."""
    text = root.find(NS + "text")
    assert text is not None
    return "".join("".join(_printed(text)).split())


def _printed(element: etree._Element) -> list[str]:
    parent = element.getparent()
    corrected = element.tag in (NS + "corr", NS + "reg", NS + "expan") and parent is not None and parent.tag == NS + "choice"
    if corrected or element.tag == NS + "supplied":
        return []
    found = [element.text or ""]
    for child in element:
        found += [*_printed(child), child.tail or ""]
    return found
