"""Where a digital library's own words stand around the book: licence, markers, producers' notes.

The markers are those that Project Gutenberg, Wikisource and the Internet Archive have put around plain texts over the years; what else
they and their transcribers write stands in the data files of the languages (``[library]``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from tei_pipeline.folding import alternation
from tei_pipeline.language import Language, load
from tei_pipeline.once import once
from tei_pipeline.rows import Row
from tei_pipeline.rules.words import Lead
from tei_pipeline.rules.words import words as compiled_words

_BOOK = r"(?:THE|THIS)?\s*(?:PROJECT\s+GUTENBERG|.{0,80}?E-?(?:BOOK|TEXT))"
_START = re.compile(rf"(?<!\*)\*{{3,}}\s*START\s*OF\s*{_BOOK}|\*END\*?\s*THE SMALL PRINT|^\*{{3}}\s*START:?\s", re.I)

ABOUT_LINES = 60  # printed lines in which the notice of a Wikisource export stands at the end of the book
HEAD_LINES = 400  # printed lines in which the opening marker of a library stands; the longest known licence in front takes about 350


class _Wordings:
    """How libraries write in books of one language, English they write in all; each compiled when it is first asked for."""

    def __init__(self, language: Language) -> None:
        self._own = language
        self._known = [own.library for own in dict.fromkeys((language, load("en")))]

    def _forms(self, *names: str) -> str:
        return alternation(form for own in self._known for name in names for form in getattr(own, name))

    @once
    def opening(self) -> re.Pattern[str]:
        """A library's name, or a field of the heading of its file."""
        return _compiled(rf"{self._forms('names')}|{self.field.pattern}")

    @once
    def field(self) -> re.Pattern[str]:
        """A field of the heading of a file."""
        return _compiled(rf"^\W*{self._forms('fields')}\s*:")

    @once
    def producer(self) -> re.Pattern[str]:
        """How words of producers and transcribers begin."""
        return _compiled(rf"^\W*{self._forms('produced', 'prepared', 'notes')}")

    @once
    def note(self) -> re.Pattern[str]:
        """How such words begin at the end of a book, where nobody names the producers."""
        return _compiled(rf"^\W*{self._forms('prepared', 'notes')}")

    @once
    def note_title(self) -> re.Pattern[str]:
        """The heading of a transcriber's notes."""
        return _compiled(rf"^[\W_]*{self._forms('notes')}[\W_]*$")

    @once
    def tells(self) -> re.Pattern[str]:
        """Words after which more of the notes may follow."""
        return _compiled(rf"{self._forms('transcribing')}|^\W*{self._forms('notes')}")

    @once
    def figure(self) -> re.Pattern[str]:
        """How the words in brackets about a picture begin."""
        return compiled_words(self._own).figure

    @once
    def credit(self) -> re.Pattern[str]:
        """What stands anywhere in words of producers."""
        return _compiled(rf"{self._forms('addresses')}|{self.said.pattern}")

    @once
    def said(self) -> re.Pattern[str]:
        """The same without addresses."""
        return _compiled(rf"(?<!\w){self._forms('credits')}")

    @once
    def byline(self) -> Lead:
        """How a line begins that names the author."""
        return compiled_words(self._own).byline

    @once
    def end(self) -> re.Pattern[str]:
        """The marker below a book."""
        return _compiled(rf"(?<!\*)\*{{3,}}\s*END\s*OF\s*{_BOOK}|^\*{{3}}\s*END:?\s|^{self._forms('ends')}\s+.{{0,20}}?Project\s+Gutenberg")

    @once
    def end_begins(self) -> frozenset[str]:
        """The characters that a marker below a book begins with."""
        return frozenset(letter for own in self._known for form in own.ends for letter in (form[0], form[0].upper())) | {"*"}

    @once
    def licence(self) -> re.Pattern[str]:
        """The name of a library's licence."""
        return _compiled(self._forms("licence"))

    @once
    def exported(self) -> re.Pattern[str]:
        """The first line of an export of Wikisource."""
        return _compiled(rf"^{self._forms('exported')}\s+{self._forms('names')}(?!\w)")

    @once
    def about(self) -> re.Pattern[str]:
        """The heading of the last words of such an export."""
        return _compiled(rf"^{self._forms('about')}$")


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


