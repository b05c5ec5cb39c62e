"""Notes at the feet of pages: told from the text of the page by a rule, or by their sigla."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from tei_pipeline.rows import Row
from tei_pipeline.seldom import seldom

LONGEST_FOOT = 300  # lines: of a note that printers let run over several pages, put together at the foot of its first
OPENING = 2  # paragraph gaps above the title of a chapter that begins on a new page
FULL = 0.85  # of the widest line: a line that ends so is no last one
CENTRED = 12  # columns: what begins so far from the margin is no note, and no line of text
OFF_CENTRE = 2  # columns: the measure of a page is known from its longest line only
LONGEST_TITLE = 3  # lines
MISREAD = 3  # pages whose notes part a sentence and have no reference: a scanner misread the references
SCANNED = 0.3  # of the pages with notes, at least, are such: where most references can be read, numbers that none has are no notes
_COLUMNS = re.compile(r"\S\s{3,}\S")
RULE = re.compile(r"[_—–-]{5,}$")  # the line that parts text and notes on a page
_NUMBER = seldom(
    r"(?<=[^\s\d—–{-])\d+|(?<=[^\s,;:] )\d+(?!\d|\.(?:\s|$))|(?<=[,;:] )\d+(?![\d,]|\.(?:\s|$))"
)  # not one that begins the line, ends a sentence, counts the members of one (they may be--1, tarred; 2, dry), or a page
_GLUED = re.compile(r"(?<=[^\s\d])\d+")
_BRACKETED = re.compile(r"[(\[]\d{1,3}[)\]]")


class Foot(Struct, frozen=True):
    """Notes at the foot of a page, and the source line of the rule that parts them from the text, if there is one."""

    rows: tuple[Row, ...]
    rule: int | None = None


class _Around(NamedTuple):
    """What is known of a page from those beside it: the rows of the one before, the last notes that stand at a foot, whether that is right
    above, and the first row of the next page.
    """

    before: Sequence[Row]
    notes: Sequence[Row]
    below_notes: bool
    next: Row | None
    misread: bool = False

    @property
    def opened(self) -> Row | None:
        """The last row of the notes right above the page, if their last sentence goes on."""
        return self.notes[-1] if self.below_notes and not self.notes[-1].ends_sentence else None

    def has(self, note: Row, siglum: re.Pattern[str]) -> bool:
        """Whether a note at this foot is of the page before, which had no room for it: it is numbered on from the last one, and a word
        there has its number; where scanners misread the references, the first is enough.
        """
        last = next((number for row in reversed(self.notes) if (number := _number(row, siglum))), 0)
        return 0 < last == _number(note, siglum) - 1 and (self.misread or _follows_word(self.before, note, siglum))

    def parts(self, rows: Sequence[Row], note: int) -> bool:
        """Whether a note below a gap parts a sentence: the last row above it is full and breaks off, with a small letter, or one begins the
        next page.
        """
        last = rows[note - 1]
        if not rows[note].gap or self.next is None or self.next.gap > 1 or last.ends_sentence or not rows[-1].ends_sentence:
            return False
        return (self.next.starts_lower or last.text[-1].islower()) and last.width >= FULL * max(row.width for row in rows[:note])


def _number(note: Row, siglum: re.Pattern[str]) -> int:
    """The number with which a note begins, 0 of a letter or sign, and of other lines."""
    m = siglum.match(note.text)
    return int(m[m.lastindex]) if m is not None and m.lastindex and m[m.lastindex].isdigit() else 0


def lift_feet(
    body: list[Row], ends: Sequence[int], siglum: re.Pattern[str], solid: bool = False, marked: bool = False
) -> tuple[list[Row], list[Foot]]:
    """The rows without the notes at the feet of pages, which end before the rows ``ends``; and these notes. In a text set ``solid`` no gap
    is above them, but they are set in and the page has their numbers. ``marked``: a transcriber marked the pages in his own way.

    Where the marks of pages were left in the running text, notes stand below their paragraphs, and text comes after them on the same page:
    there the last words of pages are in the middle of a sentence, and what is above the notes is not.
    """
    turns = _with_headings(body, ends) if solid else ends if marked else _with_openings(body, ends)
    found, parting = _found(body, turns, frozenset(ends), siglum, solid)
    if parting >= max(MISREAD, SCANNED * len(found)):
        found, _ = _found(body, turns, frozenset(ends), siglum, solid, misread=True)
    pages = frozenset(ends)
    if not solid and not any(end in pages for _, end in found):
        found = []
    left, left_below_rules = (
        _stand_in_text([(first, end) for first, end in found if _rule_above(body, first) == ruled], body, siglum, marked)
        for ruled in (False, True)
    )
    rest, feet, at = list[Row](), list[Foot](), 0
    for first, end in found:
        ruled = _rule_above(body, first)
        if not (left_below_rules and marked if ruled else left):
            feet.append(Foot(tuple(body[first:end]), body[first - 1].line if ruled else None))
            rest += _below(body, at, first - ruled)
            at = end
    return rest + _below(body, at, len(body)), feet


def _found(
    body: list[Row], turns: Sequence[int], pages: Container[int], siglum: re.Pattern[str], solid: bool, misread: bool = False
) -> tuple[list[tuple[int, int]], int]:
    """The notes above the rows ``turns``, each from a row to past another; and how many only a sentence tells that they part."""
    found: list[tuple[int, int]] = []
    parting = before = start = 0  # where the page before begins, and this one
    for end in turns:
        page = body[start:end]
        after = body[end] if end in pages and end < len(body) else None
        around = _Around(
            body[before:start], body[slice(*found[-1])] if found else (), bool(found) and found[-1][1] == start, after, misread
        )
        begins = _begins(page, around, siglum, solid) if page else 0
        if begins < len(page) and (solid or end in pages or _are_of_page(page, begins, siglum)):
            found.append((start + begins, end))
            parting += begins > 0 and around.parts(page, begins) and not _is_referred_to(page, begins, siglum)
        elif end not in pages:
            continue
        before, start = start, max(start, end)
    return found, parting


def _below(body: Sequence[Row], at: int, end: int) -> list[Row]:
    """The rows up to the next notes, from below those before ``at`` on, where a page begins: a chapter's may have no running head."""
    first = [body[at]._replace(page=True)] if 0 < at < end else []
    return [*first, *body[at + len(first) : end]]


