"""``package``: editions, with the texts that they were made from, as repositories take them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from tei_pipeline.cli.build import DEFAULT_OUTPUT, DEFAULT_RAW
from tei_pipeline.cli.common import NOTHING_TO_DO, force_option, messages_of, verbosity
from tei_pipeline.cli.parameters import FILE
from tei_pipeline.errors import printable
from tei_pipeline.messages import Messages

DEFAULT_PACKAGES = Path("packages")
FORMATS = ("bagit", "csip", "saf", "ocfl")


@click.command()
@click.argument("paths", nargs=-1, type=FILE)
@click.option("--as", "chosen", required=True, type=click.Choice(FORMATS), help="The form of the package.")
@click.option("-o", "--output", type=FILE, default=DEFAULT_PACKAGES, show_default=True, help="The folder for the packages.")
@click.option("--zip", "zipped", is_flag=True, help="One zip file for each package.")
@click.option("--tar", "tarred", is_flag=True, help="One tar file for each package.")
@click.option("--collect", is_flag=True, help="One package of all editions.")
@click.option("--name", metavar="NAME", help="The name of the collection, if not that of the one folder named.")
@click.option("--source", "sources", multiple=True, type=FILE, help="A folder with the texts as received; may be repeated; else raw/.")
@click.option("--date", metavar="DATE", help="The time that the package states; else SOURCE_DATE_EPOCH, else the sidecar's last revision.")
@click.option("--set", "choices", multiple=True, metavar="OPTION=VALUE", help="An option of the form; may be repeated.")
@force_option
@click.option("-j", "--jobs", type=click.IntRange(0, 1000), metavar="N", help="Worker processes [default: one for each core; 0: none].")
@click.option("--resume/--no-resume", default=True, help="Leave out what is done already, the default; or do everything again.")
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@verbosity
@messages_of
@click.pass_context
def package(
    context: click.Context,
    messages: Messages,
    paths: tuple[Path, ...],
    chosen: str,
    output: Path,
    zipped: bool,
    tarred: bool,
    collect: bool,
    name: str | None,
    sources: tuple[Path, ...],
    date: str | None,
    choices: tuple[str, ...],
    force: bool,
    jobs: int | None,
    resume: bool,
    strict: bool,
) -> None:
    """Pack editions for an archive, each with its source, provenance and validation report; print the paths of the packages.

    PATHS are editions (their folders, or their TEI files) or folders of them; without PATHS: output/. The source text is proved before
    anything is written: by its hash, or given back by the edition itself.
    """
    from tei_pipeline.package.dates import BadDate, given_date
    from tei_pipeline.package.editions import find_editions
    from tei_pipeline.package.making import Options, plan
    from tei_pipeline.package.run import Run, package_all

    messages.strict = strict
    if zipped and tarred:
        raise click.UsageError("a package is one file of one form: leave --zip or --tar out")
    archive = "zip" if zipped else "tar" if tarred else ""
    if not paths and DEFAULT_OUTPUT.is_dir():
        paths = (DEFAULT_OUTPUT,)
    for folder in sources:
        if not folder.is_dir():
            raise click.BadParameter(f"{printable(str(folder))}: is no folder", param_hint="--source")
    editions, errors = find_editions(paths)
    for error in errors:
        messages.error(str(error))
    if not editions:
        if not errors:
            messages.error(f"nothing to do: no edition was named, and there is no folder {DEFAULT_OUTPUT}; build some first")
        context.exit(NOTHING_TO_DO if all(error.nothing for error in errors) else 1)
    if collect and not name:
        if len(paths) != 1 or not paths[0].is_dir():
            raise click.UsageError("a collection needs a name: give --name")
        name = paths[0].resolve().name
    picked = _picked(chosen, choices, archive)
    try:
        stated = given_date(date, os.environ)
    except BadDate as bad:
        raise click.UsageError(str(bad)) from None
    folders = sources or ((DEFAULT_RAW,) if DEFAULT_RAW.is_dir() else ())
    options = Options(chosen, output, folders, archive, stated, force, tuple(picked.items()))
    package_all(plan(editions, name if collect and name else ""), options, messages, Run(jobs, resume))
    context.exit(messages.exit_code)


def _picked(chosen: str, choices: Sequence[str], archive: str) -> dict[str, Any]:
    """The options of the form that ``--set`` names, tried. Raises a usage error for one that the form does not have."""
    from tei_pipeline.cli.export import choice
    from tei_pipeline.exporters.exported import ExportError
    from tei_pipeline.package import PACKAGERS

    packager = PACKAGERS[chosen]
    if packager.grows and archive:
        raise click.UsageError(f"a package of the form {chosen} is a folder, to which versions are added; leave --{archive} out")
    picked: dict[str, Any] = dict(map(choice, choices))
    try:
        packager.options(**picked)
    except TypeError:
        known = ", ".join(getattr(packager.options, "__struct_fields__", ())) or "none"
        raise click.BadParameter(f"an option that {chosen} does not have; its options: {known}", param_hint="--set") from None
    except ExportError as error:
        raise click.BadParameter(str(error), param_hint="--set") from None
    return picked
