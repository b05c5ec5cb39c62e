"""What is wrong with an information package of E-ARK: METS and PREMIS against each other and against the files.

The numbers are those of the requirements of CSIP 2.1. Whole validation by the Schematron of the specification is for its own validators.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from tei_pipeline.decisions import Problem
from tei_pipeline.errors import printable
from tei_pipeline.package.check import Findings, is_inside
from tei_pipeline.package.csip import METS_NAME
from tei_pipeline.package.mets import CSIP, METS, XLINK
from tei_pipeline.package.premis import PREMIS
from tei_pipeline.validate.parse import parse
from tei_pipeline.validate.places import line_of

_M = {"m": METS}
_P = {"p": PREMIS}
_ALGORITHMS = {"SHA-256": "sha256", "SHA-512": "sha512", "SHA-384": "sha384", "SHA-1": "sha1", "MD5": "md5"}
_TYPES = frozenset({"SIP", "AIP", "DIP", "AIU", "AIC"})


def is_information_package(path: Path) -> bool:
    """Whether a folder has a METS file at its root, or had one before it was lost."""
    return path.is_dir() and ((path / METS_NAME).is_file() or all((path / name).is_dir() for name in ("metadata", "representations")))


def check_information_package(root: Path) -> list[Problem]:
    """All faults of an information package; each names the file that has it."""
    findings = Findings(root)
    findings.look()
    if METS_NAME not in findings.files:
        findings.say(METS_NAME, "missing", "is not there: it says what the package holds (CSIPSTR4)")
        return findings.problems
    listed = {METS_NAME}
    waiting = [METS_NAME]
    while waiting:
        for path in _check_mets(findings, waiting.pop(), listed):
            if path.rpartition("/")[2] == METS_NAME and path not in listed:
                waiting.append(path)
            listed.add(path)
    for path in sorted(findings.files.keys() - listed):
        findings.say(path, "unlisted", "no METS file names it: it was added or renamed")
    for path in sorted(listed & findings.files.keys()):
        if path.startswith("metadata/preservation/") and path.endswith(".xml"):
            _check_premis(findings, path)
    return findings.problems


def _tree(findings: Findings, path: str) -> etree._Element | None:
    tree, problems = parse(findings.files[path])
    for problem in problems:
        findings.say(path, problem.code, problem.message, level=problem.level, line=problem.line)
    return None if tree is None else tree.getroot()


def _check_mets(findings: Findings, path: str, listed: set[str]) -> list[str]:
    """Check one METS file and the files that it names; their paths in the package."""
    root = _tree(findings, path) if path in findings.files else None
    if root is None:
        return []
    if root.tag != f"{{{METS}}}mets":
        findings.say(path, "mets", f"its root element is {printable(str(root.tag))}, not mets")
        return []
    _header(findings, path, root)
    identifiers: set[str] = set()
    for element in root.iter(etree.Element):
        identifier = element.get("ID")
        if identifier is not None and identifier in identifiers:
            findings.say(path, "mets", f"the ID {printable(identifier)} stands twice", line=line_of(element))
        identifiers.add(identifier or "")
    for element in root.iter(etree.Element):
        for name in ("FILEID", "ADMID", "DMDID"):
            for pointer in (element.get(name) or "").split():
                if pointer not in identifiers:
                    findings.say(path, "mets", f"{name} points to {printable(pointer)}, which is not there", line=line_of(element))
    base = path.rpartition("/")[0]
    found = []
    for element in root.iter(f"{{{METS}}}mdRef", f"{{{METS}}}file"):
        located = element if element.tag == f"{{{METS}}}mdRef" else element.find("m:FLocat", _M)
        target = _target(findings, path, base, located if located is not None else element)
        if target is not None:
            found.append(target)
            _compare(findings, path, element, target)
    for element in root.iter(f"{{{METS}}}mptr"):
        target = _target(findings, path, base, element)
        if target is not None and target not in found:
            findings.say(path, "mets", f"a division points to {printable(target)}, which no file group lists", line=line_of(element))
    return found


def _header(findings: Findings, path: str, root: etree._Element) -> None:
    """What the specification demands of every METS file."""
    for name, number in (("OBJID", 1), ("TYPE", 2), ("PROFILE", 6)):
        if not root.get(name):
            findings.say(path, "mets", f"mets has no {name} (CSIP{number})")
    if path == METS_NAME and root.get("OBJID") and root.get("OBJID") != findings.root.resolve().name:
        findings.say(path, "mets", f"OBJID {printable(root.get('OBJID') or '')} is not the name of the folder (CSIPSTR2)", level="warning")
    header = root.find("m:metsHdr", _M)
    if header is None or not header.get("CREATEDATE"):
        findings.say(path, "mets", "metsHdr with its CREATEDATE is not there (CSIP117, CSIP7)")
    elif header.get(f"{{{CSIP}}}OAISPACKAGETYPE") not in _TYPES:
        findings.say(path, "mets", "metsHdr does not say what type of package it is (CSIP9)")
    if root.find("m:metsHdr/m:agent[@OTHERTYPE='SOFTWARE']/m:name", _M) is None:
        findings.say(path, "mets", "no agent says by which software it was made (CSIP10)")
    if root.find("m:structMap[@LABEL='CSIP']/m:div", _M) is None:
        findings.say(path, "mets", "there is no structMap with the label CSIP (CSIP80, CSIP82)")
    if root.find("m:fileSec", _M) is None:
        findings.say(path, "mets", "there is no fileSec, so no file is known (CSIP58)")


def _target(findings: Findings, path: str, base: str, element: etree._Element) -> str | None:
    """The path in the package that a reference means, or None when it leaves the package, which is said."""
    address = element.get(f"{{{XLINK}}}href")
    if not address:
        findings.say(path, "mets", "a reference without xlink:href (CSIP79)", line=line_of(element))
        return None
    plain = unquote(address.removeprefix("file://./").removeprefix("./"))
    target = f"{base}/{plain}" if base else plain
    if ":" in address.partition("/")[0] or not is_inside(target):
        findings.say(path, "unsafe-path", f"{printable(address)} leaves the package", line=line_of(element))
        return None
    return target


def _compare(findings: Findings, path: str, element: etree._Element, target: str) -> None:
    """Existence, size and checksum of a file that METS names."""
    for name in ("SIZE", "CREATED", "CHECKSUM", "CHECKSUMTYPE", "MIMETYPE"):
        if not element.get(name):
            findings.say(path, "mets", f"{printable(target)} is named without {name} (CSIP68 to CSIP72)", line=line_of(element))
    if target not in findings.files:
        findings.say(target, "missing", f"is not there, and {path} names it: it was removed or renamed")
        return
    size, stated = findings.files[target].lstat().st_size, element.get("SIZE")
    if stated and stated != str(size):
        findings.say(target, "fixity", f"has {size} bytes, and {path} says {printable(stated)}: the file was changed")
    algorithm = _ALGORITHMS.get(element.get("CHECKSUMTYPE") or "")
    if algorithm is None:
        findings.say(target, "fixity", f"its checksum in {path} is of a type that is not known here", level="warning")
    else:
        findings.compare(target, {algorithm: element.get("CHECKSUM") or ""}, path)


def _check_premis(findings: Findings, path: str) -> None:
    """Objects that are files of the package have their digests; what is linked is there; events say what came of them."""
    root = _tree(findings, path)
    if root is None:
        return
    if root.tag != f"{{{PREMIS}}}premis":
        findings.say(path, "premis", f"its root element is {printable(str(root.tag))}, not premis of version 3")
        return
    known = {
        kind: {words for each in root.iterfind(f".//p:{kind}Identifier/p:{kind}IdentifierValue", _P) if (words := each.text)}
        for kind in ("object", "event", "agent", "rightsStatement")
    }
    for kind, name in (("object", "linkingObject"), ("object", "relatedObject"), ("event", "linkingEvent"), ("agent", "linkingAgent"),
                       ("rightsStatement", "linkingRightsStatement")):  # fmt: skip
        for each in root.iterfind(f".//p:{name}Identifier/p:{name}IdentifierValue", _P):
            if each.text not in known[kind]:
                findings.say(path, "premis", f"{name} points to {printable(each.text or '')}, which is not there", line=line_of(each))
    for event in root.iterfind("p:event", _P):
        for name in ("eventType", "eventDateTime", "eventOutcomeInformation/p:eventOutcome"):
            if not (event.findtext(f"p:{name}", "", _P)).strip():
                findings.say(path, "premis", f"an event without {name.rpartition(':')[2]}", line=line_of(event))
    for each in root.iterfind("p:object", _P):
        _check_object(findings, path, each)


def _check_object(findings: Findings, path: str, element: etree._Element) -> None:
    name = element.findtext("p:objectIdentifier/p:objectIdentifierValue", "", _P)
    characteristics = element.find("p:objectCharacteristics", _P)
    if characteristics is None:
        return
    if name not in findings.files:
        findings.say(name if is_inside(name) else path, "missing", f"{path} describes {printable(name)}, and it is not there")
        return
    stated = {}
    for fixity in characteristics.iterfind("p:fixity", _P):
        algorithm = _ALGORITHMS.get(fixity.findtext("p:messageDigestAlgorithm", "", _P).upper())
        if algorithm:
            stated[algorithm] = fixity.findtext("p:messageDigest", "", _P)
    findings.compare(name, stated, path)
    if not stated:
        findings.say(path, "premis", f"{printable(name)} has no fixity of a known algorithm")
