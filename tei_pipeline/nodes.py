"""Blocks become nodes: each kind its own, containers around what they enclose, what interrupts a paragraph inside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from tei_pipeline import model
from tei_pipeline.blocks import Block, Container
from tei_pipeline.inline.book import Book
from tei_pipeline.inline.cited import cited
from tei_pipeline.inline.flow import Flow, Mark, Piece, content, flow_of, part
from tei_pipeline.inline.marks import Anchor, Context, marks
from tei_pipeline.inline.pages import mark_pages
from tei_pipeline.layout import Layout
from tei_pipeline.model import BlockNode, Content, Inline
from tei_pipeline.rows import Row
from tei_pipeline.rules.speakers import OWN_LINE, match_label
from tei_pipeline.rules.verse import LINE_NUMBER
from tei_pipeline.source import Source, Span

_CELLS = re.compile(r"\s{2,}|\t+")
_CAPTION = re.compile(r"^\W*\w+\.?(?:\s*\d+\.?)?\s*[:.—]\s*\S")
_AT_THE_TOP = frozenset(("argument", "epigraph"))  # TEI: before the text of a division only (model.divTop)


@dataclass(slots=True)
class Weaver:
    """What the making of nodes needs to know, and what it collects: the people who speak."""

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

    # ---------------------------------------------------------------- running text

    def pieces(self, rows: Sequence[Row]) -> list[Piece]:
        """The rows as pieces of a flow, with the source offset of each."""
        found = []
        for row in rows:
            line = self.source.lines[row.line]
            raw = line.text
            lead = 0 if raw[:1] == row.text[:1] else len(raw) - len(raw.lstrip())
            found.append(Piece(row.text, line.start + lead))
        return found

    def flow(self, rows: Sequence[Row], between: Sequence[Sequence[Inline] | Sequence[Row]] = (), line_breaks: bool = False) -> Flow:
        """The rows, then alternately what interrupts them and more rows, as one flow."""
        pieces: list[Piece | Inline] = [*self.pieces(rows)]
        for k, more in enumerate(between):
            if k % 2:
                pieces.extend(self.pieces(more))  # type: ignore[arg-type]
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
            return [*mark_pages(flow), *self._marks(flow, kind, start)]
        return self._marks(flow, kind, start)

    def _marks(self, flow: Flow, kind: str, start: int) -> list[Mark]:
        drama = kind == "speech" and (self.layout.drama if self.book is None else self.book.play)
        return marks(flow, Context(self.layout, self.anchors, self.starts, kind, drama, self.book, self.noted > 0, start, self.year))

    def content(self, flow: Flow, kind: str = "paragraph") -> Content:
        """A flow as nodes."""
        return content(flow, self.marks(flow, kind))

    # ---------------------------------------------------------------- blocks

    def nodes(self, blocks: Sequence[Block], depth: int = 0) -> list[BlockNode]:
        """The nodes of some blocks that share their first ``depth`` containers."""
        found: list[BlockNode] = []
        last = _lasts(blocks, depth)
        at = 0
        while at < len(blocks):
            block = blocks[at]
            if block.kind == "furniture":
                end = furniture_end(blocks, at)
                found.extend(self.page_break(blocks[at:end]))
                at = end
                continue
            if block.kind == "stanza-number" and len(block.within) <= depth and (verse := self._numbered_stanza(blocks, at)):
                end = self._leaf_end(blocks, verse, depth)
                number = self.flow(block.rows)
                label = model.Label(self.content(number, "verse"), number.span(0, len(number.text)))
                stanza = self.stanza(blocks[verse:end], depth, label)
                between = tuple(self.nodes(blocks[at + 1 : verse], depth))
                found.append(replace(stanza, lines=(*between, *stanza.lines)))  # type: ignore[arg-type]
                at = end
                continue
            if depth and _is_foot(block) and block.within[0] not in self.inside:
                end = next((i for i in range(at, len(blocks)) if blocks[i].within[:1] != block.within[:1]), len(blocks))
                found.extend(self.nodes(blocks[at:end]))
            elif len(block.within) > depth:
                container = block.within[depth]
                end = self._container_end(blocks, at, depth, last[container])
                if container.kind in _AT_THE_TOP:
                    found.extend(self.nodes([_bare(b, depth) if container in b.within else b for b in blocks[at:end]], depth))
                else:
                    found.extend(self.container(blocks[at:end], container, depth))
            else:
                end = self._leaf_end(blocks, at, depth)
                found.extend(self.leaf(blocks[at:end], depth))
            at = end
        return found

    def _numbered_stanza(self, blocks: Sequence[Block], at: int) -> int:
        """The place of the verse that a number stands over, furniture between them aside; 0 when there is none."""
        for i in range(at + 1, len(blocks)):
            if blocks[i].kind == "verse" and blocks[i].within == blocks[at].within:
                return i
            if blocks[i].kind != "furniture":
                return 0
        return 0

    def _container_end(self, blocks: Sequence[Block], at: int, depth: int, last: int) -> int:
        container = blocks[at].within[depth]
        end = at + 1
        probe = end
        while probe <= last:
            block = blocks[probe]
            if len(block.within) > depth and block.within[depth] == container:
                end = probe + 1
            elif not _interrupts(block, blocks[at], depth):
                break
            probe += 1
        return end

    def _leaf_end(self, blocks: Sequence[Block], at: int, depth: int) -> int:
        end = at + 1
        probe = end
        while probe < len(blocks):
            block = blocks[probe]
            if block.joins and block.kind == blocks[at].kind and block.within == blocks[at].within:
                end = probe + 1
            elif not _interrupts(block, blocks[at], depth):
                break
            probe += 1
        return end

    def page_break(self, blocks: Sequence[Block]) -> list[model.PageBreak | model.Furniture]:
        """Furniture between two pages: what stands at the foot, the break, what stands at the top."""
        foot: list[model.PageBreak | model.Furniture] = []
        top: list[model.PageBreak | model.Furniture] = []
        n: str | None = None
        turned = 0
        for block in blocks:
            kind = block.facts.type
            if kind == "break":
                turned += 1
                continue
            flow = self.flow(block.rows)
            text: Content = (model.Text(flow.text, flow.span(0, len(flow.text))),)
            if kind in ("header", "mark"):
                n = block.facts.n or n
                top.append(model.Furniture("pageNum" if kind == "mark" else "header", text, flow.span(0, len(flow.text)), block.why))
            elif not top and not turned:
                foot.append(model.Furniture("pageNum" if kind == "pageNum" else "footer", text, flow.span(0, len(flow.text)), block.why))
            else:
                top.append(model.Furniture("pageNum", text, flow.span(0, len(flow.text)), block.why))
        blank = [model.PageBreak()] * (turned - 1)
        return [*foot, *blank, model.PageBreak(n), *top]

    def _interruptions(self, blocks: Sequence[Block], depth: int) -> list[Inline]:
        return list(self.nodes(blocks, depth))  # type: ignore[arg-type]

    def _joined(self, blocks: Sequence[Block], depth: int, line_breaks: bool = False) -> Flow:
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

    def leaf(self, blocks: Sequence[Block], depth: int) -> list[BlockNode]:
        """A block that encloses nothing, with its continuations."""
        block = blocks[0]
        kind = block.kind
        if kind == "verse":
            return [self.stanza(blocks, depth)]
        if kind in ("table", "preformatted"):
            return [self.table(blocks, depth)]
        if kind == "castitem":
            return [self._paragraph(blocks, depth)]
        flow = self._joined(blocks, depth, kind in ("heading",))
        spans = flow.span(0, len(flow.text))
        why = block.why
        key = f"b{block.first}"
        if kind == "ornament":
            return [model.Anonymous("ornament", (model.Text(flow.text, spans),), spans, why, key)]
        if kind == "residue":
            return [model.Anonymous("residue", (model.Surplus((model.Text(flow.text, spans),), "conversion", spans),), spans, why, key)]
        if kind == "illustration":
            return [self.figure(flow, block)]
        if kind == "stage":
            return [model.Stage(self.content(flow), None, spans, why, key)]
        if kind == "imprint":
            inner = model.Bibl(self.content(flow), None, None, spans, why)
            return [model.Note(f"n{block.first}", None, "inline", (inner,), None, (), "source", spans, why)]
        words = self.content(flow, "speech" if _speech(block) else "paragraph")
        if len(words) == 1 and isinstance(words[0], model.Reaction):
            return [words[0]]
        return [model.Paragraph(words, spans, why, key)]

    def _paragraph(self, blocks: Sequence[Block], depth: int) -> model.Paragraph:
        flow = self._joined(blocks, depth)
        return model.Paragraph(self.content(flow), flow.span(0, len(flow.text)), blocks[0].why, f"b{blocks[0].first}")

    def figure(self, flow: Flow, block: Block) -> model.Figure:
        """A marker of an illustration."""
        spans = flow.span(0, len(flow.text))
        words = (model.Text(flow.text, spans),)
        if _CAPTION.match(flow.text):
            return model.Figure(model.Heading(words, "main", spans), (), spans, block.why, f"b{block.first}")
        return model.Figure(None, words, spans, block.why, f"b{block.first}")

    def stanza(self, blocks: Sequence[Block], depth: int, label: model.Label | None = None) -> model.Stanza:
        """Verses, a line of the source each; turned-over ends go with their verse."""
        lines: list[model.VerseLine | model.PageBreak | model.Furniture | model.Note | model.Milestone] = []
        rows = [row for b in blocks if b.kind == "verse" for row in b.rows]
        least = _least(blocks)
        held: list[Block] = []
        speech = _speech(blocks[0])
        for block in blocks:
            if block.kind != "verse":
                held.append(block)
                continue
            if held:
                lines.extend(self.nodes(held, depth))  # type: ignore[arg-type]
                held = []
            lines.extend(self._verse(verse, least, speech) for verse in _verses(block.rows, least))
        if label is None and blocks[0].facts.label and isinstance(lines[0], model.VerseLine):
            label, lines[0] = self._first_verse(blocks[0], lines[0], least)
        whole = self.pieces(rows)
        spans = (Span(whole[0].offset, whole[-1].offset + len(whole[-1].text)),)
        return model.Stanza(tuple(lines), "stanza", None, label, spans, blocks[0].why, f"b{blocks[0].first}")

    def _first_verse(self, block: Block, line: model.VerseLine, least: int) -> tuple[model.Label, model.VerseLine]:
        """The number before the first verse of a stanza taken off it."""
        flow = self.flow(next(_verses(block.rows, least)))
        cut = block.facts.label
        label = model.Label(part(flow, (), 0, cut), flow.span(0, cut))
        words = part(flow, [m for m in self.marks(flow, "verse") if m.start >= cut], cut, len(flow.text))
        return label, replace(line, content=words)

    def _verse(self, rows: Sequence[Row], least: int, speech: bool) -> model.VerseLine:
        flow = self.flow(rows)
        number = LINE_NUMBER.search(rows[-1].text)
        found = self.marks(flow, "speech" if speech else "verse")
        spans = flow.span(0, len(flow.text))
        if number is None:
            return model.VerseLine(content(flow, found), rows[0].indent - least, None, None, spans)
        cut = len(flow.text) - len(number[1])
        words = part(flow, found, 0, cut)
        figure = model.Furniture("lineNum", part(flow, (), cut, len(flow.text)), flow.span(cut, len(flow.text)))
        return model.VerseLine((*words, figure), rows[0].indent - least, None, number[1], spans)

    def table(self, blocks: Sequence[Block], depth: int) -> BlockNode:
        """Rows and cells when every line has the same columns, else the lines as they stand."""
        block = blocks[0]
        if len(blocks) == 1:
            cells = [[(m.start(), m.end()) for m in re.finditer(r"\S+(?:\s\S+)*", row.text)] for row in block.rows]
            counts = {len(c) for c in cells}
            if len(counts) == 1 and counts.pop() >= 2 and "|" not in block.rows[0].text:
                rows = []
                for row, places in zip(block.rows, cells, strict=True):
                    offset = self.pieces([row])[0].offset
                    rows.append(tuple((model.Text(row.text[a:b], (Span(offset + a, offset + b),)),) for a, b in places))
                whole = self.pieces(block.rows)
                spans = (Span(whole[0].offset, whole[-1].offset + len(whole[-1].text)),)
                return model.Table(tuple(rows), None, spans, block.why, f"b{block.first}")
        flow = self._joined(blocks, depth, True)
        return model.Anonymous("preformatted", content(flow, ()), flow.span(0, len(flow.text)), block.why, f"b{block.first}")

    # ---------------------------------------------------------------- containers

    def container(self, blocks: Sequence[Block], container: Container, depth: int) -> list[BlockNode]:
        """What encloses blocks."""
        make = getattr(self, f"_{container.kind}", None)
        if make is None:
            return self.nodes([_bare(b, depth) for b in blocks], depth)
        self.inside.append(container)
        made = make(blocks, container, depth)
        self.inside.pop()
        return [made]

    def _spans(self, blocks: Sequence[Block]) -> tuple[Span, ...]:
        first, last = self.pieces(blocks[0].rows)[0], self.pieces(blocks[-1].rows)[-1]
        return (Span(first.offset, last.offset + len(last.text)),)

    def _inner(self, blocks: Sequence[Block], depth: int) -> tuple[BlockNode, ...]:
        return tuple(self.nodes(blocks, depth + 1))

    def _labelled(self, blocks: Sequence[Block], label: int, depth: int) -> tuple[model.Label | None, list[BlockNode]]:
        """The label at the front of the first block, and the nodes of the rest."""
        if not label or blocks[0].kind == "verse":
            return None, self.nodes(blocks, depth + 1)
        end = self._leaf_end(blocks, 0, depth + 1)
        flow = self._joined(blocks[:end], depth + 1)
        cut = min(label, len(flow.text))
        found = self.marks(flow, start=cut)
        head = model.Label(part(flow, found, 0, cut), flow.span(0, cut))
        rest = part(flow, [m for m in found if m.start >= cut], cut, len(flow.text)) if cut < len(flow.text) else ()
        spans = flow.span(0, len(flow.text))
        paragraph = model.Paragraph(rest, spans, blocks[0].why, f"b{blocks[0].first}")
        return head, [paragraph, *self.nodes(blocks[end:], depth + 1)]

    def _note(self, blocks: Sequence[Block], container: Container, depth: int) -> model.Note:
        self.noted += 1
        label, inner = self._labelled(blocks, container.label, depth)
        self.noted -= 1
        key = f"n{container.key}"
        place = _PLACES.get(container.place, "end")
        return model.Note(
            key,
            container.n or None,
            place,
            tuple(inner),
            label,
            self.notes.get(container.key, ()),
            None,
            self._spans(blocks),
            blocks[0].decisions[0],
        )

    def _quotation(self, blocks: Sequence[Block], container: Container, depth: int) -> BlockNode:
        if any(b.kind in ("salute", "signed") for b in blocks):
            return self.letter(blocks, depth + 1)
        quotation = model.Quotation(self._inner(blocks, depth), None, self._spans(blocks), blocks[0].decisions[0], f"q{container.key}")
        return cited(quotation)

    def _argument(self, blocks: Sequence[Block], container: Container, depth: int) -> model.Argument:
        return model.Argument(self._inner(blocks, depth), self._spans(blocks), blocks[0].why, f"a{container.key}")

    def _epigraph(self, blocks: Sequence[Block], container: Container, depth: int) -> model.Epigraph:
        spans = self._spans(blocks)
        if blocks[-1].kind != "attribution" or len(blocks) < 2:
            return model.Epigraph(self._inner(blocks, depth), spans, blocks[0].why, f"e{container.key}")
        quoted = model.Quotation(self._inner(blocks[:-1], depth), None, self._spans(blocks[:-1]), blocks[0].why, f"q{container.key}")
        flow = self.flow(blocks[-1].rows)
        source = model.Bibl(self.content(flow), None, None, flow.span(0, len(flow.text)), blocks[-1].why)
        cited = model.Cited((quoted, source), f"cit{container.key}", spans, blocks[0].why)
        return model.Epigraph((cited,), spans, blocks[0].why, f"e{container.key}")

    def letter(self, blocks: Sequence[Block], depth: int) -> model.FloatingText:
        """A letter or document inside the text: opener, blocks, closer."""
        top, body, bottom = self.ends(list(blocks), depth)
        return model.FloatingText(
            "letter", top, tuple(self.nodes(body, depth)), bottom, self._spans(blocks), blocks[0].why, f"f{blocks[0].first}"
        )

    def ends(self, blocks: list[Block], depth: int) -> tuple[tuple[model.TopNode, ...], list[Block], tuple[model.BottomNode, ...]]:
        """The opener at the beginning of some blocks and the closer at their end taken off."""
        start = 0
        while start < len(blocks) and blocks[start].kind in ("dateline", "salute") and len(blocks[start].within) <= depth:
            start += 1
        end = len(blocks)
        while (
            end > start
            and blocks[end - 1].kind in ("dateline", "salute", "signed", "postscript", "imprint", "furniture")
            and len(blocks[end - 1].within) <= depth
        ):
            end -= 1
        if not any(b.kind in ("signed", "postscript") for b in blocks[end:]):
            end = len(blocks)
        top: tuple[model.TopNode, ...] = (model.Opener(tuple(self.part(b, depth) for b in blocks[:start])),) if start else ()
        return top, blocks[start:end], tuple(self.bottom(blocks[end:], depth))

    def bottom(self, blocks: Sequence[Block], depth: int) -> list[model.BottomNode]:
        """What closes a division: signature and date together in a closer, postscripts and trailers each on its own."""
        found: list[model.BottomNode] = []
        held: list[model.Part] = []
        signed = False

        def close() -> None:
            nonlocal held, signed
            if held:
                found.append(model.Closer(tuple(held), held[0].spans, held[0].why, f"c{len(found)}{held[0].key}"))
            held, signed = [], False

        for block in blocks:
            if block.kind in ("signed", "dateline", "salute"):
                held.append(self.part(block, depth))
                signed = True
                continue
            close()
            if block.kind == "postscript":
                found.append(
                    model.Postscript((self._paragraph([block], depth),), None, self._spans([block]), block.why, f"ps{block.first}")
                )
            elif block.kind == "trailer":
                found.append(self.part(block, depth))
            elif block.kind == "editorial":
                found.append(self._remark(block))
            elif block.kind == "ornament":
                flow = self.flow(block.rows)
                found.append(model.Metamark("ornament", flow.text, flow.span(0, len(flow.text))))
            else:
                found.extend(self.nodes([block], depth))  # type: ignore[arg-type]
        close()
        return found

    def _remark(self, block: Block) -> model.Note:
        """An editor's remark after the close of a letter: no paragraph may stand there."""
        flow = self.flow(block.rows)
        spans = flow.span(0, len(flow.text))
        return model.Note(
            f"n{block.first}", None, "inline", (model.Paragraph(self.content(flow), spans, block.why),), None, (), None, spans, block.why
        )

    def part(self, block: Block, depth: int) -> model.Part:
        """A line of its own at the beginning or end of a division."""
        flow = self.flow(block.rows)
        spans = flow.span(0, len(flow.text))
        if block.facts.type == "entry" and self.book is not None:
            self.year = self.book.year_before(block.first)
        words = self.content(flow)
        self.year = None
        kind = block.kind if block.kind in ("byline", "dateline", "salute", "signed", "trailer") else "byline"
        return model.Part(kind, words, spans, block.why, f"b{block.first}")  # type: ignore[arg-type]

    def _list(self, blocks: Sequence[Block], container: Container, depth: int) -> model.ItemList:
        return self._items(blocks, container, depth, None)

    def _contents(self, blocks: Sequence[Block], container: Container, depth: int) -> model.ItemList:
        return self._items(blocks, container, depth, "contents")

    def _index(self, blocks: Sequence[Block], container: Container, depth: int) -> model.ItemList:
        return self._items(blocks, container, depth, "index")

    def _chronicle(self, blocks: Sequence[Block], container: Container, depth: int) -> model.ItemList:
        self.year = self.book.year_before(blocks[0].first) if self.book is not None else None
        made = self._items(blocks, container, depth, "chronicle")
        self.year = None
        return made

    def _items(self, blocks: Sequence[Block], container: Container, depth: int, type_: str | None) -> model.ItemList:
        items: list[model.Item | model.PageBreak | model.Furniture | model.Note | model.Milestone] = []
        last = _lasts(blocks, depth + 1)
        at = 0
        while at < len(blocks):
            block = blocks[at]
            if len(block.within) <= depth + 1:
                end = next((i for i in range(at, len(blocks)) if len(blocks[i].within) > depth + 1), len(blocks))
                items.extend(self.nodes(blocks[at:end], depth + 1))  # type: ignore[arg-type]
                at = end
                continue
            end = self._container_end(blocks, at, depth + 1, last[block.within[depth + 1]])
            items.append(self._item(blocks[at:end], block.within[depth + 1], depth + 1))
            at = end
        return model.ItemList(tuple(items), type_, None, self._spans(blocks), blocks[0].decisions[0], f"l{container.key}")

    def _item(self, blocks: Sequence[Block], container: Container, depth: int) -> model.Item:
        label, inner = self._labelled(blocks, container.label, depth)
        spans = self._spans(blocks)
        key = f"i{container.key}"
        if len(inner) == 1 and isinstance(inner[0], model.Paragraph):
            words = inner[0].content
            if container.key in self.targets:
                words = (model.Link(words, self.targets[container.key], spans),)
            return model.Item(label, words, (), spans, blocks[0].why, key)
        return model.Item(label, (), tuple(inner), spans, blocks[0].why, key)

    def _cast(self, blocks: Sequence[Block], container: Container, depth: int) -> model.CastList:
        items: list[model.CastItem | model.PageBreak | model.Furniture] = []
        for at, block in enumerate(blocks):
            if block.kind == "furniture":
                if at == 0 or blocks[at - 1].kind != "furniture":
                    items.extend(self.page_break(blocks[at : furniture_end(blocks, at)]))
                continue
            flow = self.flow(block.rows)
            cut = re.search(r"[,(\[—]|\.\s*$|\.(?=\s+[a-z(])|\s-", flow.text)
            end = cut.start() if cut and cut.start() else len(flow.text)
            found = self.marks(flow)
            role = part(flow, found, 0, end)
            rest = part(flow, found, end, len(flow.text)) if end < len(flow.text) else ()
            items.append(model.CastItem(role, rest, None, flow.span(0, len(flow.text))))
        return model.CastList(tuple(items), None, self._spans(blocks), blocks[0].decisions[0], f"k{container.key}")

    def _speech(self, blocks: Sequence[Block], container: Container, depth: int) -> model.Speech:
        block = blocks[0]
        who = self._person(container.n)
        end = self._leaf_end(blocks, 0, depth + 1)
        verse = next(_verses(block.rows, _least(blocks[:end]))) if block.kind == "verse" else ()
        flow = self.flow(verse) if verse else self._joined(blocks[:end], depth + 1)
        found = self.marks(flow, "speech")
        m = match_label(flow.text, self.layout.language)
        cut = int(container.place or 0) if m is None else m.end("name")
        label = container.label if m is None else m.end()
        label = min(label, len(flow.text))
        if block.kind == "speaker":
            label = len(flow.text)
            m = OWN_LINE.match(flow.text)
            cut = m.end("name") if m is not None else cut
        direction = m["direction"].strip(" ,") if m is not None else ""
        directions: list[model.Stage | model.Text] = []
        if direction:
            start = flow.text.index(direction, cut)
            stop = start + len(direction)
            speaker = part(flow, (), 0, start)
            directions.append(model.Stage(part(flow, (), start, stop), None, flow.span(start, stop)))
            if label > stop:
                directions.append(model.Text(flow.text[stop:label], flow.span(stop, label)))
        else:
            speaker = part(flow, (), 0, label)
        rest: list[BlockNode] = []
        if block.kind == "verse":
            stanza = self.stanza(blocks[:end], depth + 1)
            first = stanza.lines[0]
            assert isinstance(first, model.VerseLine)
            cut_line = replace(first, content=part(flow, [x for x in found if x.start >= label], label, len(flow.text)), indent=0)
            rest.append(replace(stanza, lines=(cut_line, *stanza.lines[1:])))
        elif label < len(flow.text):
            words = part(flow, [x for x in found if x.start >= label], label, len(flow.text))
            rest.append(model.Paragraph(words, flow.span(label, len(flow.text)), block.why, f"b{block.first}"))
        rest.extend(self.nodes(blocks[end:], depth + 1))
        return model.Speech(speaker, tuple(rest), who, tuple(directions), self._spans(blocks), block.decisions[0], f"s{container.key}")

    def _person(self, name: str) -> tuple[str, ...]:
        key = "person-" + re.sub(r"\W+", "-", name).strip("-")
        if not name:
            return ()
        known = self.layout.language.speakers.get(name)
        kind = known if known in ("role", "group") else "person"
        self.persons.setdefault(key, model.Person(key, name.title() if kind == "person" else name, kind))
        return (key,)


