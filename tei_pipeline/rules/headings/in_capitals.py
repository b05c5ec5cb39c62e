"""Titles in capitals: the lines up to the text, held against a table of what else they may be; the first reason that applies decides."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Facts, Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.once import once
from tei_pipeline.remembered import LAYOUTS, Same, remembered
from tei_pipeline.rules.headings.head_labels import named_division
from tei_pipeline.rules.headings.title_end import title_end
from tei_pipeline.rules.headings.titles import LONGEST, MARKS, NUMBER_ALONE, SENTENCES, is_set_in_capitals, names_piece, title_lines
from tei_pipeline.rules.letters.dated import is_dateline
from tei_pipeline.rules.letters.near_dates import leads_to_date
from tei_pipeline.rules.letters.salutes import is_salute
from tei_pipeline.rules.reasons import NOT, Candidate, Reason, always, first
from tei_pipeline.rules.shape import OPENING_MARKS, chunk_end, ended_early, is_capitals, is_centred, is_in_middle, sums_up, word_count
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

_LETTERS = re.compile(r"[^\W\d_]+")
SHORT = 0.7  # of the measure
FEWEST_LETTERS = 4  # of the last word: what a line names
INITIALS = "AO"  # a word of one letter begins a title, the rest of which stands apart
FEWEST_STARRED = 4  # such titles of a text, that in quotation marks among them: the cry of a story stands alone below its stars
FULL = 0.8  # of the measure
RUNNING = 0.7  # of the measure: a line so wide begins a paragraph
MOST_ADDRESSED = 2  # words: READER,
MOST_OF_AN_ADDRESS = 4  # lines
FAR_IN = 20  # columns: farther than verses stand
_VERSE_OF_SCRIPTURE = re.compile(r"^\d+[:.]\d+\s")
_SPOKEN = seldom(r"^[^\"“”]{2,60}[.:)]_? [\"“][^\"“”]+(?:[.!?]_?[\"”]$|$)")  # who speaks, and the words in quotation marks
_INSCRIBED = re.compile(r"[^\W\d_]{2} [.·] [^\W\d_]+ [.·] [^\W\d_]")  # FLAVIO . ET . VARRONE . COS
_REACTION = re.compile(r"^\(.*\)[.!]?$")


def capitals(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Lines in capitals, up to the text, when they were ended on purpose."""
    lines = InCapitals(rows, at, layout)
    reason = why(lines)
    if reason.sure == NOT:
        return None
    return Match("heading", reason.end(lines), f"{reason.says}: {lines.text[:40]}", reason.sure, Facts(type="capitals"))


def why(lines: InCapitals) -> Reason[InCapitals]:
    """The reason why lines in capitals are a title, or are none."""
    return first(REASONS, lines)


class InCapitals(Candidate):
    """Lines that begin in capitals."""

    @once
    def stop(self) -> int:
        """Past the last line before white space."""
        return chunk_end(self.rows, self.at)

    @once
    def is_initial(self) -> bool:
        """A word of one letter, the rest of the title in capitals below it."""
        below = self.at + 1
        if len(self.row.text) != 1 or self.row.text not in INITIALS or below >= len(self.rows):
            return False
        return self.rows[below].gap == 1 and is_capitals(self.rows[below].text)

    @once
    def has_small_words(self) -> bool:
        """A line alone in capitals but for the words that lead to them, as old books set titles over their text: Of the MILLS."""
        text = self.row.text
        alone = self.stop == self.at + 1 < len(self.rows)
        if not alone or self.layout.drama or not text[:1].isupper() or text[-1] in ",;:!?" or len(text) > SHORT * self.layout.measure:
            return False
        found = _LETTERS.findall(text)
        large = [word for word in found if word.isupper() and len(word) > 1]
        small = [word for word in found if not word.isupper()]
        if not small or not large or small[-1] == found[-1] or len(large[-1]) < FEWEST_LETTERS:
            return False
        language = self.layout.language
        led = all(word.lower() in language.lowercase_in_titles for word in small) and fold(small[0]) not in language.addressing
        led = led and words(language).byline.match(text) is None
        below = self.rows[self.stop]
        return led and (chunk_end(self.rows, self.stop) > self.stop + 1 or (below.ends_sentence and below.width > 2 * self.row.width))

    @once
    def past(self) -> int:
        """Past the last line in capitals; an article over a title in small letters takes this with it: THE / Mills of the Weir."""
        own = ((i, self.rows[i].text) for i in range(self.at, self.stop))
        begun = self.is_initial or self.has_small_words
        ends = (i for i, text in own if not (is_set_in_capitals(text) or begun) or self._names_piece(i))
        end = next(ends, self.stop)
        if end == self.at + 1 < self.stop and fold(self.row.text) in self.layout.language.articles:
            return self.stop if title_lines(self.rows, self.at, self.layout) == self.stop else end
        return self.stop if self._ends_with_date(end) else end

    def _ends_with_date(self, end: int) -> bool:
        """Whether lines in capitals go on, behind a comma, in the day of the poem, the last line of its title."""
        if not self.at + 1 < end == self.stop - 1 or self.stop >= len(self.rows) or self.rows[end - 1].text[-1] != ",":
            return False
        return self.layout.in_verse(self.rows[self.stop].line) and is_dateline(self.rows[end].text, self.layout)

    def _names_piece(self, i: int) -> bool:
        return i > self.at and names_piece(self.rows, i, self.layout)

    @once
    def end(self) -> int:
        """Past the last line of the title, with those apart that still belong to it."""
        return title_end(self.rows, self.at, self.past, self.layout, True) if self.past == self.stop else self.past

    @once
    def count(self) -> int:
        """How many lines in capitals stand together."""
        return self.past - self.at

    @once
    def last(self) -> str:
        """The last of them."""
        return self.rows[self.past - 1].text

    @once
    def text(self) -> str:
        """All of them as one line."""
        return " ".join(row.text for row in self.rows[self.at : self.past])

    @once
    def is_far(self) -> bool:
        """Much white space stands above, or the first line is centred."""
        return self.row.gap >= 2 or is_centred(self.row, self.layout)

    @once
    def is_glued(self) -> bool:
        """Text stands right below."""
        return self.past < self.stop


