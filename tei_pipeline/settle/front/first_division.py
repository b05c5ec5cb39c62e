"""Where the book begins below its title page: each block is held against a table of what it may be there, and the first reason that applies
says that it is a line of the title page, or where the first division is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tei_pipeline.blocks import Block
from tei_pipeline.language import fold
from tei_pipeline.layout import Layout
from tei_pipeline.rules.reasons import always
from tei_pipeline.rules.words import words
from tei_pipeline.settle.front.dedications import says_to_whom
from tei_pipeline.settle.front.imprints import (
    is_address,
    is_imprint,
    is_whole_leaf,
    last_imprint,
    names_above_imprint,
    reserves_rights,
)
from tei_pipeline.settle.front.named_front import named_front
from tei_pipeline.settle.front.title_blocks import (
    AMONG,
    MOST_OF_IMPRINT,
    above_front,
    above_heading,
    are_stanzas,
    begins_with_by,
    is_author,
    is_centred,
    is_sentence,
    letter_head,
    lists_works,
    opens_letter,
    opens_list,
    quotes_above_imprint,
    shares_axis,
    with_motto,
)
from tei_pipeline.settle.front.title_headings import (
    above_byline,
    counts_copy,
    counts_volume,
    is_masthead,
    names_helper,
    names_publisher,
    over_imprint,
)
from tei_pipeline.settle.front.title_leaves import titled_again
from tei_pipeline.settle.front.title_lines import (
    Place,
    Seen,
    begins_parts,
    begins_small,
    goes_on_with_imprint,
    is_by,
    is_text,
    names_division,
    names_receiver,
)
from tei_pipeline.settle.front.title_parts import ends_with_name

MOST_LINES = 60  # blocks of a title page
MOST_OF_LINE = 10  # words


class Reason(NamedTuple):
    """What a block is, and what follows: where the first division is, or what has been seen now."""

    says: str
    when: Callable[[Place], bool]
    then: Callable[[Place], int | Seen]


def first_division(blocks: list[Block], start: int, layout: Layout) -> int:
    """Where the book itself begins: at its contents, its first named or numbered division, or the last heading before its first text."""
    if (listed := next((i for i in range(start, min(len(blocks), start + MOST_LINES)) if opens_list(blocks, i)), None)) is not None:
        return listed
    if (named := named_front(blocks, start, layout, MOST_LINES)) is not None:
        return named
    if (again := titled_again(blocks, start, layout, MOST_LINES)) is not None:
        return again
    printed = last_imprint(blocks, start, layout)
    leaf = printed > start
    seen = Seen(printed, printed if leaf else 0, blocks[printed] if leaf else None)
    for i in range(printed + leaf, min(len(blocks), printed + MOST_LINES)):
        if blocks[i].kind in AMONG:
            continue
        place = Place(blocks, layout, printed, leaf, i, seen)
        then = why(place).then(place)
        if isinstance(then, int):
            return then
        seen = then
    return printed


def why(place: Place) -> Reason:
    """The reason why the title page goes on or has ended."""
    return next(reason for reason in REASONS if reason.when(place))


def _here(p: Place) -> int:
    return p.at


def _last_title(p: Place) -> int:
    return p.last_title


def _title_over_number(p: Place) -> int:
    """The last title above, unless it is a line of the title page, near to those above it, the author among them."""
    title = p.blocks[p.last_title]
    return p.at if p.seen.authored and title.rows[0].gap == 1 and p.last_title < p.at - 1 else p.last_title


def _line(p: Place) -> Seen:
    """One more line of the title page; below the word "by" a name alone is the author."""
    return p.seen._replace(last=p.block, imprint=False, authored=p.authored, by=p.seen.by and p.block.kind != "signed")


def _publisher(p: Place) -> Seen:
    return _line(p)._replace(by=False, published=True)


def _title(p: Place) -> Seen:
    """The last title above the text is that of the first division; below the word "by" it is the author."""
    author = p.seen.by or (p.at > p.start and is_author(p.block, p.layout))
    return _line(p)._replace(heading=p.seen.heading if author else p.at, by=False)


def _by_line(p: Place) -> Seen:
    """The name stands below when the word for the author ends the line."""
    by = fold(p.block.text.split()[-1].strip("_* ")) in p.layout.language.bylines
    return _line(p)._replace(by=by, by_line=True, authored=True)


def _text(p: Place) -> int:
    """At the last title, unless that is one of the title page: a publisher's, one above the imprint, the only one over the author."""
    seen = p.seen
    alone = seen.by_line and all(b.kind in AMONG for b in p.blocks[p.start : seen.heading])
    printed = seen.heading < seen.printed or (p.leaf and seen.heading == p.start)  # no title stands below the imprint
    return p.at if seen.issued or seen.published or printed or alone else seen.heading


def _dedication_above(p: Place) -> int:
    """The line that says whom the letter is to, right above, or over the titles of honour there; else the letter."""
    near = (p.at - 1, p.at - 2) if p.seen.last is p.blocks[p.at - 1] else ()
    return next((i for i in near if i > p.seen.printed and says_to_whom(p.blocks[i], p.layout)), p.at)


