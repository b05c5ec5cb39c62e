"""Stanzas in books of prose and in plays: lines that stand together and were ended on purpose, held against a table of what else they may
be; the first reason that applies decides.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Facts, Rows
from tei_pipeline.language import fold
from tei_pipeline.measuring.verse.lineation import FEWEST, LINE_NUMBER, NARROWEST, is_turned_over, reads_as_verse
from tei_pipeline.once import once
from tei_pipeline.rules.notes.labels import opens_note
from tei_pipeline.rules.reasons import NOT, Candidate, Reason, always, first
from tei_pipeline.rules.shape import SLACK, announces, chunk_end, loose_lines, starts_upper
from tei_pipeline.rules.verse.alone import (
    LEFT_OUT,
    are_verses,
    is_amid_sentence,
    is_at_margin,
    is_beside_others,
    is_led_to,
    is_over_source,
    is_quoted_like_others,
    titles_song,
)
from tei_pipeline.rules.verse.beside_verse import (
    LONGEST,
    SET_IN,
    is_list_of_names,
    names_poet,
    names_source,
    says_who_receives,
    sign_beside,
    source_lines,
    tells_rights,
    without_direction,
)
from tei_pipeline.rules.verse.counted_stanzas import FIRST_NUMBER, NUMERAL, runs_on

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tei_pipeline.layout import Layout
    from tei_pipeline.rows import Row

COUNTED = 1.0  # as sure as the lines, counted, say: :attr:`Stanza.certainty`
UNLIKE = 24  # characters: the lines of a couplet are about as long
WRAPPED = 60  # characters: longer lines at the margin, each filled as far as the widest, are prose of a narrower measure
MANY = 12  # lines that all begin with a capital: no paragraph is broken so by chance
SHORTER = 0.8  # of the measure, at most, are verses that begin small
WIDEST = 80  # characters of a verse that is no line of prose; free verse and hexameters come near
NARROW_LINES = 44  # characters: nothing else than verse is set so narrow in a book of wide lines
NARROW = 56  # columns: below the measure of prose; a book so narrow is set in verse
SHORT_STANZAS = 3  # tercets and couplets on end, between which and the quatrains of a sonnet no line of prose stands
STEP = 4  # columns that the rest of an entry or of a verse is set in
_INNER_STOP = re.compile(r"[,;:.!?—–-][\"”“’'»«)\]_]*$")
_COUNTED = re.compile(r"^\W*[0-9½¼¾⅓⅔⅛]")
_MARKED = re.compile(r"^(?:\[|\(?[0-9ivx]{1,4}[.)\]] |[-–•*] (?!\*))", re.I)


def why(lines: Stanza) -> Reason[Stanza]:
    """The reason why lines are verses, or are none."""
    return first(REASONS, lines)


class Stanza(Candidate):
    """Lines that stand together, outside what is set in verse."""

    # ---------------------------------------------------------------- the lines

    @once
    def whole(self) -> Rows:
        """All that stand together."""
        return self.rows[self.at : _stanza_end(self.rows, self.at, self.layout)]

    @once
    def said(self) -> Rows:
        """In a play those above a direction."""
        return without_direction(self.whole) if self.layout.drama else self.whole

    @property
    def end(self) -> int:
        """Past the last of these."""
        return self.at + len(self.said)

    @once
    def printed(self) -> Rows:
        """They without the source of the verses below them."""
        return self.said[: max(2, len(self.said) - source_lines(self.said, self.layout))]

    @once
    def number(self) -> re.Match[str] | None:
        """The number of the stanza at the beginning of its first line, where the numbers of others run on from it."""
        found = FIRST_NUMBER.match(self.printed[0].text) if len(self.printed) >= FEWEST_COUNTED else None
        return found if found is not None and runs_on(self.rows, self.at, int(found[2])) else None

    @once
    def sign(self) -> re.Match[str] | None:
        """The number of the stanza, or another sign beside the first line."""
        return self.number or sign_beside(self.printed)

    @once
    def texts(self) -> list[str]:
        """The words of the lines, numbers at either side aside."""
        texts = [LINE_NUMBER.sub("", row.text) if row.text[-1].isdigit() or row.text[-1] == "]" else row.text for row in self.printed]
        if self.sign is not None:
            texts[0] = texts[0][self.sign.end() :]
        return texts

    @once
    def lines(self) -> list[Row]:
        """The rows with these words."""
        return [row if row.text == text else row._replace(text=text) for row, text in zip(self.printed, self.texts, strict=True)]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.printed)

    @once
    def starts(self) -> list[Row]:
        """Those that begin a verse: not the rest of one, nor the first where it is quoted from its middle."""
        amid = self.lines[0].indent >= self.least + STEP
        amid = amid or (self.texts[0][0] in '"“„«‘' and self.least > self.layout.margin + 1 and self.count > 2)
        broken = self.least > self.layout.margin + 1 and LEFT_OUT.match(self.texts[0])
        begun = [] if broken or (amid and self.lines[0].starts_lower) else [self.lines[0]]
        turned, measure = self.layout.turn_over, self.layout.measure
        return begun + [b for a, b in pairwise(self.lines) if not is_turned_over(a, b, self.least, turned, measure)]

    # ---------------------------------------------------------------- how they are set

    @once
    def least(self) -> int:
        """The column of the line that is set in least."""
        return min(row.indent for row in self.lines)

    @once
    def widest(self) -> int:
        """The column where the widest ends."""
        return max(row.indent + len(text) for row, text in zip(self.printed, self.texts, strict=True))

    @once
    def is_set_in(self) -> bool:
        """All are set in, or prose above stands farther left."""
        if self.least > self.layout.margin + 1:
            return True
        return self.at > 0 and self.rows[self.at - 1].indent < min(self.layout.margin, self.least - 1)

    @once
    def begins_paragraph(self) -> bool:
        """They begin as paragraphs do that are set in, and go on at the margin, or with sentences."""
        if self.layout.style != "indent" or self.lines[0].indent > self.layout.margin + self.layout.indent:
            return False
        alike = self.count >= FEWEST + 2 and all(map(starts_upper, self.texts))
        left = min(self.layout.margin, self.rows[self.at - 1].indent if self.at else 0)  # of prose farther left than the verses of the book
        sentences = sum(row.ends_sentence for row in self.lines)
        return self.count < 3 or sentences > 0.6 * self.count or (not alike and any(row.indent <= left for row in self.lines[1:]))

    # ---------------------------------------------------------------- what is counted

    @once
    def upper(self) -> float:
        """The share of verses that begin with a capital."""
        return sum(1 for row in self.starts if starts_upper(row.text)) / len(self.starts)

    @once
    def loose(self) -> int:
        """How many lines were ended before the measure."""
        return loose_lines(self.lines, self.layout.measure if not self.is_set_in else max(self.layout.measure - 6, self.widest + 2))

    @once
    def own(self) -> int:
        """How many were ended before the widest of them."""
        return loose_lines(self.lines, self.widest)

    @once
    def own_loose(self) -> int:
        """The same, less narrowly."""
        return loose_lines(self.lines, self.widest + SLACK)

    @once
    def share(self) -> float:
        """The share of the lines but the last that were ended before the measure."""
        return self.loose / (self.count - 1)

    @once
    def are_set_in_verses(self) -> bool:
        """Three and more set in, nearly all of which begin with a capital, and enough of which were ended on purpose."""
        sure = self.count >= 5 and self.upper == 1 and self.lines[0].indent > self.layout.margin + self.layout.indent + 1
        needed = 0 if sure else 0.3 * (self.count - 1)
        return self.is_set_in and self.count >= 3 and self.upper >= 0.85 and self.own_loose >= needed

    @property
    def certainty(self) -> float:
        """How sure what is counted makes it, from 0 to 0.99."""
        if _are_spoken(self):
            return min(0.95, 0.55 + 0.04 * self.count)
        return min(0.99, 0.55 + 0.25 * self.share + 0.1 * self.upper + 0.1 * self.is_set_in)

    @property
    def facts(self) -> Facts:
        """The number of the stanza."""
        return Facts(n=self.number[2], label=len(self.number["label"])) if self.number is not None else Facts()


FEWEST_COUNTED = 3  # lines of a stanza whose number stands in its first line


def _is_kept_apart(s: Stanza) -> bool:
    """Short lines that stand together where each paragraph is one line: they were ended on purpose."""
    if s.layout.style != "unwrapped" or _MARKED.match(s.printed[0].text):
        return False
    if s.count < (2 if all(row.indent > s.layout.margin + 1 for row in s.printed) else 3):
        return False
    texts = [row.text for row in s.printed]
    return max(map(len, texts)) <= WIDEST and sum(map(starts_upper, texts)) >= 0.7 * len(texts) and reads_as_verse(texts)


def _is_too_wide(s: Stanza) -> bool:
    return s.widest > max(s.layout.measure, 60)


def _is_long_song(s: Stanza) -> bool:
    """The long lines of songs in plays: set in far, each begun with a capital and ended with a word."""
    if not s.layout.drama or s.count < 3 or min(row.indent for row in s.printed) <= s.layout.margin + SET_IN:
        return False
    return _is_too_wide(s) and all(starts_upper(text) and text[0] not in "[(" and text[-1] != "-" for text in s.texts)


def _are_spoken(s: Stanza) -> bool:
    """Nearly all lines of a speech were ended before the measure; at the margin a few that all but the first begin small tell nothing."""
    if not s.layout.drama or s.count < 3 or s.share < 0.9 or s.rows[s.at].line < s.layout.first_speech:
        return False
    return s.is_set_in or s.count >= FEWEST_SMALL or any(starts_upper(row.text) for row in s.starts[1:])


FEWEST_SMALL = 6  # lines


def _begin_small(s: Stanza) -> bool:
    """Verses that begin small, apart, which were ended where the sense pauses, or at very different lengths, or are short."""
    set_in = s.least > s.layout.margin + 1
    if s.upper >= 0.7 or s.share < 0.9 or s.layout.drama or s.end != chunk_end(s.rows, s.at) or s.count < (3 if set_in else FEWEST):
        return False
    if not set_in and s.texts[0][0] in '"“„«»‘':
        return False  # what is said stands in short paragraphs
    return s.widest <= SHORTER * s.layout.measure and _is_small_verse(s.texts, max(s.own, s.own_loose))


def _are_few_loose(s: Stanza) -> bool:
    """Too few begin with a capital, or were ended before the measure."""
    if s.are_set_in_verses or (s.upper >= 0.7 and (s.share >= 0.6 or s.number is not None)):
        return False
    mixed = s.share >= 0.9 and s.own >= 0.6 * (s.count - 1) and s.upper >= 0.5 and s.count >= 4
    return not (s.is_set_in and mixed)


def _are_few(s: Stanza) -> bool:
    """Fewer than a stanza has, and no verses stand beside them, nor does prose announce them."""
    if s.is_set_in or s.count >= 4:
        return False
    return not (_beside_verse(s.rows, s.at, s.end, s.layout) or _is_announced(s.rows, s.at, s.end, s.texts))


def _are_nearly_full(s: Stanza) -> bool:
    """Lines at the margin nearly as wide as the text, unless the book is set as narrow as verse is."""
    if s.is_set_in:
        return False
    lined = s.upper >= 0.95 and s.count >= 4 and (s.share >= 0.6 or s.number is not None) and s.layout.measure < NARROW
    return not lined and (s.share < 0.8 or max(map(len, s.texts)) > 0.9 * (s.layout.measure - s.layout.margin))


def _alone(says: str, when: Callable[[Stanza], object], sure: float = NOT) -> Reason[Stanza]:
    """A reason for or against one line alone."""
    return Reason(sure, says, lambda s: s.count == 1 and when(s))


REASONS: tuple[Reason[Stanza], ...] = (
    Reason(NOT, "it tells who has the rights", lambda s: tells_rights(s.rows, s.at, s.layout)),
    Reason(NOT, "the offices of a receiver", lambda s: says_who_receives(s.rows, s.at, s.at + len(s.whole), s.layout)),
    Reason(NOT, "one line above a direction", lambda s: len(s.said) == 1 < len(s.whole)),
    Reason(0.8, "{0.count} lines kept apart where paragraphs are single lines", _is_kept_apart),
    Reason(NOT, "paragraphs are single lines", lambda s: s.layout.style == "unwrapped"),
    Reason(NOT, "the sign of an item begins it", lambda s: s.sign is None and _MARKED.match(s.printed[0].text)),
    Reason(0.8, "{0.count} long lines set in, each begun with a capital", _is_long_song),
    Reason(NOT, "wider than the text", _is_too_wide),
    _alone("the title over a song", lambda s: titles_song(s.rows, s.at, s.lines[0], s.layout)),
    _alone("one line at the margin, or as long as those of prose", lambda s: is_at_margin(s.lines[0], s.layout)),
    _alone("the poet, or the source", lambda s: s.at and (names_poet(s.rows, s.at, s.layout) or names_source(s.texts[0], s.layout))),
    _alone("a line set in, in the middle of a sentence", lambda s: is_amid_sentence(s.rows, s.at, s.layout), 0.65),
    _alone("a line set in, to which a dash leads", lambda s: is_led_to(s.rows, s.at, s.layout), 0.65),
    _alone("a line in italics, over its source in brackets", lambda s: is_over_source(s.rows, s.at, s.layout), 0.7),
    _alone("a line in quotation marks, as far in as other quoted verses", lambda s: is_quoted_like_others(s.rows, s.at, s.layout), 0.7),
    _alone("one short indented line beside others", lambda s: is_beside_others(s.rows, s.at, s.lines[0], s.layout), 0.6),
    _alone("one line", always),
    Reason(NOT, "a paragraph set in", lambda s: s.begins_paragraph),
    Reason(NOT, "an entry, the rest of which is set in", lambda s: s.starts == s.lines[:1] and s.lines[1].indent < s.least + STEP),
    Reason(COUNTED, "{0.loose} of {0.count} lines of a speech ended before the measure", _are_spoken),
    Reason(NOT, "a list of names", lambda s: is_list_of_names(s.texts)),
    Reason(0.8, "{0.loose} of {0.count} lines ended before the measure, {0.upper:.0%} begin with a capital", _begin_small),
    Reason(
        0.85,
        "{0.count} lines, each of which begins with a capital",
        lambda s: s.upper == 1 and len(s.starts) >= MANY and s.own_loose and reads_as_verse(s.texts),
    ),
    Reason(
        0.8,
        "two lines set in, the second with a capital in the middle of a sentence",
        lambda s: s.count == 2 and s.is_set_in and s.upper == 1 and _begins_small_word(s.lines, s.layout),
    ),
    Reason(NOT, "{0.upper:.0%} begin with a capital, {0.share:.0%} were ended before the measure: too few", _are_few_loose),
    Reason(NOT, "lines at the margin, all filled", lambda s: not s.is_set_in and not s.own_loose and s.widest > WRAPPED),
    Reason(NOT, "a few lines at the margin, apart from verses", _are_few),
    Reason(NOT, "lines at the margin nearly as wide as the text", _are_nearly_full),
    Reason(
        NOT,
        "two lines set in that go to the edge of the text",
        lambda s: s.is_set_in and s.count == 2 and not s.own and len(s.texts[0]) > 0.8 * (s.layout.measure - s.lines[0].indent),
    ),
    Reason(COUNTED, "{0.count} lines, {0.loose} ended before the measure, {0.upper:.0%} begin with a capital", always),
)


def _is_small_verse(texts: list[str], loose: int) -> bool:
    """Whether lines that begin small run on as sentences do and end where the sense pauses, or at very different lengths, or are short."""
    if not reads_as_verse(texts) or any(_COUNTED.match(text) for text in texts):
        return False
    inner = texts[:-1]
    pauses = sum(_INNER_STOP.search(text) is not None for text in inner)
    if pauses >= 0.5 * len(inner):
        return pauses > 1 or loose > 0
    if len(texts) >= FEWEST and max(map(len, texts)) <= NARROWEST:
        return True
    return len(texts) >= FEWEST and pauses > 0 and loose >= 0.3 * len(inner) and max(map(len, texts)) <= NARROW_LINES


def _begins_small_word(lines: Sequence[Row], layout: Layout) -> bool:
    """Whether a line goes on with the sentence of the one above, and has a capital though its first word is no name: Till, And, Of."""
    above, below = lines
    word = fold(below.text.split(" ", 1)[0]).strip("_*\"“„«»'‘")
    if above.ends_sentence or above.text[-1] in "-—–:" or abs(len(above.text) - len(below.text)) > UNLIKE:
        return False
    return word in layout.language.connectives and word.isalpha()


def _stanza_end(rows: Rows, at: int, layout: Layout) -> int:
    """To the next gap, or to where running text at the margin begins again below an indented stanza."""
    end = min(chunk_end(rows, at), at + LONGEST + 1)
    end = next((i for i in range(at + 1, end) if NUMERAL.match(rows[i].text)), end)
    if rows[at].indent > layout.margin + 1:
        for i in range(at + 1, end):
            full = rows[i].indent <= layout.margin and rows[i].width > 0.8 * layout.measure
            if full and not LINE_NUMBER.search(rows[i].text):
                return i
    return end


def _beside_verse(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether lines that stand together before or after, short stanzas and notes in brackets between aside, are verses: four or more,
    ended on purpose, none set in from these, as verses are below the prose that quotes them.
    """
    left = min(row.indent for row in rows[at:end]) + SET_IN
    start = at
    for _ in range(SHORT_STANZAS):
        stop = start
        start -= 1
        while start > 0 and rows[start].gap == 0 and stop - start < 40:
            start -= 1
        if start >= 0 and opens_note(rows[start].text, layout.language):
            continue
        if start < 0 or not are_verses(rows[start:stop], layout) or min(row.indent for row in rows[start:stop]) > left:
            break
        if stop - start >= FEWEST:
            return True
    start = end
    for _ in range(SHORT_STANZAS):
        stop = chunk_end(rows, start) if start < len(rows) else start
        if stop > start and opens_note(rows[start].text, layout.language):
            start = stop
            continue
        if stop == start or not are_verses(rows[start:stop], layout) or min(row.indent for row in rows[start:stop]) > left:
            break
        if stop - start >= FEWEST:
            return True
        start = stop
    return False


def _is_announced(rows: Rows, at: int, end: int, texts: list[str]) -> bool:
    """Whether two or three lines of one sentence, about as long, each with a capital, stand apart below words that announce them."""
    if not at or not rows[at].gap or end >= len(rows) or not rows[end].gap or not announces(rows[at - 1].text):
        return False
    alike = max(map(len, texts)) - min(map(len, texts)) <= UNLIKE and all(map(starts_upper, texts))
    sentence = texts[0][-1] not in ".!?:" and not texts[-1][-1].isalnum()
    return alike and sentence and reads_as_verse(texts, FEWEST) and not any(c.isdigit() for text in texts for c in text)
