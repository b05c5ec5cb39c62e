"""What a night brings: full disks, files that cannot be read or are gone, signals, kills at any moment."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from benchmarks import collection, kills
from tests.test_cli import OTHER, STORY, run, started, tree

OUTPUT = Path("output")


@pytest.fixture
def raw(workplace: Path) -> Path:
    """Some texts."""
    folder = workplace / "raw"
    folder.mkdir()
    for number in range(12):
        (folder / f"text{number:02}.txt").write_text(STORY.replace("thirty", str(number)) * 4)
    return folder


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of its own with room for some editions; not below pytest's folders, which it removes even after it was killed."""
    if os.geteuid() != 0 or sys.platform != "linux":
        pytest.skip("needs the right to mount a small file system")
    with TemporaryDirectory(prefix="disk-", ignore_cleanup_errors=True) as folder:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", folder], capture_output=True, check=False)
        if mounted.returncode:
            pytest.skip("needs the right to mount a small file system")
        yield Path(folder)
        subprocess.run(["umount", "-l", folder], check=False, capture_output=True)


def test_a_full_disk_stops_the_run_and_the_next_goes_on_to_the_same_bytes(raw: Path, small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(b"x" * 150_000)
    for jobs in ("0", "2"):
        result = run("build", "-o", small_disk / "out", "--jobs", jobs, "-q")
        assert result.exit_code == 1
        assert "no space left on the device" in result.stderr
        assert "Traceback" not in result.stderr
        assert result.stderr.count("error:") <= 3, "it stops when the disk is full"
        assert list(small_disk.rglob("*.new")) == []
    (small_disk / "ballast").unlink()
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    assert run("build", "-o", small_disk / "out", "-q").exit_code == 0
    run("build", "-o", "fresh", "-q", "--jobs", "0")
    assert tree(small_disk / "out") == tree(Path("fresh"))


def test_a_disk_that_is_full_from_the_beginning_is_said(raw: Path, small_disk: Path) -> None:
    with pytest.raises(OSError, match="No space left"), (small_disk / "ballast").open("wb") as file:
        file.write(b"x" * 1_000_000)
    result = run("build", "-o", small_disk / "out")
    assert result.exit_code == 1
    assert "no space left on the device" in result.stderr
    assert "Traceback" not in result.stderr


def test_files_that_are_gone_or_locked_when_their_turn_comes_fail_alone(raw: Path) -> None:
    for number in range(3):
        (raw / f"gone{number}.txt").symlink_to(f"nowhere{number}")
    (raw / "folder.txt").mkdir()
    result = run("build", "--jobs", "2")
    assert result.exit_code == 1
    assert result.stderr.count("is not there") == 3
    assert len(result.stdout.splitlines()) == 12
    for number in range(3):
        (raw / f"nowhere{number}").write_text(OTHER)
    assert run("build", "--jobs", "2").exit_code == 0


def test_an_interrupted_run_ends_its_workers_and_says_how_to_go_on(raw: Path) -> None:
    for number in range(4):
        (raw / f"long{number:02}.txt").write_text(STORY.replace("thirty", str(number)) * 30)
    with started("build", "--jobs", "2") as process:
        while not list(OUTPUT.glob("*/*.provenance.json")):
            assert process.poll() is None
        family = kills.family(process.pid)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 143, errors
    assert b"texts are left: run the same command again to go on" in errors
    assert b"Traceback" not in errors
    assert list(OUTPUT.rglob(".*")) == []
    assert kills.gone(family, within=10.0)
    assert sorted(path.name for path in OUTPUT.iterdir() if path.is_file()) == ["ledger.sqlite"]
    assert run("build", "-q").exit_code == 0


def test_kills_at_random_moments_leave_no_trace(workplace: Path) -> None:
    """The loop of ``benchmarks/kills.py``, short."""
    collection.write(workplace / "raw", 6, 2_000, 4_000)
    said = kills.loop(workplace / "raw", workplace / "out", workplace / "fresh", rounds=2, jobs=2)
    assert said.differences == []
    assert said.left == []
    assert said.torn == []
    assert said.killed == 2


def test_a_worker_is_told_when_its_parent_dies(raw: Path) -> None:
    if sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "prctl"):
        pytest.skip("only Linux tells children of the death of their parent")
    for number in range(4):
        (raw / f"long{number:02}.txt").write_text(STORY.replace("thirty", str(number)) * 30)
    with started("build", "--jobs", "2") as process:
        while not list(OUTPUT.glob("*/*.provenance.json")):
            assert process.poll() is None
        family = kills.family(process.pid)
        process.kill()
        process.communicate(timeout=60)
    assert len(family) > 2
    assert kills.gone(family, within=10.0)
