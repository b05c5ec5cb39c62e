"""The inline rules, asked in order for every flow: what is marked inside running text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from tei_pipeline import model
from tei_pipeline.decisions import Decision
from tei_pipeline.inline import citation, crossings, dates, emphasis, literature, reactions, running
from tei_pipeline.inline.around import parts_outside
from tei_pipeline.inline.brackets import brackets
from tei_pipeline.inline.flow import Flow, Make, Mark
from tei_pipeline.inline.quoted import quoted
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.inline.book import Book
    from tei_pipeline.inline.damage import Mend
    from tei_pipeline.layout import Layout
    from tei_pipeline.model import Content, Spans


class Anchor(Struct, frozen=True):
    """A reference to a note that the whole book has settled: its source range, number, own key and the keys of its notes."""

    start: int
    end: int
    n: str
    key: str
    notes: tuple[str, ...]
    why: Decision


class Context(Struct, frozen=True):
    """What inline rules may know besides the flow: the layout, the settled references, and what the flow stands in.

    ``note``: inside a note, after a label that ends at ``start``. ``year``: that of the heading, for dates in a chronicle.
    """

    layout: Layout
    anchors: tuple[Anchor, ...] = ()
    starts: tuple[int, ...] = ()
    kind: str = "paragraph"
    drama: bool = False
    book: Book | None = None
    note: bool = False
    start: int = 0
    year: int | None = None


CERTAINTY = {"high": 0.97, "medium": 0.9}
"""What @cert says, as the confidence of a decision."""

InlineRule = Callable[[Flow, Context], list[Mark]]


def references(flow: Flow, context: Context) -> list[Mark]:
    """The references to notes that were settled for the whole book."""
    if not context.anchors or not flow.offsets:
        return []
    found: list[Mark] = []
    first, last = flow.reach()
    for at in range(bisect_left(context.starts, first), bisect_left(context.starts, last)):
        anchor = context.anchors[at]
        start = flow.place(anchor.start)
        if start is not None:
            end = flow.place(anchor.end - 1)
            found.append(Mark(start, (end if end is not None and end >= start else start) + 1, _reference(anchor), 0))
    return found


def _reference(anchor: Anchor) -> Make:
    def make(content: Content, spans: Spans) -> model.Reference:
        return model.Reference(anchor.n, content, anchor.key, anchor.notes, spans, anchor.why)

    return make


_RESIDUE = re.compile(r"</?(?:p|i|b|em|span|div|br|h\d)\s?/?>|/p>|(?<=[.,;:!?])/(?:p|i|b)>")


def residue(flow: Flow, context: Context) -> list[Mark]:
    """Scraps of markup inside the text are left over from conversion."""
    if ">" not in flow.text:
        return []
    return [Mark(m.start(), m.end(), _surplus, 1) for m in _RESIDUE.finditer(flow.text)]


def _surplus(content: Content, spans: Spans) -> model.Surplus:
    return model.Surplus(content, "conversion", spans)


def mends(flow: Flow, context: Context) -> list[Mark]:
    """Damaged words that the book's own vocabulary proves."""
    book = context.book
    if book is None or not book.mends or not flow.offsets:
        return []
    found: list[Mark] = []
    for mend in book.mends_between(*flow.reach()):
        start, last = flow.place(mend.start), flow.place(mend.end - 1)
        if start is not None and last is not None and not any(start < at <= last for at, _ in flow.inserts):
            found.append(Mark(start, last + 1, _correction(mend), 1))
            book.mended(mend)
    return found


def _correction(mend: Mend) -> Make:
    def make(content: Content, spans: Spans) -> model.Correction:
        why = Decision(mend.rule, mend.evidence, CERTAINTY[mend.cert])
        return model.Correction(content, mend.meant, mend.cert, "software", spans, why)

    return make


