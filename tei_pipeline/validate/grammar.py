"""A RELAX NG grammar as derivatives: after each child, what may come next.

libxml2 says quickly whether a document is valid, but not well what is wrong with one that is not. This does, slowly, for those alone.
The method is James Clark's ("An algorithm for RELAX NG validation", 2002): the derivative of a content model by a child is the content
model of what remains. Patterns are interned, so that derivatives are remembered and a repeated question costs one look-up.

What our own schemas and that of all TEI use is understood: no interleave, no combined or nested grammars (:class:`UnknownPattern`). Where
any name may stand (``anyName``), the name of a pattern is ``*`` and then what is excepted.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence

from lxml import etree

RNG = "{http://relaxng.org/ns/structure/1.0}"
XML = "http://www.w3.org/XML/1998/namespace"
DOCUMENTATION = "{http://relaxng.org/ns/compatibility/annotations/1.0}documentation"


_NAMES = (RNG + "name", RNG + "anyName")


class UnknownPattern(Exception):
    """The grammar uses a part of RELAX NG that is not understood here."""


class Pattern:
    """One pattern. ``kind`` is empty, nothing, text, element, attribute, group, choice or more; ``name`` in Clark's notation."""

    __slots__ = ("kind", "left", "name", "node", "nullable", "right")

    def __init__(
        self, kind: str, left: Pattern | None, right: Pattern | None, name: str, node: etree._Element | None, nullable: bool
    ) -> None:
        self.kind, self.left, self.right, self.name, self.node, self.nullable = kind, left, right, name, node, nullable

    def parts(self) -> tuple[Pattern, Pattern]:
        """Both parts of a group or choice."""
        assert self.left is not None
        assert self.right is not None
        return self.left, self.right

    def leaves(self) -> Iterator[Pattern]:
        """All elements, attributes and texts in it, in order, down to but not into the elements."""
        if self.left is None:
            yield self
        else:
            yield from self.left.leaves()
            if self.right is not None:
                yield from self.right.leaves()


EMPTY = Pattern("empty", None, None, "", None, True)
NOTHING = Pattern("nothing", None, None, "", None, False)
TEXT = Pattern("text", None, None, "", None, True)


def is_named(leaf: Pattern, name: str) -> bool:
    """Whether an element or attribute of that name is meant by a pattern."""
    if not leaf.name.startswith("*"):
        return leaf.name == name
    return not any(name == excepted or (excepted.endswith("}") and name.startswith(excepted)) for excepted in leaf.name[1:].split())


def _any_name(node: etree._Element, kind: str) -> str:
    """``*`` and, after it, the names and namespaces that are excepted."""
    anything = node.find(RNG + "anyName")
    if anything is None:
        raise UnknownPattern(f"{kind} with a name class")
    excepted = [f"{{{each.get('ns')}}}{(each.text or '').strip()}" for each in anything.iter(RNG + "nsName", RNG + "name")]
    return "*" + " ".join(excepted)


