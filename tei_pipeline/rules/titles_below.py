"""Lines apart below a heading that still belong to it: titles set on several lines, with white space between."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.dated import is_dateline, is_day, is_place_and_year
from tei_pipeline.rules.datelines import leads_to_date, titles_letter, year_of_letter
from tei_pipeline.rules.head_labels import HeadLabel, head_label, named_division
from tei_pipeline.rules.letters import ADDRESSES, is_salute, says_to_whom
from tei_pipeline.rules.paragraphs import names_contents
from tei_pipeline.rules.persons import cast_division, names_group, tells_setting
from tei_pipeline.rules.present import names_persons
from tei_pipeline.rules.shape import chunk_end, is_capitals, is_centred, is_summary, is_title_case, sums_up, word_count
from tei_pipeline.rules.speaker_names import counts_acts
from tei_pipeline.rules.speakers import is_speaker_line, speaker_label
from tei_pipeline.rules.titles import FULLEST, LONGEST, LONGEST_TITLE, MARKS, NOT_TITLE, SENTENCES, TERMINAL, dangles, names_author
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

CHAPTER = 4  # the rank of a chapter: what it is called may be what other books call their preface
_NO_TITLES = frozenset(("argument", "notes", "contents", "index"))
_NUMBERED_TOO = frozenset(("introduction", "section", "prologue", "epilogue"))  # "section": a conclusion or summary
_FIRST_OF_ITS_KIND = re.compile(r"[\W_]*(?P<kind>[^\W\d_]{2,})(?P<short>\.)?_?\s+(?:I|1)(?=[\W_]|$)")
_YEAR = re.compile(r"^\W*1\d{3}\W*$")
_PERIOD = re.compile(r"^\W*1\d{3}\s?[-–—]+\s?\d{2,4}\W*$")


def next_chunk_title(rows: Rows, at: int, end: int, layout: Layout, capitals: bool) -> int:
    """Past the next lines apart that still belong to the heading: titles set on several lines with white space between."""
    while end < len(rows) and end - at < 2 * LONGEST:
        row = rows[end]
        if {rows[at].line, row.line} <= layout.listing.titles and head_label(rows[at].text.strip(MARKS), layout.language) is None:
            break  # the contents page has both
        if end > at + 1 and _dates_issue(rows, at, end - 1, layout):
            break  # the first piece of the number
        if row.gap > 2 or row.text[0] in "[{" or (layout.drama and names_persons(rows, end, layout)) or _speaks(row.text, layout):
            break
        dangling = dangles(rows[end - 1].text, layout)
        if not dangling and names_author(row.text.rstrip(","), layout):
            break
        if not is_capitals(row.text) or not any(c.isalpha() for c in row.text):
            near = row.gap == 1 or _YEAR.match(row.text) or _above_title(rows, end)
            if not (capitals and _is_filler(rows, end, layout) and near):
                break
        stop = chunk_end(rows, end)
        chunk = rows[end:stop]
        if len(chunk) > LONGEST or sums_up(chunk) or (not all(is_capitals(r.text) for r in chunk) and not _is_filler(rows, end, layout)):
            break
        if layout.drama and not dangling and (counts_acts(row.text, layout.language) or tells_setting(row.text, layout.language)):
            break
        if layout.drama and (names_group(row.text, layout.language) or words(layout.language).move.match(row.text)):
            break
        if stop == end + 1 and _titles_book(rows, at, end, layout):
            break
        if ADDRESSES.search(row.text) and stop < len(rows) and not is_capitals(rows[stop].text) and _runs_below(rows, stop, layout):
            break  # it addresses the reader, or who the letter is to
        by = fold(row.text) in layout.language.bylines
        if row.starts_lower and not dangling and (by or not (stop < len(rows) and is_capitals(rows[stop].text))):
            break  # "by" over a name
        if (not dangling and is_salute(row.text, layout)) or (row.text[-1] == "," and leads_to_date(rows, stop - 1, layout)):
            break
        label = head_label(row.text.strip(MARKS), layout.language)
        line = " ".join(r.text for r in chunk)
        if not dangling and (is_dateline(line, layout) or is_day(line, layout)) and _dates_piece(rows, end, stop, layout):
            break
        if is_place_and_year(line) and _set_to_the_right(rows, end, layout) and titles_letter(rows[end - 1].text, layout):
            break
        if year_of_letter(rows, end, layout):
            break
        if "    " in row.text and names_contents(row.text, layout):
            break  # CONTENTS      PAGE
        if not dangling and (_is_bare_scene(row.text, layout) or _begins_kind(row.text, rows[end - 1].text)):
            break
        if _counts_others(label, row.text, rows[end - 1].text, layout) or _tells_of_more(label, row.text, rows[at].text, layout):
            label = None
        if not dangling and (
            (label and (label.type or _counts(label, row.text.strip(MARKS))))
            or _begins_matter(rows, end, layout)
            or _names_pieces(rows, at, end, layout)
        ):
            break
        dated = words(layout.language).date.search(row.text) or _YEAR.match(row.text)
        if row.gap == 2 and rows[end - 1].text.endswith(".") and not dated and not (end == at + 1 and _is_bare(rows[at].text, layout)):
            break
        if stop < len(rows) and rows[stop].gap == 0:
            break
        end = stop
    return end


def _titles_book(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether a line over a paragraph, below those that tell who printed the book, is one of the title page come again."""
    if at > TITLE_PAGE or end + 1 >= len(rows) or not _runs_below(rows, end + 1, layout):
        return False
    printed = any(words(layout.language).imprint.search(row.text) for row in rows[at:end])
    return printed and any(row.text == rows[end].text for row in rows[:at])


