"""What every exporter gives, how it fails, and the names of TEI that all of them look for."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from msgspec import Struct

from tei_pipeline.errors import PipelineError, printable

if TYPE_CHECKING:
    from tei_pipeline.decisions import Problem

TEI_NAMESPACE = "http://www.tei-c.org/ns/1.0"
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
TEI = f"{{{TEI_NAMESPACE}}}"
XML_ID = f"{{{XML_NAMESPACE}}}id"
XML_LANG = f"{{{XML_NAMESPACE}}}lang"
XML_SPACE = f"{{{XML_NAMESPACE}}}space"

# Elements below elements. libxml2 reads no deeper file unless told to (XML_PARSE_HUGE); Python's json module ends near 480.
MAX_DEPTH = 256


class Exported(Struct, frozen=True):
    """The bytes of one export, and what they could not express."""

    data: bytes
    problems: tuple[Problem, ...] = ()


def require(option: str, value: object, known: Collection[object]) -> None:
    """Raise :class:`ExportError` when an option has another value than these."""
    if not any(value is each or (isinstance(each, str) and value == each) for each in known):
        raise ExportError(option, f"{value!r} is no choice here; choose from {', '.join(map(str, known))}")


class ExportError(PipelineError):
    """An export, or the way back from one, that cannot be made: ``where`` names the part of the document or of the options."""

    def __init__(self, where: str, what: str) -> None:
        self.where, self.what = where, what
        super().__init__(f"{printable(where)}: {what}" if where else what)
