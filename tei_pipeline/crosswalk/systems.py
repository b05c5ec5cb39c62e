"""Systems of identifiers that the header's references and numbers are recognised by, and MARC's codes of what people did."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tei_pipeline.crosswalk.record import CONTRIBUTOR, Identifier
from tei_pipeline.metadata import AUTHORITIES

# Each system: the form of its addresses, whose first group is the identifier, and how an address is made.
_ADDRESSES: tuple[tuple[str, str, str], ...] = (
    ("doi", r"https?://(?:dx\.)?doi\.org/(10\.\d{4,9}/\S+)", "https://doi.org/{}"),
    ("orcid", r"https?://(?:www\.)?orcid\.org/(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", AUTHORITIES["orcid"] + "{}"),
    ("viaf", r"https?://(?:www\.)?viaf\.org/viaf/(\d+)/?", AUTHORITIES["viaf"] + "{}"),
    ("gnd", r"https?://(?:www\.)?d-nb\.info/gnd/([\dX-]+)", AUTHORITIES["gnd"] + "{}"),
    ("isni", r"https?://(?:www\.)?isni\.org/(?:isni/)?(\d{15}[\dX])", AUTHORITIES["isni"] + "{}"),
    ("lcnaf", r"https?://id\.loc\.gov/authorities/names/(n[a-z]*\d+)", AUTHORITIES["lcnaf"] + "{}"),
    ("wikidata", r"https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/(Q\d+)", AUTHORITIES["wikidata"] + "{}"),
    ("ror", r"https?://(?:www\.)?ror\.org/(0[a-z\d]{8})", "https://ror.org/{}"),
    ("hdl", r"https?://hdl\.handle\.net/(\S+)", "https://hdl.handle.net/{}"),
    ("ark", r"https?://[^/]+/(ark:/?\S+)", "https://n2t.net/{}"),
)
_SYSTEMS = tuple((system, re.compile(pattern), made) for system, pattern, made in _ADDRESSES)
_MADE = {system: made for system, _, made in _ADDRESSES}
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (  # numbers that say by their form what they are
    ("doi", re.compile(r"(?:doi:)?\s*(10\.\d{4,9}/\S+)", re.IGNORECASE)),
    ("ark", re.compile(r"(ark:/?\d{5}\S*)")),
    ("isbn", re.compile(r"ISBN[:\s]*((?:97[89][ -]?)?(?:\d[ -]?){9}[\dX])", re.IGNORECASE)),
    ("issn", re.compile(r"ISSN[:\s]*(\d{4}-\d{3}[\dX])", re.IGNORECASE)),
    ("urn", re.compile(r"(urn:[A-Za-z0-9][A-Za-z0-9-]{0,31}:\S+)", re.IGNORECASE)),  # RFC 8141
    ("uri", re.compile(r"(https?://\S+)")),
)
_NAMES = {"handle": "hdl", "lccn": "lccn", "url": "uri", "uri": "uri", "identifier": "", "": "", "lcnaf": "lcnaf", "naf": "lcnaf"}

# MARC Code List for Relators, by the words that headers use; a header may also give the code itself.
RELATORS = {
    "adapter": "adp", "annotator": "ann", "author": "aut", "commentator": "cmm", "commentary": "cmm", "compiler": "com",
    "contributor": "ctb", "corrector": "crr", "creator": "cre", "dedicatee": "dte", "distributor": "dst", "donor": "dnr",
    "editor": "edt", "encoder": "mrk", "encoding": "mrk", "markup editor": "mrk", "funder": "fnd", "host": "his",
    "illustrator": "ill", "introduction": "aui", "lyricist": "lyr", "principal": "pdr", "printer": "prt", "project director": "pdr",
    "proofreader": "pfr", "proofreading": "pfr", "publisher": "pbl", "researcher": "res", "rights holder": "cph", "scribe": "scr",
    "speaker": "spk", "sponsor": "spn", "transcriber": "trc", "transcription": "trc", "translator": "trl", "translation": "trl",
}  # fmt: skip
_CODE = re.compile(r"(?:https?://id\.loc\.gov/vocabulary/relators/)?([a-z]{3})")


def relator(words: str, *, among: Iterable[str] = ()) -> str:
    """The MARC relator code of what the header calls a duty: a code, its address, or words that begin with one of the known ones."""
    plain = " ".join(words.lower().split())
    for each in (*among, plain):
        if code := _CODE.fullmatch(each.strip()):
            return code[1]
    for known in sorted(RELATORS, key=len, reverse=True):
        if plain == known or plain.startswith((f"{known} ", f"{known},")):
            return RELATORS[known]
    return CONTRIBUTOR


def of_address(address: str) -> Identifier:
    """The identifier that an address is: of a known system, else the address itself (``uri``)."""
    for system, pattern, made in _SYSTEMS:
        if found := pattern.fullmatch(address):
            return Identifier(system, found[1], made.format(found[1]))
    return Identifier("uri", address, address)


def of_number(value: str, named: str = "") -> Identifier:
    """The identifier that a number is, by the system that the header names, else by its own form; ``local`` when neither tells."""
    system = _NAMES.get(named.lower(), named.lower())
    if value.startswith(("http://", "https://")):
        found = of_address(value)
        return found if found.type != "uri" or system in ("", "uri") else Identifier(system, value, value)
    for known, pattern in _FORMS:
        if system in ("", known) and (form := pattern.fullmatch(value)):
            return _with_address(known, form[1])
    return _with_address(system or "local", value)


def _with_address(system: str, value: str) -> Identifier:
    if system in ("uri", "urn"):
        return Identifier(system, value, value)
    return Identifier(system, value, _MADE[system].format(value) if system in _MADE else "")
