"""Corrections of blocks: what lines are, where one begins, what goes on, how high a heading stands, who speaks.

They are applied twice: to the blocks that the rules propose, so that the settling passes see the book as the editor does, and to the
settled blocks, so that no pass takes back what the editor decided.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import Block, Container, Facts, is_note
from tei_pipeline.corrections.anchor import Located
from tei_pipeline.corrections.corrected import BETWEEN, INNER, LIBRARY, Corrected, Refuse, decided
from tei_pipeline.corrections.kinds import become, make_leaf
from tei_pipeline.layout import Layout
from tei_pipeline.source import Source

KINDS = frozenset({"block", "level", "join", "split", "speaker"})
MOST_HEADING = 3  # lines of a heading
_AFTER_NAME = re.compile(r"\s*(?:\([^)]*\)|\[[^\]]*\])?\s*[.:—–-]*\s*")


def apply(
    source: Source, layout: Layout, blocks: Sequence[Block], corrections: Sequence[Located], refuse: Refuse, *, settled: bool
) -> list[Block]:
    """The blocks as the corrections want them; a correction that cannot be applied is told to ``refuse`` with the reason."""
    book = Corrected(source, layout, blocks, settled, refuse)
    order = sorted((one for one in corrections if one.entry.kind in KINDS), key=lambda one: (_ORDER[one.entry.kind], one.start))
    for one in order:
        if book.blocks[book.at(book.line(one.start))].kind == "boilerplate":
            refuse(one, LIBRARY)
        elif settled or one.entry.kind in ("block", "split", "speaker", "level"):
            _APPLY[one.entry.kind](book, one)
    return book.blocks


def _level_of(book: Corrected, one: Located) -> None:
    at = book.at(book.line(one.start))
    block = book.blocks[at]
    last = book.line(one.end - 1)
    between = book.blocks[at : book.at(last) + 1]
    if block.kind != "heading" and _is_whole(book, one) and all(each.kind == "paragraph" and not each.within for each in between):
        first = book.cut(book.line(one.start))
        book.cut(last + 1)
        end = next((k for k in range(first, len(book.blocks)) if book.blocks[k].first > last), len(book.blocks))
        make_leaf(book, replace(one, entry=replace(one.entry, become="heading")), list(range(first, end)))
        return
    if not book.settled:
        return
    if block.kind != "heading" or block.within:
        book.refuse(one, f'it is a {block.kind} and no heading; write kind = "block", as = "heading", level = {one.entry.level}')
        return
    facts = replace(block.facts, level=one.entry.level)
    book.blocks[at] = replace(block, facts=facts, decisions=(*block.decisions, one.decision))


def _is_whole(book: Corrected, one: Located) -> bool:
    """Whether the words are whole lines, as those of a heading: then they say where it begins and ends, whatever stands beside them."""
    first, last = book.source.lines[book.line(one.start)], book.source.lines[book.line(one.end - 1)]
    alone = not first.text[: one.start - first.start].strip() and not last.text[one.end - last.start :].strip()
    return alone and last.number - first.number <= 2 * MOST_HEADING and one.end - one.start > 2


def _join(book: Corrected, one: Located) -> None:
    at = book.at(book.line(one.start))
    first, end = book.whole(at)
    if first < at:
        return  # it goes on with the block before already
    before = at - 1
    while before >= 0 and (book.blocks[before].kind in BETWEEN or (is_note(book.blocks[before]) and not is_note(book.blocks[at]))):
        before -= 1
    if before >= 0 and book.blocks[before].kind == "boilerplate":
        book.refuse(one, f"before it there are only words of the library: {LIBRARY}")
        return
    if before < 0:
        book.refuse(one, "nothing stands before it that it could go on with")
        return
    head = book.blocks[before]
    pieces = [k for k in range(at, end) if book.blocks[k].kind not in BETWEEN and not (is_note(book.blocks[k]) and not is_note(head))]
    for k in pieces:
        block = book.blocks[k]
        book.blocks[k] = replace(
            block, kind=head.kind, within=head.within, facts=head.facts, joins=True, decisions=(*block.decisions, one.decision)
        )
    book.blocks[before] = replace(head, decisions=(*head.decisions, one.decision))
    if before == at - 1:
        block = book.blocks[at]
        head = book.blocks[before]
        book.blocks[before : at + 1] = [replace(head, end=block.end, rows=(*head.rows, *block.rows))]


def _split(book: Corrected, one: Located) -> None:
    line = book.line(one.start)
    text = book.source.lines[line].text
    if text[: one.start - book.starts[line]].strip():
        return  # inside a line: the paragraph is cut where it becomes a node
    at = book.cut(line)
    block = book.blocks[at]
    book.blocks[at] = replace(block, joins=False, decisions=decided(block, one))


def _speaker(book: Corrected, one: Located) -> None:
    name = one.entry.become
    first, end = book.extent(one)
    block = book.blocks[first]
    printed = " ".join(block.rows[0].text.split())
    found = block.rows[0].text.casefold().find(name.casefold())
    if found < 0 or found > 2:
        book.refuse(one, f'its line does not begin with the speaker\'s name as the correction gives it, but with "{printed[:40]}"')
        return
    after = _AFTER_NAME.match(block.rows[0].text, found + len(name))
    label = found + len(name) + (len(after[0].rstrip()) if after is not None else 0)
    speaking = next((container for container in block.within if container.kind == "speech"), None)
    if speaking is not None and speaking.key == block.rows[0].line:
        new = replace(speaking, n=name, label=label, place=str(found + len(name)))
        if new == speaking:
            return
        for k, other in enumerate(book.blocks):
            if speaking in other.within:
                within = tuple(new if container == speaking else container for container in other.within)
                book.blocks[k] = replace(other, within=within)
        block = book.blocks[first]
        book.blocks[first] = replace(block, decisions=(one.decision, *block.decisions))
        return
    outer = tuple(container for container in block.within if container.kind in ("note", "quotation"))
    container = Container("speech", block.rows[0].line, name, label, str(found + len(name)))
    for k in range(first, end):
        other = book.blocks[k]
        if other.kind in BETWEEN or is_note(other):
            continue
        kind = other.kind if other.kind in INNER else "paragraph"
        decisions = (one.decision, *other.decisions) if k == first else other.decisions
        book.blocks[k] = replace(other, kind=kind, facts=Facts(), within=(*outer, container), decisions=decisions)


_ORDER = {"split": 0, "block": 1, "join": 2, "speaker": 3, "level": 4}
_APPLY: dict[str, Callable[[Corrected, Located], None]] = {
    "block": become,
    "level": _level_of,
    "join": _join,
    "split": _split,
    "speaker": _speaker,
}
