"""Books drawn at random from the conventions of printed works, crossed with one another: which conventions do not go together?

    python -m benchmarks.crossings [N] [--kind prose] [--seed S] [--convention NAME=VALUE …] [--keep FOLDER] [--worst K] [--pages]

The hand-made layouts of tests/layouts show one combination each; a reader's own book shows another. Each book drawn here
(``benchmarks/invented/``) takes one value of every convention: how parts, chapters and sections are numbered and titled, how much white
space they have, what contents page, front and back matter, notes, mottoes, letters and verse there are, how paragraphs are set. The
shared scorer judges it by the structure that it was written with. Printed: the means, and the values of conventions whose books score
lowest, so that a fault of recognition shows as a convention and not as a book. With ``--pages`` the same books stand on pages, with
numbers, running heads and notes at their feet, and these conventions are drawn too.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory

import click

from benchmarks.invented.book import Book
from benchmarks.invented.kinds import KINDS
from benchmarks.invented.pages import ON_PAGES, Printed
from benchmarks.scoring import SHARED

MEASURES = {
    "head": "head_f1", "depth": "depth", "bound": "bound_f1", "class": "class_acc", "mF1": "class_macro_f1", "note": "note_f1",
    "link": "link_f1", "letter": "letter_r", "list": "toc_item",
}  # fmt: skip
LISTED = ("head", "depth", "class", "note", "link", "letter")  # of these the lowest are named
GOOD = 0.95
FEWEST = 3  # books with a value: of fewer a mean says little


def _convert(path: Path) -> str:
    from tei_pipeline.pipeline import convert
    from tei_pipeline.source import read_source

    result = convert(read_source(path.read_bytes(), path.stem), formats=())
    (path.parents[1] / "out" / f"{path.stem}.xml").write_bytes(result.xml)
    return "" if result.proved else next(f"{path.stem}: {p.message} (line {p.line})" for p in result.problems if p.level == "error")


def _drawn(kind: str, numbers: range, fixed: Mapping[str, str], folder: Path, pages: bool) -> dict[str, Book | Printed]:
    """Books, written with their gold into the folder."""
    for name in ("texts", "gold", "out"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    books: dict[str, Book | Printed] = {}
    for k in numbers:
        books[f"book-{k:05}"] = Printed(KINDS[kind](k, {**fixed, **ON_PAGES}), k, fixed) if pages else KINDS[kind](k, fixed)
    for name, book in books.items():
        (folder / "texts" / f"{name}.txt").write_text(book.text(), "utf-8")
        (folder / "gold" / f"{name}.json").write_text(json.dumps(book.gold(name)), "utf-8")
    return books


def _scored(folder: Path, names: Sequence[str]) -> dict[str, dict[str, float]]:
    """The figures of each, the scorer's report beside them in the folder."""
    with ProcessPoolExecutor() as pool:
        for failure in filter(None, pool.map(_convert, [folder / "texts" / f"{name}.txt" for name in names], chunksize=4)):
            click.echo(failure)
    figures = folder / "figures.json"
    command = [sys.executable, SHARED / "corpus" / "evaluate.py", folder / "out", "--base", folder, "--json", figures, "--verbose"]
    done = subprocess.run([*map(str, command), "--only", ",".join(names)], capture_output=True, text=True, check=True)
    (folder / "report.txt").write_text(done.stdout, "utf-8")
    books = json.loads(figures.read_text("utf-8"))["books"]
    return {book["id"]: {shown: book[key] for shown, key in MEASURES.items() if book.get(key) is not None} for book in books}


def _lowest(books: Mapping[str, Book | Printed], scored: Mapping[str, Mapping[str, float]], shown: str, worst: int) -> str:
    """The values of conventions whose books have the lowest mean, and the books themselves."""
    by: dict[str, list[float]] = defaultdict(list)
    for name, figures in scored.items():
        for convention, value in books[name].c.items() if shown in figures else ():
            by[f"{convention}={value}"].append(figures[shown])
    means = sorted((fmean(values), convention, len(values)) for convention, values in by.items() if len(values) >= FEWEST)[:worst]
    low = sorted((figures[shown], name) for name, figures in scored.items() if figures.get(shown, 1) < GOOD)[:worst]
    said = "; ".join(f"{convention} {value:.3f} ({times})" for value, convention, times in means)
    return f"{shown}: {said}\n   " + ", ".join(f"{name} {value:.2f}" for value, name in low)


@click.command()
@click.argument("number", type=int, default=200)
@click.option("--kind", type=click.Choice(list(KINDS)), default="prose", help="Books of which kind.")
@click.option("--seed", type=int, default=0, help="The first book's seed.")
@click.option("--convention", "fixed", multiple=True, help="NAME=VALUE: the same for all books.")
@click.option("--keep", type=click.Path(path_type=Path), help="Leave texts, gold and TEI there.")
@click.option("--pages", is_flag=True, help="Print the books on pages.")
@click.option("--worst", type=int, default=10, help="How many books and values of conventions to list.")
def main(number: int, kind: str, seed: int, fixed: Sequence[str], keep: Path | None, pages: bool, worst: int) -> None:
    """Draw books, convert them, score them."""
    with TemporaryDirectory() as temporary:
        folder = keep or Path(temporary)
        books = _drawn(kind, range(seed, seed + number), dict(value.split("=", 1) for value in fixed), folder, pages)
        scored = _scored(folder, list(books))
    for shown in MEASURES:
        known = [figures[shown] for figures in scored.values() if shown in figures]
        if known:
            click.echo(f"{shown:6} {fmean(known):.4f}   books at {GOOD} and more: {fmean([v >= GOOD for v in known]):.3f}")
    for shown in LISTED:
        click.echo(_lowest(books, scored, shown, worst))


if __name__ == "__main__":
    main()
