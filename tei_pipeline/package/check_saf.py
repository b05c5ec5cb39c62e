"""What is wrong with a DSpace archive: items, their Dublin Core, their lists of files; and fixity, by our manifest."""

from __future__ import annotations

import re
from pathlib import Path

from tei_pipeline.decisions import Problem
from tei_pipeline.errors import printable
from tei_pipeline.package.check import Findings, is_inside, names_in
from tei_pipeline.package.fixity import SHA256
from tei_pipeline.package.saf import COLLECTIONS, CONTENTS, MANIFEST, METADATA
from tei_pipeline.validate.parse import parse
from tei_pipeline.validate.places import line_of

_OWN = re.compile(rf"{re.escape(CONTENTS)}|{COLLECTIONS}|handle|dublin_core\.xml|metadata_\w+\.xml|relationships")
_HANDLE = re.compile(r"[\w.]+/\S+")


def is_archive(path: Path) -> bool:
    """Whether a folder is an archive of items, or an item itself."""
    return path.is_dir() and (_is_item(path) or any(_is_item(path / name) for name in names_in(path)))


def check_archive(root: Path) -> list[Problem]:
    """All faults of an archive; each names the file that has it."""
    if _is_item(root):
        return _check_item(root)
    problems = []
    for inner in sorted(root.iterdir()):
        if not inner.is_dir() or not _is_item(inner):
            problems.append(Problem("error", "unlisted", "no item, and nothing else belongs into an archive", file=printable(str(inner))))
        else:
            problems += _check_item(inner)
    return problems


def _is_item(folder: Path) -> bool:
    return (folder / METADATA).is_file() or (folder / CONTENTS).is_file()


def _check_item(folder: Path) -> list[Problem]:
    findings = Findings(folder)
    findings.look()
    _metadata(findings)
    listed = _contents(findings)
    for path in sorted(findings.files):
        if path not in listed and not _OWN.fullmatch(path):
            findings.say(path, "unlisted", f"is not listed in {CONTENTS}, so it would not be imported: it was added or renamed")
    if COLLECTIONS in findings.files:
        for number, line in enumerate((findings.text(COLLECTIONS) or "").splitlines(), 1):
            if not _HANDLE.fullmatch(line.strip()):
                findings.say(COLLECTIONS, "saf", f"{printable(line)} is no handle", line=number)
    _fixity(findings)
    return findings.problems


def _metadata(findings: Findings) -> None:
    if METADATA not in findings.files:
        findings.say(METADATA, "missing", "is not there: an item has its description in it")
        return
    tree, problems = parse(findings.files[METADATA])
    for problem in problems:
        findings.say(METADATA, problem.code, problem.message, level=problem.level, line=problem.line)
    if tree is None:
        return
    root = tree.getroot()
    if root.tag != "dublin_core":
        findings.say(METADATA, "saf", f"its root element is {printable(str(root.tag))}, not dublin_core")
    for value in root:
        if value.tag != "dcvalue" or not value.get("element"):
            findings.say(METADATA, "saf", "holds something else than dcvalue with its element", line=line_of(value))
    if not any(value.get("element") == "title" and value.get("qualifier") in (None, "none") for value in root):
        findings.say(METADATA, "saf", "has no title, and DSpace would show the item as untitled", level="warning")


def _contents(findings: Findings) -> set[str]:
    listed: set[str] = set()
    for number, line in enumerate((findings.text(CONTENTS) or "").splitlines(), 1):
        if not line.strip():
            continue
        name = line.split("\t")[0]
        if name.startswith("-"):
            continue  # a file that the server has already
        if not is_inside(name):
            findings.say(CONTENTS, "unsafe-path", f"{printable(name)} leaves the item", line=number)
        elif name in listed:
            findings.say(CONTENTS, "saf", f"{printable(name)} is listed twice", line=number)
        elif name not in findings.files:
            findings.say(name, "missing", f"is not there, and {CONTENTS} lists it: it was removed or renamed")
        listed.add(name)
    return listed


def _fixity(findings: Findings) -> None:
    """The format itself has no digests; our items have a list of them among their files."""
    if MANIFEST not in findings.files:
        return
    for number, line in enumerate((findings.text(MANIFEST) or "").splitlines(), 1):
        digest, _, name = line.partition("  ")
        if not is_inside(name):
            findings.say(MANIFEST, "unsafe-path", f"no line of digest and name: {printable(line)}", line=number)
        elif name in findings.files:
            findings.compare(name, {SHA256: digest}, MANIFEST)
        else:
            findings.say(name, "missing", f"is not there, and {MANIFEST} lists it: it was removed or renamed")
