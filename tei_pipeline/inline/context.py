"""What inline rules are told besides the running text, and what one is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from tei_pipeline.decisions import Decision
from tei_pipeline.inline.flow import Flow, Mark

if TYPE_CHECKING:
    from tei_pipeline.inline.book import Book
    from tei_pipeline.layout import Layout


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


InlineRule = Callable[[Flow, Context], list[Mark]]
