"""Exports from TEI: from the edition, from an edition that somebody corrected by hand, or from TEI made elsewhere.

An exporter is one module with one function, and one row in :data:`EXPORTERS`. It reads an lxml tree and never changes it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree
from msgspec import Struct

from tei_pipeline.exporters.exported import Exported, ExportError
from tei_pipeline.exporters.json import JsonOptions, export_json
from tei_pipeline.exporters.metadata import MetadataOptions, export_datacite, export_dc, export_marcxml, export_mods
from tei_pipeline.exporters.text import DIPLOMATIC, TextOptions, export_text
from tei_pipeline.exporters.xml import XmlOptions, export_xml

__all__ = ["DIPLOMATIC", "EXPORTERS", "ExportError", "Exported", "Exporter", "JsonOptions", "TextOptions", "XmlOptions", "tei_from_json"]


class Exporter(Struct, frozen=True):
    """One format: its name, the suffix of its files, its options (a frozen struct; its defaults are a reader's), its function.

    ``built``: ``build`` writes it beside the TEI, if it is not told otherwise.
    """

    name: str
    suffix: str
    options: Callable[..., Any]
    function: Callable[[etree._Element, Any], Exported]
    built: bool = True

    def __call__(self, root: etree._Element, **choices: Any) -> Exported:
        """Export with the defaults but for ``choices``; :class:`ExportError` names a choice that there is not."""
        try:
            options = self.options(**choices)
        except TypeError:
            known = ", ".join(getattr(self.options, "__struct_fields__", ())) or "none"
            raise ExportError(self.name, f"an option that this format does not have; its options: {known}") from None
        return self.function(root, options)


EXPORTERS: dict[str, Exporter] = {
    exporter.name: exporter
    for exporter in (
        Exporter("xml", ".xml", XmlOptions, export_xml),
        Exporter("json", ".json", JsonOptions, export_json),
        Exporter("text", ".txt", TextOptions, export_text),
        Exporter("dc", ".dc.xml", MetadataOptions, export_dc, built=False),
        Exporter("mods", ".mods.xml", MetadataOptions, export_mods, built=False),
        Exporter("datacite", ".datacite.json", MetadataOptions, export_datacite, built=False),
        Exporter("marcxml", ".marc.xml", MetadataOptions, export_marcxml, built=False),
    )
}


def tei_from_json(data: bytes) -> etree._ElementTree:
    """The document whose JSON export ``data`` is; see :func:`tei_pipeline.exporters.from_json.tei_from_json`."""
    from tei_pipeline.exporters import from_json  # its expressions take longer to compile than a book to export

    return from_json.tei_from_json(data)
