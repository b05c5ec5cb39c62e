"""Many packages, one after the other: each is made or fails for itself, and the rest goes on."""

from __future__ import annotations

import glob
import traceback
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from tei_pipeline.decisions import Problem
from tei_pipeline.errors import PipelineError, printable
from tei_pipeline.messages import Messages
from tei_pipeline.package import PACKAGERS
from tei_pipeline.package.contents import Contents
from tei_pipeline.package.dates import NoDate, instant
from tei_pipeline.package.deposit import Deposit, EditionAt, folder_of, read_deposit
from tei_pipeline.package.names import NamesCollide, folded
from tei_pipeline.package.place import place_archive, place_folder

Status = Literal["written", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Options:
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


@dataclass(frozen=True, slots=True)
class Work:
    """One package that is to be made: its name and its editions; ``collected``: each edition has a folder of its own in it."""

    name: str
    editions: tuple[EditionAt, ...]
    collected: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one package: ``problems`` by the label of the edition that has them; ``error`` the sentence of a failure."""

    name: str
    status: Status
    path: Path | None = None
    problems: tuple[tuple[str, Problem], ...] = field(default=())
    error: str = ""
    trace: str = ""


def plan(editions: Sequence[EditionAt], collection: str = "") -> list[Work]:
    """A package for each edition, or one for all when a ``collection`` is named. Raises :class:`NamesCollide`."""
    by_name: dict[str, EditionAt] = {}
    for edition in editions:
        first = by_name.setdefault(folded(folder_of(edition.name)), edition)
        if first is not edition:
            raise NamesCollide(str(first.tei), str(edition.tei))
    if collection:
        return [Work(collection, tuple(editions), collected=True)]
    return [Work(edition.name, (edition,)) for edition in editions]


def package_all(works: Sequence[Work], options: Options, messages: Messages) -> list[Outcome]:
    """Make every package, say what there is to say, print the path of each."""
    outcomes = []
    with messages.progress(works, sum(_size(work) for work in works)) as each:
        for work in each:
            outcome = package_one(work, options)
            tell(outcome, messages)
            outcomes.append(outcome)
    return outcomes


def tell(outcome: Outcome, messages: Messages) -> None:
    """The problems and the failure to standard error, the path of the package to standard output."""
    for label, problem in outcome.problems:
        messages.problems([problem], label)
    if outcome.error:
        messages.error(outcome.error)
        messages.note(outcome.trace, least=1)
    if outcome.path is not None:
        messages.note(f"{printable(outcome.name)}: {outcome.status}", least=1)
        messages.result(str(outcome.path))


def _size(work: Work) -> int:
    try:
        return sum(path.stat().st_size for edition in work.editions for path in edition.folder.glob(f"{glob.escape(edition.name)}.*"))
    except OSError:
        return 0


def package_one(work: Work, options: Options) -> Outcome:
    """Make one package. Raises nothing but what stops the program (an interrupt): a failure is an :class:`Outcome`."""
    try:
        return _package(work, options)
    except PipelineError as error:
        return Outcome(work.name, "failed", error=str(error))
    except MemoryError:
        return Outcome(work.name, "failed", error=f"{printable(work.name)}: too large for the memory of this machine")
    except Exception as error:  # one package must never stop the others, whatever fault of ours it uncovers
        what = f"{printable(work.name)}: {type(error).__name__}: {error}; this is a fault of tei-pipeline, please report it (-v says where)"
        return Outcome(work.name, "failed", error=what, trace=traceback.format_exc())


def target_of(work: Work, options: Options) -> Path:
    """Where the package will be."""
    return options.output / f"{folder_of(work.name)}{f'.{options.archive}' if options.archive else ''}"


def _package(work: Work, options: Options) -> Outcome:
    packager = PACKAGERS[options.format]
    deposits = tuple(read_deposit(edition, (*options.sources, edition.folder)) for edition in work.editions)
    date = options.date or _own_date(deposits)
    if packager.needs_date and not date:
        raise NoDate(work.name, packager.needs_date)
    contents = Contents(work.name, deposits, date, work.collected)
    chosen = packager.options(**dict(options.choices))
    target = target_of(work, options)
    problems = [(printable(str(at.tei)), each) for at, deposit in zip(work.editions, deposits, strict=True) for each in deposit.problems]

    def write(new: Path) -> None:
        problems.extend((printable(work.name), each) for each in packager.function(new, contents, chosen))

    if options.archive:
        written = place_archive(target, write, options.archive, folder_of(work.name), date, force=options.force)
    else:
        written = place_folder(target, write, force=options.force)
    return Outcome(work.name, "written" if written else "unchanged", target, tuple(problems))


def _own_date(deposits: Iterable[Deposit]) -> str:
    """The last date of the editions' own histories, from their headers, which have it from the sidecar."""
    dates = [deposit.record.date for deposit in deposits if deposit.record.date]
    return instant(max(dates), "the sidecar") if dates else ""
