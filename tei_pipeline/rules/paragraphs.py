"""Paragraphs, and what stands between them: ornaments, illustrations, residue, lines kept as they are."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Facts, Match, Rows
from tei_pipeline.language import Language, fold
from tei_pipeline.measuring.lineation import LINE_NUMBER, has_caesurae
from tei_pipeline.rows import Row
from tei_pipeline.rules.beside_verse import glosses
from tei_pipeline.rules.dated import is_dateline
from tei_pipeline.rules.head_labels import head_label
from tei_pipeline.rules.markers import MARKER, kind_of
from tei_pipeline.rules.near_dates import supplies_date
from tei_pipeline.rules.note_headings import names_notes
from tei_pipeline.rules.persons import names_cast
from tei_pipeline.rules.shape import announces, chunk_end, closed_up, is_capitals, is_title_case, without_reference, word_count
from tei_pipeline.rules.signers import is_behind_dash
from tei_pipeline.rules.speakers import speaker_label
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

_ORNAMENT = re.compile(r"^(?:[*⁂✻✽❦☙•·.~=_+#oO—–-](?:\s*[*⁂✻✽❦☙•·.~=_+#oO—–-])*)$")
_NOT_ORNAMENT = re.compile(r"^(?:\.|\.{3}|[-–—]{1,2}|[oO]+\.?)$")
_RESIDUE = re.compile(r"^(?:</?[a-zA-Z]+/?>|/?[a-z]+>|&[a-z]+;|/[*#$]|[*#$]/|[.\\|^~`'\"]{1,2})$")
_BRACKET_APART = re.compile(r"\S\s{3,}\[")  # a stage direction at the right end of a verse
_DRAWN = frozenset("|+-=_/\\<>^~[]")
_STROKE = re.compile(r"-{4}|={4}|_{4}|[/\\|]\s*[/\\|]")
_STANDING = re.compile(r"^[|/\\+ .:'`-]*[|/\\][|/\\+ .:'`-]*$")  # a line of nothing but strokes that go down
_DRAWN_RULE = re.compile(r"([-+=_~*])\1{9,}$")
_COLUMNS = re.compile(r"\S(?:\s{3,}|\t)\S")


def ornament(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A line of nothing but asterisks, rules or flowers parts sections."""
    text = rows[at].text
    if (text[0].isalnum() and text[0] not in "oO") or not _ORNAMENT.match(text) or _NOT_ORNAMENT.match(text):
        return None
    if len(text.replace(" ", "")) == 1 and text not in "⁂✻✽❦☙*":
        return None
    if text[0] == "+" and at + 1 < len(rows) and not rows[at + 1].gap and rows[at + 1].text[0] == "|":
        return None  # the upper edge of a box
    return Match("ornament", at + 1, f"only ornament: {text[:20]}", 0.97)


