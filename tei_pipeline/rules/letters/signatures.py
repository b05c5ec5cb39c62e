"""Signatures: formulas of closing, and names after the text, by a table of reasons: the first that applies decides."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.drama.persons import tells_setting
from tei_pipeline.rules.headings.titles import dangles, over_date
from tei_pipeline.rules.letters.closings import MOST_OF_A_CLOSING, leads_to_example
from tei_pipeline.rules.letters.dated import MARKS, is_dateline
from tei_pipeline.rules.letters.pieces import source_imprint
from tei_pipeline.rules.letters.signers import (
    MOST_OF_A_LINE,
    begins_alphabet,
    is_behind_dash,
    is_name,
    is_remarked,
    is_rule,
    named_below,
    names_last,
    over_receiver,
    ranked,
    rules_off,
    steps_down,
)
from tei_pipeline.rules.letters.signing import MOST_IN_LINE, Signing
from tei_pipeline.rules.reasons import NOT, Reason, always, first
from tei_pipeline.rules.shape import OPENING_MARKS, VERSE_NUMBER, announces, chunk_end, is_capitals, is_in_middle, is_short
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

LONGEST_CLOSING = 8  # lines, with the name


def signed(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Short lines after the text, led by a formula of closing or set to the right, or a name alone before a new piece, sign it."""
    lines = _apart(rows, at, layout)
    if lines is None:
        return None
    reason = why(lines)
    if reason.sure == NOT:
        return None
    return Match("signed", reason.end(lines), reason.says.format(lines.bare[:30]), reason.sure)


def _apart(rows: Rows, at: int, layout: Layout) -> Signing | None:
    """The lines at a place that stand apart from the text, set in or below a date, up to the date below them, if they are short."""
    row = rows[at]
    if not at or (layout.drama and row.line >= layout.first_speech) or VERSE_NUMBER.match(row.text):
        return None
    above = rows[at - 1]
    if above.text[-1] == ":" and row.line == above.line + layout.spacing and layout.in_verse(above.line):
        return None  # the rest of a verse, below the colon of its first half
    end = chunk_end(rows, at)
    if not row.gap and row.indent < layout.margin + 0.3 * layout.measure and not is_dateline(rows[at - 1].text, layout):
        if not is_behind_dash(row, layout):
            return None
    for i in range(at + 1, min(end, at + LONGEST_CLOSING)):
        if is_dateline(rows[i].text, layout) or source_imprint(rows, i, layout) is not None:
            leads = i > at + 1 and rows[i - 1].text[-1] == "," and rows[i - 1].indent < rows[at].indent  # the place of the date
            end = i - leads
            break
    if end - at > LONGEST_CLOSING:
        return None
    lines = Signing(rows, at, end, layout)
    return lines if is_short(lines.line, MOST_OF_A_CLOSING) else None


def why(lines: Signing) -> Reason[Signing]:
    """The reason why lines sign what stands above, or do not."""
    return first(REASONS, lines)


def _quoted_word(s: Signing) -> str:
    """The first word behind a quotation mark, where one opens."""
    return s.row.text.strip(MARKS + OPENING_MARKS).partition(" ")[0] if s.row.text[0] in OPENING_MARKS else ""


def _is_amid_sentence(s: Signing) -> bool:
    """A sentence that is open above goes on below in small letters."""
    return s.row.gap == 1 == s.after and s.below is not None and s.below.starts_lower and not (s.above.ends_sentence or s.above.gap)


def _is_source(s: Signing) -> bool:
    """Words in round brackets from their first to their last, which are no initials."""
    text = s.row.text.strip(MARKS)
    return (
        s.count == 1 and s.row.gap == 1 and text[:1] == "(" and text.rstrip(".")[-1:] == ")" and text.count("(") == 1 and not s.is_initials
    )


def _is_spaced(text: str) -> bool:
    """Whether each letter stands by itself, as titles are set: T I D E S."""
    tokens = text.split()
    return len(tokens) > 3 and all(len(token) == 1 for token in tokens)


def _is_over_setting(s: Signing) -> bool:
    """A line in a play stands over the word for the place of a scene: "SCENE.--A kitchen."."""
    return s.layout.drama and s.below is not None and tells_setting(s.below.text, s.layout.language, marked=True)


def _remarked(s: Signing) -> bool:
    """A remark of the editor in brackets stands below, and no picture, nor a rule above."""
    if (
        s.below is None
        or s.after != 1
        or s.below.text[0] != "["
        or not any(c.isalnum() for c in s.above.text)
        or words(s.layout.language).figure.match(s.below.text)
    ):
        return False
    return is_remarked(s.rows, s.at, s.end)


