"""What is wrong with a document that a grammar refuses: every fault that can be told apart, each at its element and in a sentence.

After a fault the rest is read as if it had been put right: what is too much is passed over, what is missing is taken as present.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from tei_pipeline.decisions import Problem
from tei_pipeline.validate.faults import Fault, fault
from tei_pipeline.validate.grammar import EMPTY, NOTHING, Grammar, Pattern, is_named
from tei_pipeline.validate.words import listed, meant, quoted, short, tag

MOST_FAULTS = 1000  # of one document; whoever has mended these looks again

_Found = list[Fault]


def explain(root: etree._Element, grammar: Grammar) -> list[Problem]:
    """All faults of the document with that root, parents before their children; at most :data:`MOST_FAULTS`. Empty when it is valid.

    Codes: ``element``, ``missing`` (before another element), ``incomplete``, ``text``, ``attribute``, ``attribute-missing``, ``value``.
    """
    problems: list[Problem] = []
    starts = grammar.first(grammar.start)
    start = next((start for start in starts if start.name == root.tag), None)
    if start is None:
        message = f"the root element must be {listed([short(each.name) for each in starts], 'or')}, not {tag(root)}"
        return [fault("element", message, root, allowed=tuple(short(each.name) for each in starts))]
    stack: list[tuple[etree._Element, Pattern]] = [(root, start)]
    while stack:
        element, pattern = stack.pop()
        found, children = _check(element, grammar.content(pattern), grammar)
        problems += found[: MOST_FAULTS - len(problems)]
        if len(problems) == MOST_FAULTS:
            return [*problems, Problem("error", "too-many", f"there are {MOST_FAULTS:,} faults or more; no others are listed")]
        stack += reversed(children)
    return problems


def _check(element: etree._Element, pattern: Pattern, grammar: Grammar) -> tuple[_Found, list[tuple[etree._Element, Pattern]]]:
    """The faults of one element, its children taken by name alone; and the children with the patterns that they are to be checked by."""
    found: _Found = []
    pattern = _attributes(element, pattern, grammar, found)
    children: list[tuple[etree._Element, Pattern]] = []
    for item in _content(element):
        if isinstance(item, str):
            after = grammar.after_text(pattern)
            if after is NOTHING:
                message = f"the text {quoted(item)} stands directly in {tag(element)}, where only elements may stand"
                found.append(fault("text", message, element, allowed=_names(grammar.first(pattern))))
            else:
                pattern = after
            continue
        name = str(item.tag)
        chosen = grammar.chosen(pattern, name)
        if chosen is None:
            if len(found) > MOST_FAULTS:
                return found, children
            pattern, chosen = _misplaced(element, item, pattern, grammar, found)
        else:
            pattern = grammar.after(pattern, name)
        if chosen is not None:
            children.append((item, chosen))
    if not pattern.nullable:
        last = [leaf for leaf in grammar.first(pattern) if grammar.after(pattern, leaf.name).nullable]
        expected = _names(last or grammar.first(pattern))
        message = f"{tag(element)} is incomplete: {listed(expected, 'or')} is missing at its end"
        found.append(fault("incomplete", message, element, allowed=expected))
    return found, children


def _misplaced(
    parent: etree._Element, child: etree._Element, pattern: Pattern, grammar: Grammar, found: _Found
) -> tuple[Pattern, Pattern | None]:
    """An element that may not come here: something is missing before it, or it is too much. What may follow, and how to read it."""
    name = str(child.tag)
    candidates = grammar.first(pattern)
    for skipped in [] if pattern.nullable else candidates:
        after = grammar.after(pattern, skipped.name)
        chosen = grammar.chosen(after, name)
        if chosen is not None:
            message = f"{short(skipped.name)} is missing before {tag(child)} in {tag(parent)}"
            found.append(fault("missing", message, child, allowed=_names(candidates)))
            return grammar.after(after, name), chosen
    known = grammar.elements.get(name, [])
    allowed = _names(candidates)
    unknown = "" if known else f", an element that this schema does not have{meant(short(name), allowed)}"
    if grammar.after_text(pattern) is not NOTHING:
        allowed = ("text", *allowed)
    nothing = "nothing is allowed in it" if pattern is EMPTY and child is parent[0] else "nothing more is allowed here"
    more = f"allowed here: {listed(allowed, 'and')}" if allowed else nothing
    found.append(fault("element", f"{tag(child)} is not allowed here in {tag(parent)}{unknown}; {more}", child, allowed=allowed))
    return pattern, known[0] if len(known) == 1 else None


# ---------------------------------------------------------------- attributes


def _attributes(element: etree._Element, pattern: Pattern, grammar: Grammar, found: _Found) -> Pattern:
    """The pattern of the children, after all attributes."""
    known = grammar.attributes(pattern)
    for key, text in sorted(element.attrib.items()):
        name, value = str(key), str(text)
        candidates = [leaf for leaf in known if is_named(leaf, name)]
        if not candidates:
            found.append(fault("attribute", _unknown(element, name, known), element, allowed=_names(known)))
            continue
        fitting = [leaf for leaf in candidates if grammar.takes(leaf, value)]
        if not fitting:
            values, wanted = _wanted(candidates, value, grammar)
            found.append(fault("value", f"{short(name)}={quoted(value)} of {tag(element)} must be {wanted}", element, allowed=values))
        after = grammar.after_attribute(pattern, fitting or candidates)
        if after is NOTHING:
            others = [short(leaf.name) for leaf in known if leaf.name != name and leaf.name in element.attrib]
            found.append(fault("attribute", f"{short(name)} of {tag(element)} may not stand beside {listed(others, 'and')}", element))
        else:
            pattern = after
    children = grammar.without_attributes(pattern)
    if children is NOTHING:
        missing = _missing(pattern)
        message = f"{tag(element)} lacks the attribute {listed(missing, 'and')}"
        found.append(fault("attribute-missing", message, element, allowed=tuple(missing)))
        children = grammar.without_attributes(pattern, forgive=True)
    return children


def _unknown(element: etree._Element, name: str, known: Sequence[Pattern]) -> str:
    allowed = _names(known)
    more = f"{meant(short(name), allowed)}; it may have {listed(allowed, 'and')}" if allowed else "; it may have none"
    return f"{tag(element)} has no attribute {short(name)}{more}"


def _names(leaves: Sequence[Pattern]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(short(leaf.name) for leaf in leaves))


def _wanted(candidates: list[Pattern], value: str, grammar: Grammar) -> tuple[tuple[str, ...], str]:
    """The values that are listed for an attribute, and what it must be in words."""
    values: list[str] = []
    descriptions: list[str] = []
    for leaf in candidates:
        some, said = grammar.values(leaf)
        values += some
        descriptions += said
    if not values and not descriptions:
        descriptions = ["a value of another form"]
    return tuple(values), listed([*values, *descriptions], "or") + meant(value, values)


def _missing(pattern: Pattern) -> list[str]:
    """The attributes without which no choice is complete; of two ways the one that asks for less."""
    match pattern.kind:
        case "attribute":
            return [short(pattern.name)]
        case "group":
            left, right = pattern.parts()
            return _missing(left) + _missing(right)
        case "choice":
            return min((_missing(part) for part in pattern.parts()), key=len)
        case _:
            return []


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
