"""An information package of E-ARK (CSIP 2.1): METS with fixity for every file, PREMIS, MODS and Dublin Core, two representations.

``source`` is the text as received with its sidecar, ``tei`` the edition with its exports, provenance and validation report.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from tei_pipeline.crosswalk.dublin_core import oai_dc
from tei_pipeline.crosswalk.mods import VERSION, mods
from tei_pipeline.crosswalk.serialise import serialised
from tei_pipeline.decisions import Problem
from tei_pipeline.exporters.exported import ExportError, require
from tei_pipeline.package.contents import Contents, write_items
from tei_pipeline.package.deposit import Deposit
from tei_pipeline.package.fixity import SHA256, SHA512, Digests, copy
from tei_pipeline.package.item import Item
from tei_pipeline.package.mets import PROFILES, Description, Group, Metadata, Reference, Section, mets, references
from tei_pipeline.package.names import safe_step
from tei_pipeline.package.premis import Held, objects_of, premis

ALGORITHMS = (SHA256, SHA512)
REPRESENTATIONS = ("source", "tei")
METS_NAME = "METS.xml"


class CsipOptions(Struct, frozen=True):
    """``type``: AIP or SIP, what the package says that it is; ``organization``: who submits it, if not the publisher of the edition.

    ``schemas``: a folder with more schemas (``*.xsd``) that belong into the package: those of METS, MODS and PREMIS are not ours to give.
    """

    type: str = "AIP"
    organization: str = ""
    schemas: str = ""

    def __post_init__(self) -> None:
        require("type", self.type, tuple(PROFILES))
        if self.schemas and not Path(self.schemas).is_dir():
            raise ExportError("schemas", f"{self.schemas} is no folder")

    def more(self) -> tuple[Item, ...]:
        """The schemas of that folder."""
        paths = sorted(Path(self.schemas).glob("*.xsd")) if self.schemas else []
        return tuple(Item(f"schemas/{safe_step(path.name)}", path, "schema") for path in paths)


def write_csip(root: Path, contents: Contents, options: CsipOptions) -> list[Problem]:
    """Fill ``root`` with the information package of these contents."""
    others = (*contents.shared(), *options.more())
    shared = write_items(root, others, ALGORITHMS, contents.hashed)
    held = {deposit.key: _hold(root, contents, deposit) for deposit in contents.deposits}
    first = contents.deposits[0].record
    organization = options.organization or first.publication.publisher
    metadata = _descriptive(root, contents)
    record = serialised(premis(contents.deposits, held, contents.date, organization=options.organization))
    metadata.append(_metadata(root, "preservation", "PREMIS", "3.0", "metadata/preservation/premis.xml", record))
    groups = []
    for folder, use in (("documentation", "Documentation"), ("schemas", "Schemas")):
        items = [item for item in others if item.path.startswith(f"{folder}/")]
        groups.append(Group(use, references((item.path, item.media_type, shared[item.path]) for item in items)))
    common = Description(contents.name, first.full_title, contents.date, options.type, organization, (), ())
    for name in REPRESENTATIONS:
        path = f"representations/{name}/{METS_NAME}"
        made = _representation(root, contents, name, held, common)
        groups.append(Group(f"Representations/{name}", (Reference(path, "application/xml", made),)))
    described = replace(common, metadata=tuple(metadata), groups=tuple(groups))
    copy(mets(described), root / METS_NAME, (SHA256,))
    return []


def _hold(root: Path, contents: Contents, deposit: Deposit) -> list[Held]:
    """Write the files of an edition into their representations."""
    held = []
    for item in contents.of(deposit):
        folder = contents.folder(deposit)
        inner = item.path.removeprefix(f"{folder}/") if folder else item.path
        representation, _, rest = inner.partition("/")
        placed = replace(item, path=f"representations/{representation}/data/{f'{folder}/' if folder else ''}{rest}")
        held.append((placed, item))
    digests = write_items(root, (placed for placed, _ in held), ALGORITHMS, contents.hashed)
    return [Held(placed.path, item, digests[placed.path]) for placed, item in held]


def _descriptive(root: Path, contents: Contents) -> list[Metadata]:
    made = []
    for deposit in contents.deposits:
        folder = f"metadata/descriptive/{f'{contents.folder(deposit)}/' if contents.collected else ''}"
        for kind, version, name, tree in (
            ("MODS", VERSION, "mods.xml", mods(deposit.record)),
            ("DC", "", "dc.xml", oai_dc(deposit.record)),
        ):
            made.append(_metadata(root, "descriptive", kind, version, f"{folder}{name}", serialised(tree)))
    return made


def _metadata(root: Path, section: Section, kind: str, version: str, path: str, data: bytes, *, base: str = "") -> Metadata:
    digests = _write(root, f"{base}{path}", data)
    return Metadata(section, kind, version, Reference(path, "application/xml", digests))


def _write(root: Path, path: str, data: bytes) -> Digests:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    return copy(data, root / path, ALGORITHMS)


def _representation(root: Path, contents: Contents, name: str, held: dict[str, list[Held]], common: Description) -> Digests:
    """Write the METS and PREMIS of a representation; the digests of its METS file."""
    base = f"representations/{name}/"
    metadata = []
    for deposit in contents.deposits:
        record = serialised(objects_of(deposit, _inside(held[deposit.key], base), name))
        folder = f"{contents.folder(deposit)}/" if contents.collected else ""
        path = f"metadata/preservation/{folder}premis.xml"
        metadata.append(_metadata(root, "preservation", "PREMIS", "3.0", path, record, base=base))
    files = [(each.path.removeprefix(base), each.item.media_type, each.digests) for every in held.values() for each in _inside(every, base)]
    described = replace(common, identifier=name, metadata=tuple(metadata), groups=(Group("Data", references(files)),), prefix=f"{name}-")
    return _write(root, f"{base}{METS_NAME}", mets(described))


def _inside(held: Iterable[Held], base: str) -> list[Held]:
    return [each for each in held if each.path.startswith(base)]
