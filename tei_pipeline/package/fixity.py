"""Fixity: files copied and hashed in one pass, in pieces, so that memory does not grow with them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

PIECE = 1 << 20  # bytes read at a time
SHA256, SHA512 = "sha256", "sha512"


class Digests(Struct, frozen=True):
    """The size of a file in bytes and its hashes, in hexadecimal figures, in the order of the algorithms asked for."""

    size: int
    hashes: tuple[tuple[str, str], ...]

    def __getitem__(self, algorithm: str) -> str:
        return dict(self.hashes)[algorithm]


def digests(path: Path, algorithms: Sequence[str] = (SHA256,)) -> Digests:
    """The size and the hashes of a file. Raises :class:`OSError`."""
    with path.open("rb") as file:
        return _through(_pieces(file), algorithms)


def copy(source: Path | bytes, target: Path, algorithms: Sequence[str], hashed: Callable[[int], None] | None = None) -> Digests:
    """Write a new file with these contents, through to the disk, and what was written. Raises :class:`OSError`, also when it is there.

    ``hashed`` is told the bytes of each piece.
    """
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb", buffering=0) as new:
        if isinstance(source, bytes):
            made = _through(iter((source,)), algorithms, new, hashed)
        else:
            with source.open("rb") as file:
                made = _through(_pieces(file), algorithms, new, hashed)
        os.fsync(new.fileno())
    return made


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece


def _through(
    pieces: Iterator[bytes], algorithms: Sequence[str], new: BinaryIO | None = None, hashed: Callable[[int], None] | None = None
) -> Digests:
    hashers = [(name, hashlib.new(name)) for name in algorithms]
    size = 0
    for piece in pieces:
        size += len(piece)
        for _, hasher in hashers:
            hasher.update(piece)
        if new is not None:
            view = memoryview(piece)
            while view:  # an unbuffered write may take a part only
                view = view[new.write(view) :]
        if hashed is not None:
            hashed(len(piece))
    return Digests(size, tuple((name, hasher.hexdigest()) for name, hasher in hashers))
