"""What cannot be taken as a source, and why."""

from __future__ import annotations

from tei_pipeline.errors import PipelineError, place

LONGEST_LINE = 2_500_000  # characters of at most four bytes: libxml2 reads 10 MB of text in one piece (XML_MAX_TEXT_LENGTH)


class NoSource(PipelineError):
    """Something was named that no text can be read from."""

    passing = True

    def __init__(self, where: str, why: str) -> None:
        self.where, self.why = where, why
        super().__init__(f"{where}: {why}")


class NoTexts(NoSource):
    """A folder was named that holds no texts."""

    nothing = True


class BadName(PipelineError):
    """A name that no folder can safely have."""

    def __init__(self, name: str, where: str, why: str) -> None:
        self.name, self.where, self.why = name, where, why
        super().__init__(f"{where}: the edition cannot be named {name!r}: {why}; rename the file, or give another --name")


class SameName(PipelineError):
    """Two sources would write the same edition."""

    def __init__(self, name: str, first: str, second: str) -> None:
        self.name, self.first, self.second = name, first, second
        super().__init__(
            f"{second}: would become the edition {name!r}, and so would {first}; rename one, or build it into another folder with -o"
        )


class LineTooLong(PipelineError):
    """A line is longer than XML readers take in one piece."""

    def __init__(self, where: str, line: int, length: int) -> None:
        self.where, self.line, self.length = where, line, length
        super().__init__(
            f"{place(where, line)}: {length:,} characters without a line end, more than {LONGEST_LINE:,}; is this a text? break the line"
        )


class BadList(PipelineError):
    """A list of paths that cannot be read as one."""

    passing = True

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(f"--list: {why}")


def unreadable(where: str, error: OSError) -> NoSource:
    """Why the system would not give a file or folder, in words that say what to do."""
    if isinstance(error, FileNotFoundError):
        return NoSource(where, "is not there; check the path")
    if isinstance(error, PermissionError):
        return NoSource(where, "may not be read; change its permissions")
    return NoSource(where, f"cannot be read ({error.strerror or error})")
