"""Levels: which heading stands under which, from numbering, white space, the contents page and the order of the book together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from tei_pipeline.blocks import Block
from tei_pipeline.closed_classes import RANKS
from tei_pipeline.decisions import Decision
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.shape import is_capitals, word_count
from tei_pipeline.settle.listing import headings_of, listed_headings

MANY = 8  # headings of one look: among fewer an unusual gap may be meant
OWN_TEXT = 150  # words: a title over numbered chapters has no more of its own before the first; what has is a division beside them
MOTTO = 60  # words, at most, between the title of a group and its first chapter
CHAPTER = 4  # the rank of a chapter (closed_classes.RANKS): notes at its end are its own
WIDE, SOME, SMALL = 2, 1, 0  # classes of the white space before a heading: of a chapter, a section, a paragraph


class Style(Struct, frozen=True):
    """What makes two headings of one kind: numbering and typography."""

    # ``paged``: the text has pages, where white space says more of their tops than of headings; ``own``: words of text under it,
    # ``textless``: another heading follows at once
    family: str  # labelled:TYPE, roman, arabic, title, notes
    rank: int
    space: float
    listed: bool
    group: bool = False
    front: bool = False
    prefatory: bool = False
    introduces: bool = False
    work: bool = False  # with an introduction of its own
    bare: bool = False
    paged: bool = False
    own: int = 0
    textless: bool = False
    first: bool = False  # of its numbering
    lists: bool = False  # words or books, and has no chapters
    closing: bool = False  # names what closes a book
    over: str = ""  # the family of the next heading, when there is hardly a motto between


class _Reached(NamedTuple):
    """How far a numbering has come: its number, what was open, and the block from which on others may have interrupted it."""

    number: int
    open: tuple[Style, ...]
    place: int = 0


def levels(blocks: list[Block], layout: Layout) -> list[Block]:
    """Every heading gets its level, 1 the outermost; a half title that says the book's title again, that of the heading below it."""
    places = headings_of(blocks)
    if not places:
        return blocks
    half_titles = _half_titles(blocks, places) if not layout.drama else []  # over persons and acts it is the play's
    in_notes = _in_notes(blocks)
    places = [i for i in places if i not in half_titles and i not in in_notes]
    gaps = even_gaps(blocks, places, layout)
    for i in half_titles:
        below = next(k for k in places if k > i)
        gaps[below] = max(gaps[below], blocks[i].rows[0].gap)  # the space above both
    named = listed_headings(blocks, places, layout.language)
    listed = _listed_alike(blocks, places, named, gaps, layout)
    widest = max((_space(gaps[i]) for i in places[1:] if blocks[i].facts.type not in ("labelled", "roman", "arabic")), default=WIDE)
    styles = [
        _style(blocks, i, i in listed, _space(gaps[i]) if i else _first_space(blocks, gaps, widest), layout.pages > 3) for i in places
    ]
    styles = _labelled_alike(styles)
    styles = _groups(
        blocks,
        places,
        [
            replace(s, own=_own(blocks, i), textless=_textless(blocks, i), first=blocks[i].facts.number == 1)
            for i, s in zip(places, styles, strict=True)
        ],
    )
    styles = _outer(blocks, places, _indented(blocks, places, _dated(blocks, places, styles), named))
    little = [_words_below(blocks, i) <= MOTTO for i in places]
    styles = [replace(a, over=b.family if few else "") for (a, b), few in zip(pairwise([*styles, styles[-1]]), little, strict=True)]
    nested = _nesting(blocks, places, styles)
    stack: list[Style] = []
    reached: dict[str, _Reached] = {}
    noted = _Reached(0, ())  # what was open when the notes of a division began
    result = list(blocks)
    closing = _closing(blocks, places, styles)
    for i, style in zip(places, styles, strict=True):
        if i in closing:
            stack.clear()
        if over := blocks[i].facts.over:
            _settle(stack, replace(style, family=f"labelled:{over}", rank=RANKS.get(over, style.rank - 1)), blocks[i], nested)
        back: _Reached | None = None
        if style.family == "notes":
            noted = _Reached(0, tuple(stack), i) if not stack or stack[-1].family != "notes" else noted
        elif stack and stack[-1].family == "notes" and _goes_on(style, noted.open):
            back, stack[:] = noted, noted.open
        number = blocks[i].facts.number
        before = reached.get(style.family)
        if back is None and before is not None and number == before.number + 1 and _runs_on(stack, before.open):
            back, stack[:] = before, before.open
        _settle(stack, style, blocks[i], nested)
        if back is not None:
            _lower(result, back.place, i, len(stack))
        if number and style.family.startswith("labelled"):
            reached[style.family] = _Reached(number, tuple(stack), i + 1)
        level = len(stack)
        why = ", in the contents" if i in named else ""
        decision = Decision("level", f"{style.family}, white space {style.space:.0f}{why}: level {level}", _certainty(style))
        result[i] = replace(blocks[i], facts=replace(blocks[i].facts, level=level), decisions=(*blocks[i].decisions, decision))
    for i in half_titles:
        below = next(k for k in places if k > i)
        decision = Decision("level", "the title of the book again, over another heading", 0.9)
        facts = replace(blocks[i].facts, level=result[below].facts.level)
        result[i] = replace(blocks[i], facts=facts, decisions=(*blocks[i].decisions, decision))
    for i, heading in in_notes.items():
        decision = Decision("level", "the notes of a division, among the notes", 0.9)
        facts = replace(blocks[i].facts, level=result[heading].facts.level + 1)
        result[i] = replace(blocks[i], facts=facts, decisions=(*blocks[i].decisions, decision))
    return result


