"""Kills a build again and again, parent or worker, at random moments, and lets it go on: is the end that of an undisturbed run?

    python -m benchmarks.kills [--rounds 50] [--texts 60] [--jobs 2] [--archive]

Each round starts ``build`` over the same folder, waits for a random time (in half of the rounds from when there are workers), and sends
SIGKILL to the parent or to one of its workers; after a kill of the parent the files under final names are looked at. A round that is done
before its kill begins anew in an emptied folder. At the end one undisturbed run goes on from there, and its output is compared by hash with
that of a run in a fresh folder. With ``--archive`` the output is a zip file, of which what is in it is compared.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import collection

ROOT = Path(__file__).resolve().parents[1]
LEDGER = "ledger.sqlite"


@dataclass(slots=True)
class Said:
    """What came of the loop: kills, also while there were workers, and by victim; files that differ after a run that went to its end, that
    were left over, that were seen half-written.
    """

    killed: int = 0
    working: int = 0
    parents: int = 0
    differences: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)


def loop(raw: Path, output: Path, fresh: Path, *, rounds: int, jobs: int, seed: int = 7) -> Said:
    """Kill ``rounds`` times; see the head of this module."""
    chance = random.Random(seed)
    said = Said()
    start = time.monotonic()
    _build(raw, fresh, jobs).communicate()
    whole = time.monotonic() - start
    expected = _hashes(fresh)
    while said.killed < rounds:
        process = _build(raw, output, jobs)
        longest = max(0.9 * whole, 0.5)
        if chance.random() < 0.5:
            _wait_for_workers(process)
            longest = whole / 4
        time.sleep(chance.uniform(0.1, longest))
        workers = _workers(process)
        victim = chance.choice([process.pid, *workers])
        family_then = family(process.pid)
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
                said.killed += 1
                said.working += bool(workers)
                said.parents += victim == process.pid
        process.communicate()
        gone(family_then, within=20.0)
        found = _hashes(output)
        if process.returncode == 0:  # it was done before, or went on after the death of a worker
            said.differences += _differences(found, expected)
            _remove(output)
        else:
            final = {name: value for name, value in found.items() if "/" in name and _is_final(name)}
            said.torn += [name for name, value in final.items() if expected.get(name) != value]
    _build(raw, output, jobs).communicate()
    said.differences += _differences(_hashes(output), expected)
    around = output if output.is_dir() else output.parent
    files = [path for path in around.rglob("*") if path.is_file() and raw not in path.parents and fresh not in path.parents]
    said.left = [str(path) for path in files if not _is_final(path.name) or path.name.startswith(f"{LEDGER}-")]
    return said


def _differences(found: dict[str, str], expected: dict[str, str]) -> list[str]:
    return sorted(name for name in found.keys() | expected.keys() if found.get(name) != expected.get(name))


def _remove(output: Path) -> None:
    if output.is_dir():
        shutil.rmtree(output)
    else:
        output.unlink()


def _build(raw: Path, output: Path, jobs: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tei_pipeline", "build", "-q", str(raw), "-o", str(output), "--jobs", str(jobs)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)})


def _is_final(name: str) -> bool:
    return not Path(name).name.startswith(".") and not name.endswith(".lock")


def _hashes(folder: Path) -> dict[str, str]:
    """The hash of each file of an output, by its path in it; none of an archive that is not there."""
    if folder.suffix == ".zip":
        if not folder.exists():
            return {}
        with zipfile.ZipFile(folder) as archive:
            return {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
    files = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(LEDGER)]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def family(process: int) -> list[int]:
    """A process and all its descendants (Linux)."""
    found = [process]
    for parent in found:
        try:
            found += map(int, Path(f"/proc/{parent}/task/{parent}/children").read_text().split())
        except OSError:
            continue
    return found


def _workers(process: subprocess.Popen[bytes]) -> list[int]:
    return [member for member in family(process.pid)[1:] if _is_worker(member)]


def _wait_for_workers(process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None and not _workers(process):
        time.sleep(0.02)


def _is_worker(process: int) -> bool:
    """Whether it is a worker: forked from the server, which is a child of the parent."""
    try:
        return (
            b"forkserver" in Path(f"/proc/{process}/cmdline").read_bytes()
            and not Path(f"/proc/{process}/task/{process}/children").read_text()
        )
    except OSError:
        return False


def is_alive(process: int) -> bool:
    """Whether a process is there and no zombie (Linux)."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(processes: Iterable[int], *, within: float) -> bool:
    """Wait until none of them is alive; whether that came to pass in so many seconds."""
    deadline = time.monotonic() + within
    while any(map(is_alive, processes)):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def main() -> int:
    """Run the loop in a folder of its own; 0 when nothing was lost, torn or left."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--texts", type=int, default=60)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--archive", action="store_true")
    arguments = parser.parse_args()
    output = "out.zip" if arguments.archive else "out"
    place = Path(tempfile.mkdtemp(prefix="kills-"))
    try:
        size = collection.write(place / "raw", arguments.texts, 2_000, 40_000)
        said = loop(place / "raw", place / output, place / "fresh", rounds=arguments.rounds, jobs=arguments.jobs)
    finally:
        shutil.rmtree(place)
    kills = f"{said.killed} kills, {said.parents} of the parent, {said.working} while texts were made"
    print(f"{arguments.texts} texts, {size / 1e6:.1f} MB; {kills}")
    print(json.dumps({"differences": said.differences, "left over": said.left, "half-written": said.torn}))
    return 1 if said.differences or said.left or said.torn else 0


if __name__ == "__main__":
    sys.exit(main())
