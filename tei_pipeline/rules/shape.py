"""What a line looks like: capitals, title case, centring, how well it fills the measure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tei_pipeline.rows import Row
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

LARGE = "A-ZÀ-ÖØ-ÞĀ-ƿΆ-ΫЀ-Я"  # capitals, for patterns; the small letters between Ā and ƿ do no harm: a name has other letters too
SMALL = "a-zß-öø-ÿ" + "".join(filter(str.islower, map(chr, range(0x100, 0x180)))) + "ά-ώа-џ"
SLACK = 4  # characters: a line that would still hold the next word and this much more was ended on purpose
OPENING_MARKS = "\"“„«»'‘"  # of what is quoted, also by halves
VERSE_NUMBER = re.compile(r"\d{1,3}:\d{1,3}\.?\s")  # before a verse of a scripture: 3:16
_REFERENCE = re.compile(
    r"\s?[\[<({](?:\d{1,3}(?:[-:]\d{1,3})?|[A-Z])[\]>)}]$|(?<![*†‡])[*†‡]+$"
    r"|\s?(?:\{[^\W\d_]{1,2}\.\s?\d{1,4}\}|\[[^\W\d_]{1,2}\.? ?\d{1,4}\])$"  # [Pg 12]
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


_last_chunk: tuple[Sequence[Row], int, int] = ((), 0, 0)


SPELT = re.compile(r"\[[^\[\]\s\d]{1,3}\][A-ZÀ-ÖØ-Þ]{2}")  # a letter that a transcriber spells out: [S']AMA
FEWEST_BULLETS = 3  # paragraphs in a row: notes with one star stand alone, or with two stars below
_NEAR = 60  # rows in which they are looked for


def _bullet(text: str) -> str:
    """The sign before the first word, as often as it stands there: three stars are another sign than two."""
    return text[:2] if text[1:2].isspace() or text[:1] != text[1:2] else text[: len(text) - len(text.lstrip(text[0]))]


def bullets(rows: Sequence[Row], at: int) -> int:
    """How many paragraphs in a row begin with the same bullet as row ``at``, as far in, itself among them."""
    mark, indent = _bullet(rows[at].text), rows[at].indent
    count = 1
    for step in (-1, 1):
        i = at + step
        while 0 <= i < len(rows) and abs(i - at) < _NEAR and rows[i if step > 0 else i + 1].gap <= 2:
            if _bullet(rows[i].text) == mark and rows[i].indent == indent:
                count += 1
            elif rows[i].gap and min(row.indent for row in rows[i : i + 2] if row is rows[i] or not row.gap) <= indent:
                break  # running text, whose first line may be set in
            i += step
    return count


def chunk_end(rows: Sequence[Row], at: int) -> int:
    """Past the lines that stand together with row ``at``: up to the next gap."""
    global _last_chunk  # in a book without gaps every rule asks for the end of the same chapter, at each paragraph
    known, start, end = _last_chunk
    if known is rows and start <= at < end:
        return end
    end = at + 1
    count = len(rows)
    while end < count and rows[end].gap == 0:
        end += 1
    _last_chunk = rows, at, end
    return end


STEP = 4  # columns by which verses of a stanza may be set in


def goes_on_next_page(rows: Sequence[Row], at: int, end: int, layout: Layout) -> bool:
    """Whether a page ends below verses that stand together, and verse set about as far in begins the next: a stanza goes on there."""
    return (
        end < len(rows)
        and rows[end].page
        and abs(rows[end].indent - rows[at].indent) <= STEP
        and layout.in_verse(rows[at].line)
        and layout.in_verse(rows[end].line)
    )


def is_capitals(text: str) -> bool:
    """Whether all its letters are capitals, and there are two or more."""
    if not text.isupper():
        return not text[1:4].islower() and _mostly_capitals(text)
    return (len(text) > 1 and text[:2].isalpha()) or sum(map(str.isalpha, text)) >= 2


_REMARK = re.compile(r"\s\(_?[^\W\d_][^()]{0,20}\)\.?$|,\s_[^\W\d_]{1,5}\._$")


def _mostly_capitals(text: str) -> bool:
    """Capitals but for a note reference, the small letters of ``Mc``, ``de`` and ordinals, or a remark: (_Continued_), _v._"""
    bare = _REMARK.sub("", text) if text[-1:] in (")", ".", "_") else text
    if bare != text and bare.isupper():
        return True
    words = _WORD.findall(bare)
    upper = sum(map(len, filter(str.isupper, words)))
    return upper >= 8 and sum(map(len, words)) - upper <= 0.12 * upper


def is_title_case(text: str, small: frozenset[str]) -> bool:
    """Whether every word begins with a capital but those that titles write small."""
    words = _WORD.findall(text)
    if not words or not words[0][0].isupper():
        return False
    return all(w[0].isupper() or w.lower() in small or w.lower().split("'")[0] in small for w in words)


def is_centred(row: Row, layout: Layout) -> bool:
    """Whether it stands in the middle of the measure, within two columns or a tenth of the free space."""
    if row.indent <= layout.margin + max(3, layout.indent):
        return False
    left = row.indent - layout.margin
    right = layout.measure - row.width
    return right >= 2 and abs(left - right) <= max(4, 0.2 * (left + right))


def is_in_middle(row: Row, layout: Layout) -> bool:
    """Whether it stands in the very middle of the pages, as their numbers tell it, and far from the margin: so titles are set, and names
    that sign are not.
    """
    return (
        layout.middle is not None and row.indent > layout.margin + FAR_IN and abs(row.indent + row.width - 2 * layout.middle) <= OFF_MIDDLE
    )


FAR_IN = 8  # columns: verses stand nearer
OFF_MIDDLE = 3  # columns that the spaces at both sides may differ by


def ended_early(row: Row, following: Row, layout: Layout) -> bool:
    """Whether the next line's first word would still have fitted."""
    return row.width + 1 + len(following.text.split(" ", 1)[0]) + layout.slack <= layout.measure


