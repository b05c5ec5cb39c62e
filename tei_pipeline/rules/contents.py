"""The contents page: entries, with page numbers or without, under its heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.figure_lists import LONGEST_NAME, PAGED, gives_pages, lists_things, names_list
from tei_pipeline.rules.head_labels import HeadLabel, bare_label, head_label, named_division
from tei_pipeline.rules.list_entries import FULL, MOSTLY, PAGE, YEAR, list_entries
from tei_pipeline.rules.shape import chunk_end, is_capitals, is_summary
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

MOST = 2000  # rows of a contents page or index


def contents(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Under a heading that names the contents, or lists illustrations, maps or tables, stand its entries, as long as they look alike."""
    if not at:
        return None
    heading = rows[at - 1].text
    kind = names_list(heading, layout)
    glued = bool(kind) and at > 1 and not rows[at - 1].gap
    if not kind:
        ruled = at > 1 and not any(c.isalnum() for c in heading)  # a row of stars below the heading
        heading = _heading_before(rows, at - ruled, layout)
        kind = names_list(heading, layout)
    if not kind or (layout.drama and glued) or heads_argument(rows, at - 1, layout):
        return None
    end = _entries_end(rows, at, layout, kind in ("figures", PAGED))
    while end > at and not any(c.isalnum() for c in rows[end - 1].text):
        end -= 1  # a row of ornaments below the list
    if end - at < 2 or (kind == PAGED and not gives_pages(rows, at, end)):
        return None
    if kind == "figures" and not lists_things(rows, at, end):
        return None
    kind = "figures" if kind == PAGED else kind
    return Match(
        kind,
        end,
        f"{end - at} lines under {heading!r}",
        0.95,
        container=Container(kind, rows[at].line),
        parts=list_entries(rows, at, end, layout),
    )


