"""Tables: lines that bars, leaders or runs of blanks keep in columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Match, Rows
from tei_pipeline.measuring.verse.lineation import LINE_NUMBER, has_caesurae
from tei_pipeline.rules.drama.persons import names_cast
from tei_pipeline.rules.drama.speakers import speaker_label
from tei_pipeline.rules.headings.head_labels import head_label
from tei_pipeline.rules.lists.drawings import STANDING, STROKE, drawing_end, shown_end
from tei_pipeline.rules.paragraphs import names_contents
from tei_pipeline.rules.shape import chunk_end, closed_up, is_capitals, is_edge, word_count
from tei_pipeline.rules.verse.beside_verse import glosses
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout
    from tei_pipeline.rows import Row

_TABBED = re.compile(r"^[\[(]?(?:\d{1,3}|[a-zA-Z]|[ivxlIVXL]{1,6})[.)\]]{1,2}\t\s*(?=\S)")  # the number of a note or item, and its tab
_COLUMNS = re.compile(r"\S(?:\s{3,}|\t)\S")
_BESIDE_VERSE = re.compile(rf"{LINE_NUMBER.pattern}|(?<!\s)\s+[}}|]$")
_LEADERS = re.compile(r"(?:(?<!\.)\.{4,}(?!\.)|(?<!\s\.)(?:\s\.){4,}(?!\s\.))\s*\D{0,3}\d[\d,.]*\D{0,12}$")


def _leaders_end(rows: Rows, at: int) -> int:
    """Where lines end half of which or more lead with points to a figure at their ends: an account, and no verses."""
    if not at or not rows[at].gap:
        return at
    end = chunk_end(rows, at)
    first = next((i for i in range(at, min(at + 2, end)) if _LEADERS.search(rows[i].text)), None)
    if first is None or (first > at and is_capitals(rows[at].text)):
        return at
    leading = sum(_LEADERS.search(row.text) is not None for row in rows[first:end])
    return end if leading >= max(2, (end - at) / 2) else at


def preformatted(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Lines that keep columns apart with runs of spaces are a table or were set line by line."""
    if layout.style == "unwrapped" and "\t" not in rows[at].text and "   " not in rows[at].text:
        return None
    text = rows[at].text
    if (rows[at].gap or not at) and (end := shown_end(rows, at)) > at:
        return Match(
            "preformatted", end, f"{end - at} lines that show something as they stand: a sum, a diagram, letters in a figure", 0.85
        )
    if (end := _leaders_end(rows, at)) > at:
        return Match("table", end, "most lines lead with points to a figure", 0.85)
    if (end := _below_heads_end(rows, at)) > at:
        return Match("preformatted", end, "the heads of columns, on several lines, and the columns below them", 0.8)
    drawn = at + 1 < len(rows) and not rows[at + 1].gap and (STROKE.search(text) or STANDING.match(rows[at + 1].text))
    if (
        not drawn
        and "  " not in text
        and "|" not in text
        and "\t" not in text
        and not is_edge(rows, at)
        and not _over_columns(rows, at, layout)
    ):
        return None
    if drawn and (end := drawing_end(rows, at)) > at:
        return Match("preformatted", end, f"{end - at} lines drawn with strokes", 0.85)
    if (layout.drama and _belongs_to_a_play(rows[at].text, layout)) or closed_up(text) != text:
        return None
    end = chunk_end(rows, at)
    chunk = rows[at:end]
    if _counts_verses(chunk):
        return None
    bars = 1 if any(map(_CROSSED.match, (row.text for row in chunk))) else 2  # of two columns one bar, which their rules cross
    ruled = [row for row in chunk if row.text.count("|") >= bars or re.match(r"^[+|=-]{4,}", row.text)]
    if len(ruled) >= max(2, 0.8 * len(chunk)):
        return Match("table", end, f"{len(ruled)} lines ruled with bars", 0.9)
    if _are_priced(chunk):
        return Match("table", end, "figures begin in one column, behind words", 0.8)
    numbered = layout.in_verse(rows[at].line)  # the number of a verse stands far to the right of it, or the brace around those that rhyme
    wide = [row for row in chunk if _COLUMNS.search(_BESIDE_VERSE.sub("", row.text) if numbered else _TABBED.sub("", row.text))]
    if wide and len(chunk) > 2:
        wide += [row for row in chunk if row.indent > layout.measure / 2 and _SUM.match(row.text)]
    if (
        len(wide) < 0.6 * len(chunk)
        or has_caesurae([row.text for row in chunk])
        or all(glosses(row.text) for row in chunk)
        or (len(chunk) < 2 and (not _table_beside(rows, at, end) or names_contents(text, layout) or _is_counted(rows, at)))
        or (len(chunk) < 2 and (_BEHIND_YEAR.match(text) or _OFFERED.search(text)))
    ):
        return None  # nor is "CONTENTS      PAGE" a table
    if len(chunk) == 1 and (below := _headed_end(rows, at)) > end:
        return Match("table", below, f"heads {below - end} lines that have the same columns", 0.8)
    if len(chunk) == 1 and (below := _spaced_end(rows, at)) > end:
        return Match("table", below, f"{below - at} lines, each apart, that have the same columns", 0.8)
    return Match("table", end, f"{len(wide)} of {len(chunk)} lines keep columns apart", 0.7)


