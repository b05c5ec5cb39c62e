"""How long ``inspect``, ``explain`` and ``review`` take on a volume, against its conversion: medians of three, each in its own process.

``python -m benchmarks.hand [TEXT]``; without TEXT the sample volume in ``../shared``. ``inspect`` and ``explain`` are to take less than 1.5
times as long as ``build``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from statistics import median

from benchmarks.survival import VOLUME

MOST = 1.5
RUNS = 3


def timed(*arguments: str) -> float:
    """Seconds of one command, start of the interpreter included."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "tei_pipeline", "-q", *arguments], check=False, capture_output=True)
    return time.perf_counter() - begun


def main() -> None:
    """Print seconds and ratios, and fail where one is too slow."""
    text = sys.argv[1] if len(sys.argv) > 1 else str(VOLUME)
    with tempfile.TemporaryDirectory() as folder:
        commands = {  # each run writes elsewhere: what was built once is not built again
            "build": ("build", text, "-o", f"{folder}/{{}}"),
            "inspect": ("inspect", text),
            "explain": ("explain", text, "--line", "9001"),
            "review": ("review", text, "-o", f"{folder}/page-{{}}.html"),
        }
        seconds = {
            name: median(timed(*(part.format(run) for part in command)) for run in range(RUNS)) for name, command in commands.items()
        }
    for name, took in seconds.items():
        print(f"{name:8} {took:6.2f} s  {took / seconds['build']:.2f}")
    if any(seconds[name] > MOST * seconds["build"] for name in ("inspect", "explain")):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
