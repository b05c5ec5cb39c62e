"""Bridging: gaps that pages tore into running text are closed before any rule sees them."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from itertools import pairwise

from tei_pipeline.language import Language
from tei_pipeline.measuring.verse.lineation import Region
from tei_pipeline.rows import LINE_END_HYPHENS, Row
from tei_pipeline.rules.headings.head_labels import head_label
from tei_pipeline.rules.letters.closings import is_formula
from tei_pipeline.rules.notes.labels import BEGINS, siglum, worded
from tei_pipeline.rules.notes.referred import stands_against
from tei_pipeline.rules.shape import announces, is_title_case

NARROWEST = 30  # columns: a measure below says that hardly any line is full
_COLUMNS = "   "  # white space that no running text has
_YEAR = re.compile(r"1\d{3}(?![\d.)])")  # after a comma the rest of a date, and no number of an item
_BRACKETED_ITEM = re.compile(r"^\([0-9a-z]{1,4}\)\s")
_OPENS_NOTE = re.compile(
    r"\[(?:[0-9]{1,4}|[A-Z]|[*†‡§]{1,3}|[^\W\d_]+ [0-9A-Z*†‡]{1,4}[:.]|[^\W\d_]+:)|[*†‡]"
)  # "[Footnote 3:", "[Sidenote:"
_MARKED = re.compile(r"_[^_]*_|\[[^\]]*\]|\([^)]*\)")  # all of a line is in italics or brackets
_ANNOUNCING = (":", ";", "--", "—", "–")  # after these, and after the "and" of an enumeration, a bracketed letter begins an item


def bridge(rows: list[Row], margin: int, indent: int, measure: int, style: str, verses: Sequence[Region], language: Language) -> list[Row]:
    """Close the gaps that pages tore into running text: the sentence goes on, the line before is full, no indent marks a beginning.

    In verse the gap parts stanzas, and a line that is full is one like the others.
    """
    bridged = list(rows)
    lined = {line for first, end in verses for line in range(first, end)}
    stichic = _stichic(rows, lined)
    full = _fullness(rows, measure)
    for i in range(1, len(rows)):
        row, last = rows[i], rows[i - 1]
        if (row.gap != 1 and not row.page) or row.gap > 1 or row.line in lined:
            if stichic and row.page and row.gap == 1 and {row.line, last.line} <= lined and not _is_title(rows, i):
                bridged[i] = row._replace(gap=0)
            continue
        if style == "unwrapped" or measure < NARROWEST or _alone(rows, i) or _set_apart(rows, i, measure):
            continue
        if (
            _continues(last, row, rows[i + 1] if i + 1 < len(rows) else None, margin, indent, measure, style, full, language)
            and not _begins_note(rows, i, language)
            and not _titles_chapter(rows, i, language)
            and not _is_second_of_two(rows, i, language)
        ):
            bridged[i] = row._replace(gap=0)
        elif row.page and row.gap == 0 and style == "blank":
            bridged[i] = row._replace(gap=1)
    return bridged


def _alone(rows: Sequence[Row], at: int) -> bool:
    """Whether a line and the one before it stand alone, each between gaps: entries of a list, however wide; of a torn paragraph one half
    has more.
    """
    parted = rows[at - 1].gap and not rows[at].page and (at + 1 == len(rows) or rows[at + 1].gap)
    return bool(parted) and not rows[at].starts_lower


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


BREAKS_OFF = f",;{LINE_END_HYPHENS}"  # in the middle of a sentence, or of a word
HALF = 0.5  # of the measure: the last line before a page's end is not shorter, but that of a clause which a list sets apart may be
FULL = 0.85  # of the measure: a line as wide is full
NARROW = 0.02  # of the full lines are narrower still, for reasons of their own
ENOUGH = 100  # full lines that tell how narrow they may be


SHORTEST_RULE = 5  # characters


def _continues(
    last: Row, row: Row, below: Row | None, margin: int, indent: int, measure: int, style: str, full: float, language: Language
) -> bool:
    """Whether a line goes on with the sentence of the line before, over a gap that may be a page's."""
    if abs(row.indent - last.indent) > max(3, indent):
        return False
    if len(last.text) >= SHORTEST_RULE and not any(map(str.isalnum, last.text)):
        return False  # below a rule, that of a table
    if row.page and last.text[-1].isdigit() and _COLUMNS in last.text:
        return False  # below the last entry of a list with pages
    if style == "blank" and not row.page and row.starts_lower and last.gap and row.indent <= margin < last.indent:
        return False  # below a line displayed in the middle of a sentence, set in from the text
    if style == "blank" and not row.page and row.starts_lower and row.indent < last.indent and _COLUMNS in last.text:
        return False  # below a table in the middle of a sentence
    if style == "blank" and not row.page and last.indent <= margin < row.indent - 1:
        return False  # displayed: set in from the text that announces it
    if style == "indent" and row.page:
        if row.indent > margin and row.indent - margin == indent:
            return False
        labelled = row.text[0] in BEGINS or row.text[0].isdigit()
        filled = last.width > full and row.indent <= margin and not labelled  # and no paragraph begins at the margin
        runs = _plain(row, measure) or _is_last_line(row, below, margin + indent)
        return row.gap == 0 or not last.ends_sentence or row.starts_lower or (filled and runs)
    if _BRACKETED_ITEM.match(row.text) and (last.text.endswith(_ANNOUNCING) or last.ends_sentence):
        return False
    if _OPENS_NOTE.match(row.text):
        return False
    if row.starts_lower and not last.ends_sentence and last.text[-1] not in "*":
        if row.width < 0.75 * measure and is_formula(row.text, language):
            return False  # "your affectionate friend," closes a letter
        listed = last.text[-1] in ",;" or last.text.rsplit(" ", 1)[-1] in language.joining
        if listed and row.text.split(",", 1)[0].lower() in language.enumeration:
            return False  # "firstly, …; / secondly, …, and / thirdly, …"
        goes_on = last.text.endswith(("--", "—")) or (last.text[-1] in BREAKS_OFF and last.width > HALF * measure)
        return last.width > 0.75 * measure or (goes_on and last.indent == row.indent)
    if row.page:
        return not last.ends_sentence and last.width > full
    if style == "indent" and indent and row.indent == margin + indent:
        return False  # set in as a paragraph's first line is
    if not row.starts_lower and row.text.split(" ", 1)[0].lower() in language.joining:
        return False  # "people like / But it was told …": what stood between is lost
    if not row.starts_lower and last.text.endswith((".--", ".—")):
        return False  # the name of a disease, over what is said of it
    if _MARKED.fullmatch(last.text):
        return False  # a direction: _Enter MARTHA, with a lantern_
    if last.width <= full and _breaks_off(last, language) and _plain(row, measure):
        return True
    if (
        last.ends_sentence
        or announces(last.text)
        or _BROKEN_OFF.search(last.text)
        or _leads_to_speech(last.text, row.text)
        or last.width <= full
        or (row.text[0].isdigit() and not (_YEAR.match(row.text) and last.text[-1] == ","))
    ):
        return False
    return _plain(row, measure) and _plain(last, 0)


def _leads_to_speech(over: str, text: str) -> bool:
    """Whether words that break off with a comma or dash stand over a quotation mark: what is said begins a paragraph."""
    return text[0] in _OPENING and over.endswith((",", "--", "—"))


_OPENING = '"“„«»'
_BROKEN_OFF = re.compile(r"(?:--|[—–])\s?[\"”»«“]$")  # what somebody was saying ends so


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


def _breaks_off(row: Row, language: Language) -> bool:
    """Whether a short line of running text ends with a word that none ends with: "of the troops of"."""
    words = row.text.split()
    return len(words) > 2 and words[-1] in language.connectives and row.text[0].islower()


def _is_last_line(row: Row, below: Row | None, first: int) -> bool:
    """Whether a short line right above the first of a paragraph ends the one that a page cut: a sentence ends in it, and no figure says
    that it is a date or counts what follows.
    """
    over = row.ends_sentence and below is not None and not below.gap and below.indent == first
    return over and not row.text.isupper() and not any(map(str.isdigit, row.text))


def _plain(row: Row, measure: int) -> bool:
    """Whether a line looks like running text: it fills the measure, keeps no columns apart and is no title in capitals."""
    return row.width > 0.8 * measure and not row.text.isupper() and _COLUMNS not in row.text
