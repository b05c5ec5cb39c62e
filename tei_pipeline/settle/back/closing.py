"""The back of a book: headings of what closes the whole of it, and not its last division alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tei_pipeline.blocks import BETWEEN, Block
from tei_pipeline.rules.notes.labels import as_referred
from tei_pipeline.rules.shape import word_count
from tei_pipeline.settle.nesting.gaps import WIDE
from tei_pipeline.settle.nesting.styles import BACK, MOTTO, Style, holds_notes, own_words, textless

REPEATED = 2  # headings of notes in the same words: more stand below the pieces of the book
ADVERTISED = 2  # titles, at most, below the last of the back matter


def closing_headings(blocks: Sequence[Block], places: Sequence[int], styles: Sequence[Style], grouped: Counter[int]) -> set[int]:
    """Headings of what closes the whole book: back matter after several chapters or groups, or after the only work of a volume with a
    preface; the only contents of a book, last in it; the only notes, which the contents page of several pieces names, or whose first
    reference stands in an earlier division than the last; a remark in prose ("NOTE ON THE TEXT") as far below the last division as the
    divisions from each other.

    ``grouped``: how many divisions the notes under a heading belong to.
    """
    works = [k for k, s in enumerate(styles) if s.family == "title" and not (s.front or s.closing)]
    texts = [k for k in works if not styles[k].introduces]
    chapters = [
        k for k, s in enumerate(styles) if s.labelled or (s.family == "roman" and not works) or (s.family == "headword" and not texts)
    ]
    several = len(chapters) > 1 or sum(styles[k].textless for k in works) > 1  # chapters, groups, or works
    alone = len(texts) == 1 and any(s.front or s.introduces for s in styles[:-1])
    remarks = {k for k, i in enumerate(places) if blocks[i].facts.division == "notes" and _is_remark(blocks, i)}
    noted = [k for k, s in enumerate(styles) if s.family == "notes" and k not in remarks]
    only = len(noted) == 1 or sum(holds_notes(blocks, places[k]) for k in noted) == 1  # beside those that have titles of their own
    noted_on = [k for k in noted if grouped[places[k]] > 1]
    of_all = [k for k in noted_on if not _below_notes(blocks, places, k)]  # those of many chapters, beside others at the end of each
    last_of_all = len(noted) > 1 and noted[0] + len(noted) == len(places)  # NOTES over FOOTNOTES, and nothing below them
    only = only or (last_of_all and all(word_count(blocks[places[k]].text) == 1 for k in noted))
    divisions = [(i, s.space) for i, s in zip(places, styles, strict=True) if not (s.front or s.closing)]
    again = Counter(blocks[i].text for i in places if blocks[i].facts.division == "notes")
    of_chapters = _of_chapters(blocks, places, styles)
    found: set[int] = set()
    k = len(places) - 1
    if len(chapters) > 1 and _speaks_last(blocks, places[k], styles[k], [styles[n] for n in chapters]):
        return {places[k]}
    k = _over_numbers(blocks, places, styles, k)
    for _ in range(ADVERTISED):
        if k and _is_plain(blocks[places[k]], styles[k]):  # other books by the author, or what stands in the last appendix
            k -= 1
    offered = next((n for n in range(k, -1, -1) if not _is_plain(blocks[places[n]], styles[n])), -1)
    if offered >= 0 and styles[offered].family == "notes" and only and _refer_back(blocks, places[offered], divisions):
        k = offered  # a list of other books, in parts, stands below the notes on the whole
    while k >= 0:
        style, at = styles[k], places[k]
        facts = blocks[at].facts
        if facts.type == "labelled" and facts.division == "notes":  # one of those under the heading of notes
            k -= 1
            continue
        if facts.type != "named" or (facts.division not in BACK and facts.division != "chronicle"):
            if (over := _over_titles(blocks, places, styles, k)) is None:
                break
            k = over
            continue
        if (k in remarks and again[blocks[at].text] > REPEATED) or blocks[at].text in of_chapters:
            break  # what the editor says of the last piece, as of those before
        if (style.family != "notes" or k in remarks or only or of_all == [k]) and (
            several
            or below_end(blocks, at)
            or _lists_all(blocks, places, at)
            or (alone and (k in remarks or not holds_notes(blocks, at)))
            or (k in remarks and sum(styles[n].space <= style.space for n in texts) > 1)
            or (style.family == "notes" and ((style.listed and len(texts) > 1) or _refer_back(blocks, at, divisions)))
            or k in of_all
            or (style.space == WIDE and facts.division != "notes")
        ):
            found.add(at)
        k -= 1
    return found


def _is_plain(block: Block, style: Style) -> bool:
    """Whether a title counts and names no division."""
    return style.family == "title" and not block.facts.number and not block.facts.division


def _of_chapters(blocks: Sequence[Block], places: Sequence[int], styles: Sequence[Style]) -> set[str]:
    """Headings of back matter, but notes, that stand in the same words before the last chapter too, nearer to their text: LITERATURE."""
    last = max((k for k, s in enumerate(styles) if s.labelled), default=0)
    own = (k for k in range(last) if styles[k].closing and styles[k].family != "notes" and styles[k].space < styles[last].space)
    return {blocks[places[k]].text for k in own}


def _below_notes(blocks: Sequence[Block], places: Sequence[int], at: int) -> bool:
    """Whether the heading of all notes, with none of its own, stands above a heading of some, and no labelled division between."""
    for i in reversed(places[:at]):
        if blocks[i].facts.type == "labelled":
            return False
        if blocks[i].facts.division == "notes" and word_count(blocks[i].text) == 1 and textless(blocks, i):
            return True
    return False


def _over_titles(blocks: Sequence[Block], places: Sequence[int], styles: Sequence[Style], at: int) -> int | None:
    """The heading of back matter that stands wider than a title and those between: they are of its parts."""
    widest = 0.0
    for k in range(at, -1, -1):
        if blocks[places[k]].facts.type == "named" and blocks[places[k]].facts.division in BACK:
            return k if styles[k].space > widest else None
        if styles[k].family != "title" or blocks[places[k]].facts.number:
            return None
        widest = max(widest, styles[k].space)
    return None


def _over_numbers(blocks: Sequence[Block], places: Sequence[int], styles: Sequence[Style], last: int) -> int:
    """The heading of the back matter that the contents page has over the numbers with which a book ends: notes on each of its tales."""
    k = last
    while k and styles[k].family in ("roman", "arabic"):
        k -= 1
    named = styles[k].listed and blocks[places[k]].facts.division in BACK
    return k if named and k < last and styles[k + 1].first else last


def _speaks_last(blocks: Sequence[Block], at: int, style: Style, chapters: Sequence[Style]) -> bool:
    """Whether the last heading names what the author or editor says of the book, a preface elsewhere, as far apart as chapters are."""
    facts = blocks[at].facts
    return (
        facts.type == "named"
        and style.front
        and not style.closing
        and style.own > 0
        and style.space >= min(chapter.space for chapter in chapters)
    )


def _lists_all(blocks: Sequence[Block], places: Sequence[int], at: int) -> bool:
    """Whether the last heading is that of contents, and no other is."""
    return at == places[-1] and [i for i in places if blocks[i].facts.division == "contents"] == [at]


def below_end(blocks: Sequence[Block], at: int) -> bool:
    """Whether the words that end the book stand right above."""
    above = next((b for b in reversed(blocks[:at]) if b.kind not in BETWEEN), None)
    return above is not None and above.kind == "trailer"


def _is_remark(blocks: Sequence[Block], at: int) -> bool:
    """Whether prose stands under the heading of notes, which may have notes of its own."""
    below = next((b for b in blocks[at + 1 :] if b.kind not in BETWEEN), None)
    return below is not None and not below.within and own_words(blocks, at) > MOTTO


def _refer_back(blocks: Sequence[Block], at: int, divisions: Sequence[tuple[int, float]]) -> bool:
    """Whether the reference of the first note stands in a division before the last, and not in that; sections of a chapter are nearer to
    each other than ``divisions`` with the widest space above them.
    """
    note = next((b for b in blocks[at + 1 :] if b.kind not in BETWEEN), None)
    before = [(i, space) for i, space in divisions if i < at]
    widest = max((space for _, space in before[1:]), default=0)
    last = max((i for i, space in before if space >= widest), default=0)
    if note is None or not note.within or note.within[0].kind != "note" or not note.within[0].n or not last:
        return False
    label = note.rows[0].text[: note.within[0].label].strip("_ ")
    printed = as_referred(note.within[0].n, label if label[:1].isalpha() else "")
    return not _has(blocks[last:at], printed) and _has(blocks[:last], printed)


def _has(blocks: Sequence[Block], printed: Sequence[str]) -> bool:
    """Whether a reference in one of these forms stands in the text, and not only at the front of a note."""
    return any(row.text.find(form, 1) > 0 for block in blocks if not block.within for row in block.rows for form in printed)
