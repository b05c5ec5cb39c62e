"""For code hosts and editors: SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format")."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from tei_pipeline import __version__
from tei_pipeline.validate.checked import Checked
from tei_pipeline.validate.codes import CODES
from tei_pipeline.validate.faults import Fault
from tei_pipeline.validate.report.findings import Finding, as_fault, fold

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def write(files: Mapping[str, Checked], every: bool) -> str:
    """One run; a result for each cause, the other places of it as related locations; columns are counted in code points."""
    results = [_result(name, finding) for name in sorted(files) for finding in fold(files[name].problems, every=every)]
    codes = sorted({result["ruleId"] for result in results})
    rules = [{"id": code, "shortDescription": {"text": CODES.get(code, "a rule of a schema that was named")}} for code in codes]
    run = {
        "tool": {"driver": {"name": "tei-pipeline", "semanticVersion": __version__, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    log = {"version": "2.1.0", "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _result(name: str, finding: Finding) -> dict[str, Any]:
    fault = as_fault(finding.problem)
    result: dict[str, Any] = {
        "ruleId": fault.code,
        "level": _LEVELS[fault.level],
        "message": {"text": fault.message},
        "locations": [_location(name, fault)],
    }
    if finding.others:
        result["relatedLocations"] = [_location(name, as_fault(other)) for other in finding.others]
        result["occurrenceCount"] = 1 + finding.more
    return result


def _location(name: str, fault: Fault) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(PurePath(fault.file or name).as_posix())}}
    if fault.line is not None:
        column = {} if fault.column is None else {"startColumn": fault.column}
        physical["region"] = {"startLine": fault.line, **column}
    where = fault.breadcrumb or fault.where
    logical: list[dict[str, str]] = [{"fullyQualifiedName": where, "kind": "element"}] if where else []
    return {"physicalLocation": physical, **({"logicalLocations": logical} if logical else {})}
