"""Titles below labels: sentences that most numbers of a book have right below them, and that are no text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import Block
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.rules.headings.titles_below import STATED
from tei_pipeline.rules.shape import VERSE_NUMBER, is_capitals, is_summary, word_count
from tei_pipeline.settle.nesting.gaps import look, space_class
from tei_pipeline.settle.nesting.styles import has_title
from tei_pipeline.settle.titles.numbered_pieces import is_titled


def titles_below(blocks: list[Block], layout: Layout) -> list[Block]:
    """One short sentence under each label that stands alone, or each numbered title, belongs to it, when most of the book have one."""
    order = [i for i, b in enumerate(blocks) if b.kind != "furniture"]
    after = dict(zip(order, [*order[1:], -1], strict=False))
    bare = [
        i
        for i in order
        if blocks[i].kind == "heading"
        and blocks[i].facts.type in ("labelled", "series", "roman", "arabic")
        and not (layout.drama and blocks[i].facts.division in ("act", "scene"))  # what stands there is the place
        and _stands_alone(blocks[i], blocks[i].text)
    ]
    numbered = [i for i in order if blocks[i].kind == "heading" and len(blocks[i].rows) == 1 and is_titled(blocks[i])]
    below: dict[int, Decision] = {}
    done_before: defaultdict[str, list[int]] = defaultdict(list)
    for i in order:
        if _has_title_below(blocks[i]):
            done_before[str(blocks[i].facts.division)].append(i)
    bare = [i for i in bare if blocks[i].facts.division not in _OTHERWISE]
    kinds: dict[tuple[object, ...], list[int]] = {}  # books may have titles, and their chapters none; chapters, and their sections none
    widest = max((space_class(blocks[i].rows[0].gap) for i in bare if not blocks[i].facts.division), default=0)
    for i in bare:
        facts = blocks[i].facts
        space = widest if blocks[i].first == 0 else space_class(blocks[i].rows[0].gap)  # nothing stands above what begins the text
        kinds.setdefault((facts.type, facts.division, 0 if facts.division else space), []).append(i)
    groups = [(alike, done_before[str(kind[1])] if kind[1] else [], "labels") for kind, alike in kinds.items()]
    for heads, before, what in (*groups, (numbered, [], "numbered titles")):
        done = len(before)
        titled = [
            i
            for i in heads
            if after[i] >= 0
            and (_has_text(blocks, after[after[i]]) or (done and _is_italic(blocks[after[i]])))
            and (_is_short_title(blocks[after[i]], blocks[i], layout) or (done > 1 and _is_long_title(blocks[after[i]])))
            and not (_is_cited(blocks[i]) and blocks[after[i]].text.endswith("."))
        ]
        if any(blocks[after[i]].kind == "heading" for i in titled) and _stand_elsewhere(blocks, [after[i] for i in titled], heads, layout):
            continue
        lines = [i for i in titled if len(blocks[after[i]].rows) == 1]
        if len(lines) + done >= MOSTLY * (len(titled) + done):  # a sentence that runs on in a second line is the first of the text
            titled = [i for i in titled if i in lines or not blocks[after[i]].rows[-1].ends_sentence or _is_italic(blocks[after[i]])]
        titled = _with_sentences(blocks, heads, titled, after, before, layout)
        nearer = [i for i in heads if i not in titled and after[i] >= 0 and _is_nearer(blocks, after[i], after[after[i]])]
        if done or titled or _near_lines(blocks, nearer, after, heads):
            titled += [i for i in nearer if _is_sentence(blocks[after[i]])]
        if len(titled) + done >= MOSTLY * (len(heads) + done):
            titled += [i for i in nearer if i not in titled]
        if titled and len(titled) + done >= 2 and len(titled) + done >= 0.6 * (len(heads) + done):
            decision = Decision("title-below", f"{len(titled) + done} of {len(heads) + done} {what} have one short sentence below", 0.85)
            below.update(dict.fromkeys((i for i in titled if after[i] == i + 1), decision))  # a page between is left where it is
    for i in _as_others(blocks, bare, after):
        decision = Decision(
            "title-below", "a line near to its number and far from the text, where the other numbers have their titles", 0.85
        )
        below.setdefault(i, decision)
    if not below:
        return blocks
    for i in _below_named(blocks) & set(after.values()):
        below.setdefault(i - 1, Decision("title-below", "right below the name of a division, where the chapters have their titles", 0.85))
    taken = {after[i] for i in below}
    result: list[Block] = []
    for i, block in enumerate(blocks):
        if i in taken:
            continue
        if i in below:
            title = blocks[after[i]]
            block = replace(block, rows=(*block.rows, *title.rows), end=title.end, decisions=(*block.decisions, below[i]))
        result.append(block)
    return result


def _as_others(blocks: list[Block], bare: Sequence[int], after: Mapping[int, int]) -> list[int]:
    """The numbers alone over a line as near to them, and as far from the text, as the titles below most other numbers of their kind."""
    found: list[int] = []
    for kind in ("roman", "arabic"):
        alone = [i for i in bare if blocks[i].facts.type == kind]
        others = [b for b in blocks if b.kind == "heading" and b.facts.type == kind and len(b.rows) == 2 and b.rows[1].gap == 1]
        titled = sum(_stands_alone(b, b.rows[0].text) for b in others)
        if titled >= MANY - 1 and titled > len(alone):
            found += [
                i
                for i in alone
                if after[i] == i + 1
                and len(blocks[i + 1].rows) == 1
                and word_count(blocks[i + 1].text) <= LONGEST
                and _is_nearer(blocks, i + 1, after[i + 1])
            ]
    return found


_OTHERWISE = frozenset(("letter", STATED))  # there stands who wrote it, or what is stated
MOSTLY = 0.6  # of the titles below labels have one line


def _with_sentences(
    blocks: Sequence[Block], heads: Sequence[int], titled: list[int], after: Mapping[int, int], before: Sequence[int], layout: Layout
) -> list[int]:
    """The labels with a title below, and those over a sentence as wide as the text, if hardly one is then left without, and the shorter
    titles end with a point too: "Where it is told what befell the ferryman when he came back to the town with the letter."
    """
    count = len(heads) + len(before)
    if count < MANY or len(titled) == len(heads) or len(titled) + len(before) < SHORT * count:
        return titled
    wide = [
        i
        for i in heads
        if after[i] >= 0 and _has_text(blocks, after[after[i]]) and _is_short_title(blocks[after[i]], blocks[i], layout, WIDEST)
    ]
    stopped = [blocks[i].rows[-1].ends_sentence for i in (*before, *(after[i] for i in titled))]
    return wide if len(wide) + len(before) >= NEARLY_ALL * count and sum(stopped) >= MOSTLY * len(stopped) else titled


MANY = 4
NEARLY_ALL = 0.9
SHORT = 0.3  # of the labels, at least, with a title that is surely shorter than the lines of the text
WIDEST = 30  # words


def _is_nearer(blocks: list[Block], at: int, below: int) -> bool:
    """Whether a few lines stand right below a label, and farther from the text than its paragraphs from each other."""
    block = blocks[at]
    if block.kind != "paragraph" or block.within or len(block.rows) > LINES_OF_TITLE or is_summary(block.text) or below < 0:
        return False
    text = blocks[below]
    quoted = block.text[0] in "\"“„«»'‘—-_" or "--" in block.text or "—" in block.text  # set in italics, or of phrases: an argument
    near = block.rows[0].gap == 1 < text.rows[0].gap if text.rows else False
    return near and not quoted and text.kind == "paragraph" and not text.within and block.rows[-1].ends_sentence


def _near_lines(blocks: Sequence[Block], nearer: Sequence[int], after: Mapping[int, int], heads: Sequence[int]) -> bool:
    """Whether nearly all of several numbers stand right over one line, and that far over the text: no text begins so again and again."""
    lines = [i for i in nearer if len(blocks[after[i]].rows) == 1 and word_count(blocks[after[i]].text) <= LONGEST]
    return len(lines) >= FEWEST_LINES and len(lines) >= NEARLY_ALL * len(heads)


FEWEST_LINES = 3
LINES_OF_TITLE = 4
LONGEST = 20  # words


def _is_italic(block: Block) -> bool:
    """Whether a block is in italics from its first word to its last, as no text is."""
    return _ITALIC.fullmatch(block.text) is not None


def _is_long_title(block: Block) -> bool:
    """Whether a few lines below a label are wholly in italics, at the margin as the text is: what a chapter tells, in old histories."""
    return block.kind == "paragraph" and not block.within and len(block.rows) <= LINES_OF_TITLE and _is_italic(block)


_ITALIC = re.compile(r"_[^_]+_(?:\[\d{1,3}\])?\.?")


def _is_sentence(block: Block) -> bool:
    """Whether a block is one sentence."""
    return re.search(r"[^\W\d_]{3}[.!?]\s+\S", block.text) is None


def _has_title_below(block: Block) -> bool:
    """Whether a heading is the label of a division and, apart from it, a title in ordinary case."""
    first = block.rows[0].text if block.rows else ""
    return (
        block.kind == "heading"
        and block.facts.type == "labelled"
        and len(block.rows) > 1
        and block.rows[1].gap == 1
        and _stands_alone(block, first)
        and not is_capitals(block.rows[1].text)
    )


def _is_cited(heading: Block) -> bool:
    """Whether brackets behind its label say how it is cited: then a sentence below answers it."""
    return heading.text[-1] in "])"


def _stands_alone(heading: Block, text: str) -> bool:
    """Whether nothing stands behind a label but in brackets how it is cited: "SECOND ARTICLE [I, Q. 3, Art. 2]"."""
    rest = text[heading.facts.label :].strip(" .:_*")
    return not rest or (rest[0] + rest[-1] in ("[]", "()") and any(map(str.isdigit, rest)))


def _has_text(blocks: Sequence[Block], at: int) -> bool:
    """Whether text follows, so that a line is not all that the chapter has; over the verses of a scripture it says what they tell."""
    return at >= 0 and blocks[at].kind != "heading" and VERSE_NUMBER.match(blocks[at].text) is None


def _stand_elsewhere(blocks: list[Block], titles: list[int], heads: list[int], layout: Layout) -> bool:
    """Whether headings that look like those under numbers stand over text without a number too: then they head pieces of a group."""
    looks = {look(blocks[i], layout) for i in titles}
    inside = {*titles, *heads, *_below_named(blocks)}
    other = sum(b.kind == "heading" and not b.within and look(b, layout) in looks for i, b in enumerate(blocks) if i not in inside)
    return 4 * other > len(titles)


def _below_named(blocks: Sequence[Block]) -> set[int]:
    """The titles in italics that stand right below those of a prologue, a preface or another division that a word names."""
    return {
        i
        for i in range(1, len(blocks))
        if blocks[i].kind == "heading" and _is_italic(blocks[i]) and blocks[i - 1].kind == "heading" and blocks[i - 1].facts.type == "named"
    }


def _is_short_title(block: Block, above: Block, layout: Layout, widest: int = 0) -> bool:
    """Whether a block below a label may be its title: one sentence, the last line of which ends before the margin, or of so many words."""
    text = block.text.strip("_* ")
    if block.kind == "heading":
        counted = above.facts.type in ("roman", "arabic", "labelled")
        farther = block.rows[0].gap >= above.rows[0].gap and above.first > 0  # nothing stands above what begins the text
        if not counted or block.facts.type != "title" or block.facts.division or farther:
            return False
    if block.kind == "paragraph" and above.facts.type in ("roman", "arabic") and not has_title(above):
        return False  # the first sentence of a section
    if (
        block.kind not in ("paragraph", "subtitle", "heading")
        or block.within
        or len(block.rows) > 3
        or word_count(text) > (widest or LONGEST)
        or not text[:1].isupper()
        or is_summary(text)
    ):
        return False
    if block.rows[-1].text.endswith((",", ";", ":")) or re.search(r"[.!?]\s+\S", text) or block.rows[0].text[0] in "\"“„«»'‘—-":
        return False
    return widest > 0 or block.rows[-1].width < 0.85 * layout.measure
