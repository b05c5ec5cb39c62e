"""Mottoes: what stands over or under a title in other words than the author's, and the line that names its source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.rows import Row
from tei_pipeline.rules.shape import LARGE
from tei_pipeline.rules.verse.beside_verse import FAR, source_lines
from tei_pipeline.seldom import seldom

_CLOSING = '_"”“»«'
_QUOTED = re.compile(r"^[_\"“„«»'‘]")
NEAR = 8  # columns that are enough right under a heading
SHORT = 2  # lines of a motto that may be prose; more are verses if they were taken for verses


def attributions(blocks: list[Block], layout: Layout) -> list[Block]:
    """The last line of verses, or of a motto under a heading, far to the right, with a dash before it, a name or a date, is its source,
    unless the next stanza, or the last, ends as far to the right, or a colon stands above it: then it is a verse.
    """
    result: list[Block] = []
    near = False
    alike = _ending_alike(blocks)
    for i, block in enumerate(blocks):
        if block.kind in BETWEEN:
            result.append(block)
            continue
        sourced = (block.kind == "verse" and i not in alike) or (near and block.kind == "paragraph")
        parts = _parted(block, layout, NEAR if near else FAR) if sourced else None
        result.extend(parts or [block])
        argued = bool(block.within) and block.within[0].kind == "argument"
        near = block.kind in ("heading", "subtitle", "byline") or (near and (argued or (parts is None and len(block.rows) <= SHORT)))
    return result


def _ending_alike(blocks: list[Block]) -> set[int]:
    """The stanzas whose last line stands as far in, beyond all others, as that of the stanza before or after them."""
    ends = {
        i: block.rows[-1].indent
        for i, block in enumerate(blocks)
        if block.kind == "verse" and len(block.rows) > 1 and block.rows[-1].indent >= min(row.indent for row in block.rows) + NEAR
    }
    same = (i for i, indent in ends.items() if indent in (ends.get(i - 1), ends.get(i + 1)))
    return {i for i in same if blocks[i].rows[-1].text[0] not in "-–—" and not blocks[i].rows[-1].text.isupper()}


def _parted(block: Block, layout: Layout, far: int) -> list[Block] | None:
    """The quotation and its source, when the last lines of a block are such a source."""
    told = block.kind == "verse" or _QUOTED.match(block.text) or _DASHED.match(block.rows[-1].text)
    count = source_lines(block.rows, layout, far) if told else 0
    if not count and far == NEAR and (_is_in_capitals(block) or _is_cited(block)):
        count = 1
    if not count or block.rows[-count - 1].text[-1] == ":":
        return None  # the rest of a verse
    quoted_rows, source_rows = block.rows[:-count], block.rows[-count:]
    first = source_rows[0].line
    decision = Decision("motto", "the last line, far to the right, names the source", 0.85)
    kind = "paragraph" if far == NEAR and len(block.rows) <= SHORT + 1 and _QUOTED.match(block.text) else block.kind
    quoted = replace(block, kind=kind, end=first, rows=quoted_rows, decisions=(*block.decisions, decision))
    named = "attribution" if block.within and block.within[-1].kind == "epigraph" else "paragraph"
    source = Block(named, first, block.end, (source_rows[0]._replace(gap=1), *source_rows[1:]), (decision,), within=block.within)
    return [quoted, source]


def mottoes(blocks: list[Block], layout: Layout) -> list[Block]:
    """A sentence in italics or quotation marks right over the title of a piece, and a name in capitals far to the right below what is
    quoted under a title, are a motto and its source: no titles.
    """
    if layout.drama:
        return blocks
    result = list(blocks)
    order = [i for i, b in enumerate(blocks) if b.kind not in BETWEEN]
    _mark_at_margin(result, order, layout)
    for k, (i, after) in enumerate(pairwise(order)):
        block, below = blocks[i], blocks[after]
        if block.within or len(block.rows) > 1 or not (block.kind == "signed" or _is_bare_title(block)):
            continue
        if block.facts.type == "title" and _is_motto(block) and _is_title_below(below, block.rows[0].gap):
            decision = Decision("motto", "a sentence in italics or quotation marks right over a title", 0.8)
            result[i] = replace(block, kind="paragraph", facts=Facts(), decisions=(*block.decisions, decision))
            result[after] = replace(below, rows=(below.rows[0]._replace(gap=block.rows[0].gap), *below.rows[1:]))
        elif below.kind == "dateline" and below.rows[0].gap == 1 and block.kind == "signed":
            continue  # whose the few words are, and when
        elif k > 1 and block.text.isupper() and _is_source(block, blocks[order[k - 1]], blocks[order[k - 2]]):
            decision = Decision("motto", "a name in capitals far to the right of what is quoted under a title", 0.8)
            result[i] = replace(block, kind="paragraph", facts=Facts(), decisions=(*block.decisions, decision))
    return result


def _mark_at_margin(blocks: list[Block], order: Sequence[int], layout: Layout) -> None:
    """What stands at the margin in quotation marks right under a title, over a line with its source, is a motto too, and may be verses;
    who wrote it signs nothing.
    """
    bare: list[int] = []
    for above, at, below, after in zip(order, order[1:], order[2:], order[3:], strict=False):
        block, source = blocks[at], blocks[below]
        if _is_bare_motto(block, blocks[above], source):
            bare.append(at)
            continue
        if blocks[above].kind not in ("heading", "subtitle") or not _is_quoted_whole(block) or not _may_be_source(source, blocks[after]):
            continue
        if source.kind == "heading" and is_next_title(source.rows[0], block.rows[0], blocks[above].rows[-1]):
            continue
        if source.kind in ("signed", "heading"):
            decision = Decision("motto", "a name right below what stands in quotation marks right under a title", 0.8)
            blocks[below] = replace(source, kind="paragraph", facts=Facts(), decisions=(*source.decisions, decision))
        elif block.kind == "paragraph":
            decision = Decision("motto", "in quotation marks right under a title, over a line with its source", 0.85)
            kind = "verse" if are_verses(block.rows, layout) else "paragraph"
            blocks[at] = replace(block, kind=kind, decisions=(*block.decisions, decision))
    sourced = sum(decision.rule == "motto" for i in order for decision in blocks[i].decisions)
    for at in bare if len(bare) + sourced >= FEWEST_BARE else ():
        decision = Decision("motto", "in quotation marks, nearer to the title above it than to the text, as in other chapters", 0.8)
        kind = "verse" if are_verses(blocks[at].rows, layout) else "paragraph"
        blocks[at] = replace(blocks[at], kind=kind, decisions=(*blocks[at].decisions, decision))


FEWEST_BARE = 3  # mottoes of a text, those without their source among them: one quoted line may begin a tale


def _is_bare_motto(block: Block, heading: Block, text: Block) -> bool:
    """Whether words at the margin stand in quotation marks nearer to the heading above them than to the text below."""
    if heading.kind not in ("heading", "subtitle") or block.kind != "paragraph" or text.kind != "paragraph" or text.within:
        return False
    inner = block.text[1:].rstrip("_")[:-1]
    return (
        _is_quoted_whole(block)
        and block.rows[0].gap < text.rows[0].gap
        and not any(mark in inner for mark in _OPENING)
        and len(text.text) > MUCH
    )


MUCH = 60  # characters: a source is shorter


def _is_quoted_whole(block: Block) -> bool:
    """Whether a few lines stand in quotation marks from the first to the last of them."""
    if block.kind not in ("paragraph", "verse") or block.within or len(block.rows) > LONGEST_MOTTO:
        return False
    return block.text[0] in _OPENING and block.text.rstrip("_")[-1] in _CLOSING and _SAYS_MORE.search(block.text) is None


_SAYS_MORE = re.compile(r"[\w.,?!][\"”] [^\W\d_A-Z]")  # "It is long," says the smith


def _may_be_source(block: Block, after: Block) -> bool:
    """Whether a short line one gap below may say whose the words above are: behind a dash, a name, or what stands far to the right, or in
    italics nearer to them than to the text.
    """
    if len(block.rows) != 1 or block.within or block.rows[0].gap != 1 or len(block.text) > LONGEST_SOURCE:
        return False
    italic = block.text[0] == "_" and bool(after.rows) and after.rows[0].gap > 1 and after.kind in ("verse", "paragraph")
    far = block.facts.type == "title" and block.rows[0].indent >= FAR
    return (block.kind == "heading" and (far or italic)) or block.kind == "signed" or _DASHED.match(block.text) is not None


_OPENING = '"“„«»'
LONGEST_MOTTO = 14  # lines
LONGEST_SOURCE = 60  # characters


def are_verses(rows: Sequence[Row], layout: Layout) -> bool:
    """Whether each line begins with a capital, below one that had room for its first word."""
    return len(rows) > 1 and all(not b.starts_lower and a.width + len(b.text.split(" ", 1)[0]) < layout.measure for a, b in pairwise(rows))


def _is_bare_title(block: Block) -> bool:
    return block.kind == "heading" and block.facts.type in ("capitals", "title")


def _is_motto(block: Block) -> bool:
    """Whether a line is a whole sentence between marks of emphasis or quotation."""
    text = block.text
    ended = text[-1] in _CLOSING and text.rstrip(_CLOSING)[-1:] in (".", "!", "?")
    return text[0] in '_"“„«»' and ended and len(text.split()) >= FEWEST_WORDS


FEWEST_WORDS = 3


def _is_title_below(below: Block, gap: int) -> bool:
    """Whether a block is a title in capitals, right below a line that stands far from the text above it."""
    return below.kind == "heading" and not below.within and below.facts.type == "capitals" and below.rows[0].gap == 1 < gap


def _is_source(block: Block, above: Block, title: Block) -> bool:
    """Whether a name stands far to the right of quoted lines right under a title; in one column with that title it is the next one."""
    row = block.rows[0]
    if in_column(row, title.rows[-1]):
        return False
    quoted = above.kind in ("verse", "paragraph") and _QUOTED.match(above.text) is not None
    under = title.kind in ("heading", "subtitle") and not title.within
    return (
        quoted
        and under
        and row.gap == 1
        and row.indent >= min(r.indent for r in above.rows) + FAR
        and len(block.text.split()) <= LONGEST_NAME
    )


def is_next_title(row: Row, motto: Row, title: Row) -> bool:
    """Whether a line stands in one column with the title, and what is quoted between them does not."""
    return in_column(row, title) and not in_column(motto, title)


def in_column(row: Row, title: Row) -> bool:
    """Whether a line and a title that is set in have one middle."""
    return title.indent > 0 and abs(_middle(row) - _middle(title)) <= ONE_COLUMN


def _middle(row: Row) -> float:
    return row.indent + len(row.text) / 2


ONE_COLUMN = 1.5  # columns between the middles of two titles that are both centred
LONGEST_NAME = 6  # words: an author, or a work


def _is_in_capitals(block: Block) -> bool:
    """Whether verses end with a line in capitals, their source, which no other of them is set in."""
    *verses, last = [row.text for row in block.rows]
    if block.kind != "verse" or not verses or verses[-1][-1] in ",;":
        return False
    if not last.isupper() or len(last.split()) > LONGEST_NAME or last[-1] in ",;:!?":
        return False
    words = [word for text in verses for word in text.split()]
    return sum(word[0].islower() for word in words) > 0.5 * len(words)


def _is_cited(block: Block) -> bool:
    """Whether the line below the closing quotation mark names an author in capitals and a work in italics."""
    return len(block.rows) > 1 and block.rows[-2].text[-1] in _CLOSING and _AUTHOR_AND_WORK.match(block.rows[-1].text) is not None


_AUTHOR_AND_WORK = seldom(rf"^(?:[{LARGE}][\w.'’-]* )*[{LARGE}]{{3,}}, _[^_]+_\W*$")
_DASHED = re.compile(r"^_?(?:--|—|–)\s?[_\w\"“(\[]")