def illustration(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A bracketed marker of an illustration stands where the plate was."""
    if rows[at].text[0] not in "[{(" or not words(layout.language).figure.match(rows[at].text):
        return None
    text = rows[at].text
    opening = text[0]
    closing = {"[": "]", "{": "}", "(": ")"}[opening]
    depth = 0
    for i in range(at, min(len(rows), at + 30)):
        depth += rows[i].text.count(opening) - rows[i].text.count(closing)
        if depth <= 0:
            if not rows[i].text.endswith(closing) and i + 1 < len(rows) and rows[i + 1].gap == 0:
                return None
            if layout.drama and _is_acted(rows[at : i + 1], opening, closing, layout):
                return None
            return Match("illustration", i + 1, "a bracketed marker of an illustration", 0.98)
    return None


def _is_acted(marker: Rows, opening: str, closing: str, layout: Layout) -> bool:
    """Whether a marker in a play tells what is heard or done, since a point ends it, and no colon stands behind its first word: [Music
    ceases.], [Drawing his sword.]; or that word is one of the stage.
    """
    text = " ".join(row.text for row in marker)
    if ":" in text[:_FIRST_WORD]:
        return False
    if text[-1] != closing or " " not in text:
        return text[-1] != closing or opening == "(" or text[-2] == "."
    return text[-2] == "." or words(layout.language).stage.match(text[1:]) is not None


_FIRST_WORD = 16  # characters


def editorial(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A paragraph wholly in square brackets is a remark of the editor."""
    if rows[at].text[0] != "[" or layout.drama or (not rows[at].gap and at):
        return None
    end = chunk_end(rows, at)
    text = " ".join(row.text for row in rows[at:end])
    label = head_label(text[1:-1], layout.language) if end == at + 1 and _EDITION.search(text) is None else None
    if (label is not None and label.type) or (end == at + 1 and is_dateline(text, layout)):
        return None
    if end == at + 1 and (supplies_date(rows, at, layout) or names_notes(text, layout)):
        return None
    if (text[-1] != "]" and not text.endswith("].")) or text.count("[") != text.count("]") or text.count(" ") < 3 or "]" in text[1:-2]:
        return None
    if announces(text.rstrip(".])")):
        return None  # the author himself leads on to a letter: [He wrote to his wife:--]
    return Match("editorial", end, "in square brackets from its first character to its last", 0.75)


_EDITION = re.compile(r"_1[4-8]\d\d[^_]*_")  # how an edition reads a title: [Elegie I. Malice. _1635-54:_ Elegie I. _1633_]


def is_residue(text: str) -> bool:
    """Whether a line is a scrap of markup: white space where it stood is as good as gone."""
    return len(text) <= LONGEST_SCRAP and _RESIDUE.match(text) is not None


LONGEST_SCRAP = 8  # characters


def residue(rows: Rows, at: int, layout: Layout) -> Match | None:
    """A scrap of markup or a lone point on a line of its own is left over from conversion."""
    text = rows[at].text
    if not is_residue(text):
        return None
    return Match("residue", at + 1, f"nothing but {text!r}", 0.9)


_LEADERS = re.compile(r"(?:\.{4,}|(?:\s\.){4,})\s*\D{0,3}\d[\d,.]*\D{0,12}$")


def _leaders_end(rows: Rows, at: int) -> int:
    """Where lines end half of which or more lead with points to a figure at their ends: an account, and no verses."""
    if not at or not rows[at].gap:
        return at
    end = chunk_end(rows, at)
    first = next((i for i in range(at, min(at + 2, end)) if _LEADERS.search(rows[i].text)), None)
    if first is None or (first > at and is_capitals(rows[at].text)):
        return at
    leading = sum(_LEADERS.search(row.text) is not None for row in rows[first:end])
    return end if leading >= max(2, (end - at) / 2) else at


def preformatted(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Lines that keep columns apart with runs of spaces are a table or were set line by line."""
    if layout.style == "unwrapped" and "\t" not in rows[at].text and "   " not in rows[at].text:
        return None
    text = rows[at].text
    if (end := _leaders_end(rows, at)) > at:
        return Match("table", end, "most lines lead with points to a figure", 0.85)
    drawn = at + 1 < len(rows) and not rows[at + 1].gap and (_STROKE.search(text) or _STANDING.match(rows[at + 1].text))
    if not drawn and "  " not in text and "|" not in text and "\t" not in text and text[:2] != "+-" and not _over_columns(rows, at, layout):
        return None
    if drawn and (end := _drawing_end(rows, at)) > at:
        return Match("preformatted", end, f"{end - at} lines drawn with strokes", 0.85)
    if (layout.drama and _belongs_to_a_play(rows[at].text, layout)) or closed_up(text) != text:
        return None
    end = chunk_end(rows, at)
    chunk = rows[at:end]
    ruled = [row for row in chunk if row.text.count("|") >= 2 or re.match(r"^[+|=-]{4,}", row.text)]
    if len(ruled) >= max(2, 0.8 * len(chunk)):
        return Match("table", end, f"{len(ruled)} lines ruled with bars", 0.9)
    numbered = layout.in_verse(rows[at].line)  # the number of a verse stands far to the right of it
    wide = [row for row in chunk if _COLUMNS.search(LINE_NUMBER.sub("", row.text) if numbered else row.text)]
    if (
        len(wide) < 0.6 * len(chunk)
        or has_caesurae([row.text for row in chunk])
        or all(glosses(row.text) for row in chunk)
        or (len(chunk) < 2 and (not _table_beside(rows, at, end) or names_contents(text, layout) or _is_counted(rows, at)))
        or (len(chunk) < 2 and _BEHIND_YEAR.match(text))
    ):
        return None  # nor is "CONTENTS      PAGE" a table
    return Match("table", end, f"{len(wide)} of {len(chunk)} lines keep columns apart", 0.7)


_BEHIND_YEAR = re.compile(r"[*\[]?1\d{3}(?:\s?[-–—]\s?\d{1,4})?\.?\s{2,}(?!.*\s{3})[^\W\d_]\D")  # 1802.   The title of a book


def _is_counted(rows: Rows, at: int) -> bool:
    """Whether the number at the right of a line counts its paragraph, since the last line of the one above, of several, has the number
    before.
    """
    number, above = LINE_NUMBER.search(rows[at].text), LINE_NUMBER.search(rows[at - 1].text) if at > 1 and not rows[at - 1].gap else None
    return number is not None and above is not None and int(number[1].lstrip("°*_")) == int(above[1].lstrip("°*_")) + 1


def _over_columns(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a word or two, set in over the columns that begin right below, say what these have: SINGULAR."""
    below = rows[at + 1 : at + 3]
    headed = rows[at].indent > layout.margin + layout.indent and word_count(rows[at].text) <= MOST_OVER_COLUMNS
    return headed and len(below) == 2 and all(not row.gap and _COLUMNS.search(row.text) for row in below)


MOST_OVER_COLUMNS = 3  # words


def _drawing_end(rows: Rows, at: int) -> int:
    """Past the lines of a drawing made of characters: strokes of several signs, signs that go down, and few words; ``at`` if it is none."""
    end = chunk_end(rows, at)
    texts = [row.text for row in rows[at:end]]
    if end - at < 2 or not any(map(_STROKE.search, texts)) or not any(_STANDING.match(text) for text in texts):
        return at
    if any(text.count("|") >= 2 and _STANDING.match(text) is None for text in texts) or texts[0][:2] == "+-":
        return at  # a table ruled with bars
    printed = "".join(texts).replace(" ", "")
    return end if sum(c in _DRAWN for c in printed) >= DRAWN * len(printed) else at


DRAWN = 0.4  # of the characters of a drawing are strokes


def _belongs_to_a_play(text: str, layout: Layout) -> bool:
    """Whether the columns of a line are a speaker and his words, a verse and a direction, or a scene and its place."""
    if speaker_label(text, layout) is not None or _BRACKET_APART.search(text) or names_cast(text, layout.language):
        return True
    label = head_label(text, layout.language)
    return label is not None and bool(label.type)


def _table_beside(rows: Rows, at: int, end: int) -> bool:
    """Whether the line above or below has columns too; a row of stars has none."""
    beside = [rows[i].text for i in (at - 1, end) if 0 <= i < len(rows)]
    return any(_COLUMNS.search(text) and any(map(str.isalnum, text)) for text in beside)


def paragraph(rows: Rows, at: int, layout: Layout) -> Match:
    """Running text up to the next gap, or the next indented first line where the book begins paragraphs so."""
    end = paragraph_end(rows, at, layout)
    lines = end - at
    if lines == 1:
        full = rows[at].ends_sentence
        return Match("paragraph", end, "one line", 0.98 if full else 0.7, Facts())
    return Match("paragraph", end, f"{lines} lines of running text", 0.97 if rows[end - 1].ends_sentence else 0.88)


def begins_paragraph(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether white space, or the indent of first lines where a book begins paragraphs so, parts a row from the one above it."""
    row = rows[at]
    return bool(row.gap) or not at or (layout.style == "indent" and layout.indent > 0 and row.indent == layout.margin + layout.indent)


def paragraph_end(rows: Rows, at: int, layout: Layout) -> int:
    """Past the lines of the paragraph that begins at a row; a rule, a list or a heading over contents ends it even without white space."""
    end = _paragraph_end(rows, at, layout)
    end = next((i for i in range(at + 1, end) if rows[i].text[0] in "+=_~*-1(" and _ends_above(rows, at, i, end)), end)
    if end - at > 1 and rows[at].indent < layout.margin + FAR_RIGHT and layout.style != "unwrapped":
        end = _signed_from(rows, at, end, layout)
    for i in range(at + 1, min(end, at + LONGEST_TITLE_PAGE)):
        text = rows[i].text
        if len(text) < 60 and text.isupper() and names_contents(text, layout):
            return i
    return end


def _ends_above(rows: Rows, at: int, i: int, end: int) -> bool:
    """Whether a row within the lines of a paragraph is a rule, or the first of the items that the line above announces, one of several set
    in alike.
    """
    row = rows[i]
    if _DRAWN_RULE.match(row.text):
        return True
    if row.indent <= rows[at].indent or not announces(rows[i - 1].text) or (found := MARKER.match(row.text)) is None:
        return False
    kind = kind_of(found[1])
    return any(
        row.indent == other.indent and (marked := MARKER.match(other.text)) is not None and kind_of(marked[1]) == kind
        for other in rows[i + 1 : end]
    )


def _signed_from(rows: Rows, at: int, end: int, layout: Layout) -> int:
    """Where the last lines of a run stand far to the right, and hold no figures: they close or sign what stands above them. A dash leads
    to a name even from nearer.
    """
    start = end
    while start > at + 1 and _closes(rows[start - 1], layout) and not any(c.isdigit() for c in rows[start - 1].text):
        start -= 1
    return start if any(c.isalpha() for row in rows[start:end] for c in row.text) else end


def _closes(row: Row, layout: Layout) -> bool:
    return row.indent >= layout.margin + FAR_RIGHT or is_behind_dash(row, layout)


def _labelled_line(text: str, layout: Layout) -> bool:
    """Whether a line is the label of a numbered division, alone or in capitals."""
    label = head_label(text, layout.language)
    return label is not None and bool(label.type) and (label.length >= len(text.rstrip(" .:")) or text.isupper())


@lru_cache(maxsize=16)
def _first_words(language: Language) -> frozenset[str]:
    return frozenset(name.split(" ", 1)[0] for name in language.contents)


def names_contents(text: str, layout: Layout) -> bool:
    """Whether a line is the heading of a contents page."""
    text = closed_up(without_reference(text))
    first = text.lstrip("[_* ").split(" ", 1)[0].strip(".:_*[]").lower()
    names = layout.language.contents
    if heads_issue(text, layout):
        return True
    if first.isascii() and first not in _first_words(layout.language):
        return _of_book(text, names)
    name = text.lstrip("[_* ")
    if name[:1].islower():
        return False  # the last line of a sentence: "... and told / the contents."
    bare = fold(text).strip(" .:_*[]")
    if bare in names:
        return True
    if (division := layout.language.divisions.get(bare)) is not None and division.type != "contents":
        return False  # "Indice dei nomi"
    named = max((len(name) for name in _extended(layout.language) if bare.startswith((name + " ", name + "."))), default=0)
    if not named or len(bare) >= 80:
        return _of_book(text, names)
    if is_capitals(name) or is_title_case(name, layout.language.lowercase_in_titles):
        return True
    return len(bare[named:].split()) <= MOST_AFTER and name.rstrip()[-1] not in ",;:—–-"


def _of_book(text: str, names: Collection[str]) -> bool:
    """Whether the word for contents stands last in a short line in capitals, behind the title of the book: THE DRY RIVER CONTENTS."""
    words = text.split()
    return len(words) in (2, 3, 4) and is_capitals(text) and fold(words[-1]).strip(" .:_*[]") in names and not words[-2].islower()


def heads_issue(text: str, layout: Layout) -> bool:
    """Whether the word for contents stands between the number and the date of an issue, far from both: "No. 3   CONTENTS   MAY, 1931"."""
    amid = _AMID.match(text)
    return amid is not None and fold(amid[1]).strip(" .:_*") in layout.language.contents


_AMID = re.compile(r"\S.* {3,}(\S+) {3,}\S.*\d\W*$")


@lru_cache(maxsize=16)
def _extended(language: Language) -> tuple[str, ...]:
    """The names of a contents page that more words may follow ("Contents of the First Volume"): made of the word for contents itself;
    "the table" of something else is a title.
    """
    names = language.contents
    return tuple(sorted(name for name in names if len(name) > 5 and not names.isdisjoint((name.split(" ")[0], name.split(" ")[-1]))))


MOST_AFTER = 5  # words after the name of the contents, in a heading that is not set as a title: "du premier volume"
FAR_RIGHT = 25  # columns: a line so far from the margin closes or signs what stands above it
LONGEST_TITLE_PAGE = 40  # lines of a title page that run into the contents


def _paragraph_end(rows: Rows, at: int, layout: Layout) -> int:
    count = len(rows)
    if layout.style == "unwrapped":
        end = at + 1
        while end < count and rows[end].gap == 0 and rows[end].starts_lower and not rows[end - 1].ends_sentence:
            end += 1
        return end
    end = at + 1
    if layout.style == "indent":
        first = layout.margin + layout.indent
        base = min(rows[at].indent, layout.margin)
        while end < count and rows[end].gap == 0:
            row = rows[end]
            if rows[end - 1].ends_sentence and len(row.text) <= 50 and _labelled_line(row.text, layout):
                break
            if row.indent > base and row.indent >= layout.margin + 1 and (row.indent == first or rows[end - 1].indent <= layout.margin):
                break
            end += 1
        return end
    if layout.speaker_style != "local" and (not layout.indent or layout.settings.paragraphs == "blank"):
        return chunk_end(rows, at)
    while end < count and rows[end].gap == 0:
        spoken = layout.speaker_style == "local" and ":" in rows[end].text[:40] and speaker_label(rows[end].text, layout)
        if spoken and (rows[end - 1].ends_sentence or not rows[end].starts_lower):
            break
        if (
            layout.indent
            and layout.settings.paragraphs != "blank"
            and rows[end].indent == layout.margin + layout.indent
            and rows[end - 1].indent == layout.margin
            and rows[end - 1].ends_sentence
        ):
            break
        end += 1
    return end
