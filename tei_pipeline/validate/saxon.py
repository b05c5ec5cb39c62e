"""Schematron with XPath 2 or 3 in its tests: written as a stylesheet, run by Saxon (the extra ``saxon``).

What is understood: patterns, abstract patterns and rules, ``extends``, ``let``, ``value-of``, ``name``, ``diagnostics``, the default
phase, and XSLT functions and keys beside the patterns (ISO/IEC 19757-3:2020, annexes C, H and J). Of the rules of a pattern the first
whose context matches is the one that counts (6.5).
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import TYPE_CHECKING

from lxml import etree

from tei_pipeline.errors import printable

if TYPE_CHECKING:
    from tei_pipeline.validate.judges import Tree

SCH = "{http://purl.oclc.org/dsdl/schematron}"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
XSL = "{http://www.w3.org/1999/XSL/Transform}"


def compile_rules(root: etree._Element, name: str) -> Callable[[Tree], etree._Element]:
    """The rules as a function from a tree to its SVRL report. Raises :class:`~tei_pipeline.validate.judges.UnusableSchema`."""
    from tei_pipeline.validate.judges import UnusableSchema

    try:
        from saxonche import PySaxonApiError, PySaxonProcessor
    except ImportError:
        binding = root.get("queryBinding")
        raise UnusableSchema(name, f"its rules are written in {binding} and need Saxon; install tei-pipeline[saxon]") from None
    processor = PySaxonProcessor(license=False)
    processor.set_configuration_property("http://saxon.sf.net/feature/allowedProtocols", "file")
    processor.set_configuration_property("http://saxon.sf.net/feature/allow-external-functions", "off")
    try:
        stylesheet = etree.tostring(stylesheet_of(root), encoding="unicode")
        transform = processor.new_xslt30_processor().compile_stylesheet(stylesheet_text=stylesheet)
    except PySaxonApiError as error:
        raise UnusableSchema(name, f"these are no Schematron rules that can be used: {printable(str(error))}") from error

    def run(tree: Tree) -> etree._Element:
        document = processor.parse_xml(xml_text=etree.tostring(tree, encoding="unicode"))
        try:
            return etree.fromstring(transform.transform_to_string(xdm_node=document).encode())
        except PySaxonApiError as error:
            raise UnusableSchema(name, f"the rules could not be run: {printable(str(error))}") from error

    return run


def stylesheet_of(schema: etree._Element) -> etree._Element:
    """An XSLT 3 stylesheet that writes the SVRL report of a document."""
    spaces: dict[str | None, str] = {str(ns.get("prefix")): str(ns.get("uri")) for ns in schema.iterchildren(f"{SCH}ns")}
    made = etree.Element(XSL + "stylesheet", {"version": "3.0"}, nsmap={**spaces, "xsl": XSL[1:-1], "svrl": SVRL[1:-1]})  # type: ignore[dict-item]
    etree.SubElement(made, XSL + "output", {"method": "xml"})
    for child in schema.iterchildren(f"{XSL}*"):
        made.append(copy.deepcopy(child))
    _lets(schema, made)
    patterns = _active(schema)
    entry = etree.SubElement(made, XSL + "template", {"match": "/"})
    output = etree.SubElement(entry, SVRL + "schematron-output", {"title": schema.findtext(f"{SCH}title", "")})
    for number, pattern in enumerate(patterns):
        _lets(pattern, made)
        etree.SubElement(output, SVRL + "active-pattern", {"id": pattern.get("id", "")})
        etree.SubElement(output, XSL + "apply-templates", {"select": "/", "mode": f"m{number}"})
        _pattern(made, pattern, f"m{number}", schema)
    return made


def _active(schema: etree._Element) -> list[etree._Element]:
    """The patterns of the default phase, those that are instances of an abstract one with its parameters put in."""
    abstract = {str(p.get("id")): p for p in schema.iterchildren(f"{SCH}pattern") if p.get("abstract") == "true"}
    phase = next((p for p in schema.iterchildren(f"{SCH}phase") if p.get("id") == schema.get("defaultPhase")), None)
    active = None if phase is None else {str(each.get("pattern")) for each in phase.iterchildren(f"{SCH}active")}
    patterns = []
    for pattern in schema.iterchildren(f"{SCH}pattern"):
        if pattern.get("abstract") == "true" or (active is not None and pattern.get("id") not in active):
            continue
        general = abstract.get(str(pattern.get("is-a")))
        patterns.append(pattern if general is None else _instance(general, pattern))
    return patterns


def _instance(general: etree._Element, pattern: etree._Element) -> etree._Element:
    made = copy.deepcopy(general)
    parameters = {str(p.get("name")): str(p.get("value")) for p in pattern.iterchildren(f"{SCH}param")}
    for element in made.iter("*"):
        for key, value in element.attrib.items():
            text = str(value)
            for name in sorted(parameters, key=len, reverse=True):
                text = text.replace(f"${name}", parameters[name])
            element.set(key, text)
    made.set("id", pattern.get("id", ""))
    return made


def _pattern(stylesheet: etree._Element, pattern: etree._Element, mode: str, schema: etree._Element) -> None:
    """A mode of templates: earlier rules have a higher priority, every node is looked at, attributes too when a context asks for them."""
    rules = [rule for rule in pattern.iterchildren(f"{SCH}rule") if rule.get("abstract") != "true"]
    onward = "@* | node()" if any("@" in str(rule.get("context")) or "attribute" in str(rule.get("context")) for rule in rules) else "*"
    for number, rule in enumerate(rules):
        template = etree.SubElement(
            stylesheet, XSL + "template", {"match": str(rule.get("context")), "mode": mode, "priority": str(len(rules) - number)}
        )
        etree.SubElement(template, SVRL + "fired-rule", {"context": _literal(str(rule.get("context")))})
        _checks(template, rule, pattern, schema)
        etree.SubElement(template, XSL + "apply-templates", {"select": onward, "mode": mode})
    plain = etree.SubElement(stylesheet, XSL + "template", {"match": "@* | node() | /", "mode": mode, "priority": "-1"})
    etree.SubElement(plain, XSL + "apply-templates", {"select": onward, "mode": mode})


def _checks(template: etree._Element, rule: etree._Element, pattern: etree._Element, schema: etree._Element, depth: int = 0) -> None:
    for child in rule.iterchildren(f"{SCH}*"):
        kind = etree.QName(child).localname
        if kind == "let":
            _let(child, template)
        elif kind == "extends" and depth < 10:
            for general in schema.iter(f"{SCH}rule"):
                if general.get("abstract") == "true" and general.get("id") == child.get("rule"):
                    _checks(template, general, pattern, schema, depth + 1)
                    break
        elif kind in ("assert", "report"):
            _check(template, child, kind, schema)


def _check(template: etree._Element, check: etree._Element, kind: str, schema: etree._Element) -> None:
    test = str(check.get("test"))
    when = etree.SubElement(template, XSL + "if", {"test": f"not({test})" if kind == "assert" else test})
    said = etree.SubElement(when, SVRL + ("failed-assert" if kind == "assert" else "successful-report"))
    for name in ("id", "role", "flag"):
        rule = check.getparent()
        value = check.get(name) or (rule.get(name) if rule is not None and name == "role" else None)
        if value:
            said.set(name, _literal(value))
    etree.SubElement(said, XSL + "attribute", {"name": "test"}).text = test
    etree.SubElement(said, XSL + "attribute", {"name": "location", "select": "path(.)"})
    _message(etree.SubElement(said, SVRL + "text"), check)
    diagnostics = {str(each.get("id")): each for each in schema.iter(f"{SCH}diagnostic")}
    for name in str(check.get("diagnostics") or "").split():
        if name in diagnostics:
            _message(etree.SubElement(said, SVRL + "diagnostic-reference", {"diagnostic": name}), diagnostics[name])


def _literal(value: str) -> str:
    """An attribute's value that is no template."""
    return value.replace("{", "{{").replace("}", "}}")


def _message(target: etree._Element, source: etree._Element) -> None:
    """Text, and what is computed in it; other markup is only its text."""
    _text(target, source.text)
    for child in source:
        kind = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if kind == "value-of":
            etree.SubElement(target, XSL + "value-of", {"select": str(child.get("select"))})
        elif kind == "name":
            etree.SubElement(target, XSL + "value-of", {"select": f"name({child.get('path') or '.'})"})
        elif kind:
            _message(target, child)
        _text(target, child.tail)


def _text(target: etree._Element, text: str | None) -> None:
    if text:
        etree.SubElement(target, XSL + "text").text = text


def _lets(holder: etree._Element, stylesheet: etree._Element) -> None:
    for let in holder.iterchildren(f"{SCH}let"):
        _let(let, stylesheet)


def _let(let: etree._Element, target: etree._Element) -> None:
    variable = etree.SubElement(target, XSL + "variable", {"name": str(let.get("name"))})
    if let.get("value") is not None:
        variable.set("select", str(let.get("value")))
    else:
        for child in let:
            variable.append(copy.deepcopy(child))
        variable.text = let.text