def loose_lines(rows: Sequence[Row], measure: int) -> int:
    """How many lines could have held the first word of the next one: lines that were ended on purpose.

    In prose that was wrapped to a measure this is none; in verse it is most of them.
    """
    loose = 0
    for a, b in zip(rows, rows[1:], strict=False):
        word = b.text.split(" ", 1)[0]
        if a.indent + len(a.text) + 1 + len(word) + SLACK <= measure:
            loose += 1
    return loose


def starts_upper(text: str) -> bool:
    """Whether its first letter is a capital, opening marks aside."""
    if text[:1].isalpha():
        return text[0].isupper()
    bare = text.lstrip("\"'“‘„‚«‹»›([_*—–-… .0123456789{}>#•◆¶|")
    return bool(bare) and bare[0].isupper()


_ANNOUNCES = re.compile(r":\s?(?:[—–-]{1,2}|[*†_]|\[?\d{1,3}\]?|</?p>)*$|\d{1,3} ?:$")


def announces(text: str) -> bool:
    """Whether words end by announcing what follows: with a colon, whatever the printer or converter set after it."""
    return bool(_ANNOUNCES.search(text[-12:]))


def word_count(text: str) -> int:
    """How many words of letters it has."""
    return len(_WORD.findall(text))


_USUAL = 10  # characters of a word and what parts it from the next: so far a text is looked at first


def is_short(text: str, most: int) -> bool:
    """Whether it has at most so many words of letters; of a long text no more are counted."""
    if len(_WORD.findall(text, 0, _USUAL * most)) > most:
        return False
    return len(text) <= _USUAL * most or len(_WORD.findall(text)) <= most


def median(numbers: Iterable[float]) -> float:
    """As that of :mod:`statistics`, which takes as long to load as a chapter to read."""
    ordered = sorted(numbers)
    half = len(ordered) // 2
    return (ordered[half] + ordered[~half]) / 2


