"""First remarks: what is called notes or remarks, and stands with its text in front of everything else, is a preface."""

from __future__ import annotations

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout

LINES = 6  # of a remark of one paragraph, whose heading says more than that it is a note: TRANSCRIBER'S NOTE
_FRONT = frozenset(("preface", "foreword", "introduction", "dedication", "advertisement", "contents", "argument", "errata"))


def first_remarks(blocks: list[Block], _: Layout) -> list[Block]:
    """The first heading of a book that names no preface, contents or such, but notes or remarks, over prose without a mark of a note, is
    that of a preface: nothing stands before it that could be noted.
    """
    places = [i for i, b in enumerate(blocks) if b.kind == "heading" and not b.within]
    for at, stop in zip(places, places[1:], strict=False):
        facts = blocks[at].facts
        if facts.type == "named" and facts.division in _FRONT:
            continue
        told = [b for b in blocks[at + 1 : stop] if b.kind not in BETWEEN]
        prose = [b for b in told if b.kind == "paragraph"]
        noted = any(b.within and b.within[0].kind == "note" for b in told)
        enough = " " not in blocks[at].text or len(prose) > 1 or sum(len(b.rows) for b in prose) >= LINES
        if facts.type == "named" and facts.division == "notes" and prose and not noted and enough:
            decision = Decision("first-remarks", "remarks before everything that could be remarked on", 0.8)
            result = list(blocks)
            result[at] = replace(blocks[at], facts=replace(facts, division="preface"), decisions=(*blocks[at].decisions, decision))
            return result
        break
    return blocks
