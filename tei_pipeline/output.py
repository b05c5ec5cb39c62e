"""Writing without loss: a file is old or new and whole at every moment, and nobody's work but our own is replaced.

The files of one edition are replaced together, in the manner of a write-ahead journal:

1. each new file is written beside its place as ``.FILE.new`` and flushed to the disk;
2. ``.NAME.journal`` (old and new hash of each file) is put in place — from here on the change counts as made;
3. the new files are renamed over the old ones; the journal is removed.

A kill before 2 leaves the old edition, a kill after it is finished by the next run from the journal. POSIX ``rename`` is
atomic within a file system, which is why everything stands in the folder it belongs to.

What is ours is known by hash: the provenance file records under ``outputs`` the SHA-256 of each file written with it.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO

from tei_pipeline.errors import PipelineError, printable

try:
    import fcntl
except ImportError:  # not on every system; without it two runs at once into one folder are the user's to avoid
    fcntl = None  # type: ignore[assignment]

ADVICE = {
    errno.ENOSPC: "no space left on the device; free some, or choose another place with -o",
    errno.EDQUOT: "the disk quota is used up; free some space, or choose another place with -o",
    errno.EFBIG: "larger than this system lets a file be; choose another place with -o",
    errno.EACCES: "not writable; change its permissions, or choose another place with -o",
    errno.EPERM: "not writable; change its permissions, or choose another place with -o",
    errno.EROFS: "on a file system that is read-only; choose another place with -o",
    errno.ENOTDIR: "a file stands where a folder should be; move it away, or choose another place with -o",
    errno.EEXIST: "a file stands where a folder should be; move it away, or choose another place with -o",
    errno.EISDIR: "a folder stands where the file should be; move it away, or choose another place with -o",
    errno.ENAMETOOLONG: "the name is too long for this file system; rename the source, or give --name",
}


class CannotWrite(PipelineError):
    """The system refused: disk full, no permission, something in the way. What was there is still there."""

    passing = True

    def __init__(self, path: Path, error: OSError) -> None:
        self.path, self.error = path, error
        reason = ADVICE.get(error.errno or 0, f"cannot be written ({error.strerror or error})")
        super().__init__(f"{printable(str(path))}: {reason}")


class SomebodysWork(PipelineError):
    """The file was changed since we wrote it, or we never wrote it."""

    passing = True

    def __init__(self, path: Path, what: str = "not as tei-pipeline wrote it, so left alone as somebody's work") -> None:
        self.path, self.what = path, what
        super().__init__(f"{printable(str(path))}: {what}; --force overwrites it, -o writes elsewhere")


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal figures."""
    return hashlib.sha256(data).hexdigest()


def provenance_name(name: str) -> str:
    """The provenance file of the edition ``name``."""
    return f"{name}.provenance.json"


def write_file(path: Path, data: bytes, *, force: bool = False, parents: bool = False) -> bool:
    """Write one file atomically, unless it holds these bytes already; whether it was written. ``parents``: make its folder if need be.

    Raises :class:`SomebodysWork` when another file stands there and ``force`` is not given, :class:`CannotWrite` when the system refuses.
    """
    try:
        if parents:
            _make_folder(path.parent, [])
        there = _read(path)
        if there == data:
            return False
        if there is not None and not force:
            raise SomebodysWork(path, "is there already, with another content, and was left alone")
        new = _beside(path)
        try:
            _write_new(new, [data])
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
        flush_folder(path.parent)
    except OSError as error:
        raise CannotWrite(_place(error, path.parent) if isinstance(error, NotADirectoryError) else path, error) from error
    return True


def write_files(folder: Path, files: Mapping[str, bytes], *, force: bool = False) -> None:
    """Write files to a folder, by their paths in it (which must not leave it), each as :func:`write_file` does; none when one may not be.

    Raises :class:`SomebodysWork` when another file stands in the place of one and ``force`` is not given, :class:`CannotWrite` when the
    system refuses.
    """
    for file, data in files.items():
        try:
            there = _read(folder / file)
        except OSError as error:
            raise CannotWrite(folder / file, error) from error
        if there not in (None, data) and not force:
            raise SomebodysWork(folder / file, "is there already, with another content, and nothing was written")
    for file, data in files.items():
        write_file(folder / file, data, force=force, parents=True)


