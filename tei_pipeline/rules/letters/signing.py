"""What is seen of short lines after a text that may sign it: formulas of closing, names, and a name alone."""

from __future__ import annotations

import re
from itertools import pairwise

from tei_pipeline.language import fold
from tei_pipeline.once import once
from tei_pipeline.rules.letters.closings import (
    MOST_OF_A_CLOSING,
    after_closing,
    is_closing,
    is_cut_short,
    is_formula,
    leads_to_example,
    speaks_as_formula,
)
from tei_pipeline.rules.letters.dated import MARKS
from tei_pipeline.rules.letters.last_lines import LastLines
from tei_pipeline.rules.letters.near_dates import LONGEST_NAME
from tei_pipeline.rules.letters.signers import (
    INITIAL,
    MOST_OF_A_LINE,
    MOST_OF_A_NAME,
    SET_IN,
    closes_piece,
    in_steps_to_name,
    is_address,
    is_behind_dash,
    is_name,
    is_rule,
    leads_to_name,
    named_below,
    stacked_below,
)
from tei_pipeline.rules.shape import OPENING_MARKS, chunk_end, is_capitals, is_short, is_title_case, word_count
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

MOST_OF_A_WISH = 5  # words of a closing sentence that stands alone: "God bless you all."; longer ones merely begin like a formula
_INSIDE_COMPOUND = re.compile(r"(?<=[^\W\d_])-[^\W\d_]+")  # Major-general, Commander-in-Chief
FULL = 0.9  # of the measure
MOST_IN_VERSE = 6  # words of a formula among verses, which begin so too
MOST_IN_LINE = 14  # words of formula and name
FAR_IN = 16  # columns from the margin to words of formulas on a line of their own
FAR_FROM_VERSES = 12  # columns, from where the last verse begins
MOST_OF_TITLE = 2  # lines
ATTESTED = re.compile(r"^[(\[]_?([^\W\d_][\w. ]{1,14}?)[.,]?_?[)\]],?\s+_?[^\W\d_]")  # (Signed) A. LIND
CLOSING_QUOTES = "\"”“»«’'"
_FAR_APART = re.compile(r"^(\S.*\S),?\s{4,}(\S(?:\S|\s(?!\s))*)$")
_WITH_OFFICE = re.compile(r"^([^\W\d_a-z][^_a-z]{2,30}),\s_[^\W\d_a-z][^_]{2,40}_\.?$")
_WITH_PLACE = re.compile(r"^[^\W\d_a-z][^a-z(\[]{3,40}?\s+\([^\W\d_][^\W\d_]+[^()]{0,30}, 1[4-9]\d\d\)\.?$")  # THE AUTHOR (Holm, 1876).
_SURNAME = seldom(r"(?:[^\W\d_a-zß-ÿ][^\W\d_A-ZÀ-Þ]{2,}[ -]){1,3}(?:d[eu'’] ?)?[^\W\d_a-zß-ÿ]{3,}\.?")  # Paul LARNE.
_SENTENCE_BEFORE = re.compile(r"[^\W\d_]{4}[.!?]\s+[^\W\d_]")


