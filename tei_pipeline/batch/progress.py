"""How far a run has come: a bar where somebody may see it, else a line now and then; nothing for short work."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from tei_pipeline.messages import Messages

LONG_WORK = 1_000_000  # bytes: some seconds of work on a machine of 2020, below which a bar only flickers
EVERY = 30.0  # seconds between two lines where there is no terminal: a log of a night stays readable
Advance = Callable[..., None]  # of the bytes that were done, and how many texts were finished with them (one, if not said)


@contextmanager
def progress(messages: Messages, count: int, size: int, *, doing: str = "building", least: int = LONG_WORK) -> Iterator[Advance]:
    """Show progress over ``count`` texts of ``size`` bytes together: call what is given with the bytes of each text that is finished.

    One who tells of parts of a text says that no text was finished with them: ``advance(bytes, 0)``. ``least``: of bytes, to show any.
    """
    if messages.verbosity < 0 or size < least or (count < 2 and least == LONG_WORK):
        yield lambda done, finished=1: None
    elif sys.stderr.isatty():
        with _bar(messages, count, size, doing) as advance:
            yield advance
    else:
        yield _Lines(messages, count, size)


@contextmanager
def _bar(messages: Messages, count: int, size: int, doing: str) -> Iterator[Advance]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (
        TextColumn(doing),
        BarColumn(),
        TextColumn("{task.fields[texts]} of " + f"{count:,} texts"),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=False) as bar:
        task = bar.add_task(doing, total=size, texts=0)
        all_finished = 0

        def advance(done: int, finished: int = 1) -> None:
            nonlocal all_finished
            all_finished += finished
            bar.update(task, advance=done, texts=f"{all_finished:,}")

        with messages.above(bar.console):
            yield advance


class _Lines:
    """A line to standard error every :data:`EVERY` seconds."""

    def __init__(self, messages: Messages, count: int, size: int) -> None:
        self.messages, self.count, self.size = messages, count, size
        self.finished = self.bytes = 0
        self.begun = self.said = monotonic()

    def __call__(self, done: int, finished: int = 1) -> None:
        self.finished += finished
        self.bytes += done
        now = monotonic()
        if now - self.said < EVERY:
            return
        self.said = now
        rate = self.bytes / (now - self.begun)
        left = duration((self.size - self.bytes) / rate) if rate else "unknown"
        self.messages.note(
            f"{self.finished:,} of {self.count:,} texts, {self.bytes / 1e6:,.1f} of {self.size / 1e6:,.1f} MB,"
            f" {rate / 1e3:,.0f} kB/s, about {left} left"
        )


def duration(seconds: float) -> str:
    """``40 s``, ``12 min``, ``3 h 20 min``."""
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
