"""What inline rules know of the whole book, and what they collect while they go through it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from operator import attrgetter

from tei_pipeline.decisions import Level, Problem
from tei_pipeline.inline.hyphens import Hyphens, hyphens
from tei_pipeline.inline.vocabulary import LINE_END_HYPHENS, Vocabulary, vocabulary
from tei_pipeline.language import Language
from tei_pipeline.layout import Layout
from tei_pipeline.source import Source


@dataclass(slots=True)
class Book:
    """The vocabulary and the joints of one book, and the problems found inside its paragraphs."""

    source: Source
    language: Language
    vocabulary: Vocabulary
    join: Hyphens
    problems: list[Problem] = field(default_factory=list)
    _told: set[tuple[str, int]] = field(default_factory=set)

    def line(self, offset: int) -> int:
        """The number of the source line with this character."""
        lines = self.source.lines
        return lines[max(0, bisect_right(lines, offset, key=attrgetter("start")) - 1)].number

    def problem(self, level: Level, code: str, message: str, offset: int) -> None:
        """Report what an editor should look at; once for each place."""
        if (code, offset) not in self._told:
            self._told.add((code, offset))
            self.problems.append(Problem(level, code, message, self.line(offset)))

    def doubt(self, offset: int) -> None:
        """Report the hyphen at a line end of which it could not be told whether it belongs to the word."""
        text = self.source.text
        line = text.rfind("\n", 0, offset) + 1
        halves = text[max(line, offset - 40) : offset + 80].split()
        at = next((i for i, half in enumerate(halves) if half[-1] in LINE_END_HYPHENS), 0)
        word = "".join(halves[at : at + 2])
        self.problem("info", "hyphen-undecided", f"the hyphen at the line end is kept: the book writes {word!r} nowhere else", offset)


def open_book(source: Source, layout: Layout) -> Book:
    """The book of a source, its vocabulary counted and its way with line ends measured."""
    words = vocabulary(source.text)
    keep = layout.settings.hyphens == "keep"
    return Book(source, layout.language, words, hyphens(words, layout.language, [row.text for row in layout.rows], keep=keep))
