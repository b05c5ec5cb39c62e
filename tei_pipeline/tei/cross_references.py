"""References to pages and divisions of the same book, linked once the whole text is written.

A page is a ``pb`` with that ``@n``, a division a ``div`` of that type and ``@n``. Where several answer to the words, the one is
meant that shares the innermost division with the reference; where that is no single one, the reference stays without ``@target``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tei_pipeline.tei.identity import XML_ID

if TYPE_CHECKING:
    from lxml import etree

    from tei_pipeline.model import Places

_TEI = "{http://www.tei-c.org/ns/1.0}"


def link(text: etree._Element, pointers: Iterable[tuple[etree._Element, Places]]) -> None:
    """Give each of these references in ``text`` its ``@target``, if the places that it names are there."""
    waiting = [(element, places) for element, places in pointers if places]
    if not waiting:
        return
    known = _known(text)
    pages = {page: order for order, page in enumerate(text.iter(f"{_TEI}pb"), start=1)}
    for element, places in waiting:
        found = _meant(element, places, known)
        if found is None:
            continue
        if XML_ID not in found.attrib:
            found.set(XML_ID, f"pb{pages[found]:04d}")
        element.set("target", f"#{found.get(XML_ID)}")


def _known(text: etree._Element) -> dict[tuple[str, str], list[etree._Element]]:
    """Every numbered page and division by its kind and number; divisions also by their kind alone."""
    known: dict[tuple[str, str], list[etree._Element]] = {}
    for element in text.iter(f"{_TEI}pb", f"{_TEI}div"):
        kind = "page" if element.tag == f"{_TEI}pb" else element.get("type", "")
        number = element.get("n", "").lower()
        known.setdefault((kind, number), []).append(element)
        if kind != "page" and number:
            known.setdefault((kind, ""), []).append(element)
    return known


def _meant(element: etree._Element, places: Places, known: dict[tuple[str, str], list[etree._Element]]) -> etree._Element | None:
    """The one element that the places name, from the outermost to the innermost; None when there is none, or more than one."""
    around = list(element.iterancestors())
    candidates: Sequence[etree._Element] = known.get(places[-1], ())
    for outer in places[:-1]:
        holders = set(known.get(outer, ()))
        candidates = [found for found in candidates if not holders.isdisjoint(found.iterancestors())]
    candidates = [found for found in candidates if found not in around]
    if len(candidates) > 1:
        depth = {ancestor: len(around) - at for at, ancestor in enumerate(around)}
        shared = [max(depth.get(ancestor, 0) for ancestor in found.iterancestors()) for found in candidates]
        candidates = [found for found, depths in zip(candidates, shared, strict=True) if depths == max(shared)]
    return candidates[0] if len(candidates) == 1 else None
