"""Findings as text and as JSON: sorted, faults of one cause folded, the same bytes for the same findings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tei_pipeline.decisions import Problem
from tei_pipeline.errors import printable
from tei_pipeline.messages import sentence

_LEVELS = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Finding:
    """The first problem of one cause, and how many more there are of it."""

    problem: Problem
    more: int = 0


def fold(problems: Iterable[Problem]) -> list[Finding]:
    """By line (those without one first), each cause once: problems of the same level, code and message are of one cause."""
    counts: dict[tuple[str, str, str], int] = {}
    firsts: list[Problem] = []
    for problem in sorted(problems, key=_order):
        cause = problem.level, problem.code, problem.message
        if cause not in counts:
            firsts.append(problem)
        counts[cause] = counts.get(cause, 0) + 1
    return [Finding(first, counts[first.level, first.code, first.message] - 1) for first in firsts]


def _order(problem: Problem) -> tuple[int, int, str, str, str]:
    return problem.line or 0, _LEVELS.index(problem.level), problem.where, problem.code, problem.message


def as_text(files: Mapping[str, Iterable[Problem]]) -> str:
    """A line for each cause, file by file in the order of their names, and a last line with the counts."""
    lines = []
    totals = dict.fromkeys(_LEVELS, 0)
    for name in sorted(files):
        for finding in fold(files[name]):
            totals[finding.problem.level] += 1 + finding.more
            more = f" (and {finding.more:,} more like it)" if finding.more else ""
            lines.append(sentence(finding.problem, printable(name)) + more)
    counted = ", ".join(f"{totals[level]:,} {level}{'s' * (totals[level] != 1)}" for level in ("error", "warning") if totals[level])
    lines.append(f"{len(files):,} file{'s' * (len(files) != 1)}: {counted or 'valid'}")
    return "\n".join(lines) + "\n"


def as_json(files: Mapping[str, Iterable[Problem]]) -> str:
    """An object with ``files`` (name, valid, findings) in the order of their names, and ``counts`` by level."""
    totals = dict.fromkeys(_LEVELS, 0)
    entries = []
    for name in sorted(files):
        findings = fold(files[name])
        for finding in findings:
            totals[finding.problem.level] += 1 + finding.more
        valid = not any(finding.problem.level == "error" for finding in findings)
        entries.append({"file": name, "valid": valid, "findings": [_entry(finding) for finding in findings]})
    return json.dumps({"counts": totals, "files": entries}, ensure_ascii=False, indent=2) + "\n"


def _entry(finding: Finding) -> dict[str, Any]:
    problem = finding.problem
    return {
        "level": problem.level,
        "code": problem.code,
        "message": problem.message,
        "line": problem.line,
        "where": problem.where,
        "more": finding.more,
    }
