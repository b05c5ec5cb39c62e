"""The entries of a contents page or list: where each begins, and what its page looks like."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Rows
from tei_pipeline.language import fold
from tei_pipeline.rows import Row
from tei_pipeline.rules.headings.head_labels import head_label, named_division
from tei_pipeline.rules.lists.pages_below import with_pages_below
from tei_pipeline.rules.shape import chunk_end, is_capitals, is_summary
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

_SMALL_ROMAN = r"(?=[ivxlc])c{0,3}(?:xc|xl|l?x{0,4})(?:ix|iv|v?i{0,4})"  # a number, and no article: "il"
PAGE = re.compile(
    r"(?:(?<!\s)\s{2,}|(?<![.·…_ ])[.·…_ ]{3,}|[,—]\s?|(?<!\d)--|\s)"
    rf"(?:_?[Ii]b\._?|(?:p\.|S\.|(?P<it>_)?[Pp]age\s)?\s?\d{{1,4}}(?(it)\.?_)|{_SMALL_ROMAN}|(?<=[\s,;]\s)\d{{1,3}}[-–]\d{{1,3}})\.?$"
    r"|^\d{1,3}[-–]\d{1,3}\.?$"  # on a line of their own
)
_IN_COLUMN = re.compile(r"(?:(?<!\s)\s{3,}|(?<![.·…_ ])[.·…_ ]{4,})(?:--|—)?_?[^\W\d_]{4,14}\.?_?$")
YEAR = re.compile(r"\S 1[4-9]\d{2}\.?$")  # of an edition, or in a title: no page


def is_frontispiece(text: str) -> bool:
    """Whether an entry ends with a word in the column of the pages: the plate before the title page has no number."""
    return _IN_COLUMN.search(text) is not None


MOSTLY = 0.7  # of the entries have a page: then all should, but for the names of parts over some


def list_entries(rows: Rows, at: int, end: int, layout: Layout) -> tuple[tuple[int, int, Container], ...]:
    """One item per entry: a new one where a line is not set in as a turned-over line, where the one before ended with its page, and where
    a line stands over the text again.
    """
    starts = _chunks_with_pages(rows, at, end, layout)
    base = min(row.indent for row in rows[at:end])
    steps = _steps(rows, at, end, layout)
    centred = _is_centred_list(rows, at, end)
    labelled = sum(_is_labelled(row.text, layout) for row in rows[at:end]) >= FEWEST_LABELLED * (end - at)
    widest = max(row.width for row in rows[at:end])
    paragraph = 0  # past the chunk that is the paragraph of one entry
    hanging = _hanging(rows, at, end, layout)
    marked = sum(_MARKED.match(row.text) is not None for row in rows[at:end]) >= FEWEST_LABELLED * (end - at)
    paged = any(PAGE.search(row.text) for row in rows[at:end])
    for i in range(at + 1, end if len(starts) == 1 else at):
        row, last = rows[i], rows[i - 1]
        if not centred and (row.gap or i == at + 1) and _is_summed_up(rows[i - 1 + bool(row.gap) : chunk_end(rows, i)], layout):
            paragraph = chunk_end(rows, i)
        elif not centred and last.gap and row.gap < 2 and _is_under_label(last, rows[i : chunk_end(rows, i)], layout):
            paragraph = chunk_end(rows, i)
            starts += [] if row.gap else [i]
        if (i < paragraph or i in hanging) and not row.gap:
            continue
        if marked and not row.gap and row.indent > rows[starts[-1]].indent and not _MARKED.match(row.text):
            continue
        columns = _heads_columns(last.text, layout)
        turned = row.indent > rows[starts[-1]].indent and not PAGE.search(last.text) and not columns
        stepped = row.indent in steps and not (row.starts_lower or _runs_on(last.text, layout) or PAGE.search(last.text))
        stepped = stepped and not _is_rest_of_counted(rows, starts[-1], end)
        stepped = stepped or _is_grouped(rows, i, starts[-1], end) or (widest < LONG and last.text[-1] == "." and not row.starts_lower)
        turned = turned and not stepped and not (centred and not (row.starts_lower or _runs_on(last.text, layout)))
        if not row.gap and last.text[-1] == "," and _PAGES.match(row.text):
            continue
        if not row.gap and ((labelled and _is_rest_of_title(last, row, widest, layout)) or leaves_open(last.text)):
            continue
        if not row.gap and last.text[-1] == "," and _has_no_room(last, row, widest) and not _is_numbered(row.text, layout):
            continue
        ended = PAGE.search(last.text) or is_frontispiece(last.text) or _is_numbered(row.text, layout)
        if not (row.gap or ended) and _is_turned_over(last, row, layout):
            continue
        numbered = row.indent > base and (_is_numbered(row.text, layout) or _names_matter(row.text, last.text, layout))
        numbered = numbered or (only_label(row.text, layout) and not _runs_on(last.text, layout))
        alike = row.indent == rows[starts[-1]].indent and (widest < LONG or not (paged or _runs_on(last.text, layout)))
        room = widest < LONG or last.width + 1 + len(row.text.split(" ", 1)[0]) < widest
        beside = row.indent <= base or stepped or centred or (alike and room)
        if row.gap or numbered or (not turned and (columns or PAGE.search(last.text) or (beside and not row.starts_lower))):
            starts.append(i)
    columns_below = [i for i in range(at + 1, end - 1) if not (rows[i].gap or rows[i + 1].gap) and _heads_pages(rows[i].text, layout)]
    again = (i for i in range(at, end) if rows[i].line in layout.listing.entries and not (i > at and _is_author_below(rows, i, layout)))
    starts = sorted({*starts, *again, *columns_below, *(i + 1 for i in columns_below)})
    starts = _with_titles_below(rows, with_pages_below(rows, starts), end, layout)
    return tuple((first, stop, Container("item", rows[first].line)) for first, stop in zip(starts, [*starts[1:], end], strict=True))


def _with_titles_below(rows: Rows, starts: list[int], end: int, layout: Layout) -> list[int]:
    """The same where each label alone stands over one title with its page, apart: the title belongs to the entry of its label."""
    stops = [*starts[1:], end]
    labels = [only_label(_without_column(rows[i].text, layout), layout) and stop == i + 1 for i, stop in zip(starts, stops, strict=True)]
    over = [k for k in range(len(starts) - 1) if labels[k] and not labels[k + 1]]
    within = {k + 1 for k in over if rows[starts[k + 1]].gap and PAGE.search(rows[stops[k + 1] - 1].text)}
    if len(within) < FEWEST_OVER or len(within) < len(over):
        return starts
    after = [k + 2 for k in over if k + 2 < len(starts) and not labels[k + 2]]
    if any(named_division(PAGE.sub("", rows[starts[k]].text), layout.language) is None for k in after):
        return starts  # the name of a part, over several
    if any(is_summary(" ".join(PAGE.sub("", row.text) for row in rows[starts[k] : stops[k]])) for k in within):
        return starts  # what the chapters treat of
    return [first for k, first in enumerate(starts) if k not in within]


def _without_column(text: str, layout: Layout) -> str:
    """A line without the word over the column of pages, which stands far behind its own."""
    head, _, word = text.rpartition("   ")
    return head.rstrip() if head and _heads_pages(word, layout) else text


FEWEST_OVER = 3


def _is_author_below(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line right below a title with its page, and further in, says by whom the piece is."""
    below = not rows[at].gap and rows[at].indent > rows[at - 1].indent and PAGE.search(rows[at - 1].text) is not None
    return below and words(layout.language).byline.match(rows[at].text) is not None


