"""Running titles: what some transcripts print again before each act or scene, as the pages of the book had it at their tops."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout

_ON_LEAVES = frozenset(("volume", "part", "book"))  # they begin on leaves of their own, on which the title of the book stands again
FEWEST = 3  # times: a title that heads the book and one part of it is not yet a running one


def running_titles(blocks: list[Block], layout: Layout) -> list[Block]:
    """A title that comes again and again right above other headings, and with it the number of the division that is open already,
    stand at the top of a page.
    """
    places = [i for i, b in enumerate(blocks) if b.kind != "furniture"]
    heads = [k for k, i in enumerate(places) if blocks[i].kind == "heading" and not blocks[i].within]
    over = set(heads).intersection(k - 1 for k in heads)
    titles = Counter(
        _key(blocks[places[k]])
        for k in over
        if blocks[places[k + 1]].facts.type == "labelled"  # the title of each play of a volume heads its preface and its persons too
        and blocks[places[k + 1]].facts.division not in _ON_LEAVES
        and blocks[places[k]].facts.type not in ("labelled", "named", "roman", "arabic")  # each part may have a chapter 3
    )
    small = layout.language.bylines.keys() | layout.language.lowercase_in_titles  # "DI" and "DER" between the lines of a title page
    running = {key for key, times in titles.items() if times >= FEWEST and key not in small}
    repeated = _over_each_piece(blocks, places, heads)
    if not running and not repeated:
        return blocks
    result = list(blocks)
    opened: dict[str, int] = {}
    seen: set[str] = set()
    for k in heads:
        block = blocks[places[k]]
        facts = block.facts
        if facts.type == "labelled":
            below_title = k in over and opened.get(facts.division) == facts.number and result[places[k - 1]].kind == "furniture"
            again = below_title or k in repeated
            opened[facts.division] = facts.number
        else:
            key = _key(block)
            again = k in over and key in running and key in seen
            seen.add(key)
        if again:
            decision = Decision("running-title", "printed again above other headings: the running title of a page", 0.85)
            result[places[k]] = replace(block, kind="furniture", facts=Facts(type="header"), decisions=(*block.decisions, decision))
    return result


def _over_each_piece(blocks: Sequence[Block], places: Sequence[int], heads: Sequence[int]) -> set[int]:
    """The headings that are the label alone of the division that is open, in the same words, right over the next of those that are
    counted in it: some books print BOOK I. over each of its chapters.
    """
    found: set[int] = set()
    last: dict[str, Block] = {}
    for k, following in zip(heads, [*heads[1:], -1], strict=False):
        group = blocks[places[k]]
        if group.facts.type != "labelled":
            continue
        above = last.get(group.facts.division)
        piece = blocks[places[following]] if following == k + 1 else None
        if above is not None and piece is not None and piece.facts.type == "labelled" and group.facts.level < piece.facts.level:
            before = last.get(piece.facts.division)
            runs_on = before is not None and 0 < before.facts.number == piece.facts.number - 1
            if runs_on and len(group.rows) == 1 and fold(above.rows[0].text) == fold(group.text):
                found.add(k)
        last[group.facts.division] = group
    return found


def _key(block: Block) -> str:
    return fold(block.text).strip(" .:_*")
