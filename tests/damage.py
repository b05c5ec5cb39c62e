"""Damage to documents, one random fault at a time: what an editor's slip, a broken script or a bad merge leaves behind."""

from __future__ import annotations

import random

from lxml import etree


def damage(root: etree._Element, chance: random.Random) -> str:
    """Do one thing to the tree, in place; what was done, in a word."""
    element = chance.choice([each for each in root.iter("*") if each is not root])
    parent = element.getparent()
    assert parent is not None
    kind = chance.choice(
        ["drop", "rename", "move", "swap", "wrap", "text", "attribute", "value", "no attribute", "foreign", "double", "unwrap"]
    )
    others = [each for each in root.iter("*") if each is not element and element not in each.iterancestors()]
    match kind:
        case "drop":
            parent.remove(element)
        case "rename":
            element.tag = chance.choice(others).tag
        case "move":
            chance.choice(others).append(element)
        case "swap":
            parent.insert(0, element)
        case "wrap":
            holder = etree.Element(chance.choice(others).tag)
            parent.replace(element, holder)
            holder.append(element)
        case "text":
            element.text = (element.text or "") + " stray "
        case "attribute":
            element.set(
                chance.choice(["type", "n", "rend", "when", "target", "foo", "cert"]), chance.choice(["1", "section", "italic", "#x", ""])
            )
        case "value" if element.attrib:
            element.set(chance.choice(sorted(map(str, element.attrib))), chance.choice(["", " ", "1927-13", "x y", "#", "Section"]))
        case "no attribute" if element.attrib:
            del element.attrib[chance.choice(sorted(map(str, element.attrib)))]
        case "foreign":
            element.insert(
                chance.randint(0, len(element)), etree.Element(chance.choice(["p", "{urn:other}p", "{http://www.tei-c.org/ns/1.0}table2"]))
            )
        case "double":
            twin = etree.fromstring(etree.tostring(element, with_tail=False), etree.XMLParser(collect_ids=False))
            element.addnext(twin)
        case "unwrap":
            for child in reversed(element):
                element.addnext(child)
            parent.remove(element)
    return kind
