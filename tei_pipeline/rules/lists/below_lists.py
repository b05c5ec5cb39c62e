"""What may stand below a list of entries: the next part, pictures, remarks, titles, and the text of the book."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.language import Language, fold
from tei_pipeline.rows import ends_sentence
from tei_pipeline.rules.headings.head_labels import HeadLabel, bare_label, head_label, named_division
from tei_pipeline.rules.lists.entry_pages import MOSTLY, entry_page
from tei_pipeline.rules.lists.figure_lists import LONGEST_NAME
from tei_pipeline.rules.lists.turned_over import FULL
from tei_pipeline.rules.shape import chunk_end, is_capitals, is_summary, is_title_case
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


def names_persons(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line alone heads the persons of a play, which stand below it."""
    named = named_division(rows[at].text, layout.language) if chunk_end(rows, at) == at + 1 else None
    return named is not None and named.type == "cast"


def repeats_title(rows: Rows, first: int, at: int) -> bool:
    """Whether the lines of the title page stand below the list again; two titles of works, which it names, also stand over each of them."""
    lines = [row.text for row in rows[at : at + 2]]
    if not any([row.text for row in rows[k : k + 2]] == lines for k in range(max(0, first - TITLE_PAGE), first - 1)):
        return False
    over = [next((i for i in range(at + 2, len(rows)) if rows[i].gap and rows[i].text == line), 0) for line in lines]
    return not all(over) or over[1] == over[0] + 1


TITLE_PAGE = 40  # lines above the list


FEWEST_OF_TEXT = 4  # lines of a paragraph
FEWEST_VERBS = 2


def runs_as_text(chunk: Rows, layout: Layout) -> bool:
    """Whether lines are a paragraph of the book itself: full, of small words and whole sentences, and without a page at its end."""
    if len(chunk) < FEWEST_OF_TEXT:
        return False
    widest = max(row.width for row in chunk)
    if (
        not chunk[-1].ends_sentence
        or entry_page(layout.language).search(chunk[-1].text)
        or any(row.width < FULL * widest for row in chunk[:-1])
    ):
        return False
    text = " ".join(row.text for row in chunk)
    tokens = [token for token in text.split() if token[0].isalpha()]
    if "--" in text or "—" in text or sum(token[0].islower() for token in tokens) < MOSTLY * len(tokens):
        return False
    return sum(token in layout.language.finite for token in tokens) >= FEWEST_VERBS


def is_motto(chunk: Rows, layout: Layout) -> bool:
    """Whether lines are sentences of small words, behind whose last a dash leads to who wrote them."""
    text = " ".join(row.text for row in chunk)
    parts = _SOURCE.split(text)
    if len(chunk) < FEWEST_OF_TEXT or len(parts) != 2 or len(parts[1]) > LONGEST_SOURCE or not ends_sentence(parts[0]):
        return False
    tokens = [token for token in parts[0].split() if token[0].isalpha()]
    small = sum(token[0].islower() for token in tokens) >= MOSTLY * len(tokens)
    return small and sum(token in layout.language.finite for token in tokens) >= FEWEST_VERBS


LONGEST_SOURCE = 60  # characters
_SOURCE = re.compile(r"\s?(?:--|—)\s?")


def above_text(rows: Rows, at: int, end: int) -> int:
    """Where a list ends below which text begins at a row: above the titles that stand over it, at the widest gap near it."""
    first = max(at + 1, end - MOST_TITLES)
    wide = max(rows[i].gap for i in range(first, end + 1))
    return max(i for i in range(first, end + 1) if rows[i].gap == wide) if wide > 1 else end


MOST_TITLES = 8  # lines between the list and the text


