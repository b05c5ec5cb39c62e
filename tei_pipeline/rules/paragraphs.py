"""Paragraphs, and what stands between them: ornaments, illustrations, residue, lines kept as they are."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Facts, Match, Rows
from tei_pipeline.language import Language, fold
from tei_pipeline.rows import Row
from tei_pipeline.rules.drama.speakers import speaker_label
from tei_pipeline.rules.headings.head_labels import head_label
from tei_pipeline.rules.letters.dated import is_dateline
from tei_pipeline.rules.letters.near_dates import supplies_date
from tei_pipeline.rules.letters.signers import is_behind_dash
from tei_pipeline.rules.lists.markers import MARKER, kind_of
from tei_pipeline.rules.notes.headings import names_notes
from tei_pipeline.rules.shape import announces, chunk_end, closed_up, is_capitals, is_edge, is_title_case, without_reference
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

_ORNAMENT = re.compile(r"^(?:[*⁂✻✽❦☙•·.~=_+#oO—–-](?:\s*[*⁂✻✽❦☙•·.~=_+#oO—–-])*)$")
_PAGE_BEHIND = seldom(r"(?<=[^\s\w])\s+(?:\{[^{}]{1,8}\}|\[[^\[\]]{1,10}\])$")
_NOT_ORNAMENT = re.compile(r"^(?:\.|\.{3}|[-–—]{1,2}|[oO]+\.?)$")
_RESIDUE = re.compile(r"^(?:</?[a-zA-Z]+/?>|/?[a-z]+>|&[a-z]+;|/[*#$]|[*#$]/|[.\\|^~`'\"]{1,2})$")
_DRAWN_RULE = re.compile(r"([-+=_~*])\1{9,}$")


def ornament(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A line of nothing but asterisks, rules or flowers parts sections; behind them the mark of a page may stand."""
    text = rows[at].text
    if layout.page_marks and text[-1] in "]}" and (mark := _PAGE_BEHIND.search(text)) is not None:
        text = text[: mark.start()]
    if (text[0].isalnum() and text[0] not in "oO") or not _ORNAMENT.match(text) or _NOT_ORNAMENT.match(text):
        return None
    if len(text.replace(" ", "")) == 1 and text not in "⁂✻✽❦☙*":
        return None
    if "o" in text and "O" in text:
        return None  # the letter in a table of the alphabet, large and small
    if is_edge(rows, at):
        return None
    return Match("ornament", at + 1, f"only ornament: {text[:20]}", 0.97)


