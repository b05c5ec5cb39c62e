"""Schemas of any language as judges of a tree: one row for each language, each schema compiled once per process."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from lxml import etree
from msgspec import Struct

from tei_pipeline.decisions import Problem
from tei_pipeline.errors import PipelineError, printable
from tei_pipeline.schemas import read_schema
from tei_pipeline.validate.faults import fault
from tei_pipeline.validate.parse import parse

if TYPE_CHECKING:
    from tei_pipeline.validate.grammar import Grammar

RNG = "{http://relaxng.org/ns/structure/1.0}"
Tree: TypeAlias = "etree._ElementTree | etree._Element"
_ELSEWHERE = etree.XPath("//*[local-name() = 'include' or local-name() = 'externalRef' or local-name() = 'extends']/@href")


class UnusableSchema(PipelineError):
    """A schema that cannot be read, is none, or needs what is not installed."""

    def __init__(self, name: str, what: str) -> None:
        self.name, self.what = name, what
        super().__init__(f"{printable(name)}: {what}")


class Verdict(NamedTuple):
    """What a schema says of a tree; ``report`` is the SVRL of a Schematron schema."""

    problems: list[Problem]
    report: etree._Element | None = None


class Judge(Struct, frozen=True):
    """A compiled schema: its name and what it says of a tree; ``is_rules``: it is Schematron, and no grammar."""

    name: str
    judge: Callable[[Tree], Verdict]
    is_rules: bool = False


def judge_of(path: Path) -> Judge:
    """The schema in a file, by the suffix of its name; compiled once per process. Raises :class:`UnusableSchema`."""
    load = LANGUAGES.get(path.suffix.lower())
    if load is None:
        raise UnusableSchema(str(path), f"a schema is one of {', '.join(sorted(LANGUAGES))}, by the suffix of its name")
    try:
        changed = path.stat().st_mtime_ns
    except OSError as error:
        raise UnusableSchema(str(path), f"the schema cannot be read: {error.strerror or error}") from error
    return _compiled(path.resolve(), changed)


@cache
def _compiled(path: Path, changed: int) -> Judge:
    return LANGUAGES[path.suffix.lower()](path)


@cache
def own(name: str) -> Judge:
    """One of our own schemas (``edition.rng``, ``edition.sch``)."""
    root = etree.fromstring(read_schema(name))
    return relaxng(root, name) if name.endswith(".rng") else schematron(root, name)


# ---------------------------------------------------------------- RELAX NG


def relaxng(root: etree._Element, name: str) -> Judge:
    """libxml2 decides; only when it refuses the tree, the faults are looked for one by one, as far as the grammar can be followed.

    Identifiers need only be names: libxml2 (2.14) enters each value of type ID into a table of the tree that it validates, from which
    removed elements do not vanish; the next validation of an edited tree would find them twice. That identifiers are unique is checked
    by links.py, with both places.
    """
    for data in root.iter(f"{RNG}data"):
        if data.get("type") == "ID":
            data.set("type", "NCName")
    try:
        compiled = etree.RelaxNG(root.getroottree())
    except etree.RelaxNGError as error:
        raise UnusableSchema(name, f"this is no RELAX NG schema that can be used: {printable(str(error))}") from error

    def judge(tree: Tree) -> Verdict:
        if compiled.validate(tree):
            return Verdict([])
        said = list(compiled.error_log)
        document = tree if isinstance(tree, etree._Element) else tree.getroot()
        return Verdict(_explained(document, root) or [as_libxml2_says(error, document) for error in said])

    return Judge(name, judge)


def _explained(document: etree._Element, schema: etree._Element) -> list[Problem]:
    """All faults by our own reading of the grammar; none when it cannot be followed."""
    from tei_pipeline.validate.explain import explain
    from tei_pipeline.validate.grammar import UnknownPattern

    try:
        return explain(document, _grammar(schema))
    except UnknownPattern:
        return []


@cache
def _grammar(schema: etree._Element) -> Grammar:
    from tei_pipeline.validate.grammar import Grammar

    return Grammar(schema)


def as_libxml2_says(error: etree._LogEntry, root: etree._Element) -> Problem:
    """The place comes from ``error.path``: its line is 0 for trees built in memory, and wrong after line 65,535."""
    found = root.getroottree().xpath(error.path) if error.path else []
    element = found[0] if isinstance(found, list) and found and isinstance(found[0], etree._Element) else None
    message = printable(error.message or "the document is not valid")
    if element is None:
        return Problem("error", "invalid", message, error.line or None)
    return fault("invalid", message, element)


def _relaxng_file(path: Path) -> Judge:
    return relaxng(_read(path), path.name)


def _compact_file(path: Path) -> Judge:
    try:
        import rnc2rng
    except ImportError:
        raise UnusableSchema(path.name, "RELAX NG in compact syntax needs rnc2rng; install tei-pipeline[rnc]") from None
    try:
        text = rnc2rng.dumps(rnc2rng.load(str(path)))
    except Exception as error:  # its parser raises what it likes
        raise UnusableSchema(path.name, f"this is no RELAX NG in compact syntax that can be used: {printable(str(error))}") from error
    return relaxng(etree.fromstring(text.encode(), base_url=str(path)), path.name)


# ---------------------------------------------------------------- XML Schema


def _xsd_file(path: Path) -> Judge:
    root = _read(path)
    try:
        compiled = etree.XMLSchema(root.getroottree())
    except etree.XMLSchemaError as error:
        raise UnusableSchema(path.name, f"this is no XML Schema that can be used: {printable(str(error))}") from error

    def judge(tree: Tree) -> Verdict:
        if compiled.validate(tree):
            return Verdict([])
        said: list[etree._LogEntry] = list(compiled.error_log)  # type: ignore[call-overload]  # the stubs do not know that it is iterable
        document = tree if isinstance(tree, etree._Element) else tree.getroot()
        return Verdict([as_libxml2_says(error, document) for error in said])

    return Judge(path.name, judge)


# ---------------------------------------------------------------- Schematron


def schematron(root: etree._Element, name: str) -> Judge:
    """ISO Schematron; the query binding decides who runs it: XSLT 1 libxslt, XSLT 2 and 3 Saxon."""
    from tei_pipeline.validate import schematron

    return Judge(name, schematron.compile_rules(root, name), is_rules=True)


def _schematron_file(path: Path) -> Judge:
    return schematron(_read(path), path.name)


# ---------------------------------------------------------------- reading


def _read(path: Path) -> etree._Element:
    """A schema in XML, and nothing from the network with it."""
    tree, problems = parse(path, base_url=str(path))
    if tree is None:
        raise UnusableSchema(path.name, "; ".join(problem.message for problem in problems))
    found = _ELSEWHERE(tree)
    for address in found if isinstance(found, list) else []:
        if "://" in str(address):
            raise UnusableSchema(path.name, f"it includes {printable(str(address))}, and nothing is read from the network")
    return tree.getroot()


LANGUAGES: dict[str, Callable[[Path], Judge]] = {
    ".rng": _relaxng_file,
    ".rnc": _compact_file,
    ".xsd": _xsd_file,
    ".sch": _schematron_file,
}
