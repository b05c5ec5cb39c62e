"""What is seen around short lines that may date a piece; each thing is looked at when it is first asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.once import once
from tei_pipeline.rules.headings.head_labels import bare_label
from tei_pipeline.rules.letters.addressed import begins_with_rank, tells_both, titles_letter
from tei_pipeline.rules.letters.closings import after_closing
from tei_pipeline.rules.letters.date_words import DateWords
from tei_pipeline.rules.letters.dated import (
    DIGIT,
    LETTERS,
    MARKS,
    YEAR_LAST,
    is_dateline,
    is_day,
    is_feast_or_hour,
    is_place_and_year,
)
from tei_pipeline.rules.letters.near_dates import (
    LONGEST_ADDRESS,
    MOST_PLACES,
    SET_IN,
    YEAR_OF_POEM,
    leads_to_date,
    place_over_date,
    year_ends_poem,
)
from tei_pipeline.rules.shape import begins_note, chunk_end, is_capitals, is_centred, is_title_case, word_count
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.rows import Row

FAR_RIGHT = 0.4  # of the measure: a name so far to the right, and place and date at the margin below it
AT_RIGHT = 0.3  # of the measure: a place or day over a letter
NARROW = 0.6  # of the measure
STEP = 8  # columns: so much farther to the right than a heading in the middle
PRINTED = 75  # columns: what is set to the right stands in so wide a measure, also where paragraphs are not wrapped
LONGEST_PLACE = 40  # characters
MOST_IN_ADDRESS = 6  # words
MOST_IN_NAME = 5  # words
FAR_BELOW = 4  # empty lines
_INITIALS = re.compile(r"^(?:[A-Z]\.\s?){1,4}$")


class Dating(DateWords):
    """Lines that may date a piece: from ``at`` to ``end``, the next white space."""

    @once
    def is_feast_of_letter(self) -> bool:
        """A feast or an hour right below the title of a letter."""
        return self.is_alone and self.is_below_title and is_feast_or_hour(self.line, self.layout)

    # ---------------------------------------------------------------- names beside the date

    @once
    def may_date(self) -> bool:
        """No more than three lines, and all of them place and date: no name or formula among them."""
        return self.count <= 3 and not (self.signs or self.names)

    @once
    def signs(self) -> bool:
        """The first line is a formula of closing or a name far to the right: Yours, / MATTHEW LANE / LEEDS, April 2."""
        if self.count == 1:
            return False
        if words(self.layout.language).closing.match(self.row.text) is not None:
            return True
        return self.is_far_right(self.row) and self.right > 2 * self.rows[self.at + 1].indent

    @once
    def names(self) -> bool:
        """One line of these is the date, and one at the margin a name or title: not the place, which a comma or its setting shows."""
        if self.count == 2 and self.above is not None and is_dateline(self.rows[self.at + 1].text, self.layout):
            if _INITIALS.match(self.row.text) or (self.above.text[-1] == "," and DIGIT.search(self.row.text) is None):
                return True
        if self.count < 2 or self.row.indent > self.layout.margin + 3:
            return False
        if (
            is_capitals(self.row.text)
            and self.rows[self.at + 1].text[0] == "["
            and self.above is not None
            and self.above.gap > self.row.gap
        ):
            return False  # the place, and a date that an editor supplies, below a title
        if self.over_name:
            return True
        lines = self.rows[self.at : self.end - 1]
        placed = any(DIGIT.search(row.text[:-2]) or row.text.endswith((",", ".")) or is_day(row.text, self.layout) for row in lines)
        bare = not placed and len(self.row.text.split()) > 1
        if not bare or not is_dateline(self.rows[self.end - 1].text, self.layout) or begins_with_rank(self.rows, self.end, self.layout):
            return False
        return self.above is None or self.row.gap >= FAR_BELOW or self.above.ends_sentence

    @once
    def over_name(self) -> bool:
        """The first line dates what ends above, and the second is the name of who wrote it."""
        if self.count < 2 or self.above is None or not self.above.ends_sentence or not self.first:
            return False
        name = self.rows[self.at + 1].text.split(" /", 1)[0].rstrip(".")
        return (
            DIGIT.search(name) is None
            and len(name.split()) <= MOST_IN_NAME
            and is_title_case(name, self.layout.language.lowercase_in_titles)
        )

    # ---------------------------------------------------------------- below a line, with no white space between

    @once
    def right(self) -> float:
        """The column past which a line stands far to the right."""
        return self.layout.margin + FAR_RIGHT * self.layout.measure

    def is_far_right(self, row: Row | None) -> bool:
        """Whether a line begins there."""
        return row is not None and row.indent > self.right

    def is_narrow(self, row: Row) -> bool:
        """Whether a line ends far from the right edge."""
        return row.width < NARROW * self.layout.measure

    @once
    def is_below_name_at_right(self) -> bool:
        """One or two lines at the margin, a place and a date, below a name far to the right."""
        if self.count != 2 or not self.is_far_right(self.above) or self.right <= 2 * self.row.indent:
            return False
        return is_dateline(self.line, self.layout)

    @once
    def is_below_short_line(self) -> bool:
        """A date, and the line above it is short, in columns or a title, or both stand far to the right."""
        if self.above is None or not self.first:
            return False
        short = len(self.row.text) < NARROW * self.layout.measure
        if not (self.is_narrow(self.row) or (short and self.is_far_right(self.row) and self.is_far_right(self.above))):
            return False
        if self.above.width < 0.75 * self.layout.measure or len(self.above.text) < 30 or "    " in self.row.text:
            return True
        return not self.above.ends_sentence and is_title_case(self.above.text, self.layout.language.lowercase_in_titles)

    @once
    def is_day_below_capitals(self) -> bool:
        """A day or month, the last line of a title in capitals."""
        last = self.at + 1 >= len(self.rows) or bool(self.rows[self.at + 1].gap)
        return last and self.above is not None and is_capitals(self.above.text) and is_day(self.row.text, self.layout)

    # ---------------------------------------------------------------- after the text

    @once
    def dates_poem(self) -> bool:
        """A year in brackets, in italics or with a full stop below a poem, far from what follows, at the foot of the page or over the first
        note.
        """
        if self.above is None or not self.is_alone or self.row.gap > 1:
            return False
        below = self.below
        ruled = self.row.indent > self.above.indent + STEP and below is not None and not any(c.isalnum() for c in below.text)
        if not (self.is_far_from_below or ruled or (below is not None and (below.page or begins_note(below)))):
            return False
        return YEAR_OF_POEM.match(self.row.text) is not None and self.layout.in_verse(self.above.line)

    @once
    def is_year_below_verses(self) -> bool:
        """A year with a full stop, right below the last verse of a poem."""
        return year_ends_poem(self.rows, self.at) and self.layout.in_verse(self.rows[self.at - 1].line)

    @once
    def ends_with_year(self) -> bool:
        """A line set in after a sentence ends with a year, whatever calendar its day is of, and has white space below it."""
        row = self.row
        if self.above is None or not self.is_alone or row.gap != 1 or row.indent <= self.layout.margin + SET_IN:
            return False
        if not self.above.ends_sentence or self.layout.in_verse(row.line) or not self.is_far_from_below:
            return False
        return row.text[0].isupper() and len(row.text) <= LONGEST_ADDRESS and YEAR_LAST.search(row.text) is not None

    @once
    def is_far_from_below(self) -> bool:
        """Nothing follows, or two empty lines."""
        return self.below is None or self.below.gap >= 2

    @once
    def is_below_remark(self) -> bool:
        """The line above ends what an editor remarks in brackets; as near to it as to what follows."""
        return self.above is not None and self.below is not None and self.above.text[-1] == "]" and self.row.gap == self.below.gap == 1

    # ---------------------------------------------------------------- over a letter

    @once
    def is_below_title(self) -> bool:
        """The line above is the title of a letter, and nearer than what stands above that."""
        if self.above is None or (self.at > 1 and self.row.gap > self.above.gap):
            return False
        return titles_letter(self.above.text, self.layout)

    @once
    def is_led_to(self) -> bool:
        """The place above ends with a comma."""
        return self.above is not None and self.above.text[-1] == "," and leads_to_date(self.rows, self.at - 1, self.layout)

    @once
    def is_over_letter(self) -> bool:
        """To the right of the page, right over words that address somebody, or right below the title of a letter."""
        row, below = self.row, self.below
        if row.indent > self.layout.margin + AT_RIGHT * self.layout.measure:
            return row.gap < 3 or not row.text[-1].isalnum() or not is_centred(row, self.layout)  # a title: June Evening
        if below is not None and below.gap <= 2:
            if len(below.text) < LONGEST_ADDRESS and words(self.layout.language).salute.match(below.text) is not None:
                return True
            if is_place_and_year(row.text) and self._names_somebody(below):
                return True
        return self.is_below_title

    def _names_somebody(self, row: Row) -> bool:
        """Whether a few words in capitals, with a colon or comma behind them, stand over a paragraph: DARLING ANNA:."""
        after = self.rows[self.end + 1] if self.end + 1 < len(self.rows) else None
        if after is None or not after.gap == 1 == row.gap or self.is_narrow(after):
            return False
        return row.text[-1] in ":," and word_count(row.text) <= MOST_IN_ADDRESS and is_capitals(row.text)

    @once
    def is_set_right(self) -> bool:
        """Two lines set to the right below a heading, a place or a day and a remark in brackets, or one line alone, a day: "Marl, Surrey.
        / [Post-mark, May 4, 1845.]".
        """
        above, below, layout = self.above, self.below, self.layout
        if self.count > 2 or above is None or below is None or below.indent > layout.margin + 3:
            return False
        far = layout.margin + AT_RIGHT * (min(layout.measure, PRINTED) - layout.margin)
        if any(row.indent < far or len(row.text) > LONGEST_ADDRESS for row in self.rows[self.at : self.end]):
            return False
        if not above.gap or self.row.gap > 2 or len(above.text) > LONGEST_ADDRESS:
            return False
        if above.indent > max(layout.margin + 3, self.row.indent - STEP) or below.text[0] in '"“' or layout.in_verse(below.line):
            return False
        return is_day(self.row.text, layout) if self.is_alone else self._ends_in_remark()

    def _ends_in_remark(self) -> bool:
        """Whether the last line is a remark in brackets, and it or the first tells the date."""
        last, layout = self.rows[self.end - 1].text, self.layout
        if last[0] != "[" or last.rstrip(".")[-1] != "]":
            return False
        return self.first or is_dateline(last, layout) or is_day(last.strip("[]. "), layout) or is_day(self.row.text, layout)

    @once
    def is_office(self) -> bool:
        """Capitals as near to the text above as to the date of a letter, which is over its salute: HEAD-QUARTERS OF THE ARMY."""
        if not self.is_alone or self.above is None or self.below is None or not self.row.gap == 1 == self.below.gap:
            return False
        if not is_capitals(self.row.text):
            return False
        end = chunk_end(self.rows, self.end)
        if end > self.end + MOST_PLACES or end >= len(self.rows) or not words(self.layout.language).salute.match(self.rows[end].text):
            return False
        if bare_label(self.row.text) is not None or after_closing(self.rows, self.at, self.layout):
            return False  # the number of the letter, or who wrote the one above
        date = " ".join(row.text for row in self.rows[self.end : end])
        return is_dateline(date, self.layout) and not titles_letter(self.row.text, self.layout)

    @once
    def is_place_over_date(self) -> bool:
        """A place over the date and the salute of a letter, each apart."""
        return self.is_alone and place_over_date(self.rows, self.at, self.layout)

    @once
    def leads_to_date(self) -> bool:
        """A place that a comma ends, over the date, and no words that address somebody."""
        if not self.is_alone or not leads_to_date(self.rows, self.at, self.layout):
            return False
        return words(self.layout.language).salute.match(self.row.text) is None

    @once
    def is_below_receiver(self) -> bool:
        """A place alone between the title of a letter, which names whom it is to, and its text; neither counted nor in the middle
        where that is not.
        """
        above, below = self.above, self.below
        if not self.is_alone or above is None or below is None or self.row.gap > 2 or self.layout.in_verse(self.row.line):
            return False
        if bare_label(self.row.text.strip(MARKS)) is not None or (is_centred(self.row, self.layout) and not is_centred(above, self.layout)):
            return False
        place = self.row.text.strip(MARKS)
        if (
            len(place) > LONGEST_PLACE
            or place[:1] == "("
            or place[-1:] in ",:;!?-—"
            or words(self.layout.language).byline.match(place) is not None
        ):
            return False
        if not tells_both(above.text, self.layout):
            return False
        if not any(c.islower() for c in place) or not is_title_case(place, self.layout.language.lowercase_in_titles):
            return False
        return len(below.text) > 0.7 * self.layout.measure

    # ---------------------------------------------------------------- amid and over the text

    @once
    def is_day_amid(self) -> bool:
        """Between two paragraphs, and nothing but days, months and parts of the day: a letter or diary is resumed."""
        above, below, layout = self.above, self.below, self.layout
        if not self.is_alone or above is None or below is None or not self.row.gap == 1 == below.gap:
            return False
        if layout.drama or layout.in_verse(self.row.line) or not above.ends_sentence or below.width < 0.7 * layout.measure:
            return False
        text, language = self.row.text, layout.language
        if text.strip(MARKS).isupper() or not is_day(text, layout):
            return False
        calendar = language.weekdays.keys() | language.months.keys() | language.day_parts
        return all(word.lower() in calendar for word in LETTERS.findall(text))

    @once
    def is_over_double_spaced(self) -> bool:
        """A date over a short line, or over more than one, where lines are double-spaced."""
        if self.count == 1 or self.layout.spacing != 2 or not self.first or not self.is_narrow(self.row):
            return False
        return self.count > 2 or self.is_narrow(self.rows[self.at + 1])

    @once
    def is_right_over_text(self) -> bool:
        """A date far to the right, and the next line, which is full, at the margin: no gap parts them, as in printed diaries."""
        if self.count == 1 or not self.is_far_right(self.row) or not self.first:
            return False
        text = self.rows[self.at + 1]
        return text.indent <= self.layout.margin + SET_IN and text.width > 0.8 * self.layout.measure
