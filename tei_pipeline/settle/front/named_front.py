"""The first heading that names front matter, when only the lines of a title page stand above it: each is held against a table of what it
may be there, and the first reason that applies goes on, ends the title page, or says that this is none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tei_pipeline.blocks import Block
from tei_pipeline.layout import Layout
from tei_pipeline.rules.reasons import always
from tei_pipeline.rules.words import words
from tei_pipeline.settle.front.dedications import dedicates, says_so
from tei_pipeline.settle.front.title_blocks import (
    AMONG,
    FAR_IN,
    MOST_OF_ADDRESS,
    MOST_OF_MOTTO,
    NAMED_FRONT,
    NEAR_IMPRINT,
    OF_TITLES,
    STANZA,
    YEAR_LAST,
    is_notice,
    is_sentence,
    names_author,
    quotes_above_imprint,
    says_title,
    shares_axis,
    tells_of_file,
)
from tei_pipeline.settle.front.title_headings import counts_copy, names_helper, recurs, tells_years
from tei_pipeline.settle.nesting.gaps import APART


class Seen(NamedTuple):
    """Whether the lines above say who wrote the book (``by``) and who printed it; ``remark``: the first of the sentences on the
    edition that stand last.
    """

    by: bool = False
    printed: bool = False
    remark: int = 0


class Place(NamedTuple):
    """A block ``at`` some place of what begins at ``start``."""

    blocks: list[Block]
    layout: Layout
    start: int
    at: int
    seen: Seen

    @property
    def block(self) -> Block:
        """The block itself."""
        return self.blocks[self.at]

    @property
    def titled(self) -> bool:
        """Whether the lines above say who wrote the book, or who printed it."""
        return self.seen.by or self.seen.printed

    @property
    def whole(self) -> bool:
        """Whether they say both."""
        return self.seen.by and self.seen.printed

    @property
    def dated(self) -> bool:
        """Whether a year ends one of its lines."""
        return any(YEAR_LAST.search(row.text) for row in self.block.rows)

    @property
    def prints(self) -> bool:
        """Whether it is short and has words of imprints."""
        return len(self.block.rows) <= MOST_OF_ADDRESS and words(self.layout.language).imprint.search(self.block.text) is not None

    @property
    def set_in(self) -> bool:
        """Whether it is quoted, by its indent."""
        return bool(self.block.within) and self.block.within[0].kind == "quotation"

    @property
    def stanza(self) -> bool:
        """Whether it is verse, as no lines of a title are, which stand around one axis."""
        verse = self.block.kind == "verse" and (len(self.block.rows) >= STANZA or is_sentence(self.block))
        return verse and not (self.at > self.start and shares_axis(self.blocks[self.at - 1], self.block))


class Reason(NamedTuple):
    """What a block is, and what follows: where the first division is, that there is no title page (-1), or what has been seen now."""

    says: str
    when: Callable[[Place], bool]
    then: Callable[[Place], int | Seen]


def named_front(blocks: list[Block], start: int, layout: Layout, most: int) -> int | None:
    """The first heading that names front matter, if who wrote the book and who printed it stand above, and nothing that runs on as text."""
    seen = Seen()
    for i in range(start, min(len(blocks), start + most)):
        if blocks[i].kind in AMONG:
            continue
        place = Place(blocks, layout, start, i, seen)
        then = why(place).then(place)
        if isinstance(then, int):
            return then if then >= 0 else None
        seen = then
    return None


def why(place: Place) -> Reason:
    """The reason why the title page goes on or has ended."""
    return next(reason for reason in REASONS if reason.when(place))


def _none(_: Place) -> int:
    return -1


def _line(p: Place) -> Seen:
    """One more line of the title page."""
    return p.seen._replace(remark=0)


def _remark(p: Place) -> Seen:
    """Another, which may say who wrote the book, above a second author or the imprint."""
    return p.seen._replace(remark=0, by=p.seen.by or names_author(p.block, p.layout))


def _rights(p: Place) -> Seen:
    remark = p.seen.remark or (p.at if is_sentence(p.block) and not is_notice(p.block) else 0)
    return p.seen._replace(remark=remark, printed=p.seen.printed or p.dated)


def _title(p: Place) -> Seen:
    by = names_author(p.block, p.layout)
    return Seen(p.seen.by or by, p.seen.printed or p.prints or p.dated)


def _tells_rights(p: Place) -> bool:
    if p.block.kind != "paragraph":
        return False
    rights = len(p.block.rows) <= MOST_OF_RIGHTS and words(p.layout.language).imprint.search(p.block.text) is not None
    return rights or is_notice(p.block)


def _is_poem(p: Place) -> bool:
    """More verses than a motto has, unless the last line tells whose they are, or the contents come next below them."""
    last = p.block.rows[-1]
    told = last.indent >= FAR_IN and last.text[0] in "-—"
    long = p.stanza and len(p.block.rows) > MOST_OF_MOTTO and not told
    return long and (is_sentence(p.block) or not _begins_contents(p.blocks, p.at + 1))


def _divides(p: Place) -> bool:
    """A heading that names a division, or one of several."""
    if p.block.kind != "heading" or (p.at == p.start and p.block.facts.type == "named" and p.block.facts.division in OF_TITLES):
        return False
    if p.block.facts.division in ("", "volume", "book", "part"):
        return recurs(p.blocks, p.at)
    return not (tells_years(p.blocks, p.at) or counts_copy(p.blocks, p.at))


def _is_remark(p: Place) -> bool:
    """A few lines, no farther from the title above than its own lines are, with author or imprint on the same leaf below."""
    if p.at == p.start or p.block.kind != "paragraph" or len(p.block.rows) > MOST_OF_ADDRESS + 1 or p.block.rows[0].gap > APART:
        return False
    for block in p.blocks[p.at + 1 : p.at + 1 + NEAR_IMPRINT]:
        if not block.rows or block.rows[0].gap > APART or is_sentence(block):
            return False
        if len(block.rows) <= MOST_OF_MOTTO and (
            words(p.layout.language).imprint.search(block.text) is not None or names_author(block, p.layout)
        ):
            return True
    return False


_OF_TITLE_PAGES = frozenset(
    ("heading", "paragraph", "verse", "table", "preformatted", "imprint", "signed", "byline", "subtitle", "dateline")
)
_AFTER_TITLE = NAMED_FRONT | {"index"}  # before the text an index lists the chapters
MOST_OF_TITLE = 12  # lines that stand together
MOST_OF_RIGHTS = 6  # lines on the edition and the rights in it

REASONS = (
    Reason("it says who helped", lambda p: names_helper(p.blocks, p.at, p.layout), lambda p: p.seen._replace(by=True)),
    Reason(
        "it is of the title, as the library has it",
        lambda p: p.at > p.start and p.block.kind in ("verse", "paragraph") and says_title(p.block, p.layout),
        _line,
    ),
    Reason(
        "it names front matter",
        lambda p: (
            p.block.kind == "heading" and p.block.facts.type == "named" and p.block.facts.division in _AFTER_TITLE and not p.block.within
        ),
        lambda p: (p.seen.remark or p.at) if p.titled else -1,
    ),
    Reason(
        "words are quoted above the imprint, or it speaks of the file",
        lambda p: p.at > p.start and (quotes_above_imprint(p.blocks, p.at, p.layout) or tells_of_file(p.block, p.layout)),
        lambda p: p.seen,
    ),
    Reason(
        "it dedicates the book",
        lambda p: (p.set_in and p.whole and dedicates(p.block, p.layout)) or (p.titled and says_so(p.block, p.layout)),
        lambda p: p.at,
    ),
    Reason("it is quoted", lambda p: p.set_in and len(p.block.rows) <= MOST_OF_MOTTO, lambda p: p.seen),
    Reason("it tells of the edition and the rights in it, or what papers said", _tells_rights, _rights),
    Reason("it is a remark on the leaf of the title, above who wrote or printed the book", _is_remark, _remark),
    Reason(
        "it runs on as text",
        lambda p: p.block.kind not in _OF_TITLE_PAGES or (p.block.kind != "verse" and is_sentence(p.block)),
        _none,
    ),
    Reason("it is a poem", _is_poem, _none),
    Reason(
        "it is a poem to somebody",
        lambda p: p.stanza and p.blocks[p.at - 1].kind == "heading" and dedicates(p.blocks[p.at - 1], p.layout),
        lambda p: p.at - 1 if p.whole else -1,
    ),
    Reason("it is verse above the author", lambda p: p.stanza and not p.titled, _none),
    Reason("it is the motto", lambda p: p.stanza, _line),
    Reason("it names a division", _divides, _none),
    Reason("it has more lines than a title", lambda p: len(p.block.rows) > MOST_OF_TITLE, _none),
    Reason(
        "a sentence ends within it",
        lambda p: not p.prints and any(row.ends_sentence and row.starts_lower for row in p.block.rows[:-1]),
        _none,
    ),
    Reason("it is a line of the title page", always, _title),
)


def _begins_contents(blocks: list[Block], at: int) -> bool:
    """Whether the heading of the contents comes next, below a name, so that the verses above it are a motto, however many."""
    below = [b for b in blocks[at : at + 3] if b.kind not in AMONG]
    named = next((k for k, b in enumerate(below) if b.kind == "heading"), len(below))
    return named < len(below) and below[named].facts.division == "contents" and all(len(b.rows) == 1 for b in below[:named])
