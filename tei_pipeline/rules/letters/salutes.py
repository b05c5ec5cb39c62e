"""Words of address over the text of a letter or speech, and names that say whom it is to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Facts, Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.headings.head_labels import head_label
from tei_pipeline.rules.letters.addressed import SENTENCE_WITHIN, names_hearers, ranks_below_date
from tei_pipeline.rules.letters.closings import is_formula
from tei_pipeline.rules.letters.dated import MARKS, is_dateline, is_place_and_year
from tei_pipeline.rules.letters.near_dates import supplies_date
from tei_pipeline.rules.letters.signers import is_rule, over_receiver
from tei_pipeline.rules.shape import chunk_end, is_capitals, is_in_middle, is_title_case, word_count
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


_WORD = re.compile(r"\w+")
RECEIVER = Facts(type="receiver")  # no words of address, but his name: "To John Falk."
_QUOTED = re.compile(r"[\"“„«»]")
_DASHES = "-–—―"  # what opens a line of dialogue where no quotation marks do: --Monsieur, dit-il,


def salute(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A short line apart that addresses somebody and ends with a comma, colon or dash opens a letter or speech."""
    end = chunk_end(rows, at)
    if not rows[at].gap and at:
        far = layout.style != "indent" and rows[at - 1].indent > rows[at].indent + SET_RIGHT  # right below a date at the other side
        if not far or end > at + 1 or not is_salute(rows[at].text, layout):
            return None
    if (end - at > 1 and layout.style == "indent" and rows[at + 1].indent == layout.margin + layout.indent) or (
        end - at > 2 and _stands_over_text(rows, at, layout)
    ):
        end = at + 1
    line = " ".join(row.text for row in rows[at:end])
    if end == at + 1 and _goes_to_another(rows, at, layout):
        return Match("salute", end, "whom the next letter is to, right over its date", 0.8, RECEIVER)
    if end <= at + 2 and ranks_below_date(rows, at, end, layout):
        return Match("salute", end, "whom the letter is to, between its date and its text", 0.8, RECEIVER)
    if over_receiver(rows, at, layout):
        return Match("salute", end, "whom the letter is to, below the name at its end", 0.8, RECEIVER)
    if end == at + 1 and _greets_without_point(rows, at, layout):
        return Match("salute", end, "words of address alone between a date and the text", 0.85)
    if end == at + 1 and _names_receiver(rows, at, layout):
        return Match("salute", end, "a name or title, set off, between the head or date of a letter and its text", 0.8)
    if at and rows[at - 1].text[-1] == "," and rows[at].gap == 1 and is_formula(line.rstrip(","), layout.language):
        return None  # a formula of closing that goes on: "Your Highness's most obedient servant,"
    if line.isupper() and line[-1] == "." and rows[at].gap > 1 and end < len(rows) and chunk_end(rows, end) == end + 1 and rows[end].gap:
        return None  # a name with its title, over the years of his life: SIR ADAM HOLM.
    if line[-1] == "." and at and end < len(rows) and rows[at].gap < rows[end].gap and layout.in_verse(rows[at - 1].line):
        return None  # a poet with his title, below his verses: SIR W. HOLM.
    if at and rows[at - 1].text[-1] == "," and words(layout.language).and_so_on.search(line):
        return None  # "of, / Dear Sir, &c." closes the letter
    if titles_chapter(rows, at, end, layout) or _heads_piece(rows, at, end) or _titles_again(rows, at, end, layout):
        return None
    if not at and _opens_quoted_letter(rows, layout):
        return Match("salute", end, "speaks to somebody over the text of a letter that is quoted", 0.8)
    if end - at > 2 or not (is_salute(line if at else line.lstrip('"“„'), layout) or names_hearers(rows, at, line, layout)):
        return None
    return Match("salute", end, f"addresses somebody: {line[:30]}", 0.85)


def _opens_quoted_letter(rows: Rows, layout: Layout) -> bool:
    """Whether what is set in begins with a short line apart that opens the quotation mark which the next paragraph opens again, or with
    a word for "my": "My brave Skipper:.
    """
    row, quoted = rows[0], rows[0].text[0] in '"“„«'
    line = row.text.lstrip('"“„«')
    if len(rows) < 3 or rows[1].gap != 1 or line[-1:] not in ",:" or line[:-1].strip("_").endswith(tuple('"”«»')):
        return False
    if not 1 < word_count(line) <= MOST_OF_A_RECEIVER or not is_title_case(line[:-1], layout.language.lowercase_in_titles):
        return False
    again = quoted and rows[1].text[0] == row.text[0] and not rows[2].gap
    said = layout.language.articles
    mine = any(form.split(" ")[0] in said and fold(line).startswith(f"{form.split(' ')[0]} ") for form in layout.language.salutations)
    return (again and not line.isupper()) or (mine and not rows[2].gap and row.width < SHORT * layout.measure)


