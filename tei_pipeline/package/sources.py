"""The text as received, and its sidecar: looked for by name in the folders of the sources, and known by hash."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from tei_pipeline.decisions import Problem
from tei_pipeline.errors import printable
from tei_pipeline.package.editions import EditionAt
from tei_pipeline.package.fixity import SHA256, digests
from tei_pipeline.package.origin import Origin
from tei_pipeline.sidecar import OF_FOLDER

Found: TypeAlias = list[tuple[str, Path | bytes, str]]


def find_sources(origin: Origin, edition: EditionAt, folders: Sequence[Path]) -> tuple[Found | None, list[Problem]]:
    """The files that the edition was made from (name, place, hash), and what looked like one of them and was not."""
    wrong: list[Path] = []
    for base in source_folders(edition, folders):
        found: Found = []
        for file in origin.sources:
            own = Path(origin.name).name  # from a provenance file of strangers too, a name leads to no other folder
            names = [file.path] if origin.parts else [f"{own}.txt", f"{own}.TXT", own]
            at = next((base / each for each in names if (base / each).is_file()), None)
            if at is None:
                break
            if at.stat().st_size != file.size or digests(at)[SHA256] != file.sha256:
                if at.name not in origin.outputs or at.parent.resolve() != edition.folder.resolve():  # not its own export as plain text
                    wrong.append(at)
                break
            found.append((file.path or at.name, at, file.sha256))
        else:
            return found, []
    other = "not the text that this edition was made from"
    return None, [Problem("warning", "other-source", f"{other}: {printable(str(path))}") for path in wrong]


def find_sidecar(origin: Origin, edition: EditionAt, folders: Sequence[Path]) -> tuple[Path | None, list[Problem]]:
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
