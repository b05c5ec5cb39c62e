"""Books offered: below the words that end a book, the lines of a publisher's list in capitals are no headings."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import BY_SETTING, Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.rules.shape import is_capitals
from tei_pipeline.rules.words import words

MOST = 0.35  # of the lines of a book stand below its end
FEWEST = 2  # paragraphs or lines apart that name a firm or a price
APART = 3  # empty lines above a number: it is that of a chapter
FEWEST_APART = 3  # lines of one heading that stand apart: the titles of as many books
_WHY = "in a list of books below the words that end this one, no farther apart than its paragraphs"


def offered(blocks: list[Block], layout: Layout) -> list[Block]:
    """Below the words that end a book, where firms and prices are named, a line in capitals or with a number, no farther from the one above
    than paragraphs are, offers a book, or says what it costs and who wrote it, and so does one with its other title right below; a firm
    signs and heads nothing. The titles of series stand below a row of stars, or farther apart. Where no words end a book, its last chapter
    does. Titles with their other titles set in below each are offered one by one.
    """
    end = max((i for i, b in enumerate(blocks) if b.kind == "trailer" and not b.within), default=_last_chapter(blocks))
    places = [i for i in range(end + 1, len(blocks)) if _is_line(blocks, i)]
    lists = [i for i in range(end + 1, len(blocks)) if _goes_on(blocks, i)]
    if not (places or lists) or any(_counts(b) for b in blocks[end:]):
        return blocks
    own = [b for b in blocks if b.kind != "boilerplate"]
    below = [b for b in blocks[end:] if b.kind != "boilerplate"]
    imprint = words(layout.language).imprint
    sold = sum(imprint.search(row.text) is not None for b in below for row in b.rows if row.gap)
    if sold < FEWEST or sum(len(b.rows) for b in below) > MOST * sum(len(b.rows) for b in own):
        return blocks
    result = list(blocks[: end + 1])
    for i in range(end + 1, len(blocks)):
        block = blocks[i]
        if i in lists:
            result.extend(_books(block, blocks[i + 1]))
            continue
        if i - 1 in lists:
            continue
        names = (block.kind == "signed" and not block.within) or (_may_offer(block) and blocks[i - 1].kind == "ornament")
        firm = names and imprint.search(block.text) is not None
        other = i - 1 in places and _is_other_title(block)
        result.extend(_lines(block) if i in places or firm or other else (block,))
    return result


def _last_chapter(blocks: Sequence[Block]) -> int:
    """The last block of a book whose chapters are numbered, if a title without number stands far below it; the number of blocks, if not."""
    last = max((i for i, b in enumerate(blocks) if b.kind == "heading" and not b.within and b.facts.number), default=len(blocks))
    below = (i for i in range(last + 1, len(blocks)) if _may_offer(blocks[i]) and blocks[i].rows[0].gap >= FAR)
    return next(below, len(blocks) + 1) - 1


FAR = 4  # empty lines


def _may_offer(block: Block) -> bool:
    """Whether a block is a heading that nothing numbers or names."""
    title = block.kind == "heading" and not block.within and block.facts.type in BY_SETTING
    return title and not block.facts.number and not block.facts.division


def _counts(block: Block) -> bool:
    """Whether a heading counts what its first word names, PART I over the notes on a poem, or stands as far apart as that of a chapter."""
    if block.kind != "heading" or not block.facts.number:
        return False
    return block.rows[0].gap >= APART or (block.facts.type == "labelled" and not block.text.strip("_*[( ")[:1].isdigit())


def _is_line(blocks: Sequence[Block], at: int) -> bool:
    """Whether a heading that nothing names has a number, or stands no farther from what is above it than a paragraph does, which is no row
    of stars, unless there is another below it, or it is a list itself; or has its other title right below it.
    """
    block, near = blocks[at], blocks[at].rows[0].gap <= 1 if blocks[at].rows else False
    if block.kind == "heading" and not block.within and block.facts.number:
        return near
    if not _may_offer(block):
        return False
    if at + 1 < len(blocks) and _is_other_title(blocks[at + 1]):
        return True
    above = blocks[at - 1].kind
    between = at + 1 < len(blocks) and above == blocks[at + 1].kind == "ornament"
    return near and (above not in ("ornament", "trailer") or between or sum(row.gap > 0 for row in block.rows) >= FEWEST_APART)


def _is_other_title(block: Block) -> bool:
    """Whether a single line stands right below another."""
    return block.kind in ("verse", "paragraph") and not block.within and len(block.rows) == 1 and not block.rows[0].gap


def _goes_on(blocks: Sequence[Block], at: int) -> bool:
    """Whether a line in capitals is the first of a list of titles, none apart from the next, that have lines set in below each."""
    if at + 1 >= len(blocks) or not _may_offer(blocks[at]) or len(blocks[at].rows) > 1:
        return False
    rows = blocks[at + 1].rows
    if blocks[at + 1].kind not in ("verse", "paragraph") or any(row.gap for row in rows) or rows[0].indent <= blocks[at].rows[0].indent:
        return False
    titles = [row for row in rows if row.indent == blocks[at].rows[0].indent]
    return 0 < len(titles) <= len(rows) / 2 and all(is_capitals(row.text) for row in titles)


def _books(first: Block, others: Block) -> list[Block]:
    """Each title of a list with the lines set in below it, as a paragraph."""
    rows = (*first.rows, *others.rows)
    starts = [i for i, row in enumerate(rows) if row.indent == rows[0].indent]
    decision = Decision("offered", "titles in a list of books below the words that end this one, each with lines set in below it", 0.75)
    found = []
    for start, stop in zip(starts, [*starts[1:], len(rows)], strict=True):
        begins = rows[start].line if start else first.first
        end = rows[stop].line if stop < len(rows) else others.end
        made = replace(first, kind="paragraph", first=begins, end=end, rows=rows[start:stop], facts=Facts())
        found.append(replace(made, decisions=(*first.decisions, decision)))
    return found


def _lines(block: Block) -> list[Block]:
    """Each line of a heading that stands apart, with those right below it, as a paragraph."""
    starts = [0, *(k for k in range(1, len(block.rows)) if block.rows[k].gap)]
    decision = Decision("offered", _WHY, 0.75)
    found = []
    for start, stop in zip(starts, [*starts[1:], len(block.rows)], strict=True):
        rows = block.rows[start:stop]
        first = rows[0].line if start else block.first
        end = block.rows[stop].line if stop < len(block.rows) else block.end
        made = replace(block, kind="paragraph", first=first, end=end, rows=rows, facts=Facts(), decisions=(*block.decisions, decision))
        found.append(made)
    return found
