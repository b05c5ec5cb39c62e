"""One file of any kind: TEI (ours or not), JSON, sidecar. What it is, is read from the file itself."""

from __future__ import annotations

from pathlib import Path

from tei_pipeline.decisions import Problem
from tei_pipeline.errors import printable
from tei_pipeline.validate.edition import TEI, is_edition, validate_edition
from tei_pipeline.validate.json_schema import validate_json
from tei_pipeline.validate.links import validate_links
from tei_pipeline.validate.parse import parse, read_bytes
from tei_pipeline.validate.places import line_of

_SPACE = b" \t\r\n\xef\xbb\xbf"


def validate_file(path: Path) -> list[Problem]:
    """All faults of a file; empty when it is valid. Never raises for what the file holds.

    TEI that this program made is checked by its schema and its links; other TEI for being well-formed and for pointers that do not
    arrive (warnings); JSON by the schema that it names; TOML as a sidecar.
    """
    data = read_bytes(path)
    if isinstance(data, Problem):
        return [data]
    suffix = path.suffix.lower()
    if suffix == ".toml":
        return _validate_sidecar(data, path)
    first = data.lstrip(_SPACE)[:1]
    if suffix == ".json" or (suffix != ".xml" and first in (b"{", b"[")):
        return validate_json(data)
    return _validate_xml(data)


def _validate_xml(data: bytes) -> list[Problem]:
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


def _validate_sidecar(data: bytes, path: Path) -> list[Problem]:
    from tei_pipeline.sidecar import OF_FOLDER, part_paths
    from tei_pipeline.sidecar_reader import read
    from tei_pipeline.sidecar_toml import BadSidecar

    try:
        part_paths(read(data, str(path), folder=path.name == OF_FOLDER), path.parent)
    except BadSidecar as bad:
        return [Problem("error", "sidecar", f"{key}: {what}" if key else what, line, key) for key, line, what in bad.faults]
    return []
