"""The job of ``package``: one package is made, or an outcome says why not. What workers run, on whatever engine."""

from __future__ import annotations

import hashlib
import json
import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field

from tei_pipeline.batch.building import FULL
from tei_pipeline.decisions import Problem
from tei_pipeline.errors import PipelineError, printable
from tei_pipeline.output import CannotWrite
from tei_pipeline.package import PACKAGERS
from tei_pipeline.package.contents import Contents
from tei_pipeline.package.dates import NoDate, instant
from tei_pipeline.package.deposit import Deposit, read_deposit
from tei_pipeline.package.editions import EditionAt
from tei_pipeline.package.names import NamesCollide, folded, safe_path, safe_step
from tei_pipeline.package.place import place_archive, place_folder

Status = Literal["written", "unchanged", "failed"]


class Options(Struct, frozen=True):
    """What ``package`` was told, the same for all packages.

    ``sources``: folders in which the texts as received are looked for. ``archive``: ``zip``, ``tar`` or nothing. ``date``: the time that
    was given (UTC), or nothing. ``choices``: options of the format.
    """

    format: str
    output: Path
    sources: tuple[Path, ...] = ()
    archive: str = ""
    date: str = ""
    force: bool = False
    choices: tuple[tuple[str, Any], ...] = ()

    def digest(self) -> str:
        """Of what changes a package; where it is written and over what do not."""
        settings = [self.format, self.archive, self.date, sorted(self.choices), [str(path) for path in self.sources]]
        return hashlib.sha256(json.dumps(settings).encode()).hexdigest()[:16]


class Work(Struct, frozen=True):
    """One package that is to be made: its path in the output folder and its editions; ``collected``: each has a folder of its own in it."""

    key: str
    editions: tuple[EditionAt, ...]
    collected: bool = False

    @property
    def name(self) -> str:
        """The name of the package."""
        return self.key.rpartition("/")[2]


class Outcome(Struct, frozen=True):
    """What became of one package: ``problems`` by the label of the edition that has them; ``error`` the sentence of a failure.

    ``full``: the disk took no more.
    """

    work: Work
    status: Status
    path: Path | None = None
    problems: tuple[tuple[str, Problem], ...] = field(default=())
    error: str = ""
    trace: str = ""
    full: bool = False


def plan(editions: Sequence[EditionAt], collection: str = "") -> list[Work]:
    """A package for each edition, or one for all when a ``collection`` is named. Raises :class:`NamesCollide`."""
    by_name: dict[str, EditionAt] = {}
    for edition in editions:
        first = by_name.setdefault(folded(safe_path(edition.key)), edition)
        if first is not edition:
            raise NamesCollide(str(first.tei), str(edition.tei))
    if collection:
        return [Work(safe_step(collection), tuple(editions), collected=True)]
    return [Work(safe_path(edition.key), (edition,)) for edition in editions]


def package_one(options: Options, work: Work, hashed: Callable[[int], None] = lambda size: None) -> Outcome:
    """Make one package. Raises nothing but what stops the program or a worker (an interrupt, no memory).

    ``hashed`` is told of the bytes that were copied and hashed.
    """
    try:
        return _package(work, options, hashed)
    except PipelineError as error:
        full = isinstance(error, CannotWrite) and error.error.errno in FULL
        return Outcome(work, "failed", error=str(error), full=full)
    except MemoryError:
        raise
    except Exception as error:  # one package must never stop the others, whatever fault of ours it uncovers
        what = f"{printable(work.name)}: {type(error).__name__}: {error}; this is a fault of tei-pipeline, please report it (-v says where)"
        return Outcome(work, "failed", error=what, trace=traceback.format_exc())


def target_of(work: Work, options: Options) -> Path:
    """Where the package will be."""
    return options.output / f"{work.key}{f'.{options.archive}' if options.archive else ''}"


def _package(work: Work, options: Options, hashed: Callable[[int], None]) -> Outcome:
    packager = PACKAGERS[options.format]
    deposits = tuple(read_deposit(edition, (*options.sources, edition.folder)) for edition in work.editions)
    date = options.date or _own_date(deposits)
    if packager.needs_date and not date:
        raise NoDate(work.name, packager.needs_date)
    target = target_of(work, options)
    previous = target if packager.grows and target.is_dir() else None
    contents = Contents(work.name, deposits, date, work.collected, previous, hashed)
    chosen = packager.options(**dict(options.choices))
    problems = [(printable(str(at.tei)), each) for at, deposit in zip(work.editions, deposits, strict=True) for each in deposit.problems]

    def write(new: Path) -> None:
        problems.extend((printable(work.name), each) for each in packager.function(new, contents, chosen))

    if options.archive:
        written = place_archive(target, write, options.archive, work.name, date, force=options.force)
    else:
        written = place_folder(target, write, force=options.force, update=packager.grows)
    return Outcome(work, "written" if written else "unchanged", target, tuple(problems))


def _own_date(deposits: Iterable[Deposit]) -> str:
    """The last date of the editions' own histories, from their headers, which have it from the sidecar."""
    dates = [deposit.record.date for deposit in deposits if deposit.record.date]
    return instant(max(dates), "the sidecar") if dates else ""
