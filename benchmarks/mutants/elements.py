"""Elements in the wrong place, of the wrong name, lost, or there twice."""

from __future__ import annotations

import copy
import random

from lxml import etree

from benchmarks.mutants.kinds import XML_ID, Damage, Element, T, around, header, kind, pick, remove, text_of, unwrap


@kind
def paragraph_in_a_paragraph(root: Element, chance: random.Random) -> Damage:
    paragraph = pick(root, chance, "p", words=True)
    if paragraph is None:
        return None
    inner = etree.Element(f"{T}p")
    inner.text, paragraph.text = paragraph.text, None
    paragraph.insert(0, inner)
    return [inner]


@kind
def division_in_a_paragraph(root: Element, chance: random.Random) -> Damage:
    division, paragraph = pick(root, chance, "div"), pick(root, chance, "p")
    if division is None or paragraph is None or division in paragraph.iterancestors():
        return None
    division.tail = None
    paragraph.append(division)
    return [division]


@kind
def block_moved_into_a_heading(root: Element, chance: random.Random) -> Damage:
    head, block = pick(root, chance, "head"), pick(root, chance, "p", "lg", "list")
    if head is None or block is None:
        return None
    block.tail = None
    head.append(block)
    return [block]


@kind
def heading_behind_its_text(root: Element, chance: random.Random) -> Damage:
    parents = [each for each in text_of(root).iter(f"{T}div") if len(each) and each[0].tag == f"{T}head" and each[-1].tag == f"{T}p"]
    if not parents:
        return None
    parent = chance.choice(parents)
    moved = parent[0]
    parent.append(moved)
    return [moved, parent, *parent]


@kind
def element_of_a_misspelt_name(root: Element, chance: random.Random) -> Damage:
    element = pick(root, chance, "p", "head", "note", "item", "l", "quote", "sp")
    if element is None:
        return None
    element.tag = str(element.tag) + chance.choice("xs")
    return [element]


@kind
def element_of_tei_that_is_not_ours(root: Element, chance: random.Random) -> Damage:
    element = pick(root, chance, "hi", "q", "ref", "date", "title")
    if element is None:
        return None
    element.tag = T + chance.choice(["emph", "term", "rs", "distinct"])
    element.attrib.clear()
    return [element, *(each for each in [element.getparent()] if each is not None)]


@kind
def element_renamed_to_one_of_ours(root: Element, chance: random.Random) -> Damage:
    element = pick(root, chance, "p", "head", "item", "l", "speaker", "note")
    if element is None:
        return None
    element.tag = T + chance.choice([name for name in ("head", "l", "row", "body", "opener", "desc") if T + name != element.tag])
    return around(element)


@kind
def element_of_no_namespace(root: Element, chance: random.Random) -> Damage:
    element = pick(root, chance, "p", "hi", "note", "q")
    if element is None:
        return None
    element.tag = str(element.tag)[len(T) :]
    return [element]


@kind
def lost_heading(root: Element, chance: random.Random) -> Damage:
    head = pick(root, chance, "head")
    return None if head is None else [*around(head)[1:], remove(head)]


@kind
def lost_paragraph(root: Element, chance: random.Random) -> Damage:
    paragraph = pick(root, chance, "p", words=True)
    return None if paragraph is None else [*around(paragraph)[1:], remove(paragraph)]


@kind
def lost_verse(root: Element, chance: random.Random) -> Damage:
    verse = pick(root, chance, "l", words=True)
    return None if verse is None else [*around(verse)[1:], remove(verse)]


@kind
def lost_label(root: Element, chance: random.Random) -> Damage:
    label = pick(root, chance, "label")
    return None if label is None else [*around(label)[1:], remove(label)]


@kind
def lost_break(root: Element, chance: random.Random) -> Damage:
    mark = pick(root, chance, "lb", "pb", "milestone")
    if mark is None:
        return None
    remove(mark)
    return list(header(root, "namespace", "tagUsage"))


@kind
def lost_note(root: Element, chance: random.Random) -> Damage:
    note = pick(root, chance, "note", having="target")
    if note is None:
        return None
    anchors = [ref for ref in text_of(root).iter(f"{T}ref") if ref.get("target") == f"#{note.get(XML_ID)}"]
    return [*anchors, *around(note)[1:], remove(note)]


