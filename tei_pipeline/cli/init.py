"""``init``: a sidecar to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from tei_pipeline.cli.common import encoding_option, force_option, put, recognise_file, verbosity
from tei_pipeline.cli.parameters import FILE


@click.command()
@click.argument("file", type=FILE)
@click.option("-o", "--output", type=FILE, help="Where to write the sidecar, if not beside FILE; - is standard output.")
@encoding_option
@force_option
@verbosity
def init(file: Path, output: Path | None, encoding: str | None, force: bool) -> None:
    """Write a sidecar for FILE (NAME.toml beside NAME.txt) with what was found out, all of it switched off, ready to edit."""
    from tei_pipeline.facts import layout_facts, quotation_facts
    from tei_pipeline.sidecar.template import init_sidecar

    source, recognised = recognise_file(file, encoding)
    if source.parts:
        raise click.UsageError(f"{file} has a sidecar, which names its parts; edit that")
    text = init_sidecar(source, recognised.document.metadata, layout_facts(recognised.layout) | quotation_facts(source.text))
    put(text.encode(), output or file.with_name(f"{source.name}.toml"), force=force)
