"""DataCite Metadata Schema 4.6 as JSON, in the form of its REST API: what a DOI is registered with."""

from __future__ import annotations

from typing import Any

from tei_pipeline.crosswalk.dublin_core import cited
from tei_pipeline.crosswalk.record import Agent, Identifier, Record

SCHEMA = "http://datacite.org/schema/kernel-4"
UNKNOWN = ":unkn"  # appendix 3: standard values for unknown information
_SCHEMES = {
    "orcid": ("ORCID", "https://orcid.org"),
    "isni": ("ISNI", "https://isni.org"),
    "ror": ("ROR", "https://ror.org"),
    "viaf": ("VIAF", "https://viaf.org"),
    "gnd": ("GND", "https://d-nb.info/gnd"),
    "lcnaf": ("LCNAF", "http://id.loc.gov/authorities/names"),
    "wikidata": ("Wikidata", "http://www.wikidata.org"),
}
_CONTRIBUTORS = {  # controlled list contributorType; what it lacks is Other
    "edt": "Editor", "com": "Editor", "cph": "RightsHolder", "dst": "Distributor", "his": "HostingInstitution", "mrk": "DataCurator",
    "pdr": "ProjectLeader", "res": "Researcher", "spn": "Sponsor", "trc": "DataCollector",
}  # fmt: skip
_RELATED = {"doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "ark": "ARK", "hdl": "Handle", "urn": "URN", "uri": "URL"}
_FUNDERS = {"ror": "ROR", "isni": "ISNI", "doi": "Crossref Funder ID"}


def datacite(record: Record) -> dict[str, Any]:
    """The description as JSON values. Without a year of publication there is no ``publicationYear``, and the result is not valid."""
    doi = next((identifier.value for identifier in record.identifiers if identifier.type == "doi"), "")
    address = next((identifier.uri for identifier in record.identifiers if identifier.type == "uri"), "")
    values: dict[str, Any] = {
        "doi": doi,
        "url": address,
        "types": {"resourceTypeGeneral": "Text", "resourceType": "TEI edition"},
        "creators": [_person(agent) for agent in record.authors] or [{"name": UNKNOWN}],
        "titles": _titles(record),
        "publisher": _publisher(record),
        "publicationYear": record.publication.year,
        "subjects": [_subject(each.term, each.scheme, each.uri) for each in record.subjects]
        + [{"subject": each} for each in record.genres],
        "contributors": [_person(agent) | {"contributorType": _CONTRIBUTORS.get(agent.role, "Other")} for agent in record.contributors],
        "dates": _dates(record),
        "language": next((language.tag for language in record.languages if language.tag != "und"), ""),
        "alternateIdentifiers": [
            {"alternateIdentifier": each.value, "alternateIdentifierType": each.type} for each in record.identifiers if each.value != doi
        ],
        "relatedIdentifiers": _related(record),
        "sizes": list(record.extent),
        "formats": ["application/tei+xml"],
        "rightsList": [{"rights": licence.text} | ({"rightsUri": licence.uri} if licence.uri else {}) for licence in record.licences],
        "descriptions": _descriptions(record),
        "fundingReferences": [_funder(each.funder, each.award) for each in record.funding],
        "schemaVersion": SCHEMA,
    }
    return {key: value for key, value in values.items() if value}


def missing(record: Record) -> list[str]:
    """What DataCite demands, has no value for "unknown" of, and the header does not say: each with what would give it."""
    wanted = []
    if not record.publication.year:
        wanted.append('publicationYear: give the sidecar a date, as date = "2024" in [metadata]')
    if not record.title:
        wanted.append('titles: give the sidecar a title, as title = "…" in [metadata]')
    return wanted


def _publisher(record: Record) -> dict[str, str]:
    made = {"name": record.publication.publisher or UNKNOWN}
    for identifier in record.publication.publisher_identifiers:
        if identifier.type in _SCHEMES:
            scheme, address = _SCHEMES[identifier.type]
            return made | {
                "publisherIdentifier": identifier.uri or identifier.value,
                "publisherIdentifierScheme": scheme,
                "schemeUri": address,
            }
    return made


def _person(agent: Agent) -> dict[str, Any]:
    made: dict[str, Any] = {"name": agent.name}
    if agent.kind:
        made["nameType"] = "Organizational" if agent.kind == "corporate" else "Personal"
    if agent.family and agent.given:
        made |= {"givenName": agent.given, "familyName": agent.family}
    known = [_name_identifier(identifier) for identifier in agent.identifiers if identifier.type in _SCHEMES]
    return made | ({"nameIdentifiers": known} if known else {})


def _name_identifier(identifier: Identifier) -> dict[str, str]:
    scheme, address = _SCHEMES[identifier.type]
    return {"nameIdentifier": identifier.uri or identifier.value, "nameIdentifierScheme": scheme, "schemeUri": address}


def _titles(record: Record) -> list[dict[str, str]]:
    language = {"lang": record.title_language} if record.title_language else {}
    titles = [{"title": record.title} | language] if record.title else []
    titles += [{"title": record.subtitle, "titleType": "Subtitle"} | language] if record.subtitle else []
    return titles + [{"title": title, "titleType": "AlternativeTitle"} for title in record.other_titles]


def _subject(term: str, scheme: str, uri: str) -> dict[str, str]:
    made = {"subject": term}
    if scheme:
        made |= {"schemeUri": scheme} if scheme.startswith(("http://", "https://")) else {"subjectScheme": scheme}
    return made | ({"valueUri": uri} if uri else {})


def _dates(record: Record) -> list[dict[str, str]]:
    dates = [{"date": record.publication.when, "dateType": "Issued"}, {"date": record.created.when, "dateType": "Created"}]
    dates += [{"date": change.when, "dateType": "Updated"} for change in record.changes]
    known = [each for each in dates if each["date"] and not each["date"].startswith("-")]
    return [each for at, each in enumerate(known) if each not in known[:at]]


def _related(record: Record) -> list[dict[str, str]]:
    found = []
    for relation, identifiers in (
        ("IsDerivedFrom", [each for book in record.books for each in book.identifiers]),
        ("IsPublishedIn", [each for series in record.series for each in series.identifiers]),
    ):
        for each in identifiers:
            if each.type in _RELATED:
                found.append({"relatedIdentifier": each.value, "relatedIdentifierType": _RELATED[each.type], "relationType": relation})
    return found


def _descriptions(record: Record) -> list[dict[str, str]]:
    said = [("Abstract", record.abstract)]
    said += [("SeriesInformation", ", ".join(filter(None, (series.title, series.volume)))) for series in record.series]
    said += [("Other", f"Edited from: {words}") for book in record.books if (words := cited(book))]
    said += [("Other", note) for note in record.notes]
    return [{"description": words, "descriptionType": kind} for kind, words in dict.fromkeys(said) if words]


def _funder(agent: Agent, award: str) -> dict[str, str]:
    made = {"funderName": agent.name}
    for identifier in agent.identifiers:
        made |= {"funderIdentifier": identifier.uri or identifier.value, "funderIdentifierType": _FUNDERS.get(identifier.type, "Other")}
        break
    return made | ({"awardNumber": award} if award else {})
