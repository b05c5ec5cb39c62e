"""Nesting: which headings are open when the next one comes, after it has closed those that end before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, takewhile

from tei_pipeline.blocks import Block
from tei_pipeline.settle.nesting.ending import why
from tei_pipeline.settle.nesting.gaps import WIDE
from tei_pipeline.settle.nesting.meeting import AMID, CHAPTER, EPILOGUE, FIRSTS, LETTER, LETTERS, REST, SEEN, TITLES, WITH_TEXT, Meeting
from tei_pipeline.settle.nesting.styles import MOTTO, OF_PLAYS, OWN_TEXT, Style

MORE = 1.5  # times as often as what holds it: else chapters and letters may stand beside each other
_COUNTED = ("roman", "arabic")


def nesting(blocks: Sequence[Block], places: list[int], styles: list[Style]) -> Counter[tuple[str, str]]:
    """How often the first of one numbering comes right under a heading of another: (inner, outer); of titles, where the contents page
    has both.
    """
    counted: Counter[tuple[str, str]] = Counter()
    times = Counter(style.family for style in styles)
    counted.update((FIRSTS, style.family) for style, i in zip(styles, places, strict=True) if blocks[i].facts.number == 1)
    lettered = sum(style.letter for style in styles)
    if all(style.counted or style.front for style in styles):
        counted.update((REST, style.family) for style in styles if style.counted)
    counted.update((LETTER, family) for family in _COUNTED if lettered > MORE * times[family] > MORE)
    spaces = sorted({style.space for style in styles if style.listed and style.family == "title"})
    sets_in = any(b - a < SEEN for a, b in pairwise(spaces))  # the contents page tells what is in a group
    for group, one, other in zip(styles, styles[1:], styles[2:], strict=False):
        if not sets_in and _names_group(group, one) and other.family == "title" and not other.textless:
            counted[GROUP, "title"] += 1 if _is_after_first(group, one, other) else -len(styles)
    numbers = [blocks[i].facts.number for i in places]
    counted.update(_amid_numbers(numbers, styles))
    counted.update(_with_titles(numbers, styles))
    for a, b, i in zip(styles, styles[1:], places[1:], strict=False):
        labelled = b.labelled
        counted[EPILOGUE, b.family] += a.prologue and labelled and b.space <= a.space
        counted["title", a.family] += a.labelled and a.textless and a.listed and b.family == "title" and b.listed
        first = blocks[i].facts.number == 1 or (a.textless and a.labelled and labelled)
        first = first or (b.family == "headword" and a.labelled and a.own <= MOTTO)  # the years of a chapter, which go on in the next
        first = first or (
            a.family == "title" and bool(a.over) and labelled and not a.front and a.space >= max(b.space, WIDE)
        )  # a group of chapters that are numbered on
        if a.family != b.family and first and b.family not in ("title", "notes"):
            counted[(b.family, a.family)] += 1
            counted[(b.family, WITH_TEXT)] += a.family == "title" and a.own > OWN_TEXT
        elif a.family != b.family and labelled and a.labelled and a.rank == b.rank and a.family != LETTERS:
            counted[(b.family, a.family)] += times[b.family] > MORE * times[a.family]  # the letters of chapters, numbered on through them
    return counted


def _amid_numbers(numbers: Sequence[int], styles: Sequence[Style]) -> Counter[tuple[str, str]]:
    """How often chapters, from the first, stand right behind a number with text and before the next one of its kind; those of a kind that
    also stand elsewhere do not count.
    """
    found: Counter[tuple[str, str]] = Counter()
    for family in {style.family for style in styles if style.labelled and style.rank <= CHAPTER}:
        begun = [k for k, style in enumerate(styles) if style.family == family and numbers[k] == 1]
        said, within, outer = sum(style.family == family for style in styles), 0, set[str]()
        for k in begun:
            before = styles[k - 1] if k else styles[k]
            end = next((i for i in range(k, len(styles)) if styles[i].family != family), len(styles))
            if before.counted and not before.textless and end < len(styles):
                if styles[end].family == before.family and numbers[end] == numbers[k - 1] + 1 > SECOND:
                    within += end - k
                    outer.add(before.family)
        if within == said and len(outer) == 1:
            found[family, AMID + outer.pop()] = len(begun)
    return found


def _with_titles(numbers: Sequence[int], styles: Sequence[Style]) -> Counter[tuple[str, str]]:
    """How many divisions of a kind, numbered on from the first through the book, are followed by several titles with text that look alike
    and are as far apart as they: where most are, these are no titles beside theirs.
    """
    found: Counter[tuple[str, str]] = Counter()
    for family in {style.family for style in styles if style.labelled or style.counted} - OF_PLAYS:
        begun = [k for k, style in enumerate(styles) if style.family == family]
        fewest = 2 if styles[begun[0]].labelled else FEWEST_COUNTED
        if len(begun) < fewest or any(numbers[a] + 1 != numbers[b] for a, b in pairwise(begun)):
            continue
        looks = [_titles_after(styles, a, b) for a, b in pairwise([*begun, len(styles)])]
        held = sum(len(some) >= SEVERAL and some[:1] == looks[0][:1] for some in looks)
        if held >= MOSTLY * len(begun):
            found[TITLES, family] = held
    return found


def _titles_after(styles: Sequence[Style], at: int, end: int) -> list[tuple[object, ...]]:
    """The looks of the titles with text that follow a numbered division, as far apart as it."""
    following = takewhile(lambda s: s.family == "title" and not (s.front or s.closing or s.textless), styles[at + 1 : end])
    return [style.look for style in following if abs(style.space - styles[at].space) < SEEN]


FEWEST_COUNTED = 3  # divisions: a number alone may count one title among others
SEVERAL = 2  # titles: one may stand beside the divisions, as an interlude does
MOSTLY = 0.6  # of the divisions
SECOND = 2  # a number that only the first stands before may begin another numbering


def goes_on(style: Style, open_: tuple[Style, ...]) -> bool:
    """Whether a heading after notes goes on in a division that was open before them, deeper than the outermost."""
    return any(s.family == style.family and (s.family != "title" or s.space == style.space) for s in open_[1:])


def runs_on(stack: Sequence[Style], before: tuple[Style, ...]) -> bool:
    """Whether a number that runs on returns to the level of the one before it, past titles that have text of their own (a definition
    among propositions, an interlude among chapters) and notes; a title of no words stands over what follows it.
    """
    common = next((k for k, (a, b) in enumerate(zip(stack, before, strict=False)) if a is not b), min(len(stack), len(before)))
    past = stack[common:]
    noted = next((k for k, s in enumerate(past) if s.family == "title" and s.closing), len(past))  # notes on it, with all their parts
    return bool(past) and all(
        s.family == "title" and not (s.textless or s.group or s.listed or s.front) and (s.own > OWN_TEXT or s.space < WIDE)
        for s in past[:noted]
    )


def settle_level(stack: list[Style], style: Style, nested: Counter[tuple[str, str]]) -> str:
    """The headings that are open with the new one among them, after it has closed those that end before it; gives the reason."""
    if style.family in OF_PLAYS or style.family == "title":
        _end_plays(stack, style)
    if style.family == "notes":
        return _settle_notes(stack, style)
    if style.family != "title" and any(open_.family == style.family for open_ in stack):
        while stack[-1].family != style.family:
            stack.pop()
        if not _begins_beside_front(stack, style):
            stack[-1] = style
            return "the next of its kind"
        del stack[-2:]
    last = stack[-1] if stack else None
    ended: Style | None = None
    says = "nothing stands over it"
    while stack:
        reason = why(Meeting(stack[-1], style, nested, stack[-1] is last))
        wider = not reason.ends and _stands_wider(ended, stack[-1], style)
        says = WIDER if wider else reason.says
        if not (reason.ends or wider):
            break
        ended = stack.pop()
        if stack and stack[-1].textless and not style.front and not style.closing:
            if _alike(ended, style) or (nested[GROUP, "title"] > 1 and _is_after_first(stack[-1], ended, style)):
                says = WITHIN
                break
    stack.append(style)
    return says


def _is_after_first(group: Style, first: Style, style: Style) -> bool:
    """Whether a title is one of a group as the first of it is, which alone stands right below the name of the group, and nearer."""
    if not _names_group(group, first) or style.textless or not style.listed:
        return False
    return (first.family, first.look) == (style.family, style.look) and first.space < style.space <= group.space


def _names_group(group: Style, first: Style) -> bool:
    """Whether the contents page has a title of no words, and the one right below it, which is nearer to it."""
    titles = group.family == first.family == "title" and group.listed and first.listed and not (group.front or first.front)
    return titles and group.textless and not first.textless and first.space < group.space


GROUP = "group"  # in the count of what comes under what: how often a title of no words stands nearer to the next than others are apart


def _begins_beside_front(stack: Sequence[Style], style: Style) -> bool:
    """Whether a number one has more white space than the numbers of an introduction above it, and as much as the introduction: it begins
    the numbers of the book.
    """
    if len(stack) < 2 or not (style.first and style.counted):
        return False
    front, number = stack[-2:]
    return (front.introduces or front.prefatory) and style.space > number.space + SEEN and style.space >= front.space


WIDER = "more white space stands above it than above the one that ended in the numbered piece"
WITHIN = "the next title within a number that has no text of its own"


def _end_plays(stack: list[Style], style: Style) -> None:
    """An act ends what is open within the play; the title of the next play ends the acts."""
    played = next((k for k, open_ in enumerate(stack) if open_.family in OF_PLAYS), 0)
    if style.family == "title" and played and stack[played - 1].family == "title" and style.space >= stack[played - 1].space:
        del stack[played:]
    if style.family in OF_PLAYS and any(open_.family in OF_PLAYS for open_ in stack):
        while stack[-1].family not in OF_PLAYS:
            stack.pop()


def _settle_notes(stack: list[Style], style: Style) -> str:
    """Notes stand beside the chapters of a work, in the chapter or numbered piece that they alone can be on."""
    like = next((k for k, open_ in enumerate(stack) if open_.family == "notes" and open_.listed == style.listed), len(stack))
    del stack[like + 1 :]  # the notes on the next work end the parts of those on the one before
    while len(stack) > 1 and not _has_own_notes(stack, style):
        stack.pop()
    says = f"notes of what is {len(stack)} deep" if stack else "notes of the book"
    stack.append(style)
    return says


def _has_own_notes(stack: list[Style], notes: Style) -> bool:
    """Whether the innermost heading is of a chapter among others, or a numbered piece that stands wider than the notes."""
    top = stack[-1]
    chapter = len(stack) > 2 and top.labelled and top.rank <= CHAPTER
    own = notes.space < top.space if top.family == "title" else top.labelled and top.rank == CHAPTER and notes.space <= top.space
    piece = notes.each and own
    return chapter or piece or (top.family in _COUNTED and notes.space < min(top.space, WIDE))


def _stands_wider(ended: Style | None, top: Style, new: Style) -> bool:
    """Whether a title has more white space than the one that ended in a numbered piece, and as much as that piece: it is none of its."""
    if ended is None or not top.textless or not top.labelled or top.family in OF_PLAYS:
        return False
    alike = ended.listed and new.listed and ended.look == new.look  # the first right below the number, the others below text
    return ended.family == new.family == "title" and ended.space < new.space and top.space <= new.space and not alike


def _alike(a: Style, b: Style) -> bool:
    """Whether two titles are of one kind, as far as a reader sees."""
    return a.family == b.family == "title" and (a.look, a.space, a.listed, a.group, a.textless) == (
        b.look,
        b.space,
        b.listed,
        b.group,
        b.textless,
    )
