"""Levels: which heading stands under which, from numbering, white space, the contents page and the order of the book together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block
from tei_pipeline.closed_classes import RANKS
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.rules.drama.persons import names_group
from tei_pipeline.settle.back.closing import below_end, closing_headings
from tei_pipeline.settle.front.half_titles import BOOK_AGAIN, HALF_TITLE, counted_again, half_titles, leaf_titles, title_words, without_leaf
from tei_pipeline.settle.nesting.gaps import (
    ALIKE,
    FINER,
    SOME,
    WIDE,
    amid_ruled,
    below_ornament,
    even_gaps,
    finer,
    look,
    omitted,
    space_class,
)
from tei_pipeline.settle.nesting.groups import (
    dated,
    groups,
    labelled_alike,
    letters,
    listed_alike,
    noted_each,
    numbered_groups,
    outer,
    within_front,
)
from tei_pipeline.settle.nesting.italics import in_italics
from tei_pipeline.settle.nesting.listed_groups import below_lone_entries, below_numbers, indented, parted, under_colons
from tei_pipeline.settle.nesting.long_poems import long_poems
from tei_pipeline.settle.nesting.numberings import amid_bare_numbers, first_in_other_figures, first_with_word, parted_numbers
from tei_pipeline.settle.nesting.open_headings import goes_on, nesting, runs_on, settle_level
from tei_pipeline.settle.nesting.page_heads import headed
from tei_pipeline.settle.nesting.piece_parts import piece_parts
from tei_pipeline.settle.nesting.sideheads import side_heads
from tei_pipeline.settle.nesting.styles import (
    MOTTO,
    Style,
    contents_of_book,
    has_title,
    over_chapters_anew,
    own_words,
    signed,
    style_of,
    textless,
    versed,
    words_below,
)
from tei_pipeline.settle.nesting.torn import torn_again, torn_headings, whole
from tei_pipeline.settle.titles.listing import headings_of, listed_headings

_COUNTED = frozenset(("labelled", "roman", "arabic"))


MANY_RULED = 5  # titles below rows of ornaments: then these part the pieces of a magazine


def _end_piece(stack: list[Style], style: Style) -> None:
    """A title below a rule ends what another such title holds, its parts and scenes, above which no rules stand."""
    like = next((k for k, open_ in enumerate(stack) if open_.family == "title" and open_.ruled and open_.space <= style.space), len(stack))
    if not any(open_.ruled for open_ in stack[like + 1 :]):
        del stack[like + 1 :]


class _Reached(NamedTuple):
    """How far a numbering has come: its number, what was open, and the block from which on others may have interrupted it."""

    number: int
    open: tuple[Style, ...]
    place: int = 0


def levels(blocks: list[Block], layout: Layout) -> list[Block]:
    """Every heading gets its level, 1 the outermost; a half title that says the book's title again, that of the heading below it."""
    torn = torn_headings(blocks)
    return torn_again(_levelled(whole(blocks, torn), layout), blocks, torn) if torn else _levelled(blocks, layout)


