"""Memory while a text is worked on: answers about its lines are remembered, and let go with it.

Rules ask the same of a line again and again: is it a date, the label of a speech, a heading? What was answered for one text is of no
use for the next, and a worker that kept it would grow.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import _lru_cache_wrapper, lru_cache
from typing import Any, Generic, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")
V = TypeVar("V")

LINES = 1 << 12  # as many lines as rules ask about at a time, far and near
LAYOUTS = 8  # that a text has at a time: its own, and those of a scene or of what is quoted
YOUNG = 2_000_000  # objects between two looks for cycles of references: more than a volume makes
_kept: list[_lru_cache_wrapper[Any]] = []


class Same(Generic[V]):
    """A value as a key of what is remembered: the very one, and none that is equal; to compare the lines of a book takes long."""

    __slots__ = ("value",)

    def __init__(self, value: V) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


def remembered(size: int = LINES) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A pure function whose last ``size`` answers are kept until :func:`forget_lines`."""

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        kept = lru_cache(maxsize=size)(function)
        _kept.append(kept)
        return cast("Callable[P, R]", kept)

    return wrap


def forget_lines() -> None:
    """Let go of the lines of a text that is finished, and of what refers to itself in what was made of it."""
    if any(kept.cache_info().currsize for kept in _kept):
        for kept in _kept:
            kept.cache_clear()
        gc.collect()


def seldom_collect() -> None:
    """Let this process seldom look for cycles: a text makes hundreds of thousands of objects that live to its end, and few cycles."""
    gc.freeze()  # what was imported before lives as long as the process
    gc.set_threshold(YOUNG)
