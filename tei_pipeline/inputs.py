"""What to work on: files, folders, lists and standard input become named sources, before any work is done."""

from __future__ import annotations

import codecs
import os
import re
import stat
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from tei_pipeline.errors import PipelineError, place, printable
from tei_pipeline.remote.stage import Stage
from tei_pipeline.sidecar import OF_FOLDER, Sidecar, SourcePart

if TYPE_CHECKING:
    from tei_pipeline.source import Source

STDIN = "-"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LONGEST_NAME = 200  # bytes: file systems hold 255, and ".NAME.provenance.json.new" must fit
LONGEST_LINE = 2_500_000  # characters of at most four bytes: libxml2 reads 10 MB of text in one piece (XML_MAX_TEXT_LENGTH)
LEDGER = "ledger.sqlite"  # by which the output folders of this program are known
RESERVED = {"report.json", "report.html", "corpus.xml", "corpus.json", LEDGER, f"{LEDGER}-wal", f"{LEDGER}-shm", "ledger.lock"}
NOT_PLAIN = {
    ".xml": "is XML, not plain text; use validate or export for TEI",
    ".json": "is JSON, not plain text; use export for a JSON export",
}


_TABLE = re.compile(rb"^[ \t]*\[", re.MULTILINE)
_PARTS = re.compile(rb"""^[ \t]*["']?parts["']?[ \t]*=""", re.MULTILINE)


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

    passing = True

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

    nothing = True


class BadList(PipelineError):
    """A list of paths that cannot be read as one."""

    passing = True

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(f"--list: {why}")


def find_inputs(
    paths: Iterable[Path], *, name: str | None = None, recursive: bool = False, stages: Sequence[Stage] = ()
) -> tuple[list[Input], list[NoSource | BadName]]:
    """The sources that ``paths`` name, in their order, folders sorted; and the errors for what could not be taken.

    A folder gives its ``*.txt`` (any case), the sources of several files that its sidecars list, and those of its sub-folders that are
    one source (they have a ``source.toml``); with ``recursive`` also what its other sub-folders give, each ``under`` its path from the
    folder that was named. Hidden folders, links to folders and the output folders of this program are passed over. A file that is part
    of a source is no source beside it. ``-`` is standard input and needs ``name``. One file named twice is one source. Raises
    :class:`SameName` when two sources have one place in the output (also when only case or Unicode normalisation tells them apart: some
    file systems do not). ``stages`` are folders that stand for addresses; their sources know it.
    """
    inputs: list[Input] = []
    errors: list[NoSource | BadName] = []
    for path in paths:
        try:
            files = _files(path)
            below = list(_below(path, "")) if recursive and path.is_dir() and not _is_folder_sidecar(path / OF_FOLDER) else []
        except NoTexts as error:
            below = list(_below(path, "")) if recursive else []
            files = []
            if not below:
                errors.append(error)
        except NoSource as error:
            errors.append(error)
            continue
        for file, under in [*((file, "") for file in files), *below]:
            try:
                inputs.append(_staged(_named(file, name, under), stages))
            except (NoSource, BadName) as error:
                errors.append(error)
    return _distinct(_without_parts(inputs)), errors


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

    folder = _is_folder_sidecar(path)
    sidecar = read_sidecar(_bytes(path), printable(str(path)), folder=folder)
    if folder and not sidecar.parts:
        from tei_pipeline.parts import in_order

        names = in_order(entry.name for entry in path.parent.iterdir() if _is_text(entry))
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


def read_list(data: bytes) -> list[str]:
    """The paths or addresses of a list: one a line, or with NULs between as ``find -print0`` writes them; from the current folder.

    With a byte order mark it may be UTF-16, as some shells write files; else the bytes are those of the paths. Raises :class:`BadList`.
    """
    if data.startswith(_UTF_16):
        try:
            data = os.fsencode(data.decode("utf-16"))
        except (UnicodeDecodeError, UnicodeEncodeError) as error:
            raise BadList(f"begins as UTF-16 and is none ({error}); save it as UTF-8") from error
    elif data.count(b"\0") > 3 and all(len(entry) < 2 for entry in data.split(b"\0")):  # no list has only names of one letter
        raise BadList("looks like UTF-16 without a byte order mark; save it as UTF-8")
    data = data.removeprefix(codecs.BOM_UTF8)
    entries = data.split(b"\0") if b"\0" in data else [line.removesuffix(b"\r") for line in data.split(b"\n")]
    return [os.fsdecode(entry) for entry in entries if entry.strip()]


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
    elif name.casefold() in RESERVED:
        why = "that is what a file of the output folder is called"
    if why:
        raise BadName(name, where, why)
    return name


