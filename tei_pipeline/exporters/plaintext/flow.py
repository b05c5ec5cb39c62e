"""TEI as a flow of blocks of plain text: where blocks begin and end, and where the notes go. One pass over the tree.

What each kind of element does is in the modules beside this one; this is the page they write on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from lxml import etree
from msgspec import Struct, field

from tei_pipeline.decisions import Problem
from tei_pipeline.exporters.exported import TEI, XML_ID
from tei_pipeline.exporters.notes import mark, note_anchors
from tei_pipeline.exporters.plaintext.typeset import BLANK, LINE, MAX_HANG, SLOT, Block, Set, Table, filled
from tei_pipeline.exporters.reading import DIVISIONS, PEOPLE, person_name
from tei_pipeline.exporters.walk import walk

if TYPE_CHECKING:
    from tei_pipeline.exporters.text import TextOptions

Enter: TypeAlias = "Callable[[Flow, etree._Element], bool]"
Leave: TypeAlias = "Callable[[Flow, etree._Element], None]"


class Style(NamedTuple):
    """How the characters at hand are set. ``is_open``: they belong to a block, so that what comes next may stand within its words."""

    indent: int = 0
    before: int = 1
    after: int = 1
    is_open: bool = False
    keeps_lines: bool = False
    is_verbatim: bool = False
    is_heading: bool = False
    is_speaker: bool = False


class Note(Struct, eq=False):
    """A note that was taken out of its place: its blocks, or its words when it goes into others' lines."""

    element: etree._Element
    siglum: str
    blocks: list[Set]
    words: str = ""


class Division(Struct, eq=False):
    """A division that is open: where its blocks begin, the notes for its foot, and whether a note was taken out of it."""

    element: etree._Element
    start: int
    foot: list[etree._Element] = field(default_factory=list)
    lost_a_note: bool = False


class Foot(Struct, frozen=True):
    """The place of a division's notes, which may be read later."""

    notes: list[etree._Element]
    is_heading: bool = False


