"""Signatures: formulas of closing, and names after the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.closings import MOST_OF_A_CLOSING, MOST_OF_OTHERS, ends_in_formula, is_closing, is_formula, lowered
from tei_pipeline.rules.datelines import MARKS, RUN_IN, is_dateline
from tei_pipeline.rules.head_labels import bare_label, head_label, named_division
from tei_pipeline.rules.letters import source_imprint
from tei_pipeline.rules.note_labels import siglum
from tei_pipeline.rules.notes import below_signature
from tei_pipeline.rules.shape import announces, chunk_end, is_capitals, is_centred, is_short, is_title_case, word_count
from tei_pipeline.rules.titles import over_date
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

MOST_OF_A_WISH = 5  # words of a closing sentence that stands alone: "God bless you all."; longer ones merely begin like a formula
FEW_CHAPTERS = 50  # a letter that is a numeral too, but counts more: L., C., D., M. are initials
MOST_IN_VERSE = 6  # words of a formula among verses, which begin so too
LONGEST_CLOSING = 8  # lines, with the name
OVER_TITLE = 3  # empty lines: more than a signature has above it
_RESIDUE = re.compile(r"\s*<?/?[a-z]{1,4}>$")  # left over from conversion behind a name
_INITIAL = re.compile(r"^[^\W\d_]\.\s?(?:[^\W\d_]\.\s?)*[^\W\d_]")  # H. Lindqvist
_ATTESTED = re.compile(r"^[(\[]_?([^\W\d_][\w. ]{1,14}?)[.,]?_?[)\]],?\s+_?[^\W\d_]")  # (Signed) A. LIND
_BEHIND_NAME = re.compile(r",?\s([^\W\d_]{2,5})\.$")  # H. LIND, jun.
_FAR_APART = re.compile(r"^(\S.*\S),?\s{4,}(\S(?:\S|\s(?!\s))*)$")
_INITIALS = re.compile(r"^(?:[A-Z]\.\s?){1,4}[-–]?$")
_SENTENCE_BEFORE = re.compile(r"[^\W\d_]{4}[.!?]\s+[^\W\d_]")
_AND_SO_ON = re.compile(r"(?:\betc|&c)\.?$")  # editors spare the rest of a formula
_PARTICLE = re.compile(r"\b[a-z]\.\s?")  # L. v. Holm
_SCRIPTURE = re.compile(r"\d{1,3}:\d{1,3}\s")  # the number of a verse
_QUOTED = re.compile(r"[\"“„«»]")


def _is_spaced(text: str) -> bool:
    """Whether each letter stands by itself, as titles are set: T I D E S."""
    tokens = text.split()
    return len(tokens) > 3 and all(len(token) == 1 for token in tokens)


def signed(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Short lines after the text, led by a formula of closing or set to the right, or a name alone before a new piece, sign it."""
    row = rows[at]
    if not at or (layout.drama and row.line >= layout.first_speech) or _SCRIPTURE.match(row.text):
        return None
    below_date = not row.gap and is_dateline(rows[at - 1].text, layout)
    if not row.gap and row.indent < layout.margin + 0.3 * layout.measure and not below_date:
        return None
    end = chunk_end(rows, at)
    for i in range(at + 1, min(end, at + LONGEST_CLOSING)):
        if is_dateline(rows[i].text, layout) or source_imprint(rows, i, layout) is not None:
            leads = i > at + 1 and rows[i - 1].text[-1] == "," and rows[i - 1].indent < rows[at].indent  # the place of the date
            end = i - leads
            break
    if end - at > LONGEST_CLOSING:
        return None
    chunk = rows[at:end]
    line = lowered(" ".join(r.text for r in chunk))
    if not is_short(line, MOST_OF_A_CLOSING):
        return None
    if (
        row.text[0] in "(["
        and rows[at - 1].ends_sentence
        and (m := _ATTESTED.match(row.text))
        and fold(m[1]).rstrip(".,") in layout.language.attested
    ):
        return Match("signed", end, "says in brackets that it is signed", 0.85)
    if (
        end == at + 1
        and (m := _FAR_APART.match(row.text))
        and is_formula(m[1].rpartition(", ")[2], layout.language)
        and _is_name(m[2], layout)
    ):
        return Match("signed", end, "a formula of closing, and the name far to the right", 0.85)
    if over_date(rows, at, layout) or _below_number(rows[at - 1].text, layout):
        return None
    if rows[at - 1].text[-1] in "]}" and words(layout.language).figure.match(rows[at - 1].text) and is_capitals(row.text):
        return None  # below the picture over a chapter
    if row.gap and announces(rows[at - 1].text) and is_capitals(row.text):
        return None  # an inscription
    if _leads_to_example(rows[at - 1].text, layout):
        return None
    if layout.in_verse(row.line) and len(row.text) < 10 and (number := bare_label(row.text)) and number.length >= len(row.text.rstrip(".")):
        return None  # the number of a stanza
    if end - at > 1 and (number := bare_label(row.text)) and number.length == len(row.text) and row.text.isupper():
        return None  # a numeral over the title of the next piece
    bare = _RESIDUE.sub("", line).strip(MARKS)
    if (stop := _attested(rows, at, end, layout)) > end:
        return Match("signed", stop, "a name in capitals after the text, and who signed beside it", 0.82)
    short = all(len(r.text) < 0.75 * max(40, layout.measure - layout.margin) for r in chunk)
    open_below = end < len(rows) and rows[end].gap < max(1, row.gap)
    sung = layout.in_verse(row.line) and (open_below or not is_short(bare, MOST_IN_VERSE))  # "I am he that walks with the night"
    closing = is_closing(line, layout) and not sung and not (is_capitals(bare) and row.gap > 1)  # a title: LOVE, THE PILGRIM
    below = (closing or bare.endswith(",")) and named_below(rows, end, layout)
    if closing and end == at + 1 and not below and row.indent <= layout.margin + 3 and _is_statement(rows, at, bare, layout):
        closing = False
    if closing and (short or below) and (end - at > 1 or bare.endswith((",", ".")) or word_count(bare) <= 6):
        if end - at > 1 or below or not bare.endswith(".") or word_count(bare) <= MOST_OF_A_WISH or _signs_in_line(rows, at, bare, layout):
            return Match("signed", end, f"a formula of closing: {bare[:30]}", 0.85)
    ended = rows[at - 1].ends_sentence or rows[at - 1].text[-1] in ",-—"
    if (
        end - at > 1
        and short
        and row.gap == 1
        and row.starts_lower
        and is_formula(row.text, layout.language)
        and _is_name(rows[at + 1].text, layout)
    ):
        return Match("signed", end, f"a formula of closing, over a name: {row.text[:30]}", 0.85)
    if end - at <= 2 and short and row.gap == 1 and _after_closing(rows, at, layout) and is_formula(bare, layout.language):
        return Match("signed", end, f"a formula of closing goes on: {bare[:30]}", 0.85)
    announced = _leads_to_example(bare, layout)
    if ended and bare.endswith(",") and row.gap == 1 and word_count(bare) <= 14 and not is_capitals(bare) and not announced:
        over = below or (is_short(bare, MOST_OF_A_LINE) and _leads_to_name(rows, end, layout))
        if over and not _SENTENCE_BEFORE.search(bare):
            return Match("signed", end, "ends with a comma above a name alone", 0.8)
    if not is_short(bare, 14) or not word_count(bare) or _is_spaced(bare):
        return None
    if short and row.gap == 1 and ended and _names_last(rows, at, end, layout):
        return Match("signed", end, "a line that ends with a comma and a name below it, after the text and far from what follows", 0.82)
    below_closing = _after_closing(rows, at, layout)
    led = row.gap <= 2 and ends_in_formula(rows[at - 1].text, layout.language)  # the formula is the end of the text
    after_text = led or below_date or below_closing or rows[at - 1].ends_sentence or rows[at - 1].text.endswith((",", "-", "—"))
    if not after_text:
        return None
    right = all(r.indent >= layout.margin + 0.35 * (layout.measure - layout.margin) for r in chunk) and row.indent > layout.margin + 8
    above = rows[at - 1]
    if (
        row.gap == 1
        and above.gap >= OVER_TITLE
        and not (above.ends_sentence or led or below_date or below_closing)
        and len(above.text) < 40
    ):
        return None  # right below a title
    name = not RUN_IN.match(line) and (_is_name(bare, layout) or _is_after_dash(rows, at, end, bare, layout))
    if end - at <= 4 and rows[end - 1].width < 0.75 * layout.measure and below_closing:
        last = rows[end - 1].text.strip(MARKS)
        numbered = (label := head_label(bare, layout.language)) is not None and bool(label.type)  # the next letter
        if not numbered and (_is_name(last, layout) or (word_count(last) <= 6 and _is_name(last.partition(",")[0], layout))):
            return Match("signed", end, "a name below a formula of closing", 0.85)
    if named_division(bare, layout.language) or (
        (label := head_label(bare, layout.language))
        and (label.type or label.length >= len(bare.rstrip(".")))
        and not (label.number >= FEW_CHAPTERS and _INITIALS.match(bare))
    ):
        return None
    if label is not None and label.number and _heads_title(bare[label.length :].split(), len(label.n), layout):
        return None
    if is_centred(row, layout) and is_capitals(bare) and end < len(rows) and rows[end].gap <= 2:
        return None
    middle = row.gap >= 2 and end < len(rows) and row.gap >= rows[end].gap and is_centred(row, layout)  # as far from the text before
    headed = middle or (row.gap >= OVER_TITLE and end < len(rows) and row.gap > rows[end].gap)  # nearer to what follows: its title
    if right and short and row.gap == 1 and end == at + 1 and is_formula(bare.rpartition(", ")[2], layout.language):
        return Match("signed", end, "a formula of closing set to the right, behind words that address the receiver", 0.85)
    if right and short and not headed and (name or end - at > 1) and not rows[at - 1].indent >= row.indent - 4:
        return Match("signed", end, "a name set to the right after the text", 0.85)
    if short and _ranked(rows, at, end, layout):
        return Match("signed", end, "a name in capitals after the text, and the rank below it", 0.82)
    if short and row.gap == 1 and _steps_down(rows, at, end, layout):
        return Match("signed", end, "a name set in after the text, and the place set in further below it", 0.82)
    after = rows[end].gap if end < len(rows) else 9
    dated = end < len(rows) and after <= 3 and is_dateline(rows[end].text, layout)
    signs_off = dated and after == 1 and row.gap == 2 and _closes_piece(rows, end)
    noted = after == 2 and bool(_INITIAL.match(bare)) and fold(rows[end].text.strip("[]_*=.:; ")) in layout.language.note_sections
    published = end < len(rows) and after <= 1 and source_imprint(rows, end, layout) is not None
    added = end < len(rows) and after <= 2 and words(layout.language).postscript.match(rows[end].text) is not None
    counted = after == 2 and row.indent > layout.margin + 8 and head_label(rows[end].text, layout.language) is not None
    remarked = after == 1 and rows[end].text[0] == "[" and _is_remarked(rows, at, end)
    explained = after == 1 and (first := siglum(rows[end].text)) is not None and below_signature(rows, end, first, layout)
    placed = after == 1 and is_capitals(bare) and is_capitals(rows[end].text) and not dated and _ends_apart(rows, end)
    ruled = end < len(rows) and word_count(bare) >= 2 and _rules_off(rows, end)
    verses = after >= 2 and at > 2 and layout.in_verse(row.line) and not (rows[at - 1].gap or rows[at - 2].gap)
    verses = verses and (is_capitals(bare) or bare.startswith(("--", "—")))
    run_in = end == at + 1 and rows[at - 1].text[-1] == "," and rows[at - 1].gap == 0  # the formula ends the paragraph above
    if (
        name
        and (row.gap == 1 or below_date or led or signs_off)
        and end - at <= 2
        and word_count(bare) <= 14
        and (
            below_date
            or after >= 4
            or (after == 3 and word_count(bare) >= 2)
            or dated
            or published
            or noted
            or added
            or counted
            or ruled
            or explained
            or placed
            or remarked
            or verses  # whose they are: nearer to them than to the next
            or run_in
            or led
            or (_INITIALS.match(bare) and fold(bare) not in layout.language.abbreviations)  # "A.D." signs nothing
        )
    ):
        return Match("signed", chunk_end(rows, end) if placed else end, "a name alone after the last paragraph", 0.8)
    return None


