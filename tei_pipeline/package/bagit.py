"""BagIt 1.0 (RFC 8493): a bag with SHA-256 and SHA-512 of every file, described by a BagIt Profile of ours.

The Library of Congress' ``bagit`` library judges the bags in the tests. It does not write them: ``make_bag`` declares version 0.97, lists
the tag files in the order in which the file system gives them, and reads every file a second time.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from tei_pipeline.decisions import Problem
from tei_pipeline.package.contents import Contents, write_items, write_text
from tei_pipeline.package.fixity import SHA256, SHA512, Digests
from tei_pipeline.package.item import SOFTWARE, Item
from tei_pipeline.schemas import read_schema

ALGORITHMS = (SHA256, SHA512)
VERSION = "1.0"
DECLARATION = f"BagIt-Version: {VERSION}\nTag-File-Character-Encoding: UTF-8\n"
PROFILE = "https://tei-pipeline.example/schemas/bagit-profile/1/bagit-profile.json"


class BagOptions(Struct, frozen=True):
    """``organization``: who sends the bag (Source-Organization), if not the publisher of the edition; ``group``: Bag-Group-Identifier."""

    organization: str = ""
    group: str = ""


def write_bag(root: Path, contents: Contents, options: BagOptions) -> list[Problem]:
    """Fill ``root`` with the bag of these contents."""
    profile = Item("schemas/bagit-profile.json", read_schema("bagit-profile.json"), "schema")
    payload = write_items(root / "data", (*contents.items(), profile), ALGORITHMS, contents.hashed)
    tags = {"bagit.txt": write_text(root / "bagit.txt", DECLARATION, ALGORITHMS)}
    info = "".join(f"{label}: {' '.join(value.split())}\n" for label, value in _info(contents, options, payload))
    tags["bag-info.txt"] = write_text(root / "bag-info.txt", info, ALGORITHMS)
    for algorithm in ALGORITHMS:
        lines = _manifest({f"data/{path}": made for path, made in payload.items()}, algorithm)
        tags[f"manifest-{algorithm}.txt"] = write_text(root / f"manifest-{algorithm}.txt", lines, ALGORITHMS)
    for algorithm in ALGORITHMS:
        write_text(root / f"tagmanifest-{algorithm}.txt", _manifest(tags, algorithm))
    return []


def _manifest(files: dict[str, Digests], algorithm: str) -> str:
    """Lines of hash and path, in the order of the paths; no path of ours has a character that would be encoded here."""
    return "".join(f"{files[path][algorithm]}  {path}\n" for path in sorted(files))


def _info(contents: Contents, options: BagOptions, payload: dict[str, Digests]) -> list[tuple[str, str]]:
    records = [deposit.record for deposit in contents.deposits]
    organizations = [options.organization] if options.organization else [record.publication.publisher for record in records]
    identifiers = [identifier.uri or identifier.value for record in records for identifier in record.identifiers]
    size = sum(made.size for made in payload.values())
    lines = [("Source-Organization", name) for name in organizations]
    lines += [("External-Description", record.full_title) for record in records]
    lines += [("External-Identifier", identifier) for identifier in identifiers or [deposit.name for deposit in contents.deposits]]
    lines += [("Bagging-Date", contents.date[: len("2024-05-31")])]
    lines += [("Payload-Oxum", f"{size}.{len(payload)}"), ("Bag-Group-Identifier", options.group)]
    lines += [("Internal-Sender-Identifier", contents.name), ("Internal-Sender-Description", "TEI edition with the text it was made from")]
    lines += [("Bag-Software-Agent", SOFTWARE), ("BagIt-Profile-Identifier", PROFILE)]
    return list(dict.fromkeys((label, value) for label, value in lines if value.strip()))
