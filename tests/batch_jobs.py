"""Jobs for the tests of the engine: what a worker may meet, without any text."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from pathlib import Path

from tei_pipeline.batch.memory import resident

PREPARED: list[int] = []


def double(number: int) -> int:
    return 2 * number


def prepare() -> None:
    PREPARED.append(os.getpid())


def prepared_here(_: int) -> bool:
    return [os.getpid()] == PREPARED


def not_prepared() -> None:
    raise LookupError("no schema")


def fail_at_three(number: int) -> int:
    if number == 3:
        raise ValueError("three")
    return number


def sleep(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def deaf(seconds: float) -> float:
    """Does not hear a polite signal, as code in a long call to a library."""
    if seconds:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        time.sleep(seconds)
    return seconds


def fill(megabytes: int) -> int:
    return len(bytearray(megabytes * 1_000_000))


def die(at: str) -> str:
    """Dies of kill -9 as often as there are points in the file."""
    path = Path(at)
    left = path.read_text()
    if left:
        path.write_text(left[1:])
        os.kill(os.getpid(), signal.SIGKILL)
    return "lived"


def unspeakable(_: int) -> object:
    return lambda: None


def write_at_the_end(folder: str) -> None:
    """Says that it began, and tidies up when it is told to end; nothing without a folder."""
    if not folder:
        return
    (Path(folder) / "begun").touch()
    try:
        time.sleep(60)
    finally:
        (Path(folder) / "tidied").touch()


def scatter(megabytes: int) -> int:
    """Fills the heap with small pieces and frees all but the last, above which nothing is free; the memory of the process afterwards."""
    if megabytes:
        library = ctypes.CDLL(None)
        library.malloc.restype = ctypes.c_void_p
        pieces = [library.malloc(ctypes.c_size_t(1000)) for _ in range(megabytes * 1000)]
        for piece in pieces:
            ctypes.memset(piece, 1, 1000)
        for piece in pieces[:-1]:
            library.free(ctypes.c_void_p(piece))
    return resident()
