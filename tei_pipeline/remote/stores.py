"""One address: the file system behind it, and what it can do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tei_pipeline.errors import PipelineError, printable
from tei_pipeline.remote.stage import public

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_READ_ONLY = frozenset({"zip", "tar", "libarchive", "blockcache", "filecache", "simplecache", "http", "https", "data", "git", "github"})
_OF_ONE_PROCESS = frozenset({"memory"})  # what another process does not see
_RENAMING = frozenset({"sftp", "ssh", "file", "local", "hdfs", "webhdfs", "smb"})  # a file grows there before all eyes, and can be renamed
# What tells one version of a file from another, surest first: a digest, else a time.
_DIGESTS = ("ETag", "etag", "md5Hash", "content_md5", "checksum", "crc32c", "CRC")
_TIMES = ("mtime", "LastModified", "last_modified", "updated", "modified", "modificationTime", "created", "date_time")
_EARLIEST = 10**18  # nanoseconds: versions become times before September 2001, which no clock of today doubts


class NoStore(PipelineError):
    """The address cannot be opened: its library is not installed, it is none, or nobody answers there."""

    passing = True

    def __init__(self, url: str, why: str) -> None:
        self.url, self.why = url, why
        super().__init__(f"{printable(public(url))}: {public(why)}")


class StoreRefused(PipelineError):
    """What stands at the address did not read or write what it should. What was there is still there."""

    passing = True

    def __init__(self, url: str, error: BaseException) -> None:
        self.url = url
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        where, why = printable(public(url)), printable(public(what))
        super().__init__(f"{where}: cannot be read or written ({why}); check the address, the rights, the connection")


def joined(url: str, inner: str) -> str:
    """The address of something below another; in ``zip://::archive.zip`` it stands before the colons."""
    head, chain, rest = url.partition("::")
    return f"{head}{'' if head.endswith('/') else '/'}{inner}{chain}{rest}"


def parent(url: str) -> str:
    """The address of the folder of a file."""
    head, chain, rest = url.partition("::")
    protocol, _, path = head.partition("://")
    return f"{protocol}://{path.rpartition('/')[0]}{chain}{rest}"


class Store(Struct, frozen=True):
    """An address, the file system that serves it, and its path there."""

    url: str
    files: AbstractFileSystem
    root: str

    @property
    def protocol(self) -> str:
        """The first name of the file system."""
        name = self.files.protocol
        return name if isinstance(name, str) else str(name[0])

    @property
    def is_of_one_process(self) -> bool:
        """Whether workers would not see what this process sees."""
        return self.protocol in _OF_ONE_PROCESS

    @property
    def renames(self) -> bool:
        """Whether a file is visible while it grows, and can be put in place by renaming; else a write is seen when it is whole."""
        return self.protocol in _RENAMING

    def path(self, inner: str) -> str:
        """The path of something below the address, as the file system calls it."""
        return f"{self.root.rstrip('/')}/{inner}" if self.root else inner

    def read(self, inner: str) -> bytes | None:
        """The bytes of a file; None when there is none. Raises :class:`StoreRefused`."""
        with talking(joined(self.url, inner)):
            try:
                data: bytes = self.files.cat_file(self.path(inner))
            except FileNotFoundError:
                return None
            return data

    def write(self, inner: str, data: bytes) -> None:
        """Put a file there in one piece: never seen half. Raises :class:`StoreRefused`."""
        path = self.path(inner)
        folder, _, name = path.rpartition("/")
        with talking(joined(self.url, inner)):
            if not self.renames:
                self.files.pipe_file(path, data)
                return
            self.files.makedirs(folder, exist_ok=True)
            new = f"{folder}/.{name.removeprefix('.')}.new"
            self.files.pipe_file(new, data)
            self.files.mv(new, path)

    def remove(self, inner: str) -> None:
        """Take a file away, if it is there. Raises :class:`StoreRefused`."""
        with talking(joined(self.url, inner)):
            try:
                self.files.rm_file(self.path(inner))
            except FileNotFoundError:
                return

    def version(self, inner: str) -> int:
        """The version of a file, see :func:`version`. Raises :class:`StoreRefused`."""
        with talking(joined(self.url, inner)):
            return version(self.files.info(self.path(inner)))


def takes_output(url: str) -> bool:
    """Whether editions can be published to an address: not to archives, which a kill leaves without their table of contents."""
    return url.partition("://")[0].partition("::")[0].lower() not in _READ_ONLY


def open_store(url: str) -> Store:
    """Open an address; a second time it is the same connection. Raises :class:`NoStore`."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise NoStore(url, "addresses need the extra: pip install 'tei-pipeline[remote]'") from None
    try:
        files, root = url_to_fs(url)
    except ImportError as error:
        raise NoStore(url, f"{error}") from error
    except Exception as error:  # each file system has errors of its own
        raise NoStore(url, f"cannot be opened ({type(error).__name__}: {error}); check the address") from error
    return Store(url, files, str(root).rstrip("/"))


@contextmanager
def talking(url: str) -> Iterator[None]:
    """What goes wrong inside becomes :class:`StoreRefused`; what is not there stays FileNotFoundError for who asks inside."""
    try:
        yield
    except PipelineError:
        raise
    except MemoryError:
        raise
    except Exception as error:  # botocore, paramiko, aiohttp: no common base but this
        raise StoreRefused(url, error) from error


def version(info: Mapping[str, Any]) -> int:
    """A number that is another one when the file is: from its digest, else from its time; 0 when nothing is known. Below 10**18."""
    for names in (_DIGESTS, _TIMES):
        known = [f"{name}={_plain(info[name])}" for name in names if info.get(name) is not None]
        if known:
            return int.from_bytes(hashlib.sha256(";".join(known).encode()).digest()[:8], "big") % (_EARLIEST - 1) + 1
    return 0


def _plain(value: object) -> object:
    """A value as all calls give it: some give a time as seconds when asked for a folder, and as a date when asked for the file."""
    return value.timestamp() if isinstance(value, datetime) else value
