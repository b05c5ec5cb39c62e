"""The parts of each play of a book stand below its title: prologue, acts, scenes and epilogue, however the others are numbered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from tei_pipeline.blocks import Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.language import Language, fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.shape import word_count
from tei_pipeline.rules.words import words
from tei_pipeline.settle.front.half_titles import says_again, title_words

PLAYED = frozenset(("cast", "act", "scene", "prologue"))  # what stands below the title of a play
_PARTS = PLAYED | {"epilogue"}
_BEFORE = frozenset(("preface", "introduction", "foreword", "dedication", "contents"))


def plays(blocks: list[Block], layout: Layout) -> list[Block]:
    """Where a play has a title, its acts, its prologue and epilogue and its scenes without acts stand right below it, and the scenes of
    acts below these: white space and numbering, which tell levels elsewhere, differ between a prologue and the acts of one play.
    """
    if not layout.drama:
        return blocks
    places = [i for i, block in enumerate(blocks) if block.kind == "heading" and not block.within]
    result = list(blocks)
    top = title = -1  # the level of the parts of the play, and the heading that is its title
    part = last_act = 0  # the level of the part above, and of the last act
    acts = cast = False
    after = 0  # where the parts of the play before end, among the headings
    for k, i in enumerate(places):
        facts = blocks[i].facts
        if facts.division not in _PARTS:
            if part and facts.division == "poem" and facts.number and k == after:
                _put(result, i, part + 1, "a numbered song of the scene above it")
                after = k + 1
            elif top > 0 and k == after and cast and _introduces(blocks, i, places[k + 1] if k + 1 < len(places) else len(blocks)):
                _put(result, i, top, f"the {facts.division} of a play, below its persons")
                after = k + 1
            continue
        above = places[after:k]
        highest = min((result[n].facts.level for n in above), default=0)
        if cast and title >= 0 and above and says_again(result[above[-1]], result[title], layout.language):
            top = min(result[title].facts.level, result[above[-1]].facts.level) + 1
            for n in (title, above[-1]):
                _put(result, n, top - 1, "the title of a play, which stands below its persons again")
            for n in places[places.index(title) + 1 : after]:
                _put(result, n, top, "the persons of the play")
        elif above and not (cast and highest >= top and (highest >= facts.level or _said(result, above[-1]))):
            over = _over(result, above, i, layout.language) if _is_first(facts, acts) else -1
            if over < 0 and facts.division == "cast" and _begins_another(result, above, i):
                over = above[-1]
                _put(result, over, highest, "the title of another play, above its persons and below what is spoken in the play before")
            if over >= 0:
                _raise(result, above, over, title if acts else -1, layout)
                top, title, acts = result[over].facts.level + (not result[over].facts.division), over, False
            elif highest < top:
                top = title = -1  # a story, a preface of another book
        elif above and cast and max(top, title) < 0 and not result[above[-1]].facts.division and not _is_spoken(blocks[above[0] : i]):
            top = result[above[-1]].facts.level  # where it was acted, and by whom, stands below its persons and beside its acts
        after = k + 1
        cast = facts.division == "cast"  # the subject, or who played, may stand below the persons, beside the acts
        acts = acts or facts.division == "act" or facts.over == "act"
        below = places[k + 1] if k + 1 < len(places) else i
        if cast and title >= 0 and not blocks[below].facts.division and says_again(result[below], result[title], layout.language):
            _put(result, below, result[title].facts.level, "the title of a play, which stands below its persons again")
        if top > 0:
            _put(result, i, top + (facts.division == "scene" and acts), f"{facts.division} of a play whose parts have level {top}")
        elif facts.division == "epilogue" and last_act:
            _put(result, i, last_act, "an epilogue, beside the acts")
        part = result[i].facts.level
        last_act = part if facts.division == "act" else last_act
    return result


def _introduces(blocks: Sequence[Block], at: int, end: int) -> bool:
    """Whether a heading names what a play is about, or is over an introduction that is spoken."""
    division = blocks[at].facts.division
    return division == "argument" or (division == "introduction" and _is_spoken(blocks[at:end]))


def _raise(blocks: list[Block], above: Sequence[int], over: int, before: int, layout: Layout) -> None:
    """The title of a play is no deeper than that of the play before, whose acts it ends, and its half title as deep as it is."""
    level = blocks[over].facts.level
    for n in above:
        deeper = blocks[n].facts.level - level
        if n < over and deeper > 0 and says_again(blocks[n], blocks[over], layout.language):
            for k in above[above.index(n) : above.index(over)]:
                _put(blocks, k, max(level, blocks[k].facts.level - deeper), "the half title of a play, as deep as it")
            break
    higher = blocks[before].facts.level if before >= 0 else level
    if higher < level and not blocks[over].facts.division:
        for k in above[above.index(over) :]:
            _put(blocks, k, blocks[k].facts.level + higher - level, "the title of a play, as deep as that of the play before")


def _put(blocks: list[Block], at: int, level: int, why: str) -> None:
    """A heading at a level."""
    facts = blocks[at].facts
    if level != facts.level:
        decision = Decision("plays", why, 0.9)
        blocks[at] = replace(blocks[at], facts=replace(facts, level=level), decisions=(*blocks[at].decisions, decision))


def _is_first(facts: Facts, acts: bool) -> bool:
    """Whether a part may be the first of a play: its persons, a prologue, the first act, or the first scene where no act is open."""
    if facts.division in ("cast", "prologue"):
        return True
    if facts.over == "act":
        return facts.over_number == facts.number == 1
    return facts.number == 1 and (facts.division == "act" or (facts.division == "scene" and not acts))


def _over(blocks: Sequence[Block], above: Sequence[int], first: int, language: Language) -> int:
    """Of the headings above the first part of a play the one that it stands right below, its title (the last of the highest, or the one
    below that where that is of a volume or of a story, or where it stands again below an introduction), or beside, because it names a
    preface or its like; -1 where somebody speaks below it, or much else stands there, so that it may be neither.
    """
    highest = min(blocks[i].facts.level for i in above)
    title = max(i for i in above if blocks[i].facts.level == highest)
    last = blocks[above[-1]].facts
    if title != above[-1] and blocks[first].facts.division == "scene" and last.number == 1 and not last.division:
        return above[-1]  # a number that counts what holds the scenes: A WEIR / I / SCENE I
    if title != above[-1] and not last.division and says_again(blocks[title], blocks[above[-1]], language):
        return above[-1]
    if title != above[-1]:
        below = above[above.index(title) + 1]
        title = below if _titles_volume(blocks, title, below) else title
        if not blocks[title].facts.division and _said(blocks, title) > MOST_BELOW_TITLE and not blocks[above[-1]].facts.division:
            title = above[-1]
    named = blocks[title].facts.division
    if (named and named not in _BEFORE) or _is_spoken(blocks[title:first]):
        return -1
    return title if named or _said(blocks, title) <= MOST_BELOW_TITLE else -1


def _begins_another(blocks: Sequence[Block], above: Sequence[int], first: int) -> bool:
    """Whether somebody speaks below a heading above the persons of a play, but nobody below the last one, nor is much told there."""
    over = above[-1]
    if len(above) < 2 or blocks[over].facts.division or _said(blocks, over) > MOST_BELOW_TITLE:
        return False
    return _is_spoken(blocks[above[0] : over]) and not _is_spoken(blocks[over:first])


def _is_spoken(blocks: Sequence[Block]) -> bool:
    return any(block.within and block.within[0].kind == "speech" for block in blocks)


def _said(blocks: Sequence[Block], at: int) -> int:
    """The words of the paragraphs and verses below a heading, to the next one."""
    said = 0
    for block in blocks[at + 1 :]:
        if block.kind == "heading" and not block.within:
            break
        said += word_count(block.text) if block.kind in ("paragraph", "verse") and not block.within else 0
        if said > MOST_BELOW_TITLE:
            break
    return said


def _titles_volume(blocks: Sequence[Block], at: int, below: int) -> bool:
    """Whether a heading says the title of the book again, right above another one: the half title of a volume, over its first play."""
    title = next((block for block in blocks if block.kind == "titlepage"), None)
    if title is None or blocks[below].facts.division:
        return False
    return below == at + 1 and fold(blocks[at].text).strip(" .") == fold(title.rows[0].text).strip(" .")


MOST_BELOW_TITLE = 80  # words, which say when a play was first given; more may be a preface, or a story


def titled_twice(blocks: list[Block], layout: Layout) -> list[Block]:
    """In a volume whose plays each have their title twice, over who may print and act it and again over what is spoken, all of these titles
    are as deep: the contents page has but one of each.
    """
    if not layout.drama:
        return blocks
    places = [i for i, block in enumerate(blocks) if block.kind == "heading" and not block.within]
    pairs = [(above, i) for above, i in pairwise(places) if _is_title_again(blocks, above, i, places)]
    levels = {blocks[i].facts.level for pair in pairs for i in pair}
    if len(pairs) < FEWEST_TWICE:
        return blocks
    result = list(blocks)
    by = words(layout.language).byline
    decision = Decision("titled-twice", "between the title of a play and the same title again: who wrote it, and who may print it", 0.85)
    for above, again in pairs:
        for n in range(above + 1, again):
            if blocks[n].kind == "stage" and not blocks[n].within and blocks[n].text[0] not in "([_":
                kind = "byline" if by.match(blocks[n].text) else "paragraph"
                result[n] = replace(blocks[n], kind=kind, decisions=(*blocks[n].decisions, decision))
    titles = {i for pair in pairs for i in pair}
    for _, again in pairs:
        deeper = blocks[again].facts.level - min(levels)
        for n in places[places.index(again) + 1 :]:
            if n in titles or blocks[n].facts.level <= blocks[again].facts.level:
                break
            _put(result, n, blocks[n].facts.level - deeper, "a part of a play whose title stands there twice")
    for n in titles:
        _put(result, n, min(levels), f"one of {len(pairs)} titles of plays that stand there twice")
    return result


FEWEST_TWICE = 3  # plays


def _is_title_again(blocks: Sequence[Block], above: int, at: int, places: Sequence[int]) -> bool:
    """Whether a title has the first line of the one above it, below which nobody speaks, as somebody does below this one."""
    first = title_words(blocks[above].rows[0].text)
    if blocks[at].facts.number or first != title_words(blocks[at].rows[0].text) or _is_spoken(blocks[above:at]):
        return False
    return _is_spoken(blocks[at : next((i for i in places if i > at), len(blocks))])


def advertised(blocks: list[Block], layout: Layout) -> list[Block]:
    """Below a title after the parts of a play, paragraphs that each begin with another name, of whom nobody speaks anywhere else, are no
    dialogue, for nobody answers: books by the same author, with their prices, or who played whom.
    """
    if not layout.drama:
        return blocks
    speeches = {block.within[0].key: block.within[0].n for block in blocks if block.within and block.within[0].kind == "speech"}
    spoken = Counter(speeches.values())
    places = [i for i, block in enumerate(blocks) if block.kind == "heading" and not block.within]
    result = list(blocks)
    played = False
    for i, end in pairwise([*places, len(blocks)]):
        if played and not blocks[i].facts.division:
            said = [k for k in range(i + 1, end) if blocks[k].within and blocks[k].within[0].kind == "speech"]
            keys = {blocks[k].within[0].key for k in said}
            if len(keys) > 1 and all(spoken[speeches[key]] == 1 for key in keys) and not any(b.kind == "stage" for b in blocks[i:end]):
                decision = Decision("advertised", f"{len(keys)} names of whom nobody speaks a second time", 0.85)
                for k in said:
                    result[k] = replace(blocks[k], kind="paragraph", within=(), decisions=(*blocks[k].decisions, decision))
        played = played or blocks[i].facts.division in _PARTS
    return result
