"""Parts of pieces: titles in the same words in each piece of a numbered kind, as an explanation stands below each fable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import Block
from tei_pipeline.settle.nesting.styles import Style

FEWEST = 3  # titles in the same words
MOSTLY = 0.6  # of the pieces of the kind have one


def piece_parts(blocks: Sequence[Block], places: Sequence[int], styles: Sequence[Style]) -> list[Style]:
    """A title without a number whose words come again, each time right behind the text of a labelled piece of one kind, is a part of it."""
    alike: dict[str, list[int]] = defaultdict(list)
    for k, (i, style) in enumerate(zip(places, styles, strict=True)):
        if style.family == "title" and not blocks[i].facts.division:
            alike[blocks[i].rows[0].text].append(k)
    parts: dict[int, str] = {}
    for found in alike.values():
        if len(found) < FEWEST or not found[0]:
            continue
        family = styles[found[0] - 1].family
        pieces = sum(style.family == family for style in styles[found[0] - 1 : found[-1]]) if family.startswith("labelled") else 0
        if pieces and len(found) >= MOSTLY * pieces and all(styles[k - 1].family == family and not styles[k - 1].textless for k in found):
            parts.update(dict.fromkeys(found, family))
    return [replace(style, part_of=parts[k]) if k in parts else style for k, style in enumerate(styles)] if parts else list(styles)
