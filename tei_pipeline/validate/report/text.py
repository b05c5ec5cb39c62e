"""For people: a line as compilers write it, and under it where that is in the book, what it was made from, and how often it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tei_pipeline.errors import printable
from tei_pipeline.validate.checked import Checked
from tei_pipeline.validate.faults import Fault
from tei_pipeline.validate.report.findings import Finding, as_fault, counts, fold

MOST_LINES = 8  # of the other places of one cause


def write(files: Mapping[str, Checked], every: bool) -> str:
    """File by file in the order of their names; a valid file is one line; after several files the counts."""
    lines: list[str] = []
    for name in sorted(files):
        for finding in fold(files[name].problems, every=every):
            lines += _finding(finding, printable(name))
        if files[name].valid:
            lines.append(f"{printable(name)}: valid")
    if len(files) > 1:
        lines.append(f"{len(files):,} files: {_counted(counts(files))}")
    return "".join(f"{line}\n" for line in lines)


def _counted(totals: Mapping[str, int]) -> str:
    found = [f"{totals[level]:,} {level}{'s' * (totals[level] != 1)}" for level in ("error", "warning") if totals[level]]
    return ", ".join(found) or "valid"


def _finding(finding: Finding, name: str) -> Iterator[str]:
    fault = as_fault(finding.problem)
    place = [printable(fault.file) or name, *(str(number) for number in (fault.line, fault.column) if number is not None)]
    yield f"{':'.join(place)}: {fault.level}: {fault.message} [{fault.code}]"
    about = "; ".join(_about(fault))
    if about:
        yield f"    {about}"
    if finding.others:
        listed = [str(other.line) for other in finding.others if other.line is not None]
        numbers = ", ".join(dict.fromkeys(listed[:MOST_LINES])) + (" …" if len(listed) > MOST_LINES else "")
        yield f"    and {finding.more:,} more like it" + (f": line{'s' * (len(listed) > 1)} {numbers}" if listed else "")


def _about(fault: Fault) -> Iterator[str]:
    where = fault.breadcrumb or fault.where
    if where:
        yield f"in {where}{f' (xml:id {fault.identifier})' if fault.identifier else ''}"
    if fault.origin is not None:
        origin = fault.origin
        made = f"by the rule {origin.rule}" if origin.rule else ""
        line = f"from line {origin.line} of {printable(origin.file) or 'the source'}" if origin.line else ""
        if made or line:
            yield f"made {' '.join(filter(None, (line, made)))}"
