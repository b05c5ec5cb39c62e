"""Articles of an encyclopaedia: paragraphs that begin with their headwords in capitals, far apart and in the order of the alphabet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block, Facts, is_set_in
from tei_pipeline.decisions import Decision
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.shape import OPENING_MARKS
from tei_pipeline.settle.nesting.styles import BACK, FRONT

ARTICLE = "entry"
FEWEST = 4
MOSTLY = 0.8  # of the paragraphs so far apart begin with a headword
RISING = 0.9  # of them come after the one before in the alphabet
FAR = 2  # empty lines above an article, at least: more than between paragraphs
OF_ARTICLES = frozenset(("notes", "bibliography"))  # what closes an article as well as a book
_WORD = re.compile(r"[^\W\d_]")
_CLOSED = re.compile(r"[,.;:]$")


def articles(blocks: list[Block], layout: Layout) -> list[Block]:
    """Paragraphs far apart that begin with their headwords in capitals, and rise with the alphabet, are articles, each a division; what is
    set in at the end of one, without a quotation mark, is small print.
    """
    if layout.drama or layout.style != "blank":
        return blocks
    first = next((i for i, block in enumerate(blocks) if block.rows), 0)
    worded = [(i, word) for i, block in enumerate(blocks) if (i == first or _is_far(block)) and (word := _headword(block))]
    if len(worded) < FEWEST:
        return blocks
    starts = [i for i, _ in worded]
    nearest = min(blocks[i].rows[0].gap for i in starts[1:])
    apart = sum(_is_apart(blocks, i, nearest) for i in range(starts[0], len(blocks)))
    rising = sum(a <= b for (_, a), (_, b) in pairwise(worded))
    if len({word for _, word in worded}) < FEWEST or rising < RISING * (len(worded) - 1) or len(starts) < MOSTLY * apart:
        return blocks
    decision = Decision("articles", f"one of {len(starts)} headwords that rise with the alphabet, each with its text behind it", 0.85)
    result = list(blocks)
    for i, _ in worded:
        result[i] = replace(blocks[i], facts=Facts(division=ARTICLE), decisions=(*blocks[i].decisions, decision))
    return _unquoted(result, starts)


def _is_far(block: Block) -> bool:
    return bool(block.rows) and block.rows[0].gap >= FAR


def _headword(block: Block) -> str:
    """The folded headword of a paragraph that may begin an article: "ANNA, HOLM, a roper"; "ANNE (1665-1714), his wife"."""
    if block.kind != "paragraph" or block.within or block.joins or block.facts.division or not block.rows:
        return ""
    tokens = block.text.lstrip("_*\"'“‘").split()
    count = next(
        (k for k, token in enumerate(tokens) if not (token.isupper() and _WORD.search(token) and token[0] not in "([")), len(tokens)
    )
    if not count or count == len(tokens) or len(_WORD.findall(tokens[0])) < 2:
        return ""
    closed = next((k + 1 for k in range(count) if _CLOSED.search(tokens[k])), 0)
    if not closed and tokens[count][0] not in "([":
        return ""  # THE cart stood …
    return "".join(c for c in fold(" ".join(tokens[: closed or count])) if c.isalpha() or c == " ")


def _is_apart(blocks: Sequence[Block], at: int, gap: int) -> bool:
    """Whether a paragraph stands as far from the text above as articles do, and below no title."""
    block = blocks[at]
    if block.kind != "paragraph" or block.within or not block.rows or block.rows[0].gap < gap:
        return False
    above = next((b for b in reversed(blocks[:at]) if b.kind not in BETWEEN), None)
    return above is None or above.kind != "heading"


def _unquoted(blocks: list[Block], starts: Sequence[int]) -> list[Block]:
    """What is set in below the last sentence of an article, over the next one, is its literature and no quotation."""
    result = list(blocks)
    for end in (*starts[1:], len(blocks)):
        at = end - 1
        while at > starts[0] and _is_small_print(blocks[at]):
            at -= 1
        if at + 1 == end or not blocks[at].rows or not blocks[at].rows[-1].ends_sentence:
            continue
        for i in range(at + 1, end):
            decision = Decision("articles", "set in at the end of an article, with no mark of a quotation", 0.8)
            result[i] = replace(blocks[i], within=(), decisions=(*blocks[i].decisions, decision))
    return result


def _is_small_print(block: Block) -> bool:
    return block.kind == "paragraph" and is_set_in(block) and block.text[0] not in OPENING_MARKS


def article_levels(blocks: list[Block], layout: Layout) -> list[Block]:
    """Articles stand below the heading right over the first of them, and what has a heading in an article stands in it."""
    starts = [i for i, b in enumerate(blocks) if b.kind == "paragraph" and b.facts.division == ARTICLE]
    if not starts:
        return blocks
    begun = frozenset(starts)
    result = list(blocks)
    level = 0
    over = 0
    for i, block in enumerate(blocks):
        if i in begun:
            level = over + 1
            result[i] = replace(block, facts=replace(block.facts, level=level))
        elif block.kind == "heading" and not block.within:
            if i < starts[0] or _heads_articles(blocks, i) or (i > starts[-1] and _closes_book(block)):
                over = 0 if block.facts.division in FRONT else max(1, block.facts.level)
                level = 0
            elif level:
                result[i] = replace(block, facts=replace(block.facts, level=level + max(1, block.facts.level)))
    return result


def _heads_articles(blocks: Sequence[Block], at: int) -> bool:
    """Whether the next block is an article: a letter of the alphabet, or the title of the part."""
    below = next((b for b in blocks[at + 1 :] if b.kind not in BETWEEN), None)
    return below is not None and below.kind == "paragraph" and below.facts.division == ARTICLE


def _closes_book(block: Block) -> bool:
    return block.facts.division in (FRONT | BACK) - OF_ARTICLES
