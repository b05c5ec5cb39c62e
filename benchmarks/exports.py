"""What the exports of a volume cost, side by side with the one file that pandoc writes.

    python -m benchmarks.exports [TEXT] [--rounds 5]

Each line is a whole process, started afresh in each round, in turn: the main job with all three exports (TEI, JSON, plain text), with
the TEI alone, with the JSON checked by its schema; pandoc from CommonMark to TEI; then each direction of ``export``, and ``validate`` on
the JSON. Wall-clock medians; memory is the peak of the process.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.spine import OUTPUT, ROOT, VOLUME, alternate, ours, pandoc, table

KEPT = "kept"  # an edition to export from; the other output is removed before each round


def commands(text: Path) -> dict[str, list[str | Path]]:
    """What is measured, by the name of its line; the first is what must not cost more than pandoc's."""
    edition, program = f"{KEPT}/{text.stem}/{text.stem}", [sys.executable, "-m", "tei_pipeline"]
    made = {
        "build, all three exports": ours(text),
        "build, TEI alone": [*ours(text), "--format", "xml"],
        "build --check-json": [*ours(text), "--check-json"],
    }
    if (other := pandoc()) is not None:
        made["pandoc, TEI"] = [other, "-f", "commonmark", "-t", "tei", text, "-o", "pandoc.xml"]
    for source, target in (("xml", "json"), ("xml", "text"), ("xml", "xml"), ("json", "xml"), ("json", "text")):
        made[f"export, {source} to {target}"] = [
            *program,
            "export",
            f"{edition}.{source}",
            "--to",
            target,
            "-o",
            f"out.{target}",
            "--force",
        ]
    made["export --notes inline"] = [
        *program,
        "export",
        f"{edition}.xml",
        "--to",
        "xml",
        "--notes",
        "inline",
        "-o",
        "inline.xml",
        "--force",
    ]
    made["validate, the JSON"] = [*program, "validate", f"{edition}.json"]
    return made


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
        build = [KEPT if part == OUTPUT else str(part) for part in ours(text)]
        subprocess.run(build, cwd=folder, env={"PYTHONPATH": str(ROOT)}, check=True, stdout=subprocess.DEVNULL)
        measures = alternate(commands(text), folder, options.rounds)
    print(f"{text.name}, {text.stat().st_size:,} bytes, median of {options.rounds}, Python {sys.version.split()[0]}\n")
    print(table(measures))
    if "pandoc, TEI" in measures:
        one, other = (statistics.median(m.seconds for m in measures[name]) for name in ("build, all three exports", "pandoc, TEI"))
        print(f"\nour three exports cost {one / other:.2f} times pandoc's one")


if __name__ == "__main__":
    main()