def illustration(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A bracketed marker of an illustration stands where the plate was."""
    if rows[at].text[0] not in "[{(" or not words(layout.language).figure.match(rows[at].text):
        return None
    text = rows[at].text
    opening = text[0]
    closing = {"[": "]", "{": "}", "(": ")"}[opening]
    depth = 0
    for i in range(at, min(len(rows), at + 30)):
        depth += rows[i].text.count(opening) - rows[i].text.count(closing)
        if depth <= 0:
            if not rows[i].text.endswith(closing) and i + 1 < len(rows) and rows[i + 1].gap == 0:
                return None
            if layout.drama and _is_acted(rows[at : i + 1], opening, closing, layout):
                return None
            return Match("illustration", i + 1, "a bracketed marker of an illustration", 0.98)
    return None


def _is_acted(marker: Rows, opening: str, closing: str, layout: Layout) -> bool:
    """Whether a marker in a play tells what is heard or done, since a point ends it, and no colon stands behind its first word: [Music
    ceases.], [Drawing his sword.]; or that word is one of the stage.
    """
    text = " ".join(row.text for row in marker)
    if ":" in text[:_FIRST_WORD]:
        return False
    if text[-1] != closing or " " not in text:
        return text[-1] != closing or opening == "(" or text[-2] == "."
    return text[-2] == "." or words(layout.language).stage.match(text[1:]) is not None


_FIRST_WORD = 16  # characters


def editorial(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A paragraph wholly in square brackets is a remark of the editor."""
    if rows[at].text[0] != "[" or layout.drama or (not rows[at].gap and at):
        return None
    end = chunk_end(rows, at)
    text = " ".join(row.text for row in rows[at:end])
    label = head_label(text[1:-1], layout.language) if end == at + 1 and _EDITION.search(text) is None else None
    if (label is not None and label.type) or (end == at + 1 and is_dateline(text, layout)):
        return None
    if end == at + 1 and (supplies_date(rows, at, layout) or names_notes(text, layout)):
        return None
    if (text[-1] != "]" and not text.endswith("].")) or text.count("[") != text.count("]") or text.count(" ") < 3 or "]" in text[1:-2]:
        return None
    if announces(text.rstrip(".])")):
        return None  # the author himself leads on to a letter: [He wrote to his wife:--]
    return Match("editorial", end, "in square brackets from its first character to its last", 0.75)


_EDITION = re.compile(r"_1[4-8]\d\d[^_]*_")  # how an edition reads a title: [Elegie I. Malice. _1635-54:_ Elegie I. _1633_]


def is_residue(text: str) -> bool:
    """Whether a line is a scrap of markup: white space where it stood is as good as gone."""
    return len(text) <= LONGEST_SCRAP and _RESIDUE.match(text) is not None


LONGEST_SCRAP = 8  # characters


def residue(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A scrap of markup or a lone point on a line of its own is left over from conversion."""
    text = rows[at].text
    if not is_residue(text):
        return None
    return Match("residue", at + 1, f"nothing but {text!r}", 0.9)


def paragraph(rows: Rows, at: int, layout: Layout) -> Match:
    """Running text up to the next gap, or the next indented first line where the book begins paragraphs so."""
    end = paragraph_end(rows, at, layout)
    lines = end - at
    if lines == 1:
        full = rows[at].ends_sentence
        return Match("paragraph", end, "one line", 0.98 if full else 0.7, Facts())
    return Match("paragraph", end, f"{lines} lines of running text", 0.97 if rows[end - 1].ends_sentence else 0.88)


def begins_paragraph(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether white space, or the indent of first lines where a book begins paragraphs so, parts a row from the one above it."""
    row = rows[at]
    return bool(row.gap) or not at or (layout.style == "indent" and layout.indent > 0 and row.indent == layout.margin + layout.indent)


def paragraph_end(rows: Rows, at: int, layout: Layout) -> int:
    """Past the lines of the paragraph that begins at a row; a rule, a list or a heading over contents ends it even without white space."""
    end = _paragraph_end(rows, at, layout)
    end = next((i for i in range(at + 1, end) if rows[i].text[0] in "+=_~*-1(" and _ends_above(rows, at, i, end)), end)
    if end - at > 1 and rows[at].indent < layout.margin + FAR_RIGHT and layout.style != "unwrapped":
        end = _signed_from(rows, at, end, layout)
    for i in range(at + 1, min(end, at + LONGEST_TITLE_PAGE)):
        text = rows[i].text
        if len(text) < 60 and text.isupper() and names_contents(text, layout):
            return i
    return end


def _ends_above(rows: Rows, at: int, i: int, end: int) -> bool:
    """Whether a row within the lines of a paragraph is a rule, or the first of the items that the line above announces, one of several set
    in alike.
    """
    row = rows[i]
    if _DRAWN_RULE.match(row.text):
        return True
    if row.indent <= rows[at].indent or not announces(rows[i - 1].text) or (found := MARKER.match(row.text)) is None:
        return False
    kind = kind_of(found[1])
    return any(
        row.indent == other.indent and (marked := MARKER.match(other.text)) is not None and kind_of(marked[1]) == kind
        for other in rows[i + 1 : end]
    )


def _signed_from(rows: Rows, at: int, end: int, layout: Layout) -> int:
    """Where the last lines of a run stand far to the right, and hold no figures: they close or sign what stands above them. A dash leads
    to a name even from nearer.
    """
    start = end
    while start > at + 1 and _closes(rows[start - 1], layout) and not any(c.isdigit() for c in rows[start - 1].text):
        start -= 1
    return start if any(c.isalpha() for row in rows[start:end] for c in row.text) else end


def _closes(row: Row, layout: Layout) -> bool:
    return row.indent >= layout.margin + FAR_RIGHT or is_behind_dash(row, layout)


def _labelled_line(text: str, layout: Layout) -> bool:
    """Whether a line is the label of a numbered division, alone or in capitals."""
    label = head_label(text, layout.language)
    return label is not None and bool(label.type) and (label.length >= len(text.rstrip(" .:")) or text.isupper())


@lru_cache(maxsize=16)
def _first_words(language: Language) -> frozenset[str]:
    return frozenset(name.split(" ", 1)[0] for name in language.contents)


def names_contents(text: str, layout: Layout) -> bool:
    """Whether a line is the heading of a contents page."""
    text = closed_up(without_reference(text))
    first = text.lstrip("[_* ").split(" ", 1)[0].strip(".:_*[]").lower()
    names = layout.language.contents
    if heads_issue(text, layout):
        return True
    if first.isascii() and first not in _first_words(layout.language):
        return _of_book(text, layout)
    name = text.lstrip("[_* ")
    if name[:1].islower():
        return False  # the last line of a sentence: "... and told / the contents."
    bare = fold(text).strip(" .:_*[]")
    if bare in names:
        return True
    if (division := layout.language.divisions.get(bare)) is not None and division.type != "contents":
        return False  # "Indice dei nomi"
    named = max((len(name) for name in _extended(layout.language) if bare.startswith((name + " ", name + "."))), default=0)
    if not named or len(bare) >= 80:
        return _of_book(text, layout)
    if is_capitals(name) or is_title_case(name, layout.language.lowercase_in_titles):
        return True
    open_ended = ",;—–-" if " " in bare[:named].strip() else ",;:—–-"  # "Table of contents, with the places of the scenes:"
    return len(bare[named:].split()) <= MOST_AFTER and name.rstrip()[-1] not in open_ended


def _of_book(text: str, layout: Layout) -> bool:
    """Whether the word for contents stands last in a short line in capitals, in front or behind the book's title: DRY RIVER CONTENTS."""
    words = text.split()
    if len(words) not in (2, 3, 4) or not is_capitals(text) or words[-2].islower():
        return False
    if fold(words[-1]).strip(" .:_*[]") not in layout.language.contents:
        return False
    title, whole = fold(" ".join(words[:-1])).strip(" .:_*[]"), fold(text).strip(" .:_*[]")
    said = [fold(row.text).strip(" .:_*[]") for row in layout.rows[:FRONT]]
    if any(title in line and whole not in line for line in said):
        return True
    return whole in said and not any(line in layout.language.contents for line in said)


FRONT = 120  # printed lines: farther on such words head a chapter


def heads_issue(text: str, layout: Layout) -> bool:
    """Whether the word for contents stands between the number and the date of an issue, far from both: "No. 3   CONTENTS   MAY, 1931"."""
    amid = _AMID.match(text) if len(text) <= LONGEST_HEAD else None
    return amid is not None and fold(amid[1]).strip(" .:_*") in layout.language.contents


LONGEST_HEAD = 200  # characters, white space with them, of the line over an issue
_AMID = re.compile(r"\S.* {3,}(\S+) {3,}\S.*\d\W*$")


@lru_cache(maxsize=16)
def _extended(language: Language) -> tuple[str, ...]:
    """The names of a contents page that more words may follow ("Contents of the First Volume"): made of the word for contents itself;
    "the table" of something else is a title.
    """
    names = language.contents
    return tuple(sorted(name for name in names if len(name) > 5 and not names.isdisjoint((name.split(" ")[0], name.split(" ")[-1]))))


MOST_AFTER = 5  # words after the name of the contents, in a heading that is not set as a title: "du premier volume"
FAR_RIGHT = 25  # columns: a line so far from the margin closes or signs what stands above it
LONGEST_TITLE_PAGE = 40  # lines of a title page that run into the contents


def _paragraph_end(rows: Rows, at: int, layout: Layout) -> int:
    count = len(rows)
    if layout.style == "unwrapped":
        end = at + 1
        while end < count and rows[end].gap == 0 and rows[end].starts_lower and not rows[end - 1].ends_sentence:
            end += 1
        return end
    end = at + 1
    if layout.style == "indent":
        first = layout.margin + layout.indent
        base = min(rows[at].indent, layout.margin)
        while end < count and rows[end].gap == 0:
            row = rows[end]
            if rows[end - 1].ends_sentence and len(row.text) <= 50 and _labelled_line(row.text, layout):
                break
            if row.indent > base and row.indent >= layout.margin + 1 and (row.indent == first or rows[end - 1].indent <= layout.margin):
                break
            end += 1
        return end
    if layout.speaker_style != "local" and (not layout.indent or layout.settings.paragraphs == "blank"):
        return chunk_end(rows, at)
    while end < count and rows[end].gap == 0:
        spoken = layout.speaker_style == "local" and ":" in rows[end].text[:40] and speaker_label(rows[end].text, layout)
        if spoken and (rows[end - 1].ends_sentence or not rows[end].starts_lower):
            break
        if (
            layout.indent
            and layout.settings.paragraphs != "blank"
            and rows[end].indent == layout.margin + layout.indent
            and rows[end - 1].indent == layout.margin
            and rows[end - 1].ends_sentence
        ):
            break
        end += 1
    return end
