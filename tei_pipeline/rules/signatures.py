"""Signatures: formulas of closing, and names after the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.closings import MOST_OF_A_CLOSING, ends_in_formula, is_closing, is_formula, lowered, runs_on
from tei_pipeline.rules.dated import MARKS, RUN_IN, is_dateline
from tei_pipeline.rules.datelines import LONGEST_NAME, year_closes
from tei_pipeline.rules.head_labels import bare_label, head_label, named_division
from tei_pipeline.rules.letters import source_imprint
from tei_pipeline.rules.note_labels import siglum, worded_label
from tei_pipeline.rules.notes import below_signature
from tei_pipeline.rules.shape import announces, chunk_end, is_capitals, is_centred, is_in_middle, is_short, without_reference, word_count
from tei_pipeline.rules.signers import (
    INITIALS,
    MOST_OF_A_LINE,
    MOST_OF_A_NAME,
    OVER_TITLE,
    SET_IN,
    begins_alphabet,
    closes_piece,
    ends_apart,
    is_after_dash,
    is_name,
    is_remarked,
    is_rule,
    names_last,
    over_place_and_date,
    over_receiver,
    ranked,
    rules_off,
    steps_down,
)
from tei_pipeline.rules.titles import over_date
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

MOST_OF_A_WISH = 5  # words of a closing sentence that stands alone: "God bless you all."; longer ones merely begin like a formula
FEW_CHAPTERS = 50  # a letter that is a numeral too, but counts more: L., C., D., M. are initials
MOST_IN_VERSE = 6  # words of a formula among verses, which begin so too
QUOTES = "\"“„«‘'"
LONGEST_CLOSING = 8  # lines, with the name
_RESIDUE = re.compile(r"\s*<?/?[a-z]{1,4}>$")  # left over from conversion behind a name
_ATTESTED = re.compile(r"^[(\[]_?([^\W\d_][\w. ]{1,14}?)[.,]?_?[)\]],?\s+_?[^\W\d_]")  # (Signed) A. LIND
_FAR_APART = re.compile(r"^(\S.*\S),?\s{4,}(\S(?:\S|\s(?!\s))*)$")
_SENTENCE_BEFORE = re.compile(r"[^\W\d_]{4}[.!?]\s+[^\W\d_]")
_AND_SO_ON = re.compile(r"(?:\betc|&c)\.?$")  # editors spare the rest of a formula
_SCRIPTURE = re.compile(r"\d{1,3}:\d{1,3}\s")  # the number of a verse


def _is_spaced(text: str) -> bool:
    """Whether each letter stands by itself, as titles are set: T I D E S."""
    tokens = text.split()
    return len(tokens) > 3 and all(len(token) == 1 for token in tokens)


def signed(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Short lines after the text, led by a formula of closing or set to the right, or a name alone before a new piece, sign it."""
    row = rows[at]
    if not at or (layout.drama and row.line >= layout.first_speech) or _SCRIPTURE.match(row.text):
        return None
    end = chunk_end(rows, at)
    ends_piece = row.gap == 1 and rows[at - 1].gap and end < len(rows) and rows[end].gap > OVER_TITLE
    below_date = (not row.gap or ends_piece) and is_dateline(rows[at - 1].text, layout)
    if not row.gap and row.indent < layout.margin + 0.3 * layout.measure and not below_date:
        return None
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
        and is_name(m[2], layout)
    ):
        return Match("signed", end, "a formula of closing, and the name far to the right", 0.85)
    if over_receiver(rows, at, layout) or over_date(rows, at, layout) or _below_number(rows[at - 1].text, layout):
        return None
    if rows[at - 1].text[-1] in "]}" and words(layout.language).figure.match(rows[at - 1].text) and is_capitals(row.text):
        return None  # below the picture over a chapter
    if row.gap and announces(rows[at - 1].text) and is_capitals(row.text):
        return None  # an inscription
    if row.text[0] in QUOTES and row.text.strip(MARKS + QUOTES)[:1].isdigit():
        return None  # the house from which a letter comes that is quoted
    if row.text[0] in QUOTES and fold(row.text.strip(MARKS + QUOTES).partition(" ")[0]) in layout.language.addressing:
        return None  # whom a letter is to that is quoted: 'TO MR. CARTER.
    if (_leads_to_example(rows[at - 1].text, layout) and not named_below(rows, end, layout)) or begins_alphabet(rows, at):
        return None
    if layout.in_verse(row.line) and len(row.text) < 10 and (number := bare_label(row.text)) and number.length >= len(row.text.rstrip(".")):
        return None  # the number of a stanza
    if end - at > 1 and (number := bare_label(row.text)) and number.length == len(row.text) and row.text.isupper():
        return None  # a numeral over the title of the next piece
    bare = without_reference(_RESIDUE.sub("", line).strip(MARKS))
    if (stop := _attested(rows, at, end, layout)) > end:
        return Match("signed", stop, "a name in capitals after the text, and who signed beside it", 0.82)
    short = all(len(r.text) < 0.75 * max(40, layout.measure - layout.margin) for r in chunk)
    open_below = end < len(rows) and rows[end].gap < max(1, row.gap)
    sung = layout.in_verse(row.line) and (open_below or not is_short(bare, MOST_IN_VERSE))  # "I am he that walks with the night"
    closing = is_closing(line, layout) and not sung and not (is_capitals(bare) and (row.gap > 1 or row.page))  # a title: LOVE, THE PILGRIM
    below = (closing or bare.endswith(",")) and named_below(rows, end, layout)
    if closing and end == at + 1 and not below and row.indent <= layout.margin + 3 and _is_statement(rows, at, bare, layout):
        closing = False
    over_name = end - at == 2 and row.text[-1] == "," and len(rows[at + 1].text) < LONGEST_NAME and is_name(rows[at + 1].text, layout)
    if closing and (short or below or over_name) and (end - at > 1 or bare.endswith((",", ".")) or word_count(bare) <= 6):
        if end - at > 1 or below or not bare.endswith(".") or word_count(bare) <= MOST_OF_A_WISH or _signs_in_line(rows, at, bare, layout):
            return Match("signed", end, f"a formula of closing: {bare[:30]}", 0.85)
    ended = rows[at - 1].ends_sentence or rows[at - 1].text[-1] in ",-—"
    if (
        end - at > 1
        and short
        and row.gap == 1
        and (row.starts_lower or (end - at == 2 and ended and not layout.in_verse(row.line)))
        and is_formula(row.text, layout.language)
        and is_name(rows[at + 1].text, layout)
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
    if short and row.gap == 1 and ended and names_last(rows, at, end, layout):
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
    name = not RUN_IN.match(line) and (is_name(bare, layout) or is_after_dash(rows, at, end, bare, layout))
    if end - at <= 4 and rows[end - 1].width < 0.75 * layout.measure and below_closing:
        last = rows[end - 1].text.strip(MARKS)
        numbered = (label := head_label(bare, layout.language)) is not None and bool(label.type)  # the next letter
        if not numbered and (is_name(last, layout) or (word_count(last) <= 6 and is_name(last.partition(",")[0], layout))):
            return Match("signed", end, "a name below a formula of closing", 0.85)
    if named_division(bare, layout.language) or (
        (label := head_label(bare, layout.language))
        and (label.type or label.length >= len(bare.rstrip(".")))
        and not (label.number >= FEW_CHAPTERS and INITIALS.match(bare))
    ):
        return None
    if label is not None and label.number and _heads_title(bare[label.length :].split(), len(label.n), layout):
        return None
    if end < len(rows) and is_in_middle(row, layout) and not (led or below_date or below_closing or INITIALS.match(bare)):
        return None  # a title
    initialled = INITIALS.match(bare) is not None and end < len(rows) and rows[end].gap == 1 and ends_apart(rows, end, layout)
    if is_centred(row, layout) and is_capitals(bare) and end < len(rows) and rows[end].gap <= 2 and not initialled:
        return None
    middle = row.gap >= 2 and end < len(rows) and row.gap >= rows[end].gap and is_centred(row, layout)  # as far from the text before
    headed = middle or (row.gap >= OVER_TITLE and end < len(rows) and row.gap > rows[end].gap)  # nearer to what follows: its title
    if right and short and row.gap == 1 and end == at + 1 and is_formula(bare.rpartition(", ")[2], layout.language):
        return Match("signed", end, "a formula of closing set to the right, behind words that address the receiver", 0.85)
    if row.page and fold(bare.split(" ", 1)[0]) in layout.language.receivers:
        return None  # at the top of a page: whom the next letter is to
    if right and short and not headed and (name or end - at > 1) and not rows[at - 1].indent >= row.indent - 4:
        return Match("signed", end, "a name set to the right after the text", 0.85)
    if short and ranked(rows, at, end, layout):
        return Match("signed", end, "a name in capitals after the text, and the rank below it", 0.82)
    if short and row.gap == 1 and steps_down(rows, at, end, layout):
        return Match("signed", end, "a name set in after the text, and the place set in further below it", 0.82)
    after = rows[end].gap if end < len(rows) else 9
    dated = end < len(rows) and after <= 3 and (is_dateline(rows[end].text, layout) or year_closes(rows, end))
    addressed = after == 1 and over_receiver(rows, end, layout)
    from_where = after == 1 and over_place_and_date(rows, end, layout)
    signs_off = dated and after == 1 and row.gap == 2 and closes_piece(rows, end)
    noted = after <= 2 and end < len(rows) and fold(rows[end].text.strip("[]_*=.:; ")) in layout.language.note_sections
    published = end < len(rows) and after <= 1 and source_imprint(rows, end, layout) is not None
    added = end < len(rows) and after <= 2 and words(layout.language).postscript.match(rows[end].text) is not None
    counted = after == 2 and row.indent > layout.margin + 8 and head_label(rows[end].text, layout.language) is not None
    pictured = end < len(rows) and words(layout.language).figure.match(rows[end].text)
    remarked = after == 1 and rows[end].text[0] == "[" and not pictured and is_remarked(rows, at, end)
    explained = after <= 2 and (first := siglum(rows[end].text)) is not None and below_signature(rows, end, first, layout)
    explained = explained or (after == 1 and layout.in_verse(row.line) and _over_notes(rows, at, end, layout))
    placed = after == 1 and is_capitals(bare) and not dated and ends_apart(rows, end, layout)
    ruled = end < len(rows) and word_count(bare) >= 2 and rules_off(rows, end)
    verses = after >= 2 and at > 2 and layout.in_verse(row.line) and not (rows[at - 1].gap or rows[at - 2].gap)
    verses = verses and (is_capitals(bare) or bare.startswith(("--", "—")))
    set_in = after >= 2 and end == at + 1 and layout.style != "indent" and row.indent > layout.margin + SET_IN and word_count(bare) > 1
    set_in = set_in and rows[at - 1].ends_sentence and rows[at - 1].indent <= layout.margin and not layout.in_verse(row.line)
    quoted = set_in and after >= 4  # set as quotations are, with as much white space above: the author, at the end of a preface
    run_in = end == at + 1 and rows[at - 1].text[-1] == "," and rows[at - 1].gap == 0  # the formula ends the paragraph above
    if (
        name
        and (row.gap == 1 or below_date or led or signs_off or (row.gap == 2 and (quoted or (placed and not layout.in_verse(row.line)))))
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
            or from_where
            or remarked
            or addressed
            or verses  # whose they are: nearer to them than to the next
            or set_in  # a title would have no less white space above it than below
            or run_in
            or led
            or (INITIALS.match(bare) and (fold(bare) not in layout.language.abbreviations or is_rule(rows, end)))
            # "A.D." signs nothing, unless nothing more follows: "C."
        )
    ):
        return Match("signed", chunk_end(rows, end) if placed or from_where else end, "a name alone after the last paragraph", 0.8)
    return None


