"""What inline rules know of the whole book, and what they collect while they go through it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from msgspec import Struct, field

from tei_pipeline.blocks import Block
from tei_pipeline.decisions import Level, Problem
from tei_pipeline.inline import crossings
from tei_pipeline.inline.damage.mends import Mend, mends
from tei_pipeline.inline.dates import dates
from tei_pipeline.inline.emphasis import Signs, signs
from tei_pipeline.inline.emphasis_over import Part, emphasis_over
from tei_pipeline.inline.hyphens import Hyphens, hyphens
from tei_pipeline.inline.literature.references import Cues, cues
from tei_pipeline.inline.quotes.pairs import Quote, quotes
from tei_pipeline.inline.reactions import is_spoken
from tei_pipeline.inline.runs import runs
from tei_pipeline.inline.vocabulary import Vocabulary, plain, vocabulary
from tei_pipeline.language import Language, fold
from tei_pipeline.layout import Layout
from tei_pipeline.rows import LINE_END_HYPHENS
from tei_pipeline.source import Source

if TYPE_CHECKING:
    from tei_pipeline.corrections.phrases import Phrases

_INITIALS = re.compile(r"\.(?<=[A-ZÀ-Þ]\.)(?<!\w[A-ZÀ-Þ]\.)\s?(?:[A-ZÀ-Þ]\.\s?){0,2}\s?([A-ZÀ-Þ][^\W\d_]+)")
_TITLES = frozenset({"heading", "subtitle", "dateline", "byline"})
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
_SURNAME = re.compile(r"[A-ZÀ-Þ][^\W\d_]{2,}")


class Book(Struct):
    """The vocabulary and the joints of one book, its quoted and its damaged words, and the problems found inside its paragraphs.

    ``spoken``: it reports speeches. ``play``: what stands in brackets in its speeches are stage directions.
    ``editor``: what the editor decided inside paragraphs.
    """

    source: Source
    language: Language
    vocabulary: Vocabulary
    join: Hyphens
    emphasis: Signs
    spoken: bool = False
    play: bool = False
    quotes: tuple[Quote, ...] = ()
    mends: tuple[Mend, ...] = ()
    parts: tuple[Part, ...] = ()
    crossing_cues: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    _quote_starts: list[int] = field(default_factory=list)
    _mend_starts: list[int] = field(default_factory=list)
    _part_starts: list[int] = field(default_factory=list)
    _told: set[tuple[str, int]] = field(default_factory=set)
    _last: dict[bool, str] = field(default_factory=dict)
    _named: dict[tuple[bool, str], str] = field(default_factory=dict)
    _years: list[tuple[int, int]] = field(default_factory=list)
    _cues: Cues | None = None
    editor: Phrases | None = None

    def quotes_between(self, first: int, last: int) -> Sequence[Quote]:
        """The quoted words that begin between two source offsets."""
        return self.quotes[bisect_left(self._quote_starts, first) : bisect_left(self._quote_starts, last)]

    def requote(self, quotes: Sequence[Quote]) -> None:
        """Other quoted words than those that were found, in order."""
        self.quotes = tuple(quotes)
        self._quote_starts = [quote.start for quote in quotes]

    def mends_between(self, first: int, last: int) -> Sequence[Mend]:
        """The damaged words that begin between two source offsets."""
        return self.mends[bisect_left(self._mend_starts, first) : bisect_left(self._mend_starts, last)]

    def parts_between(self, first: int, last: int) -> Sequence[Part]:
        """The parts of words emphasised over the end of a verse or paragraph that begin between two source offsets."""
        return self.parts[bisect_left(self._part_starts, first) : bisect_left(self._part_starts, last)]

    @property
    def cues(self) -> Cues:
        """What tells a reference to literature, with the surnames that the book prints after initials."""
        if self._cues is None:
            self._cues = cues(self.language).naming(frozenset(_INITIALS.findall(self.source.text)))
        return self._cues

    def repeats(self, words: str, key: str, note: bool) -> str | None:
        """The key of the reference that ``ibid.`` or ``op. cit.`` means; in notes and in the text each its own; any other is remembered."""
        bare = words.replace("_", "").lstrip(" ")
        see = self.cues.see.match(bare)
        again = self.cues.repeats.search(bare, see.end() if see is not None else 0, 60)
        author = _SURNAME.search(bare, see.end() if see is not None else 0, again.start() if again is not None else len(bare))
        if again is not None:
            if author is not None and (named := self._named.get((note, author[0]))):
                return named
            return self._last.get(note) if not bare[: again.start()].strip(" ,;") or see is not None else None
        self._last[note] = key
        if author is not None:
            self._named[note, author[0]] = key
        return None

    def year_before(self, line: int) -> int | None:
        """The year that headings and datelines up to the line with this index give to days without one, in a chronicle or a diary."""
        at = bisect_right(self._years, line, key=itemgetter(0)) - 1
        return self._years[at][1] if at >= 0 else None

    def mended(self, mend: Mend) -> None:
        """List a mend in the report."""
        printed = self.source.text[mend.start : mend.end]
        self.problem("info", "mended", f"{printed!r} is read as {mend.meant!r} ({mend.rule}): {mend.evidence}", mend.start)

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


def open_book(source: Source, layout: Layout, blocks: Sequence[Block] = ()) -> Book:
    """The book of a source: its vocabulary counted, its way with line ends measured, its marks paired, its damage weighed."""
    language, settings = layout.language, layout.settings
    words = vocabulary(source.text)
    flowing = runs(source, blocks, layout.divided, layout.turn_over, layout.measure)
    quoted, problems = quotes(source, flowing, language, settings.quotation) if settings.quotation != () else ([], [])
    found = mends(source.text, words, language)
    join = hyphens(words, language, [row.text for row in layout.rows], keep=settings.hyphens == "keep")
    join.astray = frozenset([plain(source.text[mend.start : mend.end]) for mend in found if mend.rule == "stray-hyphen"])
    spoken = is_spoken(source.text, language, any(map(_announces_speech(language), blocks)))
    play = layout.drama and (settings.drama is True or not (spoken and not _is_staged(blocks)))
    book = Book(source, language, words, join, signs(source.text, words), spoken, play, tuple(quoted), tuple(found), problems=problems)
    book._quote_starts = [quote.start for quote in quoted]
    book._mend_starts = [mend.start for mend in found]
    book.crossing_cues = crossings.cues(source.text, language, words.fragments())
    book.parts = tuple(emphasis_over(source, flowing))
    book._part_starts = [part.start for part in book.parts]
    book._years = list(_years(blocks, language))
    return book


def _years(blocks: Sequence[Block], language: Language) -> Iterator[tuple[int, int]]:
    """The year that holds from the line with this index: printed in headings and datelines; past December the next one begins."""
    year, month = 0, 0
    for block in blocks:
        if block.kind not in _TITLES:
            continue
        printed = _YEAR.findall(block.text)
        if printed:
            year, month = int(printed[-1]), 0
        elif year and block.facts.type == "entry" and (days := dates(block.text, language)):
            day = days[0].when or days[0].start or ""
            here = int(day[2:4]) if day.startswith("--") else month
            year, month = year + (here < month), here
        if year:
            yield block.first, year


def _announces_speech(language: Language) -> Callable[[Block], bool]:
    """Whether a heading begins with the word for a speech."""

    def announces(block: Block) -> bool:
        if block.kind not in _TITLES or not block.rows:
            return False
        return language.genres.get(fold(block.rows[0].text.strip(" _*.").partition(" ")[0])) == "speech"

    return announces


def _is_staged(blocks: Sequence[Block]) -> bool:
    """Whether a book with speakers has what only a play has: a cast, acts, scenes. A report of a debate has speakers and laughter too."""
    return any(block.facts.division in ("act", "scene", "cast") or any(c.kind == "cast" for c in block.within) for block in blocks)
