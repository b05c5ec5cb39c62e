"""After the end: what publishers and printers set below the words that end a book, or below its last chapter, belongs to no chapter."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block, Facts
from tei_pipeline.closed_classes import RANKS
from tei_pipeline.decisions import Decision
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.lists.tables import BOOK_SIZE
from tei_pipeline.rules.shape import is_capitals, word_count
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom
from tei_pipeline.settle.nesting.meeting import CHAPTER
from tei_pipeline.settle.titles.listing import listed_in

MOST = 0.35  # of the lines of a book stand below its end
MOST_SOLD = 0.2  # of its lines are an advertisement that no end of the book precedes
SOLD = 0.3  # of what stands under an advertisement names a firm or a price
FEWEST = 2  # divisions with numbers or names of their kind, of a book that titles without them do not part
SHORTEST_NAME = 2  # words
_ADDRESS = re.compile(r"\d|:")  # London: …, 12 West Street
MOST_PRINTED = 3  # lines of an imprint
_PRINTED = frozenset(("imprint", "trailer", "boilerplate", "residue", *BETWEEN))


def after_end(blocks: list[Block], layout: Layout) -> list[Block]:
    """Headings without numbers below the last words that end the book stand beside its outermost divisions; one over what names firms
    and prices heads an advertisement, and so does one that names who wrote or sold the book, as the title page does. The last words of
    all, of a printer or who wrote the book, head nothing, and are no text.
    """
    imprint = words(layout.language).imprint
    closing = [i for i, b in enumerate(blocks) if b.kind == "trailer" and not b.within]
    ends = [i for i in closing if imprint.search(blocks[i].text) is None] or closing  # the firm may name itself again, below what it sells
    printed = _printed_last(blocks, layout)
    printers = [i for i, (old, new) in enumerate(zip(blocks, printed, strict=True)) if new.kind == "trailer" != old.kind]
    blocks = _told_last(printed, max(ends, default=len(blocks)))
    own = [i for i, b in enumerate(blocks) if b.kind != "boilerplate"]
    lines = sum(len(blocks[i].rows) for i in own)
    end = max(ends, default=0) or next((i for i in printers if _lines(blocks[i:]) <= MOST * lines), 0) or _printed_at(blocks, MOST * lines)
    places = [i for i, b in enumerate(blocks) if i > end and b.kind == "heading" and not b.within]
    named = False
    if not places:
        places, named = _named_again(blocks, layout, MOST_SOLD * lines), True
    if not places or any(_divides(blocks[i].facts) for i in places) or blocks[places[0]].facts.number:
        return blocks
    if any(blocks[i].facts.number for i in places) and sum(imprint.search(b.text) is not None for b in blocks[places[0] :]) < FEWEST:
        return blocks
    if sum(len(blocks[i].rows) for i in own if i >= places[0]) > MOST * lines:
        return blocks
    raised = blocks[places[0]].facts.level - 1
    names = _names(blocks, layout)
    offers = named
    result = list(blocks)
    for k, i in enumerate(places):
        below = blocks[i : places[k + 1] if k + 1 < len(places) else len(blocks)]
        if k and _tells_price(below):
            decision = Decision("after-end", "over a price or an address, and no text", 0.8)
            result[i] = replace(blocks[i], kind="paragraph", facts=Facts(), decisions=(*blocks[i].decisions, decision))
            continue
        own_lines = (b.text for b in below if b.kind not in ("boilerplate", "furniture", "ornament"))
        told = [(imprint.search(text) or _COSTS.search(text)) is not None for text in own_lines]
        level = max(1, blocks[i].facts.level - raised)
        sold = (
            told[0]
            or sum(told) >= SOLD * len(told)
            or (level == 1 and (offers or _says_again(blocks[i : _next(blocks, places, k)], names)))
        )
        offers = offers or (sold and level == 1)
        if not sold and level == blocks[i].facts.level:
            continue
        above = "below the last chapter, by who wrote or sold the book" if named else "below the words that end the book"
        decision = Decision("after-end", above + (", over firms and prices" if sold else ""), 0.8)
        division = "advertisement" if sold else ""
        facts = replace(blocks[i].facts, level=level, division=division, type="named" if sold else blocks[i].facts.type)
        result[i] = replace(blocks[i], facts=facts, decisions=(*blocks[i].decisions, decision))
    return result


def _divides(facts: Facts) -> bool:
    """Whether a heading names a division, or counts chapters or what holds them; a list of books may be numbered."""
    return bool(facts.division) and (not facts.number or RANKS.get(facts.division, CHAPTER + 1) <= CHAPTER)


def _printed_at(blocks: Sequence[Block], most: float) -> int:
    """Where the printer named himself, at most so many lines above the last: there a book ends that says nothing of its end. Day and year
    tell where a piece stood first, and so do several such lines.
    """
    printed = [i for i, b in enumerate(blocks) if b.kind == "imprint" and not b.within and not any(c.isdigit() for c in b.text)]
    near = [i for i in printed if _lines(blocks[i:]) <= most]
    return near[0] if len(near) == 1 else len(blocks)


_PRICE = r"[$£]\s?\d|\b\d+\s?[sd]\."
_COSTS = seldom(rf"{_PRICE}|{BOOK_SIZE}")


def _lines(blocks: Sequence[Block]) -> int:
    return sum(len(b.rows) for b in blocks if b.kind != "boilerplate")


def _tells_price(below: Sequence[Block]) -> bool:
    """Whether nothing but a line with figures stands under a title: 3s. 6d. net, 36 King Street."""
    told = [b for b in below[1:] if b.kind not in BETWEEN and b.kind != "boilerplate"]
    return len(told) == 1 and len(told[0].rows) == 1 and any(c.isdigit() for c in told[0].text)


def _printed_last(blocks: list[Block], layout: Layout) -> list[Block]:
    """The blocks, in which titles below the last division are imprints that have no text and name a printer or firm, or stand over one."""
    places = [i for i, b in enumerate(blocks) if b.kind == "heading" and not b.within]
    divided = max((i for i in places if blocks[i].facts.number or blocks[i].facts.division), default=0)
    result = blocks
    for i, stop in pairwise([*places, len(blocks)]):
        if i <= divided or not i or len(blocks[i].rows) > MOST_PRINTED:
            continue
        named = words(layout.language).imprint.search(blocks[i].text) is not None
        if i != places[-1] and not (divided and _ADDRESS.search(blocks[i].text)):
            continue
        below = [b for b in blocks[i + 1 : stop] if b.kind not in BETWEEN and b.kind != "boilerplate"]
        if any(b.kind not in _PRINTED for b in below) or not (named or any(b.kind == "imprint" for b in below)):
            continue
        decision = Decision("after-end", "names a printer or firm, and nothing stands below it", 0.8)
        result = list(result)
        result[i] = replace(blocks[i], kind="trailer", facts=Facts(), decisions=(*blocks[i].decisions, decision))
    return result


def _told_last(blocks: list[Block], end: int) -> list[Block]:
    """The blocks, in which a short line or two below the words that end the book, and over nothing, say who wrote or printed it."""
    below = [i for i in range(end + 1, len(blocks)) if blocks[i].kind not in BETWEEN and blocks[i].kind != "boilerplate"]
    if not 0 < len(below) <= FEWEST or not all(_is_line(blocks[i]) for i in below):
        return blocks
    decision = Decision("after-end", "a short line below the words that end the book, and the last of all", 0.8)
    last = {i: replace(blocks[i], kind="trailer", decisions=(*blocks[i].decisions, decision)) for i in below}
    return [last.get(i, block) for i, block in enumerate(blocks)]


def _is_line(block: Block) -> bool:
    named = len(block.rows) == 1 and word_count(block.text) <= MOST_OF_A_LINE
    return named and block.kind in ("paragraph", "signed", "verse") and not block.within


MOST_OF_A_LINE = 8  # words


def _named_again(blocks: Sequence[Block], layout: Layout, most: float) -> list[int]:
    """The headings below the last division with a number or name, if the first of them names who wrote or sold the book, few lines follow,
    and the contents page has none of them.
    """
    places = [i for i, b in enumerate(blocks) if b.kind == "heading" and not b.within]
    divided = [i for i in places if blocks[i].facts.number or blocks[i].facts.division]
    below = [i for i in places if divided and i > divided[-1]]
    if len(divided) < FEWEST or not below:
        return []
    names = _names(blocks, layout)
    first = next((i for i in below if _has_name(blocks[i].text, names)), None)
    if first is None or sum(len(b.rows) for b in blocks[first:] if b.kind != "boilerplate") > most or _is_told(blocks[first + 1 :], layout):
        return []
    listed = listed_in(blocks, layout.language)
    first = _over_list(blocks, below, first)
    sold = [i for i in below if i >= first]
    return [] if any(i in listed for i in sold) else sold


def _is_told(below: Sequence[Block], layout: Layout) -> bool:
    """Whether long paragraphs stand there and hardly anything else, in which nobody names a firm, a price or the title of a book: the
    address of her whom the title page names.
    """
    own = [b for b in below if b.kind not in BETWEEN and b.kind != "boilerplate"]
    long = [b for b in own if b.kind == "paragraph" and len(b.rows) >= LONG]
    offers = words(layout.language).imprint
    sells = any(offers.search(b.text) is not None or _SELLS.search(b.text) for b in own)
    return len(long) >= FEWEST and len(long) >= MOSTLY * len(own) and not sells and not any(b.text[0] in '"“‘«„_' for b in long)


LONG = 4  # lines
MOSTLY = 0.8  # of the blocks
_SELLS = seldom(rf"{_PRICE}|(?<![^\W_])[A-ZÀ-ÖØ-Þ]{{3,}} [A-ZÀ-ÖØ-Þ]{{2,}}")  # at a price, titles in capitals


def _over_list(blocks: Sequence[Block], below: Sequence[int], first: int) -> int:
    """The title without a text of its own that stands over the list of books in which this one is named, or the first title named."""
    over = next((i for i in reversed(below) if i < first and blocks[i].facts.level < blocks[first].facts.level), first)
    text = next((b for b in blocks[over + 1 :] if b.kind not in BETWEEN), None)
    return over if text is not None and text.kind == "heading" else first


def _next(blocks: Sequence[Block], places: Sequence[int], k: int) -> int:
    """Where the next heading stands that is as high."""
    level = blocks[places[k]].facts.level
    return next((i for i in places[k + 1 :] if blocks[i].facts.level <= level), len(blocks))


def _says_again(below: Sequence[Block], names: Collection[str]) -> bool:
    """Whether a heading, or the line that names the author below it, says what the title page does; or titles alone are listed below it, or
    a line of them has its very words.
    """
    if any(b.within[:1] and b.within[0].kind == "list" and len(b.rows) == 1 and is_capitals(b.text) for b in below):
        return True
    if _has_name(below[0].text, names) or (below[1:] and len(below[1].rows) == 1 and _has_name(below[1].text, names)):
        return True
    return any(_said(row.text) in names for block in below[1:] for row in block.rows)


def _has_name(text: str, names: Collection[str]) -> bool:
    said = _said(text)
    return any(name in said for name in names)


def _names(blocks: Sequence[Block], layout: Layout) -> set[str]:
    """The lines of the title page, which say who wrote, edited and sold the book, and of what series it is, each between spaces."""
    byline = words(layout.language).byline
    rows = [row.text for block in blocks if block.kind == "titlepage" for row in block.rows]
    said = (_said(row[m.end :] if (m := byline.match(row)) is not None else row) for row in rows)
    return {name for name in said if len(name.split()) >= SHORTEST_NAME}


def _said(text: str) -> str:
    """The words of a line between spaces, whatever points stand among them and whose it is: THE MILL CO.'S BOOKS."""
    return f" {' '.join(_BETWEEN_WORDS.sub(' ', fold(text)).split())} "


_BETWEEN_WORDS = seldom(r"['’]s(?!\w)|[^\w&'’-]|_")
