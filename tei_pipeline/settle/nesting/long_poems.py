"""Long poems among short ones: a title right over the first of its cantos, and poems that stand beside it, not in its last canto."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import Block
from tei_pipeline.settle.nesting.gaps import SMALL
from tei_pipeline.settle.nesting.styles import MOTTO, Style

FEWEST = 2  # cantos of a poem; poems beside it
ABOVE = 0.5  # of a class of white space: the title of a poem holds the dedication below it
_COUNTED = ("labelled", "roman", "arabic")


def long_poems(blocks: Sequence[Block], places: Sequence[int], styles: list[Style]) -> tuple[list[Style], frozenset[int]]:
    """The title of a poem holds its cantos, as wide as the white space above them may be, where other poems of the volume stand beside
    it; with the headings at which such a poem ends (indexes of blocks), since the next poem counts nothing in the last canto.

    A volume with groups of poems tells nothing: what comes after a run of numbers may belong to the group.
    """
    poems = [_holds_verse(blocks, i) for i in places]
    titles = [k for k, s in enumerate(styles) if s.own <= MOTTO and s.space > SMALL and _names_poem(s)]
    runs = {k: run for k in titles if len(run := _cantos(blocks, places, styles, poems, k)) >= FEWEST}
    if not runs or any(styles[k].textless and k not in runs and k + 1 < len(styles) and not styles[k + 1].front for k in titles):
        return styles, frozenset()
    ends = {k: _end(styles, run) for k, run in runs.items()}
    inside = {n for k, end in ends.items() for n in range(k, end)}
    beside = [n for n, poem in enumerate(poems) if poem and n not in inside and _as_high(styles[n]) and not styles[n].textless]
    if len(beside) < FEWEST:
        runs, beside = _among_counted(styles, runs, ends)
    if len(beside) < FEWEST:
        return styles, frozenset()
    result = list(styles)
    for k, run in runs.items():
        space = max(styles[n].space for n in (k, *run))
        result[k] = replace(styles[k], work=True, space=space + ABOVE * (run[0] > k + 1))
    beside += [end for k, end in ends.items() if end < len(styles) and _names_poem(styles[end]) and styles[end].space >= styles[k].space]
    return result, frozenset(places[end] for end in ends.values() if end in beside or end in runs)


def _among_counted(styles: Sequence[Style], runs: dict[int, list[int]], ends: dict[int, int]) -> tuple[dict[int, list[int]], list[int]]:
    """The poems in cantos, where all others of the volume are counted in stanzas; and those others."""
    cantos = {k: run for k, run in runs.items() if styles[run[0]].labelled}
    inside = {n for k in cantos for n in range(k, ends[k])}
    return cantos, [k for k in runs if k not in inside and styles[runs[k][0]].counted] if cantos else []


def _names_poem(style: Style) -> bool:
    return style.family == "title" and not (style.front or style.introduces or style.closing)


def _as_high(style: Style) -> bool:
    """Whether a heading may be that of a piece of the volume: a title, or what numbers its pieces."""
    return not (style.front or style.introduces or style.closing) and style.family.startswith(("title", "series", *_COUNTED))


def _holds_verse(blocks: Sequence[Block], at: int) -> bool:
    for block in blocks[at + 1 :]:
        if block.kind == "heading" and not block.within:
            return False
        if block.kind == "verse" and not block.within:
            return True
    return False


def _cantos(blocks: Sequence[Block], places: Sequence[int], styles: Sequence[Style], poems: Sequence[bool], title: int) -> list[int]:
    """The run of numbers, each over verse, that begins right below a title, or below a dedication, argument or motto under it; a
    selection leaves some of them out.
    """
    first = title + 1
    while first < len(styles) and styles[first].front and styles[first].space <= styles[title].space:
        first += 1  # to whom the poem is given, what happens in it
    if first == len(styles) or not styles[first].family.startswith(_COUNTED):
        return []
    run: list[int] = []
    last = 0
    for k in range(first, len(styles)):
        style, number = styles[k], blocks[places[k]].facts.number
        if style.family == styles[first].family:
            if number <= last or (number > 1 and not run):
                break
            last = number
            if not poems[k] and not style.textless and not _argued(styles, poems, k):
                return []
            run.append(k)
        elif style.closing or (style.family == "title" and style.space >= styles[first].space):
            break
    return run


def _argued(styles: Sequence[Style], poems: Sequence[bool], canto: int) -> bool:
    """Whether the parts of a canto come below what happens in it, told in prose."""
    below = canto + 1
    return below < len(styles) and poems[below] and styles[below].family != styles[canto].family and styles[below].first


def _end(styles: Sequence[Style], run: Sequence[int]) -> int:
    """The heading after the last canto and its parts."""
    cantos = styles[run[0]]
    inside = styles[run[0] : run[-1]]
    parts = {style.family for style in inside} - {cantos.family, "title"}
    titles = max((style.space for style in inside if style.family == "title"), default=0.0)  # THE CONCLUSION TO PART THE FIRST
    end = run[-1] + 1
    while end < len(styles) and (
        styles[end].family in parts or styles[end].space < cantos.space or (styles[end].family == "title" and styles[end].space <= titles)
    ):
        end += 1
    return end
