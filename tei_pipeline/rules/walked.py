"""How far lines reach, walked once: from each line of a stretch its end is the same, and rules ask at one after the other."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING

from tei_pipeline.blocks import Rows
from tei_pipeline.remembered import Same, remembered

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

Reach = Callable[[Rows, int, "Layout"], int]
DEEPEST = 8  # containers in each other, whose rows are walked in turn


class _Stretch:
    """Where the lines began and ended that were walked last, and with which layout."""

    __slots__ = ("end", "layout", "start")

    def __init__(self) -> None:
        self.layout: Layout | None = None
        self.start = self.end = 0


def walked_once(walk: Reach) -> Reach:
    """A function that finds the end of the stretch to which a line belongs, where what ends it does not depend on where it began."""

    @remembered(DEEPEST)
    def last(_: Same[Rows]) -> _Stretch:
        return _Stretch()

    @wraps(walk)
    def reach(rows: Rows, at: int, layout: Layout) -> int:
        known = last(Same(rows))
        if known.layout is not layout or not known.start <= at < known.end:
            known.layout, known.start, known.end = layout, at, walk(rows, at, layout)
        return known.end

    return reach
