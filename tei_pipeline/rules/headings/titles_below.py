"""The title one gap below the label of a division, and what else may stand there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.drama.persons import cast_division
from tei_pipeline.rules.drama.present import names_persons
from tei_pipeline.rules.drama.speakers import is_speaker_line, speaker_label
from tei_pipeline.rules.headings.counted_titles import counts_title
from tei_pipeline.rules.headings.head_labels import head_label, named_division
from tei_pipeline.rules.headings.titles import LONGEST_TITLE, MARKS, NOT_TITLE, SENTENCES, TERMINAL
from tei_pipeline.rules.letters.addressed import titles_letter
from tei_pipeline.rules.letters.dated import is_dateline, is_day
from tei_pipeline.rules.shape import chunk_end, is_capitals, is_centred, is_summary, is_title_case, word_count
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

CHAPTER = 4  # the rank of a chapter: what it is called may be what other books call their preface
STATED = "subsection"  # a proposition, a rule, a definition: what stands below its number is what it states
_NO_TITLES = frozenset(("argument", "notes", "contents", "index"))
_NUMBERED_TOO = frozenset(
    ("introduction", "preface", "foreword", "advertisement", "dedication", "section", "prologue", "epilogue")
)  # "section": a conclusion or summary


def speaks(text: str, layout: Layout) -> bool:
    """Whether a line begins the first speech or question below a heading."""
    return bool(layout.speakers) and (is_speaker_line(text, layout) or speaker_label(text, layout) is not None)


def begins_matter(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line below a label names a division of its own: an argument; under a volume, part or book also a preface or its like.

    A chapter may be called "Introduction", and so may what a number alone counts.
    """
    named = named_division(rows[at].text, layout.language) or cast_division(rows[at].text, layout.language)
    if named is None or named.matter == "body":
        return False
    above = head_label(rows[at - 1].text.strip(MARKS), layout.language)
    if above is not None and not above.type and rows[at].gap == 1 and named.type in _NUMBERED_TOO:
        return above.length < len(rows[at - 1].text.strip(MARKS).rstrip(". "))
    return named.type in _NO_TITLES or above is None or not above.type or above.rank < CHAPTER


def _heads_chapter(rows: Rows, end: int, stop: int, layout: Layout) -> bool:
    """Whether lines between the label of a chapter or part and running text are one sentence, if they are sentences at all."""
    above = head_label(rows[end - 1].text.strip(MARKS), layout.language)
    if rows[end].indent > layout.margin and not is_centred(rows[end], layout):
        return False  # set in as an argument is
    if above is None or not above.type or above.rank > CHAPTER or SENTENCES.search(" ".join(row.text for row in rows[end:stop])):
        return False
    return rows[stop].width > 0.6 * layout.measure and chunk_end(rows, stop) > stop + 1


def _set_as_label(rows: Rows, end: int, stop: int, layout: Layout) -> bool:
    """Whether lines below a label stand in the middle or far in as it does, where the text is no verse."""
    label = rows[end - 1]
    if label.indent < layout.margin + FAR_IN or layout.in_verse(rows[end].line):
        return False
    return all(is_centred(row, layout) or row.indent == label.indent for row in rows[end:stop])


def _is_set_in(rows: Rows, end: int, stop: int, layout: Layout) -> bool:
    """Whether lines below a label at the margin are set in and flush, as the lines of a summary are, and no title in capitals."""
    block = rows[end:stop]
    if len(block) < 2 or rows[end - 1].indent > layout.margin or len({row.indent for row in block}) > 1 or block[0].indent < FAR_IN / 2:
        return False
    return block[0].width - block[-1].width > RAGGED and not any(is_capitals(row.text) for row in block)


RAGGED = 4  # columns: lines as long as one another may be centred


def dates_letter(rows: Rows, end: int, layout: Layout) -> bool:
    """Whether a date is that of a letter: below its number or the name of whom it is to, or at the right side of the page."""
    return titles_letter(rows[end - 1].text, layout) or set_to_the_right(rows, end, layout)


