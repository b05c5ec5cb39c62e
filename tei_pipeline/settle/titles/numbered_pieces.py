"""Numbered pieces: which bare numbers over verse count poems or chapters, and no stanzas."""

from __future__ import annotations

from bisect import bisect_left

from tei_pipeline.blocks import Block
from tei_pipeline.language import parse_roman
from tei_pipeline.layout import Layout
from tei_pipeline.rules.headings.head_labels import bare_label
from tei_pipeline.rules.shape import is_capitals, is_in_middle, is_title_case, word_count


def over_pieces(blocks: list[Block], numerals: list[int], layout: Layout) -> frozenset[int]:
    """The numbers that head pieces of their own, for whatever reason."""
    titled = _numbered_pieces(blocks, numerals) | _among_titled(blocks, numerals) | _across_headings(blocks, numerals)
    return titled | _in_middle(blocks, numerals, layout) | _over_mottoes(blocks, numerals) | _over_sonnets(blocks, numerals)


def amid_paragraphs(blocks: list[Block], layout: Layout) -> set[int]:
    """Bare numbers with words behind them, no farther apart than paragraphs and no title, where the numbers before and after begin
    paragraphs of running text.
    """
    asked = [i for i, b in enumerate(blocks) if b.kind == "heading" and not b.within and _may_be_text(b, layout)]
    if not asked:
        return set()
    opened: dict[bool, list[tuple[int, int]]] = {True: [], False: []}  # place and number of those that begin so, the Roman ones apart
    for i, block in enumerate(blocks):
        if (n := _opening(block)) is not None:
            opened[n[1]].append((i, n[0]))
    found: set[int] = set()
    for i in asked:
        number, like = blocks[i].facts.number, opened[blocks[i].facts.type == "roman"]
        at = bisect_left(like, (i, 0))
        beside = (like[at - 1 : at], [one for one in like[at : at + 2] if one[0] > i][:1])
        if all(
            near and near[0][1] == wanted and blocks[near[0][0]].kind == "paragraph"
            for near, wanted in zip(beside, (number - 1, number + 1), strict=True)
        ):
            found.add(i)
    return found


def _may_be_text(block: Block, layout: Layout) -> bool:
    said = block.text[block.facts.label :].strip(" .")
    if block.facts.type not in ("roman", "arabic") or block.facts.division or block.rows[0].gap > 1 or not said or is_capitals(said):
        return False
    return not is_title_case(said, layout.language.lowercase_in_titles)


def _opening(block: Block) -> tuple[int, bool] | None:
    """The number that a paragraph or a heading begins with, and whether it is a Roman one."""
    if block.within or not block.rows or block.kind not in ("paragraph", "heading"):
        return None
    label = bare_label(block.rows[0].text)
    if label is None or label.length >= len(block.text) or block.rows[0].text[label.length - 1] != ".":
        return None
    return label.number, label.n[0].isalpha()


SONNET = 13  # lines: a stanza so long is a poem of its own


def group_stanzas(blocks: list[Block], numerals: list[int]) -> bool:
    """Whether the numbers over verse head groups of stanzas, or sonnets, more often than single ones. What begins a page may go on with
    the stanza above it.
    """
    counts: list[int] = []
    for i, end in zip(numerals, [*numerals[1:], len(blocks)], strict=False):
        stanzas = verses = 0
        for above, block in zip(blocks[i:end], blocks[i + 1 : end], strict=False):
            if block.kind == "heading":
                break
            if block.kind == "verse":
                verses = len(block.rows) + (verses if above.kind == "furniture" else 0)
                stanzas += (above.kind != "furniture" or not stanzas) + (verses >= SONNET > verses - len(block.rows))
        if stanzas:
            counts.append(stanzas)
    return len(counts) >= 3 and sum(count > 1 for count in counts) > 0.6 * len(counts)


def _verses(block: Block) -> int:
    """Lines that do not begin in lower case, as the rest of a long one does."""
    return sum(not row.starts_lower for row in block.rows)


def _over_sonnets(blocks: list[Block], numerals: list[int]) -> frozenset[int]:
    """The numbers under one heading that nearly all count sonnets, in a book whose other poems have numbered stanzas."""
    runs: list[list[int]] = []
    sonnets: list[int] = []
    for i, end in zip(numerals, [*numerals[1:], len(blocks)], strict=False):
        if not runs or value_of(blocks[i]) <= value_of(blocks[runs[-1][-1]]):
            runs.append([])
            sonnets.append(0)
        runs[-1].append(i)
        verses = [b for b in blocks[i + 1 : min(end, i + 3)] if b.kind == "verse"]
        sonnets[-1] += len(verses) == 1 and SONNET <= _verses(verses[0]) <= LONGEST_SONNET
    return frozenset(i for run, count in zip(runs, sonnets, strict=True) if count >= max(FEWEST_SONNETS, NEARLY * len(run)) for i in run)


FEWEST_SONNETS = 4
LONGEST_SONNET = 17  # lines, with a coda


PIECES = 3  # paragraph gaps: more than parts the stanzas of one poem


