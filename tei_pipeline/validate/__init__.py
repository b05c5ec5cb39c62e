"""Validation: files from anywhere read safely, checked by grammar, links and JSON Schema, with one kind of finding.

An edition in memory: :func:`validate_edition`. A file of any kind that the program writes or reads: :func:`validate_path`; XML from
strangers: :func:`tei_pipeline.validate.parse.parse`. Importing this package compiles no schema and loads only what an edition in
memory needs.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tei_pipeline.decisions import Problem
from tei_pipeline.validate.edition import validate_edition
from tei_pipeline.validate.links import validate_links
from tei_pipeline.validate.relaxng import validate_relaxng

if TYPE_CHECKING:
    from tei_pipeline.validate.options import Options

__all__ = ["validate_edition", "validate_links", "validate_path", "validate_relaxng"]


def validate_path(path: Path, options: Options | None = None) -> list[Problem]:
    """All faults of a file or package; see :func:`tei_pipeline.validate.kinds.validate_path`."""
    from tei_pipeline.validate import kinds
    from tei_pipeline.validate import options as asked

    return kinds.validate_path(path, options or asked.DEFAULT)