REASONS = (
    Reason("a letter or diary begins", lambda p: p.block.kind == "dateline" and opens_letter(p.blocks, p.at), _here),
    Reason(
        "it says whom the first letter is to, below the title of the letters",
        lambda p: p.block.facts.type == "receiver",
        lambda p: letter_head(p.blocks, p.at, p.start),
    ),
    Reason(
        "a letter begins below the imprint, or below whom it is to",
        lambda p: p.block.kind == "salute" and (p.seen.printed > 0 or names_receiver(p)),
        lambda p: p.at - 1 if names_receiver(p) else _dedication_above(p),
    ),
    Reason(
        "words are quoted, or names set in, above the imprint",
        lambda p: p.at > p.start and (quotes_above_imprint(p.blocks, p.at, p.layout) or names_above_imprint(p.blocks, p.at, p.layout)),
        lambda p: p.seen._replace(last=p.block),
    ),
    Reason(
        "it says who printed the book",
        lambda p: p.at > p.start and (is_imprint(p.blocks, p.at, p.layout) or reserves_rights(p.block, p.seen.last, p.layout)),
        lambda p: p.seen._replace(by=False, last=p.block, imprint=True, printed=p.at),
    ),
    Reason(
        "short lines set in go on with the imprint",
        goes_on_with_imprint,
        lambda p: p.seen._replace(imprint=True, authored=p.seen.authored or begins_with_by(p.block.rows[0].text, p.layout)),
    ),
    Reason(
        "set in, it says who wrote the book",
        lambda p: (
            bool(p.block.within)
            and p.seen.heading < p.at
            and (is_address(p.block) or (p.heading and len(p.block.rows) <= MOST_OF_IMPRINT))
            and begins_with_by(p.block.rows[0].text, p.layout)
        ),
        lambda p: _line(p)._replace(authored=True),
    ),
    Reason(
        "short lines stand in the middle, below the author",
        lambda p: (
            (p.seen.authored or (p.layout.drama and p.seen.last is not None))
            and bool(p.block.within)
            and is_address(p.block)
            and is_centred(p.block, p.layout)
            and not is_sentence(p.block)
        ),
        lambda p: p.seen._replace(last=p.block, imprint=False),
    ),
    Reason(
        "it is the motto below the author, or what the volume holds",
        lambda p: (
            (p.authored or p.below_volume)
            and not p.heading
            and (
                (with_motto(p.block, p.seen.last) and above_heading(p.blocks, p.at)) or (not p.seen.printed and above_front(p.blocks, p.at))
            )
        ),
        _line,
    ),
    Reason(
        "short lines around one axis go on with the title, which leaves hardly a margin",
        lambda p: p.at > p.start and bool(p.block.within) and shares_axis(p.blocks[p.at - 1], p.block),
        _line,
    ),
    Reason(
        "it is set in, or verse goes on, as no title page does",
        lambda p: bool(p.block.within) or (p.seen.last is not None and are_stanzas(p.seen.last, p.block)),
        _last_title,
    ),
    Reason("it is the word over the author", is_by, _by_line),
    Reason(
        "it is the masthead of a periodical",
        lambda p: p.heading and p.at > p.start and is_masthead(p.blocks, p.at, p.layout),
        lambda p: _line(p)._replace(issued=True),
    ),
    Reason("it is the number of the copy", lambda p: p.at > p.start and p.heading and counts_copy(p.blocks, p.at), _line),
    Reason("it says who publishes the periodical", lambda p: p.heading and p.seen.issued and over_imprint(p.blocks, p.at), _line),
    Reason("it is the first piece of the periodical", lambda p: p.heading and p.seen.issued, _here),
    Reason(
        "it says who helped, or is a title that names notes, over the author",
        lambda p: (
            p.heading
            and (
                names_helper(p.blocks, p.at, p.layout)
                or (p.at == p.start and p.division == "notes" and above_byline(p.blocks, p.at, p.layout))
            )
        ),
        _line,
    ),
    Reason(
        "it says who translated or explained the book",
        lambda p: p.type == "title" and p.authored and ends_with_name(p.block.text, p.layout),
        _line,
    ),
    Reason(
        "it is the place over the publisher",
        lambda p: p.type in ("title", "capitals") and p.authored and names_publisher(p.blocks, p.at, p.layout),
        _publisher,
    ),
    Reason("it names or counts a division", names_division, _here),
    Reason("it counts a volume, book or part that goes on", begins_parts, _here),
    Reason(
        "it is the first entry of a dictionary, or first of a series",
        lambda p: p.type == "headword" or (p.type == "series" and p.block.facts.number == 1),
        _here,
    ),
    Reason("it is a title with the author below", begins_small, lambda p: _line(p)._replace(authored=True)),
    Reason(
        "it is the number of the volume, or of the edition",
        lambda p: (
            p.type == "roman"
            and p.at > p.start
            and (words(p.layout.language).edition.search(p.block.text) is not None or counts_volume(p.blocks, p.at))
        ),
        _line,
    ),
    Reason("it is the number of a chapter", lambda p: p.type in ("roman", "arabic"), _title_over_number),
    Reason("it is a title", lambda p: p.heading, _title),
    Reason(
        "it is all of the title page, down to the year",
        lambda p: p.at == p.start and is_whole_leaf(p.block, p.layout),
        lambda p: _publisher(p)._replace(printed=p.at),
    ),
    Reason(
        "it lists other books of the author",
        lambda p: lists_works(p.blocks, p.at, p.seen.last, p.layout, printed=p.seen.printed > 0),
        _line,
    ),
    Reason("it is text", is_text, _text),
    Reason("it is a short line", always, _line),
)
