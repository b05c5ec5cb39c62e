"""The examples in the documentation of the exports do what the page says."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from tei_pipeline.exporters.json import export_json

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "json.md").read_text(encoding="utf-8")
FENCED = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
EXAMPLE = next(content for kind, content in FENCED if kind == "xml")
SHOWN = [(kind, content, following) for (kind, content), (said, following) in pairwise(FENCED) if said == "text"]


@pytest.fixture
def lamp(workplace: Path) -> bytes:
    data = export_json(etree.fromstring(EXAMPLE)).data
    (workplace / "lamp.json").write_bytes(data)
    return data


def test_the_page_shows_what_each_command_prints() -> None:
    assert [kind for kind, _, _ in SHOWN] == ["python", "python", "sh", "sh", "python"]


@pytest.mark.usefixtures("lamp")
@pytest.mark.parametrize("number", range(5))
def test_an_example_prints_what_the_page_shows(number: int) -> None:
    kind, content, shown = SHOWN[number]
    if kind == "sh":
        if shutil.which("jq") is None:
            pytest.skip("needs jq, which is not installed")
        command = ["sh", "-c", content]
    else:
        if "pandas" in content:
            pytest.importorskip("pandas", reason="needs pandas, which is not installed")
        earlier = SHOWN[0][1] if number == 1 else ""
        shown = SHOWN[0][2] + shown if number == 1 else shown
        command = [sys.executable, "-c", earlier + content]
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    assert (done.stdout.splitlines(), done.stderr) == (shown.splitlines(), "")


def test_the_json_on_the_page_is_the_export(lamp: bytes) -> None:
    shown = next(content for kind, content in FENCED if kind == "json")
    exported = lamp.decode()
    for line in shown.splitlines():
        for piece in filter(None, (part.strip(" ,") for part in line.split("…"))):
            assert piece in exported or re.fullmatch("[]}]+", piece), line
