"""Many sources, one after the other: each is built or fails for itself, the rest goes on, and a report says what became of all."""

from __future__ import annotations

import json
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from tei_pipeline import __version__
from tei_pipeline.decisions import Problem
from tei_pipeline.errors import PipelineError
from tei_pipeline.inputs import Input, load_input
from tei_pipeline.messages import Messages
from tei_pipeline.output import write_edition, write_file

REPORT = "report.json"
GENERATOR = "tei-pipeline"
Status = Literal["written", "unchanged", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source: ``edition`` is the path of its TEI, None when there is none; ``error`` the sentence of a failure."""

    entry: Input
    status: Status
    edition: Path | None = None
    sha256: str = ""
    problems: tuple[Problem, ...] = ()
    error: str = ""
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """What ``build`` was told, the same for all sources. ``formats`` None: every exporter. ``check_json``: by schema, before writing."""

    output: Path
    encoding: str | None = None
    formats: tuple[str, ...] | None = None
    force: bool = False
    check_json: bool = False


def build_all(inputs: Sequence[Input], options: Options, messages: Messages) -> list[Outcome]:
    """Build every source, say what there is to say, print the path of each edition; with several sources write the report."""
    outcomes = []
    with messages.progress(inputs, sum(_size(entry) for entry in inputs)) as entries:
        for entry in entries:
            outcome = build_one(entry, options)
            tell(outcome, messages)
            outcomes.append(outcome)
    if len(inputs) > 1:
        write_report(outcomes, options.output, force=options.force)
    return outcomes


def build_one(entry: Input, options: Options) -> Outcome:
    """Read, convert and write one source. Raises nothing but what stops the program (an interrupt): a failure is an :class:`Outcome`."""
    try:
        return _build(entry, options)
    except PipelineError as error:
        return Outcome(entry, "failed", error=str(error))
    except MemoryError:
        return Outcome(entry, "failed", error=f"{entry.label}: too large for the memory of this machine; split it")
    except Exception as error:  # one text must never stop the others, whatever fault of ours it uncovers
        what = f"{entry.label}: {type(error).__name__}: {error}; this is a fault of tei-pipeline, please report it (-v says where)"
        return Outcome(entry, "failed", error=what, trace=traceback.format_exc())


def _build(entry: Input, options: Options) -> Outcome:
    from tei_pipeline.parts import located
    from tei_pipeline.pipeline import convert

    source, sidecar = load_input(entry, options.encoding)
    result = convert(source, sidecar, formats=options.formats)
    problems = located(result.problems, source, entry.folder)
    faults = _json_faults(result.outputs) if options.check_json else []
    problems += tuple(faults)
    if faults or not result.proved:
        return Outcome(entry, "failed", None, source.sha256, problems)
    folder = options.output / entry.name
    changed = write_edition(folder, entry.name, result.outputs, force=options.force)
    return Outcome(entry, "written" if changed else "unchanged", folder / f"{entry.name}.xml", source.sha256, problems)


def _json_faults(outputs: Mapping[str, bytes]) -> list[Problem]:
    """What is wrong with the JSON files by their schemas; ``where`` begins with the name of the file."""
    from tei_pipeline.validate.json_schema import validate_json

    return [
        replace(fault, where=f"{name}: {fault.where}")
        for name, data in outputs.items()
        if name.endswith(".json")
        for fault in validate_json(data)
    ]


def tell(outcome: Outcome, messages: Messages) -> None:
    """The problems and the failure to standard error, the path of the edition to standard output."""
    messages.problems(outcome.problems, outcome.entry.label)
    if outcome.error:
        messages.error(outcome.error)
        messages.note(outcome.trace, least=1)
    if outcome.edition is not None:
        messages.note(f"{outcome.entry.label}: {outcome.status}", least=1)
        messages.result(str(outcome.edition))


def write_report(outcomes: Sequence[Outcome], output: Path, *, force: bool = False) -> None:
    """Write ``report.json``: no times and no machine in it, so that the same work gives the same report.

    Raises :class:`~tei_pipeline.output.SomebodysWork` when the file there is no report of ours.
    """
    data = json.dumps(report(outcomes), ensure_ascii=False, indent=1).encode() + b"\n"
    path = output / REPORT
    write_file(path, data, force=force or _is_ours(path), parents=True)


def report(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The report as JSON values: how many, and for each source what became of it and what to look at."""
    counts = {status: sum(outcome.status == status for outcome in outcomes) for status in ("written", "unchanged", "failed")}
    return {"generator": f"{GENERATOR} {__version__}", "counts": counts, "sources": [_entry(outcome) for outcome in outcomes]}


def _entry(outcome: Outcome) -> dict[str, Any]:
    problems = [
        {"level": problem.level, "code": problem.code, "message": problem.message}
        | ({"file": problem.file} if problem.file else {})
        | ({"line": problem.line} if problem.line is not None else {})
        | ({"where": problem.where} if problem.where else {})
        for problem in outcome.problems
    ]
    return {
        "name": outcome.entry.name,
        "source": outcome.entry.label,
        "sha256": outcome.sha256 or None,
        "status": outcome.status,
        "edition": None if outcome.edition is None else f"{outcome.entry.name}/{outcome.edition.name}",
        "error": outcome.error or None,
        "problems": problems,
    }


def _is_ours(path: Path) -> bool:
    try:
        return str(json.loads(path.read_bytes())["generator"]).startswith(GENERATOR)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _size(entry: Input) -> int:
    try:
        return entry.path.stat().st_size if entry.path else 0  # of a source of several files its sidecar: the bar need not be exact
    except OSError:
        return 0
