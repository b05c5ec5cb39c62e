"""The parts of each play of a book stand below its title: prologue, acts, scenes and epilogue, however the others are numbered."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.rules.shape import is_capitals, word_count

_PARTS = frozenset(("cast", "prologue", "act", "scene", "epilogue"))
_BEFORE = frozenset(("preface", "introduction", "foreword", "dedication", "contents"))


def plays(blocks: list[Block], layout: Layout) -> list[Block]:
    """Where a play has a title, its acts, its prologue and epilogue and its scenes without acts stand right below it, and the scenes of
    acts below these: white space and numbering, which tell levels elsewhere, differ between a prologue and the acts of one play.
    """
    if not layout.drama:
        return blocks
    places = [i for i, block in enumerate(blocks) if block.kind == "heading" and not block.within]
    result = list(blocks)
    top = 0  # the level of the parts of the play
    acts = cast = False
    after = 0  # where the parts of the play before end, among the headings
    for k, i in enumerate(places):
        facts = blocks[i].facts
        if facts.division not in _PARTS:
            continue
        above = places[after:k]
        if above and not (cast and min(result[n].facts.level for n in above) >= top):
            level = _top(result, above, i) if _is_first(facts, acts) else 0
            if level:
                top, acts = level, False
            elif min(result[n].facts.level for n in above) < top:
                top = 0  # a story, a preface of another book
        after = k + 1
        cast = facts.division == "cast"  # the subject, or who played, may stand below the persons, beside the acts
        acts = acts or facts.division == "act" or facts.over == "act"
        level = top + (facts.division == "scene" and acts)
        if top and level != facts.level:
            decision = Decision("plays", f"{facts.division} of a play whose parts have level {top}", 0.9)
            result[i] = replace(blocks[i], facts=replace(facts, level=level), decisions=(*blocks[i].decisions, decision))
    return result


def _is_first(facts: Facts, acts: bool) -> bool:
    """Whether a part may be the first of a play: its persons, a prologue, the first act, or the first scene where no act is open."""
    if facts.division in ("cast", "prologue"):
        return True
    if facts.over == "act":
        return facts.over_number == facts.number == 1
    return facts.number == 1 and (facts.division == "act" or (facts.division == "scene" and not acts))


def first_play(blocks: Sequence[Block], start: int, end: int) -> int:
    """Where the first play of a volume begins, above its persons or first part at ``end``: at a title that stands as far apart as those
    over the persons or first parts of the other plays do; else ``end``.
    """
    opening = blocks[end].facts
    if blocks[end].kind != "heading" or opening.division not in ("cast", "prologue", "act", "scene"):
        return end
    others = [
        _highest(blocks, i)
        for i in range(end + 1, len(blocks))
        if blocks[i].kind == "heading" and (blocks[i].facts.division, blocks[i].facts.number) == (opening.division, opening.number)
    ]
    titles = [blocks[i] for i in others if i >= 0 and blocks[i].kind == "heading" and not blocks[i].facts.division]
    if not titles or len(titles) < len(others):
        return end
    own = _highest(blocks, end, start + 1)
    if own < 0 or blocks[own].kind not in ("heading", "paragraph") or is_capitals(blocks[own].text) != is_capitals(titles[0].text):
        return end
    return own if blocks[own].rows[0].gap >= min(title.rows[0].gap for title in titles) else end


MOST_OF_TITLE = 4  # blocks: the title of a play, what kind it is, and by whom


def _highest(blocks: Sequence[Block], at: int, start: int = 0) -> int:
    """The line above a place that stands farthest below what is above it, with nothing but short lines between; -1 where there is none."""
    found = -1
    for i in range(at - 1, max(start, at - MOST_OF_TITLE) - 1, -1):
        if not blocks[i].rows or blocks[i].within or len(blocks[i].rows) > MOST_OF_TITLE:
            break
        if found < 0 or blocks[i].rows[0].gap > blocks[found].rows[0].gap:
            found = i
        if blocks[i].rows[0].gap >= FAR_APART:
            break
    return found


FAR_APART = 3  # empty lines above a title


def _top(blocks: Sequence[Block], above: Sequence[int], first: int) -> int:
    """The level of the parts of a play, by the headings above its first part: right below the last of the highest, the play's title, or
    beside it where it stands over a preface or its like; 0 where somebody speaks below it, so that it is neither.
    """
    highest = min(blocks[i].facts.level for i in above)
    title = max(i for i in above if blocks[i].facts.level == highest)
    if any(b.within and b.within[0].kind == "speech" for b in blocks[title:first]):
        return 0
    named = blocks[title].facts.division
    if named and named not in _BEFORE:
        return 0
    below = next(i for i in range(title + 1, first + 1) if blocks[i].kind == "heading" and not blocks[i].within)
    said = sum(word_count(b.text) for b in blocks[title + 1 : below] if b.kind == "paragraph" and not b.within)
    return highest + (not named and said <= MOST_BELOW_TITLE)


MOST_BELOW_TITLE = 80  # words, which say when a play was first given; more is a preface, or a story