def _numbered_pieces(blocks: list[Block], numerals: list[int]) -> frozenset[int]:
    """The numbers with much white space above and less below, when others of the count have titles: they number poems, and no stanzas."""
    over = [i for i in numerals if i + 1 < len(blocks) and blocks[i + 1].kind == "verse"]
    far = [i for i in over if blocks[i].rows[0].gap >= PIECES > blocks[i + 1].rows[0].gap]
    if len(far) < 2 or len(far) < NEARLY * len(over):
        return frozenset()
    values = {value_of(blocks[i]) for i in far}
    titled = {b.facts.number for b in blocks if b.kind == "heading" and not b.within and is_titled(b)}
    between = {value for value in titled if {value - 1, value + 1} & values}
    count = values | titled
    return frozenset(far) if between and len(count) >= NEARLY * (max(count) - min(count) + 1) else frozenset()


def on_leaves(blocks: list[Block], numerals: list[int]) -> frozenset[int]:
    """The numbers of one count that stand alone, with as much white space below as above, more than between stanzas: a leaf of a volume
    of verse has the number of a part and nothing else.
    """
    below = {i: blocks[i + 1].rows for i in numerals if i + 1 < len(blocks)}
    found = [i for i, rows in below.items() if rows and PIECES <= blocks[i].rows[0].gap <= rows[0].gap]
    counted = [value_of(blocks[i]) for i in found]
    return frozenset(found) if len(found) > 1 and counted == list(range(1, len(found) + 1)) else frozenset()


def _over_mottoes(blocks: list[Block], numerals: list[int]) -> frozenset[int]:
    """The numbers that stand far apart over verses with prose below, in most of the book: they number chapters, each with its motto."""
    if sum(blocks[i + 1].kind == "verse" for i in numerals if i + 1 < len(blocks)) < FEWEST_MOTTOES:
        return frozenset()
    found: list[int] = []
    for i, end in zip(numerals, [*numerals[1:], len(blocks)], strict=True):
        below = [b for b in blocks[i + 1 : end] if b.kind in ("verse", "paragraph")]
        prose = sum(word_count(b.text) for b in below if b.kind == "paragraph" and not b.within)
        apart = blocks[i].rows[0].gap > 1 or blocks[i - 1].kind == "heading"
        if apart and prose > LEAST_PROSE * sum(word_count(b.text) for b in below if b.kind == "verse"):
            found.append(i)
    return frozenset(found) if len(found) >= NEARLY * len(numerals) else frozenset()


FEWEST_MOTTOES = 2
LEAST_PROSE = 3  # words to one of verse


def _in_middle(blocks: list[Block], numerals: list[int], layout: Layout) -> frozenset[int]:
    """The numbers that nearly all stand in the middle of pages whose verses begin at one margin, with more white space below than above: as
    titles do on these pages; the number of a stanza is nearest to its own verse.
    """
    below = {i: blocks[i + 1].rows for i in numerals if i + 1 < len(blocks)}
    found = [i for i, rows in below.items() if rows and rows[0].gap > 1 and is_in_middle(blocks[i].rows[0], layout)]
    return frozenset(found) if len(found) >= NEARLY * len(numerals) else frozenset()


def _across_headings(blocks: list[Block], numerals: list[int]) -> frozenset[int]:
    """The numbers nearer to what is below, when they go on below headings that group them: stanzas are counted anew in each poem."""
    below = {i: blocks[i + 1].rows for i in numerals if i + 1 < len(blocks)}  # none where a page ends there and shows no number
    apart = [i for i, rows in below.items() if rows and blocks[i].rows[0].gap >= 2 and blocks[i].rows[0].gap > rows[0].gap]
    if len(apart) < FEWEST_PIECES or len(apart) < NEARLY * len(numerals):
        return frozenset()
    groups = sum(
        1 < value_of(blocks[i]) < value_of(blocks[k]) <= value_of(blocks[i]) + 2
        and any(b.kind == "heading" and n not in apart for n, b in enumerate(blocks[i + 1 : k], i + 1))
        for i, k in zip(apart, apart[1:], strict=False)
    )
    return frozenset(apart) if groups else frozenset()


FEWEST_PIECES = 6


def _among_titled(blocks: list[Block], numerals: list[int]) -> frozenset[int]:
    """The numbers over verse next to which in the count a number with a title stands, with no more white space above than they have."""
    titled = [i for i, b in enumerate(blocks) if b.kind == "heading" and not b.within and is_titled(b)]
    if not titled:
        return frozenset()
    least = min(blocks[i].rows[0].gap for i in titled)
    order = sorted({*titled, *numerals})
    found: set[int] = set()
    for k, i in enumerate(order):
        block = blocks[i]
        if i in titled or block.rows[0].gap < max(least, LEAST_APART) or i + 1 >= len(blocks) or blocks[i + 1].kind != "verse":
            continue
        beside = [(n, step) for step in (-1, 1) if 0 <= k + step < len(order) and (n := order[k + step]) in titled]
        roman = not block.text.strip(" .")[:1].isdigit()
        if any(blocks[n].facts.number == value_of(block) + step and (blocks[n].facts.type == "roman") == roman for n, step in beside):
            found.add(i)
    return frozenset(found)


LEAST_APART = 3  # empty lines above a number that stands for a title: stanzas are nearer to each other


def is_titled(block: Block) -> bool:
    """Whether a number and a title are one heading."""
    return block.facts.type in ("roman", "arabic") and len(block.text) > block.facts.label + 2


NEARLY = 0.8  # of the numbers over verse, and of those between the lowest and the highest


def value_of(block: Block) -> int:
    """The number that a line is, in figures or a numeral; 0 for other words."""
    text = block.rows[0].text.strip("._-–— ()[]*")
    return int(text) if text.isdigit() else parse_roman(text) or 0
