"""Blocks: paragraphs and what stands beside them in prose; one function per class of node."""

from __future__ import annotations

from typing import Any

from lxml import etree

from tei_pipeline import model as m
from tei_pipeline.tei import text, values
from tei_pipeline.tei.identity import XML_ID, Scope
from tei_pipeline.tei.inlines import write_in_parts
from tei_pipeline.tei.places import DESCRIPTION, GLOBAL, Place
from tei_pipeline.tei.writer import TEI, Write, Writer

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Within a verse line TEI takes p and ab as children of these alone (Schematron rules of p and ab).
_HOLDERS = frozenset({TEI + "note", TEI + "figure"})


def scope_of(made: etree._Element, place: Place) -> Scope:
    """The container that numbers what ``made`` holds."""
    return place.scope.inside(made.get(XML_ID, ""))


def heading(w: Writer, parent: etree._Element, node: m.Heading, place: Place) -> None:
    """``head``, a subtitle or half title with its ``type``; white space and ``lb`` between its lines."""
    made = w.element(parent, "head", node, place, {"type": node.type} if node.type != "main" else {}, code="h")
    w.line(made, node.content, place.mixed())


def paragraph(w: Writer, parent: etree._Element, node: m.Paragraph, place: Place) -> None:
    """``p``; where a verse line takes none, ``seg type="p"``."""
    name, attributes = _or_segment("p", parent, place)
    w.line(w.element(parent, name, node, place, attributes, code="p"), node.content, place.mixed())


def anonymous(w: Writer, parent: etree._Element, node: m.Anonymous, place: Place) -> None:
    """``ab`` of that type; preformatted text keeps its spaces and has ``lb`` before each line, the first included."""
    name, attributes = _or_segment("ab", parent, place)
    made = w.element(parent, name, node, place, attributes | {"type": node.type}, code="ab")
    if node.type == "preformatted":
        made.set(_XML_SPACE, "preserve")
        if not node.content or type(node.content[0]) is not m.LineBreak:
            etree.SubElement(made, TEI + "lb")
        w.content(made, node.content, place.mixed())
    else:
        w.line(made, node.content, place.mixed())


def _or_segment(name: str, parent: etree._Element, place: Place) -> tuple[str, dict[str, str]]:
    return ("seg", {"type": name}) if place.line and parent.tag not in _HOLDERS else (name, {})


def quotation(w: Writer, parent: etree._Element, node: m.Quotation, place: Place) -> None:
    """``quote`` with its blocks; ``@source`` points to the reference that it belongs to."""
    made = w.element(parent, "quote", node, place, code="q")
    w.identity.point(made, "source", (node.source,), node)
    w.blocks(made, node.blocks, place.within(scope=scope_of(made, place)))
    text.indent(made, place.depth)


def item_list(w: Writer, parent: etree._Element, node: m.ItemList, place: Place) -> None:
    """``list`` with its head and items; TEI asks for one item at least."""
    kind = values.word(node.type)
    if kind == "gloss":
        # TEI keeps this value for pairs of label and item (Schematron of list); here the label stands in the item.
        kind = "glossary"
    made = w.element(parent, "list", node, place, values.attribute("type", kind), code="list")
    w.parts(made, (node.head, *node.items), "item", (m.Item,), place.within(scope=scope_of(made, place)), place)


def item(w: Writer, parent: etree._Element, node: m.Item, place: Place) -> None:
    """``item``, the printed marker as ``label`` first in it; blocks stand on lines of their own unless running text precedes them."""
    made = w.element(parent, "item", node, place, code="item")
    inner = place.within(scope=scope_of(made, place))
    if node.label is not None:
        w.node(made, node.label, inner)
    if not node.content:
        w.blocks(made, node.blocks, inner)
        text.indent(made, place.depth)
        return
    first = node.content[0]
    if node.label is not None and not (type(first) is m.Text and first.value[:1].isspace()):
        text.separate(made)
    w.line(made, node.content, inner.mixed())
    for block in node.blocks:
        text.separate(made)
        w.blocks(made, (block,), inner._replace(depth=None))


def note(w: Writer, parent: etree._Element, node: m.Note, place: Place) -> None:
    """``note`` where the source has it, its siglum as ``label``; ``@target`` lists the references, ``@next`` and ``@prev`` join parts."""
    attributes = values.attribute("type", values.word(node.type))
    if node.n is not None:
        attributes["n"] = text.encodable(node.n)
    attributes["place"] = node.place
    attributes[XML_ID] = identifier = place.scope.notes.number("n")
    made = etree.SubElement(parent, TEI + "note", attributes)
    w.origins.append((made, node))
    w.identity.register(node.key, identifier, node)
    w.identity.note(made, node)
    for attribute, key in (("next", node.next), ("prev", node.prev)):
        w.identity.point(made, attribute, (key,), node)
    w.answer(made, node)
    inner = place.within(scope=scope_of(made, place))._replace(verse=False)
    if node.label is not None:
        w.node(made, node.label, inner)
    w.blocks(made, node.blocks, inner)
    text.indent(made, place.depth)


def table(w: Writer, parent: etree._Element, node: m.Table, place: Place) -> None:
    """``table`` of ``row`` and ``cell``; TEI asks for one of each at least."""
    made = w.element(parent, "table", node, place, code="table")
    inner = place.within()
    if node.head is not None:
        w.node(made, node.head, inner)
    for cells in node.rows or ((),):
        row = etree.SubElement(made, TEI + "row")
        for cell in cells or ((),):
            w.line(etree.SubElement(row, TEI + "cell"), cell, inner.mixed())
        text.indent(row, inner.depth)
    text.indent(made, place.depth)


def bibliography(w: Writer, parent: etree._Element, node: m.Bibliography, place: Place) -> None:
    """``listBibl``; TEI asks for one ``bibl`` at least."""
    made = w.element(parent, "listBibl", node, place, code="listbibl")
    w.parts(made, (node.head, *node.entries), "bibl", (m.Bibl,), place.within(), place)


def figure(w: Writer, parent: etree._Element, node: m.Figure, place: Place) -> None:
    """``figure`` with the printed caption as ``head``, a mere description as ``figDesc``, in parts where that cannot hold all of it."""
    made = w.element(parent, "figure", node, place, code="fig")
    inner = place.within(GLOBAL)
    if node.head is not None:
        w.node(made, node.head, inner)

    def part(content: list[Any]) -> etree._Element:
        description = etree.SubElement(made, TEI + "figDesc")
        w.content(description, content, inner.mixed(DESCRIPTION))
        return description

    if node.description:
        write_in_parts(w, made, node.description, inner, part, "fd")
    text.indent(made, place.depth)


WRITERS: dict[type, Write] = {
    m.Heading: heading,
    m.Paragraph: paragraph,
    m.Anonymous: anonymous,
    m.Quotation: quotation,
    m.ItemList: item_list,
    m.Item: item,
    m.Note: note,
    m.Table: table,
    m.Bibliography: bibliography,
    m.Figure: figure,
}
