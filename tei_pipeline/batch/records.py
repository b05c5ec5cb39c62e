"""Outcomes as the ledger keeps them, and back: what reports say later without the work being done again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tei_pipeline.batch.building import Options, Outcome, Status
from tei_pipeline.batch.ledger import Entry
from tei_pipeline.batch.plan import Rules
from tei_pipeline.decisions import Problem
from tei_pipeline.inputs import Input


def entry_of(outcome: Outcome, rules: Rules, output: Path, *, seconds: float = 0.0, limited: bool = False) -> Entry:
    """The entry of the ledger for an outcome; ``limited``: it failed at a limit of time or memory."""
    levels = [problem.level for problem in outcome.problems]
    return Entry(
        outcome.entry.key,
        source_name(outcome.entry, output),
        "failed" if outcome.status == "failed" else "done",
        rules.settings_of(limited=limited),
        rules.program,
        outcome.inputs,
        outcome.outputs,
        levels.count("error"),
        levels.count("warning"),
        levels.count("info"),
        outcome.lasting,
        seconds,
        _result(outcome),
    )


def outcome_of(entry: Input, known: Entry, options: Options) -> Outcome:
    """The outcome that the ledger remembers for a source that needs no work."""
    edition = options.place(entry) if known.status == "done" else None
    result = known.result
    problems = tuple(Problem(**values) for values in result.get("problems", ()))
    status: Status = "unchanged" if edition else "failed"
    return Outcome(entry, status, edition, result.get("sha256", ""), problems, result.get("error", ""), result.get("trace", ""))


def source_name(entry: Input, output: Path) -> str:
    """How the ledger calls a source: its path from the output folder or its address, ``-`` for standard input."""
    return "-" if entry.path is None else entry.name_of(entry.path, output)


def _result(outcome: Outcome) -> dict[str, Any]:
    problems = [
        {key: value for key in Problem.__struct_fields__ if (value := getattr(problem, key)) not in (None, "")}
        for problem in outcome.problems
    ]
    words = {"sha256": outcome.sha256, "error": outcome.error, "trace": outcome.trace}
    return {**words, "problems": problems, "measures": dict(outcome.measures)}
