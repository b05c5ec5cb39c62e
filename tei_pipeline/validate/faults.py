"""A fault of an element: a problem that knows where it stands in the file, in the book, and in the plain text it was made from."""

from __future__ import annotations

from typing import Any

from lxml import etree
from msgspec import Struct

from tei_pipeline.decisions import Level, Problem
from tei_pipeline.validate.places import line_of, where


class Origin(Struct, frozen=True):
    """Where the element came from: the 1-based line of the plain text (of ``file``, when that is several) and the rule that made it."""

    line: int | None
    rule: str = ""
    file: str = ""


class Fault(Problem, frozen=True):
    """A problem of an element.

    ``line`` and ``column`` (1-based; of the ``<`` of its start tag, in characters) are those of the file. ``identifier`` is its
    ``xml:id``, or the one nearest above it; ``breadcrumb`` the way to it for people, as in ``text > body > div "The Crossing" > p 12``.
    ``allowed`` are the names that might stand there instead. What is empty could not be found out. ``node`` is the element while the
    tree is at hand; no report needs it.
    """

    column: int | None = None
    element: str = ""
    identifier: str = ""
    breadcrumb: str = ""
    allowed: tuple[str, ...] = ()
    origin: Origin | None = None
    node: etree._Element | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """Without the element: a worker process hands faults to its parent."""
        return Fault, tuple(getattr(self, name) for name in self.__struct_fields__ if name != "node")


def fault(code: str, message: str, element: etree._Element, *, level: Level = "error", allowed: tuple[str, ...] = ()) -> Fault:
    """A fault of that element, with the path to it; :mod:`tei_pipeline.validate.locate` adds the rest for a file."""
    return Fault(level, code, message, line_of(element), where(element), allowed=allowed, node=element)
