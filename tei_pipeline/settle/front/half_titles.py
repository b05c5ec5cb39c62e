"""Half titles: headings over no text that say again what the title page said, or say already what the heading below them says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.language import Language, fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.words import words
from tei_pipeline.settle.nesting.gaps import look
from tei_pipeline.settle.nesting.styles import textless

HALF_TITLE = "half-title"  # the type of a heading that opens no division of its own
BOOK_AGAIN = "the title of the book again, over another heading"  # why such a heading has its level
_PLAYED = frozenset(("act", "scene", "cast"))
ON_LEAF = BETWEEN | {"byline", "subtitle"}  # what may stand on the leaf of a title besides


def half_titles(blocks: Sequence[Block], places: Sequence[int], listed: Collection[int], language: Language) -> dict[int, int]:
    """Headings without text that repeat the title of the book, as its title page or an earlier half title has it; in a volume of works the
    first of two of one title, of which the second stands over the chapters. Each with the heading whose level it has. A chapter may have
    the first words of the book's title: then the contents page lists it.
    """
    page = [row for block in blocks if block.kind == "titlepage" for row in block.rows]
    runs = (page[first:end] for first in range(len(page)) for end in range(first + 1, min(len(page), first + MOST_LINES) + 1))
    titles = {title_words(" ".join(row.text for row in run)) for run in runs}
    great = {words for title in titles if len(words := _great_words(title, language)) > 1}  # "or" may be gone above its second line
    bare = [
        i
        for i, below in pairwise(places)
        if not blocks[i].facts.number and textless(blocks, i) and i not in listed
        if not blocks[i].facts.division or _ends_title(blocks[i], titles)
        if _LIVED.search(blocks[i].text) is None  # over each of his poems in an anthology
        if blocks[below].facts.division not in _PLAYED  # what stands over acts is a play
    ]
    again = Counter(title_words(blocks[i].text) for i in bare)
    firsts = ((i, blocks[below].facts) for i, below in pairwise(places))
    over_first = {i: facts.division for i, facts in firsts if facts.type == "labelled" and facts.number == 1}
    works = {title: i for i in bare if i in over_first and again[title := title_words(blocks[i].text)] == 2 and title not in titles}
    groups = [i for i, below in pairwise(places) if _first_of_group(blocks, i, below)]
    lone = _lone_title(blocks, places, bare, language)
    over = {(over_first[i], title_words(blocks[i].text)) for i in bare if i in over_first}
    novels = Counter(division for division, _ in over)
    found: dict[int, int] = {}
    for i in bare:
        title = title_words(blocks[i].text)
        if (i in groups and len(groups) > FEWEST_OTHERS) or (again[title] == 1 and novels[over_first.get(i, "")] > 1):
            continue  # the first group of a volume has its title; each of its novels has its own over its first part or chapter
        if len(works) > 1 and title in works:
            if i < works[title]:
                found[i] = works[title]
        elif (
            i == lone
            or title in titles
            or blocks[i].facts.division
            or again[title] > 2
            or (len(blocks[i].rows) > 1 and _great_words(title, language) in great)
        ):
            found[i] = next((k for k in places if k > i), places[-1])
        titles.add(title)
    named = _groups_named(blocks, places, list(found))
    found = {i: below for i, below in found.items() if i not in named}
    found.update(_lone_volume(blocks, places))
    return _to_the_next(found, places)


def _ends_title(block: Block, titles: Collection[str]) -> bool:
    """Whether a heading on several lines, which names what is collected, has the last words of a title: AND OTHER ESSAYS IN ROPES."""
    words = title_words(block.text)
    named = block.facts.type == "named" and len(block.rows) > 1
    return named and any(title.endswith(words) for title in titles)


def _groups_named(blocks: Sequence[Block], places: Sequence[int], found: Sequence[int]) -> frozenset[int]:
    """Titles in different words that the title page has, two or more pieces with text below each before the next: the title page says
    which groups or works are in the volume.
    """
    over = [
        i
        for i, end in pairwise([*found, len(blocks)])
        if sum(i < k < end and not textless(blocks, k) and not blocks[k].facts.division for k in places) >= FEWEST_PIECES
    ]
    named = {title_words(blocks[i].text) for i in over}
    apart = not any(a != b and a in b for a in named for b in named)
    return frozenset(over) if len(named) >= FEWEST_PIECES and len(named) == len(over) and apart else frozenset()


FEWEST_PIECES = 2


MOST_LINES = 8  # of a title
_LIVED = re.compile(r"[^\W\d_](?:\.| \(\?\)\.?)?,? [(\[]?1[1-9]\d\d\??(?:[-–—]|--)1[1-9]\d\d\??[)\]]?\.?$")  # Dora Kelp. 1792-1853


def subtitled_again(blocks: list[Block], _: Layout) -> list[Block]:
    """The title of the book and the line below it, as both stand on its title page, again over the first chapter: one heading. So is that
    of a periodical with its day and number.
    """
    page = [title_words(row.text) for block in blocks if block.kind == "titlepage" for row in block.rows]
    pairs = set(pairwise(page))
    for i, block in enumerate(blocks[:-2]):
        sub, below = blocks[i + 1], blocks[i + 2]
        if block.kind != "heading" or block.within or block.facts.number or block.facts.division or sub.within:
            continue
        if (stop := _masthead_again(blocks, i, page)) > i + 1:
            rows = tuple(row for b in blocks[i:stop] for row in b.rows)
            decision = Decision("subtitled-again", "the title of the periodical, with its number", 0.85)
            whole = replace(block, rows=rows, end=blocks[stop - 1].end, decisions=(*block.decisions, decision))
            return [*blocks[:i], whole, *blocks[stop:]]
        if sub.kind not in _BELOW_TITLE or len(sub.rows) > 2 or below.kind != "heading" or below.facts.number != 1:
            continue
        if (title_words(block.rows[-1].text), title_words(sub.rows[0].text)) in pairs:
            decision = Decision("subtitled-again", "the title of the book, with the line below it", 0.85)
            whole = replace(block, rows=(*block.rows, *sub.rows), end=sub.end, decisions=(*block.decisions, decision))
            return [*blocks[:i], whole, *blocks[i + 2 :]]
    return blocks


_BELOW_TITLE = frozenset(("paragraph", "subtitle", "heading"))
_OF_ISSUES = ("volume", "section")  # Vol. XVII, No. 99.


def _masthead_again(blocks: Sequence[Block], at: int, page: Collection[str]) -> int:
    """Past the last line below a title that the title page has too, if one is the number of a periodical; else where they begin."""
    if title_words(blocks[at].text) not in page:
        return at + 1
    stop = at + 1
    while stop < len(blocks) and all(title_words(row.text) in page for row in blocks[stop].rows):
        stop += 1
    return stop if any(block.facts.division in _OF_ISSUES for block in blocks[at + 1 : stop]) else at + 1


def _lone_title(blocks: Sequence[Block], places: Sequence[int], bare: Sequence[int], language: Language) -> int:
    """The first heading that nothing names, right over the first chapter or introduction, if no other without text stands between divisions
    of the book, and most of its words are on the title page, in whatever form: THE HISTORY OF LARNE; -1 for none.
    """
    first = next((i for i in places if blocks[i].facts.type != "named"), -1)
    if first < 0 or [i for i in bare if blocks[i].facts.type != "named"] != [first]:
        return -1
    below = blocks[next(k for k in places if k > first)].facts
    if not (below.number == 1 and below.type in ("labelled", "roman", "arabic")) and below.division not in OPENING:
        return -1
    printed = [word for block in blocks if block.kind == "titlepage" for row in block.rows for word in title_words(row.text).split()]
    own = _great_words(title_words(blocks[first].text), language)
    known = sum(any(word.startswith(other[:ROOT]) for word in printed) for other in own)
    return first if known >= MOST_KNOWN * len(own) and known > 1 else -1


OPENING = frozenset(("introduction", "prologue"))
ROOT = 4  # letters that the forms of a word have in common: FERRY and FERRIES
MOST_KNOWN = 0.6  # of the words of the title over the first chapter


def _great_words(title: str, language: Language) -> tuple[str, ...]:
    """The words of a title that titles do not write small."""
    return tuple(word for word in title.split() if word not in language.lowercase_in_titles)


def _lone_volume(blocks: Sequence[Block], places: Sequence[int]) -> dict[int, int]:
    """The number of the volume that the book is, on a second title page: no other is counted, and titles without numbers stand below."""
    volumes = [(i, k) for i, k in pairwise(places) if blocks[i].facts.division == "volume"]
    if len(volumes) != 1 or blocks[volumes[0][0]].facts.number < SECOND or not textless(blocks, volumes[0][0]):
        return {}
    below = [blocks[k].facts for k in places if k >= volumes[0][1]]
    return dict(volumes) if not below[0].number and not below[0].division and len(below) >= SECOND else {}


SECOND = 2


def _first_of_group(blocks: Sequence[Block], at: int, below: int) -> bool:
    """Whether a title without text stands over the first of pieces that a number alone counts."""
    first = blocks[below].facts.number == 1 and blocks[below].facts.type in ("roman", "arabic")
    return first and not blocks[at].facts.number and not blocks[at].facts.division and textless(blocks, at)


FEWEST_OTHERS = 2  # groups over pieces that are numbered from one


def on_leaf(block: Block) -> bool:
    """Whether a block may stand on the leaf of a title."""
    return block.kind in ON_LEAF or (bool(block.within) and block.within[0].kind == "epigraph")


def leaf_titles(blocks: Sequence[Block], places: Sequence[int], layout: Layout) -> dict[int, int]:
    """Headings on a leaf of their own, alone or with the author's name, right before the heading that has their words again. Each with
    that heading. A group and its first piece may have one title: where as many titles of the same look stand over others, none is meant
    (but that of the contents, an index or such), nor where every piece says the group's again.
    """
    over = [(i, below) for i, below in pairwise(places) if all(on_leaf(b) for b in blocks[i + 1 : below])]
    after = dict(pairwise(places))
    found = {
        i: below
        for i, below in over
        if says_again(blocks[i], blocks[below], layout.language)
        and not (below in after and _begins_with(blocks[below], blocks[i]) and _begins_with(blocks[after[below]], blocks[i]))
    }
    looks = Counter(look(blocks[i], layout) for i, _ in over if i not in found and i not in found.values())
    again = Counter(look(blocks[i], layout) for i in found)
    meant = {i for i in found if again[kind := look(blocks[i], layout)] > looks[kind] or _names_itself(blocks[i])}
    return _to_the_next({i: below for i, below in found.items() if i in meant}, places)


def counted_again(blocks: Sequence[Block], places: Sequence[int]) -> dict[int, int]:
    """Headings that count a volume again, over its first chapter: the leaf in front of its contents or preface has counted it. Each with
    the heading below.
    """
    found: dict[int, int] = {}
    counted = Facts()  # the last volume, while nothing but headings of what stands in front of chapters follows
    for i, below in pairwise(places):
        facts = blocks[i].facts
        again = (facts.division, facts.number) == (counted.division, counted.number)
        if facts.type == "labelled" and facts.division == "volume":
            if again and textless(blocks, i):
                found[i] = below
            counted = facts
        elif facts.type != "named":
            counted = Facts()
    return found


def _names_itself(block: Block) -> bool:
    """Whether a heading is that of the contents, an index or such, which is no group."""
    return bool(block.facts.division) and not block.facts.number


def without_leaf(blocks: Sequence[Block], places: Sequence[int], leaves: Mapping[int, int], layout: Layout) -> frozenset[int]:
    """Of titles of one look, where several have a leaf of their own, those that have none and stand inside the others."""
    with_leaf = set(leaves.values())
    found: list[int] = []
    for kind, times in Counter(look(blocks[i], layout) for i in with_leaf if not blocks[i].facts.number).items():
        alike = [i for i in places if look(blocks[i], layout) == kind and not blocks[i].facts.division]
        if times >= FEWEST and alike and alike[0] in with_leaf:
            found += [i for i in alike if i not in with_leaf]
    return frozenset(found)


FEWEST = 2


def _begins_with(block: Block, group: Block) -> bool:
    """Whether a heading has the words of a group's title, and more."""
    return title_words(block.text).startswith(f"{title_words(group.text)} ")