_SPACED = re.compile(r"[^\W\d_](?: {1,3}[^\W\d_]){3,}(?: {2,3}[^\W_]{2,7}| {2,3}\d)?\W*$")  # P R E F A C E · C H A P T E R   II.


def closed_up(text: str) -> str:
    """A line whose letters are set apart as it is read: the space between its words is wider."""
    if text[1:2] != " " or not _SPACED.match(text):
        return text
    return re.sub(" {2,}", "\t", text).replace(" ", "").replace("\t", " ")


def without_reference(text: str) -> str:
    """A title without the reference to a note at its end, or before its point: "INTRODUCTION[1].", or the mark of a page: {p.5}."""
    bare = text.removesuffix(".")
    return _REFERENCE.sub("", bare) + text[len(bare) :] if bare.endswith(("]", ">", ")", "}", "*", "†", "‡")) else text


_PHRASES = re.compile(r"\s?(?:--|—|–(?=\s)|\s-\s)\s?")
LONGEST_PHRASE = 400  # characters of one phrase of an argument: beyond, the dashes are those of running text
LONG_PHRASES = 170  # characters on the average: so long are the sentences of running text alone


def is_summary(text: str) -> bool:
    """Three or more phrases parted by dashes, as printers set the summary of a chapter, and no talk whose speakers dashes part."""
    if len(_TALK.findall(text)) > 1:
        return False
    phrases = [p for p in _PHRASES.split(text) if p.strip(" .")]
    if len(phrases) < 3 or max(map(len, phrases)) > LONGEST_PHRASE or sum(map(len, phrases)) > LONG_PHRASES * len(phrases):
        return False
    return sum(1 for p in phrases if p.strip("\"'“‘« ")[:1].isupper() or p[:1].isdigit()) >= 0.7 * len(phrases)


_TALK = re.compile(r"[.?!][\"”»](?:--|—)[\"“«]")  # "Is he come?"--"Not yet."


def sums_up(lines: Sequence[Row]) -> bool:
    """Whether lines are no title but sum up a chapter: several phrases run over them, parted by dashes, or points and dashes."""
    text = " ".join(row.text for row in lines)
    if not is_summary(text):
        return False
    if text.count(".--") + text.count(".—") >= STOPPED:
        return True
    return len(lines) > 1 and (len(_PHRASES.findall(text)) >= MANY_PHRASES or len(text) >= LONG_SUMMARY)


MANY_PHRASES = 4  # dashes between them: a title may have three
LONG_SUMMARY = 90  # characters: fewer phrases, longer than those of a title
STOPPED = 3  # phrases that a point ends before the dash: those of a title have none, but for its label


NOTE_IN_BRACKETS = seldom(r"\[(?:\d{1,3}|[A-Z*†]{1,2})\] ")


def begins_note(row: Row) -> bool:
    """Whether a line apart begins a note in brackets: transcribers set notes in as far as letters and quotations."""
    return bool(row.gap) and row.text[0] == "[" and NOTE_IN_BRACKETS.match(row.text) is not None


def is_edge(rows: Sequence[Row], at: int) -> bool:
    """Whether a rule is the upper edge of a box, or of a table whose columns bars keep apart in the lines right below it."""
    below = rows[at + 1 : at + 1 + MOST_OVER_BARS]
    if not below or below[0].gap or _EDGE.match(rows[at].text) is None:
        return False
    return any("|" in row.text for row in below[: next((i for i, row in enumerate(below) if row.gap), len(below))])


_EDGE = re.compile(r"[+-]-[-+]{2,}$")
MOST_OVER_BARS = 3  # lines: the first heads of the columns may stand over no bar


NARROW = 0.75  # of the measure


def is_narrow(rows: Sequence[Row], layout: Layout) -> bool:
    """Whether the first of a few lines is set in, and all of them end long before the measure."""
    short = all(row.width <= NARROW * layout.measure for row in rows)
    return len(rows) > 1 and short and rows[0].indent > layout.margin and layout.style != "unwrapped"
