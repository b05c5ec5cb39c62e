"""``build``: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from tei_pipeline.cli.common import FILE, encoding_option, force_option, messages_of, verbosity
from tei_pipeline.messages import Messages

NOTHING_TO_DO = 3  # exit code
DEFAULT_RAW, DEFAULT_OUTPUT = Path("raw"), Path("output")


class Memory(click.ParamType[int]):
    """A size in bytes, as ``2G`` or ``512M``."""

    name = "size"

    def convert(self, value: str | int, param: click.Parameter | None, context: click.Context | None) -> int:
        """The bytes; a usage error for what is no size."""
        from tei_pipeline.batch.limits import read_size

        try:
            return value if isinstance(value, int) else read_size(value)
        except ValueError:
            self.fail(f"{value!r} is no size such as 2G or 512M", param, context)


MEMORY = Memory()


@click.command()
@click.argument("paths", nargs=-1, type=FILE)
@click.option("-o", "--output", "output", type=FILE, default=DEFAULT_OUTPUT, show_default=True, help="The folder for the editions.")
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
@click.option("--time-limit", type=click.FloatRange(0.1), metavar="SECONDS", help="For each text [default: 300 and 120 for each MB].")
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
    paths: tuple[Path, ...],
    output: Path,
    list_file: Any,
    recursive: bool,
    name: str | None,
    encoding: str | None,
    formats: tuple[str, ...],
    force: bool,
    check_json: bool,
    jobs: int | None,
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

    Without PATHS: the texts in raw/. The edition of NAME.txt is written to output/NAME/, and the path of its TEI to standard output.
    A text of several files is named by its sidecar, or by its folder when source.toml stands in it.
    """
    from tei_pipeline.inputs import STDIN, BadName, NoTexts, SameName, check_name, find_inputs, read_list

    messages.strict = strict
    listed = read_list(list_file.read()) if list_file else []
    given = [*paths, *listed]
    if not given and not list_file and DEFAULT_RAW.is_dir():
        given = [DEFAULT_RAW]
    try:
        if name is not None or Path(STDIN) in given:
            check_name(name or "", "--name")
        inputs, errors = find_inputs(given, name=name, recursive=recursive)
    except (BadName, SameName) as refused:
        raise click.UsageError(str(refused)) from None
    for error in errors:
        messages.error(str(error))
    if not inputs:
        if not errors:
            messages.error(f"nothing to do: no text was named, and there is no folder {DEFAULT_RAW}; name files or folders")
        context.exit(NOTHING_TO_DO if all(isinstance(error, NoTexts) for error in errors) else 1)

    from tei_pipeline.batch.building import Options
    from tei_pipeline.batch.collection import Run, build_all, plan
    from tei_pipeline.batch.limits import Limits
    from tei_pipeline.exporters import EXPORTERS

    for wanted in formats:
        if wanted not in EXPORTERS:
            raise click.BadParameter(f"{wanted!r} is none of {', '.join(EXPORTERS)}", param_hint="--format")
    options = Options(output, encoding, formats or None, force, check_json)
    limits = Limits(time_limit, memory_limit) if time_limit or memory_limit else None
    run = Run(jobs, limits, resume, retry_failed or only_failed, only_failed, fail_fast, wait, junit)
    if dry_run:
        for entry, reason in plan(inputs, options, run):
            messages.result(f"{entry.label}\t{reason}")
    else:
        build_all(inputs, options, messages, run)
    context.exit(messages.exit_code)
