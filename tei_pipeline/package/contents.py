"""What goes into one package of any format: the files of its editions, the schemas that they name, and a page that explains them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from msgspec import Struct, field

from tei_pipeline.errors import PipelineError, printable
from tei_pipeline.package.deposit import Deposit
from tei_pipeline.package.fixity import SHA256, Digests, copy
from tei_pipeline.package.item import Item, below
from tei_pipeline.package.names import UnsafePath, check_distinct
from tei_pipeline.package.readme import readme
from tei_pipeline.schemas import has_schema, read_schema

SCHEMAS = ("edition.rng", "edition.sch", "document.schema.json", "provenance.schema.json", "sidecar.schema.json")


class ChangedMeanwhile(PipelineError):
    """A file changed between its proof and its copy."""

    def __init__(self, path: Path | bytes, where: str) -> None:
        self.path, self.where = path, where
        super().__init__(f"{printable(str(path) if isinstance(path, Path) else where)}: changed while it was packed; run package again")


class Contents(Struct, frozen=True):
    """The contents of a package: its name, its editions, the one time that it states (UTC; empty: none known).

    ``collected``: a collection, in which each edition has a folder of its own. ``previous``: the package that is there
    already, for a format that adds a version to it. ``hashed`` is told how many bytes were copied.
    """

    name: str
    deposits: tuple[Deposit, ...]
    date: str = ""
    collected: bool = False
    previous: Path | None = None
    hashed: Callable[[int], None] = field(default=lambda size: None)

    def folder(self, deposit: Deposit) -> str:
        """Where the files of an edition are; empty when there is only one."""
        return deposit.key if self.collected else ""

    def of(self, deposit: Deposit) -> tuple[Item, ...]:
        """The files of one edition with their paths in the package."""
        return below(self.folder(deposit), deposit.items)

    def shared(self) -> tuple[Item, ...]:
        """What belongs to all editions: schemas, and the page that explains the package."""
        known = [name for name in SCHEMAS if has_schema(name)]
        schemas = [Item(f"schemas/{name}", read_schema(name), "schema") for name in known]
        return (*schemas, Item("documentation/README.md", readme(self.deposits), "documentation"))

    def items(self) -> tuple[Item, ...]:
        """All files, in the order of their paths. Raises :class:`~tei_pipeline.package.names.NamesCollide`."""
        items = [item for deposit in self.deposits for item in self.of(deposit)]
        items += self.shared()
        check_distinct(item.path for item in items)
        return tuple(sorted(items, key=lambda item: item.path))


def write_items(root: Path, items: Iterable[Item], algorithms: Sequence[str], hashed: Callable[[int], None]) -> dict[str, Digests]:
    """Write files below ``root``; their digests by path. Raises :class:`ChangedMeanwhile`, :class:`UnsafePath`, :class:`OSError`."""
    wanted = algorithms if SHA256 in algorithms else (SHA256, *algorithms)
    written = {}
    for item in items:
        target = root / item.path
        if ".." in target.parts or item.path.startswith("/"):
            raise UnsafePath(item.path)
        target.parent.mkdir(parents=True, exist_ok=True)
        made = copy(item.data, target, wanted if item.sha256 else algorithms, hashed)
        if item.sha256 and made[SHA256] != item.sha256:
            raise ChangedMeanwhile(item.data, item.path)
        written[item.path] = made
    return written


def write_text(path: Path, text: str, algorithms: Sequence[str] = (SHA256,)) -> Digests:
    """Write a small new file in UTF-8; its digests."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return copy(text.encode(), path, algorithms)
