"""The header: what the file is, where it comes from, how it was made. What is unknown is said to be unknown; nothing depends on the day.

TEI Guidelines, chapter 2 (HD); the choice of elements follows Best Practices for TEI in Libraries, version 4.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lxml import etree

from tei_pipeline.model import Division
from tei_pipeline.tei import text, values
from tei_pipeline.tei.citation import refs_decl
from tei_pipeline.tei.correspondence import describe_letters
from tei_pipeline.tei.declarations import describe_encoding
from tei_pipeline.tei.divisions import XML_LANG
from tei_pipeline.tei.elements import add
from tei_pipeline.tei.identity import XML_ID, Scope
from tei_pipeline.tei.writer import TEI

if TYPE_CHECKING:
    from tei_pipeline.model import Document, Metadata
    from tei_pipeline.source import Part, Source
    from tei_pipeline.tei.writer import Writer

UNKNOWN = "unknown"
# Kinds of text that a division's type names; they become keywords.
_GENRES = frozenset(
    {"speech", "letter", "interview", "debate", "poem", "play", "story", "essay", "sermon", "article", "chronicle"}
    | {"statement", "theses", "report"}
)


def stem(name: str) -> str:
    """The name of a source without folder and without the ending of a text file."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return last[:-4] if last.lower().endswith(".txt") else last


def register_people(w: Writer, document: Document) -> dict[str, str]:
    """Identifiers of the persons, by key, so that the text can point at them before the header stands."""
    scope = Scope("")
    made = {}
    for person in document.persons:
        if person.key not in made:
            made[person.key] = scope.number("pers")
        w.identity.register(person.key, made[person.key], person)
    return made


def write_header(
    w: Writer, root: etree._Element, document: Document, written: etree._Element, people: dict[str, str], version: str
) -> None:
    """``teiHeader`` as the first child of ``root``; ``written`` is the finished ``text``, whose elements are counted."""
    header = etree.Element(TEI + "teiHeader", {XML_LANG: "en"})
    root.insert(0, header)
    counts = Counter(element.tag for element in written.iter())
    _file(w, header, document, version)
    encoding = add(header, "encodingDesc")
    describe_encoding(encoding, {str(tag)[len(TEI) :]: count for tag, count in counts.items()}, version, refs_decl(document))
    _profile(header, document, people, written)
    if document.metadata.revisions:
        changes = add(header, "revisionDesc")
        for when, who, what in document.metadata.revisions:
            change = add(changes, "change", when=values.temporal(when))
            if who:
                add(change, "name", who)
                text.append(change, ": ")
            text.append(change, what if values.temporal(when) or not when else f"{what} ({when})")
    text.indent_all(header, 1)


# ---------------------------------------------------------------- fileDesc


def _file(w: Writer, header: etree._Element, document: Document, version: str) -> None:
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
    _source(made, document)


def _titles(w: Writer, parent: etree._Element, known: Metadata, name: str, version: str) -> None:
    made = add(parent, "titleStmt")
    language = values.language(known.language)
    title = add(made, "title", known.title or name or UNKNOWN, type="main", resp=_guess(known, "title"))
    subtitle = add(made, "title", known.subtitle, type="sub", resp=_guess(known, "subtitle")) if known.subtitle else None
    for each in (title, subtitle):
        if each is not None and language and known.title:
            each.set(XML_LANG, language)
    for author in known.author or (UNKNOWN,):
        add(made, "author", author, resp=_guess(known, "author") if known.author else "")
    for editor in known.editor:
        add(made, "editor", editor, resp=_guess(known, "editor"))
    software = add(made, "respStmt")
    software.set(XML_ID, "software")
    add(software, "resp", "conversion from plain text to TEI, with the decisions that carry its pointer")
    add(software, "name", f"tei-pipeline {version}", type="software")
    for key, identifier in w.editors.items():
        editing = add(made, "respStmt")
        editing.set(XML_ID, identifier)
        add(editing, "resp", "corrections and decisions of an editor")
        add(editing, "name", key or UNKNOWN)


def _guess(known: Metadata, field: str) -> str:
    return "#software" if field in known.guessed else ""


