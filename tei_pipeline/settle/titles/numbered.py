"""Numbered titles: short lines with a number and a point, as receipts and paragraphs of old handbooks have them, and titles of some lines
behind the sign of a paragraph or wholly in italics, known by their run.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.rules.headings.head_labels import HeadLabel, bare_label, head_label
from tei_pipeline.rules.headings.titles import MARKS
from tei_pipeline.rules.shape import word_count
from tei_pipeline.settle.nesting.gaps import WIDE, space_class

_Place = tuple[int, HeadLabel]  # of a block, with its number
FEWEST = 4  # titles whose numbers run on: fewer may be the items of a list
LONGEST = 14  # words
LONGEST_LEAD = 40  # words behind a sign of a paragraph or in italics: some say what is proved
MOST_ROWS = 4


def numbered_titles(blocks: list[Block], layout: Layout) -> list[Block]:
    """Short numbered lines, each with more white space above than below and text of its own, whose numbers run on, are titles."""
    order = [i for i, b in enumerate(blocks) if b.kind not in BETWEEN]
    found: list[_Place] = []
    for i, below in pairwise(order):
        label = _label(blocks[i], layout)
        next_of_last = label is not None and len(found) >= FEWEST and 0 < label.number - found[-1][1].number <= 2
        if label is not None and (_has_text(blocks[below], blocks[i]) or (next_of_last and _has_little(blocks[below], blocks[i], layout))):
            found.append((i, label))
    if not found:
        return blocks
    runs = _runs(_with_firsts(blocks, found, order, layout))
    signed = sum(_is_signed(blocks[i]) for i, _ in found)  # these may be counted anew in each chapter
    if max((len(run) for run in runs), default=0) < FEWEST and signed < FEWEST:
        return blocks
    result = list(blocks)
    for run in runs:
        if len(run) < FEWEST and run[0][1].number != 1 and not _is_signed(blocks[run[0][0]]):
            continue
        decision = Decision("numbered-title", f"{len(run)} short lines with text of their own are numbered on", 0.85)
        for i, label in run:
            if blocks[i].kind != "heading":
                kind = "labelled" if label.type else "arabic" if label.n[0].isdigit() else "roman"
                facts = Facts(label.rank, label.type, label.n, label.number, label.length, kind)
                result[i] = replace(blocks[i], kind="heading", facts=facts, decisions=(*blocks[i].decisions, decision))
    return result


def numbered_entries(blocks: list[Block], layout: Layout) -> list[Block]:
    """Numbered lines as near to each other as paragraphs, which stand one after the other and have no text, are the entries of a list: of
    an author's works, below the words that end a book.
    """
    runs: list[list[int]] = [[]]
    for i, block in enumerate(blocks):
        if block.kind in BETWEEN:
            continue
        if not _is_entry(block):
            runs += [[]] if runs[-1] else []
        elif runs[-1] and block.facts.number == blocks[runs[-1][-1]].facts.number + 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    entries = [i for run in runs if len(run) > 1 for i in run]
    if len(entries) < FEWEST:
        return blocks
    decision = Decision("numbered-entry", f"one of {len(entries)} numbered lines that have no text", 0.8)
    result: list[Block] = []
    for i, block in enumerate(blocks):
        result.extend(_entry(block, decision) if i in entries else (block,))
    return result


def _entry(block: Block, decision: Decision) -> list[Block]:
    """A heading as an entry, and what stands far below its line as a title of its own."""
    cut = next((k for k, row in enumerate(block.rows) if k and row.gap > 1), len(block.rows))
    entry = replace(block, kind="paragraph", rows=block.rows[:cut], facts=Facts(), decisions=(*block.decisions, decision))
    if cut == len(block.rows):
        return [entry]
    first = block.rows[cut].line
    title = replace(block, first=first, rows=block.rows[cut:], facts=Facts(type="title"), decisions=(*block.decisions, decision))
    return [replace(entry, end=first), title]


def _is_entry(block: Block) -> bool:
    """Whether a heading with figures and words stands no farther from what is above it than a paragraph."""
    return block.kind == "heading" and not block.within and block.rows[0].gap == 1 and _COUNTED.match(block.rows[0].text) is not None


_COUNTED = re.compile(r"\d{1,3}\. ")


def _with_firsts(blocks: Sequence[Block], found: Sequence[_Place], order: Sequence[int], layout: Layout) -> list[_Place]:
    """The places with the first title before each run that begins with the second: it may stand right below the title of the whole."""
    result: list[_Place] = []
    for (i, label), following in zip(found, [*found[1:], None], strict=True):
        if label.number == 2 and following is not None and following[1].number == 3:
            last = result[-1][0] if result else -1
            within = [k for k in order if last < k < i]
            for above, first, below in zip(within, within[1:], within[2:], strict=False):
                one = _label(blocks[first], layout, 1) if blocks[above].kind == "heading" != blocks[first].kind else None
                if one is not None and one.number == 1 and blocks[below].kind == "paragraph" and len(blocks[below].rows) > 1:
                    result.append((first, one))
        result.append((i, label))
    return result


def lone_numbers(blocks: list[Block], layout: Layout) -> list[Block]:
    """Numbers alone over a motto or a summary that reads like verse, each with prose before the next, are those of chapters when they
    run on, among themselves or with the chapters around them; so is the first one, right below a title and over verses, when the second
    stands apart as those of poems do.
    """
    if layout.drama:
        return blocks
    blocks = _with_first_poems(blocks)
    found = [(i, label) for i, block in enumerate(blocks) if (label := _alone(block)) is not None]
    result = blocks
    for alike in (found, *_parted(found, [blocks[i].text.endswith(".") for i, _ in found]), *_parted(found, _far(blocks, found))):
        for run in _runs(_over_prose(blocks, alike)):
            unsettled = [(i, label) for i, label in run if result[i].facts.type not in ("roman", "arabic")]
            if not unsettled or len(run) < FEWEST:
                continue
            result = list(result)
            decision = Decision("lone-number", f"{len(run)} numbers alone, with prose below each, run on", 0.85)
            for i, label in unsettled:
                result[i] = _headed(blocks[i], label, decision)
    return result


def _headed(block: Block, label: HeadLabel, decision: Decision) -> Block:
    """A number as a heading."""
    kind = "arabic" if label.n[0].isdigit() else "roman"
    facts = Facts(n=label.n, number=label.number, label=label.length, type=kind, level=label.rank)
    return replace(block, kind="heading", facts=facts, decisions=(*block.decisions, decision))


def _with_first_poems(blocks: list[Block]) -> list[Block]:
    """The blocks with the first numbers that stand right below a title, when the second ones, and no stanzas, stand as headings do."""
    order = [i for i, block in enumerate(blocks) if block.kind not in BETWEEN]
    found = [(i, label) for i in order if (label := _alone(blocks[i])) is not None]
    above = dict(pairwise(order[::-1]))
    result = blocks
    for (i, label), (after, second) in pairwise(found):
        below_title = blocks[i].kind == "stanza-number" and i in above and blocks[above[i]].kind == "heading"
        apart = blocks[after].kind == "heading" and space_class(blocks[after].rows[0].gap) == WIDE
        if below_title and label.number == 1 and second.number == 2 and apart and label.n[:1].isdigit() == second.n[:1].isdigit():
            result = list(result) if result is blocks else result
            result[i] = _headed(blocks[i], label, Decision("lone-number", "the first of poems, of which the second stands apart", 0.85))
    return result


def _parted(found: Sequence[_Place], signs: Sequence[bool]) -> list[list[_Place]]:
    """The places with the sign and those without, if there are both: chapters I and II, when the sections in them are I., II. and III."""
    parts = [[one for one, sign in zip(found, signs, strict=True) if sign is wanted] for wanted in (True, False)]
    return parts if all(parts) else []


def _far(blocks: Sequence[Block], found: Sequence[_Place]) -> list[bool]:
    """For each place whether it is as far from what is above as chapters are."""
    return [space_class(blocks[i].rows[0].gap) == WIDE for i, _ in found]


def _over_prose(blocks: list[Block], found: Sequence[_Place]) -> list[_Place]:
    """The numbers that are headings already, or that have a paragraph of their own before the next."""
    return [
        (i, label)
        for (i, label), stop in zip(found, [*(i for i, _ in found), len(blocks)][1:], strict=False)
        if (blocks[i].kind == "heading" and blocks[i].facts.type in ("roman", "arabic"))
        or any(b.kind == "paragraph" and not b.within and len(b.rows) > 1 for b in blocks[i + 1 : stop])
    ]


def _runs(found: Sequence[_Place]) -> list[list[_Place]]:
    """The places parted where a number is not the next one, or is written in other figures."""
    runs: list[list[_Place]] = []
    for i, label in found:
        last = runs[-1][-1][1] if runs else None
        if last is not None and label.number == last.number + 1 and label.n[:1].isdigit() == last.n[:1].isdigit():
            runs[-1].append((i, label))
        else:
            runs.append([(i, label)])
    return runs


def _alone(block: Block) -> HeadLabel | None:
    """The number that is all of a heading's first line, or of a line over verse; None for any other block."""
    if block.within or not block.rows or block.kind not in ("heading", "stanza-number"):
        return None
    if block.kind == "heading" and block.facts.type not in ("roman", "arabic", "title"):
        return None
    text = block.rows[0].text.strip(MARKS)
    label = bare_label(text)
    return label if label is not None and label.length >= len(text.rstrip(".")) else None