class Flow:
    """The page: ``blocks`` so far, the ``pieces`` of the one that is being read, and what is around it."""

    def __init__(self, root: etree._Element, options: TextOptions) -> None:
        self.root, self.options = root, options
        self.is_edited = options.reading == "edited"
        self.anchors = note_anchors(root)
        self.joins_hyphens = self.is_edited and not _says_hyphens_are_hard(root)
        self.marks_quotations = self.is_edited and _says_marks_are_gone(root)
        self.blocks: list[Any] = []
        self.pieces: list[str] = []
        self.style = Style()
        self.indent = 0  # of the blocks that begin here
        self.gap = 0  # empty lines that the last block wants after it
        self.stick: Style | bool = False  # no empty line before the next block (of that style)
        self.marker = ""  # waits for the first block of its item or note
        self.flat = 0  # within a cell, or a note in others' lines: all blocks are words
        self.table: list[list[str | None]] | None = None
        self.lists: list[Callable[[], str] | None] = []  # what makes the markers of the lists around
        self.saved: list[Any] = []
        self.flushed = 0
        self.dropped: set[etree._Element] = set()  # readings that were not chosen
        self.divisions: list[Division] = []
        self.notes: dict[etree._Element, Note] = {}
        self.taken: set[etree._Element] = set()  # notes that are out of their place, read or being read
        self.homes: dict[etree._Element, etree._Element | None] = {}  # the outermost division in which a note is referred to
        self.sigla: dict[etree._Element, str] = {}
        self.slots: dict[etree._Element, int] = {}
        self.words: dict[int, str] = {}  # of the notes that stand in others' lines, by the numbers of their slots
        self.placed: set[etree._Element] = set()  # notes whose slot stands in a block
        self._lost: Counter[tuple[str, str]] = Counter()
        self._first_lost: dict[tuple[str, str], str] = {}
        self._names: dict[str, str] | None = None
        self.after: dict[etree._Element, str] = {}  # what comes behind a reference

    def read(self, enters: Mapping[Any, Enter], leaves: Mapping[Any, Leave], unknown: Enter) -> None:
        """Go through the tree, with the functions of the tables for the elements."""

        def enter(node: etree._Element) -> bool:
            if self.dropped and node in self.dropped:
                self.dropped.discard(node)
                return False
            return enters.get(node.tag, unknown)(self, node)

        def text(characters: str) -> None:
            self.pieces.append(characters)

        def leave(node: etree._Element) -> None:
            if (left := leaves.get(node.tag)) is not None:
                left(self, node)

        walk(self.root, enter, text, leave)
        self.flush()

    # ------------------------------------------------------------ blocks

    def say(self, text: str) -> None:
        """Characters of the block at hand."""
        self.pieces.append(text)

    def new_line(self) -> None:
        """A new line within the block at hand; a blank where lines cannot be kept."""
        self.pieces.append(" " if self.flat else LINE)

    def begin(self, style: Style, indent: int = 0) -> None:
        """A block, or a container of blocks that are ``indent`` further in; within a cell it is only set off by a blank."""
        if self.flat:
            self.pieces.append(" ")
            self.saved.append(None)
            return
        self.flush()
        self.saved.append((self.style, self.indent))
        self.indent += indent
        self.style = Style(self.indent + style.indent, *style[1:])

    def begin_within(self, indent: int = 0) -> None:
        """Words within a block; blocks that stand in them all the same are ``indent`` further in."""
        self.saved.append(self.indent)
        self.indent += indent

    def end(self) -> None:
        """The end of what began last."""
        state = self.saved.pop()
        if state is None:
            self.pieces.append(" ")
        elif isinstance(state, int):
            self.indent = state
        else:
            self.flush()
            self.style, self.indent = state

    @property
    def is_within(self) -> bool:
        """Whether characters here are words of a block."""
        return bool(self.flat) or self.style.is_open

    def space(self, lines: int) -> None:
        """At least so many empty lines before the next block."""
        self.gap = max(self.gap, lines)

    def flush(self) -> None:
        """The pieces so far are a block."""
        style = self.style
        text = "".join(self.pieces)
        self.pieces.clear()
        if text.strip(BLANK):
            if self.table:
                self.table.append([text])
            else:
                self.emit(text, style)
                self.stick = self.stick or style.is_speaker
        if style.is_speaker:
            self.style = Style(style.indent)

    def emit(self, text: str, style: Style) -> None:
        """A block of that text, even when it is empty (a marker without words)."""
        self.flushed += 1
        gap = self._gap(style)
        marker, self.marker = self.marker, ""
        kind = "verbatim" if style.is_verbatim else "words"
        hang = min(len(marker) + 1, MAX_HANG) if marker else 0
        self.blocks.append(Block(text, gap, style.indent, marker, hang, kind, style.is_heading))  # type: ignore[arg-type]

    def emit_table(self, rows: list[list[str | None]]) -> None:
        """A table, below the marker of the item that it opens."""
        self.flushed += 1
        style = Style(self.indent)
        if self.marker:
            self.emit("", style)
        self.blocks.append(Table(rows, self._gap(style), self.indent))

    def _gap(self, style: Style) -> int:
        gap = 0 if self.stick is True or self.stick is style else max(self.gap, style.before)
        if style.is_heading and self.blocks and self.blocks[-1].is_heading:
            gap = min(gap, 1)
        self.stick, self.gap = False, style.after
        return gap

    def hang(self, marker: str) -> None:
        """``marker`` goes before the first words of the item or note, and all its blocks are further in by its length."""
        self.marker = f"{self.marker} {marker}".strip()
        further = min(len(marker) + 1, MAX_HANG)
        self.indent += further
        self.style = Style(self.style.indent + further, *self.style[1:])

    def end_hanging(self) -> None:
        """The end of an item or note; a marker without words stands alone."""
        if isinstance(self.saved[-1], tuple):
            self.flush()
            if self.marker:
                self.emit("", self.style)
        self.end()

    # ------------------------------------------------------------ notes

    def siglum(self, note: etree._Element, anchor: etree._Element | None = None) -> str:
        """What is written for the note in text and list: its own siglum, or the next number."""
        if note not in self.sigla:
            anchors = self.anchors.of_note.get(note)
            self.sigla[note] = mark(note, anchor if anchor is not None or not anchors else anchors[0]) or str(len(self.sigla) + 1)
        return self.sigla[note]

    def refer(self, note: etree._Element) -> bool:
        """The note is referred to here; True when it is for the first time."""
        if note in self.homes:
            return False
        self.homes[note] = next((division.element for division in self.divisions if division.element.tag in DIVISIONS), None)
        if self.divisions:
            self.divisions[-1].foot.append(note)
        return True

    def slot(self, note: etree._Element) -> str:
        """The mark in a block where the words of the note will stand."""
        self.placed.add(note)
        return f"{SLOT}{self.slots.setdefault(note, len(self.slots))}{SLOT}"

    def begin_note(self, note: etree._Element) -> None:
        """The blocks from here on belong to a note that is taken out of its place."""
        state = (self.pieces, self.blocks, self.style, self.indent, self.gap, self.stick, self.marker, self.flat, self.table)
        self.saved.append(state)
        self.taken.add(note)
        self.pieces, self.blocks, self.gap, self.stick, self.marker, self.table, self.indent = [], [], 0, False, "", None, 0
        self.flat = int(self.options.notes == "inline")
        self.style = Style(is_open=True)
        if not self.flat and (self.is_edited or note.find(TEI + "label") is None):
            self.hang(f"[{self.siglum(note)}]")
            if note.get("prev") is not None and note in self.anchors.of_note:
                self.marker = ""  # the first part of the note has it

    def end_note(self, note: etree._Element) -> None:
        """The end of a note that was taken out; without a reference to it, its mark stands where it was."""
        taken = Note(note, self.siglum(note), self.blocks)
        if self.flat:
            taken.words = filled("".join(self.pieces), self.words).strip(" \t\r\n")
            self.words[self.slots.setdefault(note, len(self.slots))] = taken.words
        else:
            self.flush()
            if self.marker:
                self.emit("", self.style)
        state = self.saved.pop()
        self.pieces, self.blocks, self.style, self.indent, self.gap, self.stick, self.marker, self.flat, self.table = state
        self.notes[note] = taken
        if self.divisions and not self.style.is_heading:
            self.divisions[-1].lost_a_note = True
        if note not in self.anchors.of_note:
            self.refer(note)
            if self.options.notes == "inline":
                self.say(self.slot(note))
            elif self.options.notes != "none" and self.is_within:
                self.say(f"[{taken.siglum}]")

    # ------------------------------------------------------------ divisions

    def begin_division(self, element: etree._Element, style: Style) -> None:
        """A division, or a part of the text that may hold notes of its own."""
        self.begin(style)
        self.divisions.append(Division(element, len(self.blocks)))

    def end_division(self) -> None:
        """Its end; nothing is left of one that held only notes, now elsewhere."""
        self.end()
        division = self.divisions.pop()
        if division.lost_a_note and all(block.is_heading for block in self.blocks[division.start :]):
            del self.blocks[division.start :]
            if self.divisions:
                self.divisions[-1].lost_a_note = True
        if self.options.notes == "division" and division.foot:
            self.blocks.append(Foot(division.foot))
        self.space(1)

    # ------------------------------------------------------------ people

    def person(self, pointer: str) -> str:
        """The name of the person that ``who`` points at; the pointer itself, without its file, when nobody is described."""
        if self._names is None:
            people = self.root.iter(*PEOPLE)
            self._names = {identifier: name for person in people if (identifier := person.get(XML_ID)) and (name := person_name(person))}
        identifier = pointer.rpartition("#")[2]
        return self._names.get(identifier, identifier)

    # ------------------------------------------------------------ what cannot be said

    def lose(self, code: str, message: str, node: etree._Element) -> None:
        """Plain text cannot say what this node says."""
        key = (code, message)
        self._lost[key] += 1
        if key not in self._first_lost:
            around = next((each for each in (node, *node.iterancestors()) if isinstance(each.tag, str) and each.get(XML_ID)), None)
            self._first_lost[key] = "" if around is None else around.get(XML_ID) or ""

    def problems(self) -> tuple[Problem, ...]:
        """What was lost, a problem for each kind, with the identifier next to the first place."""
        return tuple(
            Problem("info", code, message if count == 1 else f"{message} ({count} times)", where=self._first_lost[code, message])
            for (code, message), count in self._lost.items()
        )


def _says_hyphens_are_hard(root: etree._Element) -> bool:
    """TEI Guidelines, 2.3.3: ``hyphenation/@eol`` hard or none: what is left at line ends are no soft hyphens."""
    return any(element.get("eol") in ("hard", "none") for element in root.iter(TEI + "hyphenation"))


def _says_marks_are_gone(root: etree._Element) -> bool:
    """TEI Guidelines, 2.3.3: ``quotation/@marks`` none: quotation marks are not among the characters."""
    return any(element.get("marks") == "none" for element in root.iter(TEI + "quotation"))