def _in_notes(blocks: Sequence[Block]) -> dict[int, int]:
    """Headings among the notes, which say of which chapter those below are, with the heading of the notes."""
    found: dict[int, int] = {}
    heading = -1
    for i, block in enumerate(blocks):
        if block.kind == "heading" and not block.within:
            if block.facts.division == "notes":
                heading = i
            elif heading >= 0 and i + 1 < len(blocks) and blocks[i + 1].within and blocks[i + 1].within[0].kind == "note":
                found[i] = heading
            else:
                heading = -1
        elif block.kind not in _BETWEEN and not (block.within and block.within[0].kind == "note"):
            heading = -1
    return found


def _listed_alike(
    blocks: Sequence[Block], places: Sequence[int], listed: Collection[int], gaps: Mapping[int, int], layout: Layout
) -> frozenset[int]:
    """The headings of the contents page, and the few poems that it omits of a kind of which it has nearly all."""
    kinds: dict[tuple[object, ...], list[int]] = {}
    for i in places:
        if blocks[i].facts.type in ("capitals", "title") and not blocks[i].facts.division:
            kinds.setdefault((look(blocks[i], layout), gaps[i]), []).append(i)
    poems = [alike for alike in kinds.values() if len(alike) >= FEW and sum(_over_verse(blocks, i) for i in alike) >= NEARLY * len(alike)]
    return frozenset(listed).union(*(alike for alike in poems if sum(i in listed for i in alike) >= NEARLY * len(alike)))


def _over_verse(blocks: Sequence[Block], at: int) -> bool:
    return any(block.kind == "verse" for block in blocks[at + 1 : at + 3])


FEW = 5  # headings of one look: fewer tell nothing of what the contents page names
NEARLY = 0.8  # of them are in the contents: then they all should be


