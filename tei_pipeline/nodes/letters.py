"""Letters and documents inside a text, and what closes a division."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tei_pipeline import model
from tei_pipeline.blocks import Block
from tei_pipeline.inline.flow import part
from tei_pipeline.nodes.extent import container_end, furniture_end, lasts
from tei_pipeline.nodes.pages import ornament_marks
from tei_pipeline.rules.letters.closings import compliment_end
from tei_pipeline.rules.letters.dated import MARKS, is_dateline, is_day
from tei_pipeline.rules.letters.near_dates import GIVEN
from tei_pipeline.rules.letters.salutes import RECEIVER
from tei_pipeline.rules.letters.signers import is_name
from tei_pipeline.rules.shape import is_capitals, is_title_case
from tei_pipeline.settle.divisions.signatories import COMPLIMENT

if TYPE_CHECKING:
    from tei_pipeline.nodes.weaver import Weaver


def letter(weaver: Weaver, blocks: Sequence[Block], depth: int) -> model.FloatingText:
    """A letter or document inside the text: opener, blocks, closer."""
    top, body, bottom = _ends(weaver, list(blocks), depth)
    kind = "letter" if top or not body or any(block.kind != "verse" for block in body) else "poem"
    return model.FloatingText(
        kind, top, tuple(weaver.nodes(body, depth)), bottom, weaver.spans(blocks), blocks[0].why, f"f{blocks[0].first}"
    )


def _ends(weaver: Weaver, blocks: list[Block], depth: int) -> tuple[tuple[model.TopNode, ...], list[Block], tuple[model.BottomNode, ...]]:
    """The opener at the beginning of some blocks and the closer at their end taken off."""
    address = _address(weaver, blocks, depth)
    start = address
    while start < len(blocks) and blocks[start].kind in ("dateline", "salute") and len(blocks[start].within) <= depth:
        start += 1
    end = _past_name(blocks, start, depth)
    while (
        end > start
        and blocks[end - 1].kind in ("dateline", "salute", "signed", "postscript", "imprint", "furniture")
        and len(blocks[end - 1].within) <= depth
    ):
        end -= 1
    if not any(b.kind in ("signed", "postscript") or b.facts == GIVEN for b in blocks[end:]):
        end = len(blocks)
    lines = [line_apart(weaver, b, depth) for b in blocks[:start]]
    lines[:address] = [replace(line, type="salute") for line in lines[:address]]
    top: tuple[model.TopNode, ...] = (model.Opener(tuple(lines)),) if lines else ()
    return top, blocks[start:end], tuple(closing(weaver, blocks[end:], depth))


def _past_name(blocks: Sequence[Block], start: int, depth: int) -> int:
    """Past the name that signs, where a few paragraphs were added below it; else past all."""
    end = len(blocks)
    while end > start and blocks[end - 1].kind == "paragraph" and len(blocks[end - 1].within) <= depth:
        end -= 1
    named = end > start and blocks[end - 1].kind in ("signed", "postscript") and len(blocks[end - 1].within) <= depth
    return end if named and len(blocks) - end <= MOST_ADDED else len(blocks)


MOST_ADDED = 5  # paragraphs below a signature


def _address(weaver: Weaver, blocks: Sequence[Block], depth: int) -> int:
    """How many blocks say to whom a letter is sent, and where he is: a line or two above the words that address him, or above the date."""
    small = weaver.layout.language.lowercase_in_titles
    for n, block in enumerate(blocks[: MOST_OF_ADDRESS + 1]):
        if len(block.within) > depth or n + 2 > len(blocks):
            return 0
        if block.kind in ("salute", "dateline"):
            return n
        if block.kind not in _OF_ADDRESS or len(block.rows) > ADDRESS or not is_title_case(block.text.strip(MARKS), small):
            return 0
    return 0


MOST_OF_ADDRESS = 3  # blocks: name, office, place
_OF_ADDRESS = frozenset(("paragraph", "heading", "subtitle", "byline"))
ADDRESS = 2  # lines


def closing(weaver: Weaver, blocks: Sequence[Block], depth: int) -> list[model.BottomNode]:
    """What closes a division: signature and date together in a closer, postscripts and trailers each on its own."""
    found: list[model.BottomNode] = []
    held: list[model.Part] = []

    def close() -> None:
        nonlocal held
        if held:
            found.append(model.Closer(tuple(held), held[0].spans, held[0].why, f"c{len(found)}{held[0].key}"))
        held = []

    past = 0
    last = lasts(blocks, depth)
    for i, block in enumerate(blocks):
        if i < past:
            continue
        if block.within[depth:] or block.kind == "furniture":  # a note below the signature, over several pages; what parts them
            close()
            past = container_end(blocks, i, depth, last[block.within[depth]]) if block.within[depth:] else furniture_end(blocks, i)
            found.extend(weaver.nodes(blocks[i:past], depth))  # type: ignore[arg-type]
            continue
        if block.kind == "signed":
            named = any(other.kind == "signed" and not other.within[depth:] for other in _beside(blocks, i + 1))
            held.extend(_signature(weaver, block, named, bool(held) and held[-1].type == "salute"))
            continue
        if block.kind == "dateline" and (both := _signed_beside(weaver, block)):
            held.extend(both)
            continue
        late = bool(held) and any(part.type == "signed" for part in held)
        if block.kind == "dateline" or (block.kind == "salute" and not (late and _is_wish(block))):
            held.append(line_apart(weaver, block, depth))
            continue
        if late and block.kind == "paragraph" and len(block.rows) == 1 and is_day(block.text, weaver.layout):
            held.append(line_apart(weaver, replace(block, kind="dateline"), depth))
            continue
        close()
        if block.kind == "paragraph" and len(block.within) <= depth and found and type(found[-1]) is model.Postscript:
            found[-1] = _with_paragraph(found[-1], weaver, block, depth)
        elif block.kind in ("postscript", "salute") or (block.kind == "paragraph" and len(block.within) <= depth):
            found.append(model.Postscript((weaver.paragraph([block], depth),), None, weaver.spans([block]), block.why, f"ps{block.first}"))
        elif block.kind == "trailer":
            found.append(line_apart(weaver, block, depth))
        elif block.kind == "editorial":
            found.append(_remark(weaver, block))
        elif block.kind == "ornament":
            found.extend(ornament_marks(weaver, block))
        else:
            found.extend(weaver.nodes([block], depth))  # type: ignore[arg-type]
    close()
    return found


def _with_paragraph(added: model.Postscript, weaver: Weaver, block: Block, depth: int) -> model.Postscript:
    """A postscript that goes on with a paragraph more."""
    blocks = (*added.blocks, weaver.paragraph([block], depth))
    return replace(added, blocks=blocks, spans=(*added.spans, *weaver.spans([block])))


def _is_wish(block: Block) -> bool:
    """Whether a salute below the name is a whole sentence, and not the name of the receiver: "God bless you all."."""
    return block.rows[-1].ends_sentence and block.facts != RECEIVER


def _beside(blocks: Sequence[Block], at: int) -> Iterator[Block]:
    """The blocks from a place on that stand in one closer with what is before them."""
    return takewhile(lambda block: block.kind in ("signed", "dateline", "salute"), islice(blocks, at, None))


def _signature(weaver: Weaver, block: Block, named: bool, goes_on: bool) -> list[model.Part]:
    """What signs a piece: the compliment a salute of its own, and the name; whether the name follows in a block of its own (``named``),
    and whether a compliment stands before (``goes_on``). What the editor called a signature stays one.
    """
    flow = weaver.flow(block.rows)
    end = 0 if block.why.rule == "editor" else compliment_end(flow.text, weaver.layout.language)
    if block.facts.type == COMPLIMENT and block.why.rule != "editor":
        end = len(flow.text)
    if (
        named
        and block.why.rule != "editor"
        and (end == len(flow.text) or (goes_on and flow.text[-1] == "," and not is_capitals(flow.text)))
    ):
        return [replace(line_apart(weaver, block, 0), type="salute")]
    found = weaver.marks(flow)
    if not 0 < end < len(flow.text) or flow.inserts or any(mark.start < end < mark.end for mark in found):
        return [line_apart(weaver, block, 0)]
    name = end + (flow.text[end] == " ")
    key = f"b{block.first}"
    return [
        model.Part("salute", part(flow, found, 0, end), flow.span(0, end), block.why, key),
        model.Part("signed", part(flow, found, name, len(flow.text)), flow.span(name, len(flow.text)), block.why, f"{key}s"),
    ]


def _signed_beside(weaver: Weaver, block: Block) -> list[model.Part]:
    """Place and day, and the name far to the right of them on the same line: AMSTERDAM, May 1905.          ANNA HOLM."""
    m = _FAR_APART.match(block.rows[-1].text) if block.rows else None
    if m is None or not is_dateline(m[1], weaver.layout) or not is_name(m[2], weaver.layout) or is_dateline(m[2], weaver.layout):
        return []
    flow = weaver.flow(block.rows)
    name = len(flow.text) - len(" ".join(m[2].split()))
    found = weaver.marks(flow)
    if not flow.text.endswith(" ".join(m[2].split())) or flow.inserts or any(mark.start < name < mark.end for mark in found):
        return []
    end = name - (flow.text[name - 1] == " ")
    key = f"b{block.first}"
    return [
        model.Part("dateline", part(flow, found, 0, end), flow.span(0, end), block.why, key),
        model.Part("signed", part(flow, found, name, len(flow.text)), flow.span(name, len(flow.text)), block.why, f"{key}s"),
    ]


_FAR_APART = re.compile(r"(\S.*\S)(?:\s{4,}|\t)(\S(?:\S|\s(?!\s))*)$")


def _remark(weaver: Weaver, block: Block) -> model.Note:
    """An editor's remark after the close of a letter: no paragraph may stand there."""
    flow = weaver.flow(block.rows)
    spans = flow.span(0, len(flow.text))
    return model.Note(
        f"n{block.first}", None, "inline", (model.Paragraph(weaver.content(flow), spans, block.why),), None, (), None, spans, block.why
    )


def line_apart(weaver: Weaver, block: Block, depth: int) -> model.Part:
    """A line of its own at the beginning or end of a division."""
    flow = weaver.flow(block.rows)
    spans = flow.span(0, len(flow.text))
    if block.facts.type == "entry" and weaver.book is not None:
        weaver.year = weaver.book.year_before(block.first)
    words = weaver.content(flow)
    weaver.year = None
    kind = block.kind if block.kind in ("byline", "dateline", "salute", "signed", "trailer") else "byline"
    return model.Part(kind, words, spans, block.why, f"b{block.first}")  # type: ignore[arg-type]
