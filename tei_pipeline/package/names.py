"""Names of files inside packages: such as every file system and every validator takes.

RFC 8493 (BagIt), 2.1.3 has CR, LF and the percent sign encoded in manifests, and 6.1.1 warns of what Windows does not take, of names that
differ only in case or normalisation, and of paths that leave the bag. The Library of Congress' own program does not decode the percent
sign. So none of this gets into a package: such characters become ``_``, and what the file was called stays in the provenance.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

from tei_pipeline.errors import PipelineError, printable

LONGEST_STEP = 200  # bytes: file systems hold 255, and staging adds to the name
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*%\u2028\u2029\ud800-\udfff]')
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|COM[1-9]|LPT[1-9])(?:\..*)?", re.IGNORECASE)  # Windows: naming files, paths and namespaces


class UnsafePath(PipelineError):
    """A path that would leave its package."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"{printable(path)}: a path that leaves its package; nothing was written")


class NamesCollide(PipelineError):
    """Two files of a package would be the same file in some file system."""

    def __init__(self, first: str, second: str) -> None:
        self.first, self.second = first, second
        what = "would be one file where case or Unicode normalisation is not told apart"
        super().__init__(f"{printable(second)}: it and {printable(first)} {what}; rename one of the sources and build again")


def safe_step(name: str) -> str:
    """One step of a path that every system takes, as near to ``name`` as can be; normalised to NFC."""
    made = _UNSAFE.sub("_", unicodedata.normalize("NFC", name))
    made = re.sub(r"^[ .]|[ .]+$", "_", made) or "_"
    if _RESERVED.fullmatch(made):
        made = f"_{made}"
    while len(made.encode()) > LONGEST_STEP:
        stem, dot, ending = made.rpartition(".")
        short = dot and len(ending) <= len("provenance") and stem
        made = f"{stem[:-1]}.{ending}" if short else made[:-1]
    return made


def safe_path(path: str) -> str:
    """A relative path of safe steps. Raises :class:`UnsafePath` for one that leaves its folder."""
    steps = path.split("/")
    if path.startswith("/") or ".." in steps:
        raise UnsafePath(path)
    return "/".join(safe_step(step) for step in steps if step not in ("", "."))


def check_distinct(paths: Iterable[str]) -> None:
    """Raise :class:`NamesCollide` when two paths, or a file and a folder, differ in case or normalisation only."""
    seen: dict[str, str] = {}
    folders: dict[str, str] = {}
    for path in paths:
        key = folded(path)
        if key in seen:
            raise NamesCollide(seen[key], path)
        if key in folders:
            raise NamesCollide(folders[key], path)
        seen[key] = path
        for parent in PurePosixPath(path).parents[:-1]:
            known = folders.setdefault(folded(str(parent)), str(parent))
            if known != str(parent) or folded(known) in seen:
                raise NamesCollide(known if known != str(parent) else seen[folded(known)], path)


def folded(path: str) -> str:
    """What a path is to a file system that knows neither case nor normalisation."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
