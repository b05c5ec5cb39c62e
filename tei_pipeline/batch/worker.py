"""A worker process: one task after the other, until nobody sends any more."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from pickle import PicklingError
from typing import Any

from tei_pipeline.batch.limits import Limits, limit_memory
from tei_pipeline.batch.memory import Heap
from tei_pipeline.batch.tasks import Done, Failure, Job, Task, attempt

PR_SET_PDEATHSIG = 1  # prctl(2)
TERMINATED = 128 + signal.SIGTERM


def work(connection: Connection, job: Job[Any, Any], limits: Limits) -> None:
    """Answer tasks from ``connection`` until it closes. After a failure for want of memory the process ends: its heap is in pieces."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C at a terminal goes to all; the parent decides what ends when
    signal.signal(signal.SIGTERM, _terminated)
    die_with_parent()
    limit_memory(limits.memory)
    try:
        broken = _prepare(job)
        heap = Heap()
        while True:
            task: Task[Any] = connection.recv()
            done = Done(task, None, broken) if broken else attempt(job.function, task)
            _answer(connection, done)
            if done.failure is not None and done.failure.kind == "memory":
                return
            del task, done  # an argument or a value may be large
            heap.trim()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # no more work, or nobody to give it to


def _prepare(job: Job[Any, Any]) -> Failure | None:
    """Prepare for the job; what fails with that fails with every task."""
    if job.prepare is None:
        return None
    prepare = job.prepare
    return attempt(lambda _: prepare(), Task("preparing", None)).failure


def _answer(connection: Connection, done: Done[Any, Any]) -> None:
    """Send the value, the failure and the time; the task itself the parent still has."""
    try:
        connection.send((done.value, done.failure, done.seconds))
    except (TypeError, AttributeError, PicklingError) as error:
        failure = Failure("error", f"a value that cannot be sent back ({error})")
        connection.send((None, failure, done.seconds))


def _terminated(*_: object) -> None:
    """End by an exception, so that a write in progress is finished or rolled back; a second signal does not break into that."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(TERMINATED)


def die_with_parent() -> None:
    """Be told to end when the parent dies of kill -9. Where the system cannot, a worker notices after its task."""
    if sys.platform == "linux":
        parent = os.getppid()
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before we asked
            sys.exit(TERMINATED)
