"""What no schema can say of an edition: whether it agrees with its source, with its provenance file, and with its JSON.

The files are those that ``build`` writes beside the TEI. An editor may change the tags of an edition: then its JSON is old, which is a
warning. Nobody may change its printed characters: that is an error.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from lxml import etree

from tei_pipeline.decisions import Problem
from tei_pipeline.errors import PipelineError, ProvenanceUnreadable, printable
from tei_pipeline.output import provenance_name
from tei_pipeline.provenance import Provenance, load
from tei_pipeline.source import Source
from tei_pipeline.spacing import SpacingError, rebuild
from tei_pipeline.validate.faults import fault
from tei_pipeline.validate.options import Options
from tei_pipeline.validate.origins import Origins
from tei_pipeline.validate.parse import read_bytes
from tei_pipeline.validate.places import XML_ID
from tei_pipeline.validate.words import TEI, listed, quoted, tag

_MEASURES = f"{{{TEI}}}teiHeader/{{{TEI}}}fileDesc/{{{TEI}}}extent/{{{TEI}}}measure"
MOST_NAMED = 5  # of the elements that only one of two files has


class Companions:
    """The files beside one edition, read when they are needed."""

    def __init__(self, path: Path, options: Options) -> None:
        self.path, self.options = path, options

    def check(self, root: etree._Element) -> list[Problem]:
        """What does not agree with the TEI of that root.

        Codes: ``fidelity-broken``, ``provenance``, ``provenance-mismatch``, ``provenance-old``, ``not-restored``, ``changed``,
        ``json-old``, ``source``, ``extent-source``.
        """
        if root.find(f"{{{TEI}}}text") is None:  # the grammar has said so
            return []
        record = self.provenance
        if isinstance(record, Problem):
            return [record]
        problems = self._text(root, record)
        if record is not None:
            problems += _against_provenance(root, record)
            problems += self._outputs(record)
        return problems + self._json(root)

    @property
    def origins(self) -> Origins | None:
        """What the elements were made from, if there is a provenance file."""
        return Origins(self.provenance) if isinstance(self.provenance, Provenance) else None

    @cached_property
    def provenance(self) -> Provenance | Problem | None:
        """The provenance file; None when there is none, or it is not to be looked at."""
        file = self.path.with_name(provenance_name(self.path.stem))
        if not self.options.companions or not file.is_file():
            return None
        data = read_bytes(file)
        if isinstance(data, Problem):
            return data
        try:
            return load(data, printable(str(file)))
        except ProvenanceUnreadable as error:
            key = f"{error.key}: " if error.key else ""
            return Problem("error", "provenance", f"the provenance file cannot be used: {key}{error.what}", error.line, file=str(file))

    def _text(self, root: etree._Element, record: Provenance | None) -> list[Problem]:
        """The printed characters against the source, or against what the provenance file says of them."""
        from tei_pipeline import fidelity

        try:
            source = self._source
        except PipelineError as error:
            return [Problem("warning", "source", f"the text is not compared with its source: {error}")]
        if source is not None:
            if record is not None and record.sha256 != source.sha256:
                said = f"the provenance file is about another source (sha256 {record.sha256[:12]}…) than this one ({source.sha256[:12]}…)"
                return [Problem("error", "provenance-mismatch", said)]
            difference = fidelity.compare(source, root)
            if difference is None:
                return []
            node = _identified(root, difference.where)
            message = f"the text is not that of its source (line {difference.line}): {difference.message}"
            return [fault("fidelity-broken", message, root if node is None else node)]
        if record is None:
            return []
        characters = fidelity.printed(fidelity.text_of(root))
        if fidelity.printed_hash(characters) == record.printed_sha256:
            return []
        said = (
            f"the printed characters are not those of the source any more: {len(characters):,} now, {record.printed:,} then; "
            "--source FILE shows the place"
        )
        return [Problem("error", "fidelity-broken", said)]

    @cached_property
    def _source(self) -> Source | None:
        """The plain text, of the name that the provenance file or the edition has."""
        record = self.provenance if isinstance(self.provenance, Provenance) else None
        if self.options.source is None:
            return None
        from tei_pipeline.inputs import NoSource, find_inputs, load_input

        inputs, errors = find_inputs([self.options.source])
        if errors:
            raise errors[0]
        names = {self.path.stem, record.values["source"]["name"] if record else self.path.stem}
        entry = next((each for each in inputs if each.name in names), inputs[0] if len(inputs) == 1 else None)
        if entry is None:
            where = printable(str(self.options.source))
            raise NoSource(where, f"none of its {len(inputs)} texts is called {' or '.join(sorted(map(printable, names)))}")
        known = {part.file: part.encoding for part in record.parts} if record else {}
        encoding = record.encoding if record and not record.parts else None
        return load_input(entry, encoding, known)[0]

    def _outputs(self, record: Provenance) -> Iterator[Problem]:
        """The other files that were written with the TEI, by their hashes; the JSON is compared by what it says."""
        for name, digest in record.outputs.items():
            file = self.path.with_name(name)
            found = read_bytes(file) if file.is_file() and file.suffix not in (".json", self.path.suffix) else None
            if isinstance(found, bytes) and hashlib.sha256(found).hexdigest() != digest:
                yield Problem("info", "changed", f"{printable(name)} has been changed since it was written")

    def _json(self, root: etree._Element) -> list[Problem]:
        """The JSON export, which must be that of this TEI."""
        file = self.path.with_suffix(".json")
        data = read_bytes(file) if self.options.companions and file.is_file() else None
        if data is None or isinstance(data, Problem):
            return []
        from tei_pipeline.exporters import ExportError, tei_from_json
        from tei_pipeline.exporters.json import export_json

        try:
            if export_json(root).data == data:
                return []
            other = tei_from_json(data).getroot()
        except ExportError as error:
            return [Problem("error", "json-old", f"the JSON beside the TEI cannot be compared with it: {error}", file=str(file))]
        advice = f"export it again: tei-pipeline export {printable(self.path.name)} --to json"
        for ours, theirs in zip(root.iter("*"), other.iter("*"), strict=False):
            if what := _difference(ours, theirs):
                return [fault("json-old", f"the JSON is not that of this TEI: here {what}; {advice}", ours, level="warning")]
        return [Problem("warning", "json-old", f"the JSON is not that of this TEI; {advice}")]


def _against_provenance(root: etree._Element, record: Provenance) -> list[Problem]:
    """Whether the record is about this edition, its blocks are there and stand in the source, and the source comes back from it."""
    from tei_pipeline import fidelity

    problems: list[Problem] = []
    file = record.label
    if record.values["edition"] != root.get(XML_ID):
        said = f"the provenance file is about the edition {record.values['edition']!r}, not about {root.get(XML_ID)!r}"
        problems.append(Problem("error", "provenance-mismatch", said))
    rows: Sequence[Sequence[object]] = record.values["blocks"]["rows"]
    there = {element.get(XML_ID) for element in root.iter("*")}
    gone = [str(row[0]) for row in rows if row[0] not in there]
    if gone:
        named = listed([printable(name) for name in gone[:MOST_NAMED]], "and") + (" …" if len(gone) > MOST_NAMED else "")
        said = f"{len(gone):,} elements that the provenance file describes are not in the TEI: {named}"
        problems.append(Problem("warning", "provenance-old", said))
    problems += _extent(root, record)
    outside = [str(row[0]) for row in rows if _is_outside(row, record.characters)]
    if outside:
        problems.append(Problem("error", "provenance", f"{printable(outside[0])} stands outside its source", file=file))
    characters = fidelity.printed(fidelity.text_of(root))
    if fidelity.printed_hash(characters) == record.printed_sha256:
        try:
            fidelity.restore_files(root, record)
        except PipelineError as error:
            problems.append(Problem("error", "not-restored", f"the source cannot be written back: {error}", file=file))
    return problems


def _extent(root: etree._Element, record: Provenance) -> Iterator[Problem]:
    """The extent that the header states is that of the source."""
    try:
        words = len(rebuild("x" * record.printed, record.spacing, record.characters).split())
    except SpacingError:
        return
    for measure in root.iterfind(_MEASURES):
        true = {"words": words, "bytes": record.size}.get(measure.get("unit", ""))
        if true is not None and measure.get("quantity") != str(true):
            said = f"the source has {true:,} {measure.get('unit')}, not {quoted(measure.get('quantity', ''))}"
            yield fault("extent-source", said, measure, level="warning")


def _is_outside(row: Sequence[object], characters: int) -> bool:
    start, length = (*row[1:3], None, None)[:2]
    return isinstance(start, int) and isinstance(length, int) and start + length > characters


def _identified(root: etree._Element, identifier: str) -> etree._Element | None:
    return next((element for element in root.iter("*") if element.get(XML_ID) == identifier), None) if identifier else None


def _difference(ours: etree._Element, theirs: etree._Element) -> str:
    """What of two elements is not the same, their children apart; empty when nothing is."""
    if ours.tag != theirs.tag:
        return f"it has {tag(theirs)}, the TEI {tag(ours)}"
    if ours.items() != theirs.items() and sorted(ours.items()) != sorted(theirs.items()):
        keys = sorted({str(key) for key in (*ours.attrib, *theirs.attrib)})
        names = [key.rpartition("}")[2] for key in keys if ours.get(key) != theirs.get(key)]
        return f"{listed(names, 'and')} of {tag(ours)} {'is' if len(names) == 1 else 'are'} another"
    for mine, its in ((ours.text, theirs.text), (ours.tail, theirs.tail)):
        if (mine or "") != (its or ""):
            return f"it reads {quoted(its or '')}, the TEI {quoted(mine or '')}"
    return ""
