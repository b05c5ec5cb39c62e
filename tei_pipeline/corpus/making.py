"""Goes once through the texts and writes what was asked for as it comes: no more than one text is in memory."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote

from lxml import etree
from msgspec import Struct

from tei_pipeline import __version__
from tei_pipeline.corpus import catalogue, passages
from tei_pipeline.corpus.header import Summary, corpus_header
from tei_pipeline.corpus.inlined import inlined, prefix_of
from tei_pipeline.corpus.members import find_members, read_member
from tei_pipeline.errors import printable
from tei_pipeline.exporters.exported import TEI_NAMESPACE
from tei_pipeline.messages import Messages
from tei_pipeline.output import CannotWrite, SomebodysWork, file_digest, replace_file

FORMAT, VERSION = "tei-pipeline corpus", 1
CORPUS, MANIFEST, ROWS, PARQUET = "corpus.xml", "corpus.json", "catalogue.jsonl", "catalogue.parquet"
SPOOL, BODY = ".corpus.new", "body.xml"
XINCLUDE = "http://www.w3.org/2001/XInclude"
DECLARED = f' xmlns="{TEI_NAMESPACE}"'.encode()
BLOCK = 1 << 20  # bytes that are copied at once


class Options(Struct, frozen=True):
    """``inline``: the texts stand in ``corpus.xml`` itself, else it includes them. ``catalogues`` and ``passages`` are names of forms."""

    title: str
    inline: bool = False
    catalogues: tuple[str, ...] = ("csv", "jsonl")
    passages: tuple[str, ...] = tuple(passages.KINDS)
    force: bool = False


def make_corpus(folder: Path, output: Path, options: Options, messages: Messages) -> list[Path]:
    """Write the corpus over the editions in ``folder`` to ``output``; the paths of its files, the corpus first.

    A text that cannot be read is said and left out. Raises :class:`~tei_pipeline.corpus.members.NoEditions`, :class:`CannotWrite`, and
    :class:`SomebodysWork` for a file that the manifest of an earlier run does not know; then nothing was changed.
    """
    members = find_members(folder)
    spool = output / SPOOL
    try:
        output.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(spool, ignore_errors=True)  # of a run that was killed
        spool.mkdir()
        try:
            summary = _gather(members, output, spool, options, messages)
            return _publish(output, spool, options, summary) if summary.texts else []
        finally:
            shutil.rmtree(spool, ignore_errors=True)
    except OSError as error:
        raise CannotWrite(output, error) from error


def _gather(members: list[tuple[str, Path]], output: Path, spool: Path, options: Options, messages: Messages) -> Summary:
    """Read the texts one after the other; what each gives is appended to the files of the spool."""
    summary = Summary()
    taken: set[str] = set()
    with ExitStack() as stack:
        rows, body = (stack.enter_context((spool / name).open("wb")) for name in (ROWS, BODY))
        found = {kind: stack.enter_context((spool / f"{kind}.jsonl").open("wb")) for kind in options.passages}
        for key, path in members:
            member = read_member(key, path)
            if isinstance(member, tuple):
                messages.problems(member, printable(str(path)))
                continue
            file = Path(os.path.relpath(path, output)).as_posix()
            row = catalogue.catalogue_row(member, file)
            summary.add(row)
            rows.writelines(catalogue.as_jsonl([row]))
            for kind, out in found.items():
                out.writelines(catalogue.as_jsonl(passages.KINDS[kind](member)))
            if options.inline:
                body.write(b"  " + inlined(member.root, prefix_of(key, taken)) + b"\n")
            else:
                body.write(b"  " + _include(file) + b"\n")
    return summary


def _include(file: str) -> bytes:
    """The element that stands for a file (XInclude 1.1); ``file`` is its path from the corpus."""
    return etree.tostring(etree.Element(f"{{{XINCLUDE}}}include", href=quote(file), nsmap={"xi": XINCLUDE}))


def _publish(output: Path, spool: Path, options: Options, summary: Summary) -> list[Path]:
    """Put the files in their places, the manifest last; none when one of them would replace somebody's work."""
    pieces: dict[str, Iterable[bytes]] = {CORPUS: _corpus(spool, options, summary)}
    if "csv" in options.catalogues:
        pieces["catalogue.csv"] = catalogue.as_csv(_rows(spool))
    if "jsonl" in options.catalogues:
        pieces[ROWS] = _copied(spool / ROWS)
    if "parquet" in options.catalogues:
        catalogue.write_parquet(_rows(spool), spool / PARQUET)
        pieces[PARQUET] = _copied(spool / PARQUET)
    pieces |= {f"{kind}.jsonl": _copied(spool / f"{kind}.jsonl") for kind in options.passages}
    known = _manifest(output)
    for name in pieces:
        if not options.force and file_digest(output / name) not in (None, known.get(name)):
            raise SomebodysWork(output / name)
    for name, data in pieces.items():
        replace_file(output / name, data, force=True)
    outputs = {name: file_digest(output / name) for name in sorted(pieces)}
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "program": {"name": "tei-pipeline", "version": __version__},
        "title": options.title,
        "texts": summary.texts,
        "words": summary.words,
        "outputs": outputs,
    }
    replace_file(
        output / MANIFEST, [json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n"], force=options.force or bool(known)
    )
    return [output / name for name in (*pieces, MANIFEST)]


def _corpus(spool: Path, options: Options, summary: Summary) -> Iterator[bytes]:
    header = etree.tostring(corpus_header(options.title, summary), encoding="utf-8").replace(DECLARED, b"", 1)  # the root declares it
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<teiCorpus' + DECLARED + b">\n  " + header.rstrip() + b"\n"
    yield from _copied(spool / BODY)
    yield b"</teiCorpus>\n"


def _rows(spool: Path) -> Iterator[dict[str, Any]]:
    with (spool / ROWS).open("rb") as lines:
        yield from map(json.loads, lines)


def _copied(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while data := file.read(BLOCK):
            yield data


def _manifest(output: Path) -> dict[str, str]:
    """The hashes of what an earlier run wrote; empty when there is no manifest of ours."""
    try:
        values = json.loads((output / MANIFEST).read_bytes())
        return dict(values["outputs"]) if values["format"] == FORMAT else {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
