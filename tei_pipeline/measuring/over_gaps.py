"""Whether a sentence goes on below a gap, as what stands above and below it looks like."""

from __future__ import annotations

import re
from typing import NamedTuple

from tei_pipeline.language import Language
from tei_pipeline.measuring.edges import Edges
from tei_pipeline.rows import LINE_END_HYPHENS, Row
from tei_pipeline.rules.letters.closings import is_formula
from tei_pipeline.rules.notes.labels import BEGINS
from tei_pipeline.rules.shape import announces

BREAKS_OFF = f",;{LINE_END_HYPHENS}"  # in the middle of a sentence, or of a word
HALF = 0.5  # of the measure: the last line before a page's end is not shorter, but that of a clause which a list sets apart may be
SHORTEST_RULE = 5  # characters
_COLUMNS = "   "  # white space that no running text has
_YEAR = re.compile(r"1\d{3}(?![\d.)])")  # after a comma the rest of a date, and no number of an item
_BRACKETED_ITEM = re.compile(r"^\([0-9a-z]{1,4}\)\s")
_OPENS_NOTE = re.compile(
    r"\[(?:[0-9]{1,4}|[A-Z]|[*†‡§]{1,3}|[^\W\d_]+ [0-9A-Z*†‡]{1,4}[:.]|[^\W\d_]+:)|[*†‡]"
)  # "[Footnote 3:", "[Sidenote:"
_MARKED = re.compile(r"_[^_]*_|\[[^\]]*\]|\([^)]*\)")  # all of a line is in italics or brackets
_ANNOUNCING = (":", ";", "--", "—", "–")  # after these, and after the "and" of an enumeration, a bracketed letter begins an item
_OPENING = '"“„«»'
_CUT_SHORT = ("----", "——")  # what somebody was saying, in a book without quotation marks
_BROKEN_OFF = re.compile(r"(?:--|[—–])\s?[\"”»«“]$")  # what somebody was saying ends so


class Gap(NamedTuple):
    """The lines above and below a gap, which may be a page's, the next one ``below`` these, and how the text is set: its edges, and how
    wide a ``full`` line is at least.
    """

    last: Row
    row: Row
    below: Row | None
    edges: Edges
    full: float
    language: Language


def goes_on(gap: Gap) -> bool:
    """Whether a line goes on with the sentence of the line before."""
    last, row = gap.last, gap.row
    if _stands_elsewhere(gap) or _is_below_shown(gap):
        return False
    if gap.edges.style == "indent" and row.page:
        return _goes_on_over_page(gap)
    if _begins_item_or_note(gap):
        return False
    if row.starts_lower and not last.ends_sentence and last.text[-1] not in "*":
        return _goes_on_small(gap)
    if row.page:
        return not last.ends_sentence and last.width > gap.full
    if _begins_anew(gap):
        return False
    if last.width <= gap.full and _breaks_off(last, gap.language) and _is_plain(row, gap.edges.measure):
        return True
    return not _leads_elsewhere(gap) and _is_plain(row, gap.edges.measure) and _is_plain(last, 0)


def _stands_elsewhere(gap: Gap) -> bool:
    """Whether the two lines are set in by far different, or the upper one is a rule, that of a table, or the last of a list with pages."""
    last, row = gap.last, gap.row
    if abs(row.indent - last.indent) > max(3, gap.edges.indent):
        return True
    if len(last.text) >= SHORTEST_RULE and not any(map(str.isalnum, last.text)):
        return True
    return row.page and last.text[-1].isdigit() and _COLUMNS in last.text


def _is_below_shown(gap: Gap) -> bool:
    """Whether something is displayed in the middle of a sentence: set in from the text that goes on below it, or announces it above, or a
    table.
    """
    last, row, margin = gap.last, gap.row, gap.edges.margin
    if gap.edges.style != "blank" or row.page:
        return False
    if row.starts_lower and ((last.gap and row.indent <= margin < last.indent) or (row.indent < last.indent and _COLUMNS in last.text)):
        return True
    return last.indent <= margin < row.indent - 1


def _goes_on_over_page(gap: Gap) -> bool:
    """Whether a paragraph goes on on the next page, in a text whose paragraphs begin with an indent."""
    last, row, edges = gap.last, gap.row, gap.edges
    if row.indent > edges.margin and row.indent - edges.margin == edges.indent:
        return False
    labelled = row.text[0] in BEGINS or row.text[0].isdigit()
    filled = last.width > gap.full and row.indent <= edges.margin and not labelled  # and no paragraph begins at the margin
    runs = _is_plain(row, edges.measure) or _is_last_line(row, gap.below, edges.margin + edges.indent)
    return row.gap == 0 or not last.ends_sentence or row.starts_lower or (filled and runs)


def _begins_item_or_note(gap: Gap) -> bool:
    above = gap.last
    item = _BRACKETED_ITEM.match(gap.row.text) and (above.text.endswith(_ANNOUNCING) or above.ends_sentence)
    return bool(item or _OPENS_NOTE.match(gap.row.text))


def _goes_on_small(gap: Gap) -> bool:
    """Whether a line that begins small goes on with the one above, whose sentence has not ended."""
    last, row, measure = gap.last, gap.row, gap.edges.measure
    if row.width < 0.75 * measure and is_formula(row.text, gap.language):
        return False  # "your affectionate friend," closes a letter
    listed = last.text[-1] in ",;" or last.text.rsplit(" ", 1)[-1] in gap.language.joining
    if listed and row.text.split(",", 1)[0].lower() in gap.language.enumeration:
        return False  # "firstly, …; / secondly, …, and / thirdly, …"
    broken = last.text.endswith(("--", "—")) or (last.text[-1] in BREAKS_OFF and last.width > HALF * measure)
    return last.width > 0.75 * measure or (broken and last.indent == row.indent)


def _begins_anew(gap: Gap) -> bool:
    """Whether the lower line is set in as the first of a paragraph, or begins large behind what cannot lead to it, or a direction stands
    above it: _Enter MARTHA, with a lantern_.
    """
    last, row, edges = gap.last, gap.row, gap.edges
    if edges.style == "indent" and edges.indent and row.indent == edges.margin + edges.indent:
        return True
    if not row.starts_lower and row.text.split(" ", 1)[0].lower() in gap.language.joining:
        return True  # "people like / But it was told …": what stood between is lost
    if not row.starts_lower and last.text.endswith((".--", ".—")):
        return True  # the name of a disease, over what is said of it
    if not row.starts_lower and last.text.endswith(_CUT_SHORT):
        return True
    return _MARKED.fullmatch(last.text) is not None


def _leads_elsewhere(gap: Gap) -> bool:
    """Whether the upper line ends a sentence, announces something, or is not full, or a number or what is said begins below it."""
    last, row = gap.last, gap.row
    numbered = row.text[0].isdigit() and not (_YEAR.match(row.text) and last.text[-1] == ",")
    said = row.text[0] in _OPENING and last.text.endswith((",", "--", "—"))
    return bool(last.ends_sentence or announces(last.text) or _BROKEN_OFF.search(last.text) or said or last.width <= gap.full or numbered)


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


def _is_plain(row: Row, measure: int) -> bool:
    """Whether a line looks like running text: it fills the measure, keeps no columns apart and is no title in capitals."""
    return row.width > 0.8 * measure and not row.text.isupper() and _COLUMNS not in row.text
