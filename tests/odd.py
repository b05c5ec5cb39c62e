"""``schemas/edition.odd``: its descriptions and examples are written by hand, its content models, attributes and rules made of the schemas.

    python -m tests.odd          # writes them anew; a test fails while the file is old

The customisation names the modules of TEI and replaces each element that we use. An element that has another content in another place
(a quotation among words, among blocks) is declared again under a name of its own, with ``altIdent`` for its real one; groups of elements
are model classes (TEI Guidelines 23.3).
"""

from __future__ import annotations

import copy
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).resolve().parents[1]
ODD = ROOT / "schemas" / "edition.odd"
RNG = "{http://relaxng.org/ns/structure/1.0}"
TEI = "{http://www.tei-c.org/ns/1.0}"
SCH = "{http://purl.oclc.org/dsdl/schematron}"
XSL = "{http://www.w3.org/1999/XSL/Transform}"
DOCUMENTATION = "{http://relaxng.org/ns/compatibility/annotations/1.0}documentation"
Node = etree._Element

# Where TEI P5 declares what we use (Guidelines, chapters 1 to 18); textstructure and core have the rest.
MODULES: dict[str, tuple[str, ...]] = {
    "header": (
        *("abstract", "appInfo", "application", "availability", "change", "citeData", "citeStructure", "correction", "correspAction"),
        *("correspDesc", "edition", "editionStmt", "editorialDecl", "encodingDesc", "extent", "fileDesc", "funder", "hyphenation", "idno"),
        *("keywords", "langUsage", "language", "licence", "listPrefixDef", "namespace", "normalization", "prefixDef", "profileDesc"),
        *("projectDesc", "publicationStmt", "punctuation", "quotation", "refsDecl", "rendition", "revisionDesc", "schemaRef"),
        *("segmentation", "seriesStmt", "sourceDesc", "tagUsage", "tagsDecl", "teiHeader", "textClass", "titleStmt"),
    ),
    "textstructure": (
        *("TEI", "argument", "back", "body", "byline", "closer", "dateline", "div", "docAuthor", "docDate", "docEdition", "docImprint"),
        *("docTitle", "epigraph", "floatingText", "front", "imprimatur", "opener", "postscript", "salute", "signed", "text", "titlePage"),
        *("titlePart", "trailer"),
    ),
    "transcr": ("fw", "metamark", "supplied", "surplus"),
    "linking": ("ab", "anchor", "seg"),
    "analysis": ("pc", "w"),
    "spoken": ("incident", "kinesic", "vocal"),
    "drama": ("castGroup", "castItem", "castList", "role", "roleDesc", "set"),
    "figures": ("cell", "figDesc", "figure", "row", "table"),
    "namesdates": ("listPerson", "persName", "person"),
    "corpus": ("particDesc",),
}
NAMESDATES = ("personGrp",)  # declared with persons, whatever the chapter it is described in
DATA = "edition."


