"""References to literature become ``bibl``: those of a note, and the line that says where a piece was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tei_pipeline import model
from tei_pipeline.inline.brackets import brackets, unclosed
from tei_pipeline.inline.flow import Flow, Mark
from tei_pipeline.inline.literature import citation, references, running

if TYPE_CHECKING:
    from tei_pipeline.inline.book import Book
    from tei_pipeline.inline.context import Context
    from tei_pipeline.model import Content, Spans


def noted(flow: Flow, context: Context) -> list[Mark]:
    """The references to literature in a note, or the note that is nothing else."""
    book = context.book
    if book is None or not context.note:
        return []
    text = flow.text
    spans = running.references(text, context.start, book.language)
    if len(spans) < 2 and context.start and len(text) - context.start <= references.LONGEST_NOTE:
        whole = references.whole(text, context.start, book.language)
        if whole is not None and not (spans and references.says_more(text[spans[0][1] : whole[1]])):
            spans = [whole]
    between = [*brackets(text)] if "(" in text or "[" in text else []
    if (last := unclosed(text)) is not None:
        between.append(last)
    apart = [
        (b.start, b.end, references.kind_of(b.inner, book.language, text[b.start] == "[")) for b in between if b.start >= context.start
    ]
    spans = [span for span in spans if not any(kind and start < span[1] and span[0] < end for start, end, kind in apart)]
    spans += [(start, end) for start, end, kind in apart if kind == "bibl"]
    found: list[Mark] = []
    for span in sorted(spans):
        for start, end in running.apart(text, *span, book.language) if ";" in text else (span,):
            found.extend(bibl(flow, context, book, start, end))
    return found


def published(flow: Flow, context: Context) -> list[Mark]:
    """The parts of the line that says where a piece was published."""
    book = context.book
    if book is None or context.kind != "imprint":
        return []
    said = book.cues.published.match(flow.text)
    start = said.end() if said is not None else 0
    return citation.marks(citation.parts(flow.text, start, len(flow.text), book.cues), flow.text, book.language)


def bibl(flow: Flow, context: Context, book: Book, start: int, end: int) -> list[Mark]:
    """The reference, its parts, and the one that it repeats."""
    words = book.cues
    inner = (start + (flow.text[start] in "(["), end - (flow.text[start] in "([" and flow.text[end - 1] in ")]"))
    key = f"bibl{flow.source(start)}"
    repeats = book.repeats(flow.text[inner[0] : inner[1]], key, context.note)

    def make(content: Content, spans: Spans) -> model.Bibl:
        return model.Bibl(content, key, repeats, spans)

    return [
        Mark(start, end, make, citation.RANK, key, True),
        *citation.marks(citation.parts(flow.text, *inner, words), flow.text, book.language),
    ]