def _heads_pages(text: str, layout: Layout) -> bool:
    """Whether a line is the word over the column of pages alone, right below the title of the first chapter."""
    return fold(text).strip(" .:_") in layout.language.page_words


_MARKED = re.compile(r"[-–—•]\s+\S")  # an entry, where most have such a sign
_PAGES = re.compile(r"\d{1,3}(?:[-–]\d{1,3})?[,;.](?:\s|$)")  # behind a phrase that fills the line above


def _is_grouped(rows: Rows, at: int, first: int, end: int) -> bool:
    """Whether a line and the one below it are entries with their pages, set in alike under a line that ends with a colon: POEMS:."""
    if at != first + 1 or at + 1 >= end or not rows[first].text.endswith(":") or rows[at].gap or rows[at + 1].gap:
        return False
    return rows[first].indent < rows[at].indent == rows[at + 1].indent and all(PAGE.search(row.text) for row in rows[at : at + 2])


def _is_rest_of_counted(rows: Rows, first: int, end: int) -> bool:
    """Whether the lines set in right below a numbered one without a page are the rest of its entry: none but the last has a page."""
    if _COUNTED.match(rows[first].text) is None or PAGE.search(rows[first].text):
        return False
    stop = first + 1
    while stop < end and not rows[stop].gap and rows[stop].indent > rows[first].indent and not _COUNTED.match(rows[stop].text):
        stop += 1
    below = [PAGE.search(row.text) is not None for row in rows[first + 1 : stop]]
    return len(below) > 0 and below[-1] and sum(below) == 1