def _heads_piece(rows: Rows, at: int, end: int) -> bool:
    """Whether a line in capitals with a point stands below a row of stars, far over the text: UNCLES AND AUNTS."""
    line = rows[at].text
    titled = line.isupper() and line[-1] == "." and word_count(line) > 1 and end == at + 1 < len(rows)
    return titled and at > 0 and is_rule(rows, at - 1) and rows[at].gap > 1 < rows[end].gap


def _titles_again(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether a name in capitals with a point stands apart from the text as titles do, and its words alone in another place too: SIR ADAM
    HOLM., the ballad.
    """
    line = rows[at].text
    if not line.isupper() or line[-1] != "." or line.count(" ") < 2 or end != at + 1 or end >= len(rows):
        return False
    if rows[at].gap < OVER_PIECE or rows[end].gap < 2:
        return False
    words_of = fold(line).strip(" .,")
    return any(row.line != rows[at].line and row.gap and fold(row.text).strip(" .,") == words_of for row in layout.rows)


OVER_PIECE = 3  # empty lines


def titles_chapter(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether lines right below the label of a chapter are in capitals, with a point, and farther from the text: MADAME LIND."""
    last = rows[end - 1].text
    if not at or end >= len(rows) or rows[end].gap <= rows[at].gap or last[-1] != "." or not last.isupper():
        return False
    above = rows[at - 1].text
    label = head_label(above, layout.language)
    return label is not None and bool(label.type) and label.type != "letter" and label.length >= len(above.rstrip("."))


def _goes_to_another(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line as near to the letter above as to the date below, or right below the number of a letter, says whom the next one is
    to: "_To John Falk_.".
    """
    line = words(layout.language).and_so_on.sub("", rows[at].text.strip(MARKS + "."))
    if not at or not rows[at].gap or fold(line.partition(" ")[0]) not in layout.language.receivers or is_rule(rows, at - 1):
        return False
    above = rows[at - 1].text.strip(MARKS)
    label = head_label(above, layout.language)
    counted = label is not None and label.type == "letter" and label.length >= len(above.rstrip("."))
    if not counted and (rows[at].gap > 1 or is_in_middle(rows[at], layout)):
        return False  # farther from the text, or a title on printed pages, whatever white space they leave
    date = chunk_end(rows, at)
    end = chunk_end(rows, date) if date < len(rows) else date
    if not is_title_case(line, layout.language.lowercase_in_titles) or not date < end <= date + MOST_OF_A_DATE or end >= len(rows):
        return False
    near = 1 <= rows[date].gap <= (MOST_ABOVE if counted else 1) and rows[end].gap >= 1
    return near and (is_dateline(" ".join(row.text for row in rows[date:end]), layout) or supplies_date(rows, date, layout))


MOST_OF_A_DATE = 3  # lines: the house, the place, and the day


def _stands_over_text(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether words of address end a line early, with a colon or dash, or below a date with a comma, right over the first paragraph:
    MY DEAR HOLM:--.
    """
    text = rows[at].text
    dated = text[-1] == "," and at > 0 and is_dateline(rows[at - 1].text, layout)
    if not (text[-1] in ":-—" or dated) or rows[at].width > SHORT * layout.measure or layout.drama or rows[at + 1].starts_lower:
        return False
    return rows[at + 1].width > SHORT * layout.measure and is_salute(text, layout)


SHORT = 0.6  # of the measure
SET_RIGHT = 12  # columns
MOST_ABOVE = 3  # paragraph gaps above a name in italics, or between the number of a letter and its date
MOST_OF_A_RECEIVER = 6  # words
ADDRESSES = re.compile(r"(?:,|[,!](?:--|—))$")  # how a line ends that speaks to somebody: MY GOOD FRIEND,--


def _names_receiver(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line right below a date, or a line that says whom a letter is to, is a name or title with a comma or colon behind it,
    and text follows: "GENERAL HOLM:", "DOCTOR,"; or says whom the text is to, below a few words that stand alone.
    """
    row = rows[at]
    if (
        not at
        or not (row.text[-1] == ":" or ADDRESSES.search(row.text))
        or row.gap > (MOST_ABOVE if row.text[0] == "_" else 2)
        or at + 1 >= len(rows)
        or rows[at + 1].gap != 1
        or layout.drama
    ):
        return False
    above, text, below = rows[at - 1], row.text.rstrip(",:!-—"), rows[at + 1]
    if not text or fold(text) in layout.language.note_sections:
        return False
    if len(below.text) < 0.6 * layout.measure and not below.ends_sentence:
        return False
    if at and row.gap == 1 and _follows_date(rows, at, layout):
        return True
    long = is_capitals(text) and row.text[-1] in "-—"
    italic = text[0] == text[-1] == "_"
    most = MOST_OF_A_SALUTE if long or italic or says_to_whom(row.text, layout) else MOST_OF_A_RECEIVER
    if not 0 < word_count(text) <= most or not is_title_case(text, layout.language.lowercase_in_titles):
        return False
    titled = row.gap == 1 and row.text[-1] == "," and is_capitals(text) and word_count(text) > 1
    if titled and not above.gap and above.ends_sentence and fold(text.split()[0]) in layout.language.titles:
        return True  # a letter below a paragraph: MR. LANDINGSTAFF,
    if row.gap == 1 and row.text[-1] in "-—" and (is_capitals(above.text) or is_capitals(text)):
        return True  # below the names over the letter, or what it quotes first: BEST OF ALL FRIENDS,--
    if says_to_whom(row.text, layout) and (italic or (row.gap == 1 and above.gap and len(above.text) < SHORT * layout.measure)):
        return True
    if is_dateline(row.text, layout) or len(above.text) > 0.8 * layout.measure:
        return False
    if not above.gap and at > 1:  # place and date, or the address in italics, on two lines
        first = rows[at - 2]
        to = first.text[0] == "_" == above.text[-1] and fold(first.text.split()[0].strip("_")) in layout.language.receivers
        return row.gap == 1 and bool(first.gap) and (to or is_dateline(f"{first.text} {above.text}", layout))
    if row.gap == 1 and (is_dateline(above.text, layout) or (is_capitals(text) and is_place_and_year(above.text))):
        return True
    return fold(above.text.split()[0].strip("_")) in layout.language.receivers and (above.gap > 1 or at == 1) and above.text[-1] != ","


def says_to_whom(text: str, layout: Layout) -> bool:
    """Whether a line names the assembly that a message is to, and ends with a colon: "_To the Senate and House of Lorne_:"."""
    line = text.strip("_ ")
    if line[-1:] != ":" or not 1 < word_count(line) <= MOST_OF_A_SALUTE or fold(line.split(" ", 1)[0]) not in layout.language.receivers:
        return False
    return is_title_case(line, layout.language.lowercase_in_titles)


def _follows_date(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a few words that end with a comma stand between a date and the text: no paragraph is so short and ends so."""
    row, above = rows[at], rows[at - 1]
    if row.text[-1] != "," or not row.text[0].isupper() or word_count(row.text) > MOST_OF_A_RECEIVER:
        return False
    return rows[at + 1].width > 0.7 * layout.measure and is_dateline(above.text, layout) and not is_dateline(row.text, layout)


def _greets_without_point(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether words of address alone stand right below a date and over the text, with no point behind them: MY DEAR SIR."""
    row = rows[at]
    if not at or row.gap != 1 or at + 1 >= len(rows) or rows[at + 1].gap != 1 or word_count(row.text) > FEW or layout.drama:
        return False
    line = row.text.strip("_/ ")
    found = words(layout.language).salute.match(line)
    return found is not None and found.end == len(line) and is_dateline(rows[at - 1].text, layout)


FEW = 4  # words


def is_salute(text: str, layout: Layout) -> bool:
    """Whether a short line addresses somebody and ends with a comma, colon, exclamation mark or dash."""
    line = text.strip("_ ")
    if len(line) > 90 or line[:1] in _DASHES or not words(layout.language).salute.match(line):
        return False
    if line.lower() in layout.language.addresses and not line.isupper():
        return True  # "Sir" alone on a line, as old letters begin
    if not re.search(r"(?:[,:!;]|[,:.!]?(?:--?|[—–]))$", line) and not (line.endswith(".") and word_count(line) <= 4):
        return False
    if (count := word_count(line)) > 9 and (
        count > MOST_OF_A_SALUTE
        or line[-1] != ":"
        or SENTENCE_WITHIN.search(line)
        or not layout.language.finite.isdisjoint(_WORD.findall(line))
    ):
        return False  # "Gentlemen of the Senate and of the House of Representatives:"
    return "?" not in line and not (_QUOTED.match(line) and word_count(line) < 2 and not line.isupper())


MOST_OF_A_SALUTE = 14  # words
