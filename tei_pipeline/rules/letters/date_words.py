"""What the words of short lines that may date a piece say; each thing is looked at when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.once import once
from tei_pipeline.rules.headings.head_labels import head_label
from tei_pipeline.rules.letters.dated import MARKS, ONLY_YEAR, PLACE_YEAR, is_dateline, is_day, is_place_and_year, named_by
from tei_pipeline.rules.letters.near_dates import ABOVE_POEM, says_given
from tei_pipeline.rules.shape import is_capitals

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

CHAPTERS = frozenset(("chapter", "part", "book", "volume"))


class DateWords:
    """Lines that may date a piece: from ``at`` to ``end``, the next white space."""

    def __init__(self, rows: Rows, at: int, end: int, layout: Layout) -> None:
        self.rows, self.at, self.end, self.layout = rows, at, end, layout
        self.row = rows[at]
        self.above = rows[at - 1] if at else None
        self.below = rows[end] if end < len(rows) else None
        self.count = end - at

    @once
    def line(self) -> str:
        """The words of all lines."""
        return " ".join(row.text for row in self.rows[self.at : self.end])

    @once
    def first(self) -> bool:
        """The first line is a date, with a place at most."""
        return is_dateline(self.row.text, self.layout)

    @once
    def is_whole(self) -> bool:
        """All lines together are."""
        return is_dateline(self.line, self.layout)

    @once
    def is_given(self) -> bool:
        """Where and when a document was given, at its end."""
        return says_given(self.rows, self.at, self.end, self.layout)

    @once
    def is_alone(self) -> bool:
        """One line, with white space on both sides."""
        return self.count == 1

    @once
    def is_place_and_year(self) -> bool:
        """One line: "Lorch, 1880."."""
        return self.is_alone and PLACE_YEAR.match(self.row.text.strip(MARKS)) is not None

    @once
    def titles_poem(self) -> bool:
        """Capitals far from what stands above, over verses or another title: the title of a poem, and the day that it tells of."""
        if self.below is None or not (self.row.text.isupper() and self.row.gap >= ABOVE_POEM and self.is_alone and self.below.gap):
            return False
        return self.layout.in_verse(self.below.line) or (self.below.gap >= ABOVE_POEM and is_capitals(self.below.text))

    @once
    def dates_chapter(self) -> bool:
        """The number of a chapter or part, and the time that it treats of is its title."""
        line = self.line.strip(MARKS)
        label = head_label(line, self.layout.language)
        return label is not None and label.type in CHAPTERS and line[label.length :].lstrip()[:1] in (":", ".", "—", "-", "–")

    @once
    def is_day(self) -> bool:
        """A day, a month, a year, or a place and a year: in one line, or a place and below its comma the year."""
        if not (self.is_alone or (self.count == 2 and self.row.text[-1] == ",")):
            return False
        return is_day(self.line, self.layout) or ONLY_YEAR.match(self.line) is not None or is_place_and_year(self.line)

    @once
    def in_capitals_and_day(self) -> bool:
        """A place in capitals before a day or month that is not: "DEER VALLEY, November.", "LEEDS, _Monday night_."."""
        if not self.is_alone or not self.row.gap or self.layout.in_verse(self.row.line):
            return False
        if named_by(self.line.strip(MARKS), self.layout.language) is not None:
            return False  # "LETTER IV.--TO ANNA HOLM, May 4, 1798" heads what follows
        place, _, day = self.line.replace("_", "").strip(MARKS).rpartition(", ")
        return is_capitals(place) and not day.isupper() and is_day(day, self.layout)