def _counts_verses(chunk: Sequence[Row]) -> bool:
    """Whether the figures at the right of lines that points and commas end run on by one: they count verses."""
    found = [m for row in chunk if (m := _VERSE_AND_NUMBER.fullmatch(row.text)) is not None]
    numbers = [int(m["n"]) for m in found]
    if len(numbers) < max(2, len(chunk)) or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return False
    return len([m for m in found if m["end"]]) >= MOSTLY * len(found)


_VERSE_AND_NUMBER = re.compile(r"[^\W\d_].*[^\W\d_](?P<end>[,;:.!?]?)\s{3,}(?P<n>\d{1,4})")


def _are_priced(chunk: Sequence[Row]) -> bool:
    """Whether two lines or more have words and, two columns or more apart, figures that begin or end in one column."""
    if len(chunk) < FEWEST_PRICED or not all(_PRICED.fullmatch(row.text) for row in chunk):
        return False
    return len({_cells_apart(row)[-1] for row in chunk}) == 1 or len({row.width for row in chunk}) == 1


FEWEST_PRICED = 2  # lines
_PRICED = re.compile(r"[^\W\d_].*?[^\s.]  +[$£]?\d[\d.,]*(?: [a-z]{1,6}\.?)?")


def _cells_apart(row: Row) -> list[int]:
    """Where the cells of a line begin that two spaces or more part."""
    return [row.indent + m.end() for m in re.finditer(r"^|\s\s+", row.text)]


def _below_heads_end(rows: Rows, at: int) -> int:
    """Where the columns end below two to four short lines, the last of which is parted as they are; ``at`` if there are none."""
    if not rows[at].gap or len(rows[at].text) > LONGEST_HEAD or at + 1 >= len(rows) or rows[at + 1].gap:
        return at
    head = next((i for i in range(at + 2, min(at + MOST_HEADS, len(rows) - 1) + 1) if rows[i].gap), at)
    if head == at or rows[head].gap != 1 or _COLUMNS.search(rows[head - 1].text) is None or rows[head].page:
        return at
    if any(_COLUMNS.search(row.text) for row in rows[at : head - 1]):
        return at
    end = chunk_end(rows, head)
    wide = sum(_COLUMNS.search(row.text) is not None for row in rows[head:end])
    return end if end - head >= FEWEST_HEADED and wide >= MOSTLY * (end - head) else at


LONGEST_HEAD, MOST_HEADS = 40, 4  # characters; lines
MOSTLY = 0.6  # of the lines of a table


def _headed_end(rows: Rows, at: int) -> int:
    """Where the lines end, an empty one below, that all have the columns of which a line says what they hold; ``at`` if there are none."""
    if at + 1 == len(rows) or rows[at + 1].gap != 1 or rows[at + 1].page or any(map(str.isdigit, rows[at].text)):
        return at
    if (end := chunk_end(rows, at + 1)) < at + 1 + FEWEST_HEADED:
        return at
    heads = _cells(rows[at])
    columns = [_cells(row) for row in rows[at + 1 : end]]
    if any(len(cells) != len(heads) for cells in columns):
        return at
    for n, (start, stop) in enumerate(heads):
        first, last = min(cells[n][0] for cells in columns), max(cells[n][1] for cells in columns)
        if stop < first or last < start or (not n and start < first):
            return at  # it stands beside the column
    return end