@lru_cache(maxsize=8)
def _wordings(language: Language) -> _Wordings:
    return _Wordings(language)


def boilerplate(rows: Sequence[Row], language: Language) -> tuple[int, int, int, int]:
    """Four places in ``rows``: end of the opening words, end of the producers' notes after them, start of such notes at the end,
    start of the closing words.

    Without any, ``(0, 0, len(rows), len(rows))``.
    """
    words = _wordings(language)
    count = len(rows)
    head = 0
    opening = any(words.opening.search(row.text) for row in rows[:12])
    for i in range(min(count, HEAD_LINES)):
        text = rows[i].text
        if ("*" in text or "_" in text) and _START.search(text):
            head = i + 1
            while head < count and head <= i + 4 and rows[head].gap == 0:
                head += 1
        elif head and text[0] in words.end_begins and words.end.search(text):
            break  # a short text is over: what starts below it is the licence
    exported = next((i + 1 for i in range(min(count, 12)) if words.exported.match(rows[i].text)), 0)
    head = max(head, exported)
    tail = count
    if exported:
        tail = next((i for i in range(max(head, count - ABOUT_LINES), count) if rows[i].gap and words.about.match(rows[i].text)), count)
    for i in range(count - 1, max(head, count - 700), -1):
        text = rows[i].text
        if text[0] in words.end_begins and words.end.search(text):
            tail = i
    if not head and opening and any("gutenberg" in row.text.lower() for row in rows[:12]):
        head = _header_without_marker(rows, tail, words)
    if tail == count and head:
        for i in range(max(head, count - 500), count):
            if words.licence.search(rows[i].text) and "gutenberg" in " ".join(r.text for r in rows[i : i + 6]).lower():
                tail = i
                break
    produced = (
        _producers(rows, head, tail, words)
        if head or opening
        else _producers(rows, 0, min(tail, 12), words) and _producers(rows, 0, tail, words)
    )
    notes = _closing_notes(rows, produced, tail, words)
    return head, max(head, produced), notes, tail


def _header_without_marker(rows: Sequence[Row], end: int, words: _Wordings) -> int:
    """The header's end when no marker closes it: past the last of its own lines near the top, up to a wide gap that none of them
    follows.
    """
    last = 0
    for i in range(min(end, 60)):
        own = words.opening.search(rows[i].text) or words.credit.search(rows[i].text)
        if rows[i].gap >= 3 and not own and i:
            break
        if own:
            last = i + 1
    while 0 < last < end and rows[last].gap == 0:
        last += 1
    return last


def _chunk_end(rows: Sequence[Row], at: int, end: int) -> int:
    at += 1
    while at < end and rows[at].gap == 0:
        at += 1
    return at


