"""The ledger of an output folder: what was made of each source, so that nothing is done twice and nothing is forgotten.

SQLite with a write-ahead log: each entry is one transaction, and a kill or a power cut at any moment loses at most the last entries, whose
work is then done again (with the same bytes). One process writes it, the one that holds the lock of the folder (:mod:`.lock`). Times and
paths of this machine stand here and nowhere else in the output; paths are relative to the output folder, so that both can move together.
"""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from msgspec import Struct, field

from tei_pipeline.batch.stamps import Stamp
from tei_pipeline.errors import PipelineError, printable
from tei_pipeline.inputs import LEDGER
from tei_pipeline.output import CannotWrite

NAME = LEDGER
FORMAT = 1  # of the tables; a ledger of another format is refused, not guessed at
Status = Literal["running", "done", "failed"]

_SYSTEM = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_READONLY: errno.EACCES,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
}
# To begin with a log and to end it changes two bytes at the head of the file, which a disk writes whole or not at all: a journal of that
# change need not go through to the disk, which takes longer than all that a run of one text writes here.
_ONE_PAGE = "PRAGMA journal_mode = MEMORY"
_TABLES = """
CREATE TABLE IF NOT EXISTS sources (
  key TEXT PRIMARY KEY,       -- the folder of the edition in the output
  source TEXT NOT NULL,       -- the source, relative to the output folder
  status TEXT NOT NULL,       -- running, done, failed
  settings TEXT NOT NULL,     -- digest of what the run was told
  program TEXT NOT NULL,      -- version and digest of the program
  inputs TEXT NOT NULL,       -- JSON: path, size, time, SHA-256 of each file that was read
  outputs TEXT NOT NULL,      -- the same of each file that was written
  errors INTEGER NOT NULL, warnings INTEGER NOT NULL, infos INTEGER NOT NULL,
  lasting INTEGER NOT NULL,   -- of a failure: whether the same work would fail again
  seconds REAL NOT NULL,
  result TEXT NOT NULL        -- JSON: what reports say of it
) WITHOUT ROWID
"""


class NoLedger(PipelineError):
    """There is no ledger in the folder, or none that this version can read."""

    def __init__(self, folder: Path, why: str) -> None:
        self.folder, self.why = folder, why
        super().__init__(f"{printable(str(folder / NAME))}: {why}")


class Entry(Struct, frozen=True):
    """What the ledger knows of one source. ``result`` holds JSON values for reports; the rest decides whether it must be done again."""

    key: str
    source: str
    status: Status
    settings: str = ""
    program: str = ""
    inputs: tuple[Stamp, ...] = ()
    outputs: tuple[Stamp, ...] = ()
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    lasting: bool = False
    seconds: float = 0.0
    result: dict[str, Any] = field(default_factory=dict)


