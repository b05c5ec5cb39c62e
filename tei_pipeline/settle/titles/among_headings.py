"""Headings among themselves: numbers that must run on, stanza numbers, subtitles, lines that only looked like headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.language import fold, parse_roman
from tei_pipeline.layout import Layout
from tei_pipeline.rules.headings.head_labels import bare_label, head_label
from tei_pipeline.rules.shape import is_capitals, is_title_case
from tei_pipeline.rules.words import words
from tei_pipeline.settle.nesting.gaps import FIRST_SECTIONS
from tei_pipeline.settle.titles.numbered_pieces import amid_paragraphs, group_stanzas, is_titled, on_leaves, over_pieces, value_of

_TRANSPARENT = frozenset(("furniture",))
_NUMERAL = re.compile(r"^\W{0,2}(?:[0-9]{1,3}|[IVXLC]{1,7}|[ivxlc]{1,7})[^\w<>]{0,2}$")  # 8>) is a face


def headings(blocks: list[Block], layout: Layout) -> list[Block]:
    """Numbers over verse number stanzas; a bare number that no other runs on from or to is no heading."""
    result = list(blocks)
    order = [i for i, b in enumerate(blocks) if b.kind not in _TRANSPARENT]
    after = dict(zip(order, [*order[1:], -1], strict=False))
    numerals: list[int] = []
    noted = False  # under a heading of notes, where [7] numbers a note or its verse
    for i, block in enumerate(blocks):
        noted = block.facts.division == "notes" if block.kind == "heading" and not block.facts.number else noted
        if (
            len(block.rows) == 1
            and not (noted and block.text[0] == "[")
            and block.kind in ("heading", "signed", "paragraph", "verse", "stanza-number")
            and _NUMERAL.match(block.rows[0].text)
            and not block.within
            and block.facts.type != "headword"
        ):
            numerals.append(i)
    values = Counter(value_of(blocks[i]) for i in numerals)
    values.update(b.facts.number for b in blocks if b.kind == "heading" and not b.within and is_titled(b))
    values.update(number for b in blocks if b.kind == "heading" and not b.within for number in _several_numbers(b))
    several = group_stanzas(blocks, numerals)
    leaves = on_leaves(blocks, numerals)
    apart = over_pieces(blocks, numerals, layout) | leaves
    cut = _cut_off(blocks, numerals, after)
    for i, later in zip(numerals, [*numerals[1:], -1], strict=False):
        block = blocks[i]
        nxt = after.get(i, -1)
        value = value_of(block)
        chosen = value == 1 and later >= 0 and values[value_of(blocks[later]) + 1] > 0  # some of many: I, IV, V
        runs = values[value - 1] or values[value + 1] or chosen
        if (several or i in apart) and nxt >= 0 and blocks[nxt].kind == "verse" and runs and block.rows[0].gap:
            evidence = "far apart from what stands above" if i in apart else "numbers over several stanzas each"
            decision = Decision("numbering", evidence, 0.85)
            result[i] = replace(block, kind="heading", facts=_number_facts(block, part=i in leaves), decisions=(*block.decisions, decision))
        elif block.kind == "stanza-number":
            continue
        elif nxt >= 0 and runs and (blocks[nxt].kind == "verse" or _is_lost_verse(blocks[nxt])):
            decision = Decision("stanza-number", "a number over verse", 0.9)
            result[i] = replace(block, kind="stanza-number", decisions=(*block.decisions, decision))
        elif block.kind == "heading" and not runs and _follows_letter(result, i):
            decision = Decision("numbering", f"the letter {block.text} after the one before it", 0.85)
            result[i] = replace(block, facts=Facts(type="title"), decisions=(*block.decisions, decision))
        elif block.kind == "heading" and i in cut:
            decision = Decision("numbering", "at the head of a page, with no white space below: the end of the line before", 0.8)
            result[i] = replace(block, kind="paragraph", facts=Facts(), decisions=(*block.decisions, decision))
        elif block.kind == "heading" and block.facts.type in ("roman", "arabic") and not runs:
            decision = Decision("numbering", f"no other number runs on to or from {block.rows[0].text}", 0.7)
            result[i] = replace(block, kind="paragraph", decisions=(*block.decisions, decision))
        elif block.kind != "heading" and runs and nxt >= 0 and block.kind != "verse":
            decisions = (*block.decisions, Decision("numbering", "runs on", 0.85))
            result[i] = replace(block, kind="heading", facts=_number_facts(block), decisions=decisions)
    for before, i, behind in zip(numerals, numerals[1:], numerals[2:], strict=False):
        if (
            result[i].kind != "stanza-number"
            and result[before].kind == result[behind].kind == "stanza-number"
            and _is_among(blocks, i, before)
        ):
            decision = Decision("stanza-number", "between two numbers of stanzas", 0.85)
            result[i] = replace(result[i], kind="stanza-number", decisions=(*blocks[i].decisions, decision))
    for style in (str.isdigit, str.isalpha):  # sections counted 1, 2 may stand between chapters II and III
        alike = [i for i in numerals if style(blocks[i].text.strip(_AROUND))]
        for before, i, behind in zip(alike, alike[1:], alike[2:], strict=False):
            if result[i].kind == "stanza-number" and result[before].kind == result[behind].kind == "heading":
                follows = value_of(blocks[before]) + 1 == value_of(blocks[i]) or value_of(blocks[i]) == SECOND < value_of(blocks[before])
                if follows and value_of(blocks[i]) == value_of(blocks[behind]) - 1:
                    result[i] = _between_pieces(blocks[i])
    return _figures(result, numerals)


SECOND = 2  # the first section of a chapter may have no number, as its text begins right below the title
_AROUND = "[]().:—–- _*"


def _between_pieces(block: Block) -> Block:
    decision = Decision("numbering", "between two numbers that head pieces", 0.85)
    facts = block.facts if block.kind == "heading" and block.facts.number else _number_facts(block)
    return replace(block, kind="heading", facts=facts, decisions=(*block.decisions, decision))


def first_sections(blocks: list[Block], layout: Layout) -> list[Block]:
    """Titles in italics right below those of chapters, over text, head their first sections where others stand amid the text."""
    order = [i for i, b in enumerate(blocks) if b.kind not in BETWEEN]
    amid = sum(
        _in_italics(blocks[i]) and blocks[i].kind == "heading" and not blocks[i].facts.division and not blocks[i].facts.number
        for above, i, below in zip(order, order[1:], order[2:], strict=False)
        if blocks[i].rows[0].gap > 1 and "heading" not in (blocks[above].kind, blocks[below].kind)
    )
    found = [
        i
        for above, i, below in zip(order, order[1:], order[2:], strict=False)
        if blocks[i].kind == "paragraph" and _in_italics(blocks[i]) and blocks[below].kind == "paragraph"
        if blocks[above].kind == "heading" and not blocks[above].within and not blocks[above].facts.division
        if blocks[i].rows[0].gap == 1 < blocks[above].rows[0].gap and words(layout.language).byline.match(blocks[i].text) is None
        if is_title_case(blocks[i].text, layout.language.lowercase_in_titles)
    ]
    if layout.drama or not FEWEST_FIRST <= len(found) <= amid:
        return blocks
    result = list(blocks)
    decision = Decision(FIRST_SECTIONS, f"right below the title of a chapter, as {amid} titles of the look stand amid the text", 0.8)
    for i in found:
        result[i] = replace(blocks[i], kind="heading", facts=Facts(type="title"), decisions=(*blocks[i].decisions, decision))
    return result


FEWEST_FIRST = 2


def closing_lines(blocks: list[Block], layout: Layout) -> list[Block]:
    """Lines in capitals that come again and again near to the end of the text, nothing but such lines between them and the next title or
    the end of the book, say each time who made it: PREPARED BY THE BOARD.
    """
    order = [i for i, b in enumerate(blocks) if b.kind not in BETWEEN]
    again: dict[str, list[int]] = {}
    for above, i in pairwise(order):
        if _is_near_line(blocks[i], layout) and blocks[above].kind != "heading" and not _is_near_line(blocks[above], layout):
            again.setdefault(fold(blocks[i].rows[0].text), []).append(i)
    result = list(blocks)
    for alike in again.values():
        ends = [_lines_to_title(blocks, i, layout) for i in alike]
        headed = any(blocks[i].kind == "heading" for i in alike)
        if len(alike) < FEWEST_CLOSING or not (headed and all(ends)) or layout.drama:
            continue
        decision = Decision("closing-lines", f"the same words at the ends of {len(alike)} pieces", 0.85)
        for i in (i for lines in ends for i in lines):
            result[i] = replace(blocks[i], kind="paragraph", facts=Facts(), decisions=(*blocks[i].decisions, decision))
    return result


FEWEST_CLOSING = 3
MOST_CLOSING = 4  # lines


def _lines_to_title(blocks: Sequence[Block], at: int, layout: Layout) -> list[int]:
    """The line in capitals at a place with those below it, down to a title that stands farther apart or the end; none over text."""
    found = [at]
    for i in range(at + 1, len(blocks)):
        if blocks[i].kind in BETWEEN:
            continue
        if blocks[i].kind == "boilerplate" or (blocks[i].kind == "heading" and blocks[i].rows[0].gap > 1):
            break
        if not _is_near_line(blocks[i], layout) or len(found) == MOST_CLOSING:
            return []
        found.append(i)
    return found


def _is_near_line(block: Block, layout: Layout) -> bool:
    """Whether a block is a line or few in capitals, no farther from what is above it than a paragraph, and no numbered heading."""
    plain = block.kind in _CLOSING and not (block.within or block.facts.number or block.facts.division)
    near = plain and len(block.rows) <= MOST_CLOSING and block.rows[0].gap <= 1
    return near and words(layout.language).issue.sub("", block.text).isupper()


_CLOSING = frozenset(("heading", "paragraph", "verse"))


def _in_italics(block: Block) -> bool:
    """Whether a block is one line, all of it in italics."""
    text = block.text
    return len(block.rows) == 1 and not block.within and text[0] == text[-1] == "_" and text.count("_") == 2


def _cut_off(blocks: list[Block], numerals: list[int], after: dict[int, int]) -> set[int]:
    """Bare numbers at the head of a page right above prose, in a book that has white space below its numbers: the last word of a
    reference, "Alcuin, II. iii. / 8.".
    """
    below = {i: blocks[after[i]] for i in numerals if after.get(i, -1) >= 0}
    set_off = {i for i, block in below.items() if block.rows and block.rows[0].gap}
    tight = {
        i
        for i, block in below.items()
        if blocks[i].kind == "heading" and blocks[i].rows[0].page and block.kind == "paragraph" and i not in set_off
    }
    return tight if len(set_off) > len(tight) else set()


def _several_numbers(block: Block) -> range:
    """The numbers that a heading of several has: III-VI; VII, VIII."""
    found = _EVERY_NUMBER.findall(block.facts.n) if block.facts.type == "roman" else []
    return range(parse_roman(found[0]) or 0, (parse_roman(found[-1]) or 0) + 1) if len(found) > 1 else range(0)


_EVERY_NUMBER = re.compile("[IVXLC]+")


def _follows_letter(blocks: list[Block], at: int) -> bool:
    """Whether a letter alone, as far from what is above it, is the next one after the last that heads a piece: C, the third version."""
    before = next((b for b in reversed(blocks[:at]) if b.kind == "heading" and not b.within and not b.facts.number), None)
    if before is None or len(blocks[at].text) != 1 or len(before.text) != 1:
        return False
    return ord(blocks[at].text) == ord(before.text) + 1 and blocks[at].rows[0].gap == before.rows[0].gap


def _is_among(blocks: list[Block], at: int, before: int) -> bool:
    """Whether a number goes on with the one before it, or stands no farther from the verses above: C may be the letter of a version."""
    return value_of(blocks[at]) == value_of(blocks[before]) + 1 or blocks[at].rows[0].gap <= blocks[before].rows[0].gap


def _is_lost_verse(block: Block) -> bool:
    """Whether a row of points stands right below, for a verse that nobody remembers."""
    return block.kind == "ornament" and not block.rows[0].gap and not block.text.strip(". ·")


def _figures(blocks: list[Block], numerals: list[int]) -> list[Block]:
    """A bare I that a bare 2 follows, time and again, is the figure 1, which old types and converters have no other sign for."""
    bare = [i for i in numerals if blocks[i].kind == "heading"]
    ones = [i for i, k in zip(bare, bare[1:], strict=False) if blocks[i].facts.n == "I" and blocks[k].facts.n == "2"]
    if len(ones) < FEWEST_ONES:
        return blocks
    result = list(blocks)
    for i in ones:
        decision = Decision("numbering", "I over 2 is the figure 1", 0.85)
        result[i] = replace(blocks[i], facts=replace(blocks[i].facts, type="arabic"), decisions=(*blocks[i].decisions, decision))
    return result


FEWEST_ONES = 2


def numbered_sentences(blocks: list[Block], layout: Layout) -> list[Block]:
    """Where sections begin with number and sentence ("Section 1. All powers ..."), one that fills a single line, or is cut off
    by notes, is no heading either; nor is one that asks, or has no point, between paragraphs with the numbers before and after it.
    """
    blocks = _marked_numbers(_among_numbered(blocks, layout))
    single: dict[tuple[str, str], list[int]] = {}
    for i, block in enumerate(blocks):
        if block.kind == "heading" and block.facts.type == "labelled":
            said = len(block.rows) == 1 and block.facts.label + 2 < len(block.text) and block.text[-1] in _GOES_ON
            said = said or (len(block.rows) > 1 and block.rows[0].width > FULL * layout.measure)  # notes cut the paragraph off
            if said and not (is_capitals(block.text) or is_title_case(block.text, layout.language.lowercase_in_titles)):
                single.setdefault((block.facts.division, _word(block.text)), []).append(i)
    if not single:
        return blocks
    longer: Counter[tuple[str, str]] = Counter()
    for block in blocks:
        if block.kind == "paragraph" and len(block.rows) > 1 and not block.within:
            label = head_label(block.rows[0].text, layout.language)
            if label is not None and label.type and block.rows[0].text[label.length : label.length + 2] == ". ":
                longer[label.type, _word(block.rows[0].text)] += 1
    result = list(blocks)
    for kind, found in single.items():
        if longer[kind] >= max(2, len(found)):
            decision = Decision("numbered-sentence", f"{longer[kind]} of its kind are paragraphs", 0.85)
            for i in (k for first in found for k in _with_rest(blocks, first)):
                result[i] = replace(blocks[i], kind="paragraph", facts=Facts(), decisions=(*blocks[i].decisions, decision))
    return result


def _with_rest(blocks: Sequence[Block], at: int) -> Iterator[int]:
    """A heading, and what goes on with it behind the end of a page."""
    yield at
    following = (i for i in range(at + 1, len(blocks)) if blocks[i].kind not in BETWEEN)
    yield from takewhile(lambda i: blocks[i].kind == "heading" and blocks[i].joins, following)


def _among_numbered(blocks: list[Block], layout: Layout) -> list[Block]:
    """The blocks with the headings that stand among numbered paragraphs as such."""
    found = amid_paragraphs(blocks, layout)
    decision = Decision("numbered-sentence", "the numbers before and after it begin paragraphs", 0.85)
    as_text = (
        replace(b, kind="paragraph", facts=Facts(), decisions=(*b.decisions, decision)) if i in found else b for i, b in enumerate(blocks)
    )
    return list(as_text) if found else blocks


def _marked_numbers(blocks: list[Block]) -> list[Block]:
    """Where numbers in italics or bold begin the paragraphs of a grammar, one over examples is no heading, though no stop ends it."""
    numbered = [i for i, b in enumerate(blocks) if b.kind in ("heading", "paragraph") and not b.within and _MARKED.match(b.text)]
    heads = [i for i in numbered if blocks[i].kind == "heading" and not is_capitals(_MARKED.sub("", blocks[i].text))]
    if not heads or len(numbered) - len(heads) < max(FEWEST_MARKED, len(heads)):
        return blocks
    result = list(blocks)
    for i in heads:
        decision = Decision("numbered-sentence", f"{len(numbered) - len(heads)} numbers marked so begin paragraphs", 0.85)
        result[i] = replace(blocks[i], kind="paragraph", facts=Facts(), decisions=(*blocks[i].decisions, decision))
    return result


_MARKED = re.compile(r"([_=+])\d{1,4}\.?\1\.? ")
FEWEST_MARKED = 4
FULL = 0.85  # of the measure
_GOES_ON = frozenset(".:;,-–—")  # what ends a sentence, or announces the rest of it


def _word(text: str) -> str:
    """The printed word of a label: sections that are called "Sec." and "Section" are two kinds."""
    return fold(text.split(maxsplit=1)[0]).strip("_.")


def _number_facts(block: Block, *, part: bool = False) -> Facts:
    label = bare_label(block.rows[0].text.strip("_"))
    if label is None:
        return block.facts
    style = "labelled" if part else "roman" if label.n[0].isalpha() else "arabic"
    return Facts(n=label.n, number=label.number, label=label.length, type=style, division="part" if part else "")
