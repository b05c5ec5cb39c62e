"""How long and how large one file may become before it is ended, so that the run goes on."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

try:
    import resource
except ImportError:  # not on every system: there, only the time is limited
    resource = None  # type: ignore[assignment]

SECONDS, SECONDS_PER_MEGABYTE = 300.0, 120.0  # a hundred times what an ordinary text takes on a machine of 2020 (2 to 4 s a megabyte)
CGROUPS, OWN_CGROUP = Path("/sys/fs/cgroup"), Path("/proc/self/cgroup")  # Linux, control groups version 2: cgroups(7)
UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12, "ki": 2**10, "mi": 2**20, "gi": 2**30, "ti": 2**40}


class Limits(Struct, frozen=True):
    """For one file: ``seconds`` of wall clock (None: from its size), ``memory`` in bytes (None: no limit)."""

    seconds: float | None = None
    memory: int | None = None

    def seconds_for(self, size: int) -> float:
        """How long a file of ``size`` bytes may take."""
        return self.seconds if self.seconds is not None else SECONDS + SECONDS_PER_MEGABYTE * size / 1e6


def read_size(text: str) -> int:
    """``2G``, ``512 MiB``, ``800000``: bytes. Raises ValueError for what is no size."""
    figures = text.strip().lower().removesuffix("b").rstrip()
    number = figures.rstrip("kmgti")
    unit = figures[len(number) :]
    if unit not in UNITS or float(number) <= 0:
        raise ValueError(text)
    return int(float(number) * UNITS[unit])


def machine_memory() -> int | None:
    """The bytes of memory that there are for this process and its children, None when the system does not say."""
    found = []
    with suppress(OSError, ValueError, AttributeError):
        found.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    return min([*found, *_of_cgroups()], default=None)


def _of_cgroups() -> list[int]:
    """What containers, services and jobs around this process may use: its own control group and those above."""
    try:
        own = next(line[3:] for line in OWN_CGROUP.read_text().splitlines() if line.startswith("0::"))
    except (OSError, StopIteration):
        return []
    group = CGROUPS / own.lstrip("/")
    found = []
    for place in (group, *group.parents):
        with suppress(OSError, ValueError):  # "max" is no limit
            found.append(int((place / "memory.max").read_text()))
        if place == CGROUPS:
            break
    return found


def limit_memory(size: int | None) -> None:
    """Let this process have no more than ``size`` bytes of data: what goes beyond raises MemoryError, where it happens.

    Linux counts private memory, also mapped, as data (getrlimit(2), since 4.7); other systems count addresses instead.
    """
    if resource is None or size is None:
        return
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    _, hard = resource.getrlimit(kind)
    wanted = size if hard == resource.RLIM_INFINITY else min(size, hard)
    with suppress(ValueError, OSError):  # some systems refuse; the limit of time stays
        resource.setrlimit(kind, (wanted, hard))


def cores() -> int:
    """How many processor cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
