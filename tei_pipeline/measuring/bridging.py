"""Bridging: gaps that pages tore into running text are closed before any rule sees them."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise

from tei_pipeline.language import Language
from tei_pipeline.measuring.edges import Edges
from tei_pipeline.measuring.over_gaps import HALF, Gap, goes_on
from tei_pipeline.measuring.verse.lineation import Region
from tei_pipeline.rows import Row
from tei_pipeline.rules.headings.head_labels import head_label
from tei_pipeline.rules.notes.labels import BEGINS, siglum, worded
from tei_pipeline.rules.notes.referred import stands_against
from tei_pipeline.rules.shape import announces, is_title_case

NARROWEST = 30  # columns: a measure below says that hardly any line is full


def bridge(rows: list[Row], edges: Edges, verses: Sequence[Region], language: Language) -> list[Row]:
    """Close the gaps that pages tore into running text: the sentence goes on, the line before is full, no indent marks a beginning.

    In verse the gap parts stanzas, and a line that is full is one like the others.
    """
    bridged = list(rows)
    lined = {line for first, end in verses for line in range(first, end)}
    stichic = _stichic(rows, lined)
    full = _fullness(rows, edges.measure)
    for i in range(1, len(rows)):
        row, last = rows[i], rows[i - 1]
        if (row.gap != 1 and not row.page) or row.gap > 1 or row.line in lined:
            if stichic and row.page and row.gap == 1 and {row.line, last.line} <= lined and not _is_title(rows, i):
                bridged[i] = row._replace(gap=0)
            continue
        if edges.style == "unwrapped" or edges.measure < NARROWEST or _alone(rows, i) or _set_apart(rows, i, edges.measure):
            continue
        if (
            goes_on(Gap(last, row, rows[i + 1] if i + 1 < len(rows) else None, edges, full, language))
            and not _are_titles(rows, i, edges.measure)
            and not _begins_note(rows, i, language)
            and not _titles_chapter(rows, i, language)
            and not _is_second_of_two(rows, i, language)
        ):
            bridged[i] = row._replace(gap=0)
        elif row.page and row.gap == 0 and edges.style == "blank":
            bridged[i] = row._replace(gap=1)
    return bridged


def _alone(rows: Sequence[Row], at: int) -> bool:
    """Whether a line and the one before it stand alone, each between gaps: entries of a list, however wide; of a torn paragraph one half
    has more.
    """
    return not rows[at].page and _are_single(rows, at) and not rows[at].starts_lower


def _are_single(rows: Sequence[Row], at: int) -> bool:
    """Whether white space stands above the line before and below this one."""
    return rows[at - 1].gap > 0 and (at + 1 == len(rows) or rows[at + 1].gap > 0)


def _are_titles(rows: Sequence[Row], at: int, measure: int) -> bool:
    """Whether a short line alone and far from what is above ends a page, and a line alone begins the next."""
    over = rows[at - 1]
    far = over.width <= FULL * measure and (over.gap > 1 or over.page)
    return far and rows[at].page and _are_single(rows, at) and not rows[at].starts_lower


def _set_apart(rows: Sequence[Row], at: int, measure: int) -> bool:
    """Whether the line before stands alone and farther from the text above than from this one: a title, unless it is full."""
    over = rows[at - 1]
    return not rows[at].page and over.gap > rows[at].gap and over.width <= FULL * measure and not rows[at].starts_lower


def _stichic(rows: Sequence[Row], lined: Set[int]) -> bool:
    """Whether verse runs on without stanzas, its gaps fewer than the pages: then a page's end is none of them."""
    pages = sum(row.page and row.gap <= 1 and row.line in lined for row in rows)
    return pages > sum(row.gap == 1 and not row.page and row.line in lined for row in rows)


def _is_title(rows: Sequence[Row], at: int) -> bool:
    """Whether a line at the head of a page is in capitals, or alone."""
    return rows[at].text.isupper() or (at + 1 < len(rows) and rows[at + 1].gap > 0)


def _fullness(rows: Sequence[Row], measure: int) -> float:
    """How wide a line is at least that is surely full, since the sentence goes on in the next: fonts and long words set it at will."""
    wide = sorted(a.width for a, b in pairwise(rows) if not b.gap and not a.ends_sentence and b.starts_lower)
    usual = FULL * measure
    return max(min(usual, wide[int(NARROW * len(wide))] - 1), HALF * measure) if len(wide) >= ENOUGH else usual


FULL = 0.85  # of the measure: a line as wide is full
NARROW = 0.02  # of the full lines are narrower still, for reasons of their own
ENOUGH = 100  # full lines that tell how narrow they may be


def _begins_note(rows: Sequence[Row], at: int, language: Language) -> bool:
    """Whether a line begins a note that some printer's mark numbers or its word names, since the text above has the reference."""
    text = rows[at].text
    if text[0] not in BEGINS:
        return worded(text, language) is not None
    found = siglum(text)
    return found is not None and found[0] != "star" and stands_against(rows, at, text[: found[2]].rstrip("."))


LONGEST_TITLE = 4  # lines


def _titles_chapter(rows: Sequence[Row], at: int, language: Language) -> bool:
    """Whether the lines above, with a title's capitals, stand below the number of a chapter: its title, or what it treats of."""
    first = at - 1
    while first > 0 and not rows[first].gap and at - first <= LONGEST_TITLE:
        first -= 1
    if rows[at].page or rows[at].starts_lower or not first or at - first > LONGEST_TITLE or (first > 1 and not rows[first - 1].gap):
        return False
    label = head_label(rows[first - 1].text, language)
    if label is None or label.length < len(rows[first - 1].text.rstrip(" .:")):
        return False
    return is_title_case(" ".join(row.text for row in rows[first:at]), language.lowercase_in_titles)


def _is_second_of_two(rows: Sequence[Row], at: int, language: Language) -> bool:
    """Whether a line begins the second of two alternatives that a colon announces, each in a paragraph: "either …, / or …"."""
    first = at - 1
    while first > 0 and not rows[first].gap:
        first -= 1
    if rows[at].page or not first or not announces(rows[first - 1].text):
        return False
    pair = (rows[first].text.lower(), rows[at].text.lower())
    return any(all(text.startswith(f"{word} ") for text, word in zip(pair, words, strict=True)) for words in language.alternatives)
