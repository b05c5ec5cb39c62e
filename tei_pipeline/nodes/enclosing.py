"""What encloses blocks and is no list and no speech: notes, quotations, arguments, epigraphs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from tei_pipeline import model
from tei_pipeline.blocks import Block, Container
from tei_pipeline.inline.literature.cited import cited
from tei_pipeline.model import BlockNode
from tei_pipeline.nodes.letters import letter

if TYPE_CHECKING:
    from tei_pipeline.nodes.weaver import Weaver


_PLACES: dict[str, Literal["end", "bottom", "margin", "inline"]] = {"bottom": "bottom", "margin": "margin", "inline": "inline"}


_SET_IN = frozenset(("set-in-letter", "indented-quotation"))


def note(weaver: Weaver, blocks: Sequence[Block], container: Container, depth: int) -> model.Note:
    """A note with its siglum, linked to the references that were settled for it."""
    weaver.noted += 1
    label, inner = weaver.labelled(blocks, container.label, depth)
    weaver.noted -= 1
    key = f"n{container.key}"
    place = _PLACES.get(container.place, "end")
    return model.Note(
        key,
        container.n or None,
        place,
        tuple(inner),
        label,
        weaver.notes.get(container.key, ()),
        None,
        weaver.spans(blocks),
        blocks[0].decisions[0],
        next=_key(weaver.following.get(container.key)),
        prev=_key(weaver.continued.get(container.key)),
    )


def _key(first: int | None) -> str | None:
    """The key of the note whose container has that key, if there is one."""
    return None if first is None else f"n{first}"


def quotation(weaver: Weaver, blocks: Sequence[Block], container: Container, depth: int) -> BlockNode:
    """A block quotation; with a salute or a signature, or below a date, it is a letter, quoted if it is set in from the text."""
    why = blocks[0].decisions[0]
    if _names_source(blocks):
        return _with_source(weaver, blocks, container, depth)
    if blocks[0].kind == "dateline" or any(b.kind in ("salute", "signed") for b in blocks):
        quoted_letter = letter(weaver, blocks, depth + 1)
        if why.rule not in _SET_IN:
            return quoted_letter
        return model.Quotation((quoted_letter,), None, weaver.spans(blocks), why, f"q{container.key}")
    quoted = model.Quotation(weaver.inner(blocks, depth), None, weaver.spans(blocks), blocks[0].decisions[0], f"q{container.key}")
    return cited(quoted)


def argument(weaver: Weaver, blocks: Sequence[Block], container: Container, depth: int) -> model.Argument:
    """The summary at the head of a division, also under a heading of its own."""
    key, spans = f"a{container.key}", weaver.spans(blocks)
    if blocks[0].facts.division != "argument" or len(blocks) == 1:
        return model.Argument(weaver.inner(blocks, depth), None, spans, blocks[0].why, key)
    named = weaver.flow(blocks[0].rows)
    head = model.Heading(weaver.content(named), "main", named.span(0, len(named.text)), blocks[0].decisions[0], f"b{blocks[0].first}")
    return model.Argument(weaver.inner(blocks[1:], depth), head, spans, blocks[0].why, key)


def epigraph(weaver: Weaver, blocks: Sequence[Block], container: Container, depth: int) -> model.Epigraph:
    """A motto, with its source where that stands below it."""
    inner = (_with_source(weaver, blocks, container, depth),) if _names_source(blocks) else weaver.inner(blocks, depth)
    return model.Epigraph(inner, weaver.spans(blocks), blocks[0].why, f"e{container.key}")


def _names_source(blocks: Sequence[Block]) -> bool:
    return blocks[-1].kind == "attribution" and len(blocks) > 1


def _with_source(weaver: Weaver, blocks: Sequence[Block], container: Container, depth: int) -> model.Cited:
    """What is quoted, and the last line, which names its source."""
    quoted = model.Quotation(weaver.inner(blocks[:-1], depth), None, weaver.spans(blocks[:-1]), blocks[0].why, f"q{container.key}")
    flow = weaver.flow(blocks[-1].rows)
    content = weaver.content(flow)
    known = content[0] if len(content) == 1 and isinstance(content[0], model.Bibl) else None
    source = known or model.Bibl(content, None, None, flow.span(0, len(flow.text)), blocks[-1].why)
    return model.Cited((quoted, source), f"cit{container.key}", weaver.spans(blocks), blocks[0].why)
