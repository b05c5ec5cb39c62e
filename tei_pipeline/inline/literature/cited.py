"""A block quotation and the reference that follows it."""

from __future__ import annotations

from msgspec.structs import replace

from tei_pipeline import model
from tei_pipeline.model import Content

_POINTS = " \t.,;:!?*†‡\"'”’»"


def cited(quotation: model.Quotation) -> model.Quotation | model.Cited:
    """The quotation and its reference in one, when nothing but points and references to notes follow that reference (TEI: ``cit``)."""
    last = quotation.blocks[-1] if quotation.blocks else None
    if not isinstance(last, model.Paragraph):
        return quotation
    content = last.content
    at = next((i for i in range(len(content) - 1, -1, -1) if isinstance(content[i], model.Bibl)), -1)
    if at < 0 or not all(_may_follow(node) for node in content[at + 1 :]):
        return quotation
    words = _without_space(content[:at])
    if not words and len(quotation.blocks) == 1:
        return quotation
    blocks = (*quotation.blocks[:-1], *((replace(last, content=words, spans=_until(last, words)),) if words else ()))
    bibl = content[at]
    assert isinstance(bibl, model.Bibl)
    after = tuple(found for node in content[at + 1 :] for found in _after(node))
    end = bibl.spans[0].start if bibl.spans else quotation.spans[-1].end
    inner = replace(quotation, blocks=blocks, spans=tuple(span._replace(end=min(span.end, end)) for span in quotation.spans))
    return model.Cited((inner, bibl, *after), f"cit{bibl.key or quotation.key}", quotation.spans, quotation.why)


def _may_follow(node: model.Inline) -> bool:
    if isinstance(node, model.Text):
        return not node.value.strip(_POINTS)
    return isinstance(node, model.Reference)


def _after(node: model.Inline) -> tuple[model.Points | model.Reference, ...]:
    if isinstance(node, model.Text):
        bare = node.value.strip()
        return (model.Points(bare, node.spans),) if bare else ()
    assert isinstance(node, model.Reference)
    return (node,)


def _without_space(content: Content) -> Content:
    """The content without white space at its end."""
    if content and isinstance(last := content[-1], model.Text):
        bare = last.value.rstrip()
        return (*content[:-1], replace(last, value=bare)) if bare else _without_space(content[:-1])
    return content


def _until(paragraph: model.Paragraph, words: Content) -> model.Spans:
    end = words[-1].spans[-1].end if words and words[-1].spans else paragraph.spans[-1].end
    return tuple(span._replace(end=min(span.end, end)) for span in paragraph.spans)
