"""Dates below letters whose months no calendar has: of another people, of a republic, of an invented court."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.rules.letters.signers import is_name
from tei_pipeline.rules.shape import word_count

_YEAR_LAST = re.compile(r"(?<!\d)1\d{3}\.?[_*]?$")
_SENTENCE = re.compile(r"[!?;]|(?<![^\W\d_])[^\W\d_]{3,}\.\s+[^\W\d_]")
FEWEST = 3  # letters that end so
HALF = 0.5  # of all letters
LONGEST = 16  # words


def closing_dates(blocks: list[Block], layout: Layout) -> list[Block]:
    """Where several letters each end with a line of its own that ends with a year, these date them, whatever the month is called; so does
    place and year below the name that signs a preface, also where both stand at the margin.
    """
    blocks = _below_prefaces(blocks, layout)
    letters = [i for i, b in enumerate(blocks) if b.kind == "heading" and b.facts.division == "letter" and not b.within]
    found = [last for i in letters if (last := _last(blocks, i)) is not None and _is_dated(blocks[last])]
    if len(found) < FEWEST or len(found) < HALF * len(letters):
        return blocks
    result = list(blocks)
    for i in found:
        decision = Decision("closing-date", f"one of {len(found)} lines with a year at the end of letters", 0.85)
        result[i] = replace(blocks[i], kind="dateline", decisions=(*blocks[i].decisions, decision))
    return result


def _below_prefaces(blocks: list[Block], layout: Layout) -> list[Block]:
    """Place and year last in a preface, below the name: no book has it from elsewhere."""
    result, named = blocks, False
    for i, block in enumerate(blocks):
        if block.kind == "heading" and not block.within:
            named = block.facts.division in _PREFATORY
        last = i > 0 and i + 1 < len(blocks) and blocks[i + 1].kind == "heading"
        if not (named and last) or block.kind not in _BELOW_NAME or block.within or not _is_place(block):
            continue
        signs = _is_name(blocks[i - 1], layout)
        if not signs and (blocks[i - 1].kind != "signed" or block.kind == "dateline"):
            continue
        result = list(blocks) if result is blocks else result
        decision = Decision("closing-date", "place and year below the name that signs a preface", 0.85)
        result[i] = replace(block, kind="dateline", decisions=(*block.decisions, decision))
        if signs:
            result[i - 1] = replace(result[i - 1], kind="signed", decisions=(*result[i - 1].decisions, decision))
    return result


_BELOW_NAME = frozenset(("imprint", "paragraph", "dateline"))
_PREFATORY = frozenset(("preface", "foreword", "introduction", "advertisement", "dedication"))


def _is_name(block: Block, layout: Layout) -> bool:
    """Whether a line at the margin, farther from the text than paragraphs are, is a name and no more."""
    line = block.text.strip("_ .")
    return block.kind == "paragraph" and not block.within and len(block.rows) == 1 and block.rows[0].gap > 1 and is_name(line, layout)


def _is_place(block: Block) -> bool:
    short = len(block.rows) <= 2 and word_count(block.text) <= LONGEST // 2
    return short and _YEAR_LAST.search(block.text) is not None and not any(mark in block.text for mark in '_"“”«»')


def _last(blocks: Sequence[Block], heading: int) -> int | None:
    """The last block of a letter, its notes aside, unless it is the only one."""
    inner = []
    for i in range(heading + 1, len(blocks)):
        block = blocks[i]
        if block.kind in ("heading", "boilerplate"):
            break
        if block.kind not in BETWEEN and not (block.within and block.within[0].kind == "note"):
            inner.append(i)
    return inner[-1] if len(inner) > 1 else None


def _is_dated(block: Block) -> bool:
    return (
        block.kind == "paragraph"
        and not block.within
        and len(block.rows) <= 2
        and word_count(block.text) <= LONGEST
        and _YEAR_LAST.search(block.text) is not None
        and _SENTENCE.search(block.text) is None
    )
