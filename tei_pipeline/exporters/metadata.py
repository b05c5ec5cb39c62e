"""Descriptions of an edition for catalogues, from its header alone: Dublin Core, MODS, DataCite, MARCXML.

The crosswalk is imported when it is used: those who export something else do not pay for it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from lxml import etree
from msgspec import Struct

from tei_pipeline.crosswalk.serialise import serialised
from tei_pipeline.decisions import Problem
from tei_pipeline.exporters.exported import Exported

if TYPE_CHECKING:
    from tei_pipeline.crosswalk.record import Record


class MetadataOptions(Struct, frozen=True):
    """Descriptions have no options."""


def export_dc(root: etree._Element, options: MetadataOptions | None = None) -> Exported:
    """Dublin Core (``oai_dc``)."""
    from tei_pipeline.crosswalk.dublin_core import oai_dc

    return Exported(serialised(oai_dc(_record(root))), _untitled(root))


def export_mods(root: etree._Element, options: MetadataOptions | None = None) -> Exported:
    """MODS 3.8."""
    from tei_pipeline.crosswalk.mods import mods

    return Exported(serialised(mods(_record(root))), _untitled(root))


def export_marcxml(root: etree._Element, options: MetadataOptions | None = None) -> Exported:
    """MARC 21 as MARCXML."""
    from tei_pipeline.crosswalk.marcxml import marcxml

    return Exported(marcxml(_record(root)), _untitled(root))


def export_datacite(root: etree._Element, options: MetadataOptions | None = None) -> Exported:
    """DataCite 4.6 as JSON; what it demands and the header does not say is a problem of level error."""
    from tei_pipeline.crosswalk.datacite import datacite, missing

    record = _record(root)
    data = json.dumps(datacite(record), ensure_ascii=False, indent=2).encode() + b"\n"
    return Exported(data, tuple(Problem("error", "metadata-missing", f"DataCite demands {what}") for what in missing(record)))


def _record(root: etree._Element) -> Record:
    from tei_pipeline.crosswalk.header import read_record

    return read_record(root)


def _untitled(root: etree._Element) -> tuple[Problem, ...]:
    if _record(root).title:
        return ()
    return (Problem("warning", "metadata-missing", "the header has no title, and a description without one is of little use"),)
