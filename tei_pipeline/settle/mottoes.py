"""Mottoes: the line that names the source of a quotation under a heading."""

from __future__ import annotations

import re

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.rules.beside_verse import FAR, source_lines

_QUOTED = re.compile(r"^[_\"“„«'‘]")
NEAR = 8  # columns that are enough right under a heading
SHORT = 2  # lines of a motto that may be prose; more are verses if they were taken for verses


def attributions(blocks: list[Block], layout: Layout) -> list[Block]:
    """The last line of verses, or of a motto under a heading, far to the right, with a dash before it, a name or a date, is its source."""
    result: list[Block] = []
    near = False
    for block in blocks:
        if block.kind in BETWEEN:
            result.append(block)
            continue
        parts = _parted(block, layout, NEAR if near else FAR) if block.kind == "verse" or (near and block.kind == "paragraph") else None
        result.extend(parts or [block])
        argued = bool(block.within) and block.within[0].kind == "argument"
        near = block.kind in ("heading", "subtitle", "byline") or (near and (argued or (parts is None and len(block.rows) <= SHORT)))
    return result


def _parted(block: Block, layout: Layout, far: int) -> list[Block] | None:
    """The quotation and its source, when the last lines of a block are such a source."""
    told = block.kind == "verse" or _QUOTED.match(block.text) or _DASHED.match(block.rows[-1].text)
    count = source_lines(block.rows, layout, far) if told else 0
    if not count and far == NEAR and _is_in_capitals(block):
        count = 1
    if not count:
        return None
    quoted_rows, source_rows = block.rows[:-count], block.rows[-count:]
    first = source_rows[0].line
    decision = Decision("motto", "the last line, far to the right, names the source", 0.85)
    kind = "paragraph" if far == NEAR and len(block.rows) <= SHORT + 1 and _QUOTED.match(block.text) else block.kind
    quoted = replace(block, kind=kind, end=first, rows=quoted_rows, decisions=(*block.decisions, decision))
    source = Block("paragraph", first, block.end, (source_rows[0]._replace(gap=1), *source_rows[1:]), (decision,), within=block.within)
    return [quoted, source]


LONGEST_NAME = 6  # words: an author, or a work


def _is_in_capitals(block: Block) -> bool:
    """Whether verses end with a line in capitals, their source, which no other of them is set in."""
    *verses, last = [row.text for row in block.rows]
    if block.kind != "verse" or not verses or verses[-1][-1] in ",;":
        return False
    if not last.isupper() or len(last.split()) > LONGEST_NAME or last[-1] in ",;:!?":
        return False
    words = [word for text in verses for word in text.split()]
    return sum(word[0].islower() for word in words) > 0.5 * len(words)


_DASHED = re.compile(r"^_?(?:--|—|–)\s?[_\w\"“(\[]")
