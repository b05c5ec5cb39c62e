"""What lines of a play tell by their words: who moves, what is sung, what has a title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.drama.persons import speaker_key
from tei_pipeline.rules.drama.piece_titles import IN_CAPITALS
from tei_pipeline.rules.drama.play_lines import opens_move
from tei_pipeline.rules.drama.speakers import speaker_label
from tei_pipeline.rules.headings.head_labels import head_label, named_division
from tei_pipeline.rules.shape import loose_lines, starts_upper
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

FULL = 0.8  # of the measure
FAR_BELOW = 3  # empty lines
FEWEST_VERSES = 3  # two lines may begin with nouns
LONGEST_UNMARKED = 8  # lines of a direction without marks
SEVERAL = 2  # persons, who come with others
SHORTEST_NAME = 3  # letters, of somebody who need not speak: _He and_ MASON _rise._
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ITALIC = re.compile(r"_[^_]*_")


def titles(rows: Rows, at: int, layout: Layout) -> bool:
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


def is_verse_or_talk(chunk: Rows, layout: Layout) -> bool:
    """Whether several lines that begin with a word of the stage, and nobody's move, are verses, each begun with a capital, or stand in a
    dialogue that is not acted: "Silence and night have laid a hand / Upon the weir …".
    """
    text = chunk[0].text
    if len(chunk) < 2 or text[0] in "_([" or text.split()[0].isupper() or opens_move(text, layout.language):
        return False
    verses = len(chunk) >= FEWEST_VERSES and all(starts_upper(row.text) for row in chunk)  # two lines may begin with nouns
    verses = verses and not any(head_label(row.text, layout.language) for row in chunk)  # Scene: the mill. / Act I: evening.
    return not layout.acted or (verses and not layout.plain_directions)


def is_left_open(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether a line or a few that fill it stand apart, in small letters, and no point ends them as it ends what is said: Cock crows"""
    text = rows[end - 1].text
    if not (text[-1].isalnum() and starts_upper(rows[at].text)) or rows[at].text.isupper():
        return False
    return all(row.width > FULL * layout.measure for row in rows[at : end - 1]) and named_division(text, layout.language) is None


def is_song(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether lines in italics are verses: three or more, each ended early and begun with a capital; or small, as Spaniards and Italians
    print them, below a direction in brackets.
    """
    chunk = rows[at:end]
    if len(chunk) < FEWEST_VERSES:
        return False
    large = sum(starts_upper(row.text) for row in chunk) >= 0.8 * len(chunk)
    told = at > 0 and rows[at - 1].text[-1] in ")]" and chunk[0].text[1:2] not in "(["
    loose = loose_lines(chunk, max(layout.measure, max(row.width for row in chunk) + 6))
    return loose >= (0.6 if large else ALMOST_ALL) * (len(chunk) - 1) and (large or told)


ALMOST_ALL = 0.8  # lines, that could have held the first word of the next


def names_in_capitals(chunk: Rows, layout: Layout) -> bool:
    """Whether running text names persons of the play in capitals, and nothing else, as directions do where speeches do not."""
    if not layout.cast or not layout.speakers_capital or layout.speaker_style != "run-in":
        return False
    text = " ".join(row.text for row in chunk)
    apart = min(row.indent for row in chunk) > layout.margin  # VOICES behind the scenes.
    if chunk[0].starts_lower or not chunk[-1].ends_sentence or text[0] in "\"“'‘" or words(layout.language).byline.match(text):
        return False
    bare = _BRACKETED.sub(" ", text)
    possessive = words(layout.language).possessive
    keys = [speaker_key(possessive.sub("", name)) for name in IN_CAPITALS.findall(bare)]
    return (
        bool(keys)
        and (all(known := [layout.cast.has(key) or key in layout.speakers for key in keys]) or (apart and sum(known) >= SEVERAL))
        and any(len(word) > 3 and word.islower() for word in bare.split())
    )


def runs_in_small(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether somebody speaks next, or does something, and the names before speeches are not in capitals, as they are in directions."""
    if layout.speaker_style != "run-in" or layout.speakers_capital:
        return False
    return at >= len(rows) or rows[at].text[0] == "_" or speaker_label(rows[at].text, layout) is not None


def in_italics_but_names(chunk: Rows, layout: Layout, least: int) -> bool:
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


def somebody_acts(text: str, layout: Layout) -> bool:
    """Whether words begin with a speaker's name in capitals and go on in small letters, without the mark that speeches have."""
    tokens = text.replace("_", " ").split()
    if len(tokens) > 1 and tokens[0].lower() in layout.language.articles:
        del tokens[0]
    count = 0
    while count < len(tokens) and count < 5 and tokens[count].strip(".,'’").isupper() and len(tokens[count].strip(".,")) > 1:
        count += 1
    if not count or count == len(tokens):
        return False
    name = words(layout.language).possessive.sub("", " ".join(tokens[:count]))
    key = speaker_key(name.rstrip(","))
    return tokens[count][0].islower() and tokens[count - 1][-1] not in ":" and (key in layout.speakers or layout.cast.has(key))


def somebody_is_doing(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a short line apart is the name of a speaker and a few small words: "Rory sings."."""
    text = rows[at].text
    tokens = text.split()
    if not 2 <= len(tokens) <= 6 or text[-1] not in ".:" or not rows[at].gap or (at + 1 < len(rows) and not rows[at + 1].gap):
        return False
    known = speaker_key(tokens[0]) in layout.speakers or layout.cast.has(speaker_key(tokens[0]))
    return known and all(token[0].islower() for token in tokens[1:])


def begins_person(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether a paragraph without a name before it stands right below what somebody says, and its sentences begin with a person of the play
    and what he does, in the third: The Doctor and the Judge leave by the other door.
    """
    text = " ".join(row.text for row in rows[at:end])
    if layout.speaker_style != "run-in" or text[-1] != "." or any(c in text for c in '?!"“„«') or not at:
        return False
    start = at - 1
    while start > 0 and not rows[start].gap:
        start -= 1
    if speaker_label(rows[start].text, layout) is None:
        return False
    tokens = text.split()
    first = int(tokens[0].lower() in layout.language.articles)
    called = first + 1 < len(tokens) and (
        _is_called(tokens[first], layout) or speaker_key(" ".join(tokens[: first + 1])) in layout.speakers
    )
    if not called or any(word.isupper() and len(word) == 1 for word in tokens[1:]):
        return False  # a letter alone is I, who speaks
    others = (word for word in tokens[first + 1 :] if word not in layout.language.joining and word not in layout.language.articles)
    return next((word for word in others if not (word[0].isupper() and word[-1].isalpha())), "")[:1].islower()


def _is_called(word: str, layout: Layout) -> bool:
    """Whether a word is the name of a person of the play, or one of its words, with no comma behind it as behind one who is spoken to."""
    key = speaker_key(word)
    if not (word[0].isupper() and word[-1].isalpha() and len(key) > SHORTEST_NAME):
        return False
    return key in layout.speakers or layout.cast.has(key) or any(key in name.split() for name in layout.speakers)
