"""Notes amid text, in the middle of a chapter or between articles without headings, and those of all chapters, under any heading."""

from __future__ import annotations

from collections.abc import Sequence, Set

from msgspec.structs import replace

from tei_pipeline.blocks import BETWEEN, Block, Facts, is_note, is_spoken
from tei_pipeline.decisions import Decision
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.headings.titles import MARKS
from tei_pipeline.rules.words import words
from tei_pipeline.settle.nesting.styles import is_department

APART = 3  # empty lines between notes and the text that goes on below them
FEWEST_ROWS = 2  # of a paragraph of that text


def notes_amid_text(blocks: list[Block], layout: Layout) -> list[Block]:
    """A word for notes over some of them opens no division when the text, or what is spoken in a play, goes on below them, and no heading
    stands between; over a piece of a magazine, below a row of ornaments as others of its pieces, it is a title: NOTES ON COFFEE.
    """
    result = blocks
    for i, block in enumerate(blocks):
        if block.kind != "heading" or block.facts.division != "notes" or block.within:
            continue
        if is_department(blocks, i):
            result = list(blocks) if result is blocks else result
            said = Decision("notes-amid-text", "it holds no notes, and stands below a row of ornaments as other titles do", 0.85)
            result[i] = replace(block, facts=Facts(type="title"), decisions=(*block.decisions, said))
        elif _text_goes_on(blocks, i) or (layout.drama and _speeches_go_on(blocks, i)):
            if result is blocks:
                result = list(blocks)
            decision = Decision("notes-amid-text", "text goes on below these notes, and no heading ends them", 0.85)
            result[i] = replace(block, kind="paragraph", facts=Facts(), decisions=(*block.decisions, decision))
    return result


def notes_of_chapters(blocks: list[Block], layout: Layout) -> list[Block]:
    """A heading in any words right over headings that the book has above, with nothing but notes below each, is that of notes."""
    if not any(block.within and block.within[0].kind == "note" for block in blocks):
        return blocks
    result = blocks
    above: set[str] = set()
    order = [i for i, block in enumerate(blocks) if block.kind not in BETWEEN]
    for at, i in enumerate(order):
        block = blocks[i]
        if block.kind != "heading" or block.within:
            continue
        head = fold(block.rows[0].text.strip(MARKS))
        if head not in above and block.facts.division != "notes" and _over_chapters(blocks, order[at + 1 :], above):
            decision = Decision("notes-of-chapters", "right over chapters that the book has above, with nothing but their notes", 0.9)
            result = list(blocks) if result is blocks else result
            facts = Facts(block.facts.level, "notes", type="named")
            result[i] = replace(block, facts=facts, decisions=(*block.decisions, decision))
        above.add(head)
    return result


def _over_chapters(blocks: list[Block], order: Sequence[int], above: Set[str]) -> bool:
    """Whether some headings come again here, each over nothing but notes."""
    chapters = 0
    noted = True
    for i in order:
        block = blocks[i]
        if block.within and block.within[0].kind == "note":
            noted = True
            continue
        if block.kind != "heading" or block.within or not noted or fold(block.rows[0].text.strip(MARKS)) not in above:
            break
        chapters += 1
        noted = False
    return chapters >= FEWEST_CHAPTERS and noted


FEWEST_CHAPTERS = 2


def _text_goes_on(blocks: list[Block], at: int) -> bool:
    """Whether nothing but notes stands below a heading, and then, far below them, a paragraph of text that is not the last leaf."""
    noted = False
    for i, block in enumerate(blocks[at + 1 :], at + 1):
        if block.kind in BETWEEN:
            continue
        if any(container.kind == "note" for container in block.within):
            noted = True
            continue
        text = block.kind == "paragraph" and not block.within and len(block.rows) >= FEWEST_ROWS and block.rows[0].gap >= APART
        last = block.rows and block.rows[0].gap >= blocks[at].rows[0].gap > APART and _is_last_leaf(blocks[i:])
        return noted and text and not block.facts.division and not last  # no article of an encyclopaedia
    return False


def _is_last_leaf(blocks: Sequence[Block]) -> bool:
    """Whether a few lines without a heading are all that is left of the book: the publisher offers others below its notes."""
    own = [b for b in blocks if b.kind != "boilerplate"]
    return sum(len(b.rows) for b in own) <= MOST_OF_LEAF and not any(b.kind == "heading" for b in own)


MOST_OF_LEAF = 40  # printed lines


def _speeches_go_on(blocks: list[Block], at: int) -> bool:
    """Whether the people of a play speak above a heading and again below what it is over, with no other heading between."""
    below = next((block for block in blocks[at + 1 :] if is_spoken(block) or block.kind == "heading"), None)
    above = next((block for block in reversed(blocks[:at]) if is_spoken(block) or block.kind == "heading"), None)
    return below is not None and above is not None and is_spoken(below) and is_spoken(above)


def is_over_author(blocks: Sequence[Block], at: int, layout: Layout) -> bool:
    """Whether a block is of a note below which one line says who wrote the piece: the note is on the title right above."""
    if not is_note(blocks[at]):
        return False
    below = next((b for b in blocks[at + 1 :] if b.within[:1] != blocks[at].within[:1]), blocks[at])
    return (
        below.kind == "paragraph"
        and not below.within
        and len(below.rows) == 1
        and words(layout.language).byline.match(below.text) is not None
    )
