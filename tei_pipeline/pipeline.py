"""The story of the program: a source becomes a document, a TEI edition, and what goes with it — or nothing, when it cannot be proved.

:func:`convert` reads and writes no files; it calls each stage once, in the order of ``bytes → Source → Blocks → Document → TEI → exports``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree
from msgspec import Struct

from tei_pipeline import __version__, fidelity, tei
from tei_pipeline.decisions import Problem
from tei_pipeline.exporters import EXPORTERS
from tei_pipeline.model import Document
from tei_pipeline.output import digest, provenance_name
from tei_pipeline.provenance import build_provenance, dump
from tei_pipeline.recognise import recognise
from tei_pipeline.sidecar import Sidecar
from tei_pipeline.source import Source, Unencodable, unencodable
from tei_pipeline.validate import validate_edition

EDITION = "xml"
NOTES_INLINE = frozenset({"xml", "text"})  # the formats that can have a note at its reference; JSON has the view of notes for it
SURE_ENCODING = 0.8  # below it an old 8-bit encoding was told from others by few letters
FORM_FEED = 0x0C  # what it says, the edition says by a page break


class Result(Struct, frozen=True):
    """What became of one source.

    ``outputs`` maps file names to contents: the TEI, its exports, the provenance file. It is empty when the edition is not complete
    or not valid: then there is nothing that may be written, and ``problems`` says why.
    """

    document: Document
    root: etree._Element
    xml: bytes
    provenance: Mapping[str, Any]
    problems: tuple[Problem, ...]
    outputs: Mapping[str, bytes]

    @property
    def proved(self) -> bool:
        """Whether the edition holds every character of its source and is valid."""
        return bool(self.outputs)


def convert(source: Source, sidecar: Sidecar | None = None, *, formats: Sequence[str] | None = None) -> Result:
    """Make, prove and export the edition of a source; the same source, sidecar and version give the same bytes.

    ``formats`` are the exports beside the TEI, by their names in :data:`~tei_pipeline.exporters.EXPORTERS`; None: those that the
    sidecar names, else all.
    """
    sidecar = sidecar or Sidecar()
    recognised = recognise(source, sidecar)
    written = tei.write(recognised.document, version=__version__)
    root = written.tree
    late: list[Problem] = []
    if recognised.hand:
        late = recognised.hand.set_attributes(root, written.origins)
    found = [*_doubtful(source), *_lost_to_xml(source), *recognised.problems, *late, *written.problems]

    loss = fidelity.compare(source, root)
    faults = [loss] if loss else validate_edition(root)
    if any(fault.level == "error" for fault in faults):
        return Result(recognised.document, root, b"", {}, (*found, *faults), {})

    xml = tei.serialize(root)
    exports, inexpressible = export_all(root, source.name, _chosen(sidecar, formats), inline=sidecar.settings.notes == "inline")
    problems = (*found, *faults, *inexpressible)
    outputs = {f"{source.name}.{EDITION}": xml, **exports}
    provenance = build_provenance(
        source,
        root,
        written.origins,
        version=__version__,
        outputs={name: digest(data) for name, data in outputs.items()},
        problems=problems,
        corrections=recognised.hand.record() if recognised.hand else (),
        sidecar=sidecar.sha256,
    )
    outputs[provenance_name(source.name)] = dump(provenance)
    return Result(recognised.document, root, xml, provenance, problems, outputs)


def export_all(root: etree._Element, name: str, formats: Sequence[str], *, inline: bool = False) -> tuple[dict[str, bytes], list[Problem]]:
    """The exports of an edition by file name, and what they could not express.

    ``inline``: each note at its reference, in the plain text and in a second XML file for viewers.
    """
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for chosen in formats:
        exporter = EXPORTERS[chosen]
        if chosen == EDITION and not inline:
            continue
        exported = exporter(root, notes="inline") if inline and chosen in NOTES_INLINE else exporter(root)
        files[f"{name}{'.inline' if chosen == EDITION else ''}{exporter.suffix}"] = exported.data
        problems += exported.problems
    return files, problems


def _chosen(sidecar: Sidecar, formats: Sequence[str] | None) -> list[str]:
    wanted = sidecar.settings.exports if formats is None else formats
    return [name for name, exporter in EXPORTERS.items() if (exporter.built if wanted is None else name in wanted)]


def _doubtful(source: Source) -> list[Problem]:
    """An encoding that was guessed and may well be another; a source of several files says it of the one that it names."""
    if source.confidence >= SURE_ENCODING:
        return []
    message = (
        f"read as {source.encoding}, {source.confidence:.0%} certain ({source.evidence});"
        " look at its accented letters, and name the encoding with --encoding if it is another"
    )
    return [Problem("warning", "encoding-guessed", message, 1)]


def _lost_to_xml(source: Source) -> list[Problem]:
    """What XML cannot hold is the one thing that the edition lacks; the provenance file has every place of it."""
    places: dict[int, list[Unencodable]] = {}
    for place in unencodable(source):
        places.setdefault(place.code, []).append(place)
    return [
        Problem(
            "info" if code == FORM_FEED else "warning",
            "unencodable",
            f"U+{code:04X} cannot stand in XML: {len(found)} of them, the first in column {found[0].column}; provenance keeps them",
            found[0].line,
        )
        for code, found in places.items()
    ]
