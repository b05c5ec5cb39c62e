"""``export``: other formats from any TEI."""

from __future__ import annotations

from pathlib import Path

import click

from tei_pipeline.cli.common import NotExported, force_option, messages_of, put, read_edition, verbosity
from tei_pipeline.cli.parameters import FILE
from tei_pipeline.errors import printable
from tei_pipeline.messages import Messages


@click.command()
@click.argument("file", type=FILE)
@click.option("--to", "chosen", required=True, metavar="FORMAT", help="xml, json, text, or for catalogues dc, mods, datacite, marcxml.")
@click.option("-o", "--output", type=FILE, default=Path("-"), help="Where to write; else standard output.")
@click.option("--notes", metavar="PLACE", help="Where the notes go, as the format can.")
@click.option("--set", "choices", multiple=True, metavar="OPTION=VALUE", help="Another option of the format; may be repeated.")
@force_option
@verbosity
@messages_of
@click.pass_context
def export(
    context: click.Context,
    messages: Messages,
    file: Path,
    chosen: str,
    output: Path,
    notes: str | None,
    choices: tuple[str, ...],
    force: bool,
) -> None:
    """Export the TEI in FILE: ours, corrected by hand, or made elsewhere; or its JSON export. What a format cannot express is named."""
    from tei_pipeline.exporters import EXPORTERS, ExportError

    if chosen not in EXPORTERS:
        raise click.BadParameter(f"{chosen!r} is none of {', '.join(EXPORTERS)}", param_hint="--to")
    options = dict(map(choice, choices)) | ({"notes": notes} if notes else {})
    root = read_edition(file)
    try:
        exported = EXPORTERS[chosen](root, **options)
    except ExportError as error:
        raise NotExported(file, error) from error
    messages.problems(exported.problems, printable(str(file)))
    put(exported.data, output, force=force)
    context.exit(messages.exit_code)


def choice(text: str) -> tuple[str, str | int | bool]:
    """``OPTION=VALUE`` as a name and a value: yes and no, a number, or words."""
    name, equals, value = text.partition("=")
    if not equals:
        raise click.BadParameter(f"{text!r} is not OPTION=VALUE", param_hint="--set")
    plain = {"yes": True, "true": True, "no": False, "false": False}
    return name.replace("-", "_"), plain.get(value.lower(), int(value) if value.isdecimal() else value)