_COUNTED = re.compile(r"(?:\d{1,3}|[IVXLC]+)\. ")


def _is_labelled(text: str, layout: Layout) -> bool:
    """Whether a line begins with the label of a division: CHAPITRE IV LE VOYAGE."""
    label = head_label(text, layout.language)
    return label is not None and bool(label.type)


def leaves_open(text: str) -> bool:
    """Whether a bracket that a line opens closes in the next."""
    return text.rfind("[") > text.rfind("]") or text.rfind("(") > text.rfind(")")


def _is_rest_of_title(last: Row, row: Row, widest: int, layout: Layout) -> bool:
    """Whether a line below the label of a division goes on with its title: its first word did not fit the line above."""
    if _is_labelled(row.text, layout) or not _is_labelled(last.text, layout) or PAGE.search(last.text):
        return False
    if widest < FULL * layout.measure or named_division(row.text, layout.language) is not None:
        return False
    return _has_no_room(last, row, widest)


def _has_no_room(last: Row, row: Row, widest: int) -> bool:
    """Whether the first word of a line did not fit the one above."""
    return last.width + 1 + len(row.text.split(" ", 1)[0]) > widest


def _is_under_label(label: Row, chunk: Rows, layout: Layout) -> bool:
    """Whether lines are the summary right below the number of a chapter with its page: none of them but the last has room left."""
    paged = PAGE.search(label.text)
    if paged is None or not only_label(label.text[: paged.start()].rstrip(" -—"), layout):
        return False
    widest = max(row.width for row in chunk)
    full = all(_has_no_room(last, row, widest - SPARE) for last, row in pairwise(chunk))
    return len(chunk) > 1 and full and not any(PAGE.search(row.text) for row in chunk[:-1])


SPARE = 4  # columns that a converter leaves


def _is_turned_over(last: Row, row: Row, layout: Layout) -> bool:
    """Whether a line goes on with the title above, in a list without pages: that fills the measure, and both stand as far in."""
    return row.indent == last.indent and last.width + 1 + len(row.text.split(" ", 1)[0]) > max(layout.measure, NARROWEST)


NARROWEST = 60  # columns of a measure: a shorter line of a list has been ended on purpose
FEWEST_LABELLED = 0.5  # of the lines of a list


