"""Dublin Core: the fifteen elements as ``oai_dc`` (OAI-PMH 2.0, section 5), and with the qualifiers that DSpace's registry has.

DCMI Metadata Terms, 2020-01-20. Each value stands once; what Dublin Core has no place for (roles, authorities) is left to MODS.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from tei_pipeline.crosswalk.record import AUTHOR, FUNDER, Book, Record

OAI_DC, DC = "http://www.openarchives.org/OAI/2.0/oai_dc/", "http://purl.org/dc/elements/1.1/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_LOCATION = f"{OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What DSpace's registry of Dublin Core calls those whom it knows by what they did.
_CONTRIBUTORS = {"edt": "editor", "ill": "illustrator", "pdr": "advisor"}


class Statement(NamedTuple):
    """One value of Dublin Core: its element, its qualifier (empty: none), the value, its language tag."""

    element: str
    qualifier: str
    value: str
    language: str = ""


def statements(record: Record) -> list[Statement]:
    """All that Dublin Core can say of an edition, in the order of a title page."""
    return list(dict.fromkeys(each for each in _statements(record) if each.value))


def _statements(record: Record) -> Iterator[Statement]:
    yield Statement("title", "", record.full_title, record.title_language)
    for title in record.other_titles:
        yield Statement("title", "alternative", title)
    for agent in record.agents:
        yield (
            Statement("contributor", "author", agent.name)
            if agent.role == AUTHOR
            else Statement("contributor", _CONTRIBUTORS.get(agent.role, "other"), agent.name)
        )
    for funding in record.funding:
        yield Statement("description", "sponsorship", " ".join(filter(None, (funding.funder.name, funding.award))))
    yield Statement("publisher", "", record.publication.publisher)
    yield Statement("date", "issued", record.publication.when or record.publication.date)
    yield Statement("date", "created", record.created.when or record.created.date)
    yield Statement("type", "", "Text")  # DCMI Type Vocabulary
    for genre in record.genres:
        yield Statement("type", "", genre)
    yield Statement("format", "mimetype", "application/tei+xml")  # RFC 6129
    for extent in record.extent:
        yield Statement("format", "extent", extent)
    for identifier in record.identifiers:
        qualifier = identifier.type if identifier.type in ("isbn", "issn", "uri") else "uri" if identifier.uri else "other"
        yield Statement("identifier", qualifier, identifier.uri or identifier.value)
    for language in record.languages:
        yield Statement("language", "iso", language.tag)
    for subject in record.subjects:
        yield Statement("subject", "", subject.term)
    yield Statement("description", "abstract", record.abstract)
    for note in record.notes:
        yield Statement("description", "", note)
    for series in record.series:
        yield Statement("relation", "ispartofseries", "; ".join(filter(None, (series.title, series.volume))))
    for book in record.books:
        yield Statement("source", "", cited(book))
    for work in record.works:
        yield Statement("relation", "haspart", cited(work))
    for licence in record.licences:
        yield Statement("rights", "", licence.text)
        yield Statement("rights", "uri", licence.uri)


def cited(book: Book) -> str:
    """A printed book in one line, as a bibliography has it: authors, title, edition, imprint; its note when nothing else is known."""
    authors = "; ".join(agent.name for agent in book.agents if agent.role != FUNDER)
    printed = ": ".join(filter(None, (book.publication.place, book.publication.publisher)))
    imprint = ", ".join(filter(None, (printed, book.publication.date)))
    series = " ".join(filter(None, (book.series.title, book.series.volume))) if book.series else ""
    known = [part.rstrip(".") for part in (authors, book.title, book.volume, book.edition, imprint, series) if part]
    return f"{'. '.join(known)}." if known else book.note


def oai_dc(record: Record) -> etree._Element:
    """The description as ``oai_dc:dc``: plain Dublin Core, in which an author is a creator."""
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC, "xsi": _XSI})
    root.set(f"{{{_XSI}}}schemaLocation", _LOCATION)
    for statement in statements(record):
        name = "creator" if statement[:2] == ("contributor", "author") else statement.element
        if (statement.element, statement.qualifier) == ("description", "sponsorship"):
            name = "contributor"
        made = etree.SubElement(root, f"{{{DC}}}{name}")
        made.text = statement.value
        if statement.language:
            made.set(_XML_LANG, statement.language)
    return root
