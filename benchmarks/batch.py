"""What a collection costs: two workers against one, against pandoc file by file, nothing changed, and very many tiny files.

    python -m benchmarks.batch scale [--texts 2000] [--largest 400000]   jobs 1 and 2: time, cost of scheduling, memory over the run
    python -m benchmarks.batch overhead [--texts 5000]   start-up and scheduling alone: tasks that do nothing, each noted in a ledger
    python -m benchmarks.batch pandoc [--texts 2000 | --folder DIR]  one worker against a loop over pandoc, per megabyte and per file
    python -m benchmarks.batch unchanged [--texts 2000]  the second run over the same folder
    python -m benchmarks.batch tiny [--texts 50000]      files of about 300 bytes: is time per file flat, and memory?

Numbers are of one round on this machine; the texts are those of ``collection.py``. Nothing else should run meanwhile.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks import collection
from benchmarks.kills import family
from benchmarks.spine import pandoc as find_pandoc
from tei_pipeline.batch import engine
from tei_pipeline.batch.ledger import Entry, Ledger
from tei_pipeline.batch.memory import resident
from tei_pipeline.batch.tasks import Job, Task

ROOT = Path(__file__).resolve().parents[1]
DEFAULTS = {"tiny": 50_000, "overhead": 5_000}
TICK = 0.1  # seconds between two looks at the memory


@dataclass(slots=True)
class Watched:
    """A run: its seconds, those of processor time that its main process took (which plans, hands out, notes and reports), its memory.

    ``memory``: resident, of all its processes together, in MB, over time from the first edition on.
    """

    seconds: float = 0.0
    main: float = 0.0
    memory: list[float] = field(default_factory=list)
    moments: list[tuple[float, float]] = field(
        default_factory=list
    )  # seconds of the clock and of the processors, after each tenth of texts

    def tenth(self, first: bool) -> float:
        """The mean of the first or the last tenth of the looks."""
        length = max(len(self.memory) // 10, 1)
        return statistics.fmean((self.memory[:length] if first else self.memory[-length:]) or [0.0])

    def told(self) -> str:
        """The memory over the run."""
        first, last = self.tenth(True), self.tenth(False)
        ratio = f"{last / first:.2f} times as much" if first else "nothing seen"
        return (
            f"memory {first:.0f} MB in the first tenth, {last:.0f} MB in the last ({ratio}), {max(self.memory, default=0):.0f} MB at most"
        )


def build(folder: Path, output: Path, *options: str, number: int = 0) -> Watched:
    """Run ``build`` over a folder and watch it; with ``number``, of texts, also when each tenth of them is done."""
    said = "-v" if number else "-q"
    command = [sys.executable, "-m", "tei_pipeline", "build", said, str(folder), "-o", str(output), *options]
    watched = Watched()
    errors: list[bytes] = []
    done = 0
    start = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    with _watching(process.pid, output, watched):
        for line in process.stderr or ():
            if line.endswith(b": written\n"):
                done += 1
                if done % (number // 10) == 0:
                    watched.moments.append((time.perf_counter(), sum(map(_worked, family(process.pid)))))
            else:
                errors.append(line)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    watched.seconds = time.perf_counter() - start
    watched.main = usage.ru_utime + usage.ru_stime
    if process.returncode:
        print(b"".join(errors).decode(errors="replace")[-2000:], file=sys.stderr)
    return watched


def _worked(process: int) -> float:
    """The seconds of processor time of a process (proc(5), fields 14 and 15)."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, IndexError):
        return 0.0


@contextmanager
def _watching(process: int, output: Path, watched: Watched) -> Iterator[None]:
    over = threading.Event()

    def look() -> None:
        while not over.wait(TICK):
            if watched.memory or any(output.glob("*/*.xml")):
                watched.memory.append(sum(map(resident, family(process))) / 1e6)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def worked(output: Path) -> tuple[float, int]:
    """The seconds that the ledger counts as work on texts, and the number of texts."""
    with sqlite3.connect(output / "ledger.sqlite") as ledger:
        seconds, number = ledger.execute("SELECT sum(seconds), count(*) FROM sources").fetchone()
    return float(seconds), int(number)


def scale(place: Path, number: int, largest: int = collection.LARGEST) -> None:
    """Two workers against one, with texts of up to ``largest`` bytes."""
    size = collection.write(place / "raw", number, largest=largest)
    print(f"{number:,} texts, {size / 1e6:.1f} MB")
    seconds = {}
    for jobs in (1, 2):
        output = place / f"out{jobs}"
        watched = build(place / "raw", output, "--jobs", str(jobs))
        work, _ = worked(output)
        seconds[jobs] = watched.seconds
        besides = watched.seconds - work / jobs
        start = starting(place, jobs)
        each = (besides - start) / number * 1000
        rate = f"{watched.seconds:.1f} s, {size / 1e6 / watched.seconds:.3f} MB/s"
        print(f"jobs {jobs}: {rate}; {watched.told()}")
        print(f"  besides the work {besides / number * 1000:.2f} ms a file: {start:.2f} s once to start and end, then {each:.2f} ms a file")
        print(
            f"  processor time of the main process, from start to end: {watched.main:.2f} s, {watched.main / number * 1000:.2f} ms a file"
        )
    print(f"jobs 2 is {seconds[1] / seconds[2]:.2f} times as fast as jobs 1")
    print("outputs equal" if _equal(place / "out1", place / "out2") else "OUTPUTS DIFFER")


