"""The quoted words of the whole book, as marks of one flow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tei_pipeline import model
from tei_pipeline.inline import emphasis
from tei_pipeline.inline.around import Around
from tei_pipeline.inline.flow import Flow, Make, Mark
from tei_pipeline.inline.literature import citation
from tei_pipeline.model import Content, Spans

if TYPE_CHECKING:
    from tei_pipeline.inline.book import Book
    from tei_pipeline.inline.quotes.pairs import Quote


def quoted(flow: Flow, book: Book, others: Sequence[Mark]) -> list[Mark]:
    """The quoted words of a flow; one that crosses emphasised words is given in parts, so that both are told."""
    found: list[Mark] = []
    quotes = book.quotes_between(*flow.reach())
    if not quotes:
        return found
    sources = {mark.start: mark.key for mark in others if mark.key is not None and mark.rank == citation.RANK}
    edges = Around([mark for mark in others if mark.rank == emphasis.RANK])
    for quote in quotes:
        start, last = flow.place(quote.start), flow.place(quote.end - 1)
        if start is None or last is None:
            continue
        after = last + 1
        while after < len(flow.text) and flow.text[after] == " ":
            after += 1
        source = sources.get(after)
        if quote.key is not None:  # its other parts point at it: it gives way to nothing, and is q as they are, whatever follows it
            found.append(Mark(start, last + 1, _quote(quote, None), 1, quote.key, True))
            continue
        cuts = sorted({_cut(start, mark) for mark in edges.crossing(start, last + 1)})
        if not cuts:
            found.append(Mark(start, last + 1, _quote(quote, source), 4, None, True))
            continue
        starts, ends = [start, *(second for _, second in cuts)], [*(first for first, _ in cuts), last + 1]
        keys = [f"iq{quote.start}", *(f"iq{quote.start}-at-{second}" for _, second in cuts)]
        for at, key in enumerate(keys):
            piece = quote._replace(key=key, next=keys[at + 1] if at + 1 < len(keys) else None, prev=keys[at - 1] if at else None)
            end = ends[at] - (flow.text[ends[at] - 1] == " ")
            found.append(Mark(starts[at], end, _quote(piece, source), 4, key, True))
    return found


def _cut(start: int, mark: Mark) -> tuple[int, int]:
    """Where a range that crosses emphasised words is cut: the end of its first part, the start of its second, their sign in neither."""
    return (mark.start, mark.start + 1) if start < mark.start else (mark.end - 1, mark.end)


def _quote(quote: Quote, source: str | None) -> Make:
    def make(content: Content, spans: Spans) -> model.Quoted:
        return model.Quoted(content, source is not None, source, quote.key, quote.next, quote.prev, spans)

    return make
