"""The provenance file (NAME.provenance.json, beside the TEI): how the source is got back, and why every part is what it is.

Its format is ``schemas/provenance.schema.json``, where each key is described. Decisions join the edition by ``xml:id``. All of it is
plain text; rows stand on lines of their own, so that a difference between two runs is readable.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeAlias, cast

from lxml import etree
from msgspec import Struct, field

from tei_pipeline.decisions import Decision, Problem
from tei_pipeline.errors import ProvenanceUnreadable
from tei_pipeline.fidelity import XML_ID, printed_hash
from tei_pipeline.provenance_check import BLOCKS, DECISIONS, FORMAT, INLINES, LIFTED, PROBLEMS, VERSION, check
from tei_pipeline.source import Part, Source, Span, line_ends
from tei_pipeline.spacing import Lifted, Spacing, take_apart


class Node(Protocol):
    """What provenance needs of a node of the document; those without ``why`` count as made by no rule."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """The ranges of the source that the node holds."""
        ...


Origin: TypeAlias = "tuple[etree._Element, Node]"


class Provenance(Struct, frozen=True):
    """A provenance file that was read: what restoring needs, by name; everything, as the schema describes it, in ``values``.

    ``parts`` are the files of a source of several, none for one file.
    """

    label: str
    sha256: str
    size: int
    encoding: str
    bom: bool
    characters: int
    printed: int
    printed_sha256: str
    spacing: Spacing
    values: Mapping[str, Any]
    parts: tuple[Part, ...] = ()

    @property
    def outputs(self) -> Mapping[str, str]:
        """The SHA-256 of each file written with this one, by its name."""
        return cast("Mapping[str, str]", self.values["outputs"])


def build_provenance(
    source: Source,
    root: etree._Element,
    origins: Iterable[Origin],
    *,
    version: str,
    outputs: Mapping[str, str],
    problems: Sequence[Problem] = (),
    alternatives: Mapping[str, Sequence[Decision]] | None = None,
    corrections: Sequence[Mapping[str, Any]] = (),
    sidecar: str = "",
) -> dict[str, Any]:
    """The provenance of an edition as JSON values, the same for the same input.

    ``origins`` are the elements of ``root`` with the nodes they were made from, in document order: an element with an ``xml:id`` is a
    block, another one an inline of the block around it. ``outputs`` maps the names of the files written with this one to their SHA-256,
    ``alternatives`` an ``xml:id`` to the decisions that lost, best first; ``sidecar`` is the SHA-256 of the sidecar, if there is one.
    """
    printed, spacing = take_apart(source.text)
    decisions = _Decisions(alternatives or {})
    decisions.add(list(origins))
    return {
        "format": FORMAT,
        "version": VERSION,
        "program": {"name": "tei-pipeline", "version": version},
        "edition": root.get(XML_ID),
        "source": {
            "name": source.name,
            "sha256": source.sha256,
            "size": source.size,
            "encoding": source.encoding,
            "bom": source.bom,
            "confidence": source.confidence,
            "evidence": source.evidence,
            "characters": len(source.text),
            "lines": len(source.lines),
            "lineEnds": {_LINE_ENDS[end]: times for end, times in line_ends(source.text).items()},
            **({"sidecar": sidecar} if sidecar else {}),
            **({"parts": list(map(_part, source.parts))} if source.parts else {}),
        },
        "printed": {"characters": len(printed), "sha256": printed_hash(printed)},
        "outputs": dict(sorted(outputs.items())),
        "corrections": [dict(correction) for correction in corrections],
        "problems": _table(PROBLEMS, [[p.level, p.code, p.message, p.line, p.where] for p in problems]),
        "rules": list(decisions.rules),
        "evidence": list(decisions.evidence),
        "decisions": _table(DECISIONS, [list(row) for row in decisions.decisions]),
        "blocks": _table(BLOCKS, decisions.blocks),
        "inlines": _table(INLINES, decisions.inlines),
        "unencodable": _table(LIFTED, [list(row) for row in spacing.lifted]),
        "whitespace": {"strings": list(spacing.strings), "rows": list(spacing.rows)},
    }


def dump(provenance: Mapping[str, Any]) -> bytes:
    """The file: UTF-8, the keys in their order, tables and long lists with one entry on a line."""
    parts = [f"{_encode(key)}: {_WRITERS.get(key, _encode)(value)}" for key, value in provenance.items()]
    text = "{\n" + ",\n".join(parts) + "\n}\n"
    return text.encode("utf-8", "backslashreplace")  # a lone surrogate becomes what JSON writes for it, \udc80


def load(data: bytes, label: str) -> Provenance:
    """Read a provenance file; ``label`` is what messages call it. Raises :class:`ProvenanceUnreadable`, whatever the bytes are."""
    try:
        values = json.loads(data.decode("utf-8"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise ProvenanceUnreadable(label, f"the byte {error.start} is no UTF-8") from error
    except json.JSONDecodeError as error:
        raise ProvenanceUnreadable(label, f"no JSON: {error.msg}, column {error.colno}", line=error.lineno) from error
    except (ValueError, RecursionError) as error:  # numbers with thousands of figures, NaN; lists in lists without end
        raise ProvenanceUnreadable(label, "no JSON that this program reads: numbers or nesting out of all measure") from error
    check(values, label)
    source, printed, white = values["source"], values["printed"], values["whitespace"]
    lifted = tuple(Lifted(*row) for row in values["unencodable"]["rows"])
    return Provenance(
        label,
        source["sha256"],
        source["size"],
        source["encoding"],
        source["bom"],
        source["characters"],
        printed["characters"],
        printed["sha256"],
        Spacing(tuple(white["strings"]), tuple(white["rows"]), lifted),
        values,
        tuple(_read_part(part) for part in source.get("parts", ())),
    )


def _part(part: Part) -> dict[str, Any]:
    """A file of a source of several, as JSON values: like the source itself, and its range of the joined text."""
    return {
        "file": part.file,
        "begins": part.begins,
        "start": part.start,
        "characters": part.end - part.start,
        "line": part.line,
        **{key: getattr(part, key) for key in ("sha256", "size", "encoding", "bom", "confidence", "evidence")},
    }


def _read_part(values: Mapping[str, Any]) -> Part:
    known = {key: value for key, value in values.items() if key != "characters"}
    return Part(**known, end=values["start"] + values["characters"])


_LINE_ENDS = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}


class _Decisions(Struct):
    """Collects rows; rules, evidence and decisions are numbered in the order in which they first occur."""

    alternatives: Mapping[str, Sequence[Decision]]
    rules: dict[str, int] = field(default_factory=dict)
    evidence: dict[str, int] = field(default_factory=dict)
    decisions: dict[tuple[int, int, float], int] = field(default_factory=dict)
    blocks: list[list[Any]] = field(default_factory=list)
    inlines: list[list[Any]] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def add(self, origins: Sequence[Origin]) -> None:
        """Blocks first, because inlines name theirs by its row."""
        inlines = []
        for element, node in origins:
            name = element.get(XML_ID)
            if name is not None:
                self.numbers[name] = len(self.blocks)
                self.blocks.append(self._block(name, node))
            elif why := _why(node):
                inlines.append((element, node, why))
        for element, node, why in inlines:
            self.inlines.append([self._block_of(element), *_range(node), self._number(why)])

    def _block(self, name: str, node: Node) -> list[Any]:
        why = _why(node)
        decision = None if why is None else self._number(why)
        spans = [number for start, end in node.spans for number in (start, end - start)] if len(node.spans) > 1 else None
        lost = [self._number(decision) for decision in self.alternatives.get(name, ())] or None
        return _short([name, *_range(node), decision, spans, lost])

    def _block_of(self, element: etree._Element) -> int | None:
        for above in element.iterancestors():
            name = above.get(XML_ID)
            if name is not None and name in self.numbers:
                return self.numbers[name]
        return None

    def _number(self, why: Decision) -> int:
        rule = self.rules.setdefault(why.rule, len(self.rules))
        evidence = self.evidence.setdefault(why.evidence, len(self.evidence))
        return self.decisions.setdefault((rule, evidence, round(why.confidence, 3)), len(self.decisions))


def _why(node: Node) -> Decision | None:
    return getattr(node, "why", None)


def _range(node: Node) -> tuple[int | None, int | None]:
    """Where the node's first character of the source is, and how many go to its last; none when nothing of the source is in it."""
    if not node.spans:
        return None, None
    start, end = node.spans[0]
    for first, last in node.spans[1:]:
        start, end = min(start, first), max(end, last)
    return start, end - start


