"""RELAX NG: ``edition.rng``, against a tree."""

from __future__ import annotations

from lxml import etree

from tei_pipeline.decisions import Problem
from tei_pipeline.validate.judges import own

EDITION, RULES = "edition.rng", "edition.sch"


def validate_relaxng(tree: etree._ElementTree | etree._Element) -> list[Problem]:
    """The faults that our grammar finds, in document order; it is compiled once per process."""
    return own(EDITION).judge(tree).problems
