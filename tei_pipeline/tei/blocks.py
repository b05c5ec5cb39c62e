"""Blocks: paragraphs and all that stands beside them; one function per class of node."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree

from tei_pipeline import model as m
from tei_pipeline.tei import text, values
from tei_pipeline.tei.flat import printed
from tei_pipeline.tei.identity import XML_ID
from tei_pipeline.tei.inlines import write_in_parts
from tei_pipeline.tei.places import BLOCK, DESCRIPTION, GLOBAL, PHRASE, SEQUENCE, SPEECH, Place
from tei_pipeline.tei.writer import TEI, Write, Writer

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Within a verse line TEI takes p and ab as children of these alone (Schematron rules of p and ab).
_HOLDERS = frozenset({TEI + "note", TEI + "figure"})


def _or_segment(name: str, parent: etree._Element, place: Place) -> tuple[str, dict[str, str]]:
    return ("seg", {"type": name}) if place.line and parent.tag not in _HOLDERS else (name, {})


def heading(w: Writer, parent: etree._Element, node: m.Heading, place: Place) -> None:
    made = w.element(parent, "head", node, place, {"type": "sub"} if node.type == "sub" else {}, code="h")
    w.content(made, node.content, place.mixed())


def paragraph(w: Writer, parent: etree._Element, node: m.Paragraph, place: Place) -> None:
    name, attributes = _or_segment("p", parent, place)
    w.content(w.element(parent, name, node, place, attributes, code="p"), node.content, place.mixed())


def anonymous(w: Writer, parent: etree._Element, node: m.Anonymous, place: Place) -> None:
    """Preformatted text has ``lb`` before each line, the first included."""
    name, attributes = _or_segment("ab", parent, place)
    made = w.element(parent, name, node, place, attributes | {"type": node.type}, code="ab")
    if node.type == "preformatted":
        made.set(_XML_SPACE, "preserve")
        if not node.content or type(node.content[0]) is not m.LineBreak:
            etree.SubElement(made, TEI + "lb")
    w.content(made, node.content, place.mixed())


def quotation(w: Writer, parent: etree._Element, node: m.Quotation, place: Place) -> None:
    made = w.element(parent, "quote", node, place, code="q")
    w.identity.point(made, "source", (node.source,), node)
    w.blocks(made, node.blocks, place.within(scope=_scope(made, place)))
    text.indent(made, place.depth)


def stanza(w: Writer, parent: etree._Element, node: m.Stanza, place: Place) -> None:
    """A line group; within a verse line, which can hold no verse, segments."""
    kind = values.word(node.type)
    attributes = {"type": kind} if kind else {}
    made = w.element(parent, "seg" if place.verse else "lg", node, place, attributes, code="lg")
    inner = place.within(GLOBAL)
    if node.head is not None:
        if place.verse:
            w.content(made, node.head.content, place.mixed())
        else:
            heading(w, made, node.head, inner)
    for line in node.lines:
        w.node(made, line, inner)
    if not place.verse and not any(type(line) is m.VerseLine for line in node.lines):
        etree.SubElement(made, TEI + "l")
    if place.verse:
        for child in made:
            text.follow(child, " ")
    else:
        text.indent(made, place.depth)


def verse_line(w: Writer, parent: etree._Element, node: m.VerseLine, place: Place) -> None:
    attributes = {}
    if node.n is not None:
        attributes["n"] = text.encodable(node.n)
    if node.indent > 0:
        attributes["rend"] = f"indent({node.indent})"
    if place.verse:
        made = w.element(parent, "seg", node, place, attributes | {"type": "l"})
    else:
        if node.part:
            attributes["part"] = node.part
        made = w.element(parent, "l", node, place, attributes)
    w.content(made, node.content, place.mixed()._replace(line=True, verse=True))


def item_list(w: Writer, parent: etree._Element, node: m.ItemList, place: Place) -> None:
    kind = values.word(node.type)
    if kind == "gloss":
        # TEI keeps this value for pairs of label and item (Schematron of list); here the label stands in the item.
        kind = "glossary"
    made = w.element(parent, "list", node, place, {"type": kind} if kind else {}, code="list")
    inner = place.within(scope=_scope(made, place))
    if node.head is not None:
        heading(w, made, node.head, inner)
    for part in node.items:
        w.node(made, part, inner)
    if not any(type(part) is m.Item for part in node.items):
        etree.SubElement(made, TEI + "item")
    text.indent(made, place.depth)


def item(w: Writer, parent: etree._Element, node: m.Item, place: Place) -> None:
    made = w.element(parent, "item", node, place, code="item")
    scope = _scope(made, place)
    if node.label is not None:
        w.node(made, node.label, place)
    if not node.content:
        w.blocks(made, node.blocks, place.within(scope=scope))
        text.indent(made, place.depth)
        return
    if node.label is not None and not _opens_with_space(node.content):
        text.separate(made)
    mixed = place.mixed()._replace(scope=scope)
    w.content(made, node.content, mixed)
    for block in node.blocks:
        text.separate(made)
        w.blocks(made, (block,), place._replace(depth=None).within(scope=scope))


def _opens_with_space(content: m.Content) -> bool:
    first = content[0]
    return type(first) is m.Text and first.value[:1].isspace()


def note(w: Writer, parent: etree._Element, node: m.Note, place: Place) -> None:
    attributes = {}
    if kind := values.word(node.type):
        attributes["type"] = kind
    if node.n is not None:
        attributes["n"] = text.encodable(node.n)
    attributes["place"] = node.place
    attributes[XML_ID] = identifier = place.scope.notes.number("n")
    made = etree.SubElement(parent, TEI + "note", attributes)
    w.origins.append((made, node))
    w.identity.register(node.key, identifier, node)
    w.identity.note(made, node)
    if node.label is not None:
        w.node(made, node.label, place.mixed())
    w.blocks(made, node.blocks, place.within(scope=place.scope.inside(identifier))._replace(verse=False))
    text.indent(made, place.depth)


def speech(w: Writer, parent: etree._Element, node: m.Speech, place: Place) -> None:
    """``sp``; within a verse line, where it could hold no paragraph, ``q``."""
    made = w.element(parent, "q" if place.line else "sp", node, place, code="sp")
    w.identity.point(made, "who", node.who, node)
    inner = place.within(BLOCK if place.line else SPEECH, _scope(made, place))
    if node.speaker:
        speaker = etree.SubElement(made, TEI + ("seg" if place.line else "speaker"))
        w.content(speaker, node.speaker, inner.mixed(SEQUENCE))
    for direction in node.directions:
        if isinstance(direction, m.Text):
            _after_name(made, direction.value, place)
        else:
            w.node(made, direction, inner)
    w.blocks(made, node.blocks, inner)
    text.indent(made, place.depth)


def _after_name(made: etree._Element, characters: str, place: Place) -> None:
    """What is printed between directions, a colon mostly: ``sp`` holds no characters, so they end the element before."""
    if not characters.strip():
        return
    if len(made) == 0:
        etree.SubElement(made, TEI + ("seg" if place.line else "speaker"))
    text.append(made[-1], characters)


def table(w: Writer, parent: etree._Element, node: m.Table, place: Place) -> None:
    made = w.element(parent, "table", node, place, code="table")
    inner = place.within()
    if node.head is not None:
        heading(w, made, node.head, inner)
    for cells in node.rows or ((),):
        row = etree.SubElement(made, TEI + "row")
        for cell in cells or ((),):
            w.content(etree.SubElement(row, TEI + "cell"), cell, inner.mixed())
        text.indent(row, inner.depth)
    text.indent(made, place.depth)


def cast_list(w: Writer, parent: etree._Element, node: m.CastList, place: Place) -> None:
    made = w.element(parent, "castList", node, place, code="castlist")
    inner = place.within()
    if node.head is not None:
        heading(w, made, node.head, inner)
    for part in node.items:
        w.node(made, part, inner)
    if not any(type(part) is m.CastItem for part in node.items):
        etree.SubElement(made, TEI + "castItem")
    text.indent(made, place.depth)


def cast_item(w: Writer, parent: etree._Element, node: m.CastItem, place: Place) -> None:
    made = w.element(parent, "castItem", node, place)
    w.identity.point(made, "corresp", (node.person,), node)
    inner = place.mixed(PHRASE)
    w.content(etree.SubElement(made, TEI + "role"), node.role, inner.mixed(SEQUENCE))
    if node.role and node.content and _have_gap(node.role[-1], node.content[0]):
        text.separate(made)
    w.content(made, node.content, inner)


def _have_gap(before: Any, after: Any) -> bool:
    return bool(before.spans and after.spans and before.spans[-1].end < after.spans[0].start)


def bibliography(w: Writer, parent: etree._Element, node: m.Bibliography, place: Place) -> None:
    made = w.element(parent, "listBibl", node, place, code="listbibl")
    inner = place.within()
    if node.head is not None:
        heading(w, made, node.head, inner)
    for entry in node.entries:
        w.node(made, entry, inner)
    if not any(type(entry) is m.Bibl for entry in node.entries):
        etree.SubElement(made, TEI + "bibl")
    text.indent(made, place.depth)


def floating_text(w: Writer, parent: etree._Element, node: m.FloatingText, place: Place) -> None:
    kind = values.word(node.type)
    attributes = {"type": kind} if kind else {}
    if place.verse:
        made = w.element(parent, "seg", node, place, attributes, code="ft")
        text.append(made, printed((node,)))
        return
    made = w.element(parent, "floatingText", node, place, attributes, code="ft")
    body = etree.SubElement(made, TEI + "body")
    inner = place._replace(line=False).within(scope=_scope(made, place))
    divided(w, body, node.top, node.blocks, (), node.bottom, inner)
    text.indent(made, place.depth)


_GLOBAL = frozenset({m.PageBreak, m.Furniture, m.Milestone, m.Metamark, m.Note, m.Figure, m.Reaction})
_HEADS = frozenset({"byline", "dateline", "salute", "signed"})


def divided(
    w: Writer,
    made: etree._Element,
    top: Iterable[Any],
    blocks: Iterable[Any],
    divisions: Iterable[Any],
    bottom: Iterable[Any],
    place: Place,
) -> None:
    """Fill ``made`` (``body`` or ``div``, whose place is given) in the order of TEI: top, blocks, divisions, bottom.

    A ``body`` that would hold neither block nor division, and a ``div`` that would only be closed, get the empty paragraph
    that TEI asks for.
    """
    inner = place.within()
    for node in top:
        w.node(made, node, inner._replace(wraps=GLOBAL))
    w.blocks(made, blocks, inner)
    filled = any(is_block(node) for node in blocks) or any(type(node) is m.Division for node in divisions)
    if not filled and (made.tag == TEI + "body" or any(map(_closes, bottom))):
        etree.SubElement(made, TEI + "p", {XML_ID: place.scope.number("p")})
    for node in (*divisions, *bottom):
        w.node(made, node, inner._replace(wraps=GLOBAL))
    text.indent(made, place.depth)


def is_block(node: Any) -> bool:
    return type(node) not in _GLOBAL and not (type(node) is m.Cited and not node.content)


def _closes(node: Any) -> bool:
    return type(node) in (m.Closer, m.Postscript) or (type(node) is m.Part and node.type not in _HEADS)


def figure(w: Writer, parent: etree._Element, node: m.Figure, place: Place) -> None:
    made = w.element(parent, "figure", node, place, code="fig")
    inner = place.within(GLOBAL)
    if node.head is not None:
        heading(w, made, node.head, inner)

    def part(content: list[Any]) -> etree._Element:
        description = etree.SubElement(made, TEI + "figDesc")
        w.content(description, content, inner.mixed(DESCRIPTION))
        return description

    if node.description:
        write_in_parts(w, made, node.description, inner, part, "fd")
    text.indent(made, place.depth)


def _scope(made: etree._Element, place: Place) -> Any:
    return place.scope.inside(made.get(XML_ID, ""))


WRITERS: dict[type, Write] = {
    m.Heading: heading,
    m.Paragraph: paragraph,
    m.Anonymous: anonymous,
    m.Quotation: quotation,
    m.Stanza: stanza,
    m.VerseLine: verse_line,
    m.ItemList: item_list,
    m.Item: item,
    m.Note: note,
    m.Speech: speech,
    m.Table: table,
    m.CastList: cast_list,
    m.CastItem: cast_item,
    m.Bibliography: bibliography,
    m.FloatingText: floating_text,
    m.Figure: figure,
}
