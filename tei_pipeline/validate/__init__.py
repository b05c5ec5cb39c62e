"""Validation: files from anywhere read safely, checked by grammar, links and JSON Schema, with one kind of finding.

An edition in memory: :func:`validate_edition`. A file of any kind that the program writes or reads: :func:`validate_file`; XML from
strangers: :func:`tei_pipeline.validate.parse.parse`. Importing this package compiles no schema and loads only what an edition in
memory needs.
"""

from __future__ import annotations

from pathlib import Path

from tei_pipeline.decisions import Problem
from tei_pipeline.validate.edition import validate_edition
from tei_pipeline.validate.links import validate_links
from tei_pipeline.validate.relaxng import validate_relaxng

__all__ = ["validate_edition", "validate_file", "validate_links", "validate_relaxng"]


def validate_file(path: Path) -> list[Problem]:
    """All faults of a file; see :func:`tei_pipeline.validate.files.validate_file`."""
    from tei_pipeline.validate import files

    return files.validate_file(path)
