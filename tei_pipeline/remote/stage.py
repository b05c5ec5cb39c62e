"""A folder that stands for an address: how its files are called. Light, since every source may have one."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

_PASSWORD = re.compile(r"(://[^/:@]*):[^/@]*@")


def public(url: str) -> str:
    """An address as it may be shown and kept: without a password."""
    return _PASSWORD.sub(r"\1@", url)


class Stage(Struct, frozen=True):
    """A folder that stands for an address, where the files of a source really are: see :mod:`tei_pipeline.remote.staging`."""

    folder: Path
    url: str

    def name(self, path: Path) -> str:
        """The address of a file of the folder; in ``zip://::archive.zip`` names stand before the colons."""
        head, chain, rest = public(self.url).partition("::")
        return f"{head}{'' if head.endswith('/') else '/'}{path.relative_to(self.folder).as_posix()}{chain}{rest}"

    def told(self, text: str) -> str:
        """A message about files of the folder, in which they stand with their addresses."""
        known = public(self.url)
        head = known.partition("::")[0]
        return text.replace(f"{self.folder}/", head if head.endswith("/") else f"{head}/").replace(str(self.folder), known)
