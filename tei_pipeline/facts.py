"""What was measured of a text, in words: for ``inspect``, which prints it, and ``init``, which writes it into a sidecar."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tei_pipeline.layout import Layout
    from tei_pipeline.source import Source


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


def table(facts: dict[str, str]) -> str:
    """A line for each fact, the names in a column of their own."""
    width = max(map(len, facts))
    return "\n".join(f"{name:{width}}  {value}" for name, value in facts.items())
