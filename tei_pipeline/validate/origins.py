"""What an element was made from: the line of the plain text and the rule, read from the provenance file beside the edition."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import Any

from tei_pipeline.errors import printable
from tei_pipeline.provenance import Provenance
from tei_pipeline.source import split_lines
from tei_pipeline.spacing import SpacingError, rebuild
from tei_pipeline.validate.faults import Origin


class Origins:
    """Asked with an ``xml:id``, gives the :class:`~tei_pipeline.validate.faults.Origin` of its element, or None.

    Lines are counted in a text with the white space of the source and any characters at all, so that it does not matter whether those
    of the edition are still the printed ones.
    """

    def __init__(self, provenance: Provenance) -> None:
        self.provenance = provenance

    def __call__(self, identifier: str) -> Origin | None:
        """The origin of the element with that ``xml:id``; None when the provenance file does not know it."""
        at = self._numbers.get(identifier)
        if at is None:
            return None
        start = self._starting(at)
        line, file = (None, "") if start is None else self._line(start)
        return Origin(line, self._rule([*self._rows[at], None, None, None][3]), file)

    @property
    def _rows(self) -> list[list[Any]]:
        rows: list[list[Any]] = self.provenance.values["blocks"]["rows"]
        return rows

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {row[0]: at for at, row in enumerate(self._rows)}

    def _starting(self, at: int) -> int | None:
        """Where the block begins; what has no characters of its own (a division) begins with the next block that has."""
        following = (row[1] for row in self._rows[at:] if len(row) > 1 and isinstance(row[1], int))
        return next(following, None)

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line of the source begins; none when the white space is not that of the text."""
        record = self.provenance
        try:
            text = rebuild("x" * record.printed, record.spacing, record.characters)
        except SpacingError:
            return []
        return [line.start for line in split_lines(text)]

    def _line(self, start: int) -> tuple[int | None, str]:
        line = bisect_right(self._starts, start) if self._starts else None
        if line is None or not self.provenance.parts:
            return line, ""
        part = [part for part in self.provenance.parts if part.line <= line][-1]
        return line - part.line + 1, part.file

    def _rule(self, decision: Any) -> str:
        values = self.provenance.values
        if not isinstance(decision, int) or not decision < len(values["decisions"]["rows"]):
            return ""
        rule = values["decisions"]["rows"][decision][0]
        return printable(values["rules"][rule]) if rule < len(values["rules"]) else ""
