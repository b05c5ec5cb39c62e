"""Paths and folders become named sources, each with its sidecar and its place in the output."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from tei_pipeline.errors import PipelineError, printable
from tei_pipeline.inputs.entry import Input
from tei_pipeline.inputs.errors import BadName, NoSource, NoTexts, SameName
from tei_pipeline.inputs.folders import STDIN, is_folder_sidecar, names_parts, sources_at, sources_below
from tei_pipeline.inputs.load import load_sidecar
from tei_pipeline.inputs.names import check_name, folded
from tei_pipeline.remote.stage import Stage
from tei_pipeline.sidecar import OF_FOLDER


def find_inputs(
    paths: Iterable[Path], *, name: str | None = None, recursive: bool = False, stages: Sequence[Stage] = ()
) -> tuple[list[Input], list[NoSource | BadName]]:
    """The sources that ``paths`` name, in their order, folders sorted; and the errors for what could not be taken.

    A folder gives its ``*.txt`` (any case), the sources of several files that its sidecars list, and those of its sub-folders that are
    one source (they have a ``source.toml``); with ``recursive`` also what its other sub-folders give, each ``under`` its path from the
    folder that was named. Hidden folders, links to folders and the output folders of this program are passed over. A file that is part
    of a source is no source beside it. ``-`` is standard input and needs ``name``. One file named twice is one source. Raises
    :class:`SameName` when two sources have one place in the output (also when only case or Unicode normalisation tells them apart: some
    file systems do not). ``stages`` are folders that stand for addresses; their sources know it.
    """
    inputs: list[Input] = []
    errors: list[NoSource | BadName] = []
    for path in paths:
        try:
            files = sources_at(path)
            below = list(sources_below(path, "")) if recursive and path.is_dir() and not is_folder_sidecar(path / OF_FOLDER) else []
        except NoTexts as error:
            below = list(sources_below(path, "")) if recursive else []
            files = []
            if not below:
                errors.append(error)
        except NoSource as error:
            errors.append(error)
            continue
        for file, under in [*((file, "") for file in files), *below]:
            try:
                inputs.append(_staged(_named(file, name, under), stages))
            except (NoSource, BadName) as error:
                errors.append(error)
    return _distinct(_without_parts(inputs)), errors


def _named(path: Path, name: str | None, under: str = "") -> Input:
    for folder in filter(None, under.split("/")):
        check_name(folder, printable(str(path.parent)))
    if str(path) == STDIN:
        return Input(check_name(name or "", "standard input"), None)
    if path.suffix.lower() == ".toml":
        stem = Path(os.path.realpath(path.parent)).name if is_folder_sidecar(path) else path.stem
        return Input(check_name(name or stem, printable(str(path))), path, path, under)
    stem = path.name[:-4] if path.name.lower().endswith(".txt") else path.name
    sidecar = path.with_name(f"{stem}.toml")
    known = check_name(name or stem, printable(str(path)))
    if not sidecar.is_file():
        return Input(known, path, None, under)
    return Input(known, sidecar if names_parts(sidecar) else path, sidecar, under)


def _staged(entry: Input, stages: Sequence[Stage]) -> Input:
    """The source, with the stage that its files stand in, if one of these does."""
    path = entry.path
    known = next((stage for stage in stages if path is not None and path.is_relative_to(stage.folder)), None)
    return entry if known is None else replace(entry, stage=known)


def _without_parts(inputs: list[Input]) -> list[Input]:
    """The sources without the files that are parts of another one."""
    of_others: set[str] = set()
    for entry in inputs:
        if entry.has_parts and entry.sidecar is not None:
            with suppress(PipelineError, OSError):  # said when it is its turn
                of_others.update(os.path.realpath(entry.sidecar.parent / part.file) for part in load_sidecar(entry.sidecar).parts)
    return [entry for entry in inputs if entry.path is None or _real(entry) not in of_others] if of_others else inputs


def _distinct(inputs: Iterable[Input]) -> list[Input]:
    by_name: dict[str, Input] = {}
    for entry in inputs:
        first = by_name.setdefault(folded(entry.key), entry)
        if first is not entry and _real(first) != _real(entry):
            raise SameName(entry.key, first.label, entry.label)
    for entry in by_name.values():  # the folder of an edition in the folder of another one, called as one of its files
        around = by_name.get(folded(entry.under)) if entry.under else None
        if around is not None and folded(entry.name).startswith(f"{folded(around.name)}."):
            raise SameName(entry.key, around.label, entry.label)
    return list(by_name.values())


def _real(entry: Input) -> str:
    return STDIN if entry.path is None else os.path.realpath(entry.path)  # Path.resolve raises for a loop of links
