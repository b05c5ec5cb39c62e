"""How far a title runs: which lines still belong to the heading that begins at a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.language import fold
from tei_pipeline.rows import Row
from tei_pipeline.rules.drama.play_lines import begins_speech
from tei_pipeline.rules.drama.speakers import speaker_label
from tei_pipeline.rules.headings.head_labels import bare_label, head_label
from tei_pipeline.rules.letters.dated import is_dateline, is_day
from tei_pipeline.rules.letters.near_dates import year_of_letter
from tei_pipeline.rules.paragraphs import names_contents
from tei_pipeline.rules.shape import chunk_end, ended_early, is_capitals, is_centred, is_short, is_title_case, starts_upper
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

LONGEST = 8  # printed lines: titles of old books run long, but not longer
CASED = 5  # words, at least, of a title known by its capitals alone: a name and an office have four
LONGEST_TITLE = 14  # words of a title that only white space marks
TERMINAL = re.compile(r"(?<!\.[A-Z])[.,;:!?…][\"”“’‘»«›‹)\]]*$")  # the point after initials ("U.S.A.") may end a title too
NOT_TITLE = re.compile(r"^[\"“„«»‘‚‹›'(\[]|[,;]$|:\s?[-–—]+$|^\W+$")
NUMBER_ALONE = re.compile(r"^\W*(?:[IVXLCDM]+|\d+)\W*$")
SENTENCES = re.compile(r"[^\W\d_]{3}[.!?](?: +|--|—)[^\W\d_]")  # one ends and another begins
MARKS = "_*=/~+ "  # of emphasis: italics, bold, spaced or small type
_ARGUMENT = re.compile(r"^\(?[a-z1-9]\)\s+[^\W\d_a-z]")
_NUMBER_IN_FRONT = re.compile(r"^\W*(?:\d{1,3}|[IVXLC]+)[.)]?\s+")
_ANNOUNCES = re.compile(r":\s?[-–—]*$")  # what follows: no title does
_STOPPED = re.compile(r"[.,;][\"”’)\]]*$")


def set_together(rows: Rows, at: int, layout: Layout, most: int) -> int:
    """Past the lines that stand together with row ``at``, at most up to a new page or to the label of a speaker; of more than ``most``
    lines one more is looked at, so that they are seen to be more.
    """
    end = min(chunk_end(rows, at), at + most + 1)
    return next((i for i in range(at + 1, end) if rows[i].page or speaker_label(rows[i].text, layout)), end)


def title_lines(rows: Rows, at: int, layout: Layout, limit: int = LONGEST) -> int:
    """Past the lines that still belong to the title which begins at ``at``: they were ended on purpose, or stand alone."""
    if not is_title_line(rows[at], layout):
        return at
    end = set_together(rows, at, layout, limit + 1)
    if end - at <= limit and all(is_title_line(row, layout) for row in rows[at:end]) and _not_prose(rows, at, end, layout):
        if not any(_begins_text(rows, i, layout) for i in range(at + 1, end)):
            return end
    stop = at
    while stop < end and stop - at < limit:
        row = rows[stop]
        if not is_title_line(row, layout) or (stop > at and _begins_text(rows, stop, layout)):
            break
        following = rows[stop + 1] if stop + 1 < end else None
        if following is not None and not is_capitals(row.text) and not ended_early(row, following, layout):
            if is_cased_title(row, layout) and _begins_sentence(following.text) and not is_cased_title(following, layout):
                return stop + 1 + _is_last_of_title(rows, stop + 1, end, layout)
            # a title may run over a full line, but then its next line is short and the text begins after it
            after = rows[stop + 2] if stop + 2 < end else None
            early = stop > at and ended_early(rows[stop - 1], row, layout)
            if early or not (
                after is not None
                and is_title_line(following, layout)
                and ended_early(following, after, layout)
                and starts_upper(after.text)
                and not following.ends_sentence
            ):
                break
        stop += 1
    return stop


def _is_last_of_title(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether a line is the short rest of the title above it: in the capitals of one, ended early, and a sentence begins below."""
    if at + 1 >= end:
        return False
    row, after = rows[at], rows[at + 1]
    cased = not TERMINAL.search(row.text) and is_title_case(row.text, layout.language.lowercase_in_titles)
    return cased and ended_early(row, after, layout) and _begins_sentence(after.text)


def _begins_sentence(text: str) -> bool:
    """Whether a line begins with a capital, perhaps after the marker of an argument: "a) In this connection …"."""
    return starts_upper(text) or _ARGUMENT.match(text) is not None


def is_cased_title(row: Row, layout: Layout) -> bool:
    """Whether a line writes its words as English titles do, each with a capital but the small ones, and enough of them to tell."""
    text = row.text.strip(MARKS)
    return (
        not TERMINAL.search(text)
        and not is_short(text, CASED - 1)
        and is_title_case(text, layout.language.lowercase_in_titles)
        and not is_dateline(text, layout)
    )


