"""Identifiers and pointers: what no grammar can check. Every pointer into the file arrives, and at the right kind of element."""

from __future__ import annotations

import re
from functools import cache

from lxml import etree

from tei_pipeline.decisions import Problem
from tei_pipeline.validate.faults import fault
from tei_pipeline.validate.places import XML_ID, line_of
from tei_pipeline.validate.words import TEI, listed, quoted, tag

# TEI's attributes of datatype teidata.pointer that may point into the file itself (TEI P5 4.12, classes att.pointing, att.global.*, ...).
POINTERS = frozenset(
    (
        *("target", "who", "resp", "source", "next", "prev", "corresp", "sameAs", "copyOf", "select", "exclude", "synch", "ana", "facs"),
        *("rendition", "change", "decls", "ref", "toWhom", "spanTo", "targetEnd", "hand", "ed", "edRef", "scheme", "period", "calendar"),
        *("nymRef", "lemmaRef", "unitRef", "active", "passive", "mutual", "start", "end", "since", "from", "to", "wit", "script", "perf"),
    )
)
# Namespaces in XML 1.0, production 4, with the name characters of XML 1.0 (fifth edition), productions 4 and 4a, less the colon.
_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff"
    "\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
MOST_FAULTS = 1000  # of one document; whoever has mended these looks again
_ASCII_NAME = re.compile("[A-Za-z_][A-Za-z0-9._-]*")


@cache
def _name() -> re.Pattern[str]:
    """Compiled when the first name beyond ASCII comes: that takes longer than to check the pointers of a book."""
    return re.compile(f"[{_START}][{_START}.0-9\u00b7\u0300-\u036f\u203f\u2040-]*")


def _elements(*names: str) -> frozenset[str]:
    return frozenset(f"{{{TEI}}}{name}" for name in names)


_DIV = f"{{{TEI}}}div"
_NOTE, _REF = f"{{{TEI}}}note", f"{{{TEI}}}ref"
_NOTES, _PEOPLE, _BIBLS = _elements("note"), _elements("person", "personGrp"), _elements("bibl")
# What may stand at the other end; an element and attribute that are not named here may point at anything. "*" is any element.
_KINDS: dict[tuple[str, str], frozenset[str]] = {
    (_NOTE, "target"): _elements("ref"),
    ("*", "who"): _PEOPLE,
    ("*", "resp"): _elements("respStmt"),
    (f"{{{TEI}}}change", "who"): _elements("respStmt"),
    (f"{{{TEI}}}castItem", "corresp"): _PEOPLE,
    (f"{{{TEI}}}correspDesc", "corresp"): _elements("div", "floatingText"),
    (f"{{{TEI}}}bibl", "corresp"): _BIBLS | _elements("div"),
    (f"{{{TEI}}}quote", "source"): _BIBLS,
    (f"{{{TEI}}}q", "source"): _BIBLS,
}
_BACK = {"next": "prev", "prev": "next"}


def validate_links(tree: etree._ElementTree | etree._Element, *, own: bool = True) -> list[Problem]:
    """What is wrong with identifiers and pointers, in document order.

    ``own``: the tree is this program's edition, so that the kinds of element at both ends are known, and a reference to a note and the
    note point at each other. In other TEI a pointer that does not arrive is a warning, as the file may be a part of another one.

    Codes: ``id-name``, ``id-twice``, ``number-twice``, ``pointer-dangling``, ``pointer-kind``, ``pointer-one-way``, ``too-many``.
    """
    root = tree if isinstance(tree, etree._Element) else tree.getroot()
    problems: list[Problem] = []
    identified: dict[str, etree._Element] = {}
    numbered: set[tuple[etree._Element | None, str]] = set()
    pointing: list[tuple[etree._Element, str, str]] = []
    for element in root.iter("*"):
        for key, value in element.items():
            if key == XML_ID:
                problems += _identifier(element, str(value), identified)
            elif "#" in value and key in POINTERS:
                pointing.append((element, str(key), str(value)))
        if own and element.tag == _DIV:
            problems += _number(element, numbered)
        if len(problems) >= MOST_FAULTS:
            return [*problems, _too_many()]
    answers = _Answers()
    for element, attribute, pointers in pointing:
        problems += _pointers(element, attribute, pointers, identified, answers, own=own)
        if len(problems) >= MOST_FAULTS:
            return [*problems[:MOST_FAULTS], _too_many()]
    return problems


