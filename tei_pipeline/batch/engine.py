"""The local engine: this process, or worker processes (:mod:`pool`), answer one task after the other.

It knows nothing of texts: a :class:`~tei_pipeline.batch.tasks.Job` says what is done with a task, and one
:class:`~tei_pipeline.batch.tasks.Done` comes back for each, as they are finished. At any moment at most one task per worker is in flight,
so what is in memory is at most ``jobs`` times what the largest task needs.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator

from tei_pipeline.batch.limits import Limits
from tei_pipeline.batch.tasks import Argument, Done, Job, Task, Value, attempt


def run(
    job: Job[Argument, Value],
    tasks: Iterable[Task[Argument]],
    *,
    jobs: int,
    limits: Limits | None = None,
    started: Callable[[Task[Argument]], None] | None = None,
) -> Generator[Done[Argument, Value], None, None]:
    """Do the job with every task and give back the answers as they come, one for each.

    ``jobs`` is the number of worker processes; 0 works in this process, in the order of the tasks and without limits. ``started`` is
    called before a task is given away. When the iterator is closed or an exception passes through it, the workers end: each finishes or
    rolls back what it is writing.
    """
    if jobs == 0:
        yield from _here(job, tasks, started)
        return
    from tei_pipeline.batch.pool import Pool  # what one text in this process does without takes 10 ms to load

    pool = Pool(job, limits or Limits(), jobs, sorted(tasks, key=lambda task: task.size), started)
    try:
        while pool.feed():
            yield from pool.answers()
    finally:
        pool.stop()


def _here(
    job: Job[Argument, Value], tasks: Iterable[Task[Argument]], started: Callable[[Task[Argument]], None] | None
) -> Iterator[Done[Argument, Value]]:
    if job.prepare is not None:
        job.prepare()
    for task in tasks:
        if started is not None:
            started(task)
        yield attempt(job.function, task)
