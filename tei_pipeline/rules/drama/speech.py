"""Speeches in plays, interviews and debates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Match, Rows
from tei_pipeline.language import parse_roman
from tei_pipeline.rows import Row
from tei_pipeline.rules.drama.cast_list import cast
from tei_pipeline.rules.drama.persons import speaker_key, tells_setting
from tei_pipeline.rules.drama.play_lines import begins_speech
from tei_pipeline.rules.drama.present import names_persons
from tei_pipeline.rules.drama.speaker_names import is_name, is_set_in_capitals, names_division
from tei_pipeline.rules.drama.speakers import acts_unmarked, is_speaker_line, match_own_line, names_speaker, speaks_as, whole_label
from tei_pipeline.rules.drama.staging import in_italics_above_speaker, stage
from tei_pipeline.rules.headings.head_labels import head_label, named_division
from tei_pipeline.rules.shape import chunk_end, is_capitals, starts_upper, word_count
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


_ADDRESSED = re.compile(r"\[_[^\[\]_]+_\] [^\W\d_]")  # [_To the surgeon._] Is there nothing, man?
_DIRECTED = seldom(r"\[(?=[^\[\]]*[^\W_A-ZÀ-Þ])[^\[\]]{2,200}\](?:--|—|–)?\s?[\"“‘']?[^\W\d_]")  # [To Lena.] Boy, thou said'st it.
WIDE = 4  # empty lines: above a name that has two below it, no speaker stands so far from the speech before
FAR = 8  # columns: a name on a line of its own stands in the middle where others are run in


def speech(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A paragraph that begins with the name of somebody known to speak, set off by a point or colon, is a speech."""
    if not layout.speakers or rows[at].line > layout.play_end:
        return None
    row = rows[at]
    if layout.drama and (alone := _own_line(rows, at, layout)) is not None:
        return alone
    found = begins_speech(rows, at, layout)
    if found is None or names_persons(rows, at, layout):
        return None
    name, name_end, label = found
    if _is_too_early(row, name, layout) or (label >= len(row.text) and cast(rows, at + 1, layout) is not None):
        return None
    if layout.speaker_style == "own-line" and label > name_end + 2 and speaker_key(name) not in layout.speakers_also:
        return None
    if label >= len(row.text) and row.gap >= 2 and is_capitals(row.text) and at + 1 < len(rows) and rows[at + 1].gap:
        return None  # the title of the play again, and nothing that is said
    if label >= len(row.text) and row.gap and at + 1 < len(rows) and rows[at + 1].gap and not any(map(str.isalnum, rows[at + 1].text)):
        return None  # and over a row of stars
    end = at + 1
    while end < len(rows) and rows[end].gap == 0 and begins_speech(rows, end, layout) is None:
        end += 1
    end = _more(rows, end, layout)
    container = Container("speech", row.line, speaker_key(name), label, str(name_end))
    return Match("speech", end, f"begins with the speaker {name!r}", 0.98, container=container)


def _own_line(rows: Rows, at: int, layout: Layout) -> Match | None:
    row = rows[at]
    if _counts_speaker(rows, at, layout):
        end, number = _more(rows, chunk_end(rows, at + 1), layout), row.text.rstrip(".")
        container = Container("speech", row.line, number, len(row.text), str(len(number)))
        return Match("speech", end, f"the speaker {row.text!r} on a line of his own", 0.85, container=container)
    if (found := _named_alone(rows, at, layout)) is None:
        return None
    m, label, first = found
    end = chunk_end(rows, first) if rows[first + 1].gap == 0 else chunk_end(rows, first + 1)
    for i in range(first + 1, end):
        again = match_own_line(rows[i].text, layout.language) if len(rows[i].text) <= 60 else None
        if again and speaker_key(again["name"]) in layout.speakers and is_capitals(again["name"]):
            end = i
            break
    end = _more(rows, end, layout)
    container = Container("speech", row.line, speaks_as(m["name"], layout), len(label), str(m.end("name")))
    return Match("speech", end, f"the speaker {m['name']!r} on a line of his own", 0.93, container=container)