class Schema:
    """The grammar, and how its definitions are called in the ODD."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self.defines = {str(define.get("name")): define for define in root.iter(RNG + "define")}
        self.idents: dict[Node, str] = {}
        taken: set[str] = set()
        plain = [element for element in root.iter(RNG + "element") if self._is_plain(element)]
        for element in [*plain, *root.iter(RNG + "element")]:
            name = str(element.get("name"))
            if element in self.idents:
                continue
            ident = name if name not in taken else self._other(element, name, taken)
            taken.add(ident)
            self.idents[element] = ident

    def _is_plain(self, element: Node) -> bool:
        parent = element.getparent()
        return parent is not None and parent.tag == RNG + "define" and parent.get("name") == element.get("name")

    def _other(self, element: Node, name: str, taken: set[str]) -> str:
        """The name of a second declaration: that of its definition, or of what it stands in."""
        parent = element.getparent()
        while parent is not None and parent.get("name") is None:
            parent = parent.getparent()
        where = str(parent.get("name")) if parent is not None else ""
        ident = where if where.startswith(f"{name}.") else f"{name}.{where}"
        number = 2
        while ident in taken:
            ident, number = f"{name}.{where}{number}", number + 1
        return ident

    @cache  # noqa: B019  # one schema in a run
    def kind(self, name: str) -> str:
        """What a definition is: ``element``, ``class`` (elements or classes to choose from), ``data``, ``attributes``, ``content``."""
        children = _patterns(self.defines[name])
        if name.startswith("data."):
            return "data"
        if self.has_attributes(self.defines[name]):
            return "attributes"
        if len(children) == 1 and children[0].tag == RNG + "element":
            return "element"
        if len(children) == 1 and children[0].tag == RNG + "choice" and all(self._is_member(child) for child in _patterns(children[0])):
            return "class"
        return "content"

    def _is_member(self, pattern: Node) -> bool:
        return pattern.tag == RNG + "ref" and self.kind(str(pattern.get("name"))) in ("element", "class")

    def has_attributes(self, pattern: Node) -> bool:
        """Whether there are attributes in it, down to but not into its elements."""
        if pattern.tag == RNG + "attribute":
            return True
        if pattern.tag == RNG + "ref":
            return self.has_attributes(self.defines[str(pattern.get("name"))])
        return pattern.tag != RNG + "element" and any(self.has_attributes(child) for child in _patterns(pattern))

    def element(self, name: str) -> Node:
        """The element of a definition that is one."""
        return _patterns(self.defines[name])[0]


def _patterns(node: Node) -> list[Node]:
    return [child for child in node if isinstance(child.tag, str) and child.tag.startswith(RNG)]


def _make(tag: str, /, *children: Node, **attributes: str) -> Node:
    made = etree.Element(TEI + tag, attributes)
    made.extend(children)
    return made


# ---------------------------------------------------------------- content


def content(schema: Schema, patterns: list[Node]) -> list[Node]:
    """The content that patterns allow, in ODD; attributes are passed over."""
    made: list[Node] = []
    for pattern in patterns:
        made += _content(schema, pattern)
    return made


def _content(schema: Schema, pattern: Node) -> list[Node]:
    match etree.QName(pattern).localname:
        case "empty" | "attribute":
            return []
        case "text":
            return [_make("textNode")]
        case "element":
            return [_make("elementRef", key=schema.idents[pattern])]
        case "ref":
            return _reference(schema, str(pattern.get("name")))
        case "group":
            return content(schema, _patterns(pattern))
        case "optional":
            return _repeated(content(schema, _patterns(pattern)), "0", "1")
        case "zeroOrMore":
            return _repeated(content(schema, _patterns(pattern)), "0", "unbounded")
        case "oneOrMore":
            return _repeated(content(schema, _patterns(pattern)), "1", "unbounded")
        case "choice":
            return _choice(schema, pattern)
        case other:
            raise ValueError(f"{other} in line {pattern.sourceline} is no content that the ODD can say")


def _reference(schema: Schema, name: str) -> list[Node]:
    match schema.kind(name):
        case "element":
            return [_make("elementRef", key=schema.idents[schema.element(name)])]
        case "class":
            return [_make("classRef", key=f"model.edition.{name.removeprefix('class.')}")]
        case _:  # attributes with content, or content: written out, since a macro cannot be repeated
            return content(schema, _patterns(schema.defines[name]))


def _repeated(parts: list[Node], least: str, most: str) -> list[Node]:
    if not parts:
        return []
    part = parts[0] if len(parts) == 1 and parts[0].get("minOccurs") is None else None
    if part is None or part.tag == TEI + "textNode":
        if len(parts) == 1 and parts[0].tag == TEI + "textNode":
            return parts
        part = _make("sequence", *parts)
    part.set("minOccurs", least)
    part.set("maxOccurs", most)
    return [part]


def _choice(schema: Schema, pattern: Node) -> list[Node]:
    """An alternation; alternations in it are written out, and what may be empty makes all of it optional."""
    parts: list[Node] = []
    may_be_empty = False
    for child in _patterns(pattern):
        made = content(schema, [child])
        if not made and not schema.has_attributes(child):
            may_be_empty = True
        elif len(made) == 1 and made[0].tag == TEI + "alternate" and made[0].get("minOccurs") is None:
            parts += list(made[0])
        elif len(made) == 1:
            parts += made
        elif made:
            parts.append(_make("sequence", *made))
    if not parts:
        return []
    whole = parts if len(parts) == 1 else [_make("alternate", *parts)]
    return _repeated(whole, "0", "1") if may_be_empty else whole


# ---------------------------------------------------------------- attributes


def attributes(schema: Schema, pattern: Node, *, required: bool = True) -> Iterator[Node]:
    """``attDef`` for each attribute of an element, in the order of the grammar."""
    for child in _patterns(pattern):
        match etree.QName(child).localname:
            case "attribute":
                yield _attribute(schema, child, required=required)
            case "ref":
                define = schema.defines[str(child.get("name"))]
                if schema.has_attributes(define):
                    yield from attributes(schema, define, required=required)
            case "optional":
                inner = list(attributes(schema, child, required=False))
                if len(inner) > 1 and len(_patterns(child)) > 1:
                    raise ValueError(f"attributes that come together (line {child.sourceline}) are nothing that the ODD can say")
                yield from inner
            case "choice":
                if any(schema.has_attributes(each) for each in _patterns(child)):
                    raise ValueError(f"a choice of attributes (line {child.sourceline}) is nothing that the ODD can say")
            case "group":
                yield from attributes(schema, child, required=required)


def _attribute(schema: Schema, pattern: Node, *, required: bool) -> Node:
    made = _make("attDef", ident=str(pattern.get("name")), usage="req" if required else "opt")
    values, data, several = _values(schema, pattern)
    if values and data:
        raise ValueError(f"values beside a datatype (line {pattern.sourceline}) are nothing that the ODD can say")
    datatype = etree.SubElement(made, TEI + "datatype")
    if several:
        datatype.set("maxOccurs", "unbounded")
    if values:
        datatype.append(_make("dataRef", name="token"))
        listed = etree.SubElement(made, TEI + "valList", {"type": "closed"})
        for value in values:
            etree.SubElement(listed, TEI + "valItem", {"ident": value})
    elif len(data) == 1:
        datatype.append(data[0])
    return made


def _values(schema: Schema, pattern: Node) -> tuple[list[str], list[Node], bool]:
    """The values that are listed, the datatypes, and whether there may be several of them."""
    values: list[str] = []
    data: list[Node] = []
    several = False
    for child in _patterns(pattern):
        match etree.QName(child).localname:
            case "value":
                values.append(child.text or "")
            case "data":
                data.append(_data(child))
            case "ref":
                name = str(child.get("name"))
                inner = _values(schema, schema.defines[name])
                if inner[0] and not inner[1]:
                    values += inner[0]
                elif inner[2]:
                    data, several = data + inner[1], True
                else:
                    data.append(_make("dataRef", key=f"{DATA}{name}"))
            case "list":
                several = True
                values, data, _ = _values(schema, _patterns(child)[0])
            case "choice" | "oneOrMore":
                inner = _values(schema, child)
                values, data, several = values + inner[0], data + inner[1], several or inner[2]
            case "text" | "empty":
                pass
    return values, data, several


def _data(pattern: Node) -> Node:
    made = _make("dataRef", name=str(pattern.get("type")))
    for parameter in pattern.iter(RNG + "param"):
        if parameter.get("name") == "pattern":
            made.set("restriction", parameter.text or "")
        else:
            etree.SubElement(made, TEI + "dataFacet", {"name": str(parameter.get("name")), "value": parameter.text or ""})
    return made


# ---------------------------------------------------------------- specifications


def specifications(schema: Schema, rules: Node, old: dict[str, Node]) -> Iterator[Node]:
    """All declarations: datatypes, classes, elements in the order of the grammar; rules that no element has to itself last."""
    for name in schema.defines:
        if schema.kind(name) == "data" and not _values(schema, schema.defines[name])[0]:
            yield _datatype(schema, name)
    for name in schema.defines:
        if schema.kind(name) == "class":
            made = _make("classSpec", ident=f"model.edition.{name.removeprefix('class.')}", type="model", mode="add")
            above = _memberships(schema, name)
            if above:
                made.append(_make("classes", *above))
            yield made
    constraints = list(_constraints(rules))
    described = (each for spec in old.values() for each in spec.iter(TEI + "attDef"))
    common = {str(each.get("ident")): copy.deepcopy(said) for each in described if (said := each.find(TEI + "desc")) is not None}
    for element, ident in schema.idents.items():
        yield _element(schema, element, ident, [made for name, made in constraints if name == ident], old.get(ident), common)


def _datatype(schema: Schema, name: str) -> Node:
    made = _make("dataSpec", ident=f"{DATA}{name}", mode="add")
    said = schema.defines[name].findtext(DOCUMENTATION)
    if said:
        etree.SubElement(made, TEI + "desc").text = " ".join(said.split())
    _, data, _ = _values(schema, schema.defines[name])
    etree.SubElement(made, TEI + "content").append(data[0] if len(data) == 1 else _make("alternate", *data))
    return made


def _memberships(schema: Schema, name: str) -> list[Node]:
    """The classes that a definition is a member of, by the reference to it in a class."""
    found = []
    for above, define in schema.defines.items():
        if schema.kind(above) == "class" and any(each.get("name") == name for each in define.iter(RNG + "ref")):
            found.append(_make("memberOf", key=f"model.edition.{above.removeprefix('class.')}"))
    return found


def _element(schema: Schema, element: Node, ident: str, constraints: list[Node], old: Node | None, common: dict[str, Node]) -> Node:
    name = str(element.get("name"))
    made = _make("elementSpec", ident=ident, module=module_of(name), mode="replace" if ident == name else "add")
    if ident != name:
        etree.SubElement(made, TEI + "altIdent").text = name
    kept = [child for child in (old if old is not None else ()) if child.tag in (TEI + "gloss", TEI + "desc")]
    made.extend(kept)
    parent = element.getparent()
    define = str(parent.get("name")) if parent is not None and parent.tag == RNG + "define" else ""
    classes = _make("classes", *(_memberships(schema, define) if define else []))
    classes.set("mode", "replace")
    made.append(classes)
    inside = content(schema, _patterns(element))
    whole = inside if len(inside) < 2 else [_make("sequence", *inside)]
    made.append(_make("content", *(whole or [_make("empty")])))
    made.extend(constraints)
    found = list(attributes(schema, element))
    said = {} if old is None else {str(each.get("ident")): each.find(TEI + "desc") for each in old.iter(TEI + "attDef")}
    for attribute in found:
        description = said.get(str(attribute.get("ident")))
        if description is None:  # what is said of it elsewhere
            description = copy.deepcopy(common.get(str(attribute.get("ident"))))
        if description is not None:
            attribute.insert(0, description)
    if found:
        made.append(_make("attList", *found))
    made.extend(child for child in (old if old is not None else ()) if child.tag in (TEI + "exemplum", TEI + "remarks"))
    return made


def module_of(name: str) -> str:
    """The module of TEI that declares an element."""
    if name in NAMESDATES:
        return "namesdates"
    return next((module for module, names in MODULES.items() if name in names), "core")


def _constraints(rules: Node) -> Iterator[tuple[str, Node]]:
    """Each assertion of the Schematron rules as a ``constraintSpec`` of the first element of its context."""
    for rule in rules.iter(SCH + "rule"):
        context = str(rule.get("context"))
        name = re.search(r"tei:(\w+)", context)
        holder = name[1] if name else "TEI"
        for check in rule:
            if not isinstance(check.tag, str):
                continue
            made = _make("constraintSpec", ident=str(check.get("id")), scheme="schematron", mode="add")
            constraint = etree.SubElement(made, TEI + "constraint")
            copied = etree.SubElement(constraint, SCH + "rule", {"context": context}, nsmap={"sch": SCH[1:-1]})
            copied.append(etree.fromstring(etree.tostring(check, with_tail=False)))
            etree.cleanup_namespaces(made)
            yield holder, made


# ---------------------------------------------------------------- the file


def made_anew(data: bytes) -> bytes:
    """The file with its generated parts from the schemas of today."""
    root = etree.fromstring(data, etree.XMLParser(remove_blank_text=False))
    spec = root.find(f".//{TEI}schemaSpec")
    assert spec is not None
    old = {str(each.get("ident")): each for each in spec.iter(TEI + "elementSpec")}
    schema = Schema(etree.parse(ROOT / "schemas" / "edition.rng").getroot())
    rules = etree.parse(ROOT / "schemas" / "edition.sch").getroot()
    specs = list(specifications(schema, rules, old))
    names: dict[str, list[str]] = {}
    for each in specs:
        if each.get("mode") == "replace":
            names.setdefault(str(each.get("module")), []).append(str(each.get("ident")))
    used = {each.get("key") for made in specs for each in made.iter(TEI + "dataRef")}
    specs = [each for each in specs if each.tag != TEI + "dataSpec" or each.get("ident") in used]
    for child in list(spec):
        spec.remove(child)
    spec.append(_make("moduleRef", key="tei"))
    for module in sorted(names):
        spec.append(_make("moduleRef", key=module, include=" ".join(sorted(names[module]))))
    spec.append(_keys(rules))
    spec.extend(specs)
    spec.text = None
    _indent(spec, len(list(spec.iterancestors())))
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True) + b"\n"


def _keys(rules: Node) -> Node:
    """What all rules share: the prefix, and the keys by which pointers are looked up."""
    made = _make("constraintSpec", ident="keys", scheme="schematron", mode="add")
    constraint = etree.SubElement(made, TEI + "constraint")
    for each in [*rules.iterchildren(SCH + "ns"), *rules.iterchildren(XSL + "key")]:
        constraint.append(etree.fromstring(etree.tostring(each, with_tail=False)))
    return made


def _indent(element: Node, level: int) -> None:
    """Indent structure, and leave alone what holds words: descriptions, examples, messages."""
    words = element.tag in (TEI + "desc", TEI + "gloss", TEI + "exemplum", TEI + "remarks") or element.tag.startswith(SCH)
    children = [child for child in element if isinstance(child.tag, str)]
    if words or not children or (element.text or "").strip():
        return
    element.text = "\n" + "  " * (level + 1)
    for child in children:
        _indent(child, level + 1)
        child.tail = "\n" + "  " * (level + 1)
    children[-1].tail = "\n" + "  " * level


if __name__ == "__main__":
    before = ODD.read_bytes()
    after = made_anew(before)
    ODD.write_bytes(after)
    sys.stdout.write(f"schemas/edition.odd: {'unchanged' if before == after else 'written'}\n")
