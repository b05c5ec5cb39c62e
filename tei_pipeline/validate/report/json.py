"""For programs: ``schemas/validation.schema.json`` describes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tei_pipeline import __version__
from tei_pipeline.validate.checked import Checked
from tei_pipeline.validate.report.findings import Finding, as_fault, counts, fold

SCHEMA_ID = "https://tei-pipeline.example/schemas/validation/1/validation.schema.json"


def write(files: Mapping[str, Checked], every: bool) -> str:
    """One object; files in the order of their names."""
    report = {
        "$schema": SCHEMA_ID,
        "version": 1,
        "program": {"name": "tei-pipeline", "version": __version__},
        "counts": counts(files),
        "files": [_file(name, files[name], every) for name in sorted(files)],
    }
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _file(name: str, checked: Checked, every: bool) -> dict[str, Any]:
    return {
        "file": name,
        "kind": checked.kind,
        "valid": checked.valid,
        "schemas": list(checked.schemas),
        "findings": [_finding(finding) for finding in fold(checked.problems, every=every)],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    fault = as_fault(finding.problem)
    origin = fault.origin
    return {
        "level": fault.level,
        "code": fault.code,
        "message": fault.message,
        "file": fault.file or None,
        "line": fault.line,
        "column": fault.column,
        "element": fault.element or None,
        "id": fault.identifier or None,
        "breadcrumb": fault.breadcrumb or fault.where or None,
        "allowed": list(fault.allowed),
        "source": None if origin is None else {"file": origin.file or None, "line": origin.line, "rule": origin.rule or None},
        "more": finding.more,
        "lines": [other.line for other in finding.others if other.line is not None],
    }