def _publication(parent: etree._Element, known: Metadata, name: str) -> None:
    made = add(parent, "publicationStmt")
    add(made, "publisher", known.publisher or UNKNOWN, resp=_guess(known, "publisher"))
    add(made, "date", known.date or UNKNOWN, when=values.temporal(known.date), resp=_guess(known, "date"))
    add(made, "idno", known.identifier or name or UNKNOWN, type="identifier" if known.identifier else "file")
    availability = add(made, "availability", status="" if known.licence or known.licence_url else UNKNOWN)
    if known.licence or known.licence_url:
        target = values.address(known.licence_url) or values.address(known.licence)
        licence = add(availability, "licence", target=target, resp=_guess(known, "licence"))
        add(licence, "p", known.licence or known.licence_url)
    else:
        add(availability, "p", "Under what licence the text may be used is unknown.")


def _source(parent: etree._Element, document: Document) -> None:
    known, source = document.metadata, document.source
    made = add(parent, "sourceDesc")
    held = "the source that this edition holds character for character"
    if not source.parts:
        _file_of_source(made, source.name or UNKNOWN, source, f"Plain text file, character encoding {source.encoding}: {held}.")
    files = add(made, "listBibl", type="files") if source.parts else made
    for number, part in enumerate(source.parts, 1):
        which = f"Plain text file {number} of {len(source.parts)}, character encoding {part.encoding}: together they are {held}."
        _file_of_source(files, part.file, part, which)
    imprint = (("pubPlace", known.imprint_place), ("publisher", known.imprint_publisher), ("date", known.imprint_date))
    if any(value for _, value in imprint):
        struct = add(made, "biblStruct", type="book")
        monograph = add(struct, "monogr")
        for author in known.imprint_author or known.author:
            add(monograph, "author", author)
        add(monograph, "title", known.imprint_title or known.title or UNKNOWN, level="m", type="main")
        stated = add(monograph, "imprint")
        for name, value in imprint:
            add(stated, name, value or UNKNOWN, when=values.temporal(value) if name == "date" else "")
        if known.source_note:
            add(struct, "note", known.source_note)
    else:
        book = add(made, "bibl", type="book")
        for author in known.imprint_author:
            add(book, "author", author)
            text.append(book, ", ")
        if known.imprint_title:
            add(book, "title", known.imprint_title)
            text.append(book, ". ")
        text.append(
            book, known.source_note or ("Imprint unknown." if known.imprint_title else "The printed source of the text file is unknown.")
        )


def _file_of_source(parent: etree._Element, name: str, file: Source | Part, what: str) -> None:
    made = add(parent, "bibl", type="file")
    add(made, "title", name)
    add(made, "idno", file.sha256, type="sha256")
    add(made, "extent", f"{file.size} bytes")
    add(made, "note", what)


# ---------------------------------------------------------------- profileDesc


def _profile(header: etree._Element, document: Document, people: dict[str, str], written: etree._Element) -> None:
    known = document.metadata
    made = add(header, "profileDesc")
    usage = add(made, "langUsage")
    language = values.language(known.language)
    if not language:
        add(usage, "language", "The language of the text is unknown.", ident="und")
    elif "language" in known.guessed:
        certainty = values.certainty(known.language_certainty) or UNKNOWN
        add(usage, "language", "guessed from the text", ident=language, cert=certainty, resp="#software")
    else:
        add(usage, "language", ident=language, cert=values.certainty(known.language_certainty))
    if people:
        _people(made, document, people)
    if genres := sorted(_GENRES & _types(document)):
        keywords = add(add(made, "textClass"), "keywords")
        for genre in genres:
            add(keywords, "term", genre)
    describe_letters(made, written)


def _people(parent: etree._Element, document: Document, people: dict[str, str]) -> None:
    made = add(add(parent, "particDesc"), "listPerson")
    described = set()
    for person in document.persons:
        if person.key in described:
            continue
        described.add(person.key)
        role = values.word(person.name.lower().replace(" ", "-")) if person.kind == "role" else ""
        entry = add(made, "personGrp" if person.kind == "group" else "person", role=role)
        entry.set(XML_ID, people[person.key])
        if not role:
            add(entry, "persName", person.name)


def _types(document: Document) -> set[str]:
    found = set()
    stack: list[Division] = [document.body]
    while stack:
        division = stack.pop()
        found.add(division.type)
        stack.extend(part for part in division.divisions if isinstance(part, Division))
    return found
