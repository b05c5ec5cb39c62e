"""Furniture between two pages: what stands at the foot, the break, what stands at the top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from tei_pipeline import model
from tei_pipeline.blocks import Block
from tei_pipeline.measuring.pages.marks import page_marks
from tei_pipeline.model import Content

if TYPE_CHECKING:
    from tei_pipeline.nodes.weaver import Weaver

_AT_FOOT: Mapping[str, Literal["pageNum", "sig", "catch"]] = {"pageNum": "pageNum", "sig": "sig", "catch": "catch"}


def page_break(weaver: Weaver, blocks: Sequence[Block]) -> list[model.PageBreak | model.Furniture]:
    """Furniture between two pages: what stands at the foot, the break, what stands at the top; the rule over notes turns no page,
    nor do scraps of markup.
    """
    foot: list[model.PageBreak | model.Furniture] = []
    top: list[model.PageBreak | model.Furniture] = []
    n: str | None = None
    turned = 0
    for block in blocks:
        kind = block.facts.type
        if kind == "break":
            turned += 1
            continue
        flow = weaver.flow(block.rows)
        text: Content = (model.Text(flow.text, flow.span(0, len(flow.text))),)
        if kind == "scrap":
            (top or foot).append(model.Furniture("scrap", text, flow.span(0, len(flow.text)), block.why))
        elif kind in ("header", "mark"):
            n = block.facts.n or n
            top.append(model.Furniture("pageNum" if kind == "mark" else "header", text, flow.span(0, len(flow.text)), block.why))
        elif not top and not turned:
            foot.append(model.Furniture(_AT_FOOT.get(kind, "footer"), text, flow.span(0, len(flow.text)), block.why))
        else:
            top.append(model.Furniture("pageNum", text, flow.span(0, len(flow.text)), block.why))
    if all(block.facts.type in ("rule", "scrap") for block in blocks):
        return [*foot]
    blank = [model.PageBreak()] * (turned - 1)
    return [*foot, *blank, model.PageBreak(n), *top]


def ornaments(weaver: Weaver, block: Block) -> tuple[model.Text, list[model.PageBreak | model.Furniture]]:
    """A row of ornaments, and the page that a mark behind it begins."""
    flow = weaver.flow(block.rows)
    mark = page_marks(weaver.layout.language).inside.search(flow.text) if weaver.layout.page_marks else None
    if mark is None:
        return model.Text(flow.text, flow.span(0, len(flow.text))), []
    end = len(flow.text[: mark.start()].rstrip())
    spans = flow.span(mark.start(), mark.end())
    printed = model.Furniture("pageNum", (model.Text(mark[0], spans),), spans)
    return model.Text(flow.text[:end], flow.span(0, end)), [model.PageBreak(mark[1] or mark[2]), printed]


def ornament_marks(weaver: Weaver, block: Block) -> list[model.Metamark | model.PageBreak | model.Furniture]:
    """A row of ornaments where no block may stand."""
    row, page = ornaments(weaver, block)
    return [model.Metamark("ornament", row.value, row.spans), *page]
