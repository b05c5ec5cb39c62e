"""Who signs: names that sign elsewhere in the book, and what stands with a name that signs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, BY_SETTING, Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.rules.letters.closings import compliment_end
from tei_pipeline.rules.letters.dated import MARKS, is_day
from tei_pipeline.rules.letters.signers import INITIAL, INITIALS, MOST_OF_A_NAME
from tei_pipeline.rules.shape import is_capitals, is_title_case, word_count
from tei_pipeline.settle.divisions.readers import first_receiver, readers_letters

FEWEST = 2  # times that a name signs
COMPLIMENT = "compliment"  # the type of what only leads to the name
LONGEST = 6  # words of a line that runs on to the name, or of the office below it


def signatories(blocks: list[Block], layout: Layout) -> list[Block]:
    """A name that signs several pieces signs wherever it stands alone below a text, in italics also farther from it; a short line that
    runs on to a name that signs, and the office below a name ended with a comma, belong to the signature. In a magazine all of whose papers
    are signed, so does any name in capitals at their ends, with the place below it; letters between rows of stars have the place first.
    """
    if layout.drama:
        return blocks
    blocks = first_receiver(readers_letters(blocks, layout))
    result = _papers(blocks, layout) if _signs_papers(blocks) else list(blocks)
    order = [i for i, b in enumerate(blocks) if b.kind not in BETWEEN]
    times = Counter(name for block in blocks if block.kind == "signed" and not block.within for name in _names(block, layout))
    known = {name for name, n in times.items() if n >= FEWEST}
    italic = {b.text for b in blocks if b.kind == "signed" and not b.within and b.text[0] == b.text[-1] == "_"}
    for i in _initials(result, order):
        result[i] = _signed(blocks[i], "initials alone, as below other texts of the book")
    for i in _letters_over_rules(result):
        result[i] = _signed(blocks[i], "an initial alone at the end of a piece, where others are signed over rules")
    for i, name in _nearer_to_the_text(result, order):
        result[i] = _signed(blocks[i], f"a name far from what follows, as at the end of other pieces: {name}")
    for k, i in enumerate(order):
        block = blocks[i]
        above = blocks[order[k - 1]] if k else None
        if above is None or above.within or not (_stands_alone(block) or (block.text in italic and _stands_alone(block, APART))):
            continue
        if _bare(block.text) in known and (above.kind in ("paragraph", "postscript", "verse", "salute", "quotation")):
            result[i] = _signed(block, f"a name that signs {times[_bare(block.text)]} other pieces")
    lines: set[int] = set()
    for above_line, i, below_line in zip(order, order[1:], order[2:], strict=False):
        if result[i].kind == "verse" and _is_line_of_letter(result[above_line], result[i], result[below_line], above_line in lines):
            lines.add(i)
            decision = Decision("signatories", "a line of a letter that is set in, between what opens it and what closes it", 0.8)
            result[i] = replace(result[i], kind="paragraph", facts=Facts(), decisions=(*result[i].decisions, decision))
    for above_line, i in pairwise(order):
        if result[i].kind == result[above_line].kind == "signed" and _is_day_below(result[i], layout):
            decision = Decision("signatories", "a day below the name", 0.8)
            result[i] = replace(result[i], kind="dateline", facts=Facts(), decisions=(*result[i].decisions, decision))
    for above_line, i, below_line in zip(order, order[1:], [*order[2:], -1], strict=False):
        kind = _below_poet(result[i]) if _is_poet(blocks, above_line) else ""
        if kind and (below_line < 0 or not blocks[below_line].rows or blocks[below_line].rows[0].gap > 1):
            decision = Decision("signatories", "below the name of the poet: whence the verses come, or his other name", 0.82)
            result[i] = replace(result[i], kind=kind, facts=Facts(), decisions=(*result[i].decisions, decision))
    for k, i in enumerate(order):
        block = result[i]
        if block.kind not in ("paragraph", "salute") or not _stands_alone(block) or word_count(block.text) > LONGEST:
            continue
        above = result[order[k - 1]] if k else None
        below = result[order[k + 1]] if k + 1 < len(order) else None
        if below is not None and below.kind == "signed" and not below.within and below.rows[0].gap == 1 and _runs_on(block, above):
            result[i] = _signed(block, "runs on to the name below", COMPLIMENT)
        elif above is None or above.kind != "signed" or above.within:
            continue
        elif above.text[-1] == "," and _is_office(block, layout):
            result[i] = _signed(block, "the office of the name above")
        elif is_day(block.text, layout):
            decision = Decision("signatories", "a day below the name", 0.8)
            result[i] = replace(block, kind="dateline", decisions=(*block.decisions, decision))
    return result


def _is_poet(blocks: Sequence[Block], at: int) -> bool:
    """Whether a name in capitals signs verses."""
    block, above = blocks[at], blocks[at - 1] if at else None
    return block.kind == "signed" and not block.within and is_capitals(block.text) and above is not None and above.kind == "verse"


def _below_poet(block: Block) -> str:
    """What a line or two right below the name of a poet are: in italics, or a title in brackets, whence the verses come; in brackets too,
    more of the name.
    """
    short = block.kind in ("verse", "paragraph", "editorial") and len(block.rows) <= MOST_OF_SOURCE and not block.within
    if not short or block.rows[0].gap != 1:
        return ""
    text = block.text.rstrip(".")
    if text[:1] == "_" == text[-1:] and text.count("_") == 2:
        return "imprint"
    if text[:1] != "(" or text[-1] != ")" or len(block.rows) > 1:
        return ""
    return "imprint" if any(mark in text for mark in '_"“„«') else "signed"


MOST_OF_SOURCE = 2  # lines


def _is_day_below(block: Block, layout: Layout) -> bool:
    """Whether one line that signs, apart from the name above, is a place and a day: "Lorch, Tuesday.", "[Lorch, Tuesday.]"."""
    text = block.text.strip("[]")
    alone = len(block.rows) == 1 and not block.within and block.rows[0].gap > 0
    return alone and is_day(text, layout) and INITIAL.match(text) is None  # E. MARCH.


def _is_line_of_letter(above: Block, line: Block, below: Block, goes_on: bool) -> bool:
    """Whether one line, as far in as what stands above and below it, stands right below the date or receiver of a letter, or another such
    line (``goes_on``), or right over the name, as telegrams are set.
    """
    if len(line.rows) > 1 or line.within or not above.rows or not below.rows or line.rows[0].gap != 1 or below.rows[0].gap != 1:
        return False
    opened = (goes_on or above.kind in ("dateline", "salute")) and above.rows[-1].indent == line.rows[0].indent
    return opened or (below.kind == "signed" and above.kind == "paragraph" and below.rows[0].indent == line.rows[0].indent)


def _initials(blocks: Sequence[Block], order: Sequence[int]) -> list[int]:
    """Where lines are two initials or more and nothing else, below a text: several commentators sign so, each his own remark."""
    found: list[int] = []
    for above, i in pairwise(order):
        block = blocks[i]
        title = block.kind == "heading" and block.facts.type in BY_SETTING
        alone = (title or block.kind == "paragraph") and len(block.rows) == 1 and not block.within
        if alone and block.rows[0].gap <= APART and blocks[above].kind in _OF_PAPERS and _ONLY_INITIALS.fullmatch(block.text):
            found.append(i)
    return found if len(found) >= MANY_NAMES else []


_ONLY_INITIALS = re.compile(r"_?(?:[^\W\d_]\. ?){2,4}_?")


_ONE_INITIAL = re.compile(r"[A-Z]\.")


def _letters_over_rules(blocks: Sequence[Block]) -> list[int]:
    """Letters that would be numbers, right below text and right over a row of ornaments, where the pieces are signed so."""
    over = [i for i, below in enumerate(blocks[1:]) if below.kind == "ornament" and not blocks[i].within]
    if sum(any(b.kind == "signed" and not b.within for b in blocks[max(0, i - 1) : i + 1]) for i in over) < MANY_NAMES:
        return []  # a date or remark may stand below the name
    letters = (i for i in over if blocks[i].kind == "heading" and _ONE_INITIAL.fullmatch(blocks[i].text))
    return [i for i in letters if i and blocks[i].rows[0].gap == 1 and blocks[i - 1].kind in _OF_PAPERS]


def _nearer_to_the_text(blocks: Sequence[Block], order: Sequence[int]) -> list[tuple[int, str]]:
    """Where titles are that stand over nothing, twice as far from the next heading as from the text above, each a name that stands so at
    the end of many pieces: whose they are.
    """
    places: dict[str, list[int]] = {}
    ends: Counter[str] = Counter()
    for k, (above, i) in enumerate(pairwise(order)):
        block = blocks[i]
        if (
            block.kind != "heading"
            or block.facts.type not in BY_SETTING
            or len(block.rows) > 1
            or block.within
            or block.rows[0].gap != APART
        ):
            continue
        if blocks[above].kind in _OF_PAPERS and INITIAL.match(name := _bare(block.text)):
            places.setdefault(name, []).append(i)
            ends[name] += _is_far_above([blocks[j] for j in order[k + 2 : k + 4]])
    return [(i, name) for name, found in places.items() if ends[name] >= max(MANY_NAMES, 0.75 * len(found)) for i in found]


def _is_far_above(below: Sequence[Block]) -> bool:
    """Whether what stands below a name is far from it, or below one more line: his office, or who signs for him."""
    if len(below) > 1 and len(below[0].rows) == 1 == below[0].rows[0].gap and below[0].kind in ("paragraph", "signed"):
        below = below[1:]
    return bool(below and below[0].rows) and below[0].rows[0].gap >= 2 * APART


APART = 2  # gap over a name that many letters end with
MANY_NAMES = 3  # times that a name ends a piece


def _signs_papers(blocks: Sequence[Block]) -> bool:
    """Whether many papers are signed by initials alone."""
    return sum(b.kind == "signed" and not b.within and INITIALS.match(b.rows[0].text) is not None for b in blocks) >= MANY_PAPERS


MANY_PAPERS = 6


def _papers(blocks: list[Block], layout: Layout) -> list[Block]:
    """The blocks with the names, and the places below names, that end the papers of a magazine."""
    result = list(blocks)
    indents = {b.rows[0].indent for b in blocks if b.kind == "signed" and not b.within and INITIALS.match(b.rows[0].text)}
    for i in range(1, len(blocks) - 1):
        block, above = blocks[i], result[i - 1]
        if above.kind == "signed" and not above.within:
            if _is_place(block, layout) and _ends_paper(blocks, i + 1):
                result[i] = _signed(block, "the place below the name that signs a paper")
        elif above.kind in _OF_PAPERS and _is_signer(block, layout) and block.rows[0].indent >= min(indents):
            placed = _is_place(blocks[i + 1], layout) and _ends_paper(blocks, i + 2)
            if placed or _ends_paper(blocks, i + 1):
                result[i] = _signed(block, "a name in capitals at the end of a paper, as the others are signed")
    return result


def _is_signer(block: Block, layout: Layout) -> bool:
    """Whether a line may be a name in capitals."""
    if not _stands_alone(block) or (block.text[-1] != "." and block.rows[0].indent <= layout.margin):
        return False
    return is_capitals(block.text) and word_count(block.text) <= MOST_OF_A_NAME


def _is_place(block: Block, layout: Layout) -> bool:
    """Whether a line of few words, each with a capital, may be the place from which a paper came."""
    alone = _stands_alone(block) or (block.kind == "verse" and not block.within and len(block.rows) == 1)
    short = alone and word_count(block.text) <= MOST_OF_A_NAME and block.text[-1] == "."
    return short and is_title_case(block.text, layout.language.lowercase_in_titles)


def _ends_paper(blocks: Sequence[Block], at: int) -> bool:
    """Whether a rule follows, or the editor's remark, or a wider gap, or the next paper, which begins with italics and a dash."""
    while at < len(blocks) and blocks[at].kind == "furniture":
        at += 1
    if at >= len(blocks):
        return False
    apart = bool(blocks[at].rows) and blocks[at].rows[0].gap >= 2
    return apart or blocks[at].kind in ("ornament", "editorial") or _LED.match(blocks[at].text) is not None


