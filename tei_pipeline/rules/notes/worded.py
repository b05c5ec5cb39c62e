"""Notes that say that they are notes: "[Footnote 1: It was sold.]", "Footnote 1: It was sold.", and those of the margin."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Match, Rows
from tei_pipeline.language import alternation, fold, load
from tei_pipeline.remembered import Same, remembered
from tei_pipeline.rules.headings.labels import lettered_note
from tei_pipeline.rules.notes.ends import loose_end
from tei_pipeline.rules.notes.labels import as_referred, note_words, worded, worded_label
from tei_pipeline.rules.notes.matches import single
from tei_pipeline.rules.notes.referred import stands_anywhere_before, stands_before
from tei_pipeline.rules.shape import chunk_end
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


@lru_cache(maxsize=1)
def _short_word() -> re.Pattern[str]:
    """The label of a note whose word transcribers shorten, without a point behind it: [FN 1 Thus the text of the note]."""
    marks = alternation(mark for mark in load("en").library.note_marks if len(mark) > 1)
    return re.compile(rf"^[\[({{]\s*{marks}\.?\s+(?P<n>[0-9]{{1,4}}[a-z]?)\s+(?=\S)")


_NUMBER = seldom(r"^\[(?P<n>[0-9]{1,3}|[A-Z](?=:))\s?[:.]?\.?\s+(?=\S)")  # [3: Thus the text of the note]
CLOSING = {"[": "]", "(": ")", "{": "}", "<": ">"}  # the brackets of transcribers
LONGEST = 60  # chunks of one bracketed note: beyond, the bracket was lost


def bracketed_note(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A bracket that opens with the word for a note and its number holds the note, up to where it closes."""
    text = rows[at].text
    if text[0] not in CLOSING:
        return _worded_note(rows, at, layout)
    m = _short_word().match(text) or _counted(rows, at)
    label = (m["n"], m.end()) if m is not None else _starred(rows, at, layout) or worded_label(text, layout.language)
    if label is None:
        return _beside_word(rows, at, layout)
    if lettered_note(rows, at, layout) or (label[1] >= len(text) and text[-1] in "])}>" and chunk_end(rows, at) == at + 1):
        return None  # the bracket holds nothing but the word and the number: it heads something, or refers to it
    opening = text[0]
    closing = CLOSING[opening]
    depth = 0
    chunks = 0
    for i in range(at, len(rows)):
        if rows[i].gap and i > at:
            chunks += 1
            if chunks > LONGEST or rows[i].gap > 4:
                break
        depth += rows[i].text.count(opening) - rows[i].text.count(closing)
        if depth <= 0:
            return single(rows, at, i + 1, *label, "inline", "in brackets")
    return single(rows, at, chunk_end(rows, at), *label, "inline", "in brackets that do not close")


_WORD_ALONE = seldom(r"^[\[({](?P<word>[^\W\d_]{4,20})[\])}]\s+(?P<n>\*{1,4}|[†‡]|\d{1,3}(?=[.)\s]))[.)]?\s?(?=\S)")


