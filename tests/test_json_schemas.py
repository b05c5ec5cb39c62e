"""The JSON Schemas themselves: described, versioned, right by an outside judge (check-jsonschema), and so are files that we write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tei_pipeline.cli import cli
from tei_pipeline.validate.json_schema import JSON_SCHEMAS
from tests.judges import ROOT, ask

FILES = {name: ROOT / "schemas" / f"{name}.schema.json" for name in JSON_SCHEMAS}


@pytest.mark.parametrize("name", FILES)
def test_a_schema_says_which_it_is(name: str) -> None:
    schema = json.loads(FILES[name].read_text())

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"https://tei-pipeline.example/schemas/{name}/1/{name}.schema.json"
    assert schema["title"]
    assert schema["description"]


@pytest.mark.parametrize("name", FILES)
def test_every_property_is_described(name: str) -> None:
    def undescribed(value: Any, path: str) -> list[str]:
        if isinstance(value, list):
            return [each for number, inner in enumerate(value) for each in undescribed(inner, f"{path}/{number}")]
        if not isinstance(value, dict):
            return []
        properties = value.get("properties") if isinstance(value.get("properties"), dict) else {}
        found = [f"{path}/{key}" for key, inner in (properties or {}).items() if isinstance(inner, dict) and not _DESCRIBED & inner.keys()]
        return found + [each for key, inner in value.items() for each in undescribed(inner, f"{path}/{key}")]

    assert undescribed(json.loads(FILES[name].read_text()), "") == []


_DESCRIBED = frozenset({"title", "description", "$ref"})


def judged(*arguments: str | Path) -> str:
    done = ask(["-m", "check_jsonschema", *arguments])
    if "No module named check_jsonschema" in done.stderr:
        pytest.skip("check-jsonschema is not among the outside judges (tests/judges.txt)")
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_an_outside_judge_finds_them_right() -> None:
    assert judged("--check-metaschema", *FILES.values()) == ""


def test_an_outside_judge_finds_what_we_write_right(tmp_path: Path) -> None:
    assert CliRunner().invoke(cli, ["build", str(ROOT / "raw" / "the-ferry.txt"), "-o", str(tmp_path / "o")]).exit_code == 0
    made = tmp_path / "o" / "the-ferry"
    broken = tmp_path / "broken.xml"
    broken.write_text((made / "the-ferry.xml").read_text().replace("<head", "<heading", 1).replace("</head>", "</heading>", 1))
    report = CliRunner().invoke(cli, ["validate", "--format", "json", str(broken)])
    (tmp_path / "validation.json").write_text(report.stdout)
    assert json.loads(report.stdout)["counts"]["error"] > 0

    assert judged("--schemafile", FILES["document"], made / "the-ferry.json") == ""
    assert judged("--schemafile", FILES["provenance"], made / "the-ferry.provenance.json") == ""
    assert judged("--schemafile", FILES["validation"], tmp_path / "validation.json") == ""
    assert judged("--schemafile", FILES["document"], tmp_path / "validation.json") != ""