_OF_PAPERS = frozenset(("paragraph", "verse", "quotation", "editorial", "table"))
_LED = re.compile(r"[\"“]?_[^_]+_[^_]{0,30}?(?:--|—)")  # _The Weir of Marl_ (Vol. ii., p. 7.).--In the year


def _signed(block: Block, evidence: str, type: str = "") -> Block:
    decision = Decision("signatories", evidence, 0.82)
    return replace(block, kind="signed", facts=Facts(type=type), decisions=(*block.decisions, decision))


def _stands_alone(block: Block, most: int = 1) -> bool:
    """Whether one line stands by itself, as near to the text above as paragraphs are, or ``most`` empty lines from it."""
    if block.within or len(block.rows) != 1 or not 1 <= block.rows[0].gap <= most:
        return False
    return block.kind in ("paragraph", "salute") or (block.kind == "heading" and block.facts.type in BY_SETTING)


def _bare(text: str) -> str:
    return text.strip(MARKS + ".,").casefold()


def _names(block: Block, layout: Layout) -> Iterator[str]:
    """The name that a block signs with, without the compliment before it."""
    text = block.text
    name = _bare(text[compliment_end(text, layout.language) :])
    if name and not name.isspace():
        yield name


def _runs_on(block: Block, above: Block | None) -> bool:
    """Whether a line goes on in the next one: it ends no sentence."""
    if above is None or above.kind == "heading" or above.kind == "dateline" or is_capitals(block.text) or any(map(str.isdigit, block.text)):
        return False
    return block.text[-1].isalpha() or block.text[-1] in ",-—"


def _is_office(block: Block, layout: Layout) -> bool:
    return block.text[-1] not in ",;:?!" and is_title_case(block.text.strip(MARKS), layout.language.lowercase_in_titles)
