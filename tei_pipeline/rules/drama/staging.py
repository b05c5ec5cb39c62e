"""Stage directions: what a play says besides its speeches, by a table of reasons, of which the first that applies decides."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.once import once
from tei_pipeline.rules.drama.brackets import past_bracket
from tei_pipeline.rules.drama.moves import (
    FAR_BELOW,
    FULL,
    LONGEST_UNMARKED,
    begins_person,
    in_italics_but_names,
    is_left_open,
    is_song,
    is_verse_or_talk,
    names_in_capitals,
    runs_in_small,
    somebody_acts,
    somebody_is_doing,
    titles,
)
from tei_pipeline.rules.drama.only_plays import is_set_in
from tei_pipeline.rules.drama.persons import names_cast, speaker_key, tells_setting
from tei_pipeline.rules.drama.piece_titles import is_piece_title
from tei_pipeline.rules.drama.places import places_of_acts
from tei_pipeline.rules.drama.play_lines import directed_below, names_verses, only_acts, opens_move
from tei_pipeline.rules.drama.present import begins_scene, names_persons
from tei_pipeline.rules.drama.speakers import is_speaker_line, speaker_label, tells_how, whole_label
from tei_pipeline.rules.headings.head_labels import bare_label, head_label, named_division
from tei_pipeline.rules.lists.readings import LEMMA
from tei_pipeline.rules.reasons import NOT, Candidate, Reason, always, first
from tei_pipeline.rules.shape import chunk_end
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

SETTING = 2  # full lines, in which a place and time find room
SHORT = 4  # lines of a direction that nothing but its first word marks
LONGEST_LABEL = 20  # characters of "SCENE II.--"
LONGEST_WORDED = 12  # lines of a direction that begins with a word of the stage
SAID_IN = 4  # columns that a speech stands farther in than the name above it
_SENTENCE = re.compile(r"\s[^\W\d_A-Z]{3}")  # "The first scene discovers": no number stands so
_IN_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-Þ]{4,}(?:\.|:|\s?--|\s?—)")  # SCENE.--
_MOTTO = seldom(r"_[\"“„«'‘].*[\"”“»’'][.,]?_$")  # _"Who goes there?"_
_ACTS = seldom(r"(?:[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.]+ )+_[^_:]{3}")  # a name in capitals without a mark, and italics


def stage(rows: Rows, at: int, layout: Layout) -> Match | None:
    """In a play, what stands apart in brackets or italics, begins with a word of the stage or with the name of somebody who does not
    speak then, or names the persons of a scene, is a direction.
    """
    if not layout.drama or not layout.play_opening <= rows[at].line <= layout.play_end:
        return None
    lines = Direction(rows, at, layout)
    reason = why(lines)
    if reason.sure == NOT:
        return None
    return Match("stage", reason.end(lines), reason.says.format(lines.first_word), reason.sure)


def why(lines: Direction) -> Reason[Direction]:
    """The reason why lines of a play are a direction, or are none."""
    return first(REASONS, lines)


class Direction(Candidate):
    """Lines of a play that may say what is done."""

    @property
    def text(self) -> str:
        """The first of them."""
        return self.row.text

    # ---------------------------------------------------------------- the lines

    @once
    def stop(self) -> int:
        """Past the last line before white space."""
        return chunk_end(self.rows, self.at)

    @once
    def is_apart(self) -> bool:
        """White space stands above, or they are the first of what is looked at."""
        return bool(self.row.gap) or not self.at

    @once
    def end(self) -> int:
        """Past the last of them: of several that tell a place, past the first."""
        if not self.tells_setting:
            return self.stop
        language = self.layout.language
        return next((i for i in range(self.at + 1, self.stop) if tells_setting(self.rows[i].text, language)), self.stop)

    @once
    def count(self) -> int:
        """How many they are."""
        return self.end - self.at

    @once
    def lines(self) -> Rows:
        """They themselves."""
        return self.rows[self.at : self.end]

    @once
    def last(self) -> str:
        """The last of those that stand together."""
        return self.rows[self.stop - 1].text

    @property
    def past_first(self) -> int:
        """Past the first line."""
        return self.at + 1

    @once
    def first_word(self) -> str:
        """The first word."""
        return self.text.split()[0].strip("_.,:")

    # ---------------------------------------------------------------- marks

    @once
    def bracket(self) -> tuple[int, str]:
        """Past the bracket that opens them, and how that ends: nothing where none does."""
        opens = self.text[0] in "([_" and (self.text[0] != "_" or self.text[1:2] in "([")
        return past_bracket(self.rows, self.at, self.layout) if opens else (self.at, "")

    @property
    def past_bracket(self) -> int:
        """Past the line that closes it."""
        return self.bracket[0]

    @once
    def is_in_slashes(self) -> bool:
        """Slashes stand around them."""
        return self.is_apart and self.text[:2] == "/ " and self.last.endswith(" /")

    @once
    def is_in_braces(self) -> bool:
        """Braces do, and not around the name of somebody who speaks next."""
        if not self.is_apart or self.text[0] != "{" or not self.text[1:2].isalpha() or not self.last.rstrip("._ ").endswith("}"):
            return False
        return not (is_speaker_line(self.text, self.layout) and self.stop < len(self.rows) and self.rows[self.stop].text[0] != "{")

    @once
    def is_in_italics(self) -> bool:
        """Italics go from the first letter to the last."""
        whole = self.text[0] == "_" and self.rows[self.end - 1].text.rstrip(". ").endswith("_")
        return whole and not _MOTTO.match(self.text) and sum(row.text.count("_") for row in self.lines) == 2

    # ---------------------------------------------------------------- who speaks

    @once
    def speaks(self) -> bool:
        """Somebody is named who says something."""
        named = speaker_label(self.text, self.layout) is not None
        named = named or is_speaker_line(whole_label(self.rows, self.at, self.layout)[0], self.layout)
        moves = self.text[0] == "_" and self.text.rstrip(". ").endswith("_") and words(self.layout.language).stage.match(self.text)
        if moves and not (named and fold(self.text).strip("_. ").partition(" ")[0] in self.layout.language.speakers):
            return False  # _Enter CLARA._, but _Choir of the Angels._
        named = named or (bool(self.row.gap) and directed_below(self.rows, self.at, self.layout) is not None)
        if not named or in_italics_above_speaker(self.rows, self.at, self.layout):
            return False
        if self.stop < len(self.rows) and self.rows[self.stop].gap > 1 and tells_how(self.text, self.layout):
            return False  # _Anna sings_, over the title of the song
        return not _is_in_italics(self.rows[self.at : self.stop])

    @once
    def is_said(self) -> bool:
        """They stand below a name, and say what he says."""
        return self.text[0] != "_" and _is_said_below_name(self.rows, self.at, self.layout)

    # ---------------------------------------------------------------- words

    @once
    def tells_setting(self) -> bool:
        """They begin as those do that tell a place or time."""
        if self.speaks:
            return False
        answered = self.is_said and self.row.line > self.layout.first_speech  # below a name of the list of persons stands where they are
        marked = answered or not self.is_apart or self.runs_on(SETTING, self.stop)
        marked = marked or is_verse_or_talk(self.rows[self.at : self.stop], self.layout)
        return tells_setting(self.text, self.layout.language, marked=marked)

    def runs_on(self, most: int, end: int) -> bool:
        """More full lines of running text stand there than a word like "without" or "the time" makes a direction."""
        return end - self.at > most and self.row.width > FULL * self.layout.measure

    @once
    def is_worded(self) -> bool:
        """They begin with a word of the stage, and are no title, verses or talk."""
        if self.count > LONGEST_WORDED or self.speaks or not words(self.layout.language).stage.match(self.text):
            return False
        if self.text.endswith((",", "?")):
            moves = (self.text[0] == "_" or self.layout.plain_directions) and opens_move(self.text, self.layout.language)
            if not moves:
                return False
        return not titles(self.rows, self.at, self.layout) and not is_verse_or_talk(self.lines, self.layout)

    @once
    def past_worded(self) -> int:
        """Past what that word begins: SONG, alone over its verses."""
        over = self.text.isupper() and self.count > SHORT and self.row.indent > self.rows[self.at + 1].indent > self.layout.margin
        if (over and " " not in self.text.strip()) or names_verses(self.rows, self.at, self.layout):
            return self.at + 1
        return self.end


def _stands_amid_speech(d: Direction) -> bool:
    """No white space stands above, and neither a bracket, a place nor the name of verses begins them."""
    if d.is_apart or d.text[0] in "([" or tells_setting(d.text, d.layout.language, marked=True):
        return False
    return not names_verses(d.rows, d.at, d.layout)


def _counts_division(d: Direction) -> bool:
    """The label of an act or scene, and no sentence that begins with one; in square brackets, as editors add them, with its number."""
    added = d.count == 1 and d.text[0] == "[" and d.text[-1] == "]"
    bare = d.text.strip("[] ") if added else d.text.strip("_")
    label = head_label(bare, d.layout.language)
    return label is not None and bool(label.type) and (not added or bool(label.number)) and not _SENTENCE.match(bare, label.length)


def _is_place(d: Direction) -> bool:
    """A place or time on few lines, or in italics behind its label, or behind one in capitals above all that is said."""
    if not d.tells_setting:
        return False
    above = d.row.line < d.layout.first_speech and _IN_CAPITALS.match(d.text) is not None
    return d.count <= SHORT or above or _ends_in_italics(d.lines)


def _begins_with_word(d: Direction) -> bool:
    """A word of the stage begins them, in italics or with a capital, as a move or on few lines."""
    if not d.is_worded:
        return False
    if d.text[0] == "_":
        return True
    moves = bool(opens_move(d.text, d.layout.language))
    return d.first_word[:1].isupper() and (moves or not d.runs_on(SHORT, d.past_worded))


def _is_slanted(d: Direction) -> bool:
    """Italics as a whole where somebody acts, and no title or song."""
    if d.speaks or not d.is_in_italics or not (d.layout.acted or _opens_dialogue(d.rows, d.at, d.end, d.layout)):
        return False
    if is_piece_title(d.rows, d.at, d.end, d.layout) or named_division(speaker_key(d.text), d.layout.language) is not None:
        return False
    return not is_song(d.rows, d.at, d.end, d.layout)


def _is_slanted_but_names(d: Direction) -> bool:
    """Italics but for the names of persons in capitals."""
    small = runs_in_small(d.rows, d.end, d.layout)
    acts = small and _ACTS.match(d.text) is not None  # ANNA _comes in_.
    if not ((d.text[0] == "_" and not d.speaks) or acts) or d.count > LONGEST_UNMARKED:
        return False
    return in_italics_but_names(d.lines, d.layout, 2 if small else 4)


def _in_column(d: Direction) -> bool:
    """The column in which directions stand, right of the margin."""
    return d.is_apart and not d.speaks and d.row.indent == d.layout.directions_indent > d.layout.margin and is_set_in(d.rows, d.at)


REASONS: tuple[Reason[Direction], ...] = (
    Reason(NOT, "it names the list of persons", lambda d: names_cast(d.text, d.layout.language)),
    Reason(NOT, "it tells how other copies have it", lambda d: LEMMA.match(d.text) is not None),
    Reason(
        0.85,
        "tells the place of each act",
        lambda d: places_of_acts(d.rows, d.at, d.layout) > d.at,
        lambda d: places_of_acts(d.rows, d.at, d.layout),
    ),
    Reason(NOT, "it stands amid what is said", _stands_amid_speech),
    Reason(NOT, "it counts an act or scene", _counts_division),
    Reason(0.9, "in brackets, apart", lambda d: d.bracket[1] == "closed", attrgetter("past_bracket")),
    Reason(0.9, "in brackets, one opened twice, apart", lambda d: d.bracket[1] == "opened twice", attrgetter("past_bracket")),
    Reason(
        0.85,
        "a bracket that is not closed, as printers set directions to the right",
        lambda d: d.bracket[1] == "open",
        attrgetter("past_bracket"),
    ),
    Reason(NOT, "a bracket begins what is said", lambda d: d.bracket[1] == "said"),
    Reason(0.9, "between slashes, apart", lambda d: d.is_in_slashes, attrgetter("stop")),
    Reason(0.9, "in braces, apart", lambda d: d.is_in_braces, attrgetter("stop")),
    Reason(0.85, "names the persons of the scene", lambda d: names_persons(d.rows, d.at, d.layout), attrgetter("past_first")),
    Reason(
        0.8,
        "names two persons of the scene, and what one does, far above the first speech",
        lambda d: begins_scene(d.rows, d.at, d.layout) > d.at,
        lambda d: begins_scene(d.rows, d.at, d.layout),
    ),
    Reason(
        0.8,
        "a name and what he does in brackets, and nothing that he says",
        lambda d: only_acts(d.rows, d.at, d.layout),
        attrgetter("past_first"),
    ),
    Reason(0.85, "tells the place or time", _is_place),
    Reason(NOT, "it is said by whose name stands above", lambda d: d.is_said),
    Reason(0.85, "begins with {!r}", _begins_with_word, attrgetter("past_worded")),
    Reason(0.8, "in italics, apart", _is_slanted),
    Reason(0.8, "in italics but for the names of persons, apart", _is_slanted_but_names),
    Reason(NOT, "it stands over the first scene: what persons wear, not what they do", lambda d: d.row.line < d.layout.first_scene),
    Reason(
        0.75,
        "a speaker's name and what he does, apart",
        lambda d: d.count == 1 and not d.speaks and somebody_is_doing(d.rows, d.at, d.layout),
    ),
    Reason(
        0.75,
        "names persons in capitals, as only directions do",
        lambda d: not d.speaks and d.is_apart and d.count <= LONGEST_UNMARKED and names_in_capitals(d.lines, d.layout),
    ),
    Reason(
        0.75,
        "begins with a person and what he does, where directions have no marks, or names over speeches capitals, below what is said",
        lambda d: (
            not d.speaks
            and d.is_apart
            and (d.layout.plain_directions or d.layout.speakers_capital)
            and d.count <= (SHORT if d.layout.plain_directions else LONGEST_UNMARKED)
            and begins_person(d.rows, d.at, d.end, d.layout)
        ),
    ),
    Reason(
        0.8,
        "begins with the name of somebody, in capitals, who does not speak",
        lambda d: d.count <= SHORT and not d.speaks and somebody_acts(d.text, d.layout),
    ),
    Reason(0.8, "apart, in the column of directions", _in_column),
    Reason(
        0.75,
        "apart with no point at its end, where directions have no marks",
        lambda d: (
            d.layout.unmarked_directions
            and d.is_apart
            and not d.speaks
            and d.count <= SHORT
            and is_left_open(d.rows, d.at, d.end, d.layout)
        ),
    ),
    Reason(NOT, "nothing says that these lines are a direction", always),
)


def in_italics_above_speaker(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line is in italics, a name with a comma and what he does, and another name alone stands next: he says nothing."""
    text = rows[at].text
    if text[0] != "_" or text.rstrip(". ")[-1] != "_" or text.count("_") != 2 or "," not in text or at + 1 >= len(rows):
        return False
    below = rows[at + 1]
    return bool(below.gap) and below.text[0] != "_" and is_speaker_line(below.text, layout)


