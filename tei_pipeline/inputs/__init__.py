"""What to work on: files, folders, lists and standard input become named sources, before any work is done."""

from __future__ import annotations

from tei_pipeline.inputs.entry import Input
from tei_pipeline.inputs.errors import BadList, BadName, LineTooLong, NoSource, NoTexts, SameName
from tei_pipeline.inputs.find import find_inputs
from tei_pipeline.inputs.folders import STDIN
from tei_pipeline.inputs.listed import read_list
from tei_pipeline.inputs.load import load_input, load_sidecar, read_input, source_files
from tei_pipeline.inputs.names import LEDGER, check_name

__all__ = [
    "LEDGER",
    "STDIN",
    "BadList",
    "BadName",
    "Input",
    "LineTooLong",
    "NoSource",
    "NoTexts",
    "SameName",
    "check_name",
    "find_inputs",
    "load_input",
    "load_sidecar",
    "read_input",
    "read_list",
    "source_files",
]
