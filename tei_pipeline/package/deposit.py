"""What one edition brings into a package: its files, the source text as it was received, and its description.

The source is proved before anything is written. A file that has the hash which the provenance names is the source; when none is at hand,
the edition itself gives it back, byte for byte. An edition that is as ``build`` wrote it was proved and found valid then; one that somebody
changed since is proved and validated again, and its exports are made anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from lxml import etree

from tei_pipeline import __version__
from tei_pipeline.crosswalk.header import TEI, read_record
from tei_pipeline.crosswalk.record import Record
from tei_pipeline.decisions import Problem
from tei_pipeline.errors import PipelineError, printable
from tei_pipeline.messages import sentence
from tei_pipeline.output import provenance_name
from tei_pipeline.package.fixity import SHA256, digests
from tei_pipeline.package.names import check_distinct, safe_path
from tei_pipeline.package.origin import Origin, read_origin
from tei_pipeline.package.report import Checked, validation_report
from tei_pipeline.sidecar import OF_FOLDER

if TYPE_CHECKING:
    from tei_pipeline.provenance import Provenance

Role = Literal["source", "sidecar", "tei", "export", "provenance", "validation", "schema", "documentation"]
SOFTWARE = f"tei-pipeline {__version__}"
MEDIA_TYPES = {  # IANA media types, by the ending of the name
    ".txt": "text/plain",
    ".toml": "application/toml",
    ".json": "application/json",
    ".rng": "application/xml",
    ".sch": "application/xml",
    ".xsd": "application/xml",
    ".odd": "application/tei+xml",
    ".md": "text/markdown",
}


@dataclass(frozen=True, slots=True)
class Item:
    """A file of a package: its path in it, where its bytes come from, what it is for.

    ``sha256``: what it must have, when that is known. ``original``: what it was called, when the path could not keep that name.
    """

    path: str
    data: Path | bytes
    role: Role
    sha256: str = ""
    original: str = ""

    @property
    def media_type(self) -> str:
        """Its media type; the edition's is that of RFC 6129."""
        if self.role == "tei":
            return "application/tei+xml"
        ending = self.path.lower().rpartition(".")[2]
        return MEDIA_TYPES.get(f".{ending}", "application/xml" if ending == "xml" else "application/octet-stream")


@dataclass(frozen=True, slots=True)
class Deposit:
    """An edition ready to be packed. ``restored``: its source came out of the edition itself; ``changed``: somebody edited its TEI."""

    name: str
    key: str
    record: Record
    origin: Origin
    items: tuple[Item, ...]
    checked: Checked
    restored: bool
    changed: bool
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionAt:
    """Where an edition is: the folder with ``NAME.xml`` and ``NAME.provenance.json``, and its path below what was named (``key``)."""

    folder: Path
    name: str
    key: str

    @property
    def tei(self) -> Path:
        """Its TEI."""
        return self.folder / f"{self.name}.xml"


