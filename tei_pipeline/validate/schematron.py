"""Schematron (ISO/IEC 19757-3): rules compiled once, run on a tree, their report (SVRL) read as problems.

The XSLT 1 query binding is compiled by ``lxml.isoschematron`` (the ISO skeleton) and run by libxslt; XSLT 2 and 3 need Saxon
(:mod:`tei_pipeline.validate.saxon`). Neither may write, nor read from the network.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, cast

from lxml import etree

from tei_pipeline.decisions import Level, Problem
from tei_pipeline.errors import printable
from tei_pipeline.validate.faults import fault
from tei_pipeline.validate.judges import Tree, UnusableSchema, Verdict

SCH = "{http://purl.oclc.org/dsdl/schematron}"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
XSL = "{http://www.w3.org/1999/XSL/Transform}"
_OURS = "urn:tei-pipeline"
_BEFORE = etree.XPath("count(preceding-sibling::*[local-name() = $name and namespace-uri() = $space])")
_BINDINGS_1 = frozenset({"", "xslt", "xslt1", "xpath", "xpath1"})
_ROLES: dict[str, Level] = {
    **dict.fromkeys(("warn", "warning", "nonfatal"), "warning"),
    **dict.fromkeys(("info", "information", "informational"), "info"),
}
MOST_FAULTS = 1000  # of one document; whoever has mended these looks again
_STEP = re.compile(r"Q\{([^}]*)\}([^\[/]+)\[(\d+)\]")
_ATTRIBUTE = re.compile(r"/@.*$")


def compile_rules(root: etree._Element, name: str) -> Callable[[Tree], Verdict]:
    """The rules as a function from a tree to what they say. Raises :class:`~tei_pipeline.validate.judges.UnusableSchema`."""
    if root.tag != f"{SCH}schema":
        raise UnusableSchema(name, f"the root element is not schema of the namespace {SCH[1:-1]}")
    binding = (root.get("queryBinding") or "").lower()
    if binding in _BINDINGS_1:
        run = _libxslt(root, name)
    else:
        from tei_pipeline.validate import saxon

        run = saxon.compile_rules(root, name)

    def judge(tree: Tree) -> Verdict:
        report = run(tree)
        document = tree if isinstance(tree, etree._Element) else tree.getroot()
        return Verdict(read_report(report, document), report)

    return judge


def _libxslt(root: etree._Element, name: str) -> Callable[[Tree], etree._Element]:
    from lxml import isoschematron  # type: ignore[attr-defined]  # the stubs lack it

    found: list[etree._Element | None] = []

    def here(context: Any) -> str:
        """Keep the node that a rule speaks of; its number stands for the location until the report is finished."""
        node = context.context_node
        found.append(node if isinstance(node, etree._Element) else None)
        return str(len(found) - 1)

    try:
        made: Any = isoschematron.Schematron(root, store_xslt=True)
        access = etree.XSLTAccessControl(  # type: ignore[call-arg]  # the stubs know no arguments
            read_network=False, write_network=False, write_file=False, create_dir=False
        )
        transform = etree.XSLT(_with_nodes(made.validator_xslt), access_control=access, extensions={(_OURS, "here"): here})
    except (etree.SchematronParseError, etree.XSLTError) as error:
        raise UnusableSchema(name, f"these are no Schematron rules that can be used: {printable(str(error))}") from error

    def run(tree: Tree) -> etree._Element:
        found.clear()
        try:
            report = transform(tree).getroot()
        except etree.XSLTApplyError as error:
            raise UnusableSchema(name, f"the rules could not be run: {printable(str(error))}") from error
        for number, said in enumerate(_found(report)):
            node = found[int(said.get("location", "-1"))] if number < MOST_FAULTS else None
            said.set("location", "/*" if node is None else _path(node))
        found.clear()
        return report

    return run


def _with_nodes(stylesheet: etree._ElementTree) -> etree._ElementTree:
    """The stylesheet with a call of ``here()`` for each location.

    The skeleton counts siblings for each location that it writes, which takes hours when each of 100,000 siblings is at fault.
    """
    for location in stylesheet.iter(f"{XSL}attribute"):
        if location.get("name") == "location":
            for child in list(location):
                location.remove(child)
            etree.SubElement(location, f"{XSL}value-of", {"select": "ours:here()"}, nsmap={"ours": _OURS})
    return stylesheet


def _path(element: etree._Element) -> str:
    """An XPath to an element that needs no prefixes."""
    steps = []
    at: etree._Element | None = element
    while at is not None:
        name = etree.QName(at)
        number = 1 + int(cast("float", _BEFORE(at, name=name.localname, space=name.namespace or "")))
        steps.append(f"*[local-name()='{name.localname}' and namespace-uri()='{name.namespace or ''}'][{number}]")
        at = at.getparent()
    return "/" + "/".join(reversed(steps))


def _found(report: etree._Element) -> Iterator[etree._Element]:
    return report.iter(f"{SVRL}failed-assert", f"{SVRL}successful-report")


def read_report(report: etree._Element, root: etree._Element) -> list[Problem]:
    """The problems of an SVRL report, in the order of the document; ``role`` (or the older ``flag``) says how grave each is."""
    problems: list[Problem] = []
    for number, found in enumerate(_found(report)):
        if number == MOST_FAULTS:  # each place is looked up in the whole tree
            problems.append(Problem("error", "too-many", f"there are {MOST_FAULTS:,} faults or more; no others are listed"))
            break
        role = (found.get("role") or found.get("flag") or "").lower()
        message = printable(" ".join(" ".join(str(text) for text in found.itertext()).split())) or f"test {found.get('test')}"
        element = _element(found.get("location", ""), root)
        code = printable(found.get("id") or "schematron")
        level = _ROLES.get(role, "error")
        problems.append(fault(code, message, element, level=level) if element is not None else Problem(level, code, message))
    return problems


def _element(location: str, root: etree._Element) -> etree._Element | None:
    """The element at an SVRL location, which names attributes by their element."""
    path = _ATTRIBUTE.sub("", _STEP.sub(r"*[local-name()='\2' and namespace-uri()='\1'][\3]", location)) or "/*"
    try:
        found = root.getroottree().xpath(path)
    except etree.XPathError:
        return None
    return found[0] if isinstance(found, list) and found and isinstance(found[0], etree._Element) else None
