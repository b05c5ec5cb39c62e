"""Blocks become nodes: each kind its own, containers around what they enclose, what interrupts a paragraph inside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct, field

from tei_pipeline import model
from tei_pipeline.blocks import Block, Container
from tei_pipeline.decisions import Decision
from tei_pipeline.inline.book import Book
from tei_pipeline.inline.context import Anchor, Context
from tei_pipeline.inline.dates import year_marks
from tei_pipeline.inline.flow import Flow, Mark, Piece, content, flow_of, part
from tei_pipeline.inline.marks import marks
from tei_pipeline.inline.pages import mark_pages
from tei_pipeline.layout import Layout
from tei_pipeline.measuring.pages.marks import page_marks
from tei_pipeline.model import BlockNode, Content, Inline
from tei_pipeline.nodes.drama import cast_list, speech
from tei_pipeline.nodes.enclosing import argument, epigraph, note, quotation
from tei_pipeline.nodes.extent import bare, container_end, furniture_end, is_foot, lasts, leaf_end
from tei_pipeline.nodes.leaves import leaf
from tei_pipeline.nodes.lists import bibliography, chronicle_list, contents_list, index_list, item_list
from tei_pipeline.nodes.pages import page_break
from tei_pipeline.nodes.verse import numbered_stanza, titled_stanza, verse_below
from tei_pipeline.rows import Row
from tei_pipeline.source import Source, Span

_AT_THE_TOP = frozenset(("argument", "epigraph"))  # TEI: before the text of a division only (model.divTop)


class Weaver(Struct):
    """What the making of nodes needs to know, and what it collects: the people who speak.

    ``cuts``: source offsets at which the editor lets a new paragraph begin, in order. ``continued``: the keys of parts of notes, each with
    that of the part before it, and ``following`` the other way round.
    """

    source: Source
    layout: Layout
    anchors: tuple[Anchor, ...] = ()
    notes: dict[int, tuple[str, ...]] = field(default_factory=dict)
    targets: dict[int, str] = field(default_factory=dict)
    book: Book | None = None
    persons: dict[str, model.Person] = field(default_factory=dict)
    starts: tuple[int, ...] = ()
    noted: int = 0
    year: int | None = None
    inside: list[Container] = field(default_factory=list)
    cuts: dict[int, Decision] = field(default_factory=dict)
    continued: dict[int, int] = field(default_factory=dict)
    following: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.following = {before: part for part, before in self.continued.items()}

    def pieces(self, rows: Sequence[Row]) -> list[Piece]:
        """The rows as pieces of a flow, with the source offset of each."""
        found = []
        for row in rows:
            line = self.source.lines[row.line]
            raw = line.text
            lead = 0 if raw[:1] == row.text[:1] else len(raw) - len(raw.lstrip())
            found.append(Piece(row.text, line.start + lead))
        return found

    def interrupted(self, rows: Sequence[Row]) -> list[Piece | Inline]:
        """The rows as pieces of a flow, and below each the page mark in its margin, if it has one."""
        found: list[Piece | Inline] = []
        for row, piece in zip(rows, self.pieces(rows), strict=True):
            found.append(piece)
            if (mark := self.layout.margins.get(row.line)) is not None:
                at = self.source.lines[row.line].text.rindex(mark.text) + self.source.lines[row.line].start
                spans = (Span(at, at + len(mark.text)),)
                found += [model.PageBreak(mark.n), model.Furniture("pageNum", (model.Text(mark.text, spans),), spans)]
        return found

    def flow(self, rows: Sequence[Row], between: Sequence[Sequence[Inline] | Sequence[Row]] = (), line_breaks: bool = False) -> Flow:
        """The rows, then alternately what interrupts them and more rows, as one flow."""
        pieces = self.interrupted(rows)
        for k, more in enumerate(between):
            if k % 2:
                pieces.extend(self.interrupted(more))  # type: ignore[arg-type]
            else:
                pieces.extend(more)  # type: ignore[arg-type]
        if self.book is None:
            return flow_of(pieces, None, line_breaks)
        flow = flow_of(pieces, self.book.join, line_breaks)
        for offset in flow.doubts:
            self.book.doubt(offset)
        return flow

    def marks(self, flow: Flow, kind: str = "paragraph", start: int = 0) -> list[Mark]:
        """What is marked in a flow, whose label ends at ``start``; page marks inside it become page breaks."""
        if self.layout.page_marks and ("{" in flow.text or "[" in flow.text):
            found = self._marks(flow, kind, start)
            siglum = 0 if page_marks(self.layout.language).before.match(flow.text, 0, start) else start  # {12} CHAP. III. has none
            return [*mark_pages(flow, self.layout.language, {*(m.start for m in found if m.rank == 0), *range(siglum)}), *found]
        return self._marks(flow, kind, start)

    def _marks(self, flow: Flow, kind: str, start: int) -> list[Mark]:
        play = self.layout.drama if self.book is None else self.book.play
        drama = kind == "speech" and (play or bool(self.layout.scenes))
        return marks(flow, Context(self.layout, self.anchors, self.starts, kind, drama, self.book, self.noted > 0, start, self.year))

    def content(self, flow: Flow, kind: str = "paragraph") -> Content:
        """A flow as nodes."""
        return content(flow, self.marks(flow, kind))

    def nodes(self, blocks: Sequence[Block], depth: int = 0) -> list[BlockNode]:
        """The nodes of some blocks that share their first ``depth`` containers."""
        found: list[BlockNode] = []
        last = lasts(blocks, depth)
        at = 0
        while at < len(blocks):
            block = blocks[at]
            if block.kind == "furniture":
                end = furniture_end(blocks, at)
                found.extend(page_break(self, blocks[at:end]))
                at = end
                continue
            if block.kind == "stanza-number" and len(block.within) <= depth and (verse := verse_below(blocks, at)):
                end = leaf_end(blocks, verse, depth)
                found.append(numbered_stanza(self, blocks[at:end], verse - at, depth))
                at = end
                continue
            if block.kind == "stanza-title" and len(block.within) <= depth and (verse := verse_below(blocks, at)):
                end = leaf_end(blocks, verse, depth)
                found.append(titled_stanza(self, blocks[at:end], verse - at, depth))
                at = end
                continue
            if depth and is_foot(block) and block.within[0] not in self.inside:
                end = next((i for i in range(at, len(blocks)) if blocks[i].within[:1] != block.within[:1]), len(blocks))
                found.extend(self.nodes(blocks[at:end]))
            elif len(block.within) > depth:
                container = block.within[depth]
                end = container_end(blocks, at, depth, last[container])
                if container.kind in _AT_THE_TOP:
                    found.extend(self.nodes([bare(b, depth) if container in b.within else b for b in blocks[at:end]], depth))
                else:
                    found.extend(self.container(blocks[at:end], container, depth))
            else:
                end = leaf_end(blocks, at, depth)
                if at and self._parts(blocks[at - 1], block):
                    found.append(model.Milestone())
                found.extend(leaf(self, blocks[at:end], depth))
            at = end
        return found

    def _parts(self, above: Block, block: Block) -> bool:
        """Whether nothing but more white space than headings need parts two paragraphs of a text set in lines, and no page ends there."""
        layout, first = self.layout, block.rows[0]
        if above.kind != "paragraph" or block.kind != "paragraph" or above.within or block.within or first.page:
            return False
        return first.gap > layout.section_gap and layout.spacing == 1 and layout.style != "unwrapped" and not (layout.even or layout.drama)

    def container(self, blocks: Sequence[Block], container: Container, depth: int) -> list[BlockNode]:
        """What encloses blocks."""
        make = CONTAINERS.get(container.kind)
        if make is None:
            return self.nodes([bare(b, depth) for b in blocks], depth)
        self.inside.append(container)
        made = make(self, blocks, container, depth)
        self.inside.pop()
        return [made]  # type: ignore[list-item]  # what may stand at the top only is taken out before

    def spans(self, blocks: Sequence[Block]) -> tuple[Span, ...]:
        """From the first character of some blocks to their last; page ends have none."""
        rows = [block.rows for block in blocks if block.rows]
        first, last = self.pieces(rows[0])[0], self.pieces(rows[-1])[-1]
        return (Span(first.offset, last.offset + len(last.text)),)

    def inner(self, blocks: Sequence[Block], depth: int) -> tuple[BlockNode, ...]:
        """The nodes of what a container at a depth encloses."""
        return tuple(self.nodes(blocks, depth + 1))

    def labelled(self, blocks: Sequence[Block], label: int, depth: int, dated: bool = False) -> tuple[model.Label | None, list[BlockNode]]:
        """The label at the front of the first block, which may be the date of an entry (``dated``), and the nodes of the rest."""
        if not label or blocks[0].kind == "verse":
            return None, self.nodes(blocks, depth + 1)
        end = leaf_end(blocks, 0, depth + 1)
        flow = self.joined(blocks[:end], depth + 1)
        cut = min(label, len(flow.text))
        found = self.marks(flow, start=cut)
        found += year_marks(flow.text[:cut]) if dated else []
        head = model.Label(part(flow, found, 0, cut), flow.span(0, cut))
        rest = part(flow, [m for m in found if m.start >= cut], cut, len(flow.text)) if cut < len(flow.text) else ()
        spans = flow.span(0, len(flow.text))
        paragraph = model.Paragraph(rest, spans, blocks[0].why, f"b{blocks[0].first}")
        below = self.nodes(blocks[end:], depth + 1)
        return head, [paragraph, *below] if rest or not below else below  # the label of a note may have a line of its own

    def _interruptions(self, blocks: Sequence[Block], depth: int) -> list[Inline]:
        return list(self.nodes(blocks, depth))  # type: ignore[arg-type]

    def joined(self, blocks: Sequence[Block], depth: int, line_breaks: bool = False) -> Flow:
        """The flow of a block and its continuations, interruptions in place."""
        between: list[Sequence[Inline] | Sequence[Row]] = []
        held: list[Block] = []
        for block in blocks[1:]:
            if block.kind == blocks[0].kind and block.within == blocks[0].within and block.joins:
                between.append(self._interruptions(held, depth))
                between.append(block.rows)
                held = []
            else:
                held.append(block)
        return self.flow(blocks[0].rows, between, line_breaks)

    def paragraph(self, blocks: Sequence[Block], depth: int) -> model.Paragraph:
        """A block and its continuations as one paragraph."""
        flow = self.joined(blocks, depth)
        return model.Paragraph(self.content(flow), flow.span(0, len(flow.text)), blocks[0].why, f"b{blocks[0].first}")


Maker = Callable[[Weaver, Sequence[Block], Container, int], "BlockNode | model.Argument | model.Epigraph"]

CONTAINERS: dict[str, Maker] = {
    "note": note,
    "quotation": quotation,
    "argument": argument,
    "epigraph": epigraph,
    "bibliography": bibliography,
    "list": item_list,
    "contents": contents_list,
    "figures": contents_list,
    "index": index_list,
    "chronicle": chronicle_list,
    "cast": cast_list,
    "speech": speech,
}
