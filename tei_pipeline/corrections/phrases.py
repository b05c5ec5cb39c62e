"""Corrections inside paragraphs: readings, quotations that the editor marks, wrong inlines that are left out; and where paragraphs part."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct, field

from tei_pipeline import model
from tei_pipeline.corrections.anchor import Located
from tei_pipeline.corrections.text import Place
from tei_pipeline.decisions import Decision
from tei_pipeline.inline.flow import Flow, Make, Mark
from tei_pipeline.inline.quotes.pairs import Quote
from tei_pipeline.inline.runs import Run, offsets
from tei_pipeline.model import Content, Spans
from tei_pipeline.source import Span

RANK = -1  # before every rule's
_NODES: dict[str, tuple[type, ...]] = {
    "quotation": (model.Quoted,),
    "date": (model.Date,),
    "reference": (model.Bibl, model.Field, model.Cited),
    "emphasis": (model.Highlight,),
    "reading": (model.Correction,),
    "link": (model.Reference, model.Link),
    "reaction": (model.Reaction,),
    "stage": (model.Stage,),
    "residue": (model.Surplus,),
}
KINDS = frozenset({"reading", "quotation", "remove"})


class Phrases(Struct):
    """The corrections inside paragraphs, as marks of whatever flow holds their words. ``applied`` are those that found their flow.

    ``crossing``: those that would cut quoted words which go on in another paragraph.
    """

    corrections: tuple[Located, ...] = ()
    parts: dict[int, tuple[Quote, ...]] = field(default_factory=dict)
    applied: set[int] = field(default_factory=set)
    crossing: set[int] = field(default_factory=set)
    _starts: list[int] = field(default_factory=list)

    def marks(self, flow: Flow, found: list[Mark]) -> list[Mark]:
        """The marks of a flow as the editor wants them."""
        if not self.corrections or not flow.offsets:
            return found
        first, last = flow.reach()
        for one in self.corrections:
            if one.start >= last or one.range.end <= first:
                continue
            if one.entry.kind == "quotation":
                found = self._quoted(flow, found, one)
                continue
            start, end = flow.place(one.start), flow.place(one.end - 1)
            if start is None or end is None:
                continue
            if one.entry.kind == "reading" and _crosses(found, start, end + 1):
                self.crossing.add(id(one))
                continue
            self.applied.add(id(one))
            if one.entry.kind == "reading":
                found = [mark for mark in found if not _is(mark, "reading") or mark.end <= start or mark.start > end]
                found.append(Mark(start, end + 1, _reading(one), RANK))
            else:
                found = [mark for mark in found if not (_is(mark, one.entry.become) and _covers(mark, start, end + 1, flow.text))]
        return found

    def _quoted(self, flow: Flow, found: list[Mark], one: Located) -> list[Mark]:
        for quote in self.parts.get(id(one), ()):
            start, end = flow.place(quote.start), flow.place(quote.end - 1)
            if start is not None and end is not None:
                if _crosses(found, start, end + 1):
                    self.crossing.add(id(one))
                    continue
                self.applied.add(id(one))
                same = [mark for mark in found if (mark.start, mark.end) == (start, end + 1) and _is(mark, "quotation")]
                found = [mark for mark in found if mark not in same]
                found.append(Mark(start, end + 1, _quote(quote, one.decision), RANK, quote.key, True))
        return found


def phrases(corrections: Iterable[Located], runs: Sequence[Run]) -> Phrases:
    """The corrections of the kinds that stand inside paragraphs; a quotation over several paragraphs in parts, one in each run."""
    listed = list(corrections)
    chosen = tuple(one for one in listed if one.entry.kind in KINDS and one.entry.become != "supplied")
    parts: dict[int, tuple[Quote, ...]] = {}
    for one in chosen:
        if one.entry.kind == "quotation":
            parts[id(one)] = _parts(one.range, runs, list(cuts(listed)))
    return Phrases(chosen, parts)


def without(quotes: Sequence[Quote], corrections: Iterable[Located]) -> tuple[Quote, ...]:
    """The quoted words of the book without those that the editor takes away, all parts of one together."""
    listed = list(corrections)
    ranges = [one for one in listed if one.entry.kind == "remove" and one.entry.become == "quotation"]
    parted = list(cuts(listed))
    if not ranges and not parted:
        return tuple(quotes)
    gone: set[str] = set()
    hit: set[tuple[int, int]] = set()
    for one in ranges:
        for quote in quotes:
            if quote.start < one.end and one.start < quote.end and abs(quote.start - one.start) <= 1:
                hit.add((quote.start, quote.end))
                gone.update(key for key in (quote.key, quote.next, quote.prev) if key)
    for quote in quotes if parted else ():  # a new paragraph begins inside it: what is quoted cannot be told from one mark alone
        if any(quote.start < place < quote.end for place in parted):
            hit.add((quote.start, quote.end))
            gone.update(key for key in (quote.key, quote.next, quote.prev) if key)
    known: Collection[str] = ()
    while gone and len(known) != len(gone):
        known = set(gone)
        for quote in quotes:
            if quote.key in gone:
                gone.update(key for key in (quote.next, quote.prev) if key)
    return tuple(quote for quote in quotes if (quote.start, quote.end) not in hit and not (quote.key and quote.key in gone))


def cuts(corrections: Iterable[Located]) -> dict[int, Decision]:
    """The source offsets at which a new paragraph begins, in order."""
    return {one.start: one.decision for one in sorted(corrections, key=lambda one: one.start) if one.entry.kind == "split"}


def _parts(place: Place, runs: Sequence[Run], parted: Sequence[int]) -> tuple[Quote, ...]:
    first = next((at for at, run in enumerate(runs) if _holds(run, place.start)), None)
    last = next((at for at, run in enumerate(runs) if _holds(run, place.end - 1)), None)
    if first is None or last is None:
        return ()
    stream = runs[first].inside("note")  # a note that stands between is not part of what is quoted around it
    ranges: list[tuple[int, int]] = []
    for run in (run for run in runs[first : last + 1] if run.inside("note") == stream):
        begin, stop = offsets(run.rows)
        start, end = max(place.start, begin), min(place.end, stop)
        edges = [start, *(cut for cut in parted if start < cut < end), end]
        ranges += [(a, b) for a, b in zip(edges, edges[1:], strict=False) if a < b]
    if len(ranges) < 2:
        return tuple(Quote(start, end) for start, end in ranges)
    keys = [f"iqe{start}" for start, _ in ranges]
    return tuple(
        Quote(start, end, keys[at], keys[at + 1] if at + 1 < len(keys) else None, keys[at - 1] if at else None)
        for at, (start, end) in enumerate(ranges)
    )


def _holds(run: Run, offset: int) -> bool:
    return any(start <= offset < start + len(row.text) for row, start in run.rows)


_SOME: Content = (model.Text("----", (Span(0, 4),)),)  # content for a node that is made only to see what it is


def _is(mark: Mark, what: str) -> bool:
    """Whether a mark makes a node of that kind."""
    return isinstance(mark.make(_SOME, (Span(0, 4),)), _NODES[what])


def _crosses(found: Iterable[Mark], start: int, end: int) -> bool:
    """Whether a range crosses quoted words that are a part of more: their other parts point at them."""
    for mark in found:
        if mark.key is None or not (mark.start < start < mark.end < end or start < mark.start < end < mark.end):
            continue
        node = mark.make(_SOME, (Span(0, 4),))
        if isinstance(node, model.Quoted) and (node.next or node.prev):
            return True
    return False


def _covers(mark: Mark, start: int, end: int, text: str) -> bool:
    """Whether a mark covers these characters, or all of it lies in them; white space and quotation marks at the edges aside."""
    if start <= mark.start and mark.end <= end:
        return True
    return mark.start <= start and end <= mark.end and not any(map(str.isalnum, text[mark.start : start] + text[end : mark.end]))


def _reading(one: Located) -> Make:
    def make(content: Content, spans: Spans) -> model.Correction:
        return model.Correction(content, one.entry.read, "high", one.who, spans, one.decision)

    return make


def _quote(quote: Quote, why: Decision) -> Make:
    def make(content: Content, spans: Spans) -> model.Quoted:
        return model.Quoted(content, False, None, quote.key, quote.next, quote.prev, spans, why)

    return make
