"""What goes to standard error and what to standard output, with and without a terminal."""

from __future__ import annotations

import io
import sys

import pytest

from tei_pipeline import messages
from tei_pipeline.decisions import Problem
from tei_pipeline.messages import Messages, sentence


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def build(said: Messages, size: int) -> None:
    with said.progress(["one", "two"], size) as items:
        for item in items:
            said.note(f"about {item}")
            said.result(item)


def test_a_progress_bar_leaves_standard_output_to_the_results(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    build(Messages(), messages.LONG_WORK)
    assert capsys.readouterr().out == "one\ntwo\n"
    assert "building" in terminal.getvalue()
    assert "about one\n" in terminal.getvalue()


@pytest.mark.parametrize(("size", "is_terminal"), [(messages.LONG_WORK - 1, True), (messages.LONG_WORK, False)])
def test_short_work_and_no_terminal_have_no_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], size: int, is_terminal: bool
) -> None:
    monkeypatch.setattr(sys, "stderr", stream := Terminal() if is_terminal else io.StringIO())
    build(Messages(), size)
    assert capsys.readouterr().out == "one\ntwo\n"
    assert stream.getvalue() == "about one\nabout two\n"


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (Problem("warning", "a-code", "look", 7), "a.txt:7: warning: look [a-code]"),
        (Problem("error", "b-code", "bad"), "a.txt: error: bad [b-code]"),
        (Problem("info", "c-code", "so", 1, "w01-p002"), "a.txt:1: info: so (at w01-p002) [c-code]"),
        (Problem("info", "c-code", "so", None, "a.txt"), "a.txt: info: so [c-code]"),
    ],
)
def test_a_problem_is_one_line_as_compilers_write_it(problem: Problem, line: str) -> None:
    assert sentence(problem, "a.txt") == line
