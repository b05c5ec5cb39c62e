"""Short pages: where a page ends long before its foot and a title stands at the head of the next, a new piece begins.

Converters give the printed lines of a page and not the white space below them, which in print parts the pieces of a volume.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from tei_pipeline.language import Language
from tei_pipeline.measuring.pages.feet import Foot
from tei_pipeline.measuring.verse.lineation import could_hold
from tei_pipeline.rows import Row
from tei_pipeline.rules.shape import is_capitals
from tei_pipeline.rules.words import words

FEWEST = 12  # pages: fewer do not tell how long a page is
USUAL = 0.6  # of the pages are no longer than the usual one: the others end with paragraphs, whose white space counts
SHORT = 0.7  # of the usual page: a shorter one was ended on purpose
LINE_OF_A_TITLE = 0.75  # of the measure, at most
LOST = 4  # empty lines: as much as printers leave at least before a new piece


def after_short_pages(rows: list[Row], measure: int, language: Language, feet: Sequence[Foot] = ()) -> list[Row]:
    """The rows, with the white space that a short page had at its foot given to the title on the next page. The notes at its foot, which
    are not among the rows, fill a page too.
    """
    starts = [i for i, row in enumerate(rows) if row.page or not i]
    if len(starts) < FEWEST:
        return rows
    lengths = [sum(1 + row.gap for row in rows[first + 1 : end]) for first, end in zip(starts, starts[1:], strict=False)]
    lines = [rows[start].line for start in starts]
    for foot in feet:
        page = bisect_left(lines, foot.rows[0].line) - 1
        if 0 <= page < len(lengths):
            lengths[page] += sum(1 + row.gap for row in foot.rows)
    usual = sorted(lengths)[int(USUAL * len(lengths))]
    result = rows
    for length, at in zip(lengths, starts[1:], strict=True):
        if (
            length < SHORT * usual
            and rows[at].gap < LOST
            and _is_title(rows, at, measure, language)
            and not rows[at - 1].text.endswith(",")
        ):
            result = list(rows) if result is rows else result
            result[at] = rows[at]._replace(gap=LOST)
    return result


def _is_title(rows: Sequence[Row], at: int, measure: int, language: Language) -> bool:
    """Whether the first line of a page may be one of a title: in capitals, and no author's name; or short, begun with a capital, ended on
    purpose and by no point.
    """
    row = rows[at]
    if is_capitals(row.text) and row.width <= measure and (at + 1 >= len(rows) or not rows[at + 1].starts_lower):
        return words(language).byline.match(row.text) is None
    if row.width > LINE_OF_A_TITLE * measure or not row.text[0].isupper() or row.ends_sentence or row.text[-1] in ",;:":
        return False
    return at + 1 < len(rows) and (bool(rows[at + 1].gap) or could_hold(row, rows[at + 1], measure))
