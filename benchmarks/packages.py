"""How long it takes to pack an edition as a bag, against hashing and copying the same files; and how much memory large files need.

``python -m benchmarks.packages [TEXT…]``: builds each text (by default the volume in ../shared) once, then measures in this process and as
the command that a user starts. The limit is twice the time of the plain copy, in this process: what a command needs to start is the same
for every command.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tei_pipeline.package.editions import find_editions
from tei_pipeline.package.making import Options, Work, package_one

ROOT = Path(__file__).resolve().parents[1]
VOLUME = ROOT.parent / "shared" / "volume" / "volume-10.txt"
ROUNDS = 15
LIMIT = 2.0
LARGE = 200_000_000  # bytes


def main(texts: list[str]) -> int:
    """Print the figures; 1 when a limit is passed."""
    slow = 0
    with tempfile.TemporaryDirectory() as place:
        for text in map(Path, texts or [str(VOLUME)]):
            slow += measure(text, Path(place))
        small, large = peak(Path(place), 0), peak(Path(place), LARGE)
    print(f"memory: {small / 1024:.1f} MB for a small edition, {large / 1024:.1f} MB with files of {LARGE / 1e6:.0f} MB")
    return 1 if slow else 0


def measure(text: Path, place: Path) -> bool:
    """Time one text; whether it is over the limit."""
    out = place / text.stem
    subprocess.run([sys.executable, "-m", "tei_pipeline", "build", "-q", text, "-o", out], check=True, stdout=subprocess.DEVNULL)
    (edition,), _ = find_editions([out])
    options = Options("bagit", place / "packages", (text.parent,), date="2024-01-01T00:00:00Z")
    outcome = package_one(options, Work("warm", (edition,)))
    assert outcome.path is not None, outcome.error
    files = [path for path in sorted((outcome.path / "data").rglob("*")) if path.is_file()]
    size = sum(path.stat().st_size for path in files)

    def pack() -> None:
        shutil.rmtree(place / "packages", ignore_errors=True)
        assert package_one(options, Work("bag", (edition,))).status == "written"

    def copy() -> None:
        target = place / "copy"
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir()
        for number, path in enumerate(kept):
            data = path.read_bytes()
            hashlib.sha256(data).hexdigest(), hashlib.sha512(data).hexdigest()
            with (target / str(number)).open("wb") as new:
                new.write(data)
                new.flush()
                os.fsync(new.fileno())

    kept = [Path(shutil.copy(path, place / f"kept-{number}")) for number, path in enumerate(files)]
    ours, plain = timed(pack, copy)
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "tei_pipeline",
        "package",
        out,
        "--as",
        "bagit",
        "-o",
        place / "p",
        "--source",
        text.parent,
        "-q",
    ]
    command += ["--date", "2024-01-01", "--no-resume"]
    (started,) = timed(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL), rounds=5)
    ratio = ours / plain
    print(
        f"{text.name}: {len(files)} files, {size / 1e6:.1f} MB: {ours * 1e3:.1f} ms against {plain * 1e3:.1f} ms for hash and copy,",
        end=" ",
    )
    print(f"{ratio:.2f} times (limit {LIMIT}); the whole command {started * 1e3:.0f} ms")
    return ratio > LIMIT


def timed(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """The shortest time of each, in seconds: taken in turns, so that what else the machine does falls on all of them."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, taken in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            taken.append(time.perf_counter() - start)
    return [min(taken) for taken in times]


def peak(place: Path, size: int) -> int:
    """The most memory, in kB, that a process needs to pack an edition whose source and TEI are made ``size`` bytes larger."""
    folder = place / f"large-{size}"
    source = folder / "raw" / "book.txt"
    source.parent.mkdir(parents=True)
    source.write_text("BOOK\n\n\n\nA line of text.\n\n\n", "utf-8")
    subprocess.run(
        [sys.executable, "-m", "tei_pipeline", "build", "-q", source, "-o", folder / "out"], check=True, stdout=subprocess.DEVNULL
    )
    edition = folder / "out" / "book"
    enlarge(source, edition, size)
    code = "import resource, sys; from tei_pipeline.cli import cli; cli.main(sys.argv[1:], standalone_mode=False);"
    code += "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    arguments = ["package", edition, "--as", "bagit", "-o", folder / "p", "--source", source.parent, "--date", "2024-01-01"]
    done = subprocess.run([sys.executable, "-c", code, *map(str, arguments)], check=True, capture_output=True, text=True)
    assert done.stdout.strip(), done.stderr
    return int(done.stderr.split()[-1])


def enlarge(source: Path, edition: Path, size: int) -> None:
    """Make source and TEI larger, and let the provenance say that they were so from the beginning."""
    provenance = edition / "book.provenance.json"
    text = provenance.read_text("utf-8")
    values = json.loads(text)
    for path, old in ((source, values["source"]["sha256"]), (edition / "book.xml", values["outputs"]["book.xml"])):
        with path.open("ab") as file:
            for _ in range(size // 1_000_000):
                file.write(b" " * 1_000_000)
        with path.open("rb") as file:
            text = text.replace(old, hashlib.file_digest(file, "sha256").hexdigest())
    before, after = f'"size":{values["source"]["size"]},', f'"size":{source.stat().st_size},'
    provenance.write_text(text.replace(before, after), "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
