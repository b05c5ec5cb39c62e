"""MARC 21 as MARCXML, through ``pymarc``: a record for an electronic reproduction of a printed book.

MARC 21 Format for Bibliographic Data. The record says nothing of the day on which it was made: field 005 is left out, and the date in
008 is the last of the edition's own history.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tei_pipeline.crosswalk.dublin_core import cited
from tei_pipeline.crosswalk.record import Agent, Identifier, Record

if TYPE_CHECKING:
    from pymarc import Field

_LEADER = "     nam a22     3u 4500"  # new, language material, monograph, UTF-8; abbreviated level
_SIX, _SEVEN = "m     o  d        ", "cr |||||||||||"  # a computer file, text, online
_NOT_CODED = "|"  # fill character: the header does not say
DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_IDENTIFIERS = {"isbn": "020", "issn": "022"}


@cache
def _codes() -> dict[str, str]:
    path = Path(__file__).with_name("iso639.toml")
    return {key: str(value) for key, value in tomllib.loads(path.read_text("utf-8")).items()}


def language_code(tag: str) -> str:
    """MARC's code of a language tag: ``en-GB`` is ``eng``; a code of three letters stays; ``und`` when there is none."""
    first = tag.partition("-")[0].lower()
    return _codes().get(first) or (first if len(first) == 3 else "und")


def marcxml(record: Record) -> bytes:
    """The description as one MARCXML ``record`` (UTF-8)."""
    from xml.etree import ElementTree

    from pymarc import record_to_xml_node

    to_node: Any = record_to_xml_node  # pymarc types only part of itself
    node = to_node(_marc(record), namespace=True)
    ElementTree.indent(node)
    made: bytes = ElementTree.tostring(node, encoding="utf-8", xml_declaration=False)
    return DECLARATION + made + b"\n"


def _marc(record: Record) -> Any:
    from pymarc import Field
    from pymarc import Record as MarcRecord

    marc: Any = MarcRecord(force_utf8=True, leader=_LEADER)
    marc.add_field(Field("006", data=_SIX), Field("007", data=_SEVEN), Field("008", data=_fixed(record)))
    for field in _fields(record):
        marc.add_field(field)
    return marc


def _fixed(record: Record) -> str:
    """Field 008 for books, 40 characters."""
    date = record.date
    entered = f"{date[2:4]}{date[5:7]}{date[8:10]}" if date else _NOT_CODED * 6
    year = record.publication.year
    published = f"s{year}    " if year else "nuuuuuuuu"
    language = language_code(record.languages[0].tag) if record.languages else "und"
    return f"{entered}{published}xx {_NOT_CODED * 5}o{_NOT_CODED * 8} {_NOT_CODED * 2}{language} {_NOT_CODED}"


def _fields(record: Record) -> list[Field]:
    authors, others = record.authors, record.contributors
    fields = [_identifier(each) for each in record.identifiers]
    fields.append(_field("040", "  ", ("b", "eng")))
    codes = list(dict.fromkeys(language_code(language.tag) for language in record.languages))
    if len(codes) > 1:
        fields.append(_field("041", "0 ", *(("a", code) for code in codes)))
    if authors:
        fields.append(_agent("1", authors[0]))
    said = "; ".join(agent.name for agent in authors)
    fields.append(_field("245", f"{'1' if authors else '0'}0", ("a", record.title or "[untitled]"), ("b", record.subtitle), ("c", said)))
    fields += [_field("246", "33", ("a", title)) for title in record.other_titles]
    fields.append(_field("250", "  ", ("a", record.edition)))
    published = record.publication
    fields.append(_field("264", " 1", ("a", published.place), ("b", published.publisher), ("c", published.date)))
    extent = f"1 online resource ({', '.join(record.extent)})" if record.extent else "1 online resource"
    fields.append(_field("300", "  ", ("a", extent)))
    fields.append(_field("336", "  ", ("a", "text"), ("b", "txt"), ("2", "rdacontent")))
    fields.append(_field("337", "  ", ("a", "computer"), ("b", "c"), ("2", "rdamedia")))
    fields.append(_field("338", "  ", ("a", "online resource"), ("b", "cr"), ("2", "rdacarrier")))
    fields.append(_field("347", "  ", ("a", "text file"), ("b", "TEI P5 XML"), ("2", "rdaft")))
    for series in record.series:
        issn = next((each.value for each in series.identifiers if each.type == "issn"), "")
        fields.append(_field("490", "0 ", ("a", series.title), ("x", issn), ("v", series.volume)))
    fields += [_field("500", "  ", ("a", note)) for note in record.notes]
    fields.append(_field("520", "  ", ("a", record.abstract)))
    for book in record.books:
        printed = ", ".join(filter(None, (book.publication.place, book.publication.publisher, book.publication.date)))
        parts = [("p", "Text taken from:"), ("a", book.agents[0].name if book.agents else ""), ("t", book.title), ("b", book.edition)]
        parts += [("c", printed), ("e", book.extent), ("n", book.note if book.note != cited(book) else "")]
        fields.append(_field("534", "  ", *(parts if book.title else (parts[0], ("n", cited(book))))))
    fields += [_field("505", "0 ", ("a", " -- ".join(cited(work).rstrip(".") for work in record.works)))]
    fields += [_field("536", "  ", ("a", each.funder.name), ("c", each.award)) for each in record.funding]
    fields += [_field("540", "  ", ("a", each.text), ("u", each.uri)) for each in record.licences]
    for subject in record.subjects:
        second, source = ("0", "") if subject.scheme.lower() == "lcsh" else ("7", subject.scheme) if subject.scheme else ("4", "")
        fields.append(_field("650", f" {second}", ("a", subject.term), ("2", source), ("0", subject.uri)))
    fields += [_field("655", " 4", ("a", genre)) for genre in record.genres]
    fields += [_agent("7", agent) for agent in (*authors[1:], *others, *(each.funder for each in record.funding))]
    fields += [_field("856", "40", ("u", each.uri)) for each in record.identifiers if each.uri.startswith("http")]
    return sorted((field for field in fields if field.subfields), key=lambda field: field.tag)


def _identifier(identifier: Identifier) -> Field:
    """Fields 020 and 022 for numbers of books and series, else 024 with the system as its source."""
    if identifier.type in _IDENTIFIERS:
        return _field(_IDENTIFIERS[identifier.type], "  ", ("a", identifier.value))
    known = identifier.type != "local"
    return _field("024", "7 " if known else "8 ", ("a", identifier.value), ("2", identifier.type if known else ""))


def _agent(hundred: str, agent: Agent) -> Field:
    """Main (1) or added (7) entry: x10 for bodies, x00 for people; a name with a comma is entered under the family name."""
    corporate = agent.kind == "corporate"
    first = "2" if corporate else "1" if "," in agent.name else "0"
    addresses = [("1", each.uri) for each in agent.identifiers if each.uri]
    return _field(
        f"{hundred}{'10' if corporate else '00'}", f"{first} ", ("a", agent.name), *addresses, ("e", agent.duty), ("4", agent.role)
    )


def _field(tag: str, indicators: str, *parts: tuple[str, str]) -> Field:
    from pymarc import Field, Indicators, Subfield

    known: list[Subfield] = [Subfield(code, value) for code, value in parts if value]
    return Field(tag, indicators=Indicators(*indicators), subfields=known)
