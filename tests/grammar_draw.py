"""Documents drawn at random from a RELAX NG grammar (XML syntax): what a schema accepts, seen from the schema's own side."""

from __future__ import annotations

import random
from collections import Counter

from lxml import etree

RNG = "{http://relaxng.org/ns/structure/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
TEXTS = ("", " ", "word", "two words", "\n  ", "Ärger & <Not>", "— “q” …", "\u00a0", "語", "\u0301x", "a\tb")
NCNAME_STARTS = ("a", "w03-", "_", "é", "x.y-", "Ω")

# Samples for every combination of datatype and facet that the grammar uses: ordinary values and the ones at the edge.
SAMPLES: dict[tuple[str, ...], tuple[str, ...]] = {
    ("anyURI", r"#\S+"): ("#a", "#w03-n07", "#é", "#_.-"),
    ("anyURI", r"\S+"): ("https://example.org/a?b=c#d", "edition.rng", "a:b", "é", "../x%20y"),
    ("date", r"-?\d{4,}-\d\d-\d\d"): ("1927-08-01", "2024-02-29", "-0044-03-15", "0987-12-31"),
    ("gYearMonth", r"-?\d{4,}-\d\d"): ("1927-08", "-0001-12"),
    ("gYear", r"-?\d{4,}"): ("1927", "-0480", "12345"),
    ("gMonthDay", r"--\d\d-\d\d"): ("--05-01", "--02-29"),
    ("gMonth", r"--\d\d"): ("--05", "--12"),
    ("gDay", r"---\d\d"): ("---01", "---31"),
    ("nonNegativeInteger",): ("0", "7", "12345678901234567890", "+5", " 5 "),
    ("token", "minLength=1"): ("1", "II", "*", " a  b ", "é", "&<>\"'", "\u00a0"),
    ("token", r"[^\p{C}\p{Z}]+"): ("volume", "a-b", "é", "1"),
    ("token", r"indent\([1-9][0-9]*\)"): ("indent(1)", "indent(10)", "indent(42)"),
    ("token", r"[0-9]+[a-z]*[0-9]*(\.[0-9]+[a-z]*[0-9]*){0,3}"): ("0.1.0", "1", "2.0.1b3", "1.2.3.4"),
    ("string", r"/TEI/text/.+"): ("/TEI/text/body/div[@type='work']", "/TEI/text/x y"),
    ("string", r"[a-z].*"): ("div[@type='section']", "p", "lg/l"),
    ("language",): ("en", "de-AT", "und", "zh-Hant-TW", "x-klingon"),
    ("NCName",): ("a", "tei-pipeline", "é.b"),
}


