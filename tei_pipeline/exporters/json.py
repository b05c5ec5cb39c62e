"""JSON: a tree that mirrors the TEI node by node, and beside it views for those who do not want to walk a tree.

The form is described in ``schemas/document.schema.json``; :mod:`tei_pipeline.exporters.from_json` reads it back. Children of
an element that holds no characters stand on a line each, so that a changed paragraph is one changed line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from json.encoder import encode_basestring as quoted
from typing import Any, TypeAlias

from lxml import etree
from msgspec import Struct

from tei_pipeline.decisions import Problem
from tei_pipeline.exporters import views
from tei_pipeline.exporters.entities import without_entities
from tei_pipeline.exporters.exported import MAX_DEPTH, TEI_NAMESPACE, XML_ID, XML_NAMESPACE, Exported, ExportError
from tei_pipeline.exporters.reading import APART, BREAKS, CHOICE, EDITED, tei
from tei_pipeline.exporters.walk import walk

VERSION = 1
SCHEMA_ID = f"https://tei-pipeline.example/schemas/document/{VERSION}/document.schema.json"
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
Scope: TypeAlias = "Mapping[str | None, str]"  # what prefixes mean at an element
# What is no printed text (ENCODING: the diplomatic invariant): the header and its like, the editor's words.
_UNPRINTED = EDITED | tei("supplied teiHeader standOff facsimile sourceDoc")
_NOTABLE = _UNPRINTED | APART | BREAKS
_XML = f"{{{XML_NAMESPACE}}}"


class JsonOptions(Struct, frozen=True):
    """JSON has one form; there is nothing to choose."""


def export_json(root: etree._Element, options: JsonOptions | None = None) -> Exported:
    """The document as JSON (UTF-8, one line for each element that holds characters), or :class:`ExportError` when it is nested too deeply.

    A document type declaration is the one thing of a well-formed file that is not in it; it is named.
    """
    document, problems = without_entities(root)
    out = ['{"$schema":', quoted(SCHEMA_ID), f',\n"version":{VERSION},\n', ""]  # the last becomes the counts
    out += ['"metadata":', _dumps(views.metadata(document)), ",\n"]
    for name, view in (("outline", views.outline), ("people", views.people), ("notes", views.notes)):
        out += [f'"{name}":', _rows(view(document)), ",\n"]
    out += ['"prolog":', _rows(_nodes(reversed([*root.itersiblings(preceding=True)]))), ',\n"tree":\n']
    tags, printed = _write_tree(document, out)
    out[3] = f'"counts":{_dumps(views.counts(tags, printed))},\n'
    out += [',\n"epilog":', _rows(_nodes(root.itersiblings())), "}\n"]
    docinfo: Any = root.getroottree().docinfo
    if docinfo.doctype:
        problems += (Problem("info", "doctype-lost", f"the document type declaration is no part of the JSON: {docinfo.doctype}"),)
    return Exported("".join(out).encode("utf-8"), problems)


def _rows(values: Iterable[Any]) -> str:
    """A JSON array, a line for each entry."""
    rows = ",\n".join(map(_dumps, values))
    return f"[\n{rows}\n]" if rows else "[]"


def _nodes(siblings: Iterable[etree._Element]) -> list[dict[str, str]]:
    """Comments and processing instructions beside the root; beside an inner element there is nothing of the document."""
    return [node for sibling in siblings if not isinstance(sibling.tag, str) for node in [_aside(sibling)]]


def _aside(node: etree._Element) -> dict[str, str]:
    """A comment or processing instruction."""
    if isinstance(node, etree._ProcessingInstruction):
        data = (node.text or "").lstrip(" \t\r\n")
        return {"instruction": str(node.target)} | ({"data": data} if data else {})
    return {"comment": str(node.text or "")}


def _write_tree(root: etree._Element, out: list[str]) -> tuple[list[str], list[str]]:
    """Append the JSON of the element ``root`` to ``out``; the names of all elements, and the printed text in pieces."""
    opening = _Names(root).opening
    open_elements: list[_Open] = []
    tags: list[str] = []
    printed: list[str] = []

    def enter(node: etree._Element) -> bool:
        if open_elements:
            element = open_elements[-1]
            element.marks.append(len(out))
            out.append("," if element.has_content else ',"content":[')
            element.has_content = True
            if len(open_elements) == MAX_DEPTH:
                raise ExportError(
                    _whereabouts(node), f"nested deeper than {MAX_DEPTH} elements, which JSON readers do not take; flatten it"
                )
        tag = node.tag
        if not isinstance(tag, str):
            out.append(_dumps(_aside(node)))
            return False
        tags.append(tag)
        mark = -1
        if tag in _NOTABLE:
            if tag not in _UNPRINTED:
                printed.append("\0" if node.get("break") == "no" else " ")
            elif tag not in EDITED or _is_choice(node.getparent()):
                mark = len(printed)
        if len(node):
            out.append(opening(node))
            open_elements.append(_Open(mark))
            return True
        if characters := node.text:
            out.append(f'{opening(node)},"content":[{quoted(characters)}]}}')
            if mark < 0:
                printed.append(characters)
        else:
            out.append(opening(node) + "}")
        if tag in APART:
            printed.append(" ")
        return False

    def text(characters: str) -> None:
        printed.append(characters)
        element = open_elements[-1]
        out.append("," + quoted(characters) if element.has_content else ',"content":[' + quoted(characters))
        element.has_content = True
        if not element.is_mixed and not characters.isspace():
            element.is_mixed = True

    def leave(node: etree._Element) -> None:
        element = open_elements.pop()
        if not element.is_mixed:
            for at in element.marks:
                out[at] += "\n"
        out.append("]}")
        if element.unprinted >= 0:
            del printed[element.unprinted :]
        if node.tag in APART:
            printed.append(" ")

    walk(root, enter, text, leave)
    return tags, printed


def _is_choice(element: etree._Element | None) -> bool:
    return element is not None and element.tag == CHOICE


class _Open:
    """An element with children that is being written: where they begin in the output, and whether it holds characters.

    A child begins with the mark before it, which becomes a line end when it turns out that its parent holds none.
    """

    __slots__ = ("has_content", "is_mixed", "marks", "unprinted")

    def __init__(self, unprinted: int) -> None:
        self.unprinted = unprinted  # where its printed text begins when it is not to be counted, else -1
        self.has_content = False
        self.is_mixed = False
        self.marks: list[int] = []


class _Names:
    """Names, prefixes and namespaces of elements and attributes, as the JSON writes them."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._scope: Scope = root.nsmap
        # Asking every element for its namespaces is slow; nearly all documents declare theirs at the root.
        declarations = sum(1 for _ in etree.iterwalk(root, events=("start-ns",)))
        self._is_flat = root.getparent() is None and declarations == len(self._scope)
        self._is_plain = self._is_flat and len(set(self._scope.values())) == declarations  # a namespace has one prefix
        self._plain: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self._has_foreign = False

    def opening(self, node: etree._Element) -> str:
        """The beginning of the object of an element: all but its content."""
        tag = str(node.tag)
        opening = self._plain.get(tag) or self._opening(tag, node.prefix)
        if node is self._root:
            opening += _member("namespaces", _by_prefix(self._scope))
        elif not self._is_flat:
            parent = node.getparent()
            outer: Scope = {} if parent is None else parent.nsmap
            declared = {prefix: uri for prefix, uri in node.nsmap.items() if outer.get(prefix) != uri}
            opening += _member("namespaces", _by_prefix(declared))
        attributes: Any = node.items()  # str, where the type stubs allow bytes
        if attributes:
            keys = self._keys
            pairs = ",".join([(keys.get(key) or self._key(key)) + quoted(value) for key, value in attributes])
            opening += ',"attributes":{' + pairs + "}"
            if self._has_foreign:
                opening += _member("prefixes", self._prefixes(node))
        return opening

    def _opening(self, tag: str, prefix: str | None) -> str:
        name = etree.QName(tag)
        opening = '{"name":' + quoted(name.localname)
        if prefix:
            opening += ',"prefix":' + quoted(prefix)
        if name.namespace != TEI_NAMESPACE:
            opening += ',"namespace":' + quoted(name.namespace or "")
        if self._is_plain:
            self._plain[tag] = opening
        return opening

    def _key(self, attribute: str) -> str:
        if attribute.startswith(_XML):
            key = "xml:" + attribute[len(_XML) :]
        else:
            key = attribute
            self._has_foreign |= key.startswith("{")
        return self._keys.setdefault(attribute, quoted(key) + ":")

    def _prefixes(self, node: etree._Element) -> dict[str, str]:
        """The prefixes of the attributes that could have another one: where several are declared for one namespace."""
        scope = self._scope if self._is_flat else node.nsmap
        prefixes = {}
        for at, key in enumerate(map(str, node.keys()), 1):
            uri = etree.QName(key).namespace
            candidates = sorted(prefix for prefix, bound in scope.items() if prefix and bound == uri)
            if len(candidates) > 1:
                prefix = str(node.xpath(f"name(@*[{at}])")).partition(":")[0]
                if prefix != candidates[0]:
                    prefixes[key] = prefix
        return prefixes


def _by_prefix(scope: Scope) -> dict[str, str]:
    return {prefix or "": uri for prefix, uri in sorted(scope.items(), key=lambda pair: pair[0] or "")}


def _member(key: str, values: dict[str, str]) -> str:
    return f',"{key}":{_dumps(values)}' if values else ""


def _whereabouts(node: etree._Element) -> str:
    """The nearest identifier around a node, for a message."""
    around = next((each for each in node.iterancestors() if each.get(XML_ID)), None)
    return f"element {etree.QName(node).localname}" + (f" in #{around.get(XML_ID)}" if around is not None else "")
