"""Brackets: what stands in round or square ones, found once for every rule that asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

LONGEST = 900  # characters: the longest reaction or reference that a printer puts between brackets

_ROUND = re.compile(rf"\((?:[^()]|\((?:[^()]|\([^()]{{0,40}}\)){{0,160}}\)){{1,{LONGEST}}}\)")
_SQUARE = re.compile(rf"\[[^\[\]]{{1,{LONGEST}}}\]")


class Bracket(NamedTuple):
    """A bracketed stretch of a flow: its range with the brackets, what stands between, and whether a sentence ends before it."""

    start: int
    end: int
    inner: str
    apart: bool


def brackets(text: str) -> Iterator[Bracket]:
    """The outermost brackets of a text that are closed, in order."""
    found: list[re.Match[str]] = []
    if "(" in text:
        found.extend(_ROUND.finditer(text))
    if "[" in text:
        found.extend(_SQUARE.finditer(text))
        found.sort(key=re.Match.start)
    end = 0
    for match in found:
        if match.start() >= end:
            end = match.end()
            yield Bracket(match.start(), end, text[match.start() + 1 : end - 1].strip(), is_apart(text, match.start()))


def unclosed(text: str) -> Bracket | None:
    """The round bracket that only the end of the text closes, when its last one is such."""
    at = text.rfind("(")
    if at < 0 or ")" in text[at:] or len(text) - at > LONGEST:
        return None
    end = len(text.rstrip(" ."))
    return Bracket(at, end, text[at + 1 : end].strip(), is_apart(text, at)) if end > at + 1 else None


def is_apart(text: str, at: int) -> bool:
    """Whether a sentence ends before this place, or the text begins there: closing marks and references to notes do not count."""
    before = text[max(0, at - 24) : at].rstrip(" \"'”’»“‘)]*†_")
    if not before:
        return not text[:at].strip(" \"'”’»“‘([*_")
    if before[-1] in ".!?…:;—-–":
        return True
    bare = before.rstrip("0123456789").rstrip(" \"'”’»“‘)]([")
    return bare != before and bare[-1:] in (".", "!", "?", "…", ":", ";")
