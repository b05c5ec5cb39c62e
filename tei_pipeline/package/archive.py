"""One archive file of a folder: entries in the order of their names, fixed times and rights: the same folder, the same bytes."""

from __future__ import annotations

import os
import tarfile
from datetime import datetime
from pathlib import Path
from typing import IO

from tei_pipeline.zipped import EARLIEST, Moment, files_of, write_zip

_LATEST = (2107, 12, 31, 23, 59, 58)


def pack(folder: Path, target: Path, kind: str, name: str, date: str) -> None:
    """Write ``target``, an archive (``zip`` or ``tar``) with the one folder ``name`` in it; every entry has ``date`` (UTC, or nothing)."""
    with os.fdopen(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666), "w+b") as file:
        if kind == "zip":
            entries = ((f"{name}/{path.relative_to(folder).as_posix()}", path) for path in files_of(folder))
            write_zip(file, entries, _moment(date))
        else:
            _tar(folder, file, name, date)
        file.flush()
        os.fsync(file.fileno())


def _moment(date: str) -> Moment:
    if not date:
        return EARLIEST
    read = datetime.fromisoformat(date)
    return min(max((read.year, read.month, read.day, read.hour, read.minute, read.second // 2 * 2), EARLIEST), _LATEST)


def _tar(folder: Path, file: IO[bytes], name: str, date: str) -> None:
    mtime = int(datetime.fromisoformat(date).timestamp()) if date else 0
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path in files_of(folder):
            entry = tarfile.TarInfo(f"{name}/{path.relative_to(folder).as_posix()}")
            entry.size, entry.mtime, entry.mode = path.stat().st_size, mtime, 0o644
            with path.open("rb") as source:
                archive.addfile(entry, source)