def _levelled(blocks: list[Block], layout: Layout) -> list[Block]:
    in_notes = _in_notes(blocks)
    places = [i for i in headings_of(blocks) if i not in in_notes]
    counted = counted_again(blocks, places)
    leaves = leaf_titles(blocks, places, layout) | counted
    places = [i for i in places if i not in leaves]
    again = (
        half_titles(blocks, places, listed_headings(blocks, places, layout.language), layout.language) if not layout.drama else {}
    ) | leaves  # over persons and acts it is the play's
    places = [i for i in places if i not in again]
    if not places:
        return blocks
    named = listed_headings(blocks, places, layout.language)
    styles, ended = _styles(blocks, places, named, again, leaves, layout)
    nested = nesting(blocks, places, styles)
    ruled = sum(style.ruled and style.family == "title" for style in styles) >= MANY_RULED
    stack: list[Style] = []
    reached: dict[str, _Reached] = {}
    said: dict[str, tuple[Style, ...]] = {}  # what was open at the title of those words
    noted = _Reached(0, ())  # what was open when the notes of a division began
    result = list(blocks)
    closing = closing_headings(blocks, places, styles, Counter(in_notes.values()))
    begins = {below for i, below in again.items() if i not in leaves and blocks[below].facts.number == 1}
    for i, style in zip(places, styles, strict=True):
        if i in closing or (i in begins and _ends_with_front(stack)):
            stack.clear()  # the title of the book, again over its first chapter, ends whatever stands before
        if i in ended:
            del stack[max((k for k, open_ in enumerate(stack) if open_.work), default=len(stack)) :]
        if ruled and style.ruled and style.family == "title":
            _end_piece(stack, style)
        if over := blocks[i].facts.over:
            settle_level(stack, replace(style, family=f"labelled:{over}", rank=RANKS.get(over, style.rank - 1)), nested)
        back: _Reached | None = None
        if style.family == "notes":
            noted = _Reached(0, tuple(stack), i) if not stack or stack[-1].family != "notes" else noted
        elif stack and stack[-1].family == "notes" and goes_on(style, noted.open) and (style.own or i != places[-1]):
            back, stack[:] = noted, noted.open
        number = blocks[i].facts.number
        before = reached.get(style.family)
        if back is None and before is not None and number == before.number + 1 and runs_on(stack, before.open):
            back, stack[:] = before, before.open
        if back is None and style.family == "title" and (above := _as_before(stack, said.get(title_words(blocks[i].text), ()))):
            stack[above:] = [style]
            says = "as deep as the same title in another chapter"
        elif stack and blocks[i].facts.division == "cast" and names_group(blocks[i].text, layout.language):
            stack.append(style)
            says = "a list of persons without a heading of its own belongs to the play that it stands in"
        else:
            says = settle_level(stack, style, nested)
        if back is not None:
            _lower(result, back.place, i, len(stack))
        if style.family == "title":
            said[title_words(blocks[i].text)] = tuple(stack)
        if number and style.family.startswith(("labelled", "roman", "arabic")):
            reached[style.family] = _Reached(number, tuple(stack), i + 1)
        level = len(stack)
        seen = ", in the contents" if i in named else ""
        decision = Decision("level", f"{style.family}, white space {style.space:.0f}{seen}: level {level}; {says}", _certainty(style))
        result[i] = replace(blocks[i], facts=replace(blocks[i].facts, level=level), decisions=(*blocks[i].decisions, decision))
    for i, below in again.items():
        again_below = i in leaves or title_words(blocks[i].text) == title_words(blocks[below].text)
        says = "the volume counted again, over its first chapter" if i in counted else BOOK_AGAIN
        decision = Decision("level", "the title of the heading below again, over it" if again_below and i not in counted else says, 0.9)
        facts = replace(blocks[i].facts, level=result[below].facts.level, type=HALF_TITLE if i in leaves else blocks[i].facts.type)
        result[i] = replace(blocks[i], facts=facts, decisions=(*blocks[i].decisions, decision))
    for i, heading in in_notes.items():
        decision = Decision("level", "the notes of a division, among the notes", 0.9)
        facts = replace(blocks[i].facts, level=result[heading].facts.level + 1)
        result[i] = replace(blocks[i], facts=facts, decisions=(*blocks[i].decisions, decision))
    return result


def _styles(
    blocks: list[Block], places: list[int], named: dict[int, int], again: dict[int, int], leaves: dict[int, int], layout: Layout
) -> tuple[list[Style], frozenset[int]]:
    """The style of every heading, what makes some of one kind evened out; and before which the long poem ends that is open."""
    gaps = even_gaps(blocks, places, layout)
    for i, below in again.items():
        below = again.get(below, below)
        others = [k for k in places if k != below and blocks[k].facts.type != "named"]  # the space above a preface tells nothing
        alike = max((gaps[k] for k in others if look(blocks[k], layout) == look(blocks[below], layout)), default=0)
        chapters = max((gaps[k] for k in others if blocks[k].facts.type == "labelled"), default=0)
        gaps[below] = max(gaps[below], min(blocks[i].rows[0].gap, alike or chapters or blocks[i].rows[0].gap))  # the space above both
    listed = listed_alike(blocks, places, named, gaps, layout)
    telling = [
        i for i in places[1:] if blocks[i].facts.type not in _COUNTED and blocks[i].facts.division != "notes" and not below_end(blocks, i)
    ]
    widest = max((space_class(gaps[i]) for i in telling), default=WIDE)
    within = amid_ruled(blocks, gaps).difference(named)
    gaps.update(dict.fromkeys(within, 1))
    nearer = finer(blocks, places, gaps, layout) | without_leaf(blocks, places, leaves, layout) | omitted(blocks, places, named, layout)
    early = contents_of_book(blocks)
    styles: list[Style] = []
    for i in places:
        space = space_class(gaps[i]) if i else _first_space(blocks, gaps, widest)
        style = style_of(blocks, i, i in listed, space, layout.pages > 3, early)
        styles.append(replace(style, space=style.space - FINER) if i in nearer else style)
    seen = [_seen(blocks, i, style, layout) for i, style in zip(places, styles, strict=True)]
    styles = groups(blocks, places, labelled_alike(seen), leaves.values())
    styles = letters(blocks, places, dated(blocks, places, styles), layout)
    styles = amid_bare_numbers(blocks, places, first_in_other_figures(blocks, places, first_with_word(blocks, places, styles)))
    styles = parted_numbers(blocks, places, styles, layout)
    styles = below_lone_entries(blocks, places, indented(blocks, places, styles, named, layout), named, layout)
    styles = under_colons(blocks, places, parted(blocks, places, styles, named, layout), named, layout)
    styles = within_front(numbered_groups(blocks, places, outer(blocks, places, styles), named))
    styles, ended = long_poems(blocks, places, noted_each(styles))
    styles = below_numbers(blocks, places, piece_parts(blocks, places, styles), named, layout)
    little = [words_below(blocks, i) <= MOTTO for i in places]
    styles = [
        replace(a, over=b.family if few else "", renews=b.family if b.first and a is not b else "")
        for (a, b), few in zip(pairwise([*styles, styles[-1]]), little, strict=True)
    ]
    styles = over_chapters_anew(styles)
    styles = headed(blocks, places, in_italics(side_heads(blocks, places, styles, layout)))
    return [replace(style, space=style.space - FINER) if i in within else style for i, style in zip(places, styles, strict=True)], ended