def shows_plates(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether pictures stand below the list, and no more of its entries below them."""
    figure = words(layout.language).figure
    if not figure.match(rows[at].text):
        return False
    while at < len(rows) and figure.match(rows[at].text):
        at = chunk_end(rows, at)
    return at >= len(rows) or not entry_page(layout.language).search(rows[chunk_end(rows, at) - 1].text)


def remarks(rows: Rows, at: int, language: Language) -> bool:
    """Whether one chunk of lines or several stand in brackets, without pages: what an editor says below the list."""
    end = chunk_end(rows, at)
    for _ in range(LONGEST_REMARK):
        if rows[end - 1].text[-1] == "]" or end >= len(rows) or rows[end].gap > 1:
            break
        end = chunk_end(rows, end)
    return (
        bool(rows[at].gap)
        and end - at > 1
        and rows[end - 1].text[-1] == "]"
        and not any(entry_page(language).search(r.text) for r in rows[at:end])
    )


LONGEST_REMARK = 12  # paragraphs
MOST_ABOVE = 3  # empty lines between these
SHORT_CHUNKS = 5  # a title, a dedication and an address, between the list and the first paragraph
WIDE = 0.8  # of the measure


def is_followed_by_text(rows: Rows, first: int, at: int, firsts: tuple[str, ...], layout: Layout) -> bool:
    """Whether a list whose lines are all short ends here, since a few short chunks lead to a paragraph or the first entry."""
    if any(row.width > WIDE * layout.measure for row in rows[first:at]):
        return False
    for _ in range(SHORT_CHUNKS):
        end = chunk_end(rows, at) if at < len(rows) else at
        if end == at or rows[at].gap > MOST_ABOVE:
            return False
        chunk = rows[at:end]
        if fold(chunk[0].text).strip(" .:_()[]") in firsts:
            return True
        if len(chunk) > 1 and chunk[-1].ends_sentence and all(row.width > WIDE * layout.measure for row in chunk[:-1]):
            return not is_capitals(chunk[0].text)
        if len(chunk) > 2 or (end - at == 1 and head_label(chunk[0].text.strip("_*= "), layout.language) is not None):
            return False
        at = end
    return False


def opens_text(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a title on a line, or none, stands over the number one alone: there the book begins."""
    for i in (at, chunk_end(rows, at)):
        if i < len(rows) and chunk_end(rows, i) == i + 1:
            text = rows[i].text.strip("_*= ")
            label = head_label(text, layout.language)
            if label is not None and label.number == 1 and label.length >= len(text.rstrip(" .")):
                return True
    return False


def is_parted(rows: Rows, at: int, firsts: tuple[str, ...]) -> bool:
    """Whether a short line and the one below it together are the first entry: the number and the title of a chapter."""
    if at + 1 >= len(rows) or len(rows[at].text) > LONGEST_NAME:
        return False
    return _WORDS.findall(fold(f"{rows[at].text} {rows[at + 1].text}")) in map(_WORDS.findall, firsts)


_WORDS = re.compile(r"[^\W_]+")


def counts_on(rows: Rows, first: int, at: int) -> bool:
    """Whether the numbers of a list run on below a wide gap, under the title of the next part: text would begin with its first again."""
    last = next((label.number for i in range(at - 1, first - 1, -1) if (label := _counted(rows[i].text)) is not None), 0)
    for i in range(at, min(len(rows) - 1, at + MOST_TITLES)):
        label = _counted(rows[i].text)
        if label is not None:
            below = _counted(rows[i + 1].text)
            return label.number == last + 1 and below is not None and below.number == last + 2 and not rows[i + 1].gap and last > 1
        if len(rows[i].text) > LONGEST_NAME:
            break
    return False


def _counted(text: str) -> HeadLabel | None:
    """The number that an entry begins with, its words behind it."""
    label = bare_label(text)
    return label if label is not None and label.length < len(text) and text[label.length - 1] == "." else None


AHEAD = 8  # chunks in which the next page stands: chapters may have their arguments between


def goes_on_with_pages(rows: Rows, at: int, language: Language) -> bool:
    """Whether an entry with its page stands among the next chunks."""
    for _ in range(AHEAD):
        if at >= len(rows):
            return False
        end = chunk_end(rows, at)
        if any(entry_page(language).search(row.text) for row in rows[at:end]):
            return True
        at = end
    return False


def is_next_part(rows: Rows, first: int, at: int, layout: Layout) -> bool:
    """Whether a line is the bare label of a part whose number follows on one in the list: BOOK II, its title and that of its first chapter
    have no pages.
    """
    label = typed(rows[at].text, layout) if is_label(rows[at].text, layout) else None
    above = (typed(row.text, layout) for row in rows[first:at] if row.gap)
    return label is not None and any(other is not None and (other.type, other.number + 1) == (label.type, label.number) for other in above)


def heads_labels(rows: Rows, at: int, stop: int, layout: Layout) -> bool:
    """Whether a short line stands over entries that their labels count anew, the second right below the first: in the text the first has
    its chapter below it.
    """
    if stop > at + 1 or len(rows[at].text) > LONGEST_NAME or stop >= len(rows):
        return False
    for number in (1, 2):
        label = typed(rows[stop].text, layout) if stop < len(rows) else None
        if label is None or label.number != number or label.length >= len(rows[stop].text.strip("_*=. ")):
            return False
        stop = chunk_end(rows, stop)
    return True


def over_summaries(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether the label of a part, alone or over its title, stands over the labels of its chapters, with nothing between the first and the
    second but what the first treats of: in the text the chapter itself stands there.
    """
    if not is_label(rows[at].text, layout):
        return False
    between = 0
    number = 1
    at = chunk_end(rows, at)
    while at < len(rows) and between <= MOST_BETWEEN:
        label = typed(rows[at].text, layout) if is_label(rows[at].text, layout) else None
        stop = chunk_end(rows, at)
        if label is None:
            between += 1
        elif label.number != number or stop >= len(rows):
            return False
        elif number > 1:
            return True
        else:
            number, between = number + 1, 0
            if not is_summary(" ".join(row.text for row in rows[stop : chunk_end(rows, stop)])):
                return False
        at = stop
    return False


MOST_BETWEEN = 2  # chunks between two labels


def typed(text: str, layout: Layout) -> HeadLabel | None:
    """The label of a division with its word, with which a line begins."""
    label = head_label(text.strip("_*= "), layout.language)
    return label if label is not None and label.type else None


def is_label(text: str, layout: Layout) -> bool:
    """Whether a line is the label of a division and nothing else: its figure is no page."""
    label = typed(text, layout)
    return label is not None and label.length >= len(text.strip("_*=. "))


def goes_on_in_columns(rows: Rows, first: int, at: int) -> bool:
    """Whether, below the names of parts, pieces stand with their authors in one column, as those of the list above do: so do anthologies
    list them.
    """
    stop = at
    for _ in range(MOST_NAMES):
        start, stop = stop, chunk_end(rows, stop) if stop < len(rows) else stop
        if column := second_column(rows[start:stop]):
            return second_column(rows[first:at]) in (0, column)
        if stop - start > 2:
            return False
    return False


def second_column(rows: Rows) -> int:
    """Where nearly all second columns of lines begin; 0 where they begin anywhere, or there are none."""
    found = Counter(row.indent + m.end() for row in rows if "  " in row.text and (m := _BESIDE.search(row.text)) is not None)
    column, times = found.most_common(1)[0] if found else (0, 0)
    return column if times >= ALIGNED * found.total() else 0


ALIGNED = 0.8  # of the second columns of a list; a name may be too long for the first
_BESIDE = re.compile(r"(?<=.{12})[^\s.!?;:]\s{2,}(?=[^\W\d_])")  # behind a title: a number is shorter, and two spaces part sentences too
MOST_NAMES = 4  # of parts and groups, each apart, over the first piece


def heads_group_again(rows: Rows, at: int, stop: int) -> bool:
    """Whether a line that stands farther out than the one below it comes again far below, and there the other's words stand alone too: the
    title of a group and that of its first piece, whoever wrote or translated it.
    """
    if stop != at + 1 or stop >= len(rows) or rows[at].indent >= rows[stop].indent:
        return False
    below = {fold(row.text).strip(_POINTS) for row in rows[stop + FAR :] if row.gap}
    piece = _BEHIND_TITLE.split(fold(rows[stop].text), maxsplit=1)[0]
    return fold(rows[at].text).strip(_POINTS) in below and piece.strip(_POINTS) in below


def lists_titles_again(rows: Rows, at: int, stop: int, usual: int, layout: Layout) -> bool:
    """Whether a line apart heads lines of their own, with the ``usual`` gap of the list between them, of which two come again far below,
    alone, as titles do: the next part of the list.
    """
    entries: list[str] = []
    end = stop if stop == at + 1 else len(rows)
    while end < len(rows) and len(entries) < MOST_AGAIN and _is_title_alone(rows, end, layout) and (not entries or rows[end].gap == usual):
        entries.append(fold(rows[end].text).strip(_POINTS))
        end += 1
    if len(entries) < TITLES_AGAIN:
        return False
    below = {fold(row.text).strip(_POINTS) for row in rows[end + FAR :] if row.gap}
    return sum(entry in below for entry in entries) >= TITLES_AGAIN


def _is_title_alone(rows: Rows, at: int, layout: Layout) -> bool:
    short = chunk_end(rows, at) == at + 1 and len(rows[at].text) <= LONGEST_NAME
    return short and is_title_case(rows[at].text, layout.language.lowercase_in_titles)


MOST_AGAIN = 6  # entries that are looked at
TITLES_AGAIN = 2
_BEHIND_TITLE = re.compile(r"--|—|\s{2,}")  # in an entry
_POINTS = " .,:_*"
FAR = 10  # rows below a list: the heading of a division that stands there is nearer
