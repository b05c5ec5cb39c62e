"""What stands between the persons of a play and its first act: where each act plays, and what the persons wear."""

from __future__ import annotations

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.language import Language
from tei_pipeline.layout import Layout
from tei_pipeline.rules.drama.persons import tells_setting
from tei_pipeline.rules.headings.head_labels import head_label
from tei_pipeline.rules.words import words

_PARTS = frozenset(("prologue", "act", "scene", "epilogue"))
MOST_OF_A_PLACE = 3  # lines that say where an act or scene plays, and when
MOST_BELOW = 3  # blocks of such lines below the number of an act


def synopses(blocks: list[Block], layout: Layout) -> list[Block]:
    """Numbers of acts below which nobody speaks, and which are counted again from the first further below, where somebody does, stand over
    the places of the acts: no headings.
    """
    if not layout.drama:
        return blocks
    parts = [i for i, b in enumerate(blocks) if _is_part(b)]
    for k, i in enumerate(parts):
        first = blocks[i].facts
        if first.division == "scene" or first.number > 1:
            continue
        run = _unspoken(blocks, i, layout.language)
        last = max((n for n, j in enumerate(parts) if j in run), default=k)
        if last == k or last + 1 == len(parts):
            continue
        if _counted(blocks[parts[last + 1]]) == _counted(blocks[i]):
            decision = Decision("synopses", "nobody speaks below it, and the acts are counted again further below", 0.85)
            return [_told(b, decision) if j in run else b for j, b in enumerate(blocks)]
    return blocks


def _is_part(block: Block) -> bool:
    return block.kind == "heading" and not block.within and block.facts.division in _PARTS


def _counted(block: Block) -> tuple[str, int]:
    """Which part of the play a heading counts: the first act."""
    return block.facts.division, block.facts.number


def _told(block: Block, decision: Decision) -> Block:
    return replace(block, kind="stage", facts=Facts(), decisions=(*block.decisions, decision))


def _places(block: Block, language: Language) -> int:
    """How many scenes a block places, whose numbers begin its lines; one at least."""
    labels = (head_label(" ".join(row.text.split()), language) for row in block.rows) if len(block.rows) > MOST_OF_A_PLACE else ()
    return max(1, sum(label is not None and label.type == "scene" for label in labels))


def _unspoken(blocks: list[Block], at: int, language: Language) -> frozenset[int]:
    """The headings from the first act on below which a few short lines stand, each, and what looks like one among them; from the last
    number of an act the lines that stand right below it.
    """
    found = [at]
    below = 0
    for i in range(at + 1, len(blocks)):
        block = blocks[i]
        if block.kind in BETWEEN:
            continue
        if _is_part(block):
            if (below == 0 and block.facts.division != "scene") or _counted(block) == _counted(blocks[at]):
                break
            found.append(i)
            below = 0
            continue
        below += 1
        titled = block.kind == "heading"
        if block.within or len(block.rows) > MOST_OF_A_PLACE * _places(block, language) or below > MOST_BELOW:
            break
        if titled and block.facts.division:
            break
        if titled and block.rows[0].gap > 2:
            break
        found.append(i)
    while found and not _is_part(blocks[found[-1]]):
        below = found.pop()
        if below == found[-1] + 1:
            found.append(below)
            break
    return frozenset(found)


def costumes(blocks: list[Block], layout: Layout) -> list[Block]:
    """What the persons wear or are like, said below their list and above the first part of the play, is not spoken by them, though
    each paragraph begins with a name.
    """
    if not layout.drama:
        return blocks
    result = list(blocks)
    found: list[int] = []
    listed = False
    for i, block in enumerate(blocks):
        if block.kind == "heading" and not block.within:
            first = block.facts.division in ("prologue", "act", "scene") and (block.facts.over_number or block.facts.number) <= 1
            named = [blocks[k].within[0].n for k in found if blocks[k].within and blocks[k].rows[0].line == blocks[k].within[0].key]
            for k in found if first and named and len(set(named)) == len(named) else ():
                decision = Decision("costumes", "between the persons of a play and its first part: about them, not said by them", 0.85)
                result[k] = replace(result[k], kind="paragraph", within=(), decisions=(*result[k].decisions, decision))
            if block.facts.division == "cast" or block.facts.division in _PARTS:
                found, listed = [], block.facts.division == "cast"
        elif listed and block.within and block.within[0].kind == "speech":
            found.append(i)
        elif listed and block.kind == "stage" and not block.within:
            if found and (block.text[0] in "([_" or words(layout.language).move.match(block.text)):
                listed, found = False, []  # somebody comes in: the play has begun
            elif block.text[0] not in "([_" and (found or not tells_setting(block.text, layout.language)):
                found.append(i)
    return result
