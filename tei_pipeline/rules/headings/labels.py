"""Headings that a number or the name of a division opens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Facts, Match, Rows
from tei_pipeline.language import Language, fold, parse_roman
from tei_pipeline.rules.drama.persons import only_persons
from tei_pipeline.rules.headings.head_labels import HeadLabel, head_label
from tei_pipeline.rules.headings.title_end import title_end
from tei_pipeline.rules.headings.titles import LONGEST_TITLE, MARKS, title_lines
from tei_pipeline.rules.headings.titles_below import CHAPTER, title_below
from tei_pipeline.rules.notes.labels import names_note, worded_label
from tei_pipeline.rules.shape import (
    chunk_end,
    ended_early,
    is_capitals,
    is_centred,
    is_title_case,
    starts_upper,
    without_reference,
    word_count,
)
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


SEPARATOR = re.compile(r"^[\s.,:;—–\-_)\]]*")


def stands_alone(rows: Rows, at: int, layout: Layout) -> bool:
    """In a book without white space between paragraphs: a numbered division's line at the margin, a sentence ended above, text
    begun below.
    """
    row, last = rows[at], rows[at - 1]
    if len(row.text) > 50 or not last.ends_sentence or (row.indent > layout.margin and not is_centred(row, layout)) or at + 1 >= len(rows):
        return False
    label = head_label(row.text, layout.language)
    if label is None or not label.type or (row.text[label.length :].strip(" .:") and not is_capitals(row.text)):
        return False
    below = rows[at + 1]
    return is_capitals(below.text) or below.indent > layout.margin or below.gap > 0


def unwrapped(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Where each line is a paragraph and no white space parts them: a line that is a numbered division's label, with a title on it
    or below.
    """
    text = rows[at].text.strip(MARKS)
    label = head_label(text, layout.language) if len(text) <= 80 else None
    if label is None or not label.type or (text[label.length :].strip(" .:—–-") and text[-1] in ".,;:!"):
        return None
    end = at + 1
    if len(text) <= label.length + 1 and end + 1 < len(rows):
        below = rows[end].text
        if len(below) <= 60 and below[-1] not in '.,;:!?"”“’»«' and below[0] not in "\"“„«»'‘—" and len(rows[end + 1].text) > 60:
            end += 1
    return Match(
        "heading",
        end,
        f"a line that begins with {text[: label.length]!r}",
        0.85,
        Facts(division=label.type, n=label.n, number=label.number, label=label.length, type="labelled", level=label.rank),
    )


def _begins_text(rows: Rows, at: int, rest: str, layout: Layout) -> bool:
    """Whether the words behind the number of a section are the first of its text: many, no title, and they go on right below a full line,
    or in a line that begins small.
    """
    if at + 1 >= len(rows) or rows[at + 1].gap or word_count(rest) <= LONGEST_LEMMA or is_capitals(rest):
        return False
    if is_title_case(rest, layout.language.lowercase_in_titles):
        return False
    return rows[at + 1].starts_lower or rows[at].width > FULL * layout.measure


FULL = 0.85  # of the measure
_OF_SENTENCES = frozenset(("section", "article", "subsection"))  # of laws and rules, whose whole text may be one sentence
LONGEST_LEMMA = 5  # words


