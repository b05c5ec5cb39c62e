"""The texts of a corpus: every TEI file in a folder and its sub-folders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree
from msgspec import Struct

from tei_pipeline.decisions import Problem
from tei_pipeline.errors import PipelineError, printable
from tei_pipeline.exporters.exported import TEI
from tei_pipeline.validate.parse import parse

if TYPE_CHECKING:
    from tei_pipeline.provenance import Provenance

START = 4096  # bytes, in which the root of a TEI file begins; before it stand the declaration and references to schemas
_INLINE = ".inline.xml"  # an export of build beside the edition, of the same text
_ROOT = (b"<TEI", b"<TEI.2", b"<tei:TEI")


class NoEditions(PipelineError):
    """There is nothing to make a corpus of."""

    nothing = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"{printable(str(folder))}: no TEI file in this folder or below it; build some editions first")


class NotAFolder(PipelineError):
    """What was named as the folder of the editions is none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        why = "is no folder; name the one that holds the editions" if path.exists() else "is not there; check the path"
        super().__init__(f"{printable(str(path))}: {why}")


class Member(Struct, frozen=True):
    """One text: ``key`` names it in the corpus (the folder of an edition of ours, else its path without ``.xml``), ``root`` is its TEI."""

    key: str
    path: Path
    root: etree._Element

    def provenance(self) -> Provenance | None:
        """The provenance file beside it; None when there is none that can be read."""
        from tei_pipeline.provenance import load

        path = self.path.with_name(f"{self.path.stem}.provenance.json")
        try:
            return load(path.read_bytes(), str(path))
        except (OSError, PipelineError):
            return None


def find_members(folder: Path) -> list[tuple[str, Path]]:
    """Key and path of each TEI file, by key. Hidden files and folders and links to folders are passed over.

    Raises :class:`NoEditions`, :class:`NotAFolder`.
    """
    found = {}
    for path in _files(folder):
        inner = path.relative_to(folder)
        ours = path.stem == path.parent.name and len(inner.parts) > 1
        found[(inner.parent if ours else inner.with_suffix("")).as_posix()] = path
    if not found:
        raise NoEditions(folder) if folder.is_dir() else NotAFolder(folder)
    return sorted(found.items())


def read_member(key: str, path: Path) -> Member | tuple[Problem, ...]:
    """The text, read safely; or what is wrong with its file."""
    tree, problems = parse(path)
    if tree is None:
        return tuple(problems)
    root = tree.getroot()
    if root.tag != TEI + "TEI":
        return (Problem("error", "not-tei", f"the root element is {etree.QName(root).localname}, not TEI of the TEI namespace"),)
    return Member(key, path, root)


def _files(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _files(entry)
        elif entry.suffix.lower() == ".xml" and not entry.name.endswith(_INLINE) and _is_tei(entry):
            yield entry


def _is_tei(path: Path) -> bool:
    """Whether the root of the file seems to be ``TEI``; UTF-16 is asked without its NULs."""
    try:
        with path.open("rb") as file:
            start = file.read(START).replace(b"\0", b"")
    except OSError:
        return False
    return any(root in start for root in _ROOT)
