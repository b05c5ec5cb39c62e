"""``build`` over a collection: plan, work on what is to do, note each outcome in the ledger, tell, report."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from tei_pipeline.batch import engine
from tei_pipeline.batch.building import Options, Outcome, build_from, build_one, prepare, stamps_of
from tei_pipeline.batch.ledger import Entry, Ledger, NothingBuilt
from tei_pipeline.batch.limits import Limits, cores, machine_memory
from tei_pipeline.batch.lock import locked
from tei_pipeline.batch.plan import Reason, Rules, reason_to_build
from tei_pipeline.batch.progress import progress
from tei_pipeline.batch.records import entry_of, outcome_of, source_name
from tei_pipeline.batch.stamps import program
from tei_pipeline.batch.tasks import Done, Job, Task
from tei_pipeline.errors import PipelineError
from tei_pipeline.inputs import Input, source_files
from tei_pipeline.messages import Messages
from tei_pipeline.output import CannotWrite, recover_edition

SMALL = 500_000  # bytes: about as long as starting the workers takes, so less than that is done without them
MODULES = ("tei_pipeline.batch.building", "tei_pipeline.pipeline", "tei_pipeline.parts", "tei_pipeline.sidecar.reader")


class Run(Struct, frozen=True):
    """How a collection is gone through. ``jobs`` None: a worker for each core, none for small work; 0: without workers and limits.

    ``scheduler`` is the address of a Dask cluster that does the work instead.
    """

    jobs: int | None = None
    limits: Limits | None = None
    resume: bool = True
    retry_failed: bool = False
    only_failed: bool = False
    fail_fast: bool = False
    wait: bool = False
    junit: Path | None = None
    scheduler: str = ""

    def rules(self, options: Options) -> Rules:
        """What counts as done already in this run."""
        return Rules(options.digest(), program(), repr(self.limits), self.resume, self.retry_failed, self.only_failed)


def plan(inputs: Sequence[Input], options: Options, run: Run) -> list[tuple[Input, Reason]]:
    """What a run would do, and why; nothing is written."""
    if options.store:
        from tei_pipeline.remote.session import glance

        with glance(options.store) as folder:
            return plan(inputs, replace(options, output=folder, store=""), run)
    if options.archive is not None:
        from tei_pipeline.batch import archive

        with archive.glance(options.archive) as folder:
            return plan(inputs, replace(options, output=folder, archive=None), run)
    rules = run.rules(options)
    try:
        ledger = Ledger(options.output, read_only=True)
    except NothingBuilt:
        return [(entry, "new") for entry in inputs if not run.only_failed]
    with ledger:
        found = ((entry, reason_to_build(entry, ledger.find(entry.key), rules, options.output)) for entry in inputs)
        return [(entry, reason) for entry, reason in found if reason is not None]


def build_all(inputs: Sequence[Input], options: Options, messages: Messages, run: Run | None = None) -> None:
    """Build every source that is not done yet, say what there is to say, print the path of each edition; of several write the report.

    Raises :class:`~tei_pipeline.batch.lock.AlreadyRunning`, :class:`~tei_pipeline.batch.ledger.NoLedger`,
    :class:`~tei_pipeline.output.CannotWrite` and :class:`~tei_pipeline.output.SomebodysWork` (of the report).
    """
    run = run or Run()
    if options.store:
        from tei_pipeline.remote.session import session

        with session(options.store, wait=run.wait) as there:
            _build_all(inputs, replace(options, output=there.folder), messages, run, there.keep)
        return
    if options.archive is not None:
        from tei_pipeline.batch import archive

        options = replace(options, output=archive.work_of(options.archive))
    try:
        options.output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(options.output, error) from error
    _build_all(inputs, options, messages, run, lambda: None)


def _build_all(inputs: Sequence[Input], options: Options, messages: Messages, run: Run, keep: Callable[[], None]) -> None:
    with ExitStack() as stack:
        stack.enter_context(locked(options.output, wait=run.wait))
        if options.archive is not None:
            from tei_pipeline.batch import archive

            stack.enter_context(archive.opened(options.archive, options.output, force=options.force))
        ledger = stack.enter_context(Ledger(options.output))
        _Collection(inputs, options, messages, run, ledger, keep).build()
        if len(inputs) > 1 or run.junit:
            from tei_pipeline.batch.reports import write_reports

            write_reports(inputs, ledger, options.output, junit=run.junit, force=options.force)


class _Collection:
    """One run over a collection."""

    def __init__(
        self, inputs: Sequence[Input], options: Options, messages: Messages, run: Run, ledger: Ledger, keep: Callable[[], None]
    ) -> None:
        self.options, self.messages, self.run, self.ledger = options, messages, run, ledger
        self.keep = keep  # called after each outcome: a ledger that belongs elsewhere is brought there now and then
        self.inputs = inputs
        self.rules = run.rules(options)
        self.editions: dict[str, str | None] = {}  # of what is finished and not printed yet
        self.turn = 0  # of the source whose edition is printed next: results are printed in the order of the sources

    def build(self) -> None:
        self._recover()
        tasks = self._tasks()
        left = len(tasks)
        job: Job[Input, Outcome] = Job(partial(build_one, self.options), prepare, MODULES)
        answers = self._answers(job, tasks)
        size = sum(task.size for task in tasks)
        try:
            with progress(self.messages, len(tasks), size) as advance, closing(answers):
                for done in answers:
                    left -= 1
                    outcome = self._finish(done)
                    advance(done.task.size)
                    if outcome.full or (self.run.fail_fast and outcome.status == "failed"):
                        if left:
                            why = "the disk is full" if outcome.full else "a text failed"
                            self.messages.note(f"stopped, because {why}; {_texts(left)} left: run again to go on")
                        break
        except (KeyboardInterrupt, SystemExit):
            self.messages.note(f"stopped; {_texts(left)} left: run the same command again to go on", least=-1)
            raise
        finally:
            self._print(last=True)

    def _answers(self, job: Job[Input, Outcome], tasks: list[Task[Input]]) -> Generator[Done[Input, Outcome], None, None]:
        """The answers of the engine that was asked for. A cluster is not bothered for nothing."""
        if self.run.scheduler and tasks:
            from tei_pipeline.batch import cluster

            job = replace(job, function=partial(build_from, Path.cwd(), self.options))
            return cluster.run(job, tasks, scheduler=self.run.scheduler, started=self._begin)
        jobs = self._jobs(tasks)
        return engine.run(job, tasks, jobs=jobs, limits=self._limits(jobs), started=self._begin)

    def _recover(self) -> None:
        """Finish or take back what a killed run left half written."""
        for entry in list(self.ledger.entries("running")):
            recover_edition(self.options.output / entry.key, Path(entry.key).name)

    def _tasks(self) -> list[Task[Input]]:
        tasks = []
        reasons: dict[Reason, int] = {}
        for entry in self.inputs:
            known = self.ledger.find(entry.key)
            reason = reason_to_build(entry, known, self.rules, self.options.output, self.ledger)
            if reason is not None:
                reasons[reason] = reasons.get(reason, 0) + 1
                tasks.append(Task(entry.key, entry, _size(entry)))
            elif known is not None:
                self._tell_known(entry, known)
            else:
                self.editions[entry.key] = None
        if "program changed" in reasons:
            self.messages.note(f"tei-pipeline has changed since, so {_texts(reasons['program changed'])} made again")
        return tasks

    def _jobs(self, tasks: Sequence[Task[Input]]) -> int:
        """How many workers: none for standard input and for stores that only this process can read."""
        if any(task.argument.path is None for task in tasks) or self.run.jobs == 0 or not tasks or self._is_of_this_process(tasks):
            return 0
        if self.run.jobs is None and self.run.limits is None and (len(tasks) < 2 or sum(task.size for task in tasks) < SMALL):
            return 0
        return min(self.run.jobs or cores(), len(tasks))

    def _is_of_this_process(self, tasks: Sequence[Task[Input]]) -> bool:
        urls = {self.options.store, *(task.argument.stage.url for task in tasks if task.argument.stage is not None)} - {""}
        if not urls:
            return False
        from tei_pipeline.remote.stores import open_store

        return any(open_store(url).is_of_one_process for url in urls)

    def _limits(self, jobs: int) -> Limits:
        """Those that were given; without one for memory the machine's, in equal parts."""
        given = self.run.limits or Limits()
        memory = machine_memory()
        return given if given.memory or not memory or not jobs else Limits(given.seconds, memory // jobs)

    def _begin(self, task: Task[Input]) -> None:
        self.ledger.begin(task.key, source_name(task.argument, self.options.output))

    def _finish(self, done: Done[Input, Outcome]) -> Outcome:
        """Note an answer of the engine, and say it."""
        entry = done.task.argument
        limited = False
        if done.value is not None:
            stage = self.options.stage
            outcome = replace(done.value, error=stage.told(done.value.error)) if stage and done.value.error else done.value
        else:
            assert done.failure is not None
            recover_edition(self.options.output / entry.key, entry.name)  # it may have been ended in the middle of writing
            limited = done.failure.kind in ("time", "memory")
            inputs = stamps_of(entry, self.options.output) if limited and entry.stage is None else ()
            error = f"{entry.label}: {done.failure.message}"
            outcome = Outcome(entry, "failed", error=error, trace=done.failure.trace, lasting=limited, inputs=inputs)
        self.ledger.put(entry_of(outcome, self.rules, self.options.output, seconds=done.seconds, limited=limited))
        tell(outcome, self.messages)
        self.editions[entry.key] = outcome.edition
        self._print()
        self.keep()
        return outcome

    def _tell_known(self, entry: Input, known: Entry) -> None:
        """A source that is done: its errors are said again, since they still hold; its warnings with ``-v`` or where they count."""
        outcome = outcome_of(entry, known, self.options)
        if not self.messages.strict and self.messages.verbosity <= 0:
            outcome = replace(outcome, problems=tuple(problem for problem in outcome.problems if problem.level == "error"))
        tell(outcome, self.messages)
        self.editions[entry.key] = outcome.edition

    def _print(self, *, last: bool = False) -> None:
        """Print the editions whose turn it is; at the end also those that wait for one which will not come."""
        while self.turn < len(self.inputs):
            key = self.inputs[self.turn].key
            if key not in self.editions and not last:
                return
            edition = self.editions.pop(key, None)
            if edition is not None:
                self.messages.result(edition)
            self.turn += 1


def tell(outcome: Outcome, messages: Messages) -> None:
    """The problems and the failure to standard error."""
    messages.problems(outcome.problems, outcome.entry.label)
    if outcome.error:
        messages.error(outcome.error)
        messages.note(outcome.trace, least=1)
    if outcome.edition is not None:
        messages.note(f"{outcome.entry.label}: {outcome.status}", least=1)


def _texts(number: int) -> str:
    return "1 text is" if number == 1 else f"{number:,} texts are"


def _size(entry: Input) -> int:
    """The bytes of a source; 0 where that cannot be told, which is said when it is read."""
    try:
        return sum(file.stat().st_size for file in source_files(entry))
    except (PipelineError, OSError):
        return 0
