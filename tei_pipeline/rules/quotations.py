"""Block quotations by their marks: by the colon before, the marks that open each paragraph, the reference behind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Match, Rows
from tei_pipeline.measuring.talk import OPENING
from tei_pipeline.measuring.verse.lineation import FEWEST
from tei_pipeline.rules.paragraphs import begins_paragraph, paragraph_end
from tei_pipeline.rules.set_in import SET_IN, WHOLE, indented_quotation
from tei_pipeline.rules.shape import announces, chunk_end, starts_upper
from tei_pipeline.rules.verse.lines import verse

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

_PAIRS = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", "'": "'", "‚": "‘’", "‹": "›", "›": "‹"}
_CLOSE_THEN_REFERENCE = re.compile(
    r"[\"”“»«'’‘][\s.,;:*†]*(?:[\[(][^\[\]()]*(?:[\[(][^\[\]()]*[\])][^\[\]()]*)*[\])])?[\s.,;:*†]*(?:[0-9]{1,3})?[\s.]*$"
)
_LABEL = re.compile(r"^\w+ (?:\w+)?: ?[\"“„«]")
_ELLIPSIS = re.compile(r"^[.…\s]*")
MOST_BARE = 4  # paragraphs without marks before the reference that shows them to be quoted: beyond, the colon is far away
_ENDS_WITH_REFERENCE = re.compile(r"[.!?…\"”»]\s*[\[(](?:[^\[\]()]|[\[(][^\[\]()]*[\])]){4,160}[\])][.\s]*$")


def _paragraph(rows: Rows, at: int, layout: Layout) -> tuple[int, str]:
    end = paragraph_end(rows, at, layout)
    return end, " ".join(row.text for row in rows[at:end])


def _opens(text: str) -> str:
    """The quotation mark that begins a paragraph (after points of omission), or nothing."""
    mark = text[0]
    if mark in OPENING:
        return mark
    bare = _ELLIPSIS.sub("", text[:12])
    return bare[0] if bare and bare[0] in '"“„«»' else ""


def _introduced(rows: Rows, at: int) -> bool:
    """Whether the line before announces something: it ends with a colon (dash after it, note reference, residue aside)."""
    if not at:
        return False
    return announces(rows[at - 1].text)


def marked_quotation(rows: Rows, at: int, layout: Layout) -> Match | None:
    """After a colon, a paragraph that opens with a quotation mark, and those after it that open again, are quoted."""
    mark = _opens(rows[at].text)
    labelled = not mark and bool(_LABEL.match(rows[at].text))
    if not (mark or labelled) or not begins_paragraph(rows, at, layout):
        return None
    verses = verse(rows, at, layout)
    if verses is not None and (
        rows[at].indent > layout.margin + layout.indent
        or layout.in_verse(rows[at].line)
        or _is_stanza(rows, at, verses)
        or _is_couplet(rows, at, verses, layout)
    ):
        return None
    if layout.sets_in or (layout.dialogue and not labelled) or _is_set_in(rows, at, layout):
        return None
    if not _introduced(rows, at):
        return _closed_by_reference(rows, at, layout, mark) if mark else None
    end, text = _paragraph(rows, at, layout)
    if not labelled and not _whole(text, mark):
        return None
    paragraphs = 1
    while end < len(rows) and _follows(rows, end, layout):
        stop, words = _paragraph(rows, end, layout)
        again = _opens(words)
        if not (again or (labelled and _LABEL.match(words))):
            break
        if again and not _whole(words, again):
            break
        end, text, mark = stop, words, again or mark
        paragraphs += 1
    if mark and (closed := _closed_below(rows, end, layout, mark, text)):
        end, paragraphs = closed, paragraphs + 1
    key = rows[at].line
    return Match("quotation", end, f"{paragraphs} paragraphs in quotation marks after a colon", 0.93, container=Container("quotation", key))


def _is_stanza(rows: Rows, at: int, verses: Match) -> bool:
    """Whether the lines of a quotation are set in like those of a stanza, some farther than others."""
    indents = {row.indent for row in rows[at : verses.end]}
    return verses.end - at >= FEWEST and len(indents) > 1 and min(indents) > 0 and verses.end == chunk_end(rows, at)


def _is_couplet(rows: Rows, at: int, verses: Match, layout: Layout) -> bool:
    """Whether a few lines, each with a capital, are all set in from the margin, or more are all narrow: those of a paragraph are not."""
    lines = rows[at : verses.end] if verses.end == chunk_end(rows, at) else ()
    if len(lines) >= FEWEST:
        return max(row.width for row in lines) < WHOLE * layout.measure and all(starts_upper(row.text) for row in lines[1:])
    left = min(layout.margin, rows[at - 1].indent if at else 0)  # verses may stand at the margin of the book, farther in than its prose
    return len(lines) > 1 and min(row.indent for row in lines) >= left + SET_IN and all(starts_upper(row.text) for row in lines)


def _closed_below(rows: Rows, at: int, layout: Layout, mark: str, text: str) -> int:
    """Past the next paragraph, when its end closes the mark that the last one leaves open, and no other opens there; else 0."""
    if mark not in LEFT_OPEN or at >= len(rows) or not _follows(rows, at, layout) or _left_open(text, mark) != 1:
        return 0
    end, words = _paragraph(rows, at, layout)
    return end if words.rstrip(".,;:!? ")[-1:] in _PAIRS[mark] and _left_open(words, mark) == -1 else 0


LEFT_OPEN = '"“„«'  # no single marks: a paragraph may end with an apostrophe


def _left_open(text: str, mark: str) -> int:
    """How many more quotations a paragraph opens than it closes."""
    closing = _PAIRS[mark]
    if closing != mark:
        return text.count(mark) - sum(map(text.count, closing))
    opened = sum(1 for i, c in enumerate(text) if c == mark and (not i or (text[i - 1] in " ([—–-" and text[i + 1 : i + 2].strip())))
    return 2 * opened - text.count(mark)


def _is_set_in(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether the lines of a quotation, and those after it, stand in from the margin: the indent shows where it ends."""
    return indented_quotation(rows, at, layout) is not None


