"""The writer: it walks the model and hands each node to the function that the table has for its class."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from lxml import etree

from tei_pipeline.decisions import Problem
from tei_pipeline.model import LineBreak, Metadata, PageBreak, Places, SoftHyphen, Text
from tei_pipeline.source import Source
from tei_pipeline.tei import text
from tei_pipeline.tei.flat import printed
from tei_pipeline.tei.identity import XML_ID, Identity
from tei_pipeline.tei.places import DEEPEST, Place

TEI = "{http://www.tei-c.org/ns/1.0}"
Write: TypeAlias = "Callable[[Writer, etree._Element, Any, Place], None]"
_ANSWERED = frozenset({"q", "quote", "fw"})  # elements without an identifier that say who answers for them, beside those with one
_NONE: dict[str, str] = {}


class Writer:
    """One document on its way into a tree: the table of writer functions, identity, and what was written for which node."""

    def __init__(self, table: Mapping[type, Write], source: Source, metadata: Metadata) -> None:
        self.table = table
        self.metadata = metadata
        self.identity = Identity(self.report)
        self.origins: list[tuple[etree._Element, Any]] = []
        self.problems: list[Problem] = []
        self.crossings: list[tuple[etree._Element, Places]] = []
        self.editors: dict[str, str] = {}
        self._source = source

    def element(
        self, parent: etree._Element, name: str, node: Any, place: Place, attributes: dict[str, str] = _NONE, code: str = ""
    ) -> etree._Element:
        """A new element for ``node`` at the end of ``parent``, in a wrapper where the place refuses it.

        With ``code`` it gets an identifier, and so it does when the node has a key.
        """
        if (wrap := place.wraps.get(name)) is not None:
            parent = etree.SubElement(parent, TEI + wrap[0], dict(wrap[1]))
        made = etree.SubElement(parent, TEI + name, attributes)
        self.origins.append((made, node))
        if code or name in _ANSWERED:
            self.answer(made, node)
        key = getattr(node, "key", None)
        if code or key is not None:
            identifier = place.scope.number(code or name)
            made.set(XML_ID, identifier)
            if key is not None:
                self.identity.register(key, identifier, node)
        return made

    def answer(self, made: etree._Element, node: Any) -> None:
        """``@resp`` of an element that is what it is by an editor's decision."""
        why = getattr(node, "why", None)
        if why is not None and why.who:
            made.set("resp", self.responsible(why.who))

    def node(self, parent: etree._Element, node: Any, place: Place) -> None:
        """One node, by the function that the table has for its class."""
        self.table[type(node)](self, parent, node, place)

    def content(self, parent: etree._Element, content: Sequence[Any], place: Place) -> None:
        """The nodes of mixed content; a space between two elements where the source had one and no text carries it."""
        if place.level > DEEPEST:
            text.append(parent, self.flat(content))
            return
        table = self.table
        before: Any = None
        for node in content:
            kind = type(node)
            if kind is Text:
                text.append(parent, node.value)
                before = None
                continue
            if before is not None and apart(before, node):
                text.separate(parent)
            table[kind](self, parent, node, place)
            before = node

    def line(self, parent: etree._Element, content: Sequence[Any], place: Place) -> None:
        """The mixed content of an element that stands on lines of its own: white space at its edges is left out."""
        self.content(parent, content, place)
        text.trim(parent)

    def blocks(self, parent: etree._Element, nodes: Sequence[Any], place: Place) -> None:
        """Nodes one after the other, where no characters may stand between them; white space is left to the caller."""
        if place.level > DEEPEST:
            if nodes:
                holder = etree.SubElement(parent, TEI + ("seg" if place.line else "p"), {XML_ID: place.scope.number("p")})
                text.append(holder, self.flat(nodes))
            return
        table = self.table
        for node in nodes:
            table[type(node)](self, parent, node, place)

    def parts(self, made: etree._Element, parts: Sequence[Any], name: str, kinds: tuple[type, ...], inner: Place, place: Place) -> None:
        """What an element holds part by part, each on a line of its own, those that are None left out.

        TEI asks for one part of these kinds at least: an empty element of that name stands for it where there is none.
        """
        for part in parts:
            if part is not None:
                self.node(made, part, inner)
        if not any(type(part) in kinds for part in parts):
            etree.SubElement(made, TEI + name)
        text.indent(made, place.depth)

    def flat(self, nodes: Sequence[Any]) -> str:
        """The printed characters of ``nodes``, whose structure is given up; that is reported once for the document."""
        if not any(problem.code == "deep-nesting" for problem in self.problems):
            self.report("deep-nesting", f"more than {DEEPEST} levels of nesting: what lies deeper is written as plain text", nodes[0])
        return printed(nodes)

    def report(self, code: str, message: str, node: Any) -> None:
        """A warning about ``node``, with the line where it begins if it knows its place."""
        spans = getattr(node, "spans", ())
        at = bisect_right(self._source.lines, spans[0].start, key=lambda line: line.start) if spans else 0
        self.problems.append(Problem("warning", code, message, self._source.lines[at - 1].number if at else None))

    def responsible(self, key: str) -> str:
        """The pointer to whoever answers for a correction: the software, or the editor of that key, who then stands in the header."""
        if key == "software":
            return "#software"
        return f"#{self.editors.setdefault(key, f'resp{len(self.editors) + 1:02d}')}"


def apart(before: Any, after: Any) -> bool:
    """Whether the source has something (and that can only be white space) between two neighbours, inside no word."""
    if type(before) in (SoftHyphen, LineBreak) or type(after) in (SoftHyphen, LineBreak):
        return False
    if (type(before) is PageBreak and before.joins) or (type(after) is PageBreak and after.joins):
        return False
    return bool(before.spans and after.spans and before.spans[-1].end < after.spans[0].start)
