"""Headings that only their setting shows: underlined, in capitals, apart, or ended before the measure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Facts, Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.headings.around import (
    FEW,
    begins_running,
    has_small_titles,
    is_couplet,
    is_emphasised,
    is_entry,
    is_one_of_pointed,
    is_ruled_off,
    is_small_title,
    over_verse,
    written_as_title,
)
from tei_pipeline.rules.headings.head_labels import head_label, named_division
from tei_pipeline.rules.headings.title_end import title_end
from tei_pipeline.rules.headings.titles import (
    LONGEST,
    LONGEST_TITLE,
    MARKS,
    NOT_TITLE,
    SENTENCES,
    TERMINAL,
    before_date,
    dangles,
    is_cased_title,
    is_set_in_capitals,
    is_title_line,
    over_date,
    over_speech,
    set_together,
    title_lines,
)
from tei_pipeline.rules.letters.dated import is_dateline
from tei_pipeline.rules.letters.near_dates import leads_to_date
from tei_pipeline.rules.letters.pieces import is_salute
from tei_pipeline.rules.shape import (
    chunk_end,
    ended_early,
    goes_on_next_page,
    is_capitals,
    is_centred,
    is_in_middle,
    is_summary,
    is_title_case,
    starts_upper,
    sums_up,
    without_reference,
    word_count,
)
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


SET_IN = 3  # columns: verses farther in than their titles, which may be as long as the lines of prose
WIDE = 4  # empty lines above: a line of few words that a point ends is a title between such gaps
_CITED = re.compile(r"_[^_]{2,60}_,? (?:[ivxlc]+|[IVXLC]+|[0-9]+)\b.{0,16}$")  # _The Mill_, vii. 3.
RULE = re.compile(r"^[-=_~]{3,}$")
_BARE_NUMBER = re.compile(r"^\W*(?:[IVXLCDM]+|\d+)\W*$")
_VERSE_NUMBER = re.compile(r"^\d+[:.]\d+\s")  # scripture
_SPOKEN = re.compile(r"^[^\"“”]{2,60}[.:)]_? [\"“][^\"“”]+(?:[.!?]_?[\"”]$|$)")  # who speaks, and the words in quotation marks
_REACTION = re.compile(r"^\(.*\)[.!]?$")


def underlined(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A title above a line of hyphens, equals signs or underscores at least half as long."""
    end = chunk_end(rows, at)
    for i in range(at + 1, min(end, at + 4)):
        if RULE.match(rows[i].text):
            if rows[i - 1].ends_sentence and not is_title_case(rows[i - 1].text, layout.language.lowercase_in_titles):
                return None  # the rule below a section
            if rows[i - 1].ends_sentence and any(row.gap and row.text == rows[i].text for row in rows):
                return None  # so is it elsewhere, apart from the text
            if i + 1 < end and len(rows[i].text) > BOXED * len(rows[i - 1].text):
                return None  # it opens a box
            if all(is_title_line(row, layout) for row in rows[at:i]) and len(rows[i].text) >= 0.5 * len(rows[i - 1].text):
                return Match("heading", i + 1, "underlined", 0.92, Facts(type="underlined"))
            return None
    return None


BOXED = 2  # times as long as the line above: a rule right over text goes over the page


