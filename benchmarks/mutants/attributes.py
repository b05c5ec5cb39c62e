"""Attributes that are wrong, missing or one too many; pointers and numbers that do not hold."""

from __future__ import annotations

import random

from benchmarks.mutants.kinds import XML_ID, Damage, Element, T, drop, kind, partners, pick, put, text_of


@kind
def attribute_that_is_not_ours(root: Element, chance: random.Random) -> Damage:
    return put(pick(root, chance, "p", "head", "note", "div", "item", "q"), chance.choice(["style", "ana", "facs", "rendition"]), "#x")


@kind
def attribute_of_a_misspelt_name(root: Element, chance: random.Random) -> Damage:
    element = pick(root, chance, "div", "note", "ref", "date", "sp", "hi")
    names = [] if element is None else sorted(str(key) for key in element.attrib if "}" not in str(key))
    if element is None or not names:
        return None
    name = chance.choice(names)
    linked = partners(root, element)
    element.set(name[:-1] + "x", str(element.attrib.pop(name)))
    return [element, *linked]


@kind
def division_of_no_type(root: Element, chance: random.Random) -> Damage:
    return drop(pick(root, chance, "div"), "type")


@kind
def division_of_no_number(root: Element, chance: random.Random) -> Damage:
    return drop(pick(root, chance, "div"), "n")


@kind
def division_of_an_unknown_type(root: Element, chance: random.Random) -> Damage:
    return put(pick(root, chance, "div"), "type", chance.choice(["chaptr", "Section", "other", ""]))


@kind
def note_of_no_place(root: Element, chance: random.Random) -> Damage:
    return drop(pick(root, chance, "note"), "place")


@kind
def note_of_an_unknown_place(root: Element, chance: random.Random) -> Damage:
    return put(pick(root, chance, "note"), "place", "somewhere")


@kind
def verse_group_of_an_unknown_type(root: Element, chance: random.Random) -> Damage:
    return put(pick(root, chance, "lg"), "type", "verses")


@kind
def bad_date(root: Element, chance: random.Random) -> Damage:
    return put(pick(root, chance, "date"), "when", chance.choice(["1901-02-30", "2 May 1901", "1901-13", "01.02.1901", "1901-5-2", ""]))


@kind
def span_of_time_backwards(root: Element, chance: random.Random) -> Damage:
    date = pick(root, chance, "date")
    if date is None:
        return None
    date.attrib.clear()
    date.attrib.update({"from": "1927-08-09", "to": "1927-08-01"})
    return [date]


@kind
def point_and_span_of_time(root: Element, chance: random.Random) -> Damage:
    return put(pick(root, chance, "date", having="when"), "from", "1900")


@kind
def unknown_certainty(root: Element, chance: random.Random) -> Damage:
    return put(pick(root, chance, "date", "corr"), "cert", "sure")


def _retarget(root: Element, element: Element | None, name: str, value: str) -> Damage:
    """Another pointer; those at its other end are at fault too."""
    if element is None:
        return None
    linked = partners(root, element)
    changed = put(element, name, value)
    return None if changed is None else [*changed, *linked]


@kind
def dangling_pointer(root: Element, chance: random.Random) -> Damage:
    return _retarget(root, pick(root, chance, "ref", "note", having="target"), "target", "#nowhere")


@kind
def speaker_who_is_not_there(root: Element, chance: random.Random) -> Damage:
    return put(pick(root, chance, "sp", having="who"), "who", "#nobody")


@kind
def pointer_without_its_sign(root: Element, chance: random.Random) -> Damage:
    element = pick(root, chance, "ref", "note", having="target")
    return None if element is None else _retarget(root, element, "target", element.get("target", "").replace("#", ""))


@kind
def pointer_at_the_wrong_kind(root: Element, chance: random.Random) -> Damage:
    element, other = pick(root, chance, "ref", "note", having="target"), pick(root, chance, "div", "p", having=XML_ID)
    if element is None or other is None or (element.tag == f"{T}ref" and element.get("type") is None):
        return None
    return _retarget(root, element, "target", f"#{other.get(XML_ID)}")


