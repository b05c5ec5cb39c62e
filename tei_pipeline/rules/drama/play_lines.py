"""The lines of a play that begin something, whether or not white space sets them apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.language import Language, fold, parse_roman
from tei_pipeline.rows import Row
from tei_pipeline.rules.drama.acting import acting
from tei_pipeline.rules.drama.directed_lines import LONGEST_DIRECTION, LONGEST_MOVE, SET_IN, direction_end, is_bracketed
from tei_pipeline.rules.drama.named_lines import DEEPEST_LABEL, FAR_RIGHT, FEWEST, signs
from tei_pipeline.rules.drama.persons import speaker_key
from tei_pipeline.rules.drama.speaker_names import is_set_in_capitals, names_actor
from tei_pipeline.rules.drama.speakers import is_speaker_line, speaker_label
from tei_pipeline.rules.lists.readings import LEMMA
from tei_pipeline.rules.shape import chunk_end, ended_early, is_capitals, starts_upper, word_count
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


def set_apart(layout: Layout) -> tuple[Row, ...]:
    """The rows of a play, each speech, entrance and exit apart: old transcripts leave no white space between them. What stands in brackets
    in poems beside it is a verse of these.
    """
    rows = list(layout.rows)
    past = 1
    for i in range(1, len(rows)):
        row = rows[i]
        if i < past or row.gap or layout.in_verse(row.line) or LEMMA.match(row.text):
            continue
        if begins_speech(rows, i, layout) is not None or _is_named_above(rows, i, layout):
            rows[i] = row._replace(gap=1)
        elif (end := max(direction_end(rows, i, layout), _plain_move_end(rows, i, layout))) > i:
            _part(rows, i, end)
        elif is_move(rows, i, layout) or is_bracketed(rows, i, layout) or _is_set_in(rows, i, layout):
            past = i + 1 + _ends_with_name(rows, i, layout)
            _part(rows, i, past)
        elif row.text[0] in "([" and (end := _set_in_end(rows, i)) > i:
            _part(rows, i, end)
    return tuple(rows)


def beside_play(layout: Layout) -> tuple[tuple[int, int], ...]:
    """The regions of verse that are none of a play's: above it, and below white space and a title under its last speech, where a volume
    has poems beside it.
    """
    rows, opening = layout.rows, layout.play_opening
    found = [(first, min(end, opening)) for first, end in layout.verses if first < opening]
    spoken = next((i for i in range(len(rows) - 1, -1, -1) if _is_said(rows, i, layout)), len(rows))
    titles = (row for row in rows[spoken + 1 :] if row.gap >= TITLE_GAP)
    ended = next((row.line for row in titles if row.gap > max(TITLE_GAP, layout.section_gap) or is_capitals(row.text)), None)
    if ended is not None:
        found += [(max(first, ended), end) for first, end in layout.verses if end > ended]
    return tuple(region for region in found if _begin_large(rows, region))


def _is_said(rows: Sequence[Row], at: int, layout: Layout) -> bool:
    """Whether somebody speaks at a line, or is named on a line of his own."""
    return speaker_key(rows[at].text.rstrip(".: ")) in layout.speakers or begins_speech(rows, at, layout) is not None


def _begin_large(rows: Sequence[Row], region: tuple[int, int]) -> bool:
    """Whether hardly a line of a region begins small: prose above a play, as narrow as its verses, has been taken in with them."""
    lines = [row for row in rows if region[0] <= row.line < region[1]]
    return sum(row.starts_lower for row in lines) <= FEW_SMALL * len(lines)


FEW_SMALL = 0.1  # of the lines
TITLE_GAP = 2  # empty lines above the title of a poem; more stand within a play above its acts alone


def _part(rows: list[Row], at: int, end: int) -> None:
    """White space over some lines, and below them."""
    rows[at] = rows[at]._replace(gap=1)
    if end < len(rows) and not rows[end].gap:
        rows[end] = rows[end]._replace(gap=1)


def _is_named_above(rows: Sequence[Row], at: int, layout: Layout) -> bool:
    """Whether a line is the name in capitals of somebody who speaks right below it."""
    text = rows[at].text
    below = at + 1 < len(rows) and (rows[at + 1].page or not rows[at + 1].gap)
    return below and text[:2].isupper() and is_speaker_line(text, layout) and not _is_within_direction(rows, at, layout.language)


def _ends_with_name(rows: Sequence[Row], at: int, layout: Layout) -> bool:
    """Whether the line right below a direction is its last word, the name of a person with white space below it: followed by / ANNA."""
    if layout.speaker_style != "run-in" or not rows[at].text[-1].islower() or at + 1 >= len(rows) or rows[at + 1].gap:
        return False
    apart = at + 2 == len(rows) or rows[at + 2].gap > 0
    return apart and is_capitals(rows[at + 1].text) and word_count(rows[at + 1].text) <= LONGEST_NAME


LONGEST_NAME = 3  # words


def _is_set_in(rows: Sequence[Row], at: int, layout: Layout) -> bool:
    """Whether a line in the column of directions has its sentence for itself, below one that ended and over one that begins anew."""
    row = rows[at]
    if row.indent != layout.directions_indent or rows[at - 1].indent >= row.indent:
        return False
    below = at + 1 == len(rows) or bool(rows[at + 1].gap) or (rows[at + 1].indent < row.indent and not rows[at + 1].starts_lower)
    return row.ends_sentence and not row.starts_lower and rows[at - 1].ends_sentence and below


def _set_in_end(rows: Sequence[Row], at: int) -> int:
    """Past a direction in italics and brackets, closed or not, whose lines are set in below those of what is said."""
    first = rows[at]
    if first.text[1:2] != "_" or first.indent < rows[at - 1].indent + SET_IN:
        return at
    end = at + 1
    while end < len(rows) and not rows[end].gap and rows[end].indent >= first.indent and end - at < LONGEST_DIRECTION:
        end += 1
    said = " ".join(row.text for row in rows[at:end]).rstrip(")]. ")
    return end if said[-1] == "_" and said.count("_") == 2 and not any(c in said for c in ")]") else at


def begins_speech(rows: Rows, at: int, layout: Layout) -> tuple[str, int, int] | None:
    """The label of the speech that a line begins; a name that a mere line end brought to the front begins none."""
    row = rows[at]
    if layout.speakers_indented and not layout.margin < row.indent <= layout.margin + DEEPEST_LABEL:
        if not (at and row.gap and rows[at - 1].indent > layout.margin + DEEPEST_LABEL):
            return None  # the first speech below a title in the middle is not set in
    found = speaker_label(row.text, layout) or directed_below(rows, at, layout)
    if found is not None and ":" in row.text and _lists_actors(rows, at, layout):
        return None
    if found is None or not at or signs(rows, at, layout.margin) or _ends_title(rows, at, found[2]) or _titles(rows, at, found, layout):
        return None if at else found
    if row.gap or row.page or layout.speakers_indented:
        return found
    last = rows[at - 1]
    if layout.speakers_also and not found[0].isupper():
        return None
    if layout.speakers_bare and row.text[found[1] : found[1] + 1] == " " and not found[0].isupper():
        return None  # nothing but the beginning of a paragraph shows such a name
    if row.line < layout.first_speech and is_capitals(last.text) and not last.ends_sentence:
        return None  # the title goes on: DIALOGUES / AND POEMS: A SELECTION
    if _is_within_direction(rows, at, layout.language) or (layout.speaker_style == "own-line" and not last.ends_sentence):
        return None
    if is_set_in_capitals(found[0], layout.language) and speaker_key(found[0]) in layout.speakers:
        return found
    if layout.speakers_capital and row.text[found[1] : found[1] + 1] in ".:_=":
        return None  # a name within the words, which a line end brought to the front
    if row.text[0] in "_*=~" or last.ends_sentence or last.text[-1] in "-—)]_":
        return found
    return found if ended_early(last, row, layout) else None


_LEFT_OPEN = seldom(r"(?P<name>[^\W\d_][^.:()\[\]!?;_*=~\"“”«»,—]{0,38}?) [(\[][^()\[\]]*$")


def only_acts(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line apart is a name and what he does in brackets, where names are run in, and somebody else speaks next: LENA (goes)."""
    row = rows[at]
    if layout.speaker_style != "run-in" or not row.gap or row.text.rstrip("._ ")[-1:] not in (")", "]") or at + 1 >= len(rows):
        return False
    found = speaker_label(row.text, layout)
    if found is None or found[2] < len(row.text.rstrip()) or not rows[at + 1].gap:
        return False
    below = speaker_label(rows[at + 1].text, layout)
    return below is not None and below[2] < len(rows[at + 1].text) and speaker_key(below[0]) != speaker_key(found[0])


