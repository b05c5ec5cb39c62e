"""Packages for tests: one small edition built once, packed in each form; and what the outside judges say of a package."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from tei_pipeline.cli import cli
from tests.judges import ROOT, ask

FORMS = ("bagit", "csip", "saf", "ocfl")
DATE = "2024-05-31T12:00:00Z"
TEXT = "THE QUIET MILL\n\nCHAPTER I.\n\nThe mill stood still, and nobody came.\n\nCHAPTER II.\n\nIt was sold at last.\n"
SIDECAR = """[metadata]
title = "The Quiet Mill"
author = "Ada Quill"
publisher = "Weir Press"
date = "2024"
licence = "CC0"
identifier = "urn:example:mill"
language = "en"

[[metadata.revisions]]
date = 2024-05-06
what = "First text."
"""


def run(*arguments: str | Path, **environment: str) -> Result:
    """The program with these arguments, and no date from outside."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], env={"SOURCE_DATE_EPOCH": None, **environment})


def build(folder: Path, name: str = "mill", *, text: str = TEXT, sidecar: str = SIDECAR) -> Path:
    """An edition in ``folder/editions``, its source in ``folder/raw``."""
    raw = folder / "raw"
    raw.mkdir(exist_ok=True)
    (raw / f"{name}.txt").write_text(text, "utf-8")
    if sidecar:
        (raw / f"{name}.toml").write_text(sidecar, "utf-8")
    made = run("build", raw / f"{name}.txt", "-o", folder / "editions")
    assert made.exit_code == 0, made.output
    return folder / "editions" / name


def pack(folder: Path, form: str, *arguments: str | Path) -> Path:
    """The package of the editions in ``folder``."""
    where = folder / form
    done = run("package", folder / "editions", "--as", form, "-o", where, "--source", folder / "raw", "--date", DATE, *arguments)
    assert done.exit_code == 0, done.output
    return Path(done.stdout.splitlines()[-1])


def harmed(package: Path, scratch: Path) -> Iterator[tuple[str, str, Path]]:
    """Copies of a package with one file changed in one byte, removed, renamed, added: what was done, to which file, the copy."""
    files = sorted(path.relative_to(package) for path in package.rglob("*") if path.is_file())
    for number, file in enumerate(files):
        for what in ("flipped", "removed", "renamed", "added"):
            copy = scratch / f"{number}-{what}" / package.name
            shutil.copytree(package, copy, copy_function=os.link)
            path = copy / file
            if what == "added":
                path = path.with_name(f"extra-{file.name}")
                path.write_bytes(b"new")
            elif what == "renamed":
                path.rename(path.with_name(f"other-{file.name}"))
            elif what == "removed":
                path.unlink()
            else:
                data = bytearray(path.read_bytes())
                data[len(data) // 2] ^= 1
                path.unlink()  # it is a link: the package itself stays
                path.write_bytes(data)
            yield what, path.relative_to(copy).as_posix(), copy
            shutil.rmtree(copy)


def eark(*packages: Path) -> list[Any]:
    """What eark-validator says of packages."""
    done = ask([ROOT / "tests" / "ask_eark.py", *packages])
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def eark_errors(report: Any) -> list[str]:
    """The requirements of level MUST that a package does not meet; ``structure`` when it is not even well-formed."""
    if report["structure"]["status"] != "WellFormed" or not report.get("metadata"):
        return ["structure"]
    found = [message for part in ("schema_results", "schematron_results") for message in report["metadata"][part]["messages"]]
    return [message["rule_id"] for message in found if message["severity"] == "Error"]
