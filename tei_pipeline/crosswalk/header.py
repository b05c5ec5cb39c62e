"""From a TEI header to a :class:`~tei_pipeline.crosswalk.record.Record`: ours, corrected by hand, or made elsewhere.

TEI Guidelines, chapter 2 (HD). Nothing is made up: what the header lacks, or says is unknown, stays empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from tei_pipeline.crosswalk.record import (
    AUTHOR,
    CONTRIBUTOR,
    EDITOR,
    FUNDER,
    Agent,
    Book,
    Change,
    Funding,
    Identifier,
    Language,
    Licence,
    Publication,
    Record,
    Series,
    SourceFile,
)
from tei_pipeline.crosswalk.systems import of_address, of_number, relator
from tei_pipeline.metadata import Subject
from tei_pipeline.tei.file_description import NO_BOOK, UNKNOWN
from tei_pipeline.tei.values import language as is_language
from tei_pipeline.tei.values import temporal

TEI = "http://www.tei-c.org/ns/1.0"
_T = {"t": TEI}
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SOFTWARE = "#software"
_TEXTS: Any = etree.XPath(".//text()")
_NAMES: Any = etree.XPath(".//text()[not(ancestor::t:idno)]", namespaces=_T)
_MAIN, _SUB = ("main", "", "a", "m"), ("sub", "subordinate")


def read_record(root: etree._Element) -> Record:
    """The description of the edition whose ``TEI`` or ``teiHeader`` element is given; an empty one when there is no header."""
    header = root if root.tag == f"{{{TEI}}}teiHeader" else next(root.iter(f"{{{TEI}}}teiHeader"), None)
    if header is None:
        return Record()
    titles = _all(header, "t:fileDesc/t:titleStmt/t:title")
    main = [title for title in titles if (title.get("type") or "") in _MAIN][:1]
    subtitles = [title for title in titles if title.get("type") in _SUB]
    others = [title for title in titles if title not in main and title not in subtitles]
    published = _first(header, "t:fileDesc/t:publicationStmt")
    return Record(
        title=_said(main[0]) if main else "",
        subtitle=": ".join(filter(None, map(_said, subtitles))),
        other_titles=_texts(others),
        title_language=(main[0].get(_LANG) or "") if main else "",
        agents=tuple(_agents(header)),
        funding=tuple(_funding(header)),
        publication=_publication(published),
        edition=_said(_first(header, "t:fileDesc/t:editionStmt/t:edition")),
        series=tuple(filter(None, map(_series, _all(header, "t:fileDesc/t:seriesStmt")))),
        identifiers=_identifiers(published),
        languages=tuple(_languages(header)),
        extent=tuple(_extent(header)),
        licences=tuple(_licences(header)),
        genres=_texts([term for term in _terms(header) if _is_genre(term)]),
        subjects=tuple(_subjects(header)),
        abstract=_said(_first(header, "t:profileDesc/t:abstract")),
        notes=_texts(_all(header, "t:fileDesc/t:notesStmt/t:note")),
        created=_publication(_first(header, "t:profileDesc/t:creation")),
        books=tuple(filter(None, map(_book, _sources(header)))),
        works=tuple(filter(None, map(_book, header.iterfind("t:fileDesc/t:sourceDesc/t:listBibl[@type='works']/t:bibl", _T)))),
        files=tuple(_files(header)),
        software=tuple(_software(header)),
        changes=tuple(_changes(header)),
        guessed=tuple(
            dict.fromkeys(etree.QName(each).localname for each in header.iterfind(f".//*[@resp='{_SOFTWARE}']") if not _is_genres(each))
        ),
    )


# ---------------------------------------------------------------- reading text


def _all(element: etree._Element | None, path: str) -> list[etree._Element]:
    return [] if element is None else list(element.iterfind(path, _T))


def _first(element: etree._Element | None, path: str) -> etree._Element | None:
    return None if element is None else element.find(path, _T)


def _said(element: etree._Element | None) -> str:
    """The words of an element on one line, without comments; nothing where it says that it does not know."""
    if element is None:
        return ""
    words = " ".join("".join(_TEXTS(element)).split())
    return "" if words.lower() == UNKNOWN else words


def _texts(elements: list[etree._Element]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_said, elements))))


def _date(element: etree._Element | None) -> tuple[str, str]:
    """A date for people, and as ISO 8601 gives it (year, month or day; a range as ``from/to``)."""
    if element is None:
        return "", ""
    when = temporal(element.get("when"))
    start, end = (temporal(element.get(one) or element.get(other)) for one, other in (("from", "notBefore"), ("to", "notAfter")))
    iso = when or (f"{start}/{end}" if start and end else start or end)
    words = _said(element)
    return words or iso, iso or temporal(words) or temporal(words[:10] if words[10:11] == "T" else "")


# ---------------------------------------------------------------- people


def _agents(header: etree._Element) -> Iterator[Agent]:
    statement = _first(header, "t:fileDesc/t:titleStmt")
    for name, role in (("author", AUTHOR), ("editor", EDITOR), ("principal", "pdr"), ("sponsor", "spn")):
        for element in _all(statement, f"t:{name}"):
            yield from _agent(element, role, element.get("role") or "")
    for path in ("t:fileDesc/t:titleStmt/t:respStmt", "t:fileDesc/t:editionStmt/t:respStmt"):
        for element in _all(header, path):
            yield from _responsible(element)


def _responsible(statement: etree._Element) -> Iterator[Agent]:
    """The people of a ``respStmt``; not the software, whose names stand in :attr:`Record.software`."""
    duties = _all(statement, "t:resp")
    duty = "; ".join(_texts(duties))
    refs = [ref for each in duties for ref in (each.get("ref") or each.get("key") or "").split()]
    for element in statement:
        if element.tag in (f"{{{TEI}}}{kind}" for kind in ("name", "persName", "orgName")) and element.get("type") != "software":
            yield from _agent(element, relator(duty, among=refs), "", duty)


def _agent(element: etree._Element, role: str, named: str = "", duty: str = "") -> Iterator[Agent]:
    """The agent of an element, if it names one; ``named`` is the word of its ``role`` attribute, which goes before ``role``."""
    inner = next((found for kind in ("persName", "orgName", "name") if (found := _first(element, f"t:{kind}")) is not None), element)
    parts = {kind: _said(inner.find(f".//t:{kind}", _T)) for kind in ("surname", "forename")}
    whole = "".join(_NAMES(inner))
    name = " ".join(whole.split())
    if not name or name.lower() == UNKNOWN:
        return
    is_body = inner.tag == f"{{{TEI}}}orgName" or inner.get("type") == "org"
    is_person = inner.tag == f"{{{TEI}}}persName" or inner.get("type") == "person" or bool(parts["surname"])
    if named and (known := relator(named)) != CONTRIBUTOR:
        role = known
    yield Agent(
        name=f"{parts['surname']}, {parts['forename']}" if parts["surname"] and parts["forename"] else name,
        role=role,
        duty=duty or named,
        kind="corporate" if is_body else "personal" if is_person else "",
        family=parts["surname"],
        given=parts["forename"],
        identifiers=tuple(dict.fromkeys((*_references(element), *(_references(inner) if inner is not element else ())))),
    )


def _references(element: etree._Element) -> Iterator[Identifier]:
    for address in (element.get("ref") or "").split():
        if not address.startswith("#"):
            yield of_address(address) if address.startswith(("http://", "https://")) else of_number(*reversed(_prefixed(address)))
    for number in _all(element, "t:idno"):
        if value := _said(number):
            yield of_number(value, number.get("type") or "")


def _prefixed(reference: str) -> tuple[str, str]:
    """``viaf:123`` as system and number."""
    system, colon, value = reference.partition(":")
    return (system, value) if colon and value else ("", reference)


def _funding(header: etree._Element) -> Iterator[Funding]:
    for element in _all(header, "t:fileDesc/t:titleStmt/t:funder"):
        for agent in _agent(element, FUNDER):
            awards = [each for each in _all(element, "t:idno") if (each.get("type") or "").lower() in ("grant", "award", "project")]
            given = {_said(each) for each in awards}
            known = tuple(each for each in agent.identifiers if each.value not in given)
            yield Funding(Agent(agent.name, FUNDER, agent.duty, agent.kind or "corporate", identifiers=known), " ".join(_texts(awards)))


# ---------------------------------------------------------------- the edition


def _publication(element: etree._Element | None) -> Publication:
    if element is None:
        return Publication()
    bodies = [each for kind in ("publisher", "authority", "distributor") for each in _all(element, f"t:{kind}") if _said(each)]
    known = tuple(_references(bodies[0])) if bodies else ()
    date, when = _date(_first(element, "t:date"))
    place = _said(_first(element, "t:pubPlace")) or _said(_first(element, "t:placeName"))
    return Publication(place, _said(bodies[0]) if bodies else "", date, when, known)


def _identifiers(element: etree._Element | None) -> tuple[Identifier, ...]:
    """The numbers of an edition or book; the name of a file, which the header has where no identifier is known, is none."""
    found = []
    for number in element.iterfind(".//t:idno", _T) if element is not None else ():
        value, named = _said(number), number.get("type") or ""
        if value and named not in ("file", "filename", "sha256") and number.find("t:idno", _T) is None:
            found.append(of_number(value, named))
    return tuple(dict.fromkeys(found))


def _extent(header: etree._Element) -> Iterator[str]:
    for element in _all(header, "t:fileDesc/t:extent/t:measure") or _all(header, "t:fileDesc/t:extent"):
        if words := _said(element):
            yield f"{words} {element.get('unit')}" if words.isdecimal() and element.get("unit") else words


def _series(element: etree._Element) -> Series | None:
    title = _said(_first(element, "t:title")) or ("" if len(element.findall("t:p", _T)) == 0 else _said(element))
    if not title:
        return None
    scope = next((each for each in _all(element, "t:biblScope")), None)
    volume = _said(scope) or (scope.get("n") or scope.get("from") or "" if scope is not None else "")
    return Series(title, volume, _identifiers(element))


def _languages(header: etree._Element) -> Iterator[Language]:
    for element in _all(header, "t:profileDesc/t:langUsage/t:language"):
        if tag := is_language(element.get("ident")):
            yield Language(tag, element.get("resp") == _SOFTWARE)


def _licences(header: etree._Element) -> Iterator[Licence]:
    for availability in _all(header, "t:fileDesc/t:publicationStmt/t:availability"):
        stated = _all(availability, "t:licence")
        for element in stated:
            target = (element.get("target") or "").split()
            words = _said(element) or " ".join(target)
            yield Licence(words, target[0] if target else words if words.startswith("http") and " " not in words else "")
        if availability.get("status") != UNKNOWN:
            for element in _all(availability, "t:p") + _all(availability, "t:ab"):
                pointers = [ref.get("target") or "" for ref in element.iterfind(".//t:ref", _T)]
                if words := _said(element):
                    yield Licence(words, next((each for each in pointers if each.startswith("http")), ""))


# ---------------------------------------------------------------- what it is about


def _terms(header: etree._Element) -> list[etree._Element]:
    return [term for keywords in _all(header, "t:profileDesc/t:textClass/t:keywords") for term in keywords.iterfind(".//t:term", _T)] or [
        item for keywords in _all(header, "t:profileDesc/t:textClass/t:keywords") for item in keywords.iterfind(".//t:item", _T)
    ]


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
        if (words := _said(term)) and not _is_genre(term):
            yield Subject(words, _scheme(term), (term.get("ref") or "").partition(" ")[0])
    for code in _all(header, "t:profileDesc/t:textClass/t:classCode"):
        if words := _said(code):
            yield Subject(words, _scheme(code))


# ---------------------------------------------------------------- where it comes from


def _is_no_book(element: etree._Element) -> bool:
    """Whether it is a text file, or the works of the volume itself."""
    return element.get("type") in ("file", "files", "digitalSource", "works")


def _sources(header: etree._Element) -> Iterator[etree._Element]:
    for element in header.iterfind("t:fileDesc/t:sourceDesc/*", _T):
        if element.tag == f"{{{TEI}}}listBibl" and not _is_no_book(element):
            yield from element.iterfind("*", _T)
        elif not _is_no_book(element):
            yield element


def _book(element: etree._Element) -> Book | None:
    if etree.QName(element).localname not in ("bibl", "biblStruct", "biblFull"):
        return None
    monograph = _first(element, "t:monogr")
    within = monograph if monograph is not None else element
    statement = within.find("t:titleStmt", _T) if element.tag == f"{{{TEI}}}biblFull" else within
    statement = statement if statement is not None else within
    agents = [agent for each in _all(statement, "t:author") for agent in _agent(each, AUTHOR)]
    agents += [agent for each in _all(statement, "t:editor") for agent in _agent(each, EDITOR, each.get("role") or "")]
    title = next((words for each in _all(statement, "t:title") if (words := _said(each))), "")
    imprint = next((found for kind in ("imprint", "publicationStmt") if (found := _first(within, f"t:{kind}")) is not None), within)
    series = next(filter(None, map(_series, _all(element, "t:series"))), None)
    note = " ".join(_texts(_all(element, "t:note") or _all(within, "t:note")))
    if not title and not agents and not note:
        note = _said(element).replace(NO_BOOK, "")
    known = Book(
        title=title,
        agents=tuple(agents),
        publication=_publication(imprint),
        edition=_said(_first(within, "t:edition")),
        extent=_said(_first(within, "t:extent")),
        volume=_said(_first(within, "t:biblScope")) or _said(_first(imprint, "t:biblScope")),
        series=series,
        identifiers=_identifiers(element),
        note=note,
    )
    return None if known == Book() else known


def _files(header: etree._Element) -> Iterator[SourceFile]:
    for element in header.iterfind("t:fileDesc/t:sourceDesc//t:bibl", _T):
        if element.get("type") == "file":
            digest = next((_said(number) for number in _all(element, "t:idno") if number.get("type") == "sha256"), "")
            yield SourceFile(_said(_first(element, "t:title")), digest, _said(_first(element, "t:extent")))


def _software(header: etree._Element) -> Iterator[str]:
    for element in _all(header, "t:encodingDesc/t:appInfo/t:application"):
        name = element.get("ident") or _said(_first(element, "t:label"))
        yield " ".join(filter(None, (name, element.get("version"))))


def _changes(header: etree._Element) -> Iterator[Change]:
    people = {each.get(_ID): each for each in header.iter() if each.get(_ID)}
    for element in header.iterfind("t:revisionDesc//t:change", _T):
        named = _first(element, "t:name")
        who = _said(named)
        words = _said(element)
        for pointer in (element.get("who") or "").split() if not who else ():
            target = people.get(pointer.removeprefix("#"))
            who = _said(_first(target, "t:name") if target is not None else None) or _said(target)
        yield Change(temporal(element.get("when")), who, words.removeprefix(f"{who}: ") if named is not None else words)
