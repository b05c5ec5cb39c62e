"""``report.json``: what became of each source, for programs. No times and no machine in it: the same work gives the same report."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tei_pipeline import __version__
from tei_pipeline.batch.ledger import Entry, Ledger
from tei_pipeline.inputs import Input
from tei_pipeline.output import replace_file

REPORT = "report.json"
GENERATOR = "tei-pipeline"
STATUSES = ("done", "failed", "pending")


def write_report(inputs: Sequence[Input], ledger: Ledger, output: Path, *, force: bool = False) -> None:
    """Write ``report.json`` over the sources of a run, in their order, whether they were built now or before.

    Raises :class:`~tei_pipeline.output.SomebodysWork` when the file there is no report of ours.
    """
    path = output / REPORT
    replace_file(path, _pieces(inputs, ledger), force=force or is_ours(path))


def rows(inputs: Iterable[Input], ledger: Ledger) -> Iterator[dict[str, Any]]:
    """What reports say of each source, as JSON values."""
    for entry in inputs:
        yield row(entry, ledger.find(entry.key))


def row(entry: Input, known: Entry | None) -> dict[str, Any]:
    """What reports say of one source; ``pending`` is one that this run did not come to."""
    status = "pending" if known is None or known.status == "running" else known.status
    result = known.result if known is not None and status != "pending" else {}
    return {
        "name": entry.key,
        "source": entry.label,
        "sha256": result.get("sha256") or None,
        "status": status,
        "edition": f"{entry.key}/{entry.name}.xml" if status == "done" else None,
        "outputs": {file.path.removeprefix(f"{entry.key}/"): file.sha256 for file in known.outputs} if known and status == "done" else {},
        "error": result.get("error") or None,
        **result.get("measures", {}),
        "problems": result.get("problems", []),
    }


def totals(found: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """How many sources of each status, and how many problems of each level and code."""
    statuses: Counter[str] = Counter()
    levels: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    for source in found:
        statuses[source["status"]] += 1
        for problem in source["problems"]:
            levels[problem["level"]] += 1
            codes[problem["code"]] += 1
    return {
        "counts": {status: statuses[status] for status in STATUSES},
        "problems": {level: levels[level] for level in ("error", "warning", "info")},
        "codes": dict(sorted(codes.items(), key=lambda item: (-item[1], item[0]))),
    }


def _pieces(inputs: Sequence[Input], ledger: Ledger) -> Iterator[bytes]:
    """The report in pieces: twice through the ledger, so that no report is too large for the memory."""
    head = {"generator": f"{GENERATOR} {__version__}", **totals(rows(inputs, ledger))}
    yield f'{_json(head).removesuffix("}").rstrip()},\n "sources": ['.encode()
    for number, source in enumerate(rows(inputs, ledger)):
        yield f"{',' if number else ''}\n{_json(source)}".encode()
    yield b"\n ]\n}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def is_ours(path: Path) -> bool:
    """Whether a report of this program stands there, by how it begins."""
    try:
        with path.open("rb") as file:
            return file.read(64).lstrip(b"{ \n").startswith(f'"generator": "{GENERATOR} '.encode())
    except OSError:
        return False
