"""What stands at an address, as a folder here: sidecars in full, texts as empty places of the right size and version.

So the rules for finding sources, and the question whether one is still what it was, need to know of files only: the time of a place is no
time but the version of the file there (:func:`tei_pipeline.remote.stores.version`). A worker fetches the texts that it works on.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from tei_pipeline.errors import PipelineError, printable
from tei_pipeline.inputs import BadName, Input, NoSource, find_inputs, source_files
from tei_pipeline.remote.stage import Stage, public
from tei_pipeline.remote.stores import Store, joined, open_store, parent, talking, version

SIDECAR = ".toml"


@contextmanager
def found(
    given: Sequence[Path | str], *, name: str | None = None, recursive: bool = False
) -> Iterator[tuple[list[Input], list[PipelineError]]]:
    """The sources that paths and addresses name, as :func:`~tei_pipeline.inputs.find_inputs` finds them, and the errors of the others.

    The folders that stand for the addresses are there as long as the context is. Raises :class:`~tei_pipeline.inputs.SameName`.
    """
    errors: list[PipelineError] = []
    paths: list[Path] = []
    stages: list[Stage] = []
    with ExitStack() as stack:
        for place in given:
            if isinstance(place, Path):
                paths.append(place)
                continue
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="tei-pipeline-")))
            try:
                path = stage(place, folder, recursive=recursive)
            except PipelineError as error:
                errors.append(error)
                continue
            paths.append(path)
            stages.append(Stage(folder, place if path == folder else parent(place)))
        inputs, more = find_inputs(paths, name=name, recursive=recursive, stages=stages)
        yield inputs, [*errors, *(_told(error, stages) for error in more)]


def _told(error: NoSource | BadName, stages: Sequence[Stage]) -> PipelineError:
    """The error, with the address in place of the folder that stands for it."""
    where = error.where
    for known in stages:
        where = known.told(where)
    if where == error.where:
        return error
    return BadName(error.name, where, error.why) if isinstance(error, BadName) else type(error)(where, error.why)


def stage(url: str, folder: Path, *, recursive: bool = False) -> Path:
    """Show what stands at an address in ``folder``; the path there of what was named: the folder itself, or a file in it.

    Of a folder its files (with ``recursive`` those below too), of a file its neighbours. Raises :class:`NoSource` when nothing is there,
    and what :mod:`.stores` raises.
    """
    store = open_store(url)
    with talking(url):
        store.files.invalidate_cache()
        is_file = store.root != "" and store.files.isfile(store.root)
        if not is_file and not store.files.exists(store.root or "/"):
            raise NoSource(printable(public(url)), "is not there; check the address")
        top = store.root.rpartition("/")[0] if is_file else store.root
        found = store.files.find(top, maxdepth=None if recursive and not is_file else 2, detail=True)
    for path, info in found.items():
        inner = str(path)[len(top) :].lstrip("/") if top else str(path).lstrip("/")
        if _is_lawful(inner):
            _place(store, str(path), folder / inner, info)
    return folder / PurePosixPath(store.root).name if is_file else folder


def outline_of(store: Store, folder: Path) -> None:
    """Show the files of an output in ``folder`` as empty places."""
    with talking(store.url):
        store.files.invalidate_cache()
        found = store.files.find(store.root, detail=True) if store.files.exists(store.root) else {}
    for path, info in found.items():
        inner = str(path)[len(store.root) :].lstrip("/")
        if _is_lawful(inner):
            _empty(folder / inner, int(info.get("size") or 0), version(info))


@contextmanager
def fetched(entry: Input) -> Iterator[Input]:
    """The source with its files here, each checked to be of one version from beginning to end."""
    assert entry.stage is not None
    assert entry.path is not None
    store = open_store(entry.stage.url)
    with TemporaryDirectory(prefix="tei-pipeline-") as here:
        for file in source_files(entry):
            inner = file.relative_to(entry.stage.folder).as_posix()
            _fetch(store, inner, Path(here) / inner)

        def moved(path: Path) -> Path:
            assert entry.stage is not None
            return Path(here) / path.relative_to(entry.stage.folder)

        sidecar = None if entry.sidecar is None else moved(entry.sidecar)
        yield replace(entry, path=moved(entry.path), sidecar=sidecar, stage=Stage(Path(here), entry.stage.url))


def _fetch(store: Store, inner: str, path: Path) -> None:
    url = joined(store.url, inner)
    path.parent.mkdir(parents=True, exist_ok=True)
    with talking(url):
        store.files.invalidate_cache()
        try:
            before = version(store.files.info(store.path(inner)))
            store.files.get_file(store.path(inner), str(path))
            after = version(store.files.info(store.path(inner)))
        except FileNotFoundError as error:
            raise NoSource(printable(public(url)), "is not there any more") from error
    if before != after:
        raise NoSource(printable(public(url)), "changed while it was read, so nothing was made of it; run again when it is complete")
    os.utime(path, ns=(before, before))


def _place(store: Store, path: str, place: Path, info: dict[str, object]) -> None:
    if place.suffix.lower() == SIDECAR:
        place.parent.mkdir(parents=True, exist_ok=True)
        with talking(joined(store.url, place.name)):
            place.write_bytes(store.files.cat_file(path))
        os.utime(place, ns=(version(info), version(info)))
    else:
        size = info.get("size")
        _empty(place, size if isinstance(size, int) else 0, version(info))


def _empty(place: Path, size: int, number: int) -> None:
    """A file of this size that takes no room, with the version for its time."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as file:
        file.truncate(size)
    os.utime(place, ns=(number, number))


def _is_lawful(inner: str) -> bool:
    """Whether a name stays in its folder here: keys of object stores may be anything."""
    parts = inner.split("/")
    return all(part not in ("", ".", "..") and "\0" not in part and len(part.encode("utf-8", "surrogatepass")) < 256 for part in parts)