TITLE_PAGE = 80  # lines at the beginning of a text


def _dates_issue(rows: Rows, at: int, dated: int, layout: Layout) -> bool:
    """Whether a date on a line of its own ends the masthead of a periodical, below the bare number of the volume."""
    if not rows[dated].gap or not is_dateline(rows[dated].text, layout):
        return False
    label = head_label(rows[at].text.strip(MARKS), layout.language)
    return label is not None and label.type == "volume" and label.length >= len(rows[at].text.strip(MARKS).rstrip(". "))


def _speaks(text: str, layout: Layout) -> bool:
    """Whether a line begins the first speech or question below a heading."""
    return bool(layout.speakers) and (is_speaker_line(text, layout) or speaker_label(text, layout) is not None)


NEXT_ENTRY = 150  # rows in which the next entry of a diary is looked for


def _dates_piece(rows: Rows, at: int, stop: int, layout: Layout) -> bool:
    """Whether a date in capitals, on lines of its own, is that of a message, of a letter, or of the first entry of a diary."""
    if stop <= at + 2 and stop < len(rows) and is_dateline(" ".join(row.text for row in rows[at:stop]), layout):
        below = rows[stop].text
        if is_salute(below, layout) or says_to_whom(below, layout) or (stop == at + 1 and _dates_follow(rows, stop, layout)):
            return True
    return _dates_letter(rows, at, layout)


