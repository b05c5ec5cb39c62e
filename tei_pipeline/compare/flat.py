"""An edition along its printed characters: each element is a range of them, so that two editions can be laid side by side."""

from __future__ import annotations

from typing import cast

from lxml import etree
from msgspec import Struct, field

from tei_pipeline.fidelity import TEI, XML_ID, text_of

NAMESPACE = f"{{{TEI}}}"
_UNPRINTED = frozenset(NAMESPACE + name for name in ("corr", "reg", "expan"))

_APART = frozenset(  # elements that no word runs over, whether or not white space stands between them
    {
        *("p", "head", "l", "lg", "ab", "item", "list", "div", "note", "speaker", "sp", "stage", "quote", "cit", "row", "cell", "figDesc"),
        *("byline", "dateline", "salute", "signed", "trailer", "titlePart", "docImprint", "docEdition", "castItem", "argument", "epigraph"),
    }
)


class Piece(Struct):
    """An element: its name, its range of printed characters, how many elements are around it, and its place among all."""

    name: str
    start: int
    end: int
    depth: int
    number: int
    element: etree._Element
    parent: Piece | None = None

    @property
    def identifier(self) -> str:
        """Its ``xml:id``, or nothing."""
        return self.element.get(XML_ID, "")

    @property
    def range(self) -> tuple[int, int]:
        """Its printed characters."""
        return self.start, self.end


class Flat(Struct):
    """All elements of a ``text`` in document order; ``printed`` its characters without white space, ``words`` the ranges of its words."""

    pieces: list[Piece] = field(default_factory=list)
    printed: str = ""
    words: list[tuple[int, int]] = field(default_factory=list)

    def shown(self, start: int, end: int, most: int = 60) -> str:
        """Printed characters with the blanks between their words, shortened."""
        parts = [self.printed[max(start, a) : min(end, b)] for a, b in self.words if a < end and b > start]
        text = " ".join(parts)
        return text if len(text) <= most else text[: most - 1] + "…"


def flat(root: etree._Element, label: str = "") -> Flat:
    """The ``text`` of an edition laid out. Raises :class:`~tei_pipeline.errors.NotAnEdition` when it has none."""
    text = text_of(root, label)
    made = Flat()
    parts: list[str] = []
    open_: list[Piece] = []
    count = 0
    skip = 0
    glued = False  # whether the last printed character ended a piece of text without white space behind it

    def add(value: str | None) -> None:
        nonlocal count, glued
        if not value or skip:
            return
        words = value.split()
        for at, word in enumerate(words):
            if at == 0 and glued and not value[0].isspace() and made.words:
                made.words[-1] = (made.words[-1][0], count + len(word))
            else:
                made.words.append((count, count + len(word)))
            parts.append(word)
            count += len(word)
        if words:
            glued = not value[-1].isspace()
        elif value:
            glued = False

    for event, node in etree.iterwalk(text, events=("start", "end", "comment", "pi")):
        element = cast("etree._Element", node)
        if event == "start":
            name = str(element.tag)
            hidden = name in _UNPRINTED or name == NAMESPACE + "supplied" or not name.startswith(NAMESPACE)
            if not skip:
                piece = Piece(
                    name.removeprefix(NAMESPACE), count, count, len(open_), len(made.pieces), element, open_[-1] if open_ else None
                )
                made.pieces.append(piece)
                open_.append(piece)
            skip += bool(skip or hidden)
            if name.removeprefix(NAMESPACE) in _APART or (name == NAMESPACE + "lb" and element.get("break") != "no"):
                glued = False
            add(element.text)
        elif event == "end":
            if skip:
                skip -= 1
            if not skip:
                open_.pop().end = count
                if str(element.tag).removeprefix(NAMESPACE) in _APART:
                    glued = False
            if element is not text:
                add(element.tail)
        else:
            add(element.tail)
    made.printed = "".join(parts)
    return made
