"""Divisions, texts within the text, and what opens and closes them; one function per class of node."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from lxml import etree

from tei_pipeline import model as m
from tei_pipeline.tei import text, values
from tei_pipeline.tei.blocks import scope_of
from tei_pipeline.tei.flat import printed
from tei_pipeline.tei.identity import XML_ID, XML_LANG
from tei_pipeline.tei.places import BLOCK, DEEPEST, GLOBAL, PARAGRAPH, PHRASE, Place, Wraps
from tei_pipeline.tei.writer import TEI, Write, Writer

# Classes that TEI takes anywhere (model.global), so that they do not make a division a filled one.
_GLOBAL = frozenset({m.PageBreak, m.Furniture, m.Milestone, m.Metamark, m.Note, m.Figure, m.Reaction})
_OPENING = frozenset({"byline", "dateline", "salute", "signed"})
_PART_CODES = {"byline": "by", "dateline": "dl", "salute": "sal", "signed": "sig", "trailer": "tr"}
_PART_CONTENT: dict[str, Wraps] = {"byline": PHRASE, "dateline": PHRASE}


def divided(
    w: Writer,
    made: etree._Element,
    parts: tuple[Sequence[Any], Sequence[Any], Sequence[Any], Sequence[Any]],
    place: Place,
) -> None:
    """Fill ``made`` (``body`` or ``div``, whose own place is given) with ``parts``: top, blocks, divisions, bottom.

    A ``body`` that would hold neither block nor division, and a ``div`` that would only be closed, get the empty paragraph
    that TEI asks for.
    """
    top, blocks, divisions, bottom = parts
    inner = place.within()
    around = inner._replace(wraps=GLOBAL)
    for node in top:
        if type(node) is m.Part and node.type == "trailer":
            _opening_trailer(w, made, node, around)
        else:
            w.node(made, node, around)
    w.blocks(made, blocks, inner)
    filled = any(map(is_block, blocks)) or any(type(node) is m.Division for node in divisions)
    if not filled and (made.tag == TEI + "body" or any(map(_only_closes, bottom))):
        etree.SubElement(made, TEI + "p", {XML_ID: inner.scope.number("p")})
    for node in (*divisions, *bottom):
        w.node(made, node, around)
    text.indent(made, place.depth)


def is_block(node: Any) -> bool:
    """Whether a block of the model is written as one of TEI's (``model.common``), not as what may stand anywhere, or not at all."""
    return type(node) not in _GLOBAL and not (type(node) is m.Cited and not node.content)


def _only_closes(node: Any) -> bool:
    return type(node) in (m.Closer, m.Postscript) or (type(node) is m.Part and node.type not in _OPENING)


def division(w: Writer, parent: etree._Element, node: m.Division, place: Place) -> None:
    """``div`` with ``@type`` and ``@n``, the latter made unique among its siblings where the model repeats or lacks it."""
    identifier, scope = place.scope.division(node.type)
    kind = values.word(node.type)
    attributes = values.attribute("type", kind)
    attributes["n"] = place.scope.name(text.encodable(node.n), kind)
    attributes[XML_ID] = identifier
    made = etree.SubElement(parent, TEI + "div", attributes)
    w.origins.append((made, node))
    w.identity.register(node.key, identifier, node)
    set_language(made, node)
    if place.level > DEEPEST:
        text.append(etree.SubElement(made, TEI + "p", {XML_ID: scope.number("p")}), w.flat((node,)))
        return
    divided(w, made, (node.top, node.blocks, node.divisions, node.bottom), place._replace(wraps=BLOCK, scope=scope))


def set_language(made: etree._Element, node: m.Division) -> None:
    """``@xml:lang`` of a division that has a language of its own."""
    if known := values.language(node.lang):
        made.set(XML_LANG, known)


def floating_text(w: Writer, parent: etree._Element, node: m.FloatingText, place: Place) -> None:
    """``floatingText/body``; within a verse line, where TEI takes none of what it holds, its characters in a ``seg``."""
    attributes = values.attribute("type", values.word(node.type))
    if place.verse:
        w.report("text-in-verse", "a text within a verse line: TEI has no place for it there, its structure is given up", node)
        text.append(w.element(parent, "seg", node, place, attributes, code="ft"), printed((node,)))
        return
    made = w.element(parent, "floatingText", node, place, attributes, code="ft")
    body = etree.SubElement(made, TEI + "body")
    inner = place._replace(line=False).within(scope=scope_of(made, place))
    divided(w, body, (node.top, node.blocks, (), node.bottom), inner)
    text.indent(made, place.depth)


