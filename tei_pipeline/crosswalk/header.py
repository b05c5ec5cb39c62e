"""From a TEI header to a :class:`~tei_pipeline.crosswalk.record.Record`: ours, corrected by hand, or made elsewhere.

TEI Guidelines, chapter 2 (HD). Nothing is made up: what the header lacks, or says is unknown, stays empty.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from tei_pipeline.crosswalk.books import book_of, identifiers, printed_sources, publication, series_of, source_files
from tei_pipeline.crosswalk.elements import NAMESPACES, TEI, all_of, first_of, said, texts
from tei_pipeline.crosswalk.people import agents, funding
from tei_pipeline.crosswalk.record import (
    Change,
    Language,
    Licence,
    Record,
)
from tei_pipeline.metadata import Subject
from tei_pipeline.tei.file_description import UNKNOWN
from tei_pipeline.tei.values import language as is_language
from tei_pipeline.tei.values import temporal

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SOFTWARE = "#software"
_MAIN, _SUB = ("main", "", "a", "m"), ("sub", "subordinate")


def read_record(root: etree._Element) -> Record:
    """The description of the edition whose ``TEI`` or ``teiHeader`` element is given; an empty one when there is no header."""
    header = root if root.tag == f"{{{TEI}}}teiHeader" else next(root.iter(f"{{{TEI}}}teiHeader"), None)
    if header is None:
        return Record()
    titles = all_of(header, "t:fileDesc/t:titleStmt/t:title")
    main = [title for title in titles if (title.get("type") or "") in _MAIN][:1]
    subtitles = [title for title in titles if title.get("type") in _SUB]
    others = [title for title in titles if title not in main and title not in subtitles]
    published = first_of(header, "t:fileDesc/t:publicationStmt")
    return Record(
        title=said(main[0]) if main else "",
        subtitle=": ".join(filter(None, map(said, subtitles))),
        other_titles=texts(others),
        title_language=(main[0].get(_LANG) or "") if main else "",
        agents=tuple(agents(header)),
        funding=tuple(funding(header)),
        publication=publication(published),
        edition=said(first_of(header, "t:fileDesc/t:editionStmt/t:edition")),
        series=tuple(filter(None, map(series_of, all_of(header, "t:fileDesc/t:seriesStmt")))),
        identifiers=identifiers(published),
        languages=tuple(_languages(header)),
        extent=tuple(_extent(header)),
        licences=tuple(_licences(header)),
        genres=texts([term for term in _terms(header) if _is_genre(term)]),
        subjects=tuple(_subjects(header)),
        abstract=said(first_of(header, "t:profileDesc/t:abstract")),
        notes=texts(all_of(header, "t:fileDesc/t:notesStmt/t:note")),
        created=publication(first_of(header, "t:profileDesc/t:creation")),
        books=tuple(filter(None, map(book_of, printed_sources(header)))),
        works=tuple(filter(None, map(book_of, header.iterfind("t:fileDesc/t:sourceDesc/t:listBibl[@type='works']/t:bibl", NAMESPACES)))),
        files=tuple(source_files(header)),
        software=tuple(_software(header)),
        changes=tuple(_changes(header)),
        guessed=tuple(
            dict.fromkeys(etree.QName(each).localname for each in header.iterfind(f".//*[@resp='{_SOFTWARE}']") if not _is_genres(each))
        ),
    )


# ---------------------------------------------------------------- the edition


def _extent(header: etree._Element) -> Iterator[str]:
    for element in all_of(header, "t:fileDesc/t:extent/t:measure") or all_of(header, "t:fileDesc/t:extent"):
        if words := said(element):
            yield f"{words} {element.get('unit')}" if words.isdecimal() and element.get("unit") else words


def _languages(header: etree._Element) -> Iterator[Language]:
    """The languages of the text, as catalogues give them: without those of which the software found single passages only."""
    for element in all_of(header, "t:profileDesc/t:langUsage/t:language"):
        passages = element.get("usage") and element.get("resp") == _SOFTWARE and not element.get("cert")
        if not passages and (tag := is_language(element.get("ident"))):
            yield Language(tag, element.get("resp") == _SOFTWARE)


def _licences(header: etree._Element) -> Iterator[Licence]:
    for availability in all_of(header, "t:fileDesc/t:publicationStmt/t:availability"):
        stated = all_of(availability, "t:licence")
        for element in stated:
            target = (element.get("target") or "").split()
            words = said(element) or " ".join(target)
            yield Licence(words, target[0] if target else words if words.startswith("http") and " " not in words else "")
        if availability.get("status") != UNKNOWN:
            for element in all_of(availability, "t:p") + all_of(availability, "t:ab"):
                pointers = [ref.get("target") or "" for ref in element.iterfind(".//t:ref", NAMESPACES)]
                if words := said(element):
                    yield Licence(words, next((each for each in pointers if each.startswith("http")), ""))


# ---------------------------------------------------------------- what it is about


def _terms(header: etree._Element) -> list[etree._Element]:
    """The terms of the keywords; in older files the items of lists."""
    keywords = all_of(header, "t:profileDesc/t:textClass/t:keywords")
    terms = [term for each in keywords for term in each.iterfind(".//t:term", NAMESPACES)]
    return terms or [item for each in keywords for item in each.iterfind(".//t:item", NAMESPACES)]


def _scheme(element: etree._Element) -> str:
    """The list that a term is taken from: its own, or that of all keywords around it."""
    for each in (element, *element.iterancestors(f"{{{TEI}}}keywords")):
        if (scheme := each.get("scheme")) and not scheme.startswith("#"):
            return scheme
        if each is not element and (name := each.get("n")):
            return name
    return ""


def _is_genre(term: etree._Element) -> bool:
    """Whether a term is one of the kinds of text that the program itself found, from the types of the divisions."""
    return any(map(_is_genres, term.iterancestors(f"{{{TEI}}}keywords")))


def _is_genres(element: etree._Element) -> bool:
    return element.tag == f"{{{TEI}}}keywords" and element.get("resp") == _SOFTWARE


def _subjects(header: etree._Element) -> Iterator[Subject]:
    for term in _terms(header):
        if (words := said(term)) and not _is_genre(term):
            yield Subject(words, _scheme(term), (term.get("ref") or "").partition(" ")[0])
    for code in all_of(header, "t:profileDesc/t:textClass/t:classCode"):
        if words := said(code):
            yield Subject(words, _scheme(code))


def _software(header: etree._Element) -> Iterator[str]:
    for element in all_of(header, "t:encodingDesc/t:appInfo/t:application"):
        name = element.get("ident") or said(first_of(element, "t:label"))
        yield " ".join(filter(None, (name, element.get("version"))))


def _changes(header: etree._Element) -> Iterator[Change]:
    people = {each.get(_ID): each for each in header.iter() if each.get(_ID)}
    for element in header.iterfind("t:revisionDesc//t:change", NAMESPACES):
        named = first_of(element, "t:name")
        who = said(named)
        words = said(element)
        for pointer in (element.get("who") or "").split() if not who else ():
            target = people.get(pointer.removeprefix("#"))
            who = said(first_of(target, "t:name") if target is not None else None) or said(target)
        yield Change(temporal(element.get("when")), who, words.removeprefix(f"{who}: ") if named is not None else words)
