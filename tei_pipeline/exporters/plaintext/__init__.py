"""Plain text from TEI.

``flow`` is the page that is written on, ``rows`` the table of elements, ``structure``, ``phrases`` and ``speech`` fill it;
``typeset`` makes lines of the blocks.
"""

from __future__ import annotations

from tei_pipeline.exporters.plaintext import speech, structure
from tei_pipeline.exporters.plaintext.phrases import unknown
from tei_pipeline.exporters.plaintext.rows import ENTER, LEAVE

__all__ = ["ENTER", "LEAVE", "speech", "structure", "unknown"]
