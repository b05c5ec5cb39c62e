"""Notes told by their siglum: sections of them at the end of a work, bracketed numbers between paragraphs, stars below the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Match, Rows
from tei_pipeline.language import fold
from tei_pipeline.rules.beside_verse import sign_beside
from tei_pipeline.rules.head_labels import head_label
from tei_pipeline.rules.labels import lettered_note
from tei_pipeline.rules.note_headings import (
    LONGEST_NAME,
    among_notes,
    begins_group,
    below_introduction,
    heads_run,
    label_of,
    names_group,
    names_notes,
)
from tei_pipeline.rules.note_labels import BEGINS, PARAGRAPH, is_year, siglum, worded
from tei_pipeline.rules.note_runs import beside, counts_paragraphs, note_runs, rises, runs_on
from tei_pipeline.rules.referred import NEAR, stands_against, stands_before
from tei_pipeline.rules.shape import FEWEST_BULLETS, announces, bullets, chunk_end, is_capitals, is_title_case

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout


def note_section(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Under a heading that names notes, each siglum that runs on begins a note, and what follows belongs to it."""
    if not at:
        return None
    above = rows[at - 2 if at > 1 and not any(map(str.isalnum, rows[at - 1].text)) else at - 1].text  # a rule may stand between
    named = len(above) < LONGEST_NAME or "(return)" in rows[at].text or rows[at].text[:2] == "1."
    first = label_of(rows[at].text, layout) if named else None
    if first is None or (first[0] == "worded" and lettered_note(rows, at, layout)) or PARAGRAPH.match(rows[at].text):
        return None
    counted = (first[1] in ("1", "M1") or names_group(rows, at - 1, layout)) and not _is_title(rows, at, first[2])
    headed = first[0] == "returned" or names_notes(above, layout) or (counted and among_notes(rows, at, layout))
    run = first[:2] == ("point", "1") and below_introduction(rows, at, layout)
    if not headed and not run and not (first[0] in _BRACKETS and first[1] == "1" and heads_run(rows, at, layout)):
        return None
    if first[0] == "point" and counts_paragraphs(rows, at, first[1]):
        return None
    style = first[0]
    starts = [(at, first[1], first[2])]
    end = at + 1
    count = len(rows)
    while end < count:
        row = rows[end]
        found = worded(row.text, layout.language) if style == "worded" else siglum(row.text)
        if (
            found
            and found[0] == style
            and _ends_alike(rows[at].text, first, row.text, found)
            and (runs_on(_before(starts, found[1]), found[1]) or (style in _BRACKETS and rises(starts[-1][1], found[1])))
            and (row.gap or rows[end - 1].ends_sentence or rows[end - 1].width < 0.8 * layout.measure)
        ):
            starts.append((end, found[1], found[2]))
        elif (
            row.gap >= 3
            or (row.gap and begins_group(rows, end, starts[-1][1], layout))
            or _parts_chapters(rows, end, layout)
            or (
                row.gap
                and (not found or found[0] != style)
                and _begins_division(rows, end, max((rows[i].gap for i, _, _ in starts[1:]), default=1), layout)
            )
            or (row.gap == 2 and not found and (is_capitals(row.text) or style == "point"))
            or (row.gap and layout.even and not found and is_capitals(row.text) and not rows[end - 1].text.endswith((",", ":")))
        ):
            break
        end += 1
    return _notes(rows, starts, end, "end", f"under {above!r}")


def _before(starts: list[tuple[int, str, int]], n: str) -> str:
    """The note that is counted before another: where the notes of the margin stand among those of the text, each are counted apart."""
    return next((last for _, last, _ in reversed(starts) if (last[0] == "M") == (n[0] == "M")), starts[-1][1])


def _is_title(rows: Rows, at: int, label: int) -> bool:
    """Whether capitals alone on a line, with white space below, stand behind a number: the title of a piece."""
    return is_capitals(rows[at].text[label:]) and at + 1 < len(rows) and rows[at + 1].gap > 0