def _below_signer(s: Signing) -> bool:
    """A name in capitals over an office, or an office in italics below a name that a comma ends, right below one who signs."""
    if s.count > 1 or s.row.gap != 1 or s.row.page or s.at < 2 or s.above.gap != 1 or not is_capitals(s.above.text):
        return False
    text = s.row.text.strip(OPENING_MARKS)
    office = s.row.text[0] in OPENING_MARKS and s.above.text[-1] == "," and text[:1] == "_" == text.rstrip(".,")[-1:]
    over = text[-1:] == "," and s.is_in_capitals and s.below is not None and s.after == 1 and is_short(s.below.text, MOST_OF_A_LINE)
    if not office and not (over and s.words > 1 and is_name(s.bare.rstrip(","), s.layout)):
        return False
    return is_short(text, MOST_OF_A_LINE) and not s.layout.in_verse(s.row.line) and signed(s.rows, s.at - 1, s.layout) is not None


def _alone(what: str, when: Callable[[Signing], object]) -> Reason[Signing]:
    """A name alone signs what stands above if something around it says so."""
    return Reason(0.8, f"a name alone after the last paragraph: {what}", when, attrgetter("place_end"))


REASONS: tuple[Reason[Signing], ...] = (
    Reason(0.85, "says in brackets that it is signed", lambda s: s.says_signed),
    Reason(0.85, "a formula of closing, and the name far to the right", lambda s: s.names_far_right),
    Reason(0.85, "who signs, and place and year in brackets", lambda s: s.has_place),
    Reason(NOT, "the line below says whom the letter is to", lambda s: over_receiver(s.rows, s.at, s.layout)),
    Reason(NOT, "the title over a date", lambda s: over_date(s.rows, s.at, s.layout)),
    Reason(NOT, "a remark in brackets over the date of a paper that is inclosed", lambda s: s.heads_paper),
    Reason(NOT, "the names of writer and receiver below the number of a letter", lambda s: s.below_number),
    Reason(
        NOT,
        "below the picture over a chapter",
        lambda s: s.above.text[-1] in "]}" and words(s.layout.language).figure.match(s.above.text) and is_capitals(s.row.text),
    ),
    Reason(NOT, "words amid a sentence, which goes on below", _is_amid_sentence),
    Reason(NOT, "in brackets: whence it comes that is quoted above", _is_source),
    Reason(NOT, "an inscription", lambda s: s.row.gap and announces(s.above.text) and is_capitals(s.row.text)),
    Reason(NOT, "the house from which a letter comes that is quoted", lambda s: _quoted_word(s)[:1].isdigit()),
    Reason(NOT, "whom a letter is to that is quoted", lambda s: fold(_quoted_word(s)) in s.layout.language.addressing),
    Reason(0.82, "a compliment that is cut short: {}", lambda s: s.is_cut_short),
    Reason(
        NOT,
        "an example of what is said above",
        lambda s: (
            leads_to_example(s.above.text, s.layout)
            and not (named_below(s.rows, s.end, s.layout) or (s.count > 1 and s.is_closing) or s.is_led_to_right)
        ),
    ),
    Reason(
        NOT,
        "the word for a postscript",
        lambda s: s.count == 1 and fold(s.bare).rstrip(".:") in s.layout.language.postscripts,
    ),
    Reason(NOT, "a letter over words that begin with it", lambda s: begins_alphabet(s.rows, s.at)),
    Reason(NOT, "the number of a stanza", lambda s: s.counts_stanza),
    Reason(NOT, "a numeral over the title of the next piece", lambda s: s.counts_piece),
    Reason(
        0.82,
        "a name in capitals after the text, and who signed beside it",
        lambda s: s.attested_end > s.end,
        attrgetter("attested_end"),
    ),
    Reason(0.85, "a formula of closing: {}", lambda s: s.is_closing),
    Reason(0.85, "a formula of closing, over a name: {}", lambda s: s.formula_over_name),
    Reason(0.85, "a formula of closing goes on: {}", lambda s: s.goes_on),
    Reason(0.8, "ends with a comma above a name alone", lambda s: s.leads_to_name),
    Reason(0.85, "one of lines set in further and further, down to a name", lambda s: s.steps_to_name),
    Reason(0.85, "names one below the other", lambda s: s.names_several),
    Reason(0.8, "below the name of another who signs", _below_signer),
    Reason(0.82, "lines set in unevenly below the text, among them a name in capitals", lambda s: s.is_uneven),
    Reason(NOT, "no words, or too many for a name", lambda s: not s.words or not is_short(s.bare, MOST_IN_LINE)),
    Reason(NOT, "spaced as titles are", lambda s: _is_spaced(s.bare)),
    Reason(NOT, "a small word leads on to the line below", lambda s: s.words > 1 and s.line[-1] != "," and dangles(s.line, s.layout)),
    Reason(NOT, "the title of a play over its place", _is_over_setting),
    Reason(
        0.82,
        "a line that ends with a comma and a name below it, after the text and far from what follows",
        lambda s: s.is_short and s.row.gap == 1 and s.text_ended and names_last(s.rows, s.at, s.end, s.layout),
    ),
    Reason(0.85, "the text leads on to a line far to the right", lambda s: s.is_led_to_right),
    Reason(0.82, "initials below a row of stars, far from what follows", lambda s: s.below_omission),
    Reason(NOT, "what stands above goes on", lambda s: not (s.text_ended or s.after_formula)),
    Reason(NOT, "right below a title", lambda s: s.below_title),
    Reason(
        NOT,
        "whom the next letter is to, at the top of a page",
        lambda s: s.row.page and fold(s.bare.split(" ", 1)[0]) in s.layout.language.receivers,
    ),
    Reason(0.85, "a name below a formula of closing", lambda s: s.names_below_formula),
    Reason(0.82, "a name in capitals after the text, and the office in italics behind it", lambda s: s.has_office),
    Reason(0.82, "a name in capitals after the text, and the rank behind it", lambda s: s.has_rank),
    Reason(NOT, "it names a division", lambda s: s.names_division),
    Reason(0.82, "a name in capitals far to the right of the verses above it", lambda s: s.names_poet),
    Reason(NOT, "a number and its title", lambda s: s.heads_title),
    Reason(
        NOT,
        "a title in the middle of the page",
        lambda s: s.below is not None and is_in_middle(s.row, s.layout) and not (s.after_formula or s.is_initials),
    ),
    Reason(0.85, "a name in quotation marks ends the letter that is quoted above", lambda s: s.closes_quotation),
    Reason(NOT, "a title in capitals", lambda s: s.heads_next),
    Reason(0.85, "a formula of closing set to the right, behind words that address the receiver", lambda s: s.formula_at_right),
    Reason(
        0.85,
        "a name set to the right after the text",
        lambda s: (
            s.is_at_right and s.is_short and not s.is_titled and (s.is_name or s.count > 1) and s.above.indent < s.row.indent - NEARLY
        ),
    ),
    Reason(
        0.82, "a name in capitals after the text, and the rank below it", lambda s: s.is_short and ranked(s.rows, s.at, s.end, s.layout)
    ),
    Reason(
        0.82,
        "a name set in after the text, and the place set in further below it",
        lambda s: s.is_short and s.row.gap == 1 and steps_down(s.rows, s.at, s.end, s.layout),
    ),
    Reason(
        0.82,
        "a name in capitals after the text, and below it where and when that was written, each line apart",
        lambda s: s.stacked_end > s.end,
        attrgetter("stacked_end"),
    ),
    Reason(0.82, "a dash leads to the name on the last line of a paragraph", lambda s: s.ends_paragraph),
    Reason(NOT, "no name alone as near to the text as paragraphs are", lambda s: not s.is_alone),
    Reason(
        NOT,
        "by whom a piece is, below the words in italics that tell of it",
        lambda s: s.above.text[-1] == "_" and words(s.layout.language).byline.match(s.bare),
    ),
    _alone("below a date", lambda s: s.below_date),
    _alone("much white space stands below", lambda s: s.after >= 4 or (s.after == 3 and s.words >= 2)),
    _alone("over a date", lambda s: s.is_dated),
    _alone("over the place where it was printed", lambda s: s.is_published),
    _alone("over notes", lambda s: s.is_over_notes),
    _alone("over a postscript", lambda s: s.is_over_postscript),
    _alone("over the number of the next piece", lambda s: s.is_over_number),
    _alone("a rule below ends the piece", lambda s: s.below is not None and s.words >= 2 and rules_off(s.rows, s.end)),
    _alone("over a place, or a house in a street", lambda s: s.is_placed or s.is_from_where or s.is_housed),
    _alone("over the editor's remark", _remarked),
    _alone("over the words that say whom the letter is to", lambda s: s.after == 1 and over_receiver(s.rows, s.end, s.layout)),
    _alone("below verses, whose they are", lambda s: s.ends_verses),
    _alone("set in, nearer to the text than to what follows", lambda s: s.is_set_in),
    _alone("a formula ends the paragraph", lambda s: s.run_in or s.led),
    _alone(
        "initials",  # "A.D." signs nothing, unless nothing more follows: "C."
        lambda s: s.is_initials and (fold(s.bare) not in s.layout.language.abbreviations or is_rule(s.rows, s.end)),
    ),
    Reason(NOT, "nothing around a name alone says that it signs", always),
)

NEARLY = 4  # columns: the line above is set in as far
