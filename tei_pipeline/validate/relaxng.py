"""RELAX NG: ``edition.rng``, or another grammar, against a tree."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lxml import etree

from tei_pipeline.decisions import Problem
from tei_pipeline.schemas import read_schema
from tei_pipeline.validate.places import line_of, where

if TYPE_CHECKING:
    from tei_pipeline.validate.grammar import Grammar

EDITION = "edition.rng"
RNG = "{http://relaxng.org/ns/structure/1.0}"


def validate_relaxng(tree: etree._ElementTree | etree._Element, schema: str = EDITION) -> list[Problem]:
    """The faults that the schema of that name finds, in document order; the schema is compiled once per process.

    libxml2 decides; only when it refuses the tree, the faults are looked for one by one.
    """
    compiled = _compiled(schema)
    if compiled.validate(tree):
        return []
    from tei_pipeline.validate.explain import explain
    from tei_pipeline.validate.grammar import UnknownPattern

    root = tree if isinstance(tree, etree._Element) else tree.getroot()
    try:
        problems = explain(root, _grammar(schema))
    except UnknownPattern:
        problems = []
    return problems or [_as_libxml2_says(error, root) for error in compiled.error_log]


@cache
def _compiled(schema: str) -> etree.RelaxNG:
    return etree.RelaxNG(_read(schema))


@cache
def _grammar(schema: str) -> Grammar:
    from tei_pipeline.validate.grammar import Grammar

    return Grammar(_read(schema))


def _read(schema: str) -> etree._Element:
    """The grammar, in which identifiers need only be names.

    libxml2 (2.14) enters each value of type ID into a table of the tree that it validates, from which removed elements do not vanish: the
    next validation of an edited tree would find them twice. That identifiers are unique is checked by links.py, with both places.
    """
    root = etree.fromstring(read_schema(schema))
    for data in root.iter(f"{RNG}data"):
        if data.get("type") == "ID":
            data.set("type", "NCName")
    return root


def _as_libxml2_says(error: etree._LogEntry, root: etree._Element) -> Problem:
    """The place comes from ``error.path``: its line is 0 for trees built in memory, and wrong after line 65,535."""
    found = root.getroottree().xpath(error.path) if error.path else []
    element = found[0] if isinstance(found, list) and found and isinstance(found[0], etree._Element) else None
    message = error.message or "the document is not valid"
    if element is None:
        return Problem("error", "invalid", message, error.line or None)
    return Problem("error", "invalid", message, line_of(element), where(element))
