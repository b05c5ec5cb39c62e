"""Kinds of values that commands take."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

ZIP = ".zip"
EMPTY = "the path is empty; . is the current folder"
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*(?:://|::)")


def place(text: str) -> Path | str:
    """An address stays text (a path would lose one of its slashes); all else is a path."""
    return text if _ADDRESS.match(text) else Path(text)


def archive_of(output: Path | str) -> Path | None:
    """The zip file on this machine that is named as an output: ``out.zip``, ``zip://out.zip``, ``zip://::out.zip``; else None."""
    if isinstance(output, Path):
        return output if output.suffix.lower() == ZIP and not output.is_dir() else None
    inner, chain, file = output.partition("::")
    protocol, slashes, path = inner.partition("://")
    named = file if chain and not path else path if slashes and not chain else ""
    return Path(named) if protocol.lower() == "zip" and named and "://" not in named else None


class Place(click.ParamType["Path | str"]):
    """A path, or an address such as ``s3://bucket/texts``."""

    name = "place"

    def convert(self, value: str | Path, param: click.Parameter | None, context: click.Context | None) -> Path | str:
        """The path or the address; a usage error for an empty one, which else would be the current folder."""
        if value == "":
            self.fail(EMPTY, param, context)
        return value if isinstance(value, Path) else place(value)


class File(click.Path):
    """A path; an empty one is refused, which else would be the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> Any:
        """The path; a usage error for an empty one."""
        if value == "":
            self.fail(EMPTY, param, context)
        return super().convert(value, param, context)


class Memory(click.ParamType[int]):
    """A size in bytes, as ``2G`` or ``512M``."""

    name = "size"

    def convert(self, value: str | int, param: click.Parameter | None, context: click.Context | None) -> int:
        """The bytes; a usage error for what is no size."""
        from tei_pipeline.batch.limits import read_size

        try:
            return value if isinstance(value, int) else read_size(value)
        except ValueError:
            self.fail(f"{value!r} is no size such as 2G or 512M", param, context)


PLACE, FILE, MEMORY = Place(), File(path_type=Path), Memory()
