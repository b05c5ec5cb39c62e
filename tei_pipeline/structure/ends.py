"""What opens a division and what closes it: heads, bylines, mottoes, openers; closers, postscripts, trailers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, groupby
from typing import Literal

from tei_pipeline import model
from tei_pipeline.blocks import BETWEEN, Block, is_note
from tei_pipeline.inline.flow import part
from tei_pipeline.layout import Layout
from tei_pipeline.nodes import Weaver
from tei_pipeline.nodes.extent import furniture_end
from tei_pipeline.nodes.letters import MOST_ADDED, closing, line_apart
from tei_pipeline.nodes.pages import ornament_marks
from tei_pipeline.rules.headings.titles import MARKS
from tei_pipeline.rules.words import words
from tei_pipeline.settle.front.half_titles import HALF_TITLE
from tei_pipeline.source import Span
from tei_pipeline.structure.tree import CLOSES

_TOP = frozenset(("subtitle", "byline", "dateline", "salute", "imprint", "epigraph"))
_BOTTOM = frozenset(("signed", "dateline", "salute", "postscript", "trailer", "imprint"))


def heading(block: Block, weaver: Weaver) -> tuple[model.TopNode, ...]:
    """A heading, the number or word that labels it set apart."""
    flow = weaver.flow(block.rows, line_breaks=True)
    found = weaver.marks(flow, "heading")
    spans = flow.span(0, len(flow.text))
    cut = block.facts.label
    lead = len(flow.text) - len(flow.text.lstrip(MARKS))
    if cut and not any(m.start < cut + lead < m.end for m in found):
        cut += lead
        label = model.Label(part(flow, [m for m in found if m.end <= cut], 0, cut), flow.span(0, cut))
        content: model.Content = (
            label,
            *(part(flow, [m for m in found if m.start >= cut], cut, len(flow.text)) if cut < len(flow.text) else ()),
        )
    else:
        content = part(flow, found, 0, len(flow.text))
    return (model.Heading(content, "main", spans, block.why, f"b{block.first}"),)


def leaf(blocks: Sequence[Block], weaver: Weaver) -> tuple[model.TopNode, ...]:
    """A half title, before the heading that says the same, or the first lines of one that goes on over the end of a page; with what
    stands there.
    """
    found: list[model.TopNode] = []
    for torn, group in groupby(blocks, lambda block: block.kind == "heading" and block.facts.type != HALF_TITLE):
        some = list(group)
        found += chain.from_iterable(heading(block, weaver) for block in some) if torn else _tops(some, weaver)
    return tuple(found)


def supplied(block: Block, weaver: Weaver) -> tuple[model.TopNode, ...]:
    """A heading that the text lacks, in the words of the contents page."""
    row = block.rows[0]
    offset = weaver.pieces([row])[0].offset
    spans = (Span(offset, offset + len(weaver.source.lines[row.line].text.strip())),)
    words = model.Supplied(row.text, f"i{row.line}", "medium", "software", spans, block.why)
    return (model.Heading((words,), "main", (), block.why),)


def title(head: Block | None) -> str:
    """The words of a heading on one line."""
    return " ".join(row.text for row in head.rows) if head is not None else ""


def ends(
    blocks: Sequence[Block], weaver: Weaver, divided: bool, remarked: bool = False, letter: bool = False
) -> tuple[tuple[model.TopNode, ...], list[Block], tuple[model.BottomNode, ...]]:
    """What opens a division and what closes it, taken off its blocks; nothing where an editor's remark stands over the letter
    (``remarked``), which is then a text of its own. ``letter``: the heading says that it is one.
    """
    if remarked:
        return (), list(blocks), ()
    start = _past_opener(blocks)
    end = len(blocks) if divided else _closer(blocks, start)
    start, end = _signed_within(blocks, start, end, divided, letter or (start < end and greets(blocks[start], weaver.layout)))
    top = _tops(blocks[:start], weaver)
    return tuple(top), list(blocks[start:end]), tuple(closing(weaver, blocks[end:], 0))


def _past_opener(blocks: Sequence[Block]) -> int:
    """Past the blocks that open a division; below a note on the title who wrote the piece, its argument, or its text stands."""
    at = reach = 0
    noted = False
    while at < len(blocks):
        block = blocks[at]
        note, between = is_note(block), block.kind in BETWEEN
        if not (note or _is_argument(block) or (not block.within and (block.kind in _TOP or between))):
            break
        if block.kind == "byline" or _sums_up(block) or not (between or note or noted):
            reach = at + 1
        noted = noted or (note and not is_beside(block))
        at += 1
    return reach


def _closer(blocks: Sequence[Block], start: int) -> int:
    """Where the blocks that close a division begin: a date below the notes of the last paragraph is one of them."""
    end = len(blocks)
    while end > start and blocks[end - 1].kind != "epigraph" and _may_close(blocks[end - 1]):
        end -= 1
    last = next((k for k in range(end, len(blocks)) if not is_note(blocks[k]) and blocks[k].kind not in BETWEEN), end)
    below = any(b.kind not in _BELOW_DATE and not is_note(b) for b in blocks[last + 1 :])
    if start < end <= last < len(blocks) and not below and blocks[last].kind == "dateline" and not blocks[end - 1].within:
        return last
    while end < len(blocks) and blocks[end].kind not in CLOSES and not _dates_signature(blocks, end):
        end += 1
    return end


def _may_close(block: Block) -> bool:
    """Whether a block may stand at the end of a division, below its text."""
    return (block.kind in _BOTTOM and not block.within) or block.kind in BETWEEN or is_note(block) or block.kind == "editorial"


_BELOW_DATE = BETWEEN | {"trailer", "dateline", "editorial", "imprint"}  # what may stand below the date that closes a piece


def _dates_signature(blocks: Sequence[Block], at: int) -> bool:
    """Whether a date stands right over the name that signs the piece."""
    return blocks[at].kind == "dateline" and at + 1 < len(blocks) and blocks[at + 1].kind == "signed" and blocks[at + 1].rows[0].gap <= 1


_ADDED_LINES = 6
_LONG_ADDED = 20  # lines of a paragraph with which a postscript goes on


def _signed_within(blocks: Sequence[Block], start: int, end: int, divided: bool, letter: bool) -> tuple[int, int]:
    """Where the opener ends and the closer begins of a division that a letter opens, or that is one (``letter``): what little stands below
    the signature was added to the letter; when a text goes on there, the letter is a part of it, its opener too.
    """
    opener = next((i for i in range(start) if blocks[i].kind in ("dateline", "salute") and not blocks[i].within), None)
    name = next((i for i in range(start, end) if blocks[i].kind in ("signed", "dateline", "salute") and not blocks[i].within), None)
    if opener is None and _closes_last_letter(blocks, start, end):
        return start, len(blocks)
    if opener is None and letter and start < end and blocks[start].kind == "paragraph":
        opener = start
    if opener is None or name is None or blocks[name].kind != "signed":
        return start, end
    last = name
    while last + 1 < len(blocks) and _goes_with_name(blocks[last + 1]):
        last += 1
    added = blocks[last + 1 :]
    if not any(b.kind == "paragraph" for b in added):
        return start, end
    remark = next((i for i, b in enumerate(added) if b.kind == "paragraph" and b.text[0] == "["), len(added))  # of the editor
    most = _LONG_ADDED if blocks[last].kind == "postscript" else _ADDED_LINES
    small = [b for b in added[:remark] if b.kind == "paragraph" and not b.within and len(b.rows) <= most]
    if len(small) > MOST_ADDED:
        return opener, end
    rest = [b for b in added if b not in small and not _goes_with_name(b)]
    dated = added[:-1] if added[-1].kind == "dateline" else added  # the date may close it
    another = any(b.kind in ("dateline", "salute") for b in dated) or any(b.kind == "trailer" for b in blocks[name:last])
    if divided or rest or another:
        return opener, end
    return start, name


def _goes_with_name(block: Block) -> bool:
    """Whether a block may stand below a signature, and with it: what closes a letter, and is not quoted, or a note."""
    return is_note(block) or (block.kind in _BOTTOM | BETWEEN and not block.within)


def _closes_last_letter(blocks: Sequence[Block], start: int, end: int) -> bool:
    """Whether what signs a division closes the last of several letters that it gives, and not the division."""
    parts = [b.kind for b in blocks[start:end] if b.kind in ("dateline", "salute", "signed") and not b.within]
    return end < len(blocks) and bool(parts) and parts[-1] != "signed" and "signed" in parts


def greets(block: Block, layout: Layout) -> bool:
    """Whether a paragraph begins with words of address and a dash, or in capitals with a colon: "SIR,--Since you are so easy"."""
    if block.kind != "paragraph" or block.within or block.joins:
        return False
    text = block.text.lstrip('"“„')
    found = words(layout.language).salute.match(text)
    address = _ADDRESS_ENDS.match(text, found.end) if found is not None else None
    return address is not None and (address[1] != ":" or text[: address.end()].isupper())


_ADDRESS_ENDS = re.compile(r"[^\W\d_ ]{0,12}(?: [A-Z][\w.'’]{0,12}){0,3}([,:.!]?)(?:\s?(?:--|—)|(?<=:)\s)")


def is_beside(block: Block) -> bool:
    """Whether a block is a note that stood in the margin: it may stand beside a date or a title."""
    return is_note(block) and block.within[0].place == "margin"


def _is_argument(block: Block) -> bool:
    return bool(block.within) and block.within[0].kind in ("argument", "epigraph")


def _sums_up(block: Block) -> bool:
    return bool(block.within) and block.within[0].kind == "argument"


def _tops(blocks: Sequence[Block], weaver: Weaver) -> list[model.TopNode]:
    found: list[model.TopNode] = []
    held: list[model.Part] = []
    skip = 0
    for i, block in enumerate([*blocks, None]):
        if i < skip:
            continue
        if block is not None and block.kind in ("dateline", "salute"):
            held.append(line_apart(weaver, block, 0))
            continue
        if held:
            found.append(model.Opener(tuple(held), held[0].spans, held[0].why, f"o{held[0].key}"))
            held = []
        if block is None:
            break
        if block.kind in ("subtitle", "heading"):
            kind: Literal["sub", "half"] = "sub" if block.kind == "subtitle" else "half"
            flow = weaver.flow(block.rows, line_breaks=True)
            found.append(model.Heading(weaver.content(flow, "heading"), kind, flow.span(0, len(flow.text)), block.why, f"b{block.first}"))
        elif block.kind == "byline":
            found.append(line_apart(weaver, block, 0))
        elif _is_argument(block) or is_note(block):
            skip = i + 1
            while skip < len(blocks) and blocks[skip].within[:1] == block.within[:1]:
                skip += 1
            found.extend(weaver.container(blocks[i:skip], block.within[0], 0))  # type: ignore[arg-type]
        elif block.kind == "ornament":
            found.extend(ornament_marks(weaver, block))
        else:
            skip = furniture_end(blocks, i) if block.kind == "furniture" else i + 1
            found.extend(weaver.nodes(blocks[i:skip]))  # type: ignore[arg-type]
    return found