def _beside_word(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A note whose word alone stands in brackets, before its siglum: "[footnote] *It was sold."."""
    m = _WORD_ALONE.match(rows[at].text) if rows[at].gap else None
    if m is None or fold(m["word"]) not in note_words(layout.language):
        return None
    return single(rows, at, chunk_end(rows, at), m["n"], m.end(), "inline", "behind the word for a note, in brackets")


def _counted(rows: Rows, at: int) -> re.Match[str] | None:
    """The number, or letter and colon, that a bracket opens with, if the text above has it, however far: "[3: It was sold.]"."""
    begins = rows[at].gap or (at and rows[at - 1].text[-1] == "]")
    m = _NUMBER.match(rows[at].text) if begins else None
    return m if m is not None and stands_anywhere_before(rows, at, f"[{m['n']}]") else None


_STARRED = seldom(r"[\[(](?P<n>\*{1,4}|[†‡§])\s?(?P<word>[^\W\d_]{4,20}[.:]\s+)?(?=[^\W_]|[\"“„«'‘_])")


def _starred(rows: Rows, at: int, layout: Layout) -> tuple[str, int] | None:
    """The star that a bracket opens with, if the text above has it, and the word for a note behind it: "[* It was sold.]", "(*Footnote. It
    was sold.)"; that word in square brackets has a rule of its own.
    """
    row = rows[at]
    m = _STARRED.match(row.text) if row.gap and row.text[1:2] in "*†‡§" else None
    if m is None or not any(stands_before(rows, at, printed) for printed in as_referred(m["n"])):
        return None
    if m["word"] is None or fold(m["word"]).rstrip(".: ") not in note_words(layout.language):
        return m["n"], m.end("n") + row.text[m.end("n")].isspace()
    return None if row.text[0] == "[" else (m["n"], len(" ".join(m.group().split())) + 1)  # as running text has it


def _worded_note(rows: Rows, at: int, layout: Layout) -> Match | None:
    """The same without brackets, where the text above has its number: "Footnote 3: It was sold."."""
    row = rows[at]
    label = worded(row.text, layout.language) if at and (row.gap or rows[at - 1].ends_sentence) else None
    if label is not None and label[2] >= len(row.text) and row.text[-1] == ":":
        return _set_in_below(rows, at, label[1])
    if label is None or lettered_note(rows, at, layout) or not (row.gap or _stands_below_another(rows, at, label[1], layout)):
        return None
    _, n, length = label
    if not any(stands_before(rows, at, printed) for printed in as_referred(n, row.text)):
        return None
    return single(rows, at, loose_end(rows, at, layout), n, length, "inline", "by its word, which the text before refers to")


def _set_in_below(rows: Rows, at: int, n: str) -> Match | None:
    """The note whose label stands alone, where the text above has its number: what is set in below the label."""
    end = at + 1
    while end < len(rows) and rows[end].gap <= 1 and rows[end].indent > rows[at].indent:
        end += 1
    if end == at + 1 or not any(stands_before(rows, at, printed) for printed in as_referred(n, rows[at].text)):
        return None
    return single(rows, at, end, n, len(rows[at].text), "inline", "set in below its label, which the text before refers to")


def _stands_below_another(rows: Rows, at: int, n: str, layout: Layout) -> bool:
    """Whether the lines right above, without a gap, begin with the note of the number before."""
    for k in range(at - 1, -1, -1):
        label = worded(rows[k].text, layout.language)
        if label is not None:
            return n.isdigit() and label[1] == str(int(n) - 1)
        if rows[k].gap:
            return False
    return False


def sidenote(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A bracket that says that it stood in the margin is a note there; what goes on behind it on its line is a paragraph that holds it."""
    text = rows[at].text
    m = words(layout.language).sidenote.match(text) if text[0] in "[{<" else None
    if m is None:
        return _braced(rows, at, layout)
    closing = CLOSING[text[0]]
    end = at + 1
    depth = text.count(text[0]) - text.count(closing)
    chunks = 1
    while end < len(rows) and depth > 0:
        if rows[end].gap and not _closes_below(rows, end, text[0]) and not (m["foot"] and _goes_on_below(rows, at, end, chunks)):
            break
        depth += rows[end].text.count(text[0]) - rows[end].text.count(closing)
        chunks += bool(rows[end].gap)
        end += 1
    if (m["foot"] and depth > 0) or _GOES_ON.search(rows[end - 1].text):
        return None
    sign = m["n"] or m["star"] or ("*" if m["foot"] and _has_star_above(rows, at) else "")
    container = Container("note", rows[at].line, sign, m.end(), "inline" if m["foot"] else "margin")
    return Match("notes", end, "a bracket that says that it is a note", 0.95, parts=((at, end, container),))


def _goes_on_below(rows: Rows, at: int, end: int, chunks: int) -> bool:
    """Whether a paragraph may be another one of the note whose bracket is open: not far below, and as far in."""
    return rows[end].gap <= 2 and rows[end].indent >= rows[at].indent and chunks < MOST_PARAGRAPHS


MOST_PARAGRAPHS = 20  # of a note without a number: beyond, the bracket was lost


def _closes_below(rows: Rows, at: int, bracket: str) -> bool:
    """Whether a line apart in a bracket that is open still is its last: "[Sidenote: _Of the weir_", and below it "_Of the rope_]"."""
    return rows[at].gap == 1 and rows[at].text[-1] == CLOSING[bracket] and bracket not in rows[at].text and chunk_end(rows, at) == at + 1


_GOES_ON = re.compile(r"[\]}>][^\[\]{}<>]*[^\W\d_][^\[\]{}<>]*$")  # words behind the last bracket of a line


def _braced(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A few words alone in braces stood in the margin, where more paragraphs of the book stand so: "{Of the weir.}"."""
    if layout.drama or not _is_braced(rows, at) or len(_braces(Same(rows))) < FEWEST_BRACED:
        return None  # in a play they are directions
    end = chunk_end(rows, at)
    container = Container("note", rows[at].line, "", 0, "margin")
    return Match("notes", end, "alone in braces, as others of the book", 0.85, parts=((at, end, container),))


def _is_braced(rows: Rows, at: int) -> bool:
    """Whether all of a short paragraph stands in one pair of braces, and says something."""
    if rows[at].text[0] != "{" or not rows[at].gap:
        return False
    end = chunk_end(rows, at)
    whole = " ".join(row.text for row in rows[at:end])
    return whole[-1] == "}" and whole.count("{") == 1 and end - at <= LONGEST_BRACED and _SAYS.search(whole) is not None


@remembered(1)
def _braces(same: Same[Rows]) -> tuple[int, ...]:
    """The rows of all such paragraphs."""
    return tuple(at for at, row in enumerate(same.value) if row.text[0] == "{" and _is_braced(same.value, at))


_SAYS = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,}\W+[^\W\d_]{2,}|\b1\d{3}\b")  # two words, or a year
LONGEST_BRACED = 6  # printed lines
FEWEST_BRACED = 4  # paragraphs


def _has_star_above(rows: Rows, at: int) -> bool:
    """Whether the paragraph right above has a star behind a word, for which a note without a sign of its own stands."""
    for i in range(at - 1, -1, -1):
        if _STAR.search(rows[i].text):
            return True
        if rows[i].gap or rows[i].text[0] == "[":
            return False
    return False


_STAR = re.compile(r"(?<=[^\s*(\[])\*(?![\w*])")
