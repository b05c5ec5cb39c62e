"""What shows that short lines after a text are a name: that of him who signs it, with his rank and place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.language import Language, fold
from tei_pipeline.rows import Row
from tei_pipeline.rules.headings.head_labels import head_label, named_division
from tei_pipeline.rules.letters.closings import MOST_OF_OTHERS, is_closing
from tei_pipeline.rules.letters.dated import MARKS, is_dateline
from tei_pipeline.rules.shape import OPENING_MARKS, chunk_end, is_capitals, is_title_case, word_count

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

SET_IN = 3  # columns
BEHIND_DASH = 12  # columns from the margin, where a dash leads to the name right below a paragraph
MOST_OF_A_NAME = 4  # words
LONGEST_TITLED = 240  # characters of a name with all titles and honours
LONG_REMARK = 50  # characters of its first line
MOST_OF_A_PLACE = 6  # words
MOST_OF_AN_ADDRESS = 3  # lines
MOST_OF_A_RANK = 4  # lines, with the name
MOST_OF_A_LINE = 6  # words of one line of such a formula
MOST_BEFORE_NAME = 2  # lines of a formula after its first
OVER_TITLE = 3  # empty lines: more than a signature has above it
INITIAL = re.compile(r"^[^\W\d_]\.\s?(?:[^\W\d_]\.\s?)*[^\W\d_]")  # H. Lindqvist
INITIALS = re.compile(r"^(?:[A-Z]\.\s?){1,4}[-–]?$")
_BEHIND_NAME = re.compile(r",?\s([^\W\d_]{2,5})\.$")  # H. LIND, jun.
_PARTICLE = re.compile(r"\b[a-z]\.\s?")  # L. v. Holm
_QUOTED = re.compile(r"[\"“„«»]")


def names_last(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether two lines end a piece, the first with a comma, the second a name: "Your old and very tired friend, / H. LIND."."""
    if end != at + 2 or rows[at].text[-1] != "," or is_capitals(rows[at].text) or word_count(rows[at].text) > MOST_OF_OTHERS:
        return False
    name = rows[at + 1].text.strip(MARKS)
    apart = 2 if is_capitals(name.partition(",")[0]) else OVER_TITLE
    if (end < len(rows) and rows[end].gap < apart) or layout.in_verse(rows[at].line):
        return False
    return word_count(name) <= MOST_OF_A_NAME and is_name(name, layout)


def is_after_dash(rows: Rows, at: int, end: int, bare: str, layout: Layout) -> bool:
    """Whether a dash leads to a name: of him who wrote the verses above, or, set in, at the end of a preface, below a paragraph that is no
    quotation, whose source it would be.
    """
    start = at - 1
    while start > 0 and not rows[start].gap:
        start -= 1
    above = rows[start]
    if not bare.startswith(("--", "—")) or end != at + 1:
        return False
    if layout.in_verse(above.line):
        name = bare.lstrip("-— ")
        over = end < len(rows) and layout.in_verse(rows[end].line)  # whose motto the verses below have
        several = word_count(bare) > 1 or (is_capitals(name) and not over)
        return several and "_" not in rows[at].text and is_name(name, layout)
    if rows[at].indent <= layout.margin + SET_IN:
        return False
    return above.indent <= layout.margin + layout.indent and not _QUOTED.match(above.text) and is_name(bare.lstrip("-— "), layout)


def is_behind_dash(row: Row, layout: Layout) -> bool:
    """Whether a dash begins a line set in far, as it leads to the name below a paragraph."""
    return row.text.startswith(("--", "—")) and row.indent >= layout.margin + BEHIND_DASH


