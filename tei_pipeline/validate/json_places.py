"""Where the values of a JSON file stand: Python's own reader tells no places, and only a file with faults needs them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from json.decoder import scanstring  # type: ignore[attr-defined]  # not in the stubs; reads one string from its quotation mark on
from typing import Any, TypeAlias

Path: TypeAlias = "tuple[Any, ...]"
_SPACE = re.compile(r"[ \t\r\n,:]*")
_SCALAR = re.compile(r"[^\s,\]}]+")


def places(text: str, wanted: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """The 1-based line and column (in characters) of the values at those paths, in a text that is well-formed JSON."""
    open_paths = set(wanted)
    offsets: dict[Path, int] = {}
    # What is open: the path so far, the next index of a list or None in an object, the key that waits for its value.
    path: list[Any] = []
    lists: list[bool] = []
    at, end = 0, len(text)
    key_next = False
    while open_paths - offsets.keys():
        space = _SPACE.match(text, at)
        at = space.end() if space else at
        if at >= end:
            break
        char = text[at]
        if char in "]}":
            lists.pop()
            path.pop()
            at += 1
            key_next = _advance(path, lists)
            continue
        if key_next:
            key, at = scanstring(text, at + 1)
            path[-1] = key
            key_next = False
            continue
        here = tuple(path)
        if here in open_paths:
            offsets.setdefault(here, at)
        if char in "[{":
            lists.append(char == "[")
            path.append(0 if char == "[" else None)
            key_next = char == "{"
            at += 1
            continue
        if char == '"':
            _, at = scanstring(text, at + 1)
        else:
            scalar = _SCALAR.match(text, at)
            at = scalar.end() if scalar else at + 1
        key_next = _advance(path, lists)
    return {path: (text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)) for path, offset in offsets.items()}


def _advance(path: list[Any], lists: list[bool]) -> bool:
    """After a value: the next index of a list; of an object a key comes next."""
    if not lists:
        return False
    if lists[-1]:
        path[-1] += 1
        return False
    return True