def emphasised(flow: Flow, context: Context) -> list[Mark]:
    """Words between the marks of plain text (``_so_``, ``*so*``), in spaced letters, raised and lowered characters."""
    if context.book is None:
        return emphasis.emphasis(flow.text, emphasis.USUAL, None)
    found = emphasis.emphasis(flow.text, context.book.emphasis, context.book.vocabulary, context.book.language)
    for part in context.book.parts_between(*flow.reach()):
        start, last = flow.place(part.start), flow.place(part.end - 1)
        if start is not None and last is not None:
            found.append(Mark(start, last + 1, emphasis.part(part.key, part.next, part.prev), emphasis.RANK, part.key, True))
    return found


def directions(flow: Flow, context: Context) -> list[Mark]:
    """In a play what stands in brackets inside a speech is a stage direction; a square one at its end need not be closed."""
    text = flow.text
    if not context.drama or ("(" not in text and "[" not in text):
        return []
    found = [Mark(b.start, b.end, _stage, 2) for b in brackets(text) if len(b.inner) > 1 and any(map(str.islower, b.inner))]
    begins = text.rfind("[")
    if (
        begins > 0
        and "]" not in text[begins:]
        and len(text) - begins <= LONGEST_EXIT
        and text[begins + 1 : begins + 3].lstrip("_")[:1].isupper()
    ):
        found.append(Mark(begins, len(text), _stage, 2))
    return found


LONGEST_EXIT = 80  # characters: an exit or action that is printed at the end of a verse


def notes_within(flow: Flow, context: Context) -> list[Mark]:
    """A bracket inside the text that says that it is a note, or stood in the margin: "[Footnote: It was sold.]"."""
    text = flow.text
    if "[" not in text or ":" not in text or context.note or not flow.offsets:
        return []
    found: list[Mark] = []
    for m in words(context.layout.language).note_within.finditer(text):
        if found and m.start() < found[-1].end:
            continue
        end = _closed(text, m.start())
        if end and end - m.start() < len(text):
            found.append(Mark(m.start(), end, _note_of(flow.source(m.start()), m["n"], "inline" if m["foot"] else "margin"), 0))
    return found


LONGEST_WITHIN = 3000  # characters of a note inside a paragraph: beyond, its bracket was lost


def _closed(text: str, at: int) -> int:
    """Past the bracket that closes the one at a place; 0 if none does."""
    depth = 0
    for m in _BRACKET.finditer(text, at, at + LONGEST_WITHIN):
        depth += 1 if m[0] == "[" else -1
        if not depth:
            return m.end()
    return 0


_BRACKET = re.compile(r"[\[\]]")


def _note_of(offset: int, n: str | None, place: Literal["inline", "margin"]) -> Make:
    def make(content: Content, spans: Spans) -> model.Note:
        why = Decision("note-within", "a bracket that says that it is a note", 0.95)
        return model.Note(f"nb{offset}", n, place, (model.Paragraph(content, spans, why),), None, (), None, spans, why)

    return make


def _stage(content: Content, spans: Spans) -> model.Stage:
    return model.Stage(content, None, spans)


def bracketed(flow: Flow, context: Context) -> list[Mark]:
    """What stands in brackets: a reaction of those who hear a speech, a reference to literature, or to another place of the book."""
    text = flow.text
    book = context.book
    if book is None or context.drama or ("(" not in text and "[" not in text):
        return []
    found: list[Mark] = []
    lost = reactions.unclosed(text, book.language) if book.spoken and text.count("(") > text.count(")") else ()
    for bracket in (*brackets(text), *lost):
        if bracket.start < context.start:
            continue
        reaction = reactions.kind_of(bracket.inner, bracket.apart, book.language, book.spoken)
        if reaction is not None:
            found.append(reactions.mark(bracket, reaction))
            continue
        kind = literature.kind_of(bracket.inner, book.language, text[bracket.start] == "[")
        if kind == "bibl":
            if not context.note:  # in a note they are found with the others, in order: "ibid." means the one before it
                found.extend(_bibl(flow, context, book, bracket.start, bracket.end))
        elif kind == "cross":
            found.append(crossings.bracketed(text, bracket.start + 1, bracket.end - 1, book.language, _note_at(flow, context)))
    return found


