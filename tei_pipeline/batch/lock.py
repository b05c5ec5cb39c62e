"""One run at a time in an output folder. The system frees the lock when the process dies, whatever it dies of."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from tei_pipeline.errors import PipelineError, printable
from tei_pipeline.output import CannotWrite

try:
    import fcntl
except ImportError:  # not on every system; without it two runs at once into one folder are the user's to avoid
    fcntl = None  # type: ignore[assignment]

NAME = "ledger.lock"


class AlreadyRunning(PipelineError):
    """Another run writes to this folder; ``process`` is its id."""

    def __init__(self, folder: Path | str, process: str) -> None:
        self.folder, self.process = folder, process
        super().__init__(
            f"{printable(str(folder))}: another run writes here (process {process or 'unknown'});"
            " wait for it with --wait, end it, or choose another folder with -o"
        )


@contextlib.contextmanager
def locked(folder: Path, *, wait: bool = False) -> Iterator[None]:
    """Hold the lock of ``folder`` (which must be there). Raises :class:`AlreadyRunning` when another run has it and ``wait`` is False.

    The file of the lock is removed at the end, and whoever got the lock of a removed file tries again: so none is left lying about.
    """
    if fcntl is None:
        yield
        return
    path = folder / NAME
    while True:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        except OSError as error:
            raise CannotWrite(path, error) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            process = os.read(descriptor, 20).decode("ascii", "replace").strip()
            os.close(descriptor)
            raise AlreadyRunning(folder, process) from None
        except OSError:  # some network file systems know no locks
            pass
        except BaseException:
            os.close(descriptor)
            raise
        if _is_there(descriptor, path):
            break
        os.close(descriptor)
    try:
        with contextlib.suppress(OSError):  # a full disk: the id is only for the message
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def _is_there(descriptor: int, path: Path) -> bool:
    """Whether the file that we hold is still the one that others would find."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
