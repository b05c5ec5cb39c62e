"""What the command line tells people: messages on standard error, results on standard output, and the count that becomes the exit code."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from msgspec import Struct

from tei_pipeline.decisions import Problem

if TYPE_CHECKING:
    from rich.console import Console

SHOWN = 20  # warnings of one file before the rest is only counted; more than a screen is not read


class Messages(Struct):
    """Writes to standard error and keeps count. ``verbosity``: -1 errors only, 0 warnings too, 1 everything."""

    verbosity: int = 0
    strict: bool = False
    errors: int = 0
    _console: Console | None = None

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
        if self._console is not None and sys.stdout.isatty():
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
    def above(self, console: Console) -> Iterator[None]:
        """Say everything above the progress bar of ``console`` meanwhile."""
        self._console = console
        try:
            yield
        finally:
            self._console = None

    def _say(self, text: str) -> None:
        if self._console is not None:
            self._console.print(text, markup=False, highlight=False, soft_wrap=True)
        else:
            print(text, file=sys.stderr)


def sentence(problem: Problem, label: str, *, level: str | None = None) -> str:
    """One line, as compilers write it: file, line, level, what, and the code to look up or to filter by."""
    label = problem.file or label
    line = f":{problem.line}" if problem.line is not None else ""
    where = f" (at {problem.where})" if problem.where and problem.where != label else ""
    return f"{label}{line}: {level or problem.level}: {problem.message}{where} [{problem.code}]"
