"""Dedications: a page before the text that is addressed to somebody (TEI P5, chapter 4, "Front Matter")."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block, Facts, is_set_in
from tei_pipeline.decisions import Decision
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.settle.divisions.honours import is_over_salute
from tei_pipeline.settle.front.title_blocks import is_sentence
from tei_pipeline.settle.nesting.gaps import APART
from tei_pipeline.settle.nesting.styles import FRONT, textless

LONGEST = 60  # words
_MARKS = "_*=\"“„«»'‘([ "


def dedication_leaves(blocks: list[Block], layout: Layout) -> list[Block]:
    """A title of several lines that begins with "To" or says that it dedicates the book, no text below it, and above it nothing but front
    matter, is a dedication.
    """
    if layout.drama:
        return blocks
    result = blocks
    for i, block in enumerate(blocks):
        if i and block.within and blocks[i - 1].kind == "titlepage" and is_set_in(block) and dedicates(block, layout):
            result = _leaf(result, i)
        elif i and blocks[i - 1].kind == "titlepage" and (_is_addressed(blocks, i, layout) or says_so(block, layout)):
            result = list(result)
            decision = Decision(
                "dedication", "below the title page, with the word before its receiver on a line of its own, or one that says so", 0.85
            )
            facts = Facts(level=1, division="dedication", type="named")
            result[i] = replace(block, kind="paragraph", facts=facts, decisions=(*block.decisions, decision))
        if block.kind != "heading" or block.within:
            continue
        if block.facts.division in FRONT:
            continue
        if _heads_letter(blocks, i):
            decision = Decision("dedication", "a letter below the title page, over the front matter", 0.85)
            result = list(result)
            facts = Facts(level=1, division="dedication", type="named")
            result[i] = replace(block, facts=facts, decisions=(*block.decisions, decision))
            continue
        if block.facts.type not in ("capitals", "title") or block.facts.number:
            break  # the book begins
        below = _few_lines(blocks, i)
        headed = i > 0 and blocks[i - 1].kind == "heading" and blocks[i - 1].facts.division == "dedication"  # its words, set as titles are
        apart = bool(below) or _has_leaf(blocks, i)
        addressed = headed or dedicates(block, layout) or (apart and len(block.rows) == 1 and _names_receiver(block, layout))
        if addressed and (below or textless(blocks, i)) and not _is_listed(blocks, block):
            decision = Decision("dedication", "lines to somebody before the text, with hardly anything below them", 0.85)
            facts = Facts() if headed else Facts(level=1, division="dedication", type="named")
            result = list(result)
            result[i] = replace(block, kind="paragraph", facts=facts, decisions=(*block.decisions, decision))
            for k in below:
                result[k] = replace(blocks[k], kind="paragraph", facts=Facts(), decisions=(*blocks[k].decisions, decision))
        elif (end := _display_end(blocks, i, layout)) > i:
            result = _displayed(result, i, end)
        elif not textless(blocks, i):
            break
    return result


def _has_leaf(blocks: Sequence[Block], at: int) -> bool:
    """Whether a line right below the title page stands as far from it as from the title below, with nothing but white space between."""
    below = next((b for b in blocks[at + 1 :] if b.kind not in BETWEEN), None)
    above = next((b for b in reversed(blocks[:at]) if b.kind not in BETWEEN), None)
    if below is None or above is None or above.kind != "titlepage" or below.kind != "heading":
        return False
    return APART < blocks[at].rows[0].gap <= below.rows[0].gap


def _heads_letter(blocks: Sequence[Block], at: int) -> bool:
    """Whether a heading right below the title page says whom a letter is to that addresses him, and front matter comes next."""
    above = next((b for b in reversed(blocks[:at]) if b.kind not in BETWEEN), None)
    if blocks[at].facts.division != "letter" or above is None or above.kind != "titlepage":
        return False
    below = [b for b in blocks[at + 1 :] if b.kind not in BETWEEN]
    after = next((b for b in below if b.kind == "heading" and not b.within), None)
    return after is not None and after.facts.division in FRONT and below[0].kind == "salute"


def _few_lines(blocks: Sequence[Block], at: int) -> list[int]:
    """The blocks between lines to somebody and the first chapter or the front matter: few short lines of no sentence, who he is and what
    he has done.
    """
    found: list[int] = []
    for i in range(at + 1, min(len(blocks), at + 1 + FEW)):
        block = blocks[i]
        if block.kind in BETWEEN:
            continue
        if block.kind == "heading" and not block.within and block.rows[0].gap > APART:
            sung = i + 1 < len(blocks) and blocks[i + 1].kind == "verse"  # the numbers of a poem
            return found if (block.facts.number or block.facts.division in FRONT or textless(blocks, i)) and not sung else []
        if block.kind not in ("paragraph", "subtitle", "signed", "heading") or block.within or len(block.rows) > MOST_TITLES:
            return []
        if is_sentence(block) or any(len(row.text) > NARROW for row in block.rows):
            return []
        found.append(i)
    return []


FEW = 4  # blocks
NARROW = 50  # characters of a line on the page of a dedication


def _display_end(blocks: Sequence[Block], at: int, layout: Layout) -> int:
    """Where lines end that all begin at one place, farther in than the text, on a leaf of their own: a title stands farther in than its
    text, or less far, and the text stands at the margin. ``at`` when they do not.
    """
    indent, end = blocks[at].rows[0].indent, at + 1
    if indent < layout.margin + SET_IN or blocks[at].rows[0].gap <= APART:
        return at
    while end < len(blocks) and blocks[end].rows and blocks[end].rows[0].gap <= APART:
        end += 1
    alike = all(row.indent == indent for block in blocks[at:end] for row in block.rows)
    return end if alike and 1 < end - at <= MOST_ON_A_LEAF and all(b.kind in _DISPLAYED for b in blocks[at + 1 : end]) else at


SET_IN = 3  # columns
MOST_ON_A_LEAF = 6  # blocks: the receiver, his offices, what is said to him, and by whom
_DISPLAYED = frozenset(("paragraph", "byline", "signed", "dateline", "subtitle", "salute"))


def _displayed(blocks: Sequence[Block], at: int, end: int) -> list[Block]:
    """The blocks with a leaf of lines set in as a dedication."""
    result = list(blocks)
    decision = Decision("dedication", "lines set in alike on a leaf before the text", 0.8)
    for i in range(at, end):
        facts = Facts(level=1, division="dedication", type="named") if i == at else blocks[i].facts
        kind = "signed" if blocks[i].kind == "signed" and i == end - 1 else "paragraph"
        result[i] = replace(blocks[i], kind=kind, within=(), facts=facts, decisions=(*blocks[i].decisions, decision))
    return result


def _leaf(blocks: Sequence[Block], at: int) -> list[Block]:
    """The blocks with the lines set in below the title page as a dedication, and no quotation."""
    result, container = list(blocks), blocks[at].within[0]
    decision = Decision("dedication", "lines to somebody, set in below the title page", 0.85)
    for i in range(at, len(blocks)):
        if blocks[i].within[:1] != (container,):
            break
        facts = Facts(level=1, division="dedication", type="named") if i == at else blocks[i].facts
        kind = "paragraph" if blocks[i].kind == "heading" else blocks[i].kind
        result[i] = replace(blocks[i], kind=kind, within=(), facts=facts, decisions=(*blocks[i].decisions, decision))
    return result


def dedicates(block: Block, layout: Layout) -> bool:
    """Whether some lines apart begin with "To" or say that they dedicate the book."""
    rows = block.rows
    tokens = [fold(token).strip(".,:") for token in block.text.strip(_MARKS).split()]
    if not tokens or len(tokens) > LONGEST or not (rows[0].gap > APART or block.first == 0 or block.within):
        return False
    said = layout.language.dedicating
    if any(" ".join(tokens[:count]) in said for count in (1, 2, 3, 4)):
        return True
    return len(rows) > 1 and (tokens[0] in layout.language.receivers or any(token in said for token in tokens))


def says_to_whom(block: Block, layout: Layout) -> bool:
    """Whether lines apart dedicate the book, or are a heading in capitals that begins with "To"."""
    heads = block.kind == "heading" and block.text.isupper() and fold(block.text.split(" ", 1)[0]) in layout.language.receivers
    return heads or dedicates(block, layout)


def with_receiver(blocks: list[Block], end: int, layout: Layout) -> list[Block]:
    """The blocks with the last line of the title page as the heading of the letter at ``end``, where it says to whom the book is given."""
    above = blocks[end - 1] if 0 < end < len(blocks) and blocks[end].kind == "salute" else None
    if above is None or above.kind != "heading" or len(above.rows) < 2 or not above.rows[-1].gap:
        return blocks
    last = above.rows[-1]
    if not last.text.isupper() or fold(last.text.split(" ", 1)[0]) not in layout.language.receivers:
        return blocks
    decision = Decision("dedication", "to whom the book is given, in the last line above a letter", 0.8)
    facts = Facts(level=1, division="dedication", type="named")
    decisions = (*above.decisions, decision)
    title = replace(above, rows=above.rows[:-1], end=last.line)
    return [*blocks[: end - 1], title, replace(above, first=last.line, rows=(last,), facts=facts, decisions=decisions), *blocks[end:]]


def says_so(block: Block, layout: Layout) -> bool:
    """Whether a paragraph at the margin, apart from what is above, begins by saying that it dedicates the book."""
    if block.kind != "paragraph" or block.within or len(block.rows) < 2 or block.rows[0].gap < APART:
        return False
    tokens = [fold(token).strip(".,:") for token in block.text.strip(_MARKS).split()]
    return len(tokens) <= LONGEST and any(token in layout.language.dedicating for token in tokens[:FIRST])


FIRST = 5  # words that say it: "This book is dedicated"


def _is_addressed(blocks: Sequence[Block], at: int, layout: Layout) -> bool:
    """Whether the word before the name of somebody who is given something is the first of several lines, and no letter to him follows."""
    block = blocks[at]
    if block.kind not in ("paragraph", "verse") or block.within or len(block.rows) < 2 or any(row.gap for row in block.rows[1:]):
        return False
    alone = fold(block.rows[0].text.strip(_MARKS)) in layout.language.receivers
    return alone and at + 1 < len(blocks) and blocks[at + 1].kind != "salute"


def _names_receiver(block: Block, layout: Layout) -> bool:
    """Whether the first word of a line is one before the name of somebody who is given something."""
    return fold(block.rows[0].text.strip(_MARKS).split(" ")[0]) in layout.language.receivers


def _is_listed(blocks: Sequence[Block], heading: Block) -> bool:
    """Whether the contents page has the words: then a poem or letter follows."""
    first = fold(heading.rows[-1].text).strip(" .,")
    if len(first) < SHORTEST:
        return False  # TO, with the name farther down
    return any(b.within and b.within[0].kind == "contents" and first in fold(b.text) for b in blocks if b.kind not in BETWEEN)


SHORTEST = 4  # letters that tell an entry
LONGEST_PAGE = 40  # printed lines from the dedication to the first numbered division
LINES = 3  # of its heading
FEWEST = 2  # numbered divisions of a book that has front matter


MOST_EPISTLES = 3  # a book has few letters of dedication; more of one look are a correspondence


def epistles(blocks: list[Block], layout: Layout) -> list[Block]:
    """Lines to somebody, set apart before the first chapter, head a letter of dedication where the words below address him: "To the Right
    Honourable …", "My Lord,".
    """
    begun = next((i for i, b in enumerate(blocks) if (b.kind == "heading" and b.facts.type == "labelled") or _is_said(b)), len(blocks))
    found = [i for i in range(len(blocks) - 1) if _heads_epistle(blocks, i, layout)]
    if not found or len(found) > MOST_EPISTLES or found[-1] > begun:
        return blocks
    result = list(blocks)
    for i in found:
        facts = Facts(division="dedication", type="named")
        decision = Decision("epistles", "lines to somebody before the text, over the words that address him", 0.8)
        result[i] = replace(blocks[i], kind="heading", facts=facts, decisions=(*blocks[i].decisions, decision))
    return result


def _is_said(block: Block) -> bool:
    return bool(block.within) and block.within[0].kind == "speech"


def _heads_epistle(blocks: Sequence[Block], at: int, layout: Layout) -> bool:
    block = blocks[at]
    if block.kind not in ("paragraph", "heading") or block.within or block.facts.division:
        return False
    first = fold(block.text.strip(_MARKS).split(" ")[0])
    honours = block.kind == "heading" and is_over_salute(blocks, at + 1)
    if block.rows[0].gap <= APART - honours:
        return False
    return first in layout.language.receivers and len(block.rows) <= MOST_TITLES and (blocks[at + 1].kind == "salute" or honours)


MOST_TITLES = 8  # lines: a receiver may have many


def _says_title(blocks: Sequence[Block], heading: Block) -> bool:
    """Whether a heading says a line of the title page again: "TO THE RIVER! TO THE RIVER!"."""
    words = fold(heading.text)
    titles = (fold(row.text.strip(_MARKS)).strip(".,:;! ") for block in blocks if block.kind == "titlepage" for row in block.rows[:1])
    return any(" " in title and title in words for title in titles)


def dedications(blocks: list[Block], layout: Layout) -> list[Block]:
    """What heads a page before the first numbered division and names a receiver (To my Mother) dedicates the book: it holds no chapters."""
    labelled = [i for i, b in enumerate(blocks) if b.kind == "heading" and b.facts.type == "labelled" and not b.within]
    if len(labelled) < FEWEST or layout.drama or blocks[labelled[0]].facts.division == "poem":
        return blocks  # before numbered poems such a line is the title of another, or of their group
    rows, result = 0, blocks
    for i in range(labelled[0] - 1, -1, -1):
        block = blocks[i]
        rows += len(block.rows)
        if rows > LONGEST_PAGE:
            break
        if block.kind != "heading" or block.within or block.facts.division or len(block.rows) > LINES:
            continue
        if not _names_receiver(block, layout) or _says_title(blocks, block):
            continue
        first = block.rows[0].text.strip("_*= ").split(" ")[0]
        result = list(result)
        decision = Decision("dedications", f"begins with {first!r}, before the first numbered division", 0.8)
        dedicated = replace(block.facts, division="dedication", type="named")
        result[i] = replace(block, facts=dedicated, decisions=(*block.decisions, decision))
        below = result[i + 1]
        if below.kind == "heading" and not below.facts.division and i + 1 < labelled[0]:
            decision = Decision("dedications", "who the receiver is", 0.7)
            result[i + 1] = replace(below, kind="paragraph", facts=replace(below.facts, level=0), decisions=(*below.decisions, decision))
    return result