def heads_argument(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether phrases parted by dashes stand below a name of the contents that comes again over other chapters: it sums up each."""
    chunk = rows[at + 1 : chunk_end(rows, at + 1)]
    if any(PAGE.search(row.text) for row in chunk) or not is_summary(" ".join(row.text for row in chunk)):
        return False
    return sum(row.text == rows[at].text for row in layout.rows) > 1


def _names_persons(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line alone heads the persons of a play, which stand below it."""
    named = named_division(rows[at].text, layout.language) if chunk_end(rows, at) == at + 1 else None
    return named is not None and named.type == "cast"


def lists_figures(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether a heading begins with the name of a list of illustrations, and such a list with its pages stands below it."""
    if names_list(" ".join(row.text for row in rows[at:end]), layout) != PAGED:
        return False
    found = contents(rows, end, layout)
    return found is not None and found.kind == "figures"


def _heading_before(rows: Rows, at: int, layout: Layout) -> str:
    """The words of the one or two short chunks just before."""
    if not at:
        return ""
    text = rows[at - 1].text
    if at > 1 and _heads_columns(text, layout):
        text = _set_together(rows, at - 2)
    elif not rows[at - 1].gap and is_capitals(text):
        text = _set_together(rows, at - 1)
    elif at > 1 and rows[at - 1].gap <= 2 and len(text) < 60 and is_capitals(text):
        above = rows[at - 2].text
        return f"{above} {text}" if is_capitals(above) and len(above) <= 40 and fold(above).strip(" .:_*[]") else text
    return text


def _set_together(rows: Rows, at: int) -> str:
    """The words of a row and of those in capitals that stand right above it: INDICE over DEI CAPITOLI."""
    first = at
    while first and at - first < MOST_LINES_OF_NAME - 1 and not rows[first].gap and is_capitals(rows[first - 1].text):
        first -= 1
    return " ".join(row.text for row in rows[first : at + 1])


MOST_LINES_OF_NAME = 3


def _heads_columns(text: str, layout: Layout) -> bool:
    """Whether a line is the head of the columns: PAGE, CHAPTER PAGE, FACING PAGE."""
    tokens = fold(text).strip(" .:_").split()
    return 0 < len(tokens) <= MOST_HEADS and tokens[-1].strip(".:_") in layout.language.page_words


NEAR = 8  # lines
MOST_HEADS = 4  # words over the columns: "Chap.  To face page"


def _entries_end(rows: Rows, at: int, layout: Layout, figures: bool) -> int:
    opening = next((i for i in range(at, min(at + 3, len(rows))) if not _heads_columns(rows[i].text, layout)), at)
    first = fold(rows[opening].text).strip(" .:_")
    firsts: tuple[str, ...] = (first, re.sub(PAGE, "", first).rstrip(" ."))
    if opening + 1 < len(rows) and _is_label(rows[opening].text, layout) and not _is_label(rows[opening + 1].text, layout):
        second = " ".join(fold(rows[opening + 1].text).strip(" .:_").split())  # the first chapter, below the name of its part
        firsts = (*firsts, second) if len(second) > SHORTEST else firsts
    gaps: list[int] = []
    end = at
    paged = 0  # chunks with a page
    entries = 0  # lines
    chunks = 0
    count = len(rows)
    while end < count and end - at < MOST:
        row = rows[end]
        if end > at:
            usual = _usual(gaps)
            again = end - opening >= 2 and (
                fold(row.text).strip(" .:_()[]") in firsts or (row.gap >= usual and _is_parted(rows, end, firsts))
            )
            if row.text[0] == "[" and (_shows_plates(rows, end, layout) or _remarks(rows, end)):
                break
            if row.gap and _repeats_title(rows, at, end):
                break
            part = row.gap >= 3 and _is_next_part(rows, at, end, layout) and _goes_on_with_pages(rows, chunk_end(rows, end))
            listed = row.gap >= 2 and len(row.text) <= LONGEST_NAME and names_list(row.text, layout)  # the next list has a heading
            opened = figures and not paged and row.gap >= 2 > usual and _opens_text(rows, end, layout)
            persons = not paged and row.gap >= 2 and row.gap > usual and _names_persons(rows, end, layout)
            if (
                (again and row.gap >= usual)
                or listed
                or opened
                or persons
                or (row.gap >= 3 and paged and not part and _is_label(row.text, layout))
            ):
                break
            if not row.text.strip("*-_=— ") and (row.gap if paged else end - at >= 2 and len(row.text) >= LONG_RULE):
                if not any(PAGE.search(r.text) for r in rows[end + 1 : end + NEAR]):
                    break  # a row of stars or a long rule, and no pages below it
            if row.gap > usual and not paged and end - at >= SOLID and _is_followed_by_text(rows, at, end, firsts, layout):
                break
            if row.gap >= max(3, usual + 2):
                last = rows[chunk_end(rows, end) - 1].text
                if not (row.gap <= 4 and paged and PAGE.search(last)) or YEAR.search(last):
                    if not part and not _counts_on(rows, at, end):
                        break
                    gaps.append(usual)  # more tells nothing of the space between entries
        stop = chunk_end(rows, end)
        chunk = rows[end:stop]
        if row.page and end > at and paged and not any(PAGE.search(r.text) for r in chunk[:3]):
            if not (_typed(row.text, layout) and _goes_on_with_pages(rows, stop)):
                break  # the list itself goes on with the next part
        if with_page := sum(PAGE.search(r.text) is not None for r in chunk):
            paged += 1
            entries += with_page
        elif (entries >= 3 and paged >= MOSTLY * chunks and not _goes_on_with_pages(rows, stop)) or (
            entries >= 3
            and row.gap >= 2
            and stop < count
            and rows[stop].gap >= 1
            and not any(PAGE.search(r.text) for r in rows[stop : max(stop + 4, chunk_end(rows, stop))])
            and not (_is_next_part(rows, at, end, layout) and _goes_on_with_pages(rows, stop))
        ):
            break
        if stop - end >= FEWEST_OF_TEXT and end > at and _runs_as_text(chunk, layout):
            return _above_text(rows, at, end)
        if (
            len(chunk) == 1
            and len(row.text) > LONGEST_ENTRY
            and row.ends_sentence
            and not PAGE.search(row.text)
            and not is_summary(row.text)
        ):
            break  # a paragraph that is one line
        full = sum(1 for r in chunk if r.width > 0.93 * layout.measure and not PAGE.search(r.text))
        if full >= 3 and full > 0.5 * len(chunk) and not PAGE.search(chunk[-1].text) and chunk[-1].ends_sentence and paged:
            break
        if full >= 4 and full >= 0.6 * len(chunk) and not paged and "--" not in " ".join(r.text for r in chunk):
            break
        if end > at and len(gaps) < chunks:
            gaps.append(row.gap)
        chunks += 1
        end = stop
    return end


def _repeats_title(rows: Rows, first: int, at: int) -> bool:
    """Whether the lines of the title page stand below the list again."""
    lines = [row.text for row in rows[at : at + 2]]
    return any([row.text for row in rows[k : k + 2]] == lines for k in range(max(0, first - TITLE_PAGE), first - 1))


TITLE_PAGE = 40  # lines above the list


def _usual(gaps: Sequence[int]) -> int:
    """The white space between entries: the widest near their beginning, without that below a line under the heading, the volume."""
    near = gaps[1:6] if len(gaps) > FEW_GAPS and gaps[0] > max(gaps[1:6]) else gaps[:6]
    return max(near, default=1)


FEW_GAPS = 3
FEWEST_OF_TEXT = 4  # lines of a paragraph
FEWEST_VERBS = 2


def _runs_as_text(chunk: Rows, layout: Layout) -> bool:
    """Whether lines are a paragraph of the book itself: full, of small words and whole sentences, and without a page at its end."""
    widest = max(row.width for row in chunk)
    if not chunk[-1].ends_sentence or PAGE.search(chunk[-1].text) or any(row.width < FULL * widest for row in chunk[:-1]):
        return False
    text = " ".join(row.text for row in chunk)
    tokens = [token for token in text.split() if token[0].isalpha()]
    if "--" in text or "—" in text or sum(token[0].islower() for token in tokens) < MOSTLY * len(tokens):
        return False
    return sum(token in layout.language.finite for token in tokens) >= FEWEST_VERBS


def _above_text(rows: Rows, at: int, end: int) -> int:
    """Where a list ends below which text begins at a row: above the titles that stand over it, at the widest gap near it."""
    first = max(at + 1, end - MOST_TITLES)
    wide = max(rows[i].gap for i in range(first, end + 1))
    return max(i for i in range(first, end + 1) if rows[i].gap == wide) if wide > 1 else end


MOST_TITLES = 8  # lines between the list and the text


def _shows_plates(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether pictures stand below the list, and no more of its entries below them."""
    figure = words(layout.language).figure
    if not figure.match(rows[at].text):
        return False
    while at < len(rows) and figure.match(rows[at].text):
        at = chunk_end(rows, at)
    return at >= len(rows) or not PAGE.search(rows[chunk_end(rows, at) - 1].text)


def _remarks(rows: Rows, at: int) -> bool:
    """Whether a whole chunk of lines stands in brackets, without pages: what an editor says below the list."""
    chunk = rows[at : chunk_end(rows, at)]
    return bool(rows[at].gap) and len(chunk) > 1 and chunk[-1].text[-1] == "]" and not any(PAGE.search(row.text) for row in chunk)


SHORTEST = 6  # characters of an entry that is not a number alone: numbers come up again under each part
LONG_RULE = 20  # characters
SOLID = 4  # lines of a list above a wider gap
MOST_ABOVE = 3  # empty lines between these
SHORT_CHUNKS = 5  # a title, a dedication and an address, between the list and the first paragraph
WIDE = 0.8  # of the measure


def _is_followed_by_text(rows: Rows, first: int, at: int, firsts: tuple[str, ...], layout: Layout) -> bool:
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


LONGEST_ENTRY = 200  # characters of a line


def _opens_text(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a title on a line, or none, stands over the number one alone: there the book begins."""
    for i in (at, chunk_end(rows, at)):
        if i < len(rows) and chunk_end(rows, i) == i + 1:
            text = rows[i].text.strip("_*= ")
            label = head_label(text, layout.language)
            if label is not None and label.number == 1 and label.length >= len(text.rstrip(" .")):
                return True
    return False


def _is_parted(rows: Rows, at: int, firsts: tuple[str, ...]) -> bool:
    """Whether a short line and the one below it together are the first entry: the number and the title of a chapter."""
    if at + 1 >= len(rows) or len(rows[at].text) > LONGEST_NAME:
        return False
    return _WORDS.findall(fold(f"{rows[at].text} {rows[at + 1].text}")) in map(_WORDS.findall, firsts)


_WORDS = re.compile(r"[^\W_]+")


def _counts_on(rows: Rows, first: int, at: int) -> bool:
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


def _goes_on_with_pages(rows: Rows, at: int) -> bool:
    """Whether an entry with its page stands among the next chunks."""
    for _ in range(AHEAD):
        if at >= len(rows):
            return False
        end = chunk_end(rows, at)
        if any(PAGE.search(row.text) for row in rows[at:end]):
            return True
        at = end
    return False


def _is_next_part(rows: Rows, first: int, at: int, layout: Layout) -> bool:
    """Whether a line is the bare label of a part whose number follows on one in the list: BOOK II, its title and that of its first chapter
    have no pages.
    """
    label = _typed(rows[at].text, layout) if _is_label(rows[at].text, layout) else None
    above = (_typed(row.text, layout) for row in rows[first:at] if row.gap)
    return label is not None and any(other is not None and (other.type, other.number + 1) == (label.type, label.number) for other in above)


def _typed(text: str, layout: Layout) -> HeadLabel | None:
    """The label of a division with its word, with which a line begins."""
    label = head_label(text.strip("_*= "), layout.language)
    return label if label is not None and label.type else None


def _is_label(text: str, layout: Layout) -> bool:
    """Whether a line is the label of a division and nothing else: its figure is no page."""
    label = _typed(text, layout)
    return label is not None and label.length >= len(text.strip("_*=. "))