def _parts_chapters(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a row of signs ends the notes, since a chapter, or a title in capitals, begins below it."""
    if not rows[at].gap or at + 1 >= len(rows) or any(map(str.isalnum, rows[at].text)):
        return False
    below = rows[at + 1]
    return head_label(below.text, layout.language) is not None or (
        below.gap > 0 and is_capitals(below.text) and chunk_end(rows, at + 1) == at + 2
    )


def _begins_division(rows: Rows, at: int, between: int, layout: Layout) -> bool:
    """Whether the notes end at the label of a division that stands alone or with its title, or at a title with more white space above
    than the notes have ``between`` them.
    """
    text = rows[at].text.strip("_*= ")
    if not text or len(text) >= LONGEST_NAME:
        return False
    small = layout.language.lowercase_in_titles
    label = head_label(text, layout.language)
    if label is not None and label.type:
        title = text[label.length :].lstrip(".:—–- ")
        return not title or is_capitals(title) or is_title_case(title, small)
    if at + 1 < len(rows) and rows[at].gap > 1 and rows[at + 1].gap and len(text.rstrip(".")) == 1 and text[0].isupper():
        return True  # the next letter of a dictionary
    if rows[at].gap <= max(1, between) or at + 1 >= len(rows):
        return False
    if label is not None and label.length >= len(text.rstrip(".")):  # a number alone, or right over its title
        return chunk_end(rows, at) <= at + 2 and (rows[at + 1].gap > 0 or is_title_case(rows[at + 1].text, small))
    return rows[at + 1].gap > 0 and text[-1].isalnum() and is_title_case(text, small)


def _ends_alike(one: str, first: tuple[str, str, int], other: str, found: tuple[str, str, int]) -> bool:
    """Whether two sigla close with the same sign: where notes are numbered "1.", a "1)" begins an item of a list in one."""
    return first[0] != "point" or one[: first[2]].rstrip("↑^ ")[-1] == other[: found[2]].rstrip("↑^ ")[-1]


_BRACKETS = frozenset(("square", "brace"))


def _notes(rows: Rows, starts: list[tuple[int, str, int]], end: int, place: str, why: str) -> Match:
    parts = tuple(
        (first, stop, Container("note", rows[first].line, n, label, place))
        for (first, n, label), stop in zip(starts, [s[0] for s in starts[1:]] + [end], strict=True)
    )
    return Match("notes", end, f"{len(parts)} notes {why}", 0.97 if len(parts) > 1 else 0.85, parts=parts)


def single(rows: Rows, at: int, end: int, n: str, label: int, place: str, why: str) -> Match:
    """A note that is all there is between two rows."""
    container = Container("note", rows[at].line, n, label, place)
    return Match("notes", end, f"a note {n} {why}", 0.97, parts=((at, end, container),))


_BOLD = re.compile(r"\*\*[^\s*][^*]{0,60}\*\*|\*[^\s*][^*]{0,60}(?<!\s)\*$")  # between (pairs of) stars: bold type in plain text


def loose_note(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Between paragraphs, a bracketed number or a star that the text before has as a reference begins a note."""
    row = rows[at]
    if not row.gap and at and (row.text[0].isalpha() or not rows[at - 1].ends_sentence):
        return None
    found = siglum(row.text)
    if (
        found is None
        or (not row.gap and at and not (_stands_below_note(rows, at, found) or at in note_runs(rows, layout).later))
        or (found[0] in ("point", "bare") and "↑" not in row.text[: found[2]] and not _is_numbered_note(rows, at, found, layout))
        or _BOLD.match(row.text)
        or (at and is_capitals(rows[at - 1].text) and is_year(row.text, found))
    ):
        return None
    if layout.in_verse(row.line) and sign_beside(rows[at : chunk_end(rows, at)]) is not None:
        return None  # the sign of a note in the margin of a verse
    style, n, label = found
    printed = row.text[:label].rstrip(".")
    if style == "round" and not n.lstrip("*").isdigit() and not stands_against(rows, at, printed):
        return None
    if style == "star":
        if len(row.text) < label + 2 or bullets(rows, at) >= FEWEST_BULLETS or PARAGRAPH.match(row.text) or not stands_before(rows, at, n):
            return None
    elif style == "round" and at and announces(rows[at - 1].text):
        return None  # the first item of a list
    elif style == "point":
        pass
    elif not (stands_before(rows, at, printed) or (style != "round" and stands_before(rows, at, f"[{n}]"))) or _is_cited(
        rows, at, printed, layout
    ):
        return None
    end = loose_end(rows, at, layout)
    return single(rows, at, end, n, label, "bottom" if style == "star" else "end", f"whose siglum {printed} stands in the text before")


def _is_numbered_note(rows: Rows, at: int, found: tuple[str, str, int], layout: Layout) -> bool:
    """Whether a number without brackets begins a note: one below a signature, or "1)" where the text above has it right behind a word."""
    if found[0] == "point" and rows[at].text[found[2] - 1] == ")" and not announces(rows[at - 1].text):
        printed = rows[at].text[: found[2]]
        return stands_against(rows, at, printed, " ?") and not _numbers_sections(rows, at, found[1])
    return below_signature(rows, at, found, layout) or _below_text(rows, at, found)


def _below_text(rows: Rows, at: int, found: tuple[str, str, int]) -> bool:
    """Whether a bare number begins a note, since those before it run back to the first, below a rule or more white space than is
    between them, and the text above has it right behind a word, below white space in brackets.
    """
    style, n, _ = found
    if style != "bare" or not rows[at].gap:
        return False
    expected = int(n)
    for i in range(at, max(0, at - NEAR), -1):
        if _RULE.match(rows[i].text):
            return not expected and stands_against(rows, i, n)
        above = siglum(rows[i].text) if rows[i].gap and rows[i].text[0].isdigit() else None
        if above is not None and above[0] == style:
            if int(above[1]) != expected:
                return False
            expected -= 1
            if not expected and rows[i].gap == MOST_GAP + 1:
                return stands_against(rows, i, f"[{n}]")
        elif rows[i].gap > MOST_GAP + 1:
            return False
    return False


_RULE = re.compile(r"[-_=~—–]{5,}$")


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


def _is_cited(rows: Rows, at: int, printed: str, layout: Layout) -> bool:
    """Whether the text before has a round number only as that of a part: "subsection (1)"."""
    if printed[0] != "(":
        return False
    words_before = [m[1] for row in rows[max(0, at - NEAR) : at] for m in re.finditer(rf"(\w+)\s?{re.escape(printed)}", row.text)]
    divisions = layout.language.divisions
    return bool(words_before) and all(fold(word) in divisions or fold(word) in layout.language.citation_units for word in words_before)


def loose_end(rows: Rows, at: int, layout: Layout) -> int:
    """A loose note ends where the next of its group begins, or with its paragraph; when it is set in from the margin, all that is set in
    with it belongs to it; when the notes of the book close its chapters, all up to the next heading.
    """
    runs = note_runs(rows, layout)
    if (following := runs.following.get(at)) is not None:
        return following
    end = chunk_end(rows, at)
    for i in range(at + 1, end):
        if rows[i - 1].ends_sentence and _begins_note(rows[i].text, layout):
            return i
    if runs.at_ends:
        return _chapter_end(rows, at, end, layout)
    if rows[at].indent > layout.margin + 2:
        while (
            end < len(rows)
            and rows[end].gap == 1
            and rows[end].indent >= rows[at].indent
            and not _another(rows[at].text, rows[end].text, layout)
            and rows[end - 1].indent > layout.margin + 2
            and not _refers_on(rows, at, end)
            and not (is_capitals(rows[end].text) and chunk_end(rows, end) == end + 1)
        ):
            end = chunk_end(rows, end)
    return _quoted_on(rows, at, end, layout)


def _chapter_end(rows: Rows, at: int, end: int, layout: Layout) -> int:
    """Past all paragraphs below the last note of a chapter: up to a wider gap, a title, a row of signs or another note."""
    while (
        end < len(rows)
        and rows[end].gap <= MOST_GAP
        and any(map(str.isalnum, rows[end].text))
        and not _another(rows[at].text, rows[end].text, layout)
        and not is_capitals(rows[end].text)
        and not _begins_division(rows, end, MOST_GAP, layout)
    ):
        end = chunk_end(rows, end)
    return end


def _another(note: str, text: str, layout: Layout) -> bool:
    """Whether a paragraph below a note begins another: an item of a list in it has a bare number or one with a point."""
    found = label_of(text, layout)
    return found is not None and (found[0] not in ("point", "bare") or found[0] == (siglum(note) or ("",))[0])


def _begins_note(text: str, layout: Layout) -> bool:
    return (text[0] in BEGINS and siglum(text) is not None) or worded(text, layout.language) is not None


def _refers_on(rows: Rows, at: int, start: int) -> bool:
    """Whether the lines from ``start`` refer to the note after this one: then they are of the text, a quotation, and not of the note."""
    label = siglum(rows[at].text)
    after = beside(label[1], 1) if label is not None else None
    if label is None or after is None:
        return False
    printed = rows[at].text[: label[2]].replace(label[1], after)
    return any(printed in row.text for row in rows[start : chunk_end(rows, start)])


def _quoted_on(rows: Rows, at: int, end: int, layout: Layout) -> int:
    """A loose note at the margin goes on with what it announces, set in from the margin, and with a quotation that it opens and that its
    next paragraph opens again.
    """
    if end >= len(rows) or rows[end].gap > MOST_GAP:
        return end
    if announces(rows[end - 1].text):
        while end < len(rows) and 1 <= rows[end].gap <= MOST_GAP and rows[end].indent >= layout.margin + 2 and not siglum(rows[end].text):
            end = chunk_end(rows, end)
    elif layout.dialogue or not any('"' in row.text for row in rows[at:end]):
        return end
    words = " ".join(row.text for row in rows[at:end])
    while end < len(rows) and 1 <= rows[end].gap <= MOST_GAP and rows[end].text[0] == '"' and words.count('"') % 2:
        stop = chunk_end(rows, end)
        words = " ".join(row.text for row in rows[end:stop])
        end = stop
    return end


MOST_GAP = 1  # empty lines between the paragraphs of one note


def foot_notes(rows: Rows, at: int, layout: Layout) -> Match:
    """At the foot of a page each siglum begins a note; what stands before the first goes on with the last page's note."""
    starts: list[tuple[int, str, int]] = []
    style = ""
    for i in range(at, len(rows)):
        found = siglum(rows[i].text)
        if not found:
            continue
        if not style or (
            found[0] == style
            and runs_on(starts[-1][1], found[1])
            and (rows[i].gap or rows[i].indent > layout.margin or rows[i - 1].ends_sentence)
        ):
            style = style or found[0]
            starts.append((i, found[1], found[2]))
    if not starts or starts[0][0] > at:
        starts.insert(0, (at, "", 0))
    return _notes(rows, starts, len(rows), "bottom", "at the foot of a page")
