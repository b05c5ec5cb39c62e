"""What headings above the first division may be: mastheads, numbers of volumes, who helped, where a publisher is."""

from __future__ import annotations

from tei_pipeline.blocks import Block
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.shape import word_count
from tei_pipeline.rules.words import words
from tei_pipeline.settle.front.title_blocks import AMONG, MOST_OF_ADDRESS, MOST_OF_IMPRINT, NAMED_FRONT, SHORT, YEAR_LAST, is_sentence

MASTHEAD = 10  # blocks


def is_masthead(blocks: list[Block], at: int, layout: Layout) -> bool:
    """Whether a few lines below the title of a periodical give the number of the issue and its day, volume and number, or volume
    and month: Vol. 2, No. 4.
    """
    text = blocks[at].text.strip("_* ")
    if len(blocks[at].rows) > MOST_OF_IMPRINT or not any(c.isdigit() for c in text):
        return False
    patterns = words(layout.language)
    issued = patterns.issue.search(text)
    if issued is not None and issued.start() and blocks[at].facts.division in _OF_PERIODICALS and not recurs(blocks, at):
        return True
    dated = patterns.may_hold_date(text) and patterns.date.search(text) is not None
    if issued is None and patterns.volume.search(text) is None:
        return dated and blocks[at].facts.division == "volume" and not recurs(blocks, at)  # VOL. IV.--MARCH, 1861.--NO. XX.
    below = blocks[at + 1] if at + 1 < len(blocks) else None
    return dated or (below is not None and below.kind == "dateline")


_OF_PERIODICALS = ("volume", "section")


def names_periodical(blocks: list[Block], at: int, layout: Layout) -> bool:
    """Whether a name for notes is that of a periodical, whose number and day stand a few lines below it."""
    if blocks[at].facts.division != "notes":
        return False
    patterns = words(layout.language)
    below = (b.text for b in blocks[at + 1 : at + 1 + MASTHEAD] if b.kind not in AMONG)
    return any(patterns.may_hold_date(text) and patterns.date.search(text) and patterns.issue.search(text) for text in below)


def names_helper(blocks: list[Block], at: int, layout: Layout) -> bool:
    """Whether a line tells who drew the pictures or wrote the introduction that comes later: "Illustrations by A. Brown"; or
    that he wrote another part of it.
    """
    block = blocks[at]
    if block.kind == "heading" and block.facts.type == "named" and len(block.rows) > 1:
        token = fold(block.rows[0].text.strip("_*= ").rsplit(" ", 1)[-1])
        if token in layout.language.bylines and " " in block.rows[0].text.strip("_*= "):
            return True  # VOCABULARY BY / A. BROWN
    if block.kind != "heading" or block.facts.division not in NAMED_FRONT:
        return False
    tokens = fold(block.rows[0].text.strip("_* ")).split()  # the publisher may stand below, in capitals too
    if len(block.rows) > 1 and tokens[-1:] and tokens[-1] in layout.language.bylines:
        tokens += fold(block.rows[1].text.strip("_* ")).split()  # INTRODUCTION BY, over the name
    if len(tokens) < 3 or not any(token in layout.language.bylines for token in tokens[1:-1]):
        return False
    if fold(block.text).strip(" .:_*") in layout.language.divisions:
        return False  # the very name: TABLA DE MATERIAS
    division = block.facts.division
    return division == "contents" or any(b.kind == "heading" and b.facts.division == division for b in blocks[at + 1 :])


def names_publisher(blocks: list[Block], at: int, layout: Layout) -> bool:
    """Whether the line below a place has the word for a publisher: "New York", "Caldwell Company, Publishers"; or his street, his town and
    the year stand right below his name.
    """
    below = blocks[at + 1] if at + 1 < len(blocks) else blocks[at]
    if below.kind == "paragraph" and 2 <= len(below.rows) <= MOST_OF_ADDRESS and not below.rows[0].gap:
        return YEAR_LAST.search(below.rows[-1].text) is not None and not is_sentence(below)
    return len(blocks[at].rows) == len(below.rows) == 1 and words(layout.language).imprint.search(below.text) is not None


def recurs(blocks: list[Block], at: int) -> bool:
    """Whether a numbered division of the same name comes again: then the first one begins the book, and is no line of its title."""
    facts = blocks[at].facts
    if not facts.division:
        return False
    return any(b.kind == "heading" and b.facts.division == facts.division and b.facts.number == facts.number + 1 for b in blocks[at + 1 :])


def counts_copy(blocks: list[Block], at: int) -> bool:
    """Whether a bare number, not the first, counts no division, since no other has its name: it is that of the copy, or of the book in a
    series.
    """
    facts, row = blocks[at].facts, blocks[at].rows[0]
    if (
        facts.type != "labelled"
        or facts.division not in ("section", "notes")
        or facts.number < 2
        or facts.label < len(row.text.strip("_*. "))
    ):
        return False
    name = fold(row.text.strip("_* ").partition(" ")[0])  # No., which is no LESSON
    alike = (b for b in blocks if b.kind == "heading" and b.facts.division == facts.division)
    return sum(fold(b.text.strip("_* ").partition(" ")[0]) == name for b in alike) == 1


def tells_years(blocks: list[Block], at: int) -> bool:
    """Whether the number behind the word for a piece is the year of all that the book holds: "POEMS 1908-1918"."""
    facts = blocks[at].facts
    return (
        facts.type == "labelled" and facts.number >= EARLIEST and YEAR_LAST.search(blocks[at].text) is not None and not recurs(blocks, at)
    )


def over_imprint(blocks: list[Block], at: int) -> bool:
    """Whether who printed a number stands below a line, or below the place under it: "University of Marl", over "Printed by …"."""
    below = [b for b in blocks[at + 1 : at + 1 + MOST_OF_ADDRESS] if b.kind not in AMONG][:2]
    printed = next((k for k, b in enumerate(below) if b.kind == "imprint"), len(below))
    return printed < len(below) and all(len(b.rows) <= MOST_OF_ADDRESS and not is_sentence(b) for b in below[:printed])


def counts_volume(blocks: list[Block], at: int) -> bool:
    """Whether a bare number below the title is that of the volume: it is not the first, the next such number does not run on from it, and
    no text stands below.
    """
    number = blocks[at].facts.number
    below = next((b for b in blocks[at + 1 :] if b.kind not in AMONG), None)
    if number < 2 or below is None or word_count(below.text) > SHORT or is_sentence(below):
        return False
    counted = (b.facts.number for b in blocks[at + 1 :] if b.kind == "heading" and b.facts.type == "roman")
    return next((n for n in counted if n != number), 0) != number + 1


def is_over_chapter(blocks: list[Block], at: int) -> bool:
    """Whether a book or part, no volume, stands right over its first chapter: only its label tells that it is no line of the title."""
    below = next((b for b in blocks[at + 1 :] if b.kind not in AMONG), None)
    if below is None or below.kind != "heading" or below.facts.type != "labelled" or blocks[at].facts.division == "volume":
        return False
    first = blocks[at].facts.number == 1 or not any(b.kind not in AMONG for b in blocks[:at])  # what a file of the book begins with
    return first and below.facts.number == 1 and below.facts.level > blocks[at].facts.level


def above_byline(blocks: list[Block], at: int, layout: Layout) -> bool:
    """Whether the line below says who wrote the book: its title may be "Notes of a Traveller"."""
    below = blocks[at + 1] if at + 1 < len(blocks) else blocks[at]
    return words(layout.language).byline.match(below.rows[0].text.strip("_ ")) is not None if below.rows else False


EARLIEST = 1400  # of the years of books