def _files(path: Path) -> list[Path]:
    if str(path) == STDIN:
        return [path]
    where = printable(str(path))
    try:
        if path.is_dir():
            if _is_folder_sidecar(path / OF_FOLDER):
                return [path / OF_FOLDER]
            texts = sorted(source for entry in path.iterdir() if (source := _of_folder(entry)))
            if not texts:
                raise NoTexts(where, "no texts (*.txt) in this folder; name its sub-folders, or search them with --recursive")
            return texts
        mode = path.stat().st_mode
    except OSError as error:  # missing, a loop of links, a folder that may not be entered
        raise NoSource(where, _reason(error)) from error
    suffix = path.suffix.lower()
    if not stat.S_ISREG(mode):
        raise NoSource(where, "is neither a file nor a folder; pipe it to - with --name NAME")
    if suffix in NOT_PLAIN:
        raise NoSource(where, NOT_PLAIN[suffix])
    if suffix == ".toml" and not (_names_parts(path) or _is_folder_sidecar(path)):
        if any(path.with_suffix(end).exists() for end in (".txt", ".TXT")):
            return []  # raw/* names the sidecars too; they go with their texts
        what = "is a sidecar without parts, and its text is not beside it"
        raise NoSource(where, f"{what}; put {path.stem}.txt there, name its files in parts, or do not name it")
    return [path]


def _below(folder: Path, under: str) -> Iterator[tuple[Path, str]]:
    """What the sub-folders of a folder give, at any depth, with the path to each; one that may not be entered is passed over."""
    try:
        inner = sorted(entry for entry in folder.iterdir() if entry.is_dir() and not entry.is_symlink() and not entry.name.startswith("."))
    except OSError:
        return
    for entry in inner:
        if (entry / LEDGER).exists() or _is_folder_sidecar(entry / OF_FOLDER):
            continue
        path = f"{under}/{entry.name}" if under else entry.name
        with suppress(NoSource):
            yield from ((file, path) for file in _files(entry))
        yield from _below(entry, path)


def _of_folder(entry: Path) -> Path | None:
    """What makes an entry of a folder a source: a text, a sidecar that lists parts, the sidecar of a sub-folder; None when it is none."""
    if _is_text(entry):
        return entry
    if entry.suffix.lower() == ".toml" and not entry.name.startswith(".") and entry.is_file() and _names_parts(entry):
        return entry
    return entry / OF_FOLDER if not entry.name.startswith(".") and _is_folder_sidecar(entry / OF_FOLDER) else None


def _is_folder_sidecar(path: Path) -> bool:
    """Whether this ``source.toml`` makes its folder one source; beside a ``source.txt`` it is that text's own, unless it lists parts."""
    if path.name != OF_FOLDER or not path.is_file():
        return False
    return not any(path.with_suffix(end).is_file() for end in (".txt", ".TXT")) or _names_parts(path)


def _names_parts(sidecar: Path) -> bool:
    """Whether a sidecar lists parts, without reading it as TOML: the key stands before all tables."""
    try:
        data = sidecar.read_bytes()
    except OSError:  # said when it is read in earnest
        return False
    return b"parts" in data and _PARTS.search(_TABLE.split(data, 1)[0]) is not None


def _is_text(path: Path) -> bool:
    """A text of a folder; links that lead nowhere are kept, so that they are reported and not passed over."""
    if path.name.startswith(".") or not path.name.lower().endswith(".txt"):
        return False
    return path.is_file() or (path.is_symlink() and not path.exists())


def _named(path: Path, name: str | None, under: str = "") -> Input:
    for folder in filter(None, under.split("/")):
        check_name(folder, printable(str(path.parent)))
    if str(path) == STDIN:
        return Input(check_name(name or "", "standard input"), None)
    if path.suffix.lower() == ".toml":
        stem = Path(os.path.realpath(path.parent)).name if _is_folder_sidecar(path) else path.stem
        return Input(check_name(name or stem, printable(str(path))), path, path, under)
    stem = path.name[:-4] if path.name.lower().endswith(".txt") else path.name
    sidecar = path.with_name(f"{stem}.toml")
    known = check_name(name or stem, printable(str(path)))
    if not sidecar.is_file():
        return Input(known, path, None, under)
    return Input(known, sidecar if _names_parts(sidecar) else path, sidecar, under)


def _staged(entry: Input, stages: Sequence[Stage]) -> Input:
    """The source, with the stage that its files stand in, if one of these does."""
    path = entry.path
    known = next((stage for stage in stages if path is not None and path.is_relative_to(stage.folder)), None)
    return entry if known is None else replace(entry, stage=known)


def _without_parts(inputs: list[Input]) -> list[Input]:
    """The sources without the files that are parts of another one."""
    of_others: set[str] = set()
    for entry in inputs:
        if entry.has_parts and entry.sidecar is not None:
            with suppress(PipelineError, OSError):  # said when it is its turn
                of_others.update(os.path.realpath(entry.sidecar.parent / part.file) for part in load_sidecar(entry.sidecar).parts)
    return [entry for entry in inputs if entry.path is None or _real(entry) not in of_others] if of_others else inputs


def _distinct(inputs: Iterable[Input]) -> list[Input]:
    by_name: dict[str, Input] = {}
    for entry in inputs:
        first = by_name.setdefault(_folded(entry.key), entry)
        if first is not entry and _real(first) != _real(entry):
            raise SameName(entry.key, first.label, entry.label)
    for entry in by_name.values():  # the folder of an edition in the folder of another one, called as one of its files
        around = by_name.get(_folded(entry.under)) if entry.under else None
        if around is not None and _folded(entry.name).startswith(f"{_folded(around.name)}."):
            raise SameName(entry.key, around.label, entry.label)
    return list(by_name.values())


def _folded(name: str) -> str:
    """A name as file systems compare it that do not tell case or Unicode normalisation apart."""
    return unicodedata.normalize("NFC", name).casefold()


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
