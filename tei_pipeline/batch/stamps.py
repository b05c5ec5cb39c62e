"""Whether a file is still the one that it was: by size and time where that is sure, else by its hash."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from tei_pipeline import __version__

_PROGRAM = (".py", ".toml", ".json", ".rng", ".sch")
RACY = 2_000_000_000  # nanoseconds: the coarsest clock of a file system in use (FAT) ticks every two seconds


class Stamp(Struct, frozen=True):
    """A file at one moment: ``path`` as the ledger has it, ``size`` in bytes, ``mtime`` in nanoseconds, SHA-256 in hexadecimal figures.

    ``sure`` is False when the file was so young at that moment that another write could have left size and time as they are.
    """

    path: str
    size: int
    mtime: int
    sha256: str
    sure: bool = True

    def as_row(self) -> list[Any]:
        """For the ledger, as JSON values."""
        return [self.path, self.size, self.mtime, self.sha256, self.sure]


def stamp(path: Path, name: str, now: int) -> Stamp:
    """The stamp of a file, called ``name``; ``now`` is the time in nanoseconds. Raises OSError."""
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        status = os.fstat(file.fileno())
    return Stamp(name, status.st_size, status.st_mtime_ns, sha256, now - status.st_mtime_ns > RACY)


def renewed(old: Stamp, path: str, now: int) -> Stamp | None:
    """The stamp of the file now, if it still has the same bytes; None when it has others, or is not there.

    It is the old one itself where size and time are enough to know; else the bytes are read.
    """
    try:
        status = os.stat(path)  # noqa: PTH116 - called for each file of a collection; a Path costs more than the call
        if status.st_size != old.size:
            return None
        if old.sure and status.st_mtime_ns == old.mtime:
            return old
        new = stamp(Path(path), old.path, now)
    except OSError:
        return None
    return replace(new, path=old.path) if new.sha256 == old.sha256 else None


@cache
def program() -> str:
    """The version of the program, and a digest of its files: also a development version that changed is another program."""
    package = Path(__file__).resolve().parents[1]
    folders = (package, package.parent / "schemas")  # of a checkout; the wheel carries the schemas inside the package
    files = [(here, name) for folder in folders for here, _, names in os.walk(folder) for name in names if name.endswith(_PROGRAM)]
    hashed = hashlib.sha256()
    for here, name in sorted(files):
        hashed.update(name.encode())
        with open(f"{here}{os.sep}{name}", "rb", buffering=0) as file:  # noqa: PTH123 - a Path costs more than the call, and a buffer too
            hashed.update(file.read())
    return f"{__version__}+{hashed.hexdigest()[:12]}"
