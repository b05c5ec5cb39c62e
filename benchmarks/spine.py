"""How long the whole process takes for a volume, side by side with pandoc, and how it grows.

    python benchmarks/spine.py [TEXT] [--rounds 5]

Our process does everything that ``build`` does (recognition, TEI, invariant, RELAX NG, pointers, provenance, exports); pandoc reads
the same file as CommonMark and writes TEI. Both are started afresh for each round, in turn, so that both meet the same machine.
Times are wall-clock medians; memory is the peak of the process (``ru_maxrss`` of a child is that of its largest descendant).
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VOLUME = ROOT.parent / "shared" / "volume" / "volume-10.txt"
COPIES = 10
BYTECODE = tempfile.TemporaryDirectory(prefix="bytecode-")  # an installed program is compiled; so is ours after the first, unmeasured round
OUTPUT = "output"


@dataclass(frozen=True, slots=True)
class Measure:
    """Wall-clock seconds and peak memory in MB of one process."""

    seconds: float
    peak: float
    exit_code: int


def measure(command: Sequence[str | Path], folder: Path) -> Measure:
    """Run a command in ``folder`` and measure it alone (``wait4`` gives the resources of this child, not of all before it)."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": BYTECODE.name}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command], cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    per_mb = 1 << 20 if sys.platform == "darwin" else 1 << 10  # getrusage(2): bytes on macOS, kilobytes elsewhere
    return Measure(seconds, usage.ru_maxrss / per_mb, process.returncode)


def alternate(commands: Mapping[str, Sequence[str | Path]], folder: Path, rounds: int) -> dict[str, list[Measure]]:
    """Every command ``rounds`` times, in turn; one round before to warm the caches is thrown away."""
    measures: dict[str, list[Measure]] = {name: [] for name in commands}
    for round_number in range(rounds + 1):
        for name, command in commands.items():
            shutil.rmtree(folder / OUTPUT, ignore_errors=True)  # each round writes all its files, and flushes them to the disk
            taken = measure(command, folder)
            if round_number:
                measures[name].append(taken)
    return measures


def pandoc() -> str | None:
    """The pandoc that the package ``pypandoc_binary`` brings; None when it is not installed."""
    try:
        import pypandoc  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError:
        return None
    return str(pypandoc.get_pandoc_path())


def ours(text: Path) -> list[str | Path]:
    """Our whole main job on one text."""
    return [sys.executable, "-m", "tei_pipeline", "build", text, "-o", OUTPUT, "-q"]


def table(measures: Mapping[str, Sequence[Measure]]) -> str:
    """A line for each command."""
    lines = [f"{'':28}{'median s':>10}{'least s':>10}{'most s':>10}{'peak MB':>10}{'exit':>6}"]
    for name, taken in measures.items():
        seconds = [one.seconds for one in taken]
        peak, exit_code = max(one.peak for one in taken), max(one.exit_code for one in taken)
        lines.append(f"{name:28}{statistics.median(seconds):10.2f}{min(seconds):10.2f}{max(seconds):10.2f}{peak:10.0f}{exit_code:6}")
    return "\n".join(lines)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("text", nargs="?", type=Path, default=VOLUME)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    text = options.text.resolve()
    if not text.is_file():
        sys.exit(f"{text}: is not there; name a text")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        tenfold = folder / "tenfold.txt"
        tenfold.write_bytes(text.read_bytes() * COPIES)
        commands = {"tei-pipeline": ours(text)}
        if (program := pandoc()) is not None:
            commands["pandoc"] = [program, "-f", "commonmark", "-t", "tei", text, "-o", "pandoc.xml"]
        else:
            print("pandoc is not measured: install it with  pip install '.[benchmarks]'", file=sys.stderr)
        measures = alternate(commands, folder, options.rounds)
        measures[f"tei-pipeline, {COPIES} copies"] = alternate({"": ours(tenfold)}, folder, max(1, options.rounds // 2))[""]
    print(f"{text.name}, {text.stat().st_size:,} bytes, median of {options.rounds}, Python {sys.version.split()[0]}\n")
    print(table(measures))
    one, ten = (statistics.median(m.seconds for m in measures[name]) for name in ("tei-pipeline", f"tei-pipeline, {COPIES} copies"))
    print(f"\n{COPIES} copies in one file cost {ten / one:.1f} times the one")


if __name__ == "__main__":
    main()
