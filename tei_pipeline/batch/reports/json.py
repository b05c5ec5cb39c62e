"""``report.json``, for programs; ``schemas/report.schema.json`` describes it. The same work gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tei_pipeline import __version__
from tei_pipeline.batch.ledger import Ledger
from tei_pipeline.batch.reports.rows import LEVELS, STATUSES, Row, rows, totals
from tei_pipeline.inputs import Input

FORMAT, VERSION = "tei-pipeline report", 1


def pieces(inputs: Sequence[Input], ledger: Ledger) -> Iterator[bytes]:
    """The report in pieces: twice through the ledger, so that no report is too large for the memory."""
    sums = totals(rows(inputs, ledger))
    head = {
        "format": FORMAT,
        "version": VERSION,
        "program": {"name": "tei-pipeline", "version": __version__},
        "counts": {status: sums.statuses[status] for status in STATUSES},
        "problems": {level: sums.levels[level] for level in LEVELS},
        "codes": [{"level": level, "code": code, "number": number} for level, code, number in sums.by_code()],
        "confidence": sums.confidence,
    }
    lines = ",\n".join(f" {json.dumps(key)}: {_json(value)}" for key, value in head.items())
    yield f'{{\n{lines},\n "sources": ['.encode()
    for number, row in enumerate(rows(inputs, ledger)):
        yield f"{',' if number else ''}\n  {_json(_source(row))}".encode("utf-8", "backslashreplace")
    yield b"\n ]\n}\n"


def _source(row: Row) -> dict[str, Any]:
    return {
        "name": row.entry.key,
        "source": row.entry.label,
        "sha256": row.sha256 or None,
        "status": row.status,
        "edition": row.edition,
        "outputs": row.outputs,
        "error": row.error or None,
        "measures": row.measures,
        "problems": list(row.problems),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n  ")


def is_ours(path: Path) -> bool:
    """Whether a report of this program stands there, by how it begins."""
    try:
        with path.open("rb") as file:
            begins = file.read(64).lstrip(b"{ \r\n")
    except OSError:
        return False
    return begins.startswith(f'"format": "{FORMAT}"'.encode())
