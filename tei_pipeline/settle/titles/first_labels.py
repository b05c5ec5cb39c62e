"""The number of the first division right below the title of the whole, as if it were the last line of that title."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tei_pipeline.blocks import Block, Facts
from tei_pipeline.decisions import Decision
from tei_pipeline.layout import Layout
from tei_pipeline.rules.headings.head_labels import HeadLabel, head_label
from tei_pipeline.rules.headings.titles import MARKS, dangles
from tei_pipeline.rules.shape import is_capitals


def first_labels(blocks: list[Block], layout: Layout) -> list[Block]:
    """The title of a work and the label of its first division right below it (THE SONG OF THE ROPE / BOOK I) are two headings, when the
    next label of the kind stands alone.
    """
    result: list[Block] = []
    for i, block in enumerate(blocks):
        found = _first_label(block, layout)
        if found is None or not _counts_on(blocks[i + 1 :], found[1], layout):
            result.append(block)
            continue
        at, label = found
        decisions = (*block.decisions, Decision("first-label", "the next of its kind stands under no title", 0.85))
        above, row = block.rows[:at], block.rows[at]
        result.append(replace(block, rows=above, end=row.line, decisions=decisions))
        facts = Facts(label.rank, label.type, label.n, label.number, label.length, "labelled")
        rows = (row._replace(gap=max(row.gap, 1)), *block.rows[at + 1 :])
        result.append(replace(block, first=row.line, rows=rows, facts=facts, decisions=decisions))
    return result


def _first_label(block: Block, layout: Layout) -> tuple[int, HeadLabel] | None:
    """The row of a title in capitals, without a number, at which the first division of a kind begins, and its label."""
    if block.kind != "heading" or block.within or block.facts.type != "capitals":
        return None
    for k, row in enumerate(block.rows):
        label = _label(row.text, layout)
        if label is not None:
            whole = k > 0 and label.number == 1 and is_capitals(row.text) and not dangles(block.rows[k - 1].text, layout)
            return (k, label) if whole else None
    return None


def _label(text: str, layout: Layout) -> HeadLabel | None:
    label = head_label(text.strip(MARKS), layout.language)
    return label if label is not None and label.type else None


def _counts_on(below: Sequence[Block], first: HeadLabel, layout: Layout) -> bool:
    """Whether the next heading of the kind is the second, under no title."""
    kind = first.type
    for block in below:
        if block.kind == "heading" and not block.within and block.facts.division == kind:
            label = _label(block.rows[0].text, layout)
            return label is not None and label.type == kind and label.number == first.number + 1
    return False
