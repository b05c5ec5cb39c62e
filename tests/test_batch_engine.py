"""The local engine: every task is answered once, whatever becomes of the workers."""

from __future__ import annotations

import multiprocessing
import platform
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tei_pipeline.batch.engine import run
from tei_pipeline.batch.limits import Limits, read_size
from tei_pipeline.batch.pool import ATTEMPTS
from tei_pipeline.batch.tasks import Done, Job, Task
from tests import batch_jobs


def work(
    function: Callable[[Any], Any], arguments: Iterable[Any], *, jobs: int = 2, limits: Limits | None = None, **more: Any
) -> list[Done[Any, Any]]:
    tasks = [Task(str(number), argument) for number, argument in enumerate(arguments)]
    return sorted(run(Job(function, **more), tasks, jobs=jobs, limits=limits), key=lambda done: int(done.task.key))


@pytest.mark.parametrize("jobs", [0, 1, 3])
def test_every_task_has_one_answer_whatever_the_number_of_workers(jobs: int) -> None:
    assert [done.value for done in work(batch_jobs.double, range(50), jobs=jobs)] == [2 * number for number in range(50)]


def test_no_tasks_need_no_workers() -> None:
    assert work(batch_jobs.double, []) == []
    assert multiprocessing.active_children() == []


def test_the_largest_tasks_come_first_and_no_more_are_in_flight_than_workers() -> None:
    given: list[str] = []
    finished: list[str] = []
    tasks = [Task(name, 0.01, size) for name, size in (("small", 1), ("large", 100), ("middle", 10), ("larger", 101))]
    for done in run(Job(batch_jobs.sleep), tasks, jobs=2, started=lambda task: given.append(task.key)):
        finished.append(done.task.key)
        assert len(given) - len(finished) <= 2
    assert given == ["larger", "large", "middle", "small"]


def test_a_worker_has_its_next_task_before_its_answer_is_looked_at() -> None:
    given: list[str] = []
    tasks = [Task(str(number), number) for number in range(4)]
    seen = [len(given) for _ in run(Job(batch_jobs.double), tasks, jobs=1, started=lambda task: given.append(task.key))]
    assert seen == [2, 3, 4, 4]


@pytest.mark.parametrize("jobs", [0, 2])
def test_a_failure_is_an_answer_with_its_trace(jobs: int) -> None:
    answers = work(batch_jobs.fail_at_three, range(6), jobs=jobs)
    assert [done.value for done in answers] == [0, 1, 2, None, 4, 5]
    failure = answers[3].failure
    assert failure is not None
    assert (failure.kind, failure.message) == ("error", "ValueError: three")
    assert "fail_at_three" in failure.trace


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only the GNU library can be asked to give memory back")
def test_a_worker_gives_back_what_a_large_task_needed() -> None:
    tasks = [Task("large", 50, 50), Task("small", 0, 1), Task("smaller", 0, 0)]
    large, small, _ = (done.value for done in run(Job(batch_jobs.scatter), tasks, jobs=1))
    assert small is not None
    assert large is not None
    assert large - small > 40_000_000


def test_a_worker_prepares_once() -> None:
    assert all(done.value for done in work(batch_jobs.prepared_here, range(10), prepare=batch_jobs.prepare))


def test_what_cannot_be_prepared_fails_and_does_not_hang() -> None:
    answers = work(batch_jobs.double, range(3), prepare=batch_jobs.not_prepared)
    assert [done.failure.message for done in answers if done.failure] == ["LookupError: no schema"] * 3


def test_a_value_that_cannot_be_sent_is_a_failure() -> None:
    (done,) = work(batch_jobs.unspeakable, [1])
    assert done.failure is not None
    assert "cannot be sent back" in done.failure.message


@pytest.mark.parametrize("function", [batch_jobs.sleep, batch_jobs.deaf])
def test_a_task_that_takes_too_long_is_ended_and_the_others_go_on(function: Callable[[float], float]) -> None:
    begun = time.monotonic()
    answers = work(function, [0.0, 60.0, 0.0, 0.0], limits=Limits(seconds=0.5))
    assert [done.value for done in answers] == [0.0, None, 0.0, 0.0]
    failure = answers[1].failure
    assert failure is not None
    assert failure.kind == "time"
    assert "--time-limit" in failure.message
    assert time.monotonic() - begun < 30


def test_a_task_that_grows_too_large_is_ended_and_the_others_go_on() -> None:
    answers = work(batch_jobs.fill, [1, 2_000, 1, 1], limits=Limits(memory=500_000_000))
    assert [done.value for done in answers] == [1_000_000, None, 1_000_000, 1_000_000]
    failure = answers[1].failure
    assert failure is not None
    assert failure.kind == "memory"


def test_a_task_whose_worker_is_killed_is_done_by_another(tmp_path: Path) -> None:
    lives = tmp_path / "lives"
    lives.write_text("." * (ATTEMPTS - 1))
    assert [done.value for done in work(batch_jobs.die, [str(lives)])] == ["lived"]


def test_a_task_that_kills_every_worker_is_given_up(tmp_path: Path) -> None:
    lives, other = tmp_path / "lives", tmp_path / "other"
    lives.write_text("." * 100)
    other.write_text("")
    answers = work(batch_jobs.die, [str(other), str(lives), str(other)])
    assert [done.value for done in answers] == ["lived", None, "lived"]
    failure = answers[1].failure
    assert failure is not None
    assert failure.kind == "died"
    assert "killed by signal 9" in failure.message
    assert len(lives.read_text()) == 100 - ATTEMPTS


def test_when_nobody_waits_any_more_the_workers_tidy_up_and_end(tmp_path: Path) -> None:
    def end_it(task: Task[str]) -> None:
        if task.key == "quick":
            while not (tmp_path / "begun").exists():
                time.sleep(0.01)

    tasks = [Task("long", str(tmp_path), 9), Task("quick", "", 1)]
    with closing(run(Job(batch_jobs.write_at_the_end), tasks, jobs=2, started=end_it)) as answers:
        assert next(answers).task.key == "quick"
    assert not [worker for worker in multiprocessing.active_children() if worker.is_alive()]
    assert (tmp_path / "tidied").exists()


@pytest.mark.parametrize(("text", "size"), [("2G", 2 * 10**9), ("512 MiB", 2**29), ("1.5kB", 1500), ("7", 7), ("3t", 3 * 10**12)])
def test_a_size_is_read_as_people_write_it(text: str, size: int) -> None:
    assert read_size(text) == size


@pytest.mark.parametrize("text", ["", "G", "-1G", "0", "2 X", "1e", "nan", "2GG"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_size(text)


def test_the_memory_there_is_is_the_least_of_the_machine_and_of_what_is_around(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tei_pipeline.batch import limits

    (tmp_path / "a.slice" / "tei.service").mkdir(parents=True)
    (tmp_path / "a.slice" / "tei.service" / "memory.max").write_text("max\n")
    (tmp_path / "a.slice" / "memory.max").write_text("50000000\n")
    (tmp_path / "own").write_text("1:cpu:/x\n0::/a.slice/tei.service\n")
    monkeypatch.setattr(limits, "CGROUPS", tmp_path)
    monkeypatch.setattr(limits, "OWN_CGROUP", tmp_path / "own")
    assert limits.machine_memory() == 50_000_000
    monkeypatch.setattr(limits, "OWN_CGROUP", tmp_path / "none")
    assert (limits.machine_memory() or 10**9) > 50_000_000
