"""Block quotations: set apart by indent, or by the colon before and the marks that open each paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Container, Match, Rows
from tei_pipeline.measuring.talk import OPENING
from tei_pipeline.measuring.verse.lineation import FEWEST
from tei_pipeline.rules.headings.head_labels import bare_label, head_label
from tei_pipeline.rules.headings.over_text import over_flush_text
from tei_pipeline.rules.lists.markers import are_items
from tei_pipeline.rules.paragraphs import begins_paragraph, paragraph_end
from tei_pipeline.rules.shape import announces, begins_note, chunk_end, is_centred, is_title_case, loose_lines, starts_upper
from tei_pipeline.rules.verse.lines import verse
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout
    from tei_pipeline.rows import Row

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


SHORT = 4  # lines below the first one of a paragraph
_MARKED = re.compile(r"\(?_?(?:[0-9]{1,3}|[a-zA-Z]|[ivxIVX]{2,5})_?[.)]")
SET_IN = 2  # columns: so little may be uneven typing, unless full lines stand in alike
WHOLE = 0.8  # of the measure: a line so wide was not ended on purpose


def _slightly_set_in(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Full lines set in by as little as transcribers do, all alike, between text at the margin; the mark that opens them may hang before
    them, who signs a letter stand below them at the margin, and more paragraphs go on below them, as far in. A title may stand above them.
    """
    if rows[at].text[0] in "[*+|" or _MARKED.match(rows[at].text) or not at or rows[at - 1].indent > layout.margin:
        return None
    first, at = at, _below_titles(rows, at, layout)
    end = chunk_end(rows, at)
    hung = rows[at].indent < layout.margin + SET_IN
    signed = hung and end > at + 2 and rows[end - 1].indent <= layout.margin and rows[end - 1].text[0] == rows[at].text[0]
    lines = rows[at + hung : end - signed]
    if (
        len(lines) < 2
        or any(row.indent != layout.margin + SET_IN for row in lines)
        or any(row.width < WHOLE * layout.measure for row in lines[:-1])
    ):
        return None
    while hung and not signed and end < len(rows) and _hangs_as(rows, end, rows[at], layout):
        end = chunk_end(rows, end)
    while not hung and end < len(rows) and _goes_on_below(rows, end, layout):
        end = chunk_end(rows, end)
    end = _before_pictures(rows, at, end, layout)
    return Match("quotation", end, f"{len(lines)} full lines set in a little", 0.85, container=Container("quotation", rows[first].line))


def _below_titles(rows: Rows, at: int, layout: Layout) -> int:
    """The first lines below the titles of what is announced, each of them alone and set in as far."""
    below = at
    while announces(rows[at - 1].text) and below < len(rows) and chunk_end(rows, below) == below + 1:
        if rows[below].indent != layout.margin + SET_IN or rows[below].gap > layout.spacing + (below == at):
            return at
        below += 1
    return below if below < len(rows) else at