def _half_titles(blocks: Sequence[Block], places: Sequence[int]) -> list[int]:
    """Headings without text that repeat the title of the book, as its title page or an earlier half title has it."""
    titles = {_words(" ".join(r.text for r in b.rows[:end])) for b in blocks if b.kind == "titlepage" for end in range(1, len(b.rows) + 1)}
    bare = [
        i
        for i, below in pairwise(places)
        if not blocks[i].facts.number and not blocks[i].facts.division and _textless(blocks, i)
        if blocks[below].facts.division not in _PLAYED  # what stands over acts is a play
    ]
    again = Counter(_words(blocks[i].text) for i in bare)
    found = []
    for i in bare:
        title = _words(blocks[i].text)
        if title in titles or again[title] > 2:
            found.append(i)
        titles.add(title)
    return found


def _words(text: str) -> str:
    return " ".join(fold(text).replace("_", " ").strip(" .*=").split())


def _certainty(style: Style) -> float:
    """How sure a level is: numbering with its word, and the contents page, leave little doubt (measured: docs/evaluation.md)."""
    return 0.96 if style.listed or style.family.startswith(("labelled", "notes")) else 0.92


def even_gaps(blocks: Sequence[Block], places: Sequence[int], layout: Layout) -> dict[int, int]:
    """The white space that each heading was meant to have: what most headings of its look have, when the difference is an accident.

    Typists and converters leave three lines here and four there before titles of one kind. Two gaps are two kinds when one is
    twice the other, and the smaller does not stand alone.
    """
    if layout.pages > 3 or layout.spacing > 1:  # of pages, or a converter's rendering of them: white space is an accident of the page
        return {i: blocks[i].rows[0].gap for i in places}
    looks: dict[tuple[object, ...], list[int]] = {}
    for i in places:
        looks.setdefault(look(blocks[i], layout), []).append(i)
    even: dict[int, int] = {}
    opening = next((i for i in places if not blocks[i].facts.division), -1)
    for alike in looks.values():
        if len(alike) < MANY:
            even.update((i, blocks[i].rows[0].gap) for i in alike)
            if opening in alike and len(alike) > 2 and _ends_matter(blocks, opening):
                even[opening] = min(even[opening], max(even[i] for i in alike if i != opening))
            continue
        counts = Counter(blocks[i].rows[0].gap for i in alike if i > 3)  # nothing much stands above the first title
        usual: list[int] = []
        for gap, times in sorted(counts.items(), key=lambda item: (-item[1], -item[0])):
            if all(max(gap, other) >= 2 * min(gap, other) for other in usual) and (times > 1 or gap > max(usual, default=0)):
                usual.append(gap)
        for i in alike:
            gap = blocks[i].rows[0].gap
            even[i] = (
                usual[0]
                if usual and i <= 3 and gap < max(usual)
                else min(usual, key=lambda u: (max(gap, u) / max(1, min(gap, u)), -u), default=gap)
            )
    return even


def _ends_matter(blocks: Sequence[Block], at: int) -> bool:
    """Whether what stands above a heading is the title page: the white space between says more of that than of the heading."""
    above = next((b for b in reversed(blocks[:at]) if b.kind not in _BETWEEN), None)
    return above is not None and above.kind == "titlepage"


def look(block: Block, layout: Layout) -> tuple[object, ...]:
    """What makes headings look alike, white space aside: numbering, capitals, set in or not, italics or bold type."""
    facts = block.facts
    numbering = f"labelled:{facts.division}" if facts.type == "labelled" else facts.type if facts.number else ""
    return numbering, is_capitals(block.text), block.rows[0].indent > layout.margin + 3, block.text[0] if block.text[0] in "_=*~+" else ""


def _own(blocks: Sequence[Block], at: int) -> int:
    """How many words of running text stand under a heading before the next."""
    count = 0
    for block in blocks[at + 1 :]:
        if block.kind == "heading" and not block.within:
            break
        if block.kind in ("paragraph", "verse") and not block.within:
            count += word_count(block.text)
        if count > OWN_TEXT:
            break
    return count


def _words_below(blocks: Sequence[Block], at: int) -> int:
    """How many words of any kind stand under a heading before the next, counted up to a motto's length and the block beyond."""
    count = 0
    for block in blocks[at + 1 :]:
        if (block.kind == "heading" and not block.within) or count > MOTTO:
            break
        if block.kind not in _BETWEEN:
            count += word_count(block.text)
    return count


