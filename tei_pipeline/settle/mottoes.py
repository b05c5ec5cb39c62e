"""Mottoes: the line that names the source of a quotation under a heading."""

from __future__ import annotations

import re

from msgspec.structs import replace

from tei_pipeline.blocks import Block
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.settle.arguments import OVER

_DASHED = re.compile(r"^_?(?:--|—|–)\s?[_\w\"“(\[]")
_NAME = re.compile(r"^_?(?:[A-Z]\.\s?){0,3}[A-Z][A-Z'’-]{2,}(?:\s[A-Z][A-Z'’.-]+)*(?:[.,]_?(?:\s|$)|$)")  # COWPER. or LYLE, _Maxims_.
_QUOTED = re.compile(r"^[_\"“„«'‘]")
MOST = 8  # words of a source: author, work, act and scene
SHORT = 2  # lines of a motto that may be prose; more are verses if they were taken for verses


def attributions(blocks: list[Block], layout: Layout) -> list[Block]:
    """The last line of a motto under a heading, far to the right, a dash before it or a name in capitals, is its source."""
    result: list[Block] = []
    near = False
    for block in blocks:
        if block.kind in OVER:
            result.append(block)
            continue
        parts = _parted(block) if near and block.kind in ("paragraph", "verse") else None
        result.extend(parts or [block])
        near = block.kind in ("heading", "subtitle", "byline") or (near and parts is None and len(block.rows) <= SHORT)
    return result


def _parted(block: Block) -> list[Block] | None:
    """The quotation and its source, when the last line of a block is such a source."""
    last = block.rows[-1]
    if len(block.rows) < 2 or last.gap or len(last.text.split()) > MOST:
        return None
    if not _DASHED.match(last.text) and not (_NAME.match(last.text) and (block.kind == "verse" or _QUOTED.match(block.text))):
        return None
    if last.indent < min(row.indent for row in block.rows[:-1]) + 8:
        return None
    decision = Decision("motto", "the last line, far to the right, names the source", 0.85)
    kind = "paragraph" if len(block.rows) <= SHORT + 1 and _QUOTED.match(block.text) else block.kind
    quoted = replace(block, kind=kind, end=last.line, rows=block.rows[:-1], decisions=(*block.decisions, decision))
    source = Block("paragraph", last.line, block.end, (last._replace(gap=1),), (decision,))
    return [quoted, source]
