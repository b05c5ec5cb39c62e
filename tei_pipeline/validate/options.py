"""What is asked of a validation, beside the paths."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """Choices that every checker gets; each uses those that concern it."""


DEFAULT = Options()