class NoEdition(PipelineError):
    """Something was named that holds no edition of this program."""

    def __init__(self, path: Path, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(f"{printable(str(path))}: {why}")


class NotValid(PipelineError):
    """The edition was changed, and is not valid any more."""

    def __init__(self, path: Path, problems: Sequence[Problem]) -> None:
        self.path, self.problems = path, tuple(problems)
        first = sentence(problems[0], printable(str(path)))
        super().__init__(f"{first}; {len(problems)} faults in all: mend them (tei-pipeline validate names each), then package it")


class NoEditions(NoEdition):
    """A folder was named that holds no edition."""


def find_editions(paths: Iterable[Path]) -> tuple[list[EditionAt], list[NoEdition]]:
    """The editions that paths name: a TEI file, the folder of an edition, or a folder of such folders; and what is none."""
    found: dict[tuple[Path, str], EditionAt] = {}
    errors = []
    for path in paths:
        try:
            for edition in _editions(path):
                found.setdefault((edition.folder.resolve(), edition.name), edition)
        except NoEdition as error:
            errors.append(error)
        except OSError as error:
            errors.append(NoEdition(path, f"cannot be read ({error.strerror or error})"))
    return list(found.values()), errors


def _editions(path: Path) -> list[EditionAt]:
    if path.is_dir():
        here = list(_below(path, path))
        if not here:
            raise NoEditions(path, "no edition is in this folder (NAME.xml with NAME.provenance.json beside it); build one first")
        return here
    if not path.exists():
        raise NoEdition(path, "is not there; check the path")
    edition = EditionAt(path.parent, path.name.removesuffix(".xml"), path.name.removesuffix(".xml"))
    if path.suffix != ".xml" or not (path.parent / provenance_name(edition.name)).is_file():
        what = provenance_name(path.stem)
        raise NoEdition(path, f"is no edition with its provenance: {printable(what)} must stand beside NAME.xml; name that, or its folder")
    return [edition]


def _below(folder: Path, top: Path) -> Iterator[EditionAt]:
    """The editions in a folder and below it, in the order of names; hidden folders and links to folders are passed over."""
    suffix = provenance_name("")
    entries = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    above = folder.relative_to(top).as_posix().removeprefix(".")
    for path in entries:
        name = path.name.removesuffix(suffix)
        if name != path.name and (folder / f"{name}.xml").is_file():
            key = above if folder.name == name and above else f"{above}/{name}".removeprefix("/")
            yield EditionAt(folder, name, key)
    for path in entries:
        if path.is_dir() and not path.is_symlink():
            yield from _below(path, top)


def read_deposit(edition: EditionAt, sources: Sequence[Path]) -> Deposit:
    """The edition with its source, proved. ``sources``: folders in which the text as received is looked for.

    Raises :class:`ProvenanceUnreadable`, :class:`NotValid`, what :func:`~tei_pipeline.fidelity.restore_files` raises, :class:`NoEdition`.
    """
    origin = read_origin(edition.folder, edition.name)
    label = printable(str(edition.tei))
    problems: list[Problem] = []
    try:
        hashes = {file: digests(edition.folder / file)[SHA256] for file in origin.outputs if (edition.folder / file).is_file()}
    except OSError as error:
        raise NoEdition(edition.tei, f"cannot be read ({error.strerror or error})") from error
    tei_name = edition.tei.name
    changed = hashes.get(tei_name) != origin.outputs.get(tei_name)
    stale = [file for file in origin.outputs if file != tei_name and (changed or hashes.get(file) != origin.outputs[file])]
    found, said = _find_sources(origin, edition, sources)
    sidecar, also = _find_sidecar(origin, edition, sources)
    problems += [*said, *also]
    whole = _whole(edition, label) if changed or stale or found is None else None
    checked = Checked(origin.program, "conversion", tuple(Problem(*row) for row in origin.problems))
    if changed:
        assert whole is not None
        checked = Checked(SOFTWARE, "packaging", tuple(_validated(edition.tei, whole)))
        problems.append(Problem("info", "edition-changed", "changed by hand since it was built: proved and validated again"))
    restored: dict[str, bytes] | None = None
    if whole is not None and (changed or found is None):
        restored = _restored(edition, whole, label)
    files: Sequence[tuple[str, Path | bytes, str]] = found if found is not None else _of_restored(restored or {}, origin, edition.name)
    record = read_record(whole) if whole is not None else _record(edition.tei)
    exports = _renewed(whole, edition.name, stale) if whole is not None and stale else {}
    if stale and not changed:
        listed = ", ".join(map(printable, stale))
        problems.append(Problem("warning", "export-renewed", f"not as build wrote it, so made anew from the TEI: {listed}"))
    items = list(_items(edition, origin, files, sidecar, exports, hashes))
    stated = [(item.path.rpartition("/")[2], _digest(item)) for item in items if item.role in ("tei", "export")]
    report = validation_report(edition.name, checked, origin.sources, stated, restored=found is None)
    items.append(_item("tei", f"{edition.name}.validation.json", report, "validation"))
    check_distinct(item.path for item in items)
    return Deposit(edition.name, safe_path(edition.key), record, origin, tuple(items), checked, found is None, changed, tuple(problems))


# ---------------------------------------------------------------- the source


_Found = list[tuple[str, Path | bytes, str]]


def _find_sources(origin: Origin, edition: EditionAt, folders: Sequence[Path]) -> tuple[_Found | None, list[Problem]]:
    """The files that the edition was made from (name, place, hash), and what looked like one of them and was not."""
    wrong: list[Path] = []
    for base in source_folders(edition, folders):
        found: _Found = []
        for file in origin.sources:
            names = [file.path] if origin.parts else [f"{origin.name}.txt", f"{origin.name}.TXT", origin.name]
            at = next((base / each for each in names if (base / each).is_file()), None)
            if at is None:
                break
            if at.stat().st_size != file.size or digests(at)[SHA256] != file.sha256:
                wrong.append(at)
                break
            found.append((file.path or at.name, at, file.sha256))
        else:
            return found, []
    other = "not the text that this edition was made from"
    return None, [Problem("warning", "other-source", f"{other}: {printable(str(path))}") for path in wrong]


def _find_sidecar(origin: Origin, edition: EditionAt, folders: Sequence[Path]) -> tuple[Path | None, list[Problem]]:
    """The sidecar that the edition was built with, known by its hash; and what is to be said of others, or of its absence."""
    names = [f"{edition.name}.toml", *([OF_FOLDER] if origin.parts else [])]
    there = [base / name for base in source_folders(edition, folders) for name in names if (base / name).is_file()]
    for path in there if origin.sidecar else ():
        if digests(path)[SHA256] == origin.sidecar:
            return path, []
    other = "left out, because the edition was built without it, or before it was changed; build again, and it goes in"
    problems = [Problem("warning", "other-sidecar", f"{printable(str(path))}: {other}") for path in there]
    if origin.sidecar and not there:
        what = "the sidecar that the edition was built with is not at hand, so it is not in the package; name its folder with --source"
        problems = [Problem("warning", "no-sidecar", what)]
    return None, problems


def source_folders(edition: EditionAt, folders: Iterable[Path]) -> list[Path]:
    """Where the source of an edition may be: in each folder, where it would be below it, and in a folder of its own."""
    above = edition.key.rpartition("/")[0]
    return list(dict.fromkeys(folder / step for folder in folders for step in ("", above, edition.name, edition.key)))


def _of_restored(files: dict[str, bytes], origin: Origin, name: str) -> _Found:
    known = {file.path: file.sha256 for file in origin.sources}
    return [(path or f"{name}.txt", data, known[path]) for path, data in files.items()]


def _restored(edition: EditionAt, root: etree._Element, label: str) -> dict[str, bytes]:
    from tei_pipeline import fidelity

    return fidelity.restore_files(root, _provenance(edition), label=label)


def _provenance(edition: EditionAt) -> Provenance:
    from tei_pipeline.provenance import load

    path = edition.folder / provenance_name(edition.name)
    return load(path.read_bytes(), printable(str(path)))


# ---------------------------------------------------------------- the edition


def _whole(edition: EditionAt, label: str) -> etree._Element:
    from tei_pipeline.validate.parse import parse

    tree, problems = parse(edition.tei)
    if tree is None:
        raise NotValid(edition.tei, problems)
    return tree.getroot()


def _validated(path: Path, root: etree._Element) -> list[Problem]:
    from tei_pipeline.validate import validate_edition

    problems = validate_edition(root)
    faults = [problem for problem in problems if problem.level == "error"]
    if faults:
        raise NotValid(path, faults)
    return problems


def _record(path: Path) -> Record:
    """The description, from the header alone: the text behind it is not read."""
    header = f"{{{TEI}}}teiHeader"
    try:
        with path.open("rb") as file:
            for _, element in etree.iterparse(file, events=("end",), tag=header, resolve_entities=False, no_network=True, load_dtd=False):
                return read_record(element)
    except etree.XMLSyntaxError as error:
        raise NoEdition(path, f"is no XML: {error.msg}") from error
    return Record()


def _renewed(root: etree._Element, name: str, stale: Sequence[str]) -> dict[str, bytes]:
    """The exports among the files that are not as they were written, made anew of the TEI."""
    from tei_pipeline.exporters import EXPORTERS

    made = {}
    for exporter in EXPORTERS.values():
        file, inline = f"{name}{exporter.suffix}", f"{name}.inline{exporter.suffix}"
        if file in stale:
            made[file] = exporter(root).data
        if exporter.name == "xml" and inline in stale:
            made[inline] = exporter(root, notes="inline").data
    return made


def _items(
    edition: EditionAt,
    origin: Origin,
    sources: Iterable[tuple[str, Path | bytes, str]],
    sidecar: Path | None,
    exports: dict[str, bytes],
    hashes: dict[str, str],
) -> Iterable[Item]:
    for path, data, digest in sources:
        yield _item("source", path, data, "source", digest)
    if sidecar is not None:
        yield _item("source", sidecar.name, sidecar, "sidecar", origin.sidecar)
    yield _item("tei", edition.tei.name, edition.tei, "tei", hashes.get(edition.tei.name, ""))
    for file in sorted(origin.outputs):
        if file in exports:
            yield _item("tei", file, exports[file], "export")
        elif file in hashes and file != edition.tei.name:
            yield _item("tei", file, edition.folder / file, "export", hashes[file])
    name = provenance_name(edition.name)
    yield _item("tei", name, edition.folder / name, "provenance")


def _digest(item: Item) -> str:
    return hashlib.sha256(item.data).hexdigest() if isinstance(item.data, bytes) else item.sha256


def _item(folder: str, path: str, data: Path | bytes, role: Role, sha256: str = "") -> Item:
    safe = f"{folder}/{safe_path(path)}"
    return Item(safe, data, role, sha256, "" if safe == f"{folder}/{path}" else path)


def below(folder: str, items: Iterable[Item]) -> tuple[Item, ...]:
    """The items with their paths below a folder; as they are when it has no name."""
    return tuple(replace(item, path=f"{folder}/{item.path}") if folder else item for item in items)
