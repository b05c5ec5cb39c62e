"""``report.html``, for people: one file that needs no other, the worst texts first. It holds what ``report.json`` holds, so no times."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import quote

from tei_pipeline import __version__
from tei_pipeline.batch.ledger import Ledger
from tei_pipeline.batch.reports import charts
from tei_pipeline.batch.reports.rows import LEVELS, STATUSES, Row, Totals, rows
from tei_pipeline.errors import printable
from tei_pipeline.inputs import Input

MOST_ROWS = 3_000  # more no browser sorts at once, and no reader reads
MOST_PROBLEMS = 30  # of one text
PAGE = Path(__file__).with_name("page.html")


def pieces(inputs: Sequence[Input], ledger: Ledger) -> Iterator[bytes]:
    """The page in pieces: the page around the table, and in it row by row."""
    sums = Totals()

    def counted() -> Iterator[Row]:
        for row in rows(inputs, ledger):
            sums.add(row)
            yield row

    worst = heapq.nsmallest(MOST_ROWS, counted(), key=_badness)
    page = Template(PAGE.read_text("utf-8")).substitute(
        version=escape(__version__),
        title=f"{len(inputs):,} texts",
        summary=_summary(sums),
        charts=f"{charts.problems(sums.by_code())}\n{charts.confidence(sums.confidence)}",
        left=f"<p>The worst {MOST_ROWS:,} of {len(inputs):,}; report.json has all of them.</p>" if len(inputs) > MOST_ROWS else "",
        rows="\0",
    )
    before, after = page.split("\0")
    yield before.encode()
    for row in worst:
        yield _row(row).encode("utf-8", "backslashreplace")
    yield after.encode()


def is_ours(path: Path) -> bool:
    """Whether a report of this program stands there, by how it begins."""
    try:
        with path.open("rb") as file:
            return b'<meta name="generator" content="tei-pipeline ' in file.read(1000)
    except OSError:
        return False


def _badness(row: Row) -> tuple[Any, ...]:
    """Failed ones first, then by errors, warnings, and share of doubtful blocks."""
    order = ("failed", "pending", "done").index(row.status)
    doubtful = row.measures.get("doubtful", 0) / max(row.measures.get("blocks", 0), 1)
    return order, -row.count("error"), -row.count("warning"), -doubtful, row.entry.key


def _summary(sums: Totals) -> str:
    texts = ", ".join(f"{sums.statuses[status]:,} {status}" for status in STATUSES if sums.statuses[status])
    problems = ", ".join(f"{sums.levels[level]:,} {level}{'s' if sums.levels[level] != 1 else ''}" for level in LEVELS[:2])
    return f"{texts or 'nothing'}; {problems}. Made by tei-pipeline {escape(__version__)}."


def _row(row: Row) -> str:
    measures = row.measures
    cells = (
        ("number error" if row.count("error") else "number", row.count("error")),
        ("number warning" if row.count("warning") else "number", row.count("warning")),
        ("number", row.count("info")),
        ("number", measures.get("doubtful", 0)),
        ("number", measures.get("mean") or 0),
        ("number", measures.get("characters", 0)),
    )
    numbers = "".join(f'<td class="{kind}" data-value="{value}">{_figure(value)}</td>' for kind, value in cells)
    order = STATUSES.index(row.status)
    spoken = (
        f'<td data-value="{escape(language["code"])}">{_language(language)}</td>' if (language := measures.get("language")) else "<td></td>"
    )
    return f'<tr><td>{_name(row)}</td><td class="{row.status}" data-value="{order}">{row.status}</td>{spoken}{numbers}</tr>\n'


def _language(known: dict[str, str | None]) -> str:
    """Its code; how certain it is, where it was guessed and may be wrong."""
    code, certainty = escape(known["code"] or ""), known["certainty"]
    return code if certainty in (None, "high") or code == "und" else f'{code} <span class="pale">({certainty})</span>'


def _figure(value: float) -> str:
    return "" if not value else f"{value:.3f}" if isinstance(value, float) else f"{value:,}"


def _name(row: Row) -> str:
    """The name, with what there is to say of the text below it."""
    name = escape(printable(row.entry.key))
    if row.edition:
        name = f'<a href="{escape(quote(row.edition))}">{name}</a>'
    said = ([f'<li class="error">{escape(row.error)}</li>'] if row.error else []) + [
        f'<li><span class="{problem["level"]}">{problem["level"]}</span> {_place(problem)}{escape(printable(problem["message"]))}'
        f" <code>{escape(problem['code'])}</code></li>"
        for problem in sorted(row.problems, key=lambda problem: LEVELS.index(problem["level"]))[:MOST_PROBLEMS]
    ]
    if not said:
        return name
    more = len(row.problems) - MOST_PROBLEMS
    rest = f'<li class="pale">{more:,} more in report.json</li>' if more > 0 else ""
    shown = " open" if row.error else ""
    return f"<details{shown}><summary>{name}</summary><ul>{''.join(said)}{rest}</ul></details>"


def _place(problem: dict[str, Any]) -> str:
    return f"line {problem['line']:,}: " if "line" in problem else ""
