"""Validation: files from anywhere read safely, checked by grammar, links and JSON Schema, with one kind of finding.

An edition in memory: :func:`validate_edition`. A file of any kind that the program writes or reads: :func:`validate_file`.
Importing this package loads no JSON Schema library and compiles no schema.
"""

from __future__ import annotations

from tei_pipeline.validate.edition import validate_edition
from tei_pipeline.validate.files import validate_file
from tei_pipeline.validate.links import validate_links
from tei_pipeline.validate.parse import Parsed, parse
from tei_pipeline.validate.relaxng import validate_relaxng

__all__ = ["Parsed", "parse", "validate_edition", "validate_file", "validate_links", "validate_relaxng"]
