"""Titles that white space shows: a short line, or a few, held against a table of what else they may be; the first reason that applies
decides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Facts, Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.once import once
from tei_pipeline.rules.headings.around import (
    FEW,
    begins_running,
    has_small_titles,
    is_couplet,
    is_emphasised,
    is_entry,
    is_one_of_pointed,
    is_one_of_questions,
    is_ruled_off,
    is_set_in_with,
    is_small_title,
    over_verse,
    written_as_title,
)
from tei_pipeline.rules.headings.head_labels import head_label, named_division
from tei_pipeline.rules.headings.titles import (
    LONGEST_TITLE,
    MARKS,
    NOT_TITLE,
    NUMBER_ALONE,
    TERMINAL,
    before_date,
    dangles,
    is_title_line,
    set_together,
)
from tei_pipeline.rules.letters.dated import is_dateline
from tei_pipeline.rules.reasons import NOT, Candidate, Reason, always, first
from tei_pipeline.rules.shape import (
    chunk_end,
    goes_on_next_page,
    is_capitals,
    is_centred,
    is_summary,
    is_title_case,
    starts_upper,
    sums_up,
    without_reference,
    word_count,
)
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

SET_IN = 3  # columns: verses farther in than their titles, which may be as long as the lines of prose
WIDE = 4  # empty lines above: a line of few words that a point ends is a title between such gaps
SHORTER = 10  # columns, than the first line of a paragraph: lines in the middle that begin alike are about as long
FULL = 0.85  # of the measure
MOST_LINES = 4
MOST_WITH_POINT = 6  # words of a line that a point ends
_DASHES = ("--", "—", "–", "-")
_BREAKS_OFF = ("--", "—")
_GOES_ON = (",", ";", ":", ",--", ",—")
_CITED = re.compile(r"_[^_]{2,60}_,? (?:[ivxlc]+|[IVXLC]+|[0-9]+)\b.{0,16}$")  # _The Mill_, vii. 3.
_LEFT_BLANK = re.compile(r"[a-zß-ÿ] (?:-{3,}|—{2,})$")
_NEXT_SENTENCE = re.compile(r"[.!?](?=\s+[\"“]?[A-Z])")
_INITIAL = re.compile(r"(?:[^\W\d_]\.)+$")
_QUOTED_IN_ITALICS = re.compile(r"^_[\"“][^\"“”_]+[\"”]_$")


def isolated(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A short line with white space around it, without the point of a sentence."""
    lines = Isolated(rows, at, layout)
    reason = why(lines)
    if reason.sure == NOT:
        return None
    where = f"gap {lines.row.gap} before{', centred' if lines.is_centred else ''}"
    return Match("heading", reason.end(lines), f"{reason.says}, {where}", reason.sure, Facts(type="title"))


def why(lines: Isolated) -> Reason[Isolated]:
    """The reason why lines apart are a title, or are none."""
    return first(REASONS, lines)


