"""What the checks of all packages share: which files are there, paths that stay inside, digests, problems that name the file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct, field

from tei_pipeline.decisions import Level, Problem
from tei_pipeline.errors import printable
from tei_pipeline.package.fixity import Digests, digests
from tei_pipeline.zipped import files_of

KNOWN = frozenset(hashlib.algorithms_guaranteed)
MOST_TEXT = 256 * 1024 * 1024  # bytes of a manifest or an inventory that are read


class Findings(Struct):
    """Problems of one package, each with the file that has it; ``files`` are those that are there, by their paths below ``root``."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)

    def say(self, path: str, code: str, message: str, *, level: Level = "error", line: int | None = None) -> None:
        """A problem of the file at ``path``; of the package itself when that is empty."""
        where = f"{self.root}/{path}" if path else str(self.root)
        self.problems.append(Problem(level, code, message, line, file=printable(where)))

    def look(self) -> None:
        """List the files; links are not followed, and are problems."""
        for path in files_of(self.root):
            name = path.relative_to(self.root).as_posix()
            if path.is_symlink():
                self.say(name, "link", "a link, which a package cannot hold; put the file itself there")
            self.files[name] = path

    def text(self, path: str) -> str | None:
        """The text of a file in UTF-8, or None when it is missing or none, which is said."""
        found = self.files.get(path)
        if found is None or found.is_symlink():
            self.say(path, "missing", "is not there, and belongs to the package")
            return None
        try:
            if found.stat().st_size > MOST_TEXT:
                self.say(path, "too-large", f"larger than {MOST_TEXT:,} bytes, so it is not read")
                return None
            return found.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.say(path, "encoding", f"byte {error.start} is no UTF-8")
        except OSError as error:
            self.say(path, "unreadable", f"cannot be read: {error.strerror or error}")
        return None

    def digests(self, path: str, algorithms: Iterable[str]) -> Digests | None:
        """The digests of a file that is there; None when it cannot be read, which is said."""
        found = self.files[path]
        if found.is_symlink():
            return None
        try:
            return digests(found, tuple(algorithms))
        except OSError as error:
            self.say(path, "unreadable", f"cannot be read: {error.strerror or error}")
            return None

    def compare(self, path: str, stated: Mapping[str, str], by: str) -> None:
        """Compare the digests of a file that is there with those that ``by`` states, by algorithm."""
        made = self.digests(path, stated)
        for algorithm, digest in stated.items() if made else ():
            if made is not None and made[algorithm] != digest.lower():
                self.say(path, "fixity", f"its {algorithm} is {made[algorithm]}, and {by} says {printable(digest)}: the file was changed")


def names_in(folder: Path) -> list[str]:
    """The names of what a folder holds; none when it may not be read, which is said when it is checked."""
    try:
        return [path.name for path in folder.iterdir()]
    except OSError:
        return []


def is_inside(path: str) -> bool:
    """Whether a relative path stays inside its folder on every system."""
    steps = path.split("/")
    return bool(path) and not path.startswith(("/", "~")) and "\\" not in path and "\0" not in path and not {"", ".", ".."} & set(steps)