def _seen(blocks: list[Block], at: int, style: Style, layout: Layout) -> Style:
    """The style with what stands under the heading, and how it is set."""
    return replace(
        style,
        own=own_words(blocks, at),
        versed=versed(blocks, at),
        signed=signed(blocks, at),
        textless=textless(blocks, at),
        ruled=below_ornament(blocks, at),
        first=blocks[at].facts.number == 1,
        look=look(blocks[at], layout),
    )


def _ends_with_front(stack: Sequence[Style]) -> bool:
    """Whether nothing is open but titles and what numbers alone count in them, or the parts of an introduction or preface."""
    if stack and (stack[0].introduces or stack[0].prefatory):
        return True
    return all((open_.family == "title" or open_.counted) and not open_.work for open_ in stack)


def _as_before(stack: Sequence[Style], before: tuple[Style, ...]) -> int:
    """How many of the open headings stay open over a title that another chapter has too, each chapter numbered: it stands as deep there."""
    outer = before[:-1]
    if not outer or len(stack) < len(outer) or not outer[-1].family.startswith("labelled") or stack[len(outer) - 1] is outer[-1]:
        return 0
    return len(outer) if [s.family for s in stack[: len(outer)]] == [s.family for s in outer] else 0


def _in_notes(blocks: Sequence[Block]) -> dict[int, int]:
    """Headings among the notes, which say of which chapter those below are, with the heading of the notes."""
    found: dict[int, int] = {}
    heading = outer = -1
    for i, block in enumerate(blocks):
        if block.kind == "heading" and not block.within:
            if block.facts.division == "notes" and block.facts.type == "labelled" and outer >= 0:
                found[i] = outer  # NOTE A, long enough for a heading of its own
            elif block.facts.division == "notes":
                heading, outer = i, -1 if block.facts.type == "labelled" else i
            elif heading >= 0 and i + 1 < len(blocks) and (_is_note(blocks[i + 1]) or _says_on_what(blocks, heading, i)):
                found[i] = heading
            elif _next_of(blocks, i, last := next(reversed(found), -1)) and outer == found[last]:
                found[i] = outer
            else:
                heading = outer = -1
        elif block.kind not in BETWEEN and not _is_note(block):
            heading = -1
    return found | _notes_by_titles(blocks, found)


def _says_on_what(blocks: Sequence[Block], heading: int, at: int) -> bool:
    """Whether the label of a division stands right below the heading of the notes on it, nearer to it than that is to the text above."""
    facts = blocks[at].facts
    return at == heading + 1 and facts.type == "labelled" and blocks[at].rows[0].gap <= 1 < blocks[heading].rows[0].gap


def _next_of(blocks: Sequence[Block], at: int, last: int) -> bool:
    """Whether the label of a division is the next after that of the last one among the notes, as near to the text above."""
    facts, before = blocks[at].facts, blocks[last].facts
    alike = facts.type == before.type == "labelled" and facts.division == before.division and facts.number == before.number + 1
    return last >= 0 and alike and blocks[at].rows[0].gap <= blocks[last].rows[0].gap


def _is_note(block: Block) -> bool:
    """Whether a block is of a note, not one from the margin of a text."""
    return bool(block.within) and block.within[0].kind == "note" and block.within[0].place != "margin"


