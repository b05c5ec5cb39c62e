"""The text: front matter, body and back matter, divisions, what opens and closes them, and the title page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from tei_pipeline import model as m
from tei_pipeline.tei import blocks, inlines, text, values
from tei_pipeline.tei.flat import printed
from tei_pipeline.tei.identity import XML_ID, Scope
from tei_pipeline.tei.places import BLOCK, DEEPEST, GLOBAL, PARAGRAPH, PHRASE, Place, Wraps
from tei_pipeline.tei.writer import TEI, Write, Writer

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PART_CODES = {"byline": "by", "dateline": "dl", "salute": "sal", "signed": "sig", "trailer": "tr"}
_PART_CONTENT: dict[str, Wraps] = {"byline": PHRASE, "dateline": PHRASE}
_TITLES = frozenset({"main", "sub", "volume"})


def write_text(w: Writer, root: etree._Element, document: m.Document) -> etree._Element:
    """``text`` with ``front``, ``body`` and ``back``, as far as there is something to stand in them."""
    made = etree.SubElement(root, TEI + "text", {XML_LANG: values.language(document.metadata.language) or "und"})
    if document.front:
        _matter(w, made, "front", document.front)
    body = etree.SubElement(made, TEI + "body")
    scope = Scope("")
    w.origins.append((body, document.body))
    if document.body.key is not None:
        body.set(XML_ID, identifier := scope.number("body"))
        w.identity.register(document.body.key, identifier, document.body)
    _language(body, document.body)
    content = document.body
    blocks.divided(w, body, content.top, content.blocks, content.divisions, content.bottom, Place(BLOCK, scope, 2))
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


def division(w: Writer, parent: etree._Element, node: m.Division, place: Place) -> None:
    identifier, scope = place.scope.division(node.type)
    attributes = {}
    if kind := values.word(node.type):
        attributes["type"] = kind
    if node.n:
        attributes["n"] = text.encodable(node.n)
    attributes[XML_ID] = identifier
    made = etree.SubElement(parent, TEI + "div", attributes)
    w.origins.append((made, node))
    w.identity.register(node.key, identifier, node)
    _language(made, node)
    if place.level > DEEPEST:
        text.append(etree.SubElement(made, TEI + "p"), printed((node,)))
        return
    here = place._replace(wraps=BLOCK, scope=scope)
    blocks.divided(w, made, node.top, node.blocks, node.divisions, node.bottom, here)


def _language(made: etree._Element, node: m.Division) -> None:
    if known := values.language(node.lang):
        made.set(XML_LANG, known)


# ---------------------------------------------------------------- what opens and closes a division


def part(w: Writer, parent: etree._Element, node: m.Part, place: Place) -> None:
    """A line of its own. ``trailer`` only closes: at the top of a division it is a ``head``, in an opener or closer a ``seg``."""
    name, attributes = str(node.type), {}
    if name == "trailer":
        if parent.tag in (TEI + "opener", TEI + "closer"):
            name, attributes = "seg", {"type": "trailer"}
        elif not _has_content(parent):
            name, attributes = "head", {"type": "sub"}
    made = w.element(parent, name, node, place, attributes, code=_PART_CODES[node.type])
    inner = place.mixed(_PART_CONTENT.get(node.type, PARAGRAPH))
    if node.type == "byline":
        _byline(w, made, node.content, inner)
    else:
        w.content(made, node.content, inner)


_TOPS = frozenset(TEI + name for name in ("head", "byline", "dateline", "salute", "signed", "opener", "epigraph", "argument"))
_GLOBALS = frozenset(TEI + name for name in ("pb", "fw", "lb", "milestone", "metamark", "note", "figure", "vocal", "kinesic", "incident"))


def _has_content(division: etree._Element) -> bool:
    """Whether a block or a division stands in it: then what follows closes it."""
    return any(child.tag not in _TOPS and child.tag not in _GLOBALS for child in division.iterchildren(reversed=True))


def _byline(w: Writer, made: etree._Element, content: m.Content, place: Place) -> None:
    """The author's name, where metadata know it and the byline prints it, as ``docAuthor``."""
    names = [re.escape(name) for name in w.metadata.author if name]
    known = re.compile("|".join(names), re.IGNORECASE) if names else None
    for at, node in enumerate(content):
        if known is not None and type(node) is m.Text and (found := known.search(node.value)):
            w.content(made, content[:at], place)
            text.append(made, node.value[: found.start()])
            text.append(etree.SubElement(made, TEI + "docAuthor"), found.group())
            text.append(made, node.value[found.end() :])
            w.content(made, content[at + 1 :], place)
            return
    w.content(made, content, place)


