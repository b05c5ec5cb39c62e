"""What validation costs, side by side with Jing, and what 500 files in one call cost.

    python -m benchmarks.validation [TEXT] [--rounds 5] [--files 500]

Each line is a whole process, started afresh in each round, in turn: Jing with the schema of all TEI; our grammar, rules and links on the
same file; these and the source, provenance and JSON too. Then one call for many files (copies of the editions of the samples), against
one compile of each schema and the sum of the times without compiling.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from benchmarks.spine import ROOT, VOLUME, alternate, table
from tei_pipeline.validate.kinds import check_path
from tei_pipeline.validate.options import Options

TEI_ALL = ROOT.parent / "shared" / "tei" / "tei_all.rng"
VALIDATE = [sys.executable, "-m", "tei_pipeline", "validate"]


def one_file(text: Path, folder: Path, rounds: int) -> str:
    """The table for one text."""
    subprocess.run(
        [sys.executable, "-m", "tei_pipeline", "build", "-q", text, "-o", folder / "made"], check=True, stdout=subprocess.DEVNULL
    )
    edition = folder / "made" / text.stem / f"{text.stem}.xml"
    commands: dict[str, list[str | Path]] = {
        "grammar, rules, links": [*VALIDATE, "--alone", edition],
        "all of the edition": [*VALIDATE, edition.parent],
        "the same with the source": [*VALIDATE, edition.parent, "--source", text],
    }
    if shutil.which("jing") and TEI_ALL.is_file():
        commands = {"jing, tei_all": ["jing", TEI_ALL, edition], **commands}
    return table(alternate(commands, folder, rounds))


def many_files(folder: Path, count: int) -> str:
    """One call for many files, and what it may cost: 1.2 times one compile and the sum of the times without compiling."""
    samples = folder / "samples"
    subprocess.run(
        [sys.executable, "-m", "tei_pipeline", "build", "-q", ROOT / "raw", "-o", samples], check=True, stdout=subprocess.DEVNULL
    )
    many = folder / "many"
    many.mkdir()
    editions = sorted(samples.glob("*/*.xml"))
    for number, edition in enumerate(islice(cycle(editions), count)):
        shutil.copy(edition, many / f"{number:04}.xml")
    start = time.perf_counter()
    subprocess.run([*VALIDATE, "--alone", editions[0]], check=True, stdout=subprocess.DEVNULL)
    one = time.perf_counter() - start  # the interpreter, one compile of each schema, one file
    options = Options(companions=False)
    check_path(editions[0], options)
    times = []
    for file in sorted(many.iterdir()):
        start = time.perf_counter()
        check_path(file, options)
        times.append(time.perf_counter() - start)
    start = time.perf_counter()
    subprocess.run([*VALIDATE, "--alone", many], check=True, stdout=subprocess.DEVNULL)
    whole = time.perf_counter() - start
    allowed = 1.2 * (one + sum(times))
    each = 1000 * statistics.median(times)
    cost = f"one compile and one file {one:.2f} s, then {each:.0f} ms for each"
    return f"{count} files in one call: {whole:.2f} s; {cost}: {allowed:.2f} s allowed"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("text", nargs="?", type=Path, default=VOLUME)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--files", type=int, default=500)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        print(f"{options.text.name}, Python {sys.version.split()[0]}\n")
        print(one_file(options.text.resolve(), Path(place), options.rounds))
        print(f"\n{many_files(Path(place), options.files)}")


if __name__ == "__main__":
    main()
