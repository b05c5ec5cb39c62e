"""Groups of the contents page: titles stand as deep as it sets in their entries, or under the entry that it has over theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise, takewhile

from msgspec.structs import replace

from tei_pipeline.blocks import Block
from tei_pipeline.language import Language, fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.lists.entry_pages import entry_page
from tei_pipeline.settle.nesting.gaps import APART
from tei_pipeline.settle.nesting.styles import Style
from tei_pipeline.settle.titles.listing import entries_of

FEWEST_GROUPS = 2
NEARLY = 0.8  # of the entries of groups have their page


def indented(blocks: Sequence[Block], places: list[int], styles: list[Style], listed: Mapping[int, int], layout: Layout) -> list[Style]:
    """Titles that white space makes alike are as deep as the contents page sets in their entries, where it uses steps of indent."""
    named = {k: blocks[listed[i]] for k, i in enumerate(places) if i in listed and styles[k].family == "title"}
    indents = {k: entry.rows[0].indent for k, entry in named.items() if not _runs_in(entry.text, blocks[places[k]].text, layout.language)}
    counted = Counter(blocks[listed[i]].rows[0].indent for k, i in enumerate(places) if i in listed and styles[k].counted)
    once = {indent for indent, times in Counter(indents.values()).items() if times + counted[indent] == 1}
    once = {indent for indent in once if not _only_one_near(named, indents, indent)}
    others = max((indent for indent in indents.values() if indent not in once), default=0)
    lone = [named[k] for k, indent in indents.items() if indent in once]
    if len(once) <= LONE * len(indents) and not any(e.rows[0].indent < others + IN_MIDDLE or _has_page(e, layout.language) for e in lone):
        indents = {k: indent for k, indent in indents.items() if indent not in once}
        once.clear()
    steps = sorted(Counter(indents.values()).items())
    clear = len(steps) > 1 and not once and all(b - a >= STEP for (a, _), (b, _) in pairwise(steps))
    if not clear or (indents[min(indents)] != steps[0][0] and not _below_untitled(blocks, named[min(named)])):
        return styles
    deeper = [k for k, indent in indents.items() if indent > steps[0][0]]
    if 2 * sum(len(blocks[listed[places[k]]].rows) > 1 for k in deeper) > len(deeper):
        return styles  # it may set in its entries of two lines
    depth = {indent: n for n, (indent, _) in enumerate(steps)}
    deep = _as_the_listed(styles, {k: depth[indent] for k, indent in indents.items()})
    even = _outer_as_others(_first_as_others(styles, deep), {k: depth[indent] for k, indent in indents.items()})
    return [replace(s, space=s.space - DEEPER * deep.get(k, 0)) for k, s in enumerate(even)]


def _as_the_listed(styles: Sequence[Style], depth: Mapping[int, int]) -> dict[int, int]:
    """How deep titles are, with those that the contents page omits though it has nearly all of their look: as deep as most of these."""
    known: dict[tuple[object, ...], Counter[int]] = {}
    for k, n in depth.items():
        known.setdefault((styles[k].look, styles[k].space), Counter())[n] += 1
    omitted = (k for k, s in enumerate(styles) if k not in depth and s.listed and s.family == "title" and (s.look, s.space) in known)
    return {**depth, **{k: known[styles[k].look, styles[k].space].most_common(1)[0][0] for k in omitted}}


FAR = 4  # columns


def _only_one_near(named: Mapping[int, Block], indents: Mapping[int, int], indent: int) -> bool:
    """Whether one entry alone is set in so far, right below another, where white space parts all others."""
    outer = min(indents.values())
    near = [k for k, entry in named.items() if not entry.rows[0].gap]
    return indent >= outer + FAR and [k for k in indents if indents[k] == indent] == near


def _below_untitled(blocks: Sequence[Block], first: Block) -> bool:
    """Whether the first entry that names a heading stands right below one farther left, the first of all: the title of a group that only
    the contents page has.
    """
    above = next((b for b in blocks if b.within and b.within[0].kind == "contents"), first)
    return above.rows[0].indent < first.rows[0].indent and above.end <= first.first and blocks.index(first) == blocks.index(above) + 1


def _first_as_others(styles: list[Style], depth: Mapping[int, int]) -> list[Style]:
    """The first title below that of a group, as far from what is above it as the others that the contents page sets in as far."""
    usual = {n: Counter(styles[k].space for k in depth if depth[k] == n).most_common(1)[0][0] for n in set(depth.values())}
    first = {k for k in depth if styles[k - 1].textless and depth.get(k - 1, depth[k]) < depth[k] and styles[k].space > usual[depth[k]]}
    return [replace(s, space=usual[depth[k]]) if k in first else s for k, s in enumerate(styles)]


def _outer_as_others(styles: list[Style], depth: Mapping[int, int]) -> list[Style]:
    """Titles whose entries are set in nowhere, as far from what is above them as most of these, where some are nearer."""
    outer = [k for k, n in depth.items() if not n]
    usual, times = Counter(styles[k].space for k in outer).most_common(1)[0]
    if 2 * times <= len(outer) or times < FEWEST_OUTER:
        return styles
    return [replace(s, space=usual) if k in outer and s.space < usual else s for k, s in enumerate(styles)]


FEWEST_OUTER = 3


def parted(blocks: Sequence[Block], places: list[int], styles: list[Style], listed: Mapping[int, int], layout: Layout) -> list[Style]:
    """Titles that white space makes alike stand under the one that the contents page has over their entries: without a page, first of
    those that no wide space parts, or apart from them.
    """
    entries = entries_of(blocks, layout)
    alone = {
        i
        for i, below in pairwise(entries)
        if blocks[i].rows[0].gap and blocks[below].rows[0].gap and not _has_page(blocks[i], layout.language)
    }
    if 2 * sum(bool(blocks[i].rows[0].gap) for i in entries) > len(entries):
        alone = set()  # so do all entries
    parts = [i for i in entries[1:] if blocks[i].rows[0].gap >= APART] or alone
    groups: list[list[int]] = []
    for i in entries:
        if not groups or i in parts:
            groups.append([])
        groups[-1].append(i)
    several = [group for group in groups if len(group) > 1 and not _has_page(blocks[group[0]], layout.language)]
    within = [i for group in several for i in group[1:]]
    if len(several) < FEWEST_GROUPS or sum(_has_page(blocks[i], layout.language) for i in within) < NEARLY * len(within):
        return styles
    over = {group[0] for group in several}
    titles = {listed[i]: styles[k].space for k, i in enumerate(places) if listed.get(i) in over and styles[k].family == "title"}
    most = {i: titles[group[0]] for group in several for i in group[1:] if group[0] in titles}  # what stands under a title, however far
    result = list(styles)
    for k, i in enumerate(places):
        if styles[k].family == "title" and listed.get(i) in over:
            result[k] = replace(styles[k], work=True)
        elif styles[k].family == "title" and listed.get(i) in most:  # LIST OF PLAYS, which the contents page alone has, holds none
            result[k] = replace(styles[k], space=min(styles[k].space, most[listed[i]]) - DEEPER)
    return result


def under_colons(blocks: Sequence[Block], places: list[int], styles: list[Style], listed: Mapping[int, int], layout: Layout) -> list[Style]:
    """Titles stand under the one over whose entries the contents page sets theirs with a colon: EARLY POEMS:, up to the next such, or to an
    entry as far apart, which stands beside it.
    """
    entries = entries_of(blocks, layout)
    parts = [n for n, i in enumerate(entries) if blocks[i].text.endswith(":")]
    groups = [entries[first:stop] for first, stop in pairwise([*parts, len(entries)])]
    title = {entry: k for k, i in enumerate(places) if (entry := listed.get(i)) is not None and styles[k].family == "title"}
    headed = [group for group in groups if group[0] in title]  # the poems of a volume may have their title in the contents page alone
    if len(headed) < FEWEST_GROUPS or parts[0] > 1 or any(_together(blocks, group) <= FEWEST_UNDER for group in groups):
        return styles
    result = list(styles)
    for over, *group in headed:
        most = styles[title[over]].space
        for n, k in ((n, title[i]) for n, i in enumerate(group, 1) if i in title):
            if n >= _together(blocks, [over, *group]):
                result[k] = replace(styles[k], space=max(styles[k].space, most))
            elif not (styles[k].closing or styles[k].front):
                result[k] = replace(styles[k], space=min(styles[k].space, most) - FARTHER)
    return result


def _together(blocks: Sequence[Block], group: Sequence[int]) -> int:
    """How many entries stand together: up to one as far from the one above it as the first of them all, if the others are nearer."""
    apart, *gaps = (blocks[i].rows[0].gap for i in group)
    nearer = bool(gaps) and gaps[0] < apart
    return next((n for n, gap in enumerate(gaps, 1) if nearer and gap >= apart), len(group))


FEWEST_UNDER = 3
FARTHER = 0.06  # more than the steps of indents (``DEEPER``), and less than any difference that can be seen


def _has_page(entry: Block, language: Language) -> bool:
    """Whether the last line of an entry has a page."""
    return entry_page(language).search(entry.rows[-1].text) is not None


def _runs_in(entry: str, title: str, language: Language) -> bool:
    """Whether an entry has a title only behind the name of its department: II. ENGINEERING.--The New Brake."""
    before, dash, title_behind = entry_page(language).sub("", entry).replace("—", "--").partition("--")
    return bool(dash and title_behind.strip(" .")) and not {*fold(title).strip(".").split()} & {*fold(before).strip(".").split()[-2:]}


IN_MIDDLE = 6  # columns by which what stands in the middle of the page is farther in than all entries that are set in
LONE = 0.05  # of the titles, at most, stand as far in as no other
STEP = 2  # columns by which a contents page sets in what belongs to the entry above
DEEPER = 0.02  # of the white space of a title: less than any difference that can be seen (``SEEN``)


def below_lone_entries(
    blocks: Sequence[Block], places: list[int], styles: list[Style], listed: Mapping[int, int], layout: Layout
) -> list[Style]:
    """Titles whose entries stand together right below one that white space sets apart, no farther in, are those of its pieces where its own
    title has no text, and stands right over the first of them.
    """
    entries = entries_of(blocks, layout)
    rank = {i: n for n, i in enumerate(entries)}
    title = {entry: k for k, i in enumerate(places) if (entry := listed.get(i)) is not None}
    result = list(styles)
    for k, i in enumerate(places[:-1]):
        entry = listed.get(i)
        if styles[k].family != "title" or not styles[k].textless or entry is None or listed.get(places[k + 1]) is None:
            continue
        run = _run_below(blocks, entries, rank[entry]) if entry in rank else []
        if len(run) >= FEWEST_BELOW and listed[places[k + 1]] == run[0]:
            for piece in (title[e] for e in run if e in title and styles[title[e]].family == "title"):
                result[piece] = replace(styles[piece], space=min(styles[piece].space, styles[k].space) - DEEPER)
    return result


def below_numbers(
    blocks: Sequence[Block], places: list[int], styles: list[Style], listed: Mapping[int, int], layout: Layout
) -> list[Style]:
    """Titles with text of their own whose entries, with their pages, are all set in farther than those of one numbering are its parts:
    the contents page says so, whatever white space stands above them.
    """
    numbers = [k for k, s in enumerate(styles) if (s.counted or s.labelled) and places[k] in listed]
    titles = [k for k, s in enumerate(styles) if s.family == "title" and places[k] in listed and not (s.front or s.closing or s.lists)]
    if len(numbers) < FEWEST_NUMBERS or len(titles) < FEWEST_GROUPS or titles[0] < numbers[0]:
        return styles
    outer = {blocks[listed[places[k]]].rows[0].indent for k in numbers}
    inner = min(blocks[listed[places[k]]].rows[0].indent for k in titles)
    families = {styles[k].family for k in numbers}
    plain = all(not styles[k].textless and _has_page(blocks[listed[places[k]]], layout.language) for k in titles)
    if len(families) > 1 or len(outer) > 1 or inner < min(outer) + STEP or not plain or sum(styles[k].first for k in numbers) > 1:
        return styles
    family = families.pop()
    return [replace(s, part_of=family) if k in titles else s for k, s in enumerate(styles)]


FEWEST_NUMBERS = 3


def _run_below(blocks: Sequence[Block], entries: Sequence[int], at: int) -> list[int]:
    """The entries that stand together below one that white space parts from them and from what is above it, as far in as it is."""
    head = blocks[entries[at]].rows[0]
    if (at and not head.gap) or at + 1 >= len(entries) or not blocks[entries[at + 1]].rows[0].gap:
        return []
    run = [entries[at + 1], *takewhile(lambda i: not blocks[i].rows[0].gap, entries[at + 2 :])]
    return run if all(blocks[i].rows[0].indent == head.indent for i in run) else []


FEWEST_BELOW = 2
