"""Which reference belongs to which note, in our own encoding and in others'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

from tei_pipeline.exporters.exported import TEI, XML_ID
from tei_pipeline.exporters.reading import is_note_anchor, words
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from lxml import etree

NOTE = TEI + "note"
_REFERENCES = (TEI + "ref", TEI + "ptr", TEI + "anchor")
LONGEST_MARK = 12  # characters: "[cccxxxviii]"
# "see note 5" is a cross-reference; "5", "[5]", "*", "a)" and "iv" are marks.
_MARK = seldom(r"\W*(\d+|[ivxlc]+|[^\W\d_])?\W*", re.IGNORECASE)


class Anchors(Struct, frozen=True):
    """The anchors of each note, and the notes of each anchor, in the order of the document."""

    of_note: dict[etree._Element, list[etree._Element]] = field(default_factory=dict)
    of_anchor: dict[etree._Element, list[etree._Element]] = field(default_factory=dict)

    def join(self, note: etree._Element, anchor: etree._Element) -> None:
        """Note and anchor belong together."""
        notes = self.of_anchor.setdefault(anchor, [])
        if note not in notes:
            notes.append(note)
            self.of_note.setdefault(note, []).append(anchor)


def pointers(element: etree._Element) -> list[str]:
    """The identifiers in this document that an element's ``target`` points at."""
    target = element.get("target")
    return [pointer[1:] for pointer in target.split() if pointer[0] == "#"] if target else []


def note_anchors(root: etree._Element) -> Anchors:
    """Join the notes of a document with the references to them.

    The anchor of a note is a ``ref``, ``ptr`` or ``anchor`` that the note's ``target`` names, or one that points at the note and
    is a mark and no cross-reference in words (TEI Guidelines, 3.9.1: both ways of linking are in use). The later parts of a note have
    the anchors of its first.
    """
    found = Anchors()
    notes = {identifier: note for note in root.iter(NOTE) if (identifier := note.get(XML_ID))}
    named = {target: note for note in root.iter(NOTE) for target in pointers(note)}
    for element in root.iter(*_REFERENCES):
        for identifier in pointers(element):
            note = notes.get(identifier)
            if note is not None and (is_note_anchor(element) or _is_mark(words(element))):
                found.join(note, element)
        identifier = element.get(XML_ID) or ""
        if identifier in named:
            found.join(named[identifier], element)
    for part in root.iter(NOTE):
        before = notes.get((part.get("prev") or "").lstrip("#"))
        if before is not None and part not in found.of_note:
            for anchor in found.of_note.get(before, ()):
                found.join(part, anchor)
    return found


def _is_mark(text: str) -> bool:
    return len(text) <= LONGEST_MARK and _MARK.fullmatch(text) is not None


def mark(note: etree._Element, anchor: etree._Element | None = None) -> str:
    """The siglum of a note without brackets and points: its ``n``, its anchor's, or what is printed; empty when there is none."""
    label = next((child for child in note if child.tag == TEI + "label"), None)
    candidates = (
        note.get("n"),
        None if anchor is None else anchor.get("n"),
        None if anchor is None else words(anchor),
        None if label is None else words(label),
    )
    return next((stripped for each in candidates if each and (stripped := each.strip(" \t\r\n[](){}.,:;"))), "")
