"""Agreement: the headings found compared with the contents page, both ways, and with their own numbers; differences are reported."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from tei_pipeline.blocks import Block
from tei_pipeline.decisions import Problem
from tei_pipeline.layout import Layout
from tei_pipeline.rules.headings.head_labels import head_label
from tei_pipeline.rules.lists.entry_pages import entry_page
from tei_pipeline.rules.shape import is_summary
from tei_pipeline.settle.front.half_titles import BOOK_AGAIN
from tei_pipeline.settle.titles.listing import entries_of, headings_of
from tei_pipeline.settle.titles.lost import Lost

MOST = 5  # differences of one kind that are told one by one; more of them say that the contents page lists something else
_OUTSIDE = frozenset(("contents", "notes", "index", "errata", "dedication", "cast"))  # what contents pages leave out


def heading_problems(blocks: Sequence[Block], layout: Layout, listed: Mapping[int, int], lost: Collection[Lost] = ()) -> list[Problem]:
    """What an editor should look at: entries of the contents without a heading, headings without an entry, broken numbering.

    ``listed``: the headings that the contents page names, and their entries; ``lost``: those that are supplied from it.
    """
    supplied = [
        Problem("warning", "heading-supplied", f"the text lacks the heading “{one.head.text}”, which the contents name here", one.line + 1)
        for one in lost
    ]
    places = headings_of(blocks)
    return [*supplied, *_contents(blocks, places, layout, listed, lost), *_numbering(blocks, places, lost)]


def _contents(
    blocks: Sequence[Block], places: list[int], layout: Layout, listed: Mapping[int, int], lost: Collection[Lost]
) -> list[Problem]:
    entries = entries_of(blocks, layout)
    if not listed or len(listed) < 0.5 * len(entries):
        return []
    missing = [
        Problem(
            "warning", "contents-without-heading", f"the contents name “{_short(blocks[i])}”, which heads no division", blocks[i].first + 1
        )
        for i in unheaded(blocks, entries, layout, listed, lost)
    ]
    last = max(listed)
    first = min(listed)
    level = max(blocks[i].facts.level for i in listed)
    usual = {k for k in range(1, level + 1) if _share(blocks, places, listed, k) > 0.5}
    unlisted = [
        Problem("warning", "heading-not-in-contents", f"“{_short(blocks[i])}” is not in the contents", blocks[i].first + 1)
        for i in places
        if first < i < last and i not in listed and blocks[i].facts.level in usual and blocks[i].facts.division not in _OUTSIDE
        if blocks[i].decisions[-1].evidence != BOOK_AGAIN
    ]
    return [
        *_few(missing, "contents-without-heading", "entries of the contents head no division"),
        *_few(unlisted, "heading-not-in-contents", "headings are not in the contents"),
    ]


def unheaded(
    blocks: Sequence[Block], entries: Sequence[int], layout: Layout, listed: Mapping[int, int], lost: Collection[Lost] = ()
) -> list[int]:
    """The entries of the contents that head no division, and are no part of an entry beside them that does."""
    named = set(listed.values())
    supplied = {one.head.first for one in lost}
    return [
        i
        for k, i in enumerate(entries)
        if i not in named and blocks[i].first not in supplied and not _is_told(blocks, entries, k, named, layout)
    ]


def _is_told(blocks: Sequence[Block], entries: Sequence[int], at: int, named: Collection[int], layout: Layout) -> bool:
    """Whether the entry beside one has its heading, where a number stands over its title; or an entry sums up what a chapter holds."""
    if is_summary(entry_page(layout.language).sub("", blocks[entries[at]].text)):
        return True
    label = _is_label(blocks[entries[at]], layout)
    beside = entries[at + 1 : at + 2] if label else entries[max(0, at - 1) : at]
    return any(i in named and (label or _is_label(blocks[i], layout)) for i in beside)


def _is_label(block: Block, layout: Layout) -> bool:
    label = head_label(block.text, layout.language)
    return label is not None and bool(label.type) and label.length >= len(block.text.rstrip("._ "))


def _share(blocks: Sequence[Block], places: list[int], listed: Mapping[int, int], level: int) -> float:
    alike = [i for i in places if blocks[i].facts.level == level]
    return sum(i in listed for i in alike) / len(alike) if alike else 0.0


def _few(problems: list[Problem], code: str, told: str) -> list[Problem]:
    """The problems, or one for all of them when they are many."""
    if len(problems) <= MOST:
        return problems
    return [Problem("warning", code, f"{len(problems)} {told}, the first of them here", problems[0].line)]


def _numbering(blocks: Sequence[Block], places: list[int], lost: Collection[Lost]) -> list[Problem]:
    heads = sorted([*((blocks[i].first, 1, blocks[i]) for i in places), *((one.line, 0, one.head) for one in lost)], key=lambda e: e[:2])
    return _few(list(_broken([head for _, _, head in heads])), "numbering", "numbers of headings do not run on")


def _broken(heads: Sequence[Block]) -> Iterator[Problem]:
    """Where the number of a heading is neither the next one of its kind nor, under another upper heading, the first."""
    last: dict[tuple[str, str], Block] = {}
    fresh: dict[tuple[str, str], bool] = {}
    for block in heads:
        facts = block.facts
        for key, before in last.items():
            if facts.level < before.facts.level:
                fresh[key] = True
        if not facts.number:
            continue
        key = (facts.type, facts.division)
        above = last.get(key)
        if above is not None and above.facts.level == facts.level and facts.number != above.facts.number + 1:
            if facts.number != 1 or not fresh.get(key):
                message = f"“{_short(block)}” follows “{_short(above)}”: the numbering does not run on"
                yield Problem("warning", "numbering", message, block.first + 1)
        last[key] = block
        fresh[key] = False


def _short(block: Block) -> str:
    text = block.text
    return text if len(text) <= 50 else text[:49].rstrip() + "…"