def _too_many() -> Problem:
    return Problem("error", "too-many", f"there are {MOST_FAULTS:,} faults or more of identifiers and pointers; no others are listed")


class _Answers(dict[tuple[etree._Element, str], frozenset[str]]):
    """The pointers in an attribute of an element, taken apart once: a note may have thousands of references."""

    def __missing__(self, key: tuple[etree._Element, str]) -> frozenset[str]:
        element, attribute = key
        self[key] = found = frozenset(element.get(attribute, "").split())
        return found


def _number(element: etree._Element, numbered: set[tuple[etree._Element | None, str]]) -> list[Problem]:
    """The number of a division is unique among its siblings: citations are made of these numbers."""
    number = element.get("n")
    if number is None:
        return []
    key = element.getparent(), number
    if key not in numbered:
        numbered.add(key)
        return []
    return [fault("number-twice", f"n={quoted(number)} of {tag(element)} is the number of another one beside it", element)]


def _identifier(element: etree._Element, identifier: str, identified: dict[str, etree._Element]) -> list[Problem]:
    first = identified.setdefault(identifier, element)
    if first is not element:
        line = f" (line {line_of(first)})" if line_of(first) else ""
        return [fault("id-twice", f"xml:id={quoted(identifier)} stands on {tag(first)}{line} already", element)]
    if not _ASCII_NAME.fullmatch(identifier) and not _name().fullmatch(identifier):
        return [
            fault(
                "id-name", f"xml:id={quoted(identifier)} of {tag(element)} is no name: a letter or _, then letters, digits, . - _", element
            )
        ]
    return []


def _pointers(
    element: etree._Element, attribute: str, value: str, identified: dict[str, etree._Element], answers: _Answers, *, own: bool
) -> list[Problem]:
    found: list[Problem] = []
    for pointer in value.split():
        if not pointer.startswith("#") or "(" in pointer:  # elsewhere, or an XPointer scheme, which may point at anything
            continue
        target = identified.get(pointer[1:])
        if target is None:
            message = f"{attribute}={quoted(pointer)} of {tag(element)} points at nothing: no element has this xml:id"
            found.append(fault("pointer-dangling", message, element, level="error" if own else "warning"))
        elif own:
            kinds = _kinds(element, attribute)
            if kinds and target.tag not in kinds:
                wanted = listed([f"<{kind.rpartition('}')[2]}>" for kind in sorted(kinds)], "or")
                message = f"{attribute}={quoted(pointer)} of {tag(element)} must point at {wanted}, not at {tag(target)}"
                found.append(fault("pointer-kind", message, element))
            elif back := _one_way(element, attribute, target, answers):
                message = (
                    f"{attribute}={quoted(pointer)} of {tag(element)} is not answered: {back} of that {tag(target)} does not point back"
                )
                found.append(fault("pointer-one-way", message, element))
    return found


def _kinds(element: etree._Element, attribute: str) -> frozenset[str]:
    """The elements that may stand at the other end; empty when it does not matter."""
    if attribute in _BACK:
        return frozenset({str(element.tag)})
    if element.tag == _REF and attribute == "target":
        return _NOTES if element.get("type") == "noteAnchor" else frozenset()
    return _KINDS.get((str(element.tag), attribute)) or _KINDS.get(("*", attribute), frozenset())


def _one_way(element: etree._Element, attribute: str, target: etree._Element, answers: _Answers) -> str:
    """The attribute of ``target`` that should point back at ``element`` and does not; empty when none should, or it does."""
    if attribute in _BACK:
        back = _BACK[attribute]
    elif attribute == "target" and (element.tag == _NOTE or element.get("type") == "noteAnchor"):
        back = "target"
    else:
        return ""
    return "" if f"#{element.get(XML_ID)}" in answers[target, back] else back
