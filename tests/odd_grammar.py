"""An ODD as RELAX NG, as the Guidelines describe it (23.3 to 23.5): the part of the language that ``edition.odd`` uses.

Each ``elementSpec`` becomes a definition of its ``ident``, whose element has the name of its ``altIdent`` if there is one; a model class
is the choice of its members. It stands in for the processors of the Consortium, which no package registry has.
"""

from __future__ import annotations

from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
RNG = "{http://relaxng.org/ns/structure/1.0}"
Node = etree._Element
_TIMES = {("0", "1"): "optional", ("0", "unbounded"): "zeroOrMore", ("1", "unbounded"): "oneOrMore"}


def grammar_of(odd: Node) -> Node:
    """The grammar of the first ``schemaSpec``."""
    spec = odd.find(f".//{TEI}schemaSpec")
    assert spec is not None
    made = etree.Element(
        RNG + "grammar",
        {"ns": TEI[1:-1], "datatypeLibrary": "http://www.w3.org/2001/XMLSchema-datatypes"},
        nsmap={None: RNG[1:-1]},  # type: ignore[dict-item]  # the stubs forbid a default namespace
    )
    start = etree.SubElement(etree.SubElement(made, RNG + "start"), RNG + "choice")
    for name in spec.get("start", "").split():
        etree.SubElement(start, RNG + "ref", {"name": name})
    for data in spec.iter(TEI + "dataSpec"):
        _add(_define(made, data), data.find(TEI + "content"))
    for group in spec.iter(TEI + "classSpec"):
        members = etree.SubElement(_define(made, group), RNG + "choice")
        for member in spec.iter(TEI + "elementSpec", TEI + "classSpec"):
            if any(each.get("key") == group.get("ident") for each in member.iterfind(f"{TEI}classes/{TEI}memberOf")):
                etree.SubElement(members, RNG + "ref", {"name": str(member.get("ident"))})
    for element in spec.iter(TEI + "elementSpec"):
        name = element.findtext(TEI + "altIdent") or str(element.get("ident"))
        inside = etree.SubElement(_define(made, element), RNG + "element", {"name": name})
        for attribute in element.iterfind(f"{TEI}attList/{TEI}attDef"):
            _attribute(inside, attribute)
        _add(inside, element.find(TEI + "content"))
    return made


def _define(grammar: Node, spec: Node) -> Node:
    return etree.SubElement(grammar, RNG + "define", {"name": str(spec.get("ident"))})


def _times(holder: Node, least: str | None, most: str | None) -> Node:
    kind = _TIMES.get((least or "1", most or "1"))
    return holder if kind is None else etree.SubElement(holder, RNG + kind)


def _add(holder: Node, source: Node | None) -> None:
    """What an element of the content says, child by child."""
    assert source is not None
    for child in source:
        if not isinstance(child.tag, str):
            continue
        inside = _times(holder, child.get("minOccurs"), child.get("maxOccurs"))
        match etree.QName(child).localname:
            case "textNode":
                etree.SubElement(inside, RNG + "text")
            case "empty":
                etree.SubElement(inside, RNG + "empty")
            case "elementRef" | "classRef":
                etree.SubElement(inside, RNG + "ref", {"name": str(child.get("key"))})
            case "dataRef":
                _data(inside, child)
            case "sequence":
                _add(etree.SubElement(inside, RNG + "group"), child)
            case "alternate":
                _add(etree.SubElement(inside, RNG + "choice"), child)
            case other:
                raise ValueError(other)


def _attribute(holder: Node, source: Node) -> None:
    holder = _times(holder, "1" if source.get("usage") == "req" else "0", "1")
    made = etree.SubElement(holder, RNG + "attribute", {"name": str(source.get("ident"))})
    datatype = source.find(TEI + "datatype")
    assert datatype is not None
    if datatype.get("maxOccurs") == "unbounded":
        made = etree.SubElement(etree.SubElement(made, RNG + "list"), RNG + "oneOrMore")
    listed = source.find(TEI + "valList")
    if listed is not None:
        choice = etree.SubElement(made, RNG + "choice")
        for item in listed:
            etree.SubElement(choice, RNG + "value").text = item.get("ident")
    elif len(datatype):
        _data(made, datatype[0])
    else:
        etree.SubElement(made, RNG + "text")


def _data(holder: Node, source: Node) -> None:
    if source.get("key") is not None:
        etree.SubElement(holder, RNG + "ref", {"name": str(source.get("key"))})
        return
    made = etree.SubElement(holder, RNG + "data", {"type": str(source.get("name"))})
    if source.get("restriction") is not None:
        etree.SubElement(made, RNG + "param", {"name": "pattern"}).text = source.get("restriction")
    for facet in source.iterfind(TEI + "dataFacet"):
        etree.SubElement(made, RNG + "param", {"name": str(facet.get("name"))}).text = facet.get("value")
