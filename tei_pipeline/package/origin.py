"""What the provenance file of an edition says at its head: of which source it was made, by what, and what was found then.

The tables of decisions and white space, which are most of the file, are not read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from tei_pipeline.errors import ProvenanceUnreadable, printable
from tei_pipeline.output import provenance_name
from tei_pipeline.provenance import load
from tei_pipeline.provenance_check import check

_HEAD = ("program", "edition", "source", "printed", "outputs", "corrections", "problems")
_AFTER = b'"rules": '  # the first key behind the head; build writes each key on a line of its own
MOST = 256 * 1024 * 1024  # bytes of a provenance file that are read


class SourceOf(Struct, frozen=True):
    """One file that the edition was made from: its path in its folder (of one file: no path is known), hash and size in bytes."""

    path: str
    sha256: str
    size: int
    encoding: str


class Origin(Struct, frozen=True):
    """The head of a provenance file. ``outputs``: the SHA-256 of each file written with it; ``problems``: rows of its table of problems.

    ``sidecar``: the SHA-256 of the sidecar that it was built with; empty when there was none; ``corrections``: how many of the
    editor's were applied.
    """

    program: str
    name: str
    sources: tuple[SourceOf, ...]
    outputs: Mapping[str, str]
    problems: tuple[tuple[Any, ...], ...]
    parts: bool
    sidecar: str = ""
    corrections: int = 0


def read_origin(folder: Path, name: str) -> Origin:
    """The head of the provenance file of the edition ``name``. Raises :class:`ProvenanceUnreadable`."""
    path = folder / provenance_name(name)
    label = printable(str(path))
    try:
        if path.stat().st_size > MOST:
            raise ProvenanceUnreadable(label, f"it is larger than {MOST:,} bytes")
        values = _head(path)
        if values is None:
            values = dict(load(path.read_bytes(), label).values)
    except FileNotFoundError:
        what = "it is not there, so nobody can tell what the edition was made from"
        raise ProvenanceUnreadable(label, what) from None
    except OSError as error:
        raise ProvenanceUnreadable(label, f"it cannot be read ({error.strerror or error})") from error
    check(values, label, keys=_HEAD)
    source, program = values["source"], values["program"]
    parts = source.get("parts", ())
    files = [SourceOf(part["file"], part["sha256"], part["size"], part["encoding"]) for part in parts]
    return Origin(
        program=f"{program['name']} {program['version']}",
        name=source["name"],
        sources=tuple(files) or (SourceOf("", source["sha256"], source["size"], source["encoding"]),),
        outputs=values["outputs"],
        problems=tuple(tuple(row) for row in values["problems"]["rows"]),
        parts=bool(parts),
        sidecar=source.get("sidecar", ""),
        corrections=len(values["corrections"]),
    )


def _head(path: Path) -> dict[str, Any] | None:
    """The keys before the tables, or None when the file is laid out otherwise than ``build`` does it."""
    lines = []
    with path.open("rb") as file:
        for line in file:
            if line.startswith(_AFTER):
                break
            lines.append(line)
        else:
            return None
    try:
        values = json.loads(b"".join(lines).rstrip(b", \r\n") + b"}")
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None
