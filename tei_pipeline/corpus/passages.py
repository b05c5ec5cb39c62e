"""The passages of a text for text mining: paragraphs, notes, quotations, each with an identifier that leads back into the edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterator
from typing import Any, TypeAlias

from lxml import etree

from tei_pipeline.corpus.members import Member
from tei_pipeline.exporters.exported import TEI, XML_ID, XML_LANG
from tei_pipeline.exporters.reading import DIVISIONS, words

Row: TypeAlias = "dict[str, Any]"
_TEXT, _NOTE, _P, _HEAD, _SPEAKER, _LABEL = (TEI + name for name in ("text", "note", "p", "head", "speaker", "label"))
_QUOTES = (TEI + "quote", TEI + "q")
_SPEECHES = (TEI + "sp", TEI + "u")
_PARTS = {TEI + "front": "front", TEI + "body": "body", TEI + "back": "back"}
_AROUND = {TEI + "quote": "quotation", TEI + "floatingText": "letter", TEI + "epigraph": "epigraph", TEI + "argument": "argument"}


def paragraphs(member: Member) -> Iterator[Row]:
    """Every ``p`` of the text that is no part of a note; ``in`` names what it stands in, ``speaker`` who says it."""
    for row, element in _rows(member, (_P,), lambda element: _nearest(element, (_NOTE,)) is None):
        around = _nearest(element, _AROUND)
        speech = _nearest(element, _SPEECHES)
        speaker = None if speech is None else speech.find(_SPEAKER)
        yield row | {
            "in": None if around is None else _AROUND[str(around.tag)],
            "speaker": None if speaker is None else words(speaker),
            "text": words(element),
        }


def notes(member: Member) -> Iterator[Row]:
    """Every ``note`` of the text, without its printed mark; ``n`` is its number, ``place`` where it is printed."""
    for row, element in _rows(member, (_NOTE,), lambda _: True):
        yield row | {
            "n": element.get("n"),
            "place": element.get("place"),
            "type": element.get("type"),
            "text": words(element, without=_LABEL),
        }


def quotations(member: Member) -> Iterator[Row]:
    """Every ``quote`` (of another's words, or set off) and ``q`` (words in quotation marks), also one inside another."""
    for row, element in _rows(member, _QUOTES, lambda _: True):
        yield row | {"element": etree.QName(element).localname, "text": words(element)}


KINDS: dict[str, Callable[[Member], Iterator[Row]]] = {"paragraphs": paragraphs, "notes": notes, "quotations": quotations}


def _rows(member: Member, tags: tuple[str, ...], is_wanted: Callable[[etree._Element], bool]) -> Iterator[tuple[Row, etree._Element]]:
    """What every passage says of itself: which text, its identifier, its place among the divisions, its language."""
    numbers: Counter[str] = Counter()
    headings: dict[etree._Element, str] = {}
    for text in member.root.iterchildren(_TEXT):
        for element in text.iter(*tags):
            if not is_wanted(element):
                continue
            divisions = [around for around in element.iterancestors() if around.tag in DIVISIONS][::-1]
            for division in divisions:
                if division not in headings:
                    headings[division] = " ".join(filter(None, map(words, division.findall(_HEAD))))
            part = _nearest(element, _PARTS)
            identifier = _identifier(element, numbers)
            row: Row = {
                "edition": member.key,
                "id": identifier,
                "part": None if part is None else _PARTS[str(part.tag)],
                "division": divisions[-1].get(XML_ID) if divisions else None,
                "headings": [headings[division] for division in divisions if headings[division]],
                "language": next((said for around in (element, *element.iterancestors()) if (said := around.get(XML_LANG))), None),
            }
            yield row, element


def _identifier(element: etree._Element, numbers: Counter[str]) -> str:
    """The ``xml:id``; where there is none that of the nearest element around it that has one, with name and count: ``w01-p002:q1``."""
    own = element.get(XML_ID)
    if own is not None:
        return own
    around = next((said for above in element.iterancestors() if (said := above.get(XML_ID))), "")
    name = f"{around}:{etree.QName(element).localname}"
    numbers[name] += 1
    return f"{name}{numbers[name]}"


def _nearest(element: etree._Element, tags: Container[object]) -> etree._Element | None:
    """The nearest element around that one with one of these names."""
    return next((around for around in element.iterancestors() if around.tag in tags), None)