def _label(block: Block, layout: Layout, apart: int = 2) -> HeadLabel | None:
    """The number of a short line set ``apart``, figures and a point with words behind them, or of some lines with the sign of a paragraph,
    or with all words in italics, which may look like verse.
    """
    if block.kind not in _KINDS or block.within or not block.rows or len(block.rows) > MOST_ROWS or block.rows[0].gap < apart:
        return None
    text = block.text.strip(MARKS)
    long = _is_signed(block) or _ITALIC.fullmatch(block.text) is not None
    if block.kind == "verse" and not long:
        return None
    counted = text[:1].isdigit() or _ROMAN.match(text) is not None
    if not (_is_signed(block) or (counted and (long or len(block.rows) <= 2))) or text[-1] in ",;:":
        return None
    if word_count(text) > (LONGEST_LEAD if long else LONGEST) or (block.rows[-1].width > 0.9 * layout.measure and not long):
        return None
    label = head_label(text, layout.language) if _is_signed(block) else bare_label(text)
    if (
        label is None
        or "." not in text[label.length - 1 : label.length + 1]
        or not text[label.length :].strip(MARKS + ".-—–")[:1].isupper()
    ):
        return None
    return label


_KINDS = frozenset(("paragraph", "heading", "verse"))
_ROMAN = re.compile(r"[IVX]{1,6}\.\s")
_ITALIC = re.compile(r"\d{1,3}\. _[^_]+_(?:\s?\[\d{1,3}\])?")


def _is_signed(block: Block) -> bool:
    return block.rows[0].text.lstrip(MARKS)[:1] == "§"


def _has_text(below: Block, title: Block) -> bool:
    """Whether a paragraph of more than a line stands nearer to the title than what is above it."""
    return below.kind == "paragraph" and not below.within and len(below.rows) > 1 and 0 < below.rows[0].gap < title.rows[0].gap


def _has_little(below: Block, title: Block, layout: Layout) -> bool:
    """Whether one line stands nearer to the title than what is above it, or the next title as far below: "3. The Soups.", and the first."""
    gap = below.rows[0].gap if below.rows else 0
    if below.kind == "paragraph" and not below.within and 0 < gap < title.rows[0].gap:
        return True
    after = _label(below, layout)
    label = _label(title, layout)
    return after is not None and label is not None and after.number == label.number + 1
