"""Stanzas and verses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec.structs import replace

from tei_pipeline import model
from tei_pipeline.blocks import Block
from tei_pipeline.inline.flow import Flow, Mark, content, part
from tei_pipeline.measuring.verse.lineation import LEFT_NUMBER, LINE_NUMBER, begin_small, is_turned_over
from tei_pipeline.nodes.extent import in_speech
from tei_pipeline.rows import Row
from tei_pipeline.source import Span

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout
    from tei_pipeline.nodes.weaver import Weaver


def verse_below(blocks: Sequence[Block], at: int) -> int:
    """The place of the verse that a number stands over, furniture between them aside; 0 when there is none."""
    for i in range(at + 1, len(blocks)):
        if blocks[i].kind == "verse" and blocks[i].within == blocks[at].within:
            return i
        if blocks[i].kind != "furniture":
            return 0
    return 0


def stanza(weaver: Weaver, blocks: Sequence[Block], depth: int, label: model.Label | None = None) -> model.Stanza:
    """Verses, a line of the source each; turned-over ends go with their verse."""
    lines: list[Line] = []
    rows = [row for b in blocks if b.kind == "verse" for row in b.rows]
    least = least_indent(blocks)
    held: list[Block] = []
    speech = in_speech(blocks[0])
    for block in blocks:
        if block.kind != "verse":
            held.append(block)
            continue
        if held:
            lines.extend(weaver.nodes(held, depth))  # type: ignore[arg-type]
            held = []
        lines.extend(_verse(weaver, verse, least, speech) for verse in verses(block.rows, least, weaver.layout))
    if label is None and blocks[0].facts.label and isinstance(lines[0], model.VerseLine):
        label, lines[0] = _first_verse(weaver, blocks[0], lines[0], least)
    _share(lines, blocks)
    whole = weaver.pieces(rows)
    spans = (Span(whole[0].offset, whole[-1].offset + len(whole[-1].text)),)
    return model.Stanza(tuple(lines), "stanza", None, label, spans, blocks[0].why, f"b{blocks[0].first}")


Line: TypeAlias = "model.VerseLine | model.PageBreak | model.Furniture | model.Note | model.Milestone"


def _share(lines: list[Line], blocks: Sequence[Block]) -> None:
    """Mark the first or last verse as one that another speaker begins or finishes; ``facts.type`` says which."""
    verses = [k for k, line in enumerate(lines) if isinstance(line, model.VerseLine)]
    shown = next(b.facts.type for b in blocks if b.kind == "verse"), [b.facts.type for b in blocks if b.kind == "verse"][-1]
    finishes, begins = shown[0][:1] == "F", shown[1][1:] == "I"
    if finishes and begins and len(verses) == 1:
        lines[verses[0]] = _with_part(lines[verses[0]], "M")
        return
    if finishes:
        lines[verses[0]] = _with_part(lines[verses[0]], "F")
    if begins:
        lines[verses[-1]] = _with_part(lines[verses[-1]], "I")


def _with_part(line: Line, part: Literal["I", "M", "F"]) -> Line:
    return replace(line, part=part) if isinstance(line, model.VerseLine) else line


def _first_verse(weaver: Weaver, block: Block, line: model.VerseLine, least: int) -> tuple[model.Label, model.VerseLine]:
    """The number before the first verse of a stanza taken off it."""
    flow = weaver.flow(next(verses(block.rows, least, weaver.layout)))
    cut = block.facts.label
    label = model.Label(part(flow, (), 0, cut), flow.span(0, cut))
    return label, replace(line, content=words_and_number(flow, weaver.marks(flow, "verse"), cut, block.rows[0]))


def words_and_number(flow: Flow, found: Sequence[Mark], start: int, row: Row) -> model.Content:
    """What a verse says from ``start`` on, and its number in the right margin, which is furniture; ``row`` is its last line."""
    number = LINE_NUMBER.search(row.text)
    end = len(flow.text) - (len(number[1]) if number is not None else 0)
    words = part(flow, [m for m in found if m.start >= start], start, end)
    if number is None:
        return words
    return (*words, model.Furniture("lineNum", part(flow, (), end, len(flow.text)), flow.span(end, len(flow.text))))


def _verse(weaver: Weaver, rows: Sequence[Row], least: int, speech: bool) -> model.VerseLine:
    flow = weaver.flow(rows)
    number = LINE_NUMBER.search(rows[-1].text)
    found = weaver.marks(flow, "speech" if speech else "verse")
    spans = flow.span(0, len(flow.text))
    left = LEFT_NUMBER.match(rows[0].text)
    if number is None and left is not None and left[1] == flow.text[: left.end(1)]:
        cut = left.end(1)
        figure = model.Furniture("lineNum", part(flow, (), 0, cut), flow.span(0, cut))
        words = part(flow, [m for m in found if m.start >= cut], cut, len(flow.text))
        return model.VerseLine((figure, *words), rows[0].indent - least, None, left[1], spans)
    if number is None:
        return model.VerseLine(content(flow, found), rows[0].indent - least, None, None, spans)
    said = words_and_number(flow, found, 0, rows[-1])
    return model.VerseLine(said, rows[0].indent - least, None, number[1].strip("°*_[]"), spans)


def least_indent(blocks: Sequence[Block]) -> int:
    """The smallest indent of verses; the first of a speech stands after the speaker's name."""
    every = [row for block in blocks if block.kind == "verse" for row in block.rows]
    rows = [row for row in every if row.text not in CLOSING_BRACKETS] or every
    return min(row.indent for row in (rows[1:] if in_speech(blocks[0]) and len(rows) > 1 else rows))


CLOSING_BRACKETS = frozenset("])}")  # alone below the verses of a note: no verse of their own


def verses(rows: Sequence[Row], least: int, layout: Layout) -> Iterator[list[Row]]:
    """The rows of each verse: its own, those of its turned-over end, and the bracket that closes the note below the last."""
    small = begin_small(rows, least)
    run = [rows[0]]
    for row in rows[1:]:
        if row.text in CLOSING_BRACKETS or (not small and is_turned_over(run[-1], row, least, layout.turn_over, layout.measure)):
            run.append(row)
        else:
            yield run
            run = [row]
    yield run


def numbered_stanza(weaver: Weaver, blocks: Sequence[Block], verse: int, depth: int) -> model.Stanza:
    """A number on a line of its own and the stanza below it, which begins at block ``verse``."""
    number = weaver.flow(blocks[0].rows)
    label = model.Label(weaver.content(number, "verse"), number.span(0, len(number.text)))
    below = stanza(weaver, blocks[verse:], depth, label)
    between = tuple(weaver.nodes(blocks[1:verse], depth))
    return replace(below, lines=(*between, *below.lines))


def titled_stanza(weaver: Weaver, blocks: Sequence[Block], verse: int, depth: int) -> model.Stanza:
    """The title of what is quoted and the stanza below it, which begins at block ``verse``."""
    title = weaver.flow(blocks[0].rows)
    spans = title.span(0, len(title.text))
    head = model.Heading(weaver.content(title, "verse"), "main", spans, blocks[0].why, f"b{blocks[0].first}")
    below = stanza(weaver, blocks[verse:], depth)
    between = tuple(weaver.nodes(blocks[1:verse], depth))
    return replace(below, head=head, lines=(*between, *below.lines))
