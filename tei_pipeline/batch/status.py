"""What an output folder holds, by its ledger: what is done, what failed, what is stale, what belongs to no source any more."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from msgspec import Struct

from tei_pipeline.batch.ledger import Entry, Ledger
from tei_pipeline.batch.stamps import program, renewed
from tei_pipeline.output import provenance_name

State = Literal["done", "failed", "stale", "interrupted", "orphaned"]
STATES: tuple[State, ...] = ("done", "failed", "stale", "interrupted", "orphaned")


class Standing(Struct, frozen=True):
    """One edition: ``stale`` is done but would be made again, ``orphaned`` has no source any more; ``why`` says more."""

    key: str
    state: State
    why: str = ""


def standings(output: Path, ledger: Ledger) -> Iterator[Standing]:
    """Each edition of the folder, by its key; those that the ledger does not know come last. Nothing is written."""
    now, version = time.time_ns(), program()
    known = set()
    for entry in ledger.entries():
        known.add(entry.key)
        yield Standing(entry.key, *_state(entry, output, version, now))
    for path in sorted(output.rglob("*.provenance.json")):
        key = path.parent.relative_to(output).as_posix()
        if path.name == provenance_name(path.parent.name) and key not in known:
            yield Standing(key, "orphaned", "the ledger knows no source of it")


def _state(entry: Entry, output: Path, version: str, now: int) -> tuple[State, str]:
    if entry.status == "running":
        return "interrupted", "a run ended in the middle of it, or is at work on it now"
    if not _is_elsewhere(entry.source) and not os.path.lexists(os.path.join(output, entry.source)):  # noqa: PTH118 - as the ledger has it
        return "orphaned", f"its source {entry.source} is not there any more"
    if entry.status == "failed":
        return "failed", str(entry.result.get("error") or f"{entry.errors} problems of level error")
    for file in entry.inputs:
        if not _is_elsewhere(file.path) and renewed(file, os.path.join(output, file.path), now) is None:  # noqa: PTH118
            return "stale", f"{file.path} has changed"
    for file in entry.outputs:
        if renewed(file, f"{output}{os.sep}{file.path}", now) is None:
            return "stale", f"{file.path} was changed, or is gone"
    if entry.program != version:
        return "stale", f"made by {entry.program}, and this is {version}"
    return "done", ""


def _is_elsewhere(source: str) -> bool:
    """Whether a source is no file here: standard input, or at an address, where nobody looks for this."""
    return source == "-" or "://" in source


def counts(found: list[Standing]) -> dict[str, int]:
    """How many there are of each state."""
    counted = Counter(standing.state for standing in found)
    return {state: counted[state] for state in STATES}
