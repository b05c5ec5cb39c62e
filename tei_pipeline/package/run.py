"""Many packages: plan, make what is not there yet, note each in the ledger of the output folder, tell."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

from msgspec import Struct

from tei_pipeline.batch import engine
from tei_pipeline.batch.ledger import Entry, Ledger
from tei_pipeline.batch.limits import Limits, cores
from tei_pipeline.batch.lock import locked
from tei_pipeline.batch.progress import progress
from tei_pipeline.batch.stamps import Stamp, program, renewed, stamp
from tei_pipeline.batch.tasks import Done, Job, Task
from tei_pipeline.errors import printable
from tei_pipeline.messages import Messages
from tei_pipeline.output import CannotWrite
from tei_pipeline.package.making import Options, Outcome, Work, package_one, target_of
from tei_pipeline.package.sources import source_folders
from tei_pipeline.zipped import files_of

LONG_WORK = 50_000_000  # bytes: some seconds of hashing on a slow disk, below which a bar only flickers
SMALL = 20_000_000  # bytes: about as long as starting the workers takes, so less than that is done without them
MODULES = ("tei_pipeline.package.making",)


class Run(Struct, frozen=True):
    """How packages are gone through. ``jobs`` None: a worker for each core, none for small work; 0: without workers."""

    jobs: int | None = None
    resume: bool = True


def package_all(works: Sequence[Work], options: Options, messages: Messages, run: Run | None = None) -> None:
    """Make every package that is not there yet as it should be, say what there is to say, print the path of each, in the order given.

    Raises :class:`~tei_pipeline.batch.lock.AlreadyRunning`, :class:`~tei_pipeline.batch.ledger.NoLedger`, :class:`CannotWrite`.
    """
    run = run or Run()
    made = not options.output.exists()
    try:
        options.output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(options.output, error) from error
    try:
        with locked(options.output), Ledger(options.output) as ledger:
            _Packing(works, options, messages, run, ledger).work()
    finally:
        if made:
            _leave_no_trace(options.output)


class _Packing:
    """One run over packages."""

    def __init__(self, works: Sequence[Work], options: Options, messages: Messages, run: Run, ledger: Ledger) -> None:
        self.works, self.options, self.messages, self.run, self.ledger = works, options, messages, run, ledger
        self.settings = options.digest()
        self.ready: dict[str, Path | None] = {}
        self.turn = 0

    def work(self) -> None:
        tasks = []
        for work in self.works:
            if self.run.resume and self._is_there(work):
                self._tell(Outcome(work, "unchanged", target_of(work, self.options)))
            else:
                tasks.append(Task(work.key, work, sum(_size(path) for path in inputs_of(work, self.options))))
        size = sum(task.size for task in tasks)
        jobs = self.run.jobs
        if jobs is None:
            jobs = 0 if len(tasks) < 2 or size < SMALL else cores()
        jobs = min(jobs, len(tasks))
        try:
            with progress(self.messages, len(tasks), size, doing="packing", least=LONG_WORK) as advance, ExitStack() as stack:
                function = partial(package_one, self.options)
                if not jobs:  # in this process the bytes can be told as they are hashed
                    function = partial(package_one, self.options, hashed=lambda size: advance(size, 0))
                answers = stack.enter_context(closing(engine.run(Job(function, modules=MODULES), tasks, jobs=jobs, limits=Limits())))
                for done in answers:
                    outcome = self._finish(done)
                    advance(done.task.size if jobs else 0)
                    if outcome.full:
                        self.messages.note("stopped, because the disk is full; run again to go on")
                        break
        finally:
            self._print(last=True)

    def _finish(self, done: Done[Work, Outcome]) -> Outcome:
        work = done.task.argument
        if done.value is not None:
            outcome = done.value
        else:
            assert done.failure is not None
            error = f"{printable(work.key)}: {done.failure.message}"
            outcome = Outcome(work, "failed", error=error, trace=done.failure.trace)
        if outcome.path is not None:
            now = time.time_ns()
            output = self.options.output
            inputs = tuple(stamp(path, os.path.relpath(path, output), now) for path in inputs_of(work, self.options))
            outputs = tuple(stamp(path, path.relative_to(output).as_posix(), now) for path in _files(outcome.path))
            problems = [[label, each.level, each.code, each.message] for label, each in outcome.problems]
            entry = Entry(self._key(work), "", "done", self.settings, program(), inputs, outputs, result={"problems": problems})
            self.ledger.put(entry)
        self._tell(outcome)
        return outcome

    def _key(self, work: Work) -> str:
        return f"package {target_of(work, self.options).relative_to(self.options.output).as_posix()}"

    def _is_there(self, work: Work) -> bool:
        """Whether the ledger says that this package was made of these files, and both are as they were then."""
        known = self.ledger.find(self._key(work))
        if known is None or known.status != "done" or (known.settings, known.program) != (self.settings, program()):
            return False
        output = self.options.output
        inputs = [os.path.relpath(path, output) for path in inputs_of(work, self.options)]
        outputs = [path.relative_to(output).as_posix() for path in _files(target_of(work, self.options))]
        return _as_then(known.inputs, inputs, output) and _as_then(known.outputs, outputs, output)

    def _tell(self, outcome: Outcome) -> None:
        """The problems and the failure to standard error, the path of the package to standard output when it is its turn."""
        for label, problem in outcome.problems:
            self.messages.problems([problem], label)
        if outcome.error:
            self.messages.error(outcome.error)
            self.messages.note(outcome.trace, least=1)
        if outcome.path is not None:
            self.messages.note(f"{printable(outcome.work.key)}: {outcome.status}", least=1)
        self.ready[outcome.work.key] = outcome.path
        self._print()

    def _print(self, *, last: bool = False) -> None:
        while self.turn < len(self.works):
            key = self.works[self.turn].key
            if key not in self.ready and not last:
                return
            path = self.ready.pop(key, None)
            if path is not None:
                self.messages.result(str(path))
            self.turn += 1


def inputs_of(work: Work, options: Options) -> list[Path]:
    """The files that a package may be made from, as they are there now: of the editions, and where their sources may be."""
    found: dict[Path, None] = {}
    for edition in work.editions:
        found |= dict.fromkeys(sorted(path for path in edition.folder.iterdir() if path.name.startswith(f"{edition.name}.")))
        for folder in source_folders(edition, options.sources):
            if folder.name == edition.name and folder.is_dir():  # of a source of several files
                found |= dict.fromkeys(sorted(folder.iterdir()))
            found |= dict.fromkeys(folder / f"{edition.name}{end}" for end in (".txt", ".TXT", ".toml", ""))
    return [path for path in found if path.is_file()]


def _as_then(known: Sequence[Stamp], paths: Sequence[str], output: Path) -> bool:
    now = time.time_ns()
    if [each.path for each in known] != list(paths):
        return False
    return all(renewed(each, os.path.join(output, each.path), now) for each in known)  # noqa: PTH118 - called for each file


def _files(package: Path) -> Iterable[Path]:
    return files_of(package) if package.is_dir() else [package] if package.is_file() else []


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _leave_no_trace(output: Path) -> None:
    """Take the new output folder away when there is nothing in it but the ledger."""
    from contextlib import suppress

    from tei_pipeline.batch.ledger import NAME

    with suppress(OSError):
        if {path.name for path in output.iterdir()} <= {NAME}:
            (output / NAME).unlink(missing_ok=True)
            output.rmdir()