def _with_headings(body: Sequence[Row], ends: Sequence[int]) -> list[int]:
    """The ends of pages, and the rows where something stands in the middle of the line: it begins a page, if it is below notes, though
    neither a number nor a gap is left there.
    """
    margin = min((row.indent for row in body), default=0)
    tops = [i for i in range(1, len(body)) if body[i].indent >= margin + CENTRED > body[i - 1].indent]
    return sorted({*ends, *tops})


def _with_openings(body: Sequence[Row], ends: Sequence[int]) -> list[int]:
    """The ends of pages, and the rows below wide white space: a chapter begins there on a new page, which has its number at the foot,
    where the page before had its own at the head.
    """
    return sorted({*ends, *(i for i in range(1, len(body)) if body[i].gap >= OPENING)})


def _are_of_page(page: Sequence[Row], foot: int, siglum: re.Pattern[str]) -> bool:
    """Whether the text of a page refers to all notes below it, with nothing else among them but further paragraphs of theirs: those of a
    whole chapter stand so too.
    """
    above = " ".join(row.text for row in page[:foot])
    rows = [row for last, row in pairwise(page[foot - 1 :]) if row.gap or (row.indent == page[foot].indent and not last.ends_sentence)]
    signs = [siglum.match(row.text) for row in page[foot:] if row.indent == page[foot].indent and siglum.match(row.text) is not None]
    return all(siglum.match(row.text) is not None for row in rows) and all(m is not None and m[0].rstrip(".") in above for m in signs)


def _rule_above(rows: Sequence[Row], at: int) -> bool:
    return at > 1 and RULE.match(rows[at - 1].text) is not None


