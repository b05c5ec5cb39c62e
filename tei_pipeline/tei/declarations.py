"""``encodingDesc``: the rules that the encoding follows, each true of this file, and how often each element is used.

TEI Guidelines 2.3 (HD5); the level is that of Best Practices for TEI in Libraries, version 4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from tei_pipeline.tei import text
from tei_pipeline.tei.writer import TEI

# application/@version (teidata.versionNumber) takes at most four numbers, each with letters and more digits.
_VERSION = re.compile(r"\d+[a-z]*\d*(\.\d+[a-z]*\d*){0,3}", re.ASCII)
_HIDDEN = "hi > metamark, fw, surplus"
_BEYOND_LEVEL_4 = {
    "fw": "fw for running heads, page numbers and line numbers",
    "ab": "ab for blocks that are no paragraphs (ornaments, preformatted lines, residue)",
    "metamark": "metamark for marks of emphasis and for ornaments where no block may stand",
    "surplus": "surplus for residue of an earlier conversion",
    "seg": "seg around an element that may not stand where the source has it",
}


def describe_encoding(made: etree._Element, counts: Mapping[str, int], version: str, references: etree._Element | None) -> None:
    """Fill ``encodingDesc``. ``counts``: how often each element stands in ``text``; ``references``: the ``refsDecl``, if there is one."""
    project = _add(made, "projectDesc")
    _add(
        project,
        "p",
        "Converted by software from plain text, without changing a character of it. The text element, without supplied and without the corr, "
        "reg and expan of a choice, holds all characters of the source but white space, in their order; what else the edition says "
        "stands in attributes, in those elements, or in this header.",
    )
    _editorial(made, counts)
    _tags(made, counts)
    if references is not None:
        made.append(references)
    prefixes = _add(made, "listPrefixDef")
    prefix = _add(
        prefixes, "prefixDef", ident="bptl", matchPattern="L[1-5]-v[0-9.]+", replacementPattern="http://purl.oclc.org/NET/teiinlibraries"
    )
    _add(prefix, "p", "Level and version of the Best Practices for TEI in Libraries.")
    _add(made, "schemaRef", url="bptl:L4-v4.0.0")
    number = _VERSION.match(version)
    application = _add(_add(made, "appInfo"), "application", ident="tei-pipeline", version=number.group() if number else "0")
    _add(application, "label", f"tei-pipeline {version}")


def _editorial(parent: etree._Element, counts: Mapping[str, int]) -> None:
    made = _add(parent, "editorialDecl")
    if counts.get("corr"):
        corrected = (
            "Misprints and faults of conversion are given as printed (sic) and as meant (corr) in a choice, with the certainty of the correction "
            "and who answers for it; others may remain. Nothing is corrected silently."
        )
    else:
        corrected = "Nothing is corrected: misprints and faults of conversion stand as they are in the source."
    _add(_add(made, "correction", method="markup"), "p", corrected)
    soft = (
        "the hyphens that it left are kept, as pc force=weak before a line or page break with break=no"
        if _joins(counts)
        else "no hyphen is left out"
    )
    hyphens = (
        f"The line ends of the source are not kept in running text; {soft}. Other hyphens stand as printed, their halves written together."
    )
    _add(_add(made, "hyphenation", eol="all"), "p", hyphens)
    _add(
        _add(made, "normalization", method="silent"),
        "p",
        "Each run of white space is one space; the provenance file that belongs to this file records the white space of the source. "
        "Spelling, capitals and spacing around punctuation stand as printed.",
    )
    _add(_add(made, "quotation", marks="all"), "p", "All quotation marks stand as printed, within the elements that they open and close.")
    _add(
        _add(made, "punctuation", marks="all", placement="internal"),
        "p",
        "All punctuation stands as printed; brackets stand within their elements.",
    )
    _add(
        _add(made, "segmentation"),
        "p",
        "Divisions, headings, paragraphs and other blocks were found by rules from layout, numbering and words; sentences and words are not "
        "marked up. The rules that decided are recorded in the provenance file.",
    )
    if beyond := [said for name, said in _BEYOND_LEVEL_4.items() if counts.get(name)]:
        _add(made, "p", f"Beyond level 4 of the Best Practices for TEI in Libraries, so that no character is lost: {'; '.join(beyond)}.")


def _joins(counts: Mapping[str, int]) -> bool:
    return bool(counts.get("pc") and (counts.get("lb") or counts.get("pb")))


def _tags(parent: etree._Element, counts: Mapping[str, int]) -> None:
    made = _add(parent, "tagsDecl")
    if any(counts.get(name) for name in ("metamark", "fw", "surplus")):
        _add(made, "rendition", "display: none;", scheme="css", selector=_HIDDEN)
    namespace = _add(made, "namespace", name=TEI[1:-1])
    for name in sorted(counts):
        _add(namespace, "tagUsage", "Unnumbered divs used." if name == "div" else "", gi=name, occurs=str(counts[name]))


def _add(parent: etree._Element, name: str, content: str = "", /, **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, TEI + name, attributes)
    if content:
        text.append(made, content)
    return made