def labelled(rows: Rows, at: int, layout: Layout, label: HeadLabel) -> Match | None:
    """A division word with its number ("CHAPTER IV."), and its title on the same line or below."""
    text = without_reference(rows[at].text.strip(MARKS))
    rest = SEPARATOR.sub("", text[label.length :])
    separator = text[label.length : len(text) - len(rest)]
    if _CITED.match(rest):
        text, rest, separator = text[: label.length], "", ""
    figures = rest[:1].isdigit() and not words(layout.language).date.search(rest)
    aside = "    " in separator and starts_upper(rest)  # No. 1.            [HOLM.
    of_work = bool(rest) and rest[0].islower() and _is_part_of_work(rows, at, rest, label, layout)
    if of_work and separator.strip():
        of_work = separator.strip() in _DASHES and is_title_case(rest.partition(" ")[2], layout.language.lowercase_in_titles)
    if rest and not (starts_upper(rest[0]) or aside or figures or is_capitals(text) or of_work):
        return None
    if (
        rest
        and not separator.strip()
        and "\t" not in separator
        and not is_capitals(rest)
        and not is_title_case(rest, layout.language.lowercase_in_titles)
        and not of_work
    ):
        return None
    if rest and separator[:1] == "," and _is_of_printer(rows, at, layout):
        return None
    if rest and rows[at].ends_sentence and word_count(rest) > LONGEST_TITLE + 4 and not is_capitals(rest):
        return None
    if rest and label.type in _OF_SENTENCES and rest[-1] in ":;" and not is_capitals(rest):
        return None
    if rest and label.type in _OF_SENTENCES and rows[at].ends_sentence and word_count(rest) > LONGEST_LEMMA and not is_capitals(rest):
        if not is_title_case(rest, layout.language.lowercase_in_titles):
            return None  # "Section 2. He shall hold it for one year.": the section itself, on one line
    if rest and not separator.strip() and not text[: label.length].endswith(label.n) and not is_capitals(rest):
        if fold(rest.split(" ", 1)[0]) not in layout.language.connectives:
            return None  # "First Night Watch": the word goes on, and is no label
    end = max(
        title_lines(rows, at, layout),
        _long_title(rows, at, rest and separator, layout),
        _title_of_two(rows, at, label, separator, layout),
        _title_in_great_letters(rows, at, label, separator, layout),
        _title_in_italics(rows, at, label, rest and separator),
        _title_in_capitals(rows, at, rest),
    )
    stop = _place_end(rows, at) if layout.drama and label.type in ("act", "scene") and separator.strip() else at
    if at < stop <= at + LONGEST_PLACE:
        end = max(end, stop) if stop == chunk_end(rows, at) else stop
        if label.type == "scene" and end > at + 1 and _tells_action(" ".join(row.text for row in rows[at:end])[label.length :]):
            return None
    runs_on = at + 1 < len(rows) and rows[at + 1].gap == 0 and end == at + 1 != stop and not ended_early(rows[at], rows[at + 1], layout)
    if rest and end <= at + 1 and label.type in _OF_SENTENCES and _begins_text(rows, at, rest, layout):
        return None
    if rest and end <= at + 1 and ((end == at and not is_capitals(rest)) or (runs_on and not text.isupper())):
        return None
    end = max(end, at + 1)
    joined = rest or " ".join(r.text for r in rows[at + 1 : end])
    bare = not joined.strip()
    place = bare and layout.drama and label.type == "scene" and end < len(rows) and bool(rows[end].gap)
    staged = place or _lists_persons(rows, end, layout, label.type)
    if (bare or is_capitals(joined)) and not staged:
        end = title_end(rows, at, end, layout, True)
    if bare and end < len(rows) and end == at + 1 and not staged:
        end = title_below(rows, end, layout)
    facts = Facts(division=label.type, n=label.n, number=label.number, label=label.length, type="labelled", level=label.rank)
    inner = head_label(rest, layout.language) if rest else None
    if inner is not None and inner.type and inner.rank > label.rank and _is_whole(rest, inner):
        cut = len(text) - len(rest) + inner.length
        facts = Facts(inner.rank, inner.type, inner.n, inner.number, cut, "labelled", over=label.type, over_number=label.number)
    return Match("heading", end, f"begins with {text[: label.length]!r}", 0.97, facts)


