"""Notes between paragraphs, told by a siglum that the text above has: bracketed numbers, stars, numbers below a signature or a rule."""

from __future__ import annotations

import re
from bisect import bisect
from itertools import chain, islice, takewhile
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.headings.head_labels import head_label
from tei_pipeline.rules.notes.ends import MOST_GAP, RULE, below_rule, loose_end
from tei_pipeline.rules.notes.labels import BOLD, PARAGRAPH, is_year, siglum
from tei_pipeline.rules.notes.matches import single
from tei_pipeline.rules.notes.referred import NEAR, only_begins, stand_ahead, stands_against, stands_before
from tei_pipeline.rules.notes.ruled import ruled_notes
from tei_pipeline.rules.notes.runs import beside, note_runs
from tei_pipeline.rules.shape import FEWEST_BULLETS, announces, bullets, chunk_end, is_capitals
from tei_pipeline.rules.verse.beside_verse import sign_beside

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout
    from tei_pipeline.measuring.pages.feet import Foot


def loose_note(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Between paragraphs, a bracketed number or a star that the text before has as a reference begins a note."""
    row = rows[at]
    apart = bool(row.gap) or not at or below_rule(rows, at)
    if not apart and (row.text[0].isalpha() or not rows[at - 1].ends_sentence):
        return None
    if (ruled := ruled_notes(rows, at)) is not None:
        return ruled
    found = siglum(row.text)
    if (
        found is None
        or (not apart and not (_stands_below_note(rows, at, found) or at in note_runs(rows, layout).later))
        or (found[0] in ("point", "bare") and "↑" not in row.text[: found[2]] and not _is_numbered_note(rows, at, found, layout))
        or BOLD.match(row.text)
        or (found[0] == "point" and row.line in layout.listing.titles)
        or (at and is_capitals(rows[at - 1].text) and is_year(row.text, found))
    ):
        return None
    if layout.in_verse(row.line) and sign_beside(rows[at : chunk_end(rows, at)]) is not None:
        return None  # the sign of a note in the margin of a verse
    style, n, label = found
    printed = row.text[:label].rstrip(".:")
    if n.isdecimal() and _is_of_foot(rows, at, printed, layout):
        return None
    if style == "square" and n.isdecimal() and not stands_against(rows, at, printed) and _counts_sections(rows, at, printed, int(n)):
        return None
    if style == "square" and n.isdecimal() and row.text[label : label + 1].isalpha() and row.text[label - 1] == "]" and stand_ahead(rows):
        return None
    between = "" if n[:1].isalnum() else " ?"  # letters count items too, signs do not
    if style in ("round", "brace") and not n.lstrip("*")[:1].isdigit() and not stands_against(rows, at, printed, between):
        return None
    if style == "star":
        if len(row.text) < label + 2 or bullets(rows, at) >= FEWEST_BULLETS or PARAGRAPH.match(row.text) or not stands_before(rows, at, n):
            return None
        if _has_note_below(rows, at, n):
            return None
        if n[0] == "+" and _sets_type(rows, at):
            return None
    elif style == "round" and at and announces(rows[at - 1].text):
        return None  # the first item of a list
    elif style == "point":
        pass
    elif _is_cited(rows, at, printed, layout) or not (
        stands_before(rows, at, printed)
        or (style != "round" and stands_before(rows, at, f"[{n}]"))
        or (_follows_another(rows, at, found) and stands_before(rows, at, f"[{n if style == 'round' else beside(n, -1)}]"))
    ):
        return None
    end = loose_end(rows, at, layout)
    return single(rows, at, end, n, label, "bottom" if style == "star" else "end", f"whose siglum {printed} stands in the text before")


def _sets_type(rows: Rows, at: int) -> bool:
    """Whether a sign stands before and behind words that are set in another type: the whole paragraph, or several in the lines around."""
    if rows[chunk_end(rows, at) - 1].text.endswith("+"):
        return True
    around = rows[max(0, at - AROUND) : at + AROUND]
    return sum(len(_ENCLOSED.findall(row.text)) for row in around) >= FEWEST_ENCLOSED


_ENCLOSED = re.compile(r"\+(?=[^\W\d_])[^+]{1,60}\+")
FEWEST_ENCLOSED = 3
AROUND = 40  # lines


def _is_of_foot(rows: Rows, at: int, printed: str, layout: Layout) -> bool:
    """Whether the note at the foot of the page has the siglum too, and the text of the page refers to it once only: what stands amid the
    text counts items.
    """
    line = rows[at].line
    k = bisect(layout.feet, line, key=_first_line)
    below = layout.feet[k] if k < len(layout.feet) else None
    if below is None or not any(row.text.startswith(printed) for row in below.rows):
        return False
    last = layout.feet[k - 1].rows[-1].line if k else -1
    above = takewhile(lambda row: row.line > last, (rows[i] for i in range(at, -1, -1)))
    after = takewhile(lambda row: row.line < below.rows[0].line, islice(rows, at + 1, None))
    reference = re.compile(rf"\S{re.escape(printed)}")
    return sum(len(reference.findall(row.text)) for row in chain(above, after)) == 1


def _first_line(foot: Foot) -> int:
    return foot.rows[0].line


def _has_note_below(rows: Rows, at: int, n: str) -> bool:
    """Whether a sign right against the first word of a paragraph refers to the note right below it, which begins with the same sign
    and is set in from it.
    """
    below = chunk_end(rows, at)
    if below >= len(rows) or not rows[at].text[len(n) : len(n) + 1].isalnum() or rows[below].indent < rows[at].indent + 2:
        return False
    return (siglum(rows[below].text) or ())[:2] == ("star", n)


def _counts_sections(rows: Rows, at: int, printed: str, n: int) -> bool:
    """Whether a number in brackets counts the sections of an old text, since those before it run back to one between two sentences, and
    nothing there refers to it: the references of notes stand in their order.
    """
    for i in range(at - 1, max(-1, at - NEAR), -1):
        text = f" {rows[i].text} "
        if "[" not in text:
            continue
        before = f" [{n - 1}] "
        opens = text.startswith(before) and only_begins(rows, i, before.strip())
        if before in text and not opens:
            return text.rfind(printed) < text.rfind(before)
        n -= opens
        if n < 2 or text.find(printed) > 1:
            return False
    return False


def _is_numbered_note(rows: Rows, at: int, found: tuple[str, str, int], layout: Layout) -> bool:
    """Whether a number without brackets begins a note: one below a signature, or "1)" where the text above has it right behind a word."""
    if found[0] == "point" and rows[at].text[found[2] - 1] == ")" and not announces(rows[at - 1].text):
        printed = rows[at].text[: found[2]]
        return stands_against(rows, at, printed, " ?") and not _numbers_sections(rows, at, found[1])
    return below_signature(rows, at, found, layout) or _below_text(rows, at, found) or _below_verse(rows, at, found, layout)


def _below_text(rows: Rows, at: int, found: tuple[str, str, int]) -> bool:
    """Whether a bare number begins a note, since those before it run back to the first, below more white space than is between them,
    and the text above has it in brackets right behind a word.
    """
    style, n, _ = found
    if style != "bare" or not rows[at].gap:
        return False
    expected = int(n)
    for i in range(at, max(0, at - NEAR), -1):
        if RULE.match(rows[i].text):
            return False
        above = siglum(rows[i].text) if rows[i].gap and rows[i].text[0].isdigit() else None
        if above is not None and above[0] == style:
            if int(above[1]) != expected:
                return False
            expected -= 1
            if not expected and rows[i].gap == MOST_GAP + 1:
                return stands_against(rows, i, f"[{n}]") and not _has_note(rows, i, f"[{n}]")
        elif rows[i].gap > MOST_GAP + 1:
            return False
    return False


def _has_note(rows: Rows, at: int, printed: str) -> bool:
    """Whether a row that is near above begins with the siglum: the reference has its note, and the number counts stanzas."""
    return any(row.text.startswith(printed) for row in rows[max(0, at - NEAR) : at])


def _below_verse(rows: Rows, at: int, found: tuple[str, str, int], layout: Layout) -> bool:
    """Whether a bare number begins a note, since lower ones before it run back to the first, right below verses, which have it right
    behind a word.
    """
    style, n, _ = found
    if style != "bare" or not rows[at].gap or not layout.verses or not stands_against(rows, at, n):
        return False
    last = int(n) + 1
    for i in range(at, max(0, at - NEAR), -1):
        if not rows[i].gap:
            continue
        number = siglum(rows[i].text) if rows[i].text[0].isdigit() else None
        if number is None or number[0] != style or int(number[1]) >= last:
            return False
        last = int(number[1])
        if last == 1:
            below = any(layout.in_verse(row.line) for row in rows[max(0, i - 2) : i])  # the poet may be named between
            return below and (not layout.in_verse(rows[i].line) or chunk_end(rows, i) == i + 1)
    return False


def _numbers_sections(rows: Rows, at: int, n: str) -> bool:
    """Whether the number after this one begins a paragraph below, not right after it, and the text between has it nowhere else."""
    after = f"{beside(n, 1)})"
    end = chunk_end(rows, at)
    for i in range(end, min(len(rows), at + NEAR)):
        if rows[i].gap and rows[i].text.startswith(after):
            return i > end
        if after in rows[i].text:
            return False
    return False


def below_signature(rows: Rows, at: int, found: tuple[str, str, int], layout: Layout) -> bool:
    """Whether a number with a point or in brackets begins a note, since a name that signs the text, or the note before it, stands above,
    and the text has the number in brackets right behind a word.
    """
    style, n, _ = found
    if style not in ("point", "square") or not n.isdecimal() or not at or not 1 <= int(n) <= MOST_BELOW:
        return False
    first = at
    for number in range(int(n), 0, -1):
        note = siglum(rows[first].text)
        if not first or note is None or note[:2] != (style, str(number)) or rows[first].gap > 2:
            return False
        first -= 1
        while first and not rows[first].gap:
            first -= 1
    name = rows[first].text.strip("_ .")
    above = rows[first - 1]
    if first < 1 or rows[first].gap != 1 or not rows[first + 1].gap or not above.ends_sentence or is_capitals(above.text):
        return False
    if not is_capitals(name) or len(name) > LONGEST_OF_A_NAME or not name.replace(" ", "").replace(".", "").isalpha():
        return False
    if (label := head_label(name, layout.language)) is not None and label.type:
        return False  # the title of a division whose paragraphs are numbered
    return any(
        printed in row.text and not row.text.startswith(printed) and row.text[row.text.index(printed) - 1] not in " (["
        for printed in (f"({n})", f"[{n}]")
        for row in rows[max(0, at - NEAR) : first]
    )


MOST_BELOW = 30  # notes below one signature

LONGEST_OF_A_NAME = 30  # characters


def _stands_below_note(rows: Rows, at: int, found: tuple[str, str, int]) -> bool:
    """Whether the lines above, without a gap, begin with a sign of notes too, or the note of the number before stands above."""
    if found[0] != "star":
        before = beside(found[1], -1)
        above = (rows[k] for k in range(at - 1, max(-1, at - 1 - NEAR_NOTE), -1) if rows[k].indent == rows[at].indent)
        return before is not None and any((found[0], before) == (siglum(row.text) or ())[:2] for row in above)
    while at and not rows[at].gap:
        at -= 1
    first = siglum(rows[at].text)
    return first is not None and first[0] == "star"


NEAR_NOTE = 12  # rows of the note before


def _follows_another(rows: Rows, at: int, found: tuple[str, str, int]) -> bool:
    """Whether the paragraph above begins with the number before, printed alike: the reference of the next may stand in other
    brackets, or be lost.
    """
    first = at - 1
    while first > 0 and not rows[first].gap:
        first -= 1
    return (siglum(rows[first].text) or ())[:2] == (found[0], beside(found[1], -1))


def _is_cited(rows: Rows, at: int, printed: str, layout: Layout) -> bool:
    """Whether the text before has a round number only as that of a part: "subsection (1)"."""
    if printed[0] != "(":
        return False
    words_before = [m[1] for row in rows[max(0, at - NEAR) : at] for m in re.finditer(rf"(\w+)\s?{re.escape(printed)}", row.text)]
    divisions = layout.language.divisions
    return bool(words_before) and all(fold(word) in divisions or fold(word) in layout.language.citation_units for word in words_before)