def _notes_by_titles(blocks: Sequence[Block], known: Collection[int]) -> dict[int, int]:
    """Titles below a heading of notes that all say again those of earlier divisions, perhaps with a word more: the notes on each."""
    places = [i for i in headings_of(blocks) if i not in known]
    over_notes = [k for k, i in enumerate(places) if blocks[i].facts.division == "notes"]
    titles = [title_words(blocks[i].text) for i in places] if over_notes else []
    ends = len(places)
    for last in reversed(over_notes):
        few = ends - last <= FEWEST_NOTED
        ends = last if blocks[places[last]].facts.type == "named" else ends
        if few:
            continue
        before = dict(zip(titles[:last], places, strict=False))
        other = (k for k in range(last + 1, len(places)) if _is_other_matter(blocks[places[k]], before))
        below = places[last + 1 : next(other, len(places))]
        whole = len(_WORD.findall(blocks[places[last]].text)) == 1
        if len(below) >= FEWEST_NOTED and all(_of_notes(blocks, i, before, whole) for i in below):
            return dict.fromkeys(below, places[last])
    return {}


def _is_other_matter(block: Block, before: Mapping[str, int]) -> bool:
    """Whether a heading is that of other notes, an index or such, which are on no division before."""
    return block.facts.type == "named" and (block.facts.division == "notes" or title_words(block.text) not in before)


def _of_notes(blocks: Sequence[Block], at: int, before: Mapping[str, int], whole: bool) -> bool:
    """Whether a title says an earlier one again, a label alone that of verses, over none, where the notes are on the ``whole`` book."""
    said = title_words(blocks[at].text)
    if has_title(blocks[at]):
        return _says_again(said, before)
    return whole and said in before and versed(blocks, before[said]) and not versed(blocks, at)


def _says_again(title: str, before: Collection[str]) -> bool:
    """Whether a title is one of others, or has all words of one: Poem of the Ages."""
    words = set(_WORD.findall(title))
    return title in before or any(len(said := _WORD.findall(other)) > 1 and words.issuperset(said) for other in before)


_WORD = re.compile(r"[^\W\d_]+")


FEWEST_NOTED = 2  # divisions with notes under their titles


def _certainty(style: Style) -> float:
    """How sure a level is: numbering with its word, and the contents page, leave little doubt (measured: docs/evaluation.md)."""
    return 0.96 if style.listed or style.family.startswith(("labelled", "notes")) else 0.92


def _lower(blocks: list[Block], start: int, end: int, level: int) -> None:
    """The headings between these places put lower, so that the first of them stands at that level."""
    between = [i for i in range(start, end) if blocks[i].kind == "heading" and not blocks[i].within]
    by = level - min((blocks[i].facts.level for i in between), default=level)
    for i in between if by > 0 else ():
        lowered = blocks[i].facts.level + by
        decision = Decision("level", f"the numbering goes on around it: level {lowered}", 0.9)
        blocks[i] = replace(blocks[i], facts=replace(blocks[i].facts, level=lowered), decisions=(*blocks[i].decisions, decision))


def _first_space(blocks: Sequence[Block], gaps: dict[int, int], widest: int) -> int:
    """The white space above what begins the text, which nothing stands above: that of its like, else the widest."""
    facts = blocks[0].facts
    again = [space_class(gap) for i, gap in gaps.items() if i and _stands_over_book(blocks[i], blocks[0])]
    if len(again) > 1:
        return max(again)
    alike = [
        space_class(gap)
        for i, gap in gaps.items()
        if i and (blocks[i].facts.type, blocks[i].facts.division) == (facts.type, facts.division)
    ]
    if facts.type == "labelled":
        return max(alike, default=widest if len(gaps) <= ALIKE else max(widest, SOME))  # titles no farther apart than paragraphs
    return max(space_class(gaps[0]), widest + _is_over_introduction(blocks, list(gaps)))


def _is_over_introduction(blocks: Sequence[Block], places: Sequence[int]) -> bool:
    """Whether the title that begins the text has none of its own above an introduction: it is that of the whole."""
    below = places[1] if len(places) > 1 else 0
    before = [i for i in places if blocks[i].facts.division in ("introduction", "preface", "foreword")]
    if blocks[0].facts.division or before != [below]:  # each work of a volume has its own
        return False
    return all(b.kind in BETWEEN or b.kind in ("imprint", "dateline", "byline") for b in blocks[1:below])


def _stands_over_book(heading: Block, first: Block) -> bool:
    """Whether a title that stands over the first book or canto stands over another in the same words, right above its number."""
    if len(heading.rows) < len(first.rows) or len(first.rows) == 1:
        return False
    return heading.rows[0].text.strip(" .") == first.rows[0].text.strip(" .")