def _closed_by_reference(rows: Rows, at: int, layout: Layout, mark: str) -> Match | None:
    """Without a colon before: several paragraphs that open again, none closed, until a reference to literature closes the last."""
    end, text = _paragraph(rows, at, layout)
    if _closer(mark, text) in text[1:]:
        return None
    paragraphs = 1
    while end < len(rows) and _follows(rows, end, layout) and paragraphs < 40:
        end, words = _paragraph(rows, end, layout)
        again = _opens(words)
        if not again:
            return None
        paragraphs += 1
        if _closer(mark, words) not in words[1:]:
            continue
        if _ENDS_WITH_REFERENCE.search(words) and _CLOSE_THEN_REFERENCE.search(words):
            evidence = f"{paragraphs} paragraphs open a quotation, the last closes it with its reference"
            return Match("quotation", end, evidence, 0.9, container=Container("quotation", rows[at].line))
        return None
    return None


def _closer(mark: str, text: str) -> str:
    """The mark that closes a quotation: in Swedish and Finnish books » closes what it opened."""
    return mark if mark == "»" and "«" not in text else _PAIRS.get(mark, mark)


_BRACKETS = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\]")


def _follows(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether the next paragraph begins at a row, no farther from the one above it than paragraphs stand."""
    return rows[at].gap <= layout.spacing and begins_paragraph(rows, at, layout)


def _whole(text: str, mark: str) -> bool:
    """Whether quoted words fill the paragraph: the mark is not closed, or closed only at the end, its reference and points aside."""
    closing = _closer(mark, text)
    body = _BRACKETS.sub(" ", text)
    if mark in "'‘":
        body = re.sub(r"(?<=\w)['’](?=\w)", "", body)
    body = body[body.find(mark) + 1 :]
    if closing == mark:
        return _leaves_open(body, mark)
    between = body.split(closing) if len(closing) == 1 else re.split(f"[{re.escape(closing)}]", body)
    return all(sum(c.isalpha() for c in part.split(mark)[0]) <= FEW_OUTSIDE for part in between[1:])


FEW_OUTSIDE = 3  # letters after the closing mark: of a reference, no words


def _leaves_open(body: str, mark: str) -> bool:
    """Whether marks that open and close alike enclose all of what follows the first: one between white space and a letter opens within."""
    depth, outside = 1, 0
    for i, char in enumerate(body):
        if char != mark:
            outside += char.isalpha() and not depth
        elif body[i + 1 : i + 2].isalnum() and (not i or body[i - 1].isspace()):
            depth += 1
        else:
            depth = max(0, depth - 1)
    return outside <= FEW_OUTSIDE


def bare_quotation(rows: Rows, at: int, layout: Layout) -> Match | None:
    """After a colon, a paragraph without marks that ends with a reference to literature in brackets is quoted."""
    if not at or not begins_paragraph(rows, at, layout) or rows[at].text[0] == "(" or not _introduced(rows, at):
        return None
    first = layout.indent if layout.style == "indent" else 0  # of a paragraph
    if rows[at].indent > layout.margin + first + 1 and verse(rows, at, layout) is not None:
        return None
    set_in = all(row.indent > layout.margin for row in rows[at : chunk_end(rows, at)])  # then what stands at the margin is not quoted
    end = at
    for count in range(1, MOST_BARE + 1):
        if end >= len(rows) or rows[end].text[0] in "[*" or (end > at and (rows[end].gap > 1 or announces(rows[end - 1].text))):
            return None
        if set_in and rows[end].indent <= layout.margin:
            return None
        stop, text = _paragraph(rows, end, layout)
        if re.match(r"^\(?\w{1,3}[.)]\s", text) or _opens(text):
            return None
        end = stop
        if end - at >= 2 and re.search(r"\d", text[-60:]) and _ENDS_WITH_REFERENCE.search(text):
            evidence = f"{count} paragraphs after a colon, closed by a reference"
            return Match("quotation", end, evidence, 0.8 - 0.05 * count, container=Container("quotation", rows[at].line))
    return None
