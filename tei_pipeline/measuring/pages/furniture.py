"""Page furniture, found from the whole text: page numbers, running heads, printed page marks."""

from __future__ import annotations

from collections.abc import Sequence

from tei_pipeline.language import Language
from tei_pipeline.measuring.edges import usual_width
from tei_pipeline.measuring.pages.ends import page_ends
from tei_pipeline.measuring.pages.form_feeds import beside_form_feeds
from tei_pipeline.measuring.pages.marks import page_marks
from tei_pipeline.measuring.pages.numbers import page_numbers
from tei_pipeline.measuring.pages.running_heads import repeated_heads
from tei_pipeline.rows import Row


def furniture(rows: Sequence[Row], spacing: int, language: Language) -> dict[int, tuple[str, str]]:
    """Which rows are furniture: ``{row: (kind, n)}`` with kind pageNum, header, footer, sig, catch or mark; ``n`` the page's number as
    printed, if there is one.
    """
    marks = page_marks(language)
    found: dict[int, tuple[str, str]] = {}
    for i, row in enumerate(rows):
        if row.text[0] in "[{|=-" and (m := marks.alone.match(row.text)):
            found[i] = ("mark", m[m.lastindex or 0])
    found.update(page_numbers(rows, spacing, found, marks.bare, language))
    found.update(beside_form_feeds(rows, found, marks.bare))
    found.update(repeated_heads(rows, found, language, solid=not spacing))
    found.update(page_ends(rows, found, usual_width(rows)))
    return found
