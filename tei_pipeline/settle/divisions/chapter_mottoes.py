"""Mottoes over chapters: short quotations and verses set apart right under a heading, before text of another shape, and their sources."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tei_pipeline.blocks import BETWEEN, Block, Container
from tei_pipeline.layout import Layout
from tei_pipeline.rules.shape import OPENING_MARKS, is_narrow, word_count
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom
from tei_pipeline.settle.divisions.arguments import is_argument
from tei_pipeline.settle.divisions.below_headings import (
    CITED_IN_ITALICS,
    ITALIC,
    is_cited,
    under_heading,
)
from tei_pipeline.settle.front.mottoes import is_next_title
from tei_pipeline.settle.nesting.gaps import RECURRING, below_ornament

_CLOSING = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«»"}
_SOURCE = seldom(r"^(?:--|—|–|-)\s?\S|^[\[(].*[\])]\.?$|^[^\W\d_][\w .,'’&;:-]{1,60}$")
_CITED = seldom(r"(?:--|—)\s?[_A-Z\d](?:[\w _.,'’:;]|-(?!-)){1,60}\]?$")
LONGEST_MOTTO = 14  # lines: a sonnet is the longest that printers have set over a chapter


def mottoes_below_headings(blocks: list[Block], layout: Layout) -> dict[int, tuple[Container, bool]]:
    """Short quotations and verses right under a heading, before text of another shape: the blocks of epigraphs, and whether they
    name its source.
    """
    found: dict[int, tuple[Container, bool]] = {}
    order = [i for i, b in enumerate(blocks) if b.kind not in BETWEEN]
    for k, i in enumerate(order):
        if blocks[i].kind != "heading" or blocks[i].within:
            continue
        at = k + 1
        letter = blocks[i].facts.division == "letter"
        while at < len(order) and _stands_between(blocks[order[at]], layout, letter):
            at += 1
        near = order[at : at + NEAR]
        if pairs := _with_authors(blocks, near, layout):
            for quoted, author in zip(pairs[::2], pairs[1::2], strict=True):
                container = Container("epigraph", blocks[quoted].first)
                found |= {quoted: (container, False), author: (container, True)}
            continue
        inside = _set_apart(blocks, near, layout)
        below = near[len(inside) :]
        if not (inside and below) or sum(len(blocks[j].rows) for j in inside) > LONGEST_MOTTO or is_argument(blocks[inside[0]]):
            continue
        if below_ornament(blocks, i) and below_ornament(blocks, below[0]):
            continue  # all of a piece between two rows of stars
        named = _has_source(blocks, i, inside, below, layout)
        if not _stands_over_text(blocks, i, inside, below, named, layout):
            continue
        container = Container("epigraph", blocks[inside[0]].first)
        found.update(dict.fromkeys(inside, (container, False)))
        if named:
            found[below[0]] = (container, True)
    return found


def _set_apart(blocks: Sequence[Block], order: Sequence[int], layout: Layout) -> list[int]:
    """The first of some blocks that may be a motto, up to the one that names its source."""
    inside: list[int] = []
    for i in order[:MOST_PARTS]:
        block = blocks[i]
        if not (_apart(block, layout) or block.why.rule == "motto"):
            break
        if inside and (_tells_source(blocks[inside[-1]], block, layout) or below_ornament(blocks, i)):
            break
        inside.append(i)
    return inside


MOST_PARTS = 4  # stanzas or paragraphs of a motto
NEAR = 40  # blocks below a heading in which its mottoes and their sources stand


def _tells_source(motto: Block, below: Block, layout: Layout) -> bool:
    return _names_source(below, layout, motto) or _cites_work(motto, below)


def _has_source(blocks: Sequence[Block], heading: int, inside: Sequence[int], below: Sequence[int], layout: Layout) -> bool:
    """Whether the line below what may be a motto names its source, and is not what comes next in the book."""
    source, last = blocks[below[0]], blocks[inside[-1]]
    cited = _CITED.search(last.text) is not None
    names = source.facts.number or source.facts.type == "named"  # ADVERTISEMENT below a sonnet
    names = names or is_next_title(source.rows[0], last.rows[0], blocks[heading].rows[-1])
    farther = len(below) > 1 and source.rows[0].gap > blocks[below[1]].rows[0].gap + 1  # than any source from its motto
    titled = source.kind == "heading" and (cited or names or farther or any(d.rule == RECURRING for d in source.decisions))
    return _tells_source(last, source, layout) and not titled


def _stands_over_text(
    blocks: Sequence[Block], heading: int, inside: Sequence[int], below: Sequence[int], named: bool, layout: Layout
) -> bool:
    """Whether what may be a motto is one: quoted, or its source ``named``, over text of another shape or the first of the chapters."""
    if named and len(below) == 1:
        return False  # the last poem of a book, and its poet
    first, last = blocks[inside[0]], blocks[inside[-1]]
    source, text = blocks[below[0]], blocks[below[named]]
    if named and text.kind == "paragraph" and text.text[0] in "([" and text.text[-1] in ")]" and _ends_piece(blocks, below[2:]):
        return False  # a poem, its poet, and where it is from
    if (is_cited(first) or (named and _WORK.match(source.text))) and _cites_more(blocks, [*inside[1:], *below[named:]]):
        return False  # opinions of the press, extracts: each has its source
    cited = named or _CITED.search(last.text) is not None
    if ITALIC.match(text.text) and _is_quoted_next(blocks, below[named + 1 :]):
        return False  # a line over what is quoted next, as over this
    if text.within or not (cited or _is_quoted(first.text, last.rows[-1].text)):
        return False
    if CITED_IN_ITALICS.search(last.rows[-1].text) and last.rows[0].indent <= layout.margin and text.rows[0].gap < 2:
        return False  # nearer to the text than a motto: news, with the paper that has it
    if text.kind == "paragraph" or (text.kind == "verse" and first.kind != "verse"):
        return True
    return (len(inside) == 1 and _heads_chapters(blocks[heading], text, cited)) or _numbers_prose(blocks, below)


def _is_quoted_next(blocks: Sequence[Block], order: Sequence[int]) -> bool:
    """Whether verses, something set in, or the title of what is quoted come next."""
    return bool(order) and (blocks[order[0]].kind in ("verse", "heading") or bool(blocks[order[0]].within))


def _heads_chapters(heading: Block, below: Block, cited: bool) -> bool:
    """Whether a motto is that of a part, on a leaf with its title: titles of one kind stand over poems, each with its author below."""
    if below.kind != "heading" or below.facts.level <= heading.facts.level:
        return False  # the verses are all that the division has
    return cited or (below.facts.number == 1 and not heading.facts.number)  # of a piece, over the first of its chapters


def _with_authors(blocks: list[Block], order: list[int], layout: Layout) -> list[int]:
    """Quotations set in right below a title, each between quotation marks and over its author in capitals as far in, with text below."""
    found: list[int] = []
    for i, below in zip(order[::2], order[1::2], strict=False):
        quoted, author = blocks[i], blocks[below]
        last = quoted.rows[-1].text if quoted.rows else ""
        if quoted.kind not in ("verse", "paragraph") or len(quoted.rows) > LONGEST_MOTTO:
            break
        if not (_is_quoted(quoted.text, last) or _SAID.fullmatch(quoted.text)):
            break
        near = author.rows[0].gap == 1 and (quoted.rows[0].gap != 1 or _is_far_below(blocks, below))
        near = near or (bool(author.within) and not author.rows[0].gap)
        named = near and author.kind in _OF_A_NAME and len(author.rows) == 1
        name = author.text.partition(",")[0].strip(" .")
        if not named or not name.isupper() or word_count(author.text) > MOST_OF_AN_AUTHOR:
            break
        if not layout.margin < quoted.rows[0].indent == author.rows[0].indent:
            break
        found += [i, below]
    after = blocks[order[len(found)]] if found and len(order) > len(found) else None
    return found if after is not None and after.kind in ("paragraph", "heading") and not after.within else []


def _is_far_below(blocks: list[Block], at: int) -> bool:
    """Whether more than one empty line stands below a block, over text."""
    below = next((b for b in blocks[at + 1 :] if b.kind not in BETWEEN), None)
    return below is not None and below.kind == "paragraph" and below.rows[0].gap > 1


_SAID = re.compile(r"[A-Z .]{2,24}(?:--|—)[\"“][^\"“”]+[\"”](?:--|—)?")  # MARTHA.--"The river has no door."--
_OF_A_NAME = frozenset(("paragraph", "signed", "salute", "verse", "heading"))
MOST_OF_AN_AUTHOR = 8  # words, with the work


def _ends_piece(blocks: Sequence[Block], order: Sequence[int]) -> bool:
    """Whether nothing more of a division comes next."""
    return not order or blocks[order[0]].kind == "heading"


def _numbers_prose(blocks: Sequence[Block], order: Sequence[int]) -> bool:
    """Whether a number comes next, and a paragraph below it: the first part of a story."""
    if len(order) < 2 or blocks[order[0]].kind != "heading" or blocks[order[0]].facts.type not in ("roman", "arabic"):
        return False
    return blocks[order[1]].kind == "paragraph" and not blocks[order[1]].within


def _stands_between(block: Block, layout: Layout, letter: bool) -> bool:
    """Whether a block is a subtitle or byline, or will be one, or the argument: a motto may follow it."""
    if block.within:
        return block.within[0].kind == "argument"
    if block.kind == "signed":
        return words(layout.language).byline.match(block.text) is not None
    return block.kind in ("subtitle", "byline", "dateline") or (block.kind == "paragraph" and bool(under_heading(block, layout, letter)))


def _is_quoted(text: str, last: str) -> bool:
    """Whether words stand in quotation marks from their first to their last."""
    return text[0] in _CLOSING and last.rstrip("_").endswith(tuple(_CLOSING[text[0]]))


def _cites_more(blocks: Sequence[Block], order: Sequence[int]) -> bool:
    """Whether more such paragraphs stand in a division."""
    for i in order[:MANY_EXTRACTS]:
        if blocks[i].kind == "heading":
            return False
        if is_cited(blocks[i]) or (len(blocks[i].rows) == 1 and _WORK.match(blocks[i].text)):
            return True
    return False


MANY_EXTRACTS = 12  # blocks in which the next extract stands


def _apart(block: Block, layout: Layout) -> bool:
    if is_cited(block):
        return True
    if block.kind == "verse" and not block.within:
        return True
    if block.kind == "paragraph" and not block.within:
        least = max(2, layout.indent) if layout.indent else 1  # no paragraph is set in: two columns tell
        if not layout.indent and is_narrow(block.rows, layout):
            return True
        return layout.style != "unwrapped" and all(
            row.indent + (row.text[0] in OPENING_MARKS) > layout.margin + least for row in block.rows
        )
    return bool(block.within) and block.within[0].kind == "quotation" and block.kind in ("paragraph", "verse")


def _names_source(block: Block, layout: Layout, motto: Block) -> bool:
    """Whether a line below a motto names its source: behind a dash, far to the right, or set in with words in quotation marks."""
    text = block.text.strip("_ ")
    if (
        (block.within and not (block.why.rule == "motto" and block.within == motto.within))
        or len(block.rows) > 1
        or word_count(text) > 9
        or block.kind not in ("paragraph", "signed", "verse", "imprint", "heading")
    ):
        return False
    quoted = _is_quoted(motto.text, motto.rows[-1].text) and block.rows[0].indent >= motto.rows[0].indent > layout.margin
    right = block.why.rule == "motto" or quoted or block.rows[0].indent > layout.margin + 0.3 * layout.measure
    return bool(re.match(r"^(?:--|—|–)\s?\S", text)) or (right and bool(_SOURCE.match(text)))


def _cites_work(verses: Block, block: Block) -> bool:
    """Whether a line alone right below verses is a title in italics, perhaps with the place in that work: _Paradise_, c. XII, l. 46."""
    alone = verses.kind == "verse" and block.kind in ("verse", "paragraph") and len(block.rows) == 1 and block.rows[0].gap == 1
    return alone and verses.text.rstrip('_"”»').endswith((".", "!", "?")) and _WORK.match(block.text) is not None


_WORK = re.compile(r"^_[A-Z\d][^_]{2,60}_(?:, [^_]{1,30})?\.?$")