LONGEST_ACTION = 3  # lines
_CLOSED = seldom(r"[^()\[\]]*[)\]][.:](?:\s|$)")


def directed_below(rows: Rows, at: int, layout: Layout) -> tuple[str, int, int] | None:
    """The name of a speaker whose direction goes on in the lines below and ends with the mark of a speech: "The Count (at a table full of
    letters, / of which he reads some). Complaints!"; or with a colon, and has no marks.
    """
    if not rows[at].gap or not layout.drama or layout.speaker_style != "run-in":
        return None
    if (m := _LEFT_OPEN.match(rows[at].text)) is None:
        if not rows[at].text[:2].isupper():
            return None
        whole = " ".join(row.text for row in rows[at : min(at + LONGEST_ACTION, chunk_end(rows, at))])
        return (m["name"], m.end("name"), m.end("name") + 1) if (m := acting(whole, layout)) is not None else None
    if speaker_key(m["name"]) not in layout.speakers:
        return None
    below = " ".join(row.text for row in rows[at + 1 : min(at + LONGEST_DIRECTION, chunk_end(rows, at))])
    return (m["name"], m.end("name"), m.end("name") + 1) if _CLOSED.match(below) else None


def _ends_title(rows: Rows, at: int, label: int) -> bool:
    """Whether a name alone is the last line of a paragraph: nothing that it could say stands right below."""
    if rows[at].gap or label < len(rows[at].text) or at + 1 >= len(rows):
        return False
    goes_on = rows[at - 1].text.rstrip()[-1] == "_" and rows[at - 1].indent == rows[at].indent  # _he does not look at_ / ANNA.
    return rows[at + 1].gap > 1 or (rows[at + 1].gap == 1 and goes_on)


