"""What a digital library says of a book in the heading of its file: title, author, editor."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from tei_pipeline.language import Language, load
from tei_pipeline.rows import Row
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


def library_fields(rows: Sequence[Row], language: Language) -> dict[str, str | tuple[str, ...]]:
    """Title, author and editor as the heading of a library's file names them; lines set in below the title are the subtitle."""
    fields = load("en").library.fields | language.library.fields
    found: dict[str, str | tuple[str, ...]] = {}
    for at, row in enumerate(rows):
        name, _, value = map(str.strip, row.text.partition(":"))
        key = fields.get(name.lower(), "others")
        if key == "others" or not value or key in found:
            continue
        found[key] = value if key == "title" else (value,)
        if key == "title" and (below := _set_in_below(rows, at)):
            found["subtitle"] = " ".join(below)
    return found


def _set_in_below(rows: Sequence[Row], at: int) -> list[str]:
    """The lines right below one that are set in from it."""
    return [row.text for row in takewhile(lambda row: not row.gap and row.indent > rows[at].indent, rows[at + 1 :])]


def library_author(layout: Layout) -> str:
    """Who wrote a book, as the words of a library before it say, or the first of those below it; empty when they do not."""
    if named := library_fields(layout.front_matter[0], layout.language).get("author", ("",))[0]:
        return named
    last = layout.back_matter[1][0].text if layout.back_matter[1] else ""
    return next(reversed(words(layout.language).library_by.split(last)[1:]), "")


def library_title(layout: Layout) -> str:
    """The title of a book as the words of a library before it say; empty when they do not."""
    title = library_fields(layout.front_matter[0], layout.language).get("title", "")
    return title if isinstance(title, str) else ""


def library_subtitle(layout: Layout) -> str:
    """The lines set in below the title there."""
    return str(library_fields(layout.front_matter[0], layout.language).get("subtitle", ""))
