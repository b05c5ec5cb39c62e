"""Worker processes that are fed one task at a time, the largest first, and replaced when they die or hang.

Workers are forked from a server process that has imported everything once (``forkserver`` of :mod:`multiprocessing`), so that a worker
which had to be replaced costs milliseconds, and none inherits open files or threads of this one. The pools of the standard library do not
serve here: in theirs the death of one worker breaks all tasks, and a task that hangs cannot be ended.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Any, Generic

from msgspec import Struct, field

from tei_pipeline.batch.limits import Limits
from tei_pipeline.batch.tasks import Argument, Done, Failure, Job, Task, Value
from tei_pipeline.batch.worker import work

ATTEMPTS = 3  # how often a task is tried whose worker dies: the system's killer may have meant another one
GRACE = 10.0  # seconds in which a worker that was told to end may finish or roll back what it writes


class _Worker(Struct, Generic[Argument], eq=False):
    """A process, our end of its pipe, and what it is at work on."""

    process: BaseProcess
    connection: Connection
    task: Task[Argument] | None = None
    deadline: float = 0.0
    begun: float = 0.0

    def end(self, grace: float) -> None:
        """Tell the process to end, then make it; nothing of it is left."""
        self.connection.close()
        with suppress(AttributeError):  # already reaped
            self.process.terminate()
        self.process.join(grace)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


class Pool(Struct, Generic[Argument, Value]):
    """At most ``jobs`` workers; ``started`` is called before a task of the ``queue`` is given away."""

    job: Job[Argument, Value]
    limits: Limits
    jobs: int
    queue: list[Task[Argument]]  # the largest last, from where it is taken
    started: Callable[[Task[Argument]], None] | None
    workers: list[_Worker[Argument]] = field(default_factory=list)
    deaths: dict[str, int] = field(default_factory=dict)

    def feed(self) -> bool:
        """Give every idle worker a task, with new workers where some are missing; whether anything is in flight."""
        idle = [worker for worker in self.workers if worker.task is None]
        while self.queue and (idle or len(self.workers) < self.jobs):
            worker = idle.pop() if idle else self._new()
            task = self.queue.pop()
            if self.started is not None:
                self.started(task)
            worker.task, worker.begun = task, monotonic()
            worker.deadline = worker.begun + self.limits.seconds_for(task.size)
            with suppress(BrokenPipeError, ConnectionResetError):  # it died while idle: seen when its answer is waited for
                worker.connection.send(task)
        return any(worker.task is not None for worker in self.workers)

    def answers(self) -> Iterator[Done[Argument, Value]]:
        """Wait until something happens; the tasks that are finished by then. A worker has its next task before its answer is looked at."""
        busy = {worker.connection: worker for worker in self.workers if worker.task is not None}
        ready = wait(list(busy), max(0.0, min(worker.deadline for worker in busy.values()) - monotonic()))
        for connection in ready:
            assert isinstance(connection, Connection)
            done = self._receive(busy[connection])
            self.feed()
            if done is not None:
                yield done
        now = monotonic()
        for worker in busy.values():
            if worker.task is not None and worker.deadline <= now:
                yield self._too_long(worker, worker.task)

    def _receive(self, worker: _Worker[Argument]) -> Done[Argument, Value] | None:
        task = worker.task
        assert task is not None
        try:
            value, failure, seconds = worker.connection.recv()
        except (EOFError, OSError):  # also in the middle of its answer
            return self._died(worker, task)
        worker.task = None
        if failure is not None and failure.kind == "memory":  # it ends of itself, see worker.py
            self._retire(worker)
        return Done(task, value, failure, seconds)

    def _died(self, worker: _Worker[Argument], task: Task[Argument]) -> Done[Argument, Value] | None:
        """The task is tried again by another worker, or given up; last in the queue's order of size, so that it is next."""
        self._retire(worker)
        self.deaths[task.key] = self.deaths.get(task.key, 0) + 1
        if self.deaths[task.key] < ATTEMPTS:
            self.queue.append(task)
            return None
        code = worker.process.exitcode
        how = f"killed by signal {-code}" if code and code < 0 else f"ended with code {code}"
        message = f"the process at work on it was {how}, {ATTEMPTS} times; is there too little memory?"
        return Done(task, None, Failure("died", message), monotonic() - worker.begun)

    def _too_long(self, worker: _Worker[Argument], task: Task[Argument]) -> Done[Argument, Value]:
        self._retire(worker, grace=1.0)
        allowed = self.limits.seconds_for(task.size)
        message = f"not finished after {allowed:.4g} s, so it was ended; give it longer with --time-limit, or leave it out"
        return Done(task, None, Failure("time", message), monotonic() - worker.begun)

    def _retire(self, worker: _Worker[Argument], grace: float = GRACE) -> None:
        worker.task = None
        self.workers.remove(worker)
        worker.end(grace)

    def _new(self) -> _Worker[Argument]:
        context: Any = multiprocessing.get_context(_method())
        if self.job.modules and _method() == "forkserver":
            context.set_forkserver_preload([*self.job.modules])
        ours, theirs = context.Pipe()
        process = context.Process(target=work, args=(theirs, self.job, self.limits), daemon=True, name="tei-pipeline worker")
        process.start()
        theirs.close()
        worker: _Worker[Argument] = _Worker(process, ours)
        self.workers.append(worker)
        return worker

    def stop(self) -> None:
        """End all workers: told at once, then waited for."""
        for worker in self.workers:
            with suppress(AttributeError):
                if worker.task is None:
                    worker.connection.close()
                else:
                    worker.process.terminate()
        while self.workers:
            self.workers[-1].end(GRACE)
            self.workers.pop()


def _method() -> str:
    return "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
