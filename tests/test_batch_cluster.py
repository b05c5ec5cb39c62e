"""The engine for many machines: a real scheduler and real worker processes, of which one is killed in the middle."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tei_pipeline.batch.cluster import _answer
from tei_pipeline.batch.tasks import Done, Task
from tests.conftest import ROOT
from tests.test_cli import STORY, run, started, tree

pytest.importorskip("distributed", reason="needs the extra [dask]")


Cluster = tuple[str, list[subprocess.Popen[bytes]]]


@pytest.fixture
def cluster(workplace: Path) -> Iterator[Cluster]:
    """The address of a scheduler, and its two workers."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore", "DASK_DISTRIBUTED__WORKER__DAEMON": "False"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": environment, "cwd": "/"}  # not where the texts are
    where = workplace / "scheduler.json"
    begin = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    with ExitStack() as stack:

        def process(command: list[str]) -> subprocess.Popen[bytes]:
            made = stack.enter_context(subprocess.Popen(command, **quiet))  # type: ignore[call-overload]
            stack.callback(made.kill)
            return made  # type: ignore[no-any-return]

        process([*begin, "--scheduler-file", str(where)])
        work = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(where), "--nthreads", "1", "--no-nanny"]
        workers = [process([*work, "--no-dashboard", "--local-directory", str(workplace / f"worker{number}")]) for number in (1, 2)]
        deadline = time.monotonic() + 60
        while not where.exists():
            assert time.monotonic() < deadline, "the scheduler does not start"
            time.sleep(0.05)
        yield json.loads(where.read_text())["address"], workers


def test_a_cluster_gives_the_same_bytes_also_when_a_worker_is_lost(
    workplace: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = cluster
    folder = workplace / "raw"
    folder.mkdir()
    for number in range(24):
        (folder / f"text{number:02}.txt").write_text(STORY.replace("thirty", str(number)) * (2 + number))
    (folder / "blank.txt").write_text(" \n")
    with started("build", "--engine", "dask", "--scheduler", address) as process:
        deadline = time.monotonic() + 90
        while len(list(Path("output").glob("*/*.provenance.json"))) < 4:
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.01)
        workers[0].send_signal(signal.SIGKILL)
        _, errors = process.communicate(timeout=120)
    assert process.returncode == 1, errors
    failed = [line for line in errors.splitlines() if b"error:" in line]
    assert [line.split(b": ")[1] for line in failed] == [b"raw/blank.txt"], failed
    assert run("build", "-q", "-o", "fresh", "--jobs", "0").exit_code == 1
    assert tree(Path("output")) == tree(Path("fresh"))
    assert run("build", "-n").stdout == ""


class _Lost:
    """What the library has for a task whose worker was lost between its end and the fetching of its answer."""

    status = "lost"

    def __init__(self, answer: object) -> None:
        self.answer = answer

    def result(self) -> object:
        """Waits until another worker has done it again."""
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def exception(self) -> None:
        return None


def test_an_answer_that_was_lost_on_its_way_is_waited_for() -> None:
    task = Task("text", "argument")
    done: Done[str, str] = _answer(task, _Lost(("edition", None, 0.5)))
    assert (done.value, done.failure, done.seconds) == ("edition", None, 0.5)
    given_up: Done[str, str] = _answer(task, _Lost(RuntimeError("no workers")))
    assert given_up.value is None
    assert given_up.failure is not None
    assert given_up.failure.kind == "died"
    assert "RuntimeError: no workers" in given_up.failure.message


def test_a_cluster_that_is_not_there_is_said(workplace: Path) -> None:
    (workplace / "a.txt").write_text(STORY)
    assert run("build", "a.txt", "--engine", "dask").exit_code == 2
    result = run("build", "a.txt", "--engine", "dask", "--scheduler", "nonsense")
    assert result.exit_code == 1
    assert "nonsense: no scheduler answers there" in result.stderr