def _hanging(rows: Rows, at: int, end: int, layout: Layout) -> frozenset[int]:
    """The lines of chunks that are one entry each: all but the first are set in alike, none but the last is short, and only that has
    a page, in the column; or the first is numbered, and they stand right below it. So are the lines set in below each of the lines of
    a chunk whose pages stand in no column.
    """
    found: list[int] = []
    widest = max(row.width for row in rows[at:end])
    if not any(PAGE.search(row.text) and _COLUMN.search(row.text) for row in rows[at:end]):
        found += _turned_to_pages(rows, at, end, widest)
    starts = [i for i in range(at, end) if i == at or rows[i].gap]
    for first, stop in pairwise([*starts, end]):
        below = rows[first + 1 : stop]
        if below and {row.indent for row in below} == {below[0].indent} and below[0].indent > rows[first].indent:
            full = all(row.width >= LEAST * widest and not PAGE.search(row.text) for row in rows[first : stop - 1])
            last = rows[stop - 1].text
            found += range(first + 1, stop) if full and PAGE.search(last) and _COLUMN.search(last) else ()
        elif below and _is_numbered(rows[first].text, layout) and _is_turned_to_page(rows[first:stop], widest, layout):
            found += range(first + 1, stop)
    return frozenset(found)


def _turned_to_pages(rows: Rows, at: int, end: int, widest: int) -> list[int]:
    """The lines set in alike below one further out that has room for no more and no page, of which only the last has a page."""
    found: list[int] = []
    first = at
    for i in range(at + 1, end + 1):
        if i < end and not rows[i].gap and rows[i].indent > rows[first].indent:
            continue
        entry = rows[first:i]
        alike = len({row.indent for row in entry[1:]}) == 1
        paged = [PAGE.search(row.text) is not None for row in entry]
        if alike and paged[-1] and sum(paged) == 1 and all(row.width >= LEAST * widest for row in entry[:-1]):
            found += range(first + 1, i)
        first = i
    return found


def _is_turned_to_page(chunk: Rows, widest: int, layout: Layout) -> bool:
    """Whether lines that stand as far in as a number are the rest of its entry: only the last has a page, and those above it no room."""
    if any(row.indent != chunk[0].indent or _is_numbered(row.text, layout) for row in chunk[1:]) or not PAGE.search(chunk[-1].text):
        return False
    return all(_has_no_room(last, row, widest - SPARE) and not PAGE.search(last.text) for last, row in pairwise(chunk))


LEAST = 0.6  # of the widest line: one that a long word ended early


