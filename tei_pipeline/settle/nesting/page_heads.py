"""What the running heads of pages tell of titles: a title that heads the pages after it holds those that begin amid these."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import Block
from tei_pipeline.measuring.pages.titles import bare_words
from tei_pipeline.settle.nesting.styles import Style

CUT_SHORT = 4  # words, at least, of a running head that says only how a long title begins


def headed(blocks: Sequence[Block], places: Sequence[int], styles: Sequence[Style]) -> list[Style]:
    """The styles of the headings at ``places``, each with its place and that of the last page which its words head."""
    heads = [
        (i, words) for i, b in enumerate(blocks) if b.kind == "furniture" and b.facts.type == "header" and (words := bare_words(b.text))
    ]
    if not heads:
        return list(styles)
    titles = [bare_words(blocks[i].text) for i in places]
    result = []
    for k, (at, style) in enumerate(zip(places, styles, strict=True)):
        again = next((place for place, title in zip(places[k + 1 :], titles[k + 1 :], strict=True) if title == titles[k]), len(blocks))
        until = max((i for i, words in heads if at < i < again and _is_of(words, titles[k])), default=0)
        result.append(replace(style, at=at, until=until))
    return result


def _is_of(words: str, title: str) -> bool:
    """Whether the words of a running head are those of a title, or the first of them."""
    return words == title or (words.count(" ") >= CUT_SHORT - 1 and title.startswith(f"{words} "))