@kind
def speaker_who_is_no_person(root: Element, chance: random.Random) -> Damage:
    speech, other = pick(root, chance, "sp", having="who"), pick(root, chance, "p", "div", having=XML_ID)
    return None if other is None else put(speech, "who", f"#{other.get(XML_ID)}")


@kind
def targets_changed_about(root: Element, chance: random.Random) -> Damage:
    anchors = [ref for ref in text_of(root).iter(f"{T}ref") if ref.get("type") == "noteAnchor" and ref.get("target")]
    if len({ref.get("target") for ref in anchors}) < 2:
        return None
    first = chance.choice(anchors)
    second = chance.choice([ref for ref in anchors if ref.get("target") != first.get("target")])
    linked = [*partners(root, first), *partners(root, second)]
    one, two = first.get("target", ""), second.get("target", "")
    first.set("target", two)
    second.set("target", one)
    return [first, second, *linked]


@kind
def note_without_its_target(root: Element, chance: random.Random) -> Damage:
    note = pick(root, chance, "note", having="target")
    if note is None:
        return None
    linked = partners(root, note)
    del note.attrib["target"]
    return [note, *linked]


@kind
def part_that_nothing_leads_back_from(root: Element, chance: random.Random) -> Damage:
    part = pick(root, chance, "q", "quote", "vocal", "kinesic", "incident", having="next")
    if part is None:
        return None
    linked = partners(root, part)
    del part.attrib["next"]
    return [part, *linked]


@kind
def identifier_twice(root: Element, chance: random.Random) -> Damage:
    first, second = pick(root, chance, "p", "note", "div", having=XML_ID), pick(root, chance, "p", "head", having=XML_ID)
    if first is None or second is None or first is second:
        return None
    second.set(XML_ID, first.get(XML_ID, ""))
    return [first, second]


@kind
def identifier_that_is_no_name(root: Element, chance: random.Random) -> Damage:
    return _retarget(root, pick(root, chance, "p", "note", "div", having=XML_ID), XML_ID, chance.choice(["1a", "a b", "a:b", ""]))


@kind
def identifier_changed_where_others_point(root: Element, chance: random.Random) -> Damage:
    element = pick(root, chance, "note", "ref", having="target")
    return None if element is None or element.get(XML_ID) is None else _retarget(root, element, XML_ID, "renamed")


@kind
def division_without_its_identifier(root: Element, chance: random.Random) -> Damage:
    division = pick(root, chance, "div", having=XML_ID)
    if division is None:
        return None
    linked = partners(root, division)
    del division.attrib[XML_ID]
    return [division, *linked]


@kind
def number_of_a_note_changed(root: Element, chance: random.Random) -> Damage:
    note = pick(root, chance, "note", having="n")
    if note is None or note.find(f"{T}label") is None:
        return None
    return _retarget(root, note, "n", "977")


@kind
def number_of_a_division_taken(root: Element, chance: random.Random) -> Damage:
    division = pick(root, chance, "div")
    before = None if division is None else next(division.itersiblings(f"{T}div", preceding=True), None)
    if division is None or before is None:
        return None
    changed = put(division, "n", before.get("n", ""))
    return None if changed is None else [*changed, before]


@kind
def number_of_a_division_changed(root: Element, chance: random.Random) -> Damage:
    divisions = [
        each
        for each in text_of(root).iter(f"{T}div")
        if (before := next(each.itersiblings(f"{T}div", preceding=True), None)) is not None
        and before.get("type") == each.get("type")
        and before.get("n", "").isdigit()
        and each.get("n", "").isdigit()
    ]
    return put(chance.choice(divisions), "n", "977") if divisions else None


@kind
def emphasis_that_its_marks_deny(root: Element, chance: random.Random) -> Damage:
    marked = [hi for hi in text_of(root).iter(f"{T}hi") if hi.find(f"{T}metamark") is not None]
    if not marked:
        return None
    hi = chance.choice(marked)
    return put(hi, "rend", "bold" if hi.get("rend") != "bold" else "italic")