def steps_down(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether two short lines after a sentence, apart from what follows, are set in, the second further: a name and its town."""
    if end != at + 2 or not rows[at - 1].ends_sentence or (end < len(rows) and rows[end].gap < 2):
        return False
    name, place = rows[at], rows[at + 1]
    if not layout.margin + SET_IN < name.indent < place.indent or max(word_count(name.text), word_count(place.text)) > MOST_OF_A_LINE:
        return False
    small = layout.language.lowercase_in_titles
    return all(row.text[0].isalpha() and is_title_case(row.text, small) for row in (name, place)) and not layout.in_verse(name.line)


def in_steps_to_name(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line is one of three or more apart, each set in further than the one above and none ended but the last, which is a name far
    from what follows.
    """
    start = stop = at
    while start > 0 and rows[start].gap == 1 and layout.margin < rows[start - 1].indent < rows[start].indent:
        start -= 1
    while stop + 1 < len(rows) and rows[stop + 1].gap == 1 and rows[stop].indent < rows[stop + 1].indent:
        stop += 1
    if stop - start < 2 or not start or rows[start].gap != 1 or rows[start].indent <= layout.margin or not rows[start - 1].ends_sentence:
        return False
    if stop + 1 < len(rows) and rows[stop + 1].gap < 2:
        return False
    lines = rows[start:stop]
    led = all((row.text[-1] == "," or row.text[-1].isalpha()) and word_count(row.text) <= MOST_IN_STEP for row in lines)
    return led and is_name(rows[stop].text.strip(MARKS), layout)


MOST_IN_STEP = 10  # words


def is_remarked(rows: Rows, at: int, end: int) -> bool:
    """Whether a name in capitals or with initials stands over a remark of the editor in brackets, on the letter that it ends."""
    name = rows[at].text
    if end != at + 1 or not name[0].isalpha() or not 2 <= word_count(name) <= MOST_OF_A_NAME or any(c.isdigit() for c in name):
        return False
    if not is_capitals(name) and not INITIAL.match(name):
        return False
    return len(rows[end].text) > LONG_REMARK or rows[chunk_end(rows, end) - 1].text[-1] == "]"


def ends_apart(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a short line, or an address in capitals, has much more white space below it than above, or a date that has: where the name
    above it was signed.
    """
    end = chunk_end(rows, at)
    lines = rows[at:end]
    if any(word_count(row.text) > MOST_OF_A_PLACE or any(c.isdigit() for c in row.text) for row in lines):
        return False  # the date
    if not all(is_capitals(row.text) for row in lines):
        line = lines[0].text
        town = len(lines) == 1 and ((word_count(line) == 1 and line[0].isupper() and line[-1] == ".") or line[0] == "_" == line[-1])
        return town and rows[at].gap == 1 and (end >= len(rows) or rows[end].gap >= 4 or rules_off(rows, end))
    if end >= len(rows) or rows[end].gap >= 4 or (rows[end].gap == 3 and "," in lines[0].text):
        return end == at + 1
    return end - at <= MOST_OF_AN_ADDRESS and rows[end].gap <= 2 and is_dateline(rows[end].text, layout) and closes_piece(rows, end)


def ends_in_town(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line alone names a place and, behind a comma, its town, with more white space below than above: "Weir House, Marl."."""
    text = rows[at].text
    place, comma, town = text.rstrip(".").partition(", ")
    if text[-1] != "." or not comma or "," in town or any(c.isdigit() for c in text):
        return False
    if max(word_count(place), word_count(town)) > MOST_OF_A_TOWN or rows[at].gap != 1 or chunk_end(rows, at) != at + 1:
        return False
    if at + 1 < len(rows) and rows[at + 1].gap < 2 and not _over_title(rows, at + 1):
        return False
    return not is_capitals(text) and is_title_case(f"{place} {town}", layout.language.lowercase_in_titles)


MOST_OF_A_TOWN = 3  # words: St. John's Wood


def is_address(rows: Rows, at: int) -> bool:
    """Whether a house in a street, and the town below it behind a comma, stand last before much white space."""
    end = chunk_end(rows, at)
    lines = [row.text.strip(MARKS) for row in rows[at:end]]
    if not 2 <= len(lines) <= MOST_OF_AN_ADDRESS or not _HOUSE.match(lines[0]) or any(word_count(line) > MOST_OF_A_PLACE for line in lines):
        return False
    return all(line[-1] == "," for line in lines[:-1]) and lines[-1][0].isupper() and (end >= len(rows) or rows[end].gap >= 4)


_HOUSE = re.compile(r"\d{1,4}[A-Za-z]?,? [A-Z]")  # its number in a street


def closes_piece(rows: Rows, at: int) -> bool:
    """Whether a line is the last before much white space: the date of a preface, below the name."""
    return chunk_end(rows, at) == at + 1 and (at + 1 >= len(rows) or rows[at + 1].gap >= 4)


def ends_with_date(rows: Rows, at: int) -> bool:
    """Whether a date is the last line of a piece, or only the note of the page stands between it and much white space."""
    below = rows[at + 1] if at + 1 < len(rows) else None
    if below is not None and below.gap == 1 and chunk_end(rows, at) == at + 1 and _SIGLUM.match(below.text):
        end = chunk_end(rows, at + 1)
        return end >= len(rows) or rows[end].gap >= 4
    return closes_piece(rows, at)


_SIGLUM = re.compile(r"[*†‡]\s?[^\W_a-z]")


def rules_off(rows: Rows, at: int) -> bool:
    """Whether a row of ornaments ends what stands above it, with white space or a new page below."""
    return is_rule(rows, at) and (at + 1 >= len(rows) or rows[at + 1].gap >= 2 or bool(rows[at + 1].page))


def _over_title(rows: Rows, at: int) -> bool:
    """Whether a row of ornaments parts what stands above it from a title in capitals."""
    return is_rule(rows, at) and at + 1 < len(rows) and is_capitals(rows[at + 1].text)


def begins_alphabet(rows: Rows, at: int) -> bool:
    """Whether a letter stands over words that begin with it: those of a glossary or index, below what is said of it."""
    letter = rows[at].text.strip(MARKS).rstrip(".")
    below = rows[at + 1 : at + 2]
    return len(letter) == 1 and bool(below) and bool(below[0].gap) and fold(below[0].text.strip(MARKS))[:1] == fold(letter)


def is_rule(rows: Rows, at: int) -> bool:
    """Whether a row has ornaments alone."""
    return at < len(rows) and not any(c.isalnum() for c in rows[at].text)


def ranked(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether a name in capitals, ended with a comma, stands over a rank or office: "R. M. HOLM, / Major-General."."""
    name, rank = rows[at].text, rows[end - 1].text
    if not 2 <= end - at <= MOST_OF_A_RANK or rows[at].gap != 1 or name[-1] != "," or not is_capitals(name) or is_capitals(rank):
        return False
    first = re.split(r"[-\s]", fold(name))[0]
    if first in layout.language.titles or word_count(name) > MOST_OF_A_LINE or is_dateline(rows[at - 1].text, layout):
        return False
    return is_title_case(" ".join(row.text for row in rows[at + 1 : end]), layout.language.lowercase_in_titles)


def is_name(line: str, layout: Layout) -> bool:
    """Whether words are written as a name is: in capitals, or each with a capital, or initials alone."""
    if line[:1] in "-—–" or line[-1:].isdigit() or len(line) > LONGEST_TITLED:
        return False
    if any(fold(word) in layout.language.receivers for word in line.split()[1:-1]):
        return False  # "Anna Lind to Peter Falk" heads what follows
    line = _without_title(_PARTICLE.sub("", line), layout)
    if (m := _BEHIND_NAME.search(line)) is not None and fold(m[1]) + "." in layout.language.abbreviations:
        line = line[: m.start()]
    if INITIALS.match(line):
        return True
    if (
        line.endswith((",", ":", "?", "!"))
        or ";" in line
        or re.search(r"\d{3}", line)
        or _QUOTED.search(line)
        or re.search(r"[a-z]{3,}\.[+*=_~]?\s|[a-z]{2}(?:--|—)$", line)
    ):
        return False
    return is_title_case(line, layout.language.lowercase_in_titles) or is_capitals(line)


def _without_title(line: str, layout: Layout) -> str:
    """A name without the title before it that a point cuts short: Dott. GUIDO SALVI."""
    title, _, name = line.partition(" ")
    return name if name and title[-1:] == "." and len(title) > SHORT_TITLE and fold(title) in layout.language.titles else line


SHORT_TITLE = 4  # characters, with the point: what is longer looks like the end of a sentence


def over_receiver(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a name alone, the last line but one of a letter, stands over the line that says whom the letter is to: "To Thomas Holm."."""
    if not 0 < at < len(rows) or rows[at].gap != 1 or chunk_end(rows, at) != at + 1 or (at + 1 < len(rows) and rows[at + 1].gap < 2):
        return False
    to, _, name = rows[at].text.strip(MARKS).partition(" ")
    if fold(to) not in layout.language.receivers or word_count(name) < 2 or not is_title_case(name, frozenset()):
        return False
    above = rows[at - 1]
    alone = above.gap == 1 and not above.page  # at the top of a page: the title of a poem, and to whom it is given
    return alone and above.indent == rows[at].indent and word_count(above.text) <= MOST_OF_A_NAME and is_name(above.text, layout)


def over_place_and_date(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a place of few words and the date stand on lines of their own, each below an empty one, and end a preface."""
    if at + 1 >= len(rows) or word_count(rows[at].text) > MOST_OF_A_PLACE or not rows[at].text.strip(MARKS)[:1].isupper():
        return False
    if (rows[at].ends_sentence and not is_capitals(rows[at].text)) or rows[at].text[-1] == ",":
        return False  # what a comma ends goes on with the date
    dated = rows[at].gap == rows[at + 1].gap == 1 and is_dateline(rows[at + 1].text, layout)
    return dated and (at + 2 == len(rows) or rows[at + 2].gap >= OVER_TITLE or rules_off(rows, at + 2))


def named_below(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether the next lines apart are a name and no more, or a date right below it."""
    if at >= len(rows) or not 1 <= rows[at].gap <= 2 or len(rows[at].text) > 60:
        return False
    end = chunk_end(rows, at)
    if end - at > 2:
        return False
    start = at - 1
    while start > 0 and not rows[start].gap:
        start -= 1
    if rows[at].text[0] in OPENING_MARKS and rows[start].text[0] not in OPENING_MARKS:
        return False  # what somebody says or sings
    if end - at == 2 and is_dateline(rows[at + 1].text, layout):
        end -= 1
    bare = " ".join(row.text for row in rows[at:end]).strip(MARKS)
    if is_dateline(bare, layout):
        return False
    if not 0 < word_count(bare) <= 6 or named_division(bare, layout.language) or head_label(bare, layout.language):
        return bool(INITIALS.match(bare))
    if bare.endswith(".") and bare.split()[-1].islower() and is_closing(bare, layout):
        return False  # a whole sentence of politeness
    return is_name(bare, layout) or (not bare.endswith(",") and is_name(bare.partition(",")[0], layout))


def leads_to_name(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether lines apart, each ended with a comma, lead to a name alone: a formula of closing set over several lines."""
    for _ in range(MOST_BEFORE_NAME):
        if at >= len(rows) or rows[at].gap != 1 or chunk_end(rows, at) != at + 1 or rows[at].text[-1] != "," or len(rows[at].text) > 60:
            return False
        at += 1
        if named_below(rows, at, layout):
            return True
    return False


def stacked_below(rows: Rows, at: int, language: Language) -> int:
    """Past the lines below a name in capitals that say where it was signed, and when, each apart from the next and ended by a comma but the
    last, over much white space: J. HOLM, / Mill Street, / Oldhaven. A name that a point ends stands over a place and a year.
    """
    end = at + 1
    name = rows[at].text.strip("_ ")
    tokens = fold(name).strip(".,").split()
    if (
        not is_capitals(name)
        or not 1 < len(tokens) <= MOST_OF_NAME
        or not language.function_words.isdisjoint(tokens)
        or name[-1] not in ".,"
    ):
        return end
    stop = end
    while stop < len(rows) and stop < end + MOST_STACKED and rows[stop].gap == 1 and chunk_end(rows, stop) == stop + 1:
        stop += 1
        if rows[stop - 1].text.rstrip("_ ")[-1:] != ",":
            break
    if stop < end + 2 or (stop < len(rows) and rows[stop].gap < FAR_BELOW) or rows[stop - 1].text.rstrip("_ ")[-1:] == ",":
        return end
    below = [row.text for row in rows[end:stop]]
    if any(len(text) > LONGEST_STACKED or text.isupper() for text in below):
        return end
    return stop if name[-1] == "," or _YEAR.match(below[-1]) else end


MOST_OF_NAME = 4  # words
MOST_STACKED = 3  # lines
LONGEST_STACKED = 40  # characters
FAR_BELOW = 3  # empty lines
_YEAR = re.compile(r"\D*1[5-9]\d\d[\W_]*$")  # with a day it is a date, which other rules know
