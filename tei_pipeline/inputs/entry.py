"""One source to convert, before it is read."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

from tei_pipeline.errors import printable
from tei_pipeline.remote.stage import Stage


class Input(Struct, frozen=True):
    """One source to convert: the name of its edition, where it stands (None: standard input), its sidecar if there is one.

    A source of several files stands in its sidecar, which names them: ``path`` and ``sidecar`` are the same. ``under`` is the folder of
    the output in which the edition gets its own, with ``/`` between names; empty for the output folder itself. ``stage`` says where
    the files really are, when not here.
    """

    name: str
    path: Path | None
    sidecar: Path | None = None
    under: str = ""
    stage: Stage | None = None

    @property
    def key(self) -> str:
        """The folder of its edition in the output, with ``/`` between names: what no two sources may share."""
        return f"{self.under}/{self.name}" if self.under else self.name

    @property
    def has_parts(self) -> bool:
        """Whether it is a source of several files."""
        return self.path is not None and self.path == self.sidecar

    @property
    def folder(self) -> str:
        """How messages begin the paths of files beside it."""
        if self.path is None or self.path.parent == Path():
            return ""
        return f"{printable(self._said(self.path).rpartition('/')[0] if self.stage else str(self.path.parent))}/"

    @property
    def label(self) -> str:
        """How messages call it."""
        return "standard input" if self.path is None else printable(self._said(self.path))

    def _said(self, path: Path) -> str:
        return str(path) if self.stage is None else self.stage.name(path)

    def name_of(self, file: Path, output: Path) -> str:
        """How a ledger calls a file of the source: its address, or its path from the output folder."""
        return os.path.relpath(file, output) if self.stage is None else self.stage.name(file)
