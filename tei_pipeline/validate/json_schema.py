"""JSON files by the JSON Schemas of this program; jsonschema is imported when the first is checked."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from tei_pipeline.decisions import Problem
from tei_pipeline.errors import printable
from tei_pipeline.schemas import has_schema, read_schema
from tei_pipeline.validate.faults import Fault
from tei_pipeline.validate.json_places import places
from tei_pipeline.validate.judges import UnusableSchema
from tei_pipeline.validate.parse import read_bytes
from tei_pipeline.validate.words import MOST_CHARACTERS, listed

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

JSON_SCHEMAS = ("document", "provenance", "report", "sidecar", "validation")
MOST_FAULTS = 100  # of one file before the rest is left unsaid
_VERSION = re.compile(r"/\d+/")


def validate_json(data: bytes, schemas: Sequence[Path] = ()) -> list[Problem]:
    """The faults of a JSON file by those schemas, else by the one that its ``$schema`` or ``format`` names.

    At most :data:`MOST_FAULTS` for each schema. Codes: ``encoding``, ``ill-formed``, ``limit``, ``unknown-kind``, ``version``, ``json``,
    ``too-many``, ``schema``.
    """
    values, problems = read_json(data)
    if problems:
        return problems
    if schemas:
        return [problem for schema in schemas for problem in _faults(values, data, _other(schema))]
    name = kind_of_json(values)
    return [_of_unknown_kind(values)] if name is None else _faults(values, data, _validator(name))


def read_json(data: bytes) -> tuple[Any, list[Problem]]:
    """The values of a JSON file, or why it is none (RFC 8259)."""
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_refuse), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, [Problem("error", "encoding", f"byte {error.start} is no UTF-8, and JSON is always UTF-8", line)]
    except json.JSONDecodeError as error:
        message = f"{error.msg[:1].lower()}{error.msg[1:]}"
        return None, [Fault("error", "ill-formed", message, error.lineno, column=error.colno)]
    except RecursionError:
        return None, [Problem("error", "limit", "lists or objects are nested too deeply")]
    except ValueError as error:  # numbers of thousands of figures, NaN
        return None, [Problem("error", "ill-formed", printable(str(error)))]


def _faults(values: Any, data: bytes, validator: Validator) -> list[Problem]:
    try:
        faults = list(islice(validator.iter_errors(values), MOST_FAULTS + 1))
    except RecursionError:
        return [Problem("error", "limit", "lists or objects are nested too deeply")]
    except Exception as error:  # a schema that refers to what is not at hand
        return [Problem("error", "schema", f"the schema cannot be used: {printable(str(error))}")]
    shown = faults[:MOST_FAULTS]
    lines = places(data.decode("utf-8-sig"), [tuple(fault.absolute_path) for fault in shown]) if shown else {}
    problems: list[Problem] = [_json_problem(fault, lines) for fault in shown]
    if len(faults) > MOST_FAULTS:
        problems.append(Problem("error", "too-many", f"more than {MOST_FAULTS} faults; the rest is not listed"))
    return problems


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON (RFC 8259, section 6)")


def kind_of_json(values: Any) -> str | None:
    """The name of the schema that the file asks for: by ``$schema``, else by ``format``."""
    if not isinstance(values, dict):
        return None
    for name, (identifier, form) in _kinds().items():
        if values.get("$schema") == identifier or (form is not None and values.get("format") == form):
            return name
    return None


def _of_unknown_kind(values: Any) -> Problem:
    asked = values.get("$schema") if isinstance(values, dict) else None
    if isinstance(asked, str) and any(_VERSION.sub("", asked) == _VERSION.sub("", identifier) for identifier, _ in _kinds().values()):
        return Problem("error", "version", f"$schema is {_shown(asked)}: written by another version of this program, which can check it")
    return Problem("error", "unknown-kind", f"neither $schema nor format names a file of this program ({', '.join(JSON_SCHEMAS)})")


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
def _validator(name: str) -> Validator:
    from jsonschema import Draft202012Validator  # a tenth of a second to import: only those pay who validate JSON

    return Draft202012Validator(json.loads(read_schema(f"{name}.schema.json")))


@cache
def _other(path: Path) -> Validator:
    """A schema of somebody else, in the draft that it names; what it refers to elsewhere is not fetched."""
    from jsonschema.exceptions import SchemaError
    from jsonschema.validators import validator_for
    from referencing import Registry

    data = read_bytes(path)
    if isinstance(data, Problem):
        raise UnusableSchema(path.name, data.message)
    schema, problems = read_json(data)
    if problems:
        raise UnusableSchema(path.name, problems[0].message)
    kind: Any = validator_for(schema)
    try:
        kind.check_schema(schema)
    except SchemaError as error:
        raise UnusableSchema(path.name, f"this is no JSON Schema: {printable(error.message[: 4 * MOST_CHARACTERS])}") from error
    made: Validator = kind(schema, registry=Registry())
    return made


def _json_problem(error: ValidationError, lines: Mapping[tuple[Any, ...], tuple[int, int]]) -> Problem:
    path = "".join(_steps(error.absolute_path)).removeprefix(".")
    line, column = lines.get(tuple(error.absolute_path), (None, None))
    return Fault("error", "json", f"{path or 'the file'} {_sentence(error)}", line, path, column=column, breadcrumb=path)


def _steps(path: Any) -> Iterator[str]:
    """As people write it: ``notes[3].target``, counted from 1."""
    for step in path:
        yield f"[{step + 1}]" if isinstance(step, int) else f".{printable(step[:MOST_CHARACTERS])}"


def _sentence(fault: ValidationError) -> str:
    """What is wrong with a value, said of its path; what jsonschema says where nothing better is known."""
    wanted, value = fault.validator_value, _shown(fault.instance)
    match fault.validator:
        case "required":
            return f"lacks {fault.message.partition(' is a required')[0]}"
        case "const":
            return f"must be {json.dumps(wanted, ensure_ascii=False)}, not {value}"
        case "enum" if isinstance(wanted, list):
            return f"must be {listed([json.dumps(choice, ensure_ascii=False) for choice in wanted], 'or')}, not {value}"
        case "type":
            types = [wanted] if isinstance(wanted, str) else wanted if isinstance(wanted, list) else []
            return f"must be of type {listed(types, 'or')}, not {value}"
        case "pattern" | "format":
            return f"must have another form than {value}"
        case "additionalProperties":
            known = fault.schema.get("properties", {}) if isinstance(fault.schema, Mapping) else {}
            unknown = [key for key in fault.instance if key not in known] if isinstance(fault.instance, Mapping) else []
            return f"has keys that are not known: {listed([printable(key[:MOST_CHARACTERS]) for key in unknown], 'and')}"
        case _:
            said = printable(fault.message[: 4 * MOST_CHARACTERS])
            return f"is wrong: {said}{'…' if len(fault.message) > 4 * MOST_CHARACTERS else ''}"


def _shown(value: Any) -> str:
    """A wrong value, as JSON, short and on one line."""
    if isinstance(value, (dict, list)):
        return f"{'an object' if isinstance(value, dict) else 'a list'} of {len(value):,}"
    text = printable(json.dumps(value, ensure_ascii=False))
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…"