def opener(w: Writer, parent: etree._Element, node: m.Opener | m.Closer, place: Place) -> None:
    """``opener`` or ``closer``: each part on a line, unless characters stand between them."""
    name, code = ("opener", "op") if type(node) is m.Opener else ("closer", "cl")
    made = w.element(parent, name, node, place, code=code)
    if any(type(part) is m.Text and part.value.strip() for part in node.parts):
        inner = place.mixed(PHRASE)
        before: Any = None
        for each in node.parts:
            if m.Part in (type(each), type(before)):
                text.separate(made)
            w.content(made, (each,), inner)
            before = each
        return
    inner = place.within(PHRASE)
    for each in node.parts:
        if type(each) is not m.Text:
            w.node(made, each, inner)
    text.indent(made, place.depth)


def postscript(w: Writer, parent: etree._Element, node: m.Postscript, place: Place) -> None:
    made = w.element(parent, "postscript", node, place, code="ps")
    if node.label is not None:
        w.node(made, node.label, place.within())
    _filled(w, made, node.blocks, place, wanted=node.label is None)


def epigraph(w: Writer, parent: etree._Element, node: m.Epigraph, place: Place) -> None:
    _filled(w, w.element(parent, "epigraph", node, place, code="ep"), node.blocks, place, wanted=False)


def argument(w: Writer, parent: etree._Element, node: m.Argument, place: Place) -> None:
    _filled(w, w.element(parent, "argument", node, place, code="arg"), node.blocks, place, wanted=True)


def _filled(w: Writer, made: etree._Element, nodes: tuple[Any, ...], place: Place, *, wanted: bool) -> None:
    """The blocks of ``made``, which numbers them; an empty paragraph when there is none and one is ``wanted``."""
    inner = place.within(scope=place.scope.inside(made.get(XML_ID, "")))
    w.blocks(made, nodes, inner)
    if wanted and not any(map(blocks.is_block, nodes)):
        etree.SubElement(made, TEI + "p", {XML_ID: inner.scope.number("p")})
    text.indent(made, place.depth)


# ---------------------------------------------------------------- the title page


def title_page(w: Writer, parent: etree._Element, node: m.TitlePage, place: Place) -> None:
    """Titles that follow each other stand in one ``docTitle``; what is no title, author, edition or imprint is ``titlePart type="desc"``."""
    made = w.element(parent, "titlePage", node, place, code="tp")
    inner = place.within(GLOBAL)
    titles: list[Any] = []
    for each in (*node.parts, None):
        if type(each) is m.TitlePart and each.type in _TITLES:
            titles.append(each)
            continue
        if titles:
            _doc_title(w, made, titles, inner)
            titles = []
        if each is not None:
            w.node(made, each, inner)
    if not any(type(each) is m.TitlePart for each in node.parts):
        etree.SubElement(made, TEI + "titlePart")
    text.indent(made, place.depth)


def _doc_title(w: Writer, parent: etree._Element, titles: list[Any], place: Place) -> None:
    made = etree.SubElement(parent, TEI + "docTitle")
    for title in titles:
        w.node(made, title, place.within(GLOBAL))
    text.indent(made, place.depth)


def title_part(w: Writer, parent: etree._Element, node: m.TitlePart, place: Place) -> None:
    match node.type:
        case "byline":
            _byline(w, w.element(parent, "byline", node, place), node.content, place.mixed(PHRASE))
        case "docEdition":
            w.content(w.element(parent, "docEdition", node, place), node.content, place.mixed())
        case "docImprint":
            w.content(w.element(parent, "docImprint", node, place), node.content, place.mixed(PHRASE))
        case "epigraph":
            made = w.element(parent, "epigraph", node, place)
            w.content(etree.SubElement(made, TEI + "p", {XML_ID: place.scope.number("p")}), node.content, place.within().mixed())
            text.indent(made, place.depth)
        case _:
            w.content(w.element(parent, "titlePart", node, place, {"type": node.type}), node.content, place.mixed())


TABLE: Mapping[type, Write] = {
    **inlines.WRITERS,
    **blocks.WRITERS,
    m.Division: division,
    m.Part: part,
    m.Opener: opener,
    m.Closer: opener,
    m.Postscript: postscript,
    m.Epigraph: epigraph,
    m.Argument: argument,
    m.TitlePage: title_page,
    m.TitlePart: title_part,
}