def set_to_the_right(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line stands at the right side of the page, as the place and day of a letter below its number."""
    row = rows[at]
    return row.indent > max(rows[at - 1].indent, layout.margin + FAR_RIGHT * layout.measure) and not is_centred(row, layout)


def _dates_run_in(rows: Rows, at: int, stop: int, layout: Layout) -> bool:
    """Whether a day alone stands over a paragraph that begins with words of address: _Tuesday night._ over My dear Holm,--I have ..."""
    if stop > at + 1 or not is_day(rows[at].text, layout):
        return False
    return words(layout.language).greeting.match(rows[stop].text) is not None


_SAID = seldom(r"[-–—]{1,2}\s?[^\W_].*[!?…]$")  # a dash opens what somebody says: --Tom!
FAR_RIGHT = 0.4  # of the measure
FAR_IN = 10  # columns: quotations, verses and first lines stand less far in
SALUTE = 6  # words, at most: "Sir Charles Lorn, to George Amory, Esq." begins like a salute and is none


def told_with_pages(rows: Rows, at: int) -> list[int]:
    """Where paragraphs begin that end with pages which rise, and past the last: below its label, what a chapter tells, and where."""
    starts, page = [at], 0
    while (at := starts[-1]) < len(rows) and (len(starts) == 1 or rows[at].gap == 1):
        stop = chunk_end(rows, at)
        found = _PAGE.search(rows[stop - 1].text)
        if found is None or int(found[1]) < page:
            break
        page = int(found[1])
        starts.append(stop)
    return starts


_PAGE = seldom(r"[^\W\d]\s+(\d{1,3})$")
FEWEST_TOLD = 3
_PHRASES = seldom(r"\w(?:--|—)\w")  # parted by dashes: what a chapter treats of


def _is_summed_up(rows: Rows, at: int) -> bool:
    """Whether the summary of a chapter stands farther below lines with dashes: these are its title."""
    return rows[at].gap > 1 and is_summary(" ".join(row.text for row in rows[at : chunk_end(rows, at)]))


def title_below(rows: Rows, end: int, layout: Layout) -> int:
    """A short title one gap below a label that stands alone."""
    if end >= len(rows) or rows[end].gap != 1:
        return end
    stop = chunk_end(rows, end)
    row = rows[end]
    if stop - end > 3 or stop >= len(rows) or rows[stop].gap < 1 or row.starts_lower:
        return end
    if NOT_TITLE.search(" ".join(r.text for r in rows[end:stop])) or _SAID.match(row.text) or _dates_run_in(rows, end, stop, layout):
        return end
    if (layout.drama and names_persons(rows, end, layout)) or speaks(row.text, layout):
        return end
    patterns = words(layout.language)
    below = head_label(row.text, layout.language)
    if below is not None and (below.type or counts_title(below, row.text, layout)):
        return end
    if begins_matter(rows, end, layout) or (layout.drama and not is_capitals(row.text)):
        return end
    if (
        stop - end > 1
        and is_capitals(rows[stop - 2].text)
        and (is_dateline(rows[stop - 1].text, layout) or is_day(rows[stop - 1].text, layout))
    ):
        stop -= 1  # the date of a letter, right below the names of writer and receiver
    line = " ".join(r.text for r in rows[end:stop])
    if line[-1].isdigit() and len(told_with_pages(rows, end)) > FEWEST_TOLD:
        return end
    if re.search(r"[,;:—–-]$", line.rstrip(MARKS)) or (
        fold(line.strip(MARKS).split(" ")[0]) in layout.language.addressing
        and (line[0] == "_" or row.indent <= layout.margin < rows[end - 1].indent - FAR_IN)
    ):  # whom the letter is to, set otherwise than the heading
        return end
    above = head_label(rows[end - 1].text.strip(MARKS), layout.language) if line.rstrip(MARKS)[-1:] == "." else None
    if above is not None and above.type == STATED:
        return end
    salute = patterns.salute.match(line) and word_count(line) <= SALUTE
    if patterns.date.search(line.replace("_", "")) or salute or (head_label(row.text, layout.language) and not is_capitals(row.text)):
        return end
    phrases = len(_PHRASES.findall(line))
    summary = (is_summary(line) or phrases > 1) and not _is_summed_up(rows, stop)
    if summary or (is_day(line, layout) and dates_letter(rows, end, layout)) or _is_set_in(rows, end, stop, layout):
        return end
    receivers = layout.language.receivers
    italic = line[0] == line[-1] == "_" and not phrases
    if rows[stop].gap >= 2 and italic and any(fold(word) in receivers for word in line.split()[1:-1]):
        return stop  # nearer to the number of the letter: _Madame de Holm to the Chevalier de Lind, in town..._
    if rows[stop].gap > rows[end].gap and _set_as_label(rows, end, stop, layout):
        return stop  # nearer to the label than to the text
    if rows[stop].gap >= 2 and line[0] != "_" and word_count(line) <= LONGEST_TITLE + 4 and _heads_chapter(rows, end, stop, layout):
        return stop  # nearer to the label above it than to the text below
    title = is_title_case(line.strip(MARKS), layout.language.lowercase_in_titles)
    if (title and word_count(line) <= LONGEST_TITLE + 4 and not line.rstrip(MARKS).endswith((",", ";", ":"))) or (
        not TERMINAL.search(line) and word_count(line) <= LONGEST_TITLE and rows[stop - 1].width < 0.85 * layout.measure
    ):
        return stop
    return end
