"""Which names on lines of their own are those of people who talk, where other names stand right before what is said."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence

from tei_pipeline.rows import Row
from tei_pipeline.rules.drama.persons import speaker_key

NEAR = 60  # lines: farther apart two labels do not belong to one conversation
WIDEST = 2  # empty lines within one


def in_talk(rows: Sequence[Row], said: Sequence[int], alone: Sequence[tuple[int, str]]) -> frozenset[str]:
    """The keys of the names on lines of their own (their source lines, and the names) that stand shortly below what somebody says, at some
    lines, or come again shortly after the next: what stands below the persons of each play, and far below the play before, is a title:
    THE SUBJECT.
    """
    parts = [row.line for row in rows if row.gap > WIDEST]
    own = [(line, speaker_key(name)) for line, name in alone]
    found = {key for line, key in own if (k := bisect(said, line)) and _in_one(parts, said[k - 1], line)}
    for one, other, third in zip(own, own[1:], own[2:], strict=False):
        if one[1] == third[1] and _in_one(parts, one[0], third[0]):
            found.update((one[1], other[1]))
    return frozenset(found)


def _in_one(parts: Sequence[int], first: int, last: int) -> bool:
    """Whether two lines stand near each other in one part of a text, of those that begin at some lines."""
    return last - first <= NEAR and bisect(parts, first) == bisect(parts, last)
