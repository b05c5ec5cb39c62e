"""What to work on: files, folders, lists and standard input become named sources, before any work is done."""

from __future__ import annotations

import os
import stat
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tei_pipeline.errors import PipelineError, place, printable

if TYPE_CHECKING:
    from tei_pipeline.sidecar import Sidecar
    from tei_pipeline.source import Source

STDIN = "-"
LONGEST_NAME = 200  # bytes: file systems hold 255, and ".NAME.provenance.json.new" must fit
LONGEST_LINE = 2_500_000  # characters of at most four bytes: libxml2 reads 10 MB of text in one piece (XML_MAX_TEXT_LENGTH)
NOT_PLAIN = {
    ".xml": "is XML, not plain text; use validate or export for TEI",
    ".json": "is JSON, not plain text; use export for a JSON export",
}


@dataclass(frozen=True, slots=True)
class Input:
    """One source to convert: the name of its edition, where it stands (None: standard input), its sidecar if there is one."""

    name: str
    path: Path | None
    sidecar: Path | None = None

    @property
    def label(self) -> str:
        """How messages call it."""
        return "standard input" if self.path is None else printable(str(self.path))


class SameName(PipelineError):
    """Two sources would write the same edition."""

    def __init__(self, name: str, first: str, second: str) -> None:
        self.name, self.first, self.second = name, first, second
        super().__init__(
            f"{second}: would become the edition {name!r}, and so would {first}; rename one, or build it into another folder with -o"
        )


class BadName(PipelineError):
    """A name that no folder can safely have."""

    def __init__(self, name: str, where: str, why: str) -> None:
        self.name, self.where, self.why = name, where, why
        super().__init__(f"{where}: the edition cannot be named {name!r}: {why}; rename the file, or give another --name")


class NoSource(PipelineError):
    """Something was named that no text can be read from."""

    def __init__(self, where: str, why: str) -> None:
        self.where, self.why = where, why
        super().__init__(f"{where}: {why}")


class LineTooLong(PipelineError):
    """A line is longer than XML readers take in one piece."""

    def __init__(self, where: str, line: int, length: int) -> None:
        self.where, self.line, self.length = where, line, length
        super().__init__(
            f"{place(where, line)}: {length:,} characters without a line end, more than {LONGEST_LINE:,}; is this a text? break the line"
        )


class NoTexts(NoSource):
    """A folder was named that holds no texts."""


def find_inputs(paths: Iterable[Path], *, name: str | None = None) -> tuple[list[Input], list[NoSource | BadName]]:
    """The sources that ``paths`` name, in their order, folders sorted; and the errors for what could not be taken.

    A folder gives its ``*.txt`` (any case), not those of its sub-folders. ``-`` is standard input and needs ``name``. One file named
    twice is one source. Raises :class:`SameName` when two sources have one name (also when only case or Unicode
    normalisation tells them apart: some file systems do not).
    """
    inputs: list[Input] = []
    errors: list[NoSource | BadName] = []
    for path in paths:
        try:
            files = _files(path)
        except NoSource as error:
            errors.append(error)
            continue
        for file in files:
            try:
                inputs.append(_named(file, name))
            except (NoSource, BadName) as error:
                errors.append(error)
    return _distinct(inputs), errors


def read_input(entry: Input) -> bytes:
    """The bytes of a source. Raises :class:`NoSource` when it vanished or may not be read."""
    return sys.stdin.buffer.read() if entry.path is None else _bytes(entry.path)


def load_input(entry: Input, encoding: str | None = None) -> tuple[Source, Sidecar | None]:
    """The source, decoded, and its sidecar; ``encoding`` is the user's word, which goes before the sidecar's.

    Raises :class:`NoSource`, :class:`LineTooLong`, and what reading a sidecar and decoding a source raise.
    """
    from tei_pipeline.source import read_source

    sidecar = None
    if entry.sidecar is not None:
        from tei_pipeline.sidecar import read_sidecar

        sidecar = read_sidecar(_bytes(entry.sidecar), printable(str(entry.sidecar)))
        if sidecar.parts:
            raise NoSource(sidecar.label, "parts: this version builds one file each; join the files, and take parts out")
        encoding = encoding or sidecar.settings.encoding or None
    source = read_source(read_input(entry), entry.name, label=entry.label, encoding=encoding)
    for line in source.lines:
        if line.end - line.start > LONGEST_LINE:
            raise LineTooLong(entry.label, line.number, line.end - line.start)
    return source, sidecar