def _textless(blocks: Sequence[Block], at: int) -> bool:
    """Whether the next block that is no furniture is a heading too."""
    after = next((b for b in blocks[at + 1 :] if b.kind not in _BETWEEN), None)
    return after is not None and after.kind == "heading" and not after.within


def _space(gap: int) -> int:
    return WIDE if gap >= 4 else SOME if gap >= 2 else SMALL


def _first_space(blocks: Sequence[Block], gaps: dict[int, int], widest: int) -> int:
    """The white space above what begins the text, which nothing stands above: that of its like, else the widest."""
    facts = blocks[0].facts
    alike = [
        _space(gap) for i, gap in gaps.items() if i and (blocks[i].facts.type, blocks[i].facts.division) == (facts.type, facts.division)
    ]
    return max(alike, default=widest) if facts.type == "labelled" else max(_space(gaps[0]), widest)


def _style(blocks: Sequence[Block], at: int, listed: bool, space: int, paged: bool) -> Style:
    block = blocks[at]
    facts = block.facts
    if facts.type == "labelled":
        return Style(f"labelled:{facts.division}", facts.level, space, listed)
    if facts.type == "series":
        return Style(f"series:{fold(block.rows[0].text.split(facts.n)[0]).strip()}", 4, space, listed)
    if facts.type == "headword":
        return Style(facts.type, 4, space, listed)
    if facts.type in ("roman", "arabic"):
        return Style(facts.type if "." not in facts.n else facts.type + str(facts.n.count(".")), facts.level, space, listed)
    if facts.division == "notes" and _heads_notes(blocks, at):
        return Style("title", 0, WIDE, True, group=True)
    if facts.division == "notes" and (_holds_notes(blocks, at) or (space < WIDE and (not listed or _own(blocks, at) < OWN_TEXT))):
        return Style("notes", 0, space, listed)
    return Style(
        "title",
        0,
        space,
        listed,
        front=facts.division in _FRONT,
        prefatory=facts.division in _PREFATORY,
        introduces=facts.division == "introduction",
        bare=facts.division in _BARE,
        lists=facts.division in _LISTS,
        closing=facts.division in _BACK,
        paged=paged,
    )


def _groups(blocks: Sequence[Block], places: list[int], styles: list[Style]) -> list[Style]:
    """A heading that the contents omit but that stands over listed ones, no text between, heads a group as high as a listed one."""
    result = _unlisted_groups(blocks, places, _introduced(styles))
    for k in range(len(places) - 1):
        style = styles[k]
        if style.family != "title" or style.listed:
            continue
        if any(b.kind not in _BETWEEN for b in blocks[places[k] + 1 : places[k + 1]]):
            continue
        below = 0
        for other in styles[k + 1 :]:
            if other.space >= style.space and (below or other.space > style.space or not other.listed):
                break
            below += other.listed
        if below >= 2 or (below and styles[k + 1].listed):
            result[k] = replace(style, listed=True, space=max(style.space, WIDE), group=styles[k + 1].family == "title")
    return result


def _labelled_alike(styles: list[Style]) -> list[Style]:
    """Chapters, and parts above them, have the white space that most of their kind have: below the title of a group there is less of it."""
    spaces: dict[str, Counter[float]] = {}
    for style in styles:
        if style.family.startswith("labelled") and style.rank <= CHAPTER:
            spaces.setdefault(style.family, Counter())[style.space] += 1
    usual = {family: max(counts, key=lambda space: (counts[space], space)) for family, counts in spaces.items() if counts.total() > 2}
    return [replace(style, space=max(style.space, usual.get(style.family, 0))) for style in styles]


