"""The accuracy of conversions, by the scorers of the shared texts: each text becomes TEI, each TEI its figures."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
PARTS = ("part-1", "part-2", "part-3")
BOOKS = ("burke", "frankenstein", "ibsen", "keats", "tocqueville")
PAGES = ("burke_pages", "keats_pages")
PAGE_GAP = 2  # empty lines before a line: from so many on a join over them is one over a page break or between paragraphs

_ERROR = re.compile(r"^line (\d+): (?:gold (\S+), TEI (\S+):|(block start missed|block start invented):)")


@dataclass(frozen=True, slots=True)
class Scored:
    """One text: its figures by name; lines whose class is wrong (gold, given), whose block start was missed, or invented; the report."""

    name: str
    figures: Mapping[str, float]
    classes: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    missed: frozenset[int] = frozenset()
    invented: frozenset[int] = frozenset()
    report: str = ""
    failure: str = ""


def text_of(name: str) -> Path:
    """Where a text lies."""
    if name in PARTS:
        return SHARED / "volume" / f"{name}.txt"
    return SHARED / "corpus" / ("pages/texts" if name in PAGES else "texts") / f"{name}.txt"


def convert_all(names: Sequence[str], folder: Path) -> dict[str, str]:
    """Write ``NAME.xml`` for each text into the folder; what went wrong, by name: an edition that is not proved counts as a failure."""
    if len(names) == 1 or (os.cpu_count() or 1) == 1:
        failures = [_convert(name, folder) for name in names]
    else:
        with ProcessPoolExecutor(max_workers=os.cpu_count()) as pool:
            failures = list(pool.map(_convert, names, [folder] * len(names)))
    return {name: failure for name, failure in zip(names, failures, strict=True) if failure}


def _convert(name: str, folder: Path) -> str:
    from tei_pipeline.pipeline import convert
    from tei_pipeline.source import read_source

    result = convert(read_source(text_of(name).read_bytes(), name), formats=())
    if not result.proved:
        return next(f"{p.message} (line {p.line})" for p in result.problems if p.level == "error")
    (folder / f"{name}.xml").write_bytes(result.xml)
    return ""


def score_all(names: Iterable[str], folder: Path) -> list[Scored]:
    """Convert and score; a text that failed has no figures but its failure."""
    chosen = list(names)
    failures = convert_all(chosen, folder)
    scored = {name: _score_part(name, folder) for name in chosen if name in PARTS and name not in failures}
    for base, books in (("", BOOKS), ("pages", PAGES)):
        wanted = [name for name in books if name in chosen and name not in failures]
        if wanted:
            scored |= score_books(wanted, folder, base)
    return [scored.get(name) or Scored(name, {}, failure=failures[name]) for name in chosen]


def _score_part(name: str, folder: Path) -> Scored:
    text = text_of(name)
    figures = folder / f"{name}.json"
    gold = [text.with_suffix(".lines.tsv"), text.with_suffix(".inline.tsv")]
    scorer = SHARED / "score" / "line_score.py"
    report = _run([scorer, text, folder / f"{name}.xml", "--gold", *gold, "--json", figures, "--errors", 100_000])
    classes: dict[int, tuple[str, str]] = {}
    starts: dict[str, set[int]] = {"block start missed": set(), "block start invented": set()}
    for line in report.splitlines():
        if (m := _ERROR.match(line)) is not None:
            if m[2]:
                classes[int(m[1])] = (m[2], m[3])
            else:
                starts[m[4]].add(int(m[1]))
    missed = frozenset(starts["block start missed"])
    values = _flat(json.loads(figures.read_text("utf-8")))
    values["false_joins"] = _false_joins(text, gold[0], missed)
    return Scored(name, values, classes, missed, frozenset(starts["block start invented"]), report)


def _flat(values: Mapping[str, Any]) -> dict[str, float]:
    """Pairs (found, of) as shares, with the two numbers beside; pairs of nothing left out."""
    found: dict[str, float] = {}
    for name, value in values.items():
        if isinstance(value, list):
            if value[1]:
                found[name] = value[0] / value[1]
                found[f"{name} found"], found[f"{name} of"] = value[0], value[1]
        elif not isinstance(value, dict):
            found[name] = value
    return found


def gold_labels(lines_tsv: Path) -> dict[int, tuple[str, str]]:
    """The flag (B begins a block, I goes on, C goes on over a page break) and label of each line of a part, from 1."""
    rows = (row.split("\t") for row in lines_tsv.read_text("utf-8").splitlines())
    return {int(row[0]): (row[1], row[2]) for row in rows}


def _false_joins(text: Path, lines_tsv: Path, missed: frozenset[int]) -> int:
    """Paragraphs wrongly joined over a gap with the one before: missed starts of the label of the line before, after a wide gap."""
    gold = gold_labels(lines_tsv)
    lines = text.read_text("utf-8").split("\n")
    order = sorted(gold)
    before = dict(zip(order[1:], order, strict=False))
    count = 0
    for line in missed:
        last = before.get(line)
        if last is not None and gold[last][1] == gold[line][1] and not any(lines[i].strip() for i in range(line - 1 - PAGE_GAP, line - 1)):
            count += 1
    return count


def score_books(names: Sequence[str], folder: Path, base: str) -> dict[str, Scored]:
    figures = folder / f"corpus-{Path(base).name}.json"
    command: list[object] = [SHARED / "corpus" / "evaluate.py", folder, "--only", ",".join(names), "--json", figures, "--verbose"]
    if base:
        command += ["--base", SHARED / "corpus" / base]
    report = _run(command)
    books = {book["id"]: book for book in json.loads(figures.read_text("utf-8"))["books"]}
    scored = {}
    for name in names:
        book = books[name]
        values = {key: float(value) for key, value in book.items() if isinstance(value, int | float) and key != "secs"}
        shown = report.partition(f"\n## {name} ")[2].partition("\n## ")[0]
        scored[name] = Scored(name, values, report=shown, failure=book.get("error", ""))
    return scored


def _run(command: Sequence[object]) -> str:
    """Run a scorer; its output. A scorer that fails ends the benchmark with its own words."""
    done = subprocess.run([sys.executable, *map(str, command)], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{command[0]} failed:\n{done.stderr}")
    return done.stdout
