"""Reports of a validation: sorted, folded, the same bytes, in four forms that others read."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from lxml import etree

from tei_pipeline.cli import cli
from tei_pipeline.decisions import Problem
from tei_pipeline.schemas import read_schema
from tei_pipeline.validate.checked import Checked
from tei_pipeline.validate.codes import CODES
from tei_pipeline.validate.faults import Fault, Origin
from tei_pipeline.validate.report import FORMATS
from tei_pipeline.validate.report.findings import fold
from tests.conftest import ROOT
from tests.editions import edition

ORIGIN = Origin(3, "verse")
FOUND: list[Problem] = [
    Problem("warning", "b", "a warning", 9, "p"),
    Fault("error", "a", 'the "one" again', 30, "p[3]", column=2),
    Fault("error", "a", 'the "two" again', 4, "p[1]", column=7, element="p", identifier="p1", breadcrumb="text > p 1", origin=ORIGIN),
    Problem("error", "a", 'the "three" again', 20, "p[2]"),
    Problem("info", "c", "of the whole"),
]
FILES = {"b.xml": Checked(FOUND, ("edition.rng",), kind="XML"), "a.xml": Checked([], kind="XML")}


def test_faults_of_one_cause_are_folded_whatever_they_quote() -> None:
    assert [(found.problem.line, found.problem.code, found.more) for found in fold(FOUND)] == [(None, "c", 0), (4, "a", 2), (9, "b", 0)]
    assert len(fold(FOUND, every=True)) == 5


def test_the_report_as_text() -> None:
    assert FORMATS["text"](FILES, False) == (
        "a.xml: valid\n"
        "b.xml: info: of the whole [c]\n"
        'b.xml:4:7: error: the "two" again [a]\n'
        "    in text > p 1 (xml:id p1); made from line 3 of the source by the rule verse\n"
        "    and 2 more like it: lines 20, 30\n"
        "b.xml:9: warning: a warning [b]\n"
        "    in p\n"
        "2 files: 3 errors, 1 warning\n"
    )
    assert FORMATS["text"]({"a.xml": Checked([])}, False) == "a.xml: valid\n"


def test_the_report_as_json_is_what_its_schema_says() -> None:
    report = json.loads(FORMATS["json"](FILES, False))

    Draft202012Validator(json.loads(read_schema("validation.schema.json"))).validate(report)
    assert report["counts"] == {"error": 3, "warning": 1, "info": 1}
    assert [(file["file"], file["valid"], len(file["findings"])) for file in report["files"]] == [("a.xml", True, 0), ("b.xml", False, 3)]
    finding = report["files"][1]["findings"][1]
    assert (finding["line"], finding["column"], finding["id"], finding["more"], finding["lines"]) == (4, 7, "p1", 2, [20, 30])
    assert finding["source"] == {"file": None, "line": 3, "rule": "verse"}


def test_the_report_as_junit_counts_what_failed() -> None:
    root = etree.fromstring(FORMATS["junit"](FILES, False).encode())

    assert (root.get("tests"), root.get("failures")) == ("4", "1")
    assert [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in root] == [("a.xml", "1", "0"), ("b.xml", "3", "1")]
    (failure,) = root.iter("failure")
    assert failure.get("type") == "a"
    assert str(failure.text).startswith("line 4: ")
    assert "2 more like it" in str(failure.text)


def test_the_report_as_sarif() -> None:
    log = json.loads(FORMATS["sarif"]({"a folder/b.xml": Checked(FOUND)}, False))

    (run,) = log["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["a", "b", "c"]
    result = run["results"][1]
    assert (result["ruleId"], result["level"], result["occurrenceCount"], len(result["relatedLocations"])) == ("a", "error", 3, 2)
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "a%20folder/b.xml"},
        "region": {"startLine": 4, "startColumn": 7},
    }
    assert run["results"][0]["level"] == "note"


@pytest.mark.parametrize("form", FORMATS)
def test_the_report_does_not_depend_on_the_order_of_what_was_found(form: str) -> None:
    shuffled = FOUND[:]
    random.Random(3).shuffle(shuffled)

    assert FORMATS[form]({"a": Checked(FOUND), "b": Checked(FOUND)}, False) == FORMATS[form](
        {"b": Checked(shuffled), "a": Checked(shuffled)}, False
    )


@pytest.mark.parametrize("form", FORMATS)
def test_standard_output_holds_the_report_alone(form: str, tmp_path: Path) -> None:
    (tmp_path / "walk.xml").write_bytes(edition('<div type="chapter" n="1" xml:id="c01"><pp/></div>'))

    done = CliRunner().invoke(cli, ["validate", "--format", form, str(tmp_path)])

    assert done.exit_code == 1
    assert done.stderr == ""
    if form == "junit":
        etree.fromstring(done.stdout.encode())
    elif form != "text":
        json.loads(done.stdout)


def test_every_code_has_its_meaning() -> None:
    source = "".join(path.read_text() for path in (ROOT / "tei_pipeline" / "validate").rglob("*.py") if path.name != "codes.py")

    assert [code for code in CODES if f'"{code}"' not in source] == []


def test_the_page_has_every_code_and_every_rule() -> None:
    page = (ROOT / "docs" / "validation.md").read_text()
    rules = re.findall(r'<(?:assert|report) id="([^"]+)"', read_schema("edition.sch").decode())

    assert [code for code in (*CODES, *rules) if f"| `{code}`" not in page] == []
