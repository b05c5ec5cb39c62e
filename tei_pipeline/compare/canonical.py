"""When two editions of one text are the same: identifiers are numbered anew in both, and who answers for what does not count."""

from __future__ import annotations

import copy

from lxml import etree

from tei_pipeline.compare.flat import NAMESPACE
from tei_pipeline.fidelity import XML_ID, text_of

_MIXED = frozenset(
    NAMESPACE + name
    for name in (
        *("p", "head", "l", "ab", "label", "speaker", "stage", "byline", "dateline", "salute", "signed", "trailer", "item", "cell"),
        *("q", "hi", "ref", "bibl", "date", "desc", "fw", "titlePart", "docEdition", "docImprint", "docAuthor", "role", "seg", "quote"),
        *("corr", "sic", "title", "author", "surplus", "metamark", "pc", "figDesc", "castItem", "closer", "opener"),
    )
)
_MADE = ("resp", "cert")  # on what an editor decided


def canonical(root: etree._Element) -> bytes:
    """The ``text`` of an edition in Canonical XML (W3C, version 2.0), as far as an editor decides it.

    ``xml:id`` and ``div/@n`` are numbered by place, pointers by what they point at (persons by their names). ``@resp`` of editors and
    the certainty beside it are left out, and so are the line ends of headings, which are the source's, and white space that only lays
    out the file.
    """
    numbers = {
        element.get(XML_ID, ""): f"#{' '.join(''.join(map(str, element.itertext())).split()) or element.get('role', '')}"
        for element in root.iter(NAMESPACE + "person", NAMESPACE + "personGrp")
    }
    text = copy.deepcopy(text_of(root))
    numbers |= {element.get(XML_ID, ""): f"#{number}" for number, element in enumerate(text.iter("*")) if element.get(XML_ID)}
    for element in list(text.iter()):
        if not isinstance(element.tag, str) or (element.tag == NAMESPACE + "lb" and _in_heading(element)):
            _drop(element)
            continue
        resp = element.get("resp", "")
        if resp.startswith("#resp") or (not resp and element.tag == NAMESPACE + "corr"):
            for name in _MADE:
                element.attrib.pop(name, "")
        if element.tag == NAMESPACE + "div":
            element.attrib.pop("n", "")
        element.attrib.pop(XML_ID, "")
        for name, value in [(str(key), str(given)) for key, given in element.attrib.items()]:
            if "#" in value:
                element.set(name, " ".join(numbers.get(each[1:], each) if each[0] == "#" else each for each in value.split()))
        _fold(element)
    return etree.tostring(text, method="c14n2")


def read_out(root: etree._Element) -> etree._Element:
    """A copy of an edition that reads as its editor means: each misprint that an editor corrected is what was meant."""
    made = copy.deepcopy(root)
    for choice in list(made.iter(NAMESPACE + "choice")):
        corr = choice.find(NAMESPACE + "corr")
        parent = choice.getparent()
        if corr is None or parent is None or corr.get("resp") == "#software":
            continue
        words = f"{''.join(map(str, corr.itertext()))}{choice.tail or ''}"
        before = choice.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + words
        else:
            parent.text = (parent.text or "") + words
        parent.remove(choice)
    return made


def _in_heading(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == NAMESPACE + "head"


def _fold(element: etree._Element) -> None:
    """White space folded; in elements that hold no words of their own it is none."""
    words = element.text or ""
    mixed = element.tag in _MIXED and (words.strip() or any((child.tail or "").strip() for child in element))
    element.text = _folded(words) if mixed else words.strip()
    for child in element:
        tail = child.tail or ""
        child.tail = _folded(tail) if mixed else tail.strip()
    if mixed:
        element.text = (element.text or "").lstrip()
        if len(element):
            element[-1].tail = (element[-1].tail or "").rstrip()
        else:
            element.text = element.text.rstrip()


def _folded(text: str) -> str:
    core = " ".join(text.split())
    if not core:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{core}{' ' if text[-1].isspace() else ''}"


def _drop(node: etree._Element) -> None:
    """Take a comment, a processing instruction or an empty element out; the characters behind it stay, apart from those before."""
    parent, before = node.getparent(), node.getprevious()
    tail = f" {node.tail or ''}" if isinstance(node.tag, str) else node.tail or ""
    if parent is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(node)
