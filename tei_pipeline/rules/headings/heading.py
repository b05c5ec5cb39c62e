"""Headings: numbered, named, in capitals, centred, or short lines with white space around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tei_pipeline.blocks import Facts, Match, Rows
from tei_pipeline.language import DivisionWord, fold
from tei_pipeline.library import library_title
from tei_pipeline.measuring.pages.marks import page_marks
from tei_pipeline.rules.drama.persons import cast_division, names_cast
from tei_pipeline.rules.headings.apart import RULE, cased, glued, underlined
from tei_pipeline.rules.headings.head_labels import HeadLabel, bare_label, head_label, named_division
from tei_pipeline.rules.headings.in_capitals import capitals
from tei_pipeline.rules.headings.isolated import isolated
from tei_pipeline.rules.headings.labels import LONGEST_IN_PART, bracketed, in_part, labelled, lettered_note, stands_alone, unwrapped
from tei_pipeline.rules.headings.named import named_heading
from tei_pipeline.rules.headings.numbers import numbered
from tei_pipeline.rules.headings.over_text import over_text
from tei_pipeline.rules.headings.reviewed import reviewed
from tei_pipeline.rules.headings.spread_titles import spread
from tei_pipeline.rules.headings.titles import MARKS, dangles, deeper_label, names_piece
from tei_pipeline.rules.letters.addressed import titles_letter
from tei_pipeline.rules.letters.dated import is_dateline
from tei_pipeline.rules.letters.over_letters import over_letter
from tei_pipeline.rules.lists.contents import heads_argument, lists_figures
from tei_pipeline.rules.lists.readings import LEMMA
from tei_pipeline.rules.notes.headings import label_of
from tei_pipeline.rules.paragraphs import heads_issue, is_residue, names_contents
from tei_pipeline.rules.shape import FAR_IN, SPELT, announces, chunk_end, is_capitals, is_in_middle, word_count
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


BY_SETTING = (
    underlined,
    spread,
    reviewed,
    capitals,
    over_letter,
    isolated,
    cased,
    over_text,
    glued,
)  # in this order where no label or name tells
_COLUMNS = re.compile(r"(?<=\.)\.|[^\s.]\s{4,}\S")  # points behind the number, or two columns
_OF_TRIAD = re.compile(r"[IVX]{1,4}\. ?[1-9]\.?")
_YEAR_NEXT = re.compile(r"\W{1,5}(?:1[5-9]|20)\d\d\b")
LONGEST_NUMBER = 8  # characters: XXXVIII.
LONGEST_ARTICLE = 4  # characters


def _says_to_whom(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a name and address stand between the date of a letter and its first paragraph, which begins with the greeting:
    "MR. AMOS HOLM, 5 WEST STREET." over "DEAR SIR: Your letter ...".
    """
    end = chunk_end(rows, at)
    if not at or rows[at].gap > 2 or end >= len(rows) or end > at + LONGEST_ADDRESS or rows[end].gap > 1 or layout.drama:
        return False
    if at > 1 and rows[at].gap > rows[at - 1].gap and titles_letter(rows[at].text, layout):
        return False  # the date is that of the letter above
    return is_dateline(rows[at - 1].text, layout) and words(layout.language).greeting.match(rows[end].text) is not None


LONGEST_ADDRESS = 4  # lines


def _label(rows: Rows, at: int, text: str, layout: Layout) -> HeadLabel | None:
    """The label of a heading, also one whose word alone is emphasised (_PROP._ I.), or whose article stands alone above it."""
    label = head_label(text, layout.language)
    if "_" in text and (label is None or not label.type):
        plain = head_label(text.replace("_", ""), layout.language)
        if plain is not None and plain.type:
            length, seen = 0, 0
            while seen < plain.length:
                seen += text[length] != "_"
                length += 1
            return replace(plain, length=length)
    if label is None and len(text) <= LONGEST_ARTICLE and at + 1 < len(rows) and rows[at + 1].gap <= 2:
        if text.isupper() and fold(text) in layout.language.number_articles:
            label = head_label(f"{text} {rows[at + 1].text}", layout.language)
            return label if label is not None and label.type else None
    return label


