"""An edition of this program: what its schema says, and what its pointers must do."""

from __future__ import annotations

import re

from lxml import etree

from tei_pipeline.decisions import Problem
from tei_pipeline.validate.links import validate_links
from tei_pipeline.validate.relaxng import EDITION, validate_relaxng

TEI = "{http://www.tei-c.org/ns/1.0}"
_APPLICATION = f"{TEI}teiHeader/{TEI}encodingDesc/{TEI}appInfo/{TEI}application[@ident='tei-pipeline']"
_MODEL = re.compile(r"""href\s*=\s*["'](?:[^"']*/)?""" + re.escape(EDITION) + r"""["']""")


def validate_edition(tree: etree._ElementTree | etree._Element) -> list[Problem]:
    """All faults of an edition: RELAX NG first, then identifiers and pointers; each part in document order. Empty when it is valid."""
    faults = validate_relaxng(tree)
    # The grammar has said already which identifiers are no names.
    return faults + [fault for fault in validate_links(tree) if fault.code != "id-name"]


def is_edition(tree: etree._ElementTree) -> bool:
    """Whether the file says that it is an edition of this program: its ``xml-model`` names our schema, or its header the program."""
    root = tree.getroot()
    if root.tag == f"{TEI}teiCorpus":  # of editions, made by the same program: the schema of an edition is not its own
        return False
    before = root.itersiblings(preceding=True)
    models = [node.text or "" for node in before if isinstance(node, etree._ProcessingInstruction) and node.target == "xml-model"]
    return any(map(_MODEL.search, models)) or root.find(_APPLICATION) is not None
