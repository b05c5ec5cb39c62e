"""``fileDesc``: titles and names, how the edition is published and what it may be used for, and the source it was made from.

TEI Guidelines 2.2 (the file description). Names carry their addresses in files of names (VIAF, GND, ORCID ...) in ``@ref``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from tei_pipeline.tei import text, values
from tei_pipeline.tei.elements import add
from tei_pipeline.tei.identity import XML_ID, XML_LANG

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tei_pipeline.metadata import Metadata, Work
    from tei_pipeline.model import Document
    from tei_pipeline.source import Part, Source
    from tei_pipeline.tei.writer import Writer

UNKNOWN = "unknown"
NO_BOOK = "The printed source of the text file is unknown."


def stem(name: str) -> str:
    """The name of a source without folder and without the ending of a text file."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return last[:-4] if last.lower().endswith(".txt") else last


def describe_file(w: Writer, header: etree._Element, document: Document, version: str) -> None:
    """``fileDesc`` in the header."""
    known, source = document.metadata, document.source
    made = add(header, "fileDesc")
    _titles(w, made, known, stem(source.name), version)
    edition = add(made, "editionStmt")
    what = f"{len(source.parts)} plain text files" if source.parts else "a plain text file"
    add(edition, "edition", f"Digital edition, made from {what} by tei-pipeline {version}")
    extent = add(made, "extent")
    words = len(source.text.split())
    add(extent, "measure", f"{words} words", unit="words", quantity=str(words))
    add(extent, "measure", f"{source.size} bytes", unit="bytes", quantity=str(source.size))
    _publication(made, known, source.name)
    if known.series:
        _series(add(made, "seriesStmt"), known.series, known.volume)
    _source(w, made, document)


def addresses(known: Metadata, name: str) -> str:
    """``@ref`` of a name: its addresses in files of names, separated by blanks."""
    return " ".join(filter(None, map(values.reference, known.addresses(name))))


def _agents(parent: etree._Element, element: str, known: Metadata, names: Iterable[str], **attributes: str) -> None:
    for name in names:
        add(parent, element, name, ref=addresses(known, name), **attributes)


def _titles(w: Writer, parent: etree._Element, known: Metadata, name: str, version: str) -> None:
    made = add(parent, "titleStmt")
    language = values.language(known.language)
    titles = [add(made, "title", known.title or name or UNKNOWN, type="main", resp=_guess(known, "title"))]
    if known.subtitle:
        titles.append(add(made, "title", known.subtitle, type="sub", resp=_guess(known, "subtitle")))
    if known.short_title:
        titles.append(add(made, "title", known.short_title, type="short"))
    titles += [add(made, "title", title, type="alt") for title in known.alternative_title]
    for each in titles:
        if language and known.title:
            each.set(XML_LANG, language)
    _agents(made, "author", known, known.author, resp=_guess(known, "author"))
    if not known.author:
        add(made, "author", UNKNOWN)
    _agents(made, "editor", known, known.editor, resp=_guess(known, "editor"))
    for contributor in known.contributors:
        _agents(made, "editor", known, [contributor.name], role=values.word(contributor.role))
    _agents(made, "funder", known, known.funders)
    software = add(made, "respStmt")
    software.set(XML_ID, "software")
    add(software, "resp", "conversion from plain text to TEI, with the decisions that carry its pointer")
    add(software, "name", f"tei-pipeline {version}", type="software")
    for number, encoder in enumerate(known.encoders, 1):
        _responsible(made, f"enc{number:02d}", "encoding", encoder, known)
    for key, identifier in w.editors.items():
        _responsible(made, identifier, "corrections and decisions of an editor", key or UNKNOWN, known)


def _responsible(parent: etree._Element, identifier: str, what: str, name: str, known: Metadata) -> None:
    made = add(parent, "respStmt")
    made.set(XML_ID, identifier)
    add(made, "resp", what)
    _agents(made, "name", known, [name])


def _guess(known: Metadata, field: str) -> str:
    return "#software" if field in known.guessed else ""


def _publication(parent: etree._Element, known: Metadata, name: str) -> None:
    made = add(parent, "publicationStmt")
    publisher = known.publisher or UNKNOWN
    add(made, "publisher", publisher, ref=addresses(known, publisher), resp=_guess(known, "publisher"))
    if known.place:
        add(made, "pubPlace", known.place)
    add(made, "date", known.date or UNKNOWN, when=values.temporal(known.date), resp=_guess(known, "date"))
    add(made, "idno", known.identifier or name or UNKNOWN, type="identifier" if known.identifier else "file")
    _numbers(made, known.identifiers)
    stated = bool(known.licence or known.licence_url or known.rights or known.rights_url)
    availability = add(made, "availability", status="" if stated else UNKNOWN)
    if known.licence or known.licence_url:
        target = values.address(known.licence_url) or values.address(known.licence)
        licence = add(availability, "licence", target=target, resp=_guess(known, "licence"))
        add(licence, "p", known.licence or known.licence_url)
    if known.rights or known.rights_url:
        rights = add(availability, "p", known.rights)
        if target := values.address(known.rights_url):
            text.separate(rights)
            add(rights, "ref", known.rights_url, target=target)
    if not stated:
        add(availability, "p", "Under what licence the text may be used is unknown.")


