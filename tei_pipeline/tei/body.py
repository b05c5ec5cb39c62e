"""The text as a whole: front matter, body and back matter, and the title page. Here the table of all writer functions is put together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from tei_pipeline import model as m
from tei_pipeline.tei import blocks, divisions, drama, inlines, text, values
from tei_pipeline.tei.identity import XML_ID, XML_LANG, Scope
from tei_pipeline.tei.places import BLOCK, GLOBAL, PHRASE, Place
from tei_pipeline.tei.writer import TEI, Write, Writer

_TITLES = frozenset({"main", "sub", "volume"})


def write_text(w: Writer, root: etree._Element, document: m.Document) -> etree._Element:
    """``text`` with ``front``, ``body`` and ``back``, the outer two only when something stands in them."""
    made = etree.SubElement(root, TEI + "text", {XML_LANG: values.language(document.metadata.language) or "und"})
    if document.front:
        _matter(w, made, "front", document.front)
    content, scope = document.body, Scope("")
    body = etree.SubElement(made, TEI + "body")
    w.origins.append((body, content))
    if content.key is not None:
        body.set(XML_ID, identifier := scope.number("body"))
        w.identity.register(content.key, identifier, content)
    divisions.set_language(body, content)
    divisions.divided(w, body, (content.top, content.blocks, content.divisions, content.bottom), Place(BLOCK, scope, 2))
    if document.back:
        _matter(w, made, "back", document.back)
    text.indent(made, 1)
    return made


def _matter(w: Writer, parent: etree._Element, name: str, nodes: tuple[Any, ...]) -> None:
    made = etree.SubElement(parent, TEI + name)
    place = Place(GLOBAL, Scope(f"{name}-"), 3)
    for node in nodes:
        w.node(made, node, place)
    text.indent(made, 2)


def title_page(w: Writer, parent: etree._Element, node: m.TitlePage, place: Place) -> None:
    """``titlePage``; titles that follow each other stand in one ``docTitle``. TEI asks for one part at least."""
    made = w.element(parent, "titlePage", node, place, code="tp")
    inner = place.within(GLOBAL)
    titles: etree._Element | None = None
    for each in node.parts:
        if type(each) is not m.TitlePart or each.type not in _TITLES:
            if titles is not None:
                text.indent(titles, inner.depth)
                titles = None
            w.node(made, each, inner)
            continue
        if titles is None:
            titles = etree.SubElement(made, TEI + "docTitle")
        w.node(titles, each, inner.within(GLOBAL))
    if titles is not None:
        text.indent(titles, inner.depth)
    if not any(type(each) is m.TitlePart for each in node.parts):
        etree.SubElement(made, TEI + "titlePart")
    text.indent(made, place.depth)


def title_part(w: Writer, parent: etree._Element, node: m.TitlePart, place: Place) -> None:
    """The element of that name for byline, edition, imprint and epigraph; any other line is a ``titlePart`` of that type."""
    match node.type:
        case "byline":
            divisions.byline(w, w.element(parent, "byline", node, place), node.content, place.mixed(PHRASE))
        case "docEdition":
            w.line(w.element(parent, "docEdition", node, place), node.content, place.mixed())
        case "docImprint":
            w.line(w.element(parent, "docImprint", node, place), node.content, place.mixed(PHRASE))
        case "epigraph":
            made = w.element(parent, "epigraph", node, place)
            w.line(etree.SubElement(made, TEI + "p", {XML_ID: place.scope.number("p")}), node.content, place.mixed())
            text.indent(made, place.depth)
        case _:
            w.line(w.element(parent, "titlePart", node, place, {"type": node.type}), node.content, place.mixed())


TABLE: Mapping[type, Write] = {
    **inlines.WRITERS,
    **blocks.WRITERS,
    **drama.WRITERS,
    **divisions.WRITERS,
    m.TitlePage: title_page,
    m.TitlePart: title_part,
}
