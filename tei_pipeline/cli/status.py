"""``status``: what an output folder holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from tei_pipeline.cli.build import DEFAULT_OUTPUT
from tei_pipeline.cli.common import messages_of, verbosity
from tei_pipeline.cli.parameters import PLACE, archive_of
from tei_pipeline.errors import printable
from tei_pipeline.messages import Messages


@click.command()
@click.argument("folder", type=PLACE, default=DEFAULT_OUTPUT)
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="For readers or for programs."
)
@verbosity
@messages_of
@click.pass_context
def status(context: click.Context, messages: Messages, folder: Path | str, form: str) -> None:
    """Say what the ledger of FOLDER knows: what is done, failed, stale, interrupted, and which editions have no source any more.

    FOLDER is the output of a build, also a zip file or an address. All but the done ones are listed; -v lists them too. The exit code is 1
    when something failed.
    """
    from tei_pipeline.batch.ledger import Ledger, NoFolder
    from tei_pipeline.batch.status import counts, standings

    if isinstance(folder, Path) and not folder.is_dir() and not (archive_of(folder) and folder.exists()):
        raise NoFolder(folder)
    with output_folder(folder) as place, Ledger(place, read_only=True) as ledger:
        found = list(standings(place, ledger))
    numbers = counts(found)
    if form == "json":
        import json

        editions = [{"name": standing.key, "state": standing.state, "why": standing.why} for standing in found]
        click.echo(json.dumps({"counts": numbers, "editions": editions}, ensure_ascii=False, indent=1))
    else:
        for standing in found:
            if standing.state != "done" or messages.verbosity > 0:
                why = f"\t{printable(standing.why)}" if standing.why else ""
                click.echo(f"{standing.state}\t{printable(standing.key)}{why}")
        click.echo(", ".join(f"{number:,} {state}" for state, number in numbers.items()))
    context.exit(1 if numbers["failed"] else 0)


@contextmanager
def output_folder(place: Path | str) -> Iterator[Path]:
    """The folder of an output, or the one that stands for an archive or an address."""
    archive = archive_of(place)
    if archive is not None:
        from tei_pipeline.batch.archive import glance as glance_into

        with glance_into(archive) as folder:
            yield folder
        return
    if isinstance(place, Path):
        yield place
        return
    from tei_pipeline.remote.session import glance

    with glance(place) as folder:
        yield folder
