"""Reading elements of a header: their words on one line, what they contain, dates."""

from __future__ import annotations

from typing import Any

from lxml import etree

from tei_pipeline.tei.file_description import UNKNOWN
from tei_pipeline.tei.values import temporal

TEI = "http://www.tei-c.org/ns/1.0"
NAMESPACES = {"t": TEI}
_TEXTS: Any = etree.XPath(".//text()")


def all_of(element: etree._Element | None, path: str) -> list[etree._Element]:
    """The elements that a path leads to (prefix ``t`` for TEI); none from nothing."""
    return [] if element is None else list(element.iterfind(path, NAMESPACES))


def first_of(element: etree._Element | None, path: str) -> etree._Element | None:
    """The first element that a path leads to, if there is one."""
    return None if element is None else element.find(path, NAMESPACES)


def said(element: etree._Element | None) -> str:
    """The words of an element on one line, without comments; nothing where it says that it does not know."""
    if element is None:
        return ""
    words = " ".join("".join(_TEXTS(element)).split())
    return "" if words.lower() == UNKNOWN else words


def texts(elements: list[etree._Element]) -> tuple[str, ...]:
    """The words of several elements, each once, without those that say nothing."""
    return tuple(dict.fromkeys(filter(None, map(said, elements))))


def dated(element: etree._Element | None) -> tuple[str, str]:
    """A date for people, and as ISO 8601 gives it (year, month or day; a range as ``from/to``)."""
    if element is None:
        return "", ""
    when = temporal(element.get("when"))
    start, end = (temporal(element.get(one) or element.get(other)) for one, other in (("from", "notBefore"), ("to", "notAfter")))
    iso = when or (f"{start}/{end}" if start and end else start or end)
    words = said(element)
    return words or iso, iso or temporal(words) or temporal(words[:10] if words[10:11] == "T" else "")
