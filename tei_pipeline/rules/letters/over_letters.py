"""Titles over letters: a line apart that names the writer or the receiver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from tei_pipeline.blocks import Facts, Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.headings.head_labels import bare_label, head_label
from tei_pipeline.rules.headings.titles import MARKS, set_together
from tei_pipeline.rules.letters.addressed import titles_letter, without_kin
from tei_pipeline.rules.letters.dated import is_dateline, is_day
from tei_pipeline.rules.letters.near_dates import leads_to_date, place_over_date, year_of_letter
from tei_pipeline.rules.letters.salutes import salute
from tei_pipeline.rules.letters.signers import is_rule
from tei_pipeline.rules.shape import chunk_end, is_title_case, without_reference, word_count

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


QUOTES = '"“„«»‘'
MOST_OF_NAMES = 16  # words of a title that names the writer and the receiver of a letter, with their offices


def over_letter(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A line apart that names whom a letter is to or from, over its place and date or its salute: _The King to Lord Melbourne._"""
    row = rows[at]
    ruled = bool(at) and is_rule(rows, at - 1)
    if (row.gap < 2 and at and not row.page and not (ruled and row.gap)) or len(row.text) < LONGEST_BARE:
        return None
    end = set_together(rows, at, layout, 2)
    if end - at > 2 or end >= len(rows) or not 1 <= rows[end].gap <= 2:
        return None
    if end - at == 2 and (
        year_of_letter(rows, at + 1, layout) or (is_dateline(rows[at + 1].text, layout) and titles_letter(row.text, layout))
    ):
        end = at + 1  # its date stands below it
    line = without_reference(" ".join(r.text for r in rows[at:end]).strip(MARKS)).strip(MARKS)
    label = bare_label(line)
    facts = Facts(type="title", division="letter")
    if label is not None:
        facts = replace(facts, n=label.n, number=label.number, label=label.length)
    names = line[label.length if label is not None else 0 :].strip("-—– ").split()
    if line[-1:] in ",;:?!-—" or not names or word_count(line) > MOST_OF_NAMES:
        return None
    first = fold(names[0]) in layout.language.addressing
    if not first and not any(fold(word) in layout.language.receivers for word in names[1:-1]):
        return None
    above = head_label(rows[at - 1].text.strip(MARKS), layout.language) if at else None
    if above is not None and above.type == "letter" and above.length >= len(rows[at - 1].text.strip(MARKS).rstrip(".")):
        return None  # its number is its heading
    if is_dateline(line, layout):
        return None
    below = " ".join(r.text for r in rows[end : set_together(rows, end, layout, LONGEST_REMARK)])
    if below[0] in QUOTES:
        below = below.lstrip(QUOTES)
        if not is_dateline(below, layout):
            return None  # a letter that is quoted in a chapter, each paragraph in marks
    titled = is_title_case(" ".join(without_kin(names, layout)), layout.language.lowercase_in_titles | layout.language.articles)
    past = _past_remark(rows, end, layout) if titled and row.gap > 2 else end
    dated = is_dateline(" ".join(row.text for row in rows[past : chunk_end(rows, past)]), layout) if past > end else False
    if titled and (dated or (past > end and place_over_date(rows, past, layout))):
        return Match("heading", end, "names writer or receiver over a remark set in and the date of a letter", 0.82, facts)
    if titled and (
        is_dateline(below, layout) or is_day(below, layout) or leads_to_date(rows, end, layout) or place_over_date(rows, end, layout)
    ):
        return Match("heading", end, "names writer or receiver over the date of a letter", 0.82, facts)
    small = sum(word[0].islower() and word not in layout.language.lowercase_in_titles for word in names)
    if first and small <= MOST_SMALL and len(names) > 1 and names[1][0].isupper() and (row.gap > 2 or row.page or not at):
        if salute(rows, end, layout) is not None:
            return Match("heading", end, "names the receiver over the salute of a letter", 0.82, facts)
    return None


def _past_remark(rows: Rows, at: int, layout: Layout) -> int:
    """Past a remark of the editor that is set in, of one paragraph or more; the row itself where none stands."""
    end = at
    while end < len(rows) and end - at < LONGEST_REMARK and 2 < rows[end].indent - layout.margin < FAR_IN:
        end += 1
    return end if at < end < len(rows) and rows[end].gap else at


LONGEST_REMARK = 30  # lines
FAR_IN = 12  # columns: farther in stand dates and titles
MOST_SMALL = 2  # words of an office or house: "To Mrs GRIMES, housekeeper at Lorn-hall."
LONGEST_BARE = 5  # characters: less names nobody
