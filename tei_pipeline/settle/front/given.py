"""The leaf below the title page that gives the book to somebody: it ends the title page, also where its lines are set as titles are."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.shape import is_capitals, word_count
from tei_pipeline.settle.front.half_titles import title_words
from tei_pipeline.settle.front.title_blocks import STANZA, YEAR_LAST, is_sentence, names_author, says_something, tells_imprint
from tei_pipeline.settle.nesting.gaps import APART


def given(blocks: Sequence[Block], start: int, end: int, layout: Layout) -> tuple[int, int]:
    """Where a leaf that gives the book to somebody begins and ends: below who printed the book, or far below who wrote it, and at most
    other leaves without titles between it and the first division. ``end`` twice when there is none.
    """
    printed = authored = False
    for at in range(start, min(end + 1, len(blocks))):
        block = blocks[at]
        if not block.rows or block.kind in BETWEEN:
            continue
        set_in = block.within[:1] != blocks[at - 1].within[:1] if at and block.within else False
        below = printed and (set_in or block.rows[0].gap >= APART or _says(block, layout))
        if below or (authored and at < end and block.rows[0].gap > APART):
            stop = _leaf_end(blocks, at, end)
            ended = _titles_again(blocks, start, at, stop) or _ends_front(blocks, stop, end, layout)
            if ended and _gives(blocks, at, stop, start, layout):
                return at, stop
        printed = printed or tells_imprint(block, layout)
        authored = authored or names_author(block, layout)
    return end, end


def _says(block: Block, layout: Layout) -> bool:
    """Whether lines say that they dedicate the book, however near to the imprint they stand."""
    return any(fold(token).strip(_MARKS) in layout.language.dedicating for token in block.text.split())


def as_dedication(blocks: Sequence[Block], at: int, stop: int) -> list[Block]:
    """The blocks with the lines of a leaf as a dedication."""
    result = list(blocks)
    decision = Decision("dedication", "a leaf below the imprint that gives the book to somebody", 0.85)
    told = _is_letter(blocks[at:stop])
    for i in range(at, stop):
        block = blocks[i]
        if block.kind in BETWEEN:
            continue
        if told:  # with a heading, sentences and a name below them
            facts = Facts(level=1, division="dedication", type="named") if i == at else block.facts
            result[i] = replace(block, facts=facts, decisions=(*block.decisions, decision))
            continue
        facts = Facts(level=1, division="dedication", type="named") if i == at else Facts()
        signs = block.kind == "signed" and i > at and i == stop - 1 and word_count(block.text) <= MOST_OF_SIGNER
        verse = i > at and block.kind == "verse" and len(block.rows) > STANZA and block.rows[-1].ends_sentence
        kind = "signed" if signs else "verse" if verse else "paragraph"
        result[i] = replace(block, kind=kind, within=(), facts=facts, decisions=(*block.decisions, decision))
    return result


MOST_OF_SIGNER = 5  # words


def _is_letter(leaf: Sequence[Block]) -> bool:
    """Whether a title in capitals stands over sentences to him whom it names."""
    return (
        bool(leaf)
        and leaf[0].kind == "heading"
        and is_capitals(leaf[0].text)
        and any(b.kind == "paragraph" and says_something(b) for b in leaf[1:])
    )


def _leaf_end(blocks: Sequence[Block], at: int, end: int) -> int:
    """Where the lines that stand together with the first of a leaf end: more white space stands below them, or the first division."""
    stop = at + 1
    while stop < len(blocks) and (not blocks[stop].rows or blocks[stop].rows[0].gap <= APART):
        if stop == end or (blocks[stop].kind == "heading" and blocks[stop].facts.division):
            break
        stop += 1
    return stop


def _gives(blocks: Sequence[Block], at: int, stop: int, start: int, layout: Layout) -> bool:
    """Whether the lines of a leaf are to somebody: the word alone above his name, or the first of lines that are no sentence and stand
    above for the first time; or they say that they dedicate the book.
    """
    leaf = [b for b in blocks[at:stop] if b.kind not in BETWEEN]
    below = next((b for b in blocks[stop:] if b.kind not in BETWEEN and b.kind != "dateline"), None)
    if below is not None and below.kind == "salute":
        return False  # a letter follows
    if any(b.kind not in _LINES or (b.kind == "heading" and b.facts.division) for b in leaf):
        return False
    rows = [row for b in leaf for row in b.rows]
    tokens = [fold(token).strip(_MARKS) for row in rows for token in row.text.split()]
    if not tokens or len(tokens) > LONGEST or len(rows) > MOST_LINES:
        return False
    first = fold(rows[0].text).strip(_MARKS)
    if first in layout.language.receivers:
        most = MOST_OF_VERSES if len(leaf) > 2 and len(leaf[-2].rows) == 1 else STANZA  # below the name of somebody
        return len(rows) > 1 and not (leaf[-1].kind == "verse" and len(leaf[-1].rows) > most)
    if any(token in layout.language.dedicating for token in tokens):
        printed = any(tells_imprint(b, layout) for b in blocks[start:at])
        return printed or not any(YEAR_LAST.search(row.text) for row in rows)  # its own year, or that of the imprint
    if rows[0].gap <= APART or tokens[0] not in layout.language.receivers or len(leaf[0].rows) > MOST_OF_NAME:
        return False
    above = {fold(row.text).strip(_MARKS) for b in blocks[start:at] for row in b.rows}
    if first in above or any(tells_imprint(b, layout) for b in leaf):
        return False
    return _is_letter(leaf) or not (len(rows) > MOST_OF_NAME or any(is_sentence(b) or b.kind == "verse" for b in leaf))


_MARKS = "_*=\"“„«»”'‘’([ ].,:;"
_LINES = frozenset(("paragraph", "heading", "subtitle", "signed", "dateline", "byline", "verse", "editorial"))
LONGEST = 120  # words
MOST_LINES = 24
MOST_OF_NAME = 6  # lines
MOST_OF_VERSES = 8  # lines


def _titles_again(blocks: Sequence[Block], start: int, at: int, stop: int) -> bool:
    """Whether the book begins below a leaf, with the title that stands on its title page."""
    if stop >= len(blocks) or blocks[stop].kind != "heading" or blocks[stop].rows[0].gap <= APART:
        return False
    return title_words(blocks[stop].text) in {title_words(b.text) for b in blocks[start:at] if b.kind == "heading"}


def _ends_front(blocks: Sequence[Block], stop: int, end: int, layout: Layout) -> bool:
    """Whether nothing below a leaf, down to the first division, is a title or says who printed the book; and there is a division, or the
    book would be a part of the dedication.
    """
    if not any(b.kind == "heading" and not b.within for b in blocks[stop:]):
        return False
    return not any(b.kind == "heading" or tells_imprint(b, layout) for b in blocks[stop:end] if b.kind not in BETWEEN)
