"""Notes that share a line, and numbers that share a note: "[1] Ibid. [2] See p. 4.", "* Ibid. † See p. 4." and "[3], [4] See p. 5."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import Block
from tei_pipeline.seldom import seldom
from tei_pipeline.settle.notes.groups import Noted

_NUMBER = re.compile(r"\[([0-9]{1,3})\]")
_ENDS = seldom(r"(?:[.?!)_\"”’]|\])\s{1,3}$")  # what stands before the label of another note on the line: a sentence or a label
_JOINS = re.compile(r"(?:,|&|\s[^\W\d_]{1,3})\s?$")  # "[3], [4]", "[3] and [4]"


def with_shared(noted: Sequence[Noted], blocks: Sequence[Block]) -> list[Noted]:
    """The notes with the numbers between that of each and of the next, which stand in its lines as labels do: what refers to them refers
    to it.
    """
    result: list[Noted] = []
    followed: list[Noted | None] = [*noted[1:], None]
    for note, following in zip(noted, followed, strict=False):
        result.append(note)
        n = note.container.n
        if note.style == "star" and len(n) == 1 and (at := SIGNS_IN_ORDER.find(n)) >= 0:
            signs = _signs(blocks[note.block], at + 1, following.container.n if following is not None else "")
            result += [replace(note, container=replace(note.container, n=sign)) for sign in signs]
            continue
        if note.style != "square" or not n.isdecimal():
            continue
        last = following.container.n if following is not None and following.style == "square" else ""
        most = int(last) - 1 if last.isdecimal() and int(last) > 1 else int(n) + MOST
        if int(n) < most <= int(n) + MOST:
            numbers = _numbers(blocks[note.block], int(n))
            if numbers and (not last.isdecimal() or int(last) == 1 or numbers[-1] == most):
                result += [replace(note, container=replace(note.container, n=str(number))) for number in numbers]
    return result


MOST = 6  # notes more on the lines of one


def _numbers(block: Block, n: int) -> list[int]:
    """The numbers that run on from that of a note and stand in its lines as labels do."""
    found: list[int] = []
    for row in block.rows:
        start = 0
        for m in _NUMBER.finditer(row.text):
            before = row.text[start : m.start()]
            if int(m[1]) == n + len(found) + 1 and (
                not before.strip() or _ENDS.search(before) or (len(before) < SHORTEST and _JOINS.search(before))
            ):
                found.append(int(m[1]))
            start = 0 if before and not found else m.end()
    return found


def _signs(block: Block, at: int, last: str) -> list[str]:
    """The signs that follow in the order of printers and stand behind a sentence in the lines of a note, up to that of the next note."""
    found: list[str] = []
    for row in block.rows:
        for m in _SIGN.finditer(row.text):
            sign = SIGNS_IN_ORDER[at + len(found)] if at + len(found) < len(SIGNS_IN_ORDER) else ""
            if m[1] == sign != last:
                found.append(sign)
    return found


SIGNS_IN_ORDER = "*†‡§"
_SIGN = re.compile(r"[.?!)_\"”’]\s{1,3}([†‡§])(?=\s?[^\W\d_])")
SHORTEST = 8  # characters between two labels of one note
