"""Whether values read from a provenance file have the form that its schema describes. By hand: jsonschema takes seconds for a book."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from typing import Any, TypeAlias

from tei_pipeline.encodings import MARK, known_encoding
from tei_pipeline.errors import ProvenanceUnreadable, printable
from tei_pipeline.parts import MIXED, is_safe
from tei_pipeline.source import UNENCODABLE

FORMAT = "tei-pipeline provenance"
VERSION = 1
DECISIONS = ("rule", "evidence", "confidence")
BLOCKS = ("id", "start", "length", "decision", "spans", "alternatives")
INLINES = ("block", "start", "length", "decision")
LIFTED = ("after", "white", "code", "times")
PROBLEMS = ("level", "code", "message", "line", "where")

_HASH = re.compile("[0-9a-f]{64}")
_LEVELS = ("error", "warning", "info")
_LINE_ENDS = {"LF", "CRLF", "CR"}
_LARGEST_INTEGER = 1 << 53  # what every JSON reader keeps exactly (RFC 8259, section 6)

Test: TypeAlias = "Callable[[Any], bool]"


class _Broken(Exception):
    """A value that is not what it should be; the key is put before on the way up."""


def check(values: Any, label: str, *, keys: Container[str] | None = None) -> None:
    """Raise :class:`ProvenanceUnreadable`, naming the key, unless the values are a provenance file of this version.

    ``keys``: look at these only; None: at all.
    """
    if not isinstance(values, dict) or values.get("format") != FORMAT:
        raise ProvenanceUnreadable(label, f'it does not say "format": "{FORMAT}"')
    version = values.get("version")
    if type(version) is not int or version < 1:
        raise ProvenanceUnreadable(label, "it has no version number", key="version")
    if version > VERSION:
        raise ProvenanceUnreadable(
            label, f"written by a newer program (format {version}, this one reads {VERSION}); update tei-pipeline", key="version"
        )
    for key, test in _KEYS.items():
        if keys is not None and key not in keys:
            continue
        try:
            if key not in values:
                raise _Broken("is missing")
            test(values[key], values)
        except _Broken as broken:
            raise ProvenanceUnreadable(label, str(broken), key=key) from None


def _is_count(value: Any) -> bool:
    return type(value) is int and 0 <= value <= _LARGEST_INTEGER


def _is_text(value: Any) -> bool:
    return type(value) is str


def _is_hash(value: Any) -> bool:
    return type(value) is str and _HASH.fullmatch(value) is not None


def _is_share(value: Any) -> bool:
    return type(value) in (int, float) and 0 <= value <= 1


def _is_texts(value: Any) -> bool:
    return type(value) is list and all(type(item) is str for item in value)


def _is_encoding(value: Any) -> bool:
    return type(value) is str and value not in ("utf-16", "utf-32") and known_encoding(value) is not None


def _is_file_name(value: str) -> bool:
    return value not in ("", ".", "..") and not any(char in value for char in "/\\\0")


def _object(value: Any, tests: dict[str, Test]) -> None:
    if type(value) is not dict:
        raise _Broken("is no object")
    for key, test in tests.items():
        if key not in value:
            raise _Broken(f"{key} is missing")
        if not test(value[key]):
            raise _Broken(f"{key} has a wrong value ({_show(value[key])})")


def _check_program(value: Any, _: Any) -> None:
    _object(value, {"name": _is_text, "version": _is_text})


def _check_source(value: Any, _: Any) -> None:
    tests: dict[str, Test] = {
        "name": _is_text,
        "sha256": _is_hash,
        "size": _is_count,
        "encoding": lambda item: _is_encoding(item) or (item == MIXED and "parts" in value),
        **_HOW_READ,
        "characters": _is_count,
        "lines": _is_count,
        "lineEnds": lambda item: type(item) is dict and item.keys() <= _LINE_ENDS and all(map(_is_count, item.values())),
    }
    _object(value, tests)
    if value["bom"] and value["encoding"] not in MARK:
        raise _Broken(f"{value['encoding']} has no byte order mark")
    if "sidecar" in value and not _is_hash(value["sidecar"]):
        raise _Broken("sidecar is no SHA-256")
    if "parts" in value:
        _check_parts(value)


def _check_parts(source: Any) -> None:
    """The files of a source of several: paths that stay in their folder, no two the same, one range of the text after the other."""
    parts = source["parts"]
    if type(parts) is not list or not parts:
        raise _Broken("parts is no list of files")
    tests: dict[str, Test] = {
        "file": lambda item: type(item) is str and is_safe(item),
        "begins": lambda item: item in ("page", "division", "nothing"),
        "start": _is_count,
        "characters": _is_count,
        "line": _is_count,
        "sha256": _is_hash,
        "size": _is_count,
        "encoding": _is_encoding,
        **_HOW_READ,
    }
    seen: set[str] = set()
    end = 0
    for at, part in enumerate(parts):
        try:
            _object(part, tests)
        except _Broken as broken:
            raise _Broken(f"part {at}: {broken}") from None
        if part.keys() - tests.keys():
            raise _Broken(f"part {at} has keys that are not known")
        if part["bom"] and part["encoding"] not in MARK:
            raise _Broken(f"part {at}: {part['encoding']} has no byte order mark")
        if part["start"] < end or part["start"] + part["characters"] > source["characters"]:
            raise _Broken(f"part {at} is no range of the text behind the part before it")
        end = part["start"] + part["characters"]
        folded = part["file"].casefold()
        if folded in seen:
            raise _Broken(f"part {at} has the name of another ({_show(part['file'])})")
        seen.add(folded)


def _check_printed(value: Any, _: Any) -> None:
    _object(value, {"characters": _is_count, "sha256": _is_hash})


def _check_outputs(value: Any, _: Any) -> None:
    if type(value) is not dict:
        raise _Broken("is no object")
    for name, digest in value.items():
        if not _is_file_name(name) or not _is_hash(digest):
            raise _Broken(f"{_show(name)} is no file name with its SHA-256")


def _check_texts(value: Any, _: Any) -> None:
    if not _is_texts(value):
        raise _Broken("is no list of strings")


def _check_corrections(value: Any, _: Any) -> None:
    if type(value) is not list or not all(type(item) is dict for item in value):
        raise _Broken("is no list of objects")


def _check_edition(value: Any, _: Any) -> None:
    if value is not None and not _is_text(value):
        raise _Broken("is no identifier")


def _check_white_space(value: Any, _: Any) -> None:
    _object(value, {"strings": _is_texts, "rows": _is_texts})
    for at, string in enumerate(value["strings"]):
        if string and not string.isspace():
            raise _Broken(f"string {at} is not white space ({_show(string)})")


def _check_problems(value: Any, _: Any) -> None:
    for at, row in _rows(value, PROBLEMS):
        level, code, message, line, where = row if len(row) == len(PROBLEMS) else [None] * len(PROBLEMS)
        if level not in _LEVELS or not _is_texts([code, message, where]) or not (line is None or _is_count(line)):
            raise _Broken(f"row {at} is no problem")


def _check_unencodable(value: Any, _: Any) -> None:
    for at, row in _rows(value, LIFTED):
        if len(row) != len(LIFTED) or not all(map(_is_count, row)):
            raise _Broken(f"row {at} is not four numbers")
        if row[2] > 0x10FFFF or not UNENCODABLE.match(chr(row[2])) or not row[3]:
            raise _Broken(f"row {at} names a character that XML can hold")


def _check_decisions(value: Any, values: Any) -> None:
    rules, evidence = len(values["rules"]), len(values["evidence"])
    for at, row in _rows(value, DECISIONS):
        if len(row) != len(DECISIONS) or not _is_index(row[0], rules) or not _is_index(row[1], evidence) or not _is_share(row[2]):
            raise _Broken(f"row {at} is no rule, evidence and confidence")


def _check_blocks(value: Any, values: Any) -> None:
    end, decisions = _limits(values)
    for at, row in _rows(value, BLOCKS):
        name, start, length, decision, spans, lost = row + [None] * (len(BLOCKS) - len(row))
        if type(name) is not str or not name:
            raise _Broken(f"row {at} has no xml:id")
        if not _is_range(start, length, end):
            raise _Broken(f"row {at} has no range of the source")
        if not (decision is None or _is_index(decision, decisions)):
            raise _Broken(f"row {at} has no decision")
        if spans is not None and not _is_ranges(spans, end):
            raise _Broken(f"row {at} has spans that are no ranges of the source")
        if lost is not None and not (type(lost) is list and all(_is_index(item, decisions) for item in lost)):
            raise _Broken(f"row {at} has alternatives that are no decisions")


def _check_inlines(value: Any, values: Any) -> None:
    end, decisions = _limits(values)
    blocks = len(values["blocks"]["rows"])
    for at, row in _rows(value, INLINES):
        block, start, length, decision = row + [None] * (len(INLINES) - len(row))
        if not (block is None or _is_index(block, blocks)) or not _is_range(start, length, end) or not _is_index(decision, decisions):
            raise _Broken(f"row {at} is no block, range and decision")


def _limits(values: Any) -> tuple[int, int]:
    return values["source"]["characters"], len(values["decisions"]["rows"])


def _rows(value: Any, columns: Sequence[str]) -> enumerate[list[Any]]:
    """The rows of a table, none longer than its columns."""
    if type(value) is not dict or value.get("columns") != list(columns):
        raise _Broken(f"its columns are not {', '.join(columns)}")
    rows = value.get("rows")
    if type(rows) is not list:
        raise _Broken("it has no rows")
    for at, row in enumerate(rows):
        if type(row) is not list or len(row) > len(columns):
            raise _Broken(f"row {at} does not have its columns")
    return enumerate(rows)


def _is_index(value: Any, length: int) -> bool:
    return type(value) is int and 0 <= value < length


def _is_range(start: Any, length: Any, end: int) -> bool:
    if start is None or length is None:
        return start is length
    return type(start) is int and type(length) is int and start >= 0 and length >= 0 and start + length <= end


def _is_ranges(value: Any, end: int) -> bool:
    return (
        type(value) is list
        and len(value) % 2 == 0
        and all(start is not None and _is_range(start, length, end) for start, length in zip(value[::2], value[1::2], strict=True))
    )


def _show(value: Any) -> str:
    text = printable(repr(value) if not isinstance(value, list | dict) else f"a list or object of {len(value)}")
    return text if len(text) <= 60 else f"{text[:57]}..."


_HOW_READ: dict[str, Test] = {"bom": lambda item: type(item) is bool, "confidence": _is_share, "evidence": _is_text}

_KEYS: dict[str, Callable[[Any, Any], None]] = {  # in this order: tables of decisions count what comes before them
    "program": _check_program,
    "edition": _check_edition,
    "source": _check_source,
    "printed": _check_printed,
    "outputs": _check_outputs,
    "corrections": _check_corrections,
    "problems": _check_problems,
    "rules": _check_texts,
    "evidence": _check_texts,
    "decisions": _check_decisions,
    "blocks": _check_blocks,
    "inlines": _check_inlines,
    "unencodable": _check_unencodable,
    "whitespace": _check_white_space,
}
