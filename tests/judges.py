"""Outside judges of packages and descriptions: an environment of their own (``tests/judges.txt``), asked through its Python.

Where it is not there, the tests that need it are skipped and say how to make it.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

ROOT = Path(__file__).resolve().parents[1]
HOW = "python3 -m venv .venv-judges && .venv-judges/bin/pip install -r tests/judges.txt (or name such a Python in TEI_PIPELINE_JUDGES)"


@cache
def judge() -> Path:
    """The Python of the judges. Skips the test when there is none."""
    named = os.environ.get("TEI_PIPELINE_JUDGES")
    python = Path(named) if named else ROOT / ".venv-judges" / "bin" / "python"
    if not python.is_file():
        pytest.skip(f"the outside judges are not installed: {HOW}")
    return python


@cache
def shipped(package: str) -> Path:
    """The folder of a package of the judges, with the files that it ships. Skips the test when it is not there."""
    found = sorted(judge().absolute().parents[1].glob(f"lib/python*/site-packages/{package}"))
    if not found:
        pytest.skip(f"{package} is not among the outside judges: {HOW}")
    return found[0]


def ask(arguments: Sequence[str | Path], *, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """What the judges' Python answers."""
    return subprocess.run([judge(), *map(str, arguments)], input=stdin, capture_output=True, text=True, check=False)


def xml_schema(path: Path, folder: Path, **imports: Path) -> etree.XMLSchema:
    """The XML Schema in a file of a package, compiled without the net: what it imports is named, by the name of the file, in ``imports``.

    ``folder`` takes the copies whose addresses are changed.
    """
    for source in (path, *imports.values()):
        text = source.read_text("utf-8")
        here = re.sub(r'schemaLocation="[^"]*/([^"/]+)"', r'schemaLocation="\1"', text)
        (folder / source.name).write_text(here, "utf-8")
    return etree.XMLSchema(etree.parse(folder / path.name))
