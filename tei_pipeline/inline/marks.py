"""The inline rules, asked in order for every flow: what is marked inside running text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline import model
from tei_pipeline.decisions import Decision
from tei_pipeline.inline import crossings, dates, emphasis
from tei_pipeline.inline.around import parts_outside
from tei_pipeline.inline.context import Context, InlineRule
from tei_pipeline.inline.flow import Flow, Make, Mark
from tei_pipeline.inline.in_brackets import bracketed, directions
from tei_pipeline.inline.line_numbers import line_numbers
from tei_pipeline.inline.literature.bibl import noted, published
from tei_pipeline.inline.notes import note_at, notes_within, references
from tei_pipeline.inline.quotes.quoted import quoted

if TYPE_CHECKING:
    from tei_pipeline.inline.damage.mends import Mend
    from tei_pipeline.model import Content, Spans

CERTAINTY = {"high": 0.97, "medium": 0.9}
"""What @cert says, as the confidence of a decision."""
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


def crossed(flow: Flow, context: Context) -> list[Mark]:
    """References to other places of the book in running text."""
    if context.book is None:
        return []
    return crossings.marks(flow.text, context.book.language, note_at(flow, context), context.book.crossing_cues)


def dated(flow: Flow, context: Context) -> list[Mark]:
    """Dates."""
    if context.book is None:
        return []
    return dates.marks(flow.text, context.book.language, context.year)


INLINE: tuple[InlineRule, ...] = (
    references,
    line_numbers,
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
