"""What goes to standard error and what to standard output, with and without a terminal."""

from __future__ import annotations

import io
import sys

import pytest

from tei_pipeline.batch import progress
from tei_pipeline.decisions import Problem
from tei_pipeline.messages import Messages, sentence


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def build(said: Messages, size: int) -> None:
    with progress.progress(said, 2, size) as advance:
        for item in ("one", "two"):
            said.note(f"about {item}")
            said.result(item)
            advance(size // 2)


def test_a_progress_bar_leaves_standard_output_to_the_results(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    build(Messages(), progress.LONG_WORK)
    assert capsys.readouterr().out == "one\ntwo\n"
    assert "building" in terminal.getvalue()
    assert "about one\n" in terminal.getvalue()


@pytest.mark.parametrize(("size", "is_terminal"), [(progress.LONG_WORK - 1, True), (progress.LONG_WORK, False)])
def test_short_work_and_no_terminal_have_no_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], size: int, is_terminal: bool
) -> None:
    monkeypatch.setattr(sys, "stderr", stream := Terminal() if is_terminal else io.StringIO())
    build(Messages(), size)
    assert capsys.readouterr().out == "one\ntwo\n"
    assert stream.getvalue() == "about one\nabout two\n"


def test_without_a_terminal_long_work_says_now_and_then_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", stream := io.StringIO())
    clock = iter((0.0, 10.0, 40.0, 41.0))
    monkeypatch.setattr(progress, "monotonic", lambda: next(clock))
    with progress.progress(Messages(), 3, 4_000_000) as advance:
        for size in (1_000_000, 1_000_000, 2_000_000):
            advance(size)
    assert stream.getvalue() == "2 of 3 texts, 2.0 of 4.0 MB, 50 kB/s, about 40 s left\n"
    with progress.progress(Messages(verbosity=-1), 3, 4_000_000) as advance:
        advance(4_000_000)
    assert stream.getvalue().count("\n") == 1


@pytest.mark.parametrize(("seconds", "words"), [(3.2, "3 s"), (89, "89 s"), (100, "2 min"), (3599, "1 h 0 min"), (12_000, "3 h 20 min")])
def test_a_duration_is_said_as_people_say_it(seconds: float, words: str) -> None:
    assert progress.duration(seconds) == words


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
