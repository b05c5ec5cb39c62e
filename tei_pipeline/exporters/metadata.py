"""Descriptions of an edition for catalogues, from its header alone: Dublin Core, MODS, DataCite, MARCXML."""

from __future__ import annotations

import json
from dataclasses import dataclass

from lxml import etree

from tei_pipeline.crosswalk.datacite import datacite, missing
from tei_pipeline.crosswalk.dublin_core import oai_dc
from tei_pipeline.crosswalk.header import read_record
from tei_pipeline.crosswalk.marcxml import marcxml
from tei_pipeline.crosswalk.mods import mods
from tei_pipeline.decisions import Problem
from tei_pipeline.exporters.exported import Exported


@dataclass(frozen=True, slots=True)
class MetadataOptions:
    """Descriptions have no options."""


def serialised(root: etree._Element) -> bytes:
    """A description as an XML file: UTF-8, each element on a line of its own."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def export_dc(root: etree._Element, options: MetadataOptions | None = None) -> Exported:
    """Dublin Core (``oai_dc``)."""
    return Exported(serialised(oai_dc(read_record(root))), _untitled(root))


def export_mods(root: etree._Element, options: MetadataOptions | None = None) -> Exported:
    """MODS 3.8."""
    return Exported(serialised(mods(read_record(root))), _untitled(root))


def export_marcxml(root: etree._Element, options: MetadataOptions | None = None) -> Exported:
    """MARC 21 as MARCXML."""
    return Exported(marcxml(read_record(root)), _untitled(root))


def export_datacite(root: etree._Element, options: MetadataOptions | None = None) -> Exported:
    """DataCite 4.6 as JSON; what it demands and the header does not say is a problem of level error."""
    record = read_record(root)
    data = json.dumps(datacite(record), ensure_ascii=False, indent=2).encode() + b"\n"
    return Exported(data, tuple(Problem("error", "metadata-missing", f"DataCite demands {what}") for what in missing(record)))


def _untitled(root: etree._Element) -> tuple[Problem, ...]:
    if read_record(root).title:
        return ()
    return (Problem("warning", "metadata-missing", "the header has no title, and a description without one is of little use"),)
