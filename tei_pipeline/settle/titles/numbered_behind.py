"""Titles that end with the label of their division, as old chronicles have them: "How the rope was cut. Chapter XLI."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.rules.headings.head_labels import HeadLabel, head_label
from tei_pipeline.settle.nesting.gaps import APART

FEWEST = 3  # titles whose numbers run on: two may be references
MOST_ROWS = 6  # some tell what the chapter tells
_LABEL = re.compile(r"(?<=[.,:;)\]_–—-])\s?_?(?P<label>[^\W\d_]{3,}\.?\s(?:[IVXLC]{1,8}|\d{1,3}))[._]{0,2}$")
_KINDS = frozenset(("paragraph", "heading"))


def numbered_behind(blocks: list[Block], layout: Layout) -> list[Block]:
    """Lines far from the text above that end with a division's name and a number are titles, where the numbers run on."""
    found = [(i, label) for i, block in enumerate(blocks) if (label := _label(block, layout)) is not None]
    if len(found) < FEWEST:
        return blocks
    result = list(blocks)
    for run in _runs(found):
        if len(run) < FEWEST:
            continue
        decision = Decision("numbered-behind", f"{len(run)} titles end with labels that run on", 0.9)
        for i, label in run:
            if _has_text(blocks, i):
                facts = Facts(label.rank, label.type, label.n, label.number, 0, "labelled")
                result[i] = replace(blocks[i], kind="heading", facts=facts, decisions=(*blocks[i].decisions, decision))
    return result


def _label(block: Block, layout: Layout) -> HeadLabel | None:
    """The division's name and number at the end of a few lines that stand apart."""
    if block.kind not in _KINDS or block.within or not 0 < len(block.rows) <= MOST_ROWS or block.rows[0].gap < APART or block.facts.number:
        return None
    m = _LABEL.search(block.rows[-1].text)
    if m is None:
        return None
    label = head_label(m["label"], layout.language)
    return label if label is not None and label.type and label.length >= len(m["label"]) else None


def _runs(found: Sequence[tuple[int, HeadLabel]]) -> list[list[tuple[int, HeadLabel]]]:
    """The titles parted where a number is not the next one, or another division's."""
    runs = [[found[0]]]
    for one, other in pairwise(found):
        if other[1].type == one[1].type and other[1].number == one[1].number + 1:
            runs[-1].append(other)
        else:
            runs.append([other])
    return runs


def _has_text(blocks: Sequence[Block], at: int) -> bool:
    """Whether a paragraph follows, its own white space above it."""
    below = next((b for b in blocks[at + 1 :] if b.kind not in BETWEEN), None)
    return below is not None and below.kind == "paragraph" and below.rows[0].gap > 0
