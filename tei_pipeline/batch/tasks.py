"""What an engine is given and what it gives back: tasks in, for each of them exactly one answer out, in any order."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from time import perf_counter
from typing import Generic, Literal, TypeVar

from msgspec import Struct

Argument = TypeVar("Argument")
Value = TypeVar("Value")
FailureKind = Literal["error", "time", "memory", "died"]


class Task(Struct, Generic[Argument], frozen=True):
    """One piece of work: its name, what the job function is called with (must pickle), and its size in bytes (0: unknown)."""

    key: str
    argument: Argument
    size: int = 0


class Failure(Struct, frozen=True):
    """Why a task has no value, in words that follow its name and a colon.

    ``error``: the function raised; ``time``, ``memory``: a limit was reached; ``died``: the process of the worker ended again and again.
    """

    kind: FailureKind
    message: str
    trace: str = ""


class Done(Struct, Generic[Argument, Value], frozen=True):
    """The answer to one task: the value that the function returned, or the failure; ``seconds`` is the time the work took."""

    task: Task[Argument]
    value: Value | None = None
    failure: Failure | None = None
    seconds: float = 0.0


class Job(Struct, Generic[Argument, Value], frozen=True):
    """What is done with every task. Functions at the top of a module (or a ``functools.partial`` of one), so that they pickle.

    ``function`` makes a value (which must pickle) of an argument. ``prepare`` is called once in each worker before its first task: schemas
    are compiled there. ``modules`` are imported once, before the workers are forked, so that a new worker is there at once.
    """

    function: Callable[[Argument], Value]
    prepare: Callable[[], None] | None = None
    modules: tuple[str, ...] = ()


def attempt(function: Callable[[Argument], Value], task: Task[Argument]) -> Done[Argument, Value]:
    """Call the function. Raises nothing but what stops a process (an interrupt, an exit): a failure is a value."""
    start = perf_counter()
    try:
        return Done(task, function(task.argument), None, perf_counter() - start)
    except MemoryError:
        failure = Failure("memory", "too large for the memory that it may use; give it more (--memory-limit, fewer --jobs), or split it")
    except Exception as error:  # one task must never stop the others, whatever fault it uncovers
        failure = Failure("error", f"{type(error).__name__}: {error}", traceback.format_exc())
    return Done(task, None, failure, perf_counter() - start)