def _stand_in_text(notes: Sequence[tuple[int, int]], rows: Sequence[Row], siglum: re.Pattern[str], marked: bool) -> bool:
    """Whether most of some notes, from a row to past another, have text of the page below them: a sentence goes on from there, or none
    from above them.
    """
    below = above = 0
    for first, end in notes:
        if any(row.gap and not siglum.match(row.text) for row in rows[first + 1 : end]):
            if not rows[first - 1 - _rule_above(rows, first)].ends_sentence:
                above += 1
            elif marked or (end < len(rows) and not rows[end - 1].ends_sentence and rows[end].starts_lower):
                below += 1
    return below > above


def _begins(rows: list[Row], around: _Around, siglum: re.Pattern[str], solid: bool) -> int:
    """Where the notes at the foot of a page begin; ``len(rows)`` when it has none. ``around`` tells which may be those of the page before.

    A rule parts them from the text, and then the first may go on from the page before, as it may below a gap where that page ended amid
    a note, or with notes at least; else the first siglum begins them to which the text refers, or that parts a sentence, after a gap or
    where a word has it, if it is no number of a heading in the middle of the line, nor of the paragraph right below one, which no word of
    the text has.
    """
    end = len(rows)
    low = max(0, end - LONGEST_FOOT)
    ruled = next((i + 1 for i in range(end - 2, low, -1) if RULE.match(rows[i].text)), 0)
    if (
        ruled
        and (around.opened is not None or any(siglum.match(row.text) for row in rows[ruled:]))
        and not _ends_table(rows, low, ruled, siglum)
    ):
        return ruled
    if around.opened is not None and (rest := _rest_of_note(rows, low, siglum, around.opened)):
        return rest
    if around.below_notes and around.opened is None and (rest := _paragraph_of_note(rows, low, siglum)):
        return rest
    may_begin: list[int] = []
    margin = min((row.indent for row in rows[low:end]), default=0)
    for i in range(end - 1, low - 1, -1):
        row = rows[i]
        if (
            siglum.match(row.text)
            and (row.gap or (solid and row.indent > margin) or _follows_word(rows[low:i], row, siglum) or around.has(row, siglum))
            and not _COLUMNS.search(row.text)
            and row.indent - margin < CENTRED
            and not (_is_titled(rows, i, margin) and not _follows_word(rows[:i], row, siglum))
        ):
            if not any(_counts_on(rows[k], row, siglum) for k in may_begin):
                may_begin.insert(0, i)  # a list in the text is numbered as the notes are
        if row.gap >= 2:
            break
    told = (i for i in may_begin if i and (_is_referred_to(rows, i, siglum) or around.has(rows[i], siglum) or around.parts(rows, i)))
    first = next(told, end)
    passed = {_style(rows[i], siglum) for i in may_begin if i < first}
    text = any(row.gap and row.starts_lower and siglum.match(row.text) is None for row in rows[first + 1 :])  # goes on below a note
    return end if first < end and (text or _style(rows[first], siglum) in passed) else first


def _ends_table(rows: Sequence[Row], low: int, below: int, siglum: re.Pattern[str]) -> bool:
    """Whether the rule above a row is the last of several on the page, and the text goes on below it, apart: they are those of a table."""
    goes_on = bool(rows[below].gap) and siglum.match(rows[below].text) is None
    return goes_on and any(row.text == rows[below - 1].text for row in rows[low : below - 1])


def _paragraph_of_note(rows: Sequence[Row], low: int, siglum: re.Pattern[str]) -> int:
    """Where a further paragraph of a note of the page before begins, below a gap above which the text of this page breaks off, and right
    above the notes to which it refers, set in as they are; 0 if none does.
    """
    at = next((i for i in range(len(rows) - 1, low, -1) if rows[i].gap), 0)
    if not at or siglum.match(rows[at].text) is not None or rows[at].starts_lower or rows[at - 1].ends_sentence:
        return 0
    first = next((i for i in range(at + 1, len(rows)) if siglum.match(rows[i].text) is not None), 0)
    told = first and rows[first].indent >= rows[at].indent and rows[first - 1].ends_sentence
    return at if told and _follows_word(rows[:first], rows[first], siglum) and _is_referred_to(rows, first, siglum) else 0