def _introduced(styles: list[Style]) -> list[Style]:
    """Two or more titles with hardly a line of their own, each right over an introduction or preface, are those of works."""
    works = [
        k
        for k, (style, below, then) in enumerate(zip(styles, styles[1:], styles[2:], strict=False))
        if style.family == "title" and style.own <= MOTTO and not (style.front or style.prefatory or style.introduces or style.bare)
        if (below.prefatory or below.introduces) and below.own > MOTTO and style.space >= below.space
        if then.family != "title" or then.space != below.space  # else the introduction is one piece among others
    ]
    if len(works) < 2:
        return styles
    result = [replace(style, work=True) if k in works else style for k, style in enumerate(styles)]
    return [
        replace(style, space=min(style.space, result[k - 1].space - 0.5)) if k - 1 in works else style for k, style in enumerate(result)
    ]


def _unlisted_groups(blocks: Sequence[Block], places: list[int], styles: list[Style]) -> list[Style]:
    """Two or more titles without text of their own, each over two or more with text and as much white space, head groups."""
    bare = [
        k
        for k in range(len(places) - 1)
        if styles[k].family == "title" and not styles[k].listed and not styles[k].front and styles[k].textless
    ]
    heading = []
    for k, stop in pairwise([*bare, len(places)]):
        below = 0
        for style in styles[k + 1 : stop]:
            if style.family != "title" or style.space != styles[k].space:
                break
            below += 1
        if below >= 2:
            heading.append(k)
    result = list(styles)
    if len(heading) >= 2:
        for k in heading:
            result[k] = replace(styles[k], space=styles[k].space + 0.5, group=True)
    return result


def _outer(blocks: Sequence[Block], places: list[int], styles: list[Style]) -> list[Style]:
    """Numbers right above a number one of the same kind, and that run on among themselves, are those of the groups: I. LIFE. / I."""
    result = list(styles)
    for family in ("roman", "arabic"):
        over = [
            k
            for k, (a, b) in enumerate(pairwise(styles))
            if a.family == b.family == family
            and a.textless
            and b.first
            and blocks[places[k]].rows[0].gap > blocks[places[k + 1]].rows[0].gap
        ]
        numbers = [blocks[places[k]].facts.number for k in over]
        if len(over) > 1 and numbers == list(range(1, len(over) + 1)):
            for k in over:
                result[k] = replace(styles[k], family="labelled:group", rank=styles[k].rank - 1)
    return result


def _indented(blocks: Sequence[Block], places: list[int], styles: list[Style], listed: Mapping[int, int]) -> list[Style]:
    """Titles that white space makes alike are as deep as the contents page sets in their entries, where it uses steps of indent."""
    indents = {k: blocks[listed[i]].rows[0].indent for k, i in enumerate(places) if i in listed and styles[k].family == "title"}
    steps = sorted(Counter(indents.values()).items())
    clear = len(steps) > 1 and all(times > 1 for _, times in steps) and all(b - a >= STEP for (a, _), (b, _) in pairwise(steps))
    if not clear or indents[min(indents)] != steps[0][0]:
        return styles
    deeper = [k for k, indent in indents.items() if indent > steps[0][0]]
    if 2 * sum(len(blocks[listed[places[k]]].rows) > 1 for k in deeper) > len(deeper):
        return styles  # it may set in its entries of two lines
    depth = {indent: n for n, (indent, _) in enumerate(steps)}
    return [replace(s, space=s.space - DEEPER * depth[indents[k]]) if k in indents else s for k, s in enumerate(styles)]


STEP = 2  # columns by which a contents page sets in what belongs to the entry above
DEEPER = 0.1  # of the white space of a title: less than any difference that can be seen


def _dated(blocks: Sequence[Block], places: list[int], styles: list[Style]) -> list[Style]:
    """Titles right over the date of their piece are alike: where most have wide space before them, one without lost it in conversion."""
    dated = [k for k, i in enumerate(places) if styles[k].family == "title" and i + 1 < len(blocks) and blocks[i + 1].kind == "dateline"]
    wide = sum(styles[k].space == WIDE for k in dated)
    result = list(styles)
    for k in dated:
        if styles[k].space == SMALL and wide > 0.6 * len(dated):
            result[k] = replace(styles[k], space=WIDE)
    return result


