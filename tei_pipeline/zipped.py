"""Zip files that are the same bytes whenever the files in them are: entries in the order of their names, fixed times and rights."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

EARLIEST = (1980, 1, 1, 0, 0, 0)  # a zip file knows no earlier time (APPNOTE 4.4.6)
PIECE = 1 << 20  # bytes that are copied at once
Moment = tuple[int, int, int, int, int, int]


def files_of(folder: Path) -> Iterator[Path]:
    """All files below a folder, in the order of their paths; links are files here, and never followed."""
    found = []
    for here, folders, names in os.walk(folder):
        found += [Path(here, name) for name in names]
        found += [Path(here, name) for name in folders if Path(here, name).is_symlink()]
    yield from sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def write_zip(file: IO[bytes], entries: Iterable[tuple[str, Path]], moment: Moment = EARLIEST, comment: bytes = b"") -> None:
    """Write an archive of files by their names in it; ``moment`` is the time of each entry, the comment that of the archive."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:  # what deflate makes differs between versions of zlib
        archive.comment = comment
        for name, path in entries:
            entry = zipfile.ZipInfo(name, moment)
            entry.create_system = 3  # Unix, whatever system wrote it
            entry.external_attr = 0o100644 << 16
            with path.open("rb") as source, archive.open(entry, "w", force_zip64=path.stat().st_size >= 1 << 31) as into:
                while piece := source.read(PIECE):
                    into.write(piece)
