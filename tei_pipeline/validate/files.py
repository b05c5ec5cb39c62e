"""One file of any kind: TEI (ours or not), JSON, sidecar. What it is, is read from the file itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from tei_pipeline.decisions import Problem
from tei_pipeline.errors import printable
from tei_pipeline.schemas import has_schema, read_schema
from tei_pipeline.validate.edition import TEI, is_edition, validate_edition
from tei_pipeline.validate.links import validate_links
from tei_pipeline.validate.parse import parse, read_bytes
from tei_pipeline.validate.places import line_of

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

JSON_SCHEMAS = ("document", "provenance", "report", "sidecar")
MOST_FAULTS = 100  # of a JSON file before the rest is left unsaid
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
        return _validate_json(data)
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
    from tei_pipeline.sidecar_reader import read
    from tei_pipeline.sidecar_toml import BadSidecar

    try:
        read(data, str(path))
    except BadSidecar as bad:
        return [Problem("error", "sidecar", f"{key}: {what}" if key else what, line, key) for key, line, what in bad.faults]
    return []


# ---------------------------------------------------------------- JSON


def _validate_json(data: bytes) -> list[Problem]:
    try:
        values = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return [Problem("error", "encoding", f"byte {error.start} is no UTF-8, and JSON is always UTF-8", line)]
    except json.JSONDecodeError as error:
        return [Problem("error", "ill-formed", f"column {error.colno}: {error.msg[:1].lower()}{error.msg[1:]}", error.lineno)]
    except RecursionError:
        return [Problem("error", "limit", "lists or objects are nested too deeply")]
    except ValueError as error:  # numbers of thousands of figures, NaN
        return [Problem("error", "ill-formed", printable(str(error)))]
    name = _kind(values)
    if name is None:
        return [Problem("error", "unknown-kind", f"neither $schema nor format names a file of this program ({', '.join(JSON_SCHEMAS)})")]
    try:
        faults = list(islice(_validator(name).iter_errors(values), MOST_FAULTS + 1))
    except RecursionError:
        return [Problem("error", "limit", "lists or objects are nested too deeply")]
    problems = [_json_problem(fault) for fault in faults[:MOST_FAULTS]]
    if len(faults) > MOST_FAULTS:
        problems.append(Problem("error", "too-many", f"more than {MOST_FAULTS} faults; the rest is not listed"))
    return problems


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON (RFC 8259, section 6)")


def _kind(values: Any) -> str | None:
    """The name of the schema that the file asks for: by ``$schema``, else by ``format``."""
    if not isinstance(values, dict):
        return None
    for name, (identifier, form) in _kinds().items():
        if values.get("$schema") == identifier or (form is not None and values.get("format") == form):
            return name
    return None


@cache
def _kinds() -> Mapping[str, tuple[str, str | None]]:
    """The schemas that this version has, with the ``$id`` and the constant ``format`` by which files name them."""
    found = {}
    for name in JSON_SCHEMAS:
        if has_schema(f"{name}.schema.json"):
            schema = json.loads(read_schema(f"{name}.schema.json"))
            found[name] = (str(schema.get("$id")), schema.get("properties", {}).get("format", {}).get("const"))
    return found


@cache
def _validator(name: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator  # a tenth of a second to import: only those pay who validate JSON

    return Draft202012Validator(json.loads(read_schema(f"{name}.schema.json")))


def _json_problem(fault: ValidationError) -> Problem:
    path = "".join(_steps(fault.absolute_path)).removeprefix(".")
    return Problem("error", "json", _sentence(fault), None, printable(path))


def _steps(path: Any) -> Iterator[str]:
    for step in path:
        yield f"[{step}]" if isinstance(step, int) else f".{step}"


def _sentence(fault: ValidationError) -> str:
    said = printable(fault.message)
    return f"{said[:160]}…" if len(said) > 160 else said