class Isolated(Candidate):
    """Lines up to the next white space."""

    # ---------------------------------------------------------------- the lines

    @once
    def together(self) -> int:
        """Past the lines that stand together."""
        return set_together(self.rows, self.at, self.layout, MOST_LINES)

    @once
    def end(self) -> int:
        """Past those of them that may be a title: the date of the piece is not."""
        return before_date(self.rows, self.at, self.together, self.layout)

    @once
    def past_next(self) -> int:
        """Past them and the line apart that goes on with them, behind a comma."""
        below = chunk_end(self.rows, self.end)
        if self.line[-1] != "," or not below == self.end + 1 < len(self.rows) or self.rows[below].gap != 1:
            return self.end
        return below if written_as_title(self.rows[self.end].text, self.layout) else self.end

    @once
    def lines(self) -> Rows:
        """They themselves."""
        return self.rows[self.at : self.end]

    @once
    def line(self) -> str:
        """Their words, marks of emphasis aside; a saying as a title without its quotation marks, but for a motto right below a title."""
        text = " ".join(row.text for row in self.lines).strip(MARKS)
        if self.end > self.at + 1 or not _QUOTED_IN_ITALICS.match(self.row.text):
            return text
        above = self.rows[self.at - 1] if self.at else None
        return text if above is not None and above.gap > self.row.gap and not above.ends_sentence else text[1:-1]

    # ---------------------------------------------------------------- how they are set

    @once
    def is_centred(self) -> bool:
        """The first stands in the middle of the measure, and no shorter one below begins in its column, as the lines of a paragraph do."""
        below = (row.indent == self.row.indent and row.width < self.row.width - SHORTER for row in self.lines[1:])
        return is_centred(self.row, self.layout) and not any(below)

    @once
    def is_ruled_off(self) -> bool:
        """They stand below a row of ornaments."""
        return is_ruled_off(self.rows, self.at, self.together, self.layout)

    @once
    def is_pictured(self) -> bool:
        """They stand over a picture and verses."""
        return _is_over_picture(self.rows, self.at, self.end, self.layout)

    @once
    def is_marked(self) -> bool:
        """Something besides white space shows a title."""
        return self.is_ruled_off or self.is_pictured or is_emphasised(self.rows, self.at, self.end, self.layout)

    @once
    def is_over_verse(self) -> bool:
        """A stanza begins below."""
        return over_verse(self.rows, self.at, self.end, self.layout) and not NUMBER_ALONE.match(self.line)

    @once
    def is_wide(self) -> bool:
        """More white space stands above than between sections, and more than between paragraphs below."""
        return self.row.gap >= self.layout.section_gap + 1 and self.rows[self.end].gap >= 2

    @once
    def is_far(self) -> bool:
        """So far below what stands above, or beside its verses, that a full line may be a title."""
        set_in = self.is_over_verse and self.row.indent + SET_IN <= self.rows[self.end].indent
        return set_in or (self.row.gap >= WIDE and written_as_title(self.line, self.layout))

    # ---------------------------------------------------------------- how they are written

    @once
    def is_title(self) -> bool:
        """Every word but the small ones begins with a capital."""
        return is_title_case(self.line, self.layout.language.lowercase_in_titles)

    @once
    def is_labelled(self) -> bool:
        """A number or the name of a division begins them: "I."."""
        return head_label(self.line, self.layout.language) is not None

    @once
    def is_opened(self) -> bool:
        """So it does, or the word that addresses a letter: "To"."""
        return self.is_labelled or fold(self.line.partition(" ")[0]) in self.layout.language.addressing

    @once
    def is_pointed(self) -> bool:
        """A stop ends them."""
        return TERMINAL.search(without_reference(self.line)) is not None

    @once
    def is_one_of_pointed(self) -> bool:
        """They are one line that a point ends, as it ends other titles of the text."""
        return self.is_pointed and not self.is_opened and self.end == self.at + 1 and is_one_of_pointed(self.rows, self.at, self.layout)

    @once
    def is_nearer_below(self) -> bool:
        """A point ends the words of a title, which stand nearer to the text below than to what is above."""
        if self.is_one_of_pointed:
            return True
        nearer = self.layout.section_gap <= self.row.gap > self.rows[self.end].gap
        titled = self.is_pointed and not self.is_opened and nearer and written_as_title(self.line, self.layout)
        return titled and begins_running(self.rows, self.end, self.layout)

    @once
    def is_two(self) -> bool:
        """A sentence ends in them and another begins."""
        if self.is_centred or (self.is_marked and self.row.gap >= WIDE and self.rows[self.end].gap >= 2):
            return False  # _Letter to Anna Lund. May 4, 1836_
        titled = (self.row.gap >= WIDE or self.is_nearer_below) and not self.is_labelled
        return _is_two(self.line, self.layout, titled and not (self.is_opened and _is_below_label(self.rows, self.at, self.layout)))


def _is_unparted(a: Isolated) -> bool:
    """As near to what stands above as paragraphs are, and not set as a title otherwise."""
    return a.at > 0 and a.row.gap < a.layout.section_gap and not (a.is_centred or a.is_ruled_off)


def _is_glued(a: Isolated) -> bool:
    """Nothing stands below, or right below."""
    return a.together >= len(a.rows) or not (a.rows[a.together].gap or a.rows[a.together].page)


def _is_stopped(a: Isolated) -> bool:
    """Words written as a title, much white space above, that end with a comma or the like."""
    return a.row.gap >= WIDE and a.line[-1:] in _GOES_ON and written_as_title(a.line, a.layout)


def _heads_text(a: Isolated) -> bool:
    """They stand right over two lines or more, and do not begin or end a letter."""
    if not _is_stopped(a) or a.rows[a.end].gap > 1 or _opens_or_closes(a.line, a.layout):
        return False
    return chunk_end(a.rows, a.past_next) >= a.past_next + 2


