"""Titles over pages that they head: the first of the lines that come again at the tops of pages may be the title of a piece."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from typing import NamedTuple

from tei_pipeline.language import Language
from tei_pipeline.rows import Row
from tei_pipeline.rules.headings.head_labels import head_label, named_division

LONGEST_PIECE = 0.6  # of the lines of the book: what heads more pages is its title
MOST_ALIKE = 0.6  # of the running heads have the same white space around them
FEWEST_ALIKE = 4  # lines: fewer may have the white space of a title by chance
LEAST_OF_TEXT = 0.8  # of the usual width
LONGEST_TITLE = 4  # lines, below its first
SOON = 9  # lines: a title, what stands below it, and the first of its text
NO_LONGER = 1.25  # than the first line of a title are those below it


def bare_words(text: str) -> str:
    """The words of a line in small letters, without figures and signs."""
    return re.sub(r"[\W\d_]+", " ", text).strip().lower()


def gap_below(rows: Sequence[Row], i: int) -> int:
    """The white space below a row; 0 below the last."""
    return rows[i + 1].gap if i + 1 < len(rows) else 0


class Again(NamedTuple):
    """Lines of the same words: ``places`` are all of them. ``known``: the lines of furniture; ``listed``: whether a line stands in the
    contents; ``full``: the usual width of lines.
    """

    rows: Sequence[Row]
    places: Sequence[int]
    known: Container[int]
    listed: Callable[[int], bool]
    full: int
    language: Language


def without_titles(again: Again, chosen: Sequence[int]) -> Sequence[int]:
    """The lines that head pages, of those ``chosen`` where pages meet: without the title of the piece, also on a leaf of its own before it,
    and that of the book over its text.
    """
    rows, known = again.rows, again.known
    if chosen and _opens_piece(again, chosen):
        chosen = chosen[1:]
    if len(chosen) > 1 and chosen[1] - chosen[0] < SOON and _is_set_apart(rows, chosen[1:], known):
        chosen = chosen[1:]  # on a leaf
    if chosen and _is_set_apart(rows, chosen, known):
        chosen = chosen[1:]
    return _without_far(rows, chosen, known)


def _opens_piece(again: Again, chosen: Sequence[int]) -> bool:
    """Whether the first of the chosen lines is the title of the piece whose pages the others head: no page of a new chapter has a running
    head. The words above it are at an end, those below it begin, the title does not stand shortly before, and the book is more than this
    piece.
    """
    rows, places, known, listed, full, language = again
    at = before = chosen[0]
    while before - 1 in known:
        before -= 1
    length = chosen[-1] - at
    if at + 1 < len(rows) and (_has_more_lines(rows, chosen, full) or _is_set_apart(rows, chosen, known)):
        return True
    if length > LONGEST_PIECE * len(rows) or not before or at + 1 >= len(rows) or at + 1 in known:
        return False
    page = int(length / max(1, len(chosen) - 1))
    if (
        any(0 < at - i <= page and not listed(i) for i in places)
        or _shortens(rows, at, 2 * page, listed)
        or _is_of_book(rows, chosen, places, known)
        or (is_set_as_heads(rows, chosen) and at - 1 not in known)
    ):
        return False
    above, below = rows[before - 1], rows[at + 1]
    return (
        (above.ends_sentence or _names_part(above.text, language) or listed(before - 1))
        and not below.starts_lower
        and bare_words(below.text) != bare_words(rows[at].text)
    )


def _has_more_lines(rows: Sequence[Row], chosen: Sequence[int], full: int) -> bool:
    """Whether the first of some lines goes on in short ones right below it, where the others have white space or full lines of text: the
    title, all of it.
    """
    apart = sum(gap_below(rows, i) > 0 or _is_text_below(rows, i, full) for i in chosen[1:])
    first = rows[chosen[0]]
    more = rows[chosen[0] + 1 :][:LONGEST_TITLE]
    end = next((k for k, row in enumerate(more) if row.gap or row.width > LEAST_OF_TEXT * full), 0)
    begun = all(len(row.text) <= NO_LONGER * len(first.text) and not row.starts_lower for row in more[:end])
    return end > 0 and begun and apart >= MOST_ALIKE * len(chosen)


def _is_text_below(rows: Sequence[Row], i: int, full: int) -> bool:
    return i + 1 < len(rows) and rows[i + 1].width > LEAST_OF_TEXT * full


def _is_set_apart(rows: Sequence[Row], chosen: Sequence[int], known: Container[int]) -> bool:
    """Whether the first of some lines is set as a title is, the others as running heads: it alone ends with a point, is in capitals or is
    not, or has a leaf to itself.
    """
    return _ends_with_point(rows, chosen) or _is_in_other_letters(rows, chosen) or _is_alone(rows, chosen[0], known)


def _ends_with_point(rows: Sequence[Row], chosen: Sequence[int]) -> bool:
    """Whether a point ends the first of some lines, as it does titles, and none of the others: running heads have none."""
    first, *others = (rows[i].text for i in chosen)
    return first[-1] == "." and len(others) >= FEWEST_ALIKE and all(text[-1].isalpha() for text in others)


def _is_in_other_letters(rows: Sequence[Row], chosen: Sequence[int]) -> bool:
    """Whether the first of some lines is not in capitals, and all the others are, or the other way round."""
    first, *others = (rows[i].text.isupper() for i in chosen)
    return len(others) > 1 and all(upper != first for upper in others)


def _is_alone(rows: Sequence[Row], i: int, known: Container[int]) -> bool:
    """Whether a line begins a page, and the next page begins below it, or below its number."""
    below = rows[i + 1 : i + 3] if i + 1 in known else rows[i + 1 : i + 2]
    return rows[i].page and any(row.page for row in below)


def _without_far(rows: Sequence[Row], chosen: Sequence[int], known: Container[int]) -> Sequence[int]:
    """Some lines that come again without the one below a page number that has far more white space above it than any other: the title of
    the book, over the text, behind a preface that its words head.
    """
    if len(chosen) <= FEWEST_ALIKE:
        return chosen
    *others, widest = sorted(chosen, key=lambda i: rows[i].gap)
    far = widest - 1 in known and rows[widest].gap >= rows[others[-1]].gap + FAR
    return [i for i in chosen if i != widest or not far]


FAR = 3  # empty lines


def _names_part(text: str, language: Language) -> bool:
    """Whether a line is a heading of no text: the number of the part that a piece begins, or what the contents end with."""
    label = head_label(text, language)
    return (label is not None and bool(label.type) and label.length >= len(text.rstrip("."))) or named_division(text, language) is not None


def _is_of_book(rows: Sequence[Row], chosen: Sequence[int], places: Sequence[int], known: Container[int]) -> bool:
    """Whether the words are the first of the book, its title, and the first line has the white space of the running heads after it."""
    if places[0] or places[0] in known or len({rows[i].gap for i in chosen}) > 1:
        return False
    return len({gap_below(rows, i) for i in chosen}) == 1 and gap_below(rows, chosen[0]) > 0


def is_set_as_heads(rows: Sequence[Row], chosen: Sequence[int]) -> bool:
    """Whether several lines have the same white space above and below, as running heads have; a title has more."""
    if len(chosen) < FEWEST_ALIKE or any(rows[i].page for i in chosen):
        return False  # nothing is told by the white space at the top of a page
    around = {(rows[i].gap, gap_below(rows, i)) for i in chosen}
    return len(around) == 1 and min(around)[1] > 0


def _shortens(rows: Sequence[Row], at: int, near: int, listed: Callable[[int], bool]) -> bool:
    """Whether a title of one line or two shortly before row ``at`` has its words and more: it has no room for all of them."""
    words = bare_words(rows[at].text)
    starts = (
        i for i in range(max(0, at - near), at) if (rows[i].gap or rows[i].page) and rows[i].text[0].upper() == rows[at].text[0].upper()
    )
    titles = (bare_words(f"{rows[i].text} {rows[i + 1].text}") for i in starts if not listed(i))
    return bool(words) and any(title.startswith(words) and len(title) > len(words) for title in titles)