def _dates_follow(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether the text below a date in capitals is followed by another such date: it begins an entry as that one does."""
    for i in range(at + 1, min(at + NEXT_ENTRY, len(rows) - 1)):
        row = rows[i]
        if row.gap and rows[i + 1].gap and row.text.isupper():
            return rows[i - 1].ends_sentence and not is_capitals(rows[i - 1].text) and is_dateline(row.text, layout)
    return False


def _runs_below(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a paragraph of several full lines begins at a row."""
    return len(rows[at].text) > FULLEST * layout.measure and chunk_end(rows, at) > at + 1


def _counts(label: HeadLabel, text: str) -> bool:
    """Whether a bare number counts a heading of its own: the first, one that stands alone, or one with a point before its title."""
    if label.number == 1 or label.length >= len(text.rstrip(" .")):
        return True
    return text[label.length - 1] == "." and label.number < FEW and (len(label.n) > 1 or label.n in "VX" or label.n.isdigit())


FEW = 100  # chapters: single letters that count more are initials


def _is_bare(text: str, layout: Layout) -> bool:
    """Whether a line is the label of a chapter or part alone: its point ends no title."""
    label = head_label(text.strip(MARKS), layout.language)
    return label is not None and bool(label.type) and label.rank <= CHAPTER and label.length >= len(text.strip(MARKS).rstrip(". "))


def _tells_of_more(label: HeadLabel | None, text: str, above: str, layout: Layout) -> bool:
    """Whether a title in words begins with what would be a larger division than the bare label over it: CHAPTER I / FIRST PERIOD, FROM …"""
    own = head_label(above.strip(MARKS), layout.language)
    if label is None or own is None or not (label.type and own.type) or own.length < len(above.rstrip(" .:_*")):
        return False
    return label.rank < own.rank and text[label.length :].lstrip(" ,:;.—–-") != "" and not label.n.isdigit()


def _counts_others(label: HeadLabel | None, text: str, above: str, layout: Layout) -> bool:
    """Whether a title below the label of a division speaks of another one in words: CHAPTER IV / THE FIRST CHAPTER OF HIS LIFE."""
    if label is None or not label.type or text[: label.length].endswith(label.n):
        return False
    last = head_label(above.strip(MARKS), layout.language)
    return last is not None and last.type == label.type and last.number != label.number and label.length < len(text.rstrip(". "))


def _begins_kind(text: str, above: str) -> bool:
    """Whether a line is the first of its kind under the name of the kind: DEFIN. I., or AMENDMENT I under AMENDMENTS."""
    first = _FIRST_OF_ITS_KIND.match(text)
    return first is not None and (bool(first["short"]) or fold(above).strip(" .:_*[]").startswith(fold(first["kind"])))


def _is_bare_scene(text: str, layout: Layout) -> bool:
    """Whether a line is the word for a scene alone, below the number of an act."""
    word = layout.language.divisions.get(fold(text).strip(" .:_*")) if layout.drama else None
    return word is not None and word.type == "scene"


def _is_filler(rows: Rows, at: int, layout: Layout) -> bool:
    """A short line between two of capitals: "on", "(in 1780)", a year."""
    text = rows[at].text
    if len(text) > 40 or chunk_end(rows, at) != at + 1:
        return False
    if text[0] == "(":
        return not layout.drama
    if _YEAR.match(text):
        return True
    if _PERIOD.match(text):  # between the number of a chapter and its title
        return at + 1 < len(rows) and rows[at + 1].gap == 1 and is_capitals(rows[at + 1].text)
    return word_count(text) <= 2 and (text[0].islower() or text[0] == "&")  # &c.


def _above_title(rows: Rows, at: int) -> bool:
    """Whether a remark in brackets below the number of a letter stands over the names of writer and receiver: "(Fragment)"."""
    return rows[at].text[0] == "(" and at + 1 < len(rows) and 1 <= rows[at + 1].gap <= 2 and is_capitals(rows[at + 1].text)


def _begins_matter(rows: Rows, at: int, layout: Layout) -> bool:
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


def _names_pieces(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether a line below a title that is no label is the bare name of a kind of piece: LETTERS, SPEECH."""
    word = layout.language.divisions.get(fold(rows[end].text).strip(" ._*"))
    if word is None or word.matter != "body" or word.rank < CHAPTER:
        return False
    bare = rows[at].text.strip(MARKS)
    above = head_label(bare, layout.language)
    if above is not None and rows[end].gap == 1 and above.length >= len(bare.rstrip(". ")):
        return False  # the title of what a number alone counts
    return above is None or not above.type


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


def _dates_letter(rows: Rows, end: int, layout: Layout) -> bool:
    """Whether a date is that of a letter: below its number or the name of whom it is to, or at the right side of the page."""
    return titles_letter(rows[end - 1].text, layout) or _set_to_the_right(rows, end, layout)


def _set_to_the_right(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line stands at the right side of the page, as the place and day of a letter below its number."""
    row = rows[at]
    return row.indent > max(rows[at - 1].indent, layout.margin + FAR_RIGHT * layout.measure) and not is_centred(row, layout)


def _dates_run_in(rows: Rows, at: int, stop: int, layout: Layout) -> bool:
    """Whether a day alone stands over a paragraph that begins with words of address: _Tuesday night._ over My dear Holm,--I have ..."""
    if stop > at + 1 or not is_day(rows[at].text, layout):
        return False
    return words(layout.language).greeting.match(rows[stop].text) is not None


FAR_RIGHT = 0.4  # of the measure
FAR_IN = 10  # columns: quotations, verses and first lines stand less far in
SALUTE = 6  # words, at most: "Sir Charles Lorn, to George Amory, Esq." begins like a salute and is none


_PHRASES = re.compile(r"\w(?:--|—)\w")  # parted by dashes: what a chapter treats of


def title_below(rows: Rows, end: int, layout: Layout) -> int:
    """A short title one gap below a label that stands alone."""
    if end >= len(rows) or rows[end].gap != 1:
        return end
    stop = chunk_end(rows, end)
    row = rows[end]
    if stop - end > 3 or stop >= len(rows) or rows[stop].gap < 1 or row.starts_lower:
        return end
    if NOT_TITLE.search(" ".join(r.text for r in rows[end:stop])) or _dates_run_in(rows, end, stop, layout):
        return end
    if (layout.drama and names_persons(rows, end, layout)) or _speaks(row.text, layout):
        return end
    patterns = words(layout.language)
    below = head_label(row.text, layout.language)
    if (below is not None and below.type) or _begins_matter(rows, end, layout) or (layout.drama and not is_capitals(row.text)):
        return end
    if (
        stop - end > 1
        and is_capitals(rows[stop - 2].text)
        and (is_dateline(rows[stop - 1].text, layout) or is_day(rows[stop - 1].text, layout))
    ):
        stop -= 1  # the date of a letter, right below the names of writer and receiver
    line = " ".join(r.text for r in rows[end:stop])
    if re.search(r"[,;:—–-]$", line.rstrip(MARKS)) or (
        fold(line.strip(MARKS).split(" ")[0]) in layout.language.addressing
        and (line[0] == "_" or row.indent <= layout.margin < rows[end - 1].indent - FAR_IN)
    ):  # whom the letter is to, set otherwise than the heading
        return end
    salute = patterns.salute.match(line) and word_count(line) <= SALUTE
    if patterns.date.search(line.replace("_", "")) or salute or (head_label(row.text, layout.language) and not is_capitals(row.text)):
        return end
    phrases = len(_PHRASES.findall(line))
    if (
        is_summary(line)
        or phrases > 1
        or (is_day(line, layout) and _dates_letter(rows, end, layout))
        or _is_set_in(rows, end, stop, layout)
    ):
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