def _titles(rows: Rows, at: int, found: tuple[str, int, int], layout: Layout) -> bool:
    """Whether a line in capitals far below the speech before, parted by a colon or dash, is the title of the next play: THE FERRY: A
    MASQUE.
    """
    row = rows[at]
    parts = row.text[found[1] :].lstrip()[:1] in tuple(":-—–")
    if row.gap < FAR_BELOW or not parts or not is_capitals(row.text) or chunk_end(rows, at) > at + 1:
        return False
    return not layout.cast.has(speaker_key(found[0]))


FAR_BELOW = 3  # empty lines


def _lists_actors(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether one line after the other says who played whom: "Lady Brack: Miss Rose Leclair."."""
    listed = 0
    for step in (1, -1):
        i = at if step > 0 else at - 1
        while 0 <= i < len(rows) and names_actor(rows[i].text.partition(":")[2], layout.language):
            listed += 1
            i += step
            if not 0 <= i < len(rows) or abs(rows[i].line - rows[i - step].line) > layout.spacing:
                break
    return listed >= FEWEST


def _is_within_direction(rows: Rows, at: int, language: Language) -> bool:
    """Whether a line goes on with a direction whose bracket was opened in a line above, or with a sentence in italics."""
    for i in range(at - 1, max(-1, at - LONGEST_DIRECTION), -1):
        text = rows[i].text
        opened = max(text.rfind("["), text.rfind("("))
        if opened >= 0:
            return opened > max(text.rfind("]"), text.rfind(")")) and not _is_over(text[opened:], language)
        if "]" in text or ")" in text or rows[i].gap:
            return False
    return False


def _is_over(text: str, language: Language) -> bool:
    """Whether a direction whose bracket printers left open ends with its line, as its italics do, or what it says: [_Aside._, [Exit."""
    if text[0] != "[":
        return False
    if text[-1] == "." and words(language).move.match(text[1:].lstrip("_")) is not None:
        return True
    return text.rstrip(". ")[-1] == "_" and text.count("_") % 2 == 0


LONGEST_PLAIN = 3  # lines of a plain direction that begin with capitals, as verses do


def _plain_move_end(rows: Sequence[Row], at: int, layout: Layout) -> int:
    """Past the lines, up to white space, that tell who enters or leaves, where brackets or italics never show directions."""
    row = rows[at]
    if not (layout.plain_directions and row.text[:1].isupper()) or (start := opens_move(row.text, layout.language)) is None:
        return at
    rest = row.text[start:].lstrip()
    end = next((i for i in range(at + 1, min(len(rows), at + LONGEST_DIRECTION + 1)) if rows[i].gap), at)
    if not rest or rest[0] in ",;:!?" or end == at or not rows[end - 1].ends_sentence or rows[end - 1].text[-1] in "?!":
        return at
    if end == at + 1 or row.ends_sentence:
        return end if end == at + 1 else at
    names = rest[0].isupper() or fold(rest.split()[0]) in layout.language.articles | layout.language.cardinals.keys()
    verses = end - at > LONGEST_PLAIN and not any(below.starts_lower for below in rows[at + 1 : end])
    return end if names and not verses else at


FEWEST_NAMED = 3  # verses below the name of what is sung


def names_verses(rows: Sequence[Row], at: int, layout: Layout) -> bool:
    """Whether a line is nothing but what is sung, perhaps counted, right above verses and apart or below the name of who sings:
    STROPHE 1, _Song._
    """
    text = rows[at].text
    found = words(layout.language).stage.match(text)
    below = rows[at + 1 : at + 1 + FEWEST_NAMED]
    if found is None or opens_move(text, layout.language) or len(below) < FEWEST_NAMED or any(row.gap for row in below):
        return False
    number = text[found.end :].strip(" ._")
    if number and not (number.isdecimal() or parse_roman(number)):
        return False
    above = not at or rows[at].gap or is_speaker_line(rows[at - 1].text, layout)
    return bool(above) and all(starts_upper(row.text) for row in below)


def opens_move(text: str, language: Language) -> int | None:
    """Where the word of an entrance or exit ends that words begin with, or that stands behind sounds told in a word: Flourish. Enter
    the King.
    """
    patterns = words(language)
    start = 0
    while (found := patterns.move.match(text[start:])) is None:
        sound = patterns.stage.match(text[start:])
        if sound is None or text[start + sound.end : start + sound.end + 2] != ". ":
            return None
        start += sound.end + 2
    return start + found.end


def is_move(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line is nothing but an entrance or exit: "Enter the King.", "Exeunt"; or words of the stage far to the right."""
    row = rows[at]
    text = row.text.strip("_[]() ")
    if len(row.text) > LONGEST_MOVE or not text[:1].isupper() or row.text[0] in "([":
        return False
    patterns = words(layout.language)
    if row.indent > layout.margin + FAR_RIGHT and patterns.stage.match(text):
        return True
    found = patterns.move.match(text)
    if found is None or ("]" in row.text and not row.gap and "[" in rows[at - 1].text.rpartition("]")[2]):
        return False  # the rest of a bracket that is open in the line above
    rest = text[found.end :].lstrip("_ ")
    if not rest.strip(". "):
        return True
    first = rest.split()[0].strip("_.,")
    named = first[:1].isupper() or first.lower() in layout.language.number_articles or first.lower() in layout.language.cardinals
    return rest[0] not in ",;:!?" and (named or rest[0] == ".") and (text[-1] not in ",;?!")