def _named_alone(rows: Rows, at: int, layout: Layout) -> tuple[re.Match[str], str, int] | None:
    """The name of who speaks below it, where a line has nothing else but a direction: as matched, as printed, and the row where it ends."""
    row = rows[at]
    if (voice := _voice(rows, at, layout)) is not None:
        return voice, row.text, at
    label, first = whole_label(rows, at, layout)
    m = match_own_line(label, layout.language)
    sings = m is not None and _sings(rows, at, m, layout)
    if m is None or not (sings or names_speaker(m, label, layout)):
        return None
    if not row.gap and not is_set_in_capitals(m["name"], layout.language) and not _is_below_direction(rows, at):
        return None
    if _is_too_early(row, m["name"], layout):
        return None
    if layout.speaker_style == "run-in" and row.indent <= layout.margin + FAR and not (sings or _is_right_above(rows, first, m, layout)):
        return None
    if first + 1 >= len(rows) or names_persons(rows, at, layout) or cast(rows, first + 1, layout) is not None:
        return None
    if in_italics_above_speaker(rows, at, layout) or (acts_unmarked(m) and is_speaker_line(rows[first + 1].text, layout)):
        return None
    if "," in m["name"] and _says_nothing_below(rows, first + 1, layout):
        return None
    below = rows[first + 1].gap
    if _is_over_place(rows, at, first, layout) or (not below and _lists_titles(rows, first + 1)):
        return None
    unlisted = bool(layout.cast) and not layout.cast.has(speaks_as(m["name"], layout))
    if row.gap >= WIDE - 1 and ((unlisted and not _has_spoken(rows, at)) or _is_over_kind(rows, first + 1)):
        return None  # the title of another play, over what kind it is; or of one that is named for somebody of it
    if unlisted and _below_title(rows, at, layout):
        return None  # which kind it is: A COMEDY IN TWO ACTS
    if below > 1 and row.gap >= WIDE:
        return None  # the title of the play again
    if below > 1 and not (
        below == 2 and ((row.gap >= 2 and layout.speaker_style == "own-line") or (m["direction"] and _below_scene(rows, at, layout)))
    ):
        return None
    return m, label, first


def _has_spoken(rows: Rows, at: int) -> bool:
    """Whether the same name stands nearer to the text above it in places shortly before, as it does over speeches and no title does."""
    return sum(row.text == rows[at].text and row.gap < WIDE - 1 for row in rows[max(0, at - LONGEST_SCENE) : at]) >= OFTEN


LONGEST_SCENE = 600  # rows
OFTEN = 2  # speeches


def _voice(rows: Rows, at: int, layout: Layout) -> re.Match[str] | None:
    """Who of a chorus speaks, in italics alone and set in as names are, right over verses farther left: _Some Carriers_, _Another_."""
    row = rows[at]
    if layout.speaker_style != "own-line" or row.gap != 1 or row.line < layout.first_speech or row.text[0] != "_":
        return None
    m = _VOICE.fullmatch(row.text)
    if m is None or word_count(m["name"]) > MOST_OF_SINGER or at + 2 >= len(rows) or rows[at + 1].gap or rows[at + 2].gap:
        return None
    patterns = words(layout.language)
    if patterns.stage.match(m["name"]) or patterns.move.match(m["name"]):
        return None
    return m if min(rows[at + 1].indent, rows[at + 2].indent) < row.indent and starts_upper(rows[at + 1].text) else None


_VOICE = re.compile(r"_(?P<name>[A-ZÀ-ÖØ-Þ][^_.:;!?()\[\]]*)_(?P<direction>)")


