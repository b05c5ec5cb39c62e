"""``build``: the main job."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tei_pipeline.cli.common import NOTHING_TO_DO, encoding_option, force_option, messages_of, verbosity
from tei_pipeline.cli.parameters import FILE, MEMORY, PLACE, archive_of, place
from tei_pipeline.messages import Messages

if TYPE_CHECKING:
    from tei_pipeline.batch.building import Options
    from tei_pipeline.errors import PipelineError
    from tei_pipeline.inputs import Input

DEFAULT_RAW, DEFAULT_OUTPUT = Path("raw"), Path("output")
LONGEST = 1_000_000  # seconds; what waits for the workers counts milliseconds in 32 bits


def _seconds(_: click.Context, __: click.Parameter, value: float | None) -> float | None:
    """A limit of time that can be waited for: ``nan`` and ``inf`` are numbers too, and no such limits."""
    if value is not None and not value <= LONGEST:
        raise click.BadParameter(f"{value:g} is no number of seconds up to {LONGEST}")
    return value


@click.command()
@click.argument("paths", nargs=-1, type=PLACE)
@click.option(
    "-o",
    "--output",
    "output",
    type=PLACE,
    default=DEFAULT_OUTPUT,
    show_default=True,
    help="Where the editions go: a folder, or a file NAME.zip.",
)
@click.option(
    "--list", "list_file", type=click.File("rb"), metavar="FILE", help="Also the paths in FILE, one a line; - reads standard input."
)
@click.option("-r", "--recursive", is_flag=True, help="Search sub-folders too; the folders of the output mirror them.")
@click.option("--name", metavar="NAME", help="The name of the edition; needed for - (standard input).")
@encoding_option
@click.option("--format", "formats", multiple=True, metavar="FORMAT", help="Only these exports beside the TEI; may be repeated.")
@force_option
@click.option("--check-json", is_flag=True, help="Check the JSON files by their schemas too, before anything is written.")
@click.option("-j", "--jobs", type=click.IntRange(0, 1000), metavar="N", help="Worker processes [default: one for each core; 0: none].")
@click.option("--engine", type=click.Choice(("local", "dask")), default="local", show_default=True, help="Who does the work.")
@click.option("--scheduler", metavar="ADDRESS", help="The scheduler of the Dask cluster, as tcp://host:8786.")
@click.option(
    "--time-limit",
    type=click.FloatRange(0.1),
    callback=_seconds,
    metavar="SECONDS",
    help="For each text [default: 300 and 120 for each MB].",
)
@click.option("--memory-limit", type=MEMORY, metavar="SIZE", help="For each worker, as 2G [default: a fair part of the machine's].")
@click.option("--resume/--no-resume", default=True, help="Leave out what is done already, the default; or do everything again.")
@click.option("--retry-failed", is_flag=True, help="Do also again what failed and did not change since.")
@click.option("--only-failed", is_flag=True, help="Do nothing but what failed.")
@click.option("--fail-fast/--keep-going", default=False, help="Stop at the first text that fails; or go on, the default.")
@click.option("--wait", is_flag=True, help="Wait while another run writes to the same folder; else this one is refused.")
@click.option("-n", "--dry-run", is_flag=True, help="Print which texts would be built, and why; write nothing.")
@click.option("--junit", type=FILE, metavar="FILE", help="Write a JUnit report to FILE too, for continuous integration.")
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@verbosity
@messages_of
@click.pass_context
def build(
    context: click.Context,
    messages: Messages,
    paths: tuple[Path | str, ...],
    output: Path | str,
    list_file: Any,
    recursive: bool,
    name: str | None,
    encoding: str | None,
    formats: tuple[str, ...],
    force: bool,
    check_json: bool,
    jobs: int | None,
    engine: str,
    scheduler: str | None,
    time_limit: float | None,
    memory_limit: int | None,
    resume: bool,
    retry_failed: bool,
    only_failed: bool,
    fail_fast: bool,
    wait: bool,
    dry_run: bool,
    junit: Path | None,
    strict: bool,
) -> None:
    """Convert, check, validate and export plain texts: files, folders of *.txt, or - for standard input.

    PATHS and the output may be addresses too (s3://, sftp://, zip:// and what else fsspec knows).

    Without PATHS: the texts in raw/. The edition of NAME.txt is written to output/NAME/, and the path of its TEI to standard output.
    A text of several files is named by its sidecar, or by its folder when source.toml stands in it.
    """
    from tei_pipeline.batch.collection import Run, build_all, plan
    from tei_pipeline.batch.limits import Limits
    from tei_pipeline.inputs import STDIN, BadName, SameName, check_name, read_list

    messages.strict = strict
    if (engine == "dask") != bool(scheduler):
        raise click.UsageError("--engine dask and --scheduler ADDRESS go together")
    listed = [place(entry) for entry in read_list(list_file.read())] if list_file else []
    given = [*paths, *listed]
    if not given and not list_file and DEFAULT_RAW.is_dir():
        given = [DEFAULT_RAW]
    try:
        if name is not None or Path(STDIN) in given:
            check_name(name or "", "--name")
        with sources(given, name=name, recursive=recursive) as (inputs, errors):
            for error in errors:
                messages.error(str(error))
            if not inputs:
                context.exit(_nothing(errors, messages))
            options = options_of(output, encoding, formats, force=force, check_json=check_json)
            limits = Limits(time_limit, memory_limit) if time_limit or memory_limit else None
            run = Run(jobs, limits, resume, retry_failed or only_failed, only_failed, fail_fast, wait, junit, scheduler or "")
            if dry_run:
                for entry, reason in plan(inputs, options, run):
                    messages.result(f"{entry.label}\t{reason}")
            else:
                build_all(inputs, options, messages, run)
    except (BadName, SameName) as refused:
        raise click.UsageError(str(refused)) from None
    context.exit(messages.exit_code)


@contextmanager
def sources(given: Sequence[Path | str], *, name: str | None, recursive: bool) -> Iterator[tuple[list[Input], Sequence[PipelineError]]]:
    """The sources that were named; what addresses need is loaded only for addresses."""
    paths = [path for path in given if isinstance(path, Path)]
    if len(paths) == len(given):
        from tei_pipeline.inputs import find_inputs

        yield find_inputs(paths, name=name, recursive=recursive)
        return
    from tei_pipeline.remote.staging import found

    with found(given, name=name, recursive=recursive) as inputs_and_errors:
        yield inputs_and_errors


def _nothing(errors: Sequence[PipelineError], messages: Messages) -> int:
    """The exit code when no text was found."""
    if not errors:
        messages.error(f"nothing to do: no text was named, and there is no folder {DEFAULT_RAW}; name files or folders")
    return NOTHING_TO_DO if all(error.nothing for error in errors) else 1


def options_of(output: Path | str, encoding: str | None, formats: tuple[str, ...], *, force: bool, check_json: bool) -> Options:
    """What the command line says of each edition. Raises a usage error for a format that is none."""
    from tei_pipeline.batch.building import Options
    from tei_pipeline.exporters import EXPORTERS

    for wanted in formats:
        if wanted not in EXPORTERS:
            raise click.BadParameter(f"{wanted!r} is none of {', '.join(EXPORTERS)}", param_hint="--format")
    archive = archive_of(output)
    folder, store = (output, "") if isinstance(output, Path) else (Path(), "" if archive else output)
    return Options(folder, encoding, formats or None, force, check_json, store, archive)
