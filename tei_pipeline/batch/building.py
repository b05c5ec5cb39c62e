"""The job of ``build``: one source becomes an edition, or an outcome that says why not. What workers run, on whatever engine."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import time
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from tei_pipeline.batch.stamps import Stamp, renewed, stamp
from tei_pipeline.decisions import Problem
from tei_pipeline.errors import PipelineError
from tei_pipeline.inputs import Input, load_input, source_files
from tei_pipeline.output import CannotWrite, digest, write_edition
from tei_pipeline.remote.stage import Stage

if TYPE_CHECKING:
    from tei_pipeline.metadata import Metadata

Status = Literal["written", "unchanged", "failed"]


class SourceChanged(PipelineError):
    """Somebody wrote to the source while it was read."""

    passing = True

    def __init__(self, label: str) -> None:
        self.label = label
        super().__init__(f"{label}: changed while it was read, so nothing was made of it; run again when it is complete")


BINS = 10  # tenths of confidence
DOUBTFUL = 0.5  # a decision that is as likely wrong
FULL = (errno.ENOSPC, errno.EDQUOT)


class Outcome(Struct, frozen=True):
    """What became of one source: ``edition`` is the path of its TEI, None when there is none; ``error`` the sentence of a failure.

    ``lasting``: the same program would fail again at the same bytes; ``full``: the disk took no more.
    ``inputs`` and ``outputs`` are the files that were read and written, ``measures`` what reports count of an edition, as JSON values.
    """

    entry: Input
    status: Status
    edition: str | None = None
    sha256: str = ""
    problems: tuple[Problem, ...] = ()
    error: str = ""
    trace: str = ""
    lasting: bool = False
    full: bool = False
    inputs: tuple[Stamp, ...] = ()
    outputs: tuple[Stamp, ...] = ()
    measures: Mapping[str, Any] = field(default_factory=dict)


class Options(Struct, frozen=True):
    """What ``build`` was told, the same for all sources. ``formats`` None: every exporter. ``check_json``: by schema, before writing.

    ``store`` is the address where the editions go, ``archive`` the zip file; ``output`` is then the folder here that stands for it.
    """

    output: Path
    encoding: str | None = None
    formats: tuple[str, ...] | None = None
    force: bool = False
    check_json: bool = False
    store: str = ""
    archive: Path | None = None

    @property
    def stage(self) -> Stage | None:
        """What the folder stands for, if for anything."""
        url = self.store if self.archive is None else f"zip://::{self.archive}"
        return Stage(self.output, url) if url else None

    def place(self, entry: Input) -> str:
        """Where the TEI of a source is written: a path or an address."""
        path = self.output / entry.key / f"{entry.name}.xml"
        return self.stage.name(path) if self.stage else str(path)

    def digest(self) -> str:
        """Of what changes an edition; where it is written and over what do not."""
        settings = [self.encoding, self.formats, self.check_json]
        return hashlib.sha256(json.dumps(settings).encode()).hexdigest()[:16]


def prepare() -> None:
    """What a worker does once: read and compile the schemas, which every edition is held to."""
    from lxml import etree

    from tei_pipeline.validate import validate_edition

    validate_edition(etree.Element("{http://www.tei-c.org/ns/1.0}TEI"))


def build_one(options: Options, entry: Input) -> Outcome:
    """Read, convert and write one source. Raises nothing but what stops the program or a worker (an interrupt, no memory)."""
    if entry.stage is None:
        return _attempt(entry, options)
    from tei_pipeline.remote.staging import fetched

    try:
        with fetched(entry) as here:
            outcome = _attempt(here, options)
            assert here.stage is not None
            return replace(outcome, entry=entry, error=here.stage.told(outcome.error))
    except PipelineError as error:  # it could not be fetched
        return Outcome(entry, "failed", error=str(error))


def build_from(folder: Path, options: Options, entry: Input) -> Outcome:
    """:func:`build_one` in a process whose current folder is another one than ``folder``, from where the paths go."""
    if entry.stage is not None or entry.path is None:
        return build_one(replace(options, output=folder / options.output), entry)
    sidecar = None if entry.sidecar is None else folder / entry.sidecar
    moved = replace(entry, path=folder / entry.path, sidecar=sidecar)
    outcome = build_one(replace(options, output=folder / options.output), moved)

    def told(text: str) -> str:
        return text.replace(f"{folder}{os.sep}", "")

    problems = tuple(replace(problem, file=told(problem.file)) for problem in outcome.problems)
    edition = outcome.edition and options.place(entry)
    return replace(outcome, entry=entry, edition=edition, error=told(outcome.error), problems=problems)


def _attempt(entry: Input, options: Options) -> Outcome:
    try:
        return _build(entry, options)
    except PipelineError as error:
        lasting = not error.passing
        full = isinstance(error, CannotWrite) and error.error.errno in FULL
        inputs = stamps_of(entry, options.output) if lasting else ()
        return Outcome(entry, "failed", error=str(error), lasting=lasting, full=full, inputs=inputs)
    except MemoryError:
        raise
    except Exception as error:  # one text must never stop the others, whatever fault of ours it uncovers
        what = f"{entry.label}: {type(error).__name__}: {error}; this is a fault of tei-pipeline, please report it (-v says where)"
        return Outcome(entry, "failed", error=what, trace=traceback.format_exc(), lasting=True, inputs=stamps_of(entry, options.output))


def _build(entry: Input, options: Options) -> Outcome:
    from tei_pipeline.parts import located
    from tei_pipeline.pipeline import convert
    from tei_pipeline.remembered import forget_lines

    forget_lines()
    inputs = stamps_of(entry, options.output)
    source, sidecar = load_input(entry, options.encoding)
    if _changed(entry, inputs):
        raise SourceChanged(entry.label)
    result = convert(source, sidecar, formats=options.formats)
    problems = located(result.problems, source, entry.folder)
    faults = _json_faults(result.outputs) if options.check_json else []
    problems += tuple(faults)
    if faults or not result.proved:
        return Outcome(entry, "failed", None, source.sha256, problems, lasting=True, inputs=inputs)
    changed, outputs = _write(entry, options, result.outputs)
    status: Status = "written" if changed else "unchanged"
    measures = _measures(result.provenance) | {"language": _language(result.document.metadata)}
    return Outcome(entry, status, options.place(entry), source.sha256, problems, inputs=inputs, outputs=outputs, measures=measures)


def _write(entry: Input, options: Options, files: Mapping[str, bytes]) -> tuple[bool, tuple[Stamp, ...]]:
    """Write the edition here or to the store; whether anything changed, and the stamps of its files."""
    if options.store:
        from tei_pipeline.remote.publishing import publish
        from tei_pipeline.remote.stores import open_store

        return publish(open_store(options.store), entry.key, files, force=options.force)
    changed = write_edition(options.output / entry.key, entry.name, files, force=options.force)
    return bool(changed), tuple(_written(options.output, f"{entry.key}/{name}", data) for name, data in sorted(files.items()))


def _changed(entry: Input, inputs: tuple[Stamp, ...]) -> bool:
    """Whether a file of the source is another one than when it was stamped."""
    now = time.time_ns()
    return any(renewed(old, str(file), now) is None for old, file in zip(inputs, source_files(entry), strict=bool(inputs)))


def stamps_of(entry: Input, output: Path) -> tuple[Stamp, ...]:
    """The stamps of the files of a source, by their paths from the output folder; none of standard input, or of what cannot be read."""
    try:
        now = time.time_ns()
        return tuple(stamp(file, entry.name_of(file, output), now) for file in source_files(entry))
    except (PipelineError, OSError):  # said when it is read in earnest
        return ()


def _written(output: Path, name: str, data: bytes) -> Stamp:
    """The stamp of a file that was just written: it is young, but nobody else writes in the folder of an edition meanwhile."""
    return Stamp(name, len(data), (output / name).stat().st_mtime_ns, digest(data))


def _measures(provenance: Mapping[str, Any]) -> dict[str, Any]:
    """What reports count of an edition: printed characters; blocks, how sure their decisions are, in tenths and in the mean."""
    confidences = [row[2] for row in provenance["decisions"]["rows"]]
    found = [confidences[row[3]] for row in provenance["blocks"]["rows"] if len(row) > 3 and row[3] is not None]
    tenths = [0] * BINS
    for confidence in found:
        tenths[min(int(confidence * BINS), BINS - 1)] += 1
    return {
        "bytes": provenance["source"]["size"],
        "characters": provenance["printed"]["characters"],
        "blocks": len(found),
        "doubtful": sum(confidence < DOUBTFUL for confidence in found),
        "mean": round(sum(found) / len(found), 3) if found else None,
        "confidence": tenths,
    }


def _language(known: Metadata) -> dict[str, str | None]:
    """The language of a text, und if it is not known, and how certain it is, as @cert has it; None where nobody had to guess."""
    guessed = not known.language or "language" in known.guessed
    return {"code": known.language or "und", "certainty": (known.language_certainty or "unknown") if guessed else None}


def _json_faults(outputs: Mapping[str, bytes]) -> list[Problem]:
    """What is wrong with the JSON files by their schemas; ``where`` begins with the name of the file."""
    from tei_pipeline.validate.json_schema import validate_json

    return [
        replace(fault, where=f"{name}: {fault.where}")
        for name, data in outputs.items()
        if name.endswith(".json")
        for fault in validate_json(data)
    ]
