"""The one family of exceptions: "cannot go on". Each carries its data; its text is the whole sentence; the command line alone makes an exit code of it."""

from __future__ import annotations


class PipelineError(Exception):
    """Base of every expected failure. ``str(error)`` names the file, what is wrong, and what to do."""
