"""The list of persons of a play."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Facts, Match, Rows
from tei_pipeline.language import Language, fold
from tei_pipeline.rules.drama.persons import (
    FEWEST_PERSONS,
    LONGEST_GROUP,
    LONGEST_PERSON,
    answers,
    are_persons,
    first_name,
    goes_on_below,
    heads_group,
    leaves_list,
    names_cast,
    names_cast_of,
    names_group,
    plays_below,
    speaker_key,
    speaks_first,
    stands_out,
    tells_setting,
    titles_again,
)
from tei_pipeline.rules.drama.places import begins_part, places_of_acts
from tei_pipeline.rules.drama.speaker_names import names_actor
from tei_pipeline.rules.drama.speakers import match_label, speaker_label
from tei_pipeline.rules.headings.head_labels import head_label, named_division
from tei_pipeline.rules.paragraphs import ornament
from tei_pipeline.rules.shape import SPELT, chunk_end, is_capitals, word_count
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


def cast(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Under a heading that names the persons of a play stand its persons, a line each, up to its place or time."""
    if not 0 < at < len(rows):
        return None
    if (played := _played_by(rows, at, layout)) is not None:
        return played
    between = at > 1 and (not any(map(str.isalnum, rows[at - 1].text)) or _tells_order(rows, at - 1, layout.language))
    above = rows[at - 2] if between else rows[at - 1]  # a row of stars below the heading, or how they follow each other
    if _tells_order(rows, at, layout.language):
        return None
    ends_paragraph = at > 1 and above.starts_lower and not above.gap  # "… for three thousand / persons."
    named = not ends_paragraph and names_cast(above.text, layout.language)
    if not named and not (layout.drama and (_lists_persons(rows, at, layout) or _goes_on_below_note(rows, at, layout))):
        return None
    end = at
    usual = 1
    grouped = names_group(rows[at].text, layout.language) and rows[at].gap > 1  # MEN., WOMEN., far apart
    while end < len(rows) and end - at < 120:
        row = rows[end]
        if end > at and tells_setting(row.text, layout.language):
            break
        if end > at + 1:
            usual = max(usual, rows[at + 1].gap)
            group = grouped and names_group(row.text, layout.language)
            if (row.gap > max(2, usual + 1) and not group) or (
                not group
                and row.gap >= 2
                and row.gap > usual
                and (is_capitals(row.text) or words(layout.language).stage.match(row.text))
                and not layout.cast.has(first_name(row.text))
                and not heads_group(rows, end, rows[end - 1].indent, layout.language)
            ):
                break
            if leaves_list(row, usual) or stands_out(rows, at, end, usual, layout.language):
                break
        if end > at and (places_of_acts(rows, end, layout) > end or (row.gap and begins_part(row.text, layout))):
            break
        if (
            end > at + 1
            and row.gap
            and (_names_part(row.text, layout) or (not rows[at + 1].gap and _opens_italics(rows, end, layout.language)))
        ):
            break
        if end > at and row.gap and (plays_below(rows, at, end, layout.language) or titles_again(rows, at, end)):
            break
        if end > at + 1 and _tells(rows, end, layout.language):
            break
        if speaks_first(rows, at, end, layout.language) or _ends_below(rows, at, end, layout):
            break
        if row.text[0] in "([" and end > at and row.line - rows[end - 1].line > layout.spacing and row.indent <= rows[end - 1].indent:
            if not SPELT.match(row.text):
                break
        if len(row.text.split()) > 9 and "\t" not in row.text and (label := speaker_label(row.text, layout)) is not None:
            if not (_tells_who(row.text[label[1] :].lstrip(". ")) or _are_described(rows[at : end + 1], layout.language)):
                break
        if is_capitals(row.text) and row.gap and end > at + 1 and layout.language.divisions.get(fold(row.text).strip(" .:")):
            break
        end += 1
    if end - at < 2:
        return None
    apart = sum(rows[i].line - rows[i - 1].line > layout.spacing for i in range(at + 1, end)) >= _APART * (end - at - 1)
    full = _FULL * layout.measure if apart else LONGEST_MEASURE
    firsts = _over_actors(rows, at, end, layout.spacing) or [
        i for i in range(at, end) if i == at or not _goes_on(rows, i, layout.spacing, layout.language, full)
    ]
    parts = tuple((i, stop, Container("castitem", rows[i].line)) for i, stop in zip(firsts, [*firsts[1:], end], strict=True))
    under = f"persons under {above.text!r}"
    return Match("cast", end, f"{len(parts)} {under}", 0.93, Facts(), Container("cast", rows[at].line), parts)