def _is_quoted(c: InCapitals) -> bool:
    """Words in quotation marks as near as paragraphs are, not in the middle of the page."""
    if c.row.text[0] not in OPENING_MARKS or c.row.gap >= 2:
        return False
    return not (is_in_middle(c.row, c.layout) or _heads_quoting(c.rows, c.at, c.layout))


def _is_given_to(c: InCapitals) -> bool:
    """To whom the book is given, on several lines below the heading that says so."""
    if not c.at or c.stop <= c.at + 2:
        return False
    above = named_division(c.rows[c.at - 1].text.strip(MARKS), c.layout.language)
    return above is not None and above.type == "dedication"


def _names_author(c: InCapitals) -> bool:
    """The author of a motto or poem, behind a dash."""
    if c.row.text[0] not in "-–—" or c.row.text[-1] in "-–—":
        return False
    far = c.row.indent > c.layout.margin + FAR_IN and not is_centred(c.row, c.layout)
    return far or not c.layout.in_verse(c.row.line)


def _names_several(c: InCapitals) -> bool:
    """Names, one below the other, in the sentence that goes on."""
    above = c.at > 0 and not c.rows[c.at - 1].ends_sentence
    return above and c.count > 2 and all(row.text[-1] in ",;" for row in c.rows[c.at : c.past - 1])


def _runs_below(c: InCapitals) -> bool:
    """Text that begins in capitals: only lines that were ended on purpose are a title over it, and no entry of a dictionary, "ARCH ROGUE,
    UPRIGHT MAN. The", over "chief of a gang".
    """
    if not c.is_glued:
        return False
    goes_on = c.last[-1] in ",;" or (c.last[-1].islower() and c.rows[c.past].starts_lower)
    return goes_on or not ended_early(c.rows[c.past - 1], c.rows[c.past], c.layout)


def _leads_to_works(c: InCapitals) -> bool:
    """An author over the list of his works, which is set in."""
    return c.is_glued and c.last[-1] == ":" and c.rows[c.past].indent > c.row.indent and not c.layout.drama


def _is_letters(c: InCapitals) -> bool:
    """One or two letters alone, and no centred line of more lines."""
    if c.is_initial or word_count(c.row.text) != 1 or len(c.row.text) > 2:
        return False
    return not (c.count > 1 and is_centred(c.row, c.layout))


def _is_place(c: InCapitals) -> bool:
    """The place over a date."""
    return c.last[-1] == "," and c.past == c.stop < len(c.rows) and leads_to_date(c.rows, c.past - 1, c.layout)


def _calls_reader(c: InCapitals) -> bool:
    """A word or two before a comma, over a paragraph that is addressed so."""
    if c.end != c.at + 1 or c.layout.drama or c.end + 1 >= len(c.rows) or word_count(c.row.text) > MOST_ADDRESSED:
        return False
    below = c.rows[c.end]
    runs = len(below.text) > RUNNING * c.layout.measure and not is_capitals(below.text)
    return c.rows[c.end - 1].text[-1] == "," and runs and not c.rows[c.end + 1].gap