class Drawer:
    """Draws documents from ``grammar``; alternatives drawn least so far come more often, so that few documents reach all of it."""

    def __init__(self, grammar: etree._Element, seed: int) -> None:
        self.random = random.Random(seed)
        self.grammar = grammar
        self.namespace = f"{{{grammar.get('ns', '')}}}"
        self.defines = {str(d.get("name")): d for d in grammar.iter(RNG + "define")}
        self.patterns = list(grammar.iter(RNG + "*"))  # kept, so that lxml gives the same object for the same pattern
        self.kinds = {p: etree.QName(p).localname for p in self.patterns}
        self.children = {p: [c for c in p if c in self.kinds] for p in self.patterns}
        self.drawn: Counter[etree._Element] = Counter()
        self.named = [p for p in self.patterns if self.kinds[p] in ("element", "attribute", "value")]
        self.references: dict[str, list[etree._Element]] = {name: [] for name in self.defines}
        for pattern in self.patterns:
            if self.kinds[pattern] == "ref":
                self.references[str(pattern.get("name"))].append(pattern)
        self.steps: dict[etree._Element, int] = {}
        self.identifiers = 0
        self.left = 0
        self.cost = self._least_costs()
        self.cheapest: dict[etree._Element, list[etree._Element]] = {}

    def document(self, size: int) -> etree._Element:
        """A valid document of about ``size`` elements (more when the grammar demands more)."""
        self.left = size
        self.steps = self._steps_to(min(self.named, key=lambda pattern: self.drawn[pattern]))
        holder = etree.Element("holder")
        start = self.grammar.find(RNG + "start")
        assert start is not None
        self._draw_all(start, holder, 0, led=True)
        return holder[0]

    def undrawn(self) -> list[str]:
        """The elements, attributes and values of the grammar that no document has shown so far."""
        return [f"{self.kinds[p]} {p.get('name') or p.text}" for p in self.named if not self.drawn[p]]

    def _steps_to(self, goal: etree._Element) -> dict[etree._Element, int]:
        """How far each pattern is from the one that this document shall hold; a pattern from which it cannot be reached is not in it."""
        steps = {goal: 0}
        queue = [goal]
        for at in queue:
            parent = at.getparent()
            above = self.references[str(at.get("name"))] if self.kinds[at] == "define" else [parent] if parent in self.kinds else []
            for pattern in above:
                if pattern not in steps:
                    steps[pattern] = steps[at] + 1
                    queue.append(pattern)
        return steps

    def _least_costs(self) -> dict[str, int]:
        """How many elements each definition needs at least; a fixed point, so that drawing ends."""
        cost = dict.fromkeys(self.defines, 1_000_000)
        while True:
            found = {name: min(cost[name], self._least(define, cost)) for name, define in self.defines.items()}
            if found == cost:
                return cost
            cost = found

    def _least(self, pattern: etree._Element, cost: dict[str, int]) -> int:
        kind = self.kinds[pattern]
        if kind == "ref":
            return cost[str(pattern.get("name"))]
        if kind in ("optional", "zeroOrMore", "attribute", "text", "empty", "data", "value", "list"):
            return 0
        parts = [self._least(child, cost) for child in self.children[pattern]]
        return min(parts) if kind == "choice" else sum(parts) + (kind == "element")

    def _draw_all(self, pattern: etree._Element, parent: etree._Element, depth: int, *, led: bool) -> None:
        """All that a pattern holds; ``led`` when it lies on the way to the goal, as then one of its parts does."""
        parts = self.children[pattern]
        way = min((part for part in parts if part in self.steps), key=lambda part: self.steps[part], default=None) if led else None
        for part in parts:
            self._draw(part, parent, depth, led=part is way and part in self.steps)

    def _draw(self, pattern: etree._Element, parent: etree._Element, depth: int, *, led: bool) -> None:
        self._count(pattern)
        match self.kinds[pattern]:
            case "ref":
                self._draw_all(self.defines[str(pattern.get("name"))], parent, depth, led=led)
            case "group":
                self._draw_all(pattern, parent, depth, led=led)
            case "choice":
                self._draw(self._choose(pattern, depth, led=led), parent, depth, led=led)
            case "optional":
                self._repeat(pattern, parent, depth, 0, 1, led=led)
            case "zeroOrMore":
                self._repeat(pattern, parent, depth, 0, 6, led=led)
            case "oneOrMore":
                self._repeat(pattern, parent, depth, 1, 5, led=led)
            case "element":
                self._draw_element(pattern, parent, depth, led=led)
            case "attribute":
                (value,) = self.children[pattern]
                name = str(pattern.get("name"))
                parent.set(XML + name[4:] if name.startswith("xml:") else name, self._value(value, led=led))
            case "text":
                _append_text(parent, self.random.choice(TEXTS))
            case "empty":
                pass
            case other:
                raise AssertionError(f"the drawer knows no pattern {other}")

    def _draw_element(self, pattern: etree._Element, parent: etree._Element, depth: int, *, led: bool) -> None:
        element = etree.SubElement(parent, self.namespace + str(pattern.get("name")))
        whole = self.left - 1
        share = whole * 2 // 3  # no element takes everything: its later siblings are drawn too
        self.left = share
        self._draw_all(pattern, element, depth + 1, led=led)
        self.left += whole - share

    def _count(self, pattern: etree._Element) -> None:
        self.drawn[pattern] += 1
        if self.steps.get(pattern) == 0:
            self.steps = {}  # reached: the rest of the document is left to chance

    def _repeat(self, pattern: etree._Element, parent: etree._Element, depth: int, least: int, most: int, *, led: bool) -> None:
        least = max(least, led)
        poor = self.left <= 0 or depth > 14
        for number in range(least if poor else self.random.randint(least, most)):
            self._draw_all(pattern, parent, depth, led=led and number == 0)

    def _choose(self, pattern: etree._Element, depth: int, *, led: bool) -> etree._Element:
        alternatives = self.children[pattern]
        if led and self.steps:
            return min((a for a in alternatives if a in self.steps), key=lambda a: self.steps[a])
        if self.left <= 0 or depth > 14:
            if pattern not in self.cheapest:
                costs = [self._least(a, self.cost) for a in alternatives]
                self.cheapest[pattern] = [a for a, cost in zip(alternatives, costs, strict=True) if cost == min(costs)]
            alternatives = self.cheapest[pattern]
        return self.random.choices(alternatives, [1 / (1 + self.drawn[a]) ** 2 for a in alternatives])[0]

    def _value(self, pattern: etree._Element, *, led: bool) -> str:
        self._count(pattern)
        match self.kinds[pattern]:
            case "value":
                return str(pattern.text)
            case "choice":
                return self._value(self._choose(pattern, 0, led=led), led=led)
            case "ref":
                (value,) = self.children[self.defines[str(pattern.get("name"))]]
                return self._value(value, led=led)
            case "list":
                (repeated,) = self.children[pattern]
                (item,) = self.children[repeated]
                return " ".join(self._value(item, led=led) for _ in range(self.random.randint(1, 3)))
        if pattern.get("type") == "ID":
            self.identifiers += 1
            return f"{self.random.choice(NCNAME_STARTS)}{self.identifiers}"
        return self.random.choice(SAMPLES[_datatype(pattern)])


def _datatype(pattern: etree._Element) -> tuple[str, ...]:
    facets = tuple(str(p.text) if p.get("name") == "pattern" else f"{p.get('name')}={p.text}" for p in pattern.iter(RNG + "param"))
    return (str(pattern.get("type")), *facets)


def _append_text(parent: etree._Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