def _producers(rows: Sequence[Row], at: int, end: int, words: _Wordings) -> int:
    """Past the credits and transcriber's notes that follow the opening words, chunk by chunk; a note under its own title ends with the
    wide space before the book, one that is set in where lines begin at the margin again, one in brackets with its bracket.
    """
    reached = at
    noted = titled = False
    opened, closed = 0, False  # brackets
    ruled = 0  # lines drawn above and below a note
    text: int | None = None  # the indent of a note below its title
    for _ in range(14):
        if at >= end:
            break
        stop = _chunk_end(rows, at, end)
        said = " ".join(row.text for row in rows[at:stop])
        first = at == reached > 0 and words.tells.match(said)  # right below the opening words: Note: I have left out the running heads.
        fields = reached == at > 0 and words.field.match(said)  # the transcriber's own heading of the file, below the library's
        own = bool(first or fields or words.producer.match(said) or words.credit.search(said)) and not _names_author(rows, at, stop, words)
        ruled += sum(_DRAWN.match(row.text) is not None for row in rows[at:stop]) if own or noted else 0
        if own and (past := _closed_by_name(rows, at, end)):
            return past
        if own or opened > 0 or (reached == at > 0 and _brackets_more(rows, at, end, words)):
            before, opened = opened, max(0, opened) + said.count("[") - said.count("]")
            closed = opened <= 0 and (before > 0 or said[0] == "[")
            noted = noted or bool(fields) or words.tells.search(said) is not None
            text = rows[at].indent if titled and text is None else text
            titled = titled or words.note_title.match(said) is not None
            if own and _is_title(rows, at, stop, words):
                noted = titled = True
            if _EDGE.match(rows[stop - 1].text):  # a box, with a row of stars below it or none
                closed = True
                stop += stop < end and _STARS.match(rows[stop].text) is not None
            reached = stop
        elif not noted and stop - at == 1 and stop < end and _begins_note(rows, stop, words):
            pass  # the heading of such a note: Au lecteur; or the row of stars over its box
        elif closed:
            break
        elif noted and not titled and stop - at == 1 and rows[at].gap == 1 and stop < end and rows[stop].gap > 2:
            reached = stop  # who signed the note
        elif reached == at > 0 and _is_remark(rows, at, stop) and _goes_on(rows, at, end):
            reached = stop  # how the text was made, right below who made it
        elif not noted or rows[at].gap > 2:
            break
        else:
            if text is not None and rows[at].gap > 1 and (rows[at].indent >= text + CENTRED or said.isupper()):
                break  # the title of the book, in the middle of the line or in capitals
            text = rows[at].indent if text is None else text
            heads = said.isupper() and said[-1] != ":"
            if rows[at].indent < 2 and (text >= 2 or not (titled or _goes_on(rows, at, end)) or heads):
                break
            reached = stop
            closed = ruled > 1 and _DRAWN.match(rows[stop - 1].text) is not None
        at = stop
    return _past_summary(rows, reached, end) if reached else reached


def _begins_note(rows: Sequence[Row], at: int, words: _Wordings) -> bool:
    """Whether a transcriber's note begins at a line, or right below it in a box below a row of stars."""
    boxed = _EDGE.match(rows[at].text) is not None and _STARS.match(rows[at - 1].text) is not None and at + 1 < len(rows)
    return words.note.match(rows[at + boxed].text) is not None


def _names_author(rows: Sequence[Row], at: int, stop: int, words: _Wordings) -> bool:
    """Whether a text begins with its title, its author, and the house that gives it with its address, line below line."""
    if at or stop < MOST_OF_TITLE // 2 or words.byline.match(rows[1].text) is None:
        return False
    return not any(words.producer.match(row.text) or words.said.search(row.text) for row in rows[:stop])


def _is_title(rows: Sequence[Row], at: int, stop: int, words: _Wordings) -> bool:
    """Whether a line of no sentence, which names nobody, stands over what is said of the file: On the making of this e-text"""
    title = rows[at].text
    near = stop < len(rows) and rows[stop].gap == 1 < rows[at].gap
    return near and stop == at + 1 and title[-1].isalpha() and words.producer.match(title) is None


def _past_summary(rows: Sequence[Row], at: int, end: int) -> int:
    """Past what those who made the file say of the book between two lines drawn, below its title and author, which stand again below;
    ``at`` where nothing of the kind follows.
    """
    first = next((i for i in range(at + 1, min(end, at + MOST_OF_TITLE)) if _DRAWN.match(rows[i].text)), 0)
    if not first or rows[at].gap < 2:
        return at
    drawn = next((i for i in range(first + 1, min(end - 1, at + LONGEST_SUMMARY)) if _DRAWN.match(rows[i].text)), 0)
    again = _letters("".join(row.text for row in rows[drawn + 1 : drawn + 1 + MOST_OF_TITLE]))
    titles = ("".join(row.text for row in rows[i:first]) for i in range(at, first) if i == at or rows[i].gap)
    return drawn + 1 if drawn and any(again.startswith(_letters(title)) for title in titles) else at


