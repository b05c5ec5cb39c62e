"""The samples become what was read and accepted: outline, TEI, JSON, plain text. After a wanted change: ``python -m tests.accept``."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import unified_diff
from functools import cache
from pathlib import Path

import pytest

from tests import accept, golden
from tests.golden import GOLDEN, SAMPLES, made

SHOWN = 40  # lines of a difference in the report: the rest is for git diff
FILES = ("outline.txt", "{}.xml", "{}.json", "{}.txt")


@cache
def files(name: str) -> Mapping[str, bytes]:
    return made(name)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_becomes_what_was_accepted(name: str, file: str) -> None:
    path = GOLDEN / name / file.format(name)
    wanted, given = path.read_bytes().decode(), files(name)[path.name].decode()

    if given != wanted:
        lines = [*unified_diff(wanted.splitlines(), given.splitlines(), "accepted", "made", lineterm="", n=1)]
        more = [f"… and {len(lines) - SHOWN} lines more"] if len(lines) > SHOWN else []
        shown = "\n".join([*(line[:160] for line in lines[:SHOWN]), *more])
        pytest.fail(f"{name}/{path.name} changed; python -m tests.accept {name} takes it:\n{shown}", pytrace=False)


def test_every_golden_file_has_its_sample_and_every_sample_its_files() -> None:
    there = {str(path.relative_to(GOLDEN)) for path in GOLDEN.rglob("*") if path.is_file() and not path.name.startswith(".")}
    assert there == {f"{name}/{file.format(name)}" for name in SAMPLES for file in FILES}
    assert all(set(files(name)) == {file.format(name) for file in FILES} for name in SAMPLES)


def test_accepting_writes_what_changed_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = SAMPLES[0]
    for module in (accept, golden):
        monkeypatch.setattr(module, "GOLDEN", tmp_path)
    monkeypatch.setattr(accept, "made", lambda name: files(name) if name == SAMPLES[0] else {})
    (tmp_path / name).mkdir()
    (tmp_path / name / "old.xml").write_text("x")
    (tmp_path / "no-sample").mkdir()
    assert accept.main([]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"gone     {name}/old.xml",
        *(f"new      {name}/{file.format(name)}" for file in FILES[:2]),
        f"new      {name}/{name}.json",
        f"new      {name}/{name}.txt",
        "gone     no-sample/",
    ]
    (tmp_path / name / "outline.txt").write_text("x")
    assert accept.main([name]) == 0
    assert capsys.readouterr().out == f"changed  {name}/outline.txt\n"
    assert accept.main(["nobody"]) == 2
