"""What stands in brackets: a direction of a play, a reaction of those who hear a speech, a reference."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline import model
from tei_pipeline.inline import crossings, reactions
from tei_pipeline.inline.brackets import Bracket, brackets
from tei_pipeline.inline.flow import Flow, Mark
from tei_pipeline.inline.line_numbers import in_margin
from tei_pipeline.inline.literature import references
from tei_pipeline.inline.literature.bibl import bibl
from tei_pipeline.inline.notes import note_at
from tei_pipeline.rules.drama.directed_lines import is_said_in_brackets
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.inline.context import Context
    from tei_pipeline.layout import Layout
    from tei_pipeline.model import Content, Spans

_BRACED = re.compile(r"\{[^\W\d_][^{}]{1,400}\}")
DIRECTION = 2
"""The rank of a direction, which no other one holds."""
LONGEST_EXIT = 80  # characters: an exit or action that is printed at the end of a verse


def directions(flow: Flow, context: Context) -> list[Mark]:
    """In a play what stands in brackets inside a speech is a stage direction, also in braces; one at its end need not be closed, if it is
    a square one or in italics.
    """
    text = flow.text
    if not context.drama or ("(" not in text and "[" not in text and "{" not in text):
        return []
    counted = in_margin(flow)
    if counted and counted[-1][1] == len(text):
        text = text[: counted[-1][0]].rstrip()
    found = [Mark(m.start(), m.end(), _stage, DIRECTION) for m in _BRACED.finditer(text)] if "{" in text else []
    found += [
        Mark(b.start, b.end, _stage, DIRECTION)
        for b in brackets(text)
        if len(b.inner) > 1 and (any(map(str.islower, b.inner)) or _is_in_capitals(text, b)) and not _is_said(text, b, context.layout)
    ]
    begins = max(text.rfind("["), text.rfind("(_"))
    if (
        begins > 0
        and "]" not in text[begins:]
        and (text[begins] == "[" or (")" not in text[begins:] and text.endswith("_")))
        and len(text) - begins <= LONGEST_EXIT
        and text[begins + 1 : begins + 3].lstrip("_")[:1].isupper()
    ):
        found.append(Mark(begins, len(text), _stage, DIRECTION))
    return found


def _is_in_capitals(text: str, bracket: Bracket) -> bool:
    """Whether words in capitals stand in brackets within a speech that is not printed so: (TO HIS FATHER)"""
    return text[bracket.start] == "(" and _CAPITALS.fullmatch(bracket.inner) is not None and not text.isupper()


_CAPITALS = seldom(r"(?![IVXLCDM., ]+$)(?=(?:\W*[A-ZÀ-ÖØ-Þ]){5})[A-ZÀ-ÖØ-Þ][^a-zß-öø-ÿ\d()_]+")


def _is_said(text: str, bracket: Bracket, layout: Layout) -> bool:
    """Whether somebody says what stands in brackets within a speech, or an editor adds it: it has not the marks of the other directions,
    square brackets or italics, nor begins with a word of the stage; or only a word cut short is in italics: [_lit._ have them made].
    """
    whole = text[bracket.start : bracket.end]
    if is_said_in_brackets(whole, layout) or _GLOSS.match(whole):
        return True
    lacks = any(mark not in whole for mark in layout.direction_marks) or (layout.drama and not layout.acted)
    return lacks and "_" not in whole[:2] and words(layout.language).stage.match(bracket.inner.strip("_ ")) is None


_GLOSS = re.compile(r"[(\[]_[a-zß-öø-ÿ.]{1,6}\.?_,? [a-zß-öø-ÿ]")


def _stage(content: Content, spans: Spans) -> model.Stage:
    return model.Stage(content, None, spans)


def bracketed(flow: Flow, context: Context) -> list[Mark]:
    """What stands in brackets: a reaction of those who hear a speech, a reference to literature, or to another place of the book."""
    text = flow.text
    book = context.book
    if book is None or context.drama or ("(" not in text and "[" not in text):
        return []
    found: list[Mark] = []
    lost = reactions.unclosed(text, book.language) if book.spoken and text.count("(") > text.count(")") else ()
    for bracket in (*brackets(text), *lost):
        if bracket.start < context.start:
            continue
        reaction = reactions.kind_of(bracket.inner, bracket.apart, book.language, book.spoken)
        if reaction is not None:
            found.append(reactions.mark(bracket, reaction))
            continue
        kind = references.kind_of(bracket.inner, book.language, text[bracket.start] == "[")
        if kind == "bibl":
            if not context.note:  # in a note they are found with the others, in order: "ibid." means the one before it
                found.extend(bibl(flow, context, book, bracket.start, bracket.end))
        elif kind == "cross":
            found.append(crossings.bracketed(text, bracket.start + 1, bracket.end - 1, book.language, note_at(flow, context)))
    return found
