"""The editor's hand: the corrections of one text, applied stage by stage, and what is said of each in the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tei_pipeline.blocks import Block
from tei_pipeline.corrections import blocks as of_blocks
from tei_pipeline.corrections import phrases as of_phrases
from tei_pipeline.corrections.anchor import SOMEBODY, Located, locate, quoted
from tei_pipeline.corrections.attributes import Origins, set_attributes
from tei_pipeline.corrections.links import relink
from tei_pipeline.corrections.phrases import Phrases
from tei_pipeline.corrections.text import Words
from tei_pipeline.decisions import Decision, Problem
from tei_pipeline.inline.runs import runs
from tei_pipeline.layout import Layout
from tei_pipeline.sidecar import Sidecar
from tei_pipeline.source import Source
from tei_pipeline.validate import validate_edition

if TYPE_CHECKING:
    from lxml import etree

    from tei_pipeline.inline.book import Book
    from tei_pipeline.settle.notes.links import Links
    from tei_pipeline.settle.titles.lost import Lost

SUPPLIED = "supplied"  # what ``as`` of a correction calls a heading from the contents page
_CALLED = {
    "block": "kinds of blocks",
    "level": "levels of headings",
    "join": "paragraphs joined",
    "split": "paragraphs parted",
    "link": "references to notes",
    "unlink": "references to notes",
    "quotation": "quotations",
    "speaker": "speakers",
    "reading": "readings",
    "attribute": "attributes",
    "remove": "wrong encodings taken away",
}


class Hand:
    """The corrections of a sidecar in one text. ``located`` have a place; ``problems`` say what becomes of the others."""

    def __init__(self, source: Source, sidecar: Sidecar, layout: Layout, proposed: Sequence[Block]) -> None:
        self.source, self.layout, self.label = source, layout, sidecar.label
        self.words = Words(source, frozenset(layout.furniture))
        who = sidecar.metadata.editor[0] if sidecar.metadata.editor else SOMEBODY
        self.located, self.problems = locate(sidecar.corrections, self.words, proposed, sidecar.label, who)
        self.phrases = Phrases()
        self._refused: set[int] = set()

    def refuse(self, one: Located, why: str) -> None:
        """A correction that found its words and cannot be applied to them; said once."""
        if id(one) not in self._refused:
            self._refused.add(id(one))
            message = f"{one.entry.kind} {quoted(one.entry.words)} (line {self.words.line(one.start)} of the text): {why}"
            self.problems.append(Problem("error", "correction-refused", message, one.entry.line, self.label, self.label))

    def propose(self, proposed: list[Block]) -> list[Block]:
        """The proposed blocks as the editor sees them."""
        return of_blocks.apply(self.source, self.layout, proposed, self.located, self.refuse, settled=False)

    def settle(self, settled: list[Block]) -> list[Block]:
        """The settled blocks as the editor wants them."""
        return of_blocks.apply(self.source, self.layout, settled, self.located, self.refuse, settled=True)

    def supply(self, lost: tuple[Lost, ...]) -> tuple[Lost, ...]:
        """The headings that may be supplied: those whose entry in the contents page the editor does not name as nothing of the kind."""
        for one in self.located:
            if one.entry.kind == "remove" and one.entry.become == SUPPLIED:
                lines = range(self.words.line(one.start) - 1, self.words.line(one.range.end - 1))
                kept = tuple(each for each in lost if each.head.first not in lines)
                if kept == lost:
                    self.refuse(one, "no heading is supplied from it; give the words of the entry in the contents page")
                lost = kept
        return lost

    def link(self, links: Links, blocks: Sequence[Block]) -> Links:
        """The links between notes and references."""
        return relink(links, self.located, blocks, self.words, self.refuse)

    def open(self, book: Book, blocks: Sequence[Block]) -> Book:
        """The book, whose inline rules then know what the editor marks and takes away."""
        self.phrases = book.editor = of_phrases.phrases(self.located, runs(self.source, blocks, self.layout.divided))
        book.requote(of_phrases.without(book.quotes, self.located))
        return book

    @property
    def cuts(self) -> dict[int, Decision]:
        """The source offsets at which a new paragraph begins, inside lines too."""
        return of_phrases.cuts(self.located)

    def finish(self) -> None:
        """Report the corrections inside paragraphs that met no running text, or several pieces of it."""
        for one in self.phrases.corrections:
            if id(one) in self.phrases.crossing:
                self.refuse(
                    one, 'it would cut quoted words that go on in another paragraph; take that quotation away first (kind = "remove")'
                )
            elif id(one) not in self.phrases.applied:
                self.refuse(one, "the words do not stand in one piece of running text: a paragraph, heading or verse")

    def set_attributes(self, root: etree._Element, origins: Origins) -> list[Problem]:
        """Give the elements of the written edition the editor's attributes; what is said of those that it does not take."""
        before = len(self.problems)
        set_attributes(root, origins, self.located, lambda tree: not validate_edition(tree), self.refuse)
        return self.problems[before:]

    @property
    def applied(self) -> tuple[Located, ...]:
        """The corrections that were applied, in the order of the sidecar."""
        return tuple(one for one in self.located if id(one) not in self._refused)

    def record(self) -> list[dict[str, Any]]:
        """The applied corrections as the provenance file lists them."""
        return [{**one.entry.table(), "who": one.who, "start": one.start, "characters": one.range.end - one.start} for one in self.applied]

    def revisions(self) -> tuple[tuple[str, str, str], ...]:
        """What ``revisionDesc`` says of them: (when, who, what), one for each editor and day."""
        grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
        for one in self.applied:
            grouped[one.entry.when, one.who].append(one.entry.kind)
        return tuple(
            (when, who, f"corrections: {', '.join(dict.fromkeys(_CALLED[kind] for kind in _CALLED if kind in kinds))}")
            for (when, who), kinds in sorted(grouped.items())
        )
