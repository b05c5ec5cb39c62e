"""What the command line tells people: messages and progress on standard error, and the count that becomes the exit code."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from tei_pipeline.decisions import Problem

if TYPE_CHECKING:
    from rich.progress import Progress

T = TypeVar("T")
SHOWN = 20  # warnings of one file before the rest is only counted; more than a screen is not read
LONG_WORK = 4_000_000  # bytes: some seconds of work on a machine of 2020, below which a progress bar only flickers


@dataclass(slots=True)
class Messages:
    """Writes to standard error and keeps count. ``verbosity``: -1 errors only, 0 warnings too, 1 everything."""

    verbosity: int = 0
    strict: bool = False
    errors: int = 0
    _progress: Progress | None = field(default=None, repr=False)

    @property
    def exit_code(self) -> int:
        """1 after an error, else 0."""
        return 1 if self.errors else 0

    def error(self, text: str) -> None:
        """Something failed."""
        self.errors += 1
        self._say(f"error: {text}")

    def note(self, text: str, *, least: int = 0) -> None:
        """Something worth knowing, from the verbosity ``least`` on."""
        if self.verbosity >= least:
            self._say(text)

    def result(self, text: str) -> None:
        """A line of the result, to standard output; on a terminal that shows the progress bar too, above the bar."""
        if self._progress is not None and sys.stdout.isatty():
            self._say(text)
        else:
            print(text)

    def count(self, problem: Problem) -> str:
        """The level that counts here (``strict`` makes a warning an error), after counting it."""
        level = "error" if self.strict and problem.level == "warning" else problem.level
        self.errors += level == "error"
        return level

    def problems(self, problems: Iterable[Problem], label: str) -> None:
        """Say the problems of one file: errors always, warnings up to :data:`SHOWN`, the rest with ``-v``."""
        shown = hidden = 0
        for problem in problems:
            level = self.count(problem)
            shown += level == "warning"
            if level == "error" or self.verbosity > 0 or (level == "warning" and self.verbosity == 0 and shown <= SHOWN):
                self._say(sentence(problem, label, level=level))
            elif level == "warning" and self.verbosity == 0:
                hidden += 1
        if hidden:
            self._say(f"{label}: {hidden} more warnings; -v shows them all")

    @contextmanager
    def progress(self, items: Sequence[T], size: int) -> Iterator[Iterator[T]]:
        """Iterate over ``items`` (``size`` bytes of work), with a progress bar where somebody may see it."""
        if self.verbosity < 0 or size < LONG_WORK or len(items) < 2 or not sys.stderr.isatty():
            yield iter(items)
            return
        from rich.console import Console
        from rich.progress import Progress  # costs a tenth of a second, so only when it is shown

        with Progress(console=Console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=False) as bar:
            self._progress = bar
            try:
                yield iter(bar.track(items, description="building"))
            finally:
                self._progress = None

    def _say(self, text: str) -> None:
        if self._progress is not None:
            self._progress.console.print(text, markup=False, highlight=False, soft_wrap=True)
        else:
            print(text, file=sys.stderr)


def sentence(problem: Problem, label: str, *, level: str | None = None) -> str:
    """One line, as compilers write it: file, line, level, what, and the code to look up or to filter by."""
    label = problem.file or label
    line = f":{problem.line}" if problem.line is not None else ""
    where = f" (at {problem.where})" if problem.where and problem.where != label else ""
    return f"{label}{line}: {level or problem.level}: {problem.message}{where} [{problem.code}]"
