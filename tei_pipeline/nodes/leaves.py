"""Blocks that enclose nothing: paragraphs, figures, tables, ornaments, residue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tei_pipeline import model
from tei_pipeline.blocks import Block
from tei_pipeline.decisions import Decision
from tei_pipeline.inline.flow import Flow, content, part
from tei_pipeline.model import BlockNode
from tei_pipeline.nodes.extent import in_speech
from tei_pipeline.nodes.pages import ornaments
from tei_pipeline.nodes.verse import stanza
from tei_pipeline.rules.lists.tables import CELL
from tei_pipeline.seldom import seldom
from tei_pipeline.source import Span

if TYPE_CHECKING:
    from tei_pipeline.nodes.weaver import Weaver


_CAPTION = seldom(r"^\W*\w+\.?(?:(?:(?<=\.)\s*|\s+)\d+\.?)?\s*[:.—]\s*\S")


def leaf(weaver: Weaver, blocks: Sequence[Block], depth: int) -> list[BlockNode]:
    """A block that encloses nothing, with its continuations."""
    block = blocks[0]
    kind = block.kind
    if kind == "verse":
        return [stanza(weaver, blocks, depth)]
    if kind in ("table", "preformatted"):
        return [_table(weaver, blocks, depth)]
    if kind == "castitem":
        return [weaver.paragraph(blocks, depth)]
    flow = weaver.joined(blocks, depth, kind in ("heading",))
    spans = flow.span(0, len(flow.text))
    why = block.why
    key = f"b{block.first}"
    if kind == "ornament":
        row, page = ornaments(weaver, block)
        return [model.Anonymous("ornament", (row, *page), spans, why, key)]
    if kind == "residue":
        return [model.Anonymous("residue", (model.Surplus((model.Text(flow.text, spans),), "conversion", spans),), spans, why, key)]
    if kind == "illustration":
        return [figure(flow, block)]
    if kind == "stage":
        return [model.Stage(weaver.content(flow), None, spans, why, key)]
    if kind == "imprint":
        inner = model.Bibl(weaver.content(flow, "imprint"), None, None, spans, why)
        return [model.Note(f"n{block.first}", None, "inline", (inner,), None, (), "source", spans, why)]
    if weaver.cuts and (cuts := _cuts(weaver, flow)):
        return _parted(weaver, flow, cuts, block)
    words = weaver.content(flow, "speech" if in_speech(block) else "paragraph")
    if len(words) == 1 and isinstance(words[0], model.Reaction):
        return [words[0]]
    return [model.Paragraph(words, spans, why, key)]


def _cuts(weaver: Weaver, flow: Flow) -> list[tuple[int, Decision]]:
    """The places inside a flow at which the editor lets a new paragraph begin."""
    first, last = flow.reach()
    found = ((flow.place(offset), why) for offset, why in weaver.cuts.items() if first < offset < last)
    return [(place, why) for place, why in found if place]


def _parted(weaver: Weaver, flow: Flow, cuts: Sequence[tuple[int, Decision]], block: Block) -> list[BlockNode]:
    """Several paragraphs of one flow; a mark that runs over a cut is left out."""
    marked = weaver.marks(flow, "speech" if in_speech(block) else "paragraph")
    begins = [(0, block.why), *cuts]
    ends = [*(place for place, _ in cuts), len(flow.text)]
    return [
        model.Paragraph(part(flow, marked, start, end), flow.span(start, end), why, f"b{block.first}{f'-{start}' if start else ''}")
        for (start, why), end in zip(begins, ends, strict=True)
    ]


def figure(flow: Flow, block: Block) -> model.Figure:
    """A marker of an illustration."""
    spans = flow.span(0, len(flow.text))
    words = content(flow, ())
    if _CAPTION.match(flow.text):
        return model.Figure(model.Heading(words, "main", spans), (), spans, block.why, f"b{block.first}")
    return model.Figure(None, words, spans, block.why, f"b{block.first}")


def _table(weaver: Weaver, blocks: Sequence[Block], depth: int) -> BlockNode:
    """Rows and cells when every line has the same columns, else the lines as they stand, with their spaces."""
    block = blocks[0]
    if len(blocks) == 1 and not any(row.line in weaver.layout.margins for row in block.rows):
        cells = [[(m.start(), m.end()) for m in CELL.finditer(row.text)] for row in block.rows]
        counts = {len(c) for c in cells}
        if block.kind == "table" and len(counts) == 1 and counts.pop() >= 2 and "|" not in block.rows[0].text:
            rows = []
            for row, places in zip(block.rows, cells, strict=True):
                offset = weaver.pieces([row])[0].offset
                rows.append(tuple((model.Text(row.text[a:b], (Span(offset + a, offset + b),)),) for a, b in places))
            whole = weaver.pieces(block.rows)
            spans = (Span(whole[0].offset, whole[-1].offset + len(whole[-1].text)),)
            return model.Table(tuple(rows), None, spans, block.why, f"b{block.first}")
        return _lines(weaver, block)
    flow = weaver.joined(blocks, depth, True)
    return model.Anonymous("preformatted", content(flow, ()), flow.span(0, len(flow.text)), block.why, f"b{block.first}")


def _lines(weaver: Weaver, block: Block) -> model.Anonymous:
    """Lines that are kept as they stand, each set in as far as it is beside the one furthest to the left."""
    least = min(row.indent for row in block.rows)
    words: list[model.Inline] = []
    spans: list[Span] = []
    for row, piece in zip(block.rows, weaver.pieces(block.rows), strict=True):
        span = Span(piece.offset, piece.offset + len(piece.text))
        words += [model.LineBreak(), model.Text(" " * (row.indent - least), ()), model.Text(piece.text, (span,))]
        spans.append(span)
    return model.Anonymous("preformatted", tuple(words), (Span(spans[0].start, spans[-1].end),), block.why, f"b{block.first}")
