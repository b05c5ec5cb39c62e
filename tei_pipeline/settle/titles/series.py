"""Series: headings that a word of the book's own numbers (MOORING I, Mooring II), though no language lists it as a division's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from tei_pipeline.blocks import Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.shape import is_title_case
from tei_pipeline.settle.divisions.below_headings import under_heading
from tei_pipeline.settle.nesting.gaps import APART
from tei_pipeline.settle.nesting.styles import MOTTO, words_below

FEWEST = 3  # headings that run on: two may be chance
_NUMBERED = re.compile(
    r"^[\W_]*([^\W\d_]{3,}|[^\W\d_]{2,}(?=\.))\.?_?\s+(?:([^\W\d_]{1,6}\.?)\s+)??(\d{1,3}|[IVXLCDM]{1,8}|[^\W\d_]{3,})(?=\W|$)"
)
_ORDERED = re.compile(r"^[\W_]*(?:([^\W\d_]{1,4})\s+)?([^\W\d_]{3,}(?:-[^\W\d_]+)?)\s+([^\W\d_]{3,})[\W_]*$")  # THE SECOND NARRATIVE
_OF_BOOK = re.compile(r"^(?P<of>(?:\d )?[^\W\d_][^.:;,!?]{1,30}?) (?P<kind>[^\W\d_]{4,}) (?P<n>\d{1,3})\.?$")  # Esther Chapter 2
_LED = re.compile(r"(\d{1,3})\s+(?=[^\W\d_])")
_TYPES = frozenset(("capitals", "title", "underlined"))


def series(blocks: list[Block], layout: Layout) -> list[Block]:
    """One word and a number that runs on through three or more headings label divisions, whatever the word; so do lines apart that begin
    with the word in capitals, and their titles behind the number: GAZETTEER No. 1. General Introduction. The number may be an ordinal
    before the word, where most stand over other headings: THE SECOND NARRATIVE / CHAPTER I. What is divided may stand before the word, on a
    line alone: Ruth Chapter 2.
    """
    found: dict[str, list[tuple[int, str, int, int]]] = {}
    for i, block in enumerate(blocks):
        if block.rows and not block.within and (numbered := _number(block, layout)) is not None:
            word, n, value, label = numbered
            found.setdefault(word, []).append((i, n, value, label))
    result = blocks
    for word, members in found.items():
        if len(members) < FEWEST or not _runs_on([value for _, _, value, _ in members]):
            continue
        if _head_text(blocks, members):
            continue
        result = list(result)
        for i, n, value, label in members:
            facts = replace(blocks[i].facts, type="series", division="section", n=n, number=value, label=label)
            decision = Decision("series", f"{len(members)} headings are numbered as {word!r}", 0.9)
            result[i] = replace(result[i], kind="heading", facts=facts, decisions=(*result[i].decisions, decision))
        places = [i for i, _, _, label in members if label >= len(blocks[i].text.rstrip(" .:_*"))]
        _with_titles(result, places, layout)
        _with_writers(result, places)
    return result


def _number(block: Block, layout: Layout) -> tuple[str, str, int, int] | None:
    """The word that a heading begins with, the number behind or before it, its value, and where both end."""
    text, language = block.rows[0].text, layout.language
    heads = block.kind == "heading" and block.facts.type in _TYPES
    m = _NUMBERED.match(text)
    if m is not None and (heads or _is_title(block, m, layout)):
        counted = m[2] is None or fold(m[2]) in language.divisions  # "The Gazette, No. 4"
        if counted and (value := language.parse_number(m[3])):
            return fold(m[1]), m[3], value, m.end()
    if (heads or block.kind == "paragraph") and len(block.rows) == 1 and (m := _OF_BOOK.match(text)) is not None:
        if fold(m["kind"]) in language.divisions and is_title_case(m["of"], language.lowercase_in_titles):
            return fold(text[: m.end("kind")]), m["n"], int(m["n"]), m.end("n")
    if heads and (m := _ORDERED.match(text)) is not None and (not m[1] or fold(m[1]) in language.articles):
        if value := language.parse_ordinal(m[2]):
            return fold(m[3]), m[2], value, m.end(3)
    return None


def _head_text(blocks: Sequence[Block], members: Sequence[tuple[int, str, int, int]]) -> bool:
    """Whether the word stands behind ordinals, and most of its lines over text: these are titles of pieces, The First Voyage, unless nearly
    each has another right below.
    """
    below = [blocks[i + 1] for i, *_ in members if i + 1 < len(blocks)]
    if sum(map(_may_be_title, below)) >= MOST * len(members):
        return False
    behind = sum(blocks[i].rows[0].text[:label].rstrip().endswith(n) for i, n, _, label in members) == 0
    return behind and 2 * sum(words_below(blocks, i) > MOTTO for i, *_ in members) > len(members)


def _is_title(block: Block, m: re.Match[str], layout: Layout) -> bool:
    """Whether a paragraph of a line or two, apart, is a word in capitals, a number, and behind its point a title."""
    if block.kind != "paragraph" or len(block.rows) > LONGEST or block.rows[0].gap < APART or not m[1].isupper():
        return False
    rest = block.text[m.end() :]
    title = rest.lstrip(".:—- ")
    return len(title) < len(rest) and title[-1:] not in ".,;:" and is_title_case(title, layout.language.lowercase_in_titles)


LONGEST = 3  # lines of such a title


def _with_titles(blocks: list[Block], places: Sequence[int], layout: Layout) -> None:
    """The lines right below the bare labels of a series, where nearly all have one, are the titles of its pieces, or say who wrote them."""
    below = [i + 1 for i in places if i + 1 < len(blocks) and _may_be_title(blocks[i + 1]) and _stands_apart(blocks, i)]
    if len(below) < MOST * len(places):
        return
    decision = Decision("series", f"one of {len(below)} lines right below the labels of a series", 0.85)
    for i in below:
        kind = "byline" if under_heading(blocks[i], layout, False) == "byline" else "subtitle"
        blocks[i] = replace(blocks[i], kind=kind, facts=Facts(), decisions=(*blocks[i].decisions, decision))


def _stands_apart(blocks: Sequence[Block], at: int) -> bool:
    """Whether more white space than between paragraphs, or a row of signs, stands above a heading."""
    return not at or blocks[at].rows[0].gap > 1 or blocks[at - 1].kind == "ornament"


def _may_be_title(block: Block) -> bool:
    if block.kind not in _LINES or block.within or len(block.rows) > LINES_OF_TITLE or block.rows[0].gap != 1:
        return False
    return block.text[:1].isupper() and not block.rows[-1].ends_sentence and block.text[-1] not in ",;:"


def _with_writers(blocks: list[Block], places: Sequence[int]) -> None:
    """Names in capitals over the text of the pieces of a series are those of who wrote them, where few names come again and again."""
    found: dict[int, str] = {}
    for i in places:
        for at in range(i + 1, min(i + FARTHEST, len(blocks))):
            block = blocks[at]
            if len(block.rows) > LINES_OF_TITLE or block.within or block.facts.number:
                break
            if block.kind == "heading" and block.facts.type == "capitals" and block.text.count(" ") < WORDS_OF_NAME:
                found[at] = block.text
                break
    if len(found) < FEWEST or len(set(found.values())) > MOST_NAMES * len(found):
        return
    decision = Decision("series", f"one of {len(set(found.values()))} names over {len(found)} pieces of a series", 0.85)
    for at in found:
        blocks[at] = replace(blocks[at], kind="byline", facts=Facts(), decisions=(*blocks[at].decisions, decision))


_LINES = frozenset(("paragraph", "heading", "signed", "byline"))
MOST = 0.75  # of the labels have their title below
LINES_OF_TITLE = 2
FARTHEST = 5  # blocks: title, paper and date may stand between a label and a name
WORDS_OF_NAME = 4
MOST_NAMES = 0.5  # as many names as pieces are titles


def led_by_numbers(blocks: list[Block], layout: Layout) -> list[Block]:
    """Titles in capitals that a figure leads without a point (2 THE FERRY) are numbered, when three or more of them run on. Roman numbers
    are read with their titles: no page has such a head.
    """
    found = [
        (i, m[1])
        for i, block in enumerate(blocks)
        if block.kind == "heading" and not block.within and block.facts.type == "capitals" and (m := _LED.match(block.rows[0].text))
    ]
    if len(found) < FEWEST or not _runs_on([int(n) for _, n in found]):
        return blocks
    result = list(blocks)
    for i, n in found:
        facts = replace(blocks[i].facts, type="arabic", n=n, number=int(n), label=len(n))
        result[i] = replace(
            blocks[i], facts=facts, decisions=(*blocks[i].decisions, Decision("series", f"{len(found)} numbers run on", 0.9))
        )
    return result


def _runs_on(values: Sequence[int]) -> bool:
    """Whether nearly every number is the next one, or begins anew."""
    steps = sum(b == a + 1 or b == 1 for a, b in zip(values, values[1:], strict=False))
    return values[0] == 1 and max(values) > 1 and steps >= 0.75 * (len(values) - 1)


def addressed(blocks: list[Block], layout: Layout) -> list[Block]:
    """Numbered titles that name a receiver, next in the count to titles that stand over the dates of letters, are titles of letters too;
    and the names of receivers right below bare numbers go on with them.
    """
    blocks = _named_again(_receivers_below(blocks, layout), layout)
    order = [i for i, b in enumerate(blocks) if b.kind == "heading" and not b.within]
    letters = {i for i in order if blocks[i].facts.division == "letter" and blocks[i].facts.type == "title" and blocks[i].facts.number}
    if len(letters) < FEWEST_LETTERS:
        return _counted_together(blocks)
    result = list(blocks)
    for backwards in (False, True):
        for before, i in zip(order[::-1], order[-2::-1], strict=False) if backwards else zip(order, order[1:], strict=False):
            facts = blocks[i].facts
            if i in letters or before not in letters or facts.type not in ("arabic", "roman"):
                continue
            names = blocks[i].rows[0].text[facts.label :].strip(" .-—–_*").split()
            step = -1 if backwards else 1
            if facts.number == blocks[before].facts.number + step and names and fold(names[0]) in layout.language.addressing:
                decision = Decision("addressed", "numbered among titles of letters, and names a receiver", 0.85)
                facts = replace(facts, type="title", division="letter", level=0)
                result[i] = replace(blocks[i], facts=facts, decisions=(*blocks[i].decisions, decision))
                letters.add(i)
    return _counted_together(result)


def _counted_together(blocks: list[Block]) -> list[Block]:
    """A numbered title of a letter between the numbers before and after its own, which name the writer alone, is one of these."""
    order = [i for i, b in enumerate(blocks) if b.kind == "heading" and not b.within and b.facts.division != "notes"]
    result = list(blocks)
    for before, i, after in zip(order, order[1:], order[2:], strict=False):
        facts, kind = blocks[i].facts, blocks[before].facts.type
        if facts.division != "letter" or facts.type != "title" or not facts.number or kind not in ("arabic", "roman"):
            continue
        if (blocks[before].facts.number, blocks[after].facts.number) == (facts.number - 1, facts.number + 1):
            if blocks[after].facts.type == kind and kind == ("arabic" if facts.n[0].isdigit() else "roman"):
                decision = Decision("addressed", "between the numbers before and after its own", 0.85)
                result[i] = replace(blocks[i], facts=replace(facts, type=kind), decisions=(*blocks[i].decisions, decision))
    return result


def _receivers_below(blocks: list[Block], layout: Layout) -> list[Block]:
    """Bare numbers with the names of receivers in titles of their own right below them: "CCXIX. / TO THE EARL OF MARL."."""
    bare = [
        i
        for i, b in enumerate(blocks[:-1])
        if b.kind == "heading" and not b.within and b.facts.type in ("roman", "arabic") and b.facts.label >= len(b.text.rstrip(" .:_*"))
    ]
    over = [i for i in bare if blocks[i + 1].kind == "heading" and _is_addressed(blocks[i + 1], layout)]
    if len(over) < FEWEST or len(over) < MOST_OF_BARE * len(bare):
        return blocks
    result = list(blocks)
    decision = Decision("addressed", f"{len(over)} bare numbers stand over the names of receivers", 0.85)
    for i in over:
        facts = replace(blocks[i].facts, division="letter")
        result[i] = replace(blocks[i], facts=facts, decisions=(*blocks[i].decisions, decision))
        below = blocks[i + 1]
        result[i + 1] = replace(below, kind="subtitle", facts=Facts(), decisions=(*below.decisions, decision))
    return result


def _named_again(blocks: list[Block], layout: Layout) -> list[Block]:
    """Lines that say once more whom a letter is to, right below its heading, which says so: they stand over the letter as it was sent."""
    result = list(blocks)
    for i, (above, below) in enumerate(pairwise(blocks), 1):
        if above.kind != "heading" or above.facts.division != "letter" or above.facts.type != "labelled" or below.kind != "heading":
            continue
        named = any(fold(word.strip(".-—–_")) in layout.language.receivers for word in above.text[above.facts.label :].split(" "))
        if named and len(below.rows) == 1 and below.rows[0].gap < (above.rows[0].gap or FAR) and _is_addressed(below, layout):
            decision = Decision("addressed", "names the receiver again, below the heading that names him", 0.8)
            result[i] = replace(below, kind="salute", facts=Facts(), decisions=(*below.decisions, decision))
    return result


FAR = 4  # as much white space as above a heading that begins the text
MOST_OF_BARE = 0.6  # of the bare numbers: others head something else


def _is_addressed(block: Block, layout: Layout) -> bool:
    first = block.rows[0].text.strip("_* ").split(" ", 1)[0]
    return not block.facts.number and not block.within and fold(first) in layout.language.addressing


FEWEST_LETTERS = 2  # whose dates show them
