"""Reasons: the rows of a table that says whether a rule takes some lines, and how far; the first that applies decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from tei_pipeline.blocks import Rows

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout

Lines = TypeVar("Lines")

NOT = 0.0


class Reason(NamedTuple, Generic[Lines]):
    """What is the case, how sure it is then that a rule takes the lines (``NOT``: it does not), and past which line they end."""

    sure: float
    says: str
    when: Callable[[Lines], object]
    end: Callable[[Lines], int] = attrgetter("end")


class Candidate:
    """Lines from row ``at`` on that a rule may take, and what stands around them. What its table asks of them are cached properties, so
    that each thing is looked at when it is first asked for, and once.
    """

    def __init__(self, rows: Rows, at: int, layout: Layout) -> None:
        self.rows, self.at, self.layout = rows, at, layout
        self.row = rows[at]


def first(reasons: Iterable[Reason[Lines]], lines: Lines) -> Reason[Lines]:
    """The first reason that applies; the last of a table always does."""
    return next(reason for reason in reasons if reason.when(lines))


def always(_: object) -> bool:
    """The last row of a table."""
    return True
