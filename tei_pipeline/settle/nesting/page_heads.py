"""What the running heads of pages tell of titles: a title that heads the pages after it holds those that begin amid these."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import Block
from tei_pipeline.measuring.pages.titles import bare_words
from tei_pipeline.settle.nesting.styles import Style

CUT_SHORT = 4  # words, at least, of a running head that says only how a long title begins
LONGEST = 16  # words of it


def headed(blocks: Sequence[Block], places: Sequence[int], styles: Sequence[Style]) -> list[Style]:
    """The styles of the headings at ``places``, each with its place and that of the last page which its words head, up to where the same
    title stands again.
    """
    heads: dict[str, list[int]] = {}
    for i, block in enumerate(blocks):
        if block.kind == "furniture" and block.facts.type == "header" and (words := bare_words(block.text)):
            heads.setdefault(words, []).append(i)
    if not heads:
        return list(styles)
    again: dict[str, int] = {}
    result: list[Style] = []
    for at, style in zip(reversed(places), reversed(styles), strict=True):
        title = bare_words(blocks[at].text)
        until = max(_last_between(heads.get(words, ()), at, again.get(title, len(blocks))) for words in _printed(title))
        result.append(replace(style, at=at, until=until))
        again[title] = at
    return result[::-1]


def _printed(title: str) -> list[str]:
    """What a running head may have of a title: all of it, or its first words."""
    words = title.split(" ")
    return [title, *(" ".join(words[:k]) for k in range(CUT_SHORT, min(len(words), LONGEST)))]


def _last_between(places: Sequence[int], low: int, high: int) -> int:
    """The last of some places between two others, or 0."""
    at = bisect_left(places, high) - 1
    return places[at] if at >= 0 and places[at] > low else 0
