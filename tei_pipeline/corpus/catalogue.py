"""The catalogue: a row for each text, with what its header says, what was counted in it, and its problems."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tei_pipeline.corpus.members import Member
from tei_pipeline.errors import PipelineError
from tei_pipeline.exporters.exported import TEI
from tei_pipeline.exporters.reading import DIVISIONS, words
from tei_pipeline.exporters.views import metadata

LISTED = ("subtitles", "authors", "editors", "languages", "keywords")
STATED = ("id", "title", "subtitles", "authors", "editors", "date", "publisher", "licence", "language", "languages", "keywords")
COUNTED = {
    "pages": ("pb",),
    "paragraphs": ("p",),
    "verse_lines": ("l",),
    "speeches": ("sp", "u"),
    "notes": ("note",),
    "quotations": ("quote", "q"),
    "references": ("bibl",),
}
LEVELS = ("error", "warning", "info")
NUMBERS = ("words", "characters", "divisions", *COUNTED, "errors", "warnings", "infos")
COLUMNS = ("name", "file", *STATED, "source_sha256", *NUMBERS)
BETWEEN = " | "  # several values in one cell of CSV


class NoParquet(PipelineError):
    """The library that writes Parquet is not installed."""

    def __init__(self) -> None:
        super().__init__("the catalogue cannot be written as Parquet: install the extra, pip install 'tei-pipeline[parquet]'")


def catalogue_row(member: Member, file: str) -> dict[str, Any]:
    """The row of a text: every column of :data:`COLUMNS`; None where nothing is known. ``file`` is its path from the catalogue."""
    stated = metadata(member.root)
    licence = stated["licence"]
    row: dict[str, Any] = {"name": member.key, "file": file}
    row |= {column: stated[column] for column in STATED}
    row["licence"] = licence and (licence["target"] or licence["text"])
    provenance = member.provenance()
    row["source_sha256"] = provenance and provenance.sha256
    texts = [text for text in member.root.iter(TEI + "text") if text.getparent() is member.root]
    names = Counter(element.tag for text in texts for element in text.iter())
    line = " ".join(words(text) for text in texts)
    row |= {"words": len(line.split()), "characters": len("".join(line.split()))}
    row["divisions"] = sum(names[name] for name in DIVISIONS)
    row |= {column: sum(names[TEI + tag] for tag in tags) for column, tags in COUNTED.items()}
    levels = Counter(problem[0] for problem in provenance.values["problems"]["rows"]) if provenance else None
    return row | {f"{level}s": None if levels is None else levels[level] for level in LEVELS}


def as_csv(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """RFC 4180 in UTF-8: a line of names, then a line for each row; several values in a cell have `` | `` between them."""
    line = io.StringIO(newline="")
    writer = csv.writer(line, lineterminator="\r\n")

    def taken() -> bytes:
        data = line.getvalue().encode("utf-8", "backslashreplace")
        line.seek(0)
        line.truncate()
        return data

    writer.writerow(COLUMNS)
    yield taken()
    for row in rows:
        writer.writerow([_cell(row[column]) for column in COLUMNS])
        yield taken()


def as_jsonl(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """JSON Lines: an object for each row."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def write_parquet(rows: Iterable[Mapping[str, Any]], path: Path, batch: int = 1000) -> None:
    """Apache Parquet, ``batch`` rows at a time. Raises :class:`NoParquet` when pyarrow is not installed."""
    try:
        import pyarrow  # type: ignore[import-untyped,import-not-found,unused-ignore]
        from pyarrow import parquet  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError:
        raise NoParquet from None
    kinds = dict.fromkeys(COLUMNS, pyarrow.string()) | dict.fromkeys(NUMBERS, pyarrow.int64())
    kinds |= dict.fromkeys(LISTED, pyarrow.list_(pyarrow.string()))
    schema = pyarrow.schema(list(kinds.items()))
    with parquet.ParquetWriter(path, schema) as writer:
        waiting: list[Mapping[str, Any]] = []
        for row in rows:
            waiting.append(row)
            if len(waiting) == batch:
                writer.write_table(pyarrow.Table.from_pylist(waiting, schema))
                waiting = []
        if waiting:
            writer.write_table(pyarrow.Table.from_pylist(waiting, schema))


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return BETWEEN.join(value)
    return "" if value is None else value