class Signing(LastLines):
    """Lines that may sign a text: they stand together, apart from the text or below a date, and are short."""

    @once
    def closes_quotation(self) -> bool:
        """A name set in, in quotation marks of its own, below a paragraph whose mark nothing has closed: the letter ends that is quoted."""
        text, above = self.row.text, self.above.text.rstrip(".")
        marked = (
            self.count == 1 and text[0] in OPENING_MARKS and text.rstrip(".,")[-1] in CLOSING_QUOTES and above[-1] not in CLOSING_QUOTES
        )
        if not marked or self.row.gap != 1 or self.row.indent <= self.layout.margin + SET_IN or not self.above.ends_sentence:
            return False
        first = next((i for i in range(self.at - 1, -1, -1) if self.rows[i].gap), 0)
        return self.rows[first].text[0] == text[0] and is_name(text.strip(OPENING_MARKS + CLOSING_QUOTES + "., "), self.layout)

    # ---------------------------------------------------------------- formulas

    @once
    def opens_like_closing(self) -> bool:
        """A formula of closing begins the words, neither sung ("I am he that walks with the night") nor a title: LOVE, THE PILGRIM."""
        open_below = self.below is not None and self.below.gap < max(1, self.row.gap)
        if self.layout.in_verse(self.row.line) and (open_below or not is_short(self.bare, MOST_IN_VERSE)):
            return False
        return is_closing(self.line, self.layout) and not (self.is_in_capitals and (self.row.gap > 1 or self.row.page))

    @once
    def over_name(self) -> bool:
        """A formula, or a line that a comma ends, over lines apart that are a name."""
        return (self.opens_like_closing or self.bare.endswith(",")) and named_below(self.rows, self.end, self.layout)

    @once
    def is_closing(self) -> bool:
        """A formula of closing, with the name or over it, that is neither a sentence of a story nor one of politeness."""
        if not self.opens_like_closing or (self.count == 1 and not self.over_name and self._is_statement()):
            return False
        if not (self.is_short or self.over_name or self._ends_in_name()):
            return False
        if self.count > 1:
            return True
        if not self.bare.endswith((",", ".")) and self.words > 6:
            return False
        return self.over_name or not self.bare.endswith(".") or self.words <= MOST_OF_A_WISH or self._names_in_line()

    @once
    def is_cut_short(self) -> bool:
        """A compliment on a line of its own that "&c." ends, and no name; or words of address that end so the sentence above."""
        if self.count > 1 or self.row.gap != 1 or self.layout.in_verse(self.row.line):
            return False
        if self.above.text[-1] == ",":
            spared = words(self.layout.language).and_so_on.search(self.bare)
            return spared is not None and fold(self.bare[: spared.start()]) in self.layout.language.salutations
        return self.above.ends_sentence and is_cut_short(self.bare, self.layout.language)

    def _ends_in_name(self) -> bool:
        """The last of several lines a name, those before it each ended with a comma."""
        *led, last = (row.text for row in self.rows[self.at : self.end])
        return bool(led) and all(text[-1] == "," for text in led) and len(last) < LONGEST_NAME and is_name(last, self.layout)

    def _is_statement(self) -> bool:
        """A line at the margin that begins like a formula and is a sentence of a story: "I am lost."; or stands in a text that goes on
        as close below it: "In haste."
        """
        language = self.layout.language
        if self.row.indent > self.layout.margin + SET_IN or is_formula(self.bare, language) or self.bare[-1:] == ",":
            return False
        formula = words(language).closing.match(self.bare)
        rest = words(language).and_so_on.sub("", self.bare[formula.end :]).strip(' .,!"”»') if formula is not None else ""
        if rest and not any(word[0].isupper() for word in rest.split()):
            return True
        below = self.below
        close = below is not None and below.gap <= 1 and below.width > 0.75 * self.layout.measure
        return close and below is not None and words(language).postscript.match(below.text) is None

    def _names_in_line(self) -> bool:
        """The name stands behind the formula on a line set in: "Yours truly, ANNA HOLM.", "Yours, (Signed) A. HOLM."."""
        formula, _, name = self.bare.rpartition(", ")
        language = self.layout.language
        set_in = self.row.indent > self.layout.margin + SET_IN
        if not set_in or not is_short(self.bare, MOST_IN_LINE) or not is_formula(formula, language):
            return False
        if name[:1] in "([" and (m := ATTESTED.match(name)) is not None and fold(m[1]).rstrip(".,") in language.attested:
            name = name[m.end() - 1 :]
        return 0 < word_count(name) <= MOST_OF_A_NAME and is_name(name, self.layout)

    @once
    def says_signed(self) -> bool:
        """A word in brackets says so: "(Signed) A. LIND"."""
        m = ATTESTED.match(self.row.text) if self.row.text[0] in "([" and self.above.ends_sentence else None
        return m is not None and fold(m[1]).rstrip(".,") in self.layout.language.attested

    @once
    def names_far_right(self) -> bool:
        """A formula, and a name far to the right of it on the same line."""
        m = _FAR_APART.match(self.row.text) if self.count == 1 else None
        return m is not None and is_formula(m[1].rpartition(", ")[2], self.layout.language) and is_name(m[2], self.layout)

    @once
    def has_place(self) -> bool:
        """A line in capitals, nearer to the text than to what follows, and place and year behind it in brackets."""
        near = self.count == 1 and self.row.gap == 1 < self.after and self.text_ended
        return near and _WITH_PLACE.match(self.bare) is not None and is_capitals(self.bare.partition("(")[0])

    @once
    def formula_over_name(self) -> bool:
        """A formula that the list of the language has not, and a name on the next line."""
        if not (self.count > 1 and self.is_short and self.row.gap == 1):
            return False
        begins_well = self.row.starts_lower or (self.count == 2 and self.text_ended and not self.layout.in_verse(self.row.line))
        return begins_well and is_formula(self.row.text, self.layout.language) and is_name(self.rows[self.at + 1].text, self.layout)

    @once
    def goes_on(self) -> bool:
        """A formula below lines of one; or what of it stands between them and the name: "your excellency's, &c."."""
        below_closing = self.count <= 2 and self.is_short and self.row.gap == 1 and after_closing(self.rows, self.at, self.layout)
        if not below_closing:
            return False
        between = self.row.starts_lower and named_below(self.rows, self.end, self.layout)
        return between or is_formula(self.bare, self.layout.language)

    @once
    def leads_to_name(self) -> bool:
        """A short line that a comma ends, of whatever words, over a name alone."""
        if not self.text_ended or not self.bare.endswith(",") or self.row.gap != 1 or self.words > MOST_IN_LINE:
            return False
        if self.is_in_capitals or leads_to_example(self.bare, self.layout) or _SENTENCE_BEFORE.search(self.bare):
            return False
        if self.row.width > FULL * self.layout.measure and self.row.indent <= self.layout.margin + SET_IN:
            return False  # the last words of the text: "Please remember me to your mother, and believe me affectionately yours,"
        return self.over_name or (is_short(self.bare, MOST_OF_A_LINE) and leads_to_name(self.rows, self.end, self.layout))

    @once
    def steps_to_name(self) -> bool:
        """One of lines apart, each further in than the one above, from the end of the text to a name: "With love I am / Yours, / ANNA"."""
        apart = self.count == 1 and not self.layout.in_verse(self.row.line)
        return apart and in_steps_to_name(self.rows, self.at, self.layout)

    @once
    def names_below_formula(self) -> bool:
        """A name, with rank or place behind a comma, below a formula; not the number of the next letter."""
        last = self.rows[self.end - 1]
        if self.count > 4 or last.width >= 0.75 * self.layout.measure or not self.below_closing or (self.label and self.label.type):
            return False
        name = last.text.strip(MARKS)
        return is_name(name, self.layout) or (word_count(name) <= MOST_OF_A_LINE and is_name(name.partition(",")[0], self.layout))

    @once
    def formula_at_right(self) -> bool:
        """A line set to the right that words which address the receiver begin, and a formula ends."""
        at_right = self.is_at_right and self.is_short and self.row.gap == 1 and self.count == 1
        return at_right and is_formula(self.bare.rpartition(", ")[2], self.layout.language)

    @once
    def has_office(self) -> bool:
        """A name in capitals, and behind its comma the office in italics: "A. HARKER, _Secretary_."."""
        m = _WITH_OFFICE.match(self.row.text) if self.count == 1 and self.row.gap == 1 and self.above.ends_sentence else None
        return m is not None and is_name(m[1], self.layout) and self.after >= 1 and not self.layout.in_verse(self.row.line)

    @once
    def has_rank(self) -> bool:
        """A name in capitals and behind its comma the rank, farther from what follows than from the text: "A. B. HARKER, Colonel."."""
        if self.count > 1 or self.row.gap != 1 or self.after < 2 or not (self.text_ended and self.is_short) or self.layout.drama:
            return False
        name, comma, rank = self.bare.partition(", ")
        if not comma or not is_capitals(name) or not 1 < word_count(name) <= MOST_OF_A_LINE or self.layout.in_verse(self.row.line):
            return False
        small = self.layout.language.lowercase_in_titles
        ranked = word_count(rank) <= MOST_OF_A_LINE and not is_capitals(rank) and is_title_case(_INSIDE_COMPOUND.sub("", rank), small)
        return ranked and INITIAL.match(name) is not None and is_name(name, self.layout) and not any(c.isdigit() for c in rank)

    @once
    def is_led_to_right(self) -> bool:
        """A short line far to the right on which the last sentence above ends: "So good night again, says / Your honest daughter."."""
        if self.row.gap != 1 or not self.is_short or self.count > 1 or self.layout.in_verse(self.row.line):
            return False
        formula = self.row.indent > self.layout.margin + FAR_IN and speaks_as_formula(self.bare, self.layout.language)
        if not (self.is_at_right or formula):
            return False
        if self.names_division or self.heads_title:
            return False
        goes_on = (
            (self.above.text[-1].isalpha() or (formula and self.above.text[-1] == ","))
            and self.above.indent <= self.layout.margin
            and not is_capitals(self.above.text)
        )
        most = MOST_IN_LINE if formula else MOST_OF_A_LINE
        return goes_on and self.row.text[0].isupper() and self.row.ends_sentence and is_short(self.bare, most)

    # ---------------------------------------------------------------- a name alone

    @once
    def ends_verses(self) -> bool:
        """In capitals or behind a dash, right below verses, nearer to them than to what follows: whose they are. A name in capitals behind
        a dash says it as near to what follows as to them.
        """
        if self.at <= 2 or not self.layout.in_verse(self.above.line) or self.above.gap or self.rows[self.at - 2].gap:
            return False
        dashed = self.row.text.startswith(("--", "—"))
        over = self.below is not None and self.below.text[0] != "[" and self.layout.in_verse(self.below.line)
        if dashed and self.is_in_capitals and self.is_name and not over:  # over verses: whose motto they have
            return self.after >= 1
        return self.after >= 2 and self.layout.in_verse(self.row.line) and (self.is_in_capitals or dashed)

    @once
    def names_poet(self) -> bool:
        """A name in capitals, alone and far to the right of the verses above it, nearer to these than to what follows, or over their source
        in italics or brackets, a note, or more of the name: whose they are.
        """
        if self.count > 1 or self.row.gap != 1 or not self.is_in_capitals or not self.layout.in_verse(self.above.line):
            return False
        if self.row.indent < self.above.indent + FAR_FROM_VERSES or not self.is_name:
            return False
        if self.below is None or self.row.page:
            return self.below is None
        end = chunk_end(self.rows, self.end)
        if self.after >= 2:
            return end <= self.end + MOST_OF_TITLE  # the next title, and no verses that this one would head
        return self.below.text[0] in "_([" and (end >= len(self.rows) or self.rows[end].gap >= 2 or self.is_over_notes)

    @once
    def below_omission(self) -> bool:
        """Initials, with or without a name, right below a row of stars for what is left out of a letter, far from what follows."""
        row = self.row
        if self.count > 1 or row.gap != 1 or self.after < 2 or not is_rule(self.rows, self.at - 1) or self.at < 2:
            return False
        signs = INITIAL.match(self.bare) is not None or (self.is_initials and self.bare.count(".") > 1)
        return signs and self.is_name and self.words <= MOST_OF_A_NAME and self.rows[self.at - 2].ends_sentence

    @once
    def is_uneven(self) -> bool:
        """Three lines or more, each set in more or less than the one above and all of them from the text: name, rank and office."""
        rows = self.rows[self.at : self.end]
        left = self.layout.margin + SET_IN
        if self.count < 3 or self.row.gap != 1 or not self.text_ended or not self.is_short or self.layout.in_verse(self.row.line):
            return False
        stepped = all(abs(low.indent - high.indent) >= 2 and low.indent >= left for high, low in pairwise(rows)) and rows[0].indent >= left
        if not stepped or not all(row.text[0].isupper() and word_count(row.text) <= MOST_OF_A_LINE for row in rows):
            return False
        names = (row.text.strip(MARKS).rstrip(",.") for row in rows[:2])
        return any(word_count(name) > 1 and is_capitals(name) and is_name(name, self.layout) for name in names)

    @once
    def names_several(self) -> bool:
        """Names alone, one below the other, each with a comma or a stop: all who sign."""
        rows = self.rows[self.at : self.end]
        if self.count < 2 or self.row.gap > 2 or not (self.is_at_right or self.below_closing) or not self.text_ended:
            return False
        names = [row.text.strip(MARKS).rstrip(",;") for row in rows]
        signs = all(word_count(name) > 1 and is_name(name, self.layout) for name in names)
        return signs and all(row.text[-1] in ",;" for row in rows[:-1]) and not self.layout.in_verse(self.row.line)

    @once
    def is_set_in(self) -> bool:
        """Set in below a paragraph, with more white space below than above: a title would have no less above it. The house of a scholar may
        stand below his name, both in italics.
        """
        italics = all(row.text[0] == "_" == row.text.rstrip(".,")[-1] for row in self.rows[self.at : self.end])
        if self.after < 2 or self.count > 1 + italics or self.layout.style == "indent" or self.words < 2:
            return False
        set_in = self.row.indent > self.layout.margin + SET_IN and self.above.indent <= self.layout.margin
        return set_in and self.above.ends_sentence and not self.layout.in_verse(self.row.line)

    @once
    def ends_paragraph(self) -> bool:
        """A dash leads to the name, on the last line of a paragraph that ends a sentence."""
        ends = not self.row.gap and self.count == 1 and self.after >= 1 and self.above.ends_sentence
        return ends and is_behind_dash(self.row, self.layout) and self.is_name

    @once
    def is_alone(self) -> bool:
        """A name of one or two lines, as near to the text as paragraphs are; at the end of a preface it may stand further from it."""
        if not self.is_name or self.count > 2 or self.words > MOST_IN_LINE:
            return False
        if self.row.gap == 1 or self.below_date or self.led:
            return True
        if self.row.gap != 2:
            return False
        dated = self.is_dated and self.after == 1 and closes_piece(self.rows, self.end)
        quoted = self.is_set_in and self.after >= 4  # set as quotations are, with as much white space above: the author
        surname = self.count == 1 and self.after >= 4 and _SURNAME.fullmatch(self.bare) is not None
        return dated or quoted or surname or (self.is_placed and not self.layout.in_verse(self.row.line))

    @once
    def attested_end(self) -> int:
        """Past the line below a name in capitals that says by whom else a document is signed: "By the Regent: / JAMES OLDE, Secretary."."""
        rows, below = self.rows, self.below
        if self.count > 1 or self.row.gap != 1 or below is None or below.gap != 1 or not self.above.ends_sentence:
            return self.end
        named = is_capitals(self.row.text) and is_short(self.row.text, MOST_OF_A_LINE)
        if not named or not words(self.layout.language).byline.match(below.text):
            return self.end
        stop = chunk_end(rows, self.end)
        text = " ".join(row.text for row in rows[self.end : stop])
        last = stop >= len(rows) or rows[stop].gap > 2
        return stop if last and ":" in text and is_short(text, MOST_OF_A_CLOSING) else self.end

    @once
    def place_end(self) -> int:
        """Past the place, with its date, that stands below the name."""
        return chunk_end(self.rows, self.end) if self.is_placed or self.is_from_where or self.is_housed else self.end

    @once
    def stacked_end(self) -> int:
        """Past the place, and perhaps the date, that stand below a name in capitals, each a line apart."""
        return stacked_below(self.rows, self.at, self.layout.language) if self.count == 1 and self.row.gap == 1 else self.end

    @once
    def is_housed(self) -> bool:
        """A house in a street stands below, with the town, and nothing more."""
        return self.after == 1 and self.row.gap == 1 and is_address(self.rows, self.end)