def _played_by(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Lines above the first scene that each say who played whom, below the theatre and the day: Lane: Mr. F. Peile."""
    if not layout.drama or not rows[at].gap or ":" not in rows[at].text or rows[at].line > (layout.first_scene or layout.first_speech):
        return None
    end = at
    while end < len(rows) and (end == at or rows[end].line - rows[end - 1].line <= layout.spacing):
        if not names_actor(rows[end].text.partition(":")[2], layout.language):
            return None
        end += 1
    if end - at < FEWEST_PLAYED:
        return None
    parts = tuple((i, i + 1, Container("castitem", rows[i].line)) for i in range(at, end))
    return Match("cast", end, f"{len(parts)} persons and who played them", 0.9, Facts(), Container("cast", rows[at].line), parts)


FEWEST_PLAYED = 3  # persons


def _over_actors(rows: Rows, at: int, end: int, spacing: int) -> list[int]:
    """The first lines of persons whom empty lines part, where most have several lines, the last of them set in: who played him."""
    firsts = [at, *(i for i in range(at + 1, end) if rows[i].line - rows[i - 1].line > spacing)]
    several = [(i, stop) for i, stop in zip(firsts, [*firsts[1:], end], strict=True) if stop > i + 1]
    acted = sum(rows[stop - 1].indent > rows[i].indent for i, stop in several)
    return firsts if len(several) >= max(FEWEST_ACTED, MOST_ACTED * len(firsts)) and acted == len(several) else []


FEWEST_ACTED = 4  # persons
MOST_ACTED = 0.7  # of the lines apart; the others name groups


def _tells_order(rows: Rows, at: int, language: Language) -> bool:
    """Whether a line apart, right below a heading that names the persons, begins as no name does: "In the order of appearance"."""
    line = rows[at].text.strip("([_ ])").removesuffix(".")
    first = fold(line.partition(" ")[0])
    if first not in language.lowercase_in_titles or first in language.articles or not 1 < word_count(line) <= MOST_OF_ORDER:
        return False
    apart = rows[at].gap and at + 1 < len(rows) and rows[at + 1].gap and not rows[at + 1].starts_lower
    return bool(apart) and line.replace(" ", "").isalpha() and names_cast(rows[at - 1].text, language)


MOST_OF_ORDER = 8  # words


def _tells(rows: Rows, at: int, language: Language) -> bool:
    """Whether lines apart are sentences, which no name begins: "The first act passes at the weir. The time is now."."""
    text = " ".join(row.text for row in rows[at : chunk_end(rows, at)])
    tokens = text.split()
    if not rows[at].gap or len(tokens) < FEWEST_TOLD or not rows[at].text[0].isalpha() or tokens[0][:2].isupper() or text[-1] != ".":
        return False
    return fold(tokens[0]) in language.articles and not language.finite.isdisjoint(map(fold, tokens))


FEWEST_TOLD = 12  # words


def _names_part(text: str, layout: Layout) -> bool:
    """Whether a line is the label of a division and nothing else: FIRST PART."""
    bare = text.strip("_*=~ ")
    label = head_label(bare, layout.language)
    return label is not None and bool(label.type) and label.length >= len(bare.rstrip(". "))


def _opens_italics(rows: Rows, at: int, language: Language) -> bool:
    """Whether a line begins words in italics that go on below it: what is told of the play, where no person stands apart; but not
    more persons, each after a comma: _Servants, a Boy, Watch / and Constable._
    """
    text = rows[at].text
    if text[0] != "_" or text.count("_") != 1 or word_count(text) <= LONGEST_GROUP:
        return False
    others = " ".join(row.text for row in rows[at : chunk_end(rows, at)]).strip("_. ").split(",")
    first = (next((word for word in other.split() if word not in language.articles), "") for other in others)
    return len(others) < FEWEST_PERSONS or sum(word[:1].isupper() for word in first) < _NAMED * len(others)


def _tells_who(rest: str) -> bool:
    """Whether what stands behind a name is more of it, or who he is, and nothing that he says: THE RT. HON. SIR JOHN HOLM (a lord)."""
    return rest[:1] in ("(", "[", ",") or (rest[:2].isupper() and rest[:2].isalpha())


def _are_described(items: Rows, language: Language) -> bool:
    """Whether sentences tell who persons are, the last of all too, whose names are set in italics: "Sir _John Holm_. A merchant."."""
    named = (match_label(row.text, language) for row in items if row.gap and "_" in row.text)
    pointed = [m for m in named if m is not None and "." in m["mark"] and "_" in m[0] and len(m.string) > m.end()]
    return len(pointed) > 1 and pointed[-1].string == items[-1].text


def _ends_below(rows: Rows, start: int, at: int, layout: Layout) -> bool:
    """Whether a row of ornaments closes the list of persons: no more of them stand below it, but the place, or one whom it has named
    speaks there.
    """
    if not rows[at].gap or ornament(rows, at, layout) is None:
        return False
    if at + 1 == len(rows) or rows[at + 1].gap > 2 or tells_setting(rows[at + 1].text, layout.language):
        return True
    if begins_part(rows[at + 1].text, layout) or named_division(rows[at + 1].text, layout.language) is not None:
        return True
    name = speaker_key(rows[at + 1].text)
    return any(f" {first_name(row.text)}".endswith(f" {name}") for row in rows[start:at])


def _lists_persons(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether persons stand below the name of a group of them (WOMEN.), or, with no heading, right above the first act or scene."""
    above = rows[at - 1]
    few = all(len(row.text) <= LONGEST_PERSON for row in rows[at : at + FEWEST_PERSONS])
    group = names_group(above.text, layout.language) and not answers(rows, at - 1, layout.language)
    if above.gap and (group or (few and names_cast_of(above.text, layout.language))):
        return bool(rows[at].gap) and rows[at].text[:1].isupper() and speaker_label(rows[at].text, layout) is None
    if not rows[at].gap or not rows[at].text[:2].isupper():
        return False
    end = at + 1
    while end < len(rows) and rows[end].line - rows[end - 1].line <= layout.spacing:  # taken for speeches, each was set apart
        end += 1
    if end >= len(rows) or not are_persons(rows[at:end]):
        return False
    label = head_label(rows[end].text.strip("_*=~ "), layout.language)
    return (label is not None and label.type in ("act", "scene")) or tells_setting(rows[end].text, layout.language)


def _goes_on_below_note(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether somebody of the list of persons stands below a note that parts him from the others: LENA,[1] / [Note: …]."""
    row = rows[at]
    if not row.gap or row.line >= (layout.first_scene or layout.first_speech) or rows[at - 1].text[-1] != "]":
        return False
    start = at - 1
    while start > 0 and not rows[start].gap:
        start -= 1
    if not start or words(layout.language).note_within.match(rows[start].text) is None:
        return False
    return row.text[:2].isupper() and first_name(row.text) in layout.cast.names and first_name(row.text) != speaker_key(row.text)


_NAMED = 0.75  # of what stands between commas begins large
_FULL = 0.8  # of the measure
_APART = 0.5  # of the lines below the first have white space above
LONGEST_MEASURE = 999


def _goes_on(rows: Rows, at: int, spacing: int, language: Language, full: float) -> bool:
    """Whether a line of the list of persons goes on with the one before: it begins small, or with the bar that joins several, or
    is set in below a comma, or begins with a bracket, or stands right below a full line where white space parts the persons.
    """
    row, last = rows[at], rows[at - 1]
    if row.text[0] in "([" and row.indent > last.indent and row.line - last.line <= spacing:  # taken for a direction, and so set apart
        return True
    if goes_on_below(rows, at):
        return True
    if row.gap:
        return False
    if last.width >= full or (last.text.count("_") % 2 and (last.text[0] == "_" or row.text.count("_") % 2)):
        return True
    above = last.text.rstrip("}| ")
    if last.text.rstrip("_")[-1:].isalpha() and last.text.rstrip("_").rsplit(" ", 1)[-1] in language.function_words:
        return True  # "…, the / Governor."
    return row.text[0] in "|}" or (row.starts_lower and above[-1:] not in (".", ";"))
