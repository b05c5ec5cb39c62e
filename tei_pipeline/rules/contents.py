"""The contents page: entries, with page numbers or without, under its heading."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.paragraphs import names_contents
from tei_pipeline.rules.shape import chunk_end, is_capitals
from tei_pipeline.rules.words import head_label

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

PAGE = re.compile(r"(?:\s{2,}|[.·…_ ]{3,}|[,—]\s?|\s)(?:_?[Ii]b\._?|(?:p\.|S\.)?\s?\d{1,4}|[ivxlc]{1,7})\.?$")
_INDEX_ENTRY = re.compile(r"^[^\d]{2,80}[, ]\s*(?:\d{1,4}(?:[-–]\d{1,4})?(?:\s?(?:n|ff?|sqq?)\.?)?(?:[,;]\s*|$))+")
MOST = 2000  # rows of a contents page or index


def contents(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Under a heading that names the contents stand its entries, as long as they look alike."""
    if not at:
        return None
    heading = rows[at - 1].text
    if not names_contents(heading, layout):
        heading = _heading_before(rows, at)
    if not heading or not names_contents(heading, layout) or (layout.drama and at > 1 and not rows[at - 1].gap):
        return None
    end = _entries_end(rows, at, layout)
    if end - at < 2:
        return None
    return Match(
        "contents",
        end,
        f"{end - at} lines under {heading!r}",
        0.95,
        container=Container("contents", rows[at].line),
        parts=_entries(rows, at, end, layout),
    )


def _heading_before(rows: Rows, at: int) -> str:
    """The words of the one or two short chunks just before."""
    if not at:
        return ""
    text = rows[at - 1].text
    if fold(text).strip(" .:") in ("page", "pag.", "seite", "pages") and at > 1:
        text = rows[at - 2].text
    elif at > 1 and rows[at - 1].gap <= 2 and len(text) < 60 and is_capitals(text):
        above = rows[at - 2].text
        return f"{above}. {text}" if is_capitals(above) and len(above) <= 40 and fold(above).strip(" .:_*[]") else text
    return text


def _entries_end(rows: Rows, at: int, layout: Layout) -> int:
    first = fold(rows[at].text).strip(" .:_")
    firsts = (first, re.sub(PAGE, "", first))
    gaps: list[int] = []
    end = at
    paged = 0
    chunks = 0
    count = len(rows)
    while end < count and end - at < MOST:
        row = rows[end]
        if end > at:
            usual = max(gaps[:6]) if gaps else 1
            again = fold(row.text).strip(" .:_") in firsts and end - at >= 2
            if again and row.gap >= usual:
                break
            if row.gap >= max(3, usual + 2):
                if not (row.gap <= 4 and paged and PAGE.search(rows[chunk_end(rows, end) - 1].text) and row.gap < 6):
                    break
        stop = chunk_end(rows, end)
        chunk = rows[end:stop]
        if row.page and end > at and paged and not any(PAGE.search(r.text) for r in chunk[:3]):
            break
        if any(PAGE.search(r.text) for r in chunk):
            paged += 1
        elif (paged >= 3 and paged >= MOSTLY * chunks and not _goes_on_with_pages(rows, stop)) or (
            paged >= 3
            and row.gap >= 2
            and stop < count
            and rows[stop].gap >= 1
            and not any(PAGE.search(r.text) for r in rows[stop : stop + 4])
        ):
            break
        full = sum(1 for r in chunk if r.width > 0.93 * layout.measure and not PAGE.search(r.text))
        if full >= 3 and full > 0.5 * len(chunk) and not PAGE.search(chunk[-1].text) and chunk[-1].ends_sentence and paged:
            break
        if full >= 4 and full >= 0.6 * len(chunk) and not paged and "--" not in " ".join(r.text for r in chunk):
            break
        if end > at:
            gaps.append(row.gap)
        chunks += 1
        end = stop
    return end


MOSTLY = 0.7  # of the entries have a page: then all should, but for the names of parts over some
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


def _entries(rows: Rows, at: int, end: int, layout: Layout) -> tuple[tuple[int, int, Container], ...]:
    """One item per entry: a new one where a line is not set in as a turned-over line, or the one before ended with its page."""
    starts = _chunks_with_pages(rows, at, end)
    base = min(row.indent for row in rows[at:end])
    for i in range(at + 1, end if len(starts) == 1 else at):
        row, last = rows[i], rows[i - 1]
        columns = fold(last.text.split()[-1]).strip(".:") in layout.language.page_words  # the heads of the columns
        turned = row.indent > rows[starts[-1]].indent and not PAGE.search(last.text) and not columns
        numbered = row.indent > base and _is_numbered(row.text, layout)
        if row.gap or numbered or (not turned and (columns or PAGE.search(last.text) or (row.indent <= base and not row.starts_lower))):
            starts.append(i)
    return tuple((first, stop, Container("item", rows[first].line)) for first, stop in zip(starts, [*starts[1:], end], strict=True))


def _chunks_with_pages(rows: Rows, at: int, end: int) -> list[int]:
    """Where the entries begin if white space parts them, each ending with its page: their lines need not be set in; else only the first."""
    starts = [i for i in range(at, end) if i == at or rows[i].gap]
    paged = [PAGE.search(row.text) is not None or row.text.isdigit() for row in rows[at:end]]
    alone = all(paged[stop - 1 - at] and sum(paged[first - at : stop - at]) == 1 for first, stop in pairwise([*starts, end]))
    return starts if len(starts) >= 3 and alone else starts[:1]


def _is_numbered(text: str, layout: Layout) -> bool:
    """Whether a line set in begins with a number of its own, as the chapters under a part do: no turned-over line."""
    label = head_label(text, layout.language)
    return label is not None and (bool(label.type) or (text[label.length - 1 : label.length + 1] in (". ", ") ") and label.number < 100))


def index(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Under a heading that names an index stand words with the pages where they occur."""
    if not at:
        return None
    word = layout.language.divisions.get(fold(rows[at - 1].text).strip(" .:_*[]"))
    if word is None or word.type not in ("index",):
        return None
    end = at
    hits = 0
    while end < len(rows) and rows[end].gap < 5:
        hits += bool(re.search(r"\d", rows[end].text))
        end += 1
    if end - at < 3 or hits < 0.4 * (end - at):
        return None
    starts = [at]
    base = min(row.indent for row in rows[at:end])
    for i in range(at + 1, end):
        if (rows[i].indent <= base + 1 and not rows[i].starts_lower) or rows[i].gap:
            starts.append(i)
    parts = tuple((first, stop, Container("item", rows[first].line)) for first, stop in zip(starts, [*starts[1:], end], strict=True))
    return Match("index", end, f"{len(parts)} entries with pages", 0.9, container=Container("index", rows[at].line), parts=parts)
