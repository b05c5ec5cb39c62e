"""How accurate the conversions are: every text of ../shared that has gold, beside the baselines, the goals and the pinned floors.

    python -m benchmarks.accuracy [--only part-2,ibsen] [--errors] [--update] [--markdown]

Exit 1 when a figure fell below its floor in floors.toml (`--update` raises floors, and writes new ones). Takes about half a minute.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from benchmarks.calibration import Judged, bins, caught, judge, mapped, suggestions
from benchmarks.goals import CORPUS, FLOORS, VOLUME, Goal, corpus_means, dump_floors, falls, load_floors, raised, reached
from benchmarks.scoring import BOOKS, PAGES, PARTS, ROOT, SHARED, Scored, score_all
from tei_pipeline import __version__

PAGE = ROOT / "docs" / "evaluation.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
PUBLISHED = 0.77  # F1 of chapter headings in Gutenberg plain text: Pethe, Kim, Skiena, "Chapter Captor", EMNLP 2020
Table = list[list[str]]


def main() -> int:
    """Measure, print, compare; 0 when nothing fell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--only", default="", metavar="NAMES", help="these texts, separated by commas")
    parser.add_argument("--errors", action="store_true", help="print what the scorers say of each text")
    parser.add_argument("--no-calibration", action="store_true", help="leave the confidences out")
    parser.add_argument("--update", action="store_true", help="raise the floors to what was reached")
    parser.add_argument("--markdown", action="store_true", help=f"write the figures into {PAGE.relative_to(ROOT)}")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave the TEI files there")
    options = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit(f"{SHARED}: the texts to measure with are not there; put them beside the checkout")
    known = (*PARTS, *BOOKS, *PAGES)
    names = [name for name in options.only.split(",") if name] or list(known)
    if strange := [name for name in names if name not in known]:
        sys.exit(f"{', '.join(strange)}: no such text; there are {', '.join(known)}")
    with tempfile.TemporaryDirectory() as place:
        folder = options.keep or Path(place)
        folder.mkdir(parents=True, exist_ok=True)
        scored = score_all(names, folder)
    judged = [] if options.no_calibration else judge(scored)
    if options.errors:
        for one in scored:
            print(f"\n## {one.name}\n{one.report}")
    for title, table in tables(scored, judged):
        print(f"\n{title}\n\n{plain(table)}")
    floors = load_floors()
    fallen = falls(scored, floors)
    print("\n" + "\n".join(fallen or ["nothing fell below its floor"]))
    if options.update:
        FLOORS.write_text(dump_floors(raised(scored, floors)), "utf-8")
    if options.markdown and len(names) == len(known):
        refresh(PAGE, scored, judged)
    return 1 if fallen else 0


def tables(scored: Sequence[Scored], judged: Sequence[Judged]) -> list[tuple[str, Table]]:
    """All that is printed: title and rows, the first row a heading."""
    found = []
    if any(one.name in PARTS for one in scored):
        found.append(("The volume, by line, parts 1 · 2 · 3", volume_table(scored)))
    if any(one.name not in PARTS for one in scored):
        found.append(("The corpus: mean of the five books · mean of the two page variants", corpus_table(scored)))
        found.append(("The corpus, book by book", book_table(scored)))
        found.append((f"Headings in plain texts of Project Gutenberg (published: F1 {PUBLISHED})", heading_table(scored)))
    for title, texts in (("the volume", PARTS), ("the corpus", (*BOOKS, *PAGES))):
        part = [one for one in judged if one.text in texts]
        if part:
            found.append((f"How sure, how right: blocks of {title}", calibration_table(part)))
    if judged:
        found.append(("Wrong ones in the tenth of the blocks with the lowest confidence", doubt_table(judged)))
        found.append(("Evidence that says too much or too little (whole corpus and volume)", suggestion_table(judged)))
    return found


def volume_table(scored: Sequence[Scored]) -> Table:
    """Our figures by part, pandoc's, and what must be reached; a figure that does not reach it is marked with an exclamation mark."""
    by_name = {one.name: one for one in scored}
    rows = [["", "tei-pipeline", "pandoc", "must"]]
    for goal in VOLUME:
        values = [by_name[part].figures.get(goal.measure) if part in by_name else None for part in PARTS]
        ours = [_marked(goal, i, value, PARTS[i]) for i, value in enumerate(values)]
        rows.append([goal.title, " · ".join(ours), _joined(goal.pandoc), _joined(goal.must)])
    return rows


def corpus_table(scored: Sequence[Scored]) -> Table:
    """Our means, those of the baselines, and what must be reached."""
    rows = [["", "tei-pipeline", "naive", "pandoc", "must"]]
    for goal in CORPUS:
        ours = [_marked(goal, i, value) for i, value in enumerate(corpus_means(scored, goal.measure))]
        rows.append([goal.title, " · ".join(ours), _joined(goal.naive), _joined(goal.pandoc), _joined(goal.must)])
    return rows


