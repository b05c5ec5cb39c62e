"""Real books, whole: every promise of the program on each text of ../shared and on the samples in raw/.

Each book is converted once, whoever needs it first; workers that run beside each other share what became of it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tei_pipeline.fidelity import compare, restore, verify
from tei_pipeline.inputs import find_inputs, load_input
from tei_pipeline.pipeline import convert
from tei_pipeline.provenance import Provenance, load
from tei_pipeline.validate import validate_edition

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FOLDERS = (SHARED / "volume", SHARED / "corpus" / "texts", SHARED / "corpus" / "pages" / "texts", ROOT / "raw")
BOOKS = {path.stem: path for folder in FOLDERS for path in sorted(folder.glob("*.txt"))}
FEWEST = 10  # texts in ../shared
PATIENCE = 300  # seconds that a worker waits for another one to convert a book

Make = Callable[[Path], None]
Built = Callable[[str], Path]

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="needs the real books in ../shared, which are not part of the project")


def once(folder: Path, make: Make) -> Path:
    """The folder, filled by whoever comes first; the others wait for it."""
    lock = folder.with_suffix(".lock")
    started = time.monotonic()
    while not folder.is_dir():
        try:
            lock.mkdir(parents=True)
        except FileExistsError:
            assert time.monotonic() - started < PATIENCE, f"{folder.name} is not ready"
            time.sleep(0.05)
            continue
        try:
            if not folder.is_dir():
                unfinished = folder.with_suffix(".unfinished")
                shutil.rmtree(unfinished, ignore_errors=True)
                unfinished.mkdir()
                make(unfinished)
                unfinished.rename(folder)
        finally:
            lock.rmdir()
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """From the name of a book to the folder with its edition, and ``errors`` when there is none."""
    base = tmp_path_factory.getbasetemp()
    together = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def build(name: str) -> Path:
        def make(folder: Path) -> None:
            [entry], _ = find_inputs([BOOKS[name]])
            result = convert(*load_input(entry))
            (folder / "errors").write_text("\n".join(problem.message for problem in result.problems if problem.level == "error"), "utf-8")
            for file, data in result.outputs.items():
                (folder / file).write_bytes(data)

        return once(together / "books" / name, make)

    return build


@pytest.fixture(params=BOOKS)
def book(request: pytest.FixtureRequest) -> str:
    """The name of each book in turn."""
    return str(request.param)


def edition(folder: Path) -> etree._Element:
    return etree.parse(folder / f"{folder.name}.xml").getroot()


def provenance(folder: Path) -> Provenance:
    return load((folder / f"{folder.name}.provenance.json").read_bytes(), "provenance")


@needs_shared
def test_the_real_books_are_all_here() -> None:
    assert {"volume-10", "burke", "frankenstein", "ibsen", "keats", "tocqueville", "burke_pages", "keats_pages"} <= BOOKS.keys()
    assert len(BOOKS) >= FEWEST + len(list((ROOT / "raw").glob("*.txt")))


def test_it_converts_without_an_error(book: str, built: Built) -> None:
    folder = built(book)

    assert (folder / "errors").read_text("utf-8") == ""
    assert {path.suffix for path in folder.iterdir()} == {"", ".xml", ".json", ".txt"}


def test_nothing_is_lost(book: str, built: Built) -> None:
    [entry], _ = find_inputs([BOOKS[book]])
    source, _ = load_input(entry)
    root = edition(built(book))

    assert compare(source, root) is None
    assert verify(source, root, provenance(built(book))) == []


@needs_shared
def test_nothing_is_lost_by_another_count(book: str, built: Built, capsys: pytest.CaptureFixture[str]) -> None:
    spec = importlib.util.spec_from_file_location("diplomatic", SHARED / "score" / "diplomatic.py")
    assert spec is not None
    assert spec.loader is not None
    diplomatic: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(diplomatic)
    limit = sys.getrecursionlimit()

    code = diplomatic.main(str(BOOKS[book]), str(built(book) / f"{book}.xml"))
    sys.setrecursionlimit(limit)

    assert (code, capsys.readouterr().out[:10]) == (0, "identical:")


def test_the_source_comes_back(book: str, built: Built) -> None:
    data = BOOKS[book].read_bytes()

    restored = restore(edition(built(book)), provenance(built(book)))

    assert hashlib.sha256(restored).hexdigest() == hashlib.sha256(data).hexdigest()


def test_it_is_valid_by_the_project_s_schema(book: str, built: Built) -> None:
    root = edition(built(book))
    schema = etree.RelaxNG(etree.parse(ROOT / "schemas" / "edition.rng"))

    assert schema.validate(root), schema.error_log
    assert [problem.message for problem in validate_edition(root) if problem.level == "error"] == []


@needs_shared
def test_all_are_valid_tei(built: Built) -> None:
    """One call of jing for all books."""
    if shutil.which("jing") is None:
        pytest.skip("needs jing to validate against all of TEI")
    files = [str(built(name) / f"{name}.xml") for name in BOOKS]

    done = subprocess.run(["jing", str(SHARED / "tei" / "tei_all.rng"), *files], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout[:2000]) == (0, "")


def test_another_process_writes_the_same_bytes(built: Built, tmp_path: Path) -> None:
    """Whatever the hash seed, locale, time zone, working folder and path of the input are."""
    place = tmp_path / "elsewhere é"
    place.mkdir()
    for path in BOOKS.values():
        for file in path.parent.glob(f"{path.stem}.t*"):
            shutil.copy(file, place)
    changed = {"PYTHONHASHSEED": "4242", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TZ": "Pacific/Kiritimati"}
    command = [sys.executable, "-m", "tei_pipeline", "build", "-q", "elsewhere é", "-o", "written"]

    done = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, **changed, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    hashes = {name: hashed(tmp_path / "written" / name) for name in BOOKS}

    assert (done.returncode, done.stderr) == (0, "")
    assert hashes == {name: {file: value for file, value in hashed(built(name)).items() if file != "errors"} for name in BOOKS}


def hashed(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