def _is_no_title(a: Isolated) -> bool:
    """Words in quotation marks or brackets, in small letters, or none at all."""
    return not a.line or NOT_TITLE.search(a.line) is not None or not starts_upper(a.line) or word_count(a.line) == 0


def _is_sentence(a: Isolated) -> bool:
    """A stop ends the line, and nothing but a stop could tell it from a paragraph."""
    shown = a.is_centred or a.is_over_verse or a.is_marked or a.is_nearer_below
    return a.is_pointed and not (shown or a.row.gap >= a.layout.section_gap + 1)


def _is_long_sentence(a: Isolated) -> bool:
    shown = a.is_over_verse or a.is_wide or a.is_marked or a.is_one_of_pointed
    return not shown and a.line.endswith(".") and word_count(a.line) > MOST_WITH_POINT


def _is_greeting(a: Isolated) -> bool:
    """A salute, or a formula of closing."""
    patterns = words(a.layout.language)
    greets = patterns.salute.match(a.line) and a.line.endswith((",", ":", "—", "-"))
    return bool(greets or patterns.closing.match(a.line))


def _is_first_fault(a: Isolated) -> bool:
    """The first of the errata, below their heading."""
    if not a.at or a.row.gap >= WIDE:
        return False
    above = named_division(a.rows[a.at - 1].text, a.layout.language)
    return above is not None and above.type == "errata"


def _is_left_open(a: Isolated) -> bool:
    """A sentence that goes on below, or whose end is left blank: I was born in the year ----"""
    return (
        not a.is_title
        and not a.is_centred
        and (dangles(a.line, a.layout) or a.line.endswith(_BREAKS_OFF) or _LEFT_BLANK.search(a.line) is not None)
    )


def _tells_of_chapter(a: Isolated) -> bool:
    """What the chapter treats of."""
    if sums_up(a.lines):
        return True
    below_title = not a.layout.drama and a.row.indent > a.layout.margin + 2 and a.at > 0 and is_capitals(a.rows[a.at - 1].text)
    return not a.is_title and (is_summary(a.line) or (below_title and "--" in a.line.strip("-")))


def _is_few_words(a: Isolated) -> bool:
    """One line of few words, with more white space below than a paragraph has."""
    quoted = a.row.text[0] == a.row.text[-1] != a.line[0]
    return a.is_wide and a.end == a.at + 1 and (a.row.gap >= WIDE or quoted) and word_count(a.line) <= FEW