def _short(row: list[Any]) -> list[Any]:
    """The row without the cells at its end that say nothing."""
    while row and row[-1] is None:
        row.pop()
    return row


def _table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    return {"columns": list(columns), "rows": list(rows)}


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_encode_ascii = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


def _lines(values: Sequence[Any]) -> str:
    return "[\n" + ",\n".join(map(_encode, values)) + "\n]" if values else "[]"


def _write_table(table: Mapping[str, Any]) -> str:
    rows = table["rows"]
    text = _encode(rows)
    if text.count("],[") == len(rows) - 1:  # no row has lists or such strings in it: one call of the encoder instead of thousands
        lines = "[\n" + text[1:-1].replace("],[", "],\n[") + "\n]"
    else:
        lines = _lines(rows)
    return f'{{"columns": {_encode(table["columns"])}, "rows": {lines}}}'


def _write_white_space(white: Mapping[str, Any]) -> str:
    strings = ",\n".join(map(_encode_ascii, white["strings"]))  # ASCII: some of these characters break lines in editors
    return f'{{"strings": [\n{strings}\n], "rows": {_lines(white["rows"])}}}'


_WRITERS: dict[str, Callable[[Any], str]] = {
    **dict.fromkeys(("rules", "evidence", "corrections"), _lines),
    **dict.fromkeys(("problems", "decisions", "blocks", "inlines", "unencodable"), _write_table),
    "whitespace": _write_white_space,
}


def _no_constant(name: str) -> None:
    raise ValueError(name)