class NoFolder(PipelineError):
    """What should be an output folder is not there, or no folder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        why = "is no folder; name the output folder of a build" if path.exists() else "is not there; check the path"
        super().__init__(f"{printable(str(path))}: {why}")


class NothingBuilt(NoLedger):
    """The folder is there, and no ledger in it."""

    nothing = True

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, "there is none; nothing was built here, or by an older version")


class Ledger:
    """The open ledger of a folder; a context manager. Raises :class:`CannotWrite` (disk full, no permission), :class:`NoLedger`."""

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        self.path, self.read_only = folder / NAME, read_only
        if read_only and not self.path.is_file():
            raise NothingBuilt(folder)
        try:
            where = f"{self.path.absolute().as_uri()}?mode=ro" if read_only else self.path
            self._connection = sqlite3.connect(where, isolation_level=None, uri=read_only)
            self._execute("PRAGMA busy_timeout = 10000")
            if not read_only:
                self._begin_log()
            found = self._ask("PRAGMA user_version")
            if found not in (0, FORMAT):
                raise NoLedger(folder, f"has format {found}, and this version knows {FORMAT}; build into another folder")
            if not read_only:
                self._execute(_TABLES)
                self._execute(f"PRAGMA user_version = {FORMAT}")
            self._execute("PRAGMA synchronous = NORMAL")  # with WAL never corrupt; a power cut may cost the last entries
        except sqlite3.DatabaseError as error:
            raise NoLedger(folder, f"is no ledger ({error}); move it away, then everything is made again") from error

    def _execute(self, statement: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        with self._refusals():
            return self._connection.execute(statement, values)

    def _ask(self, statement: str) -> Any:
        """The one value that a statement answers, when it is done with."""
        with self._refusals():
            return self._connection.execute(statement).fetchall()[0][0]

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        """Raises what the system refused as :class:`CannotWrite`."""
        try:
            yield
        except sqlite3.OperationalError as error:
            number = _SYSTEM.get(error.sqlite_errorcode & 0xFF)  # the lower byte is the kind of error, without its details
            if number is None:
                raise
            raise CannotWrite(self.path, OSError(number, os.strerror(number))) from error

    def _begin_log(self) -> None:
        """Write to a log, so that others can read meanwhile; a killed run may have left one. Not every file system can hold one."""
        if self._ask("PRAGMA journal_mode") == "wal":
            return
        self._execute("PRAGMA synchronous = OFF")  # until the first entry there is nothing in the log that could be lost
        self._execute(_ONE_PAGE)
        if self._ask("PRAGMA journal_mode = WAL") != "wal":
            self._execute("PRAGMA journal_mode = DELETE")

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close it. The log is folded into the file, which is then a single one and can be read on a read-only medium too."""
        with suppress(sqlite3.Error):
            if not self.read_only:
                self._connection.execute(_ONE_PAGE)
        self._connection.close()

    def find(self, key: str) -> Entry | None:
        """The entry of a source, if there is one."""
        return next(map(_entry, self._execute("SELECT * FROM sources WHERE key = ?", (key,))), None)

    def entries(self, status: Status | None = None) -> Iterator[Entry]:
        """All entries by key, or those of one status."""
        where, values = ("WHERE status = ?", (status,)) if status else ("", ())
        yield from map(_entry, self._execute(f"SELECT * FROM sources {where} ORDER BY key", values))

    def put(self, entry: Entry) -> None:
        """Write an entry in place of the one of that key; it counts as soon as this returns."""
        row = (
            entry.key,
            _storable(entry.source),
            entry.status,
            entry.settings,
            entry.program,
            json.dumps([stamp.as_row() for stamp in entry.inputs]),
            json.dumps([stamp.as_row() for stamp in entry.outputs]),
            entry.errors,
            entry.warnings,
            entry.infos,
            entry.lasting,
            entry.seconds,
            json.dumps(entry.result),
        )
        self._execute(f"INSERT OR REPLACE INTO sources VALUES ({', '.join('?' * len(row))})", row)

    def begin(self, key: str, source: str) -> None:
        """Note that work on a source begins, so that a run which is killed leaves a trace; what was known of its files stays known."""
        self._execute(
            "INSERT INTO sources VALUES (?, ?, 'running', '', '', '[]', '[]', 0, 0, 0, 0, 0, '{}')"
            " ON CONFLICT (key) DO UPDATE SET status = 'running'",
            (key, _storable(source)),
        )

    def forget(self, key: str) -> None:
        """Take an entry out."""
        self._execute("DELETE FROM sources WHERE key = ?", (key,))


def _storable(path: str) -> str | bytes:
    """A path as SQLite takes it: its bytes when it holds some that are no text in the encoding of this system."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return os.fsencode(path)
    return path


def _entry(row: tuple[Any, ...]) -> Entry:
    key, source, status, settings, program, inputs, outputs, errors, warnings, infos, lasting, seconds, result = row
    return Entry(
        key,
        source if isinstance(source, str) else os.fsdecode(source),
        status,
        settings,
        program,
        tuple(Stamp(*values) for values in json.loads(inputs)),
        tuple(Stamp(*values) for values in json.loads(outputs)),
        errors,
        warnings,
        infos,
        bool(lasting),
        seconds,
        json.loads(result),
    )
