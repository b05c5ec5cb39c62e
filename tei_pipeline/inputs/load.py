"""The bytes of a source, its text and its sidecar: one file, standard input, or several files that are one text."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tei_pipeline.errors import printable
from tei_pipeline.inputs.entry import Input
from tei_pipeline.inputs.errors import LONGEST_LINE, LineTooLong, NoSource, unreadable
from tei_pipeline.inputs.folders import is_folder_sidecar, is_text
from tei_pipeline.sidecar import OF_FOLDER, Sidecar, SourcePart

if TYPE_CHECKING:
    from tei_pipeline.source import Source


def read_input(entry: Input) -> bytes:
    """The bytes of a source. Raises :class:`NoSource` when it vanished or may not be read."""
    if entry.path is not None:
        return _bytes(entry.path)
    if sys.stdin is None:  # closed, as by a job that runs in the background
        raise NoSource(entry.label, "is closed; pipe the text to it")
    return sys.stdin.buffer.read()


def load_input(entry: Input, encoding: str | None = None, encodings: Mapping[str, str] | None = None) -> tuple[Source, Sidecar | None]:
    """The source, decoded, and its sidecar; ``encoding`` is the user's word, which goes before the sidecar's.

    ``encodings`` are known ones of the files of a source of several, by their paths in its folder. Raises :class:`NoSource`,
    :class:`LineTooLong`, and what reading a sidecar and decoding a source raise.
    """
    sidecar = None if entry.sidecar is None else load_sidecar(entry.sidecar)
    if sidecar is not None:
        encoding = encoding or sidecar.settings.encoding or None
    if sidecar is not None and sidecar.parts:
        assert entry.sidecar is not None
        return _join(entry, sidecar, entry.sidecar.parent, encoding, encodings or {}), sidecar
    source = _read(read_input(entry), entry.name, entry.label, encoding)
    return source, sidecar


def source_files(entry: Input) -> tuple[Path, ...]:
    """The files that a source is read from, its sidecar first when it lists the others; none for standard input.

    Raises what reading a sidecar raises, when it lists the others.
    """
    if entry.path is None:
        return ()
    if entry.sidecar is None:
        return (entry.path,)
    if not entry.has_parts:
        return entry.path, entry.sidecar
    from tei_pipeline.sidecar import part_paths

    return entry.sidecar, *part_paths(load_sidecar(entry.sidecar), entry.sidecar.parent)


def load_sidecar(path: Path) -> Sidecar:
    """The sidecar in a file; that of a folder which names no parts has all texts of the folder for parts, ``p9.txt`` before ``p10.txt``.

    Raises :class:`NoSource` and what reading a sidecar raises.
    """
    from tei_pipeline.sidecar import read_sidecar

    folder = is_folder_sidecar(path)
    sidecar = read_sidecar(_bytes(path), printable(str(path)), folder=folder)
    if folder and not sidecar.parts:
        from tei_pipeline.parts import in_order

        names = in_order(entry.name for entry in path.parent.iterdir() if is_text(entry))
        if not names:
            raise NoSource(sidecar.label, "makes its folder one source, and there are no texts (*.txt) in it; name them in parts")
        parts = tuple(SourcePart(name, sidecar.seam if number else "nothing") for number, name in enumerate(names))
        sidecar = replace(sidecar, parts=parts)
    return sidecar


def _join(entry: Input, sidecar: Sidecar, folder: Path, encoding: str | None, encodings: Mapping[str, str]) -> Source:
    """The source of several files. Raises what reading each of them raises, and :class:`BadSidecar` for a file that cannot be a part."""
    from tei_pipeline.parts import join
    from tei_pipeline.sidecar import part_paths

    paths = part_paths(sidecar, folder)
    assert entry.sidecar is not None
    beside = next((path for end in (".txt", ".TXT") if (path := entry.sidecar.with_suffix(end)).is_file()), None)
    if beside is not None and entry.sidecar.name != OF_FOLDER and not any(path.samefile(beside) for path in paths):
        raise NoSource(
            sidecar.label, f"parts does not name {printable(beside.name)}, which stands beside it; name it, or rename one of them"
        )
    files = []
    for part, path in zip(sidecar.parts, paths, strict=True):
        data = _bytes(path)
        source = _read(data, part.file, printable(str(path)), encoding or encodings.get(part.file), blank=True)
        files.append((part.file, part.begins, source, data))
    return join(files, entry.name, entry.label)


def _read(data: bytes, name: str, label: str, encoding: str | None, *, blank: bool = False) -> Source:
    from tei_pipeline.source import read_source

    source = read_source(data, name, label=label, encoding=encoding, blank=blank)
    for line in source.lines:
        if line.end - line.start > LONGEST_LINE:
            raise LineTooLong(label, line.number, line.end - line.start)
    return source


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(printable(str(path)), error) from error
