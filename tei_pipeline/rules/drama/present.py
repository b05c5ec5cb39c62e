"""Who is on the stage: lines of a play that name persons and say nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.language import fold
from tei_pipeline.rows import Row
from tei_pipeline.rules.drama.persons import lists_persons, names_cast, only_persons, speaker_key
from tei_pipeline.rules.drama.places import heads_scene
from tei_pipeline.rules.drama.speakers import is_speaker_line, match_own_line, speaker_label
from tei_pipeline.rules.headings.head_labels import head_label
from tei_pipeline.rules.shape import chunk_end, without_reference
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

FURTHEST = 60  # lines up to the speech before
NEAREST = 4  # lines down to who speaks first


def names_persons(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line apart, above a speech, names only persons and says nothing."""
    row = rows[at]
    if not layout.drama or not row.gap or chunk_end(rows, at) != at + 1 or at + 1 >= len(rows) or row.line < layout.play_opening:
        return False
    if names_cast(rows[at + 1].text, layout.language):
        return False  # the title of a play: LENA, OTTO AND THE WEIR / CHARACTERS
    present = without_reference(row.text)
    if lists_persons(present) and (_speaks_below(rows, at + 1, layout) or _is_heard_below(rows, at + 1, layout)):
        return only_persons(present, layout.speakers, layout.cast, layout.language)
    if (
        (m := match_own_line(row.text, layout.language)) is not None
        and m["direction"].strip()[:1] in (",", "(", "[")
        and (_speaks_alone(m, rows[at + 1], layout) or (m["direction"][0] != "," and _is_seen(rows, at, layout)))
    ):
        return True
    if "." not in row.text.rstrip("_. "):
        text = _DOING.sub("", row.text) if layout.speaker_style == "run-in" else row.text
        return _between_scene_and_speech(rows, at, layout) and only_persons(text, layout.speakers, layout.cast, layout.language)
    if is_speaker_line(row.text, layout) and not _speaks_below(rows, at + 1, layout):
        return False
    if _calls_somebody(row.text, layout):
        return False
    if at and (layout.speaker_style == "run-in" or layout.speakers_also) and _follows_speech(rows, at, layout):
        return False
    return only_persons(row.text, layout.speakers, layout.cast, layout.language)


_DOING = seldom(r"(?<=\w) \(_[^\W\d_][^()_]*_\)\.?$")  # LENA (_alone_)


def begins_scene(rows: Rows, at: int, layout: Layout) -> int:
    """Past the lines right below the bare heading of a scene that name two who are there, what the second does or has, and nobody's words:
    farther from the first speech than speeches are from each other.
    """
    if not layout.drama or layout.speaker_style != "run-in" or not at or rows[at].line < layout.play_opening:
        return at
    end = chunk_end(rows, at)
    if end >= len(rows) or end - at > _LINES_PRESENT or not 0 < rows[at].gap < rows[end].gap or not heads_scene(rows[at - 1].text, layout):
        return at
    said, below = speaker_label(rows[at].text, layout), speaker_label(rows[end].text, layout)
    if said is None or below is None or not rows[end - 1].ends_sentence:
        return at
    behind = rows[at].text[said[2] :].split()
    behind = behind[1:] if behind and fold(behind[0]) in layout.language.articles else behind
    second = behind[0] if len(behind) > 1 else ""
    key = speaker_key(second)
    return end if second[-1:].isalpha() and (key in layout.speakers or layout.cast.has(key)) else at


_LINES_PRESENT = 3


def _speaks_alone(m: re.Match[str], below: Row, layout: Layout) -> bool:
    """Whether the same name stands again alone below one that a comma and a word in small letters, or a bracket, follow: ROSA, sola /
    ROSA.
    """
    again = match_own_line(below.text, layout.language) if below.gap and is_speaker_line(below.text, layout) else None
    return again is not None and not again["direction"] and speaker_key(again["name"]) == speaker_key(m["name"])


def _is_seen(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a name and what he does stand below the heading of a scene and over a name that stands right above what is said, as this
    one does not: he is there when the curtain rises.
    """
    if layout.speaker_style != "own-line" or rows[at + 1].line - rows[at].line <= layout.spacing:
        return False
    below = rows[at + 1 : min(at + NEAREST, len(rows))]
    said = next((i for i in range(1, len(below)) if below[i].line - below[i - 1].line <= layout.spacing), 0)
    if not said or not is_speaker_line(below[said - 1].text, layout):
        return False
    over = at - 1
    while over > 0 and at - over < _DESCRIBED and not heads_scene(rows[over].text, layout):
        if is_speaker_line(rows[over].text, layout) and rows[over + 1].line - rows[over].line <= layout.spacing:
            return False
        over -= 1
    return over >= 0 and heads_scene(rows[over].text, layout)


def _calls_somebody(text: str, layout: Layout) -> bool:
    """Whether behind a name in capitals somebody whom the list of persons has in capitals is named in small letters: "VAL. Jeremy."."""
    said = speaker_label(text, layout) if layout.speakers_capital else None
    rest = text[said[2] :].strip(" .") if said is not None else ""
    return bool(rest) and not rest.isupper() and layout.cast.names.get(speaker_key(rest), "").isupper()


def _follows_speech(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a paragraph right above begins with a speaker; or one farther up in the scene, where a name stands before others that
    are not in capitals as it is: "PARKER. Lord Darlington.", announced to those present.
    """
    said = speaker_label(rows[at].text, layout)
    announces = said is not None and not (layout.speakers_capital and rows[at].text[said[2] :].isupper())
    above = 0
    for i in range(at - 1, max(-1, at - FURTHEST), -1):
        if not rows[i].gap and i:
            continue
        above += 1
        if _speaks_below(rows, i, layout):
            return True
        label = head_label(rows[i].text, layout.language)
        if not announces or (label is not None and label.type):
            return False
    return False


def _speaks_below(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line begins a speech, or a name stands alone on it."""
    return speaker_label(rows[at].text, layout) is not None or is_speaker_line(rows[at].text, layout)


def _is_heard_below(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether others are run in, so that no name alone stands over a speech, or a direction in brackets follows."""
    return bool(rows[at].gap) and (layout.speaker_style == "run-in" or rows[at].text[0] in "([")


def _between_scene_and_speech(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line stands below the bare heading of an act or scene and above a speaker, or names several: what it names are
    those present.
    """
    over = at - 1
    while over > 0 and at - over < _DESCRIBED and not heads_scene(rows[over].text, layout):
        if speaker_label(rows[over].text, layout) is not None:
            return False
        over -= 1  # what the scene looks like stands between
    if not at or not heads_scene(rows[over].text, layout):
        return False
    if _speaks_below(rows, at + 1, layout):
        return True
    return len([name for name in words(layout.language).several.split(rows[at].text.rstrip("_. ")) if name.strip()]) > 1


_DESCRIBED = 12  # lines in which the stage is described