def book_table(scored: Sequence[Scored]) -> Table:
    """A row for each book."""
    rows = [["", *(goal.title for goal in CORPUS)]]
    for one in scored:
        if one.name not in PARTS:
            rows.append([one.name, *(_number(one.figures.get(goal.measure)) for goal in CORPUS)])
    return rows


def heading_table(scored: Sequence[Scored]) -> Table:
    """Precision, recall and F1 of headings in the unpaged books, and of all of them together."""
    rows = [["", "headings", "precision", "recall", "F1"]]
    found = wanted = given = 0.0
    for one in scored:
        if one.name in BOOKS and one.figures.get("head_p"):
            count = one.figures["n_heads"]
            hits = one.figures["head_r"] * count
            found, wanted, given = found + hits, wanted + count, given + hits / one.figures["head_p"]
            rows.append([one.name, f"{count:.0f}", *(_number(one.figures[key]) for key in ("head_p", "head_r", "head_f1"))])
    if wanted and given:
        precision, recall = found / given, found / wanted
        together = 2 * precision * recall / (precision + recall)
        rows.append(["together", f"{wanted:.0f}", _number(precision), _number(recall), _number(together)])
    return rows


def calibration_table(judged: Sequence[Judged]) -> Table:
    """By confidence: how many blocks, what they say on average, how many are right."""
    rows = [["confidence", "blocks", "said", "right"]]
    return rows + [[f"{b.low:.2f}–{b.high:.2f}", str(b.count), f"{b.said:.3f}", f"{b.right / b.count:.3f}"] for b in bins(judged)]


def doubt_table(judged: Sequence[Judged]) -> Table:
    """For the volume, the corpus and each text: what the least sure tenth holds, and what it could hold with a map by evidence."""
    better = mapped(judged)
    groups: list[tuple[str, Sequence[str]]] = [("volume", PARTS), ("corpus", (*BOOKS, *PAGES))]
    groups += [(name, (name,)) for name in dict.fromkeys(one.text for one in judged)]
    rows = [["", "blocks", "wrong blocks", "wrong lines", "of the blocks", "of the lines", "up to confidence", "with a map"]]
    for title, texts in groups:
        part = [one for one in judged if one.text in texts]
        if part:
            blocks, lines, edge = caught(part)
            possible = caught([one for one in better if one.text in texts])[0]
            wrong = [sum(not one.right for one in part), sum(one.wrong for one in part)]
            rows.append([title, str(len(part)), *map(str, wrong), f"{blocks:.0%}", f"{lines:.0%}", f"{edge:.2f}", f"{possible:.0%}"])
    return rows


def suggestion_table(judged: Sequence[Judged]) -> Table:
    """Rule and evidence, blocks, said, right, suggested."""
    rows = [["rule", "evidence", "blocks", "said", "right", "suggested"]]
    return rows + [
        [one.rule, one.evidence, str(one.count), f"{one.said:.2f}", f"{one.right:.3f}", f"{one.better:.2f}"] for one in suggestions(judged)
    ]


def _marked(goal: Goal, column: int, value: float | None, text: str = "") -> str:
    must = goal.must[column] if column < len(goal.must) else None
    short = value is not None and must is not None and not reached(goal.measure, value, must, text)
    return f"{_number(value)}{'!' if short else ''}"


def _joined(values: Sequence[float | None]) -> str:
    return " · ".join(map(_number, values)) or "–"


def _number(value: float | None) -> str:
    """Whole numbers as they are, others with three or four digits."""
    if value is None:
        return "–"
    if value == int(value):
        return f"{value:.0f}"
    digits = f"{value:.4f}"
    return digits.removesuffix("0")


_NUMERIC = re.compile(r"[\d.,%!·–\s]*$")


def plain(table: Table) -> str:
    """The table in columns, words to the left, numbers to the right."""
    columns = list(zip(*table, strict=True))
    widths = [max(map(len, column)) for column in columns]
    right = [all(map(_NUMERIC.match, column[1:])) for column in columns]
    rows = ((cell.rjust(w) if number else cell.ljust(w) for cell, w, number in zip(row, widths, right, strict=True)) for row in table)
    return "\n".join("  ".join(row).rstrip() for row in rows)


def markdown(table: Table) -> str:
    """The table as Markdown."""
    head, *rows = [[cell.replace("|", "\\|") for cell in row] for row in table]
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *rows])


def refresh(page: Path, scored: Sequence[Scored], judged: Sequence[Judged]) -> None:
    """Write the tables into a page, between its two marks, with the date and the version."""
    before, _, rest = page.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    stated = f"Measured on {date.today().isoformat()} with tei-pipeline {__version__}. An exclamation mark: short of the goal."
    parts = [BEGIN, stated, *(f"### {title}\n\n{markdown(table)}" for title, table in tables(scored, judged)), END]
    page.write_text(before + "\n\n".join(parts) + after, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
