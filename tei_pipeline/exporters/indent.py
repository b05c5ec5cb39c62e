"""Indentation of a TEI that has none: only between elements where TEI takes no characters, so that no reading changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tei_pipeline.exporters.exported import XML_SPACE
from tei_pipeline.exporters.reading import DIVISIONS, tei

if TYPE_CHECKING:
    from lxml import etree

# Elements whose content models in tei_all have elements only.
_STRUCTURAL = DIVISIONS | tei(
    "TEI argument back body castGroup castList cit docTitle epigraph epilogue facsimile fileDesc figure floatingText front group lg list"
    " listBibl performance postscript prologue row sp spGrp standOff table teiCorpus text titlePage"
    " analytic appInfo application availability biblStruct citeStructure classDecl correspDesc correspAction editionStmt editorialDecl"
    " encodingDesc imprint keywords langUsage listChange listOrg listPerson listPlace listPrefixDef monogr namespace notesStmt particDesc"
    " profileDesc publicationStmt refsDecl respStmt revisionDesc series seriesStmt sourceDesc tagsDecl taxonomy teiHeader textClass"
    " textDesc titleStmt"
)
# These take characters or blocks: blocks may be indented when nothing else stands there.
_EITHER = tei("cell item note q quote said stage u")
_BLOCKS = tei("ab floatingText l lg list listBibl p quote sp table")


def indent(root: etree._Element) -> None:
    """Lay out, in place, every structural element between whose children there is no white space at all.

    What is laid out already stays as it is, and so does everything under ``xml:space="preserve"``.
    """
    from tei_pipeline.tei.text import indent as lay_out  # brings the whole model with it, which an export does not need

    waiting = [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        if element.get(XML_SPACE) == "preserve" or not _is_structural(element):
            continue
        children = [*element]
        if not element.text and not any(child.tail for child in children):
            lay_out(element, depth)
        waiting += [(child, depth + 1) for child in children]


def _is_structural(element: etree._Element) -> bool:
    if element.tag in _EITHER:
        return all(child.tag in _BLOCKS for child in element) and not _holds_characters(element)
    return element.tag in _STRUCTURAL and not _holds_characters(element)


def _holds_characters(element: etree._Element) -> bool:
    return any(piece and not piece.isspace() for piece in (element.text, *(child.tail for child in element)))
