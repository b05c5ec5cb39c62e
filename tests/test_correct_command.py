"""``correct``: the entry is tried, written with the sidecar's own words kept, and survives the edits of a text."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from benchmarks.survival import measure
from tei_pipeline.cli import cli
from tei_pipeline.corrections.entry import EditorCorrection
from tei_pipeline.corrections.write import append, as_toml
from tei_pipeline.sidecar import read_sidecar
from tests.conftest import ROOT
from tests.test_corrections import TEXT

SIDECAR = """# kept as it is
[metadata]
title   =  "The Tide"   # odd spacing too
# the last word
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


@pytest.fixture
def text(workplace: Path) -> Path:
    file = workplace / "tide.txt"
    file.write_text(TEXT, "utf-8")
    return file


def test_a_correction_is_written_and_then_built(text: Path) -> None:
    done = run("correct", "tide.txt", "reading", "teh", "--read", "the", "--why", "a slip")
    assert done.exit_code == 0, done.stderr
    assert done.stdout == '[[correct]]\nkind = "reading"\nwords = "teh"\nread = "the"\nwhy = "a slip"\n'
    assert (text.with_suffix(".toml")).read_text("utf-8").strip() == done.stdout.strip()
    assert run("build", "tide.txt").exit_code == 0
    assert "<sic>teh</sic>" in Path("output/tide/tide.xml").read_text("utf-8")


def test_a_sidecar_keeps_its_comments_and_order(text: Path) -> None:
    text.with_suffix(".toml").write_text(SIDECAR, "utf-8")
    assert run("correct", "tide.txt", "join", "It went on").exit_code == 0
    assert run("correct", "tide.txt", "split", "Then the bells").exit_code == 0
    written = text.with_suffix(".toml").read_text("utf-8")
    assert written.startswith(SIDECAR)
    assert [entry["kind"] for entry in tomllib.loads(written)["correct"]] == ["join", "split"]


def test_a_line_says_which_of_several_places(text: Path) -> None:
    done = run("correct", "tide.txt", "reading", "the town", "--line", "17", "--read", "the city")
    assert done.exit_code == 0, done.stderr
    assert tomllib.loads(done.stdout)["correct"] == [
        {"kind": "reading", "words": "the town", "in": "the town below.", "read": "the city"},
    ]


def test_what_would_not_hold_is_not_written(text: Path) -> None:
    for arguments, said in (
        (("level", "It went on", "--level", "2"), "it is a paragraph and no heading"),
        (("reading", "the town", "--read", "x"), "stands in 4 places"),
        (("reading", "teh"), 'kind = "reading" needs "read"'),
        (("join", "--line", "900"), "there is no line 900"),
        (("block", "It went on", "--as", "vers"), 'did you mean "verse"?'),
    ):
        done = run("correct", "tide.txt", *arguments)
        assert done.exit_code == 1
        assert said in done.stderr
    assert not text.with_suffix(".toml").exists()
    assert run("correct", "tide.txt", "join").exit_code == 2


def test_an_occurrence_without_a_count_is_named_once(text: Path) -> None:
    done = run("correct", "tide.txt", "reading", "teh", "--read", "the", "--occurrence", "99")
    assert done.exit_code == 1
    assert "occurrence 99 was meant, and now" in done.stderr


def test_a_folder_where_the_sidecar_should_be_is_said(text: Path) -> None:
    Path("tide.toml").mkdir()
    done = run("correct", "tide.txt", "reading", "teh", "--read", "the")
    assert done.exit_code == 1
    assert done.stderr == "error: tide.toml: cannot be read (Is a directory)\n"


def test_a_dry_run_writes_nothing(text: Path) -> None:
    assert run("correct", "tide.txt", "join", "It went on", "--dry-run").stdout.startswith("[[correct]]\n")
    assert not text.with_suffix(".toml").exists()


ENTRIES = [
    EditorCorrection("reading", 'a "b"\\ \x7fc', inside="x\ty", occurrence=2, of=3, read="é\n“", line=None),
    EditorCorrection("block", "words", become="heading", level=2, line=None),
]


@pytest.mark.parametrize(
    "sidecar", ["", "\n", SIDECAR, 'correct = [{ kind = "join", words = "x" }]\n', '[[correct]]\nkind = "join"\nwords = "x"\n# end\n']
)
def test_an_entry_reads_back_as_it_was(sidecar: str) -> None:
    written = append(sidecar, ENTRIES)
    read = [entry.table() for entry in read_sidecar(written.encode(), "a.toml").corrections]
    assert read[-2:] == [entry.table() for entry in ENTRIES]
    assert read_sidecar("".join(map(as_toml, ENTRIES)).encode(), "a.toml").corrections[0].table() == ENTRIES[0].table()


def test_corrections_survive_what_happens_to_a_text() -> None:
    sample = (ROOT / "raw" / "harbour-speeches.txt").read_text("utf-8")
    found = [measure(sample, seed, corrections=15, edits=60, others=5) for seed in range(3)]
    assert all(one.made >= 12 and (one.wrong, one.silent) == (0, 0) for one in found)
    kept, untouched = sum(one.kept for one in found), sum(one.untouched for one in found)
    assert kept / untouched >= 0.85  # an edit in three lines doubles one: few trials; benchmarks/survival.py has the full figure