def noted(flow: Flow, context: Context) -> list[Mark]:
    """The references to literature in a note, or the note that is nothing else."""
    book = context.book
    if book is None or not context.note:
        return []
    text = flow.text
    spans = running.references(text, context.start, book.language)
    if len(spans) < 2 and context.start and len(text) - context.start <= literature.LONGEST_NOTE:
        whole = literature.whole(text, context.start, book.language)
        if whole is not None and not (spans and literature.says_more(text[spans[0][1] : whole[1]])):
            spans = [whole]
    apart = [
        (b.start, b.end, literature.kind_of(b.inner, book.language, text[b.start] == "["))
        for b in (brackets(text) if "(" in text or "[" in text else ())
        if b.start >= context.start
    ]
    spans = [span for span in spans if not any(kind and start < span[1] and span[0] < end for start, end, kind in apart)]
    spans += [(start, end) for start, end, kind in apart if kind == "bibl"]
    found: list[Mark] = []
    for span in sorted(spans):
        for start, end in running.apart(text, *span, book.language) if ";" in text else (span,):
            found.extend(_bibl(flow, context, book, start, end))
    return found


def _bibl(flow: Flow, context: Context, book: Book, start: int, end: int) -> list[Mark]:
    """The reference, its parts, and the one that it repeats."""
    words = book.cues
    inner = (start + 1, end - 1) if flow.text[start] in "([" else (start, end)
    key = f"bibl{flow.source(start)}"
    repeats = book.repeats(flow.text[inner[0] : inner[1]], key, context.note)

    def make(content: Content, spans: Spans) -> model.Bibl:
        return model.Bibl(content, key, repeats, spans)

    return [
        Mark(start, end, make, citation.RANK, key, True),
        *citation.marks(citation.parts(flow.text, *inner, words), flow.text, book.language),
    ]


def published(flow: Flow, context: Context) -> list[Mark]:
    """The parts of the line that says where a piece was published."""
    book = context.book
    if book is None or context.kind != "imprint":
        return []
    said = book.cues.published.match(flow.text)
    start = said.end() if said is not None else 0
    return citation.marks(citation.parts(flow.text, start, len(flow.text), book.cues), flow.text, book.language)


def crossed(flow: Flow, context: Context) -> list[Mark]:
    """References to other places of the book in running text."""
    if context.book is None:
        return []
    return crossings.marks(flow.text, context.book.language, _note_at(flow, context), context.book.crossing_cues)


def _note_at(flow: Flow, context: Context) -> crossings.Note:
    """The note whose reference with that number stands nearest before this flow, or nearest after what begins it."""

    def key(n: str, below: bool) -> str | None:
        at = bisect_left(context.starts, flow.offsets[0]) if flow.offsets else 0
        before, after = context.anchors[:at][::-1], context.anchors[at:]
        nearest = (anchor for anchors in ((after,) if below else (before, after)) for anchor in anchors if anchor.n == n and anchor.notes)
        found = next(nearest, None)
        return found.notes[0] if found is not None else None

    return key


def dated(flow: Flow, context: Context) -> list[Mark]:
    """Dates."""
    if context.book is None:
        return []
    return dates.marks(flow.text, context.book.language, context.year)


INLINE: tuple[InlineRule, ...] = (
    references,
    residue,
    mends,
    notes_within,
    directions,
    bracketed,
    noted,
    published,
    crossed,
    dated,
    emphasised,
)


def marks(flow: Flow, context: Context) -> list[Mark]:
    """All marks of all inline rules, in their order; then quoted words, which a reference that follows makes a quotation."""
    found: list[Mark] = []
    for rule in INLINE:
        found.extend(rule(flow, context))
    if context.book is not None and context.book.quotes:
        found.extend(quoted(flow, context.book, found))
    if context.book is not None and context.book.editor is not None:
        found = context.book.editor.marks(flow, found)
    return parts_outside(found)
