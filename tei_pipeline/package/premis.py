"""PREMIS 3.0 (Library of Congress): the objects of a package, what happened to them, who did it, and under what terms they may be used.

The times are the one time that the package states: when a text was received and converted is not recorded, so that the same edition gives
the same bytes. Types of events and outcomes are terms of the Library of Congress' preservation vocabularies.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree
from msgspec import Struct

from tei_pipeline.package.deposit import Deposit
from tei_pipeline.package.fixity import Digests
from tei_pipeline.package.item import SOFTWARE, Item

PREMIS = "http://www.loc.gov/premis/v3"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_LOCATION = f"{PREMIS} http://www.loc.gov/standards/premis/premis.xsd"
_EVENTS = "http://id.loc.gov/vocabulary/preservation/eventType"
_PRONOM = {"text/plain": "x-fmt/111", "application/json": "fmt/817", "application/xml": "fmt/101", "application/tei+xml": "fmt/1476"}


class Held(Struct, frozen=True):
    """A file as it lies in the package: its path there, where it came from, its digests."""

    path: str
    item: Item
    digests: Digests


class Event(Struct, frozen=True):
    """Something that happened: ``kind`` is a term of the vocabulary with its code, ``made`` and ``used`` are identifiers of objects."""

    name: str
    kind: tuple[str, str]
    detail: str
    note: str
    agent: str
    used: tuple[str, ...] = ()
    made: tuple[str, ...] = ()


def premis(deposits: Sequence[Deposit], held: Mapping[str, Sequence[Held]], date: str, *, organization: str = "") -> etree._Element:
    """The whole record of a package; ``held`` has the files of each edition by its key, ``date`` is the time of all events."""
    root = _root()
    events = [event for deposit in deposits for event in events_of(deposit, held[deposit.key])]
    for deposit in deposits:
        _entity(root, deposit, events)
    for deposit in deposits:
        for each in held[deposit.key]:
            _file(root, deposit, each, events)
    for event in events:
        _event(root, event, date)
    agents = dict.fromkeys((*(event.agent for event in events), SOFTWARE))
    for agent in agents:
        name, _, version = agent.rpartition(" ")
        _agent(root, agent, name, "software", version)
    for name in dict.fromkeys(filter(None, (organization, *(deposit.record.publication.publisher for deposit in deposits)))):
        _agent(root, name, name, "organization", "")
    for deposit in deposits:
        _rights(root, deposit)
    return root


def objects_of(deposit: Deposit, held: Sequence[Held], representation: str) -> etree._Element:
    """The objects of one representation alone: what stands beside it."""
    root = _root()
    made = _object(root, "representation", f"{representation}/{deposit.key}")
    _relationship(made, "structural", "represents", [deposit.key])
    for each in held:
        _file(root, deposit, each, [])
    return root


def events_of(deposit: Deposit, held: Sequence[Held]) -> list[Event]:
    """What happened to an edition, in order: its source came, was converted, the result was proved; somebody may have changed it since."""
    paths = {role: tuple(each.path for each in held if each.item.role == role) for role in ("source", "sidecar", "tei", "export")}
    made_by, checked = deposit.origin.program, deposit.checked
    encodings = ", ".join(dict.fromkeys(file.encoding for file in deposit.origin.sources))
    received = "given back by the edition, byte for byte" if deposit.restored else "the file as received"
    sidecar = "; sidecar: " + ", ".join(paths["sidecar"]) if paths["sidecar"] else ""
    events = [
        Event("reception", ("accession", "acc"), f"plain text, {encodings}", received, made_by, made=paths["source"]),
        Event(
            "conversion",
            ("migration", "mig"),
            f"plain text to TEI P5; encoding: {encodings}{sidecar}; corrections of the editor: {deposit.origin.corrections}",
            f"{len(deposit.origin.problems)} remarks in the validation report",
            made_by,
            (*paths["source"], *paths["sidecar"]),
            (*paths["tei"], *paths["export"]),
        ),
    ]
    if deposit.changed:
        what = "the edition was changed by hand; its printed characters are still those of the source"
        events.append(Event("revision", ("modification", "mod"), what, "exports made anew", SOFTWARE, paths["tei"], paths["tei"]))
    events.append(
        Event(
            "fixity",
            ("fixity check", "fix"),
            "SHA-256 of the source against the provenance of the edition",
            "the source is the one that the edition was made from",
            SOFTWARE,
            paths["source"],
        )
    )
    when = "at the conversion" if checked.at == "conversion" else "when it was packed"
    grammars = "RELAX NG edition.rng, unique identifiers and pointers, diplomatic invariant"
    events.append(Event("validation", ("validation", "val"), f"{grammars}; {when}", "valid, and nothing is lost", checked.by, paths["tei"]))
    packed = Event("packaging", ("information package creation", "ipc"), "files copied and hashed", "complete", SOFTWARE, (deposit.key,))
    return [_named(deposit, event) for event in (*events, packed)]


def _named(deposit: Deposit, event: Event) -> Event:
    return Event(f"{deposit.key}/{event.name}", event.kind, event.detail, event.note, event.agent, event.used, event.made)


# ---------------------------------------------------------------- entities


def _root() -> etree._Element:
    root = etree.Element(f"{{{PREMIS}}}premis", version="3.0", nsmap={"premis": PREMIS, "xsi": _XSI})
    root.set(f"{{{_XSI}}}schemaLocation", _LOCATION)
    return root


def _add(parent: etree._Element, name: str, words: str | None = None, **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{PREMIS}}}{name}", {key: value for key, value in attributes.items() if value})
    made.text = words
    return made


def _identifier(parent: etree._Element, what: str, value: str, *roles: str) -> etree._Element:
    """``whatIdentifier`` with its type and value; a role with it, where it links."""
    made = _add(parent, f"{what}Identifier")
    _add(made, f"{what}IdentifierType", "local")
    _add(made, f"{what}IdentifierValue", value)
    for role in roles:
        _add(made, f"{what}Role", role)
    return made


def _object(root: etree._Element, kind: str, identifier: str) -> etree._Element:
    made = _add(root, "object")
    made.set(f"{{{_XSI}}}type", f"premis:{kind}")
    _identifier(made, "object", identifier)
    return made


def _relationship(parent: etree._Element, kind: str, subtype: str, others: Sequence[str], event: str = "") -> None:
    made = _add(parent, "relationship")
    base = "http://id.loc.gov/vocabulary/preservation"
    _add(made, "relationshipType", kind, authority="relationshipType", authorityURI=f"{base}/relationshipType")
    _add(made, "relationshipSubType", subtype, authority="relationshipSubType", authorityURI=f"{base}/relationshipSubType")
    for other in others:
        _identifier(made, "relatedObject", other)
    if event:
        _identifier(made, "relatedEvent", event)


def _entity(root: etree._Element, deposit: Deposit, events: Sequence[Event]) -> None:
    made = _object(root, "intellectualEntity", deposit.key)
    for identifier in deposit.record.identifiers:
        other = _add(made, "objectIdentifier")
        _add(other, "objectIdentifierType", identifier.type)
        _add(other, "objectIdentifierValue", identifier.value)
    if deposit.record.full_title:
        _add(made, "originalName", deposit.record.full_title)
    _links(made, deposit.key, events)
    for number, _ in enumerate(deposit.record.licences, 1):
        _identifier(made, "linkingRightsStatement", _right(deposit, number))


def _file(root: etree._Element, deposit: Deposit, held: Held, events: Sequence[Event]) -> None:
    made = _object(root, "file", held.path)
    known = _add(made, "objectCharacteristics")
    _add(known, "compositionLevel", "0")
    for algorithm, digest in held.digests.hashes:
        fixity = _add(known, "fixity")
        _add(fixity, "messageDigestAlgorithm", algorithm.upper().replace("SHA", "SHA-"))
        _add(fixity, "messageDigest", digest)
        _add(fixity, "messageDigestOriginator", SOFTWARE)
    _add(known, "size", str(held.digests.size))
    form = _add(known, "format")
    _add(_add(form, "formatDesignation"), "formatName", held.item.media_type)
    if held.item.media_type in _PRONOM:
        registry = _add(form, "formatRegistry")
        _add(registry, "formatRegistryName", "PRONOM")
        _add(registry, "formatRegistryKey", _PRONOM[held.item.media_type])
    if held.item.role in ("tei", "export", "provenance"):
        application = _add(known, "creatingApplication")
        name, _, version = deposit.origin.program.rpartition(" ")
        _add(application, "creatingApplicationName", name)
        _add(application, "creatingApplicationVersion", version)
    _add(made, "originalName", held.item.original or held.path.rpartition("/")[2])
    _relationship(made, "structural", "is part of", [deposit.key])
    for event in events:
        if held.path in event.made and event.used and held.path not in event.used:
            _relationship(made, "derivation", "has source", event.used, event.name)
    _links(made, held.path, events)


def _links(parent: etree._Element, identifier: str, events: Sequence[Event]) -> None:
    for event in events:
        if identifier in (*event.used, *event.made):
            _identifier(parent, "linkingEvent", event.name)


def _event(root: etree._Element, event: Event, date: str) -> None:
    made = _add(root, "event")
    _identifier(made, "event", event.name)
    term, code = event.kind
    _add(made, "eventType", term, authority="eventType", authorityURI=_EVENTS, valueURI=f"{_EVENTS}/{code}")
    _add(made, "eventDateTime", date)
    _add(_add(made, "eventDetailInformation"), "eventDetail", event.detail)
    outcome = _add(made, "eventOutcomeInformation")
    _add(outcome, "eventOutcome", "success", authority="eventOutcome", authorityURI=_EVENTS.replace("eventType", "eventOutcome"))
    _add(_add(outcome, "eventOutcomeDetail"), "eventOutcomeDetailNote", event.note)
    _identifier(made, "linkingAgent", event.agent, "executing program")
    roles: dict[str, list[str]] = {}
    for role, identifiers in (("source", event.used), ("outcome", event.made)):
        for identifier in identifiers:
            roles.setdefault(identifier, []).append(role)
    for identifier, known in roles.items():
        _identifier(made, "linkingObject", identifier, *known)


def _agent(root: etree._Element, identifier: str, name: str, kind: str, version: str) -> None:
    made = _add(root, "agent")
    _identifier(made, "agent", identifier)
    _add(made, "agentName", name)
    _add(made, "agentType", kind, authority="agentType", authorityURI="http://id.loc.gov/vocabulary/preservation/agentType")
    if version:
        _add(made, "agentVersion", version)


def _right(deposit: Deposit, number: int) -> str:
    return f"{deposit.key}/rights-{number}"


def _rights(root: etree._Element, deposit: Deposit) -> None:
    for number, licence in enumerate(deposit.record.licences, 1):
        made: Any = _add(_add(root, "rights"), "rightsStatement")
        _identifier(made, "rightsStatement", _right(deposit, number))
        base = "http://id.loc.gov/vocabulary/preservation/rightsBasis"
        _add(made, "rightsBasis", "license", authority="rightsBasis", authorityURI=base, valueURI=f"{base}/lic")
        terms = _add(made, "licenseInformation")
        if licence.uri:
            document = _add(terms, "licenseDocumentationIdentifier")
            _add(document, "licenseDocumentationIdentifierType", "URI")
            _add(document, "licenseDocumentationIdentifierValue", licence.uri)
        _add(terms, "licenseTerms", licence.text)
        _identifier(made, "linkingObject", deposit.key)
