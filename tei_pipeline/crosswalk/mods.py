"""MODS 3.8 (Library of Congress): names with roles and authorities, the printed book as the original, rights, the record's own origin."""

from __future__ import annotations

from typing import Any

from lxml import etree

from tei_pipeline.crosswalk.record import AUTHOR, Agent, Book, Identifier, Publication, Record, Series

MODS, VERSION = "http://www.loc.gov/mods/v3", "3.8"
_XSI, _XLINK = "http://www.w3.org/2001/XMLSchema-instance", "http://www.w3.org/1999/xlink"
_LOCATION = f"{MODS} http://www.loc.gov/standards/mods/v3/mods-3-8.xsd"
_PREFIXES: Any = {None: MODS, "xsi": _XSI, "xlink": _XLINK}  # the stubs do not know the default namespace
_RELATORS = "http://id.loc.gov/vocabulary/relators"
# MODS 3.8 takes these as authorities of names and terms; others are given by the address of the list alone.
_LISTS = {"lcsh": "http://id.loc.gov/authorities/subjects", "fast": "http://id.worldcat.org/fast", "gnd": "https://d-nb.info/gnd/"}


def mods(record: Record) -> etree._Element:
    """The description as ``mods``. Languages are tags of RFC 5646, dates of ISO 8601 (``w3cdtf``) where the header has such."""
    root = etree.Element(f"{{{MODS}}}mods", {"version": VERSION}, nsmap=_PREFIXES)
    root.set(f"{{{_XSI}}}schemaLocation", _LOCATION)
    _title(root, record.title or "untitled", record.subtitle, language=record.title_language)
    for title in record.other_titles:
        _title(root, title, kind="alternative")
    for agent in (*record.agents, *(funding.funder for funding in record.funding)):
        _name(root, agent)
    _add(root, "typeOfResource", "text")
    for genre in record.genres:
        _add(root, "genre", genre)
    _origin(root, record.publication, edition=record.edition, event="publication")
    if record.created != Publication():
        _origin(root, record.created, event="production", date="dateCreated")
    for language in record.languages:
        _add(_add(root, "language"), "languageTerm", language.tag, type="code", authority="rfc5646")
    physical = _add(root, "physicalDescription")
    _add(physical, "internetMediaType", "application/tei+xml")
    for extent in record.extent:
        _add(physical, "extent", extent)
    _add(physical, "digitalOrigin", "reformatted digital")
    if record.abstract:
        _add(root, "abstract", record.abstract)
    for note in record.notes:
        _add(root, "note", note)
    for funding in record.funding:
        _add(root, "note", " ".join(filter(None, (funding.funder.name, funding.award))), type="funding")
    for subject in record.subjects:
        short = subject.scheme.lower() if subject.scheme.lower() in _LISTS else ""
        address = _LISTS.get(short) or (subject.scheme if subject.scheme.startswith("http") else "")
        made = _add(root, "subject", authority=short, displayLabel="" if short or address else subject.scheme)
        _add(made, "topic", subject.term, authority=short, authorityURI=address, valueURI=subject.uri)
    for series in record.series:
        _series(root, series)
    for book in record.books:
        _book(root, book, "original")
    for work in record.works:
        _book(root, work, "constituent")
    for identifier in record.identifiers:
        _identifier(root, identifier)
    for licence in record.licences:
        made = _add(root, "accessCondition", licence.text, type="use and reproduction")
        if licence.uri:
            made.set(f"{{{_XLINK}}}href", licence.uri)
    _origin_of_record(root, record)
    return root


def _add(parent: etree._Element, name: str, words: str | None = None, **attributes: str) -> etree._Element:
    """A child element; empty attributes are left out."""
    made = etree.SubElement(parent, f"{{{MODS}}}{name}", {key: value for key, value in attributes.items() if value})
    made.text = words
    return made


def _title(parent: etree._Element, title: str, subtitle: str = "", *, kind: str = "", language: str = "") -> None:
    made = _add(parent, "titleInfo", type=kind, lang=language)
    _add(made, "title", title)
    if subtitle:
        _add(made, "subTitle", subtitle)


def _name(parent: etree._Element, agent: Agent) -> None:
    made = _add(parent, "name", type=agent.kind, usage="primary" if agent.role == AUTHOR and parent.find("*[@usage]") is None else "")
    address = next((identifier.uri for identifier in agent.identifiers if identifier.uri), "")
    if address:
        made.set("valueURI", address)
    if agent.family and agent.given:
        _add(made, "namePart", agent.family, type="family")
        _add(made, "namePart", agent.given, type="given")
    else:
        _add(made, "namePart", agent.name)
    role = _add(made, "role")
    _add(role, "roleTerm", agent.role, type="code", authority="marcrelator", authorityURI=_RELATORS, valueURI=f"{_RELATORS}/{agent.role}")
    if agent.duty:
        _add(role, "roleTerm", agent.duty, type="text")
    for identifier in agent.identifiers:
        _add(made, "nameIdentifier", identifier.value, type=identifier.type)


def _origin(parent: etree._Element, stated: Publication, *, edition: str = "", event: str = "", date: str = "dateIssued") -> None:
    made = _add(parent, "originInfo", eventType=event)
    if stated.place:
        _add(_add(made, "place"), "placeTerm", stated.place, type="text")
    if stated.publisher:
        _add(made, "publisher", stated.publisher)
    start, slash, end = stated.when.partition("/")
    if slash:
        _add(made, date, start, encoding="w3cdtf", point="start")
        _add(made, date, end, encoding="w3cdtf", point="end")
    elif start and not start.startswith("-"):
        _add(made, date, start, encoding="w3cdtf", keyDate="yes" if event else "")
    elif stated.date:
        _add(made, date, stated.date)
    if edition:
        _add(made, "edition", edition)
    if not len(made):
        parent.remove(made)


def _identifier(parent: etree._Element, identifier: Identifier) -> None:
    _add(parent, "identifier", identifier.value, type=identifier.type)


def _series(parent: etree._Element, series: Series) -> None:
    made = _add(parent, "relatedItem", type="series")
    _title(made, series.title)
    if series.volume:
        _add(_add(_add(made, "part"), "detail", type="volume"), "number", series.volume)
    for identifier in series.identifiers:
        _identifier(made, identifier)


def _book(parent: etree._Element, book: Book, relation: str) -> None:
    made = _add(parent, "relatedItem", type=relation)
    if book.title:
        _title(made, book.title)
    for agent in book.agents:
        _name(made, agent)
    _origin(made, book.publication, edition=book.edition)
    if book.extent:
        _add(_add(made, "physicalDescription"), "extent", book.extent)
    if book.volume:
        _add(_add(_add(made, "part"), "detail", type="volume"), "number", book.volume)
    if book.note:
        _add(made, "note", book.note)
    if book.series:
        _series(made, book.series)
    for identifier in book.identifiers:
        _identifier(made, identifier)


def _origin_of_record(root: etree._Element, record: Record) -> None:
    made = _add(root, "recordInfo")
    dates = sorted(change.when for change in record.changes if len(change.when) == len("2024-01-31"))
    if dates:
        _add(made, "recordCreationDate", dates[0], encoding="w3cdtf")
    if dates[1:]:
        _add(made, "recordChangeDate", dates[-1], encoding="w3cdtf")
    by = f" by {record.software[0]}" if record.software else ""
    _add(made, "recordOrigin", f"made from the header of the TEI edition{by}")
    if record.guessed:
        _add(made, "recordInfoNote", f"found in the text by software, not confirmed by an editor: {', '.join(record.guessed)}")
