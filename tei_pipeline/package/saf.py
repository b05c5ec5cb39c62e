"""DSpace Simple Archive Format: a folder for each item, with its Dublin Core, its files, and ``contents``, which puts them into bundles.

DSpace documentation, "Importing and Exporting Items via Simple Archive Format". An item's files lie flat beside each other.
The format has no digests, so a list of them goes with the files.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lxml import etree
from msgspec import Struct
from msgspec.structs import replace

from tei_pipeline.crosswalk.dublin_core import statements
from tei_pipeline.crosswalk.record import Record
from tei_pipeline.crosswalk.serialise import serialised
from tei_pipeline.decisions import Problem
from tei_pipeline.package.contents import Contents, write_items, write_text
from tei_pipeline.package.deposit import Deposit
from tei_pipeline.package.fixity import SHA256, copy
from tei_pipeline.package.item import Item, Role
from tei_pipeline.package.names import folded

# Where each kind of file goes: the bundle that readers see, or the one for what describes it; and what the item's page says of it.
BUNDLES: dict[Role, tuple[str, str]] = {
    "tei": ("ORIGINAL", "Edition (TEI P5)"),
    "export": ("ORIGINAL", "Edition, another format"),
    "source": ("ORIGINAL", "Text as received"),
    "sidecar": ("METADATA", "What the editor knew of the text"),
    "provenance": ("METADATA", "Provenance of the edition"),
    "validation": ("METADATA", "Validation report"),
    "schema": ("METADATA", "Schema"),
    "documentation": ("METADATA", "What this item holds"),
}
METADATA, CONTENTS, COLLECTIONS, MANIFEST = "dublin_core.xml", "contents", "collections", "manifest-sha256.txt"


class SafOptions(Struct, frozen=True):
    """``collection``: the handles of the collections that the items go into, separated by commas; the first owns them."""

    collection: str = ""


def write_saf(root: Path, contents: Contents, options: SafOptions) -> list[Problem]:
    """Fill ``root`` with an archive of one item for each edition."""
    handles = [handle.strip() for handle in options.collection.split(",") if handle.strip()]
    for deposit in contents.deposits:
        folder = root / deposit.key.replace("/", "_")
        items = list(_flat((*deposit.items, *contents.shared())))
        folder.mkdir()
        made = write_items(folder, items, (SHA256,), contents.hashed)
        made[METADATA] = copy(dublin_core(deposit.record), folder / METADATA, (SHA256,))
        lines = [*map(_line, sorted(items, key=_rank)), f"{MANIFEST}\tbundle:METADATA\tdescription:SHA-256 of the files of this item\n"]
        made[CONTENTS] = write_text(folder / CONTENTS, "".join(lines))
        if handles:
            made[COLLECTIONS] = write_text(folder / COLLECTIONS, "".join(f"{handle}\n" for handle in handles))
        write_text(folder / MANIFEST, "".join(f"{made[name][SHA256]}  {name}\n" for name in sorted(made)))
    return _untitled(contents.deposits)


def dublin_core(record: Record) -> bytes:
    """``dublin_core.xml``, with the qualifiers of DSpace's registry."""
    root = etree.Element("dublin_core", schema="dc")
    for statement in statements(record):
        made = etree.SubElement(root, "dcvalue", element=statement.element, qualifier=statement.qualifier or "none")
        if statement.language:
            made.set("language", statement.language)
        made.text = statement.value
    return serialised(root)


def _flat(items: Iterable[Item]) -> Iterable[Item]:
    """The files beside each other; one whose name is taken gets its role before it."""
    taken = {folded(name) for name in (METADATA, CONTENTS, COLLECTIONS, MANIFEST)}
    for item in items:
        name = item.path.rpartition("/")[2] if item.role != "source" else item.path.partition("/")[2].replace("/", "_")
        while folded(name) in taken:
            name = f"{item.role}-{name}"
        taken.add(folded(name))
        yield replace(item, path=name)


def _rank(item: Item) -> tuple[int, str]:
    return list(BUNDLES).index(item.role), item.path


def _line(item: Item) -> str:
    bundle, said = BUNDLES[item.role]
    primary = "\tprimary:true" if item.role == "tei" else ""
    return f"{item.path}\tbundle:{bundle}\tdescription:{said}{primary}\n"


def _untitled(deposits: Iterable[Deposit]) -> list[Problem]:
    return [
        Problem("warning", "metadata-missing", f"{deposit.name} has no title, and DSpace shows it as untitled")
        for deposit in deposits
        if not deposit.record.title
    ]