def _is_of_printer(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether the line above says who prints and goes on: its number is that of a house in a street (No. 12, MARKET STREET)."""
    return at > 0 and rows[at - 1].text[-1] == "," and words(layout.language).imprint.search(rows[at - 1].text) is not None


def _is_whole(text: str, label: HeadLabel) -> bool:
    """Whether a label goes on in no words of a title: its number stands last (SCENE II), or it is parted off: THE FIRST NIGHT OUT."""
    return text[: label.length].endswith(label.n) or _PARTED_OFF.match(text, label.length) is not None


_PARTED_OFF = seldom(r"\s*(?:[.:,;—–-]|$)|\s{2}")


def _place_end(rows: Rows, at: int) -> int:
    """Past the lines that say where a scene is: up to white space, or to a direction in brackets right below."""
    end = chunk_end(rows, at)
    return next((i for i in range(at + 1, end) if rows[i].text[0] in "(["), end)


_CITED = re.compile(r"^[\[(][^\[\]()]*\d[^\[\]()]*[\])]$")  # where it is cited: FIRST ARTICLE [I, Q. 1, Art. 1]
_DASHES = frozenset(("-", "--", "—", "–"))  # Book the Second--the Golden Thread


def _is_part_of_work(rows: Rows, at: int, rest: str, label: HeadLabel, layout: Layout) -> bool:
    """Whether a line apart names a part and the work that it is of: "Segunda parte del ingenioso hidalgo"."""
    row = rows[at]
    if row.ends_sentence or rest[-1] in ",;:" or not row.gap or not row.text[:1].isupper() or label.rank >= CHAPTER:
        return False
    if (at + 1 < len(rows) and not rows[at + 1].gap) or fold(row.text.split(" ", 1)[0]) in layout.language.articles:
        return False  # The Second Book of the Kings
    return fold(rest.split(" ", 1)[0]) in layout.language.lowercase_in_titles and word_count(rest) <= LONGEST_TITLE


def _long_title(rows: Rows, at: int, separator: str, layout: Layout) -> int:
    """Past a title of several full lines behind the point of its number, set apart: that no stop ends, as no paragraph does, or that
    stands nearer to what follows than to what is above, but no paragraph's gap away.
    """
    end = chunk_end(rows, at)
    if "." not in separator or not 2 <= end - at <= LONGEST_ARGUMENT or rows[at].gap < 2 or end >= len(rows):
        return at
    if not layout.drama and rows[at].gap > rows[end].gap > layout.spacing and rows[end - 1].width < rows[at].width:
        return end
    return end if rows[end - 1].text[-1].isalnum() and rows[at].text[-1] not in ":;" else at


def _title_of_two(rows: Rows, at: int, label: HeadLabel, separator: str, layout: Layout) -> int:
    """Past the two lines of a title, the second short, behind the number of a part or chapter: one phrase, which a point may end."""
    end = chunk_end(rows, at)
    if end != at + 2 or end >= len(rows) or not rows[at].gap or label.rank > CHAPTER or not separator.strip() or rows[at].starts_lower:
        return at
    said = f"{rows[at].text} {rows[at + 1].text}"[label.length :].strip(" .—–-")
    short = rows[at + 1].width - layout.margin < SHORT * (layout.measure - layout.margin) and word_count(said) <= LONGEST_TITLE
    return end if short and not re.search(r"[.!?;:]\s", said) else at


def _title_in_great_letters(rows: Rows, at: int, label: HeadLabel, separator: str, layout: Layout) -> int:
    """Past a title of two or three lines, apart, behind the number of a part or chapter: all words but the small begin with a capital."""
    end = chunk_end(rows, at)
    if not 2 <= end - at <= LONGEST_ARGUMENT - 1 or end >= len(rows) or rows[at].gap < 2 or label.rank > CHAPTER or not separator.strip():
        return at
    said = " ".join(row.text for row in rows[at:end])[label.length :].strip(" .:—–-")
    return end if is_title_case(said, layout.language.lowercase_in_titles) else at


def _title_in_capitals(rows: Rows, at: int, rest: str) -> int:
    """Past a title of several lines behind a number: all in capitals down to the next white space."""
    end = chunk_end(rows, at)
    if not 2 <= end - at <= LONGEST_ARGUMENT or end >= len(rows) or not is_capitals(rest) or word_count(rest) <= 1:
        return at
    return end if all(is_capitals(row.text) for row in rows[at + 1 : end]) else at


def _title_in_italics(rows: Rows, at: int, label: HeadLabel, separator: str) -> int:
    """Past a title of several lines behind the number of a part or chapter: italics that end with it tell how far it runs."""
    end = chunk_end(rows, at)
    if (
        "_" not in separator
        or not separator.strip("_ ")
        or label.rank > CHAPTER
        or not 2 <= end - at <= LONGEST_ARGUMENT
        or end >= len(rows)
    ):
        return at
    said = " ".join(row.text for row in rows[at:end])[label.length :].rstrip(" .")
    return end if said[-1] == "_" and said.count("_") == 2 else at


SHORT = 0.5  # of the measure: the rest of a title


def _tells_action(text: str) -> bool:
    """Whether behind the place of a scene whole sentences say what happens there: "A mill. Two men carry in a sack."; a few words say who
    is found there.
    """
    if word_count(text) <= MOST_OF_PLACE:
        return False
    sentences = [sentence.split() for sentence in re.split(r"(?<=[^\W\d_]{2}[.!?])[_)\]]*\s+", text) if sentence.strip(" .:_—–-")]
    told = (tokens for tokens in sentences[1:] if len(tokens) >= FEWEST_TOLD)
    return any(sum(token.strip("_(")[:1].islower() for token in tokens) >= 0.5 * len(tokens) for tokens in told)


MOST_OF_PLACE = 14  # words: "A forest. Anna discovered at the brink of a spring."
FEWEST_TOLD = 4  # words of a sentence; a place in fewer is still one: "A wood near Athens."
LONGEST_PLACE = 2  # lines that stand alone: the number of a scene and what is seen
LONGEST_ARGUMENT = 4  # lines of a title that tells what the chapter treats of


def bracketed(rows: Rows, at: int, label: HeadLabel) -> Match | None:
    """A division word with its number, and perhaps a title, in brackets of its own on one line: "[BOOK I. OF THE SEA]"."""
    if chunk_end(rows, at) > at + 1:
        return None
    facts = Facts(division=label.type, n=label.n, number=label.number, label=label.length + 1, type="labelled", level=label.rank)
    return Match("heading", at + 1, f"in brackets, begins with {rows[at].text[1 : label.length + 1]!r}", 0.9, facts)


def lettered_note(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A note too long for the foot of a page has its letter or number on a line of its own, perhaps with the page or with what it is about:
    "NOTE A.--Page 12.", "NOTE I.--METEORS.", "NOTE A." over "THE METEORS".
    """
    found = names_note(rows[at].text, layout.language) or _titled_note(rows, at, layout)
    if found is None or not rows[at].gap or at + 1 >= len(rows) or not rows[at + 1].gap or layout.drama:
        return None
    n, length = found
    first = n == "I" and not any(row.text.startswith(rows[at].text.split(n, 1)[0] + "H") for row in rows[:at])  # and no ninth letter
    lettered = len(n) == 1 and not first
    number = int(n) if n.isdecimal() else ord(n.upper()) - 64 if lettered else parse_roman(n) or 0
    facts = Facts(NOTE_RANK, "notes", n, number, min(length, len(rows[at].text)), "labelled")
    alone = length >= len(rows[at].text.rstrip(". ")) and is_capitals(rows[at].text) and is_capitals(rows[at + 1].text)
    end = title_end(rows, at, at + 1, layout, False) if alone else at + 1
    return Match("heading", end, f"names a note: {rows[at].text[:40]}", 0.92, facts)


def _titled_note(rows: Rows, at: int, layout: Layout) -> tuple[str, int] | None:
    """Number and length of the label of a note with a title in capitals, or in brackets before a dash ("[NOTE A.]--To the Governor"),
    farther from the text above than paragraphs are.
    """
    row = rows[at]
    if row.gap < 2:
        return None
    if _IN_BRACKETS.match(row.text):
        return worded_label(row.text, layout.language)
    label = worded_label(row.text, layout.language) if row.text[0].isalpha() else None
    return label if label is not None and is_capitals(row.text[label[1] :]) else None


_IN_BRACKETS = re.compile(r"\[[A-ZÀ-ÖØ-Þ]{3,}\.? (?:[A-Z]|[0-9]{1,3}|[IVX]+)\.?\]\s?(?:--|[—–])")
NOTE_RANK = 5  # as sections: below the chapter or the heading of notes
LONGEST_IN_PART = 60  # characters
_PARTED = re.compile(r"^([^\W\d_][^•·|—–]{0,40}?)(?:\s*[•·|—–]\s*|\s*--\s*|\s-\s)(?=[^\W\d_])")


def in_part(rows: Rows, at: int, layout: Layout) -> Match | None:
    """The name of the part and then the number of a division in it, alone on a line: "Winter • Canto I"."""
    text = rows[at].text.strip(MARKS)
    m = _PARTED.match(text)
    if m is None or chunk_end(rows, at) > at + 1 or not is_title_case(m[1], layout.language.lowercase_in_titles):
        return None
    label = head_label(text[m.end() :], layout.language)
    if label is None or not label.type or m.end() + label.length < len(text.rstrip(". ")):
        return None
    if fold(m[1]) in layout.language.figure_lists:
        return None  # LIST OF PLATES--VOL. X
    facts = Facts(label.rank, label.type, label.n, label.number, type="labelled")
    end = title_below(rows, at + 1, layout) if is_capitals(text) and at + 1 < len(rows) else at + 1
    return Match("heading", end, f"the name of the part and {text[m.end() :]!r}", 0.9, facts)


def _lists_persons(rows: Rows, at: int, layout: Layout, division: str) -> bool:
    """Whether the line below the number of a scene names those who are on the stage."""
    if not layout.drama or division != "scene" or at >= len(rows) or (end := chunk_end(rows, at)) > at + LONGEST_PLACE:
        return False
    named = _without_others(" ".join(row.text for row in rows[at:end]).replace("_", ""), layout.language)
    return only_persons(named, layout.speakers | layout.language.stage, layout.cast, layout.language)


def _without_others(named: str, language: Language) -> str:
    """The names, without what is spared behind them: "HOLM, MARR, &c. &c."."""
    spared = words(language).and_so_on.sub("", named.rstrip(" ,"))
    return named if spared == named else _without_others(spared, language)
