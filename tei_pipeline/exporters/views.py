"""The views beside the tree in the JSON: metadata, counts, outline, people, notes. They are read-only; the tree is the edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator
from typing import Any, TypeAlias

from lxml import etree

from tei_pipeline.exporters.exported import TEI, XML_ID, XML_LANG
from tei_pipeline.exporters.notes import NOTE, note_anchors
from tei_pipeline.exporters.reading import DIVISIONS, PEOPLE, joined, person_name, words

Row: TypeAlias = "dict[str, Any]"
_MATTER = {TEI + "front": "front", TEI + "body": "body", TEI + "back": "back"}
_LEVELS = DIVISIONS | _MATTER.keys()
_KINDS = {TEI + "person": "person", TEI + "personGrp": "group", TEI + "org": "organisation", TEI + "role": "role"}
_TEXT = (TEI + "text",)
_LABEL = TEI + "label"
_SPEECHES = (TEI + "sp", TEI + "u")


def metadata(root: etree._Element) -> Row:
    """What the header says of the edition, in words; what it does not say is null or an empty list."""
    header = root.find(TEI + "teiHeader")
    body = next(root.iter(TEI + "text"), root)

    def every(path: str) -> list[etree._Element]:
        return [] if header is None else header.findall("/".join(TEI + step for step in path.split("/")))

    def texts(*paths: str) -> list[str]:
        return [said for path in paths for element in every(path) if (said := words(element))]

    def first(*paths: str) -> str | None:
        return next(iter(texts(*paths)), None)

    titles = every("fileDesc/titleStmt/title")
    main = next((title for title in titles if title.get("type") == "main"), titles[0] if titles else None)
    dates = every("fileDesc/publicationStmt/date")
    licences = every("fileDesc/publicationStmt/availability/licence")
    return {
        "id": root.get(XML_ID),
        "title": words(main) or None if main is not None else None,
        "subtitles": [words(title) for title in titles if title is not main],
        "authors": texts("fileDesc/titleStmt/author"),
        "editors": texts("fileDesc/titleStmt/editor"),
        "edition": first("fileDesc/editionStmt/edition", "fileDesc/editionStmt/p"),
        "publisher": first(*(f"fileDesc/publicationStmt/{name}" for name in ("publisher", "authority", "distributor", "p"))),
        "date": next((date.get("when") or words(date) for date in dates), None),
        "identifiers": [{"type": idno.get("type"), "value": words(idno)} for idno in every("fileDesc/publicationStmt/idno")],
        "licence": next(({"text": words(licence), "target": licence.get("target")} for licence in licences), None),
        "language": body.get(XML_LANG) or root.get(XML_LANG),
        "languages": [language.get("ident") for language in every("profileDesc/langUsage/language") if language.get("ident")],
        "source": [words(source) for statement in every("fileDesc/sourceDesc") for source in statement if isinstance(source.tag, str)],
        "keywords": texts("profileDesc/textClass/keywords/term", "profileDesc/textClass/keywords/list/item"),
    }


def counts(tags: Iterable[str], printed: Iterable[str]) -> Row:
    """How much there is: elements by name, words and characters (without white space) of the printed reading."""
    names: Counter[str] = Counter()
    for tag, times in Counter(tags).items():
        names[tag.removeprefix(TEI)] += times
    line = joined(printed)
    spaces = line.count(" ")
    return {
        "words": spaces + 1 if line else 0,
        "characters": len(line) - spaces,
        "elements": names.total(),
        "names": dict(sorted(names.items())),
    }


def _around(element: etree._Element, tags: Container[object]) -> etree._Element | None:
    """The nearest element around that one with one of these names."""
    around = element.getparent()
    while around is not None and around.tag not in tags:
        around = around.getparent()
    return around


def outline(root: etree._Element) -> Iterator[Row]:
    """Every division in the order of the document; ``level`` counts from 1, ``title`` is its heading in the edited reading."""
    levels: dict[etree._Element, int] = {}
    for division in root.iter(*DIVISIONS):
        around = _around(division, _LEVELS)
        level = levels[division] = 1 if around is None else levels.get(around, 0) + 1
        matter = _around(division, _MATTER)
        yield {
            "id": division.get(XML_ID),
            "level": level,
            "part": None if matter is None else _MATTER[str(matter.tag)],
            "type": division.get("type"),
            "n": division.get("n"),
            "title": " ".join(filter(None, map(words, division.findall(TEI + "head")))) or None,
        }


def notes(root: etree._Element) -> Iterator[Row]:
    """Every note of the text in the order of the document, its words without the printed mark, and the references to it."""
    anchors = note_anchors(root).of_note
    for note in root.iter(NOTE):
        if _around(note, _TEXT) is None:
            continue
        division = _around(note, DIVISIONS)
        yield {
            "id": note.get(XML_ID),
            "n": note.get("n"),
            "place": note.get("place"),
            "type": note.get("type"),
            "division": None if division is None else division.get(XML_ID),
            "text": words(note, without=_LABEL),
            "references": [_reference(anchor) for anchor in anchors.get(note, ())],
        }


def _reference(element: etree._Element) -> Row:
    return {"id": element.get(XML_ID), "text": words(element) or None}


def people(root: etree._Element) -> Iterator[Row]:
    """Who is described, in the header or a cast list, and how often each speaks; then speakers that nobody describes."""
    speeches = Counter(who.rpartition("#")[2] for speech in root.iter(*_SPEECHES) for who in (speech.get("who") or "").split())
    for person in root.iter(*PEOPLE):
        kind = _KINDS[str(person.tag)]
        identifier = person.get(XML_ID)
        if kind == "role" and identifier is None:
            continue
        yield _person(identifier, kind, person_name(person), person.get("role"), person.get("sex"), speeches.pop(identifier or "", 0))
    for who, count in speeches.items():
        yield _person(who, "undescribed", None, None, None, count)


def _person(identifier: str | None, kind: str, name: str | None, role: str | None, sex: str | None, speeches: int) -> Row:
    return {"id": identifier, "kind": kind, "name": name, "role": role, "sex": sex, "speeches": speeches}
