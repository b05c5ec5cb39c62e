"""What has to be done: each source against the ledger, before any work. Reads files, writes nothing but fresher times into the ledger."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from tei_pipeline.batch.ledger import Entry, Ledger
from tei_pipeline.batch.stamps import Stamp, renewed
from tei_pipeline.errors import PipelineError
from tei_pipeline.inputs import Input, source_files

Reason = Literal["new", "interrupted", "failed", "source changed", "settings changed", "program changed", "outputs changed", "asked for"]


class Rules(Struct, frozen=True):
    """What counts as done already. ``settings`` and ``program`` are digests of what a run is told and of what does the work.

    ``limits`` is added to the settings of a source that reached a limit: another limit is another chance. ``resume`` False does everything
    again, ``retry_failed`` also what must fail again, ``only_failed`` nothing else than what failed.
    """

    settings: str
    program: str
    limits: str = ""
    resume: bool = True
    retry_failed: bool = False
    only_failed: bool = False

    def settings_of(self, *, limited: bool) -> str:
        """The digest that an entry records; ``limited``: one that failed at a limit."""
        return f"{self.settings} {self.limits}" if limited else self.settings


def reason_to_build(entry: Input, known: Entry | None, rules: Rules, output: Path, ledger: Ledger | None = None) -> Reason | None:
    """Why this source must be built, or None. ``known`` is what the ledger says of it; ``ledger`` is told of times that changed alone."""
    if rules.only_failed and (known is None or known.status == "done"):
        return None
    if entry.path is None:
        return "asked for"  # standard input is read once, so nobody can look first
    if known is None:
        return "new"
    if known.status == "running":
        return "interrupted"
    if not rules.resume:
        return "asked for"
    if known.status == "failed" and (rules.retry_failed or not known.lasting):
        return "failed"
    if known.program != rules.program:
        return "program changed"
    if known.settings not in (rules.settings, rules.settings_of(limited=True)):
        return "settings changed"
    now = time.time_ns()
    inputs = _inputs(entry, known, output, now)
    if inputs is None:
        return "source changed"
    outputs = _renewed(known.outputs, [f"{output}{os.sep}{file.path}" for file in known.outputs], now)
    if outputs is None:
        return "outputs changed"
    if ledger is not None and (inputs, outputs) != (known.inputs, known.outputs):
        ledger.put(replace(known, inputs=inputs, outputs=outputs))
    return None


def _inputs(entry: Input, known: Entry, output: Path, now: int) -> tuple[Stamp, ...] | None:
    """The stamps of the files that the source is read from now, when their names and bytes are those that the ledger has."""
    try:
        files = [str(file) for file in source_files(entry)]
    except (PipelineError, OSError):  # said when it is read in earnest
        return None
    if len(files) != len(known.inputs) or not files:
        return None
    moved = []
    for file, old in zip(files, known.inputs, strict=True):
        path = entry.name_of(Path(file), output)
        if path == old.path:
            moved.append(old)
        elif os.path.basename(path) == os.path.basename(old.path):  # noqa: PTH119 - a path or an address
            moved.append(replace(old, path=path, sure=False))
        else:
            return None
    return _renewed(moved, files, now)


def _renewed(stamps: tuple[Stamp, ...] | list[Stamp], paths: list[str], now: int) -> tuple[Stamp, ...] | None:
    found = []
    for old, path in zip(stamps, paths, strict=True):
        new = renewed(old, path, now)
        if new is None:
            return None
        found.append(new)
    return tuple(found)
