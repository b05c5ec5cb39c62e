"""Lost headings: divisions that the contents page names and whose heading the text lacks, where their place is certain.

Converters lose headings: those set as pictures, in display type, on a leaf of their own. The contents page says what was lost and
between which two headings; the text must show the place itself, by white space that the book leaves before such headings only, by the
top of the page that the contents name, or by a numbering that begins anew. What is not certain stays reported
(``settle/titles/agreement.py``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block
from tei_pipeline.decisions import Decision
from tei_pipeline.language import Language
from tei_pipeline.layout import Layout
from tei_pipeline.numerals import parse_roman
from tei_pipeline.rules.headings.head_labels import HeadLabel, head_label
from tei_pipeline.rules.lists.entry_pages import entry_page
from tei_pipeline.settle.titles.listing import entries_of, first_part_lost

CLEAR = 3  # gaps: less white space stands before a new thought too
MOST = 3  # headings in a row: where more are missing, the contents page lists something else
ENOUGH = 0.6  # of the entries must have their heading: else the page is no list of the headings
_NO_TEXT = BETWEEN | {"subtitle", "byline", "dateline", "salute", "epigraph", "imprint"}


class Lost(Struct, frozen=True):
    """A heading that the text lacks. Its division begins at ``line``, an index into ``Source.lines``; ``head`` is the heading as it would
    be, its only row the entry of the contents page without the page number, ``first`` the line of that entry.
    """

    line: int
    head: Block


def lost_headings(blocks: Sequence[Block], listed: Mapping[int, int], layout: Layout) -> tuple[Lost, ...]:
    """The headings that can be supplied, in the order of the text. ``listed``: the headings found, and their entries."""
    first = _first(blocks, listed, layout)
    return first + _others(blocks, listed, layout)


def _first(blocks: Sequence[Block], listed: Mapping[int, int], layout: Layout) -> tuple[Lost, ...]:
    """The heading of the first part, when the second has one."""
    lost = first_part_lost(blocks, listed, layout)
    if lost is None or all(decision.rule != "first-part" for decision in blocks[lost[1]].decisions):
        return ()
    entry, below, second = lost
    why = f"“{_short(blocks[below])}” is the first that the contents list under it"
    return (_lost(blocks, below, why, blocks[second], entry, layout.language),)


def _others(blocks: Sequence[Block], listed: Mapping[int, int], layout: Layout) -> tuple[Lost, ...]:
    """The headings lost between two that stand in the text."""
    entries = entries_of(blocks, layout) if listed else []
    if len(listed) < ENOUGH * len(entries) or len(listed) == len(entries):
        return ()
    named = {entry: heading for heading, entry in listed.items()}
    if (order := [named[entry] for entry in entries if entry in named]) != sorted(order):
        return ()  # the contents page has an order of its own: it tells no place
    labels = {entry: head_label(blocks[entry].text, layout.language) for entry in entries}
    found: list[Lost] = []
    there: dict[tuple[str, int], list[int]] = {}
    for i, b in enumerate(blocks):
        if b.kind == "heading" and not b.within and b.facts.number:
            there.setdefault((b.facts.division, b.facts.number), []).append(i)
    at = 0
    while at < len(entries):
        end = at
        while end < len(entries) and entries[end] not in named:
            end += 1
        if at < end < len(entries) and end - at <= MOST and at:
            run = entries[at:end]
            between = named[entries[at - 1]], named[entries[end]]
            models = [_model(blocks, entry, entries, named, labels) for entry in run]
            known = [model for model in models if model is not None]
            numbered = (there.get((own.type, own.number), []) for e in run if (own := labels[e]))
            if any(between[0] < i < between[1] for same in numbered for i in same):
                known = []  # printed in other words: LIBER SECUNDUS, of which the contents page says LIBER II
            if len(known) == len(run) and len({blocks[i].facts.level for i in known}) == 1:
                places = _places(blocks, between, [blocks[i] for i in known], run, named)
                found += [
                    _lost(blocks, place, why, blocks[model], entry, layout.language)
                    for (place, why), model, entry in zip(places, known, run, strict=False)
                ]
        at = max(at, end) + 1
    return tuple(found)


def _model(
    blocks: Sequence[Block],
    entry: int,
    entries: Sequence[int],
    named: Mapping[int, int],
    labels: Mapping[int, HeadLabel | None],
) -> int | None:
    """The heading that was found and that the lost one is like: the one numbered just before or after it, or, where nothing is numbered,
    both neighbours of the contents page.
    """
    label, at = labels[entry], entries.index(entry)
    if label is None:
        around = [next((e for e in reversed(entries[:at]) if e in named), None), next((e for e in entries[at:] if e in named), None)]
        alike = [named[e] for e in around if e is not None and labels[e] is None]
        if len(alike) < 2 or not all(_set_alike(blocks[entry], blocks[e]) for e in around if e is not None):
            return None
        return alike[0] if blocks[alike[0]].facts.level == blocks[alike[1]].facts.level else None
    beside = []
    for step, others in ((-1, reversed(entries[:at])), (1, iter(entries[at + 1 :]))):
        for other in others:
            near = labels[other]
            if near is not None and other in named and _one_kind(near, label):
                if near.number == label.number + step or (near.number - label.number) * step in range(1, MOST + 1):
                    beside.append(named[other])
                break
    if not beside or len({blocks[i].facts.level for i in beside}) > 1:
        return None
    return beside[0]


def _one_kind(a: HeadLabel, b: HeadLabel) -> bool:
    """Whether two labels are of one numbering: the same word, or both bare and both of the same figures."""
    return a.type == b.type and (bool(a.type) or a.n[:1].isdigit() == b.n[:1].isdigit())


def _set_alike(a: Block, b: Block) -> bool:
    return abs(a.rows[0].indent - b.rows[0].indent) <= 1 and a.rows[0].text.isupper() == b.rows[0].text.isupper()


def _places(
    blocks: Sequence[Block], between: tuple[int, int], models: Sequence[Block], run: Sequence[int], named: Mapping[int, int]
) -> list[tuple[int, str]]:
    """The blocks at which the divisions begin, one for each model, each with what shows it; nothing where that is not certain."""
    start, end = between
    level, count = models[0].facts.level, len(models)
    above, below = blocks[start].facts.level, blocks[end].facts.level
    inside = [i for i in range(start + 1, end) if _may_begin(blocks, i, start)]
    wide = _after_white_space(blocks, inside, level)
    if level < below:
        whole = count == 1 and not wide and above >= level
        return [(end, f"“{_short(blocks[end])}” is the first that the contents list under it")] if whole else []
    if above < level:
        return []
    ways: list[list[tuple[int, str]]] = [
        [(i, f"white space of {blocks[i].rows[0].gap} before it, as before such headings only") for i in wide],
        [(i, "the page that the contents name begins with it") for i in _on_its_page(blocks, inside, run, named)],
        [(i, f"“{_short(blocks[i])}” begins the numbering anew") for i in _begins_anew(blocks, inside, level)],
    ]
    exact = [way for way in ways if len(way) == count]
    if not exact or any([i for i, _ in way] != [i for i, _ in exact[0]] for way in exact):
        return []
    return exact[0]


def _may_begin(blocks: Sequence[Block], at: int, start: int) -> bool:
    """Whether a division may begin at a block: no continuation, no note, nothing that belongs to the heading above."""
    block = blocks[at]
    if not block.rows or block.joins or block.kind == "furniture" or any(c.kind == "note" or c.key != block.first for c in block.within):
        return False
    return any(b.rows and b.kind not in _NO_TEXT for b in blocks[start + 1 : at])


def _after_white_space(blocks: Sequence[Block], inside: Sequence[int], level: int) -> list[int]:
    """Blocks with the white space before them that headings of that level have, and in this book headings alone."""
    heads = [b.rows[0].gap for b in blocks if b.kind == "heading" and not b.within and b.facts.level == level]
    if len(heads) < 2:
        return []
    usual = sorted(heads)[len(heads) // 4]
    if usual < CLEAR:
        return []
    least = max(CLEAR, usual - 1)  # typists and converters are not exact to a line
    chosen = [i for i in inside if blocks[i].rows[0].gap >= least]
    if not chosen:
        return []
    first, last = inside[0], inside[-1]
    opened = next((i for i, b in enumerate(blocks) if b.kind == "heading" and b.facts.level == level and not b.within), 0)
    elsewhere = [
        b
        for i, b in enumerate(blocks)
        if opened < i
        and not first <= i <= last
        and b.rows
        and b.kind in ("paragraph", "verse")
        and not b.within
        and b.rows[0].gap >= least
        and blocks[i - 1].kind in ("paragraph", "verse")
    ]
    return [] if elsewhere else chosen


def _on_its_page(blocks: Sequence[Block], inside: Sequence[int], run: Sequence[int], named: Mapping[int, int]) -> list[int]:
    """The block at the top of the page that the contents name, in a book where both neighbours begin at the top of theirs."""
    tops = [_below_number(blocks, named[e]) - page if (page := _page(blocks[e])) else None for e in _neighbours(run, named)]
    if None in tops or len(set(tops)) != 1:
        return []
    shift = tops[0] or 0
    found = []
    for entry in run:
        page = _page(blocks[entry])
        found += [i for i in inside if page and _below_number(blocks, i) == page + shift]
    return found


def _neighbours(run: Sequence[int], named: Mapping[int, int]) -> list[int]:
    return [max(e for e in named if e < run[0]), min(e for e in named if e > run[-1])]


def _page(block: Block) -> int:
    """The page that an entry of the contents gives, or 0."""
    found = _FIGURE_AT_END.search(block.text)
    return _value(found[1]) if found else 0


_FIGURE_AT_END = re.compile(r"(?<![^\W_])([^\W_]{1,8})[\W_]*$")


def _value(figure: str) -> int:
    return int(figure) if figure.isascii() and figure.isdecimal() else parse_roman(figure) or 0


def _below_number(blocks: Sequence[Block], at: int) -> int:
    """The number printed at the turn of the page right before a block, or a number that no page has."""
    for block in reversed(blocks[max(0, at - 4) : at]):
        if block.kind != "furniture":
            break
        if block.facts.n and (value := _value(block.facts.n)):
            return value
    return -(10**6) - at


def _begins_anew(blocks: Sequence[Block], inside: Sequence[int], level: int) -> list[int]:
    """Deeper headings numbered 1 above which, in the same division, the same numbering had come further."""
    found = []
    for i in inside:
        facts = blocks[i].facts
        if blocks[i].kind != "heading" or facts.level <= level or facts.number != 1:
            continue
        earlier = [blocks[k].facts for k in inside if k < i and blocks[k].kind == "heading"]
        if any((e.type, e.division, e.level) == (facts.type, facts.division, facts.level) and e.number > 1 for e in earlier):
            found.append(i)
    return found


def _lost(blocks: Sequence[Block], at: int, why: str, model: Block, entry: int, language: Language) -> Lost:
    named, label = blocks[entry], head_label(blocks[entry].text, language)
    words = entry_page(language).sub("", named.text)
    words = words if words == named.text else words.rstrip(" .·…_")  # the leaders to the page
    row = named.rows[0]._replace(text=words)
    facts = replace(model.facts, n=label.n if label else "", number=label.number if label else 0, label=0, over="", over_number=0)
    evidence = f"the contents (line {row.line + 1}) name “{words}” here, and no heading stands in the text; {why}"
    head = Block("heading", named.first, named.end, (row,), (Decision("lost-heading", evidence, 0.9),), facts)
    return Lost(blocks[at].first, head)


def _short(block: Block) -> str:
    text = block.text
    return text if len(text) <= 40 else text[:39].rstrip() + "…"
