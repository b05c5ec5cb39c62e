"""A run whose output stands at an address: its ledger is worked on here and brought there again and again; one run at a time.

The lock is looked for and then written: stores have no common way to do both at once, so that two runs which begin in the same moment may
both get it. A run that was killed leaves its lock: it counts as long as its time is fresh, which a living run renews whenever it brings the
ledger.
"""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from tei_pipeline.batch.lock import NAME as LOCK
from tei_pipeline.batch.lock import AlreadyRunning
from tei_pipeline.errors import PipelineError
from tei_pipeline.inputs import LEDGER
from tei_pipeline.remote.stage import public
from tei_pipeline.remote.staging import outline_of
from tei_pipeline.remote.stores import NoStore, Store, open_store, takes_output

EVERY = 20.0  # seconds between two times that the ledger is brought there: so much work is looked at again after a kill
STALE = 120.0  # seconds after which a lock that nobody renewed is a dead run's
REPORTS = ("report.json", "report.html")


class Session:
    """The folder here that stands for the output there."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder = store, folder
        self.brought = time.monotonic()

    def keep(self, *, last: bool = False) -> None:
        """Bring the ledger there, when it is time; the lock is renewed with it."""
        if not last and time.monotonic() - self.brought < EVERY:
            return
        self.brought = time.monotonic()
        path = self.folder / LEDGER
        if path.exists():
            self.store.write(LEDGER, _consistent(path))
        if not last:
            _claim(self.store)

    def finish(self) -> None:
        """Bring the ledger and the reports there."""
        self.keep(last=True)
        for name in REPORTS:
            path = self.folder / name
            if path.exists():
                data = path.read_bytes()
                if self.store.read(name) != data:
                    self.store.write(name, data)


@contextmanager
def glance(url: str) -> Iterator[Path]:
    """The folder that stands for an output at an address, with its ledger, only to look at."""
    store = open_store(url)
    with TemporaryDirectory(prefix="tei-pipeline-") as here:
        _bring(store, Path(here))
        yield Path(here)


def _bring(store: Store, folder: Path) -> None:
    outline_of(store, folder)
    for name in (LEDGER, *REPORTS):
        data = store.read(name)
        if data is not None:
            (folder / name).write_bytes(data)
    (folder / LOCK).unlink(missing_ok=True)  # the place of the lock there


@contextmanager
def session(url: str, *, wait: bool = False) -> Iterator[Session]:
    """Hold the lock of an output at an address, with its ledger here. Raises :class:`AlreadyRunning` and what :mod:`.stores` raises."""
    if not takes_output(url):
        raise NoStore(
            url, "editions cannot be published to this kind of address; build into a folder or a zip file here (-o NAME.zip), and copy that"
        )
    store = open_store(url)
    _lock(store, wait=wait)
    try:
        with TemporaryDirectory(prefix="tei-pipeline-") as here:
            _bring(store, Path(here))
            one = Session(store, Path(here))
            try:
                yield one
            finally:
                one.finish()
    finally:
        with suppress(PipelineError):
            store.remove(LOCK)


def _lock(store: Store, *, wait: bool) -> None:
    while (holder := _holder(store)) is not None:
        if not wait:
            raise AlreadyRunning(public(store.url), holder)
        time.sleep(1.0)
    _claim(store)


def _holder(store: Store) -> str | None:
    """Who holds the lock there; None when nobody does, or a run that is dead by all appearance."""
    data = store.read(LOCK)
    try:
        values = json.loads(data or b"{}")
        fresh = time.time() - float(values["time"]) < STALE
        return f"{values['process']} on {values['host']}" if fresh else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _claim(store: Store) -> None:
    store.write(LOCK, json.dumps({"process": os.getpid(), "host": socket.gethostname(), "time": time.time()}).encode())


def _consistent(path: Path) -> bytes:
    """The ledger as one file while it is open: a copy by SQLite, with what stands in the log still."""
    import sqlite3

    copy = path.with_name(".ledger.copy")
    copy.unlink(missing_ok=True)
    source, target = sqlite3.connect(path), sqlite3.connect(copy)
    try:
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
    finally:
        source.close()
        target.close()
    data = copy.read_bytes()
    copy.unlink()
    return data