def _says_nothing_below(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a direction in italics stands below several names, and then somebody's name alone: they are who is there."""
    end = chunk_end(rows, at)
    directed = rows[at].text[0] == "_" and rows[end - 1].text.rstrip(". ")[-1:] == "_"
    return directed and end < len(rows) and is_speaker_line(rows[end].text, layout)


def _counts_speaker(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a number alone stands for one of several who speak in turn, citizens or witches, as names on lines of their own do: what is
    said is set in below it.
    """
    row = rows[at]
    if layout.speaker_style != "own-line" or row.line < layout.first_speech or _COUNTED.fullmatch(row.text) is None:
        return False
    return row.gap == 1 and at + 1 < len(rows) and rows[at + 1].gap == 1 and row.indent + SET_IN <= rows[at + 1].indent < row.indent + FAR


_COUNTED = re.compile(r"[1-9]\.?")
SET_IN = 2  # columns


def _is_below_direction(rows: Rows, at: int) -> bool:
    """Whether a direction in brackets stands right above a line that white space parts from what follows: where a page was too full for
    both gaps.
    """
    return at > 0 and rows[at - 1].text[-1] in ")]" and at + 1 < len(rows) and rows[at + 1].gap == 1


def _sings(rows: Rows, at: int, m: re.Match[str], layout: Layout) -> bool:
    """Whether a name in capitals, with a point or colon behind it, stands right over lines set in below it, in a play whose speakers are
    run in, or one in spaced or bold type set in over verses: in songs, choruses and ballets printers set the names over what is sung, also
    of those who say nothing else.
    """
    row, name = rows[at], m["name"]
    if layout.speaker_style != "run-in" or not 0 < row.gap < WIDE - 1 or m["direction"] or at + 1 >= len(rows):
        return False
    if row.text[0] in "~=":
        verses = rows[at + 1 : chunk_end(rows, at + 1)]
        narrow = max(verse.width for verse in verses) < NARROW * layout.measure
        over = row.text[-1] == row.text[0] and row.indent > layout.margin and rows[at + 1].gap == 1 < len(verses) and narrow
        if not over or any(verse.indent < row.indent or verse.starts_lower for verse in verses):
            return False
    elif row.text[-1] not in ".:" or not name.isupper() or rows[at + 1].gap or rows[at + 1].indent < row.indent + SET_IN:
        return False
    key = speaker_key(name)
    group = key in layout.language.cast_groups and row.line > layout.first_speech  # GIRLS.
    named = is_name(name, layout.language) and word_count(name) <= MOST_OF_SINGER
    return named and (group or not names_division(key, layout.language))


NARROW = 0.8  # of the measure: verses
MOST_OF_SINGER = 3  # words: FIRST EGYPTIAN WOMAN


def _is_right_above(rows: Rows, at: int, m: re.Match[str], layout: Layout) -> bool:
    """Whether a name in capitals stands apart, with a direction in brackets or none, and text right below it, where others are run in;
    an empty line stands below the names of some plays of a volume.
    """
    if not 0 < rows[at].gap < WIDE - 1 or at + 1 >= len(rows) or rows[at + 1].gap > (speaker_key(m["name"]) in layout.speakers_alone):
        return False
    if rows[at + 1].gap and m["direction"].strip()[:1] == "_":
        return False  # ANNA _shakes her head_.
    return m["name"].isupper() and m["direction"].strip()[:1] in ("", "(", "[", "_")


def _is_too_early(row: Row, name: str, layout: Layout) -> bool:
    """Whether the play has not begun, or its first scene has not and the name is none of the list of persons: who signs the preface."""
    if row.line < layout.play_opening and (layout.cast or layout.speaker_style == "own-line"):
        return True
    early = row.line < layout.first_scene and bool(layout.cast) and speaker_key(name) not in layout.speakers_early
    return early and not layout.cast.has(speaker_key(name))


def _is_over_place(rows: Rows, at: int, first: int, layout: Layout) -> bool:
    """Whether a line is a title, though a person has that name: what stands below it is a number or tells the place, or is a direction
    of those who speak then, and the number of the scene stands above.
    """
    if not rows[first + 1].gap:
        return False
    below = rows[first + 1].text
    counts = below.isupper() and parse_roman(below) is not None
    answers = rows[at].gap == 1 and speaker_key(rows[at].text) in layout.speakers  # as near as others: "Time lies heavy …" is said
    if tells_setting(below, layout.language, marked=answers) or (counts and (first + 2 >= len(rows) or rows[first + 2].gap)):
        return True  # but a stanza's number stands right over verses
    if not at or parse_roman(rows[at - 1].text.strip("_. ")) is None or rows[at - 1].gap < WIDE - 1:
        return False
    end = chunk_end(rows, first + 1)
    return below[0] in "([" and end < len(rows) and is_speaker_line(rows[end].text, layout)


def _lists_titles(rows: Rows, at: int) -> bool:
    """Whether the lines right below a name are in capitals like it and no point ends them: the plays of a part, which may bear names."""
    return all(is_capitals(row.text) and row.text[-1].isalnum() for row in rows[at : chunk_end(rows, at)])


def _is_over_kind(rows: Rows, at: int) -> bool:
    """Whether what stands below a name is a line in capitals with white space around it: what kind of play it is."""
    if not rows[at].gap or not is_capitals(rows[at].text) or rows[at].text[0] in "([":
        return False
    return at + 1 >= len(rows) or rows[at + 1].gap >= WIDE - 1


def _below_title(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line stands right below another in capitals that is far from the text above and numbers no act or scene."""
    above = rows[at - 1] if at else rows[at]
    if not at or rows[at].gap > 2 or above.gap < WIDE - 1 or not is_capitals(above.text):
        return False
    return head_label(above.text.strip("_* "), layout.language) is None and named_division(above.text, layout.language) is None


def _below_scene(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line stands right below the number of a scene: who is alone there speaks, and is named only once."""
    label = head_label(rows[at - 1].text, layout.language) if at else None
    return label is not None and label.type == "scene" and label.length >= len(rows[at - 1].text.rstrip(". _"))


def _names_scene(row: Row, layout: Layout) -> bool:
    label = head_label(row.text, layout.language)
    return label is not None and label.type == "scene" and bool(label.number)


def _more(rows: Rows, end: int, layout: Layout) -> int:
    """The paragraphs that go on with a speech: until somebody else speaks, a heading, a direction apart, a wider gap."""
    from tei_pipeline.rules.headings.heading import heading
    from tei_pipeline.rules.letters.pieces import trailer

    widest = 1 if layout.spacing == 1 else 2  # where a page ends with a paragraph, converters leave the space of two
    while end < len(rows) and rows[end].gap <= widest:
        if layout.drama and (_counts_speaker(rows, end, layout) or _named_alone(rows, end, layout) or _names_scene(rows[end], layout)):
            break
        if begins_speech(rows, end, layout):
            break
        if stage(rows, end, layout) or heading(rows, end, layout) or trailer(rows, end, layout):
            break
        if rows[end].text[0] in "*[" and not (_DIRECTED if layout.drama else _ADDRESSED).match(rows[end].text):
            break
        stop = end + 1
        while stop < len(rows) and rows[stop].gap == 0 and begins_speech(rows, stop, layout) is None:
            stop += 1
        end = stop
    return end
