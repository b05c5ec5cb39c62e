"""What is wrong with a package in a zip or tar file: it is unpacked in a folder of its own, safely, and checked there."""

from __future__ import annotations

import stat
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from msgspec.structs import replace

from tei_pipeline.decisions import Problem
from tei_pipeline.errors import printable
from tei_pipeline.package.check import is_inside
from tei_pipeline.package.fixity import PIECE

MOST_BYTES = 16 * 1024**3  # unpacked; more is left to the tools of a repository
MOST_FILES = 1_000_000
GREATEST_RATIO = 250  # of deflate, which can reach 1032 to 1; what is written to be read comes nowhere near
_BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class Unsafe(ValueError):
    """An entry that must not be unpacked."""


def check_packed(path: Path) -> list[Problem]:
    """All faults of the package in an archive file; each names the file in it that has it."""
    from tei_pipeline.package.kinds import check_folder

    with tempfile.TemporaryDirectory(prefix="tei-pipeline-") as place:
        folder = Path(place)
        try:
            _unpack(path, folder)
        except _BROKEN as error:
            what = str(error) if isinstance(error, Unsafe) else f"the archive cannot be read: {error}"
            return [Problem("error", "archive", printable(what))]
        inner = [entry for entry in folder.iterdir() if entry.is_dir()]
        if len(inner) != 1 or len(list(folder.iterdir())) != 1:
            return [Problem("error", "archive", "the archive does not hold one folder, the package, and nothing else")]
        problems = check_folder(inner[0])
        if problems is None:
            return [Problem("error", "unknown-kind", "what the archive holds is no package that is known here")]
        shown = printable(place)
        return [replace(each, file=each.file.replace(shown, printable(str(path)))) for each in problems]


def _unpack(path: Path, folder: Path) -> None:
    total = 0
    seen: set[str] = set()
    for name, size, file in _entries(path):
        if not is_inside(name):
            raise Unsafe(f"{name}: would be unpacked outside its folder")
        if name in seen or len(seen) >= MOST_FILES:
            raise Unsafe(f"{name}: stands twice in the archive, or is one file too many")
        seen.add(name)
        total += size
        if total > MOST_BYTES:
            raise Unsafe(f"{name}: the archive holds more than {MOST_BYTES:,} bytes")
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with file, target.open("xb") as new:
            left = size
            while piece := file.read(min(PIECE, left + 1)):
                left -= len(piece)
                if left < 0:
                    raise Unsafe(f"{name}: is longer than the archive says")
                new.write(piece)


def _entries(path: Path) -> Iterator[tuple[str, int, IO[bytes]]]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                if stat.S_ISLNK(entry.external_attr >> 16):
                    raise Unsafe(f"{entry.filename}: a link, which a package cannot hold")
                if entry.file_size > max(entry.compress_size, 1) * GREATEST_RATIO + PIECE:
                    raise Unsafe(f"{entry.filename}: grows to {entry.file_size:,} bytes from {entry.compress_size:,}")
                if not entry.is_dir():
                    yield entry.filename, entry.file_size, archive.open(entry)
    else:
        with tarfile.open(path) as tar:
            for member in tar:
                if member.isdir():
                    continue
                file = tar.extractfile(member) if member.isreg() else None
                if file is None:
                    raise Unsafe(f"{member.name}: a link or a device, which a package cannot hold")
                yield member.name, member.size, file
