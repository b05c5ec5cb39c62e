"""Verse and drama: stanzas, speeches, cast lists; one function per class of node."""

from __future__ import annotations

from lxml import etree

from tei_pipeline import model as m
from tei_pipeline.tei import text, values
from tei_pipeline.tei.blocks import scope_of
from tei_pipeline.tei.places import BLOCK, GLOBAL, PHRASE, SEQUENCE, SPEECH, Place
from tei_pipeline.tei.writer import TEI, Write, Writer, apart


def stanza(w: Writer, parent: etree._Element, node: m.Stanza, place: Place) -> None:
    """``lg`` with its head and lines, one line at least (Schematron of lg); within a verse line, which can hold no verse, segments."""
    attributes = values.attribute("type", values.word(node.type))
    inner = place.within(GLOBAL)
    if place.verse:
        made = w.element(parent, "seg", node, place, attributes, code="lg")
        if node.head is not None:
            w.content(made, node.head.content, place.mixed())
        if node.label is not None:
            text.separate(made)
            w.content(made, node.label.content, place.mixed())
        for line in node.lines:
            text.separate(made)
            w.node(made, line, inner)
        return
    made = w.element(parent, "lg", node, place, attributes, code="lg")
    w.parts(made, (node.head, node.label, *node.lines), "l", (m.VerseLine,), inner, place)


def verse_line(w: Writer, parent: etree._Element, node: m.VerseLine, place: Place) -> None:
    """``l``, its indentation as ``rend="indent(n)"``, ``@part`` when speakers share it."""
    attributes = {}
    if node.n is not None:
        attributes["n"] = text.encodable(node.n)
    if node.indent > 0:
        attributes["rend"] = f"indent({node.indent})"
    if place.verse:
        made = w.element(parent, "seg", node, place, attributes | {"type": "l"})
    else:
        made = w.element(parent, "l", node, place, attributes | values.attribute("part", node.part or ""))
    w.line(made, node.content, place.mixed()._replace(line=True, verse=True))


def speech(w: Writer, parent: etree._Element, node: m.Speech, place: Place) -> None:
    """``sp`` with ``speaker`` as printed, directions after it; within a verse line, where ``sp`` could hold no paragraph, ``q``."""
    made = w.element(parent, "q" if place.line else "sp", node, place, code="sp")
    w.identity.point(made, "who", node.who, node)
    inner = place.within(BLOCK if place.line else SPEECH, scope_of(made, place))
    name = TEI + ("seg" if place.line else "speaker")
    if node.speaker:
        w.line(etree.SubElement(made, name), node.speaker, inner.mixed(SEQUENCE))
    for direction in node.directions:
        if not isinstance(direction, m.Text):
            w.node(made, direction, inner)
        elif direction.value.strip():
            # sp holds no characters: what is printed after a name or a direction, a colon mostly, ends that element.
            text.append(made[-1] if len(made) else etree.SubElement(made, name), direction.value.rstrip())
    w.blocks(made, node.blocks, inner)
    text.indent(made, place.depth)


def cast_list(w: Writer, parent: etree._Element, node: m.CastList, place: Place) -> None:
    """``castList``; TEI asks for one ``castItem`` at least."""
    made = w.element(parent, "castList", node, place, code="castlist")
    w.parts(made, (node.head, *node.items), "castItem", (m.CastItem, m.CastGroup), place.within(), place)


def cast_group(w: Writer, parent: etree._Element, node: m.CastGroup, place: Place) -> None:
    """``castGroup``, its heading first; TEI asks for one ``castItem`` at least."""
    made = w.element(parent, "castGroup", node, place)
    w.parts(made, (node.head, *node.items), "castItem", (m.CastItem,), place.within(), place)


def cast_item(w: Writer, parent: etree._Element, node: m.CastItem, place: Place) -> None:
    """``castItem``, the name as ``role``; ``@corresp`` points to the person."""
    made = w.element(parent, "castItem", node, place)
    w.identity.point(made, "corresp", (node.person,), node)
    inner = place.mixed(PHRASE)
    w.content(etree.SubElement(made, TEI + "role"), node.role, inner.mixed(SEQUENCE))
    if node.role and node.content and apart(node.role[-1], node.content[0]):
        text.separate(made)
    w.line(made, node.content, inner)


WRITERS: dict[type, Write] = {
    m.Stanza: stanza,
    m.VerseLine: verse_line,
    m.Speech: speech,
    m.CastList: cast_list,
    m.CastGroup: cast_group,
    m.CastItem: cast_item,
}
