"""What only plays have: acts and scenes, a list of persons, directions apart from the speeches, marked or not."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Collection, Sequence

from tei_pipeline.language import Language, fold
from tei_pipeline.rows import Row
from tei_pipeline.rules.drama.persons import (
    LONGEST_LIST,
    Cast,
    answers,
    are_persons,
    cast_length,
    cast_names,
    names_cast,
    names_group,
    tells_setting,
)
from tei_pipeline.rules.headings.head_labels import head_label
from tei_pipeline.rules.shape import chunk_end, starts_upper
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom


def staging(rows: Sequence[Row], language: Language) -> tuple[bool, Cast, list[int], int | None, int]:
    """Whether a text has what only plays have (acts or scenes, a list of persons, stage directions apart), that list, the source lines
    of acts and scenes, the first line of any of these, directions aside, and the row below the list.
    """
    directions = moves = after = 0
    acts: list[int] = []
    opening: int | None = None
    names: dict[str, str] = {}
    unheaded: dict[str, str] = {}  # of lists that only the acts below them show to be such
    openers, moving = words(language).stage, words(language).move
    for i, row in enumerate(rows):
        if i and not (row.gap or row.page):
            continue
        if opening is None and tells_setting(row.text, language):
            opening = row.line
        if len(row.text) > 60:
            continue
        text = row.text.strip("_*[]( ")
        if not text:
            continue
        if names_cast(text, language) and (listed := cast_names(rows, i + 1, language)):
            if not acts and i < len(rows) / 2:  # none hides the plays before it
                after = after or i + 1 + cast_length(rows, i + 1, language)
            opening = row.line if opening is None else opening
            names = {**listed, **names}
        elif names_group(row.text, language) and not answers(rows, i, language):
            unheaded.update(cast_names(rows, i + 1, language))
        label = head_label(text, language)
        if label is not None and label.type in ("act", "scene"):
            acts.append(row.line)
            unheaded.update(_persons_above(rows, i, language))
            opening = row.line if opening is None else opening
        elif text[0].isupper() and openers.match(text) and (row.text[0] in "_[(" or text[-1] in ".]"):
            directions += 1
            moves += row.text[0] in "_[(" and moving.match(text) is not None
    names = {**unheaded, **names} if acts else names
    return bool(names or acts) or directions >= 4 or moves >= FEWEST_MOVES, Cast(names, language), acts, opening, after


FEWEST_MOVES = 2  # entrances and exits in brackets, which no debate or interview has


def _persons_above(rows: Sequence[Row], at: int, language: Language) -> dict[str, str]:
    """The persons of a list without a heading that stands right above an act or scene."""
    start = at
    while start > 0 and at - start < LONGEST_LIST and (start == at or not rows[start].gap):
        start -= 1
    return cast_names(rows[:at], start, language) if are_persons(rows[start:at]) else {}


def are_unmarked(rows: Sequence[Row], language: Language) -> tuple[bool, bool]:
    """Whether entrances and exits stand apart with no bracket or italics, and hardly one with any; and whether they have no point."""
    moving = words(language).move
    bare = pointed = marked = 0
    for i, row in enumerate(rows):
        if (row.gap or row.page) and (i + 1 == len(rows) or rows[i + 1].gap) and moving.match(row.text.lstrip("[(_")):
            if row.text[0] in "[(_":
                marked += 1
            elif row.text[-1].isalnum():
                bare += 1
            else:
                pointed += 1
    every = ALMOST_ALL_UNMARKED * (bare + pointed + marked)
    return bare + pointed >= max(FEWEST_UNMARKED, every), bare >= max(FEWEST_UNMARKED, every)


def bracket_marks(rows: Sequence[Row]) -> str:
    """What nearly all brackets have that stand at the front of a paragraph or behind its first words, the name of a speaker: ``[`` if they
    are square, or if of many paragraphs hardly one begins with a round one; ``_`` if their words are in italics.
    """
    begun = [row for row in rows if row.gap or row.page]
    first = [m["bracket"] for row in begun if (m := _BRACKET.match(row.text)) is not None and not _ADDED.match(row.text)]
    if len(first) < FEWEST_BRACKETS:
        return "[" if sum(bracket[0] == "(" for bracket in first) < len(begun) // MANY_PARAGRAPHS else ""
    return "".join(mark for mark in "[_" if sum(mark in bracket for bracket in first) >= ALMOST_ALL_BRACKETS * len(first))


_BRACKET = seldom(r"_?(?:[^\W\d_][^\s()\[\]]*\s){0,3}(?P<bracket>[(\[][^()\[\]]{3,})")
_ADDED = seldom(r"\[[A-ZÀ-ÖØ-Þ .'’-]{2,30}\],? [A-ZÀ-ÖØ-Þ]{2}")  # before a name, by an editor: [LENA], WEAVER
FEWEST_BRACKETS = 12
MANY_PARAGRAPHS = 40  # with directions in round brackets, some would stand behind a name
ALMOST_ALL_BRACKETS = 0.9
FEWEST_UNMARKED = 8  # entrances and exits
ALMOST_ALL_UNMARKED = 0.8  # of them


def directions_indent(rows: Sequence[Row], language: Language, names: Collection[str], margin: int) -> int:
    """The column at which directions stand without any mark, right of that of the speeches (``margin``); 0 if none do. They tell in
    running text what persons do, and name them: "Pavel waves her off. She sits down." Far in and often, where no name stands right above,
    few need to; and none where hardly a paragraph set in so is anything else.
    """
    called = {word for name in names for word in name.split() if len(word) >= SHORTEST_NAME and word not in language.articles}
    naming: Counter[int] = Counter()
    others: Counter[int] = Counter()
    said: Counter[int] = Counter()  # right below the name of a speaker
    begun: Counter[int] = Counter()
    for i, row in enumerate(rows):
        if not row.gap or row.indent <= margin:
            continue
        begun[row.indent] += 1
        if is_set_in(rows, i):
            words = _WORD.findall(" ".join(line.text for line in rows[i : chunk_end(rows, i)]))
            tells = any(word.istitle() and fold(word) in called for word in words)
            (naming if tells else others)[row.indent] += 1
            said[row.indent] += i > 0 and fold(rows[i - 1].text.strip("_.: ")) in names
    indent, times = max(naming.items(), key=lambda found: found[1], default=(0, 0))
    alone, most = max(others.items(), key=lambda found: found[1], default=(0, 0))
    if most + naming[alone] >= max(OFTEN_ALONE, ALONE * begun[alone]) and not said[alone] and begun[alone] > begun.total() / 2:
        return alone
    every = times + others[indent]
    often = indent >= margin + FAR_IN and every >= OFTEN and said[indent] <= SAID * every
    return indent if times >= FEWEST_SET_IN and times >= (SHARE_FAR_IN if often else SHARE_NAMING) * every else 0


def is_set_in(rows: Sequence[Row], at: int) -> bool:
    """Whether a paragraph of running text, ended by a point, has all its lines in the column of its first."""
    end = chunk_end(rows, at)
    chunk = rows[at:end]
    text = chunk[0].text
    if not (text[0].isalnum() and starts_upper(text) and chunk[-1].ends_sentence) or any(row.indent != chunk[0].indent for row in chunk):
        return False
    return len(chunk) == 1 or any(row.starts_lower for row in chunk[1:])


def last_line(rows: Sequence[Row], said: Sequence[int], language: Language) -> int:
    """The source line of the words that close the last play (FINIS), if those who speak hardly seem to do so below them."""
    named = (row.line for row in reversed(rows) if len(row.text) <= LONGEST_CLOSING and fold(row.text).strip(" .:_*") in language.trailers)
    closing = next(named, None)  # but END OF ACT I closes no play
    if closing is None or not said or closing < said[0]:
        return sys.maxsize
    return closing if sum(line > closing for line in said) <= max(2, FEW_BEHIND * len(said)) else sys.maxsize


LONGEST_CLOSING = 40  # characters
FEW_BEHIND = 0.08  # of what is said: names in what is told of other books, or of misprints


_WORD = re.compile(r"[^\W\d_]+")
SHORTEST_NAME = 3  # letters
FEWEST_SET_IN = 4  # paragraphs
SHARE_NAMING = 0.5  # of those set in name persons; the others call them she and he
SHARE_FAR_IN = 0.15
OFTEN = 12  # paragraphs far in
FAR_IN = 8  # columns
OFTEN_ALONE = 8  # paragraphs set in so
ALONE = 0.8  # of them are running text that a point ends
SAID = 0.25  # of them may stand right below a name: verses that somebody says would
