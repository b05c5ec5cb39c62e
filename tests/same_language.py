"""Whether two grammars accept the same documents: proved, by walking through both at once, and not by trying documents.

Both must be deterministic, as ours are: the next element alone decides its pattern. Then the derivatives of two content models by the
same children are two finite automata, and the grammars are equal when no pair of states that is reached differs.
"""

from __future__ import annotations

from itertools import chain, combinations

from lxml import etree

from tei_pipeline.validate.grammar import NOTHING, RNG, Grammar, Pattern


def difference(one: Grammar, two: Grammar) -> str:
    """The first thing that only one of them accepts, with the way to it; empty when they accept the same."""
    starts = ({start.name: start for start in each.first(each.start)} for each in (one, two))
    first, second = starts
    if first.keys() != second.keys():
        return f"the root: {sorted(first)} and {sorted(second)}"
    waiting = [(first[name], second[name], name.rpartition("}")[2]) for name in first]
    done: set[tuple[Pattern, Pattern]] = set()
    while waiting:
        left, right, way = waiting.pop()
        if (left, right) in done:
            continue
        done.add((left, right))
        said, more = _elements(one, left, two, right, way)
        if said:
            return said
        waiting += more
    return ""


_Pairs = list[tuple[Pattern, Pattern, str]]


def _elements(one: Grammar, left: Pattern, two: Grammar, right: Pattern, way: str) -> tuple[str, _Pairs]:
    """Two patterns of an element: the same attributes, the same values, and with each set of attributes the same children."""
    mine, others = one.content(left), two.content(right)
    known = {leaf.name: leaf for leaf in one.attributes(mine)}, {leaf.name: leaf for leaf in two.attributes(others)}
    if known[0].keys() != known[1].keys():
        return f"{way}: the attributes {sorted(known[0])} and {sorted(known[1])}", []
    for name in known[0]:
        values = _values(one, known[0][name]), _values(two, known[1][name])
        if values[0] != values[1]:
            return f"{way}/@{name}: {values[0]} and {values[1]}", []
    pairs: _Pairs = []
    names = sorted(known[0])
    for chosen in chain.from_iterable(combinations(names, count) for count in range(len(names) + 1)):
        remains = _with(one, mine, [known[0][name] for name in chosen]), _with(two, others, [known[1][name] for name in chosen])
        if (remains[0] is NOTHING) != (remains[1] is NOTHING):
            return f"{way}: with {chosen} alone", []
        if remains[0] is not NOTHING:
            said, more = _children(one, remains[0], two, remains[1], way)
            if said:
                return said, []
            pairs += more
    return "", pairs


def _with(grammar: Grammar, pattern: Pattern, leaves: list[Pattern]) -> Pattern:
    for leaf in leaves:
        pattern = grammar.after_attribute(pattern, [leaf])
    return grammar.without_attributes(pattern)


def _children(one: Grammar, left: Pattern, two: Grammar, right: Pattern, way: str) -> tuple[str, _Pairs]:
    """Two content models: walk through both at once."""
    pairs: _Pairs = []
    waiting = [(left, right)]
    done: set[tuple[Pattern, Pattern]] = set()
    while waiting:
        mine, other = waiting.pop()
        if (mine, other) in done:
            continue
        done.add((mine, other))
        if mine.nullable != other.nullable:
            return f"{way}: may end in one of them alone", []
        texts = one.after_text(mine), two.after_text(other)
        if (texts[0] is NOTHING) != (texts[1] is NOTHING):
            return f"{way}: text in one of them alone", []
        if texts[0] is not NOTHING:
            waiting.append((texts[0], texts[1]))
        names = {leaf.name for leaf in one.first(mine)}, {leaf.name for leaf in two.first(other)}
        if names[0] != names[1]:
            return f"{way}: {sorted(names[0] ^ names[1])} in one of them alone", []
        for name in names[0]:
            chosen = one.chosen(mine, name), two.chosen(other, name)
            assert chosen[0] is not None
            assert chosen[1] is not None
            pairs.append((chosen[0], chosen[1], f"{way} > {name.rpartition('}')[2]}"))
            waiting.append((one.after(mine, name), two.after(other, name)))
    return "", pairs


def _values(grammar: Grammar, leaf: Pattern) -> frozenset[str]:
    """The values and datatypes of an attribute, definitions followed; a list is marked as one."""
    found: set[str] = set()
    defines = {str(define.get("name")): define for define in grammar.schema.iter(RNG + "define")}
    stack = [leaf.node]
    while stack:
        node = stack.pop()
        assert node is not None
        kind = etree.QName(node).localname if isinstance(node.tag, str) else ""
        if kind == "value":
            found.add(f"={node.text or ''}")
        elif kind == "data":
            facets = sorted(f"{param.get('name')}={param.text}" for param in node.iter(RNG + "param"))
            found.add(f"{node.get('type')} {facets}")
        elif kind == "ref":
            stack.append(defines[str(node.get("name"))])
        else:
            found |= {kind} & {"list"}
            stack += [child for child in node if isinstance(child.tag, str) and child.tag.startswith(RNG)]
    return frozenset(found)
