"""Patterns that few texts need."""

from __future__ import annotations

import re
from typing import Any, cast


class _Seldom:
    """Stands for a pattern; what is asked of it is looked up there once, and from then on found here."""

    def __init__(self, pattern: str, flags: re.RegexFlag) -> None:
        self.pattern, self._flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        asked = getattr(re.compile(self.pattern, self._flags), name)
        setattr(self, name, asked)
        return asked


def seldom(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """A pattern that is compiled when it is first matched: for what only plays have, or few pages of few books.

    To compile all those that a text is never asked about takes longer than many a rule takes for the whole book. It has the methods of a
    pattern, and cannot be handed to the functions of :mod:`re`; the ``re`` of a match of it is the compiled one.
    """
    return cast("re.Pattern[str]", _Seldom(pattern, flags))