class Grammar:
    """The patterns of one schema, and the questions that can be asked of them."""

    def __init__(self, schema: etree._Element) -> None:
        self.schema = schema
        self._defines: dict[str, etree._Element] = {}
        for define in schema.iterchildren(RNG + "define"):
            if define.get("combine") is not None:
                raise UnknownPattern("define with combine")
            self._defines[str(define.get("name"))] = define
        self._known: dict[tuple[object, ...], Pattern] = {}
        self._contents: dict[Pattern, Pattern] = {}
        self._compiled: dict[str, Pattern] = {}
        self._chosen: dict[tuple[Pattern, str], Pattern | None] = {}
        self._attributes: dict[Pattern, tuple[Pattern, ...]] = {}
        self._children: dict[tuple[Pattern, bool], Pattern] = {}
        self._after: dict[tuple[Pattern, str], Pattern] = {}
        self._after_text: dict[Pattern, Pattern] = {}
        self._values: dict[Pattern, etree.RelaxNG] = {}
        start = schema.find(RNG + "start")
        if start is None:
            raise UnknownPattern("grammar without start")
        self.start = self._sequence(start)
        self.elements: dict[str, list[Pattern]] = {}
        for node in schema.iter(RNG + "element"):
            pattern = self._compile(node)
            self.elements.setdefault(pattern.name, []).append(pattern)

    # ------------------------------------------------------------ questions

    def content(self, element: Pattern) -> Pattern:
        """Attributes and children of an element pattern."""
        if element not in self._contents:
            assert element.node is not None
            self._contents[element] = self._sequence(element.node)
        return self._contents[element]

    def chosen(self, pattern: Pattern, name: str) -> Pattern | None:
        """The pattern of an element of that name where ``pattern`` is to be fulfilled; None when it may not come."""
        key = pattern, name
        if key not in self._chosen:
            self._chosen[key] = next((leaf for leaf in self.first(pattern) if is_named(leaf, name)), None)
        return self._chosen[key]

    def after(self, pattern: Pattern, name: str) -> Pattern:
        """What remains of ``pattern`` after an element of that name; :data:`NOTHING` when it may not come."""
        key = pattern, name
        if key not in self._after:
            self._after[key] = self._derive(pattern, lambda leaf: EMPTY if leaf.kind == "element" and is_named(leaf, name) else NOTHING)
        return self._after[key]

    def after_text(self, pattern: Pattern) -> Pattern:
        """What remains after characters; :data:`NOTHING` when none may come."""
        if pattern not in self._after_text:
            self._after_text[pattern] = self._derive(pattern, lambda leaf: TEXT if leaf.kind == "text" else NOTHING)
        return self._after_text[pattern]

    def attributes(self, pattern: Pattern) -> tuple[Pattern, ...]:
        """All attributes in it, in the order of the grammar, each once."""
        if pattern not in self._attributes:
            self._attributes[pattern] = tuple(dict.fromkeys(leaf for leaf in pattern.leaves() if leaf.kind == "attribute"))
        return self._attributes[pattern]

    def after_attribute(self, pattern: Pattern, attributes: Sequence[Pattern]) -> Pattern:
        """What remains after one of those attributes, which may stand anywhere in ``pattern``."""
        match pattern.kind:
            case "attribute":
                return EMPTY if pattern in attributes else NOTHING
            case "choice":
                left, right = pattern.parts()
                return self._choice(self.after_attribute(left, attributes), self.after_attribute(right, attributes))
            case "group":
                left, right = pattern.parts()
                first = self._group(self.after_attribute(left, attributes), right)
                return self._choice(first, self._group(left, self.after_attribute(right, attributes)))
            case "more" if pattern.left is not None:
                return self._group(self.after_attribute(pattern.left, attributes), self._choice(pattern, EMPTY))
            case _:
                return NOTHING

    def without_attributes(self, pattern: Pattern, *, forgive: bool = False) -> Pattern:
        """The children alone; :data:`NOTHING` when an attribute is missing, unless that is forgiven."""
        key = pattern, forgive
        if key not in self._children:
            self._children[key] = self._without_attributes(pattern, forgive)
        return self._children[key]

    def _without_attributes(self, pattern: Pattern, forgive: bool) -> Pattern:
        match pattern.kind:
            case "attribute":
                return EMPTY if forgive else NOTHING
            case "choice":
                left, right = pattern.parts()
                return self._choice(self._without_attributes(left, forgive), self._without_attributes(right, forgive))
            case "group":
                left, right = pattern.parts()
                return self._group(self._without_attributes(left, forgive), self._without_attributes(right, forgive))
            case _:
                return pattern

    def first(self, pattern: Pattern) -> list[Pattern]:
        """The elements that may come next, in the order of the grammar, each once."""
        found: dict[Pattern, None] = {}
        stack = [pattern]
        while stack:
            at = stack.pop()
            if at.kind == "element":
                found[at] = None
            elif at.kind == "choice":
                stack += reversed(at.parts())
            elif at.kind == "group":
                left, right = at.parts()
                stack += [right, left] if left.nullable else [left]
            elif at.kind == "more" and at.left is not None:
                stack.append(at.left)
        return list(found)

    def takes(self, attribute: Pattern, value: str) -> bool:
        """Whether the attribute may have that value; libxml2 decides, with a schema of this attribute alone."""
        if attribute.name.startswith("*"):
            return True
        if attribute not in self._values:
            self._values[attribute] = etree.RelaxNG(self._schema_of(attribute))
        probe = etree.Element("element")
        probe.set(attribute.name, value)
        return bool(self._values[attribute].validate(probe))

    def values(self, attribute: Pattern) -> tuple[list[str], list[str]]:
        """The values that the grammar lists for an attribute, and the descriptions of its datatypes."""
        values: list[str] = []
        descriptions: list[str] = []
        stack = [attribute.node]
        while stack:
            node = stack.pop()
            if node is None or not isinstance(node.tag, str):
                continue
            if node.tag == RNG + "attribute":
                stack += reversed(node)
            elif node.tag == RNG + "value":
                values.append(node.text or "")
            elif node.tag == RNG + "ref":
                stack.append(self._defines[str(node.get("name"))])
            elif node.tag == RNG + "data" and node.get("type") in ("ID", "NCName"):
                descriptions.append("a name (a letter or _, then letters, digits, . - _)")
            else:
                said = node.findtext(DOCUMENTATION)
                if said:
                    descriptions.append(" ".join(said.split()))
                else:
                    stack += reversed(node)
        return values, descriptions

    # ------------------------------------------------------------ construction

    def _derive(self, pattern: Pattern, by: object) -> Pattern:
        match pattern.kind:
            case "element" | "text":
                return by(pattern)  # type: ignore[operator, no-any-return]
            case "choice":
                left, right = pattern.parts()
                return self._choice(self._derive(left, by), self._derive(right, by))
            case "group":
                left, right = pattern.parts()
                first = self._group(self._derive(left, by), right)
                return self._choice(first, self._derive(right, by)) if left.nullable else first
            case "more":
                assert pattern.left is not None
                return self._group(self._derive(pattern.left, by), self._choice(pattern, EMPTY))
            case _:
                return NOTHING

    def _intern(self, kind: str, left: Pattern | None, right: Pattern | None, nullable: bool) -> Pattern:
        key = kind, left, right
        if key not in self._known:
            self._known[key] = Pattern(kind, left, right, "", None, nullable)
        return self._known[key]

    def _choice(self, left: Pattern, right: Pattern) -> Pattern:
        if left is NOTHING or left is right:
            return right
        if right is NOTHING:
            return left
        at = right
        while at.kind == "choice":
            first, at = at.parts()
            if first is left:
                return right
        if at is left or (left is EMPTY and right.nullable):
            return right
        if left.kind == "choice":
            first, rest = left.parts()
            return self._choice(first, self._choice(rest, right))
        return self._intern("choice", left, right, left.nullable or right.nullable)

    def _group(self, left: Pattern, right: Pattern) -> Pattern:
        if left is NOTHING or right is NOTHING:
            return NOTHING
        if left is EMPTY:
            return right
        if right is EMPTY:
            return left
        return self._intern("group", left, right, left.nullable and right.nullable)

    def _sequence(self, node: etree._Element) -> Pattern:
        result = EMPTY
        for child in reversed([c for c in node if isinstance(c.tag, str) and c.tag.startswith(RNG) and c.tag not in _NAMES]):
            result = self._group(self._compile(child), result)
        return result

    def _compile(self, node: etree._Element) -> Pattern:
        match etree.QName(node).localname:
            case "empty":
                return EMPTY
            case "text" | "data" | "value" | "list":  # what characters they must be, is left to libxml2
                return TEXT
            case "ref":
                return self._reference(str(node.get("name")))
            case "element" | "attribute" as kind:
                return self._leaf(kind, node)
            case "group":
                return self._sequence(node)
            case "choice":
                result = NOTHING
                for child in reversed([c for c in node if isinstance(c.tag, str) and c.tag.startswith(RNG)]):
                    result = self._choice(self._compile(child), result)
                return result
            case "optional":
                return self._choice(self._sequence(node), EMPTY)
            case "oneOrMore" | "zeroOrMore" as kind:
                inner = self._sequence(node)
                more = self._intern("more", inner, None, inner.nullable)
                return more if kind == "oneOrMore" else self._choice(more, EMPTY)
            case other:
                raise UnknownPattern(other)

    def _reference(self, name: str) -> Pattern:
        if name not in self._compiled:
            if name not in self._defines:
                raise UnknownPattern(f"reference to {name}")
            self._compiled[name] = self._sequence(self._defines[name])
        return self._compiled[name]

    def _leaf(self, kind: str, node: etree._Element) -> Pattern:
        key = kind, node
        if key not in self._known:
            name, given = node.get("name"), node.find(RNG + "name")
            if name is None and given is not None:
                name = f"{{{given.get('ns')}}}{(given.text or '').strip()}" if given.get("ns") else (given.text or "").strip()
            if name is None:
                name = _any_name(node, kind)
            if name.startswith(("{", "*")):
                pass
            elif node.get("ns"):
                name = f"{{{node.get('ns')}}}{name}"
            elif name.startswith("xml:"):
                name = f"{{{XML}}}{name[4:]}"
            elif kind == "element":
                namespace = next((str(a.get("ns")) for a in [node, *node.iterancestors()] if a.get("ns") is not None), "")
                name = f"{{{namespace}}}{name}" if namespace else name
            self._known[key] = Pattern(kind, None, None, name, node, False)
        return self._known[key]

    def _schema_of(self, attribute: Pattern) -> etree._ElementTree:
        """A schema of one element with that attribute, and the definitions that it refers to."""
        assert attribute.node is not None
        grammar = etree.Element(RNG + "grammar", {"datatypeLibrary": self.schema.get("datatypeLibrary", "")}, nsmap={None: RNG[1:-1]})  # type: ignore[dict-item]  # the stubs forbid a default namespace
        element = etree.SubElement(etree.SubElement(grammar, RNG + "start"), RNG + "element", {"name": "element"})
        element.append(copy.deepcopy(attribute.node))
        needed, done = [element], set()
        while needed:
            for reference in needed.pop().iter(RNG + "ref"):
                name = str(reference.get("name"))
                if name not in done:
                    done.add(name)
                    needed.append(copy.deepcopy(self._defines[name]))
                    grammar.append(needed[-1])
        return grammar.getroottree()
