"""The layout: measured once from the whole text, then handed to every rule.

Everything that a printer decides once for a book is a number here: how far apart lines stand, what a gap means, how
wide the measure is, how paragraphs begin, where pages break.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter

from msgspec import Struct, field
from msgspec.structs import replace

from tei_pipeline.boilerplate import boilerplate
from tei_pipeline.bridging import bridge
from tei_pipeline.furniture import furniture
from tei_pipeline.inline.pages import has_page_marks
from tei_pipeline.language import Language, guess, load
from tei_pipeline.lineation import Region, beside_numbers, measure_of_speeches, turn_over, verse_regions
from tei_pipeline.plates import below_plates
from tei_pipeline.rows import Row, raw_rows
from tei_pipeline.rules.persons import Cast
from tei_pipeline.rules.play_lines import set_apart
from tei_pipeline.rules.quotations import has_dialogue
from tei_pipeline.rules.scenes import Scene, find_scenes
from tei_pipeline.rules.who_speaks import find_speakers
from tei_pipeline.rules.words import words as patterns
from tei_pipeline.sidecar import Settings
from tei_pipeline.source import Source

DIVISION_GAP = 9  # paragraph gaps: no printer leaves more before a chapter
SEAM = 5  # paragraph gaps: in double-spaced text a line right under another, a blank before it, is where two converted files meet
SET_IN = 4  # columns: typists set quotations in by five or ten
DEEPEST_INDENT = 8  # columns of the first line of a paragraph: deeper, a text is set in
LONGEST_FOOT = 120  # lines: a page set small and full of notes
CENTRED = 12  # columns: what begins so far from the margin is no note
UNWRAPPED = 160  # columns: wider than any printed page or typewriter line; longer lines hold whole paragraphs


_COLUMNS = re.compile(r"\S\s{3,}\S")
_RULE = re.compile(r"^[_—–-]{5,}$")  # the line that parts text and notes on a page


class Foot(Struct, frozen=True):
    """Notes at the foot of a page, and the source line of the rule that parts them from the text, if there is one."""

    rows: tuple[Row, ...]
    rule: int | None = None


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
    another; ``turn_over``: by how many columns the ends of too long verses are set in. ``sets_in``: quotations are set in from the margin.
    ``play_opening``, ``first_scene``, ``first_speech``: the source lines at which a play begins, with its persons or place, and
    at which its first scene and speech do.
    ``scenes``: those of plays within a book that
    is none. ``even``: white space tells no title, since all gaps are alike.
    ``dialogue``: what is said stands in paragraphs that begin with a quotation mark, so that a colon before one tells nothing.
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
    furniture: dict[int, tuple[str, str]] = field(default_factory=dict)
    feet: tuple[Foot, ...] = ()
    front_matter: tuple[tuple[Row, ...], tuple[Row, ...]] = ((), ())
    back_matter: tuple[tuple[Row, ...], tuple[Row, ...]] = ((), ())
    speaker_style: str = ""
    speakers: frozenset[str] = frozenset()
    speakers_indented: bool = False
    speakers_capital: bool = False
    drama: bool = False
    play_opening: int = 0
    first_scene: int = 0
    first_speech: int = 0
    cast: Cast = field(default_factory=Cast)
    page_marks: bool = False
    sets_in: bool = False
    dialogue: bool = False
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
        """The layout of a container: its own margin, indent and measure, everything else inherited."""
        margin, indent, measure, style = _edges(rows, self.style)
        return Layout(
            self.language,
            tuple(rows),
            self.spacing,
            style if self.style == "unwrapped" else self.style,
            min(measure, self.measure) if self.style != "unwrapped" else self.measure,
            margin,
            indent,
            self.section_gap,
            self.even,
            speaker_style=self.speaker_style,
            speakers=self.speakers,
            speakers_indented=self.speakers_indented,
            speakers_capital=self.speakers_capital,
            drama=self.drama,
            play_opening=self.play_opening,
            first_scene=self.first_scene,
            first_speech=self.first_speech,
            cast=self.cast,
            page_marks=self.page_marks,
            sets_in=self.sets_in,
            dialogue=self.dialogue,
            vocabulary=self.vocabulary,
            settings=self.settings,
            verses=self.verses,
            turn_over=self.turn_over,
        )

    def staged(self, scene: Scene) -> Layout:
        """The layout of a scene within a book that is no play."""
        return replace(
            self,
            speaker_style=scene.style,
            speakers=scene.names,
            speakers_capital=True,
            drama=True,
            play_opening=scene.first,
            first_scene=scene.first,
            first_speech=scene.first,
            verses=(),
            scenes=(),
        )

    def in_verse(self, line: int) -> bool:
        """Whether a source line (counted from 0) stands in a region that is set in verse."""
        at = bisect_right(self.verses, line, key=itemgetter(0)) - 1
        return at >= 0 and line < self.verses[at][1]


def measure(source: Source, language: str = "", settings: Settings | None = None) -> Layout:
    """Measure the layout of a whole text; ``language`` is its code when it is known, ``settings`` what the editor decided."""
    settings = settings or Settings()
    code, sure = (language, 0.0) if language else guess(source.text)
    rows = _at_seams(raw_rows(source.lines), source)
    head, produced, notes, tail = boilerplate(rows)
    own = rows[produced:notes]
    spacing = settings.spacing or _spacing(own)
    kinds = furniture(own, spacing) if settings.pages == "detect" else {}
    lines = {own[i].line: kind for i, kind in kinds.items()}
    body, feet, pages = _content(own, kinds, spacing, patterns(load(code)).foot_siglum if settings.note_style == "detect" else None)
    body = beside_numbers(body)
    lines.update((foot.rule, ("rule", "")) for foot in feet if foot.rule is not None)
    margin, indent, width, style = _edges_as(settings.paragraphs, body) if settings.paragraphs else _edges(body, "")
    step = turn_over(body, margin, width) if style != "unwrapped" else 0
    verses = verse_regions(body, width, step) if settings.verse and style != "unwrapped" else ()
    body = below_plates(bridge(body, margin, indent, width, style, verses, load(code)), width, load(code))
    body, divided = _divided(body, source)
    gaps = Counter(row.gap for row in body if row.gap)
    words = load(code)
    speaking = find_speakers(body, words, settings.drama)
    if speaking.play and style != "unwrapped":
        width = measure_of_speeches(body, speaking.first, width)
    layout = Layout(
        words,
        tuple(body),
        spacing,
        style,
        width,
        margin,
        indent,
        2 if gaps else 1,
        gaps[1] >= EVEN and gaps.total() - gaps[1] <= 0.01 * gaps[1],
        pages,
        lines,
        tuple(feet),
        front_matter=(tuple(rows[:head]), tuple(rows[head:produced])),
        back_matter=(tuple(rows[notes:tail]), tuple(rows[tail:])),
        speaker_style=speaking.style,
        speakers=speaking.names,
        speakers_indented=speaking.indented,
        speakers_capital=speaking.capital,
        drama=speaking.play,
        play_opening=speaking.opening,
        first_scene=speaking.scene,
        first_speech=speaking.first,
        cast=speaking.cast,
        sets_in=_sets_in(body, margin, indent, width),
        dialogue=has_dialogue(body, style, margin),
        page_marks=has_page_marks(row.text for row in own),
        settings=settings,
        breaks=_breaks(own, source),
        divided=divided,
        guessed_language=sure,
        verses=() if speaking.play else verses,
        scenes=() if speaking.play or settings.drama is False else find_scenes(body, words),
        turn_over=step,
    )
    return replace(layout, rows=set_apart(layout)) if layout.drama else layout


EVEN = 50  # gaps of a paragraph that tell of a whole text


def _at_seams(rows: list[Row], source: Source) -> list[Row]:
    """The rows, each file of a source of several beginning a page, unless its sidecar says that nothing begins."""
    for at in _first_rows(rows, source, ("page", "division")):
        rows[at] = rows[at]._replace(page=True)
    return rows


def _divided(rows: list[Row], source: Source) -> tuple[list[Row], tuple[int, ...]]:
    """The rows, with the widest gap before each file that begins a division, and the lines of these."""
    found = dict.fromkeys(_first_rows(rows, source, ("division",)))
    for at in found:
        rows[at] = rows[at]._replace(gap=DIVISION_GAP, page=False)
    return rows, tuple(rows[at].line for at in found)


def _first_rows(rows: Sequence[Row], source: Source, begins: Container[str]) -> Iterator[int]:
    """For each part but the first that begins one of these, the index of its first row, or of the next when nothing is printed in it."""
    for part in source.parts[1:]:
        if part.begins in begins:
            at = bisect_left(rows, part.line - 1, key=itemgetter(0))
            if 0 < at < len(rows):
                yield at


def _breaks(rows: Sequence[Row], source: Source) -> tuple[tuple[int, str], ...]:
    """The lines at which a page begins for certain, a page on which nothing is printed at that of the next."""
    files = [(rows[at].line, "a file of the source begins") for at in _first_rows(rows, source, ("page",))]
    known = {line for line, _ in files}.union(rows[at].line for at in _first_rows(rows, source, ("division",)))
    return (*files, *((row.line, "a form feed") for row in rows[1:] if row.page and row.line not in known))


def _sets_in(rows: Sequence[Row], margin: int, indent: int, measure: int) -> bool:
    """Whether a book sets its quotations in from the margin: five or more runs of full set-in lines."""
    found = run = 0
    for row in rows:
        inside = row.indent >= margin + max(3, indent + 1) and row.width > 0.75 * measure
        run = run + 1 if inside and not row.gap else int(inside)
        found += run == 3
    return found >= 5


def _spacing(rows: Sequence[Row]) -> int:
    """1 when printed lines follow each other, 2 when an empty line stands after each (as PDF converters leave them)."""
    gaps = Counter(row.gap for row in rows[1:])
    if gaps[0] <= 0.15 * len(rows) and gaps[1] >= 0.3 * len(rows):
        run_on = sum(1 for a, b in pairwise(rows) if b.gap == 1 and not a.ends_sentence and b.starts_lower)
        if run_on > 0.25 * gaps[1]:
            return 2
    # verse and speeches begin their lines with capitals: but no line follows another at once, the gaps are odd, and sentences go on
    wide = sum(times for gap, times in gaps.items() if gap > 2)
    even = sum(times for gap, times in gaps.items() if gap and not gap % 2)
    if gaps[0] > 0.01 * len(rows) or even > 0.05 * wide or wide <= max(5, 0.05 * len(rows)) or any(row.width > UNWRAPPED for row in rows):
        return 1
    open_ends = sum(1 for a, b in pairwise(rows) if b.gap == 1 and not a.ends_sentence)
    return 2 if open_ends > 0.25 * gaps[1] else 1


def _content(
    rows: Sequence[Row], kinds: dict[int, tuple[str, str]], spacing: int, siglum: re.Pattern[str] | None
) -> tuple[list[Row], list[Foot], int]:
    """The rows of the book itself, gaps in paragraph units, without furniture and the notes at page feet that a ``siglum`` shows."""
    body: list[Row] = []
    feet: list[Foot] = []
    pages = 0
    gap = 0
    page = False
    start = 0
    page_tops = _page_tops(rows, kinds)
    apart = _single_spaced(rows) if spacing == 2 else frozenset()
    for i, row in enumerate(rows):
        unit = _unit(row.gap, spacing)
        if spacing == 2 and row.gap == 0 and i and 0 < row.indent <= 2 and rows[i - 1].indent == 0:
            unit = SEAM
        if i in apart:
            unit = max(unit, 1)
        if i in kinds:
            if not page:
                gap = 0
            gap = max(gap, unit)
            page = True
            pages += 1
            if body and start < len(body):
                if siglum is not None:
                    _lift(body, start, feet, siglum)
                start = len(body)
            continue
        if siglum is not None and row.page and not page and start < len(body):
            _lift(body, start, feet, siglum)
        if page or row.page:
            if row.page and not page:
                pages += 1
            over = max(0, unit - page_tops) if page else max(0, unit - 1)
            body.append(Row(row.line, row.text, row.indent, min(1, unit) if over < 2 else 1 + over, True))
            start = len(body) - 1
        else:
            body.append(row if row.gap == unit else tuple.__new__(Row, (row.line, row.text, row.indent, unit, row.page)))
        page = False
    if pages and siglum is not None and start < len(body):
        _lift(body, start, feet, siglum)
    return body, feet, pages


def _lift(body: list[Row], start: int, feet: list[Foot], siglum: re.Pattern[str]) -> None:
    """Take the notes at the foot of the page that begins at ``start`` and ends here out of the rows."""
    foot = _foot(body, start, siglum)
    if foot < len(body):
        ruled = foot - 1 > start and _RULE.match(body[foot - 1].text) is not None
        feet.append(Foot(tuple(body[foot:]), body[foot - 1].line if ruled else None))
        del body[foot - ruled :]


def _single_spaced(rows: Sequence[Row]) -> frozenset[int]:
    """In double-spaced typescript, the first rows of what is single-spaced and set in, and the rows after it: no other gap parts
    them.
    """
    found: set[int] = set()
    at = 0
    while at + 1 < len(rows):
        end = at + 1
        while end < len(rows) and rows[end].gap == 0 and rows[end].indent >= SET_IN and rows[at].indent >= SET_IN:
            end += 1
        if end > at + 1:
            found.update((at, end))
        at = end
    return frozenset(found)


def _unit(gap: int, spacing: int) -> int:
    return gap if spacing == 1 else gap // spacing


def _page_tops(rows: Sequence[Row], kinds: dict[int, tuple[str, str]]) -> int:
    """The usual gap between furniture and the first line of a page."""
    gaps = Counter(rows[i + 1].gap for i in kinds if i + 1 < len(rows) and i + 1 not in kinds)
    return gaps.most_common(1)[0][0] if gaps else 0


_NUMBER = re.compile(r"(?<=[^\s\d])\d+|(?<=\S )\d+(?!\.(?:\s|$))")  # not one that begins the line, or ends a sentence


def _foot(rows: list[Row], start: int, siglum: re.Pattern[str]) -> int:
    """Where the notes at the foot of the page begin that ends here; ``len(rows)`` when it has none.

    A rule parts them from the text, and then the first may go on from the page before; else the first siglum after a gap begins
    them, if it is no number of a heading in the middle of the line.
    """
    end = len(rows)
    low = max(start, end - LONGEST_FOOT)
    ruled = next((i + 1 for i in range(end - 2, low, -1) if _RULE.match(rows[i].text)), 0)
    if ruled and any(siglum.match(row.text) for row in rows[ruled:]):
        return ruled
    best = end
    margin = min((row.indent for row in rows[low:end]), default=0)
    for i in range(end - 1, low - 1, -1):
        row = rows[i]
        if row.gap and siglum.match(row.text) and not _COLUMNS.search(row.text) and row.indent - margin < CENTRED:
            best = i
        if row.gap >= 2:
            break
    return best if start < best < end and _is_referred_to(rows, start, best, siglum) else end


def _is_referred_to(rows: Sequence[Row], start: int, foot: int, siglum: re.Pattern[str]) -> bool:
    """Whether the text of the page has a number that a note at its foot begins with: numbered paragraphs end pages too."""
    numbers = {m[4] for row in rows[foot:] if (m := siglum.match(row.text)) is not None and m[4]}
    first = siglum.match(rows[foot].text)
    if first is None or not first[4]:
        return True
    return any(number in numbers for row in rows[start:foot] for number in _NUMBER.findall(row.text))


def _edges(rows: Sequence[Row], style: str) -> tuple[int, int, int, str]:
    """Margin, paragraph indent, measure and paragraph style of some rows."""
    if not rows:
        return 0, 0, 72, style or "blank"
    widths = sorted(row.width for row in rows)
    long = sum(w for w in widths if w > UNWRAPPED)
    longest = sum(w > UNWRAPPED for w in widths)
    if not style and (long > 0.5 * sum(widths) or (longest >= 2 and sum(not row.gap for row in rows) <= 0.15 * len(rows))):
        return 0, 0, widths[-1], "unwrapped"
    full = Counter(a.width for a, b in zip(rows, rows[1:], strict=False) if b.gap == 0 and not a.ends_sentence)
    if full:
        wide = sorted(full.elements())
        measure = wide[min(len(wide) - 1, int(len(wide) * 0.97))]
    else:
        measure = widths[int(len(widths) * 0.9)]
    indents = Counter(row.indent for row in rows if row.gap == 0) or Counter(row.indent for row in rows)
    margin = indents.most_common(1)[0][0]
    low = min(indents)
    if low < margin and indents[low] >= 0.2 * indents[margin]:
        margin = low
    starts = [
        b.indent - margin
        for a, b, c in zip(rows, rows[1:], [*rows[2:], rows[-1]], strict=False)
        if b.gap == 0
        and not b.page
        and 1 <= b.indent - margin <= 10
        and (a.indent == margin or (a.indent == b.indent and c.indent == margin))
        and a.ends_sentence
        and not b.starts_lower
    ]
    prose = 0.6 * measure
    blanks = sum(
        1
        for a, b in zip(rows, rows[1:], strict=False)
        if b.gap and not b.page and b.indent - margin <= DEEPEST_INDENT and len(b.text) > prose and (len(a.text) > prose or a.ends_sentence)
    )
    indent = Counter(starts).most_common(1)[0][0] if starts else 0
    hanging = sum(
        1 for a, b in zip(rows, rows[1:], strict=False) if a.gap and a.indent == margin and not b.gap and 1 <= b.indent - margin <= 10
    )
    if len(starts) > max(3 if blanks > 1 else 2, 0.6 * blanks, 1.5 * hanging, 0.02 * len(rows)):
        return margin, indent, measure, "indent"
    led = Counter(row.indent - margin for row in rows if row.gap == 1 and 1 <= row.indent - margin <= 8)
    if led:
        step, times = led.most_common(1)[0]
        if times > 0.5 * max(1, sum(1 for row in rows if row.gap == 1)):
            return margin, step, measure, "blank"
    return margin, 0, measure, "blank"


def _edges_as(style: str, rows: Sequence[Row]) -> tuple[int, int, int, str]:
    """The same where the editor knows how paragraphs are told apart."""
    if style == "unwrapped":
        return 0, 0, max((row.width for row in rows), default=0), style
    margin, indent, measure, _ = _edges(rows, style)
    if style == "indent" and not indent:
        steps = Counter(row.indent - margin for row in rows if row.indent > margin)
        indent = steps.most_common(1)[0][0] if steps else 0
    return margin, indent, measure, style
