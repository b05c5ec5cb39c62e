"""Datelines: a date alone, at the head or the end of a piece, or over an entry, by tables of reasons: the first that applies decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tei_pipeline.blocks import Facts, Match, Rows
from tei_pipeline.rules.letters.dating import Dating
from tei_pipeline.rules.letters.near_dates import (
    GIVEN,
    dates_entry,
    place_over_letter,
    supplies_date,
    tells_years,
    year_closes,
    year_of_letter,
)
from tei_pipeline.rules.reasons import NOT, Reason, always, first
from tei_pipeline.rules.shape import chunk_end

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


def _past_first(d: Dating) -> int:
    """The line past the first."""
    return d.at + 1


def dateline(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A short line apart that holds a date and hardly anything else is a dateline."""
    lines = Dating(rows, at, chunk_end(rows, at), layout)
    reason = why(lines)
    if reason.sure == NOT:
        return None
    return Match("dateline", reason.end(lines), reason.says, reason.sure, GIVEN if lines.is_given else Facts())


def why(lines: Dating) -> Reason[Dating]:
    """The reason why lines date a piece, or do not."""
    return first(APART if lines.row.gap or lines.above is None else BELOW_A_LINE, lines)


BELOW_A_LINE: tuple[Reason[Dating], ...] = (
    Reason(0.85, "a place and a date at the margin below a name far to the right", lambda d: d.is_below_name_at_right),
    Reason(0.85, "a date alone below a short line", lambda d: d.is_below_short_line, _past_first),
    Reason(
        0.85,
        "a year, or a place and a year, right below the title of a letter",
        lambda d: year_of_letter(d.rows, d.at, d.layout),
        _past_first,
    ),
    Reason(0.8, "the year of a poem, right below its last verse", lambda d: d.is_year_below_verses, _past_first),
    Reason(0.8, "a day or month alone below a title in capitals", lambda d: d.is_day_below_capitals, _past_first),
    Reason(NOT, "the line above goes on", always),
)

APART: tuple[Reason[Dating], ...] = (
    Reason(0.8, "the year of a poem, below it", lambda d: d.dates_poem),
    Reason(NOT, "the title of a poem, and the day that it tells of", lambda d: d.titles_poem),
    Reason(0.8, "a place and a year after the text", lambda d: d.is_place_and_year and d.above is not None and d.is_far_from_below),
    Reason(0.8, "a year below the name that signs, far from what follows", lambda d: year_closes(d.rows, d.at)),
    Reason(0.8, "set in after the text, far from what follows, and ends with a year", lambda d: d.ends_with_year),
    Reason(0.8, "a place and a year below the remark of an editor", lambda d: d.is_place_and_year and d.is_below_remark),
    Reason(0.85, "two years below what a chapter tells", lambda d: tells_years(d.rows, d.at, d.layout.language)),
    Reason(0.88, "a date and few other words", lambda d: d.may_date and d.is_whole and not d.dates_chapter),
    Reason(
        0.8,
        "a day of the week, a month or a year over a letter",
        lambda d: d.may_date and d.is_day and (d.is_led_to or d.is_over_letter),
    ),
    Reason(0.8, "a feast or an hour below the title of a letter", lambda d: d.is_feast_of_letter),
    Reason(0.8, "a place in capitals and a day of the week or a month", lambda d: d.in_capitals_and_day),
    Reason(0.75, "a day of the week or a month alone between paragraphs, as far apart as these", lambda d: d.is_day_amid),
    Reason(
        0.8,
        "what an editor says of the date, in brackets below the title of a letter",
        lambda d: d.is_alone and supplies_date(d.rows, d.at, d.layout),
    ),
    Reason(0.85, "says at the end of a document where and when it was given", lambda d: d.is_given),
    Reason(0.85, "place or day set to the right at the head of a letter, and what an editor adds", lambda d: d.is_set_right),
    Reason(0.85, "an office in capitals over the place and date of a letter and its salute", lambda d: d.is_office),
    Reason(0.8, "a place over the date and the salute of a letter", lambda d: d.is_place_over_date),
    Reason(0.85, "a place, ended with a comma, over the date", lambda d: d.leads_to_date),
    Reason(
        0.8,
        "a place over the words that address somebody, set in as far",
        lambda d: d.count == 1 and place_over_letter(d.rows, d.at, d.layout),
    ),
    Reason(0.75, "a place below the names of writer and receiver", lambda d: d.is_below_receiver),
    Reason(0.8, "a date over the name that signs", lambda d: d.count == 2 and d.over_name, _past_first),
    Reason(0.7, "a date alone above the text", lambda d: d.is_over_double_spaced, _past_first),
    Reason(0.85, "a date in brackets right over its entry, as over others", lambda d: dates_entry(d.rows, d.at, d.layout), _past_first),
    Reason(0.85, "a date at the right, and the text begins on the next line", lambda d: d.is_right_over_text, _past_first),
    Reason(NOT, "nothing says that these lines are a date", always),
)
