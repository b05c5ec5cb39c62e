"""The layout: measured once from the whole text, then handed to every rule.

Everything that a printer decides once for a book is a number here: how far apart lines stand, what a gap means, how
wide the measure is, how paragraphs begin, where pages break.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from operator import itemgetter

from msgspec import Struct, field
from msgspec.structs import replace

from tei_pipeline.language import Language, guess, load
from tei_pipeline.measuring.bare_contents import Listing, bare_contents
from tei_pipeline.measuring.boilerplate import boilerplate
from tei_pipeline.measuring.bridging import bridge
from tei_pipeline.measuring.edges import Edges, begins_prose, edges, edges_as, sets_in
from tei_pipeline.measuring.files import begin_divisions, begin_pages, page_breaks
from tei_pipeline.measuring.letter_lines import letter_lines
from tei_pipeline.measuring.line_spacing import line_spacing
from tei_pipeline.measuring.middle import measure_by_middle, measure_by_pages, middle_of_pages
from tei_pipeline.measuring.pages.body import without_pages
from tei_pipeline.measuring.pages.feet import Foot
from tei_pipeline.measuring.pages.furniture import furniture
from tei_pipeline.measuring.pages.marks import MarginMark, beside_margin, has_page_marks
from tei_pipeline.measuring.pages.page_edges import level_pages
from tei_pipeline.measuring.pages.page_titles import apart_at_tops
from tei_pipeline.measuring.pages.short_pages import after_short_pages
from tei_pipeline.measuring.plates import below_plates
from tei_pipeline.measuring.proof_marks import without_proof_marks
from tei_pipeline.measuring.ruled_off import apart_from_rules
from tei_pipeline.measuring.short_lines import apart_from_paragraphs, ended_short, parted_by_short_lines
from tei_pipeline.measuring.solid import is_solid, part, part_play
from tei_pipeline.measuring.talk import has_dialogue, has_talk
from tei_pipeline.measuring.verse.amid_stanzas import amid_stanzas, around_notes, without
from tei_pipeline.measuring.verse.lineation import Region, beside_numbers, measure_of_speeches, turn_over
from tei_pipeline.measuring.verse.regions import verse_regions
from tei_pipeline.measuring.verse.scattered import closed_up
from tei_pipeline.rows import Row, raw_rows
from tei_pipeline.rules.drama.persons import Cast
from tei_pipeline.rules.drama.play_lines import beside_play, set_apart
from tei_pipeline.rules.drama.scenes import Scene, find_scenes
from tei_pipeline.rules.drama.who_speaks import find_speakers
from tei_pipeline.rules.words import words
from tei_pipeline.sidecar import Settings
from tei_pipeline.source import Source

WIDEST_VERSE = 80  # characters of a verse where lines are not wrapped; free verse and hexameters come near
MANY_GAPS = 50  # gaps of a paragraph that tell of a whole text


class Layout(Struct, frozen=True):
    """What the printer, or the converter, did throughout.

    ``rows`` are the printed lines of the book itself, furniture, page-foot notes and the library's words taken out, their
    gaps in units of a paragraph gap. ``spacing``: source lines to one printed line (2 in double-spaced text).
    ``style``: how paragraphs are told apart: ``blank``, ``indent`` or ``unwrapped``. ``measure``: the right edge of full
    lines in columns. ``margin``: the usual left edge. ``indent``: of a paragraph's first line beyond it.
    ``section_gap``: the gap that is wider than a paragraph's. ``furniture``: source line to (kind, n). ``settings``: the editor's,
    which went before what was measured. ``breaks``: source lines at which a page begins for certain (form feed, file of a source of
    several), and why; ``divided``: those at which the sidecar lets a division begin. ``guessed_language``: how sure the
    language is, 0 to 1, when it was guessed; 0 when it was named. ``verses``: the regions set in verse, from a source line to past
    another; ``turn_over``: by how many columns the ends of too long verses are set in, less than 0 where other verses are as well.
    ``sets_in``: quotations are set in from the margin.
    ``acted``: anything but speeches shows that a play is one.
    ``play_opening``, ``first_scene``, ``first_speech``: the source lines at which a play begins, with its persons or place, and
    at which its first scene and speech do; ``play_end``: that of the words that close the last play.
    ``scenes``: those of plays within a book that
    is none. ``even``: white space tells no title, since all gaps are alike.
    ``middle``: the column in the middle of the pages, where their numbers tell it.
    ``margins``: the page marks in the right margin, by the source line.
    ``listing``: a list of titles, which stand over the text again though no heading may name it.
    ``dialogue``: what is said stands in paragraphs that begin with a quotation mark, so that a colon before one tells nothing.
    ``talk``: so do paragraphs that begin with a dash: they are no items.
    """

    language: Language
    rows: tuple[Row, ...]
    spacing: int = 1
    style: str = "blank"
    measure: int = 72
    margin: int = 0
    indent: int = 0
    section_gap: int = 2
    even: bool = False
    pages: int = 0
    middle: int | None = None
    furniture: dict[int, tuple[str, str]] = field(default_factory=dict)
    feet: tuple[Foot, ...] = ()
    front_matter: tuple[tuple[Row, ...], tuple[Row, ...]] = ((), ())
    back_matter: tuple[tuple[Row, ...], tuple[Row, ...]] = ((), ())
    speaker_style: str = ""
    speakers: frozenset[str] = frozenset()
    speakers_indented: bool = False
    speakers_capital: bool = False
    speakers_alone: frozenset[str] = frozenset()
    speakers_bare: frozenset[str] = frozenset()
    speakers_also: frozenset[str] = frozenset()
    speakers_early: frozenset[str] = frozenset()
    unmarked_directions: bool = False
    plain_directions: bool = False
    directions_indent: int = 0
    drama: bool = False
    acted: bool = False
    direction_marks: str = ""
    play_opening: int = 0
    play_end: int = sys.maxsize
    first_scene: int = 0
    first_speech: int = 0
    cast: Cast = field(default_factory=Cast)
    page_marks: bool = False
    margins: dict[int, MarginMark] = field(default_factory=dict)
    sets_in: bool = False
    listing: Listing = Listing()
    dialogue: bool = False
    talk: bool = False
    vocabulary: Counter[str] = field(default_factory=Counter)
    settings: Settings = field(default_factory=Settings)
    breaks: tuple[tuple[int, str], ...] = ()
    divided: tuple[int, ...] = ()
    guessed_language: float = 0.0
    verses: tuple[Region, ...] = ()
    scenes: tuple[Scene, ...] = ()
    turn_over: int = 0

    @property
    def slack(self) -> int:
        """Columns by which a full line may fall short: proportional type, as PDFs have it, counts no columns."""
        return 4 if self.spacing == 1 else 14

    def within(self, rows: Sequence[Row]) -> Layout:
        """The layout of a container: its own margin, indent and measure, everything else inherited but what the whole book has once."""
        own = edges(rows, self.style)
        return replace(
            self,
            rows=tuple(rows),
            style=own.style if self.style == "unwrapped" else self.style,
            measure=min(own.measure, self.measure) if self.style != "unwrapped" else self.measure,
            margin=own.margin,
            indent=own.indent,
            pages=0,
            furniture={},
            feet=(),
            front_matter=((), ()),
            back_matter=((), ()),
            breaks=(),
            divided=(),
            guessed_language=0.0,
            scenes=(),
        )

    def staged(self, scene: Scene) -> Layout:
        """The layout of a scene within a book that is no play."""
        return replace(
            self,
            speaker_style=scene.style,
            speakers=scene.names,
            speakers_capital=scene.capital,
            speakers_alone=frozenset(),
            speakers_bare=frozenset(),
            speakers_early=frozenset(),
            drama=True,
            acted=True,
            play_opening=scene.first,
            first_scene=scene.first,
            first_speech=scene.first,
            verses=self.verses if self.in_verse(scene.first) and self.in_verse(scene.end - 1) else (),
            scenes=(),
        )

    def in_verse(self, line: int) -> bool:
        """Whether a source line (counted from 0) stands in a region that is set in verse."""
        at = bisect_right(self.verses, line, key=itemgetter(0)) - 1
        return at >= 0 and line < self.verses[at][1]


def measure(source: Source, code: str = "", settings: Settings | None = None) -> Layout:
    """Measure the layout of a whole text; ``code`` is that of its language when it is known, ``settings`` what the editor decided."""
    settings = settings or Settings()
    code, sure = (code, 0.0) if code else guess(source.text)
    language = load(code)
    rows, scraps = without_proof_marks(begin_pages(raw_rows(source.lines), source), source.text)
    head, produced, notes, tail = boilerplate(rows, language)
    behind = [row for row in scraps if tail < len(rows) and row.line > rows[tail].line]  # scraps of markup among the library's last words
    own, margins = beside_margin(rows[produced:notes], language)
    spacing = settings.spacing or line_spacing(own)
    solid = is_solid(own, spacing)
    kinds = furniture(own, 0 if solid else spacing, language) if settings.pages == "detect" else {}
    own = level_pages(own, kinds)
    body, feet, pages = without_pages(own, kinds, spacing, words(language).foot_siglum if settings.note_style == "detect" else None, solid)
    body = beside_numbers(body if solid else apart_from_rules(body))
    margin, indent, width, style = edges_as(settings.paragraphs, body) if settings.paragraphs else edges(body)
    played = part_play(body, language) if solid else []
    if solid:
        body = played or part(body, margin, indent, width, language)
    wrapped = style != "unwrapped"
    body = apart_at_tops(body, language) if wrapped else body
    middle = middle_of_pages(own, kinds)
    width = measure_by_pages(body, middle, margin, measure_by_middle(body, margin, width)) if wrapped else width
    step = turn_over(body, margin, width) if wrapped else 0
    body = closed_up(body, width) if settings.verse and wrapped else body
    amid = amid_stanzas(body, language) if settings.verse else []
    verses = verse_regions(without(body, amid), width if wrapped else WIDEST_VERSE, step) if settings.verse else ()
    if style == "indent" and verses and not settings.paragraphs:
        indent, style = begins_prose(body, verses, indent)
    body = around_notes(body, amid)
    body = below_plates(bridge(body, Edges(margin, indent, width, style), verses, language), width, language)
    if style == "blank" and not played:
        body = ended_short(body, width, verses, solid) if solid else parted_by_short_lines(body, margin, width, spacing, verses)
    elif style == "indent":
        body = letter_lines(apart_from_paragraphs(body, margin, indent, width), Edges(margin, indent, width, style), language)
    body = after_short_pages(body, width, language, feet) if wrapped else body
    body, divided = begin_divisions(body, source)
    gaps = Counter(row.gap for row in body if row.gap)
    speaking = find_speakers(body, language, settings.drama)
    if speaking.play and wrapped:
        width = measure_of_speeches(body, speaking.first, width)
    if speaking.hanging and style == "indent":
        indent, style = 0, "blank"
    layout = Layout(
        language=language,
        rows=tuple(body),
        spacing=spacing,
        style=style,
        measure=width,
        margin=margin,
        indent=indent,
        section_gap=2 if gaps else 1,
        even=gaps[1] >= MANY_GAPS and gaps.total() - gaps[1] <= 0.01 * gaps[1],
        pages=pages,
        middle=middle,
        furniture={own[i].line: kind for i, kind in kinds.items()}
        | {foot.rule: ("rule", "") for foot in feet if foot.rule is not None}
        | {row.line: ("scrap", "") for row in scraps if row not in behind},
        feet=tuple(feet),
        front_matter=(tuple(rows[:head]), tuple(rows[head:produced])),
        back_matter=(tuple(rows[notes:tail]), tuple(sorted((*rows[tail:], *behind)))),
        speaker_style=speaking.style,
        speakers=speaking.names,
        speakers_indented=speaking.indented,
        speakers_capital=speaking.capital,
        speakers_alone=speaking.alone,
        speakers_bare=speaking.bare,
        speakers_also=speaking.also,
        speakers_early=speaking.early,
        unmarked_directions=speaking.unmarked,
        plain_directions=speaking.plain,
        directions_indent=speaking.set_in,
        drama=speaking.play,
        acted=speaking.acted,
        direction_marks=speaking.marks,
        play_opening=speaking.opening,
        play_end=speaking.end,
        first_scene=speaking.scene,
        first_speech=speaking.first,
        cast=speaking.cast,
        page_marks=has_page_marks((row.text for row in own), language),
        margins=margins,
        sets_in=sets_in(body, margin, indent, width),
        listing=bare_contents(body, language),
        dialogue=has_dialogue(body, style, margin),
        talk=has_talk(body),
        settings=settings,
        breaks=page_breaks(own, source),
        divided=divided,
        guessed_language=sure,
        verses=verses,
        scenes=() if speaking.play or settings.drama is False else find_scenes(body, language),
        turn_over=step,
    )
    if not layout.drama:
        return layout
    layout = replace(layout, verses=beside_play(layout))
    return replace(layout, rows=set_apart(layout))