def _holds_notes(blocks: Sequence[Block], at: int) -> bool:
    return any(block.within and block.within[0].kind == "note" for block in blocks[at + 1 : at + 3])


def _heads_notes(blocks: Sequence[Block], at: int) -> bool:
    """Whether the notes of a chapter, under a heading of their own, come right under it."""
    after = next((b for b in blocks[at + 1 :] if b.kind not in _BETWEEN), None)
    return after is not None and after.kind == "heading" and after.facts.division == "notes"


def _closing(blocks: Sequence[Block], places: list[int], styles: list[Style]) -> set[int]:
    """Headings of what closes the whole book: back matter after the last division of the body; the only notes, after several chapters."""
    titled = any(s.family == "title" and not s.front and blocks[i].facts.division not in _BACK for i, s in zip(places, styles, strict=True))
    chapters = [k for k, s in enumerate(styles) if s.family.startswith("labelled") or (s.family == "roman" and not titled)]
    found: set[int] = set()
    k = len(places) - 1
    while k >= 0:
        facts = blocks[places[k]].facts
        if not (facts.type == "named" and facts.division in _BACK):
            break
        notes = styles[k].family == "notes" and sum(s.family == "notes" for s in styles) > 1
        if not notes and (len(chapters) > 1 or (styles[k].space == WIDE and facts.division != "notes")):
            found.add(places[k])
        k -= 1
    return found


_BETWEEN = frozenset(("furniture", "ornament", "illustration"))
_WITH_TEXT = "title with text"  # in the count of what comes under what
_PLAYED = frozenset(("act", "scene", "cast"))
_OF_PLAYS = frozenset(("labelled:act", "labelled:scene"))  # they stand under the title of their play, whatever the white space
_BARE = frozenset(("contents", "cast", "errata", "dedication"))  # what has no numbered divisions of its own
_LISTS = frozenset(("index", "glossary", "bibliography"))
_PREFATORY = frozenset(("preface", "foreword", "dedication", "prologue"))
_FRONT = frozenset(("preface", "foreword", "dedication", "advertisement", "contents", "prologue", "cast", "argument", "errata"))
_BACK = frozenset(("appendix", "notes", "bibliography", "index", "glossary", "errata", "contents", "colophon"))


def _nesting(blocks: Sequence[Block], places: list[int], styles: list[Style]) -> Counter[tuple[str, str]]:
    """How often the first of one numbering comes right under a heading of another: (inner, outer)."""
    counted: Counter[tuple[str, str]] = Counter()
    for a, b, i in zip(styles, styles[1:], places[1:], strict=False):
        labelled = b.family.startswith("labelled")
        first = blocks[i].facts.number == 1 or (a.textless and a.family.startswith("labelled") and labelled)
        first = first or (
            a.family == "title" and bool(a.over) and labelled and not a.front and a.space >= max(b.space, WIDE)
        )  # a group of chapters that are numbered on
        if a.family != b.family and first and b.family not in ("title", "notes"):
            counted[(b.family, a.family)] += 1
            counted[(b.family, _WITH_TEXT)] += a.family == "title" and a.own > OWN_TEXT
    return counted


def _goes_on(style: Style, open_: tuple[Style, ...]) -> bool:
    """Whether a heading after notes goes on in a division that was open before them, deeper than the outermost."""
    return any(s.family == style.family and (s.family != "title" or s.space == style.space) for s in open_[1:])


def _runs_on(stack: Sequence[Style], before: tuple[Style, ...]) -> bool:
    """Whether a number that runs on returns to the level of the one before it, past titles that have text of their own (a definition
    among propositions, an interlude among chapters); a title of no words stands over what follows it.
    """
    common = next((k for k, (a, b) in enumerate(zip(stack, before, strict=False)) if a is not b), min(len(stack), len(before)))
    past = stack[common:]
    return bool(past) and all(
        s.family == "title" and not (s.textless or s.group or s.listed or s.front) and (s.own > OWN_TEXT or s.space < WIDE) for s in past
    )