def capitals(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Lines in capitals, up to the text, when they were ended on purpose."""
    row = rows[at]
    initial = len(row.text) == 1 and row.text in "AO" and at + 1 < len(rows) and rows[at + 1].gap == 1 and is_capitals(rows[at + 1].text)
    if (
        not (is_capitals(row.text) or initial)
        or (not row.gap and at)
        or (row.text[0] in "\"“„«»‘'" and row.gap < 2 and not (is_in_middle(row, layout) or _heads_quoting(rows, at, layout)))
    ):
        return None
    if at and chunk_end(rows, at) > at + 2 and (above := named_division(rows[at - 1].text.strip(MARKS), layout.language)) is not None:
        if above.type == "dedication":
            return None  # to whom the book is given, below the heading that says so
    far = row.indent > layout.margin + FAR_IN and not is_centred(row, layout)
    if row.text[0] in "-–—" and row.text[-1] not in "-–—" and (far or not layout.in_verse(row.line)):
        return None  # the author of a motto or poem
    if _SPOKEN.search(row.text) and not layout.drama:
        return None  # below a picture: _Boy._ "A VERY NICE DOG!"
    if _addresses(rows, at, layout) or (row.gap == 1 and fold(row.text) in layout.language.abbreviations):
        return None  # nor does "A.D." between entries of a chronicle head anything
    end = at
    stop = chunk_end(rows, at)
    while end < stop and (is_set_in_capitals(rows[end].text) or initial):
        end += 1
    if at and end - at > 2 and not rows[at - 1].ends_sentence and all(line.text[-1] in ",;" for line in rows[at : end - 1]):
        return None  # names, one below the other, in the sentence that goes on
    if end == at + 1 < stop and fold(row.text) in layout.language.articles and title_lines(rows, at, layout) == stop:
        end = stop  # THE / Mills of the Weir
    if end < stop:
        # capitals glued to text: only when they were ended on purpose
        if not (end < len(rows) and ended_early(rows[end - 1], rows[end], layout)) or rows[end - 1].text.endswith((",", ";")):
            return None
        if rows[end - 1].text[-1] == ":" and rows[end].indent > rows[at].indent and not layout.drama:
            return None  # an author over the list of his works
    if (
        end - at > LONGEST
        or sums_up(rows[at:end])
        or (end == stop and _runs_on(rows[at:end], layout))
        or _VERSE_NUMBER.match(row.text)
        or (end == at + 1 and _BARE_NUMBER.match(row.text))
    ):
        return None
    if not initial and word_count(row.text) == 1 and len(row.text) <= 2 and not (end > at + 1 and is_centred(row, layout)):
        return None
    if re.search(r"[,;]$", rows[end - 1].text) and end >= len(rows):
        return None
    if rows[end - 1].text[-1] == "," and end == stop < len(rows) and leads_to_date(rows, end - 1, layout):
        return None  # the place over a date
    last = " ".join(r.text for r in rows[at:end])
    if _REACTION.match(last):
        return None
    if end == stop:
        end = title_end(rows, at, end, layout, True)
    certainty = 0.9 if row.gap >= 2 or is_centred(row, layout) else 0.75
    if end >= len(rows) and at:
        return None
    if (
        rows[end - 1].text[-1] == ","
        and word_count(row.text) <= MOST_ADDRESSED
        and not layout.drama
        and end + 1 < len(rows)
        and len(rows[end].text) > 0.7 * layout.measure
    ):
        if not rows[end + 1].gap and not is_capitals(rows[end].text) and end == at + 1:
            return None  # it addresses the reader
    return Match("heading", end, f"capitals, gap {row.gap} before: {last[:40]}", certainty, Facts(type="capitals"))


def _heads_quoting(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether words in quotation marks, first to last, stand alone below a row of stars, as other titles in capitals of the text do."""
    text = rows[at].text
    if not at or text.rstrip(".")[-1] not in '"”»“' or word_count(text) < 2 or chunk_end(rows, at) > at + 1 or not _is_starred(rows, at):
        return False
    alike = (i for i in range(1, len(layout.rows) - 1) if _is_starred(layout.rows, i) and is_capitals(layout.rows[i].text))
    return sum(bool(layout.rows[i + 1].gap) for i in alike) >= FEWEST_STARRED


def _is_starred(rows: Rows, at: int) -> bool:
    """Whether a line stands right below a row of stars."""
    return not rows[at - 1].text.strip("*· ") and rows[at].gap == 1


FEWEST_STARRED = 4  # such titles of a text, that in quotation marks among them: the cry of a story stands alone below its stars


def _runs_on(lines: Rows, layout: Layout) -> bool:
    """Whether lines in capitals are running text: full but the last, and more than one sentence, the last with its point."""
    full = all(row.width > FULL * layout.measure and row.indent <= layout.margin + layout.indent for row in lines[:-1])
    return len(lines) > 1 and full and lines[-1].ends_sentence and SENTENCES.search(" ".join(row.text for row in lines)) is not None


FULL = 0.8  # of the measure
MOST_ADDRESSED = 2  # words: READER,
FAR_IN = 20  # columns: farther than verses stand


def _addresses(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether short lines between the date of a letter and its text name the receiver: "GENERAL J. B. HOLM / Commanding the Corps"."""
    if not at or rows[at].gap != 1 or not is_dateline(rows[at - 1].text, layout):
        return False
    end = chunk_end(rows, at)
    if (
        end - at > MOST_OF_AN_ADDRESS
        or end >= len(rows)
        or rows[end].gap > 1
        or any(row.width > 0.7 * layout.measure for row in rows[at:end])
    ):
        return False
    if is_salute(rows[end].text, layout):
        return True
    return end - at > 1 and not is_capitals(rows[end - 1].text) and len(rows[end].text) > 0.7 * layout.measure


MOST_OF_AN_ADDRESS = 4  # lines
MOST_OF_A_TITLE = 4  # lines, of one that white space sets apart
MOST_CASED = 3  # lines, of one that only its capitals show


_DASHES = ("--", "—", "–", "-")


def isolated(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A short line with white space around it, without the point of a sentence."""
    row = rows[at]
    centred = is_centred(row, layout)
    end = set_together(rows, at, layout, MOST_OF_A_TITLE)
    ruled = is_ruled_off(rows, at, end, layout)
    if at and row.gap < layout.section_gap and not (centred or ruled):
        return None
    if end >= len(rows) or not (rows[end].gap or rows[end].page) or end - at > MOST_OF_A_TITLE:
        return None
    if goes_on_next_page(rows, at, end, layout) or is_entry(rows, at, end):
        return None  # the first verses of a stanza
    end = before_date(rows, at, end, layout)
    if end - at > 2 and sum("    " in r.text for r in rows[at:end]) > 1:
        return None  # a table
    if row.text.startswith(_DASHES) and not rows[end - 1].text.endswith(_DASHES):
        return None  # who wrote what stands above, or where it stood first
    if _CITED.match(row.text) and row.gap < WIDE:
        return None  # the work, and the place in it, of the verses above
    line = " ".join(r.text for r in rows[at:end]).strip(MARKS)
    if end == at + 1 and _QUOTED_IN_ITALICS.match(row.text) and not (at and rows[at - 1].gap > row.gap and not rows[at - 1].ends_sentence):
        line = line[1:-1]  # a saying as a title; right below one it is the motto
    if row.gap >= WIDE and line[-1:] in ",;:" and written_as_title(line, layout):
        return _stopped(rows, at, end, line, layout)
    over = over_verse(rows, at, end, layout) and not _BARE_NUMBER.match(line)
    pictured = _is_over_picture(rows, at, end, layout)
    marked = ruled or pictured or is_emphasised(rows, at, end, layout)
    longest = LONGEST_TITLE * (2 if marked else 1)
    if not line or NOT_TITLE.search(line) or word_count(line) > longest or not starts_upper(line) or word_count(line) == 0:
        return None
    labelled = head_label(line, layout.language) is not None  # "I."
    opened = labelled or fold(line.partition(" ")[0]) in layout.language.addressing  # "To"
    pointed = TERMINAL.search(without_reference(line))
    nearer = pointed and not opened and layout.section_gap <= row.gap > rows[end].gap and written_as_title(line, layout)
    kin = pointed and not opened and end == at + 1 and is_one_of_pointed(rows, at, layout)
    nearer = (nearer and begins_running(rows, end, layout)) or kin
    if (pointed and not (centred or over or marked or nearer or row.gap >= layout.section_gap + 1)) or line.endswith(
        (",", ";", ":", ",--", ",—")
    ):
        return None
    wide = row.gap >= layout.section_gap + 1 and rows[end].gap >= 2
    alone = marked and row.gap >= WIDE and rows[end].gap >= 2  # _Letter to Anna Lund. May 4, 1836_
    titled = (row.gap >= WIDE or bool(nearer)) and not labelled and not (opened and _is_below_label(rows, at, layout))
    two = not (centred or alone) and _is_two(line, layout, titled)
    if two or (not (over or wide or marked or kin) and line.endswith(".") and word_count(line) > 6):
        return None
    far = (row.gap >= WIDE and written_as_title(line, layout)) or (over and row.indent + SET_IN <= rows[end].indent)
    if (rows[end - 1].width > 0.85 * layout.measure and not far) or not (marked or all(is_title_line(r, layout) for r in rows[at:end])):
        return None
    patterns = words(layout.language)
    if (patterns.salute.match(line) and line.endswith((",", ":", "—", "-"))) or patterns.closing.match(line):
        return None
    above = named_division(rows[at - 1].text, layout.language) if at and row.gap < WIDE else None
    if above is not None and above.type == "errata":
        return None  # the first fault
    title = is_title_case(line, layout.language.lowercase_in_titles)
    if not title and not centred and (dangles(line, layout) or _LEFT_BLANK.search(line)):
        return None  # a sentence that goes on below, or whose end is left blank: I was born in the year ----
    if not title and is_couplet(rows, at, end, layout):
        return None
    below_title = not layout.drama and row.indent > layout.margin + 2 and at > 0 and is_capitals(rows[at - 1].text)
    if sums_up(rows[at:end]) or (not title and (is_summary(line) or (below_title and "--" in line.strip("-")))):
        return None  # what the chapter treats of
    if row.gap >= layout.section_gap and not pointed:
        certainty = 0.85 if title or pictured else 0.7
    elif centred or over:
        certainty = 0.75
    elif marked:
        certainty = 0.85 if pictured else 0.7
    elif wide and end == at + 1 and (row.gap >= WIDE or row.text[0] == row.text[-1] != line[0]) and word_count(line) <= FEW:
        certainty = 0.7  # more white space below than a paragraph has
    elif is_small_title(rows, at, layout):
        certainty = 0.65 if has_small_titles(layout) else 0.0
    else:
        certainty = 0.6 if title else 0.0
    if not certainty or is_dateline(line, layout):
        return None
    return Match(
        "heading", end, f"a short line apart, gap {row.gap} before{', centred' if centred else ''}", certainty, Facts(type="title")
    )


_LEFT_BLANK = re.compile(r"[a-zß-ÿ] (?:-{3,}|—{2,})$")


def _is_over_picture(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether lines far from the verses above, and farther left than they, stand right over a picture and verses: a long title."""
    if (
        rows[at].gap < 2
        or rows[end].gap > 1
        or rows[at].indent > layout.margin
        or words(layout.language).figure.match(rows[end].text) is None
    ):
        return False
    below = chunk_end(rows, end)
    return below < len(rows) and layout.in_verse(rows[below].line) and rows[at].indent < rows[below].indent


def _is_below_label(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether the label of a division stands above, and nothing else: it heads the letter, and this line says to whom it is."""
    label = head_label(rows[at - 1].text, layout.language) if at else None
    return label is not None and label.length >= len(rows[at - 1].text.rstrip(" .:"))


def _is_two(line: str, layout: Layout, far: bool) -> bool:
    """Whether a sentence ends in a line and another begins: at a point that is not that of "Mrs.", behind the name of a kind of piece and
    its colon ("Letter: To Mrs. Thomas Holm"), nor that of "Col." or an initial in a title far below what is above.
    """
    points = [line[: m.start() + 1].rsplit(" ", 1)[-1] for m in _NEXT_SENTENCE.finditer(line)]
    if not points:
        return False
    kind, colon, _ = line.partition(":")
    named = bool(colon) and layout.language.divisions.get(fold(kind)) is not None
    short = layout.language.abbreviations | layout.language.titles
    if far and not INITIAL.match(line.split(" ", 1)[0]):
        named = named or is_title_case(line, layout.language.lowercase_in_titles)  # Letters of Col. Thomas S. Holm
    return not (named and all(fold(point) in short or INITIAL.match(point) for point in points))


_NEXT_SENTENCE = re.compile(r"[.!?](?=\s+[\"“]?[A-Z])")
INITIAL = re.compile(r"(?:[^\W\d_]\.)+$")
_QUOTED_IN_ITALICS = re.compile(r"^_[\"“][^\"“”_]+[\"”]_$")


def _stopped(rows: Rows, at: int, end: int, line: str, layout: Layout) -> Match | None:
    """A title with much white space above it, nearer to its text, that ends with a comma or the like, perhaps goes on a line below."""
    patterns = words(layout.language)
    if rows[end].gap > 1 or patterns.salute.match(line) or patterns.closing.match(line) or is_dateline(line, layout):
        return None
    below = chunk_end(rows, end)
    if line[-1] == "," and below == end + 1 < len(rows) and rows[below].gap == 1 and written_as_title(rows[end].text, layout):
        end = below
    if chunk_end(rows, end) < end + 2:
        return None
    return Match("heading", end, f"words written as a title, gap {rows[at].gap} before", 0.75, Facts(type="title"))


def cased(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Two or three lines apart, every word with a capital but the small ones: a title that white space does not show, or a long one."""
    end = set_together(rows, at, layout, MOST_CASED)
    if not 2 <= end - at <= MOST_CASED or end >= len(rows) or not rows[end].gap or not all(is_cased_title(r, layout) for r in rows[at:end]):
        return None
    if sums_up(rows[at:end]):
        return None
    return Match("heading", end, f"{end - at} lines that write their words as titles do", 0.75, Facts(type="title"))


_SENTENCE_WITHIN = re.compile(r"[^\W\d_]{4}[.!?]\s+[^\W\d_]")


def glued(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A title whose text begins on the next line: it was ended before the measure, without a point, and a sentence begins below."""
    row = rows[at]
    end = chunk_end(rows, at)
    if over_date(rows, at, layout):
        return Match("heading", at + 1, "a title over the date of its piece and the text", 0.85, Facts(type="title"))
    if over_speech(rows, at, layout):
        return Match("heading", at + 1, "a title right over the words of a speaker", 0.85, Facts(type="title"))
    if end - at < 2 or (row.gap < layout.section_gap and at) or (layout.spacing == 1 and row.gap < 3 and at):
        return None
    stop = title_lines(rows, at, layout, 4)
    if row.indent > layout.margin and rows[end - 1].indent > layout.margin and layout.spacing == 1 and not is_centred(row, layout):
        return None
    if stop == at or stop >= end or (not at and stop + 1 == len(rows)):
        last = without_reference(rows[end - 1].text)
        if stop >= end and row.gap >= 4 and end - at <= 4 and not TERMINAL.search(last) and not NOT_TITLE.search(row.text):
            return Match("heading", before_date(rows, at, end, layout), f"short lines after a gap of {row.gap}", 0.8, Facts(type="title"))
        return None
    line = " ".join(r.text for r in rows[at:stop])
    if is_summary(line):
        return None
    titled = is_title_case(line, layout.language.lowercase_in_titles) or is_dateline(rows[stop].text, layout)
    longest = LONGEST_TITLE * (2 if row.gap >= 4 else 1)
    if TERMINAL.search(line) or NOT_TITLE.search(line) or not starts_upper(rows[stop].text) or (word_count(line) > longest and not titled):
        return None
    if layout.in_verse(rows[stop].line) and not titled and not is_capitals(line):
        return None  # verses of a stanza without a title
    if is_dateline(line, layout) or (not is_capitals(line) and (_SENTENCE_WITHIN.search(line) or dangles(line, layout))):
        return None
    return Match("heading", stop, f"a title ended before the measure, text begins below, gap {row.gap}", 0.75, Facts(type="title"))