@kind
def paragraph_twice(root: Element, chance: random.Random) -> Damage:
    paragraph = pick(root, chance, "p", having=XML_ID)
    if paragraph is None:
        return None
    twin = copy.deepcopy(paragraph)
    paragraph.addnext(twin)
    return [twin, paragraph]


@kind
def paragraph_twice_without_its_identifiers(root: Element, chance: random.Random) -> Damage:
    paragraph = pick(root, chance, "p", words=True)
    if paragraph is None:
        return None
    twin = copy.deepcopy(paragraph)
    for element in twin.iter("*"):
        element.attrib.pop(XML_ID, "")
        element.attrib.pop("target", "")
    paragraph.addnext(twin)
    return [twin, *around(paragraph)]


def _words(element: Element) -> bytes:
    return etree.tostring(element, method="text", encoding="utf-8", with_tail=False)


@kind
def paragraphs_swapped(root: Element, chance: random.Random) -> Damage:
    paragraph = pick(root, chance, "p", words=True)
    after = None if paragraph is None else paragraph.getnext()
    if (
        paragraph is None
        or after is None
        or after.tag != paragraph.tag
        or etree.tostring(after, method="text", encoding="utf-8") == etree.tostring(paragraph, method="text", encoding="utf-8")
    ):
        return None
    after.addnext(paragraph)
    return [paragraph, after]


@kind
def notes_swapped(root: Element, chance: random.Random) -> Damage:
    notes = [note for note in text_of(root).iter(f"{T}note") if (after := note.getnext()) is not None and after.tag == note.tag]
    if not notes:
        return None
    note = chance.choice(notes)
    after = note.getnext()
    assert after is not None
    after.addnext(note)
    following = note.getnext()
    return [*note.iter("*"), *after.iter("*"), *([] if following is None else [following])]


@kind
def division_without_its_tags(root: Element, chance: random.Random) -> Damage:
    division = pick(root, chance, "div")
    if division is None:
        return None
    children = list(division)
    return [unwrap(division), *children]


@kind
def quotation_without_its_tags(root: Element, chance: random.Random) -> Damage:
    quotation = pick(root, chance, "q", "hi")
    if quotation is None:
        return None
    children = list(quotation)
    return [unwrap(quotation), *children, *header(root, "namespace", "tagUsage")]


@kind
def division_around_a_paragraph(root: Element, chance: random.Random) -> Damage:
    paragraph = pick(root, chance, "p")
    if paragraph is None:
        return None
    division = etree.Element(f"{T}div")
    paragraph.addprevious(division)
    division.append(paragraph)
    return [division, *around(division)]


@kind
def words_between_blocks(root: Element, chance: random.Random) -> Damage:
    block = pick(root, chance, "p", "head", "list")
    parent = None if block is None else block.getparent()
    if block is None or parent is None or (parent.text or "").strip():
        return None
    block.tail = " stray words " + (block.tail or "")
    return around(block)


@kind
def empty_list(root: Element, chance: random.Random) -> Damage:
    block = pick(root, chance, "p")
    if block is None:
        return None
    made = etree.Element(f"{T}list")
    block.addnext(made)
    return [made]


@kind
def empty_heading(root: Element, chance: random.Random) -> Damage:
    heading = pick(root, chance, "head")
    if heading is None:
        return None
    for child in list(heading):
        heading.remove(child)
    heading.text = None
    return [heading]


@kind
def element_of_another_world(root: Element, chance: random.Random) -> Damage:
    block = pick(root, chance, "p", "note", "item", "head")
    return None if block is None else [etree.SubElement(block, "{http://www.w3.org/1999/xhtml}br")]


@kind
def choice_without_what_is_printed(root: Element, chance: random.Random) -> Damage:
    choice = pick(root, chance, "choice")
    if choice is None or not len(choice):
        return None
    choice.remove(choice[0])
    return [choice, *choice]


@kind
def printed_and_meant_changed_about(root: Element, chance: random.Random) -> Damage:
    choice = pick(root, chance, "choice")
    if choice is None or len(choice) != 2 or len(choice[0]):
        return None
    choice[0].text, choice[1].text = choice[1].text, choice[0].text
    return [choice, *choice]


@kind
def note_moved_to_another_place(root: Element, chance: random.Random) -> Damage:
    note, block = pick(root, chance, "note"), pick(root, chance, "p", words=True)
    if note is None or block is None or block in note.iter() or note.getparent() is block.getparent():
        return None
    left = around(note)
    remove(note)
    note.tail = None
    block.addnext(note)
    return [*left, *note.iter("*"), block]
