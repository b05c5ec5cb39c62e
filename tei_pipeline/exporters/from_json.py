"""The way back: the tree of the JSON as the TEI that it was made from, equal after canonicalisation (C14N, with comments).

Only ``prolog``, ``tree`` and ``epilog`` are read; the views beside them say nothing that is not in the tree. The XML is
written here and parsed once, so that prefixes come back as they were and what XML forbids cannot get in: names, characters,
prefixes and nesting are checked first, each failure with its place as a JSON Pointer (RFC 6901).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from lxml import etree
from msgspec import Struct

from tei_pipeline.exporters.exported import MAX_DEPTH, TEI_NAMESPACE, XML_NAMESPACE, ExportError
from tei_pipeline.exporters.json import VERSION

# XML 1.0 (fifth edition), productions 2, 4 and 4a, without the colon: Namespaces in XML 1.0, production 4.
_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff"
    "\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = re.compile(f"[{_START}][{_START}\\-.0-9\xb7\u0300-\u036f\u203f\u2040]*")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_URI = re.compile('[\\s<>"{}|\\\\^`\x00-\x20\x7f]')
_SPECIAL = re.compile("[^\t\n\x20-\x25\x27-\x3b\x3d\x3f-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # to be checked, or escaped
_SPECIAL_VALUE = re.compile("[^\x20\x21\x23-\x25\x27-\x3b\x3d\x3f-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANKS = (" ", "\t", "\n")
_RESERVED = (XML_NAMESPACE, "http://www.w3.org/2000/xmlns/")
_KINDS: dict[type, str] = {list: "array", dict: "object"}
_ELEMENT = frozenset({"name", "prefix", "namespace", "namespaces", "attributes", "prefixes", "content"})
_INSTRUCTION = frozenset({"instruction", "data"})
_COMMENT = frozenset({"comment"})


def tei_from_json(data: bytes) -> etree._ElementTree:
    """The document whose JSON export ``data`` is.

    :raises ExportError: when it is no such JSON, or of a newer version, or cannot be XML; the sentence names the place in it.
    """
    document = _load(data)
    if "tree" not in document:
        raise ExportError("/tree", "this JSON has no tree: it is no document of this program; export it again from its TEI")
    writer = _Writer()
    writer.aside(document.get("prolog", []), "/prolog")
    writer.tree(document["tree"])
    writer.aside(document.get("epilog", []), "/epilog")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_blank_text=False)
    try:
        return etree.fromstring("".join(writer.out).encode("utf-8"), parser).getroottree()
    except etree.XMLSyntaxError as error:  # an identifier given twice, a namespace that is no URI
        raise ExportError("/tree", f"this tree is no XML: {error.msg}; mend it in the JSON") from None


def _load(data: bytes) -> dict[str, Any]:
    try:
        document = json.loads(data, object_pairs_hook=_members)
    except RecursionError:
        raise ExportError("/tree", f"nested deeper than {MAX_DEPTH} elements; flatten it") from None
    except json.JSONDecodeError as error:
        raise ExportError(f"line {error.lineno}, column {error.colno}", f"this is no JSON: {error.msg}; mend the file") from None
    except UnicodeDecodeError as error:
        raise ExportError(f"byte {error.start}", f"this is no JSON: not {error.encoding}; save it as UTF-8") from None
    except ValueError as error:  # a number with thousands of digits
        raise ExportError("", f"this is no JSON that can be read: {error}") from None
    version = document.get("version") if isinstance(document, dict) else None
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ExportError("/version", "this JSON names no version of the document schema; export it again from its TEI")
    if version > VERSION:
        raise ExportError(
            "/version", f"version {version} of the document schema is newer than {VERSION}, the newest known here; update tei-pipeline"
        )
    return dict(document)


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ExportError("", f"this JSON gives the key {twice!r} twice in one object; which one holds cannot be known: take one out")
    return members


class _Open(Struct):
    """An element whose content is being written: the child at hand, its end tag, and what prefixes mean around it."""

    children: Iterator[tuple[int, Any]]
    end: str
    outer: dict[str, str]
    at: int = 0


class _Writer:
    """Writes the XML of nodes to ``out``."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self._names: set[str] = set()
        self._keys: dict[str, str] = {}  # attributes whose name is the same everywhere
        self._scope: dict[str, str] = {}
        self._stack: list[_Open] = []
        self._root = "/tree"

    def aside(self, nodes: Any, place: str) -> None:
        """Comments and processing instructions before or after the root."""
        if not isinstance(nodes, list):
            raise ExportError(place, "this must be an array of comments and instructions")
        for at, node in enumerate(nodes):
            self._root = f"{place}/{at}"
            if not isinstance(node, dict) or "name" in node:
                raise self._fault("only comments and instructions stand outside the root element")
            self._aside(node)
            self.out.append("\n")

    def tree(self, root: Any) -> None:
        """The root element and all in it."""
        self._root = "/tree"
        if not isinstance(root, dict) or "name" not in root:
            raise self._fault("the root must be an element: an object with a name")
        self._begin(root)
        stack, out = self._stack, self.out
        while stack:
            element = stack[-1]
            for at, child in element.children:
                element.at = at
                if isinstance(child, str):
                    out.append(child if not _SPECIAL.search(child) else self._text(child))
                elif self._begin(child):
                    break
            else:
                out.append(element.end)
                self._scope = element.outer
                stack.pop()

    def _fault(self, what: str, *inside: str) -> ExportError:
        """The error at the node at hand, its place as a JSON Pointer."""
        content = (f"content/{element.at}" for element in self._stack)
        tokens = (token.replace("~", "~0").replace("/", "~1") for token in inside)
        return ExportError("/".join((self._root, *content, *tokens)), what)

    def _begin(self, node: Any) -> bool:
        """Write a node but for the content of an element; True when there is content to write."""
        if not isinstance(node, dict):
            raise self._fault("this must be a string, an element, a comment or an instruction")
        if "name" not in node:
            self._aside(node)
            return False
        if unknown := node.keys() - _ELEMENT:
            raise self._fault(f"an element has no {min(unknown)!r}")
        if len(self._stack) == MAX_DEPTH:
            raise self._fault(f"nested deeper than {MAX_DEPTH} elements; flatten it")
        outer = self._scope
        declared = self._declared(node)
        name = self._qualified(node, declared)
        attributes = self._attributes(node, declared) if "attributes" in node else ""
        namespaces = "".join(
            [f' xmlns{":" * bool(prefix)}{prefix}="{self._value(uri, "namespaces", prefix)}"' for prefix, uri in declared.items()]
        )
        content = self._member(node, "content", list)
        if not content:
            self._scope = outer
            self.out.append(f"<{name}{namespaces}{attributes}/>")
            return False
        self.out.append(f"<{name}{namespaces}{attributes}>")
        self._stack.append(_Open(iter(enumerate(content)), f"</{name}>", outer))
        return True

    def _aside(self, node: dict[str, Any]) -> None:
        if "comment" in node and node.keys() <= _COMMENT:
            comment = self._string(node["comment"], "comment")
            if "--" in comment or comment.endswith("-") or "\r" in comment:
                raise self._fault('a comment cannot hold "--" or a carriage return, or end in "-"', "comment")
            self.out.append(f"<!--{comment}-->")
        elif "instruction" in node and node.keys() <= _INSTRUCTION:
            target = self._name(node["instruction"], "instruction")
            data = self._string(node.get("data", ""), "data")
            if target.lower() == "xml":
                raise self._fault("an instruction cannot have this name; XML keeps it for itself", "instruction")
            if "?>" in data or "\r" in data or data[:1] in _BLANKS:
                raise self._fault('the data of an instruction cannot hold "?>" or a carriage return, or begin with a blank', "data")
            self.out.append(f"<?{target} {data}?>" if data else f"<?{target}?>")
        else:
            raise self._fault("this must be a string, an element (name), a comment (comment) or an instruction (instruction, data)")

    def _declared(self, node: dict[str, Any]) -> dict[str, str]:
        """The namespaces that a node declares, which hold from now on."""
        if "namespaces" not in node:
            return {}
        declared: dict[str, str] = dict(self._member(node, "namespaces", dict))
        for prefix, uri in declared.items():
            self._string(uri, "namespaces", prefix)
            if prefix:
                self._name(prefix, "namespaces", prefix)
            if prefix.startswith("xml") or uri in _RESERVED:
                raise self._fault("names that begin with xml are not to be declared; XML keeps them for itself", "namespaces", prefix)
            if _NO_URI.search(uri) or (prefix and not uri):
                raise self._fault(f"{uri!r} is no namespace name", "namespaces", prefix)
        self._scope = {**self._scope, **declared}
        return declared

    def _declare(self, declared: dict[str, str], prefix: str, uri: str, *inside: str) -> None:
        """Let ``prefix`` mean ``uri``, when the JSON does not say so itself (an element that an editor put in)."""
        if prefix in declared or (prefix and not uri) or _NO_URI.search(uri) or uri in _RESERVED:
            raise self._fault(f"the prefix {prefix!r} cannot mean {uri!r} here", *inside)
        declared[prefix] = uri
        self._scope = {**self._scope, prefix: uri}

    def _qualified(self, node: dict[str, Any], declared: dict[str, str]) -> str:
        name = self._name(node["name"], "name")
        prefix = self._name(node["prefix"], "prefix") if "prefix" in node else ""
        uri = self._string(node.get("namespace", TEI_NAMESPACE), "namespace")
        if self._scope.get(prefix, "") != uri:
            self._declare(declared, prefix, uri, "namespace")
        return f"{prefix}:{name}" if prefix else name

    def _attributes(self, node: dict[str, Any], declared: dict[str, str]) -> str:
        prefixes = self._member(node, "prefixes", dict) or {}
        pieces = []
        for key, value in self._member(node, "attributes", dict).items():
            name = self._keys.get(key) or self._attribute(key, prefixes, declared)
            if not isinstance(value, str) or _SPECIAL_VALUE.search(value):
                value = self._value(value, "attributes", key)
            pieces.append(f' {name}="{value}"')
        return "".join(pieces)

    def _attribute(self, key: str, prefixes: dict[str, Any], declared: dict[str, str]) -> str:
        """The name of an attribute as XML writes it; ``{namespace}name`` gets a prefix."""
        if not key.startswith("{"):
            if key == "xmlns":
                raise self._fault("namespaces are declared in 'namespaces'", "attributes", key)
            self._name(key.removeprefix("xml:"), "attributes", key)
            self._keys[key] = key
            return key
        uri, _, local = key[1:].partition("}")
        self._name(local, "attributes", key)
        if uri == XML_NAMESPACE:
            raise self._fault(f"write xml:{local}", "attributes", key)
        prefix = self._name(prefixes[key], "prefixes", key) if key in prefixes else ""
        if not prefix:
            bound = [each for each, meaning in self._scope.items() if each and meaning == uri]
            free = (f"ns{number}" for number in count(1))
            prefix = min(bound) if bound else next(each for each in free if each not in self._scope)
        if self._scope.get(prefix) != uri:
            self._declare(declared, prefix, uri, "attributes", key)
        return f"{prefix}:{local}"

    def _name(self, value: Any, *inside: str) -> str:
        if isinstance(value, str) and value in self._names:
            return value
        if not isinstance(value, str) or not _NAME.fullmatch(value):
            raise self._fault(f"{value!r} is no XML name", *inside)
        self._names.add(value)
        return value

    def _member(self, node: dict[str, Any], key: str, kind: type[list[Any]] | type[dict[str, Any]]) -> Any:
        value = node.get(key)
        if key in node and not isinstance(value, kind):
            raise self._fault(f"this must be an {_KINDS[kind]}", key)
        return value

    def _string(self, value: Any, *inside: str) -> str:
        if not isinstance(value, str):
            raise self._fault("this must be a string", *inside)
        if forbidden := _FORBIDDEN.search(value):
            raise self._fault(f"the character U+{ord(forbidden.group()):04X} cannot stand in XML; take it out", *inside)
        return value

    def _text(self, value: str) -> str:
        """Characters of the text as XML writes them."""
        return self._string(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")

    def _value(self, value: Any, *inside: str) -> str:
        """The value of an attribute as XML writes it; white space other than blanks would not survive as it is."""
        self._string(value, *inside)
        return self._text(value).replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;")
