"""The checks of each kind of file: TEI (ours or not), JSON, sidecar; which a file gets, :mod:`~tei_pipeline.validate.kinds` says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lxml import etree

from tei_pipeline.decisions import Problem
from tei_pipeline.errors import printable
from tei_pipeline.output import file_digest
from tei_pipeline.validate.checked import Checked
from tei_pipeline.validate.companions import Companions
from tei_pipeline.validate.discover import judges_for
from tei_pipeline.validate.edition import TEI, is_edition
from tei_pipeline.validate.faults import Fault
from tei_pipeline.validate.json_schema import read_json, validate_json
from tei_pipeline.validate.judges import UnusableSchema
from tei_pipeline.validate.links import MOST_FAULTS, validate_links
from tei_pipeline.validate.locate import locate
from tei_pipeline.validate.options import Options
from tei_pipeline.validate.parse import parse, read_bytes
from tei_pipeline.validate.places import line_of
from tei_pipeline.validate.xinclude import include

CORPUS, START = "tei-pipeline corpus", 200  # the format that a manifest names, and the bytes in which it does
NO_SCHEMA = "TEI from elsewhere: checked for being well-formed and for its pointers, not by a schema"
# Rules of edition.sch that links.py has too, with the value in question.
ECHOES = frozenset(
    (
        *("note-target", "note-answered", "anchor-target", "anchor-answered", "ref-target", "bibl-corresp", "quote-source"),
        *("supplied-source", "who-listed", "who-all", "cast-listed", "letter-described", "resp-listed", "next-prev", "prev-next"),
        "div-number",
    )
)


def check_xml(path: Path, options: Options) -> Checked:
    """XML: well-formed, by the schemas that it asks for, its pointers; an edition of ours also by what stands beside it."""
    data = read_bytes(path)
    if isinstance(data, Problem):
        return Checked([data])
    tree, problems = parse(data)
    if tree is None:
        return Checked(problems)
    if options.xinclude:
        problems += include(tree, path)
    judges, said = judges_for(tree, path, options)
    problems += said
    root = tree.getroot()
    ours, is_tei = is_edition(tree), root.tag in (TEI + "TEI", TEI + "teiCorpus")
    if not judges and not is_tei:
        name = printable(str(root.tag))
        message = f"the root element {name} is not TEI of the namespace {TEI[1:-1]}, and no schema was named"
        return Checked([*problems, Problem("error", "unknown-kind", message, line_of(root))])
    if not judges and not said:
        problems.append(Problem("info", "no-schema", NO_SCHEMA))
    linked = validate_links(tree, own=ours) if is_tei else []
    reports: list[tuple[str, etree._Element]] = []
    for judge in judges:
        if judge.is_rules and len(problems) + len(linked) >= MOST_FAULTS:
            problems.append(Problem("info", "too-many", f"the rules of {judge.name} were not asked: too much else is wrong"))
            continue
        try:
            verdict = judge.judge(tree)
        except UnusableSchema as error:
            problems.append(Problem("error", "schema", str(error)))
            continue
        problems += verdict.problems
        if verdict.report is not None:
            reports.append((judge.name, verdict.report))
    problems = _each_once(problems, linked)
    origins = None
    if ours or options.source is not None:
        beside = Companions(path, options)
        problems += beside.check(root)
        origins = beside.origins
    return Checked(locate(problems, root, data, origins), tuple(judge.name for judge in judges), tuple(reports))


def _each_once(by_schemas: list[Problem], by_links: list[Problem]) -> list[Problem]:
    """What the schemas and the links found; where both speak of one pointer, or of an identifier that is no name, only the better words."""
    linked = {problem.node for problem in by_links if isinstance(problem, Fault)}
    valued = {problem.node for problem in by_schemas if isinstance(problem, Fault) and problem.code == "value"}
    return [
        problem
        for problem in [*by_schemas, *by_links]
        if not isinstance(problem, Fault)
        or not ((problem.code in ECHOES and problem.node in linked) or (problem.code == "id-name" and problem.node in valued))
    ]


def check_json(path: Path, options: Options) -> Checked:
    """JSON by the schema that it names, or by those of the options; the manifest of a corpus by the files beside it."""
    data = read_bytes(path)
    if isinstance(data, Problem):
        return Checked([data])
    schemas = [schema for schema in options.schemas if schema.suffix.lower() == ".json"]
    if not schemas and CORPUS.encode() in data[:START]:
        values, wrong = read_json(data)
        if not wrong and isinstance(values, dict) and values.get("format") == CORPUS:
            return Checked(_of_manifest(values.get("outputs"), path.parent))
    return Checked(validate_json(data, schemas), tuple(schema.name for schema in schemas))


def _of_manifest(outputs: Any, folder: Path) -> list[Problem]:
    """The files of a corpus that have not the hash that its manifest says."""
    if not isinstance(outputs, dict):
        return [Problem("error", "json", "outputs must be an object with the SHA-256 of each file")]
    problems = []
    for name, known in outputs.items():
        try:
            now = file_digest(folder / name) if name == Path(name).name else None  # no name leads to another folder
        except (OSError, ValueError):
            now = None
        if now is None:
            problems.append(Problem("error", "unreadable", f"{printable(name)}, which the manifest names, is not there"))
        elif now != known:
            problems.append(Problem("warning", "changed", f"{printable(name)} has been changed since it was written"))
    return problems


def check_sidecar(path: Path, options: Options) -> Checked:
    """A sidecar as ``build`` reads it, and the parts that it names."""
    from tei_pipeline.sidecar import OF_FOLDER, part_paths
    from tei_pipeline.sidecar.reader import read
    from tei_pipeline.sidecar.toml import BadSidecar

    data = read_bytes(path)
    if isinstance(data, Problem):
        return Checked([data])
    try:
        part_paths(read(data, str(path), folder=path.name == OF_FOLDER), path.parent)
    except BadSidecar as bad:
        return Checked([Problem("error", "sidecar", f"{key}: {what}" if key else what, line, key) for key, line, what in bad.faults])
    return Checked([])
