"""A source of several files: read one by one, joined to one text for the book, and parted again byte for byte.

The joined text is the texts of the files, one after the other. Where a file does not end with a line end, one line feed is put
between it and the next, so that no line belongs to two files; it stands outside the range of every file.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from tei_pipeline.decisions import Problem
from tei_pipeline.errors import EmptySource
from tei_pipeline.source import Part, Source, is_blank, split_lines, to_bytes

MIXED = "mixed"
"""The encoding of a source whose files have several."""

SEAM = "\n"
# A path inside a folder, with / between its steps: not absolute, no step empty or hidden (so no . or ..), no drive, no control characters.
SAFE = re.compile(r"(?!\.)(?!.*/(?:[./]|$))(?![A-Za-z]:)[^/\\\x00-\x1f\x7f][^\\\x00-\x1f\x7f]{0,999}")
_FIGURES = re.compile(r"(\d+)")


def is_safe(path: str) -> bool:
    """Whether a part's path stays inside its folder on every system."""
    return SAFE.fullmatch(path) is not None


def in_order(names: Iterable[str]) -> list[str]:
    """Names as people count them: ``p9.txt`` before ``p10.txt``."""
    return sorted(names, key=lambda name: ([(int(step), "") if step.isdecimal() else (-1, step) for step in _FIGURES.split(name)], name))


def join(files: Sequence[tuple[str, str, Source, bytes]], name: str, label: str) -> Source:
    """One source of several: for each file its path in the folder, what begins with it, its source and its bytes.

    ``sha256`` and ``size`` are those of all bytes in order. Raises :class:`EmptySource` when nothing is printed in any of them.
    """
    texts: list[str] = []
    parts: list[Part] = []
    length = lines = 0
    last = ""
    for file, begins, source, _ in files:
        if last and (last not in "\r\n" or (last == "\r" and source.text[:1] == "\n")):
            texts.append(SEAM)
            last = SEAM
            length += 1
        start, length = length, length + len(source.text)
        texts.append(source.text)
        last = source.text[-1:] or last
        parts.append(
            Part(
                file,
                begins,
                start,
                length,
                lines + 1,
                source.sha256,
                source.size,
                source.encoding,
                source.bom,
                source.confidence,
                source.evidence,
            )
        )
        lines += len(source.lines)
    text = "".join(texts)
    data = b"".join(data for *_, data in files)
    if is_blank(text):
        raise EmptySource(label, len(data))
    encodings = list(dict.fromkeys(part.encoding for part in parts))
    return Source(
        name,
        text,
        split_lines(text),
        hashlib.sha256(data).hexdigest(),
        len(data),
        encodings[0] if len(encodings) == 1 else MIXED,
        False,
        min(part.confidence for part in parts),
        f"{len(parts)} files in {', '.join(encodings)}",
        tuple(parts),
    )


def part_bytes(text: str, parts: Sequence[Part]) -> dict[str, bytes]:
    """The bytes of each file, by its path, from the joined text. Raises UnicodeEncodeError when an encoding lacks a character."""
    return {part.file: to_bytes(text[part.start : part.end], part.encoding, bom=part.bom) for part in parts}


def located(problems: Iterable[Problem], source: Source, folder: str = "") -> tuple[Problem, ...]:
    """The problems of a source of several files with the file (in ``folder``) and its own line, where they have a line."""
    if not source.parts:
        return tuple(problems)
    starts = [part.line for part in source.parts]
    return tuple(
        problem if problem.line is None or problem.file else _located(problem, source.parts, starts, folder) for problem in problems
    )


def _located(problem: Problem, parts: Sequence[Part], starts: Sequence[int], folder: str) -> Problem:
    assert problem.line is not None
    part = parts[max(0, bisect_right(starts, problem.line) - 1)]
    return replace(problem, line=problem.line - part.line + 1, file=f"{folder}{part.file}")