def _spaced_end(rows: Rows, at: int) -> int:
    """Where the lines end, an empty one below each, that begin their columns where the first of them does."""
    starts = [start for start, _ in _cells(rows[at])]
    end = at + 1
    while end < len(rows) and rows[end].gap == 1 and not rows[end].page and _COLUMNS.search(rows[end].text):
        alone = end + 1 == len(rows) or rows[end + 1].gap
        if not alone or [start for start, _ in _cells(rows[end])] != starts:
            break
        end += 1
    return end


def _cells(row: Row) -> list[tuple[int, int]]:
    return [(row.indent + m.start(), row.indent + m.end()) for m in CELL.finditer(row.text)]


CELL = re.compile(r"(?:[{}]\s+)?\S+(?:\s\S+)*")  # a brace stands with what it leads to
FEWEST_HEADED = 3  # lines


_BEHIND_YEAR = seldom(
    r"[*\[]?1\d{3}(?:\s?[-–—]\s?\d{1,4})?\.?\s{2,}(?!.*\s{3})(?:(?:-{2,6}|—+) )?[^\W\d_]\D"
)  # 1802.   The title of a book


BOOK_SIZE = r"\b(?:\d{1,2}[vmt]o|[Ff]olio)\b"  # 8vo, 12mo, 4to
_OFFERED = re.compile(rf"\.\s{{2,}}(?:\w{{1,6}}\. )?{BOOK_SIZE}")  # A book. By A. Holm.    Cr. 8vo.    3s. 6d.


_CROSSED = re.compile(r"[-+|]*-{4,}\+-{4,}[-+|]*$")


def _is_counted(rows: Rows, at: int) -> bool:
    """Whether the number at the right of a line counts its paragraph, since the last line of the one above, of several, has the number
    before.
    """
    number, above = LINE_NUMBER.search(rows[at].text), LINE_NUMBER.search(rows[at - 1].text) if at > 1 and not rows[at - 1].gap else None
    return number is not None and above is not None and int(number[1].lstrip("°*_")) == int(above[1].lstrip("°*_")) + 1


def _over_columns(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a few words, set in over the columns that begin right below, say what these have (SINGULAR), or what is accounted for in
    the lines below, each with its figure at the end.
    """
    row, below = rows[at], rows[at + 1 : min(chunk_end(rows, at), at + 4)]
    if row.indent <= layout.margin + layout.indent:
        return False
    if word_count(row.text) <= MOST_OVER_COLUMNS and len(below) > 1 and all(_COLUMNS.search(row.text) for row in below[:2]):
        return True
    return (
        not row.ends_sentence
        and word_count(row.text) <= MOST_OVER_ACCOUNT
        and sum(_FIGURED.search(row.text) is not None for row in below) > 1
    )


MOST_OVER_COLUMNS = 3  # words
MOST_OVER_ACCOUNT = 6  # words
_FIGURED = re.compile(r"\S\s{3,}(?:\w+ )?\d[\d,.\s]*$")  # a figure far behind what it is for
_SUM = re.compile(r"[-=]{4,}$")  # the rule over or below a sum


_BRACKET_APART = re.compile(r"\S\s{3,}\[")  # a stage direction at the right end of a verse


def _belongs_to_a_play(text: str, layout: Layout) -> bool:
    """Whether the columns of a line are a speaker and his words, a verse and a direction, or a scene and its place."""
    if speaker_label(text, layout) is not None or _BRACKET_APART.search(text) or names_cast(text, layout.language):
        return True
    label = head_label(text, layout.language)
    return label is not None and bool(label.type)


def _table_beside(rows: Rows, at: int, end: int) -> bool:
    """Whether the line above or below has columns too; a row of stars has none."""
    beside = [rows[i].text for i in (at - 1, end) if 0 <= i < len(rows)]
    return any(_COLUMNS.search(text) and any(map(str.isalnum, text)) for text in beside)