REASONS: tuple[Reason[InCapitals], ...] = (
    Reason(NOT, "it is not in capitals", lambda c: not (is_capitals(c.row.text) or c.is_initial or c.has_small_words)),
    Reason(NOT, "no white space stands above", lambda c: c.at and not c.row.gap),
    Reason(NOT, "words in quotation marks, as near as paragraphs", _is_quoted),
    Reason(NOT, "to whom the book is given", _is_given_to),
    Reason(NOT, "the author of a motto or poem", _names_author),
    Reason(NOT, "somebody below a picture speaks", lambda c: not c.layout.drama and _SPOKEN.search(c.row.text)),
    Reason(NOT, "the receiver of a letter, below its date", lambda c: _addresses(c.rows, c.at, c.layout)),
    Reason(NOT, "an era between entries of a chronicle", lambda c: c.row.gap == 1 and fold(c.row.text) in c.layout.language.abbreviations),
    Reason(NOT, "names in the sentence that goes on", _names_several),
    Reason(NOT, "the text begins in capitals", _runs_below),
    Reason(NOT, "an author over the list of his works", _leads_to_works),
    Reason(NOT, "more lines than a title has", lambda c: c.count > LONGEST),
    Reason(NOT, "it sums up what a chapter tells", lambda c: sums_up(c.rows[c.at : c.past])),
    Reason(NOT, "running text in capitals", lambda c: c.past == c.stop and _runs_on(c.rows[c.at : c.past], c.layout)),
    Reason(NOT, "a verse of scripture", lambda c: _VERSE_OF_SCRIPTURE.match(c.row.text)),
    Reason(NOT, "a number alone", lambda c: c.count == 1 and NUMBER_ALONE.match(c.row.text)),
    Reason(NOT, "a letter or two", _is_letters),
    Reason(NOT, "it leads on to nothing", lambda c: c.last[-1] in ",;" and c.past >= len(c.rows)),
    Reason(NOT, "the place over a date", _is_place),
    Reason(NOT, "a point and a dash lead to what is shown below", lambda c: c.past == c.stop and c.last.endswith((".--", ".—"))),
    Reason(NOT, "words parted by points, as an inscription on stone", lambda c: _INSCRIBED.search(c.row.text)),
    Reason(NOT, "in brackets, as reactions are", lambda c: _REACTION.match(c.text)),
    Reason(NOT, "nothing stands below", lambda c: c.at and c.end >= len(c.rows)),
    Reason(NOT, "it addresses the reader", _calls_reader),
    Reason(0.9, "in capitals, far from what stands above or in the middle", lambda c: c.is_far),
    Reason(0.75, "in capitals", always),
)


def _heads_quoting(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether words in quotation marks, first to last, stand alone below a row of stars, as other titles in capitals of the text do."""
    text = rows[at].text
    quoted = text.rstrip(".").endswith(('"', "”", "»", "“"))
    if not at or not quoted or word_count(text) < 2 or chunk_end(rows, at) > at + 1 or not _is_starred(rows, at):
        return False
    return _has_starred(Same(layout))


@remembered(LAYOUTS)
def _has_starred(same: Same[Layout]) -> bool:
    rows = same.value.rows
    alike = (i for i in range(1, len(rows) - 1) if rows[i + 1].gap and _is_starred(rows, i) and is_capitals(rows[i].text))
    return sum(1 for _ in islice(alike, FEWEST_STARRED)) == FEWEST_STARRED


def _is_starred(rows: Rows, at: int) -> bool:
    """Whether a line stands right below a row of stars."""
    return not rows[at - 1].text.strip("*· ") and rows[at].gap == 1


def _runs_on(lines: Rows, layout: Layout) -> bool:
    """Whether lines in capitals are running text: full but the last, and more than one sentence, the last with its point."""
    full = all(row.width > FULL * layout.measure and row.indent <= layout.margin + layout.indent for row in lines[:-1])
    return len(lines) > 1 and full and lines[-1].ends_sentence and SENTENCES.search(" ".join(row.text for row in lines)) is not None


def _addresses(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether short lines between the date of a letter and its text name the receiver: "GENERAL J. B. HOLM / Commanding the Corps"."""
    if not at or rows[at].gap != 1 or not is_dateline(rows[at - 1].text, layout):
        return False
    end = chunk_end(rows, at)
    if end - at > MOST_OF_AN_ADDRESS or end >= len(rows) or rows[end].gap > 1:
        return False
    if any(row.width > RUNNING * layout.measure for row in rows[at:end]):
        return False
    if is_salute(rows[end].text, layout):
        return True
    return end - at > 1 and not is_capitals(rows[end - 1].text) and len(rows[end].text) > RUNNING * layout.measure
