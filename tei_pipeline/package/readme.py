"""The page in every package that tells somebody without this program, thirty years on, what lies there and how to prove it."""

from __future__ import annotations

from collections.abc import Iterable

from tei_pipeline.package.deposit import Deposit

_HEAD = """# What this package holds

Digital editions in TEI P5 (https://tei-c.org), made from plain text files, together with those files as they were received.

| Folder | Holds |
| --- | --- |
| `source/` | the text as received, byte for byte, and beside it what its editor knew of it (NAME.toml) |
| `tei/` | the edition (NAME.xml), exports of it for programs (NAME.json) and readers (NAME.txt), its provenance, its validation report |
| `schemas/` | the grammars that these files follow |

An information package of E-ARK has the first two as `representations/source/data/` and `representations/tei/data/`; in an item for DSpace
all files lie beside each other.

# How to prove it

1. The source: its SHA-256 stands in the header of the edition (`sourceDesc//idno[@type='sha256']`) and in the provenance file (`source`).
2. The edition: take the `text` element without `supplied` and without the `corr`, `reg` and `expan` of a `choice`, strip tags and white
   space. What is left is the source without white space, character for character; any language of programming does this in ten lines.
3. The provenance file says for each part of the edition where in the source it stands and which rule found it, and holds the white space,
   so that the source can be written back from the edition alone.
4. The validation report says what was checked, and by which version of the program.

# The editions
"""


def readme(deposits: Iterable[Deposit]) -> bytes:
    """The page, in Markdown."""
    lines = [_HEAD]
    for deposit in deposits:
        record = deposit.record
        names = ", ".join(agent.name for agent in record.authors)
        lines.append(f"- {deposit.name}: {record.full_title or 'untitled'}{f' ({names})' if names else ''}")
        lines += [
            f"  - source: {file.path or f'{deposit.name}.txt'} ({file.encoding}), {file.size} bytes, SHA-256 {file.sha256}"
            for file in deposit.origin.sources
        ]
        lines += [f"  - {item.path}: named {item.original!r} before" for item in deposit.items if item.original]
    return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")
