"""Recognition as a whole: measure, propose, settle, build — from the source to the Document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from tei_pipeline.blocks import Block
from tei_pipeline.decisions import Problem
from tei_pipeline.found import found_metadata
from tei_pipeline.inline.book import open_book
from tei_pipeline.layout import Layout, measure
from tei_pipeline.model import Document
from tei_pipeline.nodes import Weaver
from tei_pipeline.settle import settle
from tei_pipeline.settle.notes.beside_divisions import beside_divisions
from tei_pipeline.settle.notes.links import link_notes
from tei_pipeline.settle.titles.agreement import heading_problems
from tei_pipeline.settle.titles.listing import contents_targets, listed_in
from tei_pipeline.settle.titles.lost import Lost, lost_headings
from tei_pipeline.sidecar import Sidecar, completed
from tei_pipeline.source import Source
from tei_pipeline.split import split
from tei_pipeline.structure import build
from tei_pipeline.works import join_works

if TYPE_CHECKING:
    from tei_pipeline.corrections.hand import Hand


class Recognised(Struct, frozen=True):
    """What was found in a source: its layout, its settled blocks, the document, and what an editor should look at.

    ``hand``: the editor's corrections, if there are any. ``listed``: the headings that the contents page names, and their entries, as
    indices of ``blocks``; ``lost``: those that the text lacks and the edition supplies.
    """

    document: Document
    layout: Layout
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]
    hand: Hand | None = None
    listed: Mapping[int, int] = field(default_factory=dict)
    lost: tuple[Lost, ...] = ()


def recognise(source: Source, sidecar: Sidecar | None = None) -> Recognised:
    """Find the structure of a text, and what it says of itself; the editor's word in the sidecar goes before."""
    sidecar = sidecar or Sidecar()
    known = sidecar.metadata
    layout = measure(source, known.language, sidecar.settings)
    proposed = split(source, layout)
    hand = _hand(source, sidecar, layout, proposed) if sidecar.corrections else None
    blocks = settle(hand.propose(proposed) if hand else proposed, layout)
    if hand:
        blocks = hand.settle(blocks)
    listed = listed_in(blocks, layout.language)
    lost = lost_headings(blocks, listed, layout)
    if hand:
        lost = hand.supply(lost)
    links = link_notes(source, blocks, layout)
    blocks = beside_divisions(blocks, links, source)
    book = open_book(source, layout, blocks)
    if hand:
        links, book = hand.link(links, blocks), hand.open(book, blocks)
    weaver = Weaver(
        source,
        layout,
        links.anchors,
        links.notes,
        contents_targets(blocks, listed, lost),
        book=book,
        starts=tuple(a.start for a in links.anchors),
        cuts=hand.cuts if hand else {},
        continued=links.continued,
    )
    document = build(source, layout, blocks, known, weaver, lost)
    document = replace(document, metadata=completed(known, found_metadata(document, layout)))
    document, unmatched = join_works(document, sidecar.label)
    if hand:
        hand.finish()
        told = replace(document.metadata, revisions=(*document.metadata.revisions, *hand.revisions()))
        document = replace(document, metadata=told)
    problems = [
        *unmatched,
        *(hand.problems if hand else ()),
        *sorted([*links.problems, *book.problems, *heading_problems(blocks, layout, listed, lost)], key=lambda problem: problem.line or 0),
    ]
    return Recognised(document, layout, tuple(blocks), tuple(problems), hand, listed, lost)


def _hand(source: Source, sidecar: Sidecar, layout: Layout, proposed: list[Block]) -> Hand:
    from tei_pipeline.corrections.hand import Hand  # few texts have corrections; the others do not wait for it

    return Hand(source, sidecar, layout, proposed)
