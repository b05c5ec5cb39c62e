"""What lines are, as the editor says: the blocks of some lines become one of that kind, or stand in a container of it."""

from __future__ import annotations

import re

from msgspec.structs import replace

from tei_pipeline.blocks import Block, Container, Facts
from tei_pipeline.corrections.anchor import Located
from tei_pipeline.corrections.corrected import INNER, LIBRARY, Corrected, decided
from tei_pipeline.rules import RULES

_FURNITURE = {"page-number": "pageNum", "running-head": "header"}
_CONTAINERS = frozenset({"quotation", "epigraph", "argument", "note", "list"})
_OF_LETTERS = frozenset({"dateline", "salute", "signed"})
_FACTS_OF = frozenset({"heading", "dateline", "signed", "salute"})
_WORDLESS = frozenset({"ornament", "residue", "illustration"})  # written as the characters they are, so that nothing may interrupt them
_SIGLUM = re.compile(r"^[\[(]?(?P<n>\d{1,4}|[*†‡§¶]{1,4}|[a-z])[\])]?[.:)]?(?:\s+|$)")
_MARKER = re.compile(r"^(?:[-•*–—·]|\(?(?P<n>\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7}|[A-Za-z])[.)])\s+")


def become(book: Corrected, one: Located) -> None:
    """Let the lines of a correction be of the kind that it names, or refuse it with the reason."""
    kind = one.entry.become
    first, end = book.extent(one)
    inside = [k for k in range(first, end) if _belongs(book.blocks[k], kind)]
    if not inside:
        book.refuse(one, "nothing but page furniture stands there")
        return
    if any(book.blocks[k].kind == "boilerplate" for k in inside):
        book.refuse(one, LIBRARY)
        return
    if kind in _WORDLESS and (why := _words_cut(book, inside)):
        book.refuse(one, why)
        return
    if kind in _FURNITURE:
        _furniture(book, one, inside)
    elif kind in _CONTAINERS:
        _contain(book, one, inside)
    else:
        make_leaf(book, one, inside)


def _words_cut(book: Corrected, inside: list[int]) -> str:
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


def make_leaf(book: Corrected, one: Located, inside: list[int]) -> None:
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
        lost = _lost(block, kind) or block.alternatives
        result.append(
            replace(block, kind=kind, facts=facts, within=within, joins=started, decisions=decided(block, one), alternatives=lost)
        )
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
    if kind in INNER:
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


def _facts(book: Corrected, head: Block, kind: str, inside: list[int]) -> Facts:
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


def _level(book: Corrected, at: int) -> int:
    """The level of a heading of which nothing is known but its place: that of the one before."""
    before = next((block for block in reversed(book.blocks[:at]) if block.kind == "heading" and not block.within), None)
    return max(1, before.facts.level) if before is not None else 1


def _furniture(book: Corrected, one: Located, inside: list[int]) -> None:
    type_ = _FURNITURE[one.entry.become]
    for k in inside:
        block = book.blocks[k]
        figures = re.findall(r"\d+|[ivxlc]+", block.text)
        n = figures[0] if figures and len(block.rows) == 1 else ""
        book.blocks[k] = replace(
            block,
            kind="furniture",
            facts=Facts(type=type_, n=n),
            within=(),
            joins=False,
            decisions=decided(block, one),
            alternatives=_lost(block, ""),
        )


def _contain(book: Corrected, one: Located, inside: list[int]) -> None:
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
        leaf = block.kind if block.kind in INNER else "paragraph"
        decisions = (one.decision, *block.decisions) if k == inside[0] else block.decisions
        joins = block.joins and k != inside[0]
        blocks[k] = replace(block, kind=leaf, within=within, joins=joins, decisions=decisions, alternatives=_lost(block, ""))