def _lower(blocks: list[Block], start: int, end: int, level: int) -> None:
    """The headings between these places put lower, so that the first of them stands at that level."""
    between = [i for i in range(start, end) if blocks[i].kind == "heading" and not blocks[i].within]
    by = level - min((blocks[i].facts.level for i in between), default=level)
    for i in between if by > 0 else ():
        lowered = blocks[i].facts.level + by
        decision = Decision("level", f"the numbering goes on around it: level {lowered}", 0.9)
        blocks[i] = replace(blocks[i], facts=replace(blocks[i].facts, level=lowered), decisions=(*blocks[i].decisions, decision))


def _settle(stack: list[Style], style: Style, block: Block, nested: Counter[tuple[str, str]]) -> None:
    family = style.family
    played = next((k for k, open_ in enumerate(stack) if open_.family in _OF_PLAYS), 0)
    if family == "title" and played and stack[played - 1].family == "title" and style.space >= stack[played - 1].space:
        del stack[played:]
    if family in _OF_PLAYS:
        while any(open_.family in _OF_PLAYS for open_ in stack) and stack[-1].family not in _OF_PLAYS:
            stack.pop()
    if family == "notes":
        while (
            len(stack) > 1
            and stack[-1].family != "group"
            and not (len(stack) > 2 and stack[-1].family.startswith("labelled") and stack[-1].rank <= CHAPTER)
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
    while stack and _closes(stack[-1], style, nested, stack[-1] is last):
        stack.pop()
    stack.append(style)


def _closes(top: Style, new: Style, nested: Counter[tuple[str, str]], above: bool) -> bool:
    """Whether a heading that is open ends before the new one: the new one is of the same height or higher. ``above``: it is the last
    one.
    """
    if top.family == "notes":
        return True
    if new.family == "title":
        if top.bare or (top.front and new.textless and not new.front):  # a preface holds no title that stands over chapters
            return True
        if top.family == "title":
            if new.prefatory and top.own and not top.textless and not top.front:
                return True  # a licence or errata page with its text before a prologue holds no book
            lower = new.space < top.space and (not new.paged or (top.group and not new.group))
            if top.listed and new.listed and not lower:
                return True
            return (new.space, new.listed) >= (top.space, top.listed) if new.space == top.space else new.space > top.space
        if top.textless and top.family.startswith("labelled"):
            if new.textless and new.over == top.family and new.space >= top.space:
                return True  # a title right over the next division of the kind
            if (not new.listed and not new.front and (above or (new.space <= top.space and top.family not in _OF_PLAYS))) or (
                top.rank < CHAPTER and top.over == "title" and not new.closing and new.space <= top.space
            ):
                return False  # a chapter of no words is none, and a part of titles holds them
        if top.family in ("roman", "arabic") or top.family.startswith("arabic"):
            return new.space >= max(top.space, SOME)
        return new.space >= top.space
    if top.family == "title":
        if top.bare:
            return True
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
            return new.space > top.space or (new.space == top.space == WIDE and not top.work and nested[(new.family, "title")] < 2)
        if new.space > top.space and top.own:
            return True
        return top.own > OWN_TEXT and new.first and new.space == top.space == WIDE and nested[(new.family, _WITH_TEXT)] < 2
    if top.textless and top.over == new.family and new.first and new.family.startswith("labelled") and top.family.startswith("labelled"):
        return False  # right below a label of no text: its first part
    inner, outer = nested[(new.family, top.family)], nested[(top.family, new.family)]
    if inner > outer and (inner > 1 or new.rank > top.rank or (top.textless and not outer)):
        return False
    if outer > inner and outer > 1:
        return True
    return top.rank >= new.rank