def _is_centred_list(rows: Rows, at: int, end: int) -> bool:
    """Whether the lines of a list are set in the middle of the page, each with its own indent; a few below may be at the margin."""
    lines = [row for row in rows[at:end] if row.indent > 1]
    if len(lines) < max(FEWEST_CENTRED, MOSTLY * (end - at)):
        return False
    centres = sorted(row.indent + len(row.text) / 2 for row in lines)
    middle = centres[len(centres) // 2]
    alike = sum(abs(centre - middle) <= 1 for centre in centres)
    return alike >= 0.9 * len(lines) and len({row.indent for row in lines}) >= FEWEST_CENTRED


FEWEST_CENTRED = 3  # lines: fewer are centred by chance


def _runs_on(text: str, layout: Layout) -> bool:
    """Whether a line of an entry cannot be its last."""
    return (text[-1] in ",:-—" and not text.endswith("--")) or fold(text.split()[-1]) in layout.language.connectives


def _steps(rows: Rows, at: int, end: int, layout: Layout) -> frozenset[int]:
    """The indents at which entries stand that belong to the one above: several lines above them would have held their first word."""
    widths = [row.indent + len(_IN_COLUMN.sub("", PAGE.sub("", row.text)).rstrip(" .")) for row in rows[at:end]]
    widest = max(widths)
    fits: dict[int, list[bool]] = {}
    for i in range(at + 1, end):
        row, last = rows[i], rows[i - 1]
        if row.gap or row.indent <= last.indent or row.starts_lower or _runs_on(last.text, layout) or PAGE.search(last.text):
            continue
        fits.setdefault(row.indent, []).append(widths[i - 1 - at] + 1 + len(row.text.split(" ", 1)[0]) < widest)
    return frozenset(indent for indent, found in fits.items() if 3 * sum(found) >= len(found) > 0)


def _is_summed_up(chunk: Rows, layout: Layout) -> bool:
    """Whether lines are a paragraph that tells what a chapter holds: all full but the last, and few of them end with a figure; or phrases
    parted by semicolons or points, each with its pages.
    """
    if len(chunk) > 1 and 2 * sum(len(_PAGED_PHRASE.findall(row.text)) for row in chunk) >= len(chunk):
        return True
    if len(chunk) > 1 and is_capitals(chunk[0].text) and not is_capitals(chunk[1].text) and not _goes_into_summary(chunk):
        return False  # the title of the chapter stands right above
    if len(chunk) < SUMMARY and not (len(chunk) > 1 and is_summary(" ".join(PAGE.sub("", row.text) for row in chunk))):
        return False
    if any(not row.starts_lower and _is_labelled(row.text, layout) for row in chunk[1:]):
        return False  # SECT. II, right below SECT. I
    over = chunk[:-1] if len(chunk) > 1 and PAGE.search(chunk[-1].text) else chunk  # its page may stand farther to the right
    widest = max(row.width for row in over)
    paged = sum(PAGE.search(row.text) is not None or is_frontispiece(row.text) for row in chunk[:-1])
    full = all(last.width > FULL * widest or _has_no_room(last, row, widest) for last, row in pairwise(chunk))
    return widest > WIDEST * layout.measure and full and paged <= 0.3 * len(chunk)


def _goes_into_summary(chunk: Rows) -> bool:
    """Whether the title in capitals over a summary ends within its lines: it runs on to the second, or its page has more behind it."""
    first = chunk[1].text.split(" ", 1)[0].strip(",:;.-—")
    return (len(first) > 1 and first.isupper()) or _PAGE_WITHIN.search(chunk[0].text) is not None


_PAGE_WITHIN = re.compile(r"(?:--|—)\d{1,3}(?:[-–]\d{1,3})? \S")  # THE BELL--59-110 A first
_PAGED_PHRASE = re.compile(r"\d; \S|, \d{1,3}\. +[^\W\d_]")  # the ringing of bells, 22, 23; what is heard; Of ropes, 22. Of bells
SUMMARY = 3  # lines
FULL = 0.8  # of the widest
WIDEST = 0.6  # of the measure: the widest of a paragraph that is set in is no shorter


def _chunks_with_pages(rows: Rows, at: int, end: int, layout: Layout) -> list[int]:
    """Where the entries begin if white space parts them, each ending with its page: their lines need not be set in; else only the first."""
    starts = [i for i in range(at, end) if i == at or rows[i].gap]
    paged = [PAGE.search(row.text) is not None or row.text.isdigit() or is_frontispiece(row.text) for row in rows[at:end]]
    chunks = [paged[first - at : stop - at] for first, stop in pairwise([*starts, end])]
    hanging = {first for first, stop in pairwise([*starts, end]) if _page_on_first(rows, first, stop, paged[first - at : stop - at])}
    plates = any(is_frontispiece(rows[i].text) for i in starts)  # below the title of each, who drew it
    hanging |= {
        first for first, stop in pairwise([*starts, end]) if plates and paged[first - at] and _tells_of_plate(rows[first + 1 : stop])
    }
    within = any(paged[i - at] and not rows[i + 1].gap and i not in hanging and not YEAR.search(rows[i].text) for i in range(at, end - 1))
    told = [chunk[-1] or first in hanging for first, chunk in zip(starts, chunks, strict=True) if not _only_names(rows, first, layout)]
    alone = not within and sum(told) >= MOSTLY * len(told)
    if len(starts) >= FEWEST_PARTED and not any(paged) and all(_is_filled(rows[a:b]) for a, b in pairwise([*starts, end])):
        return starts  # turned over where no room was left, however far in
    if len(starts) < 3 or not alone:
        return starts[:1]
    widest = max(row.width for row in rows[at:end])
    bare = [
        first for first, chunk in zip(starts, chunks, strict=True) if not (chunk[-1] or (plates and first in hanging))
    ]  # names of parts, topics below a chapter
    below = [first + 1 for first in bare if _heads_columns(rows[first].text, layout) and chunk_end(rows, first) > first + 1]
    return sorted({*starts, *below, *(i for first in bare for i in _short_lines(rows, first, widest))})


def _tells_of_plate(below: Rows) -> bool:
    """Whether lines below the title of a plate and its page are words on it: none has a page, though a year may end it."""
    return bool(below) and all(PAGE.search(row.text) is None or YEAR.search(row.text) for row in below)


def _heads_columns(text: str, layout: Layout) -> bool:
    """Whether a line ends with the word for pages: it is the head of the columns."""
    return fold(text.split()[-1]).strip(".:_") in layout.language.page_words


def _only_names(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether lines apart are the number of a chapter or part, over the entry that has its page, or the head of the column of pages."""
    end = chunk_end(rows, at)
    heads = end <= at + 2 and all(row.indent >= PAGES_FROM for row in rows[at:end]) and _heads_columns(rows[end - 1].text, layout)
    return heads or (end == at + 1 and only_label(rows[at].text, layout))


PAGES_FROM = 40  # columns: so far to the right stand the pages


def only_label(text: str, layout: Layout) -> bool:
    """Whether a line is the label of a division, and no title stands behind it."""
    label = head_label(text, layout.language)
    return label is not None and bool(label.type) and label.length >= len(text.rstrip("._ "))


FEWEST_PARTED = 4  # entries that white space parts, none of them with its page


def _is_filled(chunk: Rows) -> bool:
    """Whether a chunk is one entry: the lines below its first are set in alike, or as far in as it, and no line but the last is short."""
    below = {row.indent - chunk[0].indent for row in chunk[1:]}
    if len(below) > 1 or min(below, default=0) < 0:
        return False
    return all(row.width >= NO_ROOM * max(len(r.text) + r.indent for r in chunk) and row.width >= LONG for row in chunk[:-1])


NO_ROOM = 0.85  # of the widest line of an entry
LONG = 50  # columns


def _page_on_first(rows: Rows, first: int, stop: int, paged: list[bool]) -> bool:
    """Whether an entry has its page on its first line, and goes on below, further in."""
    if not paged[0] or stop - first < 2 or any(paged[1:]):
        return False
    return _COLUMN.search(rows[first].text) is not None and all(row.indent > rows[first].indent for row in rows[first + 1 : stop])


_COLUMN = re.compile(r"(?:\s{2,}|[.·…_ ]{3,})\S+$")


def _short_lines(rows: Rows, first: int, widest: int) -> list[int]:
    """The lines of a chunk that begin entries of their own: as far in as its first, below a line with much room left."""
    end = chunk_end(rows, first)
    return [
        i
        for i in range(first + 1, end)
        if rows[i].indent == rows[first].indent and rows[i - 1].width < ROOM * widest and not rows[i].starts_lower
    ]


ROOM = 0.75  # of the widest line


def _names_matter(text: str, above: str, layout: Layout) -> bool:
    """Whether a line is the bare name of a division before or after the chapters, INDEX, and does not end the title above it."""
    word = layout.language.divisions.get(fold(PAGE.sub("", text)).strip(" ._*"))
    return (
        word is not None and word.matter in ("front", "back") and is_capitals(text) and is_capitals(above) and not _runs_on(above, layout)
    )


def _is_numbered(text: str, layout: Layout) -> bool:
    """Whether a line set in begins with a number of its own, as the chapters under a part do: no turned-over line."""
    label = head_label(text, layout.language)
    if label is None or label.number >= 100:
        return label is not None and bool(label.type)
    apart = text[label.length : label.length + 2] == "  "  # in a column of their own
    bare = (len(label.n) > 1 or apart) and label.n.isupper() and text[label.length :].lstrip()[:1].isupper()  # "II WHY THE FROG"
    return bool(label.type) or bare or text[label.length - 1 : label.length + 1] in (". ", ") ")
