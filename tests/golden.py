"""What the program makes of the samples in ``raw/``, as it is kept in ``tests/golden/NAME/``.

``python -m tests.accept`` writes it anew; the difference is read before it is committed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tei_pipeline import tei
from tei_pipeline.exporters import EXPORTERS
from tei_pipeline.inputs import find_inputs, load_input
from tei_pipeline.outline import outline
from tei_pipeline.recognise import recognise
from tei_pipeline.sidecar import Sidecar
from tests.conftest import ROOT

RAW = ROOT / "raw"
GOLDEN = Path(__file__).parent / "golden"
SAMPLES = tuple(entry.name for entry in find_inputs([RAW])[0])
VERSION = "0"  # instead of the program's: a release changes no golden file


def made(name: str) -> Mapping[str, bytes]:
    """The files of a sample: its outline with what an editor is told, its TEI, its exports."""
    (entry,) = (entry for entry in find_inputs([RAW])[0] if entry.name == name)
    source, found = load_input(entry)
    sidecar = found or Sidecar()
    recognised = recognise(source, sidecar)
    written = tei.write(recognised.document, version=VERSION)
    told = [f"{problem.line}: {problem.level}: {problem.message} [{problem.code}]" for problem in (*recognised.problems, *written.problems)]
    files = {"outline.txt": "\n".join([outline(recognised.document), "", *told, ""]).encode(), f"{name}.xml": tei.serialize(written.tree)}
    for exporter in filter(lambda row: row.built, EXPORTERS.values()):
        files.setdefault(f"{name}{exporter.suffix}", exporter(written.tree).data)
    return files