def _numbers(parent: etree._Element, identifiers: Iterable[tuple[str, str]]) -> None:
    for kind, value in identifiers:
        add(parent, "idno", value, type=values.word(kind) or "identifier")


def _series(parent: etree._Element, title: str, volume: str) -> None:
    add(parent, "title", title, level="s")
    if volume:
        add(parent, "biblScope", volume, unit="volume")


# ---------------------------------------------------------------- sourceDesc


def _source(w: Writer, parent: etree._Element, document: Document) -> None:
    known, source = document.metadata, document.source
    made = add(parent, "sourceDesc")
    held = "the source that this edition holds character for character"
    if not source.parts:
        _file_of_source(made, source.name or UNKNOWN, source, f"Plain text file, character encoding {source.encoding}: {held}.")
    files = add(made, "listBibl", type="files") if source.parts else made
    for number, part in enumerate(source.parts, 1):
        which = f"Plain text file {number} of {len(source.parts)}, character encoding {part.encoding}: together they are {held}."
        _file_of_source(files, part.file, part, which)
    if known.imprint_place or known.imprint_publisher or known.imprint_date:
        _book(made, known)
    else:
        _unknown_book(made, known)
    works = [(work, identifier) for work in known.works if work.key and (identifier := w.identity.identifier(work.key))]
    if works:
        listed = add(made, "listBibl", type="works")
        for work, identifier in works:
            _work(listed, known, work, identifier)


def _book(parent: etree._Element, known: Metadata) -> None:
    struct = add(parent, "biblStruct", type="book")
    monograph = add(struct, "monogr")
    _agents(monograph, "author", known, known.imprint_author or known.author)
    _agents(monograph, "editor", known, known.imprint_editor)
    add(monograph, "title", known.imprint_title or known.title or UNKNOWN, level="m", type="main")
    _numbers(monograph, known.imprint_identifiers)
    if known.imprint_edition:
        add(monograph, "edition", known.imprint_edition)
    stated = add(monograph, "imprint")
    for name, value in (("pubPlace", known.imprint_place), ("publisher", known.imprint_publisher), ("date", known.imprint_date)):
        add(stated, name, value or UNKNOWN, when=values.temporal(value) if name == "date" else "")
    if known.imprint_volume:
        add(monograph, "biblScope", known.imprint_volume, unit="volume")
    if known.imprint_extent:
        add(monograph, "extent", known.imprint_extent)
    if known.imprint_series:
        add(add(struct, "series"), "title", known.imprint_series, level="s")
    if known.source_note:
        add(struct, "note", known.source_note)


def _unknown_book(parent: etree._Element, known: Metadata) -> None:
    """The book in words, as long as its imprint is unknown."""
    book = add(parent, "bibl", type="book")
    for name in ("author", "editor"):
        for each in getattr(known, f"imprint_{name}"):
            _agents(book, name, known, [each])
            text.append(book, ", ")
    if known.imprint_title:
        add(book, "title", known.imprint_title)
        text.append(book, ". ")
    for what in (known.imprint_edition, known.imprint_volume, known.imprint_series, known.imprint_extent):
        if what:
            text.append(book, f"{what}. ")
    for kind, number in known.imprint_identifiers:
        text.append(book, f"{kind} {number}. ")
    stated = known.imprint_title or known.imprint_edition or known.imprint_volume or known.imprint_extent
    text.append(book, known.source_note or ("Imprint unknown." if stated else NO_BOOK))


def _work(parent: etree._Element, known: Metadata, work: Work, identifier: str) -> None:
    """One work of a volume, which ``@corresp`` names."""
    made = add(parent, "bibl", type="work", corresp=f"#{identifier}")
    _agents(made, "author", known, work.author)
    add(made, "title", work.title or work.heading, level="a", **{XML_LANG: values.language(work.language)})
    for name, value in (("pubPlace", work.place), ("publisher", work.publisher), ("date", work.date)):
        if value:
            add(made, name, value, when=values.temporal(value) if name == "date" else "")
    if work.identifier:
        add(made, "idno", work.identifier)
    if work.note:
        add(made, "note", work.note)


def _file_of_source(parent: etree._Element, name: str, file: Source | Part, what: str) -> None:
    made = add(parent, "bibl", type="file")
    add(made, "title", name)
    add(made, "idno", file.sha256, type="sha256")
    add(made, "extent", f"{file.size} bytes")
    add(made, "note", what)
