"""The reports of a run over a collection: ``report.json`` for programs, ``report.html`` for people, JUnit XML where it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tei_pipeline.batch.ledger import Ledger
from tei_pipeline.batch.reports import html, json
from tei_pipeline.inputs import Input
from tei_pipeline.output import replace_file

JSON, HTML = "report.json", "report.html"


def write_reports(inputs: Sequence[Input], ledger: Ledger, output: Path, *, junit: Path | None = None, force: bool = False) -> None:
    """Write the reports over the sources of a run, in their order, whether they were built now or before.

    Raises :class:`~tei_pipeline.output.SomebodysWork` when a file that is no report of ours stands in the place of one; the JUnit file was
    named by hand, and is replaced.
    """
    if junit is not None:
        from tei_pipeline.batch.reports import junit as writer

        replace_file(junit, writer.pieces(inputs, ledger), force=True)
    for name, kind in ((JSON, json), (HTML, html)):
        replace_file(output / name, kind.pieces(inputs, ledger), force=force or kind.is_ours(output / name))
