"""Series: headings that a word of the book's own numbers (SESSION I, Session II), though no language lists it as a division's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import Block
from tei_pipeline.decisions import Decision
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout

FEWEST = 3  # headings that run on: two may be chance
_NUMBERED = re.compile(r"^[\W_]*([^\W\d_]{3,}|[^\W\d_]{2,}(?=\.))\.?_?\s+(\d{1,3}|[IVXLCDM]{1,8}|[^\W\d_]{3,})(?=\W|$)")
_TYPES = frozenset(("capitals", "title", "underlined"))


def series(blocks: list[Block], layout: Layout) -> list[Block]:
    """One word and a number that runs on through three or more headings label divisions, whatever the word."""
    found: dict[str, list[tuple[int, str, int, int]]] = {}
    for i, block in enumerate(blocks):
        if block.kind == "heading" and not block.within and block.facts.type in _TYPES and (m := _NUMBERED.match(block.rows[0].text)):
            value = layout.language.parse_number(m[2])
            if value:
                found.setdefault(fold(m[1]), []).append((i, m[2], value, m.end()))
    result = blocks
    for word, members in found.items():
        if len(members) < FEWEST or not _runs_on([value for _, _, value, _ in members]):
            continue
        result = list(result)
        for i, n, value, label in members:
            facts = replace(blocks[i].facts, type="series", division="section", n=n, number=value, label=label)
            decision = Decision("series", f"{len(members)} headings are numbered as {word!r}", 0.9)
            result[i] = replace(result[i], facts=facts, decisions=(*result[i].decisions, decision))
    return result


def _runs_on(values: Sequence[int]) -> bool:
    """Whether nearly every number is the next one, or begins anew."""
    steps = sum(b == a + 1 or b == 1 for a, b in zip(values, values[1:], strict=False))
    return values[0] == 1 and steps >= 0.75 * (len(values) - 1)
