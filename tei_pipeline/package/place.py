"""A package gets its name when it is whole: it is made beside its place, flushed to the disk, and put there by renaming.

``.NAME.new`` is the package in the making, ``.NAME.old`` the one that is being replaced: a kill between the two renames leaves the old one
under that name, and the next run puts it back before it begins.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tei_pipeline.errors import PipelineError, printable
from tei_pipeline.output import CannotWrite, SomebodysWork, flush_folder
from tei_pipeline.package.archive import pack
from tei_pipeline.package.fixity import PIECE
from tei_pipeline.zipped import files_of

try:
    import fcntl
except ImportError:  # not on every system; without it two runs at once for one package are the user's to avoid
    fcntl = None  # type: ignore[assignment]


class InTheMaking(PipelineError):
    """Another run is making this package at this moment."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"{printable(str(path))}: another run is making this package; wait for its end")


def place_folder(target: Path, write: Callable[[Path], Any], *, force: bool, update: bool = False) -> bool:
    """Let ``write`` fill a new folder and put it at ``target``; whether anything changed there.

    Raises :class:`SomebodysWork` when another package stands there and neither ``force`` nor ``update`` (which adds to it) is given,
    :class:`CannotWrite` when the system refuses; then all is as it was.
    """
    with _making(target) as new:
        write(new)
        if target.is_dir() and same_tree(target, new):
            return False
        if os.path.lexists(target) and not (force or update):
            raise SomebodysWork(target, "a package with other contents is there already, and was left alone")
        _flush(new)
        _swap(new, target)
    return True


def place_archive(target: Path, write: Callable[[Path], Any], kind: str, name: str, date: str, *, force: bool) -> bool:
    """As :func:`place_folder`, but an archive file of the folder; ``name`` is that of the folder in it."""
    with _making(target) as new:
        folder, file = new / "package", new / "archive"
        folder.mkdir()
        write(folder)
        pack(folder, file, kind, name, date)
        if target.is_file() and _same_file(target, file):
            return False
        if os.path.lexists(target) and not force:
            raise SomebodysWork(target, "a package with other contents is there already, and was left alone")
        _swap(file, target)
    return True


def same_tree(first: Path, second: Path) -> bool:
    """Whether two folders hold the same files with the same contents."""
    ours, theirs = (list(files_of(folder)) for folder in (first, second))
    if [path.relative_to(first) for path in ours] != [path.relative_to(second) for path in theirs]:
        return False
    return all(map(_same_file, ours, theirs))


def _same_file(first: Path, second: Path) -> bool:
    if first.is_symlink() or second.is_symlink() or first.stat().st_size != second.stat().st_size:
        return False
    with first.open("rb") as ours, second.open("rb") as theirs:
        while (piece := ours.read(PIECE)) == theirs.read(PIECE):
            if not piece:
                return True
    return False


@contextlib.contextmanager
def _making(target: Path) -> Iterator[Path]:
    """An empty folder beside ``target``, this run's alone; it is gone afterwards."""
    new, old = (target.with_name(f".{target.name}.{what}") for what in ("new", "old"))
    made: list[Path] = []
    try:
        for folder in reversed([path for path in (target.parent, *target.parent.parents) if not path.exists()]):
            folder.mkdir(exist_ok=True)
            made.append(folder)
        new.mkdir(exist_ok=True)
        with _alone(new, target):
            try:
                _clear(new)
                if os.path.lexists(old):  # a kill in the middle of a swap
                    if os.path.lexists(target):
                        _remove(old)
                    else:
                        old.rename(target)
                yield new
            finally:
                shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        raise CannotWrite(Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else target, error) from error
    finally:
        for folder in reversed(made):  # only those that stayed empty: after a failure no trace is left
            with contextlib.suppress(OSError):
                folder.rmdir()


@contextlib.contextmanager
def _alone(new: Path, target: Path) -> Iterator[None]:
    if fcntl is None:
        yield
        return
    descriptor = os.open(new, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InTheMaking(target) from None
        except OSError:  # some network file systems know no locks
            pass
        yield
    finally:
        os.close(descriptor)


def _swap(new: Path, target: Path) -> None:
    old = target.with_name(f".{target.name}.old")
    if os.path.lexists(target):
        target.rename(old)
        try:
            new.rename(target)
        except OSError:
            old.rename(target)
            raise
        flush_folder(target.parent)
        _remove(old)
    else:
        new.rename(target)
    flush_folder(target.parent)


def _clear(folder: Path) -> None:
    for path in folder.iterdir():
        _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _flush(folder: Path) -> None:
    """The folders' entries to the disk; the files were flushed when they were written."""
    for here, _, _ in os.walk(folder):
        flush_folder(Path(here))