def _is_told_of(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a sentence with its verb begins with the name: The Illustrations / in this volume are by ..."""
    below = [row.text for row in rows[at + 1 : chunk_end(rows, at)]]
    lower = bool(below) and below[0].lstrip("_*[(")[:1].islower()
    return lower and any(word.strip(".,;:_*") in layout.language.finite for line in below for word in line.split())


def _is_source(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line in italics is set in as far as the verses right above it, which are from there: _Epilogue to The Ferrymen._"""
    row = rows[at]
    if not at or not row.text[0] == row.text[-1] == "_" or row.gap != 1 or row.indent <= layout.margin + 2 or is_capitals(row.text):
        return False
    return rows[at - 1].indent == row.indent and not rows[at - 1].gap


def _is_inscription(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether lines in capitals, set in amid the text and no farther from it than paragraphs are, have V for U as stones have it: DIVI
    AVGVSTI F.
    """
    row = rows[at]
    if layout.drama or (at and (row.gap != 1 or row.indent < layout.margin + 2)):
        return False
    end = chunk_end(rows, at)
    if end < len(rows) and rows[end].gap > 1:
        return False
    said = " ".join(r.text for r in rows[at:end])
    return is_capitals(said) and _V_FOR_U.search(said) is not None and (not at or all(r.indent > layout.margin for r in rows[at:end]))


_V_FOR_U = re.compile(r"[BCDFGHJKLMNPQRST]V[BCDFGHJKLMNPQRSTX]|QV[AEIO]")


def _cites(rows: Rows, at: int, rest: str, layout: Layout) -> bool:
    """Whether the number of a line stands behind a label, right below words set in as far: where they are from (Book II. Line 157.)."""
    m = _UNIT.match(rest)
    if m is None or fold(m[1]) not in layout.language.citation_units or not at or rows[at].gap > 1:
        return False
    return rows[at].indent > layout.margin and rows[at - 1].indent == rows[at].indent


_UNIT = re.compile(r"\W{0,3}([^\W\d_]+\.?) \d{1,5}\.?$")


def _is_quoted(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line is announced by a paragraph at the margin, and set in with the text below it: the title of what is quoted there."""
    row = rows[at]
    if not at or row.gap >= FAR_BELOW or row.indent <= layout.margin or not _is_announced(rows, at, layout):
        return False
    at += 1
    while at < len(rows) and rows[at].gap < FAR_BELOW and rows[at].indent > layout.margin and chunk_end(rows, at) == at + 1:
        at += 1  # more titles
    if at >= len(rows) or rows[at].gap >= FAR_BELOW:
        return False
    return all(layout.margin < line.indent <= row.indent for line in rows[at : chunk_end(rows, at)])


def _is_announced(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a paragraph at the margin announces a line, or what begins above it with another in capitals as far in: who speaks there."""
    top = at
    while at - top < LONGEST_QUOTED and top and rows[top - 1].indent > layout.margin and rows[top].gap < FAR_BELOW:
        top -= 1
    if not top or rows[top - 1].indent > layout.margin or not announces(rows[top - 1].text):
        return False
    return top == at or (rows[top].indent == rows[at].indent and is_capitals(rows[top].text) and is_capitals(rows[at].text))


FAR_BELOW = 3  # empty lines: where a chapter begins
LONGEST_QUOTED = 40  # printed lines of what several say


def _reserves(text: str, layout: Layout) -> bool:
    """Whether a line begins with a word of an imprint and its year, as books of several pieces have many: COPYRIGHT, 1903, BY A. HOLM."""
    found = words(layout.language).imprint.match(text)
    return found is not None and _YEAR_NEXT.match(text, found.end) is not None


def _behind_mark(rows: Rows, at: int, length: int, layout: Layout) -> Match | None:
    """The heading that begins behind the mark of its page, as the label of a division does: {12} CHAP. III."""
    behind = rows[at]._replace(text=rows[at].text[length:])
    label = head_label(behind.text.strip(MARKS), layout.language)
    if label is None or not label.type:
        return None
    found = heading([*rows[:at], behind, *rows[at + 1 :]], at, layout)
    return found and replace(found, facts=replace(found.facts, label=length + found.facts.label))


def _page_before(text: str, layout: Layout) -> re.Match[str] | None:
    """The mark of a page before the words of a line: with its word or in braces, or a number in brackets before capitals."""
    return (page_marks(layout.language).before.match(text) if layout.page_marks else None) or _BARE_PAGE.match(text)


_BARE_PAGE = re.compile(r"\[\d{1,4}\] +(?=[A-Z]{3})")  # [17] CHAPTER I


def heading(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A number, a division's name, capitals, or a short line that white space sets apart heads what follows."""
    row = rows[at]
    if row.gap and row.text[0] in "{[" and (mark := _page_before(row.text, layout)) is not None:
        return _behind_mark(rows, at, mark.end(), layout)
    if at and not row.gap:
        if layout.style == "unwrapped":
            return unwrapped(rows, at, layout)
        if layout.style == "indent" and stands_alone(rows, at, layout):
            label = head_label(row.text, layout.language)
            return labelled(rows, at, layout, label) if label else None
        if not row.page and not RULE.match(rows[at - 1].text) and not is_residue(rows[at - 1].text):
            return _right_below(rows, at, layout)
    text = row.text.strip(MARKS)
    if "    " in text and re.search(r"[^\W\d_]\s{4,}\S", text):
        if not is_capitals(text) and not heads_issue(text, layout):
            return None
        if names_contents(text, layout):
            return Match("heading", at + 1, "names the contents, over the column of pages", 0.9, CONTENTS)
    if text[:1] in ("[", "{") and text[-1] in "]}" and (inner := head_label(text[1:-1], layout.language)) and inner.type:
        return bracketed(rows, at, inner)
    if text[:1] in ("[", "{") and text[-1] in "]}" and (name := named_division(text[1:-1], layout.language)) and name.type == "notes":
        return named_heading(rows, at, layout, name) if at + 1 < len(rows) and label_of(rows[at + 1].text, layout) else None
    if row.text[0] == "[" and text and not SPELT.match(row.text):
        return lettered_note(rows, at, layout)
    if (
        _is_inscription(rows, at, layout)
        or _is_quoted(rows, at, layout)
        or not text
        or row.text[0] in "{|&"
        or row.starts_lower
        or (layout.style == "unwrapped" and len(text) > 200)
    ):
        return None
    if row.text[-1] == ":" and " " in text and chunk_end(rows, at) == at + 1 < len(rows) and names_contents(text, layout):
        return Match("heading", at + 1, "names the contents, and a colon leads to them", 0.9, CONTENTS)
    label, named = _label(rows, at, text, layout), _name(rows, at, text, layout)
    if (label is not None and _counts_none(rows, at, text, label, layout)) or (named is not None and _is_source(rows, at, layout)):
        return None
    return _by_words(rows, at, text, label, named, layout) or _by_setting(rows, at, text, layout)


def _right_below(rows: Rows, at: int, layout: Layout) -> Match | None:
    """What heads without white space above it: a label below one that ranks higher, the name of the contents, or of a piece, a number below
    a date.
    """
    text = rows[at].text
    if names_piece(rows, at, layout) and (named := named_division(text, layout.language)) is not None:
        return named_heading(rows, at, layout, named)
    if deeper_label(rows, at, layout):
        label = head_label(text.strip(MARKS), layout.language)
        return labelled(rows, at, layout, label) if label else None
    if len(text) < 60 and text.isupper() and names_contents(text, layout):
        return Match("heading", at + 1, "names the contents", 0.9, CONTENTS)
    label = bare_label(text) if len(text) <= LONGEST_NUMBER else None
    if label is not None and label.length >= len(text.rstrip(".")) and is_dateline(rows[at - 1].text, layout):
        return numbered(rows, at, layout, label)
    return None


def _name(rows: Rows, at: int, text: str, layout: Layout) -> DivisionWord | None:
    """What a line names by its first words: a preface, notes, an argument where the word for contents stands over one, persons."""
    named = named_division(text, layout.language) if text[-1] != "!" or is_capitals(text) else None  # Thanks! is said
    if named is not None and (_ends_with_contents(text, layout) or fold(text.strip(MARKS)).rsplit(" ", 1)[-1] in layout.language.bylines):
        named = None  # "Introduction by", over the name of who wrote it
    if named is not None and named.type == "notes" and _titles_book(text, layout):
        named = None
    if named is None:
        return cast_division(text, layout.language) if layout.drama else None
    if named.type == "contents" and at + 1 < len(rows) and heads_argument(rows, at, layout):
        return DivisionWord("argument", "front", 0)
    return None if named.type == "contents" and _is_told_of(rows, at, layout) else named


def _titles_book(text: str, layout: Layout) -> bool:
    """Whether a line of several words begins the title of the book, as its library gives it: Notes on the Keeping of Bees."""
    line = fold(text.strip(MARKS)).rstrip(" .:")
    return " " in line and fold(library_title(layout)).startswith(line)


def _ends_with_contents(text: str, layout: Layout) -> bool:
    """Whether the word for contents is the last of the title of a chapter."""
    *before, last = fold(text).strip(" .:_*").split()
    return bool(before) and last in layout.language.contents and not names_contents(text, layout)


def _counts_none(rows: Rows, at: int, text: str, label: HeadLabel, layout: Layout) -> bool:
    """Whether a number counts what is no division: items in running lines ("1. A PLOUGH. 2. A HARROW."), the moves of a game ("3. B - B 4
    Kt - B 3"), the stanzas of an ode in triads (II. 3.), the volume that a list of errata is for, words of the text up to a bracket, with
    their other readings.
    """
    if label.type and LEMMA.match(text):
        return True
    if not label.type and _OF_TRIAD.fullmatch(text) and at + 1 < len(rows) and layout.in_verse(rows[at + 1].line):
        return True
    if label.type and _cites(rows, at, text[label.length :], layout):
        return True
    if not label.type and label.n.isdecimal() and any(f"{mark} {label.number + 1}. " in text for mark in ".?!"):
        return True
    if not label.type and label.n[0].isdigit() and _COLUMNS.search(text, label.length):
        return True
    above = named_division(rows[at - 1].text, layout.language) if at and rows[at].gap < 2 else None
    return above is not None and above.type == "errata"


def _by_words(rows: Rows, at: int, text: str, label: HeadLabel | None, named: DivisionWord | None, layout: Layout) -> Match | None:
    """The heading that its label, name or number tells."""
    found = lettered_note(rows, at, layout)
    if found is None and label and label.type:
        if named is not None and named.type == "notes":
            found = named_heading(rows, at, layout, named)  # "BOOK I FOOTNOTES": the notes to it
        found = found or labelled(rows, at, layout, label)
    elif found is None and label is None and len(text) <= LONGEST_IN_PART and (named is None or named.type != "notes"):
        found = in_part(rows, at, layout)
    if found is None and named is not None and (named.matter != "body" or is_capitals(text)) and not _lists_pieces(rows, at):
        found = named_heading(rows, at, layout, named)
    if found is None and label and not label.type:
        found = over_letter(rows, at, layout) or numbered(rows, at, layout, label)
    return found


FEWEST_PIECES = 5  # lines


def _lists_pieces(rows: Rows, at: int) -> bool:
    """Whether a line is the first of several that stand together, each with a point: the pieces of a volume, in a list of books."""
    chunk = rows[at : chunk_end(rows, at)]
    return len(chunk) >= FEWEST_PIECES and all(row.text[-1] == "." and not row.starts_lower for row in chunk)


def _by_setting(rows: Rows, at: int, text: str, layout: Layout) -> Match | None:
    """The heading that only its place on the page, capitals or white space tell."""
    above = rows[at - 1].text if at else ""
    if at and rows[at].gap < FAR_BELOW and announces(above) and not is_capitals(above):
        return None
    if _is_displayed(rows, at, text, layout) or _reserves(text, layout) or _says_to_whom(rows, at, layout):
        return None
    if ": " in text and names_cast(text.partition(": ")[0], layout.language):
        return None  # PERSONS OF THE DIALOGUE: Krito, Sokron.
    found = next(filter(None, (by(rows, at, layout) for by in BY_SETTING)), None)
    if found is not None and lists_figures(rows, at, found.end, layout):
        return Match("heading", found.end, "begins with the name of a list of illustrations, over one", 0.9, CONTENTS)
    return found


def _is_displayed(rows: Rows, at: int, text: str, layout: Layout) -> bool:
    """Whether a line is a tablet or label in the middle of a sentence, set in from the line that it goes on with."""
    if not at or layout.drama:
        return False
    row, above = rows[at], rows[at - 1]
    open_ended = dangles(above.text, layout) or above.text[-1] == ";" or (above.text[-1] in "-–—" and not is_capitals(text))
    open_ended = open_ended or _stands_amid_sentence(rows, at)
    if not open_ended or row.gap != 1 or row.indent <= layout.margin or is_capitals(above.text):
        return False
    if above.gap and above.indent > layout.margin + FAR_IN:
        return False  # Paper 22, from
    return not (is_in_middle(row, layout) and at + 1 < len(rows) and rows[at + 1].gap > row.gap)


def _stands_amid_sentence(rows: Rows, at: int) -> bool:
    """Whether a line has the sentence above it go on in it, or below it: the paragraph above ends without any stop, or the one below
    begins with a small letter.
    """
    above, below = rows[at - 1], rows[at + 1] if at + 1 < len(rows) else None
    if below is None or below.gap != 1 or not any(map(str.isalnum, below.text)) or above.ends_sentence:
        return False
    if above.gap and word_count(above.text) < FEWEST_OF_SENTENCE:
        return False
    open_ended = above.text[-1].isalpha() and above.text.rsplit(" ", 1)[-1].islower()
    return open_ended or (below.starts_lower and not above.gap)


FEWEST_OF_SENTENCE = 6  # words of a paragraph of one line


CONTENTS = Facts(division="contents", type="named")
