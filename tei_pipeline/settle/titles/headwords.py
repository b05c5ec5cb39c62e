"""Headwords: years, months and letters of the alphabet that stand alone on their lines and rise through the book."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.inline.words import words
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.rows import Row
from tei_pipeline.rules.shape import is_capitals
from tei_pipeline.settle.drama.plays import PLAYED
from tei_pipeline.settle.nesting.gaps import APART

_YEAR = re.compile(
    r"^[^\w(]{0,2}(1[0-9]\d\d|20\d\d)(?:(?:\s?[-–—]\s?|\s[^\W\d_]{1,4}\s)(?:1[0-9]|20)?\d\d)?\W{0,2}$"
)  # 1871, 1871-1874, 1871 to 1874; in brackets: the time of which a title tells
_LETTER = re.compile(r"^\W{0,2}([A-ZÄÖÜÆŒÉ])\W{0,2}$")
_MONTH = re.compile(r"^[^\w\[]{0,2}([^\W\d_]{3,12})\.?(?:[,\s]+(?:([^\W\d_]+)\s)?(1[0-9]\d\d|20\d\d)(?:[-–/]\d{1,4})?)?\W{0,2}$")
_KINDS = frozenset(("paragraph", "heading", "dateline", "signed", "verse", "ornament"))  # an O among letters is no ornament

Reader = Callable[[str, Layout], int]


def headwords(blocks: list[Block], layout: Layout) -> list[Block]:
    """Years, months or letters of the alphabet, alone on their lines and rising through the book, head what stands under them; years
    right below titles, and hardly anywhere else, date these.
    """
    result = list(parted(blocks, layout))
    alone = [
        i
        for i, b in enumerate(result)
        if len(b.rows) == 1 and not b.within and (b.rows[0].gap or b.rows[0].page or not i) and b.kind in _KINDS
    ]
    for read, fewest in READERS:
        found = [(i, value) for i in alone if i + 1 < len(result) and (value := read(result[i].rows[0].text, layout))]
        letters = found
        if read is letter:
            found = [(i, n) for i, n in found if _below(result, i).text.lstrip("_*\"“„«'‘ ")[:1].upper() == chr(n)]
        found = [(i, n) for i, n in found if result[i + 1].kind not in ("salute", "signed") and not _dates_poem(result, i)]
        dating = [i for i, _ in found if _dates_title(result, i)] if read is year else []
        if len(dating) >= fewest and len(dating) >= MOSTLY * len(found):
            decision = Decision("headwords", f"years below {len(dating)} titles, nearly all of them", 0.85)
            for i in dating:
                result[i] = replace(result[i], kind="subtitle", facts=Facts(), decisions=(*result[i].decisions, decision))
            continue
        if read is not letter and all(i and _is_below_title(result[i - 1], result[i]) for i, _ in found):
            continue  # each dates the piece above whose text it stands
        next_to_next = all(b - a == 1 for (_, a), (_, b) in pairwise(found))
        if read is not letter and not next_to_next and _title_poems(result, [i for i, _ in found]):
            continue
        while read is year and len(found) > fewest and found[0][1] > found[1][1] and result[found[0][0]].rows[0].gap < APART:
            found = found[1:]  # when the volume was printed, on its title page
        runs = _rising(found)
        if read is letter and runs and all(len(run) >= fewest for run in runs):
            found = [place for run in runs for place in _whole_alphabet(run, letters)]
        elif len(found) < fewest or len(runs) > 1:
            continue
        for i, _ in found:
            decision = Decision("headwords", f"{len(found)} of them rise through the book", 0.85)
            facts = Facts(type="headword", n=result[i].rows[0].text.strip(" ._[]*"), division=result[i].facts.division)
            result[i] = replace(result[i], kind="heading", facts=facts, decisions=(*result[i].decisions, decision))
        if read is letter:
            _entries(result, [i for i, _ in found])
    _alphabetical(result)
    return [_again_below(block) for block in result]


def _rising(found: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """The places with their values, in runs that rise: an alphabet may begin anew in the next part of a book."""
    runs: list[list[tuple[int, int]]] = []
    for place in found:
        if runs and place[1] > runs[-1][-1][1]:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _whole_alphabet(run: Sequence[tuple[int, int]], letters: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """A run of letters with those of the alphabet between them, also over text that begins with another letter, if the run is long."""
    if len(run) < LONG_ALPHABET:
        return list(run)
    (first, least), (last, most) = run[0], run[-1]
    between = [(i, n) for i, n in letters if first <= i <= last and least <= n <= most]
    return between if len(_rising(between)) == 1 else list(run)


LONG_ALPHABET = 6  # letters that head what begins with them


def _alphabetical(blocks: list[Block]) -> None:
    """Of entries in the order of the alphabet that begin with their words in capitals, those of which nothing is said are some too."""
    run: list[int] = []
    for i, block in enumerate((*blocks, None)):
        if block is not None and block.kind in BETWEEN:
            continue
        listed = block is not None and not block.within and block.kind in _ENTRIES and is_capitals(_word(block))
        if listed and block is not None and (not run or fold(_word(block)) >= fold(_word(blocks[run[-1]]))):
            run.append(i)
            continue
        _as_entries(blocks, run)
        run = [i] if listed else []


def _as_entries(blocks: list[Block], run: Sequence[int]) -> None:
    alone = [
        i
        for i in run
        if blocks[i].kind == "heading" and len(blocks[i].rows) == 1 and not (blocks[i].facts.number or blocks[i].facts.division)
    ]
    apart = max((blocks[i].rows[0].gap for i in run if blocks[i].kind == "paragraph"), default=0)
    titled = any(blocks[i].kind == "heading" and (i not in alone or blocks[i].rows[0].gap > apart) for i in run)
    if len(run) < FEWEST_ENTRIES or 2 * len(alone) > len(run) or titled:
        return
    decision = Decision(
        "headwords", f"one of {len(run)} entries in the order of the alphabet, most of which go on behind their words", 0.85
    )
    for i in alone:
        blocks[i] = replace(blocks[i], kind="paragraph", facts=Facts(), decisions=(*blocks[i].decisions, decision))


_ENTRIES = frozenset(("paragraph", "heading"))
FEWEST_ENTRIES = 6


def _again_below(block: Block) -> Block:
    """A line cut off as a headword that heads nothing is the last line of its title again."""
    if block.kind != "heading" or block.facts.type or block.decisions[-1].evidence != BELOW_TITLE:
        return block
    decision = Decision("headwords", "no other headwords go on from it", 0.85)
    return replace(block, kind="subtitle", facts=Facts(), decisions=(*block.decisions, decision))


BELOW_TITLE = "a headword below a title"


def _entries(blocks: list[Block], letters: Sequence[int]) -> None:
    """In a dictionary, whose entries begin with their words in capitals, a word that stands alone is an entry too: what is said of it
    is set apart, as verses are; so is one of a line, between the verses of others.
    """
    for start, end in zip(letters, (*letters[1:], len(blocks)), strict=True):
        initial = blocks[start].facts.n
        begun = [i for i in range(start + 1, end) if blocks[i].text.startswith(initial) and not blocks[i].within]
        alone = [i for i in begun if blocks[i].kind in _SHORT and len(blocks[i].rows) == 1 and is_capitals(_word(blocks[i]))]
        titles = [i for i in alone if blocks[i].kind == "heading"]
        running = sum(blocks[i].kind == "paragraph" and is_capitals(_word(blocks[i])) for i in begun) + len(alone) - len(titles)
        if running <= FEWER * len(titles) or any(blocks[i].kind == "heading" and i not in titles for i in range(start + 1, end)):
            continue
        for i in alone:
            decision = Decision("headwords", f"{running} entries under {initial} begin with their words, and go on behind them", 0.85)
            blocks[i] = replace(blocks[i], kind="paragraph", facts=Facts(), decisions=(*blocks[i].decisions, decision))


_SHORT = frozenset(("heading", "verse"))
FEWER = 3  # times as many entries with text behind their words as words alone


def _word(block: Block) -> str:
    """The first word, or several up to a comma or point, of an entry; a single letter is none."""
    word = re.split(r"[,.;:(]", block.text, maxsplit=1)[0]
    return word if len(word) > 1 else ""


MOSTLY = 0.75  # of the years


def _is_below_title(above: Block, block: Block) -> bool:
    return above.kind == "heading" and block.rows[0].gap <= above.rows[0].gap


def _below(blocks: Sequence[Block], at: int) -> Block:
    """The next block of the text: what a page has at its foot and head is passed over."""
    return next((block for block in blocks[at + 1 :] if block.kind not in BETWEEN), blocks[at + 1])


_SPAN = re.compile(r"\d(?:\s?[-–—]\s?|\s[^\W\d_]{1,4}\s)\d")


def _dates_poem(blocks: Sequence[Block], at: int) -> bool:
    """Whether a year or month stands right below verses, at the foot of the page, over their notes or the rule that ends them, or nearer
    to them than to what comes next: it dates them.
    """
    if not at or blocks[at - 1].kind != "verse":
        return False
    below = blocks[at + 1]
    if below.kind == "furniture" or (below.kind == "ornament" and set(below.text) <= _DRAWN):
        return True
    return bool(below.within and below.within[0].kind == "note") or (bool(below.rows) and blocks[at].rows[0].gap < below.rows[0].gap)


_DRAWN = frozenset("-_—–=~")  # of rules


def _title_poems(blocks: Sequence[Block], found: Sequence[int]) -> bool:
    """Whether each stands right over verses, as at least as many other headings do: titles of poems, June among others."""
    over = [i for i, (block, below) in enumerate(pairwise(blocks)) if block.kind == "heading" and below.kind == "verse"]
    return all(blocks[i + 1].kind == "verse" for i in found) and len(set(over).difference(found)) >= max(1, len(found))


def _dates_title(blocks: Sequence[Block], at: int) -> bool:
    """Whether a year stands nearer to the title right above it than that does to the text before: it says when the pieces were written."""
    above = blocks[at - 1] if at else blocks[at]
    spans = len(above.rows) > 1 and _SPAN.search(blocks[at].text) is not None  # below the number and title of a group
    titled = above.facts.type in ("title", "capitals", "labelled") or spans
    titled = titled and above.kind == "heading" and not above.within
    return titled and blocks[at].rows[0].gap == 1 < above.rows[0].gap


def parted(blocks: Sequence[Block], layout: Layout) -> Sequence[Block]:
    """A title and the first headword below it, taken for one heading, are two where other headwords follow."""
    ends = [(i, k) for i, b in enumerate(blocks) if b.kind == "heading" and not b.within and (k := _last_chunk(b.rows))]
    cuts: dict[int, int] = {}
    for read, _ in READERS:
        spans = {i for i, k in ends if blocks[i].facts.number and _SPAN.search(blocks[i].rows[k].text)}  # the time of a chapter
        below = [i for i, k in ends if i not in spans and k == len(blocks[i].rows) - 1 and read(blocks[i].rows[k].text, layout)]
        below = [i for i in below if not _is_over_play(blocks, i)]
        if below and any(len(b.rows) == 1 and not b.within and read(b.rows[0].text, layout) for b in blocks if b.kind in _KINDS):
            cuts.update((i, len(blocks[i].rows) - 1) for i in below)
    above = [i for i, _ in ends if _above_entry(blocks[i], layout)]
    lines = (b.rows[0].text for b in blocks if b.kind in _KINDS and len(b.rows) == 1 and not b.within)
    letters = [chr(code) for text in (*lines, *(blocks[i].rows[0].text for i in above)) if (code := letter(text, layout))]
    if above and len(letters) >= FEWEST_LETTERS and not _NUMERALS.issuperset(letters):
        cuts.update((i, 1) for i in above)
    if not cuts:
        return blocks
    found: list[Block] = []
    for i, block in enumerate(blocks):
        if i not in cuts:
            found.append(block)
            continue
        lower = block.rows[cuts[i] :]
        upper = replace(block, end=lower[0].line, rows=block.rows[: cuts[i]])
        why, facts = BELOW_TITLE, Facts()
        if _above_entry(block, layout):
            upper = replace(upper, facts=Facts())  # it is no numeral
            why, facts = "an entry below a letter", Facts(type="capitals" if is_capitals(lower[0].text) else "title")
        decision = Decision("headwords", why, 0.85)
        found += [upper, replace(block, first=lower[0].line, rows=lower, facts=facts, decisions=(*block.decisions, decision))]
    return found


def _is_over_play(blocks: Sequence[Block], at: int) -> bool:
    """Whether the persons of a play, or its first act, follow: the year below its title says when it was written."""
    return at + 1 < len(blocks) and blocks[at + 1].kind == "heading" and blocks[at + 1].facts.division in PLAYED


def _above_entry(block: Block, layout: Layout) -> bool:
    """Whether a letter of the alphabet, taken for a numeral, was joined to the word below it that begins with it."""
    rows = block.rows
    found = letter(rows[0].text, layout)
    return bool(found) and len(rows) > 1 and rows[1].gap > 0 and rows[1].text.lstrip("_*")[:1].upper() == chr(found)


_NUMERALS = frozenset("IVXLCDM")
FEWEST_LETTERS = 3  # more of them in a book than initials and numerals


def _last_chunk(rows: Sequence[Row]) -> int:
    """The first row of the last lines that stand together; 0 when they are all."""
    return next((k for k in range(len(rows) - 1, 0, -1) if rows[k].gap), 0)


def year(text: str, layout: Layout) -> int:
    """A year, or the first of several: 1871-74; 0 for other words."""
    m = _YEAR.match(text)
    return int(m[1]) if m else 0


def month(text: str, layout: Layout) -> int:
    """A month, with its year or without: a number that rises with time; 0 for other words."""
    m = _MONTH.match(text)
    if m is None or (m[2] and fold(m[2]) not in words(layout.language.code).dates.of_words):
        return 0
    n = layout.language.months.get(fold(m[1]), 0)
    return int(m[3] or 0) * 12 + n if n else 0


def letter(text: str, layout: Layout) -> int:
    """A letter of the alphabet, or 0."""
    m = _LETTER.match(text)
    return ord(m[1]) if m else 0


READERS: tuple[tuple[Reader, int], ...] = ((year, 2), (month, 2), (letter, FEWEST_LETTERS))  # and how many make a series
