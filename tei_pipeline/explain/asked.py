"""What every rule answered where a block was proposed: in the book, and in each container that holds it.

The way down is that of :mod:`tei_pipeline.split`: the first rule that matches opens the containers of its match, and their rows go
through the table again. A test compares the two for every block of the samples.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from tei_pipeline.blocks import Block, Container, Match, Rule
from tei_pipeline.explain.declined import Decline, ask
from tei_pipeline.layout import Layout
from tei_pipeline.rows import Row
from tei_pipeline.rules import RULES
from tei_pipeline.rules.notes.matches import foot_notes
from tei_pipeline.split import DEEPEST, NOT_AGAIN, PLAIN

FOOT = Rule("foot-note", foot_notes)
MEASURED = {
    FOOT.name: "notes at the foot of a page are measured before the rules are asked",
    "furniture": "page furniture is measured from the whole text before the rules are asked",
    "library": "the words of a digital library around the book are found before the rules are asked",
}


class Answer(Struct, frozen=True):
    """What one rule says of a place: its match, or where it declined. ``barred``: it is not asked inside such a container."""

    rule: Rule
    match: Match | None
    end_line: int = 0
    declines: tuple[Decline, ...] = ()
    barred: bool = False


class Asked(Struct, frozen=True):
    """The table asked at the row of source line ``line`` (0-based), inside ``container`` (None: in the book itself).

    ``taken`` is the rule that took the place; ``instead`` says why none was asked.
    """

    line: int
    container: Container | None
    answers: tuple[Answer, ...] = ()
    taken: str = ""
    instead: str = ""


def reason(function: Callable[..., Any]) -> str:
    """The reason that a rule or pass gives for itself: the first paragraph of its docstring."""
    return " ".join((function.__doc__ or "").partition("\n\n")[0].split())


def asked(blocks: Sequence[Block], index: int, layout: Layout) -> list[Asked]:
    """Each asking of the table that led to one of the proposed ``blocks``, the outermost first."""
    measured = blocks[index].decisions[0].rule
    if measured in MEASURED and measured != FOOT.name:
        return [Asked(blocks[index].first, None, (), measured, MEASURED[measured])]
    target = _whole(blocks, index)[0].rows[0].line
    foot = next((foot.rows for foot in layout.feet if foot.rows[0].line <= target <= foot.rows[-1].line), None)
    if foot is not None:
        match = foot_notes(foot, 0, layout)
        first = Asked(foot[0].line, None, (Answer(FOOT, match, _last(foot, match)),), FOOT.name, MEASURED[FOOT.name])
        return [first, *_inside(blocks, foot, 0, match, target, layout, ())]
    return _descend(blocks, _together(layout, target), 0, target, layout, ())


def _together(layout: Layout, target: int) -> Sequence[Row]:
    """The rows that the rules saw together: none looks over a place where the sidecar lets a division begin."""
    cuts = [0, *(_place(layout.rows, line) for line in layout.divided if line <= target)]
    after = next((_place(layout.rows, line) for line in layout.divided if line > target), len(layout.rows))
    return layout.rows[cuts[-1] : after]


def _whole(blocks: Sequence[Block], index: int) -> list[Block]:
    """The pieces into which furniture cut a block, in order: the rules saw them as one."""
    decisions = blocks[index].decisions
    first = index
    while first and blocks[first].joins:
        first = next((i for i in range(first - 1, -1, -1) if blocks[i].decisions is decisions), first)
        if blocks[first].decisions is not decisions:
            break
    return [block for block in blocks[first : index + 1] if block.decisions is decisions]


def _place(rows: Sequence[Row], line: int) -> int:
    return bisect_left(rows, line, key=lambda row: row.line)


def _descend(
    blocks: Sequence[Block], rows: Sequence[Row], at: int, target: int, layout: Layout, outer: tuple[Container, ...]
) -> list[Asked]:
    """Ask from row ``at`` on until a match covers the source line ``target``, then go into it."""
    barred = frozenset[str]().union(*(NOT_AGAIN.get(container.kind, frozenset()) for container in outer))
    aim = _place(rows, target)
    for block in blocks:  # the table was asked at the first row of each block that lies here: begin at the nearest
        if block.rows and block.within == outer and not block.joins and rows[at].line < block.rows[0].line <= target:
            place = _place(rows, block.rows[0].line)
            at = place if place < len(rows) and rows[place].line == block.rows[0].line else at  # furniture is no row
    while at <= aim:
        match = next(found for rule in RULES if rule.name not in barred and (found := rule.match(rows, at, layout)))
        if max(match.end, at + 1) > aim:
            answers = tuple(_answer(rule, rows, at, layout, barred) for rule in RULES)
            taken = next(answer.rule.name for answer in answers if answer.match and not answer.barred)
            here = Asked(rows[at].line, outer[-1] if outer else None, answers, taken)
            return [here, *_inside(blocks, rows, at, match, target, layout, outer)]
        at = max(match.end, at + 1)
    return []


def _answer(rule: Rule, rows: Sequence[Row], at: int, layout: Layout, barred: frozenset[str]) -> Answer:
    match, declines = ask(rule, rows, at, layout)
    return Answer(rule, match, _last(rows, match) if match else 0, declines, rule.name in barred)


def _last(rows: Sequence[Row], match: Match) -> int:
    return rows[max(0, match.end - 1)].line


def _inside(
    blocks: Sequence[Block], rows: Sequence[Row], at: int, match: Match, target: int, layout: Layout, outer: tuple[Container, ...]
) -> list[Asked]:
    if match.container is None and not match.parts:
        return []
    aim = _place(rows, target)
    opened = (*outer, match.container) if match.container else outer
    first, end, container = next((part for part in match.parts if part[0] <= aim < part[1]), (at, match.end, None))
    if container is not None:
        opened = (*opened, container)
    if PLAIN.get(match.container.kind if match.container else "") or len(opened) > DEEPEST:
        return []
    chunk = list(rows[first:end])
    chunk[0] = chunk[0]._replace(gap=0)
    inner = layout.within(chunk) if opened[-1].kind in ("quotation", "note") else layout
    start = 0
    if opened[-1].label and opened[-1].kind in ("note", "item", "speech"):
        beside = next(
            (i for i, block in enumerate(blocks) if block.rows and block.within == opened and block.rows[0].line == chunk[0].line), None
        )
        if beside is None or target == chunk[0].line:
            return [
                Asked(target, opened[-1], (), "", f"the words beside the printed label of this {opened[-1].kind} begin its first block")
            ]
        pieces = [block for block in blocks[beside:] if block.decisions is blocks[beside].decisions]
        start = _place(chunk, pieces[-1].rows[-1].line) + 1
    return _descend(blocks, chunk, start, target, inner, opened)
