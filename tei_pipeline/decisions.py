"""The two side values that every stage gives: why a thing is what it is, and what an editor should look at."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Level = Literal["error", "warning", "info"]


class Decision(Struct, frozen=True):
    """Why: the rule (or settling pass, or ``editor``), what it saw, and how sure it is (0 to 1). ``who``: the editor who decided."""

    rule: str
    evidence: str
    confidence: float = 1.0
    who: str = ""


class Problem(Struct, frozen=True):
    """Went on, but look here. ``line`` is the 1-based line of the source, or None when it concerns the whole.

    ``file`` is the file that ``line`` counts in, where a source is several and a person is told.
    """

    level: Level
    code: str
    message: str
    line: int | None = None
    where: str = ""
    file: str = ""
