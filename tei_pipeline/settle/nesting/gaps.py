"""Gaps: the white space above headings, in classes, with the accidents of typists and converters evened out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter

from tei_pipeline.blocks import BETWEEN, Block
from tei_pipeline.layout import Layout
from tei_pipeline.rules.shape import is_capitals

MANY = 8  # headings of one look: among fewer an unusual gap may be meant
WIDE, SOME, SMALL = 2, 1, 0  # classes of the white space before a heading: of a chapter, a section, a paragraph
RECURRING = "recurring-title"  # the decision that lines of one look are titles


def even_gaps(blocks: Sequence[Block], places: Sequence[int], layout: Layout) -> dict[int, int]:
    """The white space that each heading was meant to have: what most headings of its look have, when the difference is an accident.

    Typists and converters leave three lines here and four there before titles of one kind. Two gaps are two kinds when one is
    twice the other, and the smaller does not stand alone.
    """
    raw = {i: max(_above(blocks, i), OF_LEAF if _begins_leaf(blocks, i, layout) else 0) for i in places}
    if layout.pages > 3:  # white space is an accident of the page
        return _ruled_off(blocks, _without_tops(blocks, raw, layout))
    looks: dict[tuple[object, ...], list[int]] = {}
    for i in places:
        looks.setdefault(look(blocks[i], layout), []).append(i)
    for alike in looks.values():
        raw.update(_below_set_in(blocks, alike) | _over_counted(blocks, alike, raw) | _as_first(blocks, alike, raw))
    below = _right_below(blocks, places)
    if layout.spacing > 1:  # of pages, too, in a converter's rendering of them
        for alike in looks.values():
            raw.update(_as_amid(blocks, alike, raw, below))
        return _ruled_off(blocks, raw)
    even: dict[int, int] = {}
    opening = next((i for i in places if not blocks[i].facts.division), -1)
    of_numbers = max(Counter(raw[i] for i in places if blocks[i].facts.number).items(), key=itemgetter(1), default=(0, 0))[0]
    for alike in looks.values():
        if len(alike) < MANY:
            even.update((i, raw[i]) for i in alike)
            even.update(_one_line_more(blocks, alike, raw))
            if opening in alike and len(alike) > 1 + (not _begins_text(blocks, opening)) and _ends_matter(blocks, opening):
                others = [
                    i for i in alike if i != opening and blocks[i].facts.type != "named" and _has_text(blocks, i)
                ]  # as little as below
                even[opening] = min(even[opening], max((even[i] for i in others), default=even[opening]))
            even.update(_as_amid(blocks, alike, even, below))
            continue
        counts = Counter(raw[i] for i in alike if i > 3)  # nothing much stands above the first title
        untold = {raw[i] for i in alike if blocks[i].facts.type != "named"}  # the space above CONTENTS tells nothing of the chapters
        usual: list[int] = []
        for gap, times in sorted(counts.items(), key=lambda item: (-item[1], -item[0])):
            if all(max(gap, other) >= 2 * min(gap, other) for other in usual) and (
                times > 1 or (gap > max(usual, default=0) and gap in untold)
            ):
                usual.append(gap)
        over = {u for u in usual if sum(raw[i] == u for i in alike) > 1 and not any(_has_text(blocks, i) for i in alike if raw[i] == u)}
        for i in alike:
            gap = raw[i]
            if blocks[i].facts.type == "named" and gap == of_numbers > max(usual, default=gap):
                even[i] = gap  # APPENDIX, as far from the last section as chapters are
                continue
            if gap not in usual and (less := max((u for u in usual if u < gap), default=0)) and _first_within(blocks, i, gap):
                even[i] = less
                continue
            even[i] = (
                usual[0]
                if usual and i <= 3 and gap < max(usual)
                else min(
                    (
                        u for u in usual if u not in over or not _has_text(blocks, i)
                    ),  # what only titles of groups have, a title over text has not
                    key=lambda u: (max(gap, u) / max(1, min(gap, u)), -u),
                    default=gap,
                )
            )
        if opening in alike and _has_text(blocks, opening) and _ends_matter(blocks, opening):
            over_text = [even[i] for i in alike if i != opening and _has_text(blocks, i)]
            even[opening] = min(even[opening], _of_most(over_text, even[opening]))
        even.update(_as_amid(blocks, alike, even, below))
    return _ruled_off(blocks, even | _between_rules(blocks, even))


def _of_most(gaps: Sequence[int], otherwise: int) -> int:
    """The white space that most have, else the widest: the title of a department may stand over its motto, which is text too."""
    usual, times = Counter(gaps).most_common(1)[0] if gaps else (otherwise, 0)
    return usual if 2 * times > len(gaps) else max(gaps, default=otherwise)


def _between_rules(blocks: Sequence[Block], gaps: Mapping[int, int]) -> dict[int, int]:
    """Titles of which each has a row of ornaments above and another below, over the first title within: those of parts or departments."""
    found = [i for i in gaps if below_ornament(blocks, i) and blocks[i + 1 : i + 2] and blocks[i + 1].kind == "ornament"]
    parts = [i for i in found if not _has_text(blocks, i)]
    return dict.fromkeys(parts, OF_LEAF) if len(parts) >= FEWEST and len(parts) == len(found) else {}


def _below_set_in(blocks: Sequence[Block], alike: Sequence[int]) -> dict[int, int]:
    """Titles below what is set in, the only ones of their look so near to the text above: its indent parts them from it well enough."""
    amid = [i for i in alike if i and blocks[i - 1].kind not in ("heading", "titlepage")]  # others do not tell what they were meant to have
    least = min((blocks[i].rows[0].gap for i in amid), default=0)
    near = [i for i in amid if blocks[i].rows[0].gap == least]
    more = min((blocks[i].rows[0].gap for i in amid if i not in near), default=0)
    if len(near) < APART or not more or not all(_below_quotation(blocks, i) for i in near):
        return {}
    return dict.fromkeys(near, more)


def _as_first(blocks: Sequence[Block], alike: Sequence[int], gaps: Mapping[int, int]) -> dict[int, int]:
    """Titles of the look of those that head the first sections of chapters, right below their headings: they stand in chapters all."""
    first = [gaps[i] for i in alike if any(decision.rule == FIRST_SECTIONS for decision in blocks[i].decisions)]
    return dict.fromkeys(alike, min(first)) if first else {}


def _over_counted(blocks: Sequence[Block], alike: Sequence[int], gaps: Mapping[int, int]) -> dict[int, int]:
    """Titles each over one paragraph whose number is the next, as recipes are counted, stand beside one another, whatever pages left
    above some of them.
    """
    numbers = {i: int(m[1]) for i in alike if _has_text(blocks, i) and (m := _COUNTED.match(blocks[i + 1].text)) is not None}
    chain: list[int] = []
    found: dict[int, int] = {}
    for i, after in pairwise([*numbers, -1]):
        chain.append(i)
        if after >= 0 and numbers[after] == numbers[i] + 1:
            continue
        if len(chain) >= MANY:
            usual = Counter(gaps[k] for k in chain[1:]).most_common(1)[0][0]  # the first may open its chapter
            among = [k for k in alike if chain[0] < k < chain[-1]]  # one without a number: the dish is made as the last one
            found.update((k, usual) for k in {*chain, *among} if gaps[k] <= usual + 1)
        chain = []
    return found


_COUNTED = re.compile(r"(\d{1,4})\.\s")


def _below_quotation(blocks: Sequence[Block], at: int) -> bool:
    """Whether what is set in stands above a heading, and is not all that its division has above it: a remark before the letter."""
    k = at
    while k and blocks[k - 1].within and blocks[k - 1].within[0].kind in ("quotation", "note"):
        k -= 1
    return k < at and blocks[at - 1].within[0].kind == "quotation" and not (k and blocks[k - 1].kind == "heading")


def _above(blocks: Sequence[Block], at: int) -> int:
    """The white space above a heading, or above the picture or remark in brackets between it and the text, if that is more."""
    gap = blocks[at].rows[0].gap
    while at and (blocks[at - 1].kind == "illustration" or _remarks(blocks[at - 1])) and blocks[at - 1].rows and not blocks[at - 1].within:
        at -= 1
        gap = max(gap, blocks[at].rows[0].gap)
    return gap


def _begins_leaf(blocks: Sequence[Block], at: int, layout: Layout) -> bool:
    """Whether a rule as wide as the page stands right above a heading that names a division: so transcribers part leaf from leaf."""
    if not blocks[at].facts.division or blocks[at].facts.number or not at or blocks[at - 1].kind != "ornament":
        return False
    text = blocks[at - 1].text
    return len(text) >= FULL * layout.measure and set(text) <= _DRAWN


OF_LEAF = 4  # empty lines: as many as above chapters
FULL = 0.9  # of the measure
_DRAWN = frozenset("-_—–=")


def _remarks(block: Block) -> bool:
    """Whether a line or two in brackets say something of the piece below: "(_Begun in No. 37._)"."""
    text = block.text.strip("_")
    return block.kind in ("paragraph", "editorial") and len(block.rows) <= MOST_OF_REMARK and text[:1] + text[-1:] in ("()", "[]")


MOST_OF_REMARK = 2  # lines


def _right_below(blocks: Sequence[Block], places: Sequence[int]) -> frozenset[int]:
    """Titles without numbers right below the number of a chapter, recurring ones below any other, and those below the title of a department
    that stands farther from the text: the space there is that of the heading above, and may be more than theirs.
    """
    return frozenset(
        i
        for above, i in pairwise(places)
        if not blocks[i].facts.number
        and (
            blocks[above].facts.number
            or _recurs(blocks[i]) > _recurs(blocks[above])
            or blocks[above].rows[0].gap >= blocks[i].rows[0].gap + APART
        )
        and all(b.kind in BETWEEN for b in blocks[above + 1 : i])
    )


def _recurs(block: Block) -> bool:
    return any(decision.rule == RECURRING for decision in block.decisions)


def _first_within(blocks: Sequence[Block], at: int, gap: int) -> bool:
    """Whether a heading stands right below another one, at half the white space that is above that: the first of what that holds."""
    above = next((b for b in reversed(blocks[:at]) if b.kind not in BETWEEN), None)
    return above is not None and above.kind == "heading" and not above.within and above.rows[0].gap >= 2 * gap


def _one_line_more(blocks: Sequence[Block], alike: Sequence[int], gaps: Mapping[int, int]) -> dict[int, int]:
    """The first title of a look, over text, with a line more above it than all the others have, which are alike: what stands before it,
    an introduction, ended so.
    """
    first, *others = [i for i in alike if blocks[i].facts.type != "named"] or [-1]
    usual = {gaps[i] for i in others}
    if len(others) < ALIKE or len(usual) > 1 or not _has_text(blocks, first) or blocks[first].facts.number:
        return {}
    less = usual.pop()
    return {first: less} if APART <= less == gaps[first] - 1 and all(_has_text(blocks, i) for i in others) else {}


def _as_amid(blocks: Sequence[Block], alike: Sequence[int], gaps: Mapping[int, int], below: frozenset[int]) -> dict[int, int]:
    """Titles right below the number of a chapter or part, with text, as far apart as those of their look that stand amid the text, which
    nearly all are.
    """
    amid = Counter(gaps[i] for i in alike if i not in below and not blocks[i].facts.division and _has_text(blocks, i))
    usual, times = next(iter(amid.most_common(1)), (0, 0))
    if amid.total() < ALIKE or (len(amid) > 1 and times < NEARLY * amid.total()):
        return {}
    return {i: usual for i in alike if i in below and gaps[i] > usual and blocks[i + 1].kind != "heading"}


def _has_text(blocks: Sequence[Block], at: int) -> bool:
    """Whether text stands under a heading; a rule may part a department of a magazine from its first piece."""
    below = next((b for b in blocks[at + 1 : at + 3] if b.kind != "ornament"), None)
    return below is not None and below.kind != "heading"


def _without_tops(blocks: Sequence[Block], gaps: Mapping[int, int], layout: Layout) -> dict[int, int]:
    """The white space above each heading, where pages begin no less than most headings of its look have elsewhere, or at the tops of pages
    if they stand nowhere else: a page's top swallows it.
    """
    elsewhere: dict[tuple[object, ...], list[int]] = {}
    tops: dict[tuple[object, ...], list[int]] = {}
    for i in gaps:
        (tops if blocks[i].rows[0].page else elsewhere).setdefault(look(blocks[i], layout), []).append(i)
    meant = dict(gaps)
    for kind, places in tops.items():
        others = [i for i in elsewhere.get(kind, []) if i]  # nothing stands above what begins the text
        untold = [i for i in others if blocks[i].facts.type != "named"]  # the space above a preface tells nothing of the chapters
        usual = [Counter(gaps[i] for i in alike).most_common(1)[0][0] for alike in (untold or others or places, others or places)]
        meant.update((i, max(gaps[i], usual[blocks[i].facts.type == "named"])) for i in places)
    return meant | _over_labelled(blocks, meant, layout)


def _over_labelled(blocks: Sequence[Block], gaps: Mapping[int, int], layout: Layout) -> dict[int, int]:
    """Titles of one look, each right over a division of the same kind: they head its groups, and the one that stands below white space
    tells what all were meant to have.
    """
    alike: dict[tuple[object, ...], list[int]] = {}
    for i, below in pairwise(gaps):
        facts = blocks[below].facts
        if not blocks[i].facts.division and facts.type == "labelled" and all(b.kind in BETWEEN for b in blocks[i + 1 : below]):
            alike.setdefault((facts.division, *look(blocks[i], layout)), []).append(i)
    return {i: max(gaps[k] for k in group) for group in alike.values() for i in group}


FIRST_SECTIONS = "first-sections"
FINER = 0.2  # of a class of white space: less than a class, more than the steps of a contents page
ALIKE = 3  # headings of one look
NEARLY = 0.8  # of them
WIDE_LEAF = 6  # empty lines above chapters, where sections have four
UNIFORM = 0.9  # of them have the same white space above: then a line more or less is meant


def finer(blocks: Sequence[Block], places: Sequence[int], gaps: Mapping[int, int], layout: Layout) -> frozenset[int]:
    """Titles without numbers that stand nearer to the text above than other headings do in the same class of white space: two empty
    lines where the others have three, or four where numbers have six, each of them nearly always.
    """
    if layout.pages > 3:
        return frozenset()
    looks: dict[tuple[object, ...], list[int]] = {}
    for i in places:
        if not blocks[i].facts.division or blocks[i].facts.type == "labelled":
            looks.setdefault(look(blocks[i], layout), []).append(i)
    usual: dict[tuple[object, ...], int] = {}
    below = _right_below(blocks, places) | {*places[:1]}  # what is above the first heading tells nothing of it
    for name, same in looks.items():
        alike = [i for i in same if i not in below] or same
        gap, times = Counter(gaps[i] for i in alike).most_common(1)[0]
        if len(alike) >= ALIKE and times >= UNIFORM * len(alike) and space_class(gap) != SMALL:
            usual[name] = gap
    widest = max((gap for gap in usual.values() if space_class(gap) == SOME), default=0)
    of_numbers = max((gap for name, gap in usual.items() if name[0]), default=0)
    near = [name for name, gap in usual.items() if not name[0] and (gap < widest or WIDE_LEAF <= gap + APART <= of_numbers)]
    return frozenset(i for name in near for i in looks[name] if gaps[i] == usual[name])


def omitted(blocks: Sequence[Block], places: Sequence[int], listed: Collection[int], layout: Layout) -> frozenset[int]:
    """Titles that the contents page omits, nearer to the text above than all of their look that it has: the moral of a poem, who speaks
    in another.
    """
    if layout.pages > 3:
        return frozenset()
    looks: dict[tuple[object, ...], list[int]] = {}
    for i in places:
        if not (blocks[i].facts.division or blocks[i].facts.number):
            looks.setdefault(look(blocks[i], layout), []).append(i)
    found: list[int] = []
    for alike in looks.values():
        known = [i for i in alike if i in listed]
        if len(known) >= max(MANY, MOST * len(alike)):
            least = min(blocks[i].rows[0].gap for i in known)
            found += [i for i in alike if i not in listed and APART <= blocks[i].rows[0].gap < least]
    return frozenset(found)


MOST = 0.7  # of the titles of one look are in the contents
FEWEST = 3  # headings below a row of ornaments, and as many without: then the row is meant


def _ruled_off(blocks: Sequence[Block], gaps: dict[int, int]) -> dict[int, int]:
    """Where headings have no more white space than paragraphs, a row of ornaments above some of them counts as more."""
    close = [i for i, gap in gaps.items() if gap < APART and not _first_of_department(blocks, i)]
    ruled = [i for i in close if below_ornament(blocks, i)]
    if len(ruled) < FEWEST or len(close) - len(ruled) < FEWEST:
        return gaps
    if any(blocks[i].facts.number for i in set(close).difference(ruled)):
        return gaps  # chapters stand without it: it parts what is in them
    return gaps | dict.fromkeys(ruled, APART)


APART = 2  # empty lines: more than paragraphs have


def amid_ruled(blocks: Sequence[Block], gaps: Mapping[int, int]) -> frozenset[int]:
    """Titles without a row of ornaments above, right below text, where such rows part the many pieces of a magazine: they stand in those
    pieces, though more white space is above them than between a row and a title.
    """
    ruled = sum(gap < APART and below_ornament(blocks, i) for i, gap in gaps.items())
    amid = frozenset(i for i, gap in gaps.items() if APART <= gap < OF_LEAF and _is_amid_text(blocks, i))
    return amid if ruled >= OF_MAGAZINE and 2 * len(amid) <= ruled else frozenset()


OF_MAGAZINE = 5  # pieces below rows of ornaments


def _is_amid_text(blocks: Sequence[Block], at: int) -> bool:
    above = next((b for b in reversed(blocks[:at]) if b.kind != "furniture"), None)
    plain = not (blocks[at].facts.division or blocks[at].facts.number)
    return plain and above is not None and above.kind in ("paragraph", "verse", "list") and space_class(above.rows[0].gap) == SMALL


def _first_of_department(blocks: Sequence[Block], at: int) -> bool:
    """Whether a heading stands right below that of a department, which the rule is above."""
    return at > 1 and blocks[at - 1].kind == "heading" and blocks[at - 1].rows[0].gap >= APART and below_ornament(blocks, at - 1)


def below_ornament(blocks: Sequence[Block], at: int) -> bool:
    """Whether a row of ornaments stands right above a heading."""
    above = next((b for b in reversed(blocks[max(0, at - 3) : at]) if b.kind != "furniture"), None)
    return above is not None and above.kind == "ornament"


def _ends_matter(blocks: Sequence[Block], at: int) -> bool:
    """Whether what stands above a heading is the title page, or the contents page above a title of a piece: the white space between
    says more of that than of the heading.
    """
    above = next((b for b in reversed(blocks[:at]) if b.kind not in BETWEEN), None)
    if above is None:
        return False
    over = _has_text(blocks, at) or (at + 1 < len(blocks) and blocks[at + 1].facts.type in ("roman", "arabic"))
    listed = bool(above.within) and above.within[0].kind in ("contents", "figures") and over
    return listed or above.kind == "titlepage" or _begins_text(blocks, at)


def _begins_text(blocks: Sequence[Block], at: int) -> bool:
    """Whether nothing but the words of a library stands above a heading, and text below it."""
    text = at + 1 < len(blocks) and blocks[at + 1].kind != "heading"
    return text and bool(at) and all(b.kind == "boilerplate" or b.kind in BETWEEN for b in blocks[:at])


def look(block: Block, layout: Layout) -> tuple[object, ...]:
    """What makes headings look alike, white space aside: numbering, capitals, set in or not, italics or bold type. Of a title in the
    middle the longest line may begin at the margin.
    """
    facts = block.facts
    numbering = f"labelled:{facts.division}" if facts.type == "labelled" else facts.type if facts.number else ""
    set_in = any(row.indent > layout.margin + 3 for row in block.rows)
    return numbering, is_capitals(block.text), set_in, block.text[0] if block.text[0] in "_=*~+" else ""


def space_class(gap: int) -> int:
    """The class of so many empty lines."""
    return WIDE if gap >= 4 else SOME if gap >= 2 else SMALL
