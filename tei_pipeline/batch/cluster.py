"""The engine for many machines: the same jobs on a Dask cluster that is there already. The extra ``[dask]`` brings its library.

Dask brings tasks to workers and tries those of a lost worker again; what is said here is which tasks, how many are under way at a time, and
what an answer is. So ledger and reports are those of the local engine, and no source is handed out twice: a task has the name of its
source, and only one answer is taken for it.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Generator, Iterable
from importlib import import_module
from itertools import islice
from typing import Any

from tei_pipeline.batch.tasks import Argument, Done, Failure, Job, Task, Value, attempt
from tei_pipeline.errors import PipelineError

AHEAD = 3  # tasks under way for each thread of the cluster: none waits for the next, and the scheduler need not know all
RETRIES = 2  # how often a task whose worker was lost is tried again elsewhere
_PREPARED: set[str] = set()  # the jobs that this process is prepared for


class NoCluster(PipelineError):
    """The library is not installed, or no scheduler answers."""

    def __init__(self, address: str, why: str) -> None:
        self.address, self.why = address, why
        super().__init__(f"{address or 'dask'}: {why}")


def run(
    job: Job[Argument, Value],
    tasks: Iterable[Task[Argument]],
    *,
    scheduler: str,
    started: Callable[[Task[Argument]], None] | None = None,
) -> Generator[Done[Argument, Value], None, None]:
    """Do the job with every task on the cluster of ``scheduler`` (``tcp://host:port``); like :func:`tei_pipeline.batch.engine.run`.

    Memory and time of a task are the cluster's to limit. Raises :class:`NoCluster`.
    """
    try:
        distributed: Any = import_module("distributed")  # it has types for some of its functions only
    except ImportError:
        raise NoCluster("", "this engine needs the extra: pip install 'tei-pipeline[dask]'") from None
    try:
        client = distributed.Client(scheduler, timeout=20, set_as_default=False)
    except (OSError, ValueError) as error:
        raise NoCluster(scheduler, f"no scheduler answers there ({error}); check the address, and that it is running") from error
    name = uuid.uuid4().hex  # of this run: names of tasks must be new, or the cluster gives the answers of an earlier run
    with client:
        client.wait_for_workers(1, timeout=60)
        waiting = iter(sorted(tasks, key=lambda task: -task.size))
        under_way: dict[str, Task[Argument]] = {}

        def submit(number: int) -> list[Any]:
            """Hand out so many more tasks."""
            futures = []
            for task in islice(waiting, number):
                if started is not None:
                    started(task)
                key = f"{name}-{len(under_way)}-{task.key}"
                under_way[key] = task
                futures.append(client.submit(_work, name, job, task, key=key, pure=False, retries=RETRIES))
            return futures

        futures = submit(AHEAD * max(sum(client.nthreads().values()), 1))
        answers = distributed.as_completed(futures, loop=client.loop)
        for future in answers:
            yield _answer(under_way[future.key], future)
            future.release()
            for more in submit(1):
                answers.add(more)


def _answer(task: Task[Argument], future: Any) -> Done[Argument, Value]:
    """What a task came to. An answer whose worker is lost before it is fetched is worked out again by the cluster, and waited for."""
    try:
        value, failure, seconds = future.result()
    except Exception as error:
        return Done(task, None, Failure("died", f"lost by the cluster, {RETRIES + 1} times ({type(error).__name__}: {error})"))
    return Done(task, value, failure, seconds)


def _work(run_name: str, job: Job[Any, Any], task: Task[Any]) -> tuple[Any, Failure | None, float]:
    """What runs on the cluster: the schemas are compiled once in each process."""
    if run_name not in _PREPARED and job.prepare is not None:
        job.prepare()
        _PREPARED.add(run_name)
    done = attempt(job.function, task)
    return done.value, done.failure, done.seconds
