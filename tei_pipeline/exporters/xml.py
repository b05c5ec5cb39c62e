"""XML: the edition as a file, as it is or for viewers that want each note where it is referred to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Literal

from lxml import etree
from msgspec import Struct

from tei_pipeline.decisions import Problem
from tei_pipeline.exporters.exported import TEI, XML_ID, Exported, require
from tei_pipeline.exporters.indent import indent
from tei_pipeline.exporters.notes import NOTE, mark, note_anchors

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_BLANKS = (" ", "\t", "\r", "\n")
_APART = ("end", "bottom", "foot", "margin")
_ANCHOR = TEI + "anchor"


class XmlOptions(Struct, frozen=True):
    """``notes``: ``place`` leaves them where the edition has them, ``inline`` moves each to its (first) reference.

    ``indent`` lays out structural elements that have no white space between them; mixed content is never touched.
    """

    notes: Literal["place", "inline"] = "place"
    indent: bool = False

    def __post_init__(self) -> None:
        require("notes", self.notes, ("place", "inline"))
        require("indent", self.indent, (True, False))


def export_xml(root: etree._Element, options: XmlOptions | None = None) -> Exported:
    """The document as XML (UTF-8): by default equal to ``root`` after C14N; ``root`` itself is never changed."""
    options = options or XmlOptions()
    tree = root.getroottree() if root.getparent() is None else etree.ElementTree(deepcopy(root))
    problems: tuple[Problem, ...] = ()
    if options.notes == "inline" or options.indent:
        tree = _copy(tree)
    if options.notes == "inline":
        problems = tuple(_move_notes(tree.getroot()))
    if options.indent:
        indent(tree.getroot())
    return Exported(_serialised(tree), problems)


def _copy(tree: etree._ElementTree) -> etree._ElementTree:
    """A copy of the whole document."""
    copy = deepcopy(tree)
    root, trailing = copy.getroot(), [*copy.getroot().itersiblings()]
    if [node.text for node in trailing] != [node.text for node in tree.getroot().itersiblings()]:
        for node in trailing:  # lxml 6.1 copies what follows the root in reverse order
            root.addnext(node)
    return copy


def _serialised(tree: etree._ElementTree) -> bytes:
    docinfo: Any = tree.docinfo
    if docinfo.doctype:
        return _DECLARATION + etree.tostring(tree, encoding="UTF-8", xml_declaration=False) + b"\n"
    root = tree.getroot()
    nodes = [*reversed([*root.itersiblings(preceding=True)]), root, *root.itersiblings()]
    return _DECLARATION + b"".join(etree.tostring(node, encoding="UTF-8", xml_declaration=False, with_tail=False) + b"\n" for node in nodes)


def _move_notes(root: etree._Element) -> Iterator[Problem]:
    """Put each note behind its first reference, and take out references all of whose notes came to them.

    Further references go on pointing at the note.
    """
    anchors = note_anchors(root)
    last: dict[etree._Element, etree._Element] = {}  # the note that came last to an anchor
    came: Counter[etree._Element] = Counter()
    for note in list(root.iter(NOTE)):
        anchor = next(iter(anchors.of_note.get(note, ())), None)
        if anchor is None or note in anchor.iterancestors():
            if note.get("place") in _APART:
                yield Problem("warning", "note-unreferenced", "a note without a reference stays where it is", where=note.get(XML_ID) or "")
            continue
        if not note.get("n") and (siglum := mark(note, anchor)):
            note.set("n", siglum)
        _take_out(note)
        before = last.get(anchor, anchor)
        note.tail, before.tail = before.tail, None
        before.addnext(note)
        last[anchor] = note
        came[anchor] += 1
    replaced = [anchor for anchor in came if anchor.tag != _ANCHOR and came[anchor] == len(anchors.of_anchor[anchor])]
    for anchor in replaced:
        for note in anchors.of_anchor[anchor]:
            _forget(note, anchor)
        _take_out(anchor)
    if replaced:
        message = f"{len(replaced)} references gave place to their notes; their marks are in the n of the notes"
        yield Problem("info", "references-replaced", message)


def _forget(note: etree._Element, anchor: etree._Element) -> None:
    """Take an anchor out of the targets of a note."""
    targets = (note.get("target") or "").split()
    left = " ".join(target for target in targets if target != f"#{anchor.get(XML_ID)}")
    if left:
        note.set("target", left)
    elif targets:
        del note.attrib["target"]


def _take_out(element: etree._Element) -> None:
    """Remove an element and keep the characters after it, but no white space after white space."""
    parent, before, after = element.getparent(), element.getprevious(), element.tail or ""
    assert parent is not None  # notes and references stand inside an element
    element.tail = None
    leading = (parent.text if before is None else before.tail) or ""
    leading += after.lstrip(" \t\r\n") if leading[-1:] in _BLANKS else after
    if before is None:
        parent.text = leading
    else:
        before.tail = leading
    parent.remove(element)
