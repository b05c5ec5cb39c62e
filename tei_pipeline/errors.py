"""The one family of exceptions: "cannot go on". Each carries its data; the command line alone makes an exit code of it.

Every sentence names the file (and line or byte), says what is wrong, and what to do.
"""

from __future__ import annotations

from typing import Any, ClassVar


class PipelineError(Exception):
    """Base of every expected failure. ``str(error)`` names the file, what is wrong, and what to do.

    It survives pickling with its data, so that a worker process can hand it to its parent. ``passing`` says whether the cause lies in the
    surroundings (a full disk, a file that is not there), so that another run may succeed at the same bytes; ``nothing``, whether what was
    named is there and holds nothing to work on.
    """

    passing: ClassVar[bool] = False
    nothing: ClassVar[bool] = False

    def __reduce__(self) -> tuple[Any, ...]:
        return _revive, (type(self), self.args, self.__dict__)


def _revive(kind: type[PipelineError], args: tuple[Any, ...], data: dict[str, Any]) -> PipelineError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(data)
    return error


def printable(text: str) -> str:
    """``text`` with control characters, separators and lone surrogates as escapes: a name must not steer a terminal."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in text)


def place(path: str, line: int | None = None, offset: int | None = None) -> str:
    """How messages name a place: ``path, line N, byte M``; lines count from 1, bytes from 0."""
    parts = [printable(path) or "the source"]
    if line is not None:
        parts.append(f"line {line}")
    if offset is not None:
        parts.append(f"byte {offset}")
    return ", ".join(parts)


class EmptySource(PipelineError):
    """The source holds no character that could be printed; there is nothing to encode."""

    def __init__(self, path: str, size: int) -> None:
        self.path, self.size = path, size
        what = f"holds only white space or control characters ({size} bytes)" if size else "is empty"
        super().__init__(f"{place(path)}: the file {what}; give a file with text, or leave it out")


class BinarySource(PipelineError):
    """The source is no plain text; ``kind`` says what it seems to be."""

    def __init__(self, path: str, kind: str, *, line: int | None = None, offset: int | None = None) -> None:
        self.path, self.kind, self.line, self.offset = path, kind, line, offset
        super().__init__(f"{place(path, line, offset)}: this is {kind}, not plain text; save it as plain text (.txt) first")


class UndecodableSource(PipelineError):
    """The byte at ``offset`` is no text in ``encoding``; ``reason`` says why."""

    def __init__(self, path: str, encoding: str, reason: str, *, line: int, offset: int) -> None:
        self.path, self.encoding, self.reason, self.line, self.offset = path, encoding, reason, line, offset
        super().__init__(f"{place(path, line, offset)}: {reason}; mend the file, or name its encoding with --encoding")


class UnknownEncoding(PipelineError):
    """The encoding that was named is none that this program reads."""

    def __init__(self, path: str, encoding: str) -> None:
        self.path, self.encoding = path, encoding
        examples = "utf-8, cp1252, latin-1, cp437, mac-roman, koi8-r"
        super().__init__(f"{place(path)}: {printable(encoding)!r} is no text encoding known here; name one such as {examples}")


class NotTei(PipelineError):
    """XML without any element of TEI P5; ``found`` is the name of its root element."""

    def __init__(self, path: str, found: str) -> None:
        self.path, self.found = path, found
        what = "is not of the namespace http://www.tei-c.org/ns/1.0, nor is any in it"
        super().__init__(f"{place(path)}: the root element {printable(found)} {what}; give a TEI P5 file")


class NotAnEdition(PipelineError):
    """The XML has no TEI ``text`` element to compare; ``found`` is the name of its root element."""

    def __init__(self, path: str, found: str) -> None:
        self.path, self.found = path, found
        super().__init__(
            f"{place(path)}: the root element {printable(found)} has no 'text' of the namespace http://www.tei-c.org/ns/1.0 in it;"
            " give a TEI P5 file with one text"
        )


class FidelityBroken(PipelineError):
    """The printed characters of the TEI are not those of its source any more."""

    def __init__(self, path: str, what: str) -> None:
        self.path, self.what = path, what
        super().__init__(f"{place(path)}: {what}; compare it with its source (tei-pipeline verify) and give the printed characters back")


class ProvenanceUnreadable(PipelineError):
    """The provenance file is broken, hostile, or of a newer version; ``key`` names the part of it."""

    def __init__(self, path: str, what: str, *, key: str = "", line: int | None = None) -> None:
        self.path, self.what, self.key, self.line = path, what, key, line
        part = f"{key}: " if key else ""
        super().__init__(f"{place(path, line)}: no usable provenance file: {part}{what}; build the edition again from its source")
