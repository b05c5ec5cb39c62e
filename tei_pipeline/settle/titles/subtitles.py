"""Subtitles: lines right below the titles of pieces that look like titles themselves: THE OLD MILL / A TALE."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, BY_SETTING, Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.language import Language, fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.words import words
from tei_pipeline.settle.drama.plays import PLAYED
from tei_pipeline.settle.nesting.gaps import look
from tei_pipeline.settle.nesting.styles import has_title, textless
from tei_pipeline.settle.titles.listing import headings_of, listed_headings

FEWEST = 2  # titles with such a line
LONGEST = 60  # characters


def subtitles(blocks: list[Block], layout: Layout) -> list[Block]:
    """A short line nearer to the title right above it than this is to the text before, is its subtitle, when no title of the
    same look stands over text by itself, or the contents page has the titles above and none of these lines.
    """
    if layout.drama:
        return _kinds_of_plays(blocks, layout.language)
    order = [i for i, b in enumerate(blocks) if b.kind not in BETWEEN]
    blocks = _kinds_of_pieces(_dated_alike(_instalments(blocks, order), order), order, layout.language)
    blocks = _over_sections(_over_verse(blocks, order), order, layout)
    under = {
        below: above
        for above, below in pairwise(order)
        if (_is_title(blocks[below]) or _dedicates_verse(blocks, below))
        and blocks[above].kind == "heading"
        and not blocks[above].within
        and not blocks[above].facts.division
        and has_title(blocks[above])
        and blocks[below].rows[0].gap == 1
        and _stands_apart(blocks[above])
    }
    if every := _below_every_label(blocks, order, layout):
        under |= every
    elif len(under) == 1 and _is_only_in_italics(blocks, *under):
        return _with_subtitles(blocks, under, "the only line in italics that stands as titles do, right below a title")
    elif len(under) < FEWEST or not _belong(blocks, under, layout):
        return blocks
    return _with_subtitles(blocks, under, f"one of {len(under)} short lines right below titles")


def _instalments(blocks: list[Block], order: Sequence[int]) -> list[Block]:
    """The number of what a periodical prints of a work, right below its title (THE ROPES OF MARL / NUMBER THREE), counts no section of it:
    neither the number before it nor the one after stands anywhere.
    """
    counted = {b.facts.number for b in blocks if b.kind == "heading" and b.facts.division == "section"}
    numbers = [
        below
        for above, below in pairwise(order)
        if blocks[above].kind == "heading" and not blocks[above].within and blocks[above].facts.type in BY_SETTING
        if _is_bare_number(blocks[below]) and blocks[below].rows[0].gap == 1 and _stands_apart(blocks[above])
        if counted.isdisjoint((blocks[below].facts.number - 1, blocks[below].facts.number + 1))
    ]
    return _with_subtitles(blocks, numbers, "no section is counted before it, and none after it")


def _is_bare_number(block: Block) -> bool:
    """Whether a heading is the number of a section but the first, and no more."""
    facts = block.facts
    if block.kind != "heading" or block.within or facts.division != "section" or facts.number < FEWEST:
        return False
    return facts.label >= len(block.text.rstrip(" .:_*"))


def _stands_apart(title: Block) -> bool:
    """Whether a title has more white space above it than a paragraph, or had it where a page begins."""
    return title.rows[0].gap > 1 or title.rows[0].page


def _is_only_in_italics(blocks: Sequence[Block], at: int) -> bool:
    """Whether a heading is in italics, and no other."""

    def italic(block: Block) -> bool:
        return block.text[0] == "_" == block.text[-1]

    return italic(blocks[at]) and sum(italic(blocks[i]) for i in headings_of(blocks)) == 1


def _below_every_label(blocks: Sequence[Block], order: Sequence[int], layout: Layout) -> dict[int, int]:
    """Titles right below those of most pieces that a word and a number count, one below each, each with what it stands below: SONNET I. /
    Quando la barca torna / HE WAITS FOR THE FERRY. Nearly all others there that look like them stand as far from the text before as pieces.
    """
    labelled = [i for i in order if blocks[i].kind == "heading" and blocks[i].facts.type == "labelled" and not blocks[i].within]
    under = {
        below: above
        for above, below in pairwise(order)
        if blocks[above].kind == "heading" and not blocks[above].within and has_title(blocks[above])
        if _is_title(blocks[below], LINES_OF_SUBTITLE) or _dedicates_verse(blocks, below)
        if blocks[below].rows[0].gap == 1 and _stands_apart(blocks[above])
    }
    have = [
        i
        for below, i in under.items()
        if blocks[i].facts.type == "labelled" and [b.kind for b in blocks[below + 1 : below + 2]] == ["verse"]
    ]
    if len(have) < FEWEST_LABELLED or len(have) < MOST_LABELLED * len(labelled):
        return {}
    looks = {look(blocks[i], layout) for i in under}
    nearest = min(blocks[i].rows[0].gap for i in have)
    others = (i for i in headings_of(blocks) if i > have[0] and i not in under and look(blocks[i], layout) in looks)
    nearer = [i for i in others if blocks[i].rows[0].gap < nearest]
    return under if len(nearer) <= FEW_NEARER * len(under) else {}


FEWEST_LABELLED = 5
MOST_LABELLED = 0.6
FEW_NEARER = 0.05


def _with_subtitles(blocks: Sequence[Block], places: Collection[int], evidence: str) -> list[Block]:
    """The blocks, in which those at some places are subtitles."""
    result = list(blocks)
    for i in places:
        decisions = (*blocks[i].decisions, Decision("subtitle", evidence, 0.8))
        result[i] = replace(blocks[i], kind="subtitle", facts=Facts(), decisions=decisions)
    return result


def _over_sections(blocks: list[Block], order: Sequence[int], layout: Layout) -> list[Block]:
    """Short lines between titles and those of their first sections, which stand nearer together, are no text."""
    found = [
        i
        for above, i, below in zip(order, order[1:], order[2:], strict=False)
        if _is_line(blocks[i], layout) and _is_title(blocks[above]) and _is_title(blocks[below])
        if blocks[i].rows[0].gap == 1 < blocks[below].rows[0].gap < blocks[above].rows[0].gap
    ]
    if len(found) < FEWEST:
        return blocks
    return _with_subtitles(blocks, found, f"one of {len(found)} lines between a title and that of its first section")


def _over_verse(blocks: list[Block], order: Sequence[int]) -> list[Block]:
    """Lines right below a title, no white space between, are none of its verses where these mostly stand apart from their titles."""
    below = [(i, blocks[i]) for above, i in pairwise(order) if _has_own_title(blocks[above])]
    verses = {above for above, i in pairwise(order) if blocks[i].kind == "verse" and blocks[i].rows[0].gap}
    apart = sum(block.kind == "verse" and block.rows[0].gap > 0 for _, block in below)
    found = [
        i
        for i, block in below
        if i in verses and block.kind in ("verse", "paragraph") and not (block.within or block.rows[0].gap)
        if len(block.rows) <= LINES_OF_SUBTITLE
    ]
    if not FEWEST <= len(found) <= apart:
        return blocks
    return _with_subtitles(blocks, found, f"one of {len(found)} right below titles whose verses stand apart, as {apart} do")


def _has_own_title(block: Block) -> bool:
    """Whether a block is a title, or the last line of one: right below a bare number stand the verses that it counts."""
    return not block.within and (block.kind == "subtitle" or (block.kind == "heading" and has_title(block)))


LINES_OF_SUBTITLE = 3


def _is_line(block: Block, layout: Layout) -> bool:
    """Whether a paragraph is one short line that does not say who wrote the piece."""
    if block.kind != "paragraph" or block.within or len(block.rows) > 1 or len(block.text) > LONGEST:
        return False
    return block.text[0].isupper() and words(layout.language).byline.match(block.text) is None


def _dated_alike(blocks: list[Block], order: Sequence[int]) -> list[Block]:
    """Lines right below titles that say the same of other years are no titles: Composed 1799.--Published 1800."""
    same: dict[str, list[int]] = {}
    for above, i in pairwise(order):
        plain = blocks[i].kind == "heading" and len(blocks[i].rows) == 1 and not (blocks[i].facts.number or blocks[i].facts.division)
        if plain and blocks[above].kind == "heading" and not blocks[above].within and _YEAR.search(blocks[i].text):
            same.setdefault(_YEAR.sub("", blocks[i].text), []).append(i)
    result = list(blocks)
    for said, alike in same.items():
        if len(alike) < FEWEST_DATED or not any(c.isalpha() for c in said):
            continue
        decision = Decision("subtitle", f"the years of a piece, as {len(alike)} have them right below their titles", 0.85)
        for i in alike:
            result[i] = replace(blocks[i], kind="dateline", facts=Facts(), decisions=(*blocks[i].decisions, decision))
    return result


FEWEST_DATED = 3
_YEAR = re.compile(r"\b1[4-9]\d\d\b")


def _kinds_of_pieces(blocks: list[Block], order: Sequence[int], language: Language) -> list[Block]:
    """The same with what says right below a title, over text, what kind of piece it is: AN IDYLL, A Tale of the Ford."""
    found = [
        i
        for above, i, below in zip(order, order[1:], order[2:], strict=False)
        if blocks[i].kind in ("heading", "paragraph")
        and blocks[i].rows[0].gap == 1
        and not blocks[i].facts.number
        and _is_bare_title(blocks[above])
        and _stands_apart(blocks[above])
        and blocks[below].kind in ("paragraph", "verse")
        and blocks[below].rows[0].gap >= 1
        and (blocks[i].kind == "heading" or blocks[i].text.rstrip("_)]")[-1:] not in ("", *".!?,;:"))
        and _says_kind(blocks[i], language, _TOLD_OR_SUNG)
    ]
    return _with_subtitles(blocks, found, "says right below a title what kind of piece it is")


def _kinds_of_plays(blocks: list[Block], language: Language) -> list[Block]:
    """The same with what stands between the title of a play and its persons or first act, nearer to the title: A DRAMA, 1912; and with
    what says right below a title what kind of play it is: A Comedy.
    """
    order = [i for i, b in enumerate(blocks) if b.kind not in BETWEEN]
    result = list(blocks)
    decision = Decision("subtitle", "between the title of a play and its persons or first act", 0.8)
    for above, i, below in zip(order, order[1:], order[2:], strict=False):
        block, title = blocks[i], blocks[above]
        if block.kind in _OF_A_LINE and _is_bare_title(title) and block.rows[0].gap <= 1 and _says_kind(block, language):
            said = Decision("subtitle", "says right below a title what kind of play it is", 0.8)
            result[i] = replace(block, kind="subtitle", facts=Facts(), decisions=(*block.decisions, said))
            continue
        dated = result[above].kind == "subtitle" and not block.within and _YEAR.fullmatch(block.text.strip("._()[]")) is not None
        if dated and block.rows[0].gap == 1 and blocks[below].facts.division in PLAYED:
            result[i] = replace(block, kind="subtitle", facts=Facts(), decisions=(*block.decisions, decision))
            continue
        if block.kind != "heading" or block.within or block.facts.number or block.facts.division or len(block.rows) > LINES_OF_KIND:
            continue
        if blocks[below].kind != "heading" or blocks[below].facts.division not in PLAYED:
            continue
        second = title.kind == "subtitle" or (len(title.rows) == 1 and title.text[0] in "[(" and not title.within)
        if block.rows[0].gap == 1 < blocks[below].rows[0].gap and (
            second or (_is_bare_title(title) and (title.rows[0].gap > 1 or not above))
        ):
            result[i] = replace(block, kind="subtitle", facts=Facts(), decisions=(*block.decisions, decision))
            if title.kind in ("stage", "paragraph") and title.rows[0].gap == 1 and above and _is_bare_title(blocks[above - 1]):
                said = Decision("subtitle", "between the title of a play and what kind it is: what it is called at home", 0.8)
                result[above] = replace(title, kind="subtitle", decisions=(*title.decisions, said))
    return result


def _is_bare_title(block: Block) -> bool:
    return block.kind == "heading" and not (block.within or block.facts.division or block.facts.number)


def _says_kind(block: Block, language: Language, kinds: frozenset[str] = frozenset(("play",))) -> bool:
    """Whether a line is an article and the name of a kind of text, with a few words more: A Tragedy in Verse."""
    said = fold(block.text).strip(" .:_*[]()").split()
    if len(block.rows) > 1 or block.within or not 1 < len(said) <= MOST_OF_KIND or said[0] not in language.articles:
        return False
    return any(language.genres.get(word) in kinds for word in said[1:])


_TOLD_OR_SUNG = frozenset(("story", "poem", "play"))
_OF_A_LINE = frozenset(("heading", "verse", "paragraph"))
MOST_OF_KIND = 8  # words
LINES_OF_KIND = 3


def _is_title(block: Block, most: int = 1) -> bool:
    facts = block.facts
    plain = block.kind == "heading" and not block.within and facts.type in BY_SETTING and not facts.number and not facts.division
    return plain and len(block.rows) <= most and len(block.text) <= most * LONGEST


def _dedicates_verse(blocks: Sequence[Block], at: int) -> bool:
    """Whether a line names to whom the verses right below it are given; over prose it may head a letter of dedication."""
    block = blocks[at]
    given = block.kind == "heading" and block.facts.division == "dedication" and len(block.rows) == 1 and len(block.text) <= LONGEST
    return given and at + 1 < len(blocks) and blocks[at + 1].kind == "verse"


def _belong(blocks: Sequence[Block], under: dict[int, int], layout: Layout) -> bool:
    """Whether the lines below titles are no titles of first pieces."""
    places = headings_of(blocks)
    looks = {look(blocks[i], layout) for i in under}
    titles = [i for i in places if i not in under and i not in under.values() and _is_title(blocks[i])]
    others = [i for i in titles if look(blocks[i], layout) in looks and not textless(blocks, i)]
    if not others:
        return True
    if any(blocks[i].rows[0].gap <= 1 for i in others):
        return False  # sections, the first of which stands right below the title of the piece
    above = set(under.values())
    nearest = min(blocks[i].rows[0].gap for i in above)
    alike = {look(blocks[i], layout) for i in above} == looks
    if alike and 2 * len(others) <= len(under) and all(blocks[i].rows[0].gap >= nearest for i in others):
        return True  # the few titles that have no such line
    named = listed_headings(blocks, places, layout.language)
    return not any(i in named for i in under) and all(i in named for i in under.values())


def is_other_name(blocks: Sequence[Block], at: int) -> bool:
    """Whether capitals in italics and brackets stand between two titles: LIFE OF HOLM / [_LONG JOHN_] / MILLER."""
    block = blocks[at]
    if block.kind != "editorial" or block.within or len(block.rows) > 1 or not 0 < at < len(blocks) - 1:
        return False
    return (
        _IN_BRACKETS.fullmatch(block.text) is not None and block.text.isupper() and blocks[at - 1].kind == blocks[at + 1].kind == "heading"
    )


_IN_BRACKETS = re.compile(r"\[_[^\[\]_]+_\]")
