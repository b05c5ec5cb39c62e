"""A zip file as the output: what a folder would hold, the same bytes every time, old or new and whole at every moment."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from tei_pipeline.batch import archive
from tests.test_cli import OTHER, STORY, run, tree

ZIP, WORK = Path("out.zip"), Path(".out.zip.work")


@pytest.fixture(autouse=True)
def raw(workplace: Path) -> None:
    Path("raw/deep").mkdir(parents=True)
    Path("raw/a.txt").write_text(STORY)
    Path("raw/b.txt").write_text(OTHER)
    Path("raw/deep/c.txt").write_text(STORY.replace("thirty", "forty"))


def build(*more: object) -> str:
    """Build into the archive; what was said."""
    result = run("build", "raw", "-r", "-o", ZIP, *more)
    assert result.exit_code == 0, result.output
    return result.stdout


def members(path: Path = ZIP) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def in_a_folder() -> dict[str, bytes]:
    assert run("build", "raw", "-r", "-o", "folder", "-q").exit_code == 0
    return {name: data for name, data in tree(Path("folder")).items() if not name.startswith("ledger")}


def test_the_archive_holds_what_a_folder_would_hold() -> None:
    places = build().splitlines()
    assert places == ["zip://a/a.xml::out.zip", "zip://b/b.xml::out.zip", "zip://deep/c/c.xml::out.zip"]
    assert members() == in_a_folder()
    assert [path.name for path in WORK.iterdir()] == ["ledger.sqlite"]
    fsspec = pytest.importorskip("fsspec", reason="needs the extra [remote]")
    with fsspec.open(places[0]) as file:
        assert file.read() == Path("folder/a/a.xml").read_bytes()


def test_nothing_is_done_twice_and_the_same_editions_are_the_same_bytes() -> None:
    build()
    first, when = ZIP.read_bytes(), ZIP.stat().st_mtime_ns
    assert run("build", "raw", "-r", "-o", ZIP, "--dry-run").stdout == ""
    assert run("status", ZIP).stdout == "3 done, 0 failed, 0 stale, 0 interrupted, 0 orphaned\n"
    build()
    assert (ZIP.read_bytes(), ZIP.stat().st_mtime_ns) == (first, when)
    Path("raw/b.txt").write_text(OTHER.replace("boat", "ship"))
    assert run("build", "raw", "-r", "-o", ZIP, "--dry-run").stdout == "raw/b.txt\tsource changed\n"
    build()
    assert ZIP.read_bytes() != first
    assert members() == in_a_folder()
    Path("raw/b.txt").write_text(OTHER)
    build("--no-resume", "--jobs", "2")
    assert ZIP.read_bytes() == first
    assert sorted(path.name for path in Path().iterdir()) == [".out.zip.work", "folder", "out.zip", "raw"]


def test_what_would_be_done_is_said_before_there_is_an_archive() -> None:
    said = run("build", "raw", "-o", "not/yet/out.zip", "--dry-run")
    assert (said.exit_code, said.stdout) == (0, "raw/a.txt\tnew\nraw/b.txt\tnew\n")
    assert not Path("not").exists()
    assert run("build", "raw", "-o", "not/yet/out.zip").exit_code == 0
    assert run("status", "other.zip").exit_code == 1


def test_an_archive_that_was_moved_without_its_ledger_is_ours_still() -> None:
    build()
    first = ZIP.read_bytes()
    Path("elsewhere").mkdir()
    ZIP.rename("elsewhere/out.zip")
    assert run("build", "raw", "-r", "-o", "elsewhere/out.zip").exit_code == 0
    assert Path("elsewhere/out.zip").read_bytes() == first


@pytest.mark.parametrize("step", ["_pack", "_clear", "_unpack"])
def test_a_run_that_ends_anywhere_leaves_the_archive_whole_and_the_next_goes_on(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    build()
    first = ZIP.read_bytes()
    Path("raw/b.txt").write_text(OTHER.replace("boat", "ship"))
    with monkeypatch.context() as patched:

        def full(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        patched.setattr(archive, step, full)
        result = run("build", "raw", "-r", "-o", ZIP)
        assert result.exit_code == 1
        assert "out.zip: no space left" in result.stderr
    assert ZIP.read_bytes() == first
    build()
    assert members() == in_a_folder()
    assert [path.name for path in WORK.iterdir()] == ["ledger.sqlite"]


def test_a_run_that_was_killed_while_it_put_the_archive_in_place_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:

        def ends(work: Path) -> None:
            if ZIP.exists():
                raise KeyboardInterrupt

        (WORK).mkdir()
        patched.setattr(archive, "flush_folder", ends)
        assert run("build", "raw", "-r", "-o", ZIP).exit_code == 1
    assert (WORK / ".archive").exists()
    assert run("status", ZIP).stdout.startswith("3 done")
    build()
    assert members() == in_a_folder()


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX")
def test_kill_9_leaves_no_half_an_archive() -> None:
    command = [sys.executable, "-m", "tei_pipeline", "build", "raw", "-r", "-o", "out.zip", "--jobs", "1", "-q"]
    for wait in (0.4, 0.8, 1.2):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        time.sleep(wait)
        process.kill()
        process.wait()
        assert not ZIP.exists() or members()
    build("--wait")
    assert members() == in_a_folder()


@pytest.mark.parametrize("kind", ["foreign", "text", "compressed", "leaves", "torn"])
def test_an_archive_that_is_not_ours_is_left_alone(kind: str) -> None:
    if kind in ("text", "torn"):
        build()
        ZIP.write_bytes(b"a letter" if kind == "text" else ZIP.read_bytes()[:-400])
    else:
        with zipfile.ZipFile(ZIP, "w", zipfile.ZIP_DEFLATED if kind == "compressed" else zipfile.ZIP_STORED) as file:
            file.comment = b"" if kind == "foreign" else archive.OURS
            file.writestr("../../evil.txt" if kind == "leaves" else "a/a.txt", b"x" * 10_000)
    before = ZIP.read_bytes()
    result = run("build", "raw", "-r", "-o", ZIP)
    assert result.exit_code == 1
    assert "out.zip:" in result.stderr
    assert "--force" in result.stderr
    assert "Traceback" not in result.stderr
    assert ZIP.read_bytes() == before
    assert not list(Path().rglob("evil.txt"))
    build("--force")
    assert members() == in_a_folder()


def test_an_archive_that_somebody_changed_meanwhile_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    build()
    Path("raw/b.txt").write_text(OTHER.replace("boat", "ship"))
    pack = archive._pack

    def changed(*arguments: object, **more: object) -> None:
        ZIP.write_bytes(b"mine")
        pack(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(archive, "_pack", changed)
    result = run("build", "raw", "-r", "-o", ZIP)
    assert (result.exit_code, ZIP.read_bytes()) == (1, b"mine")
    assert "was changed since this run began" in result.stderr


def test_an_edition_in_it_that_somebody_changed_is_named_by_its_place_in_the_archive() -> None:
    build()
    with zipfile.ZipFile(ZIP) as file:
        names = file.namelist()
        held = {name: file.read(name) for name in names}
    with zipfile.ZipFile(ZIP, "w") as file:
        file.comment = archive.OURS
        for name in names:
            file.writestr(name, held[name] + (b"mine" if name == "a/a.txt" else b""))
    result = run("build", "raw", "-r", "-o", ZIP)
    assert result.exit_code == 1
    assert "zip://a/a.txt: not as tei-pipeline wrote it" in result.stderr
    assert members()["a/a.txt"].endswith(b"mine")


@pytest.mark.parametrize("place", ["zip://out.zip", "zip://::out.zip", "zip::out.zip"])
def test_an_archive_may_be_named_as_an_address(place: str) -> None:
    run("build", "raw/a.txt", "-o", place)
    assert sorted(members()) == ["a/a.json", "a/a.provenance.json", "a/a.txt", "a/a.xml"]


def test_a_folder_that_is_called_like_an_archive_is_a_folder() -> None:
    ZIP.mkdir()
    assert run("build", "raw/a.txt", "-o", ZIP).stdout == "out.zip/a/a.xml\n"


def test_when_nothing_could_be_made_there_is_no_archive() -> None:
    Path("raw/blank.txt").write_text(" ")
    assert run("build", "raw/blank.txt", "-o", ZIP).exit_code == 1
    assert not ZIP.exists()


@pytest.mark.parametrize("place", ["zip://inner::out.zip", "zip://::s3://library/out.zip", "tar://::out.tar"])
def test_other_archives_are_refused_with_what_to_do(place: str) -> None:
    pytest.importorskip("fsspec", reason="needs the extra [remote]")
    result = run("build", "raw/a.txt", "-o", place)
    assert result.exit_code == 1
    assert "-o NAME.zip" in result.stderr
    assert not os.path.lexists(ZIP)
