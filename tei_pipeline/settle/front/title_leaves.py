"""A title page of several leaves: the title stands on the first, and again below other leaves, with who wrote the book and printed it."""

from __future__ import annotations

from collections.abc import Sequence

from tei_pipeline.blocks import Block
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.settle.front.title_blocks import AMONG, NAMED_FRONT, is_sentence, names_author, tells_imprint
from tei_pipeline.settle.front.title_headings import counts_copy, is_masthead, names_helper, recurs, tells_years
from tei_pipeline.settle.nesting.gaps import APART


def titled_again(blocks: list[Block], start: int, layout: Layout, most: int) -> int | None:
    """Where the leaves of a title page end: at the first heading that names or counts a division, when the title stands on two of them,
    somebody wrote the book, somebody printed it below the second, and nothing between runs on as text, unless the whole page is printed
    twice.
    """
    title = next((i for i in range(start, min(len(blocks), start + most)) if blocks[i].kind not in AMONG), len(blocks))
    end = next((i for i in range(title + 1, min(len(blocks), start + most)) if _divides(blocks, i, layout)), len(blocks))
    if end == len(blocks):
        return None
    stop = next((i for i in range(title + 1, end) if blocks[i].kind not in AMONG and blocks[i].rows[0].gap > APART), end)
    titles = [b for b in blocks[title:stop] if b.kind == "heading" and not b.facts.division]
    said = [tokens for b in titles if len(tokens := _tokens(b)) > (b is not blocks[title])]
    below = [i for i in range(stop, end) if blocks[i].kind in _TITLES and blocks[i].rows[0].gap > APART]
    leaves = [i for i in below if any(_says(blocks[i], tokens) for tokens in said)]
    if not leaves or not any(names_author(b, layout) for b in blocks[title:end]):
        return None
    printed = [i for i in range(leaves[0], end) if tells_imprint(blocks[i], layout)]
    if not printed or (_runs_on(blocks[title:end]) and not _is_repeated(blocks[title : leaves[-1]], blocks[leaves[-1] : end])):
        return None
    over = next((i for i in range(end - 1, printed[-1], -1) if blocks[i].kind not in AMONG), end)
    alone = blocks[end].facts.division not in NAMED_FRONT and over in leaves
    return over if alone else end


def _divides(blocks: list[Block], at: int, layout: Layout) -> bool:
    """Whether a block is a heading that names or counts a division, or a list of contents."""
    block = blocks[at]
    if block.within:
        return block.within[0].kind == "contents"
    if block.kind != "heading":
        return False
    facts = block.facts
    if facts.type in ("roman", "arabic"):
        return facts.number == 1
    if facts.division in ("", "volume", "book", "part"):
        return recurs(blocks, at)
    if names_helper(blocks, at, layout) or tells_years(blocks, at) or counts_copy(blocks, at):
        return False
    return not is_masthead(blocks, at, layout)


def _tokens(block: Block) -> list[str]:
    """The words of a title, without its marks."""
    return [bare for token in fold(block.text).split() if (bare := "".join(c for c in token if c.isalnum()))]


def _says(block: Block, title: Sequence[str]) -> bool:
    """Whether a block says the title, and hardly more than what stands beside one."""
    own, size = _tokens(block), len(title)
    return size > 0 and len(own) <= size + MOST_BESIDE and any(own[i : i + size] == list(title) for i in range(len(own) - size + 1))


_TITLES = frozenset(("heading", "paragraph", "subtitle"))
MOST_BESIDE = 40  # words: what kind of book it is, who wrote it, what else he wrote


def _runs_on(blocks: Sequence[Block]) -> bool:
    """Whether text stands there that no leaf before a book has: sentences at the margin, or many verses."""
    if sum(len(b.rows) for b in blocks if b.kind == "verse") > MOST_VERSES:
        return True
    return any(b.kind == "paragraph" and not b.within and len(b.rows) > 2 and is_sentence(b) for b in blocks)


MOST_VERSES = 32


def _is_repeated(above: Sequence[Block], below: Sequence[Block]) -> bool:
    """Whether so many lines of a leaf stand again on another that the whole page is printed twice."""
    first = {fold(row.text).strip() for b in above for row in b.rows}
    return len(first & {fold(row.text).strip() for b in below for row in b.rows}) >= TWICE


TWICE = 4  # lines
