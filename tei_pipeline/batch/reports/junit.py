"""JUnit XML, for continuous integration: a case for each source. It states times, as those systems expect, so no two are the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml import etree

from tei_pipeline.batch.ledger import Ledger
from tei_pipeline.batch.reports.rows import Row, rows, totals
from tei_pipeline.decisions import Problem
from tei_pipeline.errors import printable
from tei_pipeline.inputs import Input
from tei_pipeline.messages import sentence


def pieces(inputs: Sequence[Input], ledger: Ledger) -> Iterator[bytes]:
    """The file in pieces. A failed source is a failure, one that the run did not come to is skipped; warnings are output of a success."""
    sums = totals(rows(inputs, ledger))
    number = sum(sums.statuses.values())
    counts = (
        f'tests="{number}" failures="{sums.statuses["failed"]}" errors="0" skipped="{sums.statuses["pending"]}" time="{sums.seconds:.3f}"'
    )
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="tei-pipeline build" {counts}>\n'.encode()
    yield f'<testsuite name="tei-pipeline build" {counts}>\n'.encode()
    for row in rows(inputs, ledger):
        yield etree.tostring(_case(row), encoding="utf-8") + b"\n"
    yield b"</testsuite>\n</testsuites>\n"


def _case(row: Row) -> etree._Element:
    case = etree.Element("testcase", {"classname": "build", "name": row.entry.key, "file": row.entry.label, "time": f"{row.seconds:.3f}"})
    said = [_said(row, problem) for problem in row.problems if problem["level"] != "info"]
    if row.status == "pending":
        etree.SubElement(case, "skipped", {"message": "the run ended before"})
    elif row.status == "failed":
        first = row.error or next((problem["message"] for problem in row.problems if problem["level"] == "error"), "failed")
        failure = etree.SubElement(case, "failure", {"type": "failed", "message": _lawful(first)})
        failure.text = _lawful("\n".join([*([row.error] if row.error else []), *said]))
    elif said:
        etree.SubElement(case, "system-out").text = _lawful("\n".join(said))
    return case


def _said(row: Row, problem: dict[str, object]) -> str:
    return sentence(Problem(**problem), row.entry.label)  # type: ignore[arg-type]


def _lawful(text: str) -> str:
    """Without the characters that XML cannot hold: a message may quote the source."""
    return "\n".join(printable(line) for line in text.split("\n"))
