"""The validation report of an edition, as it stands in its package: what was checked, when in its life, by what, and what was found."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from tei_pipeline.decisions import Problem

if TYPE_CHECKING:
    from tei_pipeline.package.origin import SourceOf

CHECKS = (
    "text: without white space, the printed characters are those of the source, in order (the diplomatic invariant)",
    "grammar: valid against edition.rng, a strict subset of TEI",
    "pointers: every identifier is unique and every pointer arrives",
)


class Checked(Struct, frozen=True):
    """That an edition was proved and found valid: by which program, at its ``conversion`` or at its ``packaging``, with which remarks."""

    by: str
    at: Literal["conversion", "packaging"]
    problems: tuple[Problem, ...] = ()


def validation_report(
    name: str, checked: Checked, sources: Sequence[SourceOf], files: Sequence[tuple[str, str]], *, restored: bool
) -> bytes:
    """The report as a JSON file; ``files`` are those of the edition with their SHA-256, ``restored`` is where its source comes from."""
    values = {
        "report": "tei-pipeline validation",
        "edition": name,
        "checkedBy": checked.by,
        "checkedAt": checked.at,
        "checks": list(CHECKS),
        "valid": True,
        "files": [{"file": file, "sha256": digest} for file, digest in files],
        "source": {
            "proof": "given back by the edition itself, byte for byte" if restored else "the file as received, known by its SHA-256",
            "files": [{"file": each.path or f"{name}.txt", "sha256": each.sha256, "size": each.size} for each in sources],
        },
    }
    head = json.dumps(values, ensure_ascii=False, indent=1).removesuffix("\n}")
    remarks = ",\n".join(json.dumps(_remark(each), ensure_ascii=False) for each in checked.problems)
    return f'{head},\n "remarks": [{remarks}]\n}}\n'.encode("utf-8", "backslashreplace")


def _remark(problem: Problem) -> dict[str, object]:
    return {"level": problem.level, "code": problem.code, "message": problem.message, "line": problem.line, "where": problem.where}
