"""Putting an edition to an address so that what stands there is whole, and nobody's work but our own is replaced.

1. a journal says the hash of each file that is coming; 2. each file is written in one piece, read back and compared; 3. the provenance
file, which names the others by hash, is written last: it is the manifest, by which a reader tells a whole edition; 4. the journal goes.
A kill in between leaves a journal, by which the next run knows the new files for ours.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from tei_pipeline.batch.stamps import Stamp
from tei_pipeline.errors import PipelineError, printable
from tei_pipeline.output import digest, ours, provenance_name
from tei_pipeline.remote.stage import public
from tei_pipeline.remote.stores import Store, joined


class SomebodysObject(PipelineError):
    """The file at the address was changed since we wrote it, or we never wrote it."""

    passing = True

    def __init__(self, url: str) -> None:
        self.url = url
        what = "not as tei-pipeline wrote it, so left alone as somebody's work"
        super().__init__(f"{printable(public(url))}: {what}; --force overwrites it, -o writes elsewhere")


class NotAsWritten(PipelineError):
    """What was read back is not what was written."""

    passing = True

    def __init__(self, url: str) -> None:
        self.url = url
        super().__init__(f"{printable(public(url))}: what was read back is not what was written; run again, and check the store")


def publish(store: Store, key: str, files: Mapping[str, bytes], *, force: bool = False) -> tuple[bool, tuple[Stamp, ...]]:
    """Write the files of the edition ``key``; whether anything changed, and their stamps, by which their version is known again.

    ``files`` holds the provenance file. What an earlier run wrote and this one does not is removed. Raises :class:`SomebodysObject`, then
    nothing was changed; :class:`NotAsWritten`; :class:`~tei_pipeline.remote.stores.StoreRefused`.
    """
    name = key.rpartition("/")[2]
    manifest, journal = provenance_name(name), f"{key}/.{name}.journal"
    there = {file: store.read(f"{key}/{file}") for file in files}
    known = ours(there[manifest], name)
    coming = _journal(store.read(journal))
    changes = [file for file, data in files.items() if there[file] != data]
    for file in changes:
        old = there[file]
        mine = old is None or digest(old) in (known.get(file), coming.get(file)) or (bool(known) and file == manifest)
        if not mine and not force:
            raise SomebodysObject(joined(store.url, f"{key}/{file}"))
    stale = [file for file, recorded in known.items() if file not in files and _is(store.read(f"{key}/{file}"), recorded)]
    if changes or stale:
        store.write(journal, json.dumps({file: digest(files[file]) for file in changes}).encode())
        for file in sorted(changes, key=lambda file: file == manifest):
            _put(store, f"{key}/{file}", files[file])
        for file in stale:
            store.remove(f"{key}/{file}")
    if changes or stale or coming:
        store.remove(journal)
    stamps = (Stamp(f"{key}/{file}", len(data), store.version(f"{key}/{file}"), digest(data)) for file, data in sorted(files.items()))
    return bool(changes or stale), tuple(stamps)


def _put(store: Store, inner: str, data: bytes) -> None:
    store.write(inner, data)
    if store.read(inner) != data:
        raise NotAsWritten(joined(store.url, inner))


def _is(data: bytes | None, recorded: str) -> bool:
    return data is not None and digest(data) == recorded


def _journal(data: bytes | None) -> dict[str, str]:
    try:
        return {str(file): str(value) for file, value in json.loads(data or b"{}").items()}
    except (ValueError, AttributeError, RecursionError):
        return {}
