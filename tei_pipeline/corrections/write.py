"""Corrections put into a sidecar: its comments, its order and its way of writing stay as they are."""

from __future__ import annotations

from collections.abc import Iterable

import tomlkit
from tomlkit.items import AoT, Array, Table

from tei_pipeline.corrections.entry import EditorCorrection


def append(sidecar: str, entries: Iterable[EditorCorrection]) -> str:
    """The text of a sidecar (valid TOML, may be empty) with these entries after those that it has."""
    document = tomlkit.parse(sidecar)
    there = document.get("correct")
    for entry in entries:
        table = _table(entry)
        if isinstance(there, Array):  # correct = [{ … }]: one line each, as it was begun
            inline = tomlkit.inline_table()
            inline.update(table)
            there.append(inline)
        elif isinstance(there, AoT):
            there.append(table)
        else:
            there = tomlkit.aot()
            there.append(table)
            if sidecar.strip():
                document.add(tomlkit.nl())
            document.add("correct", there)
    return str(tomlkit.dumps(document))


def as_toml(entry: EditorCorrection) -> str:
    """One entry as a table of TOML, ready to paste."""
    lines = [f"{key} = {tomlkit.item(value).as_string()}" for key, value in entry.table().items()]
    return "\n".join(["[[correct]]", *lines]) + "\n"


def _table(entry: EditorCorrection) -> Table:
    table = tomlkit.table()
    for key, value in entry.table().items():
        table.add(key, value)
    table.add(tomlkit.nl())
    return table