REASONS: tuple[Reason[Isolated], ...] = (
    Reason(NOT, "as near to what stands above as paragraphs are", _is_unparted),
    Reason(NOT, "no white space stands below", _is_glued),
    Reason(NOT, "more lines than a title has", lambda a: a.together - a.at > MOST_LINES),
    Reason(NOT, "verses that go on on the next page", lambda a: goes_on_next_page(a.rows, a.at, a.together, a.layout)),
    Reason(NOT, "an entry of a dictionary", lambda a: is_entry(a.rows, a.at, a.together)),
    Reason(NOT, "the title of what is quoted below, as far in", lambda a: is_set_in_with(a.rows, a.at, a.together, a.layout)),
    Reason(NOT, "a table", lambda a: len(a.lines) > 2 and sum("    " in row.text for row in a.lines) > 1),
    Reason(
        NOT,
        "who wrote what stands above, or where it stood first",
        lambda a: a.row.text.startswith(_DASHES) and not a.lines[-1].text.endswith(_DASHES),
    ),
    Reason(NOT, "the work, and the place in it, of the verses above", lambda a: a.row.gap < WIDE and _CITED.match(a.row.text)),
    Reason(0.75, "words written as a title, though a comma ends them", _heads_text, lambda a: a.past_next),
    Reason(NOT, "a comma ends it", _is_stopped),
    Reason(NOT, "no words of a title", _is_no_title),
    Reason(NOT, "more words than a title has", lambda a: word_count(a.line) > LONGEST_TITLE * (1 + a.is_marked)),
    Reason(NOT, "a stop ends it", _is_sentence),
    Reason(NOT, "it goes on", lambda a: a.line.endswith(_GOES_ON)),
    Reason(NOT, "a quotation that is opened above ends with it", lambda a: _closes_quotation(a.line)),
    Reason(NOT, "two sentences", lambda a: a.is_two),
    Reason(NOT, "a point ends many words", _is_long_sentence),
    Reason(NOT, "a full line", lambda a: a.lines[-1].width > FULL * a.layout.measure and not a.is_far),
    Reason(NOT, "lines that no title has", lambda a: not (a.is_marked or all(is_title_line(row, a.layout) for row in a.lines))),
    Reason(NOT, "a greeting", _is_greeting),
    Reason(NOT, "the first fault of a list", _is_first_fault),
    Reason(NOT, "a sentence that goes on below, or is left open", _is_left_open),
    Reason(NOT, "two verses", lambda a: not a.is_title and is_couplet(a.rows, a.at, a.end, a.layout)),
    Reason(NOT, "what the chapter treats of", _tells_of_chapter),
    Reason(NOT, "a date", lambda a: is_dateline(a.line, a.layout)),
    Reason(
        0.85,
        "a short line apart, written as a title or over a picture",
        lambda a: a.row.gap >= a.layout.section_gap and not a.is_pointed and (a.is_title or a.is_pictured),
    ),
    Reason(0.7, "a short line apart", lambda a: a.row.gap >= a.layout.section_gap and not a.is_pointed),
    Reason(0.75, "a short line in the middle or over verses", lambda a: a.is_centred or a.is_over_verse),
    Reason(0.85, "a short line over a picture", lambda a: a.is_pictured),
    Reason(0.7, "a short line, emphasised or below a row of ornaments", lambda a: a.is_marked),
    Reason(0.7, "a few words, far from what stands above and below", _is_few_words),
    Reason(
        0.65,
        "a few words right over a paragraph, as other titles of the text",
        lambda a: is_small_title(a.rows, a.at, a.layout) and has_small_titles(a.layout),
    ),
    Reason(NOT, "a few words right over a paragraph, as nothing else in the text", lambda a: is_small_title(a.rows, a.at, a.layout)),
    Reason(NOT, "one of many questions, each over its answer", lambda a: a.line[-1] == "?" and is_one_of_questions(a.rows, a.at, a.layout)),
    Reason(0.6, "written as a title, though a stop ends it", lambda a: a.is_title),
    Reason(NOT, "a sentence", always),
)


def _closes_quotation(line: str) -> bool:
    """Whether a quotation mark ends a line in which none opens."""
    if line[-1] == '"':
        return line.count('"') == 1
    return line[-1] in _OPENED_BY and not any(mark in line for mark in _OPENED_BY[line[-1]])


_OPENED_BY = {"”": "“„", "»": "«", "“": "„"}


def _opens_or_closes(line: str, layout: Layout) -> bool:
    """Whether a line is a salute, a formula of closing or a date."""
    patterns = words(layout.language)
    return bool(patterns.salute.match(line) or patterns.closing.match(line)) or is_dateline(line, layout)


def _is_over_picture(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether lines far from the verses above, and farther left than they, stand right over a picture and verses: a long title."""
    if rows[at].gap < 2 or rows[end].gap > 1 or rows[at].indent > layout.margin:
        return False
    if words(layout.language).figure.match(rows[end].text) is None:
        return False
    below = chunk_end(rows, end)
    return below < len(rows) and layout.in_verse(rows[below].line) and rows[at].indent < rows[below].indent


def _is_below_label(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether the label of a division stands above, and nothing else: it heads the letter, and this line says to whom it is."""
    label = head_label(rows[at - 1].text, layout.language) if at else None
    return label is not None and label.length >= len(rows[at - 1].text.rstrip(" .:"))


def _is_two(line: str, layout: Layout, far: bool) -> bool:
    """Whether a sentence ends in a line and another begins: at a point that is not that of "Mrs.", behind the name of a kind of piece and
    its colon ("Letter: To Mrs. Thomas Holm"), nor that of "Col." or an initial in a title far below what is above.
    """
    points = [line[: m.start() + 1].rsplit(" ", 1)[-1] for m in _NEXT_SENTENCE.finditer(line)]
    if not points:
        return False
    kind, colon, _ = line.partition(":")
    named = bool(colon) and layout.language.divisions.get(fold(kind)) is not None
    short = layout.language.abbreviations | layout.language.titles
    if far and not _INITIAL.match(line.split(" ", 1)[0]):
        named = named or is_title_case(line, layout.language.lowercase_in_titles)  # Letters of Col. Thomas S. Holm
    return not (named and all(fold(point) in short or _INITIAL.match(point) for point in points))
