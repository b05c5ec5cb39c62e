"""Who had a part in an edition: names, roles, and their numbers in files of names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from tei_pipeline.crosswalk.elements import NAMESPACES, TEI, all_of, first_of, said, texts
from tei_pipeline.crosswalk.record import AUTHOR, CONTRIBUTOR, EDITOR, FUNDER, Agent, Funding, Identifier
from tei_pipeline.crosswalk.systems import of_address, of_number, relator
from tei_pipeline.tei.file_description import UNKNOWN

_NAMES: Any = etree.XPath(".//text()[not(ancestor::t:idno)]", namespaces=NAMESPACES)


def agents(header: etree._Element) -> Iterator[Agent]:
    """Who the title statement and the edition statement name, but for funders and software."""
    statement = first_of(header, "t:fileDesc/t:titleStmt")
    for name, role in (("author", AUTHOR), ("editor", EDITOR), ("principal", "pdr"), ("sponsor", "spn")):
        for element in all_of(statement, f"t:{name}"):
            yield from agent_of(element, role, element.get("role") or "")
    for path in ("t:fileDesc/t:titleStmt/t:respStmt", "t:fileDesc/t:editionStmt/t:respStmt"):
        for element in all_of(header, path):
            yield from _responsible(element)


def _responsible(statement: etree._Element) -> Iterator[Agent]:
    """The people of a ``respStmt``; not the software, whose names stand in :attr:`Record.software`."""
    duties = all_of(statement, "t:resp")
    duty = "; ".join(texts(duties))
    refs = [ref for each in duties for ref in (each.get("ref") or each.get("key") or "").split()]
    for element in statement:
        if element.tag in (f"{{{TEI}}}{kind}" for kind in ("name", "persName", "orgName")) and element.get("type") != "software":
            yield from agent_of(element, relator(duty, among=refs), "", duty)


def agent_of(element: etree._Element, role: str, named: str = "", duty: str = "") -> Iterator[Agent]:
    """The agent of an element, if it names one; ``named`` is the word of its ``role`` attribute, which goes before ``role``."""
    inner = next((found for kind in ("persName", "orgName", "name") if (found := first_of(element, f"t:{kind}")) is not None), element)
    parts = {kind: said(inner.find(f".//t:{kind}", NAMESPACES)) for kind in ("surname", "forename")}
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
        identifiers=tuple(dict.fromkeys((*references(element), *(references(inner) if inner is not element else ())))),
    )


def references(element: etree._Element) -> Iterator[Identifier]:
    """The identifiers of somebody: addresses in ``ref``, and ``idno`` inside."""
    for address in (element.get("ref") or "").split():
        if not address.startswith("#"):
            yield of_address(address) if address.startswith(("http://", "https://")) else of_number(*reversed(_prefixed(address)))
    for number in all_of(element, "t:idno"):
        if value := said(number):
            yield of_number(value, number.get("type") or "")


def _prefixed(reference: str) -> tuple[str, str]:
    """``viaf:123`` as system and number."""
    system, colon, value = reference.partition(":")
    return (system, value) if colon and value else ("", reference)


def funding(header: etree._Element) -> Iterator[Funding]:
    """Who paid, and under what number."""
    for element in all_of(header, "t:fileDesc/t:titleStmt/t:funder"):
        for agent in agent_of(element, FUNDER):
            awards = [each for each in all_of(element, "t:idno") if (each.get("type") or "").lower() in ("grant", "award", "project")]
            given = {said(each) for each in awards}
            known = tuple(each for each in agent.identifiers if each.value not in given)
            yield Funding(Agent(agent.name, FUNDER, agent.duty, agent.kind or "corporate", identifiers=known), " ".join(texts(awards)))
