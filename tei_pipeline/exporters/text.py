"""Plain text: for readers, and for programs that mine it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any, Literal

from lxml import etree
from msgspec import Struct

from tei_pipeline.decisions import Problem
from tei_pipeline.exporters.entities import without_entities
from tei_pipeline.exporters.exported import TEI, Exported, ExportError, require
from tei_pipeline.exporters.plaintext import ENTER, LEAVE, unknown
from tei_pipeline.exporters.plaintext.flow import Flow, Foot, Note
from tei_pipeline.exporters.plaintext.typeset import LEAST_WIDTH, Block, Set, typeset
from tei_pipeline.exporters.reading import words

_RULE = "-" * 8  # above the notes at the end: a heading would need the language of the book
_CHOICES = {"reading": ("edited", "printed"), "notes": ("end", "division", "inline", "place", "none")}


class TextOptions(Struct, frozen=True):
    """What the text shows; the defaults are for somebody who wants to read the book.

    ``reading``
        ``edited``: as meant (``corr``), with what the editor supplied, words at line ends joined, without residue, page
        furniture, deletions and marks of emphasis. ``printed``: character for character what the source has, and nothing else.
    ``notes``
        ``end`` of the text, foot of the ``division`` that refers to them, ``inline`` in brackets, in the ``place`` where the
        edition has them, or ``none``.
    ``width``
        Characters in a line; 0 for one line to a paragraph.
    ``headings``, ``front``, ``boilerplate``, ``speakers``
        Whether to show headings, front matter, a library's licence (``div type="boilerplate"``), the names of speakers.
    ``pages``
        Whether to mark where pages begin: ``|12|``, or a form feed in the printed reading.
    """

    reading: Literal["edited", "printed"] = "edited"
    notes: Literal["end", "division", "inline", "place", "none"] = "end"
    width: int = 72
    headings: bool = True
    front: bool = True
    boilerplate: bool = False
    pages: bool = False
    speakers: bool = True

    def __post_init__(self) -> None:
        for name, known in _CHOICES.items():
            require(name, getattr(self, name), known)
        for name in ("headings", "front", "boilerplate", "pages", "speakers"):
            require(name, getattr(self, name), (True, False))
        if not isinstance(self.width, int) or isinstance(self.width, bool) or self.width < 0:
            raise ExportError("width", f"{self.width!r} is no number of characters")
        if 0 < self.width < LEAST_WIDTH:
            raise ExportError(
                "width", f"lines of {self.width} characters are too short; choose {LEAST_WIDTH} or more, or 0 for one line a paragraph"
            )


DIPLOMATIC = TextOptions(reading="printed", notes="place", width=0, boilerplate=True, pages=True)
"""All that was printed, in its order: without white space these are the characters of the source (the diplomatic invariant)."""


def export_text(root: etree._Element, options: TextOptions | None = None) -> Exported:
    """The text of the document (UTF-8, lines end with LF); what plain text cannot say is named. Empty for a TEI without ``text``."""
    options = options or TextOptions()
    document, problems = without_entities(root)
    flow = Flow(document, options)
    flow.read(ENTER, LEAVE, unknown)
    blocks, shown = _with_feet(flow.blocks, flow.notes)
    if options.notes not in ("place", "none"):
        blocks += _at_the_end(flow, shown | flow.placed)
    text = typeset(blocks, options.width, flow.words)
    problems += flow.problems()
    if not text:
        problems += (Problem("warning", "no-text", "there is no text in this document, or none that these options show"),)
    return Exported(text.encode("utf-8"), problems)


def _with_feet(blocks: list[Any], notes: dict[etree._Element, Note]) -> tuple[list[Set], set[etree._Element]]:
    """The blocks with the notes of each division at its foot, and which notes these are."""
    shown: set[etree._Element] = set()
    made: list[Set] = []
    waiting = blocks[::-1]
    while waiting:
        block = waiting.pop()
        if isinstance(block, Foot):
            found = [notes[note] for note in block.notes if note in notes and note not in shown]
            shown.update(note.element for note in found)
            waiting += _listed(found, 1)[::-1]
        else:
            made.append(block)
    return made, shown


def _listed(notes: Iterable[Note], gap: int) -> list[Any]:
    """The blocks of notes, one note under the other."""
    made: list[Any] = []
    for note in notes:
        if note.words:  # it was to stand in a line, and nothing shown refers to it
            made.append(Block(f"[{note.siglum}] {note.words}", gap))
        elif note.blocks:
            made += [note.blocks[0]._replace(gap=gap), *note.blocks[1:]]
        gap = 0
    return made


def _at_the_end(flow: Flow, shown: Container[etree._Element]) -> list[Set]:
    """The notes that are not shown yet below a rule, by the outermost divisions that refer to them, as their numbers may begin anew."""
    groups: dict[etree._Element | None, list[Note]] = {}
    for note in dict.fromkeys((*flow.homes, *flow.notes)):
        if note in flow.notes and note not in shown:
            groups.setdefault(flow.homes.get(note), []).append(flow.notes[note])
    made: list[Any] = [Block(_RULE, 2)] if groups else []
    for division, notes in groups.items():
        if len(groups) > 1 and (title := _title(division)):
            made.append(Block(title, 1))
        made += _with_feet(_listed(notes, 1), flow.notes)[0]
    return made


def _title(division: etree._Element | None) -> str:
    return "" if division is None else " ".join(words(head) for head in division.findall(TEI + "head"))
