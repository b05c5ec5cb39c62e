"""METS 1.12 as the E-ARK Common Specification for Information Packages 2.1 wants it: one file for the package, one for each representation.

The specification gives each requirement a number (CSIP1 to CSIP119). Its own Schematron asks CSIP63 of every file group, so each of ours
states its content information type.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal
from urllib.parse import quote

from lxml import etree
from msgspec import Struct

from tei_pipeline import __version__
from tei_pipeline.crosswalk.serialise import serialised
from tei_pipeline.package.fixity import SHA256, Digests

METS = "http://www.loc.gov/METS/"
CSIP = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
SIP = "https://DILCIS.eu/XML/METS/SIPExtensionMETS"
XLINK = "http://www.w3.org/1999/xlink"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_LOCATION = f"{METS} http://www.loc.gov/standards/mets/mets.xsd"
PROFILES = {
    "AIP": "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml",
    "SIP": "https://earksip.dilcis.eu/profile/E-ARK-SIP.xml",
}
CATEGORY = "Textual works – Digital"  # CSIP2: vocabulary of content categories
CONTENT = "TEI P5 edition with the plain text that it was made from"  # CSIP5: no content type of E-ARK's fits

Section = Literal["descriptive", "preservation"]


class Reference(Struct, frozen=True):
    """A file that a METS file names: its path from there, its media type and digests."""

    path: str
    media_type: str
    digests: Digests


class Metadata(Struct, frozen=True):
    """A metadata file and where METS puts it; ``kind`` and ``version`` as METS calls them (MDTYPE)."""

    section: Section
    kind: str
    version: str
    reference: Reference


class Group(Struct, frozen=True):
    """A file group: ``use`` is Documentation, Schemas, Data or Representations/NAME (whose one file is its METS file)."""

    use: str
    files: tuple[Reference, ...]


class Description(Struct, frozen=True):
    """One METS file: what it is called and describes. ``organization`` submits the package (SIP), if it is known.

    ``prefix`` begins its identifiers, which are unique in the whole package (CSIP65 and others).
    """

    identifier: str
    label: str
    date: str
    package_type: str
    organization: str
    metadata: tuple[Metadata, ...]
    groups: tuple[Group, ...]
    prefix: str = ""


def mets(described: Description) -> bytes:
    """The METS file."""
    spaces = {"mets": METS, "csip": CSIP, "sip": SIP, "xlink": XLINK, "xsi": _XSI}
    root = etree.Element(f"{{{METS}}}mets", OBJID=described.identifier, LABEL=described.label or described.identifier, nsmap=spaces)
    root.set("TYPE", CATEGORY)
    root.set(f"{{{CSIP}}}CONTENTINFORMATIONTYPE", "OTHER")
    root.set(f"{{{CSIP}}}OTHERCONTENTINFORMATIONTYPE", CONTENT)
    root.set("PROFILE", PROFILES[described.package_type])
    root.set(f"{{{_XSI}}}schemaLocation", _LOCATION)
    _header(root, described)
    descriptive = [each for each in described.metadata if each.section == "descriptive"]
    preservation = [each for each in described.metadata if each.section == "preservation"]
    for number, each in enumerate(descriptive, 1):
        section = _add(root, "dmdSec", ID=f"dmd-{number}", CREATED=described.date, STATUS="CURRENT")
        _metadata(section, each, described.date)
    if preservation:
        administrative = _add(root, "amdSec", ID="amd")
        for number, each in enumerate(preservation, 1):
            section = _add(administrative, "digiprovMD", ID=f"digiprov-{number}", CREATED=described.date, STATUS="CURRENT")
            _metadata(section, each, described.date)
    _files(root, described)
    _structure(root, described, len(descriptive), len(preservation))
    if described.prefix:
        for element in root.iter(etree.Element):
            for name in ("ID", "ADMID", "DMDID", "FILEID"):
                if value := element.get(name):
                    element.set(name, " ".join(f"{described.prefix}{each}" for each in value.split()))
    return serialised(root)


def address(path: str) -> str:
    """A path in the package as a relative reference of RFC 3986."""
    return quote(path, safe="/")


def _add(parent: etree._Element, name: str, words: str | None = None, **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{METS}}}{name}", {key: value for key, value in attributes.items() if value})
    made.text = words
    return made


def _header(root: etree._Element, described: Description) -> None:
    header = _add(root, "metsHdr", CREATEDATE=described.date, LASTMODDATE=described.date, RECORDSTATUS="NEW")
    header.set(f"{{{CSIP}}}OAISPACKAGETYPE", described.package_type)
    software = _add(header, "agent", ROLE="CREATOR", TYPE="OTHER", OTHERTYPE="SOFTWARE")
    _add(software, "name", "tei-pipeline")
    _add(software, "note", __version__).set(f"{{{CSIP}}}NOTETYPE", "SOFTWARE VERSION")
    if described.package_type == "SIP" and described.organization:
        submitting = _add(header, "agent", ROLE="CREATOR", TYPE="ORGANIZATION")
        _add(submitting, "name", described.organization)


def _fixity(reference: Reference, date: str) -> dict[str, str]:
    return {
        "MIMETYPE": reference.media_type,
        "SIZE": str(reference.digests.size),
        "CREATED": date,
        "CHECKSUM": reference.digests[SHA256],
        "CHECKSUMTYPE": "SHA-256",
    }


def _link(element: etree._Element, path: str) -> None:
    element.set("LOCTYPE", "URL")
    element.set(f"{{{XLINK}}}type", "simple")
    element.set(f"{{{XLINK}}}href", address(path))


def _metadata(section: etree._Element, each: Metadata, date: str) -> None:
    made = _add(section, "mdRef", MDTYPE=each.kind, MDTYPEVERSION=each.version, **_fixity(each.reference, date))
    _link(made, each.reference.path)


def _files(root: etree._Element, described: Description) -> None:
    section = _add(root, "fileSec", ID="files")
    for at, group in enumerate(described.groups, 1):
        made = _add(section, "fileGrp", ID=f"group-{at}", USE=group.use)
        made.set(f"{{{CSIP}}}CONTENTINFORMATIONTYPE", "OTHER")
        made.set(f"{{{CSIP}}}OTHERCONTENTINFORMATIONTYPE", CONTENT)
        for number, reference in enumerate(group.files, 1):
            file = _add(made, "file", ID=f"file-{at}-{number}", **_fixity(reference, described.date))
            _link(_add(file, "FLocat"), reference.path)


def _structure(root: etree._Element, described: Description, descriptive: int, preservation: int) -> None:
    top = _add(root, "structMap", ID="structure", TYPE="PHYSICAL", LABEL="CSIP")
    package = _add(top, "div", ID="div-package", LABEL=described.identifier)
    sections = {"ADMID": _numbered("digiprov", preservation), "DMDID": _numbered("dmd", descriptive)}
    _add(package, "div", ID="div-metadata", LABEL="Metadata", **sections)
    representations = []
    for at, group in enumerate(described.groups, 1):
        if group.use.startswith("Representations"):
            representations.append((f"group-{at}", group))
            continue
        division = _add(package, "div", ID=f"div-{at}", LABEL=group.use)
        _add(division, "fptr", FILEID=f"group-{at}")
    if representations:
        division = _add(package, "div", ID="div-representations", LABEL="Representations")
        for identifier, _ in representations:
            _add(division, "fptr", FILEID=identifier)
        for identifier, group in representations:
            inner = _add(division, "div", ID=f"div-{identifier}", LABEL=group.use)
            pointer = _add(inner, "mptr")
            _link(pointer, group.files[0].path)
            pointer.set(f"{{{XLINK}}}title", identifier)


def _numbered(name: str, count: int) -> str:
    return " ".join(f"{name}-{number}" for number in range(1, count + 1))


def references(files: Iterable[tuple[str, str, Digests]]) -> tuple[Reference, ...]:
    """References in the order of their paths."""
    return tuple(Reference(*each) for each in sorted(files, key=lambda each: each[0]))