LONGEST_SUMMARY = 100  # printed lines
MOST_OF_TITLE = 10  # printed lines: title, what kind of book it is, by whom it is and where it was printed


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _goes_on(rows: Sequence[Row], at: int, end: int) -> bool:
    """Whether a paragraph right below a note, whose heading stands in its first line, belongs to it, since wide space parts both from the
    book.
    """
    if rows[at].gap > 1:
        return False
    after = next((i for i in range(at + 1, min(end, at + LONGEST_NOTE)) if rows[i].gap > 1), -1)
    return after > 0 and rows[after].gap > 2 and rows[after - 1].ends_sentence


def _is_remark(rows: Sequence[Row], at: int, stop: int) -> bool:
    """Whether lines at the margin are sentences, several lines long, and no title."""
    return stop - at > 2 and rows[at].indent == 0 and rows[at].width > WIDE_REMARK and sum(r.starts_lower for r in rows[at + 1 : stop]) > 0


WIDE_REMARK = 50  # columns of its first line
LONGEST_NOTE = 20  # lines of what goes on with it
CENTRED = 8  # columns from where a note's lines begin


_DRAWN = re.compile(r"[=_*~-]{10,}$")


def _brackets_more(rows: Sequence[Row], at: int, end: int, words: _Wordings) -> bool:
    """Whether a bracket opens here and closes paragraphs below: right below who produced the text, its transcriber speaks there."""
    if rows[at].text[0] != "[" or words.figure.match(rows[at].text):
        return False
    depth = 0
    for i in range(at, min(end, at + LONGEST_BRACKET)):
        depth += rows[i].text.count("[") - rows[i].text.count("]")
        if depth <= 0:
            return any(row.gap for row in rows[at + 1 : i + 1])
    return False


LONGEST_BRACKET = 60  # printed lines


def _closed_by_name(rows: Sequence[Row], at: int, end: int) -> int:
    """Past the line in brackets that says that a note is over, in the words of the line in brackets that is its title, or 0."""
    text = rows[at].text
    if text[0] != "[" or text[-1] != "]" or len(text) > LONGEST_NAME:
        return 0
    name = text[1:].casefold()
    found = (i + 1 for i in range(at + 1, min(end, at + HEAD_LINES)) if rows[i].text[0] == "[" and rows[i].text.casefold().endswith(name))
    return next(found, 0)


LONGEST_NAME = 40  # characters


def _closing_notes(rows: Sequence[Row], low: int, end: int, words: _Wordings) -> int:
    """The start of a transcriber's note that ends the book, or ``end``: far from what is above it or below a row of stars. One in brackets
    that close before the end is a word on a place.
    """
    for i in range(max(low, end - 150, (low + end) // 2), end):
        if (rows[i].gap >= 2 or (rows[i].gap and _STARS.match(rows[i - 1].text))) and words.note.match(rows[i].text):
            if rows[i].text[0] != "[" or "]" not in "".join(row.text for row in rows[i : _chunk_end(rows, i, end)]):
                return i
            if _chunk_end(rows, i, end) == end:
                return i
        elif (
            not rows[i].gap and i > low and rows[i - 1].gap >= 2 and _DRAWN.match(rows[i - 1].text) and words.note_title.match(rows[i].text)
        ):
            return i  # below a line drawn right above its title
    return _last_box(rows, low, end, words)


def _last_box(rows: Sequence[Row], low: int, end: int, words: _Wordings) -> int:
    """The start of the box with which the text ends, a row of stars below it or none, if its first words are those of a transcriber's note,
    or ``end``.
    """
    at = end - 1
    while at > low and _STARS.match(rows[at].text):
        at -= 1
    if at <= low or _EDGE.match(rows[at].text) is None:
        return end
    while at > low and not rows[at].gap:
        at -= 1
    return at if _EDGE.match(rows[at].text) and words.note.match(rows[at + 1].text) else end


_EDGE = re.compile(r"\+[-=+]{8,}\+$")  # of a box
_STARS = re.compile(r"\*(?:\s*\*){2,}$")
