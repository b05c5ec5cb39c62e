"""Reports of a validation: sorted, faults of one cause folded, the same bytes for the same findings. One row for each format."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tei_pipeline.validate.checked import Checked
from tei_pipeline.validate.report import json, junit, sarif, text

Files = Mapping[str, Checked]
FORMATS: Mapping[str, Callable[[Files, bool], str]] = {
    "text": text.write,
    "json": json.write,
    "junit": junit.write,
    "sarif": sarif.write,
}
"""Each format by its name: a function from what was found in each file (by its name), and whether every finding is to be listed."""