def _to_the_next(found: dict[int, int], places: Sequence[int]) -> dict[int, int]:
    """The same, the heading below one that is no half title itself."""
    later = [k for k in places if k not in found]
    return {i: k if k not in found else next((n for n in later if n > i), places[-1]) for i, k in found.items()}


def says_again(block: Block, below: Block, language: Language) -> bool:
    """Whether the heading below has the same words, its number aside; the author's name, or the year, may stand under the first."""
    titles = {" ".join(row.text for row in below.rows[:end]) for end in range(1, len(below.rows) + 1)}
    titles |= {title.lstrip("_*= ")[below.facts.label :] for title in titles}
    titles |= {title[: title.index(mark)] for title in titles for mark in ":;" if mark in title}
    rows = block.rows
    by = words(language)
    end = next(
        (k for k, row in enumerate(rows) if k and (by.is_by(row.text) or by.byline.match(row.text) or _YEAR.match(row.text))), len(rows)
    )
    again = {title_words(" ".join(row.text for row in rows[:stop])) for stop in (end, len(rows))}  # "de" leads to an author, and to more
    return any(len(said) > 1 and said in again for said in map(title_words, titles))


_YEAR = re.compile(r"\(1[5-9]\d\d(?:[-–]\d{2,4})?\)\.?$")  # (1852).
_REFERRED = re.compile(r"\[(?:\d{1,4}|[^\W\d_])\]")  # to a note on the title: SARDO:[1]


def title_words(text: str) -> str:
    """The words of a title, whatever marks and points stand around them."""
    said = fold(_REFERRED.sub("", text)).replace("_", " ").strip(" .*=:-—").split()
    return " ".join(bare for word in said if (bare := word.strip(",;:.")))


def says(text: str, title: str) -> bool:
    """Whether several words stand so in a title."""
    said = title_words(text)
    return len(said.split()) >= FEWEST_SAID and f" {said} " in f" {title_words(title)} "


FEWEST_SAID = 4  # words
