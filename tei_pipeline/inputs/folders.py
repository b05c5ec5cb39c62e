"""What in a folder is a source: texts, sidecars that list the files of one, sub-folders that are one."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tei_pipeline.errors import printable
from tei_pipeline.inputs.errors import NoSource, NoTexts, unreadable
from tei_pipeline.inputs.names import LEDGER
from tei_pipeline.sidecar import OF_FOLDER

STDIN = "-"
NOT_PLAIN = {
    ".xml": "is XML, not plain text; use validate or export for TEI",
    ".json": "is JSON, not plain text; use export for a JSON export",
}
_TABLE = re.compile(rb"^[ \t]*\[", re.MULTILINE)
_PARTS = re.compile(rb"""^[ \t]*["']?parts["']?[ \t]*=""", re.MULTILINE)


def sources_at(path: Path) -> list[Path]:
    """The files of the sources that a path names. Raises :class:`NoSource` when it names none."""
    if str(path) == STDIN:
        return [path]
    where = printable(str(path))
    try:
        if path.is_dir():
            if is_folder_sidecar(path / OF_FOLDER):
                return [path / OF_FOLDER]
            texts = sorted(source for entry in path.iterdir() if (source := _of_folder(entry)))
            if not texts:
                raise NoTexts(where, "no texts (*.txt) in this folder; name its sub-folders, or search them with --recursive")
            return texts
        mode = path.stat().st_mode
    except OSError as error:  # missing, a loop of links, a folder that may not be entered
        raise unreadable(where, error) from error
    suffix = path.suffix.lower()
    if not stat.S_ISREG(mode):
        raise NoSource(where, "is neither a file nor a folder; pipe it to - with --name NAME")
    if suffix in NOT_PLAIN:
        raise NoSource(where, NOT_PLAIN[suffix])
    if suffix == ".toml" and not (names_parts(path) or is_folder_sidecar(path)):
        if any(path.with_suffix(end).exists() for end in (".txt", ".TXT")):
            return []  # raw/* names the sidecars too; they go with their texts
        what = "is a sidecar without parts, and its text is not beside it"
        raise NoSource(where, f"{what}; put {path.stem}.txt there, name its files in parts, or do not name it")
    return [path]


def sources_below(folder: Path, under: str) -> Iterator[tuple[Path, str]]:
    """What the sub-folders of a folder give, at any depth, with the path to each; one that may not be entered is passed over."""
    try:
        inner = sorted(entry for entry in folder.iterdir() if entry.is_dir() and not entry.is_symlink() and not entry.name.startswith("."))
    except OSError:
        return
    for entry in inner:
        if (entry / LEDGER).exists() or is_folder_sidecar(entry / OF_FOLDER):
            continue
        path = f"{under}/{entry.name}" if under else entry.name
        with suppress(NoSource):
            yield from ((file, path) for file in sources_at(entry))
        yield from sources_below(entry, path)


def _of_folder(entry: Path) -> Path | None:
    """What makes an entry of a folder a source: a text, a sidecar that lists parts, the sidecar of a sub-folder; None when it is none."""
    if is_text(entry):
        return entry
    if entry.suffix.lower() == ".toml" and not entry.name.startswith(".") and entry.is_file() and names_parts(entry):
        return entry
    return entry / OF_FOLDER if not entry.name.startswith(".") and is_folder_sidecar(entry / OF_FOLDER) else None


def is_folder_sidecar(path: Path) -> bool:
    """Whether this ``source.toml`` makes its folder one source; beside a ``source.txt`` it is that text's own, unless it lists parts."""
    if path.name != OF_FOLDER or not path.is_file():
        return False
    return not any(path.with_suffix(end).is_file() for end in (".txt", ".TXT")) or names_parts(path)


def names_parts(sidecar: Path) -> bool:
    """Whether a sidecar lists parts, without reading it as TOML: the key stands before all tables."""
    try:
        data = sidecar.read_bytes()
    except OSError:  # said when it is read in earnest
        return False
    return b"parts" in data and _PARTS.search(_TABLE.split(data, 1)[0]) is not None


def is_text(path: Path) -> bool:
    """A text of a folder; links that lead nowhere are kept, so that they are reported and not passed over."""
    if path.name.startswith(".") or not path.name.lower().endswith(".txt"):
        return False
    return path.is_file() or (path.is_symlink() and not path.exists())
