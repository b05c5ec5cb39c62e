"""What is seen of short lines after a text, and of what stands around them; each thing is looked at when it is first asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.language import fold
from tei_pipeline.once import once
from tei_pipeline.rules.headings.head_labels import HeadLabel, bare_label, head_label, named_division
from tei_pipeline.rules.letters.closings import (
    after_closing,
    ends_in_formula,
    lowered,
)
from tei_pipeline.rules.letters.dated import MARKS, RUN_IN, is_dateline
from tei_pipeline.rules.letters.near_dates import year_closes
from tei_pipeline.rules.letters.pieces import source_imprint
from tei_pipeline.rules.letters.signers import (
    INITIALS,
    OVER_TITLE,
    SET_IN,
    ends_apart,
    ends_in_town,
    ends_with_date,
    is_after_dash,
    is_name,
    over_place_and_date,
)
from tei_pipeline.rules.notes.labels import siglum, worded_label
from tei_pipeline.rules.notes.loose import below_signature
from tei_pipeline.rules.shape import chunk_end, is_capitals, is_centred, without_reference, word_count
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

FEW_CHAPTERS = 50  # a letter that is a numeral too, but counts more: L., C., D., M. are initials
LAST = 9  # empty lines that count as being below the last line of a text
_RESIDUE = re.compile(r"\s*<?/?[a-z]{1,4}>$")  # left over from conversion behind a name


class LastLines:
    """Lines that stand together after a text or within it, from ``at`` to ``end``."""

    def __init__(self, rows: Rows, at: int, end: int, layout: Layout) -> None:
        self.rows, self.at, self.end, self.layout = rows, at, end, layout
        self.row = rows[at]
        self.above = rows[at - 1]
        self.below = rows[end] if end < len(rows) else None
        self.count = end - at
        self.line = lowered(" ".join(row.text for row in rows[at:end]))

    # ---------------------------------------------------------------- the words

    @once
    def bare(self) -> str:
        """The words without marks around them and the reference of a note."""
        line = _RESIDUE.sub("", self.line) if self.line.endswith(">") else self.line
        return without_reference(line.strip(MARKS))

    @once
    def words(self) -> int:
        """How many they are."""
        return word_count(self.bare)

    @once
    def label(self) -> HeadLabel | None:
        """The label of a heading that the words are, or begin with."""
        return head_label(self.bare, self.layout.language)

    @once
    def is_initials(self) -> bool:
        """A name in initials alone: "A. B."."""
        return INITIALS.match(self.bare) is not None

    @once
    def is_in_capitals(self) -> bool:
        """All of them in capitals, as names and titles are set."""
        return is_capitals(self.bare)

    @once
    def is_name(self) -> bool:
        """A name and no more; a dash may lead to it."""
        if RUN_IN.match(self.line):
            return False
        return is_name(self.bare, self.layout) or is_after_dash(self.rows, self.at, self.end, self.bare, self.layout)

    @once
    def names_division(self) -> bool:
        """The label of a division and no more, or a title that names one; a letter that counts as a numeral may be an initial."""
        if named_division(self.bare, self.layout.language):
            return True
        if self.label is None or not (self.label.type or self.label.length >= len(self.bare.rstrip("."))):
            return False
        return not (self.label.number >= FEW_CHAPTERS and self.is_initials)

    @once
    def heads_title(self) -> bool:
        """The words after a number are a title: "II. Harker's Cart", "V. The Cart"; after a single letter a name may stand."""
        if self.label is None or not self.label.number:
            return False
        after = self.bare[self.label.length :].split()
        return len(self.label.n) > 1 or bool(after and fold(after[0]) in self.layout.language.lowercase_in_titles)

    @once
    def counts_stanza(self) -> bool:
        """A bare number among verses."""
        if not self.layout.in_verse(self.row.line) or len(self.row.text) >= 10:
            return False
        number = bare_label(self.row.text)
        return number is not None and number.length >= len(self.row.text.rstrip("."))

    @once
    def counts_piece(self) -> bool:
        """A numeral alone on the first of several lines."""
        number = bare_label(self.row.text) if self.count > 1 and self.row.text.isupper() else None
        return number is not None and number.length == len(self.row.text)

    # ---------------------------------------------------------------- what stands above

    @once
    def text_ended(self) -> bool:
        """What stands above ends a sentence, or with a comma or a dash."""
        return self.above.ends_sentence or self.above.text[-1] in ",-—"

    @once
    def below_date(self) -> bool:
        """A date is the last line above, which stands with it, or alone apart, at the end of a piece."""
        return (not self.row.gap or self._ends_piece()) and is_dateline(self.above.text, self.layout)

    def _ends_piece(self) -> bool:
        """Both stand alone, and much white space below them."""
        stop = chunk_end(self.rows, self.at) if self.row.gap == 1 and self.above.gap else len(self.rows)
        return stop < len(self.rows) and self.rows[stop].gap > OVER_TITLE

    @once
    def below_closing(self) -> bool:
        """The lines above are a formula, or end with the comma of one."""
        return after_closing(self.rows, self.at, self.layout)

    @once
    def led(self) -> bool:
        """The formula is the end of the text, or a short line at its end leads on to the name: "You will soon hear more from your"."""
        if self.row.gap > 2:
            return False
        if ends_in_formula(self.above.text, self.layout.language):
            return True
        short = self.row.gap == 1 and self.above.width < 0.75 * self.layout.measure and not (is_capitals(self.above.text) or self.row.page)
        return short and (self.after >= 2 or self.is_dated) and fold(self.above.text.rpartition(" ")[2]) in self.layout.language.articles

    @once
    def after_formula(self) -> bool:
        """Below a date or a formula."""
        return self.led or self.below_date or self.below_closing

    @once
    def run_in(self) -> bool:
        """The formula ends the paragraph above."""
        return self.count == 1 and self.above.text[-1] == "," and self.above.gap == 0

    @once
    def below_number(self) -> bool:
        """The line above is the bare number of a letter: names below it are those of its writer and receiver."""
        bare = self.above.text.strip(MARKS)
        label = head_label(bare, self.layout.language)
        return label is not None and label.type == "letter" and label.length >= len(bare.rstrip("."))

    @once
    def below_title(self) -> bool:
        """A short line with much white space above it stands right above, and ends no sentence."""
        above = self.above
        if self.row.gap != 1 or above.gap < OVER_TITLE or len(above.text) >= 40:
            return False
        return not (above.ends_sentence or self.after_formula)

    # ---------------------------------------------------------------- how it is set

    @once
    def is_short(self) -> bool:
        """Every line ends far from the right edge."""
        longest = 0.75 * max(40, self.layout.measure - self.layout.margin)
        return all(len(row.text) < longest for row in self.rows[self.at : self.end])

    @once
    def is_at_right(self) -> bool:
        """Every line begins at the right, as names are set."""
        margin = self.layout.margin
        far = margin + 0.35 * (self.layout.measure - margin)
        return self.row.indent > margin + 8 and all(row.indent >= far for row in self.rows[self.at : self.end])

    @once
    def is_titled(self) -> bool:
        """Nearer to what follows than to what stands above, or in the middle as far from both, as titles are."""
        gap, after = self.row.gap, self.below.gap if self.below is not None else LAST
        middle = gap >= 2 and self.below is not None and gap >= after and is_centred(self.row, self.layout)
        return middle or (self.below is not None and gap >= OVER_TITLE and gap > after)

    @once
    def heads_next(self) -> bool:
        """Capitals in the middle, and no more white space below than a title has; initials may have a place or date below them, a name
        the source of the piece in brackets, or the date that ends it, and initials right below a sentence stand over a paragraph that was
        added.
        """
        if self.below is None or self.below.gap > 2 or not (is_centred(self.row, self.layout) and self.is_in_capitals):
            return False
        if self.is_dated and self.row.gap == self.after == 1 and self.above.ends_sentence and ends_with_date(self.rows, self.end):
            return not self.is_name
        if self.below.text[0] in "([" and self.below.text[-1] in ")]" and self.end + 1 < len(self.rows):
            return not self.below.gap < self.rows[self.end + 1].gap
        if not self.is_initials or self.below.gap > 1:
            return True
        added = self.row.gap == 1 and self.bare.count(".") > 1 and self.above.ends_sentence and self.above.indent <= self.layout.margin
        return not added and not ends_apart(self.rows, self.end, self.layout)

    # ---------------------------------------------------------------- what stands below

    @once
    def after(self) -> int:
        """Empty lines below, in units of the gap between paragraphs."""
        return self.below.gap if self.below is not None else LAST

    @once
    def is_dated(self) -> bool:
        """A date stands below."""
        if self.below is None or self.after > 3:
            return False
        return is_dateline(self.below.text, self.layout) or year_closes(self.rows, self.end)

    @once
    def heads_paper(self) -> bool:
        """In brackets, and no initials: over a date with text as near below it, a remark on what follows."""
        closed = self.row.text[0] in "([" and self.rows[self.end - 1].text.rstrip(".").endswith((")", "]"))
        if not closed or self.is_initials or not self.is_dated or self.after != 1:
            return False
        stop = chunk_end(self.rows, self.end)
        return stop < len(self.rows) and self.rows[stop].gap == 1

    @once
    def is_placed(self) -> bool:
        """A name in capitals, and a place apart below it that ends the piece."""
        if self.after != 1 or not self.is_in_capitals or self.is_dated:
            return False
        named = self.words > 1 and self.row.gap == 1 and self.above.ends_sentence and self.count == 1
        return ends_apart(self.rows, self.end, self.layout) or (named and ends_in_town(self.rows, self.end, self.layout))

    @once
    def is_from_where(self) -> bool:
        """Place and date stand below."""
        return self.after == 1 and over_place_and_date(self.rows, self.end, self.layout)

    @once
    def is_published(self) -> bool:
        """The journal that printed it stands below."""
        return self.below is not None and self.after <= 1 and source_imprint(self.rows, self.end, self.layout) is not None

    @once
    def is_over_notes(self) -> bool:
        """The notes of what it ends stand below: a heading over them, or the first of them."""
        if self.below is None or self.after > 2:
            return False
        if fold(self.below.text.strip("[]_*=.:; ")) in self.layout.language.note_sections:
            return True
        first = siglum(self.below.text)
        if first is not None and below_signature(self.rows, self.end, first, self.layout):
            return True
        far = self.count == 1 and self.row.indent > self.above.indent + SET_IN
        verses = far and self.after == 1 and self.layout.in_verse(self.row.line)
        return verses and self.below.text[0] == "[" and worded_label(self.below.text, self.layout.language) is not None

    @once
    def is_over_postscript(self) -> bool:
        """A postscript stands below."""
        return self.below is not None and self.after <= 2 and words(self.layout.language).postscript.match(self.below.text) is not None

    @once
    def is_over_number(self) -> bool:
        """Set in, and the number of the next piece stands below."""
        set_in = self.below is not None and self.after == 2 and self.row.indent > self.layout.margin + 8
        return set_in and self.below is not None and head_label(self.below.text, self.layout.language) is not None
