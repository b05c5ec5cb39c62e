"""What one edition brings into a package: its files, the source text as it was received, and its description.

The source is proved before anything is written. A file that has the hash which the provenance names is the source; when none is at hand,
the edition itself gives it back, byte for byte. An edition that is as ``build`` wrote it was proved and found valid then; one that somebody
changed since is proved and validated again, and its exports are made anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree
from msgspec import Struct

from tei_pipeline.crosswalk.elements import TEI
from tei_pipeline.crosswalk.header import read_record
from tei_pipeline.crosswalk.record import Record
from tei_pipeline.decisions import Problem
from tei_pipeline.errors import PipelineError, printable
from tei_pipeline.messages import sentence
from tei_pipeline.output import provenance_name
from tei_pipeline.package.editions import EditionAt, NoEdition
from tei_pipeline.package.fixity import SHA256, digests
from tei_pipeline.package.item import SOFTWARE, Item, item_of
from tei_pipeline.package.names import check_distinct, safe_path
from tei_pipeline.package.origin import Origin, read_origin
from tei_pipeline.package.report import Checked, validation_report
from tei_pipeline.package.sources import Found, find_sidecar, find_sources

if TYPE_CHECKING:
    from tei_pipeline.provenance import Provenance


class Deposit(Struct, frozen=True):
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


class NotValid(PipelineError):
    """The edition was changed, and is not valid any more."""

    def __init__(self, path: Path, problems: Sequence[Problem]) -> None:
        self.path, self.problems = path, tuple(problems)
        first = sentence(problems[0], printable(str(path)))
        super().__init__(f"{first}; {len(problems)} faults in all: mend them (tei-pipeline validate names each), then package it")


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
    found, said = find_sources(origin, edition, sources)
    sidecar, also = find_sidecar(origin, edition, sources)
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
    items.append(item_of("tei", f"{edition.name}.validation.json", report, "validation"))
    check_distinct(item.path for item in items)
    return Deposit(edition.name, safe_path(edition.key), record, origin, tuple(items), checked, found is None, changed, tuple(problems))


# ---------------------------------------------------------------- the source


def _of_restored(files: dict[str, bytes], origin: Origin, name: str) -> Found:
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
        yield item_of("source", path, data, "source", digest)
    if sidecar is not None:
        yield item_of("source", sidecar.name, sidecar, "sidecar", origin.sidecar)
    yield item_of("tei", edition.tei.name, edition.tei, "tei", hashes.get(edition.tei.name, ""))
    for file in sorted(origin.outputs):
        if file in exports:
            yield item_of("tei", file, exports[file], "export")
        elif file in hashes and file != edition.tei.name:
            yield item_of("tei", file, edition.folder / file, "export", hashes[file])
    name = provenance_name(edition.name)
    yield item_of("tei", name, edition.folder / name, "provenance")


def _digest(item: Item) -> str:
    return hashlib.sha256(item.data).hexdigest() if isinstance(item.data, bytes) else item.sha256
