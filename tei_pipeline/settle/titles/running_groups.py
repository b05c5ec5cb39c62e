"""Groups that running heads name: the title of a group, over many pages, is parted from that of its first piece."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import BY_SETTING, Block, Facts
from tei_pipeline.layout import Layout
from tei_pipeline.measuring.pages.titles import bare_words
from tei_pipeline.rows import Row
from tei_pipeline.rules.headings.head_labels import HeadLabel, bare_label, head_label
from tei_pipeline.rules.shape import is_capitals
from tei_pipeline.settle.titles.together import cut_at, is_worded

LEAST_CUT_SHORT = 4  # words of a running head that says only how a long title begins


def under_running_heads(blocks: list[Block], layout: Layout) -> list[Block]:
    """A title that heads pages on which other titles stand, of the kind of the line below it, is that of a group, and the line below it
    is the title of the first piece: a piece that is alone has its own title at the tops of its pages.
    """
    heads = {words for b in blocks if b.kind == "furniture" and b.facts.type == "header" and (words := bare_words(b.text))}
    if not heads:
        return blocks
    titles = [i for i, b in enumerate(blocks) if b.kind == "heading" and not b.within]
    named = {i: dict(_beginnings(blocks[i], heads, layout)) for i in titles}
    known = {words for found in named.values() for words in found.values()}
    cuts = {i: cut for i in titles if (cut := _below_its_group(blocks[i], named[i]))}
    pieces = {i: piece for i, cut in cuts.items() if (piece := _other_piece(blocks, i, cut, named[i][cut], known, layout))}
    if pieces:  # the other groups of the book may have a page or two
        alike = {blocks[i].facts.type for i in pieces}
        more = {i: _other_piece(blocks, i, cut, "", known, layout) for i, cut in cuts.items() if blocks[i].facts.type in alike}
        pieces |= {i: piece for i, piece in more.items() if piece is not None}
    result: list[Block] = []
    for i, block in enumerate(blocks):
        if i not in pieces:
            result.append(block)
            continue
        piece, cut = pieces[i], cuts[i]
        rows = (*block.rows[:cut], block.rows[cut]._replace(gap=piece.rows[0].gap), *block.rows[cut + 1 :])
        group, first = cut_at(
            replace(block, rows=rows), (cut,), "the running heads have only the lines above it, over pages with more titles"
        )
        label = _label(first.rows[0], layout)
        if label is not None:
            first = replace(first, facts=Facts(label.rank, label.type, label.n, label.number, label.length, piece.facts.type))
        result += [group, first]
    return result


def _below_its_group(block: Block, named: Mapping[int, str]) -> int:
    """The last row of a heading that may be the title of a piece: a blank line stands above it, and a running head has what is over it."""
    below = (k for k in sorted(named, reverse=True) if k < len(block.rows) and block.rows[k].gap)
    return next((k for k in below if is_worded(block.rows[k].text) or bare_label(block.rows[k].text)), 0)


def _beginnings(block: Block, heads: set[str], layout: Layout) -> Iterator[tuple[int, str]]:
    """How many rows of a heading, with the label above them or without, are the words of a running head: each number with the words."""
    for k in range(1, len(block.rows) + 1):
        for start in (0, 1) if k > 1 and _is_label(block.rows[0], layout) else (0,):
            words = bare_words(" ".join(row.text for row in block.rows[start:k]))
            shortened = next((h for h in heads if h.count(" ") >= LEAST_CUT_SHORT - 1 and words.startswith(f"{h} ")), "")
            if words in heads or shortened:
                yield k, words if words in heads else shortened


def _is_label(row: Row, layout: Layout) -> bool:
    label = head_label(row.text, layout.language) or bare_label(row.text)
    return label is not None and label.length >= len(row.text.rstrip(" ."))


def _label(row: Row, layout: Layout) -> HeadLabel | None:
    return head_label(row.text, layout.language) or bare_label(row.text)


def _other_piece(blocks: Sequence[Block], at: int, cut: int, words: str, known: set[str], layout: Layout) -> Block | None:
    """The next title of the kind of the row ``cut`` of a heading, on pages that ``words`` head before another title heads any; without
    ``words``, before another title of those that head pages.
    """
    rows = blocks[at].rows
    label = _label(rows[cut], layout)
    if label is None and _is_label(rows[cut - 1], layout) and cut == 1:
        return None  # CHAPTER I, and its title
    found: Block | None = None
    for block in blocks[at + 1 :]:
        if block.kind == "furniture" and block.facts.type == "header":
            head = bare_words(block.text)
            if head == words and found is not None:
                return found
            if words and head != words and head in known:
                return None
        elif block.kind == "heading" and not block.within:
            if not words and bare_words(block.rows[0].text) in known:
                break
            if found is None and _is_alike(rows[cut], label, block, layout):
                found = block
    return None if words else found


def _is_alike(row: Row, label: HeadLabel | None, block: Block, layout: Layout) -> bool:
    """Whether a heading has the next number after that of a row, or, as this, none, and is set in capitals or not as the row is."""
    other = _label(block.rows[0], layout)
    if label is not None:
        return other is not None and (other.type, other.number) == (label.type, label.number + 1)
    return other is None and block.facts.type in BY_SETTING and is_capitals(block.rows[0].text) == is_capitals(row.text)