def read_list(data: bytes) -> list[Path]:
    """The paths of a list: one a line, or separated by NUL as ``find -print0`` writes them; relative to the current folder."""
    entries = data.split(b"\0") if b"\0" in data else [line.removesuffix(b"\r") for line in data.split(b"\n")]
    return [Path(os.fsdecode(entry)) for entry in entries if entry.strip()]


def check_name(name: str, where: str) -> str:
    """The name, if a folder can have it. Raises :class:`BadName` for what leaves the output folder or breaks a line of a report."""
    why = ""
    if not name.strip():
        why = "it is empty"
    elif name.startswith("."):
        why = "it begins with a point"
    elif "/" in name or "\\" in name:
        why = "it holds a slash"
    elif any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in name):
        why = "it holds a line end, a control character, or bytes that are no UTF-8"
    elif len(name.encode()) > LONGEST_NAME:
        why = f"it is longer than {LONGEST_NAME} bytes"
    elif name == "report.json":
        why = "that is the report"
    if why:
        raise BadName(name, where, why)
    return name


def _files(path: Path) -> list[Path]:
    if str(path) == STDIN:
        return [path]
    where = printable(str(path))
    try:
        if path.is_dir():
            texts = sorted(entry for entry in path.iterdir() if _is_text(entry))
            if not texts:
                raise NoTexts(where, "no texts (*.txt) in this folder; sub-folders are not searched, so name them")
            return texts
        mode = path.stat().st_mode
    except OSError as error:  # missing, a loop of links, a folder that may not be entered
        raise NoSource(where, _reason(error)) from error
    suffix = path.suffix.lower()
    if not stat.S_ISREG(mode):
        raise NoSource(where, "is neither a file nor a folder; pipe it to - with --name NAME")
    if suffix in NOT_PLAIN:
        raise NoSource(where, NOT_PLAIN[suffix])
    if suffix == ".toml":
        if any(path.with_suffix(end).exists() for end in (".txt", ".TXT")):
            return []  # raw/* names the sidecars too; they go with their texts
        raise NoSource(where, f"is a sidecar, and its text is not beside it; put {path.stem}.txt there, or do not name it")
    return [path]


def _is_text(path: Path) -> bool:
    """A text of a folder; links that lead nowhere are kept, so that they are reported and not passed over."""
    if path.name.startswith(".") or not path.name.lower().endswith(".txt"):
        return False
    return path.is_file() or (path.is_symlink() and not path.exists())


def _named(path: Path, name: str | None) -> Input:
    if str(path) == STDIN:
        return Input(check_name(name or "", "standard input"), None)
    stem = path.name[:-4] if path.name.lower().endswith(".txt") else path.name
    sidecar = path.with_name(f"{stem}.toml")
    return Input(check_name(name or stem, printable(str(path))), path, sidecar if sidecar.is_file() else None)


def _distinct(inputs: Iterable[Input]) -> list[Input]:
    by_name: dict[str, Input] = {}
    for entry in inputs:
        first = by_name.setdefault(unicodedata.normalize("NFC", entry.name).casefold(), entry)
        if first is not entry and _real(first) != _real(entry):
            raise SameName(entry.name, first.label, entry.label)
    return list(by_name.values())


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise NoSource(printable(str(path)), _reason(error)) from error


def _real(entry: Input) -> str:
    return STDIN if entry.path is None else os.path.realpath(entry.path)  # Path.resolve raises for a loop of links


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "is not there; check the path"
    if isinstance(error, PermissionError):
        return "may not be read; change its permissions"
    return f"cannot be read ({error.strerror or error})"