def starting(place: Path, jobs: int) -> float:
    """What a run costs that has next to nothing to do: seconds besides the work on as many texts as there are workers."""
    raw, output = place / f"few{jobs}", place / f"outfew{jobs}"
    collection.write(raw, jobs, 5_000, 5_001)
    seconds = build(raw, output, "--jobs", str(jobs)).seconds
    work, _ = worked(output)
    return seconds - work / jobs


def _equal(one: Path, other: Path) -> bool:
    found = subprocess.run(["diff", "-rq", "--exclude=ledger.sqlite", str(one), str(other)], stdout=subprocess.DEVNULL, check=False)
    return found.returncode == 0


def nothing(number: int) -> int:
    """A task."""
    return number


def overhead(place: Path, number: int) -> None:
    """What a file costs besides the work on it: handing out, answering, the ledger; and what starting costs once."""
    tasks = [Task(f"text{count}", count, 1) for count in range(number)]
    with Ledger(place) as ledger:
        for jobs in (1, 2):
            start = first = time.perf_counter()
            for count, done in enumerate(engine.run(Job(nothing), tasks, jobs=jobs, started=lambda task: ledger.begin(task.key, task.key))):
                ledger.put(Entry(done.task.key, done.task.key, "done", result={"problems": []}))
                first = first if count else time.perf_counter()
            end = time.perf_counter()
            print(f"jobs {jobs}: start {first - start:.2f} s once, then {(end - first) / number * 1000:.2f} ms a task")


def pandoc(place: Path, number: int, folder: Path | None = None) -> None:
    """One worker, with recognition, validation and all exports, against a loop over pandoc that reads CommonMark; texts of a folder
    where one is given.
    """
    program = find_pandoc()
    if program is None:
        sys.exit("pandoc is not there: install it with  pip install '.[benchmarks]'")
    if folder is None:
        size = collection.write(place / "raw", number)
    else:
        (place / "raw").mkdir()
        chosen = [shutil.copy(path, place / "raw") for path in sorted(folder.glob("*.txt"))]
        number, size = len(chosen), sum(Path(path).stat().st_size for path in chosen)
    (place / "pandoc").mkdir()
    start = time.perf_counter()
    for path in sorted((place / "raw").iterdir()):
        target = place / "pandoc" / f"{path.stem}.xml"
        subprocess.run([program, "-f", "commonmark", "-t", "tei", "-s", str(path), "-o", str(target)], check=True)
    theirs = time.perf_counter() - start
    ours = build(place / "raw", place / "out", "--jobs", "1").seconds
    print(f"{number:,} texts, {size / 1e6:.1f} MB")
    for name, seconds in (("pandoc", theirs), ("tei-pipeline", ours)):
        print(f"{name}: {seconds:.1f} s; {seconds / size * 1e6:.2f} s/MB, {seconds / number * 1000:.0f} ms/file")
    print(f"ratio {ours / theirs:.2f} (below 1: faster than pandoc)")


def unchanged(place: Path, number: int) -> None:
    """The second and the third run over the same folder; in the third all files are older than the clock's doubt."""
    collection.write(place / "raw", number, 5_000, 6_000)
    build(place / "raw", place / "out")
    for what in ("again", "once more"):
        print(f"{number:,} files, nothing changed, {what}: {build(place / 'raw', place / 'out').seconds:.2f} s")


def tiny(place: Path, number: int) -> None:
    """Very many tiny files."""
    folder = place / "raw"
    folder.mkdir()
    for count in range(number):
        (folder / f"t{count:05}.txt").write_text(f"LETTER {count}\n\nYour answer to my {count}th question came by the last boat.\n" * 4)
    watched = build(folder, place / "out", "--jobs", "2", number=number)
    with sqlite3.connect(place / "out" / "ledger.sqlite") as ledger:
        (done,) = ledger.execute("SELECT count(*) FROM sources WHERE status = 'done'").fetchone()
    print(f"{done:,} of {number:,} tiny files in {watched.seconds:.1f} s: {watched.seconds / number * 1000:.2f} ms a file")
    for name, (before, after) in (("second", watched.moments[:2]), ("last", watched.moments[-2:])):
        wall, processor = ((after[which] - before[which]) / (number // 10) * 1000 for which in (0, 1))
        print(f"in the {name} tenth {wall:.2f} ms a file, {processor:.2f} ms of all processors")
    print(watched.told())


def main() -> None:
    """Run one of the benchmarks in a folder of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds: dict[str, Callable[[Path, int], None]] = {
        "scale": scale,
        "overhead": overhead,
        "pandoc": pandoc,
        "unchanged": unchanged,
        "tiny": tiny,
    }
    parser.add_argument("kind", choices=kinds)
    parser.add_argument("--texts", type=int, default=0)
    parser.add_argument("--folder", type=Path, help="with pandoc: the texts of this folder, in place of made ones")
    parser.add_argument("--largest", type=int, default=collection.LARGEST, help="of the texts of scale, in bytes")
    arguments = parser.parse_args()
    kinds["scale"] = partial(scale, largest=arguments.largest)
    place = Path(tempfile.mkdtemp(prefix="batch-"))
    number = arguments.texts or DEFAULTS.get(arguments.kind, 2_000)
    try:
        if arguments.folder is not None:
            pandoc(place, number, arguments.folder)
        else:
            kinds[arguments.kind](place, number)
    finally:
        shutil.rmtree(place)


if __name__ == "__main__":
    main()
