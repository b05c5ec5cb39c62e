"""Plain text of printed works in, TEI P5 digital editions out."""

from __future__ import annotations

__version__ = "0.1.0"
