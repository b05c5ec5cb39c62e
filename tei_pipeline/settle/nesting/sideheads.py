"""Side-heads: titles without a number that stand as far apart as the chapters, and yet within them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from tei_pipeline.blocks import Block
from tei_pipeline.layout import Layout
from tei_pipeline.settle.nesting.gaps import look
from tei_pipeline.settle.nesting.meeting import CHAPTER
from tei_pipeline.settle.nesting.styles import MOTTO, Style

FEWEST = 3  # titles of one look: fewer may be an interlude or two
NEARLY = 0.8  # of the chapters are in the contents page: then what is as high as they are should be there too
PAGED = 4  # pages: among so many a title in the middle of its own may begin in any column
INSIDE = 0.5  # of a class of white space: what is within a chapter has so much less than the chapters


def side_heads(blocks: Sequence[Block], places: list[int], styles: list[Style], layout: Layout) -> list[Style]:
    """Titles of one look between chapters whose numbers run on are within the chapters: when several of them come right under the
    heading of a chapter, when nearly each chapter has one below a few words, when the contents page has the chapters and not them, or
    when two chapters and more hold several.
    """
    family, chapters = _chapters(styles)
    if layout.drama or len(chapters) < FEWEST:
        return styles
    holder = dict[int, int]()  # titles, with the chapter that they stand below
    runs_on = set[int]()  # chapters that the next one is numbered on from
    for chapter, following in pairwise([*chapters, len(styles)]):
        if following < len(styles) and blocks[places[following]].facts.number == blocks[places[chapter]].facts.number + 1:
            runs_on.add(chapter)
        for k in range(chapter + 1, following):
            style = styles[k]
            if style.family != "title" or style.work or style.front or style.closing or style.group or style.textless:
                if chapter not in runs_on:
                    break  # what follows the last chapter and such a heading stands beside the chapters
            elif not blocks[places[k]].facts.division:
                holder[k] = chapter
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for k in holder:
        numbering, capitals, set_in, mark = look(blocks[places[k]], layout)
        alike[(numbering, capitals, set_in and layout.pages < PAGED, mark)].append(k)
    labelled = family.startswith("labelled")
    space = min(styles[k].space for k in chapters)
    listed = sum(styles[k].listed for k in chapters) >= NEARLY * len(chapters)
    result = list(styles)
    for name, found in alike.items():
        within = [k for k in found if holder[k] in runs_on]
        held = Counter(holder[k] for k in within)
        if len(within) < FEWEST or len(held) < 2 or any(styles[k].space > space for k in within):
            continue
        if all(styles[k].space <= space - INSIDE for k in found):
            continue  # white space alone tells it, and has them alike with the others that are so near
        under = sum(styles[k - 1].family == family and styles[k - 1].textless for k in within)
        over = sum(styles[k].over == family for k in within)  # what stands right over a chapter heads a group
        omitted = listed and not any(styles[k].listed for k in within) and 2 * over < len(within)
        titled = len(held) >= NEARLY * (len(chapters) - 1) and all(
            styles[k].own <= MOTTO for k in held
        )  # words to learn, and then the title
        several = sum(times > 1 for times in held.values()) > 1
        if omitted or ((labelled or name[-1]) and (under > 1 or titled or several)):  # bare numbers say less, unless titles are in italics
            for k in found:
                result[k] = replace(styles[k], space=space - INSIDE)
    return result


def _chapters(styles: list[Style]) -> tuple[str, list[int]]:
    """The commonest kind of numbered divisions that have the height of chapters, or of lessons, and where they stand."""
    for rank in (CHAPTER, CHAPTER + 1):
        families = Counter(style.family for style in styles if style.family.startswith("labelled:") and style.rank == rank)
        family = max(families, key=lambda name: families[name], default="")
        if families[family] >= FEWEST:
            return family, [k for k, style in enumerate(styles) if style.family == family]
    for family in ("roman", "arabic"):
        chapters = [k for k, style in enumerate(styles) if style.family == family]
        if len(chapters) >= FEWEST:
            return family, chapters
    return "", []
