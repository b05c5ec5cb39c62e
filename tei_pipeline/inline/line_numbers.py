"""The numbers of verses in the right margin of a play, whose prose is counted too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tei_pipeline import model
from tei_pipeline.inline.flow import Flow, Mark

if TYPE_CHECKING:
    from tei_pipeline.inline.context import Context
    from tei_pipeline.model import Content, Spans

WIDE = 3  # columns, at least, between the words and the number
STEP = 5  # lines from one number to the next
_FIGURE = re.compile(r"(?<=\S) (_?(\d{1,4}))(?=\s|$)")


def line_numbers(flow: Flow, context: Context) -> list[Mark]:
    """A number far to the right of the words of a speech, at the end of a printed line, counts the lines of the play."""
    if not context.drama:
        return []
    return [Mark(start, end, _furniture, 0) for start, end in in_margin(flow)]


def in_margin(flow: Flow) -> list[tuple[int, int]]:
    """Where numbers that count lines stand in the flow."""
    if not any(map(str.isdigit, flow.text)):
        return []
    found = [(m.start(1), m.end(1)) for m in _FIGURE.finditer(flow.text) if int(m[2]) % STEP == 0]
    return [
        (start, end)
        for start, end in found
        if flow.source(start) - flow.source(start - 1) >= WIDE and (end == len(flow.text) or end in flow.places)
    ]


def _furniture(content: Content, spans: Spans) -> model.Furniture:
    return model.Furniture("lineNum", content, spans)
