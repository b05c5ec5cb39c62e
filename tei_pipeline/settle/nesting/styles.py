"""Styles: what makes two headings of one kind, read off the heading and what stands under it."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block
from tei_pipeline.language import fold
from tei_pipeline.rules.shape import word_count
from tei_pipeline.settle.nesting.gaps import WIDE

_SIGN = ("§", "SS ")  # the second where a text has no other signs than ASCII
OWN_TEXT = 150  # words: a title over numbered chapters has no more of its own before the first; what has is a division beside them
MOTTO = 60  # words, at most, between the title of a group and its first chapter
PARAGRAPH = 7  # the rank of a section that the sign counts: below one with the word, and below an article
_PREFATORY = frozenset(("preface", "foreword", "dedication", "prologue"))
FRONT = frozenset(("preface", "foreword", "dedication", "advertisement", "contents", "prologue", "cast", "argument", "errata"))
BACK = frozenset(("appendix", "notes", "bibliography", "index", "glossary", "errata", "contents", "colophon"))
_BARE = frozenset(("contents", "cast", "errata", "dedication"))  # what has no numbered divisions of its own
OF_PLAYS = frozenset(("labelled:act", "labelled:scene"))  # they stand under the title of their play, whatever the white space
_LISTS = frozenset(("index", "glossary", "bibliography"))


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
    work: bool = False  # with an introduction of its own, or an epilogue in chapters
    epilogue: bool = False
    prologue: bool = False
    bare: bool = False
    early: bool = False  # the contents of the book, which little precedes
    paged: bool = False
    own: int = 0
    versed: bool = False  # all its text, more than a motto, is verse
    textless: bool = False
    signed: bool = False  # a signature or a date closes its text
    first: bool = False  # of its numbering
    lists: bool = False  # words or books, and has no chapters
    closing: bool = False  # names what closes a book
    each: bool = False  # notes: nearly every piece of the book has its own
    ruled: bool = False  # a row of ornaments stands right above it
    letter: bool = False  # names the writer or receiver of a letter, over its date
    part_of: str = ""  # the family of the pieces each of which has a title in these words
    at: int = 0  # its block, where running heads tell of it
    until: int = 0  # the last block in which its words head a page
    look: tuple[object, ...] = ()
    over: str = ""  # the family of the next heading, when there is hardly a motto between
    renews: str = ""  # the family of the next heading, when that is the first of its numbering

    @property
    def labelled(self) -> bool:
        """Whether a word says what it heads: CHAPTER, PART."""
        return self.family.startswith("labelled")

    @property
    def counted(self) -> bool:
        """Whether a number alone, without a word, begins it."""
        return self.family.startswith(("roman", "arabic"))


def style_of(blocks: Sequence[Block], at: int, listed: bool, space: int, paged: bool, early: Container[int] = ()) -> Style:
    """The style of a heading; ``space`` its class of white space, ``listed`` whether the contents page names it, ``early`` those of
    :func:`contents_of_book`.
    """
    block = blocks[at]
    facts = block.facts
    if facts.type == "labelled" and facts.division == "section" and block.text.startswith(_SIGN):
        return Style("labelled:§", PARAGRAPH, space, listed)
    if facts.type == "labelled" and facts.division == "part" and block.text.strip("_ .") == facts.n:  # on a leaf of its own
        return Style("labelled:group", facts.level, WIDE, listed, group=True)
    if facts.type == "labelled":
        return Style(f"labelled:{facts.division}", facts.level, space, listed)
    if facts.type == "series":
        before, after = re.split(rf"\b{re.escape(facts.n)}\b", block.rows[0].text[: facts.label], maxsplit=1)
        return Style(f"series:{fold(after.strip() or before).strip()}", 4, space, listed)
    if facts.type == "lettered":
        return Style(f"roman:{'latin' if facts.n.isascii() else 'greek'}", facts.level, space, listed)
    if facts.type == "headword":
        return Style(facts.type, 4, space, listed)
    if facts.type in ("roman", "arabic"):
        return Style(facts.type if "." not in facts.n else facts.type + str(facts.n.count(".")), facts.level, space, listed)
    if facts.division == "notes" and _heads_notes(blocks, at):
        return Style("title", 0, WIDE, True, group=True)
    if (
        facts.division == "notes"
        and not _heads_titles(blocks, at)
        and (holds_notes(blocks, at) or (space < WIDE and not _is_on_something(blocks, at, listed)))
    ):
        return Style("notes", 0, space, listed)
    if not facts.number and facts.division in ("", "bibliography") and _heads_notes_again(blocks, at):
        return Style("notes", 0, space, listed)
    if facts.division == "bibliography" and holds_notes(blocks, at):
        return Style("notes", 0, space, listed)
    return Style(
        "title",
        0,
        space,
        listed,
        front=facts.division in FRONT,
        prefatory=facts.division in _PREFATORY,
        introduces=facts.division == "introduction",
        bare=facts.division in _BARE or _sums_up(blocks, at),
        early=at in early,
        work=facts.division == "epilogue" and textless(blocks, at),
        epilogue=facts.division == "epilogue",
        prologue=facts.division == "prologue",
        lists=facts.division in _LISTS or _lists_dates(blocks, at),
        closing=facts.division in BACK,
        letter=facts.type == "title" and facts.division == "letter",
        paged=paged,
    )


def contents_of_book(blocks: Sequence[Block]) -> frozenset[int]:
    """The headings of contents before which few lines of a book stand, and no other such heading behind the few: those of works have each
    their own.
    """
    named = [i for i, b in enumerate(blocks) if b.kind == "heading" and b.facts.division == "contents"]
    if not named:
        return frozenset()
    few = EARLY * sum(len(b.rows) for b in blocks)
    before = list(accumulate((len(b.rows) * (b.kind != "boilerplate") for b in blocks), initial=0))
    own = list(accumulate((len(b.rows) * (not b.within) for b in blocks), initial=0))
    last = max((i for i in named if not blocks[i].within), default=0)
    return frozenset(i for i in named if before[i] <= few and own[last] - own[i] <= few)


EARLY = 0.1  # of the lines of a book


def has_title(heading: Block) -> bool:
    """Whether a heading has more than its number or label."""
    return len(heading.rows) > 1 or heading.facts.label < len(heading.rows[0].text.strip("_*= ").rstrip("."))


def _sums_up(blocks: Sequence[Block], at: int) -> bool:
    """Whether a summary stands right below the heading of what it sums up."""
    if (blocks[at].facts.type, blocks[at].facts.division) != ("named", "section") or textless(blocks, at):
        return False
    above = next((b for b in reversed(blocks[:at]) if b.kind not in BETWEEN), None)
    return above is not None and above.kind == "heading"


def _lists_dates(blocks: Sequence[Block], at: int) -> bool:
    """Whether the list of a chronicle stands right below a heading."""
    return at + 1 < len(blocks) and bool(blocks[at + 1].within) and blocks[at + 1].within[0].kind == "chronicle"


def holds_notes(blocks: Sequence[Block], at: int) -> bool:
    """Whether notes stand right under a heading, or under a remark of a line or two."""
    first = blocks[at + 1] if at + 1 < len(blocks) else None
    if first is not None and first.kind == "paragraph" and not first.within and len(first.rows) > LONGEST_REMARK:
        return False
    return any(block.within and block.within[0].kind == "note" for block in blocks[at + 1 : at + 3])


def _heads_notes_again(blocks: Sequence[Block], at: int) -> bool:
    """Whether notes from the first stand right under a heading that comes again over others: AUTHORITIES at the end of each chapter."""
    below = blocks[at + 1] if at + 1 < len(blocks) else None
    if below is None or not below.within or below.within[0].kind != "note" or below.within[0].n not in ("1", "A", "a", "*"):
        return False
    return any(b.kind == "heading" and b.text == blocks[at].text and holds_notes(blocks, i) for i, b in enumerate(blocks) if i != at)


LONGEST_REMARK = 2  # lines: a text of more has notes of its own


def _is_on_something(blocks: Sequence[Block], at: int, listed: bool) -> bool:
    """Whether a heading of notes without notes is over a piece of its own, "NOTE ON THE TEXT": the contents page has it, with its long
    text, or the notes of the book stand under another heading.
    """
    words = own_words(blocks, at)
    if words <= MOTTO or (listed and words >= OWN_TEXT):
        return words > MOTTO
    named = (i for i, b in enumerate(blocks) if b.kind == "heading" and not b.within and b.facts.division == "notes")
    return any(holds_notes(blocks, i) for i in named)


def is_department(blocks: Sequence[Block], at: int) -> bool:
    """Whether a heading of notes that holds none is one of a magazine's departments: others that name no such division stand as it does
    below rules (NOTES, QUERIES, REPLIES).
    """
    if holds_notes(blocks, at) or not _is_ruled_off(blocks, at):
        return False
    set_like = (blocks[at].rows[0].gap, blocks[at].text.isupper())
    others = (i for i, b in enumerate(blocks) if b.kind == "heading" and not (b.within or b.facts.division))
    alike = (i for i in others if (blocks[i].rows[0].gap, blocks[i].text.isupper()) == set_like)
    return sum(_is_ruled_off(blocks, i) for i in alike) >= FEWEST_DEPARTMENTS


FEWEST_DEPARTMENTS = 2


def _is_ruled_off(blocks: Sequence[Block], at: int) -> bool:
    return at > 0 and blocks[at - 1].kind == "ornament"


def _heads_notes(blocks: Sequence[Block], at: int) -> bool:
    """Whether the notes of a chapter, under a heading of their own, come right under it."""
    after = next((b for b in blocks[at + 1 :] if b.kind not in BETWEEN), None)
    return after is not None and after.kind == "heading" and after.facts.division == "notes"


def _heads_titles(blocks: Sequence[Block], at: int) -> bool:
    """Whether the only notes of a book come under titles of their own."""
    if not textless(blocks, at) or holds_notes(blocks, at):
        return False
    return sum(block.kind == "heading" and block.facts.division == "notes" and not block.within for block in blocks) == 1


def over_chapters_anew(styles: Sequence[Style]) -> list[Style]:
    """The styles, titles of no words marked as those of works that stand right over chapters which begin anew, as books or parts before
    them do: an epilogue in chapters, whatever its name.
    """
    begun, result = set[str](), list[Style]()
    for style in styles:
        if style.labelled and style.textless and style.over.startswith("labelled"):
            begun.add(style.over)
        anew = style.family == "title" and style.textless and style.renews == style.over and style.over in begun
        result.append(replace(style, work=True) if anew else style)
    return result


def own_words(blocks: Sequence[Block], at: int) -> int:
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


def versed(blocks: Sequence[Block], at: int) -> bool:
    """Whether verse stands under a heading, longer than a motto, and no prose."""
    count = 0
    for block in blocks[at + 1 :]:
        if block.kind == "paragraph" or (block.kind == "heading" and not block.within):
            break
        count += word_count(block.text) if block.kind == "verse" and not block.within else 0
    else:
        return False
    return block.kind == "heading" and count > MOTTO


def signed(blocks: Sequence[Block], at: int) -> bool:
    """Whether a signature or a date is the last that stands under a heading."""
    last = ""
    for block in blocks[at + 1 :]:
        if block.kind == "heading" and not block.within:
            break
        if block.kind not in BETWEEN:
            last = block.kind if not block.within else ""
    return last in ("signed", "dateline")


def words_below(blocks: Sequence[Block], at: int) -> int:
    """How many words of any kind stand under a heading before the next, counted up to a motto's length and the block beyond."""
    count = 0
    for block in blocks[at + 1 :]:
        if (block.kind == "heading" and not block.within) or count > MOTTO:
            break
        if block.kind not in BETWEEN:
            count += word_count(block.text)
    return count


_OF_TITLE = frozenset(("subtitle", "byline"))


def textless(blocks: Sequence[Block], at: int) -> bool:
    """Whether the next block that is no furniture, no subtitle and no author's name is a heading too."""
    after = next((b for b in blocks[at + 1 :] if b.kind not in BETWEEN and b.kind not in _OF_TITLE), None)
    return after is not None and after.kind == "heading" and not after.within
