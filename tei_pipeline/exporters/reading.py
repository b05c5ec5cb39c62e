"""The words of an element on one line: what outlines, note lists and counts show of mixed content."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tei_pipeline.exporters.exported import TEI
from tei_pipeline.exporters.walk import walk

if TYPE_CHECKING:
    from lxml import etree


def tei(names: str) -> frozenset[str]:
    """The names, separated by blanks, as lxml writes them."""
    return frozenset(TEI + name for name in names.split())


DIVISIONS = tei("div div1 div2 div3 div4 div5 div6 div7")
EDITED = tei("corr reg expan")  # the editor's side of a choice (TEI Guidelines, 3.5 and 12.3.1)
BREAKS = tei("lb pb cb gb milestone")
PEOPLE = tei("person personGrp org role")
_NAMES = tei("persName orgName name")
_ROLE = TEI + "role"
# What does not stand within a line of words.
APART = DIVISIONS | tei(
    "ab argument bibl byline castItem cell closer dateline desc docAuthor docDate docEdition docImprint epigraph figure floatingText"
    " head item l label lg list note opener p postscript quote row salute seg signed sp speaker stage table titlePage titlePart trailer u"
)
_UNEDITED = tei("surplus fw del am")
CHOICE, _HI, _METAMARK, _PC, _REF, _NOTE = (TEI + name for name in ("choice", "hi", "metamark", "pc", "ref", "note"))
_MARKED = APART | BREAKS | _UNEDITED | {CHOICE, _METAMARK, _PC, _REF}


def rejected(choice: etree._Element, *, printed: bool = False) -> list[etree._Element]:
    """The children of a ``choice`` that a reading does not show.

    The edited reading shows the first of the editor's, else the first of all; the printed one all that are not the editor's.
    """
    children = [child for child in choice if isinstance(child.tag, str)]
    if printed:
        return [child for child in children if child.tag in EDITED]
    shown = next((child for child in children if child.tag in EDITED), children[0] if children else None)
    return [child for child in children if child is not shown]


def is_emphasis_mark(element: etree._Element) -> bool:
    """Whether a ``metamark`` is a mark of emphasis in plain text (``_so_``): it stands in the ``hi`` that it makes."""
    parent = element.getparent()
    return parent is not None and parent.tag == _HI


def person_name(person: etree._Element) -> str | None:
    """The name of somebody in a list of persons (``persName`` and its like), or the ``role`` itself."""
    named = person if person.tag == _ROLE else next((child for child in person if child.tag in _NAMES), None)
    return None if named is None else words(named) or None


def is_note_anchor(ref: etree._Element) -> bool:
    """Whether a ``ref`` says of itself that it is a reference to a note."""
    return ref.get("type") in ("noteAnchor", "note", "fn")


def words(element: etree._Element, *, without: str = "") -> str:
    """The words in ``element``, single spaces between them, in the edited reading.

    Note references, notes (but ``element`` may be one), page furniture, marks of emphasis and residue are not among them; words
    that only a line end divided are joined. Elements named ``without`` are left out.
    """
    if not len(element):
        return " ".join((element.text or "").split())
    pieces: list[str] = []
    say = pieces.append
    dropped: set[etree._Element] = set()  # readings that were not chosen

    def enter(node: etree._Element) -> bool:
        tag = node.tag
        if dropped and node in dropped:
            return False
        if tag not in _MARKED:
            return isinstance(tag, str)
        if tag == CHOICE:
            dropped.update(rejected(node))
            return True
        if tag == without:
            return False
        if tag in APART:
            say(" ")
            return tag != _NOTE or node is element
        if tag in BREAKS:
            say("\0" if node.get("break") == "no" else " ")
            return False
        return node is element or _is_read(node)

    def leave(node: etree._Element) -> None:
        if node.tag in APART:
            say(" ")

    walk(element, enter, say, leave)
    return joined(pieces)


def joined(pieces: Iterable[str]) -> str:
    """Pieces of text as one line of words; a NUL joins what stands before and after it."""
    line = " ".join("".join(pieces).split())
    return "".join(part.strip() for part in line.split("\0")) if "\0" in line else line


def _is_read(node: etree._Element) -> bool:
    """Whether the edited reading shows an element that it may leave out."""
    tag = node.tag
    if tag == _REF:
        return not is_note_anchor(node)
    if tag == _METAMARK:
        return not is_emphasis_mark(node)
    if tag == _PC:
        return node.get("force") != "weak"
    return tag not in _UNEDITED
