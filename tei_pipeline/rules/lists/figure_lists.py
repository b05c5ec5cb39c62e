"""Lists of illustrations, plates, maps and tables: the names that head them, and what their entries look like."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.language import Language, fold
from tei_pipeline.rows import Row
from tei_pipeline.rules.headings.head_labels import bare_label, without_volume
from tei_pipeline.rules.lists.entry_pages import entry_page, is_frontispiece
from tei_pipeline.rules.paragraphs import names_contents
from tei_pipeline.rules.shape import is_capitals

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


def names_list(heading: str, layout: Layout) -> str:
    """What kind of list a line heads: ``contents``, ``figures`` (illustrations and the like; if ``paged``), or none."""
    if len(heading) <= LONGEST_NAME and not heading[:1].islower():
        name, names = without_volume(fold(heading).strip(" .:_*[]="), layout.language), layout.language.figure_lists
        if name in names:
            return "figures"
        parts = name.split()
        if any(" ".join(parts[:count]) in names for count in range(max(1, len(parts) - MOST_ADDED), len(parts))):
            return PAGED  # ILLUSTRATIONS IN COLOUR
    return "contents" if heading and names_contents(heading, layout) else ""


PAGED = "paged"  # what begins like the name of such a list, and may be a chapter's
MOST_ADDED = 4  # words
LONGEST_NAME = 40  # characters of the heading of a list of illustrations
FEWEST_PAGED = 0.4  # of the entries of such a list end with their page: its name alone may head a chapter


def gives_pages(rows: Rows, at: int, end: int, language: Language) -> bool:
    """Whether many of the entries, parted by white space or one to a line, end with a page."""
    entries = sum(bool(row.gap) for row in rows[at:end])
    paged = sum(entry_page(language).search(row.text) is not None or is_frontispiece(row.text) for row in rows[at:end])
    return paged >= 2 and paged >= FEWEST_PAGED * (entries if entries > 2 else end - at)


def _is_sentence(row: Row) -> bool:
    """Whether a line ends as a sentence does, and is no title with a point, in capitals or with nearly every word large."""
    letters = [word for word in row.text.split() if word.strip(_MARKS)[:1].isalpha()]
    small = sum(word.strip(_MARKS)[0].islower() for word in letters)
    return row.ends_sentence and not is_capitals(row.text) and small >= LEAST_SMALL * len(letters)


LEAST_SMALL = 0.5  # of the words of a sentence; titles write articles and prepositions small
_MARKS = "\"'“”‘’_(«»[-"


def _is_told_of(chunk: Rows) -> bool:
    """Whether a name stands over what is said of the picture, set in below it: the lines of a sentence."""
    return not _is_sentence(chunk[0]) and all(row.indent > chunk[0].indent for row in chunk[1:])


def _names_things(rows: Rows, at: int, end: int) -> bool:
    """Whether the entries are short paragraphs and hardly any is a sentence: a list of plates without their pages."""
    starts = [i for i in range(at, end) if i == at or rows[i].gap]
    chunks = [rows[first:stop] for first, stop in pairwise([*starts, end])]
    sentences = sum(_is_sentence(chunk[-1]) and not _is_told_of(chunk) for chunk in chunks)
    parts = [chunk for chunk, below in pairwise([*chunks, ()]) if not heads_part(chunk, below)]
    if len(parts) == 1 or len(parts) < len(chunks):  # a line for each, and the next title far below
        lines, below = [row for part in parts for row in part], rows[end].gap if end < len(rows) else 0
        begun = all(row.text.lstrip("\"“„«»‘'_")[:1].isupper() and row.width < SHORT_LINE for row in lines)
        return begun and len(lines) > 1 and below >= 2 and sum(map(_is_sentence, lines)) <= 0.5 * len(lines)
    return all(len(chunk) <= LONGEST_CAPTION or _has_views(chunk) for chunk in chunks) and sentences <= 0.5 * len(chunks)


def _has_views(chunk: Rows) -> bool:
    """Whether a name stands over the pictures of it, set in below it: a gate, from within and without."""
    return len(chunk) <= MOST_VIEWS and all(row.indent > chunk[0].indent for row in chunk[1:])


def heads_part(chunk: Rows, below: Rows) -> bool:
    """Whether a line in capitals stands over lines of which few end as verses do: FULL PAGE DRAWINGS over their names."""
    if len(chunk) > 1 or len(below) < 2 or not is_capitals(chunk[0].text) or is_capitals(below[0].text):
        return False
    return sum(row.text[-1] in ",;:.!?" for row in below) <= MOST_POINTED * len(below)


MOST_POINTED = 0.2
LONGEST_CAPTION = 4  # lines
MOST_VIEWS = 8  # lines of an entry with several pictures
SHORT_LINE = 65  # columns of a caption on a line of its own
MOST_FIRST = 3  # portrait, frontispiece and map, which have no number
FEWEST_COUNTED = 3  # plates: two numbers may begin paragraphs


def _counts_things(rows: Rows, at: int, end: int) -> bool:
    """Whether nearly all lines that are not set in begin with a number, which grows, and none ends a sentence: plates and no pages."""
    base = min(row.indent for row in rows[at:end])
    lines = [row for row in rows[at:end] if row.indent <= base + 1]
    first = next((i for i, row in enumerate(lines) if bare_label(row.text) is not None), len(lines))
    lines = lines[first if first <= MOST_FIRST else 0 :]
    labels = [label for row in lines if (label := bare_label(row.text)) is not None and label.length < len(row.text)]
    if len(labels) < max(FEWEST_COUNTED, 0.9 * len(lines)) or sum(row.ends_sentence for row in lines) > 0.3 * len(lines):
        return False
    return all(a.number <= b.number for a, b in pairwise(labels))


def _tells_captions(rows: Rows, at: int, end: int) -> bool:
    """Whether each entry is a short paragraph, the first one the caption of a picture of the book: sentences of the story."""
    starts = [i for i in range(at, end) if i == at or rows[i].gap]
    if len(starts) < FEWEST_COUNTED or any(stop - first > LONGEST_CAPTION for first, stop in pairwise([*starts, end])):
        return False
    caption = rows[at].text.strip(".\"“”„«»‘’'_ ")[:CAPTION]
    return any(row.text[0] == "[" and caption in row.text for row in rows)


CAPTION = 30  # characters by which a caption is known: its lines may be broken elsewhere


def lists_things(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether lines below the name of such a list are its entries: with their pages, without, or counted; or captions of pictures."""
    named = gives_pages(rows, at, end, layout.language) or _names_things(rows, at, end) or _counts_things(rows, at, end)
    return named or _tells_captions(rows, at, end)
