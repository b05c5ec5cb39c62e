"""Identifiers and pointers: what no grammar can check. Every pointer into the file arrives, and at the right kind of element."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from tei_pipeline.decisions import Level, Problem
from tei_pipeline.errors import printable
from tei_pipeline.validate.places import XML_ID, line_of, where

# TEI's attributes of datatype teidata.pointer that may point into the file itself (TEI P5 4.12, classes att.pointing, att.global.*, ...).
POINTERS = (
    *("target", "who", "resp", "source", "next", "prev", "corresp", "sameAs", "copyOf", "select", "exclude", "synch", "ana", "facs"),
    *("rendition", "change", "decls", "ref", "toWhom", "spanTo", "targetEnd", "hand", "ed", "edRef", "scheme", "period", "calendar"),
    *("nymRef", "lemmaRef", "unitRef", "active", "passive", "mutual", "start", "end", "since", "from", "to", "wit", "script", "perf"),
)
_WITH_ID = etree.XPath("//*[@xml:id]")
_POINTING = etree.XPath("//*[" + " or ".join(f"@{name}" for name in POINTERS) + "]")
# Namespaces in XML 1.0, production 4, with the name characters of XML 1.0 (fifth edition), productions 4 and 4a, less the colon.
_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff"
    "\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NCNAME = re.compile(f"[{_START}][{_START}.0-9\u00b7\u0300-\u036f\u203f\u2040-]*")

_PEOPLE = frozenset({"person", "personGrp"})
# What may stand at the other end; an element that is not named here may point anywhere. "*" is any element.
_KINDS: dict[tuple[str, str], frozenset[str]] = {
    ("note", "target"): frozenset({"ref"}),
    ("*", "who"): _PEOPLE,
    ("*", "resp"): frozenset({"respStmt"}),
    ("castItem", "corresp"): _PEOPLE,
    ("bibl", "corresp"): frozenset({"bibl"}),
    ("quote", "source"): frozenset({"bibl"}),
    ("q", "source"): frozenset({"bibl"}),
}
_BACK = {"next": "prev", "prev": "next"}


def validate_links(tree: etree._ElementTree | etree._Element, *, own: bool = True) -> list[Problem]:
    """What is wrong with identifiers and pointers, in document order.

    ``own``: the tree is this program's edition, so that the kinds of element at both ends are known, and a reference to a note and the
    note point at each other. In other TEI a pointer that does not arrive is a warning, as the file may be a part of another one.

    Codes: ``id-name``, ``id-twice``, ``pointer-dangling``, ``pointer-kind``, ``pointer-one-way``.
    """
    root = tree if isinstance(tree, etree._Element) else tree.getroot()
    identified: dict[str, etree._Element] = {}
    problems = list(_identifiers(root, identified))
    for element in _elements(_POINTING(root)):
        for attribute in POINTERS:
            value = element.get(attribute)
            if value is not None and "#" in value:
                problems += _pointers(element, attribute, value, identified, own=own)
    return problems


def _elements(found: object) -> list[etree._Element]:
    assert isinstance(found, list)
    return found


def _identifiers(root: etree._Element, identified: dict[str, etree._Element]) -> Iterator[Problem]:
    for element in _elements(_WITH_ID(root)):
        identifier = element.get(XML_ID, "")
        first = identified.setdefault(identifier, element)
        if first is not element:
            line = f" (line {line_of(first)})" if line_of(first) else ""
            yield _problem("id-twice", f'xml:id="{printable(identifier)}" stands on {_name(first)}{line} already', element)
        elif not _NCNAME.fullmatch(identifier):
            yield _problem(
                "id-name",
                f'xml:id="{printable(identifier)}" of {_name(element)} is no name: letters, digits, . - and _, no digit first',
                element,
            )


def _pointers(
    element: etree._Element, attribute: str, value: str, identified: dict[str, etree._Element], *, own: bool
) -> Iterator[Problem]:
    name = _local(element)
    for pointer in value.split():
        if not pointer.startswith("#") or "(" in pointer:  # elsewhere, or an XPointer scheme, which may point at anything
            continue
        target = identified.get(pointer[1:])
        said = f'{attribute}="{printable(pointer)}" of <{name}>'
        if target is None:
            message = f"{said} points at nothing: no element has this xml:id"
            yield _problem("pointer-dangling", message, element, "error" if own else "warning")
        elif own:
            kinds = _kinds(element, name, attribute)
            if _local(target) not in kinds and kinds:
                wanted = " or ".join(f"<{kind}>" for kind in sorted(kinds))
                yield _problem("pointer-kind", f"{said} must point at {wanted}, not at {_name(target)}", element)
            elif back := _one_way(element, attribute, target):
                message = f"{said} is not answered: {_name(target)} has no {back} that points back"
                yield _problem("pointer-one-way", message, element)


def _kinds(element: etree._Element, name: str, attribute: str) -> frozenset[str]:
    if attribute in _BACK:
        return frozenset({name})
    if name == "ref" and attribute == "target":
        return frozenset({"note"}) if element.get("type") == "noteAnchor" else frozenset()
    return _KINDS.get((name, attribute)) or _KINDS.get(("*", attribute), frozenset())


def _one_way(element: etree._Element, attribute: str, target: etree._Element) -> str:
    """The attribute of ``target`` that should point back at ``element`` and does not; empty when none should, or it does."""
    if attribute in _BACK:
        back = _BACK[attribute]
    elif attribute == "target" and (_local(element) == "note" or element.get("type") == "noteAnchor"):
        back = "target"
    else:
        return ""
    return "" if f"#{element.get(XML_ID)}" in target.get(back, "").split() else back


def _local(element: etree._Element) -> str:
    return printable(str(element.tag).rpartition("}")[2])


def _name(element: etree._Element) -> str:
    identifier = element.get(XML_ID)
    return f"<{_local(element)}>" if identifier is None else f'<{_local(element)} xml:id="{printable(identifier)}">'


def _problem(code: str, message: str, element: etree._Element, level: Level = "error") -> Problem:
    return Problem(level, code, message, line_of(element), where(element))
