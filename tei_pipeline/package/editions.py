"""Which editions paths name: a TEI file, the folder of an edition, or folders of such folders. Names are looked at, files are not read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from tei_pipeline.errors import PipelineError, printable
from tei_pipeline.output import provenance_name


class EditionAt(Struct, frozen=True):
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


class NoEditions(NoEdition):
    """A folder was named that holds no edition."""

    nothing = True


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
