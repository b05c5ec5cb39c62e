"""One archive file of a folder: entries in the order of their names, fixed times and rights: the same folder, the same bytes."""

from __future__ import annotations

import os
import tarfile
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

from tei_pipeline.package.fixity import PIECE

ZIP, TAR = "zip", "tar"
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # a zip file knows no earlier time (APPNOTE 4.4.6)
_LATEST = (2107, 12, 31, 23, 59, 58)


def pack(folder: Path, target: Path, kind: str, name: str, date: str) -> None:
    """Write ``target``, an archive with the one folder ``name`` in it; ``date`` (UTC, or nothing) is the time of every entry."""
    with os.fdopen(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666), "w+b") as file:
        if kind == ZIP:
            _zip(folder, file, name, date)
        else:
            _tar(folder, file, name, date)
        file.flush()
        os.fsync(file.fileno())


def files_of(folder: Path) -> Iterator[Path]:
    """All files below a folder, in the order of their paths; links are files here, and never followed."""
    found = []
    for here, folders, names in os.walk(folder):
        found += [Path(here, name) for name in names]
        found += [Path(here, name) for name in folders if Path(here, name).is_symlink()]
    yield from sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def _moment(date: str) -> tuple[int, int, int, int, int, int]:
    if not date:
        return _EARLIEST
    read = datetime.fromisoformat(date)
    return min(max((read.year, read.month, read.day, read.hour, read.minute, read.second // 2 * 2), _EARLIEST), _LATEST)


def _zip(folder: Path, file: IO[bytes], name: str, date: str) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:  # what deflate makes differs between versions of zlib
        for path in files_of(folder):
            entry = zipfile.ZipInfo(f"{name}/{path.relative_to(folder).as_posix()}", _moment(date))
            entry.create_system = 3  # Unix, whatever system wrote it
            entry.external_attr = 0o100644 << 16
            with path.open("rb") as source, archive.open(entry, "w", force_zip64=path.stat().st_size >= 1 << 31) as into:
                while piece := source.read(PIECE):
                    into.write(piece)


def _tar(folder: Path, file: IO[bytes], name: str, date: str) -> None:
    mtime = int(datetime.fromisoformat(date).timestamp()) if date else 0
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path in files_of(folder):
            entry = tarfile.TarInfo(f"{name}/{path.relative_to(folder).as_posix()}")
            entry.size, entry.mtime, entry.mode = path.stat().st_size, mtime, 0o644
            with path.open("rb") as source:
                archive.addfile(entry, source)