def over_speech(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a title stands over a part of an interview or debate, and right below it somebody speaks: there no white space shows it."""
    if not layout.speakers or layout.drama or not rows[at].gap or at + 1 >= len(rows) or rows[at + 1].gap:
        return False
    return is_cased_title(rows[at], layout) and begins_speech(rows, at + 1, layout) is not None


def over_date(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a title stands over the date of its piece and the text, all three set together: no signature, whose date ends a piece."""
    end = chunk_end(rows, at)
    if end - at < 3 or not rows[at].gap or not is_dateline(rows[at + 1].text, layout):
        return False
    return is_cased_title(rows[at], layout) and (len(rows[at + 2].text) > 0.7 * layout.measure or bool(bare_label(rows[at + 2].text)))


def before_date(rows: Rows, at: int, end: int, layout: Layout) -> int:
    """Past the lines of a title that stand together, but for the date of the piece, or where it was published, alone in the last one."""
    last = rows[end - 1].text
    if end - at < 2 or dangles(rows[end - 2].text, layout) or is_capitals(last):
        return end
    return end - 1 if is_dateline(last, layout) or words(layout.language).published.match(last) else end


def deeper_label(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether two numbered divisions stand one under the other, no gap between them, the second in the first: ACT I / SCENE I."""
    text, above = rows[at].text, rows[at - 1].text
    if not at or len(text) > 60 or len(above) > 30 or not above[:1].isupper():
        return False
    outer = head_label(above.strip(MARKS), layout.language)
    if outer is None or not outer.type or outer.length < len(above.rstrip(" .:_*")) - 1:
        return False
    inner = head_label(text.strip(MARKS), layout.language)
    return inner is not None and bool(inner.type) and inner.rank > outer.rank


def _begins_text(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line inside a chunk is no title any more: a dateline, or a sentence below a line that was ended without a point."""
    row, last = rows[at], rows[at - 1]
    if deeper_label(rows, at, layout):
        return True
    if year_of_letter(rows, at, layout):
        return True
    if is_capitals(row.text):
        return names_contents(row.text, layout)
    if layout.style == "indent" and row.indent == layout.margin + layout.indent > layout.margin >= last.indent:
        return True
    if is_dateline(row.text, layout) or (is_capitals(last.text) and is_day(row.text, layout)):
        return True
    if _ANNOUNCES.search(row.text) or _begins_verses(rows, at, layout) or (layout.drama and row.text[0] == "["):
        return True
    if SENTENCES.search(row.text) and _is_whole_title(last, row, layout) and _begins_sentence(row.text):
        return True
    end = chunk_end(rows, at)
    return (
        end - at <= 2
        and rows[end - 1].ends_sentence
        and rows[end - 1].text[-1] in ".?!:"
        and (not last.ends_sentence or _asks(last.text, layout))
        and starts_upper(row.text)
        and ended_early(last, row, layout)
        and not is_title_case(row.text, layout.language.lowercase_in_titles)
    )


def _begins_verses(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line is the first of several that stand together where the book is set in verse."""
    goes_on = at + 1 < len(rows) and not rows[at + 1].gap
    return goes_on and layout.in_verse(rows[at].line) and layout.in_verse(rows[at + 1].line)


FULLEST = 0.7  # of the measure: longer lines may be the first of a title in sentences
LEAST_WORDS = 3  # of a title, below the label of its division or behind it


def _is_whole_title(row: Row, following: Row, layout: Layout) -> bool:
    """Whether a line is a title of its own, in the capitals of one: ended early, and long enough to be more than a label."""
    text = _NUMBER_IN_FRONT.sub("", row.text)
    if row.width > FULLEST * layout.measure or TERMINAL.search(text) or is_capitals(text) or is_short(text, LEAST_WORDS - 1):
        return False
    return ended_early(row, following, layout) and is_title_case(text, layout.language.lowercase_in_titles)


def _asks(text: str, layout: Layout) -> bool:
    """Whether a line is a whole title that asks: "4. What Next?"."""
    bare = _NUMBER_IN_FRONT.sub("", text)
    return bare[-1:] == "?" and is_title_case(bare, layout.language.lowercase_in_titles)


def _not_prose(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    if end - at == 1:
        return True
    chunk = rows[at:end]
    if all(is_set_in_capitals(row.text) for row in chunk) or all(is_centred(row, layout) for row in chunk):
        return True
    full = sum(1 for a, b in zip(chunk, chunk[1:], strict=False) if not ended_early(a, b, layout))
    return full <= 1 and not (full and _STOPPED.search(chunk[-1].text))


def is_title_line(row: Row, layout: Layout) -> bool:
    """Whether a line may belong to a title: capitals, centred, or not the full line of a sentence."""
    if is_capitals(row.text) or is_centred(row, layout):
        return True
    return row.width <= layout.measure + 2 and not row.text.endswith((",", ";")) and is_short(row.text, LONGEST_TITLE + 4)


def names_piece(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line right below a title in capitals that a point ends names a division alone: PREFACE."""
    text, above = rows[at].text, rows[at - 1].text
    if rows[at].gap or above[-1] != "." or not is_set_in_capitals(above) or not text.isupper():
        return False
    return fold(text.strip(f"{MARKS}.")) in layout.language.divisions


def names_author(text: str, layout: Layout) -> bool:
    """Whether a line says, by its first word or its second, who wrote a piece: "By Anna Brown", "Words by A. B."."""
    tokens = text.strip("_* ").split()
    if not 2 <= len(tokens) <= MOST_OF_A_NAME or text[-1] in ":," or ";" in text or not any(t[:1].isupper() for t in tokens[1:]):
        return False
    second = len(tokens) > 2 and fold(tokens[1]) in layout.language.bylines and tokens[2][:1].isupper()
    return second or bool(words(layout.language).byline.match(" ".join(tokens)))


MOST_OF_A_NAME = 8  # words of a line that names an author


def is_set_in_capitals(text: str) -> bool:
    """Capitals, or a year or number among lines of capitals."""
    return is_capitals(text) or (not any(c.isalpha() for c in text) and len(text) < 20)


def dangles(text: str, layout: Layout) -> bool:
    """Whether a line of a title cannot be its end: a comma or a small word closes it, which is no number of a division (AKT I)."""
    last = text.rstrip(" _*").split(" ")[-1]
    if last.endswith(",") or fold(last) not in layout.language.connectives:
        return last.endswith(",")
    label = head_label(text.strip(MARKS), layout.language) if last.isupper() else None
    return label is None or not label.type or label.length < len(text.strip(MARKS))
