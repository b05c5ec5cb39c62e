"""Where the faults of a file are, for people: line and column of the start tag, the way to the element, what it was made from.

Only a file with faults pays for this: it is read once more, by expat, which knows where each start tag begins (libxml2 knows the line
where it ends, and in some versions no line beyond 65,535).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from xml.parsers import expat

from lxml import etree
from msgspec.structs import replace

from tei_pipeline.decisions import Problem
from tei_pipeline.errors import printable
from tei_pipeline.validate.faults import Fault, Origin
from tei_pipeline.validate.places import breadcrumb, nearest_id

Origins = Callable[[str], "Origin | None"]


def locate(problems: Iterable[Problem], root: etree._Element, data: bytes, origins: Origins | None = None) -> list[Problem]:
    """The problems with all that is known of their places; ``origins`` gives what the element of an ``xml:id`` was made from."""
    found = list(problems)
    nodes = {each.node for each in found if isinstance(each, Fault) and each.node is not None}
    if not nodes:
        return found
    places = _start_tags(data, {at: node for at, node in enumerate(root.iter("*")) if node in nodes})
    return [_located(each, places, origins) if isinstance(each, Fault) and each.node is not None else each for each in found]


def _located(fault: Fault, places: dict[etree._Element, tuple[int, int]], origins: Origins | None) -> Fault:
    node = fault.node
    assert node is not None
    line, column = places.get(node, (fault.line, None))
    identifier = nearest_id(node)
    return replace(
        fault,
        line=line,
        column=column,
        element=printable(etree.QName(node).localname),
        identifier=identifier,
        breadcrumb=breadcrumb(node),
        origin=origins(identifier) if origins and identifier else None,
        node=None,
    )


def _start_tags(data: bytes, wanted: dict[int, etree._Element]) -> dict[etree._Element, tuple[int, int]]:
    """Line and column of the start tags of the elements with these numbers in document order; as many as can be found.

    Entities that hold elements have the place of the reference to them. expat reads fewer encodings than libxml2, and fetches nothing.
    """
    found: dict[etree._Element, tuple[int, int]] = {}
    last = max(wanted)
    count = -1
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        node = wanted.get(count)
        if node is not None:
            found[node] = (parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
        if count == last:
            parser.StartElementHandler = None

    parser.StartElementHandler = start
    with suppress(expat.ExpatError, ValueError, LookupError):  # libxml2 has read it; what was found so far is right
        parser.Parse(data, True)
    return found
