"""What a block below the beginning of a title page looks like to the table that asks whether the book begins there."""

from __future__ import annotations

from typing import NamedTuple

from tei_pipeline.blocks import Block
from tei_pipeline.layout import Layout
from tei_pipeline.rules.shape import word_count
from tei_pipeline.rules.words import words
from tei_pipeline.settle.front.imprints import (
    is_address,
    names_again,
    prints,
)
from tei_pipeline.settle.front.title_blocks import (
    OF_TITLES,
    SHORT,
    above_cast,
    continues,
    is_author,
    is_sentence,
    tells_by,
)
from tei_pipeline.settle.front.title_headings import (
    is_over_chapter,
    names_periodical,
    recurs,
    tells_years,
)


class Seen(NamedTuple):
    """What stood above: ``heading`` is the last that may be the first division, ``printed`` where the imprint stands, ``last`` the line
    above. The line above was the word ``by`` over the author, or an ``imprint``; somewhere above are a ``by_line`` alone, who is the author
    (``authored``), the number of an ``issued`` periodical, a publisher (``published``).
    """

    heading: int
    printed: int
    last: Block | None
    by: bool = False
    imprint: bool = False
    by_line: bool = False
    authored: bool = False
    issued: bool = False
    published: bool = False


class Place(NamedTuple):
    """A block ``at`` some place, below the imprint or the beginning of the title page at ``start``; ``leaf``: the imprint stands there."""

    blocks: list[Block]
    layout: Layout
    start: int
    leaf: bool
    at: int
    seen: Seen

    @property
    def block(self) -> Block:
        """The block itself."""
        return self.blocks[self.at]

    @property
    def heading(self) -> bool:
        """Whether it looks like a heading."""
        return self.block.kind == "heading"

    @property
    def division(self) -> str:
        """The kind of division that it names."""
        return self.block.facts.division

    @property
    def type(self) -> str:
        """What kind of heading it is."""
        return self.block.facts.type if self.heading else ""

    @property
    def authored(self) -> bool:
        """Whether it, or a line above, says who wrote the book."""
        told = self.block.kind == "paragraph" and tells_by(self.block, self.layout)
        return self.seen.authored or told or (self.block.kind in ("paragraph", "heading") and is_author(self.block, self.layout))

    @property
    def below_volume(self) -> bool:
        """Whether the number of the volume stands right above."""
        return self.seen.last is not None and self.seen.last.facts.division == "volume"

    @property
    def last_title(self) -> int:
        """The last title above, or the block itself."""
        return self.seen.heading if self.seen.heading > self.start else self.at


def goes_on_with_imprint(p: Place) -> bool:
    """Whether short lines set in, below another, tell where or by whom the book was printed."""
    if not p.block.within or p.seen.last is None:
        return False
    above = p.blocks[p.at - 1]
    near = p.leaf and p.start == p.at - 1 and above.within[:1] == p.block.within[:1] and not p.block.rows[0].gap
    printing = p.seen.imprint or near or words(p.layout.language).imprint.search(p.block.text) is not None
    return (printing and is_address(p.block)) or prints(p.block, p.layout)


def is_by(p: Place) -> bool:
    """The word "by" as a heading, or with a name as a short line."""
    patterns, block = words(p.layout.language), p.block
    if p.heading and patterns.is_by(block.text):
        return True
    return block.kind == "paragraph" and word_count(block.text) <= 3 and patterns.byline.match(block.text.strip("_ ")) is not None


def begins_small(p: Place) -> bool:
    """Whether a line of a heading that is none of a division, the first line of a title aside, begins with the word for the author."""
    if p.type in ("", "named", "labelled") or p.leaf:
        return False
    byline = words(p.layout.language).byline
    return any(byline.match(row.text.strip("_ ")) for row in p.block.rows[(p.at == p.start) :])


def names_division(p: Place) -> bool:
    """The name of a division that a title of a whole book has not, or the number of one that is no volume."""
    if p.type == "named":
        return p.division not in OF_TITLES and not (p.at == p.start and names_periodical(p.blocks, p.at, p.layout))
    return p.type == "labelled" and p.division not in ("volume", "book", "part") and not tells_years(p.blocks, p.at)


def begins_parts(p: Place) -> bool:
    """A volume, book or part that is counted on, or stands right over its first chapter; an author of whom the title page has the name."""
    if p.type != "labelled":
        return p.heading and p.seen.printed > 0 and names_again(p.blocks, p.at)
    return recurs(p.blocks, p.at) or ((p.authored or p.at == p.start) and is_over_chapter(p.blocks, p.at))


def names_receiver(p: Place) -> bool:
    """Whether a heading right above says whom a letter is to."""
    above = p.blocks[p.at - 1]
    return p.at - 1 > p.start and p.seen.last is above and (above.kind, above.facts.division) == ("heading", "letter")


def is_text(p: Place) -> bool:
    """Whether a block is longer than the lines of a title page, a sentence, or of a kind that none of them is."""
    block = p.block
    if block.kind in ("paragraph", "verse", "table", "list"):
        runs = len(block.rows) > 4 or word_count(block.text) > SHORT or (is_sentence(block) and not continues(block, p.seen.last))
        if runs and not above_cast(p.blocks, p.at):
            return True
    return block.kind not in _LINES


_LINES = frozenset(("paragraph", "editorial", "verse", "table", "dateline", "imprint", "signed", "trailer", "salute", "residue", "stage"))