def write_edition(folder: Path, name: str, files: Mapping[str, bytes], *, force: bool = False) -> tuple[Path, ...]:
    """Replace the files of the edition ``name`` in ``folder`` together; the paths that changed, none when all were as they should be.

    ``files`` maps file names to contents and holds the provenance file, whose ``outputs`` name the others by hash. What an earlier run
    recorded there and this one does not write is removed, if nobody changed it. Raises :class:`SomebodysWork`, then nothing was
    changed, and :class:`CannotWrite`.
    """
    made: list[Path] = []
    try:
        _make_folder(folder, made)
        with _locked(folder):
            if not made:
                _recover(folder, name)
            changes = _changes(folder, name, files, force=force)
            if changes:
                _replace(folder, name, changes)
    except OSError as error:
        raise CannotWrite(_place(error, folder), error) from error
    finally:
        for new in reversed(made):  # only folders that stayed empty: after a failure no trace is left
            with contextlib.suppress(OSError):
                new.rmdir()
    return tuple(folder / file for file in changes)


def recover_edition(folder: Path, name: str) -> None:
    """Finish or take back what a killed run left in the folder of an edition; nothing when there is no such folder.

    Raises :class:`CannotWrite`.
    """
    try:
        if folder.is_dir():
            with _locked(folder):
                _recover(folder, name)
            with contextlib.suppress(OSError):  # only when it is empty
                folder.rmdir()
    except OSError as error:
        raise CannotWrite(_place(error, folder), error) from error


def replace_file(path: Path, pieces: Iterable[bytes], *, force: bool = False) -> bool:
    """Write one file atomically from pieces, which are never in memory together; whether its bytes changed. Its folder must be there.

    Raises :class:`SomebodysWork` when another file stands there and ``force`` is not given, :class:`CannotWrite` when the system refuses.
    """
    try:
        new = _beside(path)
        try:
            written = _write_new(new, pieces)
            there = file_digest(path)
            if there == written:
                return False
            if there is not None and not force:
                raise SomebodysWork(path, "is there already, with another content, and was left alone")
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
        flush_folder(path.parent)
    except OSError as error:
        raise CannotWrite(path, error) from error
    return True


def _changes(folder: Path, name: str, files: Mapping[str, bytes], *, force: bool) -> dict[str, tuple[str | None, bytes | None]]:
    """What must change: per file the hash of what stands there (None: nothing) and the new contents (None: remove it)."""
    changes: dict[str, tuple[str | None, bytes | None]] = {}
    there = {file: _read(folder / file) for file in files}
    known = ours(there.get(provenance_name(name)) or _read(folder / provenance_name(name)), name)
    for file, data in files.items():
        old = there[file]
        if old == data:
            continue
        old_hash = None if old is None else digest(old)
        if old_hash is not None and not force and known.get(file) != old_hash and not (known and file == provenance_name(name)):
            raise SomebodysWork(folder / file)
        changes[file] = (old_hash, data)
    for file, recorded in known.items():
        stale = _read(folder / file) if file not in files else None
        if stale is not None and digest(stale) == recorded:
            changes[file] = (recorded, None)
    return changes


def ours(provenance: bytes | None, name: str) -> dict[str, str]:
    """The hashes of what an earlier run wrote, from its provenance file; empty when that is no such file."""
    try:
        outputs = json.loads(provenance or b"{}")["outputs"]
        return {file: str(value) for file, value in outputs.items() if file.startswith(f"{name}.") and "/" not in file and "\0" not in file}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _replace(folder: Path, name: str, changes: Mapping[str, tuple[str | None, bytes | None]]) -> None:
    journal = _journal(folder, name)
    plan = {file: {"old": old, "new": None if data is None else digest(data)} for file, (old, data) in changes.items()}
    try:
        new = {file: data for file, (_, data) in changes.items() if data is not None}
        _write_together({_beside(folder / file): data for file, data in new.items()} | {_beside(journal): json.dumps(plan).encode()})
        _beside(journal).replace(journal)
        flush_folder(folder)
        for file, step in plan.items():
            _put(folder / file, step["new"])
        flush_folder(folder)
        journal.unlink()
    except BaseException:  # also Ctrl-C and SIGTERM: finish what the journal promised, or take the new files away
        with contextlib.suppress(OSError):
            _recover(folder, name)
        raise


