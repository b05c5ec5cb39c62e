"""What every report says of a source and of all of them together, from the ledger; no times and no machine in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Literal

from msgspec import Struct, field

from tei_pipeline.batch.building import BINS
from tei_pipeline.batch.ledger import Entry, Ledger
from tei_pipeline.inputs import Input

Status = Literal["done", "failed", "pending"]
STATUSES: tuple[Status, ...] = ("done", "failed", "pending")
LEVELS = ("error", "warning", "info")


class Row(Struct, frozen=True):
    """One source: ``pending`` is one that the run did not come to. ``seconds`` is the time that the work took: not for every report."""

    entry: Input
    status: Status
    sha256: str = ""
    outputs: dict[str, str] = field(default_factory=dict)
    error: str = ""
    problems: tuple[dict[str, Any], ...] = ()
    measures: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def edition(self) -> str | None:
        """The path of its TEI in the output folder."""
        return f"{self.entry.key}/{self.entry.name}.xml" if self.status == "done" else None

    def count(self, level: str) -> int:
        """How many problems of a level."""
        return sum(problem["level"] == level for problem in self.problems)


def rows(inputs: Iterable[Input], ledger: Ledger) -> Iterator[Row]:
    """A row for each source of a run, in their order, whether it was built now or before."""
    for entry in inputs:
        yield _row(entry, ledger.find(entry.key))


def _row(entry: Input, known: Entry | None) -> Row:
    if known is None or known.status == "running":
        return Row(entry, "pending")
    result = known.result
    outputs = {file.path.removeprefix(f"{entry.key}/"): file.sha256 for file in known.outputs} if known.status == "done" else {}
    problems, measures = tuple(result.get("problems", ())), result.get("measures", {})
    return Row(entry, known.status, result.get("sha256", ""), outputs, result.get("error", ""), problems, measures, known.seconds)


class Totals(Struct):
    """Over all rows: sources by status, problems by level and by level and code, blocks by confidence in tenths."""

    statuses: Counter[str] = field(default_factory=Counter)
    levels: Counter[str] = field(default_factory=Counter)
    codes: Counter[tuple[str, str]] = field(default_factory=Counter)
    confidence: list[int] = field(default_factory=lambda: [0] * BINS)
    seconds: float = 0.0

    def add(self, row: Row) -> None:
        """Count a row."""
        self.statuses[row.status] += 1
        self.seconds += row.seconds
        for problem in row.problems:
            self.levels[problem["level"]] += 1
            self.codes[problem["level"], problem["code"]] += 1
        for tenth, number in enumerate(row.measures.get("confidence", ())):
            self.confidence[tenth] += number

    def by_code(self) -> list[tuple[str, str, int]]:
        """Level, code, number; the gravest level first, in it the most frequent."""
        return sorted(
            ((level, code, number) for (level, code), number in self.codes.items()), key=lambda row: (LEVELS.index(row[0]), -row[2], row[1])
        )


def totals(found: Iterable[Row]) -> Totals:
    """The sums over rows."""
    sums = Totals()
    for row in found:
        sums.add(row)
    return sums
