"""The checks of each kind of file: TEI (ours or not), JSON, sidecar; which a file gets, :mod:`~tei_pipeline.validate.kinds` says."""

from __future__ import annotations

from pathlib import Path

from tei_pipeline.decisions import Problem
from tei_pipeline.errors import printable
from tei_pipeline.validate.edition import TEI, is_edition, validate_edition
from tei_pipeline.validate.json_schema import validate_json
from tei_pipeline.validate.links import validate_links
from tei_pipeline.validate.options import Options
from tei_pipeline.validate.parse import parse, read_bytes
from tei_pipeline.validate.places import line_of


def check_xml(path: Path, options: Options) -> list[Problem]:
    """TEI that this program made by its schema and its links; other TEI for being well-formed and for pointers that do not arrive."""
    data = read_bytes(path)
    if isinstance(data, Problem):
        return [data]
    tree, problems = parse(data)
    if tree is None:
        return problems
    root = tree.getroot()
    if is_edition(tree):
        return problems + validate_edition(tree)
    if root.tag in (TEI + "TEI", TEI + "teiCorpus"):
        said = "TEI from elsewhere: checked for being well-formed and for its pointers, not by a schema"
        return [*problems, Problem("info", "no-schema", said), *validate_links(tree, own=False)]
    name = printable(str(root.tag))
    return [
        *problems,
        Problem("error", "unknown-kind", f"the root element {name} is not TEI of the namespace {TEI[1:-1]}", line_of(root)),
    ]


def check_json(path: Path, options: Options) -> list[Problem]:
    """JSON by the schema that it names."""
    data = read_bytes(path)
    return [data] if isinstance(data, Problem) else validate_json(data)


def check_sidecar(path: Path, options: Options) -> list[Problem]:
    """A sidecar as ``build`` reads it, and the parts that it names."""
    from tei_pipeline.sidecar import OF_FOLDER, part_paths
    from tei_pipeline.sidecar_reader import read
    from tei_pipeline.sidecar_toml import BadSidecar

    data = read_bytes(path)
    if isinstance(data, Problem):
        return [data]
    try:
        part_paths(read(data, str(path), folder=path.name == OF_FOLDER), path.parent)
    except BadSidecar as bad:
        return [Problem("error", "sidecar", f"{key}: {what}" if key else what, line, key) for key, line, what in bad.faults]
    return []
