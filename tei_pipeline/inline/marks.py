"""The inline rules, asked in order for every flow: what is marked inside running text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tei_pipeline import model
from tei_pipeline.decisions import Decision
from tei_pipeline.inline.flow import Flow, Mark

if TYPE_CHECKING:
    from tei_pipeline.inline.book import Book
    from tei_pipeline.layout import Layout
    from tei_pipeline.model import Content
    from tei_pipeline.source import Span


@dataclass(frozen=True, slots=True)
class Anchor:
    """A reference to a note that the whole book has settled: its source range, number, own key and the keys of its notes."""

    start: int
    end: int
    n: str
    key: str
    notes: tuple[str, ...]
    why: Decision


@dataclass(frozen=True, slots=True)
class Context:
    """What inline rules may know besides the flow: the layout, the settled references, and the kind of block they are in."""

    layout: Layout
    anchors: tuple[Anchor, ...] = ()
    starts: tuple[int, ...] = ()
    kind: str = "paragraph"
    drama: bool = False
    book: Book | None = None


InlineRule = Callable[[Flow, Context], list[Mark]]


def references(flow: Flow, context: Context) -> list[Mark]:
    """The references to notes that were settled for the whole book."""
    if not context.anchors or not flow.places:
        return []
    found: list[Mark] = []
    for k, offset in enumerate(flow.offsets):
        place = flow.places[k]
        length = (flow.places[k + 1] if k + 1 < len(flow.places) else len(flow.text)) - place
        i = bisect_left(context.starts, offset)
        while i < len(context.anchors) and context.anchors[i].start < offset + length:
            anchor = context.anchors[i]
            start = place + anchor.start - offset
            end = min(start + anchor.end - anchor.start, place + length)

            def make(content: Content, spans: tuple[Span, ...], anchor: Anchor = anchor) -> model.Reference:
                return model.Reference(anchor.n, content, anchor.key, anchor.notes, spans, anchor.why)

            found.append(Mark(start, end, make, 0))
            i += 1
    return found


_EMPHASIS = re.compile(
    r"(?<![^\W_])(_)(?=\S)([^_]+?)(?<=\S)(_)(?![^\W_])|(?<![\w=])(=)(?=\S)([^=]+?)(?<=\S)(=)(?![\w=])|(?<!\w)(\+)(?=\w)([^+]{2,60}?)(?<=\w)(\+)(?!\w)"
)


def emphasis(flow: Flow, context: Context) -> list[Mark]:
    """Words between the marks of plain text (``_so_``, ``=so=``) are emphasised."""
    if "_" not in flow.text and "=" not in flow.text:
        return []
    found: list[Mark] = []
    for m in _EMPHASIS.finditer(flow.text):
        if m[7]:
            continue
        rend = "italic" if m[1] else "bold"
        found.append(Mark(m.start(), m.end(), _highlight(rend), 2))
    return found


def _highlight(rend: str) -> Callable[[Content, tuple[Span, ...]], model.Highlight]:
    def make(content: Content, spans: tuple[Span, ...]) -> model.Highlight:
        return model.Highlight(rend, _with_marks(content, rend), spans)

    return make


def _with_marks(content: Content, rend: str) -> Content:
    """The first and last character of the content as metamarks."""
    first, last = content[0], content[-1]
    if not isinstance(first, model.Text) or not isinstance(last, model.Text):
        return content
    inner = list(content)
    span = first.spans[0]
    inner[0] = model.Text(first.value[1:], (type(span)(span.start + 1, span.end),))
    last = inner[-1] if len(inner) > 1 else inner[0]
    assert isinstance(last, model.Text)
    end = content[-1].spans[-1].end
    closing = last.value[-1]
    inner[-1] = model.Text(last.value[:-1], (type(span)(last.spans[0].start, end - 1),))
    return (
        model.Metamark(rend, first.value[0], (type(span)(span.start, span.start + 1),)),
        *(node for node in inner if not (isinstance(node, model.Text) and not node.value)),
        model.Metamark(rend, closing, (type(span)(end - 1, end),)),
    )


_RESIDUE = re.compile(r"</?(?:p|i|b|em|span|div|br|h\d)\s?/?>|/p>|(?<=[.,;:!?])/(?:p|i|b)>")


def residue(flow: Flow, context: Context) -> list[Mark]:
    """Scraps of markup inside the text are left over from conversion."""
    if ">" not in flow.text:
        return []
    return [
        Mark(m.start(), m.end(), lambda content, spans: model.Surplus(content, "conversion", spans), 1)
        for m in _RESIDUE.finditer(flow.text)
    ]


_DIRECTION = re.compile(r"\([^()]{2,600}\)|\[[^\[\]]{2,600}\]")


def directions(flow: Flow, context: Context) -> list[Mark]:
    """In a play what stands in brackets inside a speech is a stage direction."""
    if not context.drama:
        return []
    return [
        Mark(m.start(), m.end(), lambda content, spans: model.Stage(content, None, spans), 3)
        for m in _DIRECTION.finditer(flow.text)
        if any(c.islower() for c in m.group())
    ]


INLINE: tuple[InlineRule, ...] = (references, residue, directions, emphasis)


def marks(flow: Flow, context: Context) -> list[Mark]:
    """All marks of all inline rules, in their order."""
    found: list[Mark] = []
    for rule in INLINE:
        found.extend(rule(flow, context))
    return found
