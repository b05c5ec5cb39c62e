"""Nesting: whether a heading that is open ends before the next one, or holds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tei_pipeline.blocks import Block
from tei_pipeline.settle.gaps import SOME, WIDE
from tei_pipeline.settle.styles import MOTTO, OWN_TEXT, Style

SEEN = 0.1  # of a class of white space: what the contents page alone says of two titles is less, and says nothing of numbers
CHAPTER = 4  # the rank of a chapter (closed_classes.RANKS): notes at its end are its own
_WITH_TEXT = "title with text"  # in the count of what comes under what
_LETTER = "letter"  # in the count of what comes under what: titles that name writer or receiver
_LETTERS = "labelled:letter"  # no letter holds chapters
_NUMBERED = ("roman", "arabic")
_OF_PLAYS = frozenset(("labelled:act", "labelled:scene"))  # they stand under the title of their play, whatever the white space


def nesting(blocks: Sequence[Block], places: list[int], styles: list[Style]) -> Counter[tuple[str, str]]:
    """How often the first of one numbering comes right under a heading of another: (inner, outer)."""
    counted: Counter[tuple[str, str]] = Counter()
    times = Counter(style.family for style in styles)
    lettered = sum(style.letter for style in styles)
    counted.update((_LETTER, family) for family in _NUMBERED if lettered > MORE * times[family] > MORE)
    for a, b, i in zip(styles, styles[1:], places[1:], strict=False):
        labelled = b.family.startswith("labelled")
        first = blocks[i].facts.number == 1 or (a.textless and a.family.startswith("labelled") and labelled)
        first = first or (
            a.family == "title" and bool(a.over) and labelled and not a.front and a.space >= max(b.space, WIDE)
        )  # a group of chapters that are numbered on
        if a.family != b.family and first and b.family not in ("title", "notes"):
            counted[(b.family, a.family)] += 1
            counted[(b.family, _WITH_TEXT)] += a.family == "title" and a.own > OWN_TEXT
        elif a.family != b.family and labelled and a.family.startswith("labelled") and a.rank == b.rank and a.family != _LETTERS:
            counted[(b.family, a.family)] += times[b.family] > MORE * times[a.family]  # the letters of chapters, numbered on through them
    return counted


MORE = 1.5  # times as often as what holds it: else chapters and letters may stand beside each other


def goes_on(style: Style, open_: tuple[Style, ...]) -> bool:
    """Whether a heading after notes goes on in a division that was open before them, deeper than the outermost."""
    return any(s.family == style.family and (s.family != "title" or s.space == style.space) for s in open_[1:])


def runs_on(stack: Sequence[Style], before: tuple[Style, ...]) -> bool:
    """Whether a number that runs on returns to the level of the one before it, past titles that have text of their own (a definition
    among propositions, an interlude among chapters); a title of no words stands over what follows it.
    """
    common = next((k for k, (a, b) in enumerate(zip(stack, before, strict=False)) if a is not b), min(len(stack), len(before)))
    past = stack[common:]
    return bool(past) and all(
        s.family == "title" and not (s.textless or s.group or s.listed or s.front) and (s.own > OWN_TEXT or s.space < WIDE) for s in past
    )


def settle_level(stack: list[Style], style: Style, block: Block, nested: Counter[tuple[str, str]]) -> None:
    """The headings that are open with the new one among them, after it has closed those that end before it."""
    family = style.family
    played = next((k for k, open_ in enumerate(stack) if open_.family in _OF_PLAYS), 0)
    if family == "title" and played and stack[played - 1].family == "title" and style.space >= stack[played - 1].space:
        del stack[played:]
    if family in _OF_PLAYS:
        while any(open_.family in _OF_PLAYS for open_ in stack) and stack[-1].family not in _OF_PLAYS:
            stack.pop()
    if family == "notes":
        like = next((k for k, open_ in enumerate(stack) if open_.family == family and open_.listed == style.listed), len(stack))
        del stack[like + 1 :]  # the notes on the next work end the parts of those on the one before
        while (
            len(stack) > 1
            and stack[-1].family != "group"
            and not (len(stack) > 2 and stack[-1].family.startswith("labelled") and stack[-1].rank <= CHAPTER)
            and not (stack[-1].family in _NUMBERED and style.space < min(stack[-1].space, WIDE))
        ):
            stack.pop()
        stack.append(style)
        return
    if family not in ("title",) and any(s.family == family for s in stack):
        while stack[-1].family != family:
            stack.pop()
        stack[-1] = style
        return
    last = stack[-1] if stack else None
    ended: Style | None = None
    while stack and (_closes(stack[-1], style, nested, stack[-1] is last) or _stands_wider(ended, stack[-1], style)):
        ended = stack.pop()
        if stack and stack[-1].textless and not style.front and not style.closing and _alike(ended, style):
            break  # the next title within a number that has no text of its own
    stack.append(style)


def _stands_wider(ended: Style | None, top: Style, new: Style) -> bool:
    """Whether a title has more white space than the one that ended in a numbered piece, and as much as that piece: it is none of its."""
    if ended is None or not top.textless or not top.family.startswith("labelled") or top.family in _OF_PLAYS:
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


def _closes(top: Style, new: Style, nested: Counter[tuple[str, str]], above: bool) -> bool:
    """Whether a heading that is open ends before the new one: the new one is of the same height or higher. ``above``: it is the last
    one.
    """
    if top.family == "notes":
        return not (top.textless and new.first and top.over == new.family)  # notes on a work, by its parts
    if new.family == "title":
        numbered = top.family in _NUMBERED and ((top.listed and not new.listed) or nested[_LETTER, top.family] > 0)
        if new.letter and (top.family.startswith("labelled") or numbered):
            return False  # the letters of a chapter, as far apart as the chapters are
        before = top.front or (top.introduces and (new.bare or (top.own > OWN_TEXT and new.space >= top.space)))
        if top.bare or (before and (new.bare or (new.textless and not new.front))):  # a preface holds no contents, no title over chapters
            return True
        if top.family == "title":
            if new.letter and top.letter:
                return new.space >= top.space  # whatever the contents page has of them
            if (new.prefatory or (new.bare and new.space >= top.space)) and top.own and not (top.textless or top.front or top.work):
                return True  # a licence or errata page with its text before a prologue holds no book
            lower = new.space < top.space and (not new.paged or (top.group and not new.group))
            if (top.listed and new.listed and not lower) or (top.prefatory and new.prefatory and new.space >= top.space):
                return True  # the prefaces of several editions stand one after the other
            if top.listed != new.listed and 0 < abs(new.space - top.space) < SEEN:
                return new.listed  # only the contents page parts them
            return (new.space, new.listed) >= (top.space, top.listed) if new.space == top.space else new.space > top.space
        if new.renews == top.family and not top.textless:
            return True  # below it the numbering begins anew
        if top.textless and top.family.startswith("labelled"):
            if new.textless and new.over == top.family and new.space >= top.space:
                return True  # a title right over the next division of the kind
            if (not new.listed and not new.front and (above or (new.space <= top.space and top.family not in _OF_PLAYS))) or (
                top.rank < CHAPTER and top.over == "title" and not new.closing and new.space <= top.space
            ):
                return False  # a chapter of no words is none, and a part of titles holds them
        if top.family == "headword" and top.textless:
            return new.front or new.closing or (new.space > top.space and not above)  # else an entry below its letter
        if top.family in ("roman", "arabic") or top.family.startswith("arabic"):
            if above and top.textless and not (new.listed or new.front or new.closing) and new.space <= top.space:
                return False  # so has what a number alone counts, with its title
            return new.space + SEEN >= max(top.space, SOME)
        return new.space + SEEN >= top.space
    if top.family == "title":
        if top.bare:
            return True
        if (top.front or top.introduces) and new.family in ("headword", "labelled:group"):
            return True  # the letters of a dictionary
        if top.closing and not (top.lists or top.bare) and new.first and top.over == new.family and new.family.startswith("labelled"):
            return False  # notes on a work, by its parts
        if new.family in _OF_PLAYS or (top.front and new.family.startswith("series")):
            return top.front
        if new.family.startswith("labelled"):
            if (
                top.front
                or (top.lists and new.rank <= CHAPTER)
                or (top.introduces and top.own > MOTTO and new.rank <= CHAPTER)
                or (top.own > OWN_TEXT and new.space >= top.space and nested[(new.family, "title")] < 2)
            ):
                return True
            return new.space > top.space + SEEN or (new.space == top.space == WIDE and not top.work and nested[(new.family, "title")] < 2)
        if new.space > top.space + SEEN and top.own:
            return True
        prefaced = (top.introduces or top.prefatory) and top.own > MOTTO and (new.space >= top.space or (top.prefatory and new.listed))
        if new.first and (prefaced or (new.space >= top.space and top.versed and new.own and not new.versed)):
            return True  # an introduction with its text, or a poem, before numbered chapters
        return top.own > OWN_TEXT and new.first and new.space == top.space == WIDE and nested[(new.family, _WITH_TEXT)] < 2
    if top.textless and top.over == new.family and new.first and new.family.startswith("labelled") and top.family.startswith("labelled"):
        return False  # right below a label of no text: its first part
    if (
        new.rank < top.rank
        and new.space < top.space
        and new.own
        and new.over != top.family
        and new.family.startswith("labelled")
        and top.rank <= CHAPTER
    ):
        return False  # a part of a chapter: nearer to the text above than chapters are, and with text of its own
    inner, outer = nested[(new.family, top.family)], nested[(top.family, new.family)]
    if inner > outer and (inner > 1 or new.rank > top.rank or (top.textless and not outer)):
        return False
    if outer > inner and outer > 1:
        return True
    if new.family == _LETTERS and top.family == "labelled:chapter" and new.space < top.space and new.own:
        return False  # the letters that a chapter gives, numbered on through the book
    return top.rank >= new.rank
