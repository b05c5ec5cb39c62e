"""What stands among verses and is none: who wrote them, when, to which tune; remarks between them; names and addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.language import fold
from tei_pipeline.measuring.verse.lineation import FEWEST
from tei_pipeline.rules.shape import announces, chunk_end, is_capitals, is_title_case, word_count
from tei_pipeline.rules.words import words
from tei_pipeline.seldom import seldom

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

LONGEST = 400  # verses without a gap: blank verse prints whole speeches and more so
SET_IN = 2  # columns: stanzas stand so much farther in than the lines of prose over them
MOST_UNDER_TITLE = 4  # lines apart between a title and the poem: author, tune, motto
FAR = 12  # columns from the verses to the line that says whose they are
FARTHER_IN = 4  # columns from the verses to the name of their poet, which a gap parts from them
MOST_OF_SOURCE = 8  # words: author, work, act and scene
FEW_WORDS = 5  # between title and verses: a first verse, alone in its stanza, has more
LONGEST_NUMBER = 8  # characters: XXXVIII.
LONGER = 1.4  # times as long as the verses below: in free verse some lines are, but not over a whole stanza
FEW_LOWER = 0.35  # of the words: names, addresses, tablets in capitals
FARTHEST_NOTE = 60  # rows below the verses, of the notes above
_NOTED = seldom(r"^\d{1,4}(?:(?:[-–]|, )\d{1,4})*\.\s+\S.*[.!?\"”)\]]$")  # 21, 22. The word is hers.
_GLOSS = seldom(r"^_[^_]{2,40}_(?:,? [a-z'\"=(]|, _?[^\W\d_])")  # _Parly_, a parliament. _Cedar_, _i.e._, its oil.
_LEMMA = re.compile(r"^[^\[\]]{1,40}[^\[\]\s]\] \S")
_DATED = re.compile(r"\b1[4-9]\d\d\W*$")
_LIVED = seldom(r"[^\W\d_]\.? [\[(]1[3-9]\d\d\??(?:[-–—]|--)(?:1[3-9]\d\d\??[\])])?$")  # Dora Kelp [1792-1853], Otto Kelp [1861-
_LETTERS = re.compile(r"[^\W\d_]+")
_SOURCE = seldom(
    r"^_?(?:--|—|–)\s?[_\w\"“(\[]|^_?[\[(].*[\])]_?\.?$|\b1[4-9]\d\d\W*$"  # --OLD PLAY. (P. 42) S. M. 1708.
    r"|^_?(?:[A-Z]\.\s?){0,3}[A-Z][A-Z'’-]{2,}(?:\s[A-Z][A-Z'’.-]+)*(?:[.,]_?(?:\s|$)|$)"  # COWPER. or LYLE, _Maxims_.
)


def is_list_of_names(texts: list[str]) -> bool:
    """Whether hardly a word is written small: an address, names, a tablet in capitals."""
    found = [word for text in texts for word in _LETTERS.findall(text)]
    return sum(1 for word in found if word[0].islower()) < FEW_LOWER * len(found)


def source_lines(stanza: Rows, layout: Layout, far: int = FAR) -> int:
    """How many lines at the end of verses, far to the right, name the author, source or date of those above; all but one at most."""
    end = len(stanza)
    while end > 1 and len(stanza) - end < 3:
        last = stanza[end - 1]
        text = last.text.strip("_ ")
        if text.endswith(("--", "—", "!", "?")):
            break  # words of the poem between dashes
        if last.gap or last.indent < min(row.indent for row in stanza[: end - 1]) + far or word_count(text) > MOST_OF_SOURCE:
            break
        named = word_count(text) > 1 and text[-1] not in ",;:!?" and is_title_case(text, layout.language.lowercase_in_titles)
        if not named and not _SOURCE.search(last.text):
            break
        end -= 1
    if stanza[end - 1].text[-1] in ",;" and end < len(stanza) and not stanza[end].text.lstrip("_").startswith(("--", "—", "–")):
        return 0  # the sentence goes on
    return len(stanza) - end


def tells_rights(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether one of a few lines says who has the right to a piece, with the year, or who translated it, right below who wrote it."""
    patterns = words(layout.language)
    lines = [row.text.strip("_ ") for row in rows[at : chunk_end(rows, at)][:LONGEST_IMPRINT]]
    if any(_YEAR.search(text) is not None and patterns.imprint.match(text) is not None for text in lines):
        return True
    return at > 0 and patterns.byline.match(lines[0]) is not None and patterns.byline.match(rows[at - 1].text.strip("_ ")) is not None


LONGEST_IMPRINT = 4  # lines
_YEAR = re.compile(r"\b1[5-9]\d\d\b")


def without_direction(lines: Rows) -> Rows:
    """Lines without the direction at their end, in brackets that are closed with it or never: "(_Aside._" below what is said."""
    for i in range(len(lines) - 1, max(0, len(lines) - LONGEST_DIRECTION - 1), -1):
        if lines[i].text.lstrip("_").startswith(("(", "[")):
            rest = " ".join(row.text for row in lines[i:]).rstrip("_. ")
            return lines[:i] if not any(closed in rest[:-1] for closed in ")]") else lines
    return lines


