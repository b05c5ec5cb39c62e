"""How something was published: the edition itself, the printed book that it was taken from, the works in it, their series and numbers."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from tei_pipeline.crosswalk.elements import NAMESPACES, TEI, all_of, dated, first_of, said, texts
from tei_pipeline.crosswalk.people import agent_of, references
from tei_pipeline.crosswalk.record import AUTHOR, EDITOR, Book, Identifier, Publication, Series, SourceFile
from tei_pipeline.crosswalk.systems import of_number
from tei_pipeline.tei.file_description import NO_BOOK


def publication(element: etree._Element | None) -> Publication:
    """What an element with publisher, place and date says of a publication."""
    if element is None:
        return Publication()
    bodies = [each for kind in ("publisher", "authority", "distributor") for each in all_of(element, f"t:{kind}") if said(each)]
    known = tuple(references(bodies[0])) if bodies else ()
    date, when = dated(first_of(element, "t:date"))
    place = said(first_of(element, "t:pubPlace")) or said(first_of(element, "t:placeName"))
    return Publication(place, said(bodies[0]) if bodies else "", date, when, known)


def identifiers(element: etree._Element | None) -> tuple[Identifier, ...]:
    """The numbers of an edition or book; the name of a file, which the header has where no identifier is known, is none."""
    found = []
    for number in element.iterfind(".//t:idno", NAMESPACES) if element is not None else ():
        value, named = said(number), number.get("type") or ""
        if value and named not in ("file", "filename", "sha256") and number.find("t:idno", NAMESPACES) is None:
            found.append(of_number(value, named))
    return tuple(dict.fromkeys(found))


def series_of(element: etree._Element) -> Series | None:
    """The series of a ``seriesStmt`` or ``series``, if it names one."""
    title = said(first_of(element, "t:title")) or ("" if len(element.findall("t:p", NAMESPACES)) == 0 else said(element))
    if not title:
        return None
    scope = next((each for each in all_of(element, "t:biblScope")), None)
    volume = said(scope) or (scope.get("n") or scope.get("from") or "" if scope is not None else "")
    return Series(title, volume, identifiers(element))


def _is_no_book(element: etree._Element) -> bool:
    """Whether it is a text file, or the works of the volume itself."""
    return element.get("type") in ("file", "files", "digitalSource", "works")


def printed_sources(header: etree._Element) -> Iterator[etree._Element]:
    """The descriptions of printed sources, without those of text files and of the works of the volume itself."""
    for element in header.iterfind("t:fileDesc/t:sourceDesc/*", NAMESPACES):
        if element.tag == f"{{{TEI}}}listBibl" and not _is_no_book(element):
            yield from element.iterfind("*", NAMESPACES)
        elif not _is_no_book(element):
            yield element


def book_of(element: etree._Element) -> Book | None:
    """The book that a ``bibl``, ``biblStruct`` or ``biblFull`` describes, if it says anything."""
    if etree.QName(element).localname not in ("bibl", "biblStruct", "biblFull"):
        return None
    monograph = first_of(element, "t:monogr")
    within = monograph if monograph is not None else element
    statement = within.find("t:titleStmt", NAMESPACES) if element.tag == f"{{{TEI}}}biblFull" else within
    statement = statement if statement is not None else within
    agents = [agent for each in all_of(statement, "t:author") for agent in agent_of(each, AUTHOR)]
    agents += [agent for each in all_of(statement, "t:editor") for agent in agent_of(each, EDITOR, each.get("role") or "")]
    title = next((words for each in all_of(statement, "t:title") if (words := said(each))), "")
    imprint = next((found for kind in ("imprint", "publicationStmt") if (found := first_of(within, f"t:{kind}")) is not None), within)
    series = next(filter(None, map(series_of, all_of(element, "t:series"))), None)
    note = " ".join(texts(all_of(element, "t:note") or all_of(within, "t:note")))
    if not title and not agents and not note:
        note = said(element).replace(NO_BOOK, "")
    known = Book(
        title=title,
        agents=tuple(agents),
        publication=publication(imprint),
        edition=said(first_of(within, "t:edition")),
        extent=said(first_of(within, "t:extent")),
        volume=said(first_of(within, "t:biblScope")) or said(first_of(imprint, "t:biblScope")),
        series=series,
        identifiers=identifiers(element),
        note=note,
    )
    return None if known == Book() else known


def source_files(header: etree._Element) -> Iterator[SourceFile]:
    """The text files that the edition was made from."""
    for element in header.iterfind("t:fileDesc/t:sourceDesc//t:bibl", NAMESPACES):
        if element.get("type") == "file":
            digest = next((said(number) for number in all_of(element, "t:idno") if number.get("type") == "sha256"), "")
            yield SourceFile(said(first_of(element, "t:title")), digest, said(first_of(element, "t:extent")))