def _signs_in_line(rows: Rows, at: int, bare: str, layout: Layout) -> bool:
    """Whether the name stands behind the formula on a line set in: "Yours truly, ANNA HOLM.", "Yours, (Signed) A. HOLM."."""
    formula, _, name = bare.rpartition(", ")
    if rows[at].indent <= layout.margin + SET_IN or not is_short(bare, MOST_IN_LINE) or not is_formula(formula, layout.language):
        return False
    if name[:1] in "([" and (m := _ATTESTED.match(name)) is not None and fold(m[1]).rstrip(".,") in layout.language.attested:
        name = name[m.end() - 1 :]
    return 0 < word_count(name) <= MOST_OF_A_NAME and _is_name(name, layout)


MOST_IN_LINE = 14  # words of formula and name


def _names_last(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether two lines end a piece, the first with a comma, the second a name: "Your old and very tired friend, / H. LIND."."""
    if end != at + 2 or rows[at].text[-1] != "," or is_capitals(rows[at].text) or word_count(rows[at].text) > MOST_OF_OTHERS:
        return False
    name = rows[at + 1].text.strip(MARKS)
    apart = 2 if is_capitals(name.partition(",")[0]) else OVER_TITLE
    if (end < len(rows) and rows[end].gap < apart) or layout.in_verse(rows[at].line):
        return False
    return word_count(name) <= MOST_OF_A_NAME and _is_name(name, layout)


def _heads_title(words_after: list[str], digits: int, layout: Layout) -> bool:
    """Whether the words after a number are a title: "II. Harker's Cart", "V. The Cart"; after a single letter a name may stand."""
    return digits > 1 or bool(words_after and fold(words_after[0]) in layout.language.lowercase_in_titles)


def _is_after_dash(rows: Rows, at: int, end: int, bare: str, layout: Layout) -> bool:
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
        return word_count(bare) > 1 and "_" not in rows[at].text and _is_name(bare.lstrip("-— "), layout)
    if rows[at].indent <= layout.margin + SET_IN:
        return False
    return above.indent <= layout.margin + layout.indent and not _QUOTED.match(above.text) and _is_name(bare.lstrip("-— "), layout)


def _steps_down(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether two short lines after a sentence, apart from what follows, are set in, the second further: a name and its town."""
    if end != at + 2 or not rows[at - 1].ends_sentence or (end < len(rows) and rows[end].gap < 2):
        return False
    name, place = rows[at], rows[at + 1]
    if not layout.margin + SET_IN < name.indent < place.indent or max(word_count(name.text), word_count(place.text)) > MOST_OF_A_LINE:
        return False
    small = layout.language.lowercase_in_titles
    return all(row.text[0].isalpha() and is_title_case(row.text, small) for row in (name, place)) and not layout.in_verse(name.line)


SET_IN = 3  # columns
MOST_OF_A_NAME = 4  # words


def _is_remarked(rows: Rows, at: int, end: int) -> bool:
    """Whether a name in capitals or with initials stands over a remark of the editor in brackets, on the letter that it ends."""
    name = rows[at].text
    if end != at + 1 or not name[0].isalpha() or not 2 <= word_count(name) <= MOST_OF_A_NAME or any(c.isdigit() for c in name):
        return False
    if not is_capitals(name) and not _INITIAL.match(name):
        return False
    return len(rows[end].text) > LONG_REMARK or rows[chunk_end(rows, end) - 1].text[-1] == "]"


LONG_REMARK = 50  # characters of its first line


def _ends_apart(rows: Rows, at: int) -> bool:
    """Whether a short line has much more white space below it than above: where the name above it was signed."""
    end = chunk_end(rows, at)
    if any(c.isdigit() for c in rows[at].text):
        return False  # the date
    return end == at + 1 and word_count(rows[at].text) <= MOST_OF_A_PLACE and (end >= len(rows) or rows[end].gap >= 4)


def _leads_to_example(text: str, layout: Layout) -> bool:
    """Whether a line ends with a small word and a comma: "In the names of firms the last comma is omitted, as,"."""
    return text[-1:] == "," and fold(text[:-1].rpartition(" ")[2]) in layout.language.connectives


def _closes_piece(rows: Rows, at: int) -> bool:
    """Whether a line is the last before much white space: the date of a preface, below the name."""
    return chunk_end(rows, at) == at + 1 and (at + 1 >= len(rows) or rows[at + 1].gap >= 4)


LONGEST_LABEL = 30  # characters
MOST_OF_A_PLACE = 6  # words


def _rules_off(rows: Rows, at: int) -> bool:
    """Whether a row of ornaments ends what stands above it, with white space or a new page below."""
    if any(c.isalnum() for c in rows[at].text):
        return False
    return at + 1 >= len(rows) or rows[at + 1].gap >= 2 or bool(rows[at + 1].page)


def _is_statement(rows: Rows, at: int, bare: str, layout: Layout) -> bool:
    """Whether a line at the margin that begins like a formula is a sentence of a story: "I am lost."; or stands in a text that goes on
    as close below it: "In haste."
    """
    if is_formula(bare, layout.language) or bare[-1:] == ",":
        return False
    formula = words(layout.language).closing.match(bare)
    rest = _AND_SO_ON.sub("", bare[formula.end :]).strip(" .,!") if formula is not None else ""
    if rest and not any(word[0].isupper() for word in rest.split()):
        return True
    below = rows[at + 1] if at + 1 < len(rows) else None
    return (
        below is not None
        and below.gap <= 1
        and below.width > 0.75 * layout.measure
        and words(layout.language).postscript.match(below.text) is None
    )


def _ranked(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether a name in capitals, ended with a comma, stands over a rank or office: "R. M. HOLM, / Major-General."."""
    name, rank = rows[at].text, rows[end - 1].text
    if not 2 <= end - at <= MOST_OF_A_RANK or rows[at].gap != 1 or name[-1] != "," or not is_capitals(name) or is_capitals(rank):
        return False
    first = re.split(r"[-\s]", fold(name))[0]
    if first in layout.language.titles or word_count(name) > MOST_OF_A_LINE or is_dateline(rows[at - 1].text, layout):
        return False
    return is_title_case(" ".join(row.text for row in rows[at + 1 : end]), layout.language.lowercase_in_titles)


MOST_OF_A_RANK = 4  # lines, with the name


def _attested(rows: Rows, at: int, end: int, layout: Layout) -> int:
    """Past the line below a name in capitals that says by whom else a document is signed: "By the Regent: / JAMES OLDE, Secretary."."""
    if end != at + 1 or rows[at].gap != 1 or end >= len(rows) or rows[end].gap != 1 or not rows[at - 1].ends_sentence:
        return end
    if (
        not is_capitals(rows[at].text)
        or not is_short(rows[at].text, MOST_OF_A_LINE)
        or not words(layout.language).byline.match(rows[end].text)
    ):
        return end
    stop = chunk_end(rows, end)
    text = " ".join(row.text for row in rows[end:stop])
    last = stop >= len(rows) or rows[stop].gap > 2
    return stop if last and ":" in text and is_short(text, MOST_OF_A_CLOSING) else end


def _below_number(above: str, layout: Layout) -> bool:
    """Whether the line above is the bare number of a letter: names below it are those of its writer and receiver."""
    label = head_label(above.strip(MARKS), layout.language)
    return label is not None and label.type == "letter" and label.length >= len(above.strip(MARKS).rstrip("."))


def named_below(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether the next lines apart are a name and no more."""
    if at >= len(rows) or not 1 <= rows[at].gap <= 2 or len(rows[at].text) > 60:
        return False
    end = chunk_end(rows, at)
    if end - at > 2:
        return False
    bare = " ".join(row.text for row in rows[at:end]).strip(MARKS)
    if is_dateline(bare, layout):
        return False
    if not 0 < word_count(bare) <= 6 or named_division(bare, layout.language) or head_label(bare, layout.language):
        return bool(_INITIALS.match(bare))
    if bare.endswith(".") and bare.split()[-1].islower() and is_closing(bare, layout):
        return False  # a whole sentence of politeness
    return _is_name(bare, layout) or (not bare.endswith(",") and _is_name(bare.partition(",")[0], layout))


def _after_closing(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether the lines before, that stand together, are a formula of closing or end with the comma of one."""
    start = at - 1
    while start > 0 and at - start < 4 and not rows[start].gap:
        start -= 1
    text = " ".join(row.text for row in rows[start:at])
    if rows[at].gap != 1 or not rows[start].gap or not is_short(text, 24):
        return False
    if is_closing(text, layout) or is_formula(text, layout.language):
        return True
    ended = start > 0 and (rows[start - 1].ends_sentence or rows[start - 1].text[-1] in ",-—")
    if text[-1] == "," and ended and is_dateline(rows[start - 1].text, layout):
        return False  # whom the letter is to
    return text[-1] == "," and ended and rows[start].gap == 1 and is_short(text, 14) and not is_capitals(text)


def _leads_to_name(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether lines apart, each ended with a comma, lead to a name alone: a formula of closing set over several lines."""
    for _ in range(MOST_BEFORE_NAME):
        if at >= len(rows) or rows[at].gap != 1 or chunk_end(rows, at) != at + 1 or rows[at].text[-1] != "," or len(rows[at].text) > 60:
            return False
        at += 1
        if named_below(rows, at, layout):
            return True
    return False


MOST_OF_A_LINE = 6  # words of one line of such a formula
MOST_BEFORE_NAME = 2  # lines of a formula after its first


def _is_name(line: str, layout: Layout) -> bool:
    if line[:1] in "-—–":
        return False
    if any(fold(word) in layout.language.receivers for word in line.split()[1:-1]):
        return False  # "Anna Lind to Peter Falk" heads what follows
    line = _PARTICLE.sub("", line)
    if (m := _BEHIND_NAME.search(line)) is not None and fold(m[1]) + "." in layout.language.abbreviations:
        line = line[: m.start()]
    if _INITIALS.match(line):
        return True
    if (
        line.endswith((",", ":", "?", "!"))
        or ";" in line
        or re.search(r"\d{3}", line)
        or _QUOTED.search(line)
        or re.search(r"[a-z]{3,}\.[+*=_~]?\s", line)
    ):
        return False
    return is_title_case(line, layout.language.lowercase_in_titles) or is_capitals(line)