def _is_said_below_name(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line stands below the name of a speaker that is alone on its line, as near as the names of others stand over what they
    say: that is said, whatever its first word, and no direction.
    """
    if layout.speaker_style != "own-line" or not at or rows[at].gap != 1 or rows[at].indent == layout.directions_indent > layout.margin:
        return False
    name = rows[at - 1]
    apart = at == 1 or 0 < name.gap < FAR_BELOW  # the first line of a container has no space above
    near = rows[at].indent <= name.indent + SAID_IN or bool(layout.direction_marks)  # farther in stands the rest of a shared verse
    return apart and near and is_speaker_line(name.text, layout)


def _opens_dialogue(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether lines stand between a number and who speaks first, also in a book that is no play: they say who is there, and where."""
    number = bare_label(rows[at - 1].text) if at and end < len(rows) else None
    if number is None or number.length < len(rows[at - 1].text):
        return False
    return speaker_label(rows[end].text, layout) is not None or is_speaker_line(rows[end].text, layout)


def _is_in_italics(chunk: Rows) -> bool:
    """Whether lines are in italics from the first letter to the last, so that the name they begin with is not that of a speaker."""
    return len(chunk) > 1 and chunk[0].text[0] == "_" and chunk[-1].text[-1] == "_" and sum(row.text.count("_") for row in chunk) == 2


def _ends_in_italics(chunk: Rows) -> bool:
    """Whether the label of a place is followed by italics, to the end of the lines: SCENE.--_A street. Rain. …_."""
    lead = chunk[0].text.partition("_")[0]
    return len(lead) <= LONGEST_LABEL and chunk[-1].text.rstrip(". ").endswith("_")
