"""The source: the author's characters, their lines and their places. Nothing here is ever edited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of characters of :attr:`Source.text`."""

    start: int
    end: int


class Line(NamedTuple):
    """One line of the source without its line end: 1-based number, offsets of its first character and past its last."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """A text as received: decoded once, never changed; every offset of the program points into ``text``.

    ``text`` keeps the line ends; ``lines`` splits it at LF, CRLF and CR only.
    """

    name: str
    text: str
    lines: tuple[Line, ...]
    sha256: str
    size: int
    encoding: str = "utf-8"
    bom: bool = False
    confidence: float = 1.0
