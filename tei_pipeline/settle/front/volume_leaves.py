"""Second title pages: the leaf that stands in front of each volume of a work, where several are printed together."""

from __future__ import annotations

from itertools import groupby

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, BY_SETTING, Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.rules.words import words
from tei_pipeline.settle.front.half_titles import title_words
from tei_pipeline.settle.front.title_blocks import SHORT, is_sentence
from tei_pipeline.settle.front.title_parts import YEAR, remarks

MOST_LINES = 60  # blocks of a title page
MOST_PRINTED = 3  # lines that say who printed a volume
_SET = frozenset(("heading", "paragraph", "imprint"))  # what the lines of a leaf look like before anybody knows that they are one


def volume_leaves(blocks: list[Block], layout: Layout) -> list[Block]:
    """The title page stands again before each further volume, with the next number, or its title alone with the same number: that heads the
    volume, and no line of it is a division. Who printed the volume before is told between the words that end that and the leaf.
    """
    known, below = _first_leaf(blocks)
    if not known:
        return blocks
    result: list[Block] = []
    at = before = last = 0
    while at < len(blocks):
        block = blocks[at]
        if not _counts(block):
            result.append(block)
            at += 1
            continue
        number = block.facts.number
        follows = before > 0 and number in (before, before + 1)
        top = len(result)
        while follows and top > last + 1 and (result[top - 1].kind in BETWEEN or _is_of_leaf(result[top - 1], known)):
            top -= 1
        while top < len(result) and result[top].kind in BETWEEN:
            top += 1
        stop = at + 1
        while top < len(result) and number > before and stop < len(blocks) and _is_of_leaf(blocks[stop], known):
            stop += 1
        if top < len(result) and title_words(result[top].rows[0].text) == known[0]:
            result[top:] = _as_heading([*result[top:], *blocks[at:stop]], block)
            if number == before and last < below:  # the title page counts the volume that its half title heads
                result[last] = replace(result[last], facts=Facts(type="capitals"))
            if _is_printer(result, top - 1, layout):
                decision = Decision("volume-leaves", "who printed a volume, below the words that end it", 0.85)
                result[top - 1] = replace(result[top - 1], kind="trailer", facts=Facts(), decisions=(*result[top - 1].decisions, decision))
        else:
            result.extend(blocks[at:stop])
        at, before, last = stop, number, len(result) - 1
    return result


def _as_heading(leaf: list[Block], counted: Block) -> list[Block]:
    """The lines of a leaf as one heading, which goes on behind what a printer put between them."""
    decision = Decision("volume-leaves", "the title page of the book again, with the number of a volume", 0.85)
    facts = replace(counted.facts, label=0)
    made: list[Block] = []
    for between, group in groupby(leaf, lambda block: block.kind in BETWEEN):
        some = list(group)
        if between:
            made += some
            continue
        rows = tuple(row for block in some for row in block.rows)
        decisions = (*counted.decisions, decision)
        made.append(Block("heading", some[0].first, some[-1].end, rows, decisions, facts, joins=bool(made)))
    return made


def _first_leaf(blocks: list[Block]) -> tuple[list[str], int]:
    """The words of each of the short lines that open the book, the title first, and where they end; none where the book begins
    with the number of a volume.
    """
    start = next((i for i, b in enumerate(blocks) if b.kind != "boilerplate" and not (b.rows and remarks(b.text))), len(blocks))
    lines: list[str] = []
    for end in range(start, min(len(blocks), start + MOST_LINES)):
        block = blocks[end]
        if block.kind in BETWEEN:
            continue
        if not _may_stand(block) or (_counts(block) and not lines):
            return lines, end
        lines += [title_words(row.text) for row in block.rows]
    return lines, len(blocks)


def _counts(block: Block) -> bool:
    return block.kind == "heading" and block.facts.type == "labelled" and block.facts.division == "volume" and not block.within


def _may_stand(block: Block) -> bool:
    """Whether a block may be a line of a title page: it is short, and opens no chapter or preface."""
    opens = block.kind == "heading" and block.facts.type not in BY_SETTING and not _counts(block)
    return block.kind in _SET and not opens and len(block.text.split()) <= SHORT and not is_sentence(block)


def _is_of_leaf(block: Block, known: list[str]) -> bool:
    """Whether all lines of a block stand on the first title page too, but for the year."""
    return _may_stand(block) and all(title_words(row.text) in known or YEAR.match(row.text) for row in block.rows)


def _is_printer(blocks: list[Block], at: int, layout: Layout) -> bool:
    """Whether short lines that name a printer stand right below the words that end a volume."""
    if at < 1 or blocks[at - 1].kind != "trailer" or blocks[at].kind not in _SET or blocks[at].within:
        return False
    return len(blocks[at].rows) <= MOST_PRINTED and words(layout.language).imprint.search(blocks[at].text) is not None
