"""What a play says besides its speeches: stage directions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.drama.only_plays import is_set_in
from tei_pipeline.rules.drama.persons import (
    names_cast,
    speaker_key,
    tells_setting,
)
from tei_pipeline.rules.drama.piece_titles import IN_CAPITALS, is_piece_title
from tei_pipeline.rules.drama.places import places_of_acts
from tei_pipeline.rules.drama.play_lines import directed_below, is_said_in_brackets, names_verses, only_acts, opens_move
from tei_pipeline.rules.drama.present import begins_scene, names_persons
from tei_pipeline.rules.drama.speakers import is_speaker_line, speaker_label, whole_label
from tei_pipeline.rules.headings.head_labels import bare_label, head_label, named_division
from tei_pipeline.rules.shape import chunk_end, loose_lines, starts_upper
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

_SENTENCE = re.compile(r"\s[^\W\d_A-Z]{3}")  # "The first scene discovers": no number stands so
_FURTHEST = 60  # lines: the longest direction of a realist's play is a page
_SETTING = 2  # full lines, in which a place and time find room
_SHORT = 4  # lines of a direction whose bracket is never closed, or that nothing but its first word marks


def stage(rows: Rows, at: int, layout: Layout) -> Match | None:
    """In a play, what stands apart in brackets or italics, begins with a word of the stage or with the name of somebody who does not
    speak then, or names the persons of a scene, is a direction.
    """
    if not layout.drama or rows[at].line < layout.play_opening:
        return None
    text = rows[at].text
    if names_cast(text, layout.language):
        return None
    if (end := places_of_acts(rows, at, layout)) > at:
        return Match("stage", end, "tells the place of each act", 0.85)
    apart = bool(rows[at].gap) or not at
    if not apart and text[0] not in "([" and not tells_setting(text, layout.language, marked=True) and not names_verses(rows, at, layout):
        return None
    bare = text.strip("_")
    label = head_label(bare, layout.language)
    if label is not None and label.type and not _SENTENCE.match(bare, label.length):
        return None
    if text[0] in "([_" and (text[0] != "_" or text[1:2] in "(["):
        return _in_brackets(rows, at, layout)
    end = chunk_end(rows, at)
    if apart and text[:2] == "/ " and rows[end - 1].text.endswith(" /"):
        return Match("stage", end, "between slashes, apart", 0.9)
    braced = apart and text[0] == "{" and text[1:2].isalpha() and rows[end - 1].text.rstrip("._ ").endswith("}")
    if braced and not (is_speaker_line(text, layout) and end < len(rows) and rows[end].text[0] != "{"):
        return Match("stage", end, "in braces, apart", 0.9)
    if names_persons(rows, at, layout):
        return Match("stage", at + 1, "names the persons of the scene", 0.85)
    if (begins := begins_scene(rows, at, layout)) > at:
        return Match("stage", begins, "names two persons of the scene, and what one does, far above the first speech", 0.8)
    if only_acts(rows, at, layout):
        return Match("stage", at + 1, "a name and what he does in brackets, and nothing that he says", 0.8)
    moves = text[0] == "_" and text.rstrip(". ").endswith("_") and words(layout.language).stage.match(text)  # _Enter CLARA._
    named = speaker_label(text, layout) is not None or is_speaker_line(whole_label(rows, at, layout)[0], layout)
    if named and fold(text).strip("_. ").partition(" ")[0] in layout.language.speakers:
        moves = None  # _Choir of the Angels._
    named = named or (bool(rows[at].gap) and directed_below(rows, at, layout) is not None)
    speaks = named and not moves and not _is_in_italics(rows[at:end]) and not in_italics_above_speaker(rows, at, layout)
    said = text[0] != "_" and _is_said_below_name(rows, at, layout)
    answered = said and rows[at].line > layout.first_speech  # below a name of the list of persons stands where they are
    runs_on = _runs_on(rows, at, end, _SETTING, layout) or _is_verse_or_talk(rows[at:end], layout)
    if not speaks and tells_setting(text, layout.language, marked=answered or not apart or runs_on):
        end = next((i for i in range(at + 1, end) if tells_setting(rows[i].text, layout.language)), end)
        if end - at <= _SHORT or _ends_in_italics(rows[at:end]):
            return Match("stage", end, "tells the place or time", 0.85)
    if said:
        return None
    if (
        end - at <= 12
        and not speaks
        and words(layout.language).stage.match(text)
        and (not text.endswith((",", "?")) or ((text[0] == "_" or layout.plain_directions) and opens_move(text, layout.language)))
        and not _titles(rows, at, layout)
        and not _is_verse_or_talk(rows[at:end], layout)
    ):
        first = text.split()[0].strip("_.,:")
        if text.isupper() and end - at > _SHORT and rows[at].indent > rows[at + 1].indent > layout.margin and " " not in text.strip():
            end = at + 1  # SONG, over its verses
        elif names_verses(rows, at, layout):
            end = at + 1
        if text[0] == "_" or (first[:1].isupper() and (opens_move(text, layout.language) or not _runs_on(rows, at, end, _SHORT, layout))):
            return Match("stage", end, f"begins with {first!r}", 0.85)
    if (
        (layout.acted or _opens_dialogue(rows, at, end, layout))
        and not speaks
        and text[0] == "_"
        and rows[end - 1].text.rstrip(". ").endswith("_")
        and not _MOTTO.match(text)
        and sum(row.text.count("_") for row in rows[at:end]) == 2
    ):
        titled = is_piece_title(rows, at, end, layout) or named_division(speaker_key(text), layout.language) is not None
        if not titled and not _is_song(rows, at, end, layout):
            return Match("stage", end, "in italics, apart", 0.8)
    small = _runs_in_small(rows, end, layout)
    acts = small and _ACTS.match(text) is not None  # ANNA _comes in_.
    if (
        ((text[0] == "_" and not speaks) or acts)
        and end - at <= LONGEST_UNMARKED
        and _in_italics_but_names(rows[at:end], layout, 2 if small else 4)
    ):
        return Match("stage", end, "in italics but for the names of persons, apart", 0.8)
    if rows[at].line < layout.first_scene:
        return None  # what persons wear, not what they do
    if end == at + 1 and not speaks and _somebody_is_doing(rows, at, layout):
        return Match("stage", end, "a speaker's name and what he does, apart", 0.75)
    if not speaks and apart and end - at <= LONGEST_UNMARKED and _names_in_capitals(rows[at:end], layout):
        return Match("stage", end, "names persons in capitals, as only directions do", 0.75)
    if not speaks and apart and layout.plain_directions and _persons_do(rows, at, end, layout):
        return Match("stage", end, "begins with a person and what he does, where directions have no marks, below what somebody says", 0.75)
    if end - at <= _SHORT and not speaks and _somebody_acts(text, layout):
        return Match("stage", end, "begins with the name of somebody, in capitals, who does not speak", 0.8)
    if apart and not speaks and rows[at].indent == layout.directions_indent > layout.margin and is_set_in(rows, at):
        return Match("stage", end, "apart, in the column of directions", 0.8)
    if layout.unmarked_directions and apart and not speaks and _is_left_open(rows, at, end, layout):
        return Match("stage", end, "apart with no point at its end, where directions have no marks", 0.75)
    return None


def _is_said_below_name(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line stands below the name of a speaker that is alone on its line, as near as the names of others stand over what they
    say: that is said, whatever its first word, and no direction.
    """
    if layout.speaker_style != "own-line" or not at or rows[at].gap != 1 or rows[at].indent == layout.directions_indent > layout.margin:
        return False
    name = rows[at - 1]
    apart = at == 1 or 0 < name.gap < FAR_BELOW  # the first line of a container has no space above
    return apart and rows[at].indent <= name.indent + SET_IN and is_speaker_line(name.text, layout)


