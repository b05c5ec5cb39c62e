"""Plain text from TEI: a page to write on (``flow``), the table of elements (``rows``) and the modules that fill it, lines (``typeset``)."""

from __future__ import annotations

from tei_pipeline.exporters.plaintext import speech, structure
from tei_pipeline.exporters.plaintext.phrases import unknown
from tei_pipeline.exporters.plaintext.rows import ENTER, LEAVE

__all__ = ["ENTER", "LEAVE", "speech", "structure", "unknown"]
