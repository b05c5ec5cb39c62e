"""A zip file as the output of ``build``: a folder while the work lasts, one file at the end, old or new and whole at every moment.

A zip file has one table of contents, at its end, so that nothing in it can be replaced by itself. Hence: beside ``out.zip`` stands
``.out.zip.work``, an output folder as any other, with its ledger and its journals. At the beginning of a run the editions of the archive
are unpacked there; at its end a new archive is written beside the old one, flushed to the disk, and renamed over it; of the folder only
the ledger stays. A run that was killed leaves the folder (with ``.archive`` in it, which says by their hashes over which archives it may
go), and the next one goes on there. Entries are not compressed, and have fixed times: the same editions are the same bytes.
"""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from tei_pipeline.batch.lock import NAME as LOCK
from tei_pipeline.errors import PipelineError, printable
from tei_pipeline.inputs import LEDGER
from tei_pipeline.output import CannotWrite, SomebodysWork, file_digest, flush_folder, write_file
from tei_pipeline.zipped import PIECE, files_of, write_zip

OURS = b"tei-pipeline build"  # the comment of an archive that build wrote
_STATE = ".archive"
_OF_THE_RUN = (LEDGER, LOCK, f"{LEDGER}-wal", f"{LEDGER}-shm", _STATE)


class DamagedArchive(PipelineError):
    """The archive says that it is ours, and cannot be read as what we write."""

    passing = True

    def __init__(self, path: Path, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(
            f"{printable(str(path))}: cannot be read as an archive of editions ({why}); move it away, or --force makes it anew"
        )


def work_of(archive: Path) -> Path:
    """The folder beside an archive where its editions are made."""
    return archive.with_name(f".{archive.name}.work")


@contextmanager
def opened(archive: Path, work: Path, *, force: bool = False) -> Iterator[None]:
    """The editions of ``archive`` in the folder ``work``, whose lock is held; what stands there at the end becomes the archive.

    After an exception the archive stays as it was, and the folder for the next run. Raises :class:`SomebodysWork` when the archive is none
    that ``build`` wrote, or became another meanwhile, and ``force`` is not given; :class:`DamagedArchive`; :class:`CannotWrite`.
    """
    try:
        known = _state(work)
        if known is None:
            _clear(work)
            if archive.exists():
                _unpack(archive, work, force=force)
            known = [file_digest(archive)]
            _note(work, known)
    except OSError as error:
        raise CannotWrite(archive, error) from error
    yield
    try:
        _pack(archive, work, known, force=force)
        (work / _STATE).unlink()
        _clear(work)
    except OSError as error:
        raise CannotWrite(archive, error) from error


@contextmanager
def glance(archive: Path) -> Iterator[Path]:
    """A folder with the editions of an archive and its ledger, only to look at; that of a run that was killed, if there is one.

    It may not be there when the archive is not.

    It stands where the working folder stands, since the ledger has the paths of sources from there.
    """
    work = work_of(archive)
    nothing_yet = not archive.exists() and not (work / LEDGER).exists()
    if nothing_yet or (work / _STATE).exists():
        yield work
        return
    try:
        with TemporaryDirectory(prefix=f".{archive.name}.", dir=archive.parent) as folder:
            here = Path(folder)
            if archive.exists():
                _unpack(archive, here, force=False)
            if (work / LEDGER).exists():
                shutil.copyfile(work / LEDGER, here / LEDGER)
            yield here
    except OSError as error:
        raise CannotWrite(archive, error) from error


def _unpack(archive: Path, folder: Path, *, force: bool) -> None:
    """The files of an archive of ours; with ``force`` none of another one."""
    try:
        with zipfile.ZipFile(archive) as file:
            if file.comment != OURS:
                raise SomebodysWork(archive, "is there already and was not written by build, so left alone")
            for entry in file.infolist():
                target = folder / _lawful(entry, archive)
                target.parent.mkdir(parents=True, exist_ok=True)
                with file.open(entry) as source, target.open("wb") as into:
                    shutil.copyfileobj(source, into, PIECE)
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        if not force:
            raise DamagedArchive(archive, str(error)) from error
        _clear(folder)
    except (DamagedArchive, SomebodysWork):
        if not force:
            raise
        _clear(folder)


def _lawful(entry: zipfile.ZipInfo, archive: Path) -> PurePosixPath:
    """The name of an entry, which must stay in its folder; a compressed entry is none of ours, and may be a bomb."""
    parts = entry.filename.split("/")
    outside = any(part in ("", ".", "..") or "\\" in part for part in parts)
    if outside or parts[-1] in _OF_THE_RUN or entry.compress_type != zipfile.ZIP_STORED:
        raise DamagedArchive(archive, f"{printable(entry.filename)} is no entry that build writes")
    return PurePosixPath(entry.filename)


def _pack(archive: Path, work: Path, known: list[str | None], *, force: bool) -> None:
    new = archive.with_name(f".{archive.name}.new")
    new.unlink(missing_ok=True)
    try:
        found = ((path.relative_to(work).as_posix(), path) for path in files_of(work))
        kept = [(name, path) for name, path in found if not name.startswith(".") and name not in _OF_THE_RUN]
        if not kept and not archive.exists():
            return
        with os.fdopen(os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666), "w+b") as file:
            write_zip(file, kept, comment=OURS)
            file.flush()
            os.fsync(file.fileno())
        digest, there = file_digest(new), file_digest(archive)
        if digest == there:
            return
        if there not in known and not force:
            raise SomebodysWork(archive, "was changed since this run began, so left alone; the new editions are kept beside it")
        _note(work, [*known, digest])
        new.replace(archive)
        flush_folder(archive.parent)
    finally:
        new.unlink(missing_ok=True)


def _state(work: Path) -> list[str | None] | None:
    """The hashes of the archives over which what stands in the folder may go; None when the folder is not in use."""
    try:
        return list(json.loads((work / _STATE).read_bytes())["archives"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _note(work: Path, archives: list[str | None]) -> None:
    write_file(work / _STATE, json.dumps({"archives": archives}).encode(), force=True)


def _clear(work: Path) -> None:
    """Leave nothing but the ledger and the lock."""
    for path in list(work.iterdir()):
        if path.name in _OF_THE_RUN:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