def _least(blocks: Sequence[Block]) -> int:
    """The smallest indent of verses; the first of a speech stands after the speaker's name."""
    rows = [row for block in blocks if block.kind == "verse" for row in block.rows]
    return min(row.indent for row in (rows[1:] if _speech(blocks[0]) and len(rows) > 1 else rows))


def _verses(rows: Sequence[Row], least: int) -> Iterator[list[Row]]:
    """The rows of each verse: its own, and those of its turned-over end."""
    run = [rows[0]]
    for row in rows[1:]:
        if row.indent >= least + 4 and row.starts_lower and not run[-1].ends_sentence:
            run.append(row)
        else:
            yield run
            run = [row]
    yield run


_PLACES: dict[str, Literal["end", "bottom", "margin", "inline"]] = {"bottom": "bottom", "margin": "margin", "inline": "inline"}


def _speech(block: Block) -> bool:
    return any(c.kind == "speech" for c in block.within)


def furniture_end(blocks: Sequence[Block], at: int) -> int:
    """Past the furniture that begins at a block: what stands between two pages belongs together."""
    return next((end for end in range(at, len(blocks)) if blocks[end].kind != "furniture"), len(blocks))


def _interrupts(block: Block, host: Block, depth: int) -> bool:
    """Whether a block stands between two parts of what ``host`` begins at a depth: a page, a picture, a note that is not its own."""
    if block.kind == "furniture" or block.kind == "illustration":
        return True
    inside = block.within[depth] if len(block.within) > depth else None
    if _is_foot(block) and block.within[:1] != host.within[:1]:
        return True
    return inside is not None and inside.kind == "note" and inside.place in ("bottom", "inline")


def _is_foot(block: Block) -> bool:
    return bool(block.within) and block.within[0].kind == "note" and block.within[0].place == "bottom"


def _lasts(blocks: Sequence[Block], depth: int) -> dict[Container, int]:
    """The place of the last block in each container at a depth."""
    return {block.within[depth]: i for i, block in enumerate(blocks) if len(block.within) > depth}


def _bare(block: Block, depth: int) -> Block:
    return replace(block, within=block.within[:depth] + block.within[depth + 1 :])


Nodes = Callable[[Sequence[Block]], list[BlockNode]]
