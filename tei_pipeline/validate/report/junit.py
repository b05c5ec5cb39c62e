"""For continuous integration: JUnit XML as the common readers take it. A suite for each file, a failed case for each cause."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from tei_pipeline.errors import printable
from tei_pipeline.validate.checked import Checked
from tei_pipeline.validate.report.findings import LEVELS, as_fault, fold


def write(files: Mapping[str, Checked], every: bool) -> str:
    """Errors are failures; warnings and notes are cases that passed, with their words as output."""
    root = etree.Element("testsuites", {"name": "tei-pipeline validate"})
    tests = failures = 0
    for name in sorted(files):
        suite = etree.SubElement(root, "testsuite", {"name": printable(name)})
        findings = fold(files[name].problems, every=every)
        failed = sum(finding.problem.level == LEVELS[0] for finding in findings)
        if not findings:
            etree.SubElement(suite, "testcase", {"classname": printable(name), "name": "valid"})
        for finding in findings:
            fault = as_fault(finding.problem)
            place = f"line {fault.line}: " if fault.line is not None else ""
            case = etree.SubElement(suite, "testcase", {"classname": printable(name), "name": f"{place}{fault.code}"})
            more = f" (and {finding.more:,} more like it)" if finding.more else ""
            where = fault.breadcrumb or fault.where
            details = f"{place}{fault.message}{f' in {where}' if where else ''}{more}"
            if fault.level == LEVELS[0]:
                etree.SubElement(case, "failure", {"type": fault.code, "message": fault.message}).text = details
            else:
                etree.SubElement(case, "system-out").text = f"{fault.level}: {details}"
        number = max(1, len(findings))
        suite.attrib.update({"tests": str(number), "failures": str(failed), "errors": "0", "skipped": "0"})
        tests, failures = tests + number, failures + failed
    root.attrib.update({"tests": str(tests), "failures": str(failures), "errors": "0"})
    etree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{etree.tostring(root, encoding="unicode")}\n'
