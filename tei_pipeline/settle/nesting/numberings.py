"""Numberings: figures of one kind that count different things, told apart by how they look: I. THE NORTH over I. The Road."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from msgspec.structs import replace

from tei_pipeline.blocks import Block
from tei_pipeline.layout import Layout
from tei_pipeline.rules.shape import is_capitals
from tei_pipeline.settle.nesting.gaps import space_class
from tei_pipeline.settle.nesting.meeting import CHAPTER
from tei_pipeline.settle.nesting.styles import Style, has_title

FEWEST = 2  # numbers that look alike; steps to a number that is not the next one; beginnings
VERSIONS = 3  # numbers that come again right below their text: no numbering within another begins with the number above
SIDE_BY_SIDE = 0.25  # of the numbers come again so: of two versions half do
MOST = 3  # numberings inside one another
STRAY = 0.2  # of the wrong steps that are left when the numberings are told apart
_INNER = ("", ", inner", ", innermost")


def parted_numbers(blocks: Sequence[Block], places: Sequence[int], styles: list[Style], layout: Layout) -> list[Style]:
    """Numbers of one kind that do not run on together, but do when those that look alike are counted by themselves, are numberings of
    their own, the one that begins first the outermost. Their looks differ in the title, its capitals, the point, the place or the space.
    """
    result = _synopses(blocks, places, styles)
    for family in ("roman", "arabic"):
        counted = [k for k, style in enumerate(styles) if style.family == family]
        numbers = {k: blocks[places[k]].facts.number for k in counted}
        again = sum(numbers[a] == numbers[b] > 1 and styles[a].own > 0 < styles[b].own for a, b in pairwise(counted))
        if again >= max(VERSIONS, SIDE_BY_SIDE * len(counted)):
            continue  # original and translation stand side by side, each with the number
        wrong = _wrong([numbers[k] for k in counted])
        best, fewest = None, STRAY * wrong
        for parts in _parted({k: blocks[places[k]] for k in counted}, {k: styles[k] for k in counted}, layout):
            left = sum(_wrong([numbers[k] for k in part]) for part in parts)
            told = all(styles[k].listed is (part is parts[0]) for part in parts for k in part)  # by the contents page
            always = wrong < (1 if told else FEWEST)
            if (left < fewest or best is None) and left <= fewest and _begin_anew(parts, numbers, counted, always=always):
                best, fewest = parts, left
        for inner, part in zip(_INNER, best or (), strict=False):
            for k in part if inner else ():
                result[k] = replace(styles[k], family=family + inner, rank=styles[k].rank + _INNER.index(inner))
    return result


def first_with_word(blocks: Sequence[Block], places: Sequence[int], styles: list[Style]) -> list[Style]:
    """Divisions of which the word counts none but the first, each right before a number two of one kind: the word is said once and
    left out thereafter, FABLE I over II.
    """
    result = list(styles)
    for family in {style.family for style in styles if style.labelled and style.rank >= CHAPTER}:
        said = [k for k, style in enumerate(styles) if style.family == family]
        after = [styles[k + 1] if k + 1 < len(styles) else styles[k] for k in said]
        numbers = {blocks[places[k + 1]].facts.number for k in said if k + 1 < len(styles)}
        if numbers != {SECOND} or not all(blocks[places[k]].facts.number == 1 for k in said):
            continue
        if (
            len({style.family for style in after}) > 1
            or not after[0].counted
            or any(s.first and s.family == after[0].family for s in styles)
        ):
            continue
        for k, second in zip(said, after, strict=True):
            if styles[k].space >= second.space:
                result[k] = replace(styles[k], family=second.family, rank=second.rank)
    return result


def first_in_other_figures(blocks: Sequence[Block], places: Sequence[int], styles: list[Style]) -> list[Style]:
    """A title with a Roman I right before the 2 of titles as far apart that look like it, where no Roman II stands: the first of them."""
    romans = [k for k, style in enumerate(styles) if style.family == "roman"]
    if not romans or any(blocks[places[k]].facts.number == SECOND for k in romans):
        return styles
    result = list(styles)
    for k in romans:
        if k + 1 == len(styles) or styles[k + 1].family != "arabic":
            continue
        first, second = blocks[places[k]], blocks[places[k + 1]]
        numbers = (first.facts.number, second.facts.number)
        alike = styles[k].space == styles[k + 1].space and is_capitals(first.text) == is_capitals(second.text)
        if numbers == (1, SECOND) and alike and has_title(first) and has_title(second):
            result[k] = replace(styles[k], family="arabic", rank=styles[k + 1].rank)
    return result


def amid_bare_numbers(blocks: Sequence[Block], places: Sequence[int], styles: list[Style]) -> list[Style]:
    """A number with a title that begins with the word for a division, between the one before it and the next one of other titles as far
    apart: 9. ADDRESS after 8. SONG.
    """
    result = list(styles)
    counted = [k for k, style in enumerate(styles) if style.counted]
    for k, style in enumerate(styles):
        heading = blocks[places[k]]
        number = heading.facts.number
        if not style.labelled or number < SECOND or not heading.text.lstrip("=_* ").startswith(heading.facts.n):
            continue
        before, after = max((c for c in counted if c < k), default=k), min((c for c in counted if c > k), default=k)
        numbers = (blocks[places[before]].facts.number, blocks[places[after]].facts.number)
        if numbers == (number - 1, number + 1) and styles[before].family == styles[after].family:
            if styles[before].space == style.space == styles[after].space:
                result[k] = replace(style, family=styles[before].family, rank=styles[before].rank)
    return result


SECOND = 2  # the number that stands without the word of the first


def _synopses(blocks: Sequence[Block], places: Sequence[int], styles: list[Style]) -> list[Style]:
    """The books or parts whose numbers all come again farther on, with more white space above each: what stands under the first is no more
    than their arguments, and the title over the first of them ends where the books begin.
    """
    result = list(styles)
    for family in {style.family for style in styles if style.labelled and 0 < style.rank <= CHAPTER}:
        counted = [k for k, style in enumerate(styles) if style.family == family]
        numbers = [blocks[places[k]].facts.number for k in counted]
        half = len(counted) // 2
        if half < FEWEST or numbers[:half] != numbers[half:]:
            continue
        first, again = counted[:half], counted[half:]
        apart = max(blocks[places[k]].rows[0].gap for k in first) < min(blocks[places[k]].rows[0].gap for k in again)
        if apart and again[0] - first[0] == half and first[0] and styles[first[0] - 1].family == "title":
            for k in first:
                result[k] = replace(styles[k], family=f"{family}, inner", space=space_class(blocks[places[k]].rows[0].gap))
    return result


def _wrong(numbers: Sequence[int]) -> int:
    """How many numbers are neither the next one nor the first."""
    return sum(b not in (a + 1, 1) for a, b in pairwise(numbers))


def _parted(headings: Mapping[int, Block], styles: Mapping[int, Style], layout: Layout) -> Iterator[list[list[int]]]:
    """The headings by their looks, in few ways before many; in each the looks in the order in which they begin. Where all look alike,
    some may have no text before the next heading, or stand in the contents page.
    """
    gaps = sorted({block.rows[0].gap for block in headings.values()})
    seen = {k: _looks(block, layout) for k, block in headings.items()}
    ways: list[dict[int, object]] = [{k: looks[n] for k, looks in seen.items()} for n in range(4)]
    ways += [{k: block.rows[0].gap >= gap for k, block in headings.items()} for gap in gaps[1:]]
    if len(set(seen.values())) == 1:
        ways += [{k: style.textless for k, style in styles.items()}, {k: style.listed for k, style in styles.items()}]
    for way in (*((one,) for one in ways), *combinations(ways, 2)):
        parts: dict[tuple[object, ...], list[int]] = {}
        for k in headings:
            parts.setdefault(tuple(look[k] for look in way), []).append(k)
        if 2 <= len(parts) <= MOST and min(map(len, parts.values())) >= FEWEST:
            yield sorted(parts.values())


def _looks(block: Block, layout: Layout) -> tuple[bool, bool, bool, bool]:
    """Whether a numbered heading has a title, capitals, a point after the number; whether it is set in."""
    row = block.rows[0]
    after = row.text.lstrip("_*= ")[len(block.facts.n) :]
    titled = has_title(block)
    return titled, titled and is_capitals(block.text), after[:1] in (".", ")", ":"), row.indent > layout.margin + 3


def _begin_anew(parts: Sequence[Sequence[int]], numbers: dict[int, int], counted: Sequence[int], always: bool) -> bool:
    """Whether each inner numbering begins anew inside an outer one, or else runs on throughout. ``always``: it must begin anew, more than
    once, and the outermost run on, since the numbers might as well be of one numbering.
    """
    depth = {k: n for n, part in enumerate(parts) for k in part}
    if always and any(numbers[b] != numbers[a] + 1 for a, b in pairwise(parts[0])):
        return False
    for n, part in enumerate(parts[1:], 1):
        entered = [b for a, b in pairwise(counted) if depth[b] == n and depth[a] < n]
        begun = sum(numbers[k] == 1 for k in entered)
        if always and (begun < len(entered) or begun < FEWEST):
            return False
        if begun < (1 - STRAY) * len(entered) and any(numbers[k] == 1 for k in part[1:]):
            return False
    return True
