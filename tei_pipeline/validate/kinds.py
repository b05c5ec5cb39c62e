"""What can be validated: one row for each kind of file or folder, asked in order; what it is, is read from the thing itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from tei_pipeline.decisions import Problem
from tei_pipeline.validate.checked import Checked
from tei_pipeline.validate.checks import check_json, check_sidecar, check_xml
from tei_pipeline.validate.options import DEFAULT, Options
from tei_pipeline.validate.parse import cannot_be_read

Recogniser: TypeAlias = "Callable[[Path, bytes], bool]"
Checker: TypeAlias = "Callable[[Path, Options], Checked | list[Problem]]"
START = 512  # bytes of a file that recognisers get to see; enough for a declaration, comments and a root
_SPACE = b" \t\r\n\xef\xbb\xbf"


class Kind(Struct, frozen=True):
    """A kind of file or folder: what reports call it, how it is recognised, what finds its faults.

    ``recognises`` gets the path and the first :data:`START` bytes (none of a folder) and reads nothing else but names. ``check`` never
    raises for what the file holds; a fault of another file than ``path`` names it in ``Problem.file``.
    """

    name: str
    recognises: Recogniser
    check: Checker


def _is_sidecar(path: Path, start: bytes) -> bool:
    return path.suffix.lower() == ".toml" and not path.is_dir()


def _is_json(path: Path, start: bytes) -> bool:
    suffix = path.suffix.lower()
    return not path.is_dir() and (suffix == ".json" or (suffix != ".xml" and start.lstrip(_SPACE)[:1] in (b"{", b"[")))


def _is_other_file(path: Path, start: bytes) -> bool:
    return not path.is_dir()


def _is_package(path: Path, start: bytes) -> bool:
    if not path.is_dir():
        return False
    from tei_pipeline.package.kinds import PACKAGE_KINDS  # those who validate a file do not pay for packages

    return any(kind.recognises(path) for kind in PACKAGE_KINDS)


def _check_package(path: Path, options: Options) -> list[Problem]:
    from tei_pipeline.package.kinds import check_folder

    return check_folder(path) or []


def _is_packed(path: Path, start: bytes) -> bool:
    return path.suffix.lower() in (".zip", ".tar") and not path.is_dir()


def _check_packed(path: Path, options: Options) -> list[Problem]:
    from tei_pipeline.package.check_archive import check_packed

    return check_packed(path)


KINDS = (
    Kind("package", _is_package, _check_package),
    Kind("packed package", _is_packed, _check_packed),
    Kind("sidecar", _is_sidecar, check_sidecar),
    Kind("JSON", _is_json, check_json),
    Kind("XML", _is_other_file, check_xml),  # any other file: keep last
)
_SUFFIXES = frozenset({".xml", ".tei", ".json", ".toml", ".zip", ".tar"})  # of the files that are looked for in a folder


def kind_of(path: Path) -> Kind | None:
    """The first kind that recognises the path; None for a folder that is none of them. Raises :class:`OSError`."""
    start = b""
    if not path.is_dir():
        if path.exists() and not path.is_file():  # a pipe would never end
            raise OSError("it is a device or a pipe")
        with path.open("rb") as file:
            start = file.read(START)
    return next((kind for kind in KINDS if kind.recognises(path, start)), None)


def check_path(path: Path, options: Options = DEFAULT) -> Checked:
    """All faults of a file, or of a folder that is of a kind itself (a package); empty when it is valid.

    Never raises for what is found there; :class:`~tei_pipeline.validate.judges.UnusableSchema` for a schema of the options.
    """
    try:
        kind = kind_of(path)
    except OSError as error:
        return Checked([cannot_be_read(error)])
    if kind is None:
        return Checked([Problem("error", "unknown-kind", "the folder is none of the kinds that can be validated as a whole")])
    found = kind.check(path, options)
    return replace(found, kind=kind.name) if isinstance(found, Checked) else Checked(found, kind=kind.name)


def validate_path(path: Path, options: Options = DEFAULT) -> list[Problem]:
    """The problems of :func:`check_path` alone."""
    return check_path(path, options).problems


def find_files(path: Path) -> Iterator[Path]:
    """What is to be validated where a path points: the file, the folder if it is of a kind, else what it holds, in the order of names.

    Hidden files and folders and links that lead out of the folder are passed over.
    """
    if not path.is_dir() or kind_of(path) is not None:
        yield path
        return
    for inner in sorted(path.iterdir()):
        if inner.name.startswith(".") or (inner.is_symlink() and not inner.resolve().is_relative_to(path.resolve())):
            continue
        if inner.is_dir():
            yield from find_files(inner)
        elif inner.suffix.lower() in _SUFFIXES:
            yield inner
