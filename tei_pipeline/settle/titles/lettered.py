"""Lettered titles: lines wholly in italics that a letter counts, as learned books head the parts of their sections, known by their run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout

_LETTERED = re.compile(r"(?:_(?P<in>[a-zα-ω])[.)] [^_]+_|(?P<out>[a-zα-ω])[.)] _[^_]+_)\.?(?:\s?\[\d{1,4}\])?")
_KINDS = frozenset(("paragraph", "heading", "verse"))
MOST_ROWS = 3
FEWEST = 3  # titles of a book: two may be items
RANK = 7  # below numbered sections; Greek letters below Latin ones
TYPE = "lettered"


def lettered_titles(blocks: list[Block], layout: Layout) -> list[Block]:
    """Lines in italics that letters count from the first on, each over text of its own, are titles."""
    order = [i for i, b in enumerate(blocks) if b.kind not in BETWEEN]
    found = [(i, letter) for i, below in pairwise(order) if (letter := _letter(blocks[i])) and _is_text(blocks[below])]
    runs = _runs(found)
    if sum(len(run) for run in runs if len(run) > 1) < FEWEST or layout.drama:
        return blocks
    titles = [i for run in runs for i in run]
    letters = dict(found)
    result = list(blocks)
    for i in titles:
        number = ord(letters[i]) - ord(_first(letters[i])) + 1
        facts = Facts(RANK + (not letters[i].isascii()), "section", letters[i], number, blocks[i].text.index(letters[i]) + 2, TYPE)
        decision = Decision("lettered-title", f"one of {len(titles)} lines in italics that letters count", 0.85)
        result[i] = replace(blocks[i], kind="heading", facts=facts, decisions=(*blocks[i].decisions, decision))
    return result


def _letter(block: Block) -> str:
    """The letter that counts a line or a few, apart and wholly in italics; nothing for any other block."""
    if block.kind not in _KINDS or block.within or not 0 < len(block.rows) <= MOST_ROWS or not block.rows[0].gap:
        return ""
    m = _LETTERED.fullmatch(block.text)
    return (m["in"] or m["out"]) if m is not None else ""


def _is_text(below: Block) -> bool:
    """Whether a paragraph of more than a line follows, or another title."""
    return bool(below.kind == "paragraph" and not below.within and len(below.rows) > 1) or bool(_letter(below)) or below.kind == "heading"


def _first(letter: str) -> str:
    return "a" if letter.isascii() else "α"


def _runs(found: Sequence[tuple[int, str]]) -> list[list[int]]:
    """The places in runs that begin with the first letter of their alphabet; those of the other may stand between."""
    runs: list[list[int]] = []
    open_: dict[str, tuple[str, list[int]]] = {}
    for i, letter in found:
        first = _first(letter)
        last = open_.get(first)
        if letter == first:
            open_[first] = (letter, [i])
            runs.append(open_[first][1])
        elif last is not None and ord(letter) == ord(last[0]) + 1:
            last[1].append(i)
            open_[first] = (letter, last[1])
    return runs
