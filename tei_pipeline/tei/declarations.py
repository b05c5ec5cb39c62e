"""``encodingDesc``: the rules that the encoding follows, each true of this file, and how often each element is used.

TEI Guidelines 2.3 (HD5); the level is that of Best Practices for TEI in Libraries, version 4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml import etree

from tei_pipeline.tei.elements import add
from tei_pipeline.tei.numbering import Break
from tei_pipeline.tei.writer import TEI

# application/@version (teidata.versionNumber) takes at most four numbers, each with letters and more digits.
_VERSION = re.compile(r"\d+[a-z]*\d*(\.\d+[a-z]*\d*){0,3}", re.ASCII)
_BEST_PRACTICES = "http://purl.oclc.org/NET/teiinlibraries"
_PROMISE = (
    "Converted by software from plain text, without changing a character of it. The text element, without supplied and without the corr, "
    "reg and expan of a choice, holds all characters of the source but white space, in their order; what else the edition says stands in "
    "attributes, in those elements, or in this header."
)
_CORRECTED = (
    "Misprints and faults of conversion are given as printed (sic) and as meant (corr) in a choice, with the certainty of the correction "
    "and who answers for it; others may remain. Nothing is corrected silently."
)
_UNCORRECTED = "Nothing is corrected: misprints and faults of conversion stand as they are in the source."
_HYPHENS = "The line ends of the source are not kept in running text. All hyphens stand as printed, the halves of a word written together."
_SOFT_HYPHENS = (
    "The line ends of the source are not kept in running text. The hyphens that only a line end made are kept as pc with force=weak, "
    "before a line or page break with break=no; all other hyphens stand as printed, the halves of a word written together."
)
_WHITE_SPACE = (
    "Each run of white space is one space, but in preformatted text; the provenance file that belongs to this file records the white space "
    "of the source. Spelling, capitals and the spacing around punctuation stand as printed."
)
_SEGMENTATION = (
    "Divisions, headings, paragraphs and other blocks were found by rules, from layout, numbering and words; sentences and words are not "
    "marked up. The provenance file says which rule decided."
)
_HIDDEN = "hi > metamark, fw, surplus"
_BEYOND_LEVEL_4 = {
    "fw": "fw for running heads, page numbers and line numbers",
    "ab": "ab for blocks that are no paragraphs (ornaments, preformatted lines, residue)",
    "metamark": "metamark for marks of emphasis and for ornaments where no block may stand",
    "surplus": "surplus for residue of an earlier conversion",
    "seg": "seg around an element that may not stand where the source has it",
}


def describe_encoding(
    made: etree._Element, counts: Mapping[str, int], version: str, references: etree._Element | None, breaks: Sequence[Break]
) -> None:
    """Fill ``encodingDesc``. ``counts``: how often each element stands in ``text``; ``references``: the ``refsDecl``, if there is one."""
    add(add(made, "projectDesc"), "p", _PROMISE)
    _editorial(made, counts, breaks)
    _tags(made, counts)
    if references is not None:
        made.append(references)
    prefixes = add(made, "listPrefixDef")
    prefix = add(prefixes, "prefixDef", ident="bptl", matchPattern="L[1-5]-v[0-9.]+", replacementPattern=_BEST_PRACTICES)
    add(prefix, "p", "Level and version of the Best Practices for TEI in Libraries.")
    add(made, "schemaRef", url="bptl:L4-v4.0.0")
    number = _VERSION.match(version)
    application = add(add(made, "appInfo"), "application", ident="tei-pipeline", version=number.group() if number else "0")
    add(application, "label", f"tei-pipeline {version}")


def _editorial(parent: etree._Element, counts: Mapping[str, int], breaks: Sequence[Break]) -> None:
    made = add(parent, "editorialDecl")
    add(add(made, "correction", method="markup"), "p", _CORRECTED if counts.get("corr") else _UNCORRECTED)
    add(add(made, "hyphenation", eol="all"), "p", _SOFT_HYPHENS if _joins(counts) else _HYPHENS)
    add(add(made, "normalization", method="silent"), "p", _WHITE_SPACE)
    add(add(made, "quotation", marks="all"), "p", "All quotation marks stand as printed, within the elements that they open and close.")
    add(add(made, "punctuation", marks="all", placement="internal"), "p", "All punctuation stands as printed; brackets in their elements.")
    segmentation = add(made, "segmentation")
    add(segmentation, "p", _SEGMENTATION)
    if breaks:
        places = ", ".join(f"{each.identifier} ({each.after} after {each.before})" for each in breaks)
        add(segmentation, "p", f"The numbers of the source do not run on, or were not all found, at {places}.")
    if beyond := [said for name, said in _BEYOND_LEVEL_4.items() if counts.get(name)]:
        add(made, "p", f"Beyond level 4 of the Best Practices for TEI in Libraries, so that no character is lost: {'; '.join(beyond)}.")


def _joins(counts: Mapping[str, int]) -> bool:
    return bool(counts.get("pc") and (counts.get("lb") or counts.get("pb")))


def _tags(parent: etree._Element, counts: Mapping[str, int]) -> None:
    made = add(parent, "tagsDecl")
    if any(counts.get(name) for name in ("metamark", "fw", "surplus")):
        add(made, "rendition", "display: none;", scheme="css", selector=_HIDDEN)
    namespace = add(made, "namespace", name=TEI[1:-1])
    for name in sorted(counts):
        add(namespace, "tagUsage", "Unnumbered divs used." if name == "div" else "", gi=name, occurs=str(counts[name]))