def _goes_on_below(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a paragraph below what is set in a little stands as far in, or far to the right of it, as who signs."""
    chunk = rows[at : chunk_end(rows, at)]
    if rows[at].gap != 1 or begins_note(rows[at]) or rows[at].text[0] in "*+|":
        return False
    left = layout.margin + SET_IN
    return all(row.indent == left for row in chunk) or (len(chunk) == 1 and chunk[0].indent > left + FAR_RIGHT)


FAR_RIGHT = 16  # columns


def _before_pictures(rows: Rows, at: int, end: int, layout: Layout) -> int:
    """Where set-in lines end above the pictures that stand last, as far in: these are of the text that goes on."""
    while end > at + 1 and rows[end - 1].text[-1] in "]}":
        first = next(i for i in range(end - 1, at - 1, -1) if rows[i].gap or i == at)
        if first == at or words(layout.language).figure.match(rows[first].text) is None:
            break
        end = first
    return end


def _hangs_as(rows: Rows, at: int, first: Row, layout: Layout) -> bool:
    """Whether the next paragraph of what is quoted stands so: the mark that opens it hangs before its lines too."""
    alike = rows[at].gap == 1 and (rows[at].indent, rows[at].text[0]) == (first.indent, first.text[0]) and not first.text[0].isalnum()
    return alike and all(row.indent == layout.margin + SET_IN for row in rows[at + 1 : chunk_end(rows, at)])


def _counts_below(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether a number stands over text at the margin, alone or with a title: it counts that, and not what is set in above it."""
    text = rows[at].text.rstrip(".")
    if len(text) > LONGEST_TITLE or at + 1 >= len(rows) or not rows[at + 1].gap or rows[at + 1].indent > layout.margin + layout.indent:
        return False
    label = head_label(text, layout.language)
    if label is None:
        return False
    title = text[label.length :].lstrip(" .:—–-")
    return not title or (bool(label.type or text[0] == "§") and is_title_case(title, layout.language.lowercase_in_titles))


LONGEST_TITLE = 60  # characters


def _whole_paragraphs(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Where each paragraph is one line: long ones set in, between others at the margin, so that no first lines are set in there."""
    if not at or not rows[at].gap or not _is_long_inset(rows, at, layout) or not _at_margin(rows, at, -1, layout):
        return None
    end = at + 1
    while end < len(rows) and rows[end].gap <= layout.spacing and _is_long_inset(rows, end, layout):
        end += 1
    if not _at_margin(rows, end - 1, 1, layout):
        return None
    evidence = f"{end - at} paragraphs set in from the margin"
    return Match("quotation", end, evidence, 0.88, container=Container("quotation", rows[at].line))


def _is_long_inset(rows: Rows, at: int, layout: Layout) -> bool:
    row = rows[at]
    return row.indent >= layout.margin + 3 and len(row.text) > LONGEST_LINE and not _is_marked(row)


def _at_margin(rows: Rows, at: int, step: int, layout: Layout) -> bool:
    """Whether the nearest long line above or below, if there is one near, stands at the margin."""
    near = rows[max(0, at - FAR) : at][::-1] if step < 0 else rows[at + 1 : at + 1 + FAR]
    text = (row for row in near if len(row.text) > LONGEST_LINE and not (row.indent > layout.margin and _is_marked(row)))
    return next((row.indent <= layout.margin + 1 for row in text), step > 0)


def _is_marked(row: Row) -> bool:
    """Whether a line begins an item of a list or a note, which may be set in."""
    return row.text[0] in "[*+|(" or _MARKED.match(row.text) is not None


_DITTO = re.compile(r"[\"”„] ")
LONGEST_LINE = 80  # characters: more is a paragraph whose lines are not cut
FAR = 12  # rows


def _goes_on_with_entry(rows: Rows, at: int, layout: Layout) -> bool:
    """Whether lines stand as far in as those below the first of the paragraph above, which hangs out to the margin: an entry of a list of
    persons may have more paragraphs than one.
    """
    far, first = rows[at].indent, at - 1
    if far <= layout.margin or rows[first].indent != far:
        return False
    while first > 0 and rows[first].indent == far and rows[first].gap <= 1:
        first -= 1
    return rows[first].indent == layout.margin and not rows[first + 1].gap and (not first or rows[first].gap > 0)


def _is_number_at_top(row: Row, layout: Layout) -> bool:
    """Whether a number stands alone in the middle of the first line of a page, whose top leaves no other white space above it."""
    label = bare_label(row.text) if row.page and is_centred(row, layout) else None
    return label is not None and label.length >= len(row.text.rstrip("."))


def indented_quotation(rows: Rows, at: int, layout: Layout) -> Match | None:
    """Running text set in from the margin, all its lines, is a quotation or document."""
    if layout.style == "unwrapped":
        return _whole_paragraphs(rows, at, layout)
    if _DITTO.match(rows[at].text):
        return None  # a remark on a verse, below the word "Line" of the one above
    least = layout.margin + max(3, layout.indent + 1)
    if rows[at].gap == 1 and _goes_on_with_entry(rows, at, layout):
        return None
    little = SET_IN - (rows[at].text[0] in '"“„«' and at + 1 < len(rows) and rows[at + 1].indent > rows[at].indent)
    if rows[at].indent == layout.margin + little and layout.indent < SET_IN and layout.style == "blank" and rows[at].gap:
        return _slightly_set_in(rows, at, layout)
    chunk = rows[at + 1 : chunk_end(rows, at)]
    if rows[at].indent < least or (0 < len(chunk) < SHORT and all(row.indent < least for row in chunk)):
        return None  # nor is a paragraph whose first line alone stands so far in
    end = at + 1
    count = len(rows)
    # the block goes on as long as no line comes back to the margin
    strict = layout.style == "indent" or layout.indent >= 2  # paragraphs have their first line set in nearly as far
    while (
        end < count
        and rows[end].gap <= 1
        and rows[end].indent >= (least if strict and (rows[end].gap or layout.style == "indent") else least - 1)
        and not begins_note(rows[end])
    ):
        if rows[end].gap and (rows[end - 1].text.startswith(("--", "—")) or _counts_below(rows, end, layout)):
            break  # the source ends it
        if (rows[end].gap and over_flush_text(rows, end, layout)) or _is_number_at_top(rows[end], layout):
            break  # the title of the next piece
        end += 1
    while end > at + 1 and not any(map(str.isalnum, rows[end - 1].text)) and rows[end - 1].gap:
        end -= 1  # the stars below it
    end = _before_pictures(rows, at, end, layout)
    block = rows[at:end]
    if len(block) > 1 and block[1].gap and block[1].indent < rows[at].indent and verse(rows, at + 1, layout) is not None:
        return None  # the title over a song
    inner = [row for row in block if row.gap == 0]
    if len(block) < 2 or (not inner and len(block) < 4):
        return None
    widest = max(row.width for row in block)
    loose = loose_lines(block, widest)
    if layout.style == "indent" and end < count and rows[end].gap == 0 and end - at == 1:
        return None
    if loose > 0.5 * len(block) + 1 or are_items(block):
        return None
    return Match("quotation", end, f"{len(block)} lines set in from the margin", 0.93, container=Container("quotation", rows[at].line))
