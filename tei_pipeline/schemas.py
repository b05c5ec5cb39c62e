"""Where the schema files are: in the installed package (the wheel carries them), or in the checkout's ``schemas/``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tei_pipeline.errors import PipelineError

_PACKAGE = Path(__file__).resolve().parent
_PLACES = (_PACKAGE / "schemas", _PACKAGE.parent / "schemas")


class SchemaMissing(PipelineError):
    """The installation lacks one of its schema files."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"{name}: this schema file is missing from the installation; install tei-pipeline again")


@cache
def read_schema(name: str) -> bytes:
    """The content of the schema file of that name (``edition.rng``, ``sidecar.schema.json``); read once per process.

    :class:`SchemaMissing` when there is none.
    """
    for place in _PLACES:
        try:
            return (place / name).read_bytes()
        except OSError:
            continue
    from importlib.resources import files  # slow to import, and needed only when the package is no folder (a zip file)

    try:
        return files("tei_pipeline").joinpath("schemas", name).read_bytes()
    except OSError:
        raise SchemaMissing(name) from None


def has_schema(name: str) -> bool:
    """Whether this version has a schema file of that name."""
    try:
        read_schema(name)
    except SchemaMissing:
        return False
    return True
