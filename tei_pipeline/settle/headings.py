"""Headings among themselves: numbers that must run on, stanza numbers, subtitles, lines that only looked like headings."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from tei_pipeline.blocks import Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.language import parse_roman
from tei_pipeline.layout import Layout
from tei_pipeline.rules.words import bare_label

_TRANSPARENT = frozenset(("furniture",))
_NUMERAL = re.compile(r"^\W{0,2}(?:[0-9]{1,3}|[IVXLC]{1,7}|[ivxlc]{1,7})\W{0,2}$")


def headings(blocks: list[Block], layout: Layout) -> list[Block]:
    """Numbers over verse number stanzas; a bare number that no other runs on from or to is no heading."""
    result = list(blocks)
    order = [i for i, b in enumerate(blocks) if b.kind not in _TRANSPARENT]
    after = dict(zip(order, [*order[1:], -1], strict=True))
    numerals: list[int] = []
    for i, block in enumerate(blocks):
        if (
            len(block.rows) == 1
            and block.kind in ("heading", "signed", "paragraph", "verse")
            and _NUMERAL.match(block.rows[0].text)
            and not block.within
        ):
            numerals.append(i)
    values = Counter(_value(blocks[i]) for i in numerals)
    for i in numerals:
        block = blocks[i]
        nxt = after.get(i, -1)
        value = _value(block)
        runs = values[value - 1] or values[value + 1] or value == 1 and values[2]
        if nxt >= 0 and blocks[nxt].kind == "verse" and runs:
            decision = Decision("stanza-number", "a number over verse", 0.9)
            result[i] = replace(block, kind="stanza-number", decisions=(*block.decisions, decision))
        elif block.kind == "heading" and block.facts.type in ("roman", "arabic") and not runs:
            decision = Decision("numbering", f"no other number runs on to or from {block.rows[0].text}", 0.7)
            result[i] = replace(block, kind="paragraph", decisions=(*block.decisions, decision))
        elif block.kind != "heading" and runs and nxt >= 0 and block.kind != "verse":
            label = bare_label(block.rows[0].text.strip("_"))
            facts = (
                Facts(n=label.n, number=label.number, label=label.length, type="roman" if label.n[0].isalpha() else "arabic")
                if label
                else block.facts
            )
            result[i] = replace(block, kind="heading", facts=facts, decisions=(*block.decisions, Decision("numbering", "runs on", 0.85)))
    return result


def _value(block: Block) -> int:
    text = block.rows[0].text.strip("._-–— ()[]*")
    return int(text) if text.isdigit() else parse_roman(text) or 0
