"""Diaries: the dates that begin entries, those right under a heading too."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.rules.letters.near_dates import is_span
from tei_pipeline.rules.shape import OPENING_MARKS, announces, is_capitals
from tei_pipeline.rules.words import words

FEWEST = 2  # dates over text in the middle of divisions: one alone may be where the author resumes a letter


def date_titles(blocks: list[Block], layout: Layout) -> list[Block]:
    """Dates that stand alone over letters or entries, with white space around them like titles of chapters, head what follows; so does a
    date in capitals among titles that are set as it is: THE FAIR, 6th MAY, 1730.
    """
    order = [i for i, b in enumerate(blocks) if b.kind not in BETWEEN]
    titles = _titles(blocks, order)
    decision = Decision("date-title", f"one of {len(titles)} dates that stand like titles of chapters", 0.8)
    result = list(blocks)
    for i in _among_titles(blocks, order):
        said = Decision("date-title", "in capitals, and as far apart as the titles in capitals", 0.8)
        result[i] = replace(blocks[i], kind="heading", facts=Facts(type="capitals"), decisions=(*blocks[i].decisions, said))
    for i in titles:
        result[i] = replace(
            blocks[i], kind="heading", facts=Facts(division="entry", type="title"), decisions=(*blocks[i].decisions, decision)
        )
    return result


def entries(blocks: list[Block], layout: Layout) -> list[Block]:
    """Where dates of one form stand over text in the middle of divisions, and hardly anything is signed, each of them begins an entry; a
    date that a colon announces is that of a document.
    """
    order = [i for i, b in enumerate(blocks) if b.kind not in BETWEEN and not (b.within and b.within[0].kind == "note")]
    dated = [
        (k, i)
        for k, i in enumerate(order)
        if blocks[i].kind == "dateline"
        and not blocks[i].within
        and blocks[i].facts.type != "entry"
        and not _is_below_title(blocks, order, k, layout)
        and not (k and announces(blocks[order[k - 1]].text))
    ]
    middle: dict[tuple[bool, bool], int] = {}
    for k, i in dated:
        if k and _is_text(blocks[order[k - 1]]) and _leads_to_text(blocks, order, k):
            form = _form(blocks[i], layout)
            middle[form] = middle.get(form, 0) + 1
    signed = sum(blocks[i].kind == "signed" and not blocks[i].within and blocks[i].text[0] not in OPENING_MARKS for i in order)
    if not any(times >= FEWEST for times in middle.values()) or signed > SIGNED * sum(middle.values()):
        return blocks
    result = list(blocks)
    for k, i in dated:
        said_again = k and blocks[order[k - 1]].kind == "dateline"
        if middle.get(_form(blocks[i], layout), 0) >= FEWEST and _leads_to_text(blocks, order, k) and not said_again:
            decision = Decision("entry", "a date of the form that begins entries", 0.85)
            result[i] = replace(blocks[i], facts=replace(blocks[i].facts, type="entry"), decisions=(*blocks[i].decisions, decision))
    return result


SIGNED = 0.34  # names below the text for each such date: a preface or a letter in a diary is signed, and every letter of a volume
OVER_CHAPTER = 4  # empty lines above a date, as over the title of a chapter
FEWEST_TITLES = 3


def _titles(blocks: list[Block], order: list[int]) -> list[int]:
    """The dates that stand alone with the white space of a chapter's title above and a gap below, where nothing else divides the text."""
    dated = [i for i in order if blocks[i].kind == "dateline" and not blocks[i].within]
    apart = [
        i
        for k, i in enumerate(order[:-1])
        if blocks[i].kind == "dateline"
        and not blocks[i].within
        and len(blocks[i].rows) == 1
        and (blocks[i].rows[0].gap >= OVER_CHAPTER or (k and _holds_entries(blocks[order[k - 1]]) and blocks[i].rows[0].gap > 1))
        and blocks[order[k + 1]].kind == "paragraph"
        and blocks[order[k + 1]].rows[0].gap >= 2
    ]
    chapters = sum(b.kind == "heading" and b.facts.type in ("labelled", "roman", "arabic") for b in blocks)
    return apart if len(apart) >= FEWEST_TITLES and len(apart) > 0.6 * len(dated) and len(apart) > chapters else []


def _among_titles(blocks: list[Block], order: list[int]) -> list[int]:
    """The dates in capitals below text and over text, with the white space above and below that several titles in capitals have."""
    below = dict(pairwise(order))
    dated = [i for i in below if _is_set_like_chapter(blocks[i]) and blocks[i].kind == "dateline" and is_capitals(blocks[i].text)]
    if not dated:
        return []
    texts = {k for i, k in below.items() if blocks[i].kind == "paragraph"}
    alike = (i for i in texts if i in below and _is_set_like_chapter(blocks[i]) and _is_title(blocks[i]))
    titles = Counter(_set(blocks, i, below[i]) for i in alike)
    return [i for i in dated if i in texts and titles[_set(blocks, i, below[i])] >= FEWEST_TITLES]


def _is_set_like_chapter(block: Block) -> bool:
    return len(block.rows) == 1 and not block.within and block.rows[0].gap >= OVER_CHAPTER


def _is_title(block: Block) -> bool:
    return block.kind == "heading" and block.facts.type == "capitals" and not block.facts.division


def _set(blocks: list[Block], at: int, below: int) -> tuple[int, int, int]:
    """How a line over text is set: its white space, its indent, the white space below."""
    below_it = blocks[below].rows[0].gap if blocks[below].kind == "paragraph" else -1
    return blocks[at].rows[0].gap, blocks[at].rows[0].indent, below_it


def _holds_entries(block: Block) -> bool:
    """Whether a block is a heading, and of no letter, whose date would stand below it."""
    return block.kind == "heading" and block.facts.division != "letter"


def _is_below_title(blocks: list[Block], order: list[int], k: int, layout: Layout) -> bool:
    """Whether a date stands right below a title and its second line: it is that of the piece; or below that of a letter, with a line at
    most between them that says whom it is to; or below what a chapter tells, where it is two years.
    """
    above = [blocks[i] for i in order[max(0, k - 2) : k]]
    if above and above[-1].within and above[-1].within[0].kind == "argument" and is_span(blocks[order[k]].text, layout.language):
        return True
    if above and _heads_letter(above[-1]):
        return True
    if len(above) < 2 or above[0].kind != "heading":
        return False
    line = above[1].kind == "paragraph" and not above[1].within and len(above[1].rows) == 1
    return line and (_heads_letter(above[0]) or not above[1].rows[0].ends_sentence)


def _heads_letter(block: Block) -> bool:
    """Whether a block is the numbered heading of a letter."""
    return block.kind == "heading" and block.facts.division == "letter" and block.facts.type == "labelled"


def _leads_to_text(blocks: list[Block], order: list[int], k: int) -> bool:
    """Whether text stands below a date, or below the same date in the words of the writer, under that of the editor."""
    below = [blocks[i] for i in order[k + 1 : k + 3]]
    return bool(below) and (_is_text(below[0]) or (below[0].kind == "dateline" and len(below) > 1 and _is_text(below[1])))


def _is_text(block: Block) -> bool:
    return block.kind == "paragraph" or bool(block.within)


def _form(block: Block, layout: Layout) -> tuple[bool, bool]:
    """Whether a date names the day of the week, and whether it is in figures only."""
    text = block.text
    named = any(word.strip(".,").lower() in layout.language.weekdays for word in text.replace("_", " ").split())
    return named, words(layout.language).month.search(text) is not None
