"""Memory that a worker needed for a large text goes back to the system before the next, smaller one: tasks come largest first."""

from __future__ import annotations

import ctypes
import os
from contextlib import suppress

from msgspec import Struct

SLACK = 8_000_000  # bytes: what a process may have grown by before its heap is looked through, which takes some milliseconds


def resident(process: int | str = "self") -> int:
    """The bytes of memory that a process has now (proc(5), Linux); 0 where that cannot be told, or the process is gone."""
    try:
        with open(f"/proc/{process}/statm", "rb") as file:  # noqa: PTH123 - called after each task; a Path costs more than the call
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError, AttributeError):
        return 0


class Heap(Struct):
    """The heap of this process. ``least`` is the least that it had after a trim, in bytes."""

    least: int = 0

    def trim(self) -> None:
        """Give back what is free, if the process has grown: malloc_trim(3) of the GNU library, which else keeps what lies below its top."""
        if resident() < self.least + SLACK:
            return
        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).malloc_trim(0)
        self.least = resident()
