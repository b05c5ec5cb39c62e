"""A note before the first chapter: what is told there of the book, under a heading that names notes."""

from __future__ import annotations

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.settle.styles import FRONT

_TOLD = frozenset(("paragraph", "signed", "dateline", "verse", "attribution", "titlepage"))


def prefatory_notes(blocks: list[Block], layout: Layout) -> list[Block]:
    """NOTE, over paragraphs without numbers, between nothing but front matter and the first chapter, heads a preface."""
    result, read = blocks, layout.drama
    for i, block in enumerate(blocks):
        if read or block.kind in BETWEEN or block.kind in ("boilerplate", "titlepage"):
            continue
        if block.kind != "heading" or block.within:
            read = not any(b.kind == "heading" and b.facts.division in FRONT for b in result[:i]) and not block.facts.division
            continue
        if block.facts.division in FRONT and block.facts.type == "named":
            continue
        read = block.facts.division != "notes" or block.facts.type != "named" or not _tells(blocks, i)
        if not read:
            decision = Decision("prefatory-note", "over paragraphs before the first chapter, among front matter", 0.8)
            result = list(result)
            result[i] = replace(block, facts=replace(block.facts, division="preface"), decisions=(*block.decisions, decision))
    return result


def _tells(blocks: list[Block], at: int) -> bool:
    """Whether a few paragraphs stand below a heading, none of them a note, and another heading below them."""
    found = 0
    for block in blocks[at + 1 :]:
        if block.kind in BETWEEN:
            continue
        if block.kind == "heading" and not block.within:
            return found > 0 and (block.facts.number == 1 or block.facts.division in FRONT or not block.facts.division)
        if block.within or block.kind not in _TOLD or found == MOST or not block.text[:1].isalpha():
            return False
        found += 1
    return False


MOST = 12  # paragraphs
