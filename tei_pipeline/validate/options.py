"""What is asked of a validation, beside the paths."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field


class Options(Struct, frozen=True):
    """Choices that every checker gets; each uses those that concern it.

    ``schemas``: the schemas to use instead of those that a file asks for. ``profiles``: schemas by name, for files that ask for a schema
    of that name (its file name without suffix) at an address that is not read. ``source``: the plain text, or the folder of plain texts,
    that editions are compared with. ``companions``: also compare an edition with the JSON and provenance files beside it.
    """

    schemas: tuple[Path, ...] = ()
    profiles: Mapping[str, Path] = field(default_factory=dict)
    source: Path | None = None
    xinclude: bool = False
    companions: bool = True


DEFAULT = Options()
