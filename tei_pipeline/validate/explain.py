"""What is wrong with a document that a grammar refuses: every fault that can be told apart, each at its element and in a sentence.

After a fault the rest is read as if it had been put right: what is too much is passed over, what is missing is taken as present.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from tei_pipeline.decisions import Problem
from tei_pipeline.errors import printable
from tei_pipeline.validate.grammar import EMPTY, NOTHING, XML, Grammar, Pattern
from tei_pipeline.validate.places import where

MOST_NAMES = 12  # of allowed elements or values in one sentence; more are counted
MOST_CHARACTERS = 40  # of a value or text that a message quotes


def explain(root: etree._Element, grammar: Grammar) -> list[Problem]:
    """All faults of the document with that root, in document order. Empty when the grammar accepts it."""
    problems: list[Problem] = []
    starts = [start for start in grammar.first(grammar.start) if start.name == root.tag]
    if not starts:
        expected = _listed([_short(start.name) for start in grammar.first(grammar.start)], "or")
        message = f"the root element must be {expected}, not {_element(root.tag)}"
        return [Problem("error", "element", message, root.sourceline, where(root))]
    stack: list[tuple[etree._Element, Pattern]] = [(root, starts[0])]
    while stack:
        element, pattern = stack.pop()
        found, children = _check(element, grammar.content(pattern), grammar)
        for code, message, at in found:
            problems.append(Problem("error", code, message, at.sourceline, where(at)))
        stack += reversed(children)
    return problems


_Found = list[tuple[str, str, etree._Element]]


def _check(element: etree._Element, pattern: Pattern, grammar: Grammar) -> tuple[_Found, list[tuple[etree._Element, Pattern]]]:
    """The faults of one element, its children taken by name alone; and the children with the patterns that they are to be checked by."""
    found: _Found = []
    pattern = _attributes(element, pattern, grammar, found)
    children: list[tuple[etree._Element, Pattern]] = []
    for item in _content(element):
        if isinstance(item, str):
            after = grammar.after_text(pattern)
            if after is NOTHING:
                message = f"the text {_quoted(item)} stands directly in {_element(element.tag)}, where only elements may stand"
                found.append(("text", message, element))
            else:
                pattern = after
            continue
        name = str(item.tag)
        chosen = next((leaf for leaf in grammar.first(pattern) if leaf.name == name), None)
        if chosen is None:
            pattern, chosen = _misplaced(item, name, pattern, grammar, found)
        else:
            pattern = grammar.after(pattern, name)
        if chosen is not None:
            children.append((item, chosen))
    if not pattern.nullable:
        expected = _listed([_short(leaf.name) for leaf in grammar.first(pattern)], "or")
        found.append(("incomplete", f"{_element(element.tag)} is incomplete: {expected} is missing at its end", element))
    return found, children


def _attributes(element: etree._Element, pattern: Pattern, grammar: Grammar, found: _Found) -> Pattern:
    """The pattern of the children, after all attributes."""
    for key, text in sorted(element.attrib.items()):
        name, value = str(key), str(text)
        candidates = [leaf for leaf in dict.fromkeys(pattern.leaves()) if leaf.kind == "attribute" and leaf.name == name]
        if not candidates:
            allowed = dict.fromkeys(_short(leaf.name) for leaf in pattern.leaves() if leaf.kind == "attribute")
            more = f"; it may have {_listed(list(allowed), 'and')}" if allowed else "; it has no further attributes"
            found.append(("attribute", f"{_element(element.tag)} has no attribute {_short(name)}{more}", element))
            continue
        after = NOTHING
        for leaf in candidates:
            if grammar.takes(leaf, value):
                after = grammar.after_attribute(pattern, leaf)
                break
        if after is NOTHING:
            found.append(("value", f"{_short(name)}={_quoted(value)} of {_element(element.tag)} must be {_wanted(candidates, grammar)}", element))
            after = grammar.after_attribute(pattern, candidates[0])
        pattern = after
    children = grammar.without_attributes(pattern)
    if children is NOTHING:
        missing = _missing(pattern)
        found.append(("attribute-missing", f"{_element(element.tag)} lacks the attribute {_listed(missing, 'and')}", element))
        children = grammar.without_attributes(pattern, forgive=True)
    return children


def _missing(pattern: Pattern) -> list[str]:
    """The attributes without which no choice is complete; of two ways the one that asks for less."""
    match pattern.kind:
        case "attribute":
            return [_short(pattern.name)]
        case "group":
            left, right = pattern.parts()
            return _missing(left) + _missing(right)
        case "choice":
            return min((_missing(part) for part in pattern.parts()), key=len)
        case _:
            return []


def _misplaced(child: etree._Element, name: str, pattern: Pattern, grammar: Grammar, found: _Found) -> tuple[Pattern, Pattern | None]:
    """An element that may not come here: something is missing before it, or it is too much. What may follow, and how to read it."""
    parent = child.getparent()
    assert parent is not None
    next_ones = grammar.first(pattern)
    for skipped in [] if pattern.nullable else next_ones:
        after = grammar.after(pattern, skipped.name)
        chosen = next((leaf for leaf in grammar.first(after) if leaf.name == name), None)
        if chosen is not None:
            expected = _listed([_short(leaf.name) for leaf in next_ones], "or")
            found.append(("missing", f"{expected} is missing before {_element(name)} in {_element(parent.tag)}", child))
            return grammar.after(after, name), chosen
    known = grammar.elements.get(name)
    allowed = list(dict.fromkeys(_short(leaf.name) for leaf in next_ones))
    if grammar.after_text(pattern) is not NOTHING:
        allowed.insert(0, "text")
    more = f"allowed here: {_listed(allowed, 'and')}" if allowed else "nothing more is allowed here" if pattern is not EMPTY else "nothing is allowed in it"
    unknown = "" if known else ", an element that this schema does not have"
    found.append(("element", f"{_element(name)} is not allowed here in {_element(parent.tag)}{unknown}; {more}", child))
    return pattern, known[0] if known and len(known) == 1 else None


def _wanted(candidates: list[Pattern], grammar: Grammar) -> str:
    values: list[str] = []
    descriptions: list[str] = []
    for leaf in candidates:
        some, said = grammar.values(leaf)
        values += some
        descriptions += said
    said = list(dict.fromkeys(descriptions)) or (["a value of another form"] if not values else [])
    return _listed([*dict.fromkeys(values), *said], "or")


def _content(element: etree._Element) -> Iterator[str | etree._Element]:
    """Child elements and characters that are not only white space, in order; comments and processing instructions are passed over."""
    if element.text and not element.text.isspace():
        yield element.text
    for child in element:
        if isinstance(child.tag, str):
            yield child
        elif child.tag is etree.Entity:
            yield str(child.text)
        if child.tail and not child.tail.isspace():
            yield child.tail


def _short(name: str) -> str:
    """The name of an attribute or element as people write it."""
    if name.startswith(f"{{{XML}}}"):
        return f"xml:{name[len(XML) + 2 :]}"
    return printable(name.rpartition("}")[2])


def _element(name: object) -> str:
    namespace, _, local = str(name).rpartition("}")
    foreign = "" if namespace == "{http://www.tei-c.org/ns/1.0" else f" (of the namespace {printable(namespace[1:])})" if namespace else " (of no namespace)"
    return f"<{printable(local)}>{foreign}"


def _quoted(value: str) -> str:
    folded = printable(" ".join(value.split()))
    return f'"{folded[:MOST_CHARACTERS]}…"' if len(folded) > MOST_CHARACTERS else f'"{folded}"'


def _listed(names: list[str], conjunction: str) -> str:
    names = list(dict.fromkeys(names))
    if len(names) > MOST_NAMES:
        return f"{', '.join(names[: MOST_NAMES - 1])} … ({len(names) - MOST_NAMES + 1} more)"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"
