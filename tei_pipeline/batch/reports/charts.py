"""Charts of a report as SVG inside the page: bars, with their numbers beside them, so that nobody must measure."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

MOST_BARS = 14  # codes that are shown; the rest is summed up
WIDTH, NAMES, FIGURES, STEP = 420, 170, 60, 20  # of a chart, of its names on the left, of its numbers on the right, from bar to bar


def problems(codes: Sequence[tuple[str, str, int]]) -> str:
    """Problems by code, the gravest level first; ``codes`` are level, code and number."""
    bars = [(code, level, number) for level, code, number in codes[:MOST_BARS]]
    rest = sum(number for _, _, number in codes[MOST_BARS:])
    if rest:
        bars.append((f"{len(codes) - MOST_BARS} others", "info", rest))
    return _figure("Problems by code (red: errors, yellow: warnings, blue: notes)", bars)


def confidence(tenths: Sequence[int]) -> str:
    """How sure the program is of the blocks that it found: how many there are in each tenth from 0 to 1."""
    kinds = ["error" if tenth < 5 else "warning" if tenth < 8 else "done" for tenth in range(len(tenths))]
    bars = [(f"{tenth / 10:.1f} to {(tenth + 1) / 10:.1f}", kinds[tenth], number) for tenth, number in enumerate(tenths)]
    return _figure("Blocks by the confidence of the decision that made them", bars[::-1])


def _figure(caption: str, bars: Sequence[tuple[str, str, int]]) -> str:
    most = max((number for _, _, number in bars), default=0) or 1
    space = WIDTH - NAMES - FIGURES
    lines = []
    for place, (name, kind, number) in enumerate(bars):
        y = place * STEP
        width = round(space * number / most, 1)
        lines.append(
            f'<text x="{NAMES - 8}" y="{y + 14}" text-anchor="end">{escape(name)}</text>'
            f'<rect class="{kind}" x="{NAMES}" y="{y + 3}" width="{width}" height="{STEP - 6}"/>'
            f'<text x="{NAMES + width + 6}" y="{y + 14}">{number:,}</text>'
        )
    height = max(len(bars), 1) * STEP
    drawn = "\n".join(lines) or f'<text x="{NAMES}" y="14">none</text>'
    return (
        f"<figure><figcaption>{escape(caption)}</figcaption>"
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(caption)}">\n{drawn}\n</svg></figure>'
    )
