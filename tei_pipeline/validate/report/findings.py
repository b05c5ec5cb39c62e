"""Problems in order, those of one cause as one finding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from tei_pipeline.decisions import Problem
from tei_pipeline.validate.checked import Checked
from tei_pipeline.validate.faults import Fault

LEVELS = ("error", "warning", "info")
_QUOTED = re.compile(r'"[^"]*"')


class Finding(Struct, frozen=True):
    """The first problem of one cause, and the others of it."""

    problem: Problem
    others: tuple[Problem, ...] = ()

    @property
    def more(self) -> int:
        """How many others there are."""
        return len(self.others)


def fold(problems: Iterable[Problem], *, every: bool = False) -> list[Finding]:
    """By file and line (those without one first), each cause once; ``every``: each problem for itself.

    Problems of the same level, code and message are of one cause, whatever stands in quotation marks in the message.
    """
    causes: dict[tuple[str, ...], list[Problem]] = {}
    for number, problem in enumerate(sorted(problems, key=_order)):
        cause = problem.level, problem.code, problem.file, _QUOTED.sub('""', problem.message), str(number if every else "")
        causes.setdefault(cause, []).append(problem)
    return [Finding(first, tuple(others)) for first, *others in causes.values()]


def _order(problem: Problem) -> tuple[str, int, int, int, str, str, str]:
    column = problem.column or 0 if isinstance(problem, Fault) else 0
    return problem.file, problem.line or 0, column, LEVELS.index(problem.level), problem.where, problem.code, problem.message


def counts(files: Mapping[str, Checked]) -> dict[str, int]:
    """How many problems of each level there are in all files together."""
    totals = dict.fromkeys(LEVELS, 0)
    for checked in files.values():
        for problem in checked.problems:
            totals[problem.level] += 1
    return totals


def as_fault(problem: Problem) -> Fault:
    """The problem with the places that only faults have, empty where it is none."""
    if isinstance(problem, Fault):
        return problem
    return Fault(problem.level, problem.code, problem.message, problem.line, problem.where, problem.file)
