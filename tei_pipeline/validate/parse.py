"""XML from strangers, read safely: nothing outside the file is ever fetched, and no file may blow up in memory.

What libxml2 (2.12 and later) bounds by itself is left to it and only put into words: depth (256), length of names, of attribute values
and of text nodes (10 MB), growth by entities (five times the size of the file). A text node may be longer when the file has no document
type declaration: a source of one huge line makes such an edition.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from tei_pipeline.decisions import Problem
from tei_pipeline.errors import printable
from tei_pipeline.validate.faults import Fault
from tei_pipeline.validate.places import line_of

MAX_BYTES = 256 * 1024 * 1024  # of a file; libxml2 needs up to ten times as much memory for its tree
MAX_DEPTH = 256  # of elements in elements; libxml2's own limit, kept for the rare second reading without it
MAX_ATTRIBUTES = 1000  # of an element; lxml needs time in the square of their number to list them
_CROWDED = etree.XPath(f"boolean(//@*[{MAX_ATTRIBUTES + 1}])")
_POSITION = re.compile(r",? line \d+, column \d+\s*$")
_UNCLOSED = re.compile(r"Premature end of data in tag (\S+) line (\d+)")
_MISMATCH = re.compile(r"Opening and ending tag mismatch: (\S+?)(?: line (\d+))? and (\S+)")


class Parsed(NamedTuple):
    """A tree, or None when the file is not well-formed or not safe; and what is to be said about it."""

    tree: etree._ElementTree | None
    problems: list[Problem]


class _Outside(etree.Resolver):
    """Answers every request for something outside the file with nothing, and remembers it.

    Without it lxml reads the external DTD subset although ``load_dtd`` is False, as soon as ``collect_ids`` is False.
    """

    def __init__(self) -> None:
        self.addresses: list[str] = []

    def resolve(self, system_url: str, public_id: str, context: Any = None) -> Any:
        self.addresses.append(system_url or public_id or "")
        return self.resolve_string("", context, base_url=None)


def parse(data: bytes | os.PathLike[str] | str, *, base_url: str | None = None) -> Parsed:
    """The tree of ``data``: the bytes themselves, or the file of that path. Never raises for what the file holds.

    Entities declared in the file itself are replaced by their text; external ones, external DTDs and files of more than
    :data:`MAX_BYTES` are not read. ``base_url``: what relative addresses in it are relative to, for those who follow them.

    Codes: ``unreadable``, ``too-large``, ``ill-formed``, ``entity``, ``limit``, ``external-dtd``.
    """
    if not isinstance(data, bytes):
        content = read_bytes(Path(data))
        if isinstance(content, Problem):
            return Parsed(None, [content])
        data = content
    elif len(data) > MAX_BYTES:
        return Parsed(None, [_too_large(len(data))])
    tree, problems = _parse(data, base_url, huge=False)
    if tree is None and problems[0].code == "long-text":
        declared = _doctype(data)
        if not declared:
            tree, problems = _parse(data, base_url, huge=True)
        else:
            problems = [Problem("error", "limit", f"{problems[0].message}, in a file with a document type declaration", problems[0].line)]
    return Parsed(tree, problems)


def read_bytes(path: Path) -> bytes | Problem:
    """The content of a file, or why it is not read. It is read as it stands: nothing is decompressed."""
    try:
        size = path.stat().st_size
        return path.read_bytes() if size <= MAX_BYTES else _too_large(size)
    except OSError as error:
        return cannot_be_read(error)


def cannot_be_read(error: OSError) -> Problem:
    """A file that is not there, or may not be read."""
    return Problem("error", "unreadable", f"the file cannot be read: {error.strerror or error}")


def _too_large(size: int) -> Problem:
    return Problem("error", "too-large", f"the file has {size:,} bytes; files of up to {MAX_BYTES:,} bytes are read")


def _parse(data: bytes, base_url: str | None, *, huge: bool) -> tuple[etree._ElementTree | None, list[Problem]]:
    outside = _Outside()
    parser = etree.XMLParser(
        resolve_entities="internal",  # type: ignore[arg-type]  # the stubs know only True and False
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=huge,
        collect_ids=False,  # identifiers that stand twice are reported with both places by links.py, instead of ending the parse
    )
    parser.resolvers.add(outside)
    try:
        root = etree.fromstring(data, parser, base_url=base_url)  # type: ignore[arg-type]  # None is its default
    except etree.XMLSyntaxError as error:
        kind = parser.error_log[0].type_name if len(parser.error_log) else ""  # error.error_log holds those of earlier files too
        return None, [_problem(error, kind, outside.addresses)]
    if huge and (deep := _too_deep(root)):
        return None, [deep]
    if _CROWDED(root):
        return None, [Problem("error", "limit", f"an element with more than {MAX_ATTRIBUTES:,} attributes")]
    tree = root.getroottree()
    return tree, [*_declared(tree, outside.addresses)]


def _declared(tree: etree._ElementTree, addresses: list[str]) -> list[Problem]:
    """What the document type declaration asks for and does not get."""
    address: str | None = tree.docinfo.system_url  # type: ignore[attr-defined]  # the stubs lack it
    wanted = list(dict.fromkeys(filter(None, [address, *addresses])))
    if not wanted:
        return []
    names = printable(", ".join(wanted))
    said = f"the document type declaration names {names}: nothing outside the file is read, so its entities and defaults are missing"
    return [Problem("warning", "external-dtd", said, 1)]


def _problem(error: etree.XMLSyntaxError, kind: str, addresses: list[str]) -> Problem:
    line, column = error.position
    text = _POSITION.sub("", str(error.msg or "")).strip()

    def said(code: str, message: str) -> Fault:
        return Fault("error", code, message, line, column=column)

    if kind == "ERR_RESOURCE_LIMIT":
        if "amplification" in text:
            return Problem("error", "entity", "entities that grow to many times the size of the file are not replaced", line)
        if "depth" in text:
            return said("limit", f"more than {MAX_DEPTH} elements inside each other")
        if "Text node too long" in text or "huge text node" in text:
            return said("long-text", "text of more than 10 MB without markup")
        return said("limit", "a name, an attribute or a comment is longer than 10 MB")
    if "UNDECLARED_ENTITY" in kind or kind == "ERR_ENTITY_IS_EXTERNAL":
        name = re.search(r"'([^']*)'", text)
        outside = f" ({', '.join(addresses)})" if addresses else ""
        what = f"the entity &{name[1] if name else ''}; is given no text by this file, and what lies outside it{outside} is never read"
        return said("entity", what)
    if "ENTITY_LOOP" in kind:
        return said("entity", "an entity that contains itself")
    return said("ill-formed", printable(_plainly(text)))


def _plainly(text: str) -> str:
    """libxml2's message in the words of somebody who edits the file."""
    if mismatch := _MISMATCH.match(text):
        opened, line, closed = mismatch.groups()
        since = f" (opened in line {line})" if line and line != "0" else ""
        return f"</{closed}> stands where </{opened}>{since} must close first"
    if opened := _UNCLOSED.match(text):
        return f"<{opened[1]}> (opened in line {opened[2]}) is never closed"
    return {
        "xmlParseEntityRef: no name": "& stands alone; write &amp;",
        "Document is empty": "the file is empty",
        "Start tag expected, '<' not found": "this is no XML: the first character must be <",
    }.get(text, text[:1].lower() + text[1:])


def _doctype(data: bytes) -> bool:
    """Whether the file has a document type declaration; in any encoding, because the parser itself says so."""
    parser = etree.XMLPullParser(events=("start",), resolve_entities=False, no_network=True)
    for at in range(0, len(data), 65536):
        parser.feed(data[at : at + 65536])
        for _, element in parser.read_events():
            assert isinstance(element, etree._Element)
            return element.getroottree().docinfo.internalDTD is not None
    return True


def _too_deep(root: etree._Element) -> Problem | None:
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            return Problem("error", "limit", f"more than {MAX_DEPTH} elements inside each other", line_of(element))
    return None
