"""Summed up first: a synopsis in which every chapter stands under its own label and title, with what it tells, before all come again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from tei_pipeline.blocks import Block, Container, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.settle.front.half_titles import title_words
from tei_pipeline.settle.nesting.styles import textless

FEWEST = 4  # chapters
ALIKE = 0.75  # of them have the title that they have again, and a paragraph under it
LONGER = 2  # times as many lines as in the synopsis, at least, has the text


def summed_first(blocks: list[Block], _: Layout) -> list[Block]:
    """Labelled titles that count from one and come again, the same numbers with the same titles over far more text, are with the paragraph
    below each the entries of a contents page; a title right over the first heads it.
    """
    places = [i for i, b in enumerate(blocks) if b.kind == "heading" and not b.within]
    for k, at in enumerate(places):
        if not _is_first(blocks[at]):
            continue
        run = _run(blocks, places, k)
        again = next((n for n in range(k + len(run), len(places)) if _is_first(blocks[places[n]])), 0)
        if len(run) < FEWEST or not again or not _come_again(blocks, places, run, places[again:], k + len(run)):
            return blocks
        return _as_list(blocks, places, k, run)
    return blocks


def _is_first(block: Block) -> bool:
    return block.facts.type == "labelled" and block.facts.number == 1


def _run(blocks: Sequence[Block], places: Sequence[int], k: int) -> list[int]:
    """The headings from one on, each numbered next in the same kind, with nothing but a paragraph under it."""
    run = [places[k]]
    for at in places[k + 1 :]:
        facts, last = blocks[at].facts, blocks[run[-1]].facts
        if (facts.type, facts.division, facts.number) != (last.type, last.division, last.number + 1):
            break
        run.append(at)
    return run


def _come_again(blocks: Sequence[Block], places: Sequence[int], run: Sequence[int], later: Sequence[int], past: int) -> bool:
    """Whether the titles come again over far more text than stands under them."""
    titles = {(b.facts.division, b.facts.number): _title(b) for b in (blocks[i] for i in later)}
    alike = sum(titles.get((blocks[i].facts.division, blocks[i].facts.number)) == _title(blocks[i]) for i in run)
    told = [_below(blocks, i) for i in run]
    end = places[past]
    few = sum(len(b.rows) for b in blocks[run[0] : end])
    text = sum(len(b.rows) for b in blocks[later[0] :] if b.kind != "boilerplate")
    return alike >= ALIKE * len(run) and sum(map(bool, told)) >= ALIKE * len(run) and text >= LONGER * few


def _title(block: Block) -> str:
    """The words of a heading behind its label."""
    return title_words(" ".join(row.text for row in block.rows)[block.facts.label :])


def _below(blocks: Sequence[Block], at: int) -> bool:
    """Whether one paragraph, and no more, stands below a heading of more than its label."""
    more = blocks[at + 2] if at + 2 < len(blocks) else None
    told = at + 1 < len(blocks) and blocks[at + 1].kind == "paragraph"
    return bool(_title(blocks[at])) and told and (more is None or more.kind != "paragraph")


def _as_list(blocks: list[Block], places: Sequence[int], k: int, run: Sequence[int]) -> list[Block]:
    """The same blocks, the run a list of contents, an entry for each heading with its paragraph."""
    result = list(blocks)
    outer = Container("contents", blocks[run[0]].first)
    past = places[k + len(run)]
    for at, stop in pairwise([*run, past]):
        item = Container("item", blocks[at].first)
        decision = Decision("summed-first", "a label with its title, which come again over the text", 0.85)
        for i in range(at, stop):
            if i == at:
                result[i] = replace(
                    blocks[i], kind="paragraph", facts=Facts(), within=(outer, item), decisions=(*blocks[i].decisions, decision)
                )
            elif blocks[i].kind == "paragraph":
                result[i] = replace(blocks[i], within=(outer, item), decisions=(*blocks[i].decisions, decision))
    over = places[k - 1] if k else -1
    if over >= 0 and over == run[0] - 1 and textless(blocks, over) and not blocks[over].facts.number:
        decision = Decision("summed-first", "over a list of chapters with what each tells", 0.85)
        facts = replace(blocks[over].facts, type="named", division="contents")
        result[over] = replace(blocks[over], facts=facts, decisions=(*blocks[over].decisions, decision))
    return result