def _put(path: Path, new: str | None) -> None:
    if new is None:
        path.unlink()
    else:
        _beside(path).replace(path)


def _recover(folder: Path, name: str) -> None:
    """Finish what a run left behind: with a journal the new files take their places, without one they go.

    When a file of the journal is neither old nor new, somebody worked on it since: then all stays as it is.
    """
    journal = _journal(folder, name)
    plan = _plan(journal)
    now = {file: file_digest(folder / file) for file in plan}
    if all(now[file] in (step["old"], step["new"]) for file, step in plan.items()):
        for file, step in plan.items():
            if now[file] != step["new"] and step["new"] in (None, file_digest(_beside(folder / file))):
                _put(folder / file, step["new"])
        if plan:
            flush_folder(folder)
    for left in [path for path in folder.iterdir() if path.name.startswith(f".{name}.") and path.name.endswith(".new")]:
        left.unlink()
    journal.unlink(missing_ok=True)


def _plan(journal: Path) -> dict[str, dict[str, str | None]]:
    try:
        plan: Any = json.loads(_read(journal) or b"{}")
        steps = {str(file): {"old": step["old"], "new": step["new"]} for file, step in plan.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    return {file: step for file, step in steps.items() if "/" not in file and "\0" not in file}


def _journal(folder: Path, name: str) -> Path:
    return folder / f".{name}.journal"


def _beside(path: Path) -> Path:
    if not path.name:  # "." and "/": folders, whose name cannot be changed
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    return path.with_name(f".{path.name.removeprefix('.')}.new")


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def file_digest(path: Path) -> str | None:
    """SHA-256 of a file in hexadecimal figures; None when there is none. Raises OSError."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def _open_new(path: Path) -> BinaryIO:
    """A file that is not there yet; O_EXCL: never through a link that somebody laid."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        descriptor = os.open(path, flags, 0o666)
    except FileExistsError:
        path.unlink(missing_ok=True)
        descriptor = os.open(path, flags, 0o666)
    return os.fdopen(descriptor, "wb")


def _write_new(path: Path, pieces: Iterable[bytes]) -> str:
    """Write a file that is not there yet, through to the disk, and hash it."""
    hashed = hashlib.sha256()
    with _open_new(path) as file:
        for data in pieces:
            file.write(data)
            hashed.update(data)
        file.flush()
        os.fsync(file.fileno())
    return hashed.hexdigest()


def _write_together(files: Mapping[Path, bytes]) -> None:
    """Write files that are not there yet, through to the disk, in whatever order it takes them: of several that are flushed at once it
    makes one transaction, while each that is flushed alone waits for its own.
    """
    failed: list[BaseException] = []

    def flush(file: BinaryIO) -> None:
        try:
            os.fsync(file.fileno())
        except BaseException as error:  # raised below, where somebody hears it
            failed.append(error)

    with contextlib.ExitStack() as stack:
        opened = []
        for path, data in files.items():
            file = stack.enter_context(_open_new(path))
            file.write(data)
            file.flush()
            opened.append(file)
        threads = [Thread(target=flush, args=(file,)) for file in opened]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    if failed:
        raise failed[0]


def _make_folder(folder: Path, made: list[Path]) -> None:
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir()
        made.append(path)
        flush_folder(path.parent)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))


def flush_folder(folder: Path) -> None:
    """The entries of a folder, through to the disk."""
    with contextlib.suppress(PermissionError):  # some systems do not let a folder be opened; the rename is atomic all the same
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One run at a time in a folder; the system frees the lock when a process dies."""
    if fcntl is None:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network file systems know no locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _place(error: OSError, folder: Path) -> Path:
    """The path to name in the message: what is in the way, when something is; the file of the error, when it tells one."""
    in_the_way = next((path for path in (folder, *folder.parents) if path.exists() and not path.is_dir()), None)
    return in_the_way or (Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else folder)
