"""Like mistakes have like answers, whatever the command: the exit codes, and a sentence that helps."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_cli import STORY, run

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>hi</p></body></text></TEI>'
GONE = {
    "build": ["build", "gone"],
    "inspect": ["inspect", "gone"],
    "explain": ["explain", "gone", "--line", "1"],
    "init": ["init", "gone"],
    "review": ["review", "gone"],
    "export": ["export", "gone", "--to", "json"],
    "package": ["package", "gone", "--as", "bagit"],
    "corpus": ["corpus", "gone"],
    "status": ["status", "gone"],
    "validate": ["validate", "gone"],
    "diff": ["diff", "gone", "gone"],
    "learn": ["learn", "gone"],
    "verify": ["verify", "gone", "gone"],
    "restore": ["restore", "gone", "-o", "x"],
}
OF_FOLDERS = ("build", "inspect", "package", "corpus", "status", "validate")


@pytest.fixture(autouse=True)
def place(workplace: Path) -> None:
    Path("empty").mkdir()
    Path("plain.xml").write_text("<a><b>hello</b></a>")
    Path("story.txt").write_text(STORY)


@pytest.mark.parametrize("command", GONE)
def test_what_is_not_there_is_an_error_said_once(command: str) -> None:
    result = run(*GONE[command])
    assert result.exit_code == 1
    assert (result.stderr + result.stdout).count("error:") == 1
    assert "gone" in result.stderr + result.stdout


@pytest.mark.parametrize("command", OF_FOLDERS)
def test_a_folder_with_nothing_in_it_is_nothing_to_do(command: str) -> None:
    result = run(*(argument.replace("gone", "empty") for argument in GONE[command]))
    assert (result.exit_code, result.stderr.count("error:")) == (3, 1)


@pytest.mark.parametrize("command", GONE)
def test_an_empty_path_is_not_the_current_folder(command: str) -> None:
    result = run(*("" if argument == "gone" else argument for argument in GONE[command]))
    assert result.exit_code == 2
    assert "the path is empty" in result.stderr


@pytest.mark.parametrize("command", ["export", "diff", "learn", "verify", "restore"])
def test_xml_that_is_no_tei_is_refused(command: str) -> None:
    result = run(*(argument.replace("gone", "plain.xml") for argument in GONE[command]))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("error: plain.xml: the root element a is not of the namespace http://www.tei-c.org/ns/1.0")


@pytest.mark.parametrize("command", ["corpus", "status"])
def test_a_file_is_no_folder(command: str) -> None:
    result = run(*(argument.replace("gone", "story.txt") for argument in GONE[command]))
    assert (result.exit_code, result.stderr.split(";")[0]) == (1, "error: story.txt: is no folder")


@pytest.mark.parametrize("command", [["inspect", "-"], ["explain", "-", "--line", "1"]])
def test_commands_that_read_no_standard_input_say_so_and_advise_no_option_that_they_lack(command: list[str]) -> None:
    result = run(*command, stdin=STORY.encode())
    assert result.exit_code == 2
    assert "--name" not in result.stderr
    assert "--recursive" not in run("inspect", "empty").stderr


def test_a_text_that_no_edition_could_be_named_after_can_be_looked_at() -> None:
    Path("story.txt").rename(".hidden.txt")
    assert run("inspect", ".hidden.txt").exit_code == 0
    assert run("init", ".hidden.txt").exit_code == 1


def test_a_source_that_is_not_there_is_a_usage_error_of_validate() -> None:
    Path("one.xml").write_text(TEI)
    result = run("validate", "one.xml", "--source", "gone")
    assert (result.exit_code, "gone is not there" in result.stderr) == (2, True)


def test_an_edition_that_none_of_the_sources_belongs_to_is_said() -> None:
    run("build", "story.txt", "-o", "out")
    Path("others").mkdir()
    for name in ("a", "b"):
        Path(f"others/{name}.txt").write_text(STORY)
    said = run("validate", "out/story/story.xml", "--source", "others").stdout
    assert "others: none of its 2 texts is called story" in said
    assert "not compared" not in run("validate", "out/story/story.xml", "--source", "story.txt").stdout


@pytest.mark.parametrize("address", ["rules.foo", "rules.dtd", "https://example.org/rules"])
def test_a_schema_of_a_kind_that_is_not_read_is_not_passed_over_in_silence(address: str) -> None:
    Path("rules.foo").write_text("x")
    Path("one.xml").write_text(f'<?xml-model href="{address}"?>\n{TEI}')
    assert f"the file asks for the schema {address}, but by its name it is no schema" in run("validate", "one.xml").stdout
