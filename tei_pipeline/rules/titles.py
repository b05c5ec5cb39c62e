"""How far a title runs: which lines still belong to the heading that begins at a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.language import fold
from tei_pipeline.rows import Row
from tei_pipeline.rules.datelines import is_dateline, is_day, leads_to_date
from tei_pipeline.rules.head_labels import HeadLabel, bare_label, head_label, named_division
from tei_pipeline.rules.letters import is_salute
from tei_pipeline.rules.paragraphs import names_contents
from tei_pipeline.rules.persons import cast_division, names_group
from tei_pipeline.rules.play_lines import begins_speech
from tei_pipeline.rules.shape import chunk_end, ended_early, is_capitals, is_centred, is_summary, is_title_case, starts_upper, word_count
from tei_pipeline.rules.speakers import is_speaker_line, speaker_label
from tei_pipeline.rules.staging import names_persons
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


CHAPTER = 4  # the rank of a chapter: what it is called may be what other books call their preface
_NO_TITLES = frozenset(("argument", "notes", "contents", "index"))
_NUMBERED_TOO = frozenset(("introduction", "section", "prologue", "epilogue"))  # "section": a conclusion or summary
LONGEST = 8  # printed lines: titles of old books run long, but not longer
CASED = 5  # words, at least, of a title known by its capitals alone: a name and an office have four
LONGEST_TITLE = 14  # words of a title that only white space marks
TERMINAL = re.compile(r"(?<!\.[A-Z])[.,;:!?…][\"”“’‘»«›‹)\]]*$")  # the point after initials ("U.S.A.") may end a title too
NOT_TITLE = re.compile(r"^[\"“„«»‘‚‹›'(\[]|[,;]$|^\W+$")
_SENTENCES = re.compile(r"[^\W\d_]{3}[.!?](?: +|--|—)[^\W\d_]")  # one ends and another begins
MARKS = "_*=/~+ "  # of emphasis: italics, bold, spaced or small type
_ARGUMENT = re.compile(r"^\(?[a-z1-9]\)\s+[^\W\d_a-z]")
_FIRST_OF_ITS_KIND = re.compile(r"[\W_]*(?P<kind>[^\W\d_]{2,})(?P<short>\.)?_?\s+(?:I|1)(?=[\W_]|$)")
_NUMBER_IN_FRONT = re.compile(r"^\W*(?:\d{1,3}|[IVXLC]+)[.)]?\s+")
_STOPPED = re.compile(r"[.,;][\"”’)\]]*$")
_YEAR = re.compile(r"^\W*1\d{3}\W*$")


def set_together(rows: Rows, at: int, layout: Layout) -> int:
    """Past the lines that stand together with row ``at``, at most up to a new page or to the label of a speaker."""
    end = chunk_end(rows, at)
    return next((i for i in range(at + 1, end) if rows[i].page or speaker_label(rows[i].text, layout)), end)


def title_lines(rows: Rows, at: int, layout: Layout, limit: int = LONGEST) -> int:
    """Past the lines that still belong to the title which begins at ``at``: they were ended on purpose, or stand alone."""
    end = set_together(rows, at, layout)
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
        and word_count(text) >= CASED
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
    if is_capitals(row.text):
        return names_contents(row.text, layout)
    if layout.style == "indent" and row.indent == layout.margin + layout.indent > layout.margin >= last.indent:
        return True
    if is_dateline(row.text, layout) or (is_capitals(last.text) and is_day(row.text, layout)):
        return True
    if _SENTENCES.search(row.text) and _is_whole_title(last, row, layout) and _begins_sentence(row.text):
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


FULLEST = 0.7  # of the measure: longer lines may be the first of a title in sentences
LEAST_WORDS = 3  # of a title, below the label of its division or behind it


def _is_whole_title(row: Row, following: Row, layout: Layout) -> bool:
    """Whether a line is a title of its own, in the capitals of one: ended early, and long enough to be more than a label."""
    text = _NUMBER_IN_FRONT.sub("", row.text)
    if row.width > FULLEST * layout.measure or TERMINAL.search(text) or is_capitals(text) or word_count(text) < LEAST_WORDS:
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
    return row.width <= layout.measure + 2 and not row.text.endswith((",", ";")) and word_count(row.text) <= LONGEST_TITLE + 4


def next_chunk_title(rows: Rows, at: int, end: int, layout: Layout, capitals: bool) -> int:
    """Past the next lines apart that still belong to the heading: titles set on several lines with white space between."""
    while end < len(rows) and end - at < 2 * LONGEST:
        row = rows[end]
        if row.gap > 2 or row.text[0] in "[{" or (layout.drama and (is_speaker_line(row.text, layout) or names_persons(rows, end, layout))):
            break
        dangling = dangles(rows[end - 1].text, layout)
        if not dangling and names_author(row.text, layout):
            break
        if not is_capitals(row.text) or not any(c.isalpha() for c in row.text):
            if not (capitals and _is_filler(rows, end, layout) and (row.gap == 1 or _YEAR.match(row.text))):
                break
        stop = chunk_end(rows, end)
        chunk = rows[end:stop]
        if len(chunk) > LONGEST or (not all(is_capitals(r.text) for r in chunk) and not _is_filler(rows, end, layout)):
            break
        if layout.drama and (names_group(row.text, layout.language) or words(layout.language).move.match(row.text)):
            break
        if row.text[-1] == "," and stop < len(rows) and not is_capitals(rows[stop].text) and _runs_below(rows, stop, layout):
            break  # it addresses the reader
        if row.starts_lower and not dangling and not (stop < len(rows) and is_capitals(rows[stop].text)):
            break  # "by" over a name in small letters
        if (not dangling and is_salute(row.text, layout)) or (row.text[-1] == "," and leads_to_date(rows, stop - 1, layout)):
            break
        label = head_label(row.text.strip(MARKS), layout.language)
        if not dangling and stop == end + 1 < len(rows) and is_dateline(row.text, layout) and is_salute(rows[stop].text, layout):
            break  # the date of a message
        if "    " in row.text and names_contents(row.text, layout):
            break  # CONTENTS      PAGE
        if not dangling and (_is_bare_scene(row.text, layout) or _begins_kind(row.text, rows[end - 1].text)):
            break
        if _counts_others(label, row.text, rows[end - 1].text, layout):
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


def _counts_others(label: HeadLabel | None, text: str, above: str, layout: Layout) -> bool:
    """Whether a title below the label of a division speaks of another one in words: CHAPTER IV / THE FIRST CHAPTER OF HIS LIFE."""
    if label is None or not label.type or text[: label.length].endswith(label.n):
        return False
    last = head_label(above.strip(MARKS), layout.language)
    return last is not None and last.type == label.type and last.number != label.number and label.length < len(text.rstrip(". "))


def names_author(text: str, layout: Layout) -> bool:
    """Whether a line says, by its first word or its second, who wrote a piece: "By Anna Brown", "Words by A. B."."""
    tokens = text.strip("_* ").split()
    if not 2 <= len(tokens) <= MOST_OF_A_NAME or text[-1] in ":," or ";" in text or not any(t[:1].isupper() for t in tokens[1:]):
        return False
    second = len(tokens) > 2 and fold(tokens[1]) in layout.language.bylines and tokens[2][:1].isupper()
    return second or bool(words(layout.language).byline.match(" ".join(tokens)))


MOST_OF_A_NAME = 8  # words of a line that names an author


def _begins_kind(text: str, above: str) -> bool:
    """Whether a line is the first of its kind under the name of the kind: DEFIN. I., or AMENDMENT I under AMENDMENTS."""
    first = _FIRST_OF_ITS_KIND.match(text)
    return first is not None and (bool(first["short"]) or fold(above).strip(" .:_*[]").startswith(fold(first["kind"])))


def _is_bare_scene(text: str, layout: Layout) -> bool:
    """Whether a line is the word for a scene alone, below the number of an act."""
    word = layout.language.divisions.get(fold(text).strip(" .:_*")) if layout.drama else None
    return word is not None and word.type == "scene"


def is_set_in_capitals(text: str) -> bool:
    """Capitals, or a year or number among lines of capitals."""
    return is_capitals(text) or (not any(c.isalpha() for c in text) and len(text) < 20)


def dangles(text: str, layout: Layout) -> bool:
    """Whether a line of a title cannot be its end: a comma or a small word closes it."""
    last = text.rstrip(" _*").split(" ")[-1]
    return last.endswith(",") or fold(last) in layout.language.connectives


def _is_filler(rows: Rows, at: int, layout: Layout) -> bool:
    """A short line between two of capitals: "on", "(in 1780)", a year."""
    text = rows[at].text
    if len(text) > 40 or chunk_end(rows, at) != at + 1:
        return False
    if text[0] == "(":
        return not layout.drama
    if _YEAR.match(text):
        return True
    return word_count(text) <= 2 and text[0].islower()


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
    if above is None or not above.type or above.rank > CHAPTER or _SENTENCES.search(" ".join(row.text for row in rows[end:stop])):
        return False
    return rows[stop].width > 0.6 * layout.measure and chunk_end(rows, stop) > stop + 1


def _set_as_label(rows: Rows, end: int, stop: int, layout: Layout) -> bool:
    """Whether lines below a label stand in the middle or far in as it does, where the text is no verse."""
    label = rows[end - 1]
    if label.indent < layout.margin + FAR_IN or layout.in_verse(rows[end].line):
        return False
    return all(is_centred(row, layout) or row.indent == label.indent for row in rows[end:stop])


FAR_IN = 10  # columns: quotations, verses and first lines stand less far in
SALUTE = 6  # words, at most: "Sir Charles Lorn, to George Amory, Esq." begins like a salute and is none


def title_below(rows: Rows, end: int, layout: Layout) -> int:
    """A short title one gap below a label that stands alone."""
    if end >= len(rows) or rows[end].gap != 1:
        return end
    stop = chunk_end(rows, end)
    row = rows[end]
    if stop - end > 3 or stop >= len(rows) or rows[stop].gap < 1 or row.starts_lower or NOT_TITLE.search(row.text):
        return end
    if layout.drama and is_speaker_line(row.text, layout):
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
        fold(line.strip(MARKS).split(" ")[0]) in layout.language.addressing and line[0] == "_"
    ):
        return end
    salute = patterns.salute.match(line) and word_count(line) <= SALUTE
    if patterns.date.search(line) or salute or (head_label(row.text, layout.language) and not is_capitals(row.text)):
        return end
    if is_summary(line):
        return end
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