def _over_notes(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether a name far to the right of the verses stands over their notes: whose they are."""
    far = end == at + 1 and rows[at].indent > rows[at - 1].indent + SET_IN
    return far and rows[end].text[0] == "[" and worded_label(rows[end].text, layout.language) is not None


def _signs_in_line(rows: Rows, at: int, bare: str, layout: Layout) -> bool:
    """Whether the name stands behind the formula on a line set in: "Yours truly, ANNA HOLM.", "Yours, (Signed) A. HOLM."."""
    formula, _, name = bare.rpartition(", ")
    if rows[at].indent <= layout.margin + SET_IN or not is_short(bare, MOST_IN_LINE) or not is_formula(formula, layout.language):
        return False
    if name[:1] in "([" and (m := _ATTESTED.match(name)) is not None and fold(m[1]).rstrip(".,") in layout.language.attested:
        name = name[m.end() - 1 :]
    return 0 < word_count(name) <= MOST_OF_A_NAME and is_name(name, layout)


MOST_IN_LINE = 14  # words of formula and name


def _heads_title(words_after: list[str], digits: int, layout: Layout) -> bool:
    """Whether the words after a number are a title: "II. Harker's Cart", "V. The Cart"; after a single letter a name may stand."""
    return digits > 1 or bool(words_after and fold(words_after[0]) in layout.language.lowercase_in_titles)


def _leads_to_example(text: str, layout: Layout) -> bool:
    """Whether a line ends with a small word and a comma: "In the names of firms the last comma is omitted, as,"."""
    return text[-1:] == "," and fold(text[:-1].rpartition(" ")[2]) in layout.language.connectives


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
    """Whether the next lines apart are a name and no more, or a date right below it."""
    if at >= len(rows) or not 1 <= rows[at].gap <= 2 or len(rows[at].text) > 60:
        return False
    end = chunk_end(rows, at)
    if end - at > 2:
        return False
    start = at - 1
    while start > 0 and not rows[start].gap:
        start -= 1
    if rows[at].text[0] in QUOTES and rows[start].text[0] not in QUOTES:
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


def _after_closing(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether the lines before, that stand together, are a formula of closing or end with the comma of one."""
    start = at - 1
    while start > 0 and at - start < 4 and not rows[start].gap:
        start -= 1
    text = " ".join(row.text for row in rows[start:at])
    if rows[at].gap != 1 or not rows[start].gap or not is_short(text, 24):
        return False
    if (
        is_closing(text, layout)
        or is_formula(text, layout.language)
        or (runs_on(text, layout.language) and _after_closing(rows, start, layout))
    ):
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


MOST_BEFORE_NAME = 2  # lines of a formula after its first