def _rest_of_note(rows: Sequence[Row], low: int, siglum: re.Pattern[str], opened: Row) -> int:
    """Where the last words of a note of the page before begin, below a gap, with the notes of this page right below them, or, where they
    begin small behind a full line (``opened``), with nothing; 0 if none do.
    """
    at = next((i for i in range(len(rows) - 1, low, -1) if rows[i].gap), 0)
    if not at or siglum.match(rows[at].text) is not None:
        return 0
    first = next((i for i in range(at + 1, len(rows)) if siglum.match(rows[i].text) is not None and rows[i].indent > rows[at].indent), 0)
    if not first:
        full = opened.width > FULL * max(row.width for row in rows)
        return at if full and rows[at].starts_lower and rows[-1].ends_sentence and rows[at - 1].indent <= rows[at].indent else 0
    return at if rows[first - 1].ends_sentence and _is_referred_to(rows, first, siglum) else 0


def _is_titled(rows: Sequence[Row], at: int, margin: int) -> bool:
    """Whether the few lines right above stand in the middle of the measure, their own space around them: a title, below which the text
    goes on.
    """
    above = at
    while above > 0 and at - above <= LONGEST_TITLE and (above == at or not rows[above].gap):
        above -= 1
    title = rows[above:at]
    middle = margin + max(row.width for row in rows)
    return (
        0 < len(title) <= LONGEST_TITLE
        and bool(rows[at].gap and title[0].gap)
        and title[-1].indent - margin >= CENTRED  # a quotation set in on both sides fills its lines
        and all(abs(row.indent + row.width - middle) <= 2 * OFF_CENTRE for row in title)
    )


def _follows_word(text: Sequence[Row], note: Row, siglum: re.Pattern[str]) -> bool:
    """Whether a text has the siglum of a note right behind a word or its point; a letter alone may end the word itself."""
    m = siglum.match(note.text)
    if m is None or m[6]:
        return False
    mark = re.compile(rf"[^\s\d(\[]{re.escape(m[0].rstrip('.'))}(?!\w)")
    return any(mark.search(row.text) for row in text)


def _counts_on(note: Row, above: Row, siglum: re.Pattern[str]) -> bool:
    """Whether a row above a note has its number or a later one, bare or in brackets as the note has it."""
    of_note, of_row = siglum.match(note.text), siglum.match(above.text)
    if of_note is None or of_row is None:
        return False
    pairs = [(of_note[k], of_row[k]) for k in (1, 2, 4) if of_note[k] and of_row[k]]
    return any(a.isdigit() and b.isdigit() and int(a) <= int(b) for a, b in pairs)


def _style(row: Row, siglum: re.Pattern[str]) -> str:
    """What stands around the number or letter of a note: those of which the first are referred to elsewhere are a chapter's."""
    m = siglum.match(row.text)
    return re.sub(r"\d+|[a-z](?=\W|$)", "1", m[0]) if m is not None else ""


def _is_referred_to(rows: Sequence[Row], foot: int, siglum: re.Pattern[str]) -> bool:
    """Whether the text of the page has a number that a note at its foot begins with: numbered paragraphs end pages too, and notes in
    square brackets, which transcribers move to the end of the paragraph or chapter; of those the page must have most, since the notes of
    the whole book stand below its last page.
    """
    sigla = [m for row in rows[foot:] if (m := siglum.match(row.text)) is not None]
    first = siglum.match(rows[foot].text)
    if first is None or not (first[2] or first[3] or first[4]):
        return True
    if first[4]:
        numbers = {m[4] for m in sigla}
        text = [row.text for row in rows[:foot]]
        bracketed = {m[0] for m in sigla if m[1] or m[2]}
        if any(mark in line for mark in bracketed for line in text):  # a list in the text; the references are to the notes below it
            return any(number in numbers for line in text for number in _GLUED.findall(_BRACKETED.sub("", line)))
        pointed = all(m[0].endswith(".") for m in sigla)  # what text has [1] for, a transcriber does not write "1."
        return any(number in numbers for line in text for number in _NUMBER.findall(_BRACKETED.sub("", line) if pointed else line))
    marks = {f"[{m[2] or m[3]}]" for m in sigla if m[2] or m[3]}
    return 2 * sum(any(mark in row.text for row in rows[:foot]) for mark in marks) >= len(marks) > 0
