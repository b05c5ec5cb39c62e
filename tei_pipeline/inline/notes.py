"""Notes in running text: the references to them, and notes that stand inside a paragraph."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Literal

from tei_pipeline import model
from tei_pipeline.decisions import Decision
from tei_pipeline.inline import crossings
from tei_pipeline.inline.flow import Flow, Make, Mark
from tei_pipeline.rules.words import words

if TYPE_CHECKING:
    from tei_pipeline.inline.context import Anchor, Context
    from tei_pipeline.model import Content, Spans

LONGEST_WITHIN = 3000  # characters of a note inside a paragraph: beyond, its bracket was lost
CLOSING = {"[": "]", "{": "}", "<": ">", "(": ")"}
SIGNED = re.compile(r"(?P<n>[*†‡§]{1,4})\s?(?P<open>[(\[])(?P=n)\s(?=[^\s*†‡§])")


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


def notes_within(flow: Flow, context: Context) -> list[Mark]:
    """A bracket inside the text that says that it is a note, or stood in the margin: "[Footnote: It was sold.]", or that begins with the
    sign right before it: "a rope* (* It was sold.)".
    """
    text = flow.text
    if not any(bracket in text for bracket in CLOSING) or context.note or not flow.offsets:
        return []
    found: list[Mark] = []
    for m in SIGNED.finditer(text):
        end = _closed(text, m.start("open"))
        if end and not (found and m.start() < found[-1].end):
            offset = flow.source(m.start("open"))
            found.append(Mark(m.start("open"), end, _note_of(f"nb{offset}", m["n"], "inline", _referring(offset, context)), 0))
    if ":" not in text:
        return found
    for m in words(context.layout.language).note_within.finditer(text):
        if any(mark.start <= m.start() < mark.end for mark in found):
            continue
        end = _closed(text, m.start())
        if end and end - m.start() < len(text):
            offset = flow.source(m.start())
            made = _note_of(f"nb{offset}", m["n"], "inline" if m["foot"] else "margin", _referring(offset, context))
            found.append(Mark(m.start(), end, made, 0))
    return found


def _closed(text: str, at: int) -> int:
    """Past the bracket that closes the one at a place; 0 if none does."""
    depth = 0
    closing = CLOSING[text[at]]
    for place in range(at, min(len(text), at + LONGEST_WITHIN)):
        depth += (text[place] == text[at]) - (text[place] == closing)
        if not depth:
            return place + 1
    return 0


def _referring(offset: int, context: Context) -> tuple[str, ...]:
    """The key of the settled reference to a note inside a paragraph, among those above it."""
    at = bisect_left(context.starts, offset)
    return tuple(anchor.key for anchor in context.anchors[max(0, at - MOST_BETWEEN) : at] if anchor.notes == (f"nb{offset}",))


MOST_BETWEEN = 40  # references between a note inside a paragraph and that to it


def _note_of(key: str, n: str | None, place: Literal["inline", "margin"], referring: tuple[str, ...]) -> Make:
    def make(content: Content, spans: Spans) -> model.Note:
        why = Decision("note-within", "a bracket that says that it is a note", 0.95)
        return model.Note(key, n, place, (model.Paragraph(content, spans, why),), None, referring, None, spans, why)

    return make


def note_at(flow: Flow, context: Context) -> crossings.Note:
    """The note whose reference with that number stands nearest before this flow, or nearest after what begins it."""

    def key(n: str, below: bool) -> str | None:
        at = bisect_left(context.starts, flow.offsets[0]) if flow.offsets else 0
        before, after = context.anchors[:at][::-1], context.anchors[at:]
        nearest = (anchor for anchors in ((after,) if below else (before, after)) for anchor in anchors if anchor.n == n and anchor.notes)
        found = next(nearest, None)
        return found.notes[0] if found is not None else None

    return key