# ---------------------------------------------------------------- what opens and closes


def part(w: Writer, parent: etree._Element, node: m.Part, place: Place) -> None:
    """The element of that name: ``byline``, ``dateline``, ``salute``, ``signed``, ``trailer``."""
    _write_part(w, w.element(parent, node.type, node, place, code=_PART_CODES[node.type]), node, place)


def _opening_trailer(w: Writer, parent: etree._Element, node: m.Part, place: Place) -> None:
    """TEI takes ``trailer`` at the end of a division only: at its beginning the line is a subordinate heading."""
    _write_part(w, w.element(parent, "head", node, place, {"type": "sub"}, code=_PART_CODES[node.type]), node, place)


def _write_part(w: Writer, made: etree._Element, node: m.Part, place: Place) -> None:
    inner = place.mixed(_PART_CONTENT.get(node.type, PARAGRAPH))
    if node.type == "byline":
        byline(w, made, node.content, inner)
    else:
        w.line(made, node.content, inner)


def byline(w: Writer, made: etree._Element, content: m.Content, place: Place) -> None:
    """The words of a byline; the author's name as ``docAuthor``, where metadata know it and the line prints it."""
    names = [re.escape(name) for name in w.metadata.author if name]
    known = re.compile("|".join(names), re.IGNORECASE) if names else None
    for at, node in enumerate(content):
        if known is not None and type(node) is m.Text and (found := known.search(node.value)):
            w.content(made, content[:at], place)
            text.append(made, node.value[: found.start()])
            text.append(etree.SubElement(made, TEI + "docAuthor"), found.group())
            text.append(made, node.value[found.end() :])
            w.line(made, content[at + 1 :], place)
            return
    w.line(made, content, place)


def opener(w: Writer, parent: etree._Element, node: m.Opener | m.Closer, place: Place) -> None:
    """``opener`` or ``closer``: each part on a line, unless characters stand between the parts. A trailer in it is a ``seg``."""
    name, code = ("opener", "op") if type(node) is m.Opener else ("closer", "cl")
    made = w.element(parent, name, node, place, code=code)
    mixed = any(type(each) is m.Text and each.value.strip() for each in node.parts)
    inner = place.mixed(PHRASE) if mixed else place.within(PHRASE)
    before: Any = None
    for each in node.parts:
        if mixed and m.Part in (type(each), type(before)):
            text.separate(made)
        if type(each) is m.Part and each.type == "trailer":
            _write_part(w, w.element(made, "seg", each, inner, {"type": "trailer"}, code=_PART_CODES["trailer"]), each, inner)
        elif mixed or type(each) is not m.Text:
            w.content(made, (each,), inner)
        before = each
    if not mixed:
        text.indent(made, place.depth)


def postscript(w: Writer, parent: etree._Element, node: m.Postscript, place: Place) -> None:
    """``postscript`` with its label and blocks, one of either at least."""
    made = w.element(parent, "postscript", node, place, code="ps")
    if node.label is not None:
        w.node(made, node.label, place.within())
    _blocks(w, made, node.blocks, place, wanted=node.label is None)


def epigraph(w: Writer, parent: etree._Element, node: m.Epigraph, place: Place) -> None:
    """``epigraph`` with its blocks."""
    _blocks(w, w.element(parent, "epigraph", node, place, code="ep"), node.blocks, place, wanted=False)


def argument(w: Writer, parent: etree._Element, node: m.Argument, place: Place) -> None:
    """``argument`` with its heading and its blocks, one at least."""
    made = w.element(parent, "argument", node, place, code="arg")
    if node.head is not None:
        w.node(made, node.head, place.within())
    _blocks(w, made, node.blocks, place, wanted=True)


def _blocks(w: Writer, made: etree._Element, nodes: tuple[Any, ...], place: Place, *, wanted: bool) -> None:
    """The blocks of ``made``, which numbers them; an empty paragraph when there is none and one is ``wanted``."""
    inner = place.within(scope=scope_of(made, place))
    w.blocks(made, nodes, inner)
    if wanted and not any(map(is_block, nodes)):
        etree.SubElement(made, TEI + "p", {XML_ID: inner.scope.number("p")})
    text.indent(made, place.depth)


WRITERS: dict[type, Write] = {
    m.Division: division,
    m.FloatingText: floating_text,
    m.Part: part,
    m.Opener: opener,
    m.Closer: opener,
    m.Postscript: postscript,
    m.Epigraph: epigraph,
    m.Argument: argument,
}
