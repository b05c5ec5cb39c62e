"""The parts of each play of a book stand below its title: prologue, acts, scenes and epilogue, however the others are numbered."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout

_PARTS = frozenset(("prologue", "act", "scene", "epilogue"))


def plays(blocks: list[Block], layout: Layout) -> list[Block]:
    """Where a play has a title, its acts, its prologue and epilogue and its scenes without acts stand right below it, and the scenes of
    acts below these: white space and numbering, which tell levels elsewhere, differ between a prologue and the acts of one play.
    """
    if not layout.drama:
        return blocks
    places = [i for i, block in enumerate(blocks) if block.kind == "heading" and not block.within]
    result = list(blocks)
    title = 0  # the level of the title of the play
    acts = False
    after = 0  # where the parts of the play before end, among the headings
    for k, i in enumerate(places):
        facts = blocks[i].facts
        if facts.division not in _PARTS:
            continue
        over = _title(blocks, places[after:k], i) if after < k and _is_first(facts, acts) else None
        if over is not None:
            title, acts = blocks[over].facts.level, False
        elif after < k and min(blocks[n].facts.level for n in places[after:k]) <= title:
            title = 0  # a story, a preface of another book
        after = k + 1
        acts = acts or facts.division == "act" or facts.over == "act"
        level = title + 1 + (facts.division == "scene" and acts)
        if title and level != facts.level:
            decision = Decision("plays", f"{facts.division} of the play whose title has level {title}", 0.9)
            result[i] = replace(blocks[i], facts=replace(facts, level=level), decisions=(*blocks[i].decisions, decision))
    return result


def _is_first(facts: Facts, acts: bool) -> bool:
    """Whether a part may be the first of a play: a prologue, the first act, or the first scene where no act is open."""
    if facts.division == "prologue":
        return True
    if facts.over == "act":
        return facts.over_number == facts.number == 1
    return facts.number == 1 and (facts.division == "act" or (facts.division == "scene" and not acts))


def _title(blocks: Sequence[Block], above: Sequence[int], first: int) -> int | None:
    """Of the headings above the first part the last of the highest, which is the play's title unless it names a preface or its like, or
    somebody speaks below it.
    """
    highest = min(blocks[i].facts.level for i in above)
    title = max(i for i in above if blocks[i].facts.level == highest)
    if blocks[title].facts.division or any(b.within and b.within[0].kind == "speech" for b in blocks[title:first]):
        return None
    return title
