"""The contents without a heading: a list below the title page, known by its lines, which stand over the text again in their order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tei_pipeline.language import Language, fold
from tei_pipeline.rows import Row
from tei_pipeline.rules.headings.head_labels import bare_label, head_label, named_division
from tei_pipeline.rules.lists.entry_pages import entry_page
from tei_pipeline.rules.lists.turned_over import leaves_open
from tei_pipeline.rules.shape import announces, chunk_end, median
from tei_pipeline.rules.words import words

ABOVE = 300  # rows: a list of contents begins among the first
MOST = 400  # rows of such a list
FEWEST = 4  # entries that come again
ALIKE = 0.75  # of the lines of a list come again
MISSES = 2  # lines in a row that do not
FEWEST_OF_TEXT = 3  # lines of a paragraph
SMALL = 0.3  # of them begin with a small letter
LINES_OF_TITLE = 4
RARE = 3  # times: a title stands over its text, and perhaps over its notes
APART = 3  # rows from one title in the text to the next
WIDEST = 90  # columns of a title
_COUNTED = re.compile(r"(?:[IVXLC]+|\d{1,3})\. [^\W\d_a-z]")
_MARKS = ".,:;()[]'\"“”‘’_*=+"
_ADDED = re.compile(r"(?<!\s)\s*[(\[][^()\[\]]*[)\]]\W*$")  # behind a title: where the piece is taken from, how it begins
_COMMA = re.compile(r",\s+|\s{2,}")


class Listing(NamedTuple):
    """A list of titles: the source lines of those that stand over the text again, and the lines there; ``end``: past its last line."""

    entries: tuple[int, ...] = ()
    titles: frozenset[int] = frozenset()
    end: int = 0


def bare_contents(printed: Sequence[Row], language: Language) -> Listing:
    """The first list whose lines stand over the text again, in their order; an empty one where there is none."""
    rows, lasts = _unfolded(printed)
    alone = [
        one and len(row.text) < (2 * WIDEST if row.line in lasts else WIDEST) and not _goes_on(rows, i)
        for i, (row, one) in enumerate(zip(rows, _alone(rows), strict=False))
    ]
    own = [_entry(row.text, language) if one else () for row, one in zip(rows, alone, strict=False)]
    wanted = {key for keys in own for key in keys}
    places = _places(rows, wanted, language)
    again = [sorted({at for key in keys for at in places.get(key, ()) if at > i}) for i, keys in enumerate(own)]
    for first, found in enumerate(again):
        if found and (end := _list_end(again, first, found[0])) > first:
            while first < end - FEWEST and _titles_list(rows, first, end):
                first += 1
            chain = _chain(again[first:end])
            texts = [at for _, at in chain]
            notes = sum(_names_notes(row.text, language) for row in rows[first:end])  # over the text they may say to what
            enough = len(chain) >= max(FEWEST, ALIKE * (end - first - notes)) and texts[0] >= end
            if enough and _stand_over_text(rows, texts) and not (_announced(rows, first, alone) or _joined(rows[first:end], language)):
                entries = (*_worded_otherwise(rows, first, end), *(rows[first + i].line for i, _ in chain))
                return Listing(entries, frozenset(rows[at].line for at in texts), lasts.get(rows[end - 1].line, rows[end - 1].line) + 1)
    return Listing()


def _unfolded(rows: Sequence[Row]) -> tuple[Sequence[Row], dict[int, int]]:
    """The rows, among the first of which each numbered entry that is a paragraph of some lines without a point is one row; for the source
    lines of these, their last.
    """
    found: list[Row] = []
    lasts: dict[int, int] = {}
    at = 0
    while at < min(ABOVE, len(rows)):
        end = chunk_end(rows, at)
        if 1 < end - at <= LINES_OF_TITLE and rows[at].gap and not rows[end - 1].ends_sentence and _COUNTED.match(rows[at].text):
            lasts[rows[at].line] = rows[end - 1].line
            found.append(rows[at]._replace(text=" ".join(row.text for row in rows[at:end])))
        else:
            found.extend(rows[at:end])
        at = end
    return (found + list(rows[at:]), lasts) if len(lasts) >= FEWEST else (rows, {})


def _names_notes(text: str, language: Language) -> bool:
    word = named_division(text, language)
    return word is not None and word.type == "notes"


def _announced(rows: Sequence[Row], first: int, alone: Sequence[bool]) -> bool:
    """Whether running text, a paragraph or more, ends above the list by announcing it: an introduction tells what was in older volumes."""
    at = next((i for i in range(first - 1, max(-1, first - MISSES * FEWEST), -1) if announces(rows[i].text)), -1)
    return at > 0 and _has_small_words(rows[at].text) and not all(alone[:at])


def _joined(rows: Sequence[Row], language: Language) -> bool:
    """Whether a line is nothing but a word that titles write small, which joins two titles of one book: OR, / WITH."""
    return any(fold(row.text.strip(_MARKS)) in language.lowercase_in_titles for row in rows)


def _worded_otherwise(rows: Sequence[Row], first: int, end: int) -> tuple[int, ...]:
    """The source line of an entry right above the list, with its page far to the right as the next has, whose title has other words."""
    if not first or rows[first].gap > max(row.gap for row in rows[first + 1 : end]):
        return ()
    return (rows[first - 1].line,) if all(_FAR_PAGE.search(row.text) for row in rows[first - 1 : first + 1]) else ()


_FAR_PAGE = re.compile(r"[^\W\d]\s{3,}\d+$")


def _stand_over_text(rows: Sequence[Row], places: Sequence[int]) -> bool:
    """Whether text stands below the titles: those of a title page come again on the leaf before the text, close together or with nothing
    but names and titles between them.
    """
    if median(b - a for a, b in pairwise(places)) < APART:
        return False
    return any(_has_small_words(row.text) for row in rows[places[0] : places[-1]])


def _has_small_words(text: str) -> bool:
    return sum(word[0].islower() for word in text.split()) >= SMALL_WORDS


def _alone(rows: Sequence[Row]) -> list[bool]:
    """Which of the first rows may be entries: they stand in no paragraph of text, where many lines begin small."""
    found: list[bool] = []
    while len(found) < min(ABOVE, len(rows)):
        chunk = rows[len(found) : chunk_end(rows, len(found))]
        small = sum(row.starts_lower for row in chunk)
        text = small >= SMALL * len(chunk) if len(chunk) >= FEWEST_OF_TEXT else _is_sentence(chunk[-1])
        found += [not text] * len(chunk)
    return found


def _goes_on(rows: Sequence[Row], at: int) -> bool:
    """Whether a line ends in the brackets that the one above it opened."""
    return at > 0 and not rows[at].gap and leaves_open(rows[at - 1].text)


def _is_sentence(row: Row) -> bool:
    """Whether a line ends as a sentence does, and writes many of its words small."""
    return row.ends_sentence and sum(word[0].islower() for word in row.text.split()) > MOST_SMALL


SMALL_WORDS = 3  # in a line of text or verse
MOST_SMALL = 5  # words of a title


def _list_end(again: Sequence[Sequence[int]], first: int, begun: int) -> int:
    """Past the last line below ``first`` that comes again, before the text begins, with hardly another between them."""
    end = first
    for i in range(first, min(begun, len(again), first + MOST)):
        if again[i]:
            end = i + 1
        elif i - end >= MISSES:
            break
    return end


def _titles_list(rows: Sequence[Row], first: int, end: int) -> bool:
    """Whether the first line stands farther from the next than any other two do: the title of the book, which comes again too."""
    return rows[first + 1].gap > max(row.gap for row in rows[first + 2 : end])


def _chain(again: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """The longest run of lines whose places grow with them, each with its place (by patience sorting: Fredman 1975)."""
    ends: list[int] = []
    chains: list[tuple[tuple[int, int], ...]] = []
    for i, found in enumerate(again):
        for at in reversed(found):
            k = bisect_left(ends, at)
            chain = (*(chains[k - 1] if k else ()), (i, at))
            ends[k : k + 1] = [at]
            chains[k : k + 1] = [chain]
    return list(chains[-1]) if chains else []


def _places(rows: Sequence[Row], wanted: set[frozenset[str]], language: Language) -> dict[frozenset[str], list[int]]:
    """Where the titles that are wanted stand as short chunks of their own; of those that stand so too often, nowhere."""
    found: dict[frozenset[str], list[int]] = {}
    longest = max(map(len, wanted), default=0)
    known = frozenset(word for key in wanted for word in key)
    for at, row in enumerate(rows):
        if not row.gap or len(row.text) > WIDEST:
            continue
        end = chunk_end(rows, at)
        if end - at > LINES_OF_TITLE or not (row.text.isupper() or any(word.strip(_MARKS) in known for word in row.text.lower().split())):
            continue
        for key in _titles(rows[at:end], longest, language) & wanted:
            found.setdefault(key, []).append(at)
    return {key: places for key, places in found.items() if len(places) <= RARE + 1}


def _titles(chunk: Sequence[Row], longest: int, language: Language) -> set[frozenset[str]]:
    """The words of a short chunk: all its lines, the first, and the same without a label."""
    found: set[frozenset[str]] = set()
    for lines in range(1, len(chunk) + 1):
        text = " ".join(row.text for row in chunk[:lines])
        if len(text) <= 2 * WIDEST:
            found.update((_key(text, language), _key(_without_label(text, language), language)))
    return {key for key in found if key and len(key) <= longest}


def _entry(text: str, language: Language) -> tuple[frozenset[str], ...]:
    """The words by which an entry may be known again: without its page, without its label, without who wrote the piece."""
    bare = entry_page(language).sub("", text)
    title = _without_label(bare, language)
    by = words(language).byline
    titles = (text, bare, title, without_added(title), *(title[: m.start()] for m in _COMMA.finditer(title) if by.match(title[m.end() :])))
    return tuple(dict.fromkeys(key for key in (_key(one, language) for one in titles) if key))


def _without_label(text: str, language: Language) -> str:
    """A title without its number, and the word before that, which may be the book's own: JOURNEY IV."""
    text = text.strip("_*= ")
    label = head_label(text, language)
    if label is None and (first := _FIRST_WORD.match(text)) is not None:
        text = text[first.end() :]
        label = bare_label(text)
    return text[label.length :].strip(" .:—–-") if label is not None else text


_FIRST_WORD = re.compile(r"[^\W\d_]{3,}\s+(?=[IVXLC\d]+\b)")


def _key(text: str, language: Language) -> frozenset[str]:
    """The words of a title without those that titles write small."""
    bare = frozenset(word.strip(_MARKS) for word in fold(text).replace("--", " ").replace("—", " ").split()) - {""}
    return bare - language.lowercase_in_titles or bare


LONGEST_ADDED = 600  # characters: what is longer is no title


def without_added(title: str) -> str:
    """A title without what stands behind it in brackets: where the piece is taken from, how it begins."""
    return _ADDED.sub("", title) if len(title) <= LONGEST_ADDED else title
