"""Lists of all kinds, item by item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tei_pipeline import model
from tei_pipeline.blocks import Block, Container
from tei_pipeline.inline.flow import content
from tei_pipeline.nodes.extent import container_end, furniture_end, lasts, leaf_end
from tei_pipeline.nodes.pages import page_break

if TYPE_CHECKING:
    from tei_pipeline.nodes.weaver import Weaver


def item_list(weaver: Weaver, blocks: Sequence[Block], container: Container, depth: int) -> model.ItemList:
    """A list with printed markers."""
    return _items(weaver, blocks, container, depth, None)


def contents_list(weaver: Weaver, blocks: Sequence[Block], container: Container, depth: int) -> model.ItemList:
    """A contents page, each item linked to the division it names."""
    return _items(weaver, blocks, container, depth, "contents")


def index_list(weaver: Weaver, blocks: Sequence[Block], container: Container, depth: int) -> model.ItemList:
    """An index."""
    return _items(weaver, blocks, container, depth, "index")


def chronicle_list(weaver: Weaver, blocks: Sequence[Block], container: Container, depth: int) -> model.ItemList:
    """Dates and what happened; the year of the heading holds for the dates without one."""
    weaver.year = weaver.book.year_before(blocks[0].first) if weaver.book is not None else None
    made = _items(weaver, blocks, container, depth, "chronicle")
    weaver.year = None
    return made


def bibliography(weaver: Weaver, blocks: Sequence[Block], container: Container, depth: int) -> model.Bibliography:
    """The entries of a bibliography, pages between and in them."""
    entries: list[model.Bibl | model.PageBreak | model.Furniture] = []
    at = 0
    while at < len(blocks):
        if blocks[at].kind == "furniture":
            end = furniture_end(blocks, at)
            entries.extend(page_break(weaver, blocks[at:end]))
        else:
            end = leaf_end(blocks, at, depth + 1)
            flow = weaver.joined(blocks[at:end], depth + 1)
            found = content(flow, weaver.marks(flow, "bibliography"))
            entries.append(model.Bibl(found, None, None, flow.span(0, len(flow.text)), blocks[at].why))
        at = end
    return model.Bibliography(tuple(entries), None, weaver.spans(blocks), blocks[0].why, f"l{container.key}")


def _items(weaver: Weaver, blocks: Sequence[Block], container: Container, depth: int, type_: str | None) -> model.ItemList:
    items: list[model.Item | model.PageBreak | model.Furniture | model.Note | model.Milestone] = []
    last = lasts(blocks, depth + 1)
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if len(block.within) <= depth + 1:
            end = next((i for i in range(at, len(blocks)) if len(blocks[i].within) > depth + 1), len(blocks))
            items.extend(weaver.nodes(blocks[at:end], depth + 1))  # type: ignore[arg-type]
            at = end
            continue
        end = container_end(blocks, at, depth + 1, last[block.within[depth + 1]])
        items.append(_item(weaver, blocks[at:end], block.within[depth + 1], depth + 1, type_ == "chronicle"))
        at = end
    return model.ItemList(tuple(items), type_, None, weaver.spans(blocks), blocks[0].decisions[0], f"l{container.key}")


def _item(weaver: Weaver, blocks: Sequence[Block], container: Container, depth: int, dated: bool) -> model.Item:
    label, inner = weaver.labelled(blocks, container.label, depth, dated)
    spans = weaver.spans(blocks)
    key = f"i{container.key}"
    if len(inner) == 1 and isinstance(inner[0], model.Paragraph):
        words = inner[0].content
        if container.key in weaver.targets:
            words = (model.Link(words, weaver.targets[container.key], spans),)
        return model.Item(label, words, (), spans, blocks[0].why, key)
    if container.key in weaver.targets and inner and isinstance(inner[0], model.Paragraph):  # what it tells stands in paragraphs below
        inner[0] = replace(inner[0], content=(model.Link(inner[0].content, weaver.targets[container.key], inner[0].spans),))
    return model.Item(label, (), tuple(inner), spans, blocks[0].why, key)
