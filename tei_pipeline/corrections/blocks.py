"""Corrections of blocks: what lines are, where one begins, what goes on, how high a heading stands, who speaks.

They are applied twice: to the blocks that the rules propose, so that the settling passes see the book as the editor does, and to the
settled blocks, so that no pass takes back what the editor decided.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import Block, Container, Facts
from tei_pipeline.corrections.anchor import Located
from tei_pipeline.layout import Layout
from tei_pipeline.rules import RULES
from tei_pipeline.source import Source

KINDS = frozenset({"block", "level", "join", "split", "speaker"})
_FURNITURE = {"page-number": "pageNum", "running-head": "header"}
_CONTAINERS = frozenset({"quotation", "epigraph", "argument", "note", "list"})
_INNER = frozenset({"paragraph", "verse", "table", "preformatted", "stage", "ornament", "residue", "illustration"})
_OF_LETTERS = frozenset({"dateline", "salute", "signed"})
_FACTS_OF = frozenset({"heading", "dateline", "signed", "salute"})
_WORDLESS = frozenset({"ornament", "residue", "illustration"})  # written as the characters they are, so that nothing may interrupt them
_BETWEEN = frozenset({"furniture", "illustration"})
_SIGLUM = re.compile(r"^[\[(]?(?P<n>\d{1,4}|[*†‡§¶]{1,4}|[a-z])[\])]?[.:)]?(?:\s+|$)")
_MARKER = re.compile(r"^(?:[-•*–—·]|\(?(?P<n>\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7}|[A-Za-z])[.)])\s+")
_AFTER_NAME = re.compile(r"\s*(?:\([^)]*\)|\[[^\]]*\])?\s*[.:—–-]*\s*")

MOST_HEADING = 3  # lines of a heading
_LIBRARY = "these are words of the library that made the file, not of the book; they stay in a division of their own"

Refuse = Callable[[Located, str], None]


class _Blocks:
    """The blocks of a book while corrections are applied to them; ``settled``: the passes have been, levels and joins are final."""

    def __init__(self, source: Source, layout: Layout, blocks: Sequence[Block], settled: bool, refuse: Refuse) -> None:
        self.source = source
        self.layout = layout
        self.blocks = list(blocks)
        self.settled = settled
        self.refuse = refuse
        self.starts = [line.start for line in source.lines]

    def line(self, offset: int) -> int:
        return max(0, bisect_right(self.starts, offset) - 1)

    def at(self, line: int) -> int:
        """The index of the block with that line."""
        at = bisect_right(self.blocks, line, key=lambda block: block.first) - 1
        while at > 0 and not self.blocks[at].rows:
            at -= 1
        return max(0, at)

    def cut(self, line: int) -> int:
        """Let a block begin with that line; its index."""
        at = self.at(line)
        block = self.blocks[at]
        k = next((k for k, row in enumerate(block.rows) if row.line >= line), 0)
        if not k:
            return at
        first = block.rows[k].line
        rest = replace(block, first=first, rows=block.rows[k:], joins=False)
        self.blocks[at : at + 1] = [replace(block, end=first, rows=block.rows[:k]), rest]
        return at + 1

    def whole(self, at: int) -> tuple[int, int]:
        """The range of indices of a block with what goes on with it past furniture and notes."""
        first = at
        while self.blocks[first].joins and first:
            first -= 1
            while first and not self._same(first, at):
                first -= 1
        end = at + 1
        while (k := self._continuation(end, self.blocks[first])) is not None:
            end = k + 1
        return first, end

    def _same(self, one: int, other: int) -> bool:
        return self.blocks[one].kind == self.blocks[other].kind and self.blocks[one].within == self.blocks[other].within

    def _continuation(self, at: int, of: Block) -> int | None:
        while at < len(self.blocks):
            block = self.blocks[at]
            if block.joins and block.kind == of.kind and block.within == of.within:
                return at
            if block.kind not in _BETWEEN and not _is_note(block):
                return None
            at += 1
        return None

    def extent(self, one: Located) -> tuple[int, int]:
        """The blocks that a correction is about: those of its lines when it says where it ends, else the whole block."""
        line = self.line(one.start)
        if not one.entry.to:
            return self.whole(self.at(line))
        last = self.line(one.range.end - 1)
        first = self.cut(line)
        if last + 1 < len(self.source.lines):
            after = self.cut(last + 1)
            end = after if self.blocks[after].first > last else after + 1
        else:
            end = len(self.blocks)
        return first, max(end, first + 1)


def apply(
    source: Source, layout: Layout, blocks: Sequence[Block], corrections: Sequence[Located], refuse: Refuse, *, settled: bool
) -> list[Block]:
    """The blocks as the corrections want them; a correction that cannot be applied is told to ``refuse`` with the reason."""
    book = _Blocks(source, layout, blocks, settled, refuse)
    order = sorted((one for one in corrections if one.entry.kind in KINDS), key=lambda one: (_ORDER[one.entry.kind], one.start))
    for one in order:
        if book.blocks[book.at(book.line(one.start))].kind == "boilerplate":
            refuse(one, _LIBRARY)
        elif settled or one.entry.kind in ("block", "split", "speaker", "level"):
            _APPLY[one.entry.kind](book, one)
    return book.blocks


def _block(book: _Blocks, one: Located) -> None:
    kind = one.entry.become
    first, end = book.extent(one)
    inside = [k for k in range(first, end) if _belongs(book.blocks[k], kind)]
    if not inside:
        book.refuse(one, "nothing but page furniture stands there")
        return
    if any(book.blocks[k].kind == "boilerplate" for k in inside):
        book.refuse(one, _LIBRARY)
        return
    if kind in _WORDLESS and (why := _words_cut(book, inside)):
        book.refuse(one, why)
        return
    if kind in _FURNITURE:
        _furniture(book, one, inside)
    elif kind in _CONTAINERS:
        _contain(book, one, inside)
    else:
        _leaf(book, one, inside)


def _words_cut(book: _Blocks, inside: list[int]) -> str:
    """Why lines cannot be an ornament, residue or picture: a word runs over a line end, or a page over the lines; or nothing."""
    rows = [row for k in inside for row in book.blocks[k].rows]
    if any(row.text[-1:] in "-¬‐\u00ad" and row.text[-2:-1].isalpha() for row in rows[:-1]):
        return "a word is broken at a line end in it, and these hold no words"
    if inside[-1] - inside[0] + 1 != len(inside) or any(book.blocks[k].joins for k in inside):
        return "a page ends in it, and these stand on one page"
    return ""


def _belongs(block: Block, kind: str) -> bool:
    """Whether a block in the range is meant: page furniture and notes between its lines are not."""
    return bool(block.rows) and (block.kind != "furniture" or kind in _FURNITURE or kind == "paragraph")


def _leaf(book: _Blocks, one: Located, inside: list[int]) -> None:
    """The lines as one block of that kind, in parts where furniture stands between them."""
    blocks, kind = book.blocks, one.entry.become
    head = blocks[inside[0]]
    if any(blocks[k].kind == "furniture" for k in inside) and len(inside) > 1:
        inside = [k for k in inside if blocks[k].kind != "furniture"]
        head = blocks[inside[0]]
    already = all(blocks[k].kind == kind and (k == inside[0] or blocks[k].joins) for k in inside)
    forced = any(decision.rule == "editor" and decision == one.decision for decision in head.decisions)
    within = head.within if already and forced else _within(head, kind)
    facts = head.facts if already and (kind != "paragraph" or forced) else _facts(book, head, kind, inside)
    if kind == "heading":
        level = one.entry.level or facts.level or (_level(book, inside[0]) if book.settled else 0)
        facts = replace(facts, level=level, division=one.entry.type or facts.division)
        if one.entry.type:
            facts = replace(facts, type=facts.type if facts.type in ("labelled", "roman", "arabic") else "named")
    members = set(inside)
    result = blocks[: inside[0]]
    touching = started = False
    for k in range(inside[0], inside[-1] + 1):
        block = blocks[k]
        if k not in members:
            result.append(block)
            touching = False
            continue
        if touching:
            result[-1] = replace(result[-1], end=block.end, rows=(*result[-1].rows, *block.rows))
            continue
        decisions = (*(d for d in block.decisions if d != one.decision), one.decision)
        lost = _lost(block, kind) or block.alternatives
        result.append(replace(block, kind=kind, facts=facts, within=within, joins=started, decisions=decisions, alternatives=lost))
        touching = started = True
    book.blocks = [*result, *blocks[inside[-1] + 1 :]]
    if note := _left(head, kind):
        book.blocks = [_without(block, note) for block in book.blocks]


def _lost(block: Block, kind: str) -> tuple[tuple[str, str, float], ...]:
    """What the rules had made of it stays as the alternative that lost."""
    why = next((decision for decision in reversed(block.decisions) if decision.rule != "editor"), None)
    return ((why.rule, why.evidence, why.confidence), *block.alternatives)[:2] if why and block.kind != kind else ()


def _left(block: Block, kind: str) -> Container | None:
    """The note that a block begins and that the editor says is none: all that was in it goes on as text."""
    inner = block.within[-1] if block.within else None
    begins = inner is not None and inner.kind == "note" and inner.key == block.rows[0].line
    return inner if block.kind == kind == "paragraph" and begins else None


def _without(block: Block, container: Container) -> Block:
    if container not in block.within:
        return block
    return replace(block, within=tuple(each for each in block.within if each != container))


def _within(block: Block, kind: str) -> tuple[Container, ...]:
    """The containers that go on to hold it: all for a block that may stand in them; a note in any case, what it holds too."""
    if block.kind == kind == "paragraph" and block.within and block.within[-1].kind != "note":
        return _but_last(block.within)
    if kind in _INNER:
        return block.within
    kept = 0
    for at, container in enumerate(block.within):
        if (container.kind == "note" and kind != "heading") or (container.kind == "quotation" and kind in _OF_LETTERS):
            kept = at + 1
    return block.within[:kept]


def _but_last(within: tuple[Container, ...]) -> tuple[Container, ...]:
    """Without the innermost container; an item goes with its list."""
    outer = within[:-1]
    return outer[:-1] if within[-1].kind == "item" and outer else outer


def _facts(book: _Blocks, head: Block, kind: str, inside: list[int]) -> Facts:
    """What a rule of that kind reads off the lines, where one matches them: number, label, type of division."""
    if kind not in _FACTS_OF:
        return Facts()
    rows = [row for k in inside for row in book.blocks[k].rows]
    rows[0] = rows[0]._replace(gap=max(2, rows[0].gap))
    for rule in RULES:
        match = rule.match(rows, 0, book.layout)
        if match is not None and match.kind == kind and match.end == len(rows):
            return match.facts
    return Facts(type="title") if kind == "heading" else Facts()


def _level(book: _Blocks, at: int) -> int:
    """The level of a heading of which nothing is known but its place: that of the one before."""
    before = next((block for block in reversed(book.blocks[:at]) if block.kind == "heading" and not block.within), None)
    return max(1, before.facts.level) if before is not None else 1


def _furniture(book: _Blocks, one: Located, inside: list[int]) -> None:
    type_ = _FURNITURE[one.entry.become]
    for k in inside:
        block = book.blocks[k]
        figures = re.findall(r"\d+|[ivxlc]+", block.text)
        n = figures[0] if figures and len(block.rows) == 1 else ""
        decisions = (*(d for d in block.decisions if d != one.decision), one.decision)
        book.blocks[k] = replace(
            block,
            kind="furniture",
            facts=Facts(type=type_, n=n),
            within=(),
            joins=False,
            decisions=decisions,
            alternatives=_lost(block, ""),
        )


def _contain(book: _Blocks, one: Located, inside: list[int]) -> None:
    """The lines in a container of that kind, what they are themselves left as it is."""
    blocks, kind = book.blocks, one.entry.become
    head = blocks[inside[0]]
    key = head.rows[0].line
    if any(container.kind == kind and container.key == key for container in head.within):
        return  # so already: the rules agree, or it was done before settling
    kept = head.within[: next((k + 1 for k, container in enumerate(head.within) if container.kind == "note"), 0)]
    n, label, place = one.entry.siglum, 0, ""
    if kind == "note":
        kept = ()
        match = _SIGLUM.match(head.rows[0].text)
        if match is not None and (not n or match["n"] == n):
            n, label = match["n"], len(match[0].rstrip())
        place = "bottom" if any(block.kind == "furniture" for block in blocks[inside[-1] + 1 : inside[-1] + 2]) else "end"
    outer = (*kept, Container(kind, key, n, label, place))
    for k in inside:
        block = blocks[k]
        if block.kind == "furniture":
            continue
        within = outer
        if kind == "list":
            marker = _MARKER.match(block.rows[0].text)
            if not block.joins or k == inside[0]:
                n, label = ((marker["n"] or ""), len(marker[0].rstrip())) if marker else ("", 0)
                item = Container("item", block.rows[0].line, n, label)
            within = (*outer, item)
        leaf = block.kind if block.kind in _INNER else "paragraph"
        decisions = (one.decision, *block.decisions) if k == inside[0] else block.decisions
        joins = block.joins and k != inside[0]
        blocks[k] = replace(block, kind=leaf, within=within, joins=joins, decisions=decisions, alternatives=_lost(block, ""))


def _level_of(book: _Blocks, one: Located) -> None:
    at = book.at(book.line(one.start))
    block = book.blocks[at]
    last = book.line(one.end - 1)
    between = book.blocks[at : book.at(last) + 1]
    if block.kind != "heading" and _is_whole(book, one) and all(each.kind == "paragraph" and not each.within for each in between):
        first = book.cut(book.line(one.start))
        book.cut(last + 1)
        end = next((k for k in range(first, len(book.blocks)) if book.blocks[k].first > last), len(book.blocks))
        _leaf(book, replace(one, entry=replace(one.entry, become="heading")), list(range(first, end)))
        return
    if not book.settled:
        return
    if block.kind != "heading" or block.within:
        book.refuse(one, f'it is a {block.kind} and no heading; write kind = "block", as = "heading", level = {one.entry.level}')
        return
    facts = replace(block.facts, level=one.entry.level)
    book.blocks[at] = replace(block, facts=facts, decisions=(*block.decisions, one.decision))


def _is_whole(book: _Blocks, one: Located) -> bool:
    """Whether the words are whole lines, as those of a heading: then they say where it begins and ends, whatever stands beside them."""
    first, last = book.source.lines[book.line(one.start)], book.source.lines[book.line(one.end - 1)]
    alone = not first.text[: one.start - first.start].strip() and not last.text[one.end - last.start :].strip()
    return alone and last.number - first.number <= 2 * MOST_HEADING and one.end - one.start > 2


def _join(book: _Blocks, one: Located) -> None:
    at = book.at(book.line(one.start))
    first, end = book.whole(at)
    if first < at:
        return  # it goes on with the block before already
    before = at - 1
    while before >= 0 and (book.blocks[before].kind in _BETWEEN or (_is_note(book.blocks[before]) and not _is_note(book.blocks[at]))):
        before -= 1
    if before >= 0 and book.blocks[before].kind == "boilerplate":
        book.refuse(one, f"before it there are only words of the library: {_LIBRARY}")
        return
    if before < 0:
        book.refuse(one, "nothing stands before it that it could go on with")
        return
    head = book.blocks[before]
    pieces = [k for k in range(at, end) if book.blocks[k].kind not in _BETWEEN and not (_is_note(book.blocks[k]) and not _is_note(head))]
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


def _split(book: _Blocks, one: Located) -> None:
    line = book.line(one.start)
    text = book.source.lines[line].text
    if text[: one.start - book.starts[line]].strip():
        return  # inside a line: the paragraph is cut where it becomes a node
    at = book.cut(line)
    block = book.blocks[at]
    decisions = (*(d for d in block.decisions if d != one.decision), one.decision)
    book.blocks[at] = replace(block, joins=False, decisions=decisions)


def _speaker(book: _Blocks, one: Located) -> None:
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
        if other.kind in _BETWEEN or _is_note(other):
            continue
        kind = other.kind if other.kind in _INNER else "paragraph"
        decisions = (one.decision, *other.decisions) if k == first else other.decisions
        book.blocks[k] = replace(other, kind=kind, facts=Facts(), within=(*outer, container), decisions=decisions)


def _is_note(block: Block) -> bool:
    return bool(block.within) and block.within[0].kind == "note"


_ORDER = {"split": 0, "block": 1, "join": 2, "speaker": 3, "level": 4}
_APPLY: dict[str, Callable[[_Blocks, Located], None]] = {
    "block": _block,
    "level": _level_of,
    "join": _join,
    "split": _split,
    "speaker": _speaker,
}