SET_IN = 4  # columns that a speech stands farther in than the name above it


def _opens_dialogue(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether lines stand between a number and who speaks first, also in a book that is no play: they say who is there, and where."""
    number = bare_label(rows[at - 1].text) if at and end < len(rows) else None
    if number is None or number.length < len(rows[at - 1].text):
        return False
    return speaker_label(rows[end].text, layout) is not None or is_speaker_line(rows[end].text, layout)


def _is_left_open(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether a line or a few that fill it stand apart, in small letters, and no point ends them as it ends what is said: Cock crows"""
    text = rows[end - 1].text
    if not (text[-1].isalnum() and starts_upper(rows[at].text)) or rows[at].text.isupper() or end - at > _SHORT:
        return False
    return all(row.width > FULL * layout.measure for row in rows[at : end - 1]) and named_division(text, layout.language) is None


def _titles(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether capitals far below what stands above say more than a word of the stage does: the title of a play (ARIA DA CAPO)."""
    text = rows[at].text
    opener = words(layout.language).stage.match(text)
    if (
        rows[at].gap < FAR_BELOW
        or not text.isupper()
        or not text[-1].isalpha()
        or opener is None
        or words(layout.language).move.match(text)
    ):
        return False
    return bool(text[opener.end :].strip(" ._"))


FAR_BELOW = 3  # empty lines


def _is_verse_or_talk(chunk: Rows, layout: Layout) -> bool:
    """Whether several lines that begin with a word of the stage, and nobody's move, are verses, each begun with a capital, or stand in a
    dialogue that is not acted: "Silence and night have laid a hand / Upon the weir …".
    """
    text = chunk[0].text
    if len(chunk) < 2 or text[0] in "_([" or text.split()[0].isupper() or opens_move(text, layout.language):
        return False
    verses = len(chunk) >= FEWEST_VERSES and all(starts_upper(row.text) for row in chunk)  # two lines may begin with nouns
    verses = verses and not any(head_label(row.text, layout.language) for row in chunk)  # Scene: the mill. / Act I: evening.
    return not layout.acted or (verses and not layout.plain_directions)


FEWEST_VERSES = 3


def _is_in_italics(chunk: Rows) -> bool:
    """Whether lines are in italics from the first letter to the last, so that the name they begin with is not that of a speaker."""
    return len(chunk) > 1 and chunk[0].text[0] == "_" and chunk[-1].text[-1] == "_" and sum(row.text.count("_") for row in chunk) == 2


def in_italics_above_speaker(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line is in italics, a name with a comma and what he does, and another name alone stands next: he says nothing."""
    text = rows[at].text
    if text[0] != "_" or text.rstrip(". ")[-1] != "_" or text.count("_") != 2 or "," not in text or at + 1 >= len(rows):
        return False
    below = rows[at + 1]
    return bool(below.gap) and below.text[0] != "_" and is_speaker_line(below.text, layout)


def _ends_in_italics(chunk: Rows) -> bool:
    """Whether the label of a place is followed by italics, to the end of the lines: SCENE.--_A street. Rain. …_."""
    lead = chunk[0].text.partition("_")[0]
    return len(lead) <= LONGEST_LABEL and chunk[-1].text.rstrip(". ").endswith("_")


LONGEST_LABEL = 20  # characters of "SCENE II.--"


def _runs_on(rows: Rows, at: int, end: int, most: int, layout: Layout) -> bool:
    """Whether more full lines of running text stand there than a word like "without" or "the time" makes a direction."""
    return end - at > most and rows[at].width > FULL * layout.measure


FULL = 0.8  # of the measure


def _in_brackets(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A direction in brackets; a square one that opens a line apart need not be closed."""
    text = rows[at].text
    opening = "(" if "(" in text[:2] else "["
    closing = ")" if opening == "(" else "]"
    if opening not in text[:2] or is_said_in_brackets(text, layout):
        return None
    depth = 0
    for i in range(at, min(len(rows), at + _FURTHEST)):
        depth += rows[i].text.count(opening) - rows[i].text.count(closing)
        if depth <= 0:
            if not rows[i].text.rstrip("_. ").endswith(closing):
                return None
            if i + 1 < len(rows) and rows[i + 1].gap == 0 and speaker_label(rows[i + 1].text, layout) is None:
                if layout.speaker_style != "own-line" and rows[i].width > 0.8 * layout.measure:
                    return None
            return Match("stage", i + 1, "in brackets, apart", 0.9)
        if depth == 1 and rows[i].text[-1] == closing and i + 1 == chunk_end(rows, at):
            return Match("stage", i + 1, "in brackets, one opened twice, apart", 0.9)  # [Exeunt [all but the boy.]
        if (depth > 1 and i > at) or (i + 1 < len(rows) and rows[i + 1].gap and _ends_unclosed(rows, at, i, layout)):
            break
    end = next((i for i in range(at + 1, chunk_end(rows, at)) if rows[i].indent < rows[at].indent), chunk_end(rows, at))
    while end < chunk_end(rows, at) and sum(row.text.count("_") for row in rows[at:end]) % 2:
        end += 1  # the italics go on at the margin
    whole = " ".join(row.text for row in rows[at:end])
    closes = whole.rstrip(". ").endswith("_")
    aside = text.startswith("(_") and closes  # (_Aside._
    ended = end - at <= _SHORT or (text[1:2] == "_" and whole.count("_") == 2 and closes)
    if (opening == "[" or aside) and ended and closing not in whole:
        return Match("stage", end, "a bracket that is not closed, as printers set directions to the right", 0.85)
    return None


def _ends_unclosed(rows: Rows, at: int, last: int, layout: Layout) -> bool:
    """Whether white space ends a direction whose bracket is open: wide space, space below one short line, or somebody speaks next."""
    if rows[last + 1].gap > 2 or (last == at and rows[at].width < FULL * layout.measure):
        return True
    return speaker_label(rows[last + 1].text, layout) is not None


def _is_song(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether lines in italics are verses: three or more, each ended early and begun with a capital."""
    chunk = rows[at:end]
    return (
        len(chunk) >= 3
        and sum(starts_upper(row.text) for row in chunk) >= 0.8 * len(chunk)
        and loose_lines(chunk, max(layout.measure, max(row.width for row in chunk) + 6)) >= 0.6 * (len(chunk) - 1)
    )


LONGEST_UNMARKED = 8  # lines
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ITALIC = re.compile(r"_[^_]*_")
_ACTS = re.compile(r"(?:[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.]+ )+_[^_:]{3}")  # a name in capitals without a mark, and italics


SEVERAL = 2  # persons, who come with others


def _names_in_capitals(chunk: Rows, layout: Layout) -> bool:
    """Whether running text names persons of the play in capitals, and nothing else, as directions do where speeches do not."""
    if not layout.cast or not layout.speakers_capital or layout.speaker_style != "run-in":
        return False
    text = " ".join(row.text for row in chunk)
    apart = min(row.indent for row in chunk) > layout.margin  # VOICES behind the scenes.
    if chunk[0].starts_lower or not chunk[-1].ends_sentence or text[0] in "\"“'‘" or words(layout.language).byline.match(text):
        return False
    bare = _BRACKETED.sub(" ", text)
    keys = [speaker_key(name.removesuffix("'S").removesuffix("’S")) for name in IN_CAPITALS.findall(bare)]
    return (
        bool(keys)
        and (all(known := [layout.cast.has(key) or key in layout.speakers for key in keys]) or (apart and sum(known) >= SEVERAL))
        and any(len(word) > 3 and word.islower() for word in bare.split())
    )


def _runs_in_small(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether somebody speaks next, or does something, and the names before speeches are not in capitals, as they are in directions."""
    if layout.speaker_style != "run-in" or layout.speakers_capital:
        return False
    return at >= len(rows) or rows[at].text[0] == "_" or speaker_label(rows[at].text, layout) is not None


def _in_italics_but_names(chunk: Rows, layout: Layout, least: int) -> bool:
    """Whether lines are in italics, the names of persons aside, which are in capitals; ``least``: marks of italics."""
    text = " ".join(row.text for row in chunk)
    if text.count("_") % 2 or text.count("_") < least or words(layout.language).byline.match(text.strip("_")):
        return False
    titles = layout.language.titles
    names = [name for name in _ITALIC.sub(" ", text).split() if fold(name) not in titles and name.strip(".,;:")]
    keys = [speaker_key(name.strip(",;:")) for name in names]
    if text[0] == "_" and text.count("_") > 2 and keys and all(name.isupper() and len(name) > SHORTEST_NAME for name in names):
        return True
    known = {word for name in layout.speakers for word in name.split()}
    return bool(keys) and all(name[0].isupper() for name in names) and all(layout.cast.has(key) or key in known for key in keys)


_MOTTO = re.compile(r"_[\"“„«'‘].*[\"”“»'’][.,]?_$")  # _"Who goes there?"_
SHORTEST_NAME = 3  # letters, of somebody who need not speak: _He and_ MASON _rise._


def _somebody_acts(text: str, layout: Layout) -> bool:
    """Whether words begin with a speaker's name in capitals and go on in small letters, without the mark that speeches have."""
    tokens = text.replace("_", " ").split()
    if len(tokens) > 1 and tokens[0].lower() in layout.language.articles:
        del tokens[0]
    count = 0
    while count < len(tokens) and count < 5 and tokens[count].strip(".,'’").isupper() and len(tokens[count].strip(".,")) > 1:
        count += 1
    if not count or count == len(tokens):
        return False
    name = " ".join(tokens[:count]).removesuffix("'S").removesuffix("’S")
    key = speaker_key(name.rstrip(","))
    return tokens[count][0].islower() and tokens[count - 1][-1] not in ":" and (key in layout.speakers or layout.cast.has(key))


def _somebody_is_doing(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a short line apart is the name of a speaker and a few small words: "Rory sings."."""
    text = rows[at].text
    tokens = text.split()
    if not 2 <= len(tokens) <= 6 or text[-1] not in ".:" or not rows[at].gap or (at + 1 < len(rows) and not rows[at + 1].gap):
        return False
    known = speaker_key(tokens[0]) in layout.speakers or layout.cast.has(speaker_key(tokens[0]))
    return known and all(token[0].islower() for token in tokens[1:])


def _persons_do(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether a paragraph without a name before it stands right below what somebody says, and its sentences begin with a person of the play
    and what he does, in the third: The Doctor and the Judge leave by the other door.
    """
    text = " ".join(row.text for row in rows[at:end])
    if end - at > _SHORT or layout.speaker_style != "run-in" or text[-1] != "." or any(c in text for c in '?!"“„«') or not at:
        return False
    start = at - 1
    while start > 0 and not rows[start].gap:
        start -= 1
    if speaker_label(rows[start].text, layout) is None:
        return False
    tokens = text.split()
    first = int(tokens[0].lower() in layout.language.articles)
    if first + 1 >= len(tokens) or not _is_called(tokens[first], layout) or any(word.isupper() and len(word) == 1 for word in tokens[1:]):
        return False  # a letter alone is I, who speaks
    others = (word for word in tokens[first + 1 :] if word not in layout.language.joining and word not in layout.language.articles)
    return next((word for word in others if not (word[0].isupper() and word[-1].isalpha())), "")[:1].islower()


def _is_called(word: str, layout: Layout) -> bool:
    """Whether a word is the name of a person of the play, or one of its words, with no comma behind it as behind one who is spoken to."""
    key = speaker_key(word)
    return word[0].isupper() and word[-1].isalpha() and len(key) > SHORTEST_NAME and (key in layout.speakers or layout.cast.has(key))
