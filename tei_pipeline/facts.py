"""What was measured of a text, in words: for ``inspect``, which prints it, and ``init``, which writes it into a sidecar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout
    from tei_pipeline.source import Source


PAIRS = ("“”", "„“", "«»", "»«", '""', "‘’", "‚‘", "‹›")
MOST_PAIRS = 4  # a sidecar takes no more
FEWEST = 2  # quotations in one pair of marks: one alone may be a slip


def source_facts(source: Source) -> dict[str, str]:
    """The file: its size, its encoding and how that was found, its lines."""
    certainty = "" if source.confidence >= 1 else f", {source.confidence:.0%} certain"
    why = f" ({source.evidence}{certainty})" if source.evidence or certainty else ""
    return {"size": f"{source.size:,} bytes", "encoding": f"{source.encoding}{why}", "lines": f"{len(source.lines):,}"}


def layout_facts(layout: Layout) -> dict[str, str]:
    """What the printer or the converter did throughout; a fact that a sidecar can set has the name and the value of that setting."""
    furniture = f"{len(layout.furniture)} lines"
    return {
        "language": layout.language.code,
        "spacing": str(layout.spacing),
        "paragraphs": layout.style,
        "measure": f"{layout.measure} columns",
        "margin": f"{layout.margin} columns",
        "indent": f"{layout.indent} columns",
        "pages": str(layout.pages),
        "furniture": furniture,
        "drama": str(layout.drama).lower(),
        "speakers": ", ".join(sorted(layout.speakers)) or "none",
    }


def quotation_facts(text: str) -> dict[str, str]:
    """The pairs of quotation marks that enclose words in a text, the most frequent first, separated by blanks."""
    counts = {
        pair: len(re.findall(rf"(?<!\w){re.escape(pair[0])}(?=\s?\w)[^{re.escape(pair)}]{{1,300}}{re.escape(pair[1])}(?!\w)", text))
        for pair in PAIRS
    }
    found = sorted((pair for pair in PAIRS if counts[pair] >= FEWEST), key=lambda pair: -counts[pair])
    return {"quotation": " ".join(found[:MOST_PAIRS])} if found else {}


def table(facts: dict[str, str]) -> str:
    """A line for each fact, the names in a column of their own."""
    width = max(map(len, facts))
    return "\n".join(f"{name:{width}}  {value}" for name, value in facts.items())
