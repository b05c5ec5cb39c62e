"""Headers that are incomplete or not true."""

from __future__ import annotations

import random
import re

from benchmarks.mutants.kinds import XML_ID, XML_LANG, Damage, Element, T, around, header, kind, one, partners, put, remove, text_of


@kind
def wrong_count(root: Element, chance: random.Random) -> Damage:
    usage = one(root, chance, "tagUsage")
    return None if usage is None else put(usage, "occurs", str(int(usage.get("occurs", "0")) + chance.choice([1, 2, 10])))


@kind
def count_in_words(root: Element, chance: random.Random) -> Damage:
    return put(one(root, chance, "tagUsage"), "occurs", "many")


@kind
def element_that_is_not_counted(root: Element, chance: random.Random) -> Damage:
    usage = one(root, chance, "tagUsage")
    return None if usage is None else [remove(usage)]


@kind
def extent_of_another_book(root: Element, chance: random.Random) -> Damage:
    measure = one(root, chance, "measure")
    return None if measure is None else put(measure, "quantity", str(3 * int(measure.get("quantity", "0")) + 60))


@kind
def header_without_its_title(root: Element, chance: random.Random) -> Damage:
    statement = one(root, chance, "titleStmt")
    if statement is None:
        return None
    for title in list(statement.iterchildren(f"{T}title")):
        statement.remove(title)
    return [statement, *statement]


@kind
def header_without_a_part(root: Element, chance: random.Random) -> Damage:
    part = one(root, chance, "publicationStmt", "sourceDesc", "editorialDecl", "langUsage", "extent", "appInfo", "quotation")
    return None if part is None else [*around(part)[1:], remove(part)]


@kind
def header_out_of_order(root: Element, chance: random.Random) -> Damage:
    description = one(root, chance, "fileDesc")
    if description is None:
        return None
    first, second = description[0], description[1]
    second.addnext(first)
    return [first, second, description]


@kind
def licence_of_an_unknown_status(root: Element, chance: random.Random) -> Damage:
    return put(one(root, chance, "availability"), "status", "open")


@kind
def identifier_of_another_file(root: Element, chance: random.Random) -> Damage:
    return put(root, XML_ID, "another-book")


@kind
def undeclared_language(root: Element, chance: random.Random) -> Damage:
    put(text_of(root), XML_LANG, "tlh")
    return [root, text_of(root)]


@kind
def divisions_that_are_not_cited(root: Element, chance: random.Random) -> Damage:
    structures = [each for each in header(root, "citeStructure") if "div[" in each.get("match", "")]
    if not structures:
        return None
    structure = chance.choice(structures)
    kinds = re.findall(r"'(.*?)'", structure.get("match", ""))
    remove(structure)
    divisions = text_of(root).iter(f"{T}div")
    return [each for each in divisions if any(at.get("type") in kinds for at in (each, *each.iterancestors()))]


@kind
def person_who_is_gone(root: Element, chance: random.Random) -> Damage:
    person = one(root, chance, "person", "personGrp")
    linked = [] if person is None else partners(root, person)
    return [*linked, remove(person)] if person is not None and linked else None
