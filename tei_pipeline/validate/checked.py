"""What a checker says of a file."""

from __future__ import annotations

from lxml import etree
from msgspec import Struct

from tei_pipeline.decisions import Problem


class Checked(Struct, frozen=True):
    """The problems of a file or package; the names of the schemas that judged it; the SVRL reports of those that are Schematron.

    ``kind`` is the name of its row in :data:`tei_pipeline.validate.kinds.KINDS`.
    """

    problems: list[Problem]
    schemas: tuple[str, ...] = ()
    reports: tuple[tuple[str, etree._Element], ...] = ()
    kind: str = ""

    @property
    def valid(self) -> bool:
        """Whether nothing is an error."""
        return not any(problem.level == "error" for problem in self.problems)
