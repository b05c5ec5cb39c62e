"""Blocks of text as lines: white space folded, words joined, lines wrapped, tables aligned.

Four control characters, which XML cannot hold, stand in a block for what is settled only here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Literal, NamedTuple, TypeAlias

GLUE = "\0"  # the words before and after it are one
UNHYPHEN = "\1"  # the same, and a hyphen before it goes
LINE = "\2"  # a new line
SLOT = "\3"  # encloses the number of a note that comes here
BLANK = " \t\r\n" + GLUE + UNHYPHEN + LINE  # what alone makes no block

MAX_INDENT = 40  # characters: deeper nesting, or an indent that nobody printed, must not push the text off the page
MAX_HANG = 8  # characters that a list marker or note siglum may push the text in
MAX_COLUMN = 40  # characters: a longer cell is not what a column is aligned to
LEAST_WIDTH = 20  # characters that are left for words, however deep the indent

_GLUED = re.compile(f"(?: ?{GLUE})+ ?")
# Hyphens at line ends: hyphen-minus, hyphen, not sign and double oblique hyphen of old prints, soft hyphen.
_UNHYPHENED = re.compile(f"[-\u2010\u00ac\u2e17\xad]? ?{UNHYPHEN} ?")
_SLOTS = re.compile(f"{SLOT}([0-9]+){SLOT}")


class Block(NamedTuple):
    """Text that stands apart: ``gap`` empty lines before it, ``indent`` characters before each line.

    ``marker`` hangs ``hang`` characters out of it to the left.
    """

    text: str
    gap: int = 1
    indent: int = 0
    marker: str = ""
    hang: int = 0
    kind: Literal["words", "verbatim"] = "words"
    is_heading: bool = False


class Table(NamedTuple):
    """Rows of cells, each the text of a :class:`Block`, or None for a column over which the cell before it reaches."""

    rows: list[list[str | None]]
    gap: int = 1
    indent: int = 0
    is_heading: bool = False


Set: TypeAlias = "Block | Table"


def typeset(blocks: Iterable[Set], width: int, notes: Mapping[int, str]) -> str:
    """The text of the blocks, lines of at most ``width`` characters where words allow it (0: a line for each paragraph).

    ``notes`` are the texts of the notes that stand inside others' lines, by the number in their slot.
    """
    lines: list[str] = []
    for block in blocks:
        made = _rows(block, notes) if isinstance(block, Table) else _lines(block, width, notes)
        if made:
            if lines:
                lines += [""] * block.gap
            lines += made
    return "\n".join(lines) + "\n" if lines else ""


def fold(text: str) -> str:
    """``text`` with white space folded to single spaces and without it at both ends, and with what is glued together."""
    for white in "\t\r\n":  # a no-break space is the author's
        text = text.replace(white, " ")
    text = (" ".join(filter(None, text.split(" "))) if "  " in text else text).strip(" ")
    if UNHYPHEN in text:
        text = _UNHYPHENED.sub("", text)
    if GLUE in text:
        text = _GLUED.sub("", text)
    return text


def _lines(block: Block, width: int, notes: Mapping[int, str]) -> list[str]:
    text = filled(block.text, notes) if SLOT in block.text else block.text
    indent = min(block.indent, MAX_INDENT)
    pad = " " * indent
    if block.kind == "verbatim":
        text = _GLUED.sub("", text.replace(UNHYPHEN, GLUE))
        lines = [line.rstrip() for line in text.replace("\n" + LINE, LINE).replace(LINE, "\n").split("\n")]
        while lines and not lines[0]:
            del lines[0]
        while lines and not lines[-1]:
            del lines[-1]
    else:
        text = fold(text)
        if len(block.marker) >= block.hang and block.marker:
            text = f"{block.marker} {text}".rstrip(" ")
        lines = [line.strip(" ") for line in text.split(LINE)] if LINE in text else [text]
        if width:
            lines = [part for line in lines for part in _wrapped(line, max(width - indent, LEAST_WIDTH))]
        lines = [line for line in lines if line]
    if not block.marker:
        return [pad + line for line in lines]
    first = " " * (indent - min(block.hang, indent))
    if len(block.marker) < block.hang:
        first = (first + block.marker.ljust(block.hang) + lines[0]) if lines else first + block.marker
    else:
        first += lines[0]
    return [first, *(pad + line for line in lines[1:])]


def _wrapped(line: str, width: int) -> list[str]:
    return [line] if len(line) <= width else _measure(width).findall(line)


@cache
def _measure(width: int) -> re.Pattern[str]:
    """As many words as fit into ``width`` characters, or one word that does not."""
    return re.compile(f"[^ ].{{0,{width - 1}}}(?= |$)|[^ ]+")


def filled(text: str, notes: Mapping[int, str]) -> str:
    """``text`` with the words of notes, in brackets, in their slots."""
    return _SLOTS.sub(lambda slot: f" [{notes.get(int(slot.group(1)), '')}]", text)


def _rows(table: Table, notes: Mapping[int, str]) -> list[str]:
    rows = [["" if cell is None else fold(filled(cell, notes)).replace(LINE, " ") for cell in row] for row in table.rows]
    widths: dict[int, int] = {}
    for row, source in zip(rows, table.rows, strict=True):
        for at, cell in enumerate(row):
            reaches_over = at + 1 < len(row) and source[at + 1] is None
            if not reaches_over and widths.get(at, 0) < len(cell) <= MAX_COLUMN:
                widths[at] = len(cell)
    pad = " " * min(table.indent, MAX_INDENT)
    made = ["  ".join(cell.ljust(widths.get(at, 0)) for at, cell in enumerate(row)).rstrip() for row in rows]
    return [pad + row for row in made if row]
