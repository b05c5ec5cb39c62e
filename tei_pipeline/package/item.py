"""A file of a package, before it is written: where its bytes come from, what it is for, what it will be called."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from tei_pipeline import __version__
from tei_pipeline.package.names import safe_path

Role = Literal["source", "sidecar", "tei", "export", "provenance", "validation", "schema", "documentation"]
SOFTWARE = f"tei-pipeline {__version__}"
MEDIA_TYPES = {  # IANA media types, by the ending of the name
    ".txt": "text/plain",
    ".toml": "application/toml",
    ".json": "application/json",
    ".rng": "application/xml",
    ".sch": "application/xml",
    ".xsd": "application/xml",
    ".odd": "application/tei+xml",
    ".md": "text/markdown",
}


class Item(Struct, frozen=True):
    """A file of a package: its path in it, where its bytes come from, what it is for.

    ``sha256``: what it must have, when that is known. ``original``: what it was called, when the path could not keep that name.
    """

    path: str
    data: Path | bytes
    role: Role
    sha256: str = ""
    original: str = ""

    @property
    def media_type(self) -> str:
        """Its media type; the edition's is that of RFC 6129."""
        if self.role == "tei":
            return "application/tei+xml"
        ending = self.path.lower().rpartition(".")[2]
        return MEDIA_TYPES.get(f".{ending}", "application/xml" if ending == "xml" else "application/octet-stream")


def item_of(folder: str, path: str, data: Path | bytes, role: Role, sha256: str = "") -> Item:
    """A file of an edition below ``folder``, under a name that every system takes."""
    safe = f"{folder}/{safe_path(path)}"
    return Item(safe, data, role, sha256, "" if safe == f"{folder}/{path}" else path)


def below(folder: str, items: Iterable[Item]) -> tuple[Item, ...]:
    """The items with their paths below a folder; as they are when it has no name."""
    return tuple(replace(item, path=f"{folder}/{item.path}") if folder else item for item in items)
