"""``validate``: what is wrong with files of any kind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tei_pipeline.cli.common import NOTHING_TO_DO, messages_of, verbosity
from tei_pipeline.cli.parameters import FILE
from tei_pipeline.errors import printable
from tei_pipeline.messages import Messages

if TYPE_CHECKING:
    from tei_pipeline.validate.checked import Checked


def _profiles(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, Path]:
    """``NAME=PATH`` as a mapping."""
    profiles = {}
    for entry in given:
        name, equals, path = entry.partition("=")
        if not name or not equals or not path:
            raise click.BadParameter(f"{entry!r} is no NAME=PATH")
        profiles[name] = Path(path)
    return profiles


@click.command()
@click.argument("paths", nargs=-1, required=True, type=FILE)
@click.option("--schema", "schemas", multiple=True, type=FILE, metavar="PATH", help="Use this schema, not those a file asks for; repeat.")
@click.option("--profile", "profiles", multiple=True, metavar="NAME=PATH", callback=_profiles, help="Where the schema NAME is; repeat.")
@click.option("--source", type=FILE, metavar="PATH", help="The plain text (or the folder of plain texts) to compare editions with.")
@click.option("--alone", is_flag=True, help="Do not compare an edition with the JSON and provenance files beside it.")
@click.option("--xinclude", is_flag=True, help="Include what xi:include names in the same folder.")
@click.option(
    "--format", "form", type=click.Choice(("text", "json", "junit", "sarif")), default="text", show_default=True, help="Form of the report."
)
@click.option("--every", is_flag=True, help="List each finding, also those of one cause.")
@click.option("--svrl", type=FILE, metavar="FOLDER", help="Write the report of each Schematron schema (SVRL) to FOLDER.")
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@verbosity
@messages_of
@click.pass_context
def validate(
    context: click.Context,
    messages: Messages,
    paths: tuple[Path, ...],
    schemas: tuple[Path, ...],
    profiles: dict[str, Path],
    source: Path | None,
    alone: bool,
    xinclude: bool,
    form: str,
    every: bool,
    svrl: Path | None,
    strict: bool,
) -> None:
    """Check files, folders and packages: TEI (ours or not), its JSON and provenance, sidecars, reports.

    TEI: by the schemas that it names or --schema (.rng, .rnc, .xsd, .sch; .json for JSON), by its pointers; an edition of this program
    also against its source, its provenance and its JSON. The report goes to standard output.
    """
    from tei_pipeline.validate.kinds import check_path, find_files
    from tei_pipeline.validate.options import Options
    from tei_pipeline.validate.report import FORMATS

    messages.strict = strict
    if source is not None and not source.exists():
        raise click.BadParameter(f"{printable(str(source))} is not there", param_hint="--source")
    options = Options(schemas, profiles, source, xinclude, companions=not alone)
    files: dict[str, Checked] = {}
    for path in paths:
        try:
            for file in find_files(path):
                files.setdefault(str(file), check_path(file, options))
        except OSError as error:
            messages.error(f"{printable(str(path))}: {error.strerror or error}")
    if not files:
        messages.error("nothing to do: there are no files to validate in what was named")
        context.exit(1 if messages.errors > 1 else NOTHING_TO_DO)
    for checked in files.values():
        for problem in checked.problems:
            messages.count(problem)
    if svrl is not None:
        _write_reports(svrl, files)
    click.echo(FORMATS[form](files, every), nl=False)
    context.exit(messages.exit_code)


def _write_reports(folder: Path, files: dict[str, Checked]) -> None:
    """``NAME.SCHEMA.svrl`` for each file and Schematron schema; two files of one name are told apart by their folders."""
    from lxml import etree

    from tei_pipeline.output import write_file

    taken: set[str] = set()
    for name, checked in sorted(files.items()):
        for schema, report in checked.reports:
            stem = f"{Path(name).stem}.{Path(schema).stem}.svrl"
            if stem in taken:
                stem = f"{'_'.join(part for part in Path(name).parts[:-1] if part not in ('/', '..'))}_{stem}"
            taken.add(stem)
            write_file(folder / stem, etree.tostring(report, encoding="UTF-8", xml_declaration=True) + b"\n", parents=True, force=True)