LONGEST_DIRECTION = 3  # lines below a speech, right under it


def names_poet(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line alone, set in farther than the verses above it, is a name: of him who wrote them."""
    row = rows[at]
    text = row.text.strip("_- —–")
    if not 1 < word_count(text) <= MOST_OF_SOURCE or text[-1] in ",;:!?])" or not row.gap or at + 1 >= len(rows) or not rows[at + 1].gap:
        return False
    if not is_title_case(text, layout.language.lowercase_in_titles) or rows[at + 1].indent > layout.margin:
        return False
    start = at - 1
    while start > 0 and not rows[start].gap and at - start < LONGEST:
        start -= 1
    return at - start > 1 and min(line.indent for line in rows[start:at]) + FARTHER_IN <= row.indent


def is_remark(rows: Rows, at: int) -> bool:
    """Whether a line in italics or quotation marks, or several in one pair of marks or in capitals, stand alone farther left than the
    stanzas below them and above: they are none of these.
    """
    row, end = rows[at], _end_of_marked(rows, at)
    if (row.text[0] not in '_("“' and not is_capitals(row.text)) or not at or not row.gap or not _is_marked_above(rows, at):
        return False
    if end < len(rows) and not any(map(str.isalnum, rows[end].text)):
        end += 1  # a row of stars below it
    if end >= len(rows) or not rows[end].gap:
        return False
    if row.indent + SET_IN > rows[end].indent and (chunk_end(rows, end) == end + 1 or is_capitals(rows[end].text)):
        end = chunk_end(rows, end)
    below = rows[end : chunk_end(rows, end)] if end < len(rows) else ()
    return bool(below) and min(line.indent for line in below) >= row.indent + SET_IN


def _is_marked_above(rows: Rows, at: int) -> bool:
    """Whether a line stands alone above, or a few in one pair of marks."""
    start = at - 1
    while start and not rows[start].gap and at - start < MOST_UNDER_TITLE:
        start -= 1
    return start == at - 1 or _end_of_marked(rows, start) == at


def _end_of_marked(rows: Rows, at: int) -> int:
    """Past the lines that stand together in one pair of the marks of italics or of brackets, or in capitals: past the first if none do."""
    if not rows[at].gap or (stop := chunk_end(rows, at)) == at + 1:
        return at + 1
    whole = " ".join(line.text for line in rows[at:stop])
    if is_capitals(whole) or (whole[0] == "_" == whole[-1] and whole.count("_") == 2):
        return stop
    return stop if whole[0] == "(" and whole.rstrip("_.")[-1] == ")" and whole.count("(") == 1 else at + 1


def is_beside_verse(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a line alone among verses is none: a year, the tune or author right under a title, words that announce a stanza set in."""
    row, end = rows[at], at + 1
    if at and rows[at - 1].text[-1] == ":" and row.line == rows[at - 1].line + layout.spacing and row.indent > rows[at - 1].indent:
        return False  # the rest of a verse, far to the right
    if at and row.gap and (glosses(row.text) or _is_worded(row.text, layout)):
        return True
    if at and not row.gap and names_notes(rows[at - 1].text, layout):
        return True
    if at and row.gap and all(_GLOSS.match(line.text) for line in rows[at : chunk_end(rows, at)]) and _below_inner(rows, at):
        return True
    alone = at > 0 and (end == len(rows) or rows[end].gap > 0)
    if not alone and row.gap and _leads_to_verse(rows, at, layout):
        return True
    if alone and (_says_by_whom(row.text, layout) or _LIVED.search(row.text)):
        return True
    if not at or not row.gap or end >= len(rows) or not rows[end].gap:
        return False
    if not any(c.isalpha() for c in row.text):
        return any(c.isdigit() for c in row.text)
    if names_source(row.text, layout) and row.gap < rows[end].gap:
        return True
    if names_poet(rows, at, layout) or (_NOTED.match(row.text) and _below_inner(rows, at)):
        return True
    if row.gap < rows[end].gap and _DATED.search(row.text) and word_count(row.text) <= FEW_WORDS and _farther_in(rows, at):
        return True  # when the poem was written
    if row.gap < rows[end].gap and rows[end].gap >= 2:
        above = at - 1
        while above and rows[above].gap == row.gap and at - above < MOST_UNDER_TITLE:
            above -= 1
        if rows[above].gap > row.gap:
            return True
    below = rows[end : chunk_end(rows, end)]
    if rows[at - 1].gap > row.gap and ((len(below) > 1 and _is_marked(row.text, layout)) or _is_too_long(rows, at)):
        return True
    pointed = row.text[-1] == "." and row.text[-2:] != ".." and word_count(row.text) <= FEW_WORDS
    if rows[at - 1].gap > row.gap == 1 < len(below) and pointed:
        return True  # between title and first stanza: where it stood first, who told it
    if len(below) < 2 or min(line.indent for line in below) < row.indent + SET_IN:
        return False
    under_title = rows[at - 1].gap > row.gap and rows[at - 1].indent <= row.indent  # the air, who wrote words and music
    return under_title or announces(row.text) or _farther_in(rows, at)


def _leads_to_verse(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether lines as long as those of prose announce the stanza below, which is set in from them."""
    end = chunk_end(rows, at)
    if end >= len(rows) or not announces(rows[end - 1].text) or any(row.width < FULL * layout.measure for row in rows[at : end - 1]):
        return False
    return min(row.indent for row in rows[end : chunk_end(rows, end)]) >= max(row.indent for row in rows[at:end]) + SET_IN


FULL = 0.8  # of the measure of prose: verses that stand as far left are shorter


def _says_by_whom(text: str, layout: Layout) -> bool:
    """Whether words lead to the name of who wrote verses or speaks them: "Spoken by Mrs. Thimble."."""
    if not text[0].isalpha() or words(layout.language).byline.match(text) is None:
        return False
    return is_title_case(text.rstrip(". "), layout.language.lowercase_in_titles)


def _is_worded(text: str, layout: Layout) -> bool:
    """Whether a line says that it is a note, by the word and its sign: "Note: 6 content] concent in the manuscript.", "NOTE.--So sung."."""
    word, *said = _WORDED.split(text[:LONGEST_WORD], maxsplit=1)
    return bool(said and said[0]) and names_notes(word, layout)


def names_notes(text: str, layout: Layout) -> bool:
    """Whether a line is no more than the name of notes: "NOTES:"."""
    if len(text) > LONGEST_WORD:
        return False
    word = layout.language.divisions.get(fold(text).strip(":. "))
    return word is not None and word.type == "notes"


_WORDED = seldom(r": |[.:]? ?(?:--|—)")
LONGEST_WORD = 20  # characters


def glosses(text: str) -> bool:
    """Whether a line begins with a word of the text and its bracket, and says what it means: goth] goes."""
    return _LEMMA.match(text) is not None


def names_source(text: str, layout: Layout) -> bool:
    """Whether a dash leads to a name or a title: of the poet, or of the book or paper that had the verses above."""
    named = text.lstrip("-—_ ")
    return (
        text.startswith(("--", "—"))
        and 0 < word_count(named) <= MOST_OF_SOURCE
        and is_title_case(named, layout.language.lowercase_in_titles)
    )


def sign_beside(stanza: Rows) -> re.Match[str] | None:
    """The sign of a note that stands in the margin beside the first verse, where the verses without sign or number begin as far in."""
    sign = _SIGN.match(stanza[0].text) if len(stanza) >= FEWEST else None
    if sign is None:
        return None
    bare = [row for row in stanza if row.text[0] != "[" and not row.text[0].isdigit()]
    return sign if bare and all(row.indent >= stanza[0].indent + sign.end() for row in bare) else None


_SIGN = re.compile(r"^\[(?:[A-Za-z]|\d{1,3})\] +")


def _below_inner(rows: Rows, at: int) -> bool:
    """Whether lines above a row, past the notes before it, stand together and farther in: verses, one of which it explains."""
    near = range(at - 1, max(0, at - FARTHEST_NOTE), -1)
    return any(min(rows[i].indent, rows[i - 1].indent) >= rows[at].indent + SET_IN and not rows[i].gap for i in near)


def _is_marked(text: str, layout: Layout) -> bool:
    """Whether a line below a title is written as verses are not: all in italics or brackets, or it names to whom the poem is given."""
    if text[0] + text[-1] in ("__", "()", "[]"):
        return True
    given = fold(text.split(" ", 1)[0]) in layout.language.addressing and not text.endswith((",", ";", ":"))
    return given and is_title_case(text.rstrip("."), layout.language.lowercase_in_titles)


def _is_too_long(rows: Rows, at: int) -> bool:
    """Whether a line below a title is much longer than the verses of the first stanza: it tells what happens in them."""
    start = at + 1
    if len(rows[start].text) <= LONGEST_NUMBER and start + 1 < len(rows) and rows[start + 1].gap:
        start += 1
    stanza = rows[start : chunk_end(rows, start)]
    return len(stanza) > 1 and len(rows[at].text) > LONGER * max(len(line.text) for line in stanza)


def _farther_in(rows: Rows, at: int) -> bool:
    """Whether the lines that end just above a row stand farther in."""
    start = at - 1
    while start and not rows[start].gap and at - start < LONGEST:
        start -= 1
    return at - start > 1 and min(line.indent for line in rows[start:at]) >= rows[at].indent + SET_IN


def says_who_receives(rows: Rows, at: int, end: int, layout: Layout) -> bool:
    """Whether lines stand between the one that says whom a letter or dedication is to and its salute: offices and titles of honour."""
    if not at or end >= len(rows) or rows[end].gap != 1 or not is_capitals(rows[at - 1].text):
        return False
    to = fold(rows[at - 1].text.split(" ", 1)[0]) in layout.language.receivers
    return to and chunk_end(rows, end) == end + 1 and words(layout.language).salute.match(rows[end].text) is not None
