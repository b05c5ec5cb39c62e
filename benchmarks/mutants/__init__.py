"""Kinds of damage to an edition; importing the package enters them all in ``KINDS`` and ``ON_BYTES``."""

from __future__ import annotations

from benchmarks.mutants import attributes, elements, file, header, words
from benchmarks.mutants.kinds import KINDS, ON_BYTES

__all__ = ["KINDS", "ON_BYTES", "attributes", "elements", "file", "header", "words"]
